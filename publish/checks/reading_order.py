"""A line as it is painted, from left to right → as it is read.

In: the texts of the glyphs of a line, and the way in which its block is read. Out: those texts in
the order of the manuscript. It is the reordering of the Unicode Bidirectional Algorithm (UAX 9, L2)
undone: the classes of the characters give levels again (W2 to W7, N1, N2), and what is reversed
twice stands as it was. A number beside a word of the other way is painted alike whichever of the
two was written first: such a line has more than one reading.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_KINDS = {"L": "L", "R": "R", "AL": "R", "EN": "N", "AN": "A", "ES": "E", "CS": "C", "ET": "T"}
_OTHER = "o"
"""Letters of the left and the right, numbers and what belongs to them; all else."""
_NUMBER = re.compile("T*N(?:[EC]?N)*T*|A(?:C?A)*")
_AMID_ARABIC = re.compile("N(?:C?N)*|A(?:C?A)*")
_DIGITS = re.compile("N+|A+")
_LATIN = re.compile("L(?:[LNo]*L)?(?P<beside>(?:o*N)*)")
_LEFTWARD = re.compile("(?P<beside>(?:No*)*)R(?:[RNAo]*R)?")
_MOST = 24
"""So many readings of a line are given at the most."""

Part = tuple[int, int]


def readings(glyphs: Sequence[str], leftward: bool) -> list[str]:
    """Return the ways in which a painted line may be read; `leftward` where its block is so read.

    In the first one a number belongs to the words of the other way that it stands beside.
    """
    kinds = _kinds(glyphs)
    islands = [list(_extents(match, kinds)) for match in _island(leftward).finditer(kinds)]
    found = []
    for chosen in itertools.islice(itertools.product(*islands), _MOST):
        parts = _cut(chosen, len(kinds))
        texts = [
            "".join(_turned(glyphs, kinds, part) if own != leftward else glyphs[slice(*part)])
            for part, own in parts
        ]
        found.append("".join(reversed(texts) if leftward else texts))
    return list(dict.fromkeys(found))


def is_leftward(glyphs: Iterable[str]) -> bool:
    """Tell whether any letter of a line is of a script that is read from right to left."""
    return any(not glyph.isascii() and _kind(glyph) in "RA" for glyph in glyphs)


def is_numbered(glyphs: Iterable[str]) -> bool:
    """Tell whether any glyph of a line is a digit."""
    return any(_kind(glyph) == "N" for glyph in glyphs)


def _island(leftward: bool) -> re.Pattern[str]:
    """Return what finds the words that go the other way than their block."""
    return _LATIN if leftward else _LEFTWARD


def _kinds(glyphs: Sequence[str]) -> str:
    """Return the kinds of a line's glyphs, a letter for each; marks within a number are digits."""
    kinds = "".join(map(_kind, glyphs))
    arabic = any(unicodedata.bidirectional(char) == "AL" for glyph in glyphs for char in glyph)
    number = _AMID_ARABIC if arabic else _NUMBER
    kinds = number.sub(lambda match: ("A" if "A" in match[0] else "N") * len(match[0]), kinds)
    return re.sub("[ECT]", _OTHER, kinds)


def _kind(glyph: str) -> str:
    """Return the kind of a glyph's text: that of its first character that has one."""
    kinds = (_KINDS.get(unicodedata.bidirectional(char), _OTHER) for char in glyph)
    return next((kind for kind in kinds if kind != _OTHER), _OTHER)


def _extents(match: re.Match[str], kinds: str) -> Iterator[Part]:
    """Yield how far words may reach: over all numbers beside them, over fewer, over none."""
    start, end = match.span()
    low, high = match.span("beside")
    numbers = [one.span() for one in _DIGITS.finditer(kinds, low, high)]
    if match.re is _LATIN:
        yield from ((start, after) for _, after in reversed(numbers))
        yield start, low
    else:
        yield from ((before, end) for before, _ in numbers)
        yield high, end


def _cut(islands: Sequence[Part], length: int) -> Iterator[tuple[Part, bool]]:
    """Yield the parts of a line from left to right, and whether each is one of the islands."""
    at = 0
    for start, end in islands:
        yield (at, start), False
        yield (start, end), True
        at = end
    yield (at, length), False


def _turned(glyphs: Sequence[str], kinds: str, part: Part) -> Iterator[str]:
    """Yield the glyphs of a part from right to left, its numbers from left to right."""
    start, end = part
    numbers = [match.span() for match in _DIGITS.finditer(kinds, start, end)]
    for (low, high), whole in reversed(list(_cut(numbers, end))):
        inside = glyphs[max(low, start) : high]
        yield from inside if whole else reversed(inside)
