"""A picture that runs off its page, or over two of them: where it stands, in numbers.

In: a `Page`, a figure and its picture's height in its width. Out: `Frame`s, in mm from the upper
left corner of the type area. A picture reaches the edges that it is to bleed over and what is too
tall for its page is cut, above as much as below; of a spread each page shows its own half and, in
the bleed at the spine, the beginning of the other, so that the two meet without a gap.
"""

from __future__ import annotations

from msgspec import Struct

from publish.book.model import EDGES, Figure
from publish.sizes.geometry import Page

HAIR = 0.5
"""Millimetres that nobody sees, kept free so that a rounded length does not break a page."""
LOST = 1 / 3
"""So much of a picture may be cut off."""
CLEAR = 5.0
"""What ends nearer to the trim (mm) shows that no cut is exact: it is to bleed, or to end here."""


class Leaf(Struct, frozen=True):
    """The page that a picture stands on: left or right of its spread, with its two margins."""

    is_left: bool
    left: float
    right: float

    def bleeds(self, bleed: tuple[str, ...]) -> tuple[bool, bool]:
        """Tell whether a picture runs off the left edge and off the right one."""
        names = ("outer", "inner") if self.is_left else ("inner", "outer")
        return names[0] in bleed, names[1] in bleed


class Frame(Struct, frozen=True):
    """What a page shows of a picture: a window, and the picture that lies behind it.

    `left` and `top` are those of the window, `shift` and `drop` where the picture lies in it.
    """

    left: float
    top: float
    width: float
    height: float
    wide: float
    high: float
    shift: float = 0.0
    drop: float = 0.0


def leaf_of(page: Page, is_left: bool) -> Leaf:
    """Return a page of a spread with its margins."""
    sides = (page.outer, page.inner) if is_left else (page.inner, page.outer)
    return Leaf(is_left, *sides)


def sinks(block: Figure) -> bool:
    """Tell whether a picture that runs off its page stands at the foot of it."""
    return "bottom" in block.bleed and block.place != "page"


def is_framed(figure: Figure) -> bool:
    """Tell whether a picture stands in a frame: off the edges of its page, or over two pages."""
    return figure.place in ("page", "spread") or bool(figure.bleed) or figure.caption == "facing"


def frame(page: Page, figure: Figure, ratio: float, caption: float, leaf: Leaf) -> Frame:
    """Return how a picture stands on a page; `caption` is the height in mm of what is below it."""
    if figure.place == "page" and not figure.bleed:
        return _plate(page, ratio, caption, leaf)
    if figure.place == "spread":
        return _half_of_spread(page, ratio, caption, leaf)
    covers = figure.place == "page"
    edges = EDGES if covers else figure.bleed
    off_left, off_right = leaf.bleeds(edges)
    measure = page.half if figure.place == "half" else page.measure
    left = -(leaf.left + page.bleed) if off_left else 0.0
    if figure.place == "half" and off_right:
        left = page.measure - measure
    width = measure + (leaf.left + page.bleed) * off_left + (leaf.right + page.bleed) * off_right
    top = -(page.top + page.bleed) if "top" in edges else 0.0
    room = page.depth - HAIR - caption - top
    if "bottom" in edges:
        room = page.depth + page.bottom + page.bleed - top
    if not edges:
        # Nothing asks for a shape of its own: it is seen whole, at the outer side of the measure,
        # where on a left-hand page a narrow one stands that has its caption below it.
        wide = min(width, room / ratio)
        left, width = 0.0 if leaf.is_left else measure - wide, wide
    wide = max(width, room / ratio) if covers else width
    return _seen(left, top, width, room, wide, wide * ratio, (width - wide) / 2)


def lost(page: Page, figure: Figure, ratio: float, caption: float) -> float:
    """Return the share of a picture that is cut off."""
    seen = frame(page, figure, ratio, caption, leaf_of(page, is_left=True))
    across = 1.0 if figure.place == "spread" else seen.width / seen.wide
    return 1 - across * seen.height / seen.high


def _plate(page: Page, ratio: float, caption: float, leaf: Leaf) -> Frame:
    """Return a picture that has a page: off three of its edges, or between white if it is tall."""
    width, side = page.width + 2 * page.bleed, -(leaf.left + page.bleed)
    top, room = -(page.top + page.bleed), page.height + 2 * page.bleed
    if caption:
        room = page.height + page.bleed - page.bottom - HAIR - caption
    if width * ratio <= room:
        return Frame(side, top, width, width * ratio, width, width * ratio)
    raised = page.top / 2
    high = min(room, page.height - page.bottom) - page.bleed - raised
    wide = min(high / ratio, page.measure + 2 * (min(page.inner, page.outer) - CLEAR))
    high = wide * ratio
    return Frame((page.measure - wide) / 2, -raised, wide, high, wide, high)


def _half_of_spread(page: Page, ratio: float, caption: float, leaf: Leaf) -> Frame:
    wide = 2 * (page.width + page.bleed)
    top, room = -(page.top + page.bleed), page.height + 2 * page.bleed
    if caption:
        room = page.height + page.bleed - page.bottom - HAIR - caption
    shift = 0.0 if leaf.is_left else -page.width
    width = page.width + 2 * page.bleed
    return _seen(-(leaf.left + page.bleed), top, width, room, wide, wide * ratio, shift)


def _seen(
    left: float, top: float, width: float, room: float, wide: float, high: float, shift: float
) -> Frame:
    """Return the window of a picture that has some room, its middle in the middle."""
    height = min(high, room)
    return Frame(left, top, width, height, wide, high, shift, (height - high) / 2)
