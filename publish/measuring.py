"""Laid-out pages measured: how wide and tall things came out, and what juts out of its place.

In: `Pages`, whose boxes are read by their shape (the engine itself is imported by `pages` alone).
Out: `Measures` for the next layout, and each text or picture that stands outside its page, its type
area or its column, with the place in the manuscript that its element names (`data-block`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from publish.fitting import HAIR, Measures
from publish.pages import Pages

MM = 25.4 / 96
"""Millimetres in a pixel of the engine."""
_SHOWN = 24
"""Characters of a text that are told."""
_BLOCKS = ("BlockBox", "InlineBlockBox", "TableCellBox", "TableCaptionBox")


@dataclass(frozen=True, slots=True)
class Overrun:
    """What juts out on a page (counted from 1): its place, its first words, whether it is cut."""

    page: int
    block: str
    text: str
    cut: bool


@dataclass(frozen=True, slots=True)
class _Area:
    """Where something may stand or stands, in px."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: _Area, hair: float = 0.0) -> bool:
        """Tell whether another area lies within this one, but for a hair in px."""
        across = self.left - hair <= other.left and other.right <= self.right + hair
        return across and self.top - hair <= other.top and other.bottom <= self.bottom + hair


def measured(pages: Pages) -> Measures:
    """Return how wide tables are, and how tall tables, sidebars, pictures and captions."""
    found = Measures({}, {}, {}, {})
    for page in pages.document.pages:
        for box in _principal(page._page_box):
            tall = float(box.margin_height()) * MM if hasattr(box, "margin_height") else 0.0
            match box.element_tag, box.element.get("data-block", ""):
                case "figure", _ if (caption := box.element.find("figcaption")) is not None:
                    _add(found.pictures, caption.get("data-block"), _picture(box))
                case "figcaption", key if key:
                    _add(found.captions, key, tall)
                case "div" | "aside", key if key:
                    _add(found.heights, key, tall)
                    width = max((one.border_width() for one in _tables(box)), default=0.0)
                    share = float(width / max(box.width, 1))
                    found.widths[key] = max(found.widths.get(key, 0.0), share)
    return found


def _add(sums: dict[str, float], key: str, more: float) -> None:
    sums[key] = sums.get(key, 0.0) + more


def _picture(figure: Any) -> float:
    """Return how tall the picture of a figure is, in mm."""
    first = figure.children[0] if figure.children else None
    if first is None or first.element_tag == "figcaption":
        return 0.0
    return float(first.border_height()) * MM


def overruns(pages: Pages) -> list[Overrun]:
    """Return all that is cut by the edge of a page or stands outside the room for it."""
    return [
        found
        for number, page in enumerate(pages.document.pages, 1)
        for found in _Reader(number, page).read()
    ]


def _principal(box: Any, above: Any = None) -> Iterator[Any]:
    """Yield the boxes that stand for elements themselves, outer ones first."""
    element = getattr(box, "element", None)
    if element is not None and element is not above and "::" not in str(box.element_tag):
        yield box
    for child in getattr(box, "children", ()):
        yield from _principal(getattr(child, "_box", child), element)


def _tables(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "TableBox":
            yield child
        else:
            yield from _tables(child)


class _Reader:
    """Reads what stands on one page."""

    def __init__(self, number: int, page: Any) -> None:
        box = page._page_box
        self.number = number
        self.box = box
        self.sheet = _Area(0, 0, float(page.width), float(page.height))
        left, top = box.content_box_x(), box.content_box_y()
        self.type_area = _Area(left, top, left + box.width, top + box.height)

    def read(self) -> Iterator[Overrun]:
        """Yield what juts out on the page."""
        for child in self.box.children:
            margin = type(child).__name__ == "MarginBox"
            yield from self.inside(child, "", self.sheet if margin else self.type_area)

    def inside(self, box: Any, block: str, room: _Area) -> Iterator[Overrun]:
        """Yield what juts out of a room among the boxes in a box."""
        box = getattr(box, "_box", box)
        element = getattr(box, "element", None)
        if element is not None:
            block = element.get("data-block") or block
        kind = type(box).__name__
        if kind == "TextBox" and box.text.strip():
            yield from self.found(_text_area(box), room, block, box.text.strip())
        elif (
            kind == "BlockReplacedBox"
            and element is not None
            and "page" not in str(element.get("class")).split()
        ):
            left, top = float(box.position_x), float(box.content_box_y())
            area = _Area(left, top, left + float(box.width), top + float(box.height))
            yield from self.found(area, room, block, str(element.get("alt")))
        if kind in _BLOCKS and box.is_absolutely_positioned():
            room = self.type_area
        if kind in _BLOCKS and box.element_tag != "li":
            # A line may be as deep as its page; across, it keeps to every block around it. The
            # mark of an item hangs before it, in its list.
            left, right = box.padding_box_x(), box.padding_box_x() + box.padding_width()
            room = _Area(max(room.left, left), room.top, min(room.right, right), room.bottom)
        for child in getattr(box, "children", ()):
            yield from self.inside(child, block, room)

    def found(self, area: _Area, room: _Area, block: str, text: str) -> Iterator[Overrun]:
        """Yield what stands in an area when that is not in its room."""
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        if not self.sheet.holds(area):
            yield Overrun(self.number, block, shown, cut=True)
        elif not room.holds(area, HAIR / MM):
            yield Overrun(self.number, block, shown, cut=False)


def _text_area(box: Any) -> _Area:
    """Return where the letters of a text stand: from half their size above the line to the line."""
    line = float(box.position_y + box.baseline)
    share = len(box.text.rstrip()) / len(box.text)
    left, size = float(box.position_x), float(box.style["font_size"])
    return _Area(left, line - size / 2, left + float(box.width) * share, line)
