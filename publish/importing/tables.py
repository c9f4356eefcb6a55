"""Tables of a raw text whose columns stand below one another: figures, or a few words each.

In: a draft with its lines. Out: `lift_tables` takes the lines of tables out before pages are looked
at for columns of text, `set_tables` puts their cells back where they stood. A table is three rows
or more, parted alike by blanks that no row fills, with a column of figures or short cells in three.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from publish.importing.model import Claim, Draft, Facts, Line, Note, Passage, Run
from publish.importing.runs import source_of, text_of

ROWS, COLUMNS = 3, 2
"""A table has so many rows and columns at least."""
APART = 2
"""So many blanks part two columns, or a tab does."""
FIGURES = 0.6
"""This part of a column of figures are such, its head apart."""
WIDE, WORDS, MOST_WORDS = 3, 3.0, 8
"""A table without figures has so many columns, so many words to a cell at most, and never more."""
MOST = 40
"""No row has more columns."""
_SIGN = re.compile(r"\d{1,3}[.)]|[-–—*+•]")
_FIGURE = re.compile(r"[-–+]?[€$£%]?\s?\d[\d.,:/\s–—-]*\s?[%€]?|[-–—]|\?")


class _Cell(Struct, frozen=True):
    """A cell: the columns of the source that it takes, and its runs; `tabbed`: tabs part it."""

    left: int
    right: int
    runs: tuple[Run, ...]
    tabbed: bool = False

    @property
    def text(self) -> str:
        """Return its text."""
        return text_of(self.runs)


def lift_tables(draft: Draft) -> Draft:
    """Take the lines of tables out of the text."""
    tables: list[tuple[Line, ...]] = []
    notes: list[Note] = []
    taken: set[int] = set()
    for start, stop in _stretches(draft):
        lines = draft.lines[start:stop]
        rows = [_cells(line) for line in lines]
        edges = _edges(rows)
        if not _is_table(rows, edges):
            continue
        tables.append(tuple(_filled(lines, rows, edges)))
        taken |= set(range(start, stop))
        first, last = lines[0].number, lines[-1].number
        message = f"taken for a table of {len(lines)} rows and {len(edges)} columns"
        notes.append(Note(first, "rows", message, "lines", f"{first}-{last}", "table"))
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
    places = {line.number: at for at, line in enumerate(draft.lines, 1)}
    numbers = sorted(places)
    claimed = {at: one.stop for one in draft.claims for at in range(one.start + 1, one.stop)}
    waiting: defaultdict[int, list[Line]] = defaultdict(list)
    for cells in draft.tables:
        above = bisect_left(numbers, cells[0].number)
        at = places[numbers[above - 1]] if above else 0
        waiting[claimed.get(at, at)] += cells
    lines: list[Line] = []
    moved: list[int] = []
    claims: list[Claim] = []
    for at, line in enumerate((*draft.lines, None)):
        for cell in waiting.get(at, ()):
            claims.append(Claim("cell", len(lines), len(lines) + 1))
            lines.append(cell)
        moved.append(len(lines))
        lines += [line] if line else []
    claims += [
        Claim(one.kind, moved[one.start], moved[one.stop - 1] + 1)
        for one in draft.claims
        if one.stop > one.start
    ]
    claims.sort(key=lambda one: one.start)
    return structs.replace(draft, lines=tuple(lines), claims=tuple(claims), tables=())


def align_columns(draft: Draft) -> Draft:
    """Tell the last cell of each table's head how its columns are set: those of figures right."""
    passages = list(draft.passages)
    for start, stop in _tables(passages):
        columns: defaultdict[str, list[str]] = defaultdict(list)
        head = [cell.label for cell in passages[start:stop] if not cell.level]
        for cell in passages[start + len(head) : stop]:
            columns[cell.label].append(cell.text)
        # The first column names the rows, also where it does so by years.
        right = [at and _are_figures(columns[label]) for at, label in enumerate(head)]
        rules = "|".join("--:" if one else "---" for one in right)
        last = start + len(head) - 1
        passages[last] = structs.replace(passages[last], label=f"{head[-1]}/{rules}")
    return structs.replace(draft, passages=tuple(passages))


def _are_figures(cells: Sequence[str]) -> bool:
    """Tell whether most of the cells of a column that hold something are figures."""
    texts = [one for one in cells if one.strip()]
    return bool(texts) and sum(map(_is_figure, texts)) >= FIGURES * len(texts)


def _tables(passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    """Yield where the cells of each table start and stop."""
    start = -1
    for at, one in enumerate((*passages, None)):
        cell = one is not None and one.kind == "cell"
        first = one is not None and one.level == 0 and one.label.endswith("/0")
        if start >= 0 and (not cell or first):
            yield start, at
            start = -1
        if cell and first:
            start = at


def _stretches(draft: Draft) -> Iterator[tuple[int, int]]:
    """Yield where lines of several cells that follow one another start and stop.

    A stretch of which the editor says something is none.
    """
    told = draft.answers.kinds
    start = -1
    for at in range(len(draft.lines) + 1):
        line = draft.lines[at] if at < len(draft.lines) else None
        several = line is not None and len(_cells(line)) >= COLUMNS
        first = draft.lines[start] if start >= 0 else None
        ends = not several or (first and line and (line.gap > 1 or line.page != first.page))
        if start >= 0 and ends:
            answered = any(one.number in told for one in draft.lines[start:at])
            if at - start >= ROWS and not answered:
                yield start, at
            start = -1
        if several and start < 0:
            start = at


def _cells(line: Line) -> list[_Cell]:
    """Return the cells of a line, parted by wide blanks; none of a line that is too long.

    What does not show goes with the cell before it. Tabs say by their number which column a cell
    is in, and not where they lead to.
    """
    if len(line.runs) > 2 * MOST or sum(map(_parts, line.runs)) > MOST:
        return []
    held: list[list[Run]] = [[]]
    gaps: list[int] = []
    for run in line.runs:
        if _parts(run) and text_of(held[-1]).strip():
            held.append([])
            gaps.append(source_of(run).count("\t"))
        else:
            held[-1].append(run)
    if len(held) > 1 and not text_of(held[-1]).strip():
        held[-2:] = [held[-2] + held[-1]]
        gaps.pop()
    tabbed = bool(gaps) and all(gaps)
    cells = []
    for nth, runs in enumerate(held):
        shown = [run for run in runs if run.text.strip()]
        if shown:
            at = 2 * APART * sum(gaps[:nth])
            left, right = (at, at + 1) if tabbed else (shown[0].start, shown[-1].stop)
            cells.append(_Cell(left, right, tuple(runs), tabbed))
    return cells


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


def _is_table(rows: Sequence[Sequence[_Cell]], edges: Sequence[tuple[int, int]]) -> bool:
    """Tell whether rows make a table, and not columns of text, or a list."""
    if len(edges) < COLUMNS or len({row[0].tabbed for row in rows}) > 1:
        return False
    places = [[_column(cell, edges) for cell in row] for row in rows]
    if any(len(set(row)) < len(row) for row in places):
        return False
    columns: list[list[str]] = [[] for _ in edges]
    for row, numbers in zip(rows[1:], places[1:], strict=True):
        for cell, column in zip(row, numbers, strict=True):
            columns[column].append(cell.text)
    if all(_SIGN.fullmatch(row[0].text.strip()) for row in rows):
        return False
    figures = [sum(map(_is_figure, one)) >= FIGURES * (len(rows) - 1) for one in columns]
    if len(edges) == COLUMNS and figures[0] and not figures[1]:
        # Numbers before words alone are those of notes, or of a list.
        return False
    if any(figures):
        return True
    counts = [len(cell.text.split()) for row in rows for cell in row]
    short = sum(counts) <= WORDS * len(counts) and max(counts) <= MOST_WORDS
    return len(edges) >= WIDE and short and all(len(row) == len(edges) for row in rows)


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text.strip()))


def _column(cell: _Cell, edges: Sequence[tuple[int, int]]) -> int:
    return bisect_right(edges, cell.left, key=lambda edge: edge[0]) - 1


def _filled(
    lines: Sequence[Line], rows: Sequence[Sequence[_Cell]], edges: Sequence[tuple[int, int]]
) -> Iterator[Line]:
    """Yield a line for each cell, empty ones too, row by row."""
    for number, (line, row) in enumerate(zip(lines, rows, strict=True)):
        cells = {_column(cell, edges): cell for cell in row}
        for column in range(len(edges)):
            cell = cells.get(column)
            yield structs.replace(
                line,
                runs=cell.runs if cell else (),
                text=cell.text if cell else "",
                facts=Facts(0, "cell", number, f"{len(edges)}/{column}"),
            )
