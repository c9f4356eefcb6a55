"""The plan is printed, turned, folded, nested and leafed through by a model of its own.

The model knows paper only: where the ink lies on each side as it comes out of the printer, over
which edge the printer turned the sheet, and what folding and nesting do. It shares no formula
with `publish.imposition`.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publish import imposition, sheets
from publish.imposition import Plan, back_rotation, caliper_mm, make_plan, reading_order
from publish.sheets import Job, Scheme, Size, Slot, lay_out, marks, trim_box, window
from publish.values import SIZES

SHEETS = {name: Size(*sides) for name, sides in SIZES.items()}
A5 = SHEETS["A5"]
SLIM = Size(100, 297)
FLIPS, READINGS = ("short", "long"), ("ltr", "rtl")


@dataclass(frozen=True)
class Ink:
    """A printed page in the middle of its place: its number, its place, its top up or down.

    `gap` is the distance of its trimmed fore edge from the sheet's upright fold.
    """

    page: int | None
    x: float
    y: float
    up: int
    gap: float


def printed(plan: Plan, side: tuple) -> list[Ink]:
    """Lay the pages of a side on paper, slots counted from the head's left."""
    paper, cell = plan.layout.sheet, plan.layout.cell
    columns, rows = 2, len(side) // 2
    found = []
    for placed in side:
        row, column = divmod(placed.slot, columns)
        x = paper.width * (2 * column + 1) / (2 * columns)
        y = paper.height * (1 - (2 * row + 1) / (2 * rows))
        moved = placed.shift if column == 0 else -placed.shift
        up = 1 if placed.rotation == 0 else -1
        found.append(Ink(placed.page, x, y, up, cell.width - moved))
    return found


def turned(ink: Ink, paper: Size, flip: str) -> Ink:
    """Say where ink of the back is, seen through the paper from the front."""
    edges_at_head = paper.width if flip == "long" else -paper.width
    edges_at_side = paper.height if flip == "long" else -paper.height
    if edges_at_head > edges_at_side:
        return Ink(ink.page, ink.x, paper.height - ink.y, -ink.up, ink.gap)
    return Ink(ink.page, paper.width - ink.x, ink.y, ink.up, ink.gap)


def leaves(front: list[Ink], back: list[Ink], paper: Size) -> list[tuple[Ink, Ink]]:
    """Fold the head behind the foot where there are two rows; return (towards, away from us)."""
    stack = []
    for ink in sorted(front, key=lambda one: one.y):
        (other,) = (one for one in back if (one.x, one.y) == (ink.x, ink.y))
        behind = len(front) > 2 and ink.y > paper.height / 2
        if behind:
            ink, other = (Ink(one.page, one.x, one.y, -one.up, one.gap) for one in (other, ink))
        stack.append((ink, other))
    return stack


def leafed(plan: Plan, flip: str, reading: str, section: int | None = None) -> list[list[Ink]]:
    """Fold every sheet, nest them by sections, and turn the leaves: the pages of each section."""
    paper = plan.layout.sheet
    booklets = []
    for start in range(0, len(plan.sheets), section or len(plan.sheets)):
        first_half, second_half = [], []
        for sheet in plan.sheets[start : start + (section or len(plan.sheets))]:
            back = [turned(ink, paper, flip) for ink in printed(plan, sheet.back)]
            stack = leaves(printed(plan, sheet.front), back, paper)
            opens_right = reading == "ltr"
            first_half += [pair for pair in stack if (pair[0].x > paper.width / 2) == opens_right]
            second_half += [pair for pair in stack if (pair[0].x > paper.width / 2) != opens_right]
        rest = [(away, towards) for towards, away in reversed(second_half)]
        booklets.append([ink for leaf in (*first_half, *rest) for ink in leaf])
    return booklets


def expected(pages: int, multiple: int = 4) -> list[int | None]:
    if pages == 1:
        return [0] + [None] * (multiple - 1)
    blanks = 0
    while (pages + blanks) % multiple:
        blanks += 1
    return [*range(pages - 1), *[None] * blanks, pages - 1]


@pytest.mark.parametrize("trim", [A5, SLIM], ids=["landscape", "portrait"])
@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("reading", READINGS)
def test_the_reader_meets_every_page_in_order_and_upright(trim, flip, reading):
    for pages in range(1, 65):
        plan = make_plan(pages, trim, Job(flip=flip, reading=reading, caliper=0.1))
        (booklet,) = leafed(plan, flip, reading)
        assert [ink.page for ink in booklet] == expected(pages)
        assert {ink.up for ink in booklet} == {1}
        assert plan.blanks == len(booklet) - pages
        assert (plan.pages, len(plan.sheets)) == (pages, -(-pages // 4))


def test_eight_pages_on_two_sheets():
    def table(flip: str, reading: str = "ltr") -> list[list[tuple]]:
        sheets = make_plan(8, A5, Job(flip=flip, reading=reading)).sheets
        sides = [side for sheet in sheets for side in (sheet.front, sheet.back)]
        return [[(placed.page + 1, placed.rotation) for placed in side] for side in sides]

    front, inner = [(8, 0), (1, 0)], [(6, 0), (3, 0)]
    assert table("short") == [front, [(2, 0), (7, 0)], inner, [(4, 0), (5, 0)]]
    assert table("long") == [front, [(7, 180), (2, 180)], inner, [(5, 180), (4, 180)]]
    assert table("short", "rtl") == [side[::-1] for side in table("short")]
    assert table("long", "rtl") == [side[::-1] for side in table("long")]


def test_a_landscape_sheet_turned_over_its_short_edge_has_its_back_upright():
    landscape, portrait = Size(297, 210), Size(210, 297)
    assert (back_rotation(landscape, "short"), back_rotation(landscape, "long")) == (0, 180)
    assert (back_rotation(portrait, "short"), back_rotation(portrait, "long")) == (180, 0)
    assert back_rotation(Size(300, 300), "short") == 0


@settings(max_examples=150, deadline=None)
@given(
    pages=st.integers(1, 96),
    width=st.floats(60, 148),
    caliper=st.floats(0, 0.4),
    flip=st.sampled_from(FLIPS),
    reading=st.sampled_from(READINGS),
)
def test_after_trimming_all_fore_edges_stand_equally_far_from_the_spine(
    pages, width, caliper, flip, reading
):
    plan = make_plan(pages, Size(width, 200), Job(flip=flip, reading=reading, caliper=caliper))
    (booklet,) = leafed(plan, flip, reading)
    half = len(booklet) // 2
    nested_in = [place // 2 for place in range(half)]
    for ink, sheets_outside in zip(booklet, nested_in + nested_in[::-1], strict=True):
        # The fold of a sheet stands off from the spine by the paper of those around it.
        assert ink.gap + sheets_outside * caliper == pytest.approx(width, abs=0.01)
    creeps = [sheet.creep for sheet in plan.sheets]
    assert creeps == pytest.approx([number * caliper for number in range(len(creeps))])


QUARTO = Scheme(
    2,
    2,
    front=(Slot(2, 1, 180), Slot(1, 1, 180), Slot(3), Slot(0)),
    back=(Slot(0, 1, 180), Slot(3, 1, 180), Slot(1), Slot(2)),
    section=2,
)
SECTIONS = Scheme(2, 1, front=(Slot(3), Slot(0)), back=(Slot(1), Slot(2)), section=4)


@pytest.mark.parametrize(("scheme", "sheet"), [(QUARTO, "A2"), (SECTIONS, "A4")])
def test_another_way_of_folding_is_another_row(monkeypatch, scheme, sheet):
    for module in (imposition, sheets):
        monkeypatch.setattr(module, "SCHEMES", {"other": scheme})
    for flip, reading, pages in itertools.product(FLIPS, READINGS, range(1, 65)):
        job = Job(SHEETS[sheet], flip, reading, caliper=0.2, scheme="other")
        plan = make_plan(pages, A5, job)
        booklets = leafed(plan, flip, reading, scheme.section)
        read = [ink for booklet in booklets for ink in booklet]
        assert [ink.page for ink in read] == expected(pages, 2 * len(scheme.front))
        assert {ink.up for ink in read} == {1}
        for booklet in booklets:
            nested_in = [place // 2 for place in range(len(booklet) // 2)]
            for ink, outside in zip(booklet, nested_in + nested_in[::-1], strict=True):
                assert ink.gap + outside * 0.2 == pytest.approx(A5.width)


def test_blanks_stand_before_the_back_cover():
    assert reading_order(5, 4) == [0, 1, 2, 3, None, None, None, 4]
    assert reading_order(8, 4) == list(range(8))
    assert reading_order(2, 4) == [0, None, None, 1]
    assert reading_order(1, 4) == [0, None, None, None]


def test_caliper_is_grammage_times_bulk():
    assert caliper_mm(80, 1.25) == pytest.approx(0.1)
    assert caliper_mm(100, 1.2) == pytest.approx(0.12)


@pytest.mark.parametrize(("pages", "caliper"), [(0, 0.1), (-4, 0.1), (4, -0.1)])
def test_no_pages_and_negative_paper_are_refused(pages, caliper):
    with pytest.raises(ValueError, match="needs a page"):
        make_plan(pages, A5, Job(caliper=caliper))


@pytest.mark.parametrize(
    ("trim", "sheet", "lies"),
    [
        (A5, SHEETS["A4"], (297, 210)),
        (A5, Size(297, 210), (297, 210)),
        (SLIM, SHEETS["A4"], (210, 297)),
        (Size(210, 148), SHEETS["A3"], (420, 297)),
        (Size(139.7, 215.9), SHEETS["Letter"], (279.4, 215.9)),
        (SHEETS["A4"], SHEETS["SRA3"], (450, 320)),
        (Size(105, 148), SHEETS["A5"], (210, 148)),
    ],
)
def test_the_sheet_lies_so_that_two_pages_fit(trim, sheet, lies):
    layout = lay_out(trim, Job(sheet=sheet))
    assert (layout.sheet.width, layout.sheet.height) == lies
    assert layout.scale == 1
    assert layout.cell == trim


def test_a_sheet_smaller_than_two_pages_is_refused_but_for_rounding_to_points():
    assert lay_out(Size(148, 211), Job()) is None
    assert lay_out(SHEETS["A4"], Job()) is None
    in_whole_points = Size(420 * 25.4 / 72, 595.5 * 25.4 / 72)
    assert in_whole_points.height > 210
    assert lay_out(in_whole_points, Job()).scale == 1
    assert lay_out(A5, Job(margin=105, fit="printable")) is None


def test_printable_shrinks_into_what_the_printer_can_print_and_no_further():
    layout = lay_out(A5, Job(fit="printable"))
    assert layout.scale == pytest.approx(200 / 210)
    assert layout.cell.height == pytest.approx(200)
    assert lay_out(A5, Job(fit="printable", sheet=SHEETS["A3"])).scale == 1
    assert lay_out(SHEETS["A4"], Job(fit="printable", margin=0)).scale == pytest.approx(
        0.5**0.5, 1e-3
    )


def test_bleed_and_marks_go_where_the_sheet_has_room():
    full, roomy = lay_out(A5, Job()), lay_out(A5, Job(sheet=SHEETS["SRA3"]))
    assert (full.bleed, full.crops, full.folds) == (0, (0, 0), 0)
    assert (roomy.bleed, roomy.offset, roomy.crops, roomy.folds) == (3, 3, (5, 5), 5)
    tall = lay_out(A5, Job(sheet=Size(297, 240)))
    assert (tall.bleed, tall.crops, tall.folds) == (0, (0, 0), 5)
    tight = lay_out(A5, Job(sheet=Size(304, 218)))
    assert (tight.bleed, tight.crops, tight.folds) == (3, (0, 0), 0)
    short = lay_out(SHEETS["A4"], Job(sheet=SHEETS["SRA3"]))
    assert short.crops == (5, pytest.approx((320 - 297) / 2 - 3 - 5))


def test_marks_stay_off_the_bleed_and_out_of_the_margin_and_follow_the_creep():
    job = Job(sheet=SHEETS["SRA3"], caliper=0.5)
    plan = make_plan(12, SHEETS["A4"], job)
    for number, sheet in enumerate(plan.sheets):
        box, lines = trim_box(plan.layout, sheet), marks(plan.layout, sheet)
        assert box.left == pytest.approx(225 - 210 + number * 0.5)
        assert box.right == pytest.approx(225 + 210 - number * 0.5)
        assert {line.start[0] for line in lines if line.dashed} == {225}
        upright = {line.start[0] for line in lines if not line.dashed and _is_upright(line)}
        level = {line.start[1] for line in lines if not _is_upright(line)}
        assert upright == {box.left, box.right}
        assert level == {box.foot, box.head}
        assert len(lines) == 10
        for x, y in (end for line in lines for end in (line.start, line.end)):
            assert 5 - 1e-9 <= x <= 445 + 1e-9
            assert 5 - 1e-9 <= y <= 315 + 1e-9
            beside = x <= box.left - 3 or x >= box.right + 3
            assert beside or y <= box.foot - 3 or y >= box.head + 3


def _is_upright(line) -> bool:
    return line.start[0] == line.end[0]


def test_a_page_shows_its_bleed_outside_and_nothing_across_the_fold():
    plan = make_plan(8, A5, Job(sheet=SHEETS["A3"], caliper=0.5))
    left, right = (window(plan.layout, placed) for placed in plan.sheets[1].front)
    assert (left.right, right.left) == (210, 210)
    assert left.left == pytest.approx(210 - 148 - 3 + 0.5)
    assert right.right == pytest.approx(210 + 148 + 3 - 0.5)
    assert (left.foot, left.head) == pytest.approx((148.5 - 105 - 3, 148.5 + 105 + 3))
