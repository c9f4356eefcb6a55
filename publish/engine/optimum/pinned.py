"""Text in columns on a page: found, and laid out as deep as was chosen for it.

In: a page as the engine has laid it out (WeasyPrint 70), and a `Pin` for each of its boxes in
columns of which it was chosen how many lines they have. Out: those boxes; and the engine's
`layout.block.columns_layout` as it is then: columns end on the line where they are to end, and
where the text ends with them they are level so, and not tried out line by line.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from weasyprint.layout import block

from publish.engine.leaf import said
from publish.engine.optimum.heights import leading
from publish.engine.optimum.state import ENGINE, NOW

_HAIR = 0.02
_ROOM = 0.005
"""In px: what rounding may add to the lines of a column; more would be in the way of notes."""


class Pin(Struct, frozen=True):
    """How many lines the columns of a box have; `level` where it ends with them."""

    deep: int
    level: bool


def columned(box: Any) -> Iterator[Any]:
    """Yield the boxes that are set in columns within one that is laid out."""
    for child in getattr(box, "children", ()):
        if getattr(child, "is_column", False):
            yield box
            return
        if type(child).__name__ == "BlockBox" and child.is_in_normal_flow():
            yield from columned(child)


def columns_of(box: Any) -> list[Any]:
    """Return the columns of a box that is set in columns."""
    return [child for child in box.children if getattr(child, "is_column", False)]


def grid_below(page: Any, y: float, line: float) -> float:
    """Return the first line of the page's grid at a height or below it, in px."""
    top = float(page.content_box_y())
    return top + math.ceil((y - top) / line - _HAIR) * line


def columns_layout(
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool,
    absolute_boxes: Any,
    fixed_boxes: Any,
    adjoining_margins: Any,
    *rest: Any,
) -> Any:
    """Lay columns out from a line of the grid on, no deeper than was chosen."""
    setter = NOW.get()
    if setter and setter.manner.pages and "columned" in said(box, "class").split():
        box = box.copy()
        page, line = context.current_footnote_area.page, leading(box.style)
        top = box.position_y + block.collapse_margin(adjoining_margins)
        head = grid_below(page, top, line)
        box.position_y += head - top
        if (pin := setter.pins.get(id(box.element))) is not None:
            foot = head + pin.deep * line + _ROOM
            bottom_space = max(bottom_space, context.page_bottom - foot)
            if pin.level:
                box.style = box.style.copy()
                box.style.update(column_fill="auto")
    given = containing_block, page_is_empty, absolute_boxes, fixed_boxes, adjoining_margins
    return ENGINE["columns_layout"](context, box, bottom_space, skip_stack, *given, *rest)
