"""The plan is printed, turned, cut, folded, gathered and leafed through by `tests/paper.py`."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import Ink, made, nested

from publish.booklet.folding import FOLDS, bifolia, leaves, stacks
from publish.booklet.imposition import (
    Plan,
    back_rotation,
    caliper_mm,
    creep,
    make_plan,
    reading_order,
)
from publish.booklet.imposition import job_of as asked_for
from publish.booklet.sheets import (
    Job,
    Size,
    cell_box,
    lay_out,
    marks,
    page_box,
    trim_box,
    window,
)
from publish.settings.book_toml import Settings
from publish.settings.booklet import BookletSettings, Paper
from publish.settings.printing import PrintSettings
from publish.settings.values import SIZES

SHEETS = {name: Size(*sides) for name, sides in SIZES.items()}
A5, A6 = SHEETS["A5"], SHEETS["A6"]
SLIM = Size(100, 297)
FLIPS, READINGS = ("short", "long"), ("ltr", "rtl")

WAYS = {
    "saddle-stitch": {},
    "saddle-stitch, portrait": {"trim": SLIM},
    "saddle-stitch, own cover": {"cover": 0.3},
    "saddle-stitch, four up": {"up": 4, "trim": A6},
    "saddle-stitch, four up, own cover": {"up": 4, "trim": A6, "cover": 0.3},
    "saddle-stitch, folded twice": {"up": 4, "fold": "twice", "trim": A6},
    "saddle-stitch, folded twice, own cover": {
        "up": 4, "fold": "twice", "trim": A6, "cover": 0.3
    },
    **{
        f"signatures of {pages}": {"scheme": "signatures", "signature": pages}
        for pages in range(4, 33, 4)
    },
    "signatures of 8, four up": {"scheme": "signatures", "signature": 8, "up": 4, "trim": A6},
    "signatures of 12, four up": {"scheme": "signatures", "signature": 12, "up": 4, "trim": A6},
    **{
        f"signatures of {pages}, folded twice": {
            "scheme": "signatures", "signature": pages, "up": 4, "fold": "twice", "trim": A6
        }
        for pages in (8, 16, 24, 32)
    },
    "cut stacks": {"scheme": "cut-stacks", "trim": A6},
    "cut stacks, four up": {"scheme": "cut-stacks", "trim": A6, "up": 4},
    "cut stacks, three up": {"scheme": "cut-stacks", "trim": Size(90, 55), "up": 3},
    "cut stacks, six up": {"scheme": "cut-stacks", "trim": Size(60, 90), "up": 6},
    "cut stacks, repeated": {"scheme": "cut-stacks", "trim": A6, "up": 4, "repeat": True},
}  # fmt: skip


def job_of(way: str, flip: str, reading: str, **more: object) -> tuple[Size, Job]:
    given = {**WAYS[way], **more}
    trim = given.pop("trim", A5)
    return trim, Job(flip=flip, reading=reading, caliper=0.1, **given)


def printed(plan: Plan, side: tuple) -> list[Ink]:
    """Lay the pages of a side on paper."""
    middle, found = plan.layout.sheet.width / 2, []
    for placed in side:
        box = page_box(plan.layout, placed)
        x, y = (box.left + box.right) / 2, (box.foot + box.head) / 2
        gap = max(abs(box.left - middle), abs(box.right - middle))
        found.append(Ink(placed.page, x, y, placed.rotation == 0, gap))
    return found


def read(plan: Plan, job: Job) -> list[list[Ink | None]]:
    """Make the booklet of a plan and leaf through it, signature by signature."""
    sides = [printed(plan, side) for sheet in plan.sheets for side in (sheet.front, sheet.back)]
    return made(sides, plan.layout.sheet, job, plan.pages)


def expected(pages: int, job: Job) -> list[int | None]:
    if job.scheme == "cut-stacks":
        return [*range(pages), *[None] * (pages % 2)]
    multiple, rest = (8 if job.fold == "twice" else 4), pages - (4 if job.cover else 0)
    blanks = 0
    while (rest + blanks) % multiple:
        blanks += 1
    if pages == 1:
        return [0, *[None] * blanks]
    return [*range(pages - 1), *[None] * blanks, pages - 1]


@pytest.mark.parametrize("flip", FLIPS)
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("way", WAYS)
def test_the_reader_meets_every_page_in_order_and_upright(way, flip, reading):
    trim, job = job_of(way, flip, reading)
    for pages in range(1, 65):
        plan = make_plan(pages, trim, job)
        found = [ink for part in read(plan, job) for ink in part]
        assert [ink and ink.page for ink in found] == expected(pages, job)
        assert all(ink.up for ink in found if ink)
        assert plan.blanks == len(found) - pages


@pytest.mark.parametrize("way", [way for way in WAYS if "cut" not in way])
def test_after_trimming_all_fore_edges_of_a_signature_stand_equally_far_from_its_spine(way):
    for flip, reading, pages in itertools.product(FLIPS, READINGS, (3, 8, 36, 61)):
        trim, job = job_of(way, flip, reading)
        plan = make_plan(pages, trim, job)
        for part in read(plan, job):
            folds = nested([job.cover or 0.1, *[0.1] * (len(part) // 4 - 1)])
            off = [fold for fold in folds for _ in range(2)]
            for ink, out in zip(part, off + off[::-1], strict=True):
                assert ink.gap + out == pytest.approx(trim.width, abs=0.01)


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


@settings(max_examples=200, deadline=None)
@given(
    pages=st.integers(1, 96),
    width=st.floats(60, 148),
    caliper=st.floats(0, 0.4),
    flip=st.sampled_from(FLIPS),
    reading=st.sampled_from(READINGS),
    cover=st.one_of(st.none(), st.floats(0.05, 0.6)),
)
def test_creep_follows_the_paper(pages, width, caliper, flip, reading, cover):
    job = Job(flip=flip, reading=reading, caliper=caliper, cover=cover)
    plan = make_plan(pages, Size(width, 200), job)
    (booklet,) = read(plan, job)
    outer = caliper if cover is None else cover
    folds = nested([outer, *[caliper] * (len(booklet) // 4 - 1)])
    off = [fold for fold in folds for _ in range(2)]
    for ink, out in zip(booklet, off + off[::-1], strict=True):
        assert ink.gap + out == pytest.approx(width, abs=0.01)


def test_the_thin_signature_is_the_last_but_one():
    def sizes(pages: int, signature: int) -> list[int]:
        units = bifolia(range(pages), signature)
        starts = [place for place, unit in enumerate(units) if unit.section is not None]
        ends = [*starts[1:], len(units)]
        return [4 * (end - start) for start, end in zip(starts, ends, strict=True)]

    assert sizes(36, 16) == [16, 4, 16]
    assert sizes(32, 16) == [16, 16]
    assert sizes(16, 16) == [16]
    assert sizes(12, 16) == [12]
    assert sizes(20, 16) == [4, 16]
    assert sizes(72, 16) == [16, 16, 16, 8, 16]
    assert [unit.section for unit in bifolia(range(36), 16)] == [
        0, None, None, None, 1, 2, None, None, None
    ]  # fmt: skip


def test_collation_marks_go_down_the_back_like_steps():
    plan = make_plan(64, A5, Job(scheme="signatures", signature=8, caliper=0.1))
    bars = [sheet.bars for sheet in plan.sheets]
    assert [len(one) for one in bars] == [1, 0] * 8
    heads = [one[0].head for one in bars if one]
    assert heads == [pytest.approx(210 - 12 - 6 * number) for number in range(8)]
    for one in (bar for some in bars for bar in some):
        assert (one.left, one.right) == pytest.approx((147, 150))
        assert one.head - one.foot == pytest.approx(6)
    many = make_plan(400, A5, Job(scheme="signatures", signature=4))
    assert min(bar.foot for sheet in many.sheets for bar in sheet.bars) >= 12
    assert not [bar for sheet in make_plan(64, A5, Job()).sheets for bar in sheet.bars]


def test_a_cover_of_its_own_lies_on_the_first_sheet_alone():
    plan = make_plan(12, A5, Job(cover=0.3, caliper=0.1))
    first = plan.sheets[0]
    pages = [placed.page for side in (first.front, first.back) for placed in side]
    assert pages == [11, 0, 1, 10]
    four = make_plan(12, A6, Job(up=4, cover=0.3))
    assert [len(sheet.front) for sheet in four.sheets] == [2, 4]
    assert [placed.slot for placed in four.sheets[0].front] == [0, 1]


def test_leaves_are_cut_as_many_as_keep_their_bleed_and_else_as_many_as_fit():
    def grid(trim: Size, sheet: str, **more) -> tuple[int, int, float]:
        layout = lay_out(trim, Job(SHEETS[sheet], scheme="cut-stacks", **more))
        return layout.scheme.columns, layout.scheme.rows, layout.bleed

    assert grid(A6, "A4") == (2, 1, 3)
    assert grid(A6, "A4", up=4) == (2, 2, 0)
    assert grid(A6, "A4", bleed=0, margin=0) == (2, 2, 0)
    assert grid(A6, "SRA3") == (3, 2, 3)
    assert grid(Size(55, 85), "A4")[2] == 3
    assert lay_out(A5, Job(SHEETS["A6"], scheme="cut-stacks")) is None
    assert lay_out(A6, Job(SHEETS["A4"], scheme="cut-stacks", up=5)) is None


def test_cards_lie_apart_by_their_bleed_and_are_marked_at_every_cut():
    layout = lay_out(A6, Job(SHEETS["A3"], scheme="cut-stacks", up=4))
    boxes = [cell_box(layout, slot) for slot in range(4)]
    assert boxes[1].left - boxes[0].right == pytest.approx(6)
    assert boxes[0].foot - boxes[2].head == pytest.approx(6)
    assert boxes[0].left == pytest.approx(layout.sheet.width - boxes[1].right)
    assert boxes[2].foot == pytest.approx(layout.sheet.height - boxes[0].head)
    plan = make_plan(8, A6, Job(SHEETS["A3"], scheme="cut-stacks", up=4))
    lines = marks(layout, plan.sheets[0].front)
    across = {round(line.start[0], 3) for line in lines if _is_upright(line)}
    down = {round(line.start[1], 3) for line in lines if not _is_upright(line)}
    assert across == {round(edge, 3) for box in boxes for edge in (box.left, box.right)}
    assert down == {round(edge, 3) for box in boxes for edge in (box.foot, box.head)}
    assert not any(line.dashed for line in lines)
    shown = [window(layout, placed) for placed in plan.sheets[0].front]
    for box, seen in zip(boxes, shown, strict=True):
        edges = (seen.left, seen.foot, seen.right, seen.head)
        wanted = (box.left - 3, box.foot - 3, box.right + 3, box.head + 3)
        assert edges == pytest.approx(wanted)


def test_a_sheet_folded_twice_is_marked_at_both_folds():
    plan = make_plan(8, A6, Job(SHEETS["A3"], up=4, fold="twice"))
    lines = [line for line in marks(plan.layout, plan.sheets[0].front) if line.dashed]
    sheet = plan.layout.sheet
    assert {line.start[0] for line in lines if _is_upright(line)} == {sheet.width / 2}
    assert {line.start[1] for line in lines if not _is_upright(line)} == {sheet.height / 2}
    cut = make_plan(8, A6, Job(SHEETS["A3"], up=4))
    assert all(_is_upright(line) for line in marks(cut.layout, cut.sheets[0].front) if line.dashed)


def test_leaves_and_schemes_in_small():
    assert [unit.pages for unit in leaves(range(3))] == [(0, 1), (2, None)]
    assert [slot.unit for slot in stacks(3, 2).back] == [2, 1, 0, 5, 4, 3]
    assert {scheme.units for scheme in FOLDS.values()} == {1, 2}
    assert [scheme.multiple for scheme in FOLDS.values()] == [4, 4, 8]


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
    # What the printer leaves white is no room for it.
    for side, bleed in ((0, 0), (8, 3)):
        fitted = lay_out(A5, Job(sheet=Size(304 + side, 218 + side), fit="printable"))
        assert fitted.bleed == bleed
    short = lay_out(SHEETS["A4"], Job(sheet=SHEETS["SRA3"]))
    assert short.crops == (5, pytest.approx((320 - 297) / 2 - 3 - 5))


def test_marks_stay_off_the_bleed_and_out_of_the_margin_and_follow_the_creep():
    job = Job(sheet=SHEETS["SRA3"], caliper=0.5)
    plan = make_plan(12, SHEETS["A4"], job)
    for number, sheet in enumerate(plan.sheets):
        box, lines = trim_box(plan.layout, sheet.front), marks(plan.layout, sheet.front)
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


def test_the_job_is_what_the_settings_ask_for():
    booklet = BookletSettings(
        scheme="signatures", up=4, fold="twice", signature=24, repeat=True, cover=Paper(300, 2),
        sheet=(320.0, 450.0), flip="long", fit="printable", margin=7.0,
    )  # fmt: skip
    inside = PrintSettings(paper=Paper(90, 1.5))
    made = Settings(title="Proef", print=inside, booklet=booklet)
    assert asked_for(made, 4.0, leftward=True) == Job(
        sheet=Size(320.0, 450.0), flip="long", reading="rtl", caliper=pytest.approx(0.135),
        bleed=4.0, fit="printable", margin=7.0, scheme="signatures", up=4, fold="twice",
        signature=24, repeat=True, cover=None,
    )  # fmt: skip
    stapled = Settings(title="Proef", booklet=BookletSettings(cover=Paper(300, 2)))
    job = asked_for(stapled, 3.0, leftward=False)
    assert (job.reading, job.cover, job.scheme) == ("ltr", pytest.approx(0.6), "saddle-stitch")
    assert asked_for(Settings(title="Proef"), 3.0, leftward=False).cover is None


def test_one_sheet_is_the_only_one_that_no_sheet_is_around():
    assert [creep(nest, Job(caliper=0.1)) for nest in range(3)] == pytest.approx([0, 0.1, 0.2])
    apart = Job(caliper=0.1, cover=0.3)
    assert [creep(nest, apart) for nest in range(4)] == pytest.approx([0, 0.2, 0.3, 0.4])


def test_a_page_too_low_for_steps_has_its_collation_marks_at_one_height():
    low = make_plan(16, Size(148, 29), Job(scheme="signatures", signature=4))
    heads = {bar.head for sheet in low.sheets for bar in sheet.bars}
    assert len(heads) == 1
    two = make_plan(16, Size(148, 36), Job(scheme="signatures", signature=4))
    first, second, third, fourth = (bar.head for sheet in two.sheets for bar in sheet.bars)
    assert (first, second) == (third, fourth) == (pytest.approx(second + 6), second)


def edges(box) -> tuple[float, float, float, float]:
    return box.left, box.foot, box.right, box.head


def test_what_shows_of_folded_pages_ends_at_the_fold_and_its_marks_stand_outside():
    plan = make_plan(8, A6, Job(SHEETS["A3"], up=4, fold="twice", caliper=0.2))
    layout, front = plan.layout, plan.sheets[0].front
    shown = [edges(window(layout, placed)) for placed in front]
    # The upper two lie within the lower two, which are around them.
    assert shown == [
        pytest.approx((40.7, 210, 148.5, 364)),
        pytest.approx((148.5, 210, 256.3, 364)),
        pytest.approx((40.5, 56, 148.5, 210)),
        pytest.approx((148.5, 56, 256.5, 210)),
    ]
    told = {(*line.start, *line.end, line.dashed) for line in marks(layout, front)}
    upright = {(43.5, False), (253.5, False), (148.5, True)}
    level = {(59.0, False), (207.0, False), (213.0, False), (361.0, False), (210.0, True)}
    assert told == {
        *(
            (x, foot, x, end, dashed)
            for x, dashed in upright
            for foot, end in ((56, 51), (364, 369))
        ),
        *(
            (left, y, end, y, dashed)
            for y, dashed in level
            for left, end in ((40.5, 35.5), (256.5, 261.5))
        ),
    }


def test_pages_that_fill_their_sheet_bleed_off_it_as_far_as_it_goes():
    plan = make_plan(4, A5, Job())
    shown = [edges(window(plan.layout, placed)) for placed in plan.sheets[0].front]
    assert shown == [pytest.approx((0, 0, 148.5, 210)), pytest.approx((148.5, 0, 297, 210))]
    wide = make_plan(4, A5, Job(sheet=Size(300, 212)))
    shown = [edges(window(wide.layout, placed)) for placed in wide.sheets[0].front]
    assert shown == [pytest.approx((0, 0, 150, 212)), pytest.approx((150, 0, 300, 212))]


def test_cards_that_fill_their_sheet_bleed_at_its_edges_alone():
    plan = make_plan(8, A6, Job(SHEETS["A4"], scheme="cut-stacks", up=4))
    assert plan.layout.bleed == 0
    shown = [edges(window(plan.layout, placed)) for placed in plan.sheets[0].front]
    assert shown == [
        pytest.approx((0, 148.5, 105, 297)),
        pytest.approx((105, 148.5, 210, 297)),
        pytest.approx((0, 0, 105, 148.5)),
        pytest.approx((105, 0, 210, 148.5)),
    ]
