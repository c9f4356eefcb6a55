"""Which page stands where on which sheet: numbers only, decided before anything is drawn.

In: a number of pages, their trim size and a `Job`. Out: a `Plan`: sheets, their two sides, on each
the placements of pages, and the `Layout` of the sheet. Paper thickness follows ISO 534.

Turning. A side is seen as it is printed, two pages side by side, so the fold runs from head to
foot. Where the sheet lies landscape (two A5 pages on an A4), head and foot are its LONG edges.
Turned over the SHORT edge, like the leaf of a book, head stays head: the back is upright. Turned
over the LONG edge, like the leaf of a wall calendar, head becomes foot: the back is rotated 180°.
Where the sheet lies portrait (two slim pages on an A4) it is the other way about. A square sheet
counts as landscape.

Creep. Sheet k, counted from 0 outside, is nested in k others and its fold rests against the inside
of theirs. With calipers t, the middle of its thickness lies (k + ½)·t from the back of the spine
at the fold, that of the outermost sheet ½·t: the halves cancel out and its fore edge stands out by

    creep(k) = k · t

The trimmer cuts all fore edges at one distance from the spine, so k·t is lost there; therefore
every page of sheet k is moved k·t towards the fold, and after trimming all outer margins are equal.
Both sides of a sheet share the middle of its thickness, so they move by the same amount. This is
the sharp, well-pressed fold. In a soft fold, round like concentric half circles, each sheet inside
saves a quarter turn and it is π/2·t: for such a booklet, measure a dummy and give what one sheet
adds there as the caliper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from publish.sheets import (
    SCHEMES,
    Flip,
    Job,
    Layout,
    Placement,
    Rotation,
    Scheme,
    Sheet,
    Size,
    Slot,
    lay_out,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole imposition of a number of pages; `blanks` stand before the last page."""

    pages: int
    blanks: int
    layout: Layout
    sheets: tuple[Sheet, ...]


def caliper_mm(grams: float, bulk: float) -> float:
    """Return the thickness of one sheet in mm from its weight in g/m² and its bulk in cm³/g.

    Bulk is ISO 534's apparent specific volume, thickness over grammage: paper of
    1 g/m² and 1 cm³/g is 1 µm thick.
    """
    return grams * bulk / 1000


def reading_order(pages: int, multiple: int) -> list[int | None]:
    """Return 0-based pages filled up to a multiple with blanks (None), as they are read.

    Blanks stand before the last page, so that the back cover stays the back cover; a single page
    is a front cover and has them after it.
    """
    order: list[int | None] = [*range(pages)]
    at = pages - 1 if pages > 1 else pages
    order[at:at] = [None] * (-pages % multiple)
    return order


def back_rotation(sheet: Size, flip: Flip) -> Rotation:
    """Return how the back of a sheet stands: 180 where the sheet is turned over its head."""
    head_is_long = sheet.width >= sheet.height
    return 180 if head_is_long == (flip == "long") else 0


def make_plan(pages: int, trim: Size, job: Job) -> Plan | None:
    """Impose `pages` pages of a trim size; return None where the sheet is too small for them.

    Raises ValueError for less than one page or a caliper below 0.
    """
    if pages < 1 or job.caliper < 0:
        raise ValueError("an imposition needs a page and paper that is not thinner than nothing")
    layout = lay_out(trim, job)
    if layout is None:
        return None
    scheme = SCHEMES[job.scheme]
    on_sheet = len(scheme.front) + len(scheme.back)
    order = reading_order(pages, on_sheet)
    step = on_sheet * scheme.section if scheme.section else len(order)
    turn = back_rotation(layout.sheet, job.flip)
    sheets: list[Sheet] = []
    for start in range(0, len(order), step):
        sheets += _section(order[start : start + step], scheme, job, turn)
    return Plan(pages, len(order) - pages, layout, tuple(sheets))


def _section(order: Sequence[int | None], scheme: Scheme, job: Job, turn: Rotation) -> list[Sheet]:
    """Return the sheets, nested in one another, that read as `order`; the outermost comes first."""
    bifolia = len(scheme.front) // 2
    sheets = []
    for first in range(0, len(order) // 4, bifolia):
        front = _side(order, scheme, scheme.front, first, job, 0)
        back = _side(order, scheme, scheme.back, first, job, turn)
        sheets.append(Sheet(first * job.caliper, front, back))
    return sheets


def _side(
    order: Sequence[int | None],
    scheme: Scheme,
    slots: tuple[Slot, ...],
    first: int,
    job: Job,
    turn: Rotation,
) -> tuple[Placement, ...]:
    """Return one side of the sheet whose outermost bifolium is the section's number `first`."""
    placements = []
    for place, slot in enumerate(slots):
        nest = first + slot.bifolium
        last = len(order) - 1
        read = (2 * nest, 2 * nest + 1, last - 1 - 2 * nest, last - 2 * nest)[slot.page]
        row, column = divmod(place, scheme.columns)
        if job.reading == "rtl":
            column = scheme.columns - 1 - column
        at = row * scheme.columns + column
        if turn:
            at = len(slots) - 1 - at
        rotation: Rotation = 0 if slot.rotation == turn else 180
        recto = read % 2 == 0
        spine_at_left = (recto == (job.reading == "ltr")) == (rotation == 0)
        creep = nest * job.caliper
        placements.append(Placement(order[read], at, rotation, -creep if spine_at_left else creep))
    return tuple(sorted(placements, key=lambda placement: placement.slot))
