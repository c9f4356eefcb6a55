"""A word → where it may be broken, and how it is spelled there. The only import of pyphen.

In: a word, its language and the book's own wishes. Out: `Point`s. The places are those of the
Hunspell patterns that pyphen brings, spelling changes included; what those of Dutch do not know is
added after the Leidraad of the Nederlandse Taalunie, section 15: a trema goes at the break that
makes it needless, and a diminutive loses the vowel that only its open syllable asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import pyphen

from publish.languages import OPEN_DUTCH, hyphenation_language

_TREMA = MappingProxyType(dict(zip("äëïöüÄËÏÖÜ", "aeiouAEIOU", strict=True)))
_VOWELS = "aeiouyäëïöüáéíóúàèêAEIOU"
_RUN = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"(aa|ee|oo|uu)tje(s?)$")
_FEWEST = 2
"""No fewer letters ever stand before a break."""
_LEAST_PART = 4
"""Letters of the shortest part of a compound: shorter ones are met within other words."""


class Point(NamedTuple):
    """A break: the next line begins with the word from `at` on.

    `cut` letters before it are replaced by `tail`, and `first` (if any) stands in the place of the
    letter at `at`. `seam` where two parts of a compound meet, `edge` where a letter less than
    is wished stands before it.
    """

    at: int
    cut: int = 0
    tail: str = ""
    first: str = ""
    seam: bool = False
    edge: bool = False


@dataclass(frozen=True, slots=True)
class Hyphenation:
    """How a book wants its words broken.

    `exceptions` are words with all their breaks, in lower case; `names` whether words with a
    capital may be broken; `least` the letters of a word that may be broken, and of its two parts;
    `words` those among which the parts of a compound are known.
    """

    exceptions: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    names: bool = True
    least: tuple[int, int, int] = (6, 3, 3)
    words: frozenset[str] = frozenset()


def exceptions(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return where words such as “am-ster-dam” may be broken: at their hyphens, nowhere else."""
    found = {}
    for word in words:
        parts = word.lower().split("-")
        ends = {sum(map(len, parts[: number + 1])) for number in range(len(parts) - 1)}
        # A hyphen before or after the word divides nothing.
        whole = "".join(parts)
        found[whole] = tuple(sorted(ends - {0, len(whole)}))
    return found


def points(text: str, language: str, manner: Hyphenation) -> list[Point]:
    """Return the breaks within a piece of text that has no blanks, in order.

    What follows an apostrophe is no word of its own in Dutch (auto's), and is never broken there.
    """
    found: list[Point] = []
    dutch = language.lower().split("-")[0] == "nl"
    for run in _RUN.finditer(text):
        if dutch and run.start() and text[run.start() - 1] in "'’":
            continue
        base = run.start()
        found += (one._replace(at=base + one.at) for one in _word(run[0], language, dutch, manner))
    return found


def _word(word: str, language: str, dutch: bool, manner: Hyphenation) -> list[Point]:
    total, left, right = manner.least
    own = manner.exceptions.get(word.lower())
    if own is not None:
        return [Point(at) for at in own]
    if len(word) < total or (not manner.names and word != word.lower()):
        return []
    found = list(map(_plain, _patterns(language, max(left - 1, _FEWEST), right, word)))
    if dutch:
        found = [_without_trema(word, one) for one in _diminutive(word, found)]
    seams = _seams(word.lower(), manner.words)
    return [one._replace(seam=one.at in seams, edge=one.at < left) for one in found]


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


def _diminutive(word: str, found: list[Point]) -> list[Point]:
    """Return the breaks of a Dutch word; autootje, of auto, is broken as auto-tje."""
    match = _SMALL.search(word.lower())
    if not match or not word.lower()[: match.start() + 1].endswith(OPEN_DUTCH):
        return found
    at = match.end(1)
    return [one for one in found if one.at < match.start()] + [Point(at, 1)]


def _seams(word: str, words: frozenset[str]) -> set[int]:
    """Return where the parts of a compound meet, a linking s or en in the first of them."""
    return {
        at
        for at in range(_LEAST_PART, len(word) - _LEAST_PART + 1)
        if word[at:] in words and _is_part(word[:at], words)
    }


def _is_part(part: str, words: frozenset[str]) -> bool:
    return part in words or (part.endswith("s") and part[:-1] in words)
