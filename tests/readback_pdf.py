"""A PDF read back into plain facts, with nothing of the toolchain's own code."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw

MM = 72 / 25.4
Box = tuple[float, float, float, float]
Ink = tuple[str, tuple[float, ...]]
_SHOWS = ("Tj", "TJ", "'", '"')
_DIRECT = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_INVISIBLE = 3


@dataclass(frozen=True)
class Piece:
    """A run of text on one line; the sides in mm from the trim's lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Page:
    """A page: its label, boxes in mm, the pieces of its text, and where its links lead."""

    label: str
    media: Box
    crop: Box
    bleed: Box
    trim: Box
    pieces: tuple[Piece, ...]
    links: tuple[str, ...]

    @cached_property
    def lines(self) -> tuple[Piece, ...]:
        """Return the pieces that stand beside each other as lines, from the top down."""
        rows: list[list[Piece]] = []
        for piece in sorted(self.pieces, key=lambda one: -(one.bottom + one.top)):
            middle = (piece.bottom + piece.top) / 2
            if rows and any(one.bottom < middle < one.top for one in rows[-1]):
                rows[-1].append(piece)
            else:
                rows.append([piece])
        return tuple(_joined(row) for row in rows)

    @property
    def text(self) -> str:
        """Return the text, line by line."""
        return "\n".join(line.text for line in self.lines)

    @property
    def words(self) -> str:
        """Return the text with a blank for every break, and words that a hyphen broke whole."""
        return self.text.replace("-\n", "").replace("\n", " ")


@dataclass(frozen=True)
class Bookmark:
    """A line of the outline: level from 1, title, and page from 0."""

    level: int
    title: str
    page: int


def _joined(row: list[Piece]) -> Piece:
    row = sorted(row, key=lambda one: one.left)
    return Piece(
        " ".join(" ".join(one.text for one in row).split()),
        row[0].left,
        min(one.bottom for one in row),
        row[-1].right,
        max(one.top for one in row),
    )


class ReadPdf:
    """A PDF as pdfium and qpdf read it."""

    def __init__(self, data: bytes | Path) -> None:
        self.data = data if isinstance(data, bytes) else data.read_bytes()
        self.pdf = pikepdf.Pdf.open(BytesIO(self.data))
        self.drawn = pypdfium2.PdfDocument(self.data)

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """Return all pages."""
        return tuple(self._page(number) for number in range(len(self.pdf.pages)))

    def _page(self, number: int) -> Page:
        page = self.pdf.pages[number]
        boxes = [_box(page.obj.get(name, page.mediabox)) for name in _BOXES]
        left, bottom = boxes[3][:2]
        text = self.drawn[number].get_textpage()
        pieces = []
        for at in range(text.count_rects()):
            rect = text.get_rect(at)
            said = text.get_text_bounded(*rect).replace("\u0002", "-").strip()
            sides = [side / MM - (left, bottom)[place % 2] for place, side in enumerate(rect)]
            if said:
                pieces.append(Piece(said, *sides))
        links = tuple(_leads_to(one) for one in page.obj.get("/Annots", pikepdf.Array()))
        return Page(self.drawn.get_page_label(number), *boxes, tuple(pieces), links)

    @property
    def bookmarks(self) -> list[Bookmark]:
        """Return the outline."""
        found = []
        for item in self.drawn.get_toc():
            destination = item.get_dest()
            page = destination.get_index() if destination else -1
            found.append(Bookmark(item.level + 1, item.get_title(), page))
        return found

    @property
    def fonts(self) -> dict[str, bool]:
        """Return the name of each font, without its subset's tag, and whether it is embedded."""
        fonts: dict[str, bool] = {}
        for one in self.pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
                name = str(one.FontName).lstrip("/").split("+")[-1]
                inside = any(f"/FontFile{end}" in one for end in ("", "2", "3"))
                fonts[name] = fonts.get(name, True) and inside
        return fonts

    def inks(self) -> Iterator[tuple[int, Ink]]:
        """Yield the page and the fill colour of every piece of text that shows."""
        for number, page in enumerate(self.pdf.pages):
            for ink in _inks(page.obj, page.obj.get("/Resources"), ("DeviceGray", (0.0,))):
                yield number, ink

    def unpacked(self) -> bytes:
        """Return the file with no stream compressed."""
        out = BytesIO()
        self.pdf.save(out, compress_streams=False, stream_decode_level=_ALL, qdf=True)
        return out.getvalue()

    def baselines(self, number: int, size: float) -> list[float]:
        """Return where lines of a size of type (in px) stand on a page, in mm from the trim."""
        text = self.drawn[number].get_textpage()
        left, bottom = ctypes.c_double(), ctypes.c_double()
        found = set()
        for at in range(text.count_chars()):
            if abs(raw.FPDFText_GetFontSize(text, at) - size) < 0.01:
                raw.FPDFText_GetCharOrigin(text, at, left, bottom)
                found.add(round(bottom.value / MM - self.pages[number].trim[1], 2))
        return sorted(found)

    def placed(self, number: int) -> dict[int, tuple[float, float]]:
        """Return, by the page of the book (from 0), scale and left edge (mm) on a booklet's side.

        The scale of a page that is turned by 180° is below 0.
        """
        content = self.pdf.pages[number].Contents.read_bytes().decode()
        return {
            int(match[3]): (float(match[1]), float(match[2]) / MM)
            for match in re.finditer(r"(\S+) \S+ \S+ \S+ (\S+) \S+ cm /P(\d+) Do", content)
        }

    def picture(self, number: int, scale: float) -> Any:
        """Return a page drawn in grey, `scale` pixels to the point, its media box whole."""
        return self.drawn[number].render(scale=scale, grayscale=True).to_pil()


_ALL = pikepdf.StreamDecodeLevel.generalized
_BOXES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox")


def _box(values: Any) -> Box:
    left, bottom, right, top = (round(float(side) / MM, 2) for side in values)
    return left, bottom, right, top


def _leads_to(annotation: Any) -> str:
    action = annotation.get("/A", {})
    return str(action.get("/URI", "")) if "/URI" in action else "#"


def _inks(stream: Any, resources: Any, ink: Ink) -> Iterator[Ink]:
    """Walk through a page's or a form's content."""
    stack: list[tuple[Ink, int]] = []
    mode = 0
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        if name == "q":
            stack.append((ink, mode))
        elif name == "Q" and stack:
            ink, mode = stack.pop()
        elif name in _DIRECT:
            ink = _DIRECT[name], tuple(float(one) for one in operands)
        elif name == "cs":
            ink = _space(operands[0], resources), ()
        elif name in ("sc", "scn"):
            ink = ink[0], tuple(float(one) for one in operands if not isinstance(one, pikepdf.Name))
        elif name == "Tr":
            mode = int(operands[0])
        elif name in _SHOWS and mode != _INVISIBLE:
            yield ink
        elif name == "Do":
            form = resources.XObject[operands[0]]
            if form.Subtype == "/Form":
                yield from _inks(form, form.get("/Resources", resources), ink)


def _space(name: Any, resources: Mapping[str, Any]) -> str:
    """Return the name of a colour space; that of an array is its family."""
    spaces = resources.get("/ColorSpace", {})
    space = spaces.get(name, name)
    return str(space[0] if isinstance(space, pikepdf.Array) else space).lstrip("/")
