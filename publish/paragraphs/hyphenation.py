"""A word → where it may be broken, and how it is spelled there. The only import of pyphen.

In: a word, its language and the book's own wishes. Out: `Point`s. The places are those of the
Hunspell patterns that pyphen brings, spelling changes included where they have them: Hungarian
(asszony, asz-szony) and Catalan (col·legi, col-legi); those of German are of the spelling of 1996,
which has none. What those of Dutch do not know is added after the Leidraad of the Nederlandse
Taalunie, section 15: a trema goes at the break that makes it needless, and a diminutive loses the
vowel that only its open syllable asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple
from unicodedata import normalize

import pyphen
from msgspec import Struct, field

from publish.book.languages import (
    DIMINISHED_DUTCH,
    has_capital_nouns,
    hyphenation_language,
    links_of,
)
from publish.text.lexicon import lexicon

_TREMA = MappingProxyType(dict(zip("äëïöüÄËÏÖÜ", "aeiouAEIOU", strict=True)))
_VOWELS = "aeiouyäëïöüáéíóúàèêAEIOU"
_RUN = re.compile(r"[^\W\d_]+(?:·[^\W\d_]+)*")
_ACCENTS = re.compile("[a-z][\u0300-\u036f]", re.IGNORECASE)
_LETTER = re.compile("(?s).[\u0300-\u036f]*")
_SMALL = re.compile(r"(aa|ee|ie|oo|uu)tjes?$")
_DOUBLED = MappingProxyType({"é": "ee", "i": "ie"} | {vowel: vowel * 2 for vowel in "aou"})
LONGEST = 100
"""Letters of the longest word whose parts are looked for: what is longer is none."""
_FEWEST = 2
"""No fewer letters ever stand before a break."""
_LEAST_PART = 4
"""Letters of the shortest part of a compound: shorter ones are met within other words."""
_LEAST_LAST = 4
"""Letters, less its t, of the shortest word that is known at the end of any longer one."""


class Point(NamedTuple):
    """A break: the next line begins with the word from `at` on.

    `cut` letters before it are replaced by `tail`, and `first` (if any) stands in the place of the
    letter at `at`. `seam` where two parts of a compound meet, `within` where it is in one of the
    parts of such a word; `edge` where a letter less than is wished stands before it, or after.
    """

    at: int
    cut: int = 0
    tail: str = ""
    first: str = ""
    seam: bool = False
    within: bool = False
    edge: bool = False


class Hyphenation(Struct, frozen=True):
    """How a book wants its words broken.

    `exceptions` are words with all their breaks, in lower case; `names` whether words with a
    capital may be broken; `least` the letters of a word that may be broken, `sides` those that are
    to stand before a break and after it; `words` those among which the parts of a compound are
    known, beside which with `listed` the language's dictionary knows them.
    """

    exceptions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    names: bool = True
    least: int = 6
    sides: tuple[int, int] = (3, 3)
    words: frozenset[str] = frozenset()
    listed: bool = False

    def knows(self, word: str, language: str) -> bool:
        """Tell whether a word may be part of a compound at its beginning or end."""
        return word in self.words or (len(word) >= _LEAST_PART and self.has(word, language))

    def has(self, word: str, language: str) -> bool:
        """Tell whether a word is one, of two letters at the least."""
        if word in self.words:
            return True
        known = lexicon(language) if self.listed and len(word) > 1 else None
        if known is None:
            return False
        return known.lists(word) or (has_capital_nouns(language) and known.lists(word.capitalize()))


def exceptions(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return where words such as “am-ster-dam” may be broken: at their hyphens, nowhere else."""
    found = {}
    for word in words:
        parts = normalize("NFC", word).lower().split("-")
        ends = {sum(map(len, parts[: number + 1])) for number in range(len(parts) - 1)}
        # A hyphen before or after the word divides nothing.
        whole = "".join(parts)
        found[whole] = tuple(sorted(ends - {0, len(whole)}))
    return found


def points(text: str, language: str, manner: Hyphenation) -> list[Point]:
    """Return the breaks within a piece of text that has no blanks, in order.

    What follows an apostrophe is no word of its own in Dutch (auto's), and is never broken there.
    Where accents are signs of their own, words are not broken where they would be spelled anew.
    """
    return (_composed if _ACCENTS.search(text) else _in_runs)(text, language, manner)


def _in_runs(text: str, language: str, manner: Hyphenation) -> list[Point]:
    """Return the breaks of the words in a text, each of which is a run of letters."""
    found: list[Point] = []
    dutch = language.lower().split("-")[0] == "nl"
    for run in _RUN.finditer(text):
        if dutch and run.start() and text[run.start() - 1] in "'’":
            continue
        base = run.start()
        found += (one._replace(at=base + one.at) for one in _word(run[0], language, dutch, manner))
    return found


def _composed(text: str, language: str, manner: Hyphenation) -> list[Point]:
    """Return the breaks within a text in which accents are signs of their own."""
    letters = [(one.start(), normalize("NFC", one[0])) for one in _LETTER.finditer(text)]
    starts = [at for at, letter in letters for _ in letter]
    found = _in_runs("".join(letter for _, letter in letters), language, manner)
    plain = (one for one in found if not (one.cut or one.tail or one.first))
    return [one._replace(at=starts[one.at]) for one in plain]


def _word(word: str, language: str, dutch: bool, manner: Hyphenation) -> list[Point]:
    lower = word.lower()
    own = manner.exceptions.get(lower)
    if own is not None:
        # Of İstanbul the small form has a sign more.
        found = [Point(at) for at in own] if len(lower) == len(word) else []
        return [_without_trema(word, one) for one in found] if dutch else found
    if len(word) < manner.least or (not manner.names and word != lower):
        return []
    left, right = manner.sides
    ends = (max(left - 1, _FEWEST), max(right - 1, _FEWEST))
    found = list(map(_plain, _patterns(language, *ends, word)))
    if len(word) > LONGEST:
        return found
    if dutch:
        found = [_without_trema(word, one) for one in _diminutive(word, found, manner)]
    # A break that drops a trema may leave a letter less: idee-en.
    found = [one for one in found if one.first or len(word) - one.at >= right]
    likely = [one.at for one in found if _is_seam(lower, one.at, language, manner)]
    seams = _agreeing(lower, likely, language, manner)
    return [
        one._replace(
            seam=one.at in seams,
            within=bool(seams) and one.at not in seams,
            edge=one.at < left or len(word) - one.at < right,
        )
        for one in found
    ]


def _patterns(language: str, left: int, right: int, word: str) -> list[int]:
    dictionary = _dictionary(language, left, right)
    return dictionary.positions(word) if dictionary else []


@cache
def _dictionary(language: str, left: int, right: int) -> pyphen.Pyphen | None:
    name = hyphenation_language(language)
    return pyphen.Pyphen(lang=name, left=left, right=right) if name else None


def _plain(position: int) -> Point:
    """Return a break of the patterns; its `data` are (“before=after”, from, letters replaced)."""
    data = getattr(position, "data", None)
    if data is None:
        return Point(int(position))
    change, index, replaced = data
    tail, _, after = change.partition("=")
    start = position + index
    at = start + replaced - len(after)
    return Point(at, at - start, tail)


def _without_trema(word: str, point: Point) -> Point:
    """Return a break before a letter with a trema: on a line of its own it needs none."""
    letter = word[point.at]
    if letter in _TREMA and word[point.at - 1] in _VOWELS:
        return point._replace(first=_TREMA[letter])
    return point


def _diminutive(word: str, found: list[Point], manner: Hyphenation) -> list[Point]:
    """Return the breaks of a Dutch word, a diminutive’s after the word that it is of.

    Autootje, of auto, is broken as auto-tje, and cafeetje as café-tje; ideetje, of idee, as
    idee-tje; straatje as straat-je. Where nobody knows what it is of, it is not broken there.
    """
    match = _SMALL.search(word.lower())
    if not match:
        return found
    end = match.end(1)
    before, base = [one for one in found if one.at < match.start()], word[:end].lower()
    stem = _stem(base, manner)
    if stem.endswith("t") or base.endswith(stem):
        point = Point(end + stem.endswith("t"))
    elif stem.endswith("é"):
        point = Point(end, 2, "É" if word.isupper() else "é")
    else:
        point = Point(end, 1)
    left, right = manner.sides
    fits = stem and point.at - point.cut >= left - 1 and len(word) - point.at >= right
    return [*before, point] if fits else before


def _before_tje(word: str) -> str:
    """Return how a word is spelled before -tje, less the t that it has itself."""
    if word.endswith(("t", "ee", "ie")):
        return word.removesuffix("t")
    return word[:-1] + _DOUBLED.get(word[-1], "")


def _diminished() -> dict[str, str]:
    """Return words by how they are spelled before -tje; "" for two of them: diploma, diplomaat."""
    found: dict[str, str] = {}
    for word in DIMINISHED_DUTCH:
        base = _before_tje(word)
        found[base] = "" if base in found else word
    return found


_DIMINISHED = _diminished()


def _stem(base: str, manner: Hyphenation) -> str:
    """Return the word that a diminutive is of, given all but its -tje; "" where none is known.

    The words of the book know best. A compound is known by its last part, where that is long or
    what comes before it is a word too.
    """
    near = (f"{base}t", base, base[:-1], f"{base[:-2]}é")
    met = [one for one in near if one in manner.words and _before_tje(one) == base]
    if len(met) == 1:
        return met[0]
    for at in range(len(base)):
        stem = _DIMINISHED.get(base[at:])
        if stem is not None:
            sure = not at or len(stem.removesuffix("t")) >= _LEAST_LAST
            if sure or _is_part(base[:at], "nl", manner):
                return stem
    return ""


def _is_seam(word: str, at: int, language: str, manner: Hyphenation) -> bool:
    """Tell whether two parts of a compound meet, a link at the end of the first of them.

    What only looks like it (verantwoorde-lijk) does no harm: it is a break of the patterns.
    """
    if min(at, len(word) - at) < _LEAST_PART:
        return False
    return manner.knows(word[at:], language) and _is_part(word[:at], language, manner)


def _agreeing(word: str, seams: list[int], language: str, manner: Hyphenation) -> set[int]:
    """Return seams without those that contradict each other, with no word between them.

    As of two readings: Staub-ecken, Stau-becken; but post-bus-nummer.
    """
    pairs = [
        pair
        for pair in pairwise(seams)
        if pair[1] - pair[0] < _LEAST_PART and not manner.has(word[slice(*pair)], language)
    ]
    return set(seams) - {one for pair in pairs for one in pair}


def _is_part(part: str, language: str, manner: Hyphenation) -> bool:
    return manner.knows(part, language) or any(
        part.endswith(link) and manner.knows(part.removesuffix(link), language)
        for link in links_of(language)
    )
