"""What shops take: the e-book and the cover held against the limits that they publish.

In: a `Subject`. Out: problem K710, a warning for each limit that is broken. A row has a figure that
a shop's own published page gives; a shop of which none could be found (CB) has no row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from publish.book.model import Book
from publish.checks.epub_reader import SVG, XHTML, Ebook, NoEbook, elements, is_outward, read_ebook
from publish.checks.epub_reader import resolved as resolved_name
from publish.checks.subject import Subject
from publish.ground.problems import Problem, problem
from publish.ground.source import Span

KB, MB, GB = 1e3, 1e6, 1e9
_RASTER = (".jpg", ".jpeg", ".png", ".gif")
_REMOTE = re.compile(rb"url\(\s*['\"]?https?:|@import\s+['\"]https?:")
_XLINK = "{http://www.w3.org/1999/xlink}href"


class Measured(NamedTuple):
    """A thing and what was measured of it; `span` is its place in the manuscript."""

    thing: str
    value: float
    span: Span | None = None


class Files:
    """The e-book and the cover of a subject, each None where it is not there or cannot be read."""

    def __init__(self, subject: Subject) -> None:
        self.book: Book = subject.book
        self.epub: Path | None = subject.fresh("epub")
        self.jpeg: Path | None = subject.fresh("cover")

    @cached_property
    def ebook(self) -> Ebook | None:
        """Return the e-book."""
        try:
            return read_ebook(self.epub) if self.epub else None
        except NoEbook:
            return None  # The checker of the e-book tells of it.

    @cached_property
    def cover(self) -> Image.Image | None:
        """Return the cover for the shops."""
        return _opened(self.jpeg.read_bytes()) if self.jpeg else None

    @cached_property
    def pictures(self) -> list[tuple[Measured, bytes, Image.Image]]:
        """Return the photos of the e-book: name and place, bytes, picture."""
        files = self.ebook.files if self.ebook else {}
        found = []
        for name, data in files.items():
            picture = _opened(data) if name.lower().endswith(_RASTER) else None
            if picture:
                photo = self.book.photos.get(Path(name).stem)
                found.append((Measured(name, 0, photo.span if photo else None), data, picture))
        return found


def _opened(data: bytes) -> Image.Image | None:
    try:
        return Image.open(BytesIO(data))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


# What is measured -------------------------------------------------------------------------------

Measure = Callable[[Files], Iterable[Measured]]


def book_bytes(files: Files) -> Iterator[Measured]:
    """Yield the size of the e-book."""
    if files.epub:
        yield Measured("the e-book", files.epub.stat().st_size)


def document_bytes(files: Files) -> Iterator[Measured]:
    """Yield the size of each document together with the pictures that it shows."""
    ebook = files.ebook
    for name in ebook.spine if ebook else ():
        assert ebook
        shown = {
            resolved_name(name, one.get("src", ""))[0]
            for one in ebook.trees[name].iter(f"{XHTML}img")
        }
        sizes = (len(ebook.files.get(file, b"")) for file in (name, *shown))
        yield Measured(f"{name} with its pictures", sum(sizes))


def picture_bytes(files: Files) -> Iterator[Measured]:
    """Yield the size of each photo in the e-book."""
    return (one._replace(value=len(data)) for one, data, _ in files.pictures)


def picture_pixels(files: Files) -> Iterator[Measured]:
    """Yield the pixels of each photo in the e-book."""
    return (
        one._replace(value=picture.width * picture.height) for one, _, picture in files.pictures
    )


def transparent(files: Files) -> Iterator[Measured]:
    """Yield 1 for each photo in the e-book with a ground that can be seen through."""
    for one, _, picture in files.pictures:
        yield one._replace(value=picture.has_transparency_data)


def inks(files: Files) -> Iterator[Measured]:
    """Yield 1 for each photo in the e-book, and for the cover, in the inks of a press."""
    for one, _, picture in files.pictures:
        yield one._replace(value=picture.mode == "CMYK")
    if files.cover:
        yield Measured("the cover", files.cover.mode == "CMYK")


def remote(files: Files) -> Iterator[Measured]:
    """Yield 1 for each document or style sheet that takes something from outside the e-book."""
    ebook = files.ebook
    for name, tree in ebook.trees.items() if ebook else ():
        if tree.tag in (f"{XHTML}html", f"{SVG}svg"):
            links = (
                one.get(key, "")
                for one in elements(tree)
                for key in ("src", _XLINK, "href")
                if one.tag != f"{XHTML}a" and one.tag != f"{SVG}a"
            )
            yield Measured(name, any(is_outward(link) and link[:5] != "data:" for link in links))
    for name, data in ebook.files.items() if ebook else ():
        if name.endswith(".css"):
            yield Measured(name, bool(_REMOTE.search(data)))


def cover_bytes(files: Files) -> Iterator[Measured]:
    """Yield the size of the cover."""
    if files.jpeg:
        yield Measured("the cover", files.jpeg.stat().st_size)


def cover_width(files: Files) -> Iterator[Measured]:
    """Yield the width of the cover."""
    if files.cover:
        yield Measured("the width of the cover", files.cover.width)


def cover_height(files: Files) -> Iterator[Measured]:
    """Yield the height of the cover."""
    if files.cover:
        yield Measured("the height of the cover", files.cover.height)


# The limits -------------------------------------------------------------------------------------


class Limit(NamedTuple):
    """What a shop takes of something that is measured, and the page on which it says so."""

    shop: str
    measure: Measure
    unit: str
    source: str
    most: float = float("inf")
    least: float = 0


_KOBO = "Kobo EPUB Guidelines (github.com/kobolabs/epub-spec)"
_APPLE = "Apple Books Asset Guide"
_GOOGLE = "Google Books Partner Center, “Files and uploading overview”"
_COVER = "Kindle Publishing Guidelines, “Cover Image Guidelines”"
_IMAGES = "Kindle Publishing Guidelines, “Image Guidelines - Reflowable”"

LIMITS = (
    Limit("Kobo", book_bytes, "MB", f"{_KOBO}, “Limitations and Maximums”", 1 * GB),
    Limit("Kobo", document_bytes, "MB", f"{_KOBO}, “Limitations and Maximums”", 10 * MB),
    Limit("Kobo", picture_bytes, "MB", f"{_KOBO}, “Limitations and Maximums”", 5 * MB),
    Limit("Kobo", transparent, "a transparent ground", f"{_KOBO}, “Image Formatting”", 0),
    Limit("Kobo", inks, "colours in CMYK", f"{_KOBO}, “Image Formatting”", 0),
    Limit("Kobo", cover_bytes, "MB", f"{_KOBO}, “Cover Images”", 3 * MB),
    Limit("Apple Books", book_bytes, "MB", f"{_APPLE}, “Audio and Video Overview”", 2 * GB),
    Limit("Apple Books", picture_pixels, "Mpx", f"{_APPLE}, on images", 5.6e6),
    Limit("Apple Books", inks, "colours in CMYK", f"{_APPLE}, on images", 0),
    Limit("Apple Books", remote, "something from outside the e-book", f"{_APPLE}, on scripts", 0),
    Limit("Google Play Books", book_bytes, "MB", f"{_GOOGLE}, “Size and quality limits”", 2 * GB),
    Limit(
        "Google Play Books",
        cover_width,
        "pixels",
        f"{_GOOGLE}, “Size and quality limits”",
        7200,
        640,
    ),
    Limit(
        "Google Play Books",
        cover_height,
        "pixels",
        f"{_GOOGLE}, “Size and quality limits”",
        7200,
        640,
    ),
    Limit("Amazon KDP", cover_bytes, "MB", _COVER, 50 * MB),
    Limit("Amazon KDP", cover_width, "pixels", _COVER, 10000, 625),
    Limit("Amazon KDP", cover_height, "pixels", _COVER, 10000, 1000),
    Limit("Amazon KDP", transparent, "a transparent ground", _IMAGES, 0),
    Limit("Amazon KDP", inks, "colours in CMYK", _IMAGES, 0),
)
"""What is over a limit may still be taken: some of these are what a shop advises.

A megabyte has a million bytes here, which is the stricter reading.
"""


def check(subject: Subject) -> list[Problem]:
    """Return the limits of shops that the e-book or the cover breaks."""
    files = Files(subject)
    return [
        _broken(limit, one)
        for limit in LIMITS
        for one in limit.measure(files)
        if not limit.least <= one.value <= limit.most
    ]


def _broken(limit: Limit, one: Measured) -> Problem:
    edge = (limit.most, "at most") if one.value > limit.most else (limit.least, "at least")
    counted = limit.unit in _UNITS
    return problem(
        "K710",
        one.span,
        shop=limit.shop,
        thing=one.thing,
        found=_said(one.value, limit.unit) if counted else limit.unit,
        limit=f"{_said(edge[0], limit.unit)} {edge[1]}" if counted else "none of that",
        source=limit.source,
    )


_UNITS = {"MB": (MB, "MB"), "Mpx": (1e6, "million pixels"), "pixels": (1, "pixels")}


def _said(value: float, unit: str) -> str:
    size, name = _UNITS[unit]
    return f"{value / size:.{0 if size == 1 else 1}f} {name}"
