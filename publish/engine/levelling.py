"""Columns that end a text made level, where pictures stand among them.

In: the engine's module for blocks, and its version; `layout` gives them. Out: a context in which
the columns that a text ends with are as deep as they need be. The engine makes them deeper by what
the next paragraph or picture takes, all of it, and so goes past the depth at which a picture heads
the next column and the text fills the one before: there each depth is tried, line by line. Columns
that are level by a line or two are left as they are, and so are those that `pagination` has
levelled. Read in WeasyPrint 70; in another version, which is told of (P418), nothing is changed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from publish.engine.leaf import line_of
from publish.engine.steadying import State, is_known
from publish.engine.waiting import styled

_LEVEL = 2.5
"""Columns whose ends are less than so many lines apart are level."""
_ROOM = 0.005
"""In px: what rounding may add to the lines of a column."""


@contextmanager
def levelled(version: str, block: Any) -> Iterator[None]:
    """Change the engine for as long as it lays out; `block` is its module `layout.block`."""
    if not is_known(version):
        yield
        return
    lay_out = block.columns_layout
    block.columns_layout = _Columns(lay_out)
    try:
        yield
    finally:
        block.columns_layout = lay_out


class _Ends(Struct, frozen=True):
    """Where the columns that a text ends with end, in px below their top."""

    top: float
    feet: tuple[float, ...]

    @property
    def apart(self) -> float:
        """Return how much higher the shortest column ends than the deepest."""
        return max(self.feet) - min(self.feet)

    @property
    def deepest(self) -> float:
        """Return how deep the deepest column is."""
        return max(self.feet)

    @property
    def mean(self) -> float:
        """Return how deep all of them would be at the least."""
        return sum(self.feet) / len(self.feet)


class _Columns(Struct, frozen=True):
    """Stands in for the engine's `columns_layout`."""

    lay_out: Callable[..., Any]

    def __call__(
        self,
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool,
        absolute_boxes: Any,
        fixed_boxes: Any,
        *rest: Any,
    ) -> Any:
        """Lay columns out, level where the text ends with them."""
        given = (containing_block, page_is_empty, absolute_boxes, fixed_boxes, *rest)
        state = State.of(context, absolute_boxes, fixed_boxes)
        made = self.lay_out(context, box, bottom_space, skip_stack, *given)
        ends, line = _ends(made), line_of(box.style)
        if ends is None or made[0].style["column_fill"] != "balance":
            return made
        if ends.apart < _LEVEL * line:
            return made
        waiting = len(context.broken_out_of_flow)

        def attempt(lines: int) -> Any:
            state.put_back(context)
            if not lines:
                return self.lay_out(context, box, bottom_space, skip_stack, *given)
            own = styled(box, column_fill="auto")
            below = context.page_bottom - ends.top - lines * line - _ROOM
            # At the head of a page it would part what has no room.
            where = containing_block, False, absolute_boxes, fixed_boxes, *rest
            return self.lay_out(context, own, max(bottom_space, below), skip_stack, *where)

        best = ends.apart, 0
        for lines in range(math.ceil(ends.mean / line), math.ceil(ends.deepest / line)):
            tried = _ends(attempt(lines))
            fits = tried is not None and tried.deepest <= lines * line + _ROOM
            if tried and fits and len(context.broken_out_of_flow) == waiting:
                best = min(best, (tried.apart, lines))
                if tried.apart < _LEVEL * line:
                    break
        return attempt(best[1])


def _ends(made: Any) -> _Ends | None:
    """Return where the columns end that a text ends with; None where it does not end with them."""
    box, resume_at = made[:2]
    if box is None or resume_at is not None or not (box.children and box.children[-1].is_column):
        return None
    top = box.children[-1].position_y
    last = [one for one in box.children if one.is_column and one.position_y == top]
    empty = max(_count(box.style) - len(last), 0)
    return _Ends(top, (*(_foot(one) - top for one in last), *[0.0] * empty))


def _count(style: Any) -> int:
    """Return how many columns a box has by right; 0 where that hangs on its width."""
    return 0 if style["column_count"] == "auto" else int(style["column_count"])


def _foot(column: Any) -> float:
    """Return where what stands in a column ends, in px."""
    flow = (one for one in column.children if one.is_in_normal_flow())
    return max((one.border_box_y() + one.border_height() for one in flow), default=0.0)
