"""What the languages do differently in set text: one frozen row each.

In: a language tag (BCP 47). Out: its `Rules`, or the name of its hyphenation dictionary. Data only;
`typography` is the mechanism. Conventions: taaladvies.net for Dutch, Duden for German, the Lexique
of the Imprimerie nationale for French, Hart's Rules for English.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct, field, structs

NO_BREAK = "\u00a0"
NARROW = "\u202f"

_Row = TypeVar("_Row")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNITS = _words(
    "% ‰ ° °C °F € µm mm cm dm m km mm² cm² m² km² cm³ m³ ha ml cl dl l hl mg g kg Hz kHz MHz GHz"
    " W kW MW GW kWh MWh kB MB GB TB dpi ppi pt px"
)
SIGNS = "€$£§°№"
DASHES = "–—"

# `rock 'n' roll`: the words after which 'n' is a word short of two letters, not a quoted letter.
JOINED_BY_N = _words(
    "rock drum rhythm guns hit salt stop pick fish mac surf cut nip spic rough sweet shake country"
)


class Rules(Struct, frozen=True, eq=False):
    """One language's rules; words are in lower case, months and units as they are written.

    `primary` and `secondary` are pairs of quotes, `inside` the space within the primary ones.
    `before` gives the space that stands before a punctuation mark. `elisions` always open with an
    apostrophe; `doubtful` ones only where no quotation that they might open is closed. `numbered`
    and `titles` are abbreviations that stay with the number or the name after them, `particles`
    the small words between initials and a name. `units` stay with the number before them; after
    `measures` a hyphen between numbers is a range too.
    """

    primary: tuple[str, str] = ("“", "”")
    secondary: tuple[str, str] = ("‘", "’")
    inside: str = ""
    apostrophe: str = "’"
    dash: str = "–"
    long_dash: str = "—"
    range_dash: str = "–"
    ellipsis: str = "…"
    before: Mapping[str, str] = field(default_factory=dict)
    elisions: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()
    numbered: frozenset[str] = _words("nr no p pp fig art vol ca")
    titles: frozenset[str] = _words("dr prof")
    particles: frozenset[str] = _words("van von de di da du del della le la")
    months: frozenset[str] = frozenset()
    month_first: bool = False
    units: frozenset[str] = UNITS
    measures: frozenset[str] = frozenset()


_DUTCH = Rules(
    elisions=_words("s t n k m r ns ie es tzelfde tgeen twelk"),
    doubtful=_words("ezelfde zelfde zulks er em ne nen"),
    numbered=_words(
        "nr nrs no p pp blz pag art artt hfst afb fig tab dl vol jg jrg bijl par kol ca vs"
    ),
    titles=_words("dr drs mr ir ing prof ds dhr mevr mw st v th ph ch fr chr joh jos alex"),
    particles=_words("van de der den het ten ter te von du la le d' 't"),
    months=_words(
        "januari februari maart april mei juni juli augustus september oktober november december"
    ),
    measures=_words("procent promille euro frank miljoen miljard uur jaar jaren meter kilometer"),
)

_ENGLISH = Rules(
    elisions=_words("tis twas twere twill twould twixt em til n"),
    doubtful=_words("cause cos coz cuz bout round im er ere ave e neath tween gainst un"),
    numbered=_words("no nos p pp ch vol fig figs art sec par app ca c ed vs"),
    titles=_words("dr mr mrs ms prof rev st fr gen col capt lt sgt hon messrs ph th chas wm"),
    months=_words(
        "January February March April May June July August September October November December"
    ),
    month_first=True,
    measures=_words("percent euros pounds dollars million billion hours years metres miles"),
)

_GERMAN = Rules(
    primary=("„", "“"),
    secondary=("‚", "‘"),
    elisions=_words("s n ne nen nem ner nes m r t"),
    doubtful=_words("is ist ran rein raus rum rauf runter rüber naus nauf nein"),
    numbered=_words("nr s bd bde kap abb art abs anm tab taf sp z zl h aufl jg jh ca vgl"),
    titles=_words("dr prof hr hrn fr st dipl ing th ph ch chr joh jos alex"),
    particles=_words("von vom zu zum zur van der de"),
    months=_words(
        "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember"
    ),
    measures=_words("Prozent Euro Millionen Milliarden Uhr Jahre Jahren Meter Kilometer"),
)

_FRENCH = Rules(
    primary=("«", "»"),
    secondary=("“", "”"),
    inside=NO_BREAK,
    range_dash="-",
    before=MappingProxyType({";": NARROW, "!": NARROW, "?": NARROW, ":": NO_BREAK}),
    doubtful=_words("tain t spèce zaine"),
    numbered=_words("n no p pp art fig chap t vol liv éd ms f col pl tabl"),
    titles=_words("dr pr mm me st ste ch ph th chr jos alex"),
    particles=_words("de du des d' le la van von"),
    months=_words(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ),
)

NEUTRAL = Rules()

RULES: Mapping[str, Rules] = MappingProxyType(
    {
        "nl": _DUTCH,
        "en": _ENGLISH,
        "de": _GERMAN,
        "de-ch": structs.replace(_GERMAN, primary=("«", "»"), secondary=("‹", "›")),
        "fr": _FRENCH,
    }
)

_SHORT_TAGS = sorted(
    _words(
        "af be bg ca cs da el eo es et eu fr gl hr hu id is it lt lv mn nb nl nn pl ro ru sk sl sq"
        " sr sv uk"
    )
)
# The names of pyphen's dictionaries. Its own choice for a bare "de" is the Austrian one, and for a
# bare "pt" the Brazilian; here a bare tag means the country that the language is called after.
HYPHENATION: Mapping[str, str] = MappingProxyType(
    {
        **{tag: tag for tag in _SHORT_TAGS},
        "de": "de_DE",
        "de-at": "de_AT",
        "de-ch": "de_CH",
        "en": "en_GB",
        "en-us": "en_US",
        "no": "nb",
        "pt": "pt_PT",
        "pt-br": "pt_BR",
        "sr-latn": "sr_Latn",
    }
)

DIMINISHED_DUTCH = _words(
    "abbé acacia accu agenda alibi allegro aroma aula auto banjo begonia beha bikini bingo"
    " bistro bolero bongo cacao café camelia camera canapé cargo casino cavia cello chassé"
    " chocola cliché cola collega combi comité communiqué comprimé corso coupé credo decolleté"
    " defilé demo diabolo dilemma diploma disco dodo dogma domino drama duo dynamo echo ego emu"
    " euro exposé extra farao fichu fiesta firma flamingo folio foto fresia fuga gamma giro"
    " gondola gorilla gratiné guru haiku harmonica hobo imago individu info intro jojo jumbo"
    " kano kilo kimono kiwi koala kolibri komma la lama lasso lemma loempia logo logé macho"
    " madonna magnolia mama mango manifesto marina maxi mazurka memo menu metro micro mini"
    " negligé nota oma opa opera pagina panda panorama papa papaja pappa paprika paraplu parvenu"
    " pasta paté pergola pesto piano piccolo pico pinda pizza plissé poema polka polo poncho"
    " potpourri presto primula procedé programma propaganda puma pyjama quota radio regatta"
    " replica resumé reçu risico rosé safari salami salsa salvo samba saté sauna schema silo"
    " siësta ski sla sofa solo soufflé stereo stro studio sushi taco tango taxi tempo thema"
    " tiara tiramisu toga toko tombola tornado torso tracé trema trio tuba tutu ufo vanilla"
    " variété veranda video villa viola vla vlo zebra zero"
    " abonnee actie allee biografie bougie camee chimpansee collie cookie corvee coterie dictee"
    " dominee dragee employee entree familie fantasie fee filosofee galerie historie idee"
    " industrie jaloezie kadee kanarie knie koffie kolonie kopie kwee kwestie kwitantie lelie"
    " matinee melodie merrie moskee mummie olie orchidee parochie parodie pensee portemonnee"
    " portie poëzie prairie premie provincie puree ree reparatie repetitie revolutie ruzie slee"
    " snee soiree spatie spie stee subsidie symfonie thee theorie toffee tournee travestie"
    " trofee twee vakantie zee"
    " acrobaat advocaat apparaat asceet atleet attribuut automaat bandiet beet biet boot bruut"
    " certificaat chocolaat citaat debuut despoot diplomaat favoriet formaat gaat gelaat genoot"
    " goot graat granaat graniet groot idioot instituut kandidaat klimaat komeet koot kreet"
    " kroot loot maat magneet minuut moot naat niet noot pamfleet parachuut parkiet patriot piet"
    " piloot plaat plagiaat planeet poot poëet praat profeet raat reet resultaat riet satelliet"
    " scheet schoot schroot sloot soldaat spleet staat statuut stoot straat surrogaat"
    " thermostaat tiet tomaat toot traktaat vaat vloot zweet"
)
"""Dutch words of which the diminutive is spelled alike: autootje of auto, ideetje of idee, bootje
of boot; those that end in one vowel double it. Gaat is what gat becomes, vaat what vat does.
"""


LINKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"nl": ("s", "en", "e"), "de": ("s", "es", "n", "en", "er", "e")}
)
"""What links the parts of a compound: arbeider, arbeidersbeweging."""


def links_of(language: str) -> tuple[str, ...]:
    """Return what may stand between the parts of a compound."""
    return _lookup(LINKS, language) or ("s",)


def has_capital_nouns(language: str) -> bool:
    """Tell whether every noun is written with a capital."""
    return language.lower().split("-")[0] == "de"


def _lookup(table: Mapping[str, _Row], language: str) -> _Row | None:
    """Return the row of the longest tag that `language` begins with (RFC 4647, section 3.4)."""
    subtags = language.strip().lower().replace("_", "-").split("-")
    for length in range(len(subtags), 0, -1):
        row = table.get("-".join(subtags[:length]))
        if row is not None:
            return row
    return None


def rules_of(language: str) -> Rules:
    """Return a language's rules: "en-GB" before "en", and neutral ones where there is no row."""
    return _lookup(RULES, language) or NEUTRAL


def hyphenation_language(language: str) -> str | None:
    """Return the name of the pyphen dictionary for a language tag, or None if there is none."""
    return _lookup(HYPHENATION, language)
