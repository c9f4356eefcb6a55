"""The sheet of paper in numbers: its size, the cells of its pages, its boxes and marks.

In: a trim size and a `Job`. Out: a `Layout`, and from it boxes and lines, every length in
millimetres from the sheet's lower left corner.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal

from msgspec import Struct

from publish.booklet.folding import FOLDS, Rotation, Scheme, stacks
from publish.ground.units import POINT
from publish.settings.booklet import Binding, Fit, Flip, Fold

Reading = Literal["ltr", "rtl"]

HALF_POINT = POINT / 2
"""Sizes in a PDF are often rounded to whole points: a page may be so much (mm) too large."""
MARK = (2.0, 5.0)
"""The shortest and the longest crop or fold mark, in mm; also how near a mark comes to the trim."""
MOST = 8
"""The most leaves side by side or above one another."""


class Size(Struct, frozen=True):
    """Width and height in mm."""

    width: float
    height: float


class Job(Struct, frozen=True):
    """How sheets are to be printed; lengths in mm.

    `flip` is the edge of the paper over which the printer turns it, `margin` what it leaves white
    along the edges; the fit "printable" shrinks into the rest. `caliper` is the thickness of one
    sheet; 0 moves nothing, which is right for a booklet that is not trimmed after folding. `up` is
    the number of pages of a side (None: two, or of leaves as many as there is room for), `fold`
    how four are folded, `signature` the pages of each, `repeat` fills a sheet with one leaf.
    `cover` is the thickness of the sheet that the first and the last two pages have to themselves
    (None: they have none).
    """

    sheet: Size = Size(210.0, 297.0)
    flip: Flip = "short"
    reading: Reading = "ltr"
    caliper: float = 0.0
    bleed: float = 3.0
    fit: Fit = "actual"
    margin: float = 5.0
    scheme: Binding = "saddle-stitch"
    up: int | None = None
    fold: Fold = "once"
    signature: int = 16
    repeat: bool = False
    cover: float | None = None


class Box(Struct, frozen=True):
    """A rectangle in mm from the sheet's lower left corner."""

    left: float
    foot: float
    right: float
    head: float


class Placement(Struct, frozen=True):
    """A page (0-based; None is blank) in a slot, counted from the head's left as the side is seen.

    `shift` moves it by so many mm to the right (below 0: to the left), which is towards its spine.
    """

    page: int | None
    slot: int
    rotation: Rotation
    shift: float


Side = tuple[Placement, ...]
"""What one side of a sheet of paper bears; never nothing."""


class Sheet(Struct, frozen=True):
    """A sheet of paper; `bars` are the collation marks on its front: black, across the fold."""

    front: Side
    back: Side
    bars: tuple[Box, ...] = ()


class Line(Struct, frozen=True):
    """A mark from one point to another, in mm; a fold is dashed, a crop is not."""

    start: tuple[float, float]
    end: tuple[float, float]
    dashed: bool


class Layout(Struct, frozen=True):
    """Where pages stand on a sheet: `sheet` as it lies, `cell` the trim size as it is printed.

    `bleed` is what is kept of it at every edge that is cut; `crops` and `folds` are the lengths of
    those marks (0: left off) and `offset` is their distance from the trim. `spill` is what may show
    beyond the outermost edges where the bleed as a whole has no room, as far as the sheet goes.
    """

    sheet: Size
    cell: Size
    scale: float
    scheme: Scheme
    bleed: float
    offset: float
    crops: tuple[float, float]
    folds: float
    spill: float = 0.0

    @property
    def gaps(self) -> tuple[float, float]:
        """Return what lies between columns and between rows: two bleeds, at a fold nothing."""
        return (2 * self.bleed if self.scheme.size == 2 else 0.0, 2 * self.bleed)


def lay_out(trim: Size, job: Job) -> Layout | None:
    """Find the place of the pages in the middle of the sheet; None where they do not fit.

    The sheet lies whichever way leaves more room. Bleed is kept where the whole of it fits at all
    edges that are cut, else what the sheet has room for at its own edges, so that no white is left
    there; crop marks are drawn outside it where both axes have room for them short of the
    printer's margin, fold marks where head and foot have. Nothing is marked within the trim:
    it would show in the finished booklet, so on a sheet that its pages fill no mark is drawn. Of
    leaves there are as many as can keep their bleed and be printed whole, else as many as fit.
    """
    found = []
    for scheme, way in product(_schemes(job), _ways(job.sheet)):
        layout, ratio = _placed(trim, scheme, way, job)
        if layout is None:
            continue
        whole = layout.bleed >= job.bleed and min(room_of(layout)) - layout.bleed >= job.margin
        rank = (whole, scheme.units) if job.scheme == "cut-stacks" else (False, 0)
        found.append((*rank, ratio, layout))
    return max(found, key=lambda one: one[:3])[3] if found else None


def _schemes(job: Job) -> Iterator[Scheme]:
    if job.scheme != "cut-stacks":
        yield FOLDS[job.up or 2, job.fold]
        return
    for columns, rows in product(range(1, MOST + 1), repeat=2):
        if job.up in (None, columns * rows):
            yield stacks(columns, rows)


def _ways(sheet: Size) -> tuple[Size, Size]:
    """Return the sheet landscape and portrait."""
    long, short = max(sheet.width, sheet.height), min(sheet.width, sheet.height)
    return Size(long, short), Size(short, long)


def _placed(trim: Size, scheme: Scheme, way: Size, job: Job) -> tuple[Layout | None, float]:
    """Return the layout of a scheme, and how much larger than its pages the sheet then is."""
    inset = job.margin if job.fit == "printable" else 0.0
    pairs = (
        (way.width - 2 * inset, trim.width, scheme.columns),
        (way.height - 2 * inset, trim.height, scheme.rows),
    )
    ratio = min(room / (size * count) for room, size, count in pairs)
    rounded = min(room / ((size - HALF_POINT) * count) for room, size, count in pairs)
    if ratio < 1 <= rounded:
        ratio = 1.0
    if ratio <= 0 or (ratio < 1 and job.fit == "actual"):
        return None, ratio
    scale = min(1.0, ratio)
    cell = Size(trim.width * scale, trim.height * scale)
    layout = Layout(way, cell, scale, scheme, job.bleed, job.bleed, (0.0, 0.0), 0.0)
    if min(room_of(layout)) - inset < job.bleed:
        layout = Layout(way, cell, scale, scheme, 0.0, 0.0, (0.0, 0.0), 0.0)
    bleed, offset = layout.bleed, max(layout.bleed, MARK[0])
    sides, ends = (_mark(room - offset - job.margin) for room in room_of(layout))
    crops = (sides, ends) if sides and ends else (0.0, 0.0)
    return Layout(way, cell, scale, scheme, bleed, offset, crops, ends, job.bleed), ratio


def room_of(layout: Layout) -> tuple[float, float]:
    """Return what is left of the sheet beside the pages, and above and below them."""
    first, last = cell_box(layout, 0), cell_box(layout, len(layout.scheme.front) - 1)
    return first.left, last.foot


def _mark(room: float) -> float:
    """Return the length of a mark in a room, both in mm: 0 where the room is too small for it."""
    return min(room, MARK[1]) if room >= MARK[0] else 0.0


def cell_box(layout: Layout, slot: int) -> Box:
    """Return the trimmed page of a slot, before creep."""
    row, column = divmod(slot, layout.scheme.columns)
    wide, high = (
        layout.cell.width + layout.gaps[0],
        layout.cell.height + layout.gaps[1],
    )
    left = layout.sheet.width / 2 + (column - layout.scheme.columns / 2) * wide
    foot = layout.sheet.height / 2 + (layout.scheme.rows / 2 - row - 1) * high
    left, foot = left + layout.gaps[0] / 2, foot + layout.gaps[1] / 2
    return Box(left, foot, left + layout.cell.width, foot + layout.cell.height)


def page_box(layout: Layout, placement: Placement) -> Box:
    """Return the trimmed page of a placement, moved by its creep."""
    cell = cell_box(layout, placement.slot)
    return Box(cell.left + placement.shift, cell.foot, cell.right + placement.shift, cell.head)


def window(layout: Layout, placement: Placement) -> Box:
    """Return what may show of a page: its bleed where it is cut, nothing across the fold."""
    cell, page, sheet = cell_box(layout, placement.slot), page_box(layout, placement), layout.sheet
    row, column = divmod(placement.slot, layout.scheme.columns)
    last, lowest = column == layout.scheme.columns - 1, row == layout.scheme.rows - 1
    folded = layout.scheme.size == 4

    def beyond(outermost: bool) -> float:
        return layout.bleed or (layout.spill if outermost else 0.0)

    return Box(
        cell.left if folded and column else max(0.0, page.left - beyond(not column)),
        max(0.0, page.foot - beyond(lowest)),
        cell.right if folded and not column else min(sheet.width, page.right + beyond(last)),
        min(sheet.height, page.head + beyond(not row)),
    )


def trim_box(layout: Layout, side: Side) -> Box:
    """Return the trimmed pages of a side together, before they are cut apart or folded."""
    boxes = [page_box(layout, placement) for placement in side]
    return Box(
        min(box.left for box in boxes),
        min(box.foot for box in boxes),
        max(box.right for box in boxes),
        max(box.head for box in boxes),
    )


def marks(layout: Layout, side: Side) -> tuple[Line, ...]:
    """Return the crop and fold marks of a side, all of them outside its trim and bleed."""
    around, (sides, ends) = trim_box(layout, side), layout.crops
    lines: list[Line] = []
    if sides and ends:
        for x in _cuts_across(layout, side):
            lines += _upright(layout, around, x, ends, dashed=False)
        boxes = [cell_box(layout, placement.slot) for placement in side]
        for y in sorted({round(edge, 6) for box in boxes for edge in (box.foot, box.head)}):
            lines += _level(layout, around, y, sides, dashed=False)
    if layout.scheme.size == 4:
        if layout.folds:
            lines += _upright(layout, around, layout.sheet.width / 2, layout.folds, dashed=True)
        if sides and layout.scheme.rows > 1 and not layout.scheme.piled:
            lines += _level(layout, around, layout.sheet.height / 2, sides, dashed=True)
    return tuple(lines)


def _cuts_across(layout: Layout, side: Side) -> list[float]:
    """Return where the columns are cut; of a folded sheet where its outermost pages end."""
    if layout.scheme.size == 4:
        around = trim_box(layout, side)
        return [around.left, around.right]
    boxes = [cell_box(layout, placement.slot) for placement in side]
    return sorted({round(edge, 6) for box in boxes for edge in (box.left, box.right)})


def _upright(
    layout: Layout, around: Box, x: float, length: float, *, dashed: bool
) -> tuple[Line, Line]:
    """Return the marks at `x` below the foot and above the head."""
    foot, head = around.foot - layout.offset, around.head + layout.offset
    below, above = Line((x, foot), (x, foot - length), dashed), (x, head + length)
    return below, Line((x, head), above, dashed)


def _level(
    layout: Layout, around: Box, y: float, length: float, *, dashed: bool
) -> tuple[Line, Line]:
    """Return the marks at `y` to the left and to the right."""
    left, right = around.left - layout.offset, around.right + layout.offset
    before = Line((left, y), (left - length, y), dashed)
    return before, Line((right, y), (right + length, y), dashed)
