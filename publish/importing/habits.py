"""How a source was typed or extracted: what parts its paragraphs, how wide its columns are.

In: a draft with its lines. Out: the draft with `Habits`, and lines that know the measure of their
column and are indented in relation to the rest. Also `blocks`: lines with nothing between them.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from publish.importing.languages import Language
from publish.importing.model import Draft, Habits, Line
from publish.importing.sentences import (
    DEEPEST,
    ends_in_hyphen,
    ends_sentence,
    has_room,
    starts_great,
    starts_small,
    with_word,
)
from publish.importing.widths import width_of

FEW = 6
"""Fewer cases than this make no habit."""

MOSTLY, LEAST_INDENT = 0.6, 1.5
"""The part of the first lines that an indent must explain, and the letters it has at least."""

MANY = 20
"""So many lines show how ragged the edge is."""
SHORTEST, MARGIN = 0.02, 0.03
"""The part of the lines that may be shorter for reasons of their own; what is left for chance."""

UNWRAPPED = 110
"""Lines longer than this, most of them whole sentences, are whole paragraphs."""

LOOSE = 0.2
"""The part of the measure that a line may fall short of it."""

MOST, NEAR = 0.97, 1.03
"""The edge is the first width that most lines keep within; what exceeds it by less is no other."""

FILLED = 0.975
"""How far a line is filled by the letters of it, on the average."""

UNSURE = 0.045
"""What a full line may be filled to more or less."""

WIDER = 1.06
"""A line wider than this part of the measure stands in another column."""

SHORT = 0.9
"""A line that ends a sentence and, with another word, fills this part of the measure ends a
paragraph."""
MISSED = 0.35
"""The part of the gaps that an extractor may lose; where more are missing, none counts."""


def take_habits(draft: Draft) -> Draft:
    """Measure the habits of the source."""
    lines, typed = _in_width(_level(draft.lines))
    measure = _fitted(lines)[0]
    joined = _joined(lines, measure)
    lines = _measured(lines, measure, joined)
    habits = Habits(
        trails=_trails(lines, draft.language),
        indent=_indent(lines, draft.language),
        gaps=_gaps(lines, draft.language),
        wrapped=_wrapped(lines, draft.language),
        typed=typed,
        joined=joined,
        measure=measure,
        ragged=Habits().ragged if joined else _ragged(lines),
    )
    if not (habits.indent or habits.gaps or habits.trails or typed or joined):
        habits = dataclasses.replace(habits, lost=_lost(lines, measure, draft.language))
    return dataclasses.replace(draft, lines=lines, habits=habits)


def _in_width(lines: Sequence[Line]) -> tuple[tuple[Line, ...], bool]:
    """Give each line its width, by letters or by their widths, as the lines were broken by.

    The right unit is the one in which some measure explains more of the breaks.
    """
    if any(line.width for line in lines):
        return tuple(lines), False
    counted = tuple(dataclasses.replace(line, width=len(line.text)) for line in lines)
    set_ = tuple(dataclasses.replace(line, width=width_of(line.text)) for line in lines)
    typed = _fitted(counted)[1] >= _fitted(set_)[1]
    return (counted if typed else set_), typed


def _fitted(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the measure that explains most breaks in mid-sentence, and the part that it explains.

    A measure explains a break if the line is no wider and the next word would have made it so.
    """
    spans = _spans(_inner(lines))
    if len(spans) < FEW:
        widths = [a.width for a, _ in _inner(lines)]
        return _edge(widths or [max((one.width for one in lines), default=70)]), 0
    return _explained(spans)


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
    best = [one for one, count in zip(starts, counts, strict=True) if count == max(counts)]
    return best[len(best) // 2], max(counts) / len(spans)


def _lost(lines: Sequence[Line], measure: float, language: Language) -> float:
    """Return the indent that first lines have had and that an extractor took away; 0 for none.

    First lines, known by the room that the line above them was left with, are broken earlier.
    """
    firsts = [
        (b, c)
        for a, b, c in zip(lines, lines[1:], lines[2:], strict=False)
        if ends_sentence(a.text, language) and not b.gap and not c.gap and has_room(a, b, SHORT)
    ]
    spans = _spans(firsts)
    if len(spans) < FEW:
        return 0
    edge, part = _explained(spans)
    lost = measure - edge
    return lost if part >= MOSTLY and LEAST_INDENT <= lost <= DEEPEST else 0


def _ragged(lines: Sequence[Line]) -> float:
    """Return how far the shortest lines are filled that go on in mid-sentence, a margin left."""
    going = [
        (a, b) for a, b in _inner(lines) if not ends_in_hyphen(a.text) and starts_small(b.text)
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


def _joined(lines: Sequence[Line], measure: float) -> bool:
    """Tell whether an extractor took the hyphens at line ends away, and the line ends with them."""
    inner = [a for a, _ in _inner(lines)]
    long = sum(a.width > 1.5 * measure for a in inner)
    cut = sum(ends_in_hyphen(a.text) for a in inner)
    return long > cut and long >= max(FEW // 2, 0.05 * len(inner))


def _level(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Take the blanks that most lines begin with off the indentation of all."""
    if not lines:
        return ()
    usual = Counter(line.indent for line in lines).most_common(1)[0][0]
    return tuple(
        dataclasses.replace(line, indent=max(line.indent - usual, 0)) if usual else line
        for line in lines
    )


def _inner(lines: Sequence[Line]) -> list[tuple[Line, Line]]:
    """Return the pairs of lines with nothing between them."""
    return [(a, b) for a, b in pairwise(lines) if b.gap == 0 and a.page == b.page]


def _trails(lines: Sequence[Line], language: Language) -> bool:
    going = [
        a.trails
        for a, _ in _inner(lines)
        if not ends_in_hyphen(a.text) and not ends_sentence(a.text, language)
    ]
    ending = [a.trails for a, b in pairwise(lines) if b.gap and ends_sentence(a.text, language)]
    if len(going) < FEW:
        return False
    return sum(going) >= 0.9 * len(going) and sum(ending) <= 0.4 * len(ending)


def _indent(lines: Sequence[Line], language: Language) -> int:
    """Return the indent of a paragraph's first line, 0 where paragraphs are parted otherwise."""
    starts = [
        b.indent
        for a, b in _inner(lines)
        if b.indent >= 2 and not a.indent and ends_sentence(a.text, language)
    ]
    parted = sum(
        b.gap > 0 and b.indent < 2 and ends_sentence(a.text, language) for a, b in pairwise(lines)
    )
    # Two cases are enough where nothing else parts the paragraphs.
    if len(starts) < 2 or len(starts) < parted:
        return 0
    return min(starts)


def _gaps(lines: Sequence[Line], language: Language) -> bool:
    """Tell whether empty lines part paragraphs, and not merely headings from the text."""
    ended = [(a, b) for a, b in pairwise(lines) if ends_sentence(a.text, language)]
    parted = sum(b.gap > 0 for _, b in ended)
    short = sum(b.gap == 0 and starts_great(b.text) and has_room(a, b, SHORT) for a, b in ended)
    return parted > 0 and short <= MISSED * parted


def _wrapped(lines: Sequence[Line], language: Language) -> bool:
    if not lines:
        return True
    whole = sum(ends_sentence(line.text, language) for line in lines)
    return not (median(len(line.text) for line in lines) > UNWRAPPED and whole > len(lines) / 2)


def _measured(lines: Sequence[Line], measure: float, joined: bool) -> tuple[Line, ...]:
    """Give each line the width of its own column, or the usual one where few lines tell it.

    Where lines were joined only the last one of each counts.
    """
    out: list[Line] = []
    for start, stop in blocks(lines, Habits()):
        block = lines[start:stop]
        near = sum((1 - LOOSE) * measure < line.width < WIDER * measure for line in block)
        usual = joined or len(block) < 4 or 2 * near >= len(block)
        own = measure if usual else _edge([line.width for line in block])
        wide = [line.width for line in block if line.width > WIDER * own]
        for line in block:
            if joined and line.width > WIDER * own:
                out.append(dataclasses.replace(line, width=_last(line.width, own), measure=own))
            else:
                column = max(wide) if line.width > WIDER * own and len(wide) > 1 else own
                out.append(dataclasses.replace(line, measure=column))
    return tuple(out)


def _last(width: float, measure: float) -> float:
    """Return the width of the last of the lines that one of this width was joined from.

    How far the others are filled is known within limits, so that little more than so many full
    lines is no line of its own.
    """
    whole, rest = divmod(width, FILLED * measure)
    return FILLED * measure if rest < UNSURE * whole * measure else rest


def blocks(
    lines: Sequence[Line], habits: Habits, within: Sequence[int] | None = None
) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each run of lines with nothing between them.

    An empty line, a new page or (where paragraphs are not indented) a change of indentation parts
    two blocks; so does a jump in `within`, the indexes that are looked at.
    """
    if within is None:
        within = range(len(lines))
    start = before = -1
    for at in within:
        if start < 0:
            start = at
        elif at != before + 1 or _parts(lines, start, at, habits):
            yield start, before + 1
            start = at
        before = at
    if start >= 0:
        yield start, before + 1


def _parts(lines: Sequence[Line], start: int, at: int, habits: Habits) -> bool:
    a, b = lines[at - 1], lines[at]
    if b.gap or a.page != b.page:
        return True
    if habits.indent or a.indent == b.indent:
        return False
    # A first line may be indented alone; what goes on below it is still its paragraph.
    alone = at - 1 == start and a.indent > b.indent
    return not alone
