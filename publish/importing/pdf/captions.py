"""Captions of a page → each tied to its picture.

In: blocks in reading order, the layout, pictures. Out: the blocks, those that are captions with the
picture they belong to: the nearest one below, beside or above it that is not set as the body is.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from publish.importing.languages import Language
from publish.importing.pdf.blocks import Block
from publish.importing.pdf.model import Image
from publish.importing.pdf.settling import Layout, is_body

LARGER = 1.06
"""Type that is larger than another by less than this is as large."""
CAPTION_WORDS = 80
NEAR = 2.5
"""A caption is at most so many leadings from its picture."""


def tie_captions(
    blocks: Sequence[Block], layout: Layout, language: Language, images: Sequence[Image]
) -> list[Block]:
    """Tie captions to their pictures: the nearest block below, beside or above, not set as body."""
    out = list(blocks)
    tied = {one.picture for one in out if one.picture}
    for image in images:
        if image.picture in tied:
            continue
        best: tuple[float, int] | None = None
        for at, block in enumerate(out):
            if block.kind != "body" or block.page != image.page:
                continue
            distance = _distance(block, image, layout, language)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, at
        if best:
            out[best[1]] = replace(out[best[1]], kind="caption", picture=image.picture)
    for at, block in enumerate(out):
        if block.kind == "body" and language.photo.match(block.text):
            out[at] = replace(block, kind="caption")
    return _whole_captions(out, layout)


def _distance(block: Block, image: Image, layout: Layout, language: Language) -> float | None:
    """Return how far a block that could be its caption is from a picture; None for another one."""
    style, body = block.style, layout.body
    if len(block.text.split()) > CAPTION_WORDS or style.size > LARGER * body.size:
        return None
    labelled = language.photo.match(block.text)
    if is_body(style, body) and not style.italic and not style.bold and not labelled:
        return None
    left, foot, right, head = block.box
    reach = NEAR * layout.leading(body)
    beside = min(head, image.box[3]) - max(foot, image.box[1])
    along = min(right, image.box[2]) - max(left, image.box[0])
    if along > 0.3 * min(right - left, image.box[2] - image.box[0]):
        below, above = image.box[1] - head, foot - image.box[3]
        if -reach < below < reach:
            return abs(below)
        # Under a picture is where a caption is looked for first.
        return reach + above if -2 < above < reach else None
    across = max(left - image.box[2], image.box[0] - right)
    return 2 * reach + across if beside > 0 and across < 2 * reach else None


def _whole_captions(blocks: Sequence[Block], layout: Layout) -> list[Block]:
    """Put what goes on in the style of a caption straight below it to the caption."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last and last.kind == "caption" and block.kind == "body" and _below(last, block, layout):
            out[-1] = replace(last, rows=(*last.rows, *block.rows))
            continue
        out.append(block)
    return out


def _below(caption: Block, block: Block, layout: Layout) -> bool:
    """Tell whether a block stands straight below a caption and is set no larger, nor as body."""
    if (caption.kind, block.kind) != ("caption", "body"):
        return False
    above, first = caption.rows[-1], block.rows[0]
    if (above.page, above.column) != (first.page, first.column):
        return False
    other = not is_body(block.style, layout.body)
    small = block.style.size <= caption.style.size * LARGER
    step = above.base - first.base
    return other and small and 0 < step < 1.6 * layout.leading(caption.style)
