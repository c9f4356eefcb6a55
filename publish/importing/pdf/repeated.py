"""What a book made of its own text: the half-title, the list of contents.

In: blocks with their kinds. Out: the same; what says again what stands elsewhere in the book is
marked to be left out, once that is verified letter by letter: what the title page repeats of the
half-title before the first chapter, and entries of the contents.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from publish.importing.pdf.blocks import Block
from publish.importing.words import plain

ENTRIES = 3
"""A page with so many headings of other pages is a list of contents …"""
SHARE = 0.6
"""… if this part of its rows are such."""
TITLES = frozenset({"title", "subtitle"})
REPEATED = frozenset({"heading", "body"})
"""What the half-title, the title page and the imprint say again."""
_LEADER = re.compile(r"^\W*\d{1,4}\s+|[\s.·…_]*\b(?:\d{1,4}|[ivxlc]+)?\W*$")


def drop_repeats(blocks: Sequence[Block]) -> list[Block]:
    """Mark what is left out because it stands elsewhere as well.

    A text without chapters has nothing before them: all that it repeats is text.
    """
    out = _contents(blocks)
    last = next((at for at, one in enumerate(out) if _is_chapter(one)), 0)
    seen = {plain(one.text) for one in out if one.kind in TITLES and not one.dropped}
    for at, one in enumerate(out[:last]):
        name = plain(one.text)
        if one.kind in REPEATED and not one.dropped and name in seen:
            out[at] = replace(one, dropped="repeated in the front matter")
        seen.add(name)
    return out


def _is_chapter(block: Block) -> bool:
    return block.kind == "heading" and block.level == 1 and not block.dropped


def _contents(blocks: Sequence[Block]) -> list[Block]:
    pages: defaultdict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        pages[block.page].append(at)
    out = list(blocks)
    elsewhere = Counter(plain(one.text) for one in blocks if one.kind in ("heading", "title"))
    for members in pages.values():
        own = Counter(plain(blocks[at].text) for at in members if blocks[at].kind == "heading")
        names = {name for name, count in elsewhere.items() if count > own[name]}
        rows = [row for at in members for row in blocks[at].rows]
        entries = [row for row in rows if _entry(row.text) in names]
        if len(entries) < ENTRIES or len(entries) < SHARE * len(rows):
            continue
        for at in members:
            heading = blocks[at].kind == "heading" and len(blocks[at].rows) == 1
            listed = all(_entry(row.text) in names for row in blocks[at].rows)
            if listed or heading:
                out[at] = replace(blocks[at], dropped="contents")
    return out


def _entry(text: str) -> str:
    """Return what an entry of the contents says, its folio and leader taken off."""
    return plain(_LEADER.sub("", text))
