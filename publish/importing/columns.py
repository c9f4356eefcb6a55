"""Columns that stand side by side in the source → one after the other.

In: a draft whose lines may hold several columns with gutters of blanks between them (what a PDF
gives when its layout is kept). Out: the left column's lines, then the next one's, for each stretch
of lines that has them; a line across the gutter ends the stretch. A page is cut in two where most
lines have the same gutter, and each half again (after Nagy and Seth, Hierarchical representation of
optically scanned documents, 1984: the recursive X-Y cut).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from msgspec import Struct, structs

from publish.importing.model import Draft, Line, Note, Run
from publish.importing.runs import cut
from publish.importing.sentences import ends_in_hyphen

GUTTER = 2
"""Blanks that two columns have between them at least."""
PADDED = 0.05
"""So large a part of the lines shows how many blanks words have between them."""
LEAST_LINES = 5
"""A stretch of fewer lines with a gutter is a table or a list, no columns."""
NARROWEST = 14
"""The widest line of a column has so many letters at least; what has fewer is a table's."""
ASIDE = 6
"""So many letters a line may be wider or narrower than its column."""
WEIGHTS = {"B": 1, "R": 1, "L": 0, "N": 0, "X": -2}
"""What a line says for a gutter: text on both sides, right of it, left of it, across it; N: with a
single blank there, it may be either."""

_STOP = re.compile(r"[.?!…:][\"'”’»“)\]]*\d{0,2}$")


class Gutter(Struct, frozen=True):
    """A gutter that ends before source column `at`, in the lines `start` up to `stop`."""

    at: int
    start: int
    stop: int
    weight: int


WITHIN = 0.1
"""The usual step down is one that no more than this part of the lines within a sentence exceed."""


def split_columns(draft: Draft) -> Draft:
    """Put columns that stand side by side one after the other."""
    lines: list[Line] = []
    notes: list[Note] = []
    least = least_gutter(draft.lines)
    for page in _pages(draft.lines):
        unfolded = list(_unfolded(page, least))
        if unfolded != page:
            message = "columns stood side by side here; they now stand one after the other"
            notes.append(Note(page[0].number, "columns", message))
        lines += unfolded
    return structs.replace(draft, lines=tuple(lines), notes=(*draft.notes, *notes))


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    for line in lines:
        if page and line.page != page[-1].page:
            yield page
            page = []
        page.append(line)
    if page:
        yield page


def least_gutter(lines: Sequence[Line]) -> int:
    """Return how many blanks a gutter has here: more than the words of a line have between them.

    Some extractors write several blanks for one that is stretched to fill its line.
    """
    usual = Counter(_padding(line) for line in lines if line.text.count(" ") > 1)
    padded = [wide for wide, count in usual.items() if count > PADDED * usual.total()]
    return max(GUTTER, max(padded, default=1) + 1)


def is_stretched(line: Line) -> bool:
    """Tell whether an extractor wrote several blanks for each, as for a line that fills its column.

    The last line of a paragraph is not stretched.
    """
    return line.text.count(" ") > 1 and _padding(line) > 1


def _padding(line: Line) -> int:
    """Return how many blanks the words of a line have between them at least."""
    wide = [len(run.was or "") for run in line.runs if _is_gutter(run, GUTTER)]
    return min(wide) if len(wide) == line.text.count(" ") else 1


def _cells(line: Line, least: int) -> list[tuple[int, int]]:
    """Return where the line's texts between wide blanks begin and stop in the source."""
    cells = [[line.runs[0].start, line.runs[0].stop]]
    for run in line.runs:
        if _is_gutter(run, least):
            cells.append([run.stop, run.stop])
        cells[-1][1] = run.stop
    return [(start, stop) for start, stop in cells]


def _is_gutter(run: Run, least: int) -> bool:
    return bool(run.was) and len(run.was or "") >= least and (run.was or "").isspace()


def _unfolded(lines: Sequence[Line], least: int) -> Iterator[Line]:
    """Yield lines in reading order; a gutter has `least` blanks."""
    gutter = _gutter(lines, least)
    if gutter is None:
        yield from lines
        return
    yield from _unfolded(lines[: gutter.start], least)
    halves: tuple[list[Line], list[Line]] = ([], [])
    for row in range(gutter.start, gutter.stop):
        line = lines[row]
        parts = _parts(line, gutter.at, least)
        if parts is None and _is_near(lines, row, gutter.at, least):
            parts = _cut_at(line, gutter.at)
        if parts is None:
            yield from _both(halves, least)
            halves = ([], [])
            yield line
            continue
        for half, runs in zip(halves, parts, strict=True):
            if runs:
                text = "".join(run.text for run in runs)
                half.append(structs.replace(line, runs=runs, text=text, trails=False))
    yield from _both(halves, least)
    yield from _unfolded(lines[gutter.stop :], least)


def _both(halves: tuple[list[Line], list[Line]], least: int) -> Iterator[Line]:
    for half, other in (halves, halves[::-1]):
        beside = {line.number: {start for start, _ in _cells(line, least)} for line in other}
        yield from _unfolded(_set_apart(half, beside), least)


def _set_apart(half: Sequence[Line], beside: Mapping[int, set[int]]) -> list[Line]:
    """Return a column's lines with indents and gaps of their own; it begins as after a page.

    Where the lines of two columns do not stand at one height, lines of each have rows of the other
    below them: a distance that is met within sentences is no gap, unless it is proved to be one by
    what stands `beside` it, by rows: where the texts of the other column begin.
    """
    if not half:
        return []
    edge = Counter(line.runs[0].start for line in half).most_common(1)[0][0]
    steps = [b.number - a.number - 1 for a, b in pairwise(half)]
    within = sorted(
        step
        for step, (a, b) in zip(steps, pairwise(half), strict=True)
        if ends_in_hyphen(a.text) or (b.text[0].islower() and a.text[-1] not in ".?!")
    )
    usual = within[int((1 - WITHIN) * (len(within) - 1))] if within else 0
    gaps = [max(half[0].gap, 1)]
    for step, (a, b) in zip(steps, pairwise(half), strict=True):
        # The lines of a heading are farther apart than those of the text.
        may_end = not gaps[-1] or _STOP.search(a.text)
        far = usual and may_end and _is_far(a, b, beside)
        gaps.append(max(step - usual, 1 if far else 0))
    return [
        structs.replace(line, indent=max(line.runs[0].start - edge, 0), gap=gap)
        for line, gap in zip(half, gaps, strict=True)
    ]


def _is_far(a: Line, b: Line, beside: Mapping[int, set[int]]) -> bool:
    """Tell whether more than a line's height lies between two lines, as on a vernier scale.

    It does if two lines of one column beside them stand no higher than the first and higher than
    the second, or lower than the first and no lower than the second.
    """
    return any(
        beside.get(upper, set()) & beside.get(lower, set())
        for first in (a.number, a.number + 1)
        for upper, lower in combinations(range(first, first + b.number - a.number), 2)
    )


def _gutter(lines: Sequence[Line], least: int) -> Gutter | None:
    """Return the gutter that most successive lines have; None where there is none."""
    rows = [_cells(line, least) for line in lines]
    words = [_words(line) for line in lines]
    width = max((cells[-1][1] for cells in rows), default=0)
    best: Gutter | None = None
    for at in range(NARROWEST, width - NARROWEST):
        sides = (_side(cells, at) for cells in rows)
        near = (
            "N" if side == "X" and at in row else side
            for side, row in zip(sides, words, strict=True)
        )
        found = _stretch(list(near), at)
        if found and (best is None or found.weight >= best.weight):
            best = found
    return best if best and _is_wide(rows[best.start : best.stop], best.at) else None


def _side(cells: Sequence[tuple[int, int]], at: int) -> str:
    """Return where a line has text: L left of a column, R right of it, B on both sides, X in it."""
    if cells[0][0] >= at:
        return "R"
    if cells[-1][1] <= at:
        return "L"
    apart = any(stop <= at - 1 and start >= at for (_, stop), (start, _) in pairwise(cells))
    return "B" if apart else "X"


def _stretch(sides: Sequence[str], at: int) -> Gutter | None:
    """Return the stretch of lines that speaks most for a gutter (the greatest sum of a run).

    Text right of it speaks for it as well, where that takes turns with text on its left: columns
    whose lines do not stand at one height.
    """
    if sides.count("B") + sides.count("R") < LEAST_LINES:
        return None
    best = (0, 0, 0)
    total = start = 0
    for row, side in enumerate(sides):
        total += WEIGHTS[side]
        if total <= 0:
            total, start = 0, row + 1
        elif total > best[0]:
            best = (total, start, row + 1)
    weight, start, stop = best
    inner = "".join(sides[start:stop])
    turns = inner.count("LR") + inner.count("RL")
    if weight < LEAST_LINES or inner.count("B") + turns < LEAST_LINES:
        return None
    while start and sides[start - 1] in "LRN":
        start -= 1
    while stop < len(sides) and sides[stop] in "LRN":
        stop += 1
    return Gutter(at, start, stop, weight)


def _is_wide(rows: Sequence[list[tuple[int, int]]], at: int) -> bool:
    """Tell whether both sides are wide enough to be columns of text."""
    left = [at - cells[0][0] for cells in rows if cells[0][0] < at]
    right = [cells[-1][1] - at for cells in rows if cells[-1][1] > at]
    return max(left, default=0) >= NARROWEST and max(right, default=0) >= NARROWEST


def _is_near(lines: Sequence[Line], row: int, at: int, least: int) -> bool:
    """Tell whether a word begins at a gutter that the line straight above or below it has."""
    near = (one for one in (row - 1, row + 1) if 0 <= one < len(lines))
    return at in _words(lines[row]) and any(
        abs(lines[one].number - lines[row].number) == 1
        and _side(_cells(lines[one], least), at) == "B"
        for one in near
    )


def _words(line: Line) -> set[int]:
    """Return the source columns at which words begin after a single blank."""
    return {
        run.start + place + 1
        for run in line.runs
        if run.was is None
        for place, char in enumerate(run.text[:-1])
        if char == " "
    }


def _cut_at(line: Line, at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the runs of a line up to the blank before a column of the source, and from it on."""
    before = sum(min(len(run.text), at - run.start) for run in line.runs if run.start < at)
    return cut(line.runs, 0, before - 1), cut(line.runs, before, len(line.text))


def _parts(line: Line, at: int, least: int) -> tuple[tuple[Run, ...], tuple[Run, ...]] | None:
    """Return the runs left and right of the gutter; None for a line that runs across it.

    A line that is a little wider than its column is cut at the nearest wide blank.
    """
    if line.runs[0].start >= at:
        return (), line.runs
    if line.runs[-1].stop <= at:
        return line.runs, ()
    wide = [
        (max(run.start - at, at - run.stop, 0), place)
        for place, run in enumerate(line.runs)
        if _is_gutter(run, least)
    ]
    distance, place = min(wide, default=(ASIDE + 1, 0))
    return (line.runs[:place], line.runs[place + 1 :]) if distance <= ASIDE else None
