"""Tables of a raw text whose columns stand below one another: figures, or a few words each.

In: a draft with its lines. Out: `lift_tables` takes the lines of tables out before pages are looked
at for columns of text, `set_tables` puts their cells back where they stood. A table is three rows
or more, parted alike by blanks that no row fills, with a column of figures or short cells in three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct, structs

from publish.importing.model import Claim, Draft, Facts, Line, Note, Run
from publish.importing.runs import cut, source_of

ROWS, COLUMNS = 3, 2
"""A table has so many rows and columns at least."""
APART = 2
"""So many blanks part two columns, or a tab does."""
FIGURES = 0.6
"""This part of a column of figures are such, its head apart."""
WIDE, WORDS, MOST_WORDS = 3, 3.0, 8
"""A table without figures has so many columns, so many words to a cell at most, and never more."""
_FIGURE = re.compile(r"[-–+]?[€$£%]?\s?\d[\d.,:/\s–-]*\s?[%€]?|[-–—]|\?")


class _Cell(Struct, frozen=True):
    """A cell: the columns of the source that it takes, and its offsets in the line's text."""

    left: int
    right: int
    start: int
    stop: int


def lift_tables(draft: Draft) -> Draft:
    """Take the lines of tables out of the text."""
    tables: list[tuple[Line, ...]] = []
    notes: list[Note] = []
    taken: set[int] = set()
    for start, stop in _stretches(draft):
        lines = draft.lines[start:stop]
        edges = _edges([_cells(line) for line in lines])
        if not _is_table(lines, edges):
            continue
        tables.append(tuple(_filled(lines, edges)))
        taken |= set(range(start, stop))
        first, last = lines[0].number, lines[-1].number
        message = f"taken for a table of {len(lines)} rows and {len(edges)} columns"
        notes.append(Note(first, "rows", message, "lines", f"{first}-{last}", "body"))
    if not tables:
        return draft
    lines = tuple(
        structs.replace(line, gap=max(line.gap, 1)) if at - 1 in taken else line
        for at, line in enumerate(draft.lines)
        if at not in taken
    )
    return structs.replace(draft, lines=lines, tables=tuple(tables), notes=(*draft.notes, *notes))


def set_tables(draft: Draft) -> Draft:
    """Put the cells of tables back, each after the line that stood above the table."""
    lines, claims = list(draft.lines), list(draft.claims)
    for cells in draft.tables:
        above = max((one.number for one in lines if one.number < cells[0].number), default=0)
        at = max((n for n, one in enumerate(lines, 1) if one.number == above), default=0)
        at = max([at, *(one.stop for one in claims if one.start < at < one.stop)])
        lines[at:at] = cells
        size = len(cells)
        claims = [
            Claim(one.kind, one.start + size, one.stop + size) if one.start >= at else one
            for one in claims
        ]
        claims += [Claim("cell", n, n + 1) for n in range(at, at + size)]
    claims.sort(key=lambda one: one.start)
    return structs.replace(draft, lines=tuple(lines), claims=tuple(claims), tables=())


def _stretches(draft: Draft) -> Iterator[tuple[int, int]]:
    """Yield where lines of several cells that follow one another start and stop."""
    told = draft.answers.kinds
    several = [len(_cells(line)) >= COLUMNS and line.number not in told for line in draft.lines]
    for _, members in groupby(range(len(several)), lambda at: several[at]):
        places = list(members)
        start = places[0]
        for at in [*places[1:], places[-1] + 1]:
            ends = at > places[-1] or draft.lines[at].gap > 1
            if ends or draft.lines[at].page != draft.lines[start].page:
                if several[start] and at - start >= ROWS:
                    yield start, at
                start = at


def _cells(line: Line) -> list[_Cell]:
    """Return the cells of a line, parted by wide blanks."""
    cells: list[_Cell] = []
    left = start = at = 0
    last: Run | None = None
    for run in line.runs:
        if _parts(run) and last is not None:
            cells.append(_Cell(left, last.stop, start, at))
            left, start = run.stop, at + len(run.text)
        elif last is None and run.text:
            left = run.start
        at += len(run.text)
        last = run if run.text.strip() else last
    if last is not None:
        cells.append(_Cell(left, last.stop, start, at))
    return _tabbed(cells, line.runs)


def _tabbed(cells: list[_Cell], runs: Sequence[Run]) -> list[_Cell]:
    """Return cells that tabs part as far apart as there are tabs: these say which column it is."""
    tabs = [(run.start, source_of(run).count("\t")) for run in runs if _parts(run)]
    if not all(count for _, count in tabs):
        return cells
    out = []
    for cell in cells:
        nth = 2 * APART * sum(count for start, count in tabs if start < cell.left)
        out.append(structs.replace(cell, left=nth, right=nth + 1))
    return out


def _parts(run: Run) -> bool:
    blank = source_of(run)
    return not blank.strip() and (len(blank) >= APART or "\t" in blank)


def _edges(rows: Sequence[Sequence[_Cell]]) -> list[tuple[int, int]]:
    """Return the columns: the stretches of the line that cells fill, white between them in all."""
    filled = {at for row in rows for cell in row for at in range(cell.left, cell.right)}
    edges: list[tuple[int, int]] = []
    for at in sorted(filled):
        if edges and at < edges[-1][1] + APART:
            edges[-1] = edges[-1][0], at + 1
        else:
            edges.append((at, at + 1))
    return edges


def _is_table(lines: Sequence[Line], edges: Sequence[tuple[int, int]]) -> bool:
    """Tell whether rows make a table, and not columns of text."""
    if len(edges) < COLUMNS:
        return False
    rows = [[line.text[cell.start : cell.stop] for cell in _cells(line)] for line in lines]
    if any(len(row) > len(edges) for row in rows):
        return False
    columns: list[list[str]] = [[] for _ in edges]
    for line in lines[1:]:
        for cell in _cells(line):
            columns[_column(cell, edges)].append(line.text[cell.start : cell.stop])
    if any(sum(map(_is_figure, one)) >= FIGURES * (len(lines) - 1) for one in columns):
        return True
    counts = [len(cell.split()) for row in rows for cell in row]
    short = sum(counts) <= WORDS * len(counts) and max(counts) <= MOST_WORDS
    return len(edges) >= WIDE and short and all(len(row) == len(edges) for row in rows)


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text.strip()))


def _column(cell: _Cell, edges: Sequence[tuple[int, int]]) -> int:
    return next(n for n, (_, right) in enumerate(edges) if cell.left < right)


def _filled(lines: Sequence[Line], edges: Sequence[tuple[int, int]]) -> Iterator[Line]:
    """Yield a line for each cell, empty ones too, row by row."""
    for row, line in enumerate(lines):
        cells = {_column(cell, edges): cell for cell in _cells(line)}
        for column in range(len(edges)):
            cell = cells.get(column)
            runs = cut(line.runs, cell.start, cell.stop) if cell else ()
            yield structs.replace(
                line,
                runs=runs,
                text=line.text[cell.start : cell.stop] if cell else "",
                facts=Facts(0, "cell", row, f"{len(edges)}/{column}"),
            )
