"""How wide the columns of a source are: the measure that its lines were broken by.

In: lines. Out: their widths and the measure, both in letters or both by the widths of these. Every
break within a sentence bounds the measure from both sides: the line fitted, and with the next word
it would not have. The measure is the one that the most breaks allow.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import exp, log

from msgspec import structs

from publish.importing.languages import Language
from publish.importing.model import Habits, Line
from publish.importing.sentences import (
    DEEPEST,
    ends_in_hyphen,
    ends_sentence,
    has_room,
    starts_small,
    with_word,
)
from publish.importing.widths import width_of

FEW = 6
"""Fewer cases than this make no habit."""

LOOSE = 0.2
"""The part of the measure that a line may fall short of it."""

MOST, NEAR = 0.97, 1.03
"""The edge is the first width that most lines keep within; what exceeds it by less is no other."""

LEAST_INDENT, STEP = 1.5, 0.25
"""The letters that an indent has at least, and how finely it is sought."""

ALIKE = 0.015
"""Lines that differ by no more than this part of the measure are alike."""

CLEAR = 2.0
"""The log of odds at which an indent that was taken away is believed in."""

MANY = 20
"""So many lines show how ragged the edge is."""

SHORTEST, MARGIN = 0.02, 0.03
"""The part of the lines that may be shorter for reasons of their own; what is left for chance."""

OTHER, LEAST_LINES = 1.1, 4
"""A line wider than this part of the measure is no line of its column, however the text is typed; a
block of fewer lines has no measure of its own."""
SHORT = 0.9
"""A line that ends a sentence and, with another word, fills this part of the measure ends a
paragraph."""


def in_width(lines: Sequence[Line]) -> tuple[tuple[Line, ...], bool]:
    """Give each line its width, by letters or by their widths, as the lines were broken by.

    The right unit is the one in which some measure explains more of the breaks.
    """
    if any(line.width for line in lines):
        return tuple(lines), False
    counted = tuple(structs.replace(line, width=len(line.text)) for line in lines)
    set_ = tuple(structs.replace(line, width=width_of(line.text)) for line in lines)
    typed = fitted(counted)[1] >= fitted(set_)[1]
    return (counted if typed else set_), typed


def fitted(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the measure that explains most breaks in mid-sentence, and the part that it explains.

    A measure explains a break if the line is no wider and the next word would have made it so.
    Where hardly a line stands below another, paragraphs are no lines of a column: the widest is it.
    """
    pairs = unparted(lines)
    spans = _spans(pairs)
    if len(spans) >= FEW:
        return _explained(spans)
    few = len(pairs) < FEW and 2 * len(pairs) < len(lines)
    return _edge([max(one.width for one in lines)] if few else [a.width for a, _ in pairs]), 0


def _spans(pairs: Iterable[tuple[Line, Line]]) -> list[tuple[float, float]]:
    """Return between what widths the measure is by each line that a sentence goes on after."""
    return [
        (a.width, with_word(a, b))
        for a, b in pairs
        if ends_in_hyphen(a.text) or starts_small(b.text)
    ]


def _explained(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the measure that lies within most spans, and the part that these are of all."""
    starts, stops = sorted(start for start, _ in spans), sorted(stop for _, stop in spans)
    counts = [bisect_right(starts, one) - bisect_right(stops, one) for one in starts]
    most = max(counts)
    best = [one for one, count in zip(starts, counts, strict=True) if count == most]
    return best[len(best) // 2], most / len(spans)


def lost_indent(lines: Sequence[Line], measure: float, language: Language) -> float:
    """Return the indent that first lines have had and that an extractor took away; 0 for none.

    First lines, known by the room that the line above them was left with, are broken earlier: they
    are as wide as others, and as wide with the next word, when the indent is put before them again.
    Each indent's odds are weighed by how often other lines come to such widths.
    """
    rows = zip(lines, lines[1:], lines[2:], strict=False)
    inner = [(a, b, c) for a, b, c in rows if not b.gap and not c.gap]
    ended = [ends_sentence(a.text, language) for a, _, _ in inner]
    shown = [(a, b, c) for (a, b, c), end in zip(inner, ended, strict=True) if end]
    firsts = _spans((b, c) for a, b, c in shown if has_room(a, b, SHORT))
    others = _spans((b, c) for (_, b, c), end in zip(inner, ended, strict=True) if not end)
    usual = [sorted(one) for one in zip(*others, strict=True)]
    if not usual or not firsts:
        return 0
    indents = [STEP * step for step in range(round(LEAST_INDENT / STEP), round(DEEPEST / STEP) + 1)]
    near = ALIKE * measure
    odds = [
        sum(
            log(_near(row, one + indent, near) / _near(row, one, near))
            for span in firsts
            for row, one in zip(usual, span, strict=True)
        )
        for indent in indents
    ]
    most = max(odds)
    if most < CLEAR:
        return 0
    weights = [exp(one - most) for one in odds]
    return sum(a * b for a, b in zip(weights, indents, strict=True)) / sum(weights)


def _near(widths: Sequence[float], width: float, near: float) -> float:
    """Return how many of the widths come near one."""
    return bisect_right(widths, width + near) - bisect_left(widths, width - near) + 0.5


def ragged(lines: Sequence[Line]) -> float:
    """Return how far the shortest lines are filled that go on in mid-sentence, a margin left."""
    going = [
        (a, b) for a, b in unparted(lines) if not ends_in_hyphen(a.text) and starts_small(b.text)
    ]
    filled = sorted(with_word(a, b) / a.measure for a, b in going)
    if len(filled) < MANY:
        return Habits().ragged
    return max(Habits().ragged, min(filled[int(SHORTEST * len(filled))], 1) - MARGIN)


def _edge(widths: Sequence[float]) -> float:
    """Return the width that most lines come close to and do not exceed."""
    ordered = sorted(widths)
    if not ordered:
        return Habits().measure
    counts = [
        at + 1 - bisect_left(ordered, (1 - LOOSE) * width) for at, width in enumerate(ordered)
    ]
    enough = MOST * max(counts)
    first = next(at for at, count in enumerate(counts) if count >= enough)
    return ordered[bisect_right(ordered, NEAR * ordered[first]) - 1]


def own_measure(widths: Sequence[float], measure: float, typed: bool) -> float:
    """Return the measure of a block of lines with these widths.

    Letters that are counted are no matter of chance: a longer line proves that the column is wider.
    """
    near = [width for width in widths if (1 - LOOSE) * measure < width < OTHER * measure]
    if len(widths) < LEAST_LINES or 2 * len(near) >= len(widths):
        return max(measure, *near) if typed and near else measure
    return _edge(widths)


def unparted(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the pairs of lines with nothing between them."""
    return [(a, b) for a, b in pairwise(lines) if b.gap == 0 and a.page == b.page]
