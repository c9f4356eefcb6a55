"""The letters of a PDF's pages as pdfium gives them, in rows and in columns; whoever set it.

In: a PDF. Out: its letters, the rows that they stand in, and, where the text is set in columns, the
parts of those rows that stand in each.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as raw

GUTTER, FEW = 1.0, 0.12
"""In em: the least white between two columns. The share of rows that may run through it."""
SAME = 0.07
"""In pt: type is of one size up to this. A folio may be nearly as large as the text."""
REACH = 30.0
"""In pt: how far a picture reaches into columns through which it runs, at the least."""
_DEEP = 3
"""Forms within forms that are looked into."""
_BINS = 10
"""To the em, where white is looked for."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter: its origin, its advance, its size and its baseline, in pt."""

    char: str
    left: float
    right: float
    size: float
    baseline: float


def glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """Yield the letters of a page in the order in which they are painted."""
    text, placed = page.get_textpage(), _placed(page)
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, at))
        if char.isspace() or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        raw.FPDFText_GetLooseCharBox(text, at, box)
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        raw.FPDFText_GetMatrix(text, at, matrix)
        size = abs(raw.FPDFText_GetFontSize(text, at) * matrix.d)
        across, up = 0.0, 0.0
        if placed:
            low, (right, above) = placed[_address(raw.FPDFText_GetTextObject(text, at))]
            # Where letters stand for others pdfium leaves out where their form is.
            if abs(y.value - low) < abs(y.value - low - above):
                across, up = right, above
        yield Glyph(char, x.value + across, box.right + across, size, y.value + up)


def _placed(page: pypdfium2.PdfPage) -> dict[int, tuple[float, tuple[float, float]]]:
    """Return how high each text is in its form, and how far that is moved; none without forms."""
    texts = list(page.get_objects([raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEEP))
    if not any(any(_moved(one)) for one in texts):
        return {}
    return {_address(one.raw): (one.get_bounds()[1], _moved(one)) for one in texts}


def _address(one: object) -> int:
    return ctypes.cast(one, ctypes.c_void_p).value or 0  # type: ignore[arg-type]


def drawn(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    """Yield the left, lower, right and upper side of what is drawn on a page and is no text."""
    for one in page.get_objects(max_depth=_DEEP):
        if one.type not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM):
            (left, bottom, right, top), (across, up) = one.get_bounds(), _moved(one)
            yield left + across, bottom + up, right + across, top + up


def _moved(one: pypdfium2.PdfObject | None) -> tuple[float, float]:
    """Return how far the forms are moved, right and up, that an object is drawn in."""
    across = up = 0.0
    while one is not None and one.container is not None:
        one = one.container
        matrix = one.get_matrix()
        across, up = across + matrix.e, up + matrix.f
    return across, up


def rows(page: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the letters that share a baseline, from the head of a page down, left to right."""
    row: list[Glyph] = []
    for one in sorted(page, key=lambda one: -one.baseline):
        if row and row[0].baseline - one.baseline > 0.3:
            yield sorted(row, key=lambda one: one.left)
            row = []
        row.append(one)
    if row:
        yield sorted(row, key=lambda one: one.left)


def parts(row: Sequence[Glyph], em: float) -> list[list[Glyph]]:
    """Return what of a row stands together, without white of an em."""
    found: list[list[Glyph]] = []
    for one in row:
        if not found or one.left - found[-1][-1].right > em:
            found.append([])
        found[-1].append(one)
    return found


def gutters(pages: Sequence[Sequence[Glyph]], em: float) -> list[tuple[float, float]]:
    """Return the white between the columns of some pages, from left to right, in pt.

    That is where next to no row of the running text has a letter, and many have on both sides.
    """
    found = [part for page in pages for row in rows(page) for part in parts(row, em)]
    text = [part for part in found if abs(part[0].size - em) < SAME]
    inked: Counter[int] = Counter()
    for part in text:
        inked.update(range(_bin(part[0].left, em), _bin(part[-1].right, em) + 1))
    most = max(inked.values(), default=0)
    full = sorted(one for one, count in inked.items() if count > FEW * most)
    white = [(one + 1, other) for one, other in pairwise(full) if other - one - 1 >= GUTTER * _BINS]
    return [(left * em / _BINS, right * em / _BINS) for left, right in white]


def _bin(x: float, em: float) -> int:
    return round(x * _BINS / em)


def in_columns(
    row: Sequence[Glyph], white: Sequence[tuple[float, float]]
) -> dict[int, list[Glyph]]:
    """Return the letters of a row by the column that they stand in, from 0.

    A row that runs on through the white between columns is one, in the first. A quotation mark that
    hangs out of its column does not.
    """
    inner = [((3 * left + right) / 4, (left + 3 * right) / 4) for left, right in white]
    if any(one.left < right and left < one.right for left, right in inner for one in row):
        return {0: list(row)}
    found: dict[int, list[Glyph]] = {}
    for one in row:
        found.setdefault(sum(one.left > left for left, _ in inner), []).append(one)
    return found


def bars(
    page: pypdfium2.PdfPage, letters: Sequence[Glyph], white: Sequence[tuple[float, float]]
) -> list[float]:
    """Return the heights, from above, at which something runs through the columns of a page."""

    def runs(left: float, right: float) -> bool:
        return any(left < inner and outer < right for inner, outer in white)

    found = [
        row[0].baseline
        for row in rows(letters)
        for part in parts(row, row[0].size)
        if runs(part[0].left, part[-1].right)
    ]
    for left, bottom, right, top in drawn(page) if white else ():
        # What reaches a little beyond its own column is clipped there.
        if runs(left + REACH, right - REACH):
            found.append((bottom + top) / 2)
    return sorted(found, reverse=True)
