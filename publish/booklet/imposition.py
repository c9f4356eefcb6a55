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
adds there as the caliper. Within a cover of thickness c the halves differ, and sheet k, counted
from 1 inside the cover, has creep (c + t)/2 + (k - 1)·t. Each signature creeps by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from publish.booklet.folding import Rotation, Slot, Unit, bifolia, leaves, shared
from publish.booklet.sheets import (
    Box,
    Job,
    Layout,
    Placement,
    Sheet,
    Side,
    Size,
    cell_box,
    lay_out,
)
from publish.settings.book_toml import Settings
from publish.settings.booklet import Flip

BAR = Size(3.0, 6.0)
"""A collation mark: half of its width on either side of the fold, each one bar's height lower."""
BAR_LEAD = 12.0
"""From the head of a page to its first collation mark, and from its last to the foot, in mm."""


class Plan(Struct, frozen=True):
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


def job_of(settings: Settings, bleed: float, leftward: bool) -> Job:
    """Return the job that a book's settings ask for; `leftward` books are bound at the right."""
    booklet, paper = settings.booklet, settings.print.paper
    cover = booklet.cover if booklet.scheme == "saddle-stitch" else None
    return Job(
        sheet=Size(*booklet.sheet),
        flip=booklet.flip,
        reading="rtl" if leftward else "ltr",
        caliper=caliper_mm(paper.grams, paper.bulk),
        bleed=bleed,
        fit=booklet.fit,
        margin=booklet.margin,
        scheme=booklet.scheme,
        up=booklet.up,
        fold=booklet.fold,
        signature=booklet.signature,
        repeat=booklet.repeat,
        cover=caliper_mm(cover.grams, cover.bulk) if cover else None,
    )


def creep(nest: int, job: Job) -> float:
    """Return how far pages move towards the fold inside so many sheets, in mm."""
    if job.cover is None or not nest:
        return nest * job.caliper
    return (job.cover + job.caliper) / 2 + (nest - 1) * job.caliper


def reading_order(pages: int, multiple: int, apart: int = 0) -> list[int | None]:
    """Return 0-based pages filled up with blanks (None), as they are read.

    But for `apart` of them they are filled up to a multiple. Blanks stand before the last page, so
    that the back cover stays the back cover; a single page is a front cover and has them after it.
    """
    order: list[int | None] = [*range(pages)]
    at = pages - 1 if pages > 1 else pages
    order[at:at] = [None] * (-(pages - apart) % multiple)
    return order


def back_rotation(sheet: Size, flip: Flip) -> Rotation:
    """Return how the back of a sheet stands: 180 where the sheet is turned over its head."""
    head_is_long = sheet.width >= sheet.height
    return 180 if head_is_long == (flip == "long") else 0


def make_plan(pages: int, trim: Size, job: Job) -> Plan | None:
    """Impose `pages` pages of a trim size; return None where the sheet is too small for them.

    Raises ValueError for less than one page or paper that is thinner than nothing.
    """
    if pages < 1 or min(job.caliper, job.cover or 0.0) < 0:
        raise ValueError("an imposition needs a page and paper that is not thinner than nothing")
    layout = lay_out(trim, job)
    if layout is None:
        return None
    scheme = layout.scheme
    apart = 0 if job.cover is None else 4
    if scheme.size == 2:
        units = leaves(range(pages))
    else:
        signature = job.signature if job.scheme == "signatures" else None
        order = reading_order(pages, scheme.multiple, apart)
        units = bifolia(order, signature)
    shares = shared(units[apart // 4 :], scheme, job.repeat)
    if apart:
        shares.insert(0, (units[0], *[None] * (scheme.units - 1)))
    sheets = tuple(_sheet(layout, share, job) for share in shares)
    blanks = sum(page is None for unit in units for page in unit.pages)
    return Plan(pages, blanks, layout, sheets)


def _sheet(layout: Layout, share: Sequence[Unit | None], job: Job) -> Sheet:
    """Return the sheet that bears some units."""
    turn = back_rotation(layout.sheet, job.flip)
    front = _side(layout, layout.scheme.front, share, job, 0)
    back = _side(layout, layout.scheme.back, share, job, turn)
    bars = _bars(layout, share) if job.scheme == "signatures" else ()
    return Sheet(front, back, bars)


def _side(
    layout: Layout, slots: Sequence[Slot], share: Sequence[Unit | None], job: Job, turn: Rotation
) -> Side:
    """Return one side of a sheet, turned upside down where the printer turns it over its head."""
    placements = [
        _placement(layout, place, slot, unit, job, turn)
        for place, slot in enumerate(slots)
        if (unit := share[slot.unit]) is not None
    ]
    return tuple(sorted(placements, key=lambda placement: placement.slot))


def _placement(
    layout: Layout, place: int, slot: Slot, unit: Unit, job: Job, turn: Rotation
) -> Placement:
    """Return where a page of a unit comes that has a place on the side as the scheme has it."""
    scheme = layout.scheme
    row, column = divmod(place, scheme.columns)
    if job.reading == "rtl":
        column = scheme.columns - 1 - column
    at = row * scheme.columns + column
    if turn:
        at = len(scheme.front) - 1 - at
    rotation: Rotation = 0 if slot.rotation == turn else 180
    spine_at_left = ((slot.page % 2 == 0) == (job.reading == "ltr")) == (rotation == 0)
    moved = creep(unit.nest, job)
    return Placement(unit.pages[slot.page], at, rotation, -moved if spine_at_left else moved)


def _bars(layout: Layout, share: Sequence[Unit | None]) -> tuple[Box, ...]:
    """Return the collation marks: on the back of each signature, lower from one to the next.

    Gathered signatures show them as a flight of steps; one that lacks or stands in another's place
    breaks it. They begin again at the head where the foot is reached.
    """
    bars = []
    steps = max(1, int((layout.cell.height - 2 * BAR_LEAD) / BAR.height))
    for place, slot in enumerate(layout.scheme.front):
        unit = share[slot.unit]
        if unit is None or unit.section is None or slot.page:
            continue
        middle, half = layout.sheet.width / 2, BAR.width / 2
        head = cell_box(layout, place).head - BAR_LEAD - unit.section % steps * BAR.height
        bars.append(Box(middle - half, head - BAR.height, middle + half, head))
    return tuple(bars)
