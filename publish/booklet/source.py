"""The pages of a PDF as they are to be put on sheets: their trim, their ink, how they stand.

In: a PDF (ISO 32000-2, 14.11.2: page boxes). Out: `SourcePage`s, or findings that tell what makes
them unfit to be imposed.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from pikepdf import Array, Dictionary, Matrix, Name, Object, Page, Pdf, Rectangle

from publish.booklet.findings import Finding, found, listed, sizes
from publish.booklet.sheets import Size
from publish.ground.units import MM

SAME_SIZE = 0.1
"""Trims whose sides differ by no more than this (mm) are of one size."""


class SourcePage(Struct, frozen=True):
    """A page to be placed: `size` is its trim as it is read, in mm.

    In the page's own units, `ink` is what may show of it, and `upright` brings the trim as it is
    read to the origin, in points.
    """

    page: Page
    size: Size
    ink: Rectangle
    upright: Matrix


def read_pages(pdf: Pdf) -> tuple[list[SourcePage], tuple[Finding, ...]]:
    """Return the pages, or what makes them unfit to be imposed."""
    pages: list[SourcePage] = []
    for number, page in enumerate(pdf.pages, 1):
        read = read_page(page)
        if read is None:
            return [], (found("unreadable", number, reason=f"page {number} has no size"),)
        pages.append(read)
    if not pages:
        return [], (found("empty"),)
    first = pages[0].size
    mixed = [number for number, page in enumerate(pages, 1) if not _alike(page.size, first)]
    if not mixed:
        return pages, ()
    other, named = sizes(pages[mixed[0] - 1].size), listed(f"page {number}" for number in mixed)
    return [], (found("mixed-trim", mixed[0], first=sizes(first), other=other, pages=named),)


def _alike(one: Size, other: Size) -> bool:
    sides = (one.width - other.width, one.height - other.height)
    return all(abs(difference) <= SAME_SIZE for difference in sides)


def read_page(page: Page) -> SourcePage | None:
    """Read the boxes of a page: trim, else crop, else media; None where it has no size at all."""
    media = _inside(page.mediabox, Rectangle(-1e6, -1e6, 1e6, 1e6))
    if media is None:
        return None
    trim = _inside(page.obj.get("/TrimBox"), media) or _inside(page.cropbox, media) or media
    ink = _inside(page.obj.get("/BleedBox"), media) or media
    turned = page.get_matrix_for_transformations()
    read = turned.transform(trim)
    if not read.width or not read.height:
        return None
    size = Size(read.width / MM, read.height / MM)
    return SourcePage(page, size, ink, turned @ Matrix(1, 0, 0, 1, -read.llx, -read.lly))


def _inside(value: Object | None, bounds: Rectangle) -> Rectangle | None:
    """Return the part of a page box within other bounds; None where it is no box, or empty."""
    if not isinstance(value, Array):
        return None
    try:
        box = Rectangle(value)
    except TypeError:
        return None
    left, foot = max(box.llx, bounds.llx), max(box.lly, bounds.lly)
    right, head = min(box.urx, bounds.urx), min(box.ury, bounds.ury)
    return Rectangle(left, foot, right, head) if left < right and foot < head else None


def lost_annotations(pages: Sequence[SourcePage]) -> list[Finding]:
    """Return a finding where annotations that would have been printed are left behind."""
    lost = [number for number, page in enumerate(pages, 1) if _prints_annotations(page.page)]
    if not lost:
        return []
    return [found("annotations", lost[0], pages=listed(f"page {number}" for number in lost))]


def _prints_annotations(page: Page) -> bool:
    """Tell whether a page has an annotation, other than a link, with the flag Print set."""
    annotations = page.obj.get("/Annots")
    for one in annotations if isinstance(annotations, Array) else ():
        if isinstance(one, Dictionary) and one.get("/Subtype") != Name.Link:
            flags = one.get("/F", 0)
            if isinstance(flags, int) and flags & 4:
                return True
    return False
