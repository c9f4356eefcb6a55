"""A box with a ground that goes on overleaf ends below its text.

In: the engine's module for blocks, and its version; `layout` gives them. Out: a context in which
the part of a sidebar on a page is as tall as what stands in it. The engine stretches it to the foot
of the page (CSS Break 3, 5.1), so that a tall picture that has no room there leaves a page of grey.
White of a line or two below a text is filled as it was. Read in WeasyPrint 70; in another version,
which is told of (P418), nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from publish.engine.leaf import line_of
from publish.engine.steadying import is_known

_FILLED = 3
"""White of fewer lines than this is filled."""


@contextmanager
def closed(version: str, block: Any) -> Iterator[None]:
    """Change the engine for as long as it lays out; `block` is its module `layout.block`."""
    if not is_known(version):
        yield
        return
    lay_out, kind = block.block_container_layout, block.boxes.BlockBox

    def ended(context: Any, box: Any, *given: Any, **named: Any) -> Any:
        made = lay_out(context, box, *given, **named)
        part, resume_at = made[:2]
        if part and resume_at and box.style["box_decoration_break"] == "clone":
            height = _foot(part, kind) - _below(part) - part.content_box_y()
            if 0 <= height <= part.height - _FILLED * line_of(part.style):
                part.height = height
        return made

    block.block_container_layout = ended
    try:
        yield
    finally:
        block.block_container_layout = lay_out


def _foot(box: Any, kind: Any) -> float:
    """Return where what stands in a box ends, in px; `kind` is that of a block of others or lines.

    In a box that is broken a list or quotation is stretched as it is.
    """
    if not isinstance(box, kind):
        return float(box.border_box_y() + box.border_height())
    flow = [one for one in box.children if one.is_in_normal_flow()]
    if not flow:
        return float(box.border_box_y() + box.border_height())
    return max(_foot(one, kind) for one in flow) + _below(box)


def _below(box: Any) -> float:
    """Return the padding and the border below what stands in a box, in px."""
    return float(box.padding_bottom + box.border_bottom_width)
