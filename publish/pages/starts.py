"""Laid-out pages → where each of them begins in the manuscript.

In: the boxes of pages, and the lines that `pagemap` read from them. Out: a `folios.PageStart` for
each page, by which the e-book gets its marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from publish.engine.boxes import Box
from publish.pages.pagemap import Line
from publish.text.folios import MATTER, Kind, PageStart

Start = tuple[Kind, str, int, bool]
"""How a page begins before it has a label: the other fields of a `PageStart`.

“blank” is what shows nothing but a folio, perhaps.
"""


def starts_of(boxes: Sequence[Box], lines: Iterable[Line]) -> tuple[Start, ...]:
    """Return how each of some pages begins, given the lines on them.

    A page with a table head that is set again begins with the row after it. Linear in the number
    of lines.
    """
    starts: dict[int, Start] = {}
    for line in lines:
        if line.area != "flow" or line.page in starts:
            continue
        for piece in line.pieces:
            offset = piece.origin.offset(piece.first)
            if offset is not None and not piece.again:
                divided = piece.origin.continues(piece.first)
                starts[line.page] = "word", piece.origin.file, offset, divided
                break
        if line.raw and line.page not in starts:
            starts[line.page] = "word", line.raw.file, line.raw.places[0][1], False
    pages = enumerate(boxes, 1)
    return tuple(starts.get(number) or _without_words(page) for number, page in pages)


def strays_of(lines: Iterable[Line]) -> tuple[tuple[int, str], ...]:
    """Return each page with words that are found in no text, and the first of them."""
    found: dict[int, str] = {}
    for line in lines:
        if line.stray:
            found.setdefault(line.page, line.stray.strip())
    return tuple(found.items())


def page_start(start: Start, page: Box, label: str) -> PageStart:
    """Return how a page begins that bears a label.

    A page with a folio alone is one of the book's too.
    """
    kind, file, offset, divided = start
    shown = "matter" if kind == "blank" and _shows_text(page) else kind
    return PageStart(label, shown, file, offset, divided)


def _without_words(page: Box) -> Start:
    """Return how a page begins whose main flow has no word: with a plate, or as matter apart.

    The right-hand half of a spread has no id, nor has a caption opposite its picture: they are not
    in the e-book.
    """
    for element in _elements(page):
        if element.tag == "figure" and (name := element.get("id")):
            return "plate", name, 0, False
        names = (element.get("class") or "").split()
        for matter in MATTER:
            if matter in names:
                return "matter", matter, 0, False
    return "blank", "", 0, False


def _shows_text(box: Box) -> bool:
    """Tell whether text stands in a box, be it a running head or a folio."""
    return box.kind == "text" or any(map(_shows_text, box.children))


def _elements(box: Box) -> Iterator[Element]:
    """Yield the elements of the boxes of a page that show something, outer ones first."""
    for child in box.children:
        if child.kind == "margin":
            continue
        if child.element is not None and child.element.tag not in ("html", "body"):
            yield child.element
        yield from _elements(child)
