"""Laid-out pages → which picture of the manuscript stands where on which page.

In: the boxes of laid-out pages, the book, its pictures by photo, and the texts of the manuscript.
Out: `PictureSpot`s, each tied to where the picture is placed in its chapter and to its table in
captions.toml; one on the cover to its key in book.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from publish.book.inlines import Picture
from publish.book.model import Book, Figure
from publish.book.walking import blocks_of, inlines_of
from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.engine.rects import Rect
from publish.ground.source import SourceFile, Span
from publish.pages.facts import figure_of
from publish.pages.pagemap import PT
from publish.pictures.photos import Asset
from publish.pictures.placed import ADDRESS
from publish.settings.toml import read_toml
from publish.text.editions import figure_id

_SEEN = ("window", "backdrop", "plate-box")
"""The classes of what shows a picture without being one: a part of it, a ground, a stand-in."""


class PictureSpot(Struct, frozen=True):
    """A picture on a page: its id, where it is placed, its entry; in pt from the trim's corner."""

    page: int
    left: float
    top: float
    width: float
    height: float
    name: str
    placed: Span
    entry: Span | None


def picture_spots(
    pages: Pages, book: Book, pictures: Mapping[str, Asset], sources: Mapping[str, SourceFile]
) -> Iterator[PictureSpot]:
    """Yield the pictures of pages, page by page."""
    figures = {
        figure_id(block): block
        for chapter in book.chapters
        for block in blocks_of(chapter)
        if isinstance(block, Figure)
    }
    small: dict[str, list[Span]] = {}
    for chapter in book.chapters:
        for _, inline in inlines_of(chapter):
            if isinstance(inline, Picture):
                small.setdefault(inline.photo, []).append(inline.span)
    names = {ADDRESS + asset.name: name for name, asset in pictures.items()}
    cover = book.settings.cover.photo
    for number, page in enumerate(pages.boxes, 1):
        for box, around in _within(page, ""):
            name, placed = "", None
            if around in figures and _shows(box):
                name, placed = figures[around].photo, figures[around].span
            elif not around and "ground" in box.classes and "background-image" in _style(box):
                name, placed = cover, _key_of_cover(sources)
            elif not around and (source := _source(box)) in names:
                name = names[source]
                # Set in the order of the text; the same one may stand in several lines.
                spans = small.get(name, [])
                placed = (spans.pop(0) if len(spans) > 1 else spans[0]) if spans else None
            if placed is not None:
                entry = book.photos[name].span if name in book.photos else None
                yield PictureSpot(number, *_sides(box.border), name, placed, entry)


def _within(box: Box, around: str) -> Iterator[tuple[Box, str]]:
    """Yield boxes with the id of the figure around each; nothing of a picture is a part of it."""
    if box.element is not None and box.tag == "figure":
        around = figure_of(box.element)
    for child in box.children:
        yield child, around
        if not (around and _shows(child)):
            yield from _within(child, around)


def _shows(box: Box) -> bool:
    return box.kind == "picture" or bool(_source(box)) or any(one in _SEEN for one in box.classes)


def _source(box: Box) -> str:
    element = box.element
    return (element.get("src") or "") if element is not None and element.tag == "img" else ""


def _style(box: Box) -> str:
    return (box.element.get("style") or "") if box.element is not None else ""


def _sides(area: Rect) -> tuple[float, float, float, float]:
    sides = area.left, area.top, area.right - area.left, area.bottom - area.top
    left, top, width, height = (round(side * PT, 2) for side in sides)
    return left, top, width, height


def _key_of_cover(sources: Mapping[str, SourceFile]) -> Span | None:
    document = read_toml(sources["book.toml"])[0] if "book.toml" in sources else None
    return document.value(("cover", "photo")) if document else None
