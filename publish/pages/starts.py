"""Laid-out pages → where each of them begins in the manuscript.

In: `Pages`, and the lines that `pagemap` read from them. Out: a `folios.PageStart` for each page,
by which the e-book gets its marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.pages.pagemap import Line
from publish.text.folios import MATTER, Folios, PageStart


def page_starts(pages: Pages, lines: Iterable[Line], folios: Folios) -> tuple[PageStart, ...]:
    """Return where each page begins, given the lines on them; see `PageStart` for what counts.

    A page with a table head that is set again begins with the row after it. Linear in the number
    of lines.
    """
    starts: dict[int, PageStart] = {}
    for line in lines:
        if line.area != "flow" or line.page in starts:
            continue
        for piece in line.pieces:
            offset = piece.origin.offset(piece.first)
            if offset is not None and not piece.again:
                label, file = folios.label(line.page), piece.origin.file
                divided = piece.origin.continues(piece.first)
                starts[line.page] = PageStart(label, "word", file, offset, divided)
                break
        if line.raw and line.page not in starts:
            at = line.raw.places[0][1]
            starts[line.page] = PageStart(folios.label(line.page), "word", line.raw.file, at)
    for number, page in enumerate(pages.boxes, 1):
        starts.setdefault(number, _without_words(page, folios.label(number)))
    return tuple(starts[number] for number in sorted(starts))


def strays(lines: Iterable[Line], folios: Folios) -> tuple[tuple[str, str], ...]:
    """Return the label of each page with words that are found in no text, and the first of them."""
    found: dict[int, str] = {}
    for line in lines:
        if line.stray:
            found.setdefault(line.page, line.stray.strip())
    return tuple((folios.label(page), text) for page, text in found.items())


def _without_words(page: Box, label: str) -> PageStart:
    """Return how a page begins whose main flow has no word: with a plate, or as matter apart.

    The right-hand half of a spread has no id, nor has a caption opposite its picture: they are not
    in the e-book. A page with a folio alone is one of the book's too.
    """
    for element in _elements(page):
        if element.tag == "figure" and (name := element.get("id")):
            return PageStart(label, "plate", name)
        names = (element.get("class") or "").split()
        for matter in MATTER:
            if matter in names:
                return PageStart(label, "matter", matter)
    return PageStart(label, "matter" if _shows_text(page) else "blank")


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
