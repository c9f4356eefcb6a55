"""Which page lies where: the imposition as a table to read beside the printer.

In: a `Plan` and a `Job`. Out: lines of text, a row for each side of each sheet: the pages of its
rows from the head, each from the left, as the side comes out of the printer, and how far each is
moved towards its fold, in mm; one number where that is the same for all. What stands for what is
told below the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from publish.booklet.imposition import Plan
from publish.booklet.sheets import Job, Placement, Size, room_of

_HEAD = ("sheet", "side", "pages", "creep")
_SIGNS = (
    ("↓", "the page lies with its head down"),
    ("|", "what follows stands in the row below"),
    ("–", "a blank page"),
    ("·", "a place that stays empty"),
    ("mm", "how far each page is moved towards its fold, for the paper around it"),
)


def sheet_table(plan: Plan, job: Job) -> str:
    """Return the table of a plan."""
    rows = [_HEAD, *_rows(plan)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    shown = "".join(row[2] + row[3] for row in rows[1:])
    legend = [f"{sign}  {what}" for sign, what in _SIGNS if sign in shown]
    if plan.layout.bleed < job.bleed:
        legend.append(_bleed(plan, job))
    return "\n".join([_title(plan, job), "", *lines, *([""] if legend else []), *legend])


def _title(plan: Plan, job: Job) -> str:
    layout, sheets = plan.layout, len(plan.sheets)
    edge = "long" if job.flip == "long" else "short"
    blanks = f", {plan.blanks} of them blank" if plan.blanks else ""
    scale = "100%" if layout.scale == 1 else f"{layout.scale:.1%}"
    paper = f"{sheets} {'sheet' if sheets == 1 else 'sheets'}"
    return (
        f"{plan.pages + plan.blanks} pages{blanks}, on {paper}"
        f" of {_sides(layout.sheet)}, turned over the {edge} edge, at {scale}"
    )


def _bleed(plan: Plan, job: Job) -> str:
    """Return how much of the bleed a sheet has room for that its pages fill."""
    inset = job.margin if job.fit == "printable" else 0.0
    shown = [min(max(room - inset, 0.0), job.bleed) for room in room_of(plan.layout)]
    sides, ends = (f"{one:.3g} mm" if one >= 0.05 else "none" for one in shown)
    return (
        f"Of {job.bleed:g} mm of bleed there is room for {sides} at the sides and {ends} at head"
        " and foot: where it is to be trimmed, take a larger sheet."
    )


def _sides(size: Size) -> str:
    return f"{size.width:g} × {size.height:g} mm"


def _rows(plan: Plan) -> Iterator[tuple[str, str, str, str]]:
    wide = len(str(plan.pages)) + 1
    for number, sheet in enumerate(plan.sheets, 1):
        front, back = (_creep(plan, side) for side in (sheet.front, sheet.back))
        yield str(number), "front", _laid(plan, sheet.front, _page, wide), front
        told = "" if back == front and back.count(".") < 2 else back
        yield "", "back", _laid(plan, sheet.back, _page, wide), told


def _creep(plan: Plan, side: Sequence[Placement]) -> str:
    """Return how far the pages of a side are moved: one number if it is the same for all."""
    if not side:
        return ""
    moved = {round(abs(placed.shift), 2) for placed in side}
    if moved == {0.0}:
        return "none"
    if len(moved) == 1:
        return f"{moved.pop():.2f} mm"
    return f"{_laid(plan, side, _moved, 4)} mm"


def _laid(
    plan: Plan, side: Sequence[Placement], tell: Callable[[Placement | None], str], wide: int
) -> str:
    """Return what is to be told of each page of a side, row by row."""
    scheme = plan.layout.scheme
    there = {placed.slot: placed for placed in side}
    rows = []
    for row in range(scheme.rows):
        slots = range(row * scheme.columns, (row + 1) * scheme.columns)
        rows.append(" ".join(tell(there.get(slot)).rjust(wide) for slot in slots))
    return " | ".join(rows)


def _moved(placed: Placement | None) -> str:
    return "·" if placed is None else f"{abs(placed.shift):.2f}"


def _page(placed: Placement | None) -> str:
    if placed is None:
        return "·"
    if placed.page is None:
        return "–"
    return f"{'↓' if placed.rotation else ''}{placed.page + 1}"
