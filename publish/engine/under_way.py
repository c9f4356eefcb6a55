"""Which block of the manuscript the layout engine is at, told while it is there.

In: WeasyPrint's module for blocks, and its version; `layout` gives them. Out: a context in which
each block that is laid out and has a place in the manuscript (`data-block`, `data-note`) is told
to `guard`, so that a layout that never ends, or crashes, is told of there. Read in WeasyPrint 70;
in another version, which is told of (P418), no place is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from publish.engine.steadying import is_known
from publish.ground.guard import at


@contextmanager
def under_way(version: str, block: Any) -> Iterator[None]:
    """Tell of each block for as long as the engine lays out; `block` is its `layout.block`."""
    if not is_known(version):
        yield
        return
    containers = block.block_container_layout

    def told(context: Any, box: Any, *given: Any, **named: Any) -> Any:
        element = box.element
        place = element.get("data-block") or element.get("data-note") if element is not None else ""
        if place:
            at(place)
        return containers(context, box, *given, **named)

    block.block_container_layout = told
    try:
        yield
    finally:
        block.block_container_layout = containers
