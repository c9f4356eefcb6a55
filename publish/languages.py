"""What the languages do differently in set text: one frozen row each.

In: a language tag (BCP 47). Out: its `Rules`, or the name of its hyphenation dictionary. Data only;
`typography` is the mechanism. Conventions: taaladvies.net for Dutch, Duden for German, the Lexique
of the Imprimerie nationale for French, Hart's Rules for English.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

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

# `rock 'n' roll`: the words after which 'n' is a word short of two letters, not a quoted letter.
JOINED_BY_N = _words(
    "rock drum rhythm guns hit salt stop pick fish mac surf cut nip spic rough sweet shake country"
)


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
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
    before: Mapping[str, str] = dataclasses.field(default_factory=dict)
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
        "de-ch": dataclasses.replace(_GERMAN, primary=("«", "»"), secondary=("‹", "›")),
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

OPEN_DUTCH = tuple(
    sorted(
        _words(
            "auto foto radio video piano kilo euro kano solo disco studio casino bistro stereo"
            " metro zero micro macho ego logo polo bongo banjo tango oma opa mama papa pyjama drama"
            " villa camera sauna cola pizza sofa tuba panda agenda firma propaganda collega lama"
            " menu paraplu accu bamboe café cafe comité"
        )
    )
)
"""Dutch words that end in one vowel, which their diminutive doubles: auto, autootje."""


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
