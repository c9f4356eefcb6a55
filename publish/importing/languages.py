"""What the importer must know of a language, as rows of a table.

In: a language tag (BCP 47). Out: a frozen `Language`. The words here are those of the grammar and
of the trade (conjunctions, prefixes, “Photo:”, “by”); the words of a text are learnt from the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from msgspec import Struct


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _row(text: str) -> tuple[str, ...]:
    return tuple(text.split())


class Language(Struct, frozen=True):
    """The rules of one language.

    `compounds`: "closed" where two nouns are welded into one word (Dutch, German), "open" where
    they may keep a hyphen (English). `prefixes` keep their hyphen; `weak` ones do before a word
    that the text has, `loose` ones where the text has it so. `suffixes` never have one, nor have
    the words in `whole`; before one of `seconds`, and between two `adjectives` of one ending, it is
    likelier than not. `tails` are endings that look like conjunctions, `small` the words that no
    heading ends with, `contents` and `colophon` what heads these, `series` what a series calls
    itself, `inverted` the pronouns that a hyphen joins to the verb before them, `numbers` the tens
    and units that one stands between, `countries` those in which words are broken in ways of their
    own.
    """

    tag: str
    compounds: Literal["closed", "open"]
    conjunctions: frozenset[str]
    prefixes: frozenset[str]
    weak: frozenset[str]
    loose: frozenset[str]
    suffixes: tuple[str, ...]
    tails: frozenset[str]
    whole: frozenset[str]
    seconds: frozenset[str]
    adjectives: tuple[str, ...]
    joiners: frozenset[str]
    particles: frozenset[str]
    abbreviations: frozenset[str]
    photo: re.Pattern[str]
    byline: re.Pattern[str]
    introduction: str
    contents: frozenset[str]
    colophon: frozenset[str]
    series: frozenset[str]
    months: tuple[str, ...]
    small: frozenset[str]
    countries: tuple[str, ...] = ()
    inverted: frozenset[str] = frozenset()
    numbers: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    trema: bool = False
    nouns: bool = False


def _photo(labels: str) -> re.Pattern[str]:
    """Make the pattern of a caption's label: a word, perhaps a number, and a colon."""
    return re.compile(rf"(?:{labels})(?:\s+\d+[a-z]?)?\s*:\s*(?=\S)", re.IGNORECASE)


def _byline(words: str) -> re.Pattern[str]:
    """Make the pattern of the words before the authors' names."""
    return re.compile(rf"(?:{words})\s*:?\s+(?=[^\W\d_])", re.IGNORECASE)


_DUTCH = Language(
    tag="nl",
    compounds="closed",
    conjunctions=_words("en of tot noch respectievelijk"),
    prefixes=_words("oud niet non vice adjunct aspirant substituut"),
    weak=_words("ex"),
    loose=_words("anti semi pro pseudo neo ultra super sub inter"),
    suffixes=(
        *("isme", "ist", "isch", "iaan", "land", "stad", "burg", "grad", "heid", "schap"),
        *("talig", "achtig", "gezind", "vormig", "loos", "matig", "waarts"),
    ),
    tails=_words("en er ers erig"),
    whole=_words("niettemin niettegenstaande nonsens nonchalant nonchalance"),
    seconds=frozenset(),
    adjectives=("isch",),
    joiners=_words("en &"),
    particles=_words("van de der den het ten ter te von zu du des la le el al bin ibn in op"),
    abbreviations=_words("bijv bv dr drs ir mr prof dhr mevr nr blz p e.d ca vgl o.a m.n d.w.z"),
    photo=_photo("foto|foto’s|afbeelding|afb\\.|illustratie|ill\\.|figuur|fig\\.|bijschrift|kaart"),
    byline=_byline("(?:een \\w+ )?door|een \\w+ van|tekst|auteurs?|auteur\\(s\\)"),
    introduction="Inleiding",
    contents=_words("inhoud inhoudsopgave"),
    colophon=_words("colofon"),
    series=_words("reeks serie cahier schrift"),
    months=_row(
        "januari februari maart april mei juni juli augustus september oktober november december"
    ),
    small=_words(
        "de het een en of van in op te ten ter bij met voor naar om uit aan tot over onder als dat "
        "die der den des zijn haar hun is was door tegen tussen zonder na per"
    ),
    trema=True,
)
_GERMAN = Language(
    tag="de",
    compounds="closed",
    conjunctions=_words("und oder bis bzw beziehungsweise sowie noch wie"),
    prefixes=_words("nicht"),
    weak=_words("ex"),
    loose=_words("anti semi pro pseudo neo ultra super sub inter"),
    suffixes=("ismus", "ist", "isch", "ung", "heit", "keit", "schaft", "land", "stadt", "burg"),
    tails=frozenset(),
    whole=frozenset(),
    seconds=frozenset(),
    adjectives=("isch",),
    joiners=_words("und &"),
    particles=_words("von der den dem zu zur van de la le du"),
    abbreviations=_words("bzw ca dr prof hr fr nr s vgl usw u.a z.b d.h st jr sen"),
    photo=_photo("foto|bild|abbildung|abb\\.|illustration|karte|grafik"),
    byline=_byline("(?:eine? \\w+ )?von|text|autor(?:in|en|innen)?"),
    introduction="Einleitung",
    contents=_words("inhalt inhaltsverzeichnis"),
    colophon=_words("impressum kolophon"),
    series=_words("reihe schriftenreihe serie heft"),
    months=_row(
        "januar februar märz april mai juni juli august september oktober november dezember"
    ),
    small=_words(
        "der die das den dem des ein eine einen einem einer und oder von vom zu zum zur in im am "
        "an auf aus bei mit nach für über unter durch gegen ohne um als wie ist war"
    ),
    nouns=True,
)
_ENGLISH = Language(
    tag="en",
    compounds="open",
    conjunctions=_words("and or to"),
    prefixes=_words("self non"),
    loose=_words("anti semi pseudo neo ultra super sub inter co pre post re over under"),
    weak=_words(
        "ex half well vice cross quasi ill long short high low old new far so "
        "one two three four five six seven eight nine ten "
        "twenty thirty forty fifty sixty seventy eighty ninety"
    ),
    suffixes=(
        *("ism", "ist", "ian", "ish", "ing", "tion", "ment", "ness", "less"),
        *("land", "town", "ship", "hood", "ward", "wise", "fold"),
    ),
    tails=frozenset(),
    whole=_words(
        "without within into onto upon cannot itself himself herself themselves myself yourself "
        "ourselves everyone everybody everything everywhere someone somebody something somewhere "
        "somehow sometimes anyone anybody anything anywhere anyhow nobody nothing nowhere however "
        "whenever wherever whatever whoever whichever therefore thereby thereafter whereas whereby "
        "moreover nevertheless nonetheless throughout although another already always almost "
        "altogether today tomorrow tonight maybe meanwhile otherwise understand understanding "
        "understood overcome outcome income become became becoming overthrow outside inside "
        "forward afterwards towards beforehand underground background foreground undertake "
        "overall output input workshop workplace newspaper household worldwide nationwide "
        "widespread breakdown breakthrough downfall uprising outbreak upbringing ongoing upheaval"
    ),
    seconds=_words(
        "based led free related specific friendly owned made style wing class term scale readable "
        "oriented controlled run century called existing known year old day"
    ),
    adjectives=(),
    joiners=_words("and &"),
    particles=_words("van de der den von zu du des la le el al bin ibn of"),
    abbreviations=_words("mr mrs ms dr prof st vs no p pp cf e.g i.e etc vol ed fig jr sr"),
    photo=_photo("photo|photograph|picture|image|illustration|figure|fig\\.|caption|map"),
    byline=_byline("(?:an? \\w+ )?by|text|words|authors?"),
    introduction="Introduction",
    contents=_words("contents tableofcontents"),
    colophon=_words("colophon imprint"),
    series=_words("series"),
    months=_row(
        "january february march april may june july august september october november december"
    ),
    small=_words(
        "the a an and or of in on at to from by with for as is was his her its their into over "
        "under"
    ),
    countries=("GB", "US"),
    numbers=(
        _words("twenty thirty forty fifty sixty seventy eighty ninety"),
        _words(
            "one two three four five six seven eight nine "
            "first second third fourth fifth sixth seventh eighth ninth"
        ),
    ),
)
_FRENCH = Language(
    tag="fr",
    compounds="open",
    conjunctions=_words("et ou"),
    prefixes=_words("non vice demi"),
    weak=_words("ex mi avant après sous"),
    loose=_words("anti semi pseudo néo ultra super sub inter co pré post"),
    suffixes=("isme", "iste", "ique", "tion", "ment", "eur", "euse", "ville"),
    tails=frozenset(),
    whole=_words("longtemps toujours surtout bientôt aussitôt plutôt partout autrefois"),
    seconds=_words("ci là même mêmes être dessus dessous"),
    adjectives=("ique", "iste"),
    joiners=_words("et &"),
    particles=_words("de du des d la le les van von der"),
    abbreviations=_words("m mm mme dr pr p cf etc vol éd"),
    photo=_photo("photo|photographie|image|illustration|figure|fig\\.|légende|carte"),
    byline=_byline("(?:une? \\w+ )?par|une? \\w+ de|texte|auteurs?"),
    introduction="Introduction",
    contents=_words("sommaire tabledesmatières"),
    colophon=_words("colophon achevédimprimer"),
    series=_words("collection série cahiers"),
    months=_row(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    ),
    small=_words(
        "le la les un une des de du et ou à au aux en dans sur sous par pour avec sans entre vers "
        "chez que qui son sa ses leur est"
    ),
    inverted=_words("il ils elle elles on en y"),
    numbers=(
        _words("vingt vingts trente quarante cinquante soixante septante nonante quatre dix"),
        _words("deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt vingts"),
    ),
)
LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {one.tag: one for one in (_DUTCH, _GERMAN, _ENGLISH, _FRENCH)}
)


def language_of(tag: str) -> Language:
    """Return the rules for a language tag such as nl-BE; English's where there is no row for it."""
    return LANGUAGES.get(tag.partition("-")[0].lower(), _ENGLISH)
