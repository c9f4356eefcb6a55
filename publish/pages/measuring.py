"""Laid-out pages measured: how wide and tall things came out, and what juts out of its place.

In: `Pages`, read box by box.
Out: `Measures` for the next layout, and each text or picture that stands outside its page, its type
area or its column, with the place in the manuscript that its element names (`data-block`), or what
it is about (`data-about`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from msgspec import Struct
from msgspec.structs import replace

from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.engine.rects import Rect
from publish.ground.units import PIXEL
from publish.pages.facts import HEADINGS, figure_of
from publish.sizes.fitting import Headed, Measures
from publish.sizes.framing import HAIR

_SHOWN = 24
"""Characters of a text that are told."""
_UNBROKEN = 5
"""Lines of a sidebar that stand together: it is broken where three are left on either side."""
_TOUCHED = 1.0
"""What lies over letters by less than this, in px, leaves them to be read."""


class Overrun(Struct, frozen=True):
    """What juts out on a page (counted from 1): its place, its first words, whether it is cut.

    `area` is where it stands, in px from the trim's upper left corner; `over` the first words that
    it lies over, or that lie over it. A `picture` has its alt text for words. Of what stands in a
    running head, `head` has all words.
    """

    page: int
    block: str
    text: str
    cut: bool
    area: Rect
    picture: bool = False
    over: str = ""
    head: str = ""


def measured(pages: Pages) -> Measures:
    """Return how wide tables are, and how tall tables, sidebars, pictures and captions."""
    found, boxes = Measures({}, {}, {}, {}, set()), dict[Element, list[Box]]()
    for page in pages.boxes:
        for box, element in _principal(page):
            match box.tag, element.get("data-block", ""):
                case "figure", _ if (caption := element.find("figcaption")) is not None:
                    key = caption.get("data-block", "")
                    _add(found.pictures, key, _picture(box))
                    if "framed" in box.classes:
                        found.framed.add(key)
                case "figcaption", key if key:
                    _add(found.captions, key, box.outer_height * PIXEL)
                case "div" | "aside", key if key:
                    _add(found.heights, key, box.outer_height * PIXEL)
                    width = max((one.border_width for one in _tables(box)), default=0.0)
                    share = width / max(box.width, 1)
                    found.widths[key] = max(found.widths.get(key, 0.0), share)
                    tallest = max(_rows(box), default=0.0) * PIXEL
                    found.rows[key] = max(found.rows.get(key, 0.0), tallest)
                    if box.tag == "aside":
                        boxes.setdefault(element, []).append(box)
    for element, parts in boxes.items():
        found.headed[element.get("data-block", "")] = list(_headed(element, parts))
    return found


def _headed(sidebar: Element, parts: Sequence[Box]) -> Iterator[Headed]:
    """Yield each picture of a sidebar that has a heading right above it; `parts` are its boxes."""
    around = max(box.outer_height - box.height for box in parts) * PIXEL
    inside: dict[Element, list[Box]] = {}
    for child in (child for box in parts for child in box.children):
        if child.element is not None:
            inside.setdefault(child.element, []).append(child)
    lead = above = 0.0
    for number, element in enumerate(sidebar):
        boxes = inside.get(element, [])
        if element.tag in HEADINGS:
            above += sum(box.outer_height for box in boxes) * PIXEL
            continue
        if element.tag == "figure" and above and boxes:
            picture = _picture(boxes[0])
            high = sum(box.border_height for box in boxes) * PIXEL
            yield Headed(lead + above + around, picture, high - picture)
        # A first paragraph does not stand alone; a longer one may be broken above these lines.
        lines = [line.outer_height for box in boxes for line in box.children]
        first = not number and element.tag == "p"
        lead, above = sum(lines[-_UNBROKEN:]) * PIXEL if first else 0.0, 0.0


def pictured(pages: Pages) -> float:
    """Return the share of the type areas that pictures fill, each as wide as its figure.

    Those that run off their page are left out: their size follows the page.
    """
    figures = (
        box.outer_width * _picture(box) / PIXEL
        for page in pages.boxes
        for box, _ in _principal(page)
        if box.tag == "figure" and "framed" not in box.classes
    )
    room = sum(page.width * (page.content.bottom - page.content.top) for page in pages.boxes)
    return min(sum(figures) / room, 1.0)


def _add(sums: dict[str, float], key: str, more: float) -> None:
    sums[key] = sums.get(key, 0.0) + more


def _picture(figure: Box) -> float:
    """Return how tall the picture of a figure is, in mm."""
    first = next(iter(figure.children), None)
    if first is None or first.tag == "figcaption":
        return 0.0
    return first.border_height * PIXEL


def overruns(pages: Pages) -> list[Overrun]:
    """Return all that is cut by the edge of a page or stands outside the room for it."""
    return [
        replace(found, over=_covered(page, found))
        for number, page in enumerate(pages.boxes, 1)
        for found in _Reader(number, page).read()
    ]


def _covered(page: Box, jutting: Overrun) -> str:
    """Return the first words of a page that share their room with what juts out on it, if any."""
    shared = (
        box.text.strip()
        for box in page.descendants()
        if box.kind == "text" and box.text.strip()
        if (area := _text_area(box)) != jutting.area and area.meets(jutting.area, _TOUCHED)
    )
    return _short(next(shared, ""))


def _principal(box: Box) -> Iterator[tuple[Box, Element]]:
    """Yield the boxes that stand for elements themselves, outer ones first, and their elements."""
    waiting: list[tuple[Box, Element | None]] = [(box, None)]
    while waiting:
        box, above = waiting.pop()
        if box.kind in ("line", "text"):
            # Nothing that is measured stands in a line.
            continue
        element = box.element
        if element is not None and element is not above and not box.pseudo:
            yield box, element
        waiting += ((child, element) for child in reversed(box.children))


def _tables(box: Box) -> Iterator[Box]:
    for child in box.children:
        if child.kind == "table":
            yield child
        else:
            yield from _tables(child)


def _rows(box: Box) -> Iterator[float]:
    """Yield how tall the rows of the tables in a box are, in px."""
    for child in box.children:
        if child.tag == "tr":
            yield child.outer_height
        else:
            yield from _rows(child)


class _Reader:
    """Reads what stands on one page."""

    def __init__(self, number: int, page: Box) -> None:
        self.number = number
        self.page = page
        self.sheet = Rect(0, 0, page.outer_width, page.outer_height)
        self.type_area = page.content

    def read(self) -> Iterator[Overrun]:
        """Yield what juts out on the page."""
        for child in self.page.children:
            is_margin = child.kind == "margin"
            head = said_in(child) if is_margin else ""
            for found in self.inside(child, "", self.sheet if is_margin else self.type_area):
                yield replace(found, head=head)

    def inside(self, box: Box, block: str, room: Rect) -> Iterator[Overrun]:
        """Yield what juts out of a room among the boxes in a box."""
        element = box.element
        if element is not None:
            figure = figure_of(element) if box.tag == "figure" else ""
            about = element.get("data-about", "")
            block = element.get("data-block") or figure or about or block
        if box.kind == "text" and box.text.strip():
            yield from self.found(_text_area(box), room, block, _short(box.text.strip()))
        elif "window" in box.classes:
            # What runs off its page is meant to, and is cut by its window.
            return
        elif box.kind == "picture" and element is not None:
            alt = _short(str(element.get("alt")))
            for found in self.found(box.content, room, block, alt):
                yield replace(found, picture=True)
        elif box.kind == "block":
            around = box.tag in ("html", "body") or "flow" in box.classes
            if box.is_absolute or around:
                # Around pictures alone the boxes may have the margins of the page before.
                room = self.type_area
            if box.tag != "li" and not around:
                # A line may be as deep as its page; across, it keeps to every block around it. The
                # mark of an item hangs before it, in its list.
                left, right = box.padding_sides
                room = Rect(max(room.left, left), room.top, min(room.right, right), room.bottom)
        if box.planned:
            # Its hyphens and points hang in the margin.
            left, right = room.left - box.planned.left, room.right + box.planned.right
            room = Rect(left, room.top, right, room.bottom)
        for child in box.children:
            yield from self.inside(child, block, room)

    def found(self, area: Rect, room: Rect, block: str, text: str) -> Iterator[Overrun]:
        """Yield what stands in an area when that is not in its room."""
        if not self.sheet.holds(area):
            yield Overrun(self.number, block, text, True, area)
        elif not room.holds(area, HAIR / PIXEL):
            yield Overrun(self.number, block, text, False, area)


def said_in(box: Box) -> str:
    """Return the words in a box, such as a running head."""
    return "".join(one.text for one in box.descendants() if one.kind == "text")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _text_area(box: Box) -> Rect:
    """Return where the letters of a text stand: from half their size above the line to the line."""
    text, line = box.text, box.baseline
    share = len(text.rstrip()) / len(text)
    return Rect(box.left, line - box.size / 2, box.left + box.width * share, line)
