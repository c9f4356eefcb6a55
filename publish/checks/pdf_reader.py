"""A PDF read back into plain facts: boxes, labels, bookmarks, destinations, fonts, claims.

In: a PDF (ISO 32000-1). Out: `PdfFacts`, lengths in millimetres, pages counted from 0. Raises
`NoPdf` for what is no PDF, or a damaged one.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, PasswordError, Pdf, Stream

from publish.ground.damage import DAMAGE
from publish.ground.plain import check_plain
from publish.ground.units import MM

Box = tuple[float, float, float, float]
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_KEYS = {"media": "/MediaBox", "bleed": "/BleedBox", "trim": "/TrimBox"}


_OBJECT = re.compile(r"^(?:stream )?<[\w.]+ object at 0x[0-9a-f]+>: ")
"""How a library calls what it was given in memory."""


class NoPdf(Exception):
    """What is no PDF, or a damaged one; the text says why."""


class Locked(NoPdf):
    """A PDF that opens with a password alone."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Raise `NoPdf` for whatever goes wrong while a PDF is read, and keep warnings to ourselves.

    Raises `NotPlain` before that, where what is to be opened is no plain file.
    """
    check_plain(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except PasswordError as error:
        raise Locked("it is locked with a password") from error
    except DAMAGE as error:
        reason = " ".join(_OBJECT.sub("", str(error).removeprefix(f"{path}: ")).split())
        raise NoPdf(reason or type(error).__name__) from error


class PageFacts(Struct, frozen=True):
    """A page: its label and its boxes (left, foot, right, head); None for one that is not said."""

    label: str
    boxes: Mapping[str, Box | None]


class Bookmark(Struct, frozen=True):
    """A bookmark; `page` is None where it leads nowhere."""

    level: int
    title: str
    page: int | None


class PdfFacts(Struct, frozen=True):
    """What a PDF says of itself."""

    pages: tuple[PageFacts, ...]
    bookmarks: tuple[Bookmark, ...]
    destinations: Mapping[str, int]
    loose_fonts: tuple[str, ...]
    language: str
    title: str
    shows_title: bool
    tagged: bool

    def label(self, name: str) -> str:
        """Return the label of the page on which an id stands; nothing for an unknown one."""
        page = self.destinations.get(name)
        return "" if page is None else self.pages[page].label


def facts_of(path: Path) -> PdfFacts:
    """Read the facts of a PDF."""
    with reading(path), Pdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        root = pdf.Root
        marked = root.get("/MarkInfo", Dictionary()).get("/Marked", False)
        return PdfFacts(
            pages=tuple(_page(page) for page in pdf.pages),
            bookmarks=tuple(_bookmarks(pdf, numbers)),
            destinations=dict(_destinations(pdf, numbers)),
            loose_fonts=tuple(dict.fromkeys(loose_fonts(pdf))),
            language=str(root.get("/Lang", "")),
            title=str(pdf.docinfo.get("/Title", "")) if "/Info" in pdf.trailer else "",
            shows_title=bool(
                root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False)
            ),
            tagged=bool(marked) and bool(root.get("/StructTreeRoot", Dictionary()).get("/K")),
        )


def faults_of(path: Path) -> list[str]:
    """Return what qpdf finds wrong with a PDF that opens."""
    with reading(path), Pdf.open(path) as pdf:
        return list(pdf.check_pdf_syntax())


def _page(page: pikepdf.Page) -> PageFacts:
    return PageFacts(str(page.label), {name: _box(page, key) for name, key in _KEYS.items()})


def _box(page: pikepdf.Page, key: str) -> Box | None:
    """Return a box as the page itself says it; the media box may come from its parents."""
    value = page.mediabox if key == "/MediaBox" else page.obj.get(key)
    if not isinstance(value, Array) or len(value) != 4:
        return None
    left, foot, right, head = (float(side) / MM for side in value)
    return left, foot, right, head


def _number(destination: Any, numbers: Mapping[tuple[int, int], int]) -> int | None:
    """Return the number of the page that a destination names (12.3.2)."""
    if isinstance(destination, Dictionary):
        destination = destination.get("/D")
    if not isinstance(destination, Array) or not len(destination):
        return None
    page = destination[0]
    return numbers.get(page.objgen) if isinstance(page, Dictionary) else None


def _destinations(pdf: Pdf, numbers: Mapping[tuple[int, int], int]) -> Iterator[tuple[str, int]]:
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if names is None:
        return
    for name, destination in pikepdf.NameTree(names).items():
        number = _number(destination, numbers)
        if number is not None:
            yield str(name), number


def _bookmarks(pdf: Pdf, numbers: Mapping[tuple[int, int], int]) -> Iterator[Bookmark]:
    """Yield the bookmarks, outer ones first (12.3.3)."""
    if "/Outlines" not in pdf.Root:
        return

    def read(items: list[pikepdf.OutlineItem], level: int) -> Iterator[Bookmark]:
        for item in items:
            to: Any = item.destination
            if to is None and item.action is not None:
                to = item.action.get("/D")
            yield Bookmark(level, item.title, _number(to, numbers))
            yield from read(item.children, level + 1)

    with pdf.open_outline() as outline:
        yield from read(list(outline.root), 1)


def _fonts(pdf: Pdf) -> Iterator[Any]:
    """Yield each font, also one that stands in the resources themselves (7.3.10, 7.8.3)."""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font:
            yield item
        for holder in (
            (item, item.get("/Resources")) if isinstance(item, Dictionary | Stream) else ()
        ):
            named = holder.get("/Font") if isinstance(holder, Dictionary) else None
            for font in named.values() if isinstance(named, Dictionary) else ():
                if isinstance(font, Dictionary) and not font.is_indirect:
                    yield font


def loose_fonts(pdf: Pdf) -> Iterator[str]:
    """Yield the names of the fonts that are not embedded (9.9); a Type 3 font is one by nature."""
    for item in _fonts(pdf):
        if item.get("/Subtype") in (Name.Type0, Name.Type3):
            continue
        descriptor = item.get("/FontDescriptor", Dictionary())
        if not any(key in descriptor for key in _FONT_FILES):
            yield str(item.get("/BaseFont", "/?")).removeprefix("/")
