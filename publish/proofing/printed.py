"""The words under a mark as they are printed, whether the manuscript has them or not.

In: a mark and the characters of its page. Out: the words as they are read, line by line.
"""

from __future__ import annotations

from collections.abc import Sequence

from publish.proofing.annotations import Mark
from publish.proofing.direction import in_order, is_leftward
from publish.proofing.glyphs import Glyph, is_in, without_watermark

_BLANK = 0.12
"""What is further apart, in the height of the letters, are two words."""
_EDGE = 1.5
"""So far, in pt, may a caret stand from a letter."""


def printed(mark: Mark, glyphs: Sequence[Glyph]) -> str:
    """Return the words under a mark, of what is but a point the word that it stands on."""
    plain = without_watermark(glyphs)
    if mark.point is not None:
        return _word_at(*mark.point, plain)
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


def _word_at(across: float, up: float, glyphs: Sequence[Glyph]) -> str:
    line = [one for one in glyphs if one.foot <= up <= one.head]
    for word in _ordered(sorted(line, key=lambda one: one.left)):
        if word[0].left - _EDGE <= across <= word[-1].right + _EDGE:
            return _said(word)
    return ""
