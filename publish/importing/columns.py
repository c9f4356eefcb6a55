"""Columns that stand side by side in the source → one after the other.

In: a draft whose lines may hold two columns with a gutter of blanks between them (what a PDF gives
when its layout is kept). Out: the left column's lines, then the right one's, for each stretch of
lines that has them; a line across both columns ends the stretch.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from publish.importing.model import Draft, Line, Note, Run

GUTTER = 3
"""Blanks that two columns have between them at least, where the left-hand line is full."""
LEAST_LINES = 5
"""A stretch of fewer lines with a gutter is a table or a list, no columns."""


def split_columns(draft: Draft) -> Draft:
    """Put columns that stand side by side one after the other."""
    lines: list[Line] = []
    notes: list[Note] = []
    for page in _pages(draft.lines):
        edge = _edge(page)
        if not edge:
            lines += page
            continue
        lines += _unfolded(page, edge)
        message = "two columns stood side by side here; they now stand one after the other"
        notes.append(Note(page[0].number, "columns", message))
    return dataclasses.replace(draft, lines=tuple(lines), notes=(*draft.notes, *notes))


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    for line in lines:
        if page and line.page != page[-1].page:
            yield page
            page = []
        page.append(line)
    if page:
        yield page


def _gutters(line: Line) -> Iterator[tuple[int, int]]:
    """Yield the columns of the source line between which a gutter may lie."""
    for run in line.runs:
        if run.was and len(run.was) >= GUTTER and run.was.isspace():
            yield run.start, run.stop


def _edge(page: Sequence[Line]) -> int:
    """Return the column of the source where the right-hand text begins, 0 for a single column."""
    starts = Counter(stop for line in page for _, stop in _gutters(line))
    if not starts:
        return 0
    edge, count = max(starts.items(), key=lambda pair: (pair[1], -pair[0]))
    long = sum(line.runs[-1].stop > edge for line in page)
    return edge if count >= LEAST_LINES and count >= 0.6 * long else 0


def _unfolded(page: Sequence[Line], edge: int) -> list[Line]:
    """Return a page's lines in reading order."""
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in page:
        parts = _parts(line, edge)
        if parts is None:
            out += left + right
            left, right = [], []
            out.append(line)
            continue
        if parts[0]:
            left.append(_part(line, parts[0], line.indent, left))
        if parts[1]:
            right.append(_part(line, parts[1], parts[1][0].start - edge, right))
    return out + left + right


def _parts(line: Line, edge: int) -> tuple[tuple[Run, ...], tuple[Run, ...]] | None:
    """Return the runs left and right of the gutter; None for a line that runs across it."""
    if line.runs[0].start >= edge:
        return (), line.runs
    if line.runs[-1].stop < edge:
        return line.runs, ()
    for place, run in enumerate(line.runs):
        if run.was and run.start < edge <= run.stop:
            return line.runs[:place], line.runs[place + 1 :]
    return None


def _part(line: Line, runs: tuple[Run, ...], indent: int, above: Sequence[Line]) -> Line:
    """Return one column's part of a line; a column begins with a gap, as after a page."""
    gap = line.number - above[-1].number - 1 if above else max(line.gap, 1)
    text = "".join(run.text for run in runs)
    return dataclasses.replace(line, runs=runs, text=text, gap=gap, indent=indent, trails=False)
