"""A PDF → its pages: pieces of text with their styles and places. The door to pdfium.

In: an open document. Out: `Page`s. Nothing of the file is run or followed: no action, no script, no
embedded file. What pdfium adds to a page's text (blanks, line ends) is no piece of it.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from msgspec import Struct

from publish.importing.pdf.model import Box, Page, Piece, Style

APART = 0.9
"""A gap of so many ems parts two pieces: the columns of a table, an item's dash from its text."""
ASKEW = math.sin(math.radians(10) / 2)
"""Letters that are turned by no more stand on a line: those of a page that was scanned askew do."""
FAR = 2
"""Letters of turned text that are so many ems apart stand on two lines."""
_BOLD = re.compile(r"bold|black|heavy|semi|demi|\bbd\b", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obliq|slanted|\bit\b", re.IGNORECASE)
_CAPS = re.compile(r"small ?caps|smcp|caps\b|-sc\b|csc", re.IGNORECASE)
_PLAIN = re.compile(
    r"^[A-Z]{6}\+|[-, ]?(?:semi|demi|extra|ultra)?[- ]?"
    r"(?:bold|black|heavy|light|medium|italic|oblique|regular|roman|book|mt|ps)",
    re.IGNORECASE,
)
_HYPHENS = ("\x02", "\ufffe")
"""What pdfium gives for a hyphen at the end of a line."""

NONE = "\uffff"
"""What stands for half of a character: being no character either, it is left out and told of."""
_HALVES = [0xD800 >> 10, 0xDC00 >> 10]
"""What the codes of the halves of a character begin with (Unicode 15, 3.9)."""


class _Frame(Struct, frozen=True):
    """How the page is turned and cut: quarter turns, its visible box, the trimmed page's."""

    turns: int
    view: Box
    trim: Box

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page's own space as it is seen."""
        left, foot, right, head = self.view
        return (
            (x - left, y - foot),
            (y - foot, right - x),
            (right - x, head - y),
            (head - y, x - left),
        )[self.turns]

    def box(self, left: float, foot: float, right: float, head: float) -> Box:
        """Return a box as it is seen."""
        (a, b), (c, d) = self.seen(left, foot), self.seen(right, head)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height as seen."""
        width, height = self.view[2] - self.view[0], self.view[3] - self.view[1]
        return (height, width) if self.turns % 2 else (width, height)


def frame_of(page: pypdfium2.PdfPage) -> _Frame:
    """Return how a page is turned and cut."""
    trim = page.get_trimbox(fallback_ok=True) or page.get_cropbox()
    return _Frame(page.get_rotation() // 90 % 4, tuple(page.get_cropbox()), tuple(trim))


def read_page(number: int, page: pypdfium2.PdfPage) -> Page:
    """Read the text of a page; `number` counts from 0."""
    frame = frame_of(page)
    pieces = tuple(_pieces(page, frame))
    return Page(number, *frame.size, pieces)


class _Char(Struct):
    text: str
    box: Box
    base: float
    style: Style
    tag: int
    blank: bool
    url: str
    outside: bool
    turned: bool


def _pieces(page: pypdfium2.PdfPage, frame: _Frame) -> Iterator[Piece]:
    """Yield the pieces of a page in the order of the file."""
    held: list[_Char] = []
    for char in _chars(page, frame):
        if held and not _follows(held[-1], char):
            yield _piece(held)
            held = []
        held.append(char)
    if held:
        yield _piece(held)


def _follows(a: _Char, b: _Char) -> bool:
    """Tell whether a character belongs to the piece that ends in another."""
    if (a.style, a.tag, a.url, a.outside, a.turned) != (b.style, b.tag, b.url, b.outside, b.turned):
        return False
    if a.turned:
        return math.dist(_middle(a.box), _middle(b.box)) < FAR * a.style.size
    near = APART * a.style.size
    gap = max(b.box[0] - a.box[2], a.box[0] - b.box[2])
    return abs(a.base - b.base) < 0.1 * a.style.size and gap < near


def _piece(chars: list[_Char]) -> Piece:
    text = "".join(" " * (char.blank and at > 0) + char.text for at, char in enumerate(chars))
    lefts, feet, rights, heads = zip(*(char.box for char in chars), strict=True)
    first = chars[0]
    return Piece(
        text=text,
        box=(min(lefts), min(feet), max(rights), max(heads)),
        base=first.base,
        style=first.style,
        tag=first.tag,
        blank=first.blank,
        url=first.url,
        outside=first.outside,
        turned=first.turned,
    )


class _Reader:
    """Asks pdfium for what it knows of a character; a text object is asked once."""

    def __init__(self, page: pypdfium2.PdfPage, frame: _Frame) -> None:
        self.text = page.get_textpage()
        self.frame = frame
        self.known: dict[int, tuple[Style, int, bool]] = {}
        self.box = tuple(ctypes.c_double() for _ in range(4))
        self.at = ctypes.c_double(), ctypes.c_double()

    def object_of(self, index: int) -> tuple[Style, int, bool]:
        """Return style, marked content and whether it is turned, of the object of a character."""
        item = raw.FPDFText_GetTextObject(self.text, index)
        key = ctypes.addressof(item.contents) if item else 0
        if key not in self.known or not key:
            tag = raw.FPDFPageObj_GetMarkedContentID(item) if item else -1
            # /Rotate counts clockwise.
            turned = self.frame.turns * math.pi / 2 - self.slope(index)
            self.known[key] = (self.style(index), tag, abs(math.sin(turned / 2)) > ASKEW)
        return self.known[key]

    def slope(self, index: int) -> float:
        """Return how far the baseline of a character rises, in radians; letters may slant on it."""
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.text, index, matrix)
        return math.atan2(matrix.b, matrix.a)

    def style(self, index: int) -> Style:
        """Return the style of a character."""
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(256)
        raw.FPDFText_GetFontInfo(self.text, index, name, 256, flags)
        font = name.value.decode("utf-8", "replace")
        weight = raw.FPDFText_GetFontWeight(self.text, index)
        # The size that the file names is before all scaling; the matrix has what the page adds.
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.text, index, matrix)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1
        return Style(
            size=round(scale * raw.FPDFText_GetFontSize(self.text, index), 1),
            family=_PLAIN.sub("", font),
            bold=bool(_BOLD.search(font)) or weight >= 600,
            italic=bool(_ITALIC.search(font)) or bool(flags.value & 64),
            caps=bool(_CAPS.search(font)),
        )

    def place(self, index: int) -> tuple[Box, float]:
        """Return the box of a character as it is seen, and its baseline."""
        left, right, foot, head = self.box
        raw.FPDFText_GetCharBox(self.text, index, left, right, foot, head)
        raw.FPDFText_GetCharOrigin(self.text, index, *self.at)
        box = self.frame.box(left.value, foot.value, right.value, head.value)
        x, base = self.frame.seen(self.at[0].value, self.at[1].value)
        # Letters begin at different distances from where they are put; lines are aligned by that.
        return (min(x, box[0]), *box[1:]), base


def _chars(page: pypdfium2.PdfPage, frame: _Frame) -> Iterator[_Char]:
    """Yield the characters that the page really has."""
    reader = _Reader(page, frame)
    links = [(frame.box(*box), url) for box, url in _links(page)]
    trim = frame.box(*frame.trim)
    blank = False
    for index, char in _read(reader.text):
        if raw.FPDFText_IsGenerated(reader.text, index) == 1 and char not in _HYPHENS:
            blank = blank or char == " "
            continue
        if char.isspace():
            blank = True
            continue
        if char in _HYPHENS:
            char = "-"
        style, tag, turned = reader.object_of(index)
        box, base = reader.place(index)
        middle = _middle(box)
        url = next((url for area, url in links if _inside(middle, area)), "")
        yield _Char(char, box, base, style, tag, blank, url, not _inside(middle, trim), turned)
        blank = False


def _read(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Yield index and character of what pdfium has of a page, in which two codes may be one."""
    count = raw.FPDFText_CountChars(text)
    codes = [raw.FPDFText_GetUnicode(text, index) for index in range(count)]
    index = 0
    while index < count:
        pair = codes[index : index + 2]
        if [code >> 10 for code in pair] == _HALVES:
            char = chr(0x10000 + (pair[0] - 0xD800) * 0x400 + pair[1] - 0xDC00)
        else:
            char = NONE if pair[0] >> 10 in _HALVES else chr(pair[0])
        index += len(char.encode("utf-16-le")) // 2
        yield index - 1, char


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _inside(point: tuple[float, float], box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _links(page: pypdfium2.PdfPage) -> Iterator[tuple[Box, str]]:
    """Yield the addresses on the web that areas of the page lead to (ISO 32000-1, 12.6.4.7)."""
    place = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, place, link):
        action: Any = raw.FPDFLink_GetAction(link)
        area = raw.FS_RECTF()
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            continue
        size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFAction_GetURIPath(page.pdf, action, buffer, size)
        if raw.FPDFLink_GetAnnotRect(link, area):
            yield (
                (area.left, area.bottom, area.right, area.top),
                buffer.value.decode("utf-8", "replace"),
            )
