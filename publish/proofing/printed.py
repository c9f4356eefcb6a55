"""The words under a mark as they are printed, whether the manuscript has them or not.

In: a mark and the characters of its page. Out: the words as they are read, line by line.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from publish.proofing.annotations import Mark
from publish.proofing.direction import in_order, is_leftward
from publish.proofing.glyphs import Glyph, is_in, without_watermark

_BLANK = 0.12
"""What is further apart, in the height of the letters, are two words."""
_SMALL = 0.85
"""What is smaller than this share of most letters of its line is the call of a note."""
_EDGE = 1.5
"""So far, in pt, may a caret stand from a letter."""


def printed(mark: Mark, glyphs: Sequence[Glyph]) -> str:
    """Return the words under a mark, of what is but a point the word that it stands on."""
    plain = without_watermark(glyphs)
    if mark.point is not None:
        return _word_at(mark, *mark.point, plain)
    chosen = [one for one in plain if any(is_in(one, area) for area in mark.areas)]
    return " ".join(_joined(line) for line in _by_line(chosen))


def _by_line(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return characters line by line, the highest first."""
    lines: list[list[Glyph]] = []
    for one in sorted(glyphs, key=lambda one: (-one.foot, one.left)):
        if lines and one.foot > lines[-1][0].foot - (one.head - one.foot) / 2:
            lines[-1].append(one)
        else:
            lines.append([one])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def _joined(line: Sequence[Glyph]) -> str:
    return " ".join(_said(word) for word in _ordered(line))


def _ordered(line: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the words of a line, given from left to right, in the order of reading."""
    words: list[list[Glyph]] = []
    for at, one in enumerate(line):
        if at and one.left - line[at - 1].right <= _BLANK * (one.head - one.foot):
            words[-1].append(one)
        else:
            words.append([one])
    return in_order(words, _written, is_leftward(_written(line)))


def _said(word: Sequence[Glyph]) -> str:
    leftward = is_leftward(_written(word))
    return _written(in_order(word, lambda one: one.char, leftward))


def _written(glyphs: Sequence[Glyph]) -> str:
    return "".join(one.char for one in glyphs)


def _word_at(mark: Mark, across: float, up: float, glyphs: Sequence[Glyph]) -> str:
    """Return the word at a point without the call of a note; of what stands on that its number."""
    line = [one for one in glyphs if one.foot <= up <= one.head]
    if not line:
        return ""
    least = _SMALL * median(one.head - one.foot for one in line)
    foot, head = min(one.foot for one in line), max(one.head for one in line)
    whole = [one for one in glyphs if foot <= (one.foot + one.head) / 2 <= head]
    for word in _ordered(sorted(whole, key=lambda one: one.left)):
        sides = min(one.left for one in word), max(one.right for one in word)
        if sides[0] - _EDGE <= across <= sides[1] + _EDGE:
            calls = [one for one in word if one.head - one.foot < least]
            if mark.kind != "insert" and any(one.left <= across <= one.right for one in calls):
                return _said(calls)
            return _said([one for one in word if one not in calls] or calls)
    return ""
