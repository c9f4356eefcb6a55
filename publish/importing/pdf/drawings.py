"""Drawings of a page, made of lines and areas: where they stand, and how each is seen.

In: an open page and its pieces. Out: `Image`s and the bytes of PNGs. What holds as much text as a
paragraph is a box around text; a single area without a caption is an ornament. The letters within a
drawing are part of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as raw

from publish.importing.pdf.model import Box, Page, Piece, around
from publish.importing.pdf.pages import frame_of

NEAR = 6.0
"""Paths with at most so many points between them belong to one drawing."""
LEAST = 28.0
"""The sides of a drawing, in points."""
WHOLE = 0.8
"""What covers so much of a page's width and height is its background."""
WORDS = 6
"""A box with so many words on a line of it frames text."""
LETTERING = 2
"""The lettering of a drawing stands within twice `NEAR`, in lines of at most so many words."""
PARTS = 4
"""So many paths are a drawing, with a caption or without one."""
PPI = 300
MOST_PATHS = 4000
"""More paths than this on a page are not looked at one by one: the page is a map, say."""


def drawings_of(page: pypdfium2.PdfPage, read: Page) -> list[tuple[Box, int]]:
    """Return the boxes of a page's drawings, and how many paths each has."""
    boxes = list(_paths(page, read))[:MOST_PATHS]
    out = []
    for group in _clusters(boxes):
        box = around(group)
        if min(box[2] - box[0], box[3] - box[1]) < LEAST:
            continue
        box = _lettered(box, read.pieces)
        lines = [one.text.split() for one in within(box, read.pieces)]
        if max(map(len, lines), default=0) < WORDS:
            out.append((box, len(group)))
    return out


def _lettered(box: Box, pieces: Sequence[Piece]) -> Box:
    """Return the box of a drawing with the lettering at its edges."""
    reach = (box[0] - 2 * NEAR, box[1] - 2 * NEAR, box[2] + 2 * NEAR, box[3] + 2 * NEAR)
    near = [one.box for one in within(reach, pieces) if len(one.text.split()) <= LETTERING]
    return around([box, *near])


def within(box: Box, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces whose middle lies in a box."""
    return [
        one
        for one in pieces
        if box[0] <= (one.box[0] + one.box[2]) / 2 <= box[2]
        and box[1] <= (one.box[1] + one.box[3]) / 2 <= box[3]
    ]


def shown(page: pypdfium2.PdfPage, read: Page, box: Box) -> bytes:
    """Return a PNG of what is seen within a box."""
    crop = (box[0], box[1], read.width - box[2], read.height - box[3])
    bitmap = page.render(scale=PPI / 72, crop=tuple(max(side, 0) for side in crop))
    out = io.BytesIO()
    bitmap.to_pil().save(out, "PNG")
    return out.getvalue()


def _paths(page: pypdfium2.PdfPage, read: Page) -> Iterator[Box]:
    """Yield the boxes of what is painted by paths and shadings, in the page's bounds."""
    frame = frame_of(page)
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING]):
        left, foot, right, head = frame.box(*item.get_bounds())
        box = max(left, 0.0), max(foot, 0.0), min(right, read.width), min(head, read.height)
        wide, high = box[2] - box[0], box[3] - box[1]
        if wide < 0 or high < 0 or (wide > WHOLE * read.width and high > WHOLE * read.height):
            continue
        yield box


def _clusters(boxes: Sequence[Box]) -> list[list[Box]]:
    """Return boxes in groups of those that touch, or nearly do."""
    groups: list[tuple[Box, list[Box]]] = []
    for box in boxes:
        members = [box]
        edge = box
        apart = []
        for other, held in groups:
            if _touch(edge, other):
                members += held
                edge = around((edge, other))
            else:
                apart.append((other, held))
        groups = [*apart, (edge, members)]
    return [held for _, held in groups]


def _touch(a: Box, b: Box) -> bool:
    across = max(a[0], b[0]) - min(a[2], b[2])
    down = max(a[1], b[1]) - min(a[3], b[3])
    return across <= NEAR and down <= NEAR
