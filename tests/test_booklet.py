"""The sheets are read back as a printer would have them: from the PDF, with another library.

Every source page carries one line of type, `<12>`: the ends of it stand 10 mm inside the trim, so
that place, size and turn of a page can be read from where its two signs ended up on a sheet.
"""

from __future__ import annotations

import io
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from publish.booklet import FINDINGS, impose
from publish.imposition import SHEETS, Job, Size

MM = 72 / 25.4
INSET = 10
A5 = SHEETS["A5"]


def rectangle(left: float, foot: float, right: float, head: float, color: str = "0 g") -> str:
    """Ink in a page's own millimetres, from the lower left corner of its trim."""
    x, y, width, height = left * MM, foot * MM, (right - left) * MM, (head - foot) * MM
    return f"q {color} {x:.5f} {y:.5f} {width:.5f} {height:.5f} re f Q"


def line_of_type(number: int, width: float) -> str:
    right, y = (width - INSET) * MM, INSET * MM
    signs = ((INSET * MM, "<"), (width / 2 * MM, str(number)), (right, ">"))
    return "".join(f"BT /F 9 Tf {x:.5f} {y:.5f} Td ({sign}) Tj ET\n" for x, sign in signs)


def book(
    pages: int,
    trim: Size = A5,
    bleed: float = 3,
    ink: dict[int, str] | None = None,
    origin: tuple[float, float] = (0, 0),
) -> pikepdf.Pdf:
    """Make a PDF whose pages, from 1, carry their line of type and the ink given for them."""
    pdf = pikepdf.Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    shared = pdf.make_indirect(font)
    width, height, edge = trim.width * MM, trim.height * MM, bleed * MM
    left, foot = origin
    box = [left, foot, left + width + 2 * edge, foot + height + 2 * edge]
    for number in range(1, pages + 1):
        content = f"1 0 0 1 {left + edge:.5f} {foot + edge:.5f} cm\n"
        content += (ink or {}).get(number, "") + "\n" + line_of_type(number, trim.width)
        page = pikepdf.Page(
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Page,
                    MediaBox=Array(box),
                    TrimBox=Array([box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge]),
                    Resources=Dictionary(Font=Dictionary(F=shared)),
                    Contents=pdf.make_stream(content.encode()),
                )
            )
        )
        pdf.pages.append(page)
    return pdf


def saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def imposed(source: pikepdf.Pdf | bytes, job: Job) -> bytes:
    """Impose a PDF that has to go well."""
    data = source if isinstance(source, bytes) else saved(source)
    booklet = impose(data, job)
    assert booklet.pdf is not None, booklet.findings
    return booklet.pdf


def found(source: pikepdf.Pdf | bytes, job: Job) -> list[tuple[str, str]]:
    data = source if isinstance(source, bytes) else saved(source)
    booklet = impose(data, job)
    assert (booklet.pdf is None) == any(one.severity == "error" for one in booklet.findings)
    return [(one.kind, one.message) for one in booklet.findings if one.severity != "note"]


@dataclass(frozen=True)
class Printed:
    """A page as it was found on a side: where its two signs stand, in mm from the lower left."""

    number: int
    left: tuple[float, float]
    right: tuple[float, float]


@dataclass(frozen=True)
class Read:
    """A page as its reader meets it: how far its outer sign is from the fold, and whether upright.

    `measure` is the distance between its two signs.
    """

    number: int
    from_fold: float
    upright: bool
    measure: float


def read_sides(data: bytes) -> list[list[Printed]]:
    """Read the lines of type on every side by the origins of their characters."""
    sides = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            halves: tuple[list, list] = ([], [])
            text = page.get_textpage()
            for index in range(text.count_chars()):
                sign = chr(pdfium.FPDFText_GetUnicode(text, index))
                x, y = pdfium.c_double(), pdfium.c_double()
                pdfium.FPDFText_GetCharOrigin(text, index, x, y)
                if sign in "<>0123456789":
                    at_right = x.value > page.get_width() / 2
                    halves[at_right].append((sign, (x.value / MM, y.value / MM)))
            sides.append([line_read(signs) for signs in halves if signs])
    return sides


def line_read(signs: list[tuple[str, tuple[float, float]]]) -> Printed:
    ((_, left),) = (one for one in signs if one[0] == "<")
    ((_, right),) = (one for one in signs if one[0] == ">")
    digits = sorted((math.dist(left, place), sign) for sign, place in signs if sign.isdigit())
    return Printed(int("".join(digit for _, digit in digits)), left, right)


def read(ink: Printed, paper: Size) -> Read:
    """Look straight at a side of the paper whose head is up."""
    upright = ink.left[0] < ink.right[0] and ink.left[1] < paper.height / 2
    outer = max(abs(x - paper.width / 2) for x, _ in (ink.left, ink.right))
    return Read(ink.number, outer, upright, math.dist(ink.left, ink.right))


def hold_head_up(ink: Printed, paper: Size, flip: str) -> Printed:
    """Turn the back of a sheet so that the head of its front is up again, seen from the back."""
    over_head = (paper.width > paper.height) == (flip == "long")
    if not over_head:
        return ink
    (x, y), (x2, y2) = ink.left, ink.right
    return Printed(
        ink.number,
        (paper.width - x, paper.height - y),
        (paper.width - x2, paper.height - y2),
    )


def leafed(data: bytes, paper: Size, flip: str, reading: str) -> list[Read | None]:
    """Turn the sheets as the printer does, fold them, nest them and turn the leaves."""
    first: list[Read | None] = []
    second: list[Read | None] = []
    sides = read_sides(data)
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        turned = [hold_head_up(ink, paper, flip) for ink in back]
        for at_right, half in ((True, first), (False, second)):
            opens_here = at_right == (reading == "ltr")
            faces = [
                on_half(front, paper, opens_here),
                # What is at the right of the front is at the left of the back.
                on_half(turned, paper, not opens_here),
            ]
            half += faces
    return first + second[::-1]


def on_half(side: list[Printed], paper: Size, at_right: bool) -> Read | None:
    here = [ink for ink in side if (ink.left[0] > paper.width / 2) == at_right]
    assert len(here) <= 1
    return read(here[0], paper) if here else None


def order(pages: int) -> list[int | None]:
    if pages == 1:
        return [1, None, None, None]
    return [*range(1, pages), *[None] * (-pages % 4), pages]


def first_pages(pdf: pikepdf.Pdf, count: int) -> bytes:
    part = pikepdf.Pdf.new()
    part.pages.extend(list(pdf.pages)[:count])
    return saved(part)


@pytest.mark.parametrize("reading", ["ltr", "rtl"])
@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize("trim", [A5, Size(100, 297)], ids=["landscape", "portrait"])
def test_the_printed_folded_and_nested_sheets_read_in_order(trim, flip, reading):
    whole = book(64, trim)
    paper = Size(297, 210) if trim is A5 else Size(210, 297)
    for pages in range(1, 65):
        job = Job(flip=flip, reading=reading, caliper=0.1, margin=0)
        booklet = leafed(imposed(first_pages(whole, pages), job), paper, flip, reading)
        assert [page and page.number for page in booklet] == order(pages)
        assert all(page.upright for page in booklet if page)


@settings(max_examples=40, deadline=None)
@given(
    pages=st.integers(2, 40),
    trim=st.builds(Size, st.floats(70, 210), st.floats(70, 280)),
    room=st.tuples(st.floats(0, 40), st.floats(0, 40)),
    caliper=st.floats(0, 0.5),
    origin=st.tuples(st.floats(-300, 300), st.floats(-300, 300)),
    flip=st.sampled_from(["short", "long"]),
    reading=st.sampled_from(["ltr", "rtl"]),
)
def test_creep_and_size_are_exact_on_paper(pages, trim, room, caliper, origin, flip, reading):
    paper = Size(2 * trim.width + room[0], trim.height + room[1])
    job = Job(paper, flip, reading, caliper, margin=0)
    data = imposed(book(pages, trim, origin=origin), job)
    with pypdfium2.PdfDocument(data) as pdf:
        seen = Size(*(side / MM for side in pdf[0].get_size()))
    booklet = leafed(data, seen, flip, reading)
    nested_in = [place // 2 for place in range(len(booklet) // 2)]
    for page, outside in zip(booklet, nested_in + nested_in[::-1], strict=True):
        if page:
            # At the fold a sheet stands off from the spine by the paper of those around it.
            assert page.from_fold + outside * caliper == pytest.approx(
                trim.width - INSET, abs=0.01
            )
            assert page.measure == pytest.approx(trim.width - 2 * INSET, abs=0.001)
