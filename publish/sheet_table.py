"""Which page lies where: the imposition as a table to read beside the printer.

In: a `Plan` and a `Job`. Out: lines of text, a row for each side of each sheet: the pages of its
rows from the head, each from the left, as the side comes out of the printer. Blank pages are “–”,
places that stay empty “·”; “↓” stands before a page that lies with its head down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish.imposition import Plan
from publish.sheets import Job, Placement, Size

_HEAD = ("sheet", "side", "pages", "creep")


def sheet_table(plan: Plan, job: Job) -> str:
    """Return the table of a plan."""
    rows = [_HEAD, *_rows(plan)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join([_title(plan, job), "", *lines])


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


def _sides(size: Size) -> str:
    return f"{size.width:g} × {size.height:g} mm"


def _rows(plan: Plan) -> Iterator[tuple[str, str, str, str]]:
    wide = len(str(plan.pages)) + 1
    for number, sheet in enumerate(plan.sheets, 1):
        creep = f"{sheet.creep:.2f} mm" if sheet.creep else "–"
        yield str(number), "front", _pages(plan, sheet.front, wide), creep
        yield "", "back", _pages(plan, sheet.back, wide), ""


def _pages(plan: Plan, side: Sequence[Placement], wide: int) -> str:
    """Return the pages of a side, row by row."""
    scheme = plan.layout.scheme
    there = {placed.slot: placed for placed in side}
    rows = []
    for row in range(scheme.rows):
        slots = range(row * scheme.columns, (row + 1) * scheme.columns)
        rows.append(" ".join(_page(there.get(slot)).rjust(wide) for slot in slots))
    return " | ".join(rows)


def _page(placed: Placement | None) -> str:
    if placed is None:
        return "·"
    if placed.page is None:
        return "–"
    return f"{'↓' if placed.rotation else ''}{placed.page + 1}"
