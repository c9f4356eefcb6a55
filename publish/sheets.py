"""The sheet of paper in numbers: its size, the cells of its pages, its boxes and marks.

In: a trim size and a `Job`. Out: a `Layout`, and from it boxes and lines, every length in
millimetres from the sheet's lower left corner. A way of folding is a row of `SCHEMES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Rotation = Literal[0, 180]
Flip = Literal["short", "long"]
Reading = Literal["ltr", "rtl"]
Fit = Literal["actual", "printable"]

HALF_POINT = 25.4 / 72 / 2
"""Sizes in a PDF are often rounded to whole points: a page may be so much (mm) too large."""
MARK = (2.0, 5.0)
"""The shortest and the longest crop or fold mark, in mm; also how near a mark comes to the trim."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in mm."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Slot:
    """What one place of a side gets.

    `bifolium` counts the folded pairs of leaves that a sheet gives, from outside; `page` is 0 to 3,
    the order in which a reader meets its four pages; `rotation` is that within the side.
    """

    page: int
    bifolium: int = 0
    rotation: Rotation = 0


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to fold: the places of both sides, row by row from the head, each from the left.

    The sides are those of a left-to-right book whose sheet is turned like the leaf of a book.
    `section` is the number of sheets nested in one another (None: all of them).
    """

    columns: int
    rows: int
    front: tuple[Slot, ...]
    back: tuple[Slot, ...]
    section: int | None = None


SCHEMES: Mapping[str, Scheme] = MappingProxyType(
    {"saddle-stitch": Scheme(2, 1, front=(Slot(3), Slot(0)), back=(Slot(1), Slot(2)))}
)


@dataclass(frozen=True, slots=True)
class Job:
    """How sheets are to be printed; lengths in mm.

    `flip` is the edge of the paper over which the printer turns it, `margin` what it leaves white
    along the edges; the fit "printable" shrinks into the rest. `caliper` is the thickness of one
    sheet; 0 moves nothing, which is right for a booklet that is not trimmed after folding.
    """

    sheet: Size = Size(210.0, 297.0)
    flip: Flip = "short"
    reading: Reading = "ltr"
    caliper: float = 0.0
    bleed: float = 3.0
    fit: Fit = "actual"
    margin: float = 5.0
    scheme: str = "saddle-stitch"


@dataclass(frozen=True, slots=True)
class Placement:
    """A page (0-based; None is blank) in a slot, counted from the head's left as the side is seen.

    `shift` moves it by so many mm to the right (below 0: to the left), which is towards its spine.
    """

    page: int | None
    slot: int
    rotation: Rotation
    shift: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper; `creep` in mm is how far its outermost pages move towards the fold."""

    creep: float
    front: tuple[Placement, ...]
    back: tuple[Placement, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in mm from the sheet's lower left corner."""

    left: float
    foot: float
    right: float
    head: float


@dataclass(frozen=True, slots=True)
class Line:
    """A mark from one point to another, in mm; a fold is dashed, a crop is not."""

    start: tuple[float, float]
    end: tuple[float, float]
    dashed: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where pages stand on a sheet: `sheet` as it lies, `cell` the trim size as it is printed.

    `bleed` is what is kept of it at the outer edges; `crops` and `folds` are the lengths of those
    marks (0: left off) and `offset` is their distance from the trim.
    """

    sheet: Size
    cell: Size
    scale: float
    columns: int
    rows: int
    bleed: float
    offset: float
    crops: tuple[float, float]
    folds: float


def lay_out(trim: Size, job: Job) -> Layout | None:
    """Find the place of the pages on the sheet, centred on its fold; None where they do not fit.

    The sheet lies whichever way leaves more room. Bleed is kept where the whole of it fits at all
    four outer edges; crop marks are drawn outside it where both axes have room for them short of
    the printer's margin, fold marks where head and foot have. Nothing is marked within the trim:
    it would show in the finished booklet, so on a sheet that two pages fill no mark is drawn.
    """
    scheme = SCHEMES[job.scheme]
    inset = job.margin if job.fit == "printable" else 0.0
    sheet, ratio = _lie(trim, job.sheet, scheme, inset)
    if ratio <= 0 or (ratio < 1 and job.fit == "actual"):
        return None
    cell = Size(trim.width * min(1.0, ratio), trim.height * min(1.0, ratio))
    across = (sheet.width - scheme.columns * cell.width) / 2
    along = (sheet.height - scheme.rows * cell.height) / 2
    bleed = job.bleed if min(across, along) - inset >= job.bleed else 0.0
    offset = max(bleed, MARK[0])
    sides, ends = (_mark(room - offset - job.margin) for room in (across, along))
    crops = (sides, ends) if sides and ends else (0.0, 0.0)
    return Layout(
        sheet, cell, min(1.0, ratio), scheme.columns, scheme.rows, bleed, offset, crops, ends
    )


def _lie(trim: Size, sheet: Size, scheme: Scheme, inset: float) -> tuple[Size, float]:
    """Return the sheet landscape or portrait, and how much larger than its pages it then is."""
    long, short = max(sheet.width, sheet.height), min(sheet.width, sheet.height)
    ways = []
    for way in (Size(long, short), Size(short, long)):
        pairs = (
            (way.width - 2 * inset, trim.width, scheme.columns),
            (way.height - 2 * inset, trim.height, scheme.rows),
        )
        exact = min(room / (size * count) for room, size, count in pairs)
        rounded = min(room / ((size - HALF_POINT) * count) for room, size, count in pairs)
        ways.append((way, 1.0 if exact < 1 <= rounded else exact))
    return max(ways, key=lambda way: way[1])


def _mark(room: float) -> float:
    """Return the length of a mark in a room, both in mm: 0 where the room is too small for it."""
    return min(room, MARK[1]) if room >= MARK[0] else 0.0


def cell_box(layout: Layout, slot: int) -> Box:
    """Return the trimmed page of a slot, before creep."""
    row, column = divmod(slot, layout.columns)
    left = layout.sheet.width / 2 + (column - layout.columns / 2) * layout.cell.width
    foot = layout.sheet.height / 2 + (layout.rows / 2 - row - 1) * layout.cell.height
    return Box(left, foot, left + layout.cell.width, foot + layout.cell.height)


def page_box(layout: Layout, placement: Placement) -> Box:
    """Return the trimmed page of a placement, moved by its creep."""
    cell = cell_box(layout, placement.slot)
    return Box(cell.left + placement.shift, cell.foot, cell.right + placement.shift, cell.head)


def window(layout: Layout, placement: Placement) -> Box:
    """Return what may show of a page: its bleed at the outer edges, nothing across the fold."""
    row, column = divmod(placement.slot, layout.columns)
    cell, page = cell_box(layout, placement.slot), page_box(layout, placement)
    return Box(
        page.left - layout.bleed if column == 0 else cell.left,
        page.foot - layout.bleed if row == layout.rows - 1 else cell.foot,
        page.right + layout.bleed if column == layout.columns - 1 else cell.right,
        page.head + layout.bleed if row == 0 else cell.head,
    )


def trim_box(layout: Layout, sheet: Sheet) -> Box:
    """Return the trimmed pages of a sheet together, still unfolded."""
    first, last = (cell_box(layout, slot) for slot in (0, layout.columns * layout.rows - 1))
    return Box(first.left + sheet.creep, last.foot, last.right - sheet.creep, first.head)


def marks(layout: Layout, sheet: Sheet) -> tuple[Line, ...]:
    """Return the crop and fold marks of one side of a sheet, all of them outside trim and bleed."""
    box, offset = trim_box(layout, sheet), layout.offset
    sides, ends = layout.crops
    lines = []
    for x in (box.left, box.right) if ends else ():
        lines += _upright(x, box, offset, ends, dashed=False)
    for y in (box.foot, box.head) if sides else ():
        lines.append(Line((box.left - offset, y), (box.left - offset - sides, y), False))
        lines.append(Line((box.right + offset, y), (box.right + offset + sides, y), False))
    for column in range(1, layout.columns) if layout.folds else ():
        fold = cell_box(layout, column).left
        lines += _upright(fold, box, offset, layout.folds, dashed=True)
    return tuple(lines)


def _upright(x: float, box: Box, offset: float, length: float, *, dashed: bool) -> list[Line]:
    """Return the marks at `x` below the foot and above the head."""
    foot, head = box.foot - offset, box.head + offset
    return [
        Line((x, foot), (x, foot - length), dashed),
        Line((x, head), (x, head + length), dashed),
    ]
