"""A page that pictures float on: how much room they leave, and the boxes around its text.

In: the engine's boxes. Out: a `Leaf`, in px, and what of a page has to be put in order.
"""

from __future__ import annotations

import math
from typing import Any

from msgspec import Struct, field

from publish.sizes.geometry import LINE

_HAIR = 0.01


class Leaf(Struct):
    """What floats on the page that is being laid out: where the text begins and ends, in px.

    `hull` are the boxes around the text before it, empty; `bare` where it is for pictures alone.
    `closed` once a picture waits for a later page: those after it wait too. `low` is where the type
    area ends.
    """

    line: float
    hull: Any
    bare: bool
    top: float = 0.0
    head: float = 0.0
    foot: float = 0.0
    low: float = 0.0
    placed: list[Any] = field(default_factory=list)
    closed: bool = False

    def opened(self, page: Any) -> None:
        """Measure the page, once."""
        if not self.foot:
            self.top = self.head = page.content_box_y()
            self.foot = self.low = self.top + page.height

    def is_taken(self, where: str) -> bool:
        """Tell whether a picture stands at the head, or the foot: none can bleed there then."""
        return self.head > self.top if where == "head" else self.foot < self.low

    def begin(self) -> float:
        """Return where the text begins, on the grid of its lines."""
        lines = math.ceil((self.head - self.top) / self.line - _HAIR)
        return self.top + max(lines, 0) * self.line


def said(box: Any, name: str) -> str:
    """Return an attribute of the element that a box stands for."""
    return "" if box.element is None else str(box.element.get(name) or "")


def is_flow(box: Any) -> bool:
    """Tell whether a box is a flow, or the part of one that stands on a page."""
    return "flow" in said(box, "class").split()


def suits(page: Any, side: str) -> bool:
    """Tell whether a page is on the side that a picture asks for."""
    if not side:
        return True
    first = "right" if page.style["direction"] == "ltr" else "left"
    return bool((page.page_type.side == first) == (side == "recto"))


def settled(root: Any) -> None:
    """Put the pictures of a page before its text, in the flow that they belong to."""
    pictures = [one for one in root.children if one.element_tag == "figure"]
    root.children = [one for one in root.children if one not in pictures]
    within = root
    while within.is_for_root_element or within.element_tag == "body":
        inner = [child for child in within.children if child.is_in_normal_flow()]
        if not inner:
            break
        within = inner[0]
    shown = [one for one in pictures if one.element is not None]
    within.children = [*shown, *within.children]


def hull(root: Any) -> Any:
    """Return the boxes around the text at the end of a page, empty."""
    flow = (child for child in root.children if child.is_in_normal_flow())
    # A picture within a line has nothing in it.
    last = [child for child in flow if hasattr(child, "copy_with_children")][-1:]
    deeper = root.is_for_root_element or root.element_tag == "body"
    return root.copy_with_children([hull(one) for one in last] if deeper else [])


def line_of(style: Any) -> float:
    """Return the distance of the lines of a text, in px."""
    height = style["line_height"]
    return float(getattr(height, "value", LINE * style["font_size"]))
