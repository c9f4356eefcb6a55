"""What is found while a booklet is made: the table of it, and ink where no printer prints.

In: facts of the case, or sheets as a PDF with their plan. Out: `Finding`s. Sheets are rendered with
pdfium to see where ink really lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

import pypdfium2
from msgspec import Struct
from PIL.Image import Image

from publish.booklet.imposition import Plan
from publish.booklet.sheets import Job, Size

Severity = Literal["error", "warning", "note"]

FINDINGS: Mapping[str, tuple[Severity, str, str]] = MappingProxyType(
    {
        "unreadable": ("error", "the PDF cannot be read: {reason}", "Make the print PDF anew."),
        "empty": ("error", "the PDF has no pages", "Make the print PDF anew."),
        "mixed-trim": (
            "error",
            "the first page is {first}, page {page} is {other}; of another size are: {pages}",
            "Give all pages one trim size.",
        ),
        "small-sheet": (
            "error",
            "the sheet of {sheet} is too small for {pages} of {trim}",
            'Choose a larger sheet, or shrink the pages on purpose with fit = "printable".',
        ),
        "too-thick": (
            "error",
            "{sheets} sheets are too thick to fold: the innermost creeps {creep:.1f} mm",
            "Take thinner paper, or bind it otherwise.",
        ),
        "margin-ink": (
            "warning",
            "ink lies in the outer {margin:g} mm, which the printer leaves white: {places}",
            'Keep ink away from the edge, take a larger sheet, or shrink with fit = "printable".',
        ),
        "annotations": (
            "warning",
            "annotations other than links are left off the sheets: {pages}",
            "Flatten them into the pages first, if they are to be printed.",
        ),
        "scaled": ("note", "the pages are printed at {percent:.1f}% of their size", ""),
        "blanks": ("note", "blank pages added {where}: {count}", ""),
        "no-room": (
            "note",
            "beside {pages} of {trim} the sheet has no room for {what}",
            "Take a larger sheet if the booklet is to be trimmed.",
        ),
    }
)
_SIDE = {"saddle-stitch": 2, "signatures": 2, "cut-stacks": 1}
"""The fewest pages of a side."""
RENDER_DPI = 50
WHITE = 250
"""The darkest grey, of 255, that still counts as unprinted paper."""
LISTED = 6
"""A finding names no more than so many places."""


class Finding(Struct, frozen=True):
    """Something to tell of a booklet: `page` is 1-based in the source, 0 for the whole of it.

    An error means that nothing was made; a note tells of no fault.
    """

    page: int
    kind: str
    severity: Severity
    message: str
    advice: str


def found(kind: str, page: int = 0, **facts: object) -> Finding:
    """Return the finding of a kind with the facts of the case."""
    severity, message, advice = FINDINGS[kind]
    return Finding(page, kind, severity, message.format(page=page, **facts), advice)


def too_small(trim: Size, job: Job) -> Finding:
    """Return the finding of a sheet that does not hold the pages of a side."""
    many = counted(job.up or _SIDE[job.scheme])
    return found("small-sheet", sheet=sizes(job.sheet), trim=sizes(trim), pages=many)


def counted(pages: int) -> str:
    """Return a number of pages as it is told."""
    return {1: "one page", 2: "two pages", 4: "four pages"}.get(pages, f"{pages} pages")


def sizes(size: Size) -> str:
    """Return a size as it is told, in mm."""
    return f"{size.width:.4g} x {size.height:.4g} mm"


def margin_ink(made: bytes, plan: Plan, job: Job) -> list[Finding]:
    """Return a finding where ink lies in the printer's margin, as the rendered sheets show it."""
    if job.fit == "printable" or not job.margin:
        return []
    places = []
    with pypdfium2.PdfDocument(made) as sheets:
        for index in range(len(sheets)):
            image = sheets[index].render(scale=RENDER_DPI / 72).to_pil().convert("RGB")
            if edges := _inked_edges(image, plan.layout.sheet, job.margin):
                side = "back" if index % 2 else "front"
                places.append(f"sheet {index // 2 + 1} {side} ({', '.join(edges)})")
    return [found("margin-ink", margin=job.margin, places=listed(places))] if places else []


def _inked_edges(image: Image, sheet: Size, margin: float) -> list[str]:
    """Return the edges of a rendered side with ink nearer to them than `margin` mm.

    Only pixels that lie in the margin as a whole count, so what ends at it is no ink within it.
    """
    wide, high = image.size
    x, y = int(margin / sheet.width * wide), int(margin / sheet.height * high)
    bands = {
        "left": (0, 0, x, high),
        "right": (wide - x, 0, wide, high),
        "top": (0, 0, wide, y),
        "bottom": (0, high - y, wide, high),
    }
    return [
        edge for edge, band in bands.items() if x and y and min(image.crop(band).tobytes()) < WHITE
    ]


def listed(places: Iterable[str]) -> str:
    """Return places by name, and how many more there are where they are many."""
    named = list(places)
    more = f" and {len(named) - LISTED} more" if len(named) > LISTED else ""
    return ", ".join(named[:LISTED]) + more
