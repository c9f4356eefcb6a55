"""Blocks of body text that a column, a page, a picture or a quote cut in two → one.

In: blocks with their kinds. Out: the same, each that goes on with the one before it marked so.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from publish.importing.languages import Language
from publish.importing.pdf.blocks import Block, room_after
from publish.importing.pdf.settling import Layout
from publish.importing.sentences import ends_in_hyphen, ends_sentence, starts_small

FLOATS = frozenset({"caption", "pullquote", "aside", "note", "picture"})
RUNNING = frozenset({"body", "item", "note", "standfirst"})
FULL = 0.25
"""A line that leaves more than this part of its column is a paragraph's last."""


def join_blocks(blocks: Sequence[Block], layout: Layout, language: Language) -> list[Block]:
    """Mark the blocks that go on with an earlier one of their kind."""
    out: list[Block] = []
    last: dict[str, Block] = {}
    parted = False
    for block in blocks:
        group = "note" if block.kind == "note" else "text"
        if block.kind in FLOATS and block.kind != "note":
            parted = True
            out.append(block)
            continue
        before = last.get(group)
        if (
            before
            and block.kind in ("body", "note")
            and before.kind in RUNNING
            and (block.kind == "note") == (before.kind == "note")
            and _goes_on(before, block, parted, layout, language)
        ):
            block = replace(block, joined=True, kind=before.kind, label=before.label)
        out.append(block)
        last[group] = block
        if group == "text":
            parted = False
    return out


def _goes_on(a: Block, b: Block, parted: bool, layout: Layout, language: Language) -> bool:
    """Tell whether the paragraph that ends in one block goes on in another."""
    above, below = a.rows[-1], b.rows[0]
    same = (above.style.size, above.style.family) == (below.style.size, below.style.family)
    turned = (above.page, above.column) != (below.page, below.column)
    if not same or not (turned or parted):
        return False
    if b.kind == "note" and (b.label != a.label or not turned):
        return False
    if ends_in_hyphen(above.said) and starts_small(below.text):
        return True
    ended = ends_sentence(above.said, language)
    if not ended:
        meant = _indented(b, layout) and room_after(above, below, above.edge)
        return starts_small(below.text) or not meant
    if a.kind == "item" or starts_small(below.text):
        return False
    full = above.edge - above.right < FULL * (above.edge - above.start)
    return full and layout.indent > 0 and not _indented(b, layout)


def _indented(block: Block, layout: Layout) -> bool:
    first, rest = block.rows[0], block.rows[1:]
    start = min((row.left for row in rest), default=first.start)
    return layout.indent > 0 and first.left - start > 0.5 * layout.indent
