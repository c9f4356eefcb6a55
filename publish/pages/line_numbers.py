"""The lines of a page's running text, numbered as a person counts them: by the rows that they set.

In: set lines. Out: a number for each, from 1 on every page. The cells of a table that stand side by
side are one row, and have one number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from publish.pages.pagemap import Line

_CELLS = ("td", "th")


def numbered(lines: Iterable[Line]) -> list[tuple[int, Line]]:
    """Return the lines of the running text, each with its number on its page."""
    flow = [line for line in lines if line.area == "flow"]
    made: list[tuple[int, Line]] = []
    for _, page in groupby(flow, key=lambda line: line.page):
        count = 0
        for is_cell, run in groupby(page, key=_is_cell):
            mine = list(run)
            rows = _rows(mine) if is_cell else [*range(len(mine))]
            made += [(count + 1 + row, line) for row, line in zip(rows, mine, strict=True)]
            count += max(rows) + 1
    return made


def _is_cell(line: Line) -> bool:
    return line.block is not None and line.block.tag in _CELLS


def _rows(cells: Sequence[Line]) -> list[int]:
    """Return for each line of cells in which row it stands, from 0: as high or low as others."""
    order = sorted(range(len(cells)), key=lambda at: (cells[at].column, cells[at].top))
    rows, row, before = [0] * len(cells), -1, None
    for at in order:
        line = cells[at]
        beside = before is not None and line.column == before.column
        if before is None or not beside or line.top > before.top + before.height / 2:
            row, before = row + 1, line
        rows[at] = row
    return rows
