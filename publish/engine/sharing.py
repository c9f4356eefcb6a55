"""The columns of a table given a fair share of its width.

In: the engine's module for tables, and its version; `layout` gives them. Out: a context in which no
column asks for more than a text of some lines across the whole table would. The engine gives what
room there is by the length of the longest cells, as if each were to be one line (CSS Tables 3,
3.9): beside cells of many sentences one of a few words stood word below word. Read in WeasyPrint
70; in another version, which is told of (P418), nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from publish.engine.steadying import is_known

_LINES = 2
"""A cell that would take more lines across the whole table asks for no more than these."""
_WIDEST = 3
"""Where the widths of columns, each of its longest cell in one line, stand in what is measured."""


@contextmanager
def fair(version: str, table: Any) -> Iterator[None]:
    """Change the engine for as long as it lays out; `table` is its module `layout.table`."""
    if not is_known(version):
        yield
        return
    measure = table.table_and_columns_preferred_widths

    def shared(context: Any, box: Any, outer: bool = True) -> Any:
        found = measure(context, box, outer)
        width = box.get_wrapped_table().width
        if width == "auto":
            return found
        least, widest = found[_WIDEST - 1], found[_WIDEST]
        capped = [
            max(low, min(high, _LINES * width)) for low, high in zip(least, widest, strict=True)
        ]
        # What was measured is kept, and is not to be changed.
        return *found[:_WIDEST], capped, *found[_WIDEST + 1 :]

    table.table_and_columns_preferred_widths = shared
    try:
        yield
    finally:
        table.table_and_columns_preferred_widths = measure
