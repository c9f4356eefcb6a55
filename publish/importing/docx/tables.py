"""Tables of a word processor's file: their rows and cells.

In: a table (ECMA-376, part 1, 17.4). Out: its rows and their cells, which of them are one, and what
comes before a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from publish.importing.docx.inlines import WRAPPING
from publish.importing.docx.package import W


def rows_of(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, those that something stands around as well."""
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif etree.QName(child).localname in WRAPPING:
            yield from rows_of(child)


def cells_of(row: Any) -> Iterator[tuple[Any, int]]:
    """Yield the cells of a row and over how many columns each goes."""
    for cell in row.iter(f"{W}tc"):
        if cell.getparent() is not row and next(cell.iterancestors(f"{W}tr")) is not row:
            continue
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        count = "1" if span is None else str(span.get(f"{W}val", "1"))
        yield cell, min(int(count), 50) if count.isdigit() else 1


def goes_on(cell: Any) -> bool:
    """Tell whether a cell is one with the cell above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def only_cell(table: Any) -> Any:
    """Return the cell of a table that has but one: a frame around text; None for any other."""
    cells = islice((cell for row in rows_of(table) for cell, _ in cells_of(row)), 2)
    found = list(cells)
    return found[0] if len(found) == 1 else None


def before_table(paragraph: Any) -> bool:
    """Tell whether a table comes next, empty paragraphs apart."""
    for one in paragraph.itersiblings(f"{W}p", f"{W}tbl"):
        if one.tag == f"{W}tbl":
            return only_cell(one) is None
        if next(one.iter(f"{W}t", f"{W}drawing", f"{W}pict"), None) is not None:
            return False
    return False
