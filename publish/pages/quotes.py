"""Quotations in columns, parted where a picture stands in them.

In: the blocks of a chapter. Out: the same, with such a picture straight between the parts of its
quotation, as wide as a column, and what the markup of each part says of that. Straight in a column
a picture waits for the next one where it has no room, while the text flows on; else the column
would end in a hole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec.structs import replace

from publish.book.model import Block, BlockQuote, Blocks, Figure


def parted(blocks: Blocks) -> Iterator[tuple[Block, Mapping[str, str]]]:
    """Yield blocks, and the attributes that those have more that are parts of a quotation."""
    for block in blocks:
        pictures = [isinstance(one, Figure) for one in getattr(block, "blocks", ())]
        if isinstance(block, BlockQuote) and any(pictures) and not all(pictures):
            yield from _parts(block)
        else:
            yield block, {}


def _parts(block: BlockQuote) -> Iterator[tuple[Block, Mapping[str, str]]]:
    left, attrs = list(block.blocks), block.attrs
    begun = False
    for _, run in groupby(block.blocks, lambda one: isinstance(one, Figure)):
        part = tuple(run)
        del left[: len(part)]
        if isinstance(part[0], Figure):
            for one in part:
                yield replace(one, place="column", caption="below"), {}
            continue
        marks = {"data-on": "on"} if begun else {}
        marks |= {} if all(isinstance(one, Figure) for one in left) else {"data-off": "off"}
        yield replace(block, blocks=part, attrs=attrs), marks
        begun, attrs = True, replace(attrs, id="")
