"""The sheets are read back as a printer would have them: from the PDF, with another library.

Every source page carries one line of type, `<12>`: the ends of it stand 10 mm inside the trim, so
that place, size and turn of a page can be read from where its two signs ended up on a sheet.
"""

from __future__ import annotations

import functools
import io
import itertools
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import Ink, made, nested
from pikepdf import Array, Dictionary, Name
from test_imposition import WAYS, expected, job_of

from publish.booklet.imposing import impose
from publish.booklet.sheets import Job, Size
from publish.settings.values import SIZES

MM = 72 / 25.4
INSET = 10
SHEETS = {name: Size(*sides) for name, sides in SIZES.items()}
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


def read_sides(data: bytes) -> tuple[list[list[Ink]], Size]:
    """Read the lines of type on every side by the origins of their characters; and the paper."""
    sides = []
    with pypdfium2.PdfDocument(data) as pdf:
        paper = Size(*(length / MM for length in pdf[0].get_size()))
        for page in pdf:
            text, signs = page.get_textpage(), []
            for index in range(text.count_chars()):
                sign = chr(pdfium.FPDFText_GetUnicode(text, index))
                x, y = pdfium.c_double(), pdfium.c_double()
                pdfium.FPDFText_GetCharOrigin(text, index, x, y)
                if sign in "<>0123456789":
                    signs.append((sign, x.value / MM, y.value / MM))
            sides.append(list(lines_read(signs, paper)))
    return sides, paper


def lines_read(signs: list[tuple[str, float, float]], paper: Size) -> Iterator[Ink]:
    """Put the signs of a side together to lines of type, and those to pages."""
    rows: dict[int, list[tuple[str, float, float]]] = {}
    for sign in sorted(signs, key=lambda one: one[1]):
        rows.setdefault(round(sign[2]), []).append(sign)
    for row in rows.values():
        ends = [place for place, (sign, _, _) in enumerate(row) if sign in "<>"]
        for start, end in zip(ends[::2], ends[1::2], strict=True):
            # Of a page with its head down the line runs from the right to the left.
            line = row[start : end + 1][:: 1 if row[start][0] == "<" else -1]
            (opening, left, y), *digits, (closing, right, foot) = line
            assert (opening, closing) == ("<", ">")
            assert foot == pytest.approx(y, abs=0.001)
            number = int("".join(sign for sign, _, _ in digits)) - 1
            gap = max(abs(x - paper.width / 2) for x in (left, right))
            up = left < right
            # The line stands near the foot of its page: what counts is the page's middle.
            middle = y + (50 if up else -50)
            yield Ink(number, (left + right) / 2, middle, up, gap, abs(right - left))


def leafed(data: bytes, job: Job, pages: int) -> list[Ink | None]:
    """Make the booklet of printed sheets and turn its leaves."""
    sides, paper = read_sides(data)
    return [ink for part in made(sides, paper, job, pages) for ink in part]


def first_pages(pdf: pikepdf.Pdf, count: int) -> bytes:
    part = pikepdf.Pdf.new()
    part.pages.extend(list(pdf.pages)[:count])
    return saved(part)


@pytest.fixture(scope="module")
def sixty_four_pages():
    """Return a PDF of 64 pages of a trim, made once."""
    return functools.cache(functools.partial(book, 64))


@pytest.mark.parametrize(
    ("turn", "flip", "reading"),
    [(0, "short", "ltr"), (1, "long", "ltr"), (2, "short", "rtl"), (3, "long", "rtl")],
)
@pytest.mark.parametrize("way", WAYS)
def test_the_printed_sheets_read_in_order_when_they_are_bound(
    way, turn, flip, reading, sixty_four_pages
):
    """Every way with every number of pages, a fourth of them to each turn of sheet and reading.

    `test_imposition.py` has all of them with each, in numbers.
    """
    trim, job = job_of(way, flip, reading, margin=0.0)
    whole = sixty_four_pages(trim)
    for pages in (one for one in range(1, 65) if (one + one // 4) % 4 == turn):
        found = leafed(imposed(first_pages(whole, pages), job), job, pages)
        wanted = expected(pages, job)
        while job.scheme == "cut-stacks" and wanted[-1] is None and found[-1] is not None:
            wanted.pop()
        assert [ink and ink.page for ink in found] == wanted
        assert all(ink.up for ink in found if ink)
        measures = [ink.measure for ink in found if ink]
        assert measures == [pytest.approx(trim.width - 2 * INSET, abs=0.001)] * pages


@settings(max_examples=60, deadline=None)
@given(
    pages=st.integers(2, 40),
    trim=st.builds(Size, st.floats(70, 210), st.floats(70, 280)),
    room=st.tuples(st.floats(0, 40), st.floats(0, 40)),
    caliper=st.floats(0, 0.5),
    cover=st.one_of(st.none(), st.floats(0, 0.6)),
    up=st.sampled_from([2, 4]),
    fold=st.sampled_from(["once", "twice"]),
    origin=st.tuples(st.floats(-300, 300), st.floats(-300, 300)),
    flip=st.sampled_from(["short", "long"]),
    reading=st.sampled_from(["ltr", "rtl"]),
)
def test_creep_and_size_are_exact_on_paper(
    pages, trim, room, caliper, cover, up, fold, origin, flip, reading
):
    paper = Size(2 * trim.width + room[0], trim.height * up / 2 + room[1])
    fold = fold if up == 4 else "once"
    job = Job(paper, flip, reading, caliper, margin=0, up=up, fold=fold, cover=cover)
    found = leafed(imposed(book(pages, trim, origin=origin), job), job, pages)
    outer = caliper if cover is None else cover
    folds = nested([outer, *[caliper] * (len(found) // 4 - 1)])
    off = [fold for fold in folds for _ in range(2)]
    for page, out in zip(found, off + off[::-1], strict=True):
        if page:
            assert page.gap + out == pytest.approx(trim.width - INSET, abs=0.01)
            assert page.measure == pytest.approx(trim.width - 2 * INSET, abs=0.001)


def picture(data: bytes, side: int, dpi: int = 144):
    """Render a side in greys."""
    with pypdfium2.PdfDocument(data) as pdf:
        return pdf[side].render(scale=dpi / 72).to_pil().convert("L")


def darkest(image, left: float, foot: float, right: float, head: float, dpi: int = 144) -> int:
    """Return the darkest grey within a rectangle in mm from the lower left."""
    scale = dpi / 25.4
    top, bottom = image.height - head * scale, image.height - foot * scale
    box = [math.ceil(left * scale), math.ceil(top), int(right * scale), int(bottom)]
    return image.crop(box).getextrema()[0]


def lightest(image, left: float, foot: float, right: float, head: float, dpi: int = 144) -> int:
    inverted = image.point(lambda grey: 255 - grey)
    return 255 - darkest(inverted, left, foot, right, head, dpi)


@pytest.mark.parametrize("caliper", [0, 0.7])
@pytest.mark.parametrize("flip", ["short", "long"])
def test_ink_that_crosses_the_fold_stops_there_and_bleed_stays_outside(caliper, flip):
    """Page 3 is black to the ends of its bleed; page 6, beside it on the inner sheet, is white."""
    ink = {3: rectangle(-3, -3, 151, 213), 4: rectangle(-3, -3, 151, 213)}
    data = imposed(book(8, ink=ink), Job(SHEETS["A3"], flip, caliper=caliper))
    front, back = picture(data, 2), picture(data, 3)
    fold, foot, head = 210, 148.5 - 105, 148.5 + 105
    white = (fold - 130, foot + 20, fold - 0.2, head + 2.8)
    black = (fold + 0.2, foot - 2.8, fold + 148 + 2.8 - caliper, head + 2.8)
    assert darkest(front, *white) == 255
    assert lightest(front, *black) == 0
    assert darkest(front, fold + 151.3 - caliper, foot + 9, 419, head - 9) == 255
    # Turned over the long edge the back is rotated: page 4 is then at the right as well.
    mirrored = (420 - black[2], black[1], 420 - black[0], black[3])
    assert lightest(back, *(black if flip == "long" else mirrored)) == 0
    beyond = (fold - 130, foot + 20, fold - 0.2, head - 20)
    opposite = (fold + 0.2, foot + 20, fold + 130, head - 20)
    assert darkest(back, *(beyond if flip == "long" else opposite)) == 255


def test_on_a_full_sheet_bleed_goes_as_far_as_the_paper_and_nothing_is_marked():
    """Half a millimetre at the sides, more where pages have crept inward; a fold is not crossed."""
    ink = {number: rectangle(-3, -3, 151, 213) for number in (4, 5)}
    data = imposed(book(8, ink=ink), Job(margin=0))
    inside = picture(data, 3)
    assert lightest(inside, 0.2, 0.2, 296.8, 209.8) == 0
    crept = imposed(book(8, ink=ink), Job(margin=0, caliper=1.0))
    assert lightest(picture(crept, 3), 0.2, 0.2, 296.8, 209.8) == 0
    alone = imposed(book(8, ink={4: ink[4]}), Job(margin=0, caliper=1.0))
    assert darkest(picture(alone, 3), 148.8, 1, 152, 209) == 255
    for page in pikepdf.open(io.BytesIO(data)).pages:
        assert all(str(step.operator) != "S" for step in pikepdf.parse_content_stream(page))


def strokes(page: pikepdf.Page) -> list[tuple[list[float], list[float], bool]]:
    """Read the marks of a side: their two ends in mm, and whether they are dashed."""
    lines, dashed, start, end = [], False, [0.0], [0.0]
    for step in pikepdf.parse_content_stream(page):
        operands, operator = step.operands, str(step.operator)
        if operator == "d":
            dashed = len(operands[0]) > 0
        elif operator == "m":
            start = [float(number) / MM for number in operands]
        elif operator == "l":
            end = [float(number) / MM for number in operands]
        elif operator == "S":
            lines.append((start, end, dashed))
    return lines


def test_marks_are_thin_and_in_registration_colour_outside_the_bleed():
    job = Job(SHEETS["SRA3"], caliper=0.3)
    with pikepdf.open(io.BytesIO(imposed(book(12), job))) as pdf:
        for index, page in enumerate(pdf.pages):
            creep = index // 2 * 0.3
            lines = strokes(page)
            assert sorted({round(a[0], 2) for a, b, dashed in lines if dashed}) == [225]
            uprights = {round(a[0], 2) for a, b, dashed in lines if a[0] == b[0] and not dashed}
            assert uprights == {round(77 + creep, 2), round(373 - creep, 2)}
            assert {round(a[1], 2) for a, b, _ in lines if a[1] == b[1]} == {55, 265}
            bleed = [float(side) / MM for side in page.bleedbox]
            for x, y in (point for a, b, _ in lines for point in (a, b)):
                outside = x < bleed[0] + 0.01 or x > bleed[2] - 0.01
                assert outside or y < bleed[1] + 0.01 or y > bleed[3] - 0.01
            content = page.Contents.read_bytes()
            assert b"/All CS 1 SCN 0.25 w" in content
            space = page.Resources.ColorSpace.All
            assert [str(name) for name in list(space)[:3]] == ["/Separation", "/All", "/DeviceCMYK"]


def trims_read(side: list[Ink], trim: Size) -> list[tuple[float, float, float, float]]:
    """Say where the trimmed pages of a side lie, by their lines of type."""
    found = []
    for ink in side:
        line = ink.y - 50 if ink.up else ink.y + 50
        foot = line - INSET if ink.up else line + INSET - trim.height
        left = ink.x - trim.width / 2
        found.append((left, foot, left + trim.width, foot + trim.height))
    return found


@pytest.mark.parametrize("way", WAYS)
def test_every_page_lies_in_the_trim_and_between_the_marks_of_its_own_side(way, sixty_four_pages):
    """A stack that is filled in part has its cards at the other end of its backs."""
    for pages, flip, reading in itertools.product((6, 10), ("short", "long"), ("ltr", "rtl")):
        trim, job = job_of(way, flip, reading, sheet=SHEETS["SRA3"], margin=0)
        data = imposed(first_pages(sixty_four_pages(trim), pages), job)
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for side, page in zip(read_sides(data)[0], pdf.pages, strict=True):
                lies_between_its_marks(page, trims_read(side, trim), "cut" in way)


def lies_between_its_marks(page: pikepdf.Page, placed: list, cut: bool) -> None:
    left, foot, right, head = (float(edge) / MM for edge in page.trimbox)
    lines = [(start, end) for start, end, dashed in strokes(page) if not dashed]
    across = sorted({round(a[0], 3) for a, b in lines if a[0] == b[0]})
    down = sorted({round(a[1], 3) for a, b in lines if a[1] == b[1]})
    assert across and down
    near = 0.01
    for west, south, east, north in placed:
        assert left - near < west < east < right + near
        assert foot - near < south < north < head + near
        assert across[0] - near < west < east < across[-1] + near
        assert all(min(abs(mark - y) for mark in down) < near for y in (south, north))
        if cut:
            assert all(min(abs(mark - x) for mark in across) < near for x in (west, east))
    if cut:
        # Of leaves that are cut apart none is blank here, so the trim is theirs.
        first = min(one[0] for one in placed), min(one[1] for one in placed)
        last = max(one[2] for one in placed), max(one[3] for one in placed)
        assert (left, foot, right, head) == pytest.approx((*first, *last), abs=near)
    for x, y in (point for line in lines for point in line):
        assert not (left + near < x < right - near and foot + near < y < head - near)
        assert max(left - x, x - right, foot - y, y - head) < 8 + near


def bars_read(page: pikepdf.Page) -> list[tuple[float, float, float, float]]:
    """Read what is filled in black on a side, beside its pages: its edges in mm."""
    bars, ink, drawn = [], [], [0.0] * 4
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) in ("cs", "k", "g", "rg"):
            ink = [str(step.operator), *map(str, step.operands)]
        elif str(step.operator) == "re":
            drawn = [float(number) / MM for number in step.operands]
        elif str(step.operator) == "f" and ink == ["k", "0", "0", "0", "1"]:
            left, foot, wide, high = drawn
            bars.append((left, foot, left + wide, foot + high))
    return bars


def beside_bars(side: list[Ink], bars: list, trim: Size) -> list[Ink]:
    """Tell the pages of a side of the bars on the folds beside them."""
    found, taken = [], set()
    for ink, (_, foot, _, head) in zip(side, trims_read(side, trim), strict=True):
        own = [bar for bar in bars if foot < bar[1] < bar[3] < head]
        below = [head - high if ink.up else low - foot for _, low, _, high in own]
        taken |= set(own)
        found.append(replace(ink, bar=min(below, default=None)))
        assert len(own) <= 1
    assert taken == set(bars)
    return found


@pytest.mark.parametrize("reading", ["ltr", "rtl"])
@pytest.mark.parametrize("flip", ["short", "long"])
@pytest.mark.parametrize("way", [way for way in WAYS if "signatures" in way])
def test_gathered_signatures_show_their_marks_as_steps_down_the_spine(
    way, flip, reading, sixty_four_pages
):
    trim, job = job_of(way, flip, reading, margin=0.0)
    data = imposed(sixty_four_pages(trim), job)
    sides, paper = read_sides(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        bars = [bars_read(page) for page in pdf.pages]
    for left, low, right, high in itertools.chain.from_iterable(bars):
        assert (left + right, right - left) == pytest.approx((paper.width, 3), abs=0.01)
        assert high - low == pytest.approx(6, abs=0.01)
    sides = [beside_bars(*one, trim) for one in zip(sides, bars, strict=True)]
    parts = made(sides, paper, job, 64)
    assert len(parts) == -(-64 // job.signature)
    steps = int((trim.height - 2 * 12) / 6)
    for number, (first, *inner, last) in enumerate(parts):
        # It lies on the back, between the outermost pages, and within them there is none.
        step = pytest.approx(12 + 6 * (number % steps), abs=0.01)
        assert (first.bar, last.bar) == (step, step)
        assert {ink and ink.bar for ink in inner} == {None}


def test_a_sheet_with_room_at_head_and_foot_alone_gets_fold_marks_there():
    data = imposed(book(4), Job(Size(297, 230)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            assert len(strokes(page)) == 2
            assert all(dashed and a[0] == pytest.approx(148.5) for a, _, dashed in strokes(page))


def test_page_boxes_tell_sheet_trim_and_bleed():
    def boxes(job: Job, side: int) -> list[list[float]]:
        with pikepdf.open(io.BytesIO(imposed(book(8), job))) as pdf:
            page = pdf.pages[side]
            names = (page.mediabox, page.bleedbox, page.trimbox)
            return [[round(float(number) / MM, 2) for number in box] for box in names]

    assert boxes(Job(), 0) == [[0, 0, 297, 210], [0.5, 0, 296.5, 210], [0.5, 0, 296.5, 210]]
    creeping = Job(SHEETS["A3"], caliper=0.4)
    assert boxes(creeping, 1)[1:] == [[59, 40.5, 361, 256.5], [62, 43.5, 358, 253.5]]
    assert boxes(creeping, 2)[1:] == [[59.4, 40.5, 360.6, 256.5], [62.4, 43.5, 357.6, 253.5]]


def test_ink_in_the_margin_is_found_where_it_is():
    ink = {
        1: rectangle(60, 1, 90, 4),
        2: rectangle(1, 50, 4, 60, "1 1 0.7 rg"),
        5: rectangle(143.8, 80, 147, 120) + rectangle(40, 206, 60, 209),
    }
    source = book(8, ink=ink)
    ((kind, message),) = found(source, Job())
    assert kind == "margin-ink"
    assert message.endswith(
        "the printer leaves white: sheet 1 front (bottom), sheet 1 back (left), "
        "sheet 2 back (right, top)"
    )
    # Rotated backs have their pages at the other side, head down.
    ((_, message),) = found(source, Job(flip="long"))
    assert message.endswith(
        "white: sheet 1 front (bottom), sheet 1 back (right), sheet 2 back (left, bottom)"
    )
    assert found(source, Job(fit="printable")) == []
    assert found(source, Job(margin=0)) == []


def test_ink_up_to_the_margin_white_ink_marks_and_bleed_beyond_a_sheet_are_no_margin_ink():
    up_to = rectangle(4.5, 5, 143.5, 205)
    white = rectangle(-3, -3, 151, 213, "1 g") + rectangle(10, 10, 30, 30)
    bleeding = {number: rectangle(-3, -3, 213, 300) for number in range(1, 9)}
    assert found(book(8, ink=dict.fromkeys(range(1, 9), up_to)), Job()) == []
    assert found(book(8, ink=dict.fromkeys(range(1, 9), white)), Job()) == []
    assert found(book(8, SHEETS["A4"], ink=bleeding), Job(SHEETS["SRA3"])) == []


def test_margin_ink_on_many_sheets_is_one_finding():
    ((_, message),) = found(book(32, ink={n: rectangle(0, 0, 148, 210) for n in range(33)}), Job())
    assert message.count("sheet") == 6
    assert message.endswith("and 10 more")


def test_printable_shrinks_as_much_as_it_says_and_creeps_in_real_millimetres():
    source = book(8, ink={number: rectangle(0, 0, 148, 210) for number in range(1, 9)})
    job = Job(fit="printable", caliper=0.5)
    booklet = impose(saved(source), job)
    scale = 200 / 210
    assert booklet.plan.layout.scale == pytest.approx(scale)
    assert [one.message for one in booklet.findings] == [
        "the pages are printed at 95.2% of their size"
    ]
    for side in range(4):
        image = picture(booklet.pdf, side)
        for band in ((0, 0, 4.9, 210), (292.1, 0, 297, 210), (0, 0, 297, 4.9)):
            assert darkest(image, *band) == 255
    outer, inner = (leafed(booklet.pdf, job, 8)[n] for n in (0, 2))
    assert outer.measure == pytest.approx(128 * scale, abs=0.01)
    assert outer.gap - inner.gap == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270, -90, 450])
def test_rotated_pages_stand_as_they_are_read(rotate):
    source = book(4, A5)
    for page in source.pages:
        media, turn = [float(side) for side in page.mediabox], rotate % 360
        width, height = media[2], media[3]
        lay = {
            0: (1, 0, 0, 1, 0, 0),
            90: (0, 1, -1, 0, height, 0),
            180: (-1, 0, 0, -1, width, height),
            270: (0, -1, 1, 0, 0, width),
        }[turn]
        page.contents_add(b" ".join(b"%f" % number for number in lay) + b" cm\n", prepend=True)
        trim = pikepdf.Matrix(*lay).transform(pikepdf.Rectangle(page.trimbox)).as_array()
        page.mediabox = pikepdf.Matrix(*lay).transform(pikepdf.Rectangle(*media)).as_array()
        page.trimbox = trim
    source.Root.Pages.Rotate = rotate
    booklet = leafed(imposed(source, Job()), Job(), 4)
    assert [page.page for page in booklet] == [0, 1, 2, 3]
    assert all(page.up for page in booklet)
    assert {round(page.gap, 3) for page in booklet} == {138}


def test_a_page_with_a_larger_unit_keeps_its_size():
    source = book(4, Size(74, 105))
    for page in source.pages:
        page.obj.UserUnit = 2
    booklet = leafed(imposed(source, Job()), Job(), 4)
    assert {round(page.measure, 3) for page in booklet} == {2 * (74 - 2 * INSET)}


def test_without_a_trim_box_the_crop_box_counts_and_then_the_media_box():
    cropped, bare = book(4), book(4, bleed=0)
    for page in cropped.pages:
        page.cropbox = page.trimbox
        del page.obj["/TrimBox"]
    for page in bare.pages:
        del page.obj["/TrimBox"]
    for source in (cropped, bare):
        booklet = leafed(imposed(source, Job()), Job(), 4)
        assert {round(page.gap, 3) for page in booklet} == {138}


def test_marks_of_the_source_outside_its_bleed_box_are_left_off():
    source = book(4, bleed=12, ink={1: rectangle(-2.5, 50, -1, 60) + rectangle(149, 50, 150, 60)})
    edge = 12 * MM
    for page in source.pages:
        width, height = (float(side) for side in list(page.mediabox)[2:])
        page.obj.BleedBox = Array([edge, edge, width - edge, height - edge])
    assert darkest(picture(imposed(source, Job(SHEETS["A3"])), 0), 356, 90, 361, 110) == 255
    for page in source.pages:
        del page.obj["/BleedBox"]
    assert darkest(picture(imposed(source, Job(SHEETS["A3"])), 0), 356, 90, 361, 110) == 0


def locked() -> bytes:
    buffer = io.BytesIO()
    book(4).save(buffer, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("source", "job", "kind", "words"),
    [
        (b"%PDF-1.7 no more", Job(), "unreadable", "cannot be read"),
        (Path("not-there.pdf"), Job(), "unreadable", "not-there.pdf"),
        (locked(), Job(), "unreadable", "cannot be read: invalid password"),
        (saved(pikepdf.new()), Job(), "empty", "no pages"),
        (saved(book(4, Size(149, 210))), Job(), "small-sheet", "149 x 210 mm"),
        (saved(book(8)), Job(SHEETS["A4"], caliper=38), "too-thick", "creeps 38.0 mm"),
    ],
)
def test_what_cannot_be_imposed_is_an_error_and_nothing_is_made(source, job, kind, words):
    booklet = impose(source, job)
    assert booklet.pdf is None
    assert [(one.kind, one.severity) for one in booklet.findings] == [(kind, "error")]
    assert words in booklet.findings[0].message
    assert "0x" not in booklet.findings[0].message


def test_pages_of_another_size_are_named():
    source = book(12)
    for number in (5, 9):
        source.pages[number - 1].trimbox = Array([10, 10, 400, 590])
    ((kind, message),) = found(source, Job())
    assert kind == "mixed-trim"
    assert "148 x 210 mm, page 5 is 137.6 x 204.6 mm" in message
    assert message.endswith("page 5, page 9")


def test_a_page_without_a_size_is_an_error():
    source = book(4)
    source.pages[2].mediabox = Array([0, 0, 0, 0])
    assert found(source, Job()) == [("unreadable", "the PDF cannot be read: page 3 has no size")]


def test_blanks_and_lack_of_room_are_noted():
    def notes(pages: int, job: Job) -> list[str]:
        return [one.message for one in impose(saved(book(pages)), job).findings]

    assert notes(8, Job(SHEETS["A3"])) == []
    assert notes(6, Job(SHEETS["A3"])) == ["blank pages added before the last page: 2"]
    assert notes(1, Job(SHEETS["A3"])) == ["blank pages added after the last page: 3"]
    assert notes(8, Job()) == [
        "beside two pages of 148 x 210 mm the sheet has no room for bleed and crop marks"
    ]
    assert notes(8, Job(Size(304, 218))) == [
        "beside two pages of 148 x 210 mm the sheet has no room for crop marks"
    ]


def test_links_are_dropped_in_silence_and_other_printed_annotations_are_told():
    source = book(8)
    links = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[50, 50, 90, 90], F=4)
    hidden = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[50, 50, 90, 90], F=2)
    source.pages[0].obj.Annots = Array([links, hidden])
    assert found(source, Job()) == []
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[50, 50, 90, 90], F=4)
    source.pages[6].obj.Annots = Array([links, source.make_indirect(stamp)])
    assert found(source, Job()) == [
        ("annotations", "annotations other than links are left off the sheets: page 7")
    ]
    with pikepdf.open(io.BytesIO(imposed(source, Job()))) as pdf:
        assert all("/Annots" not in page.obj for page in pdf.pages)


def described() -> pikepdf.Pdf:
    """Make a book with all that a print PDF says of itself."""
    source = book(4)
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier="FOGRA39"
    )
    intent.DestOutputProfile = source.make_stream(b"profile", N=4)
    source.Root.OutputIntents = Array([intent])
    source.Root.Lang = pikepdf.String("nl")
    layer = source.make_indirect(Dictionary(Type=Name.OCG, Name="draft"))
    hide = Dictionary(OFF=[layer])
    source.Root.OCProperties = Dictionary(OCGs=[layer], D=hide)
    source.pages[0].obj.Resources.Properties = Dictionary(Draft=layer)
    source.pages[0].contents_add(b"/OC /Draft BDC 40 60 300 400 re f EMC")
    with source.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = "Een boekje"
        metadata["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"
        metadata["{http://www.aiim.org/pdfa/ns/id/}part"] = "3"
        metadata["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] = "PDF/X-4"
    with source.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Begin", 0))
    return source


def test_what_the_source_says_of_itself_is_kept_where_it_still_holds():
    data = imposed(described(), Job(reading="rtl", flip="long"))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.OutputConditionIdentifier == "FOGRA39"
        assert intent.DestOutputProfile.read_bytes() == b"profile"
        assert pdf.Root.Lang == "nl"
        assert pdf.docinfo.Title == "Een boekje"
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == "Een boekje"
        assert metadata["{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"] == "PDF/X-4"
        assert not [name for name in metadata if "pdfua" in name or "pdfa/" in name]
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert "/Outlines" not in pdf.Root
    # The layer is still switched off.
    assert darkest(picture(data, 0), 20, 60, 120, 150) == 255


def test_pages_stay_live_type_and_valid_pdf():
    source = book(8, ink={2: rectangle(20, 20, 60, 60, "0 0 0 1 k")})
    source.pages[1].obj.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    for job in (Job(), Job(SHEETS["SRA3"], "long", "rtl", 0.2), Job(fit="printable")):
        with pikepdf.open(io.BytesIO(imposed(source, job))) as pdf:
            assert pdf.check_pdf_syntax() == []
            forms = [form for page in pdf.pages for form in page.Resources.XObject.values()]
            assert len(forms) == 8
            assert {str(form.Subtype) for form in forms} == {"/Form"}
            fonts = {form.Resources.Font.F.objgen for form in forms}
            assert len(fonts) == 1
            black = [form for form in forms if b"0 0 0 1 k" in form.read_bytes()]
            assert [(bool(form.Group.I), str(form.Group.CS)) for form in black] == [
                (True, "/DeviceCMYK")
            ]


@pytest.mark.parametrize("version", ["1.3", "1.6", "2.0"])
def test_the_version_of_the_source_is_kept(version):
    buffer = io.BytesIO()
    book(4).save(buffer, force_version=version)
    assert imposed(buffer.getvalue(), Job()).startswith(b"%PDF-" + version.encode())


def test_the_same_input_gives_the_same_bytes(tmp_path):
    file = tmp_path / "book.pdf"
    described().save(file, static_id=True)
    script = (
        "import hashlib, pathlib, sys; from publish.booklet.imposing import impose;"
        "from publish.booklet.sheets import Job;"
        "print(hashlib.sha256(impose(pathlib.Path(sys.argv[1]), Job()).pdf).hexdigest())"
    )
    root = Path(__file__).parent.parent
    sums = set()
    for seed, clock in (("1", "UTC"), ("2", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": clock, "PYTHONPATH": str(root)}
        command = [sys.executable, "-c", script, str(file)]
        if sums:
            time.sleep(1.1)  # a file identifier made from the clock changes with the second
        sums.add(subprocess.check_output(command, env=environment, text=True))
    assert len(sums) == 1
    assert impose(file, Job()).pdf == impose(file.read_bytes(), Job()).pdf


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ("Root", "/Metadata", pikepdf.String("nothing")),
        ("Root", "/Lang", Name.nl),
        ("Root", "/OutputIntents", Name.None_),
        ("Root", "/OCProperties", Array()),
        ("trailer", "/Info", Array([1])),
        ("page", "/Contents", Name.None_),
        ("page", "/Group", Name.None_),
        ("page", "/UserUnit", Name.None_),
        ("page", "/Annots", Array([1, Name.None_, Dictionary(F=Name.None_)])),
        ("page", "/TrimBox", Array([1, 2])),
        ("page", "/BleedBox", Array([1, 2, 3, Name.None_])),
    ],
)
def test_what_is_not_what_it_should_be_is_passed_over(place, key, value):
    source = book(4, bleed=0)
    holder = {"Root": source.Root, "trailer": source.trailer, "page": source.pages[0].obj}[place]
    holder[key] = value
    buffer = io.BytesIO()
    source.save(buffer, fix_metadata_version=False)
    with pikepdf.open(io.BytesIO(imposed(buffer.getvalue(), Job()))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == 2


WHOLE = saved(described())


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_damaged_pdf_never_raises(data):
    damaged = bytearray(WHOLE[: data.draw(st.integers(0, len(WHOLE)))])
    for _ in range(data.draw(st.integers(0, 6))):
        if damaged:
            damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    booklet = impose(bytes(damaged), Job())
    assert booklet.pdf is not None or booklet.findings[0].severity == "error"
