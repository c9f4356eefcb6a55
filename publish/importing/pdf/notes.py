"""Footnotes: the small figures in the text, and the notes that they call at the foot of the page.

In: blocks of all pages. Out: the same, notes told from text and named, each call with the name of
the note that it calls. A call without a note and a note without a call stay what they were.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from publish.importing.pdf.blocks import Block, Call
from publish.importing.pdf.model import RAISED, Piece, Row
from publish.importing.pdf.settling import Layout

SMALL = 0.95
"""Notes are set at most this much of the body's size."""
LIFTED = 0.15
"""A call stands at least so many ems above the line …"""
HIGH = 0.25
"""… so many where it is hardly smaller than the letters of the line."""
_SIGN = re.compile(r"\d{1,3}|[*†‡§¶]{1,3}|[a-z]")
BEGINS = re.compile(r"(?P<sign>\d{1,3}|[*†‡§¶]{1,3})(?P<point>[.)]?)\s*(?=\S)")


class _Sign(Struct, frozen=True):
    """A small raised figure: the block, the row in it, and the columns of the row's text."""

    block: int
    row: int
    start: int
    stop: int
    sign: str


def give_notes(blocks: Sequence[Block], layout: Layout) -> list[Block]:
    """Name the notes and their calls."""
    out = list(blocks)
    calls: defaultdict[tuple[int, str], list[_Sign]] = defaultdict(list)
    for call in _calls(blocks):
        calls[blocks[call.block].rows[call.row].page, call.sign].append(call)
    name = 0
    last: str = ""
    for at, block in enumerate(blocks):
        if block.kind not in ("body", "item", "note"):
            last = ""
            continue
        sign = _sign(block, layout) or _foot_sign(at, blocks, calls)
        waiting = (
            calls.get((block.page, sign)) or calls.get((block.page - 1, sign)) if sign else None
        )
        waiting = [call for call in waiting or () if call.block != at]
        if waiting:
            name += 1
            last = str(name)
            out[at] = replace(block, kind="note", label=last)
            call = waiting[0]
            calls[blocks[call.block].rows[call.row].page, sign].remove(call)
            caller = out[call.block]
            mark = Call(call.row, call.start, call.stop, last)
            out[call.block] = replace(caller, calls=(*caller.calls, mark))
        elif last and not sign and _goes_on(block, out[at - 1], layout):
            out[at] = replace(block, kind="note", label=last)
        else:
            last = ""
    return out


def _calls(blocks: Sequence[Block]) -> Iterator[_Sign]:
    for at, block in enumerate(blocks):
        for number, row in enumerate(block.rows):
            for piece, start in _placed(row):
                text = piece.text.strip()
                high = (piece.base - row.base) / row.style.size
                small = piece.style.size / row.style.size < RAISED
                if (
                    high > (LIFTED if small else HIGH)
                    and _SIGN.fullmatch(text)
                    and (start or number)
                ):
                    begin = start + piece.text.index(text)
                    yield _Sign(at, number, begin, begin + len(text), text)


def _placed(row: Row) -> Iterator[tuple[Piece, int]]:
    """Yield the pieces of a row and where each begins in its text."""
    out = ""
    for piece in row.pieces:
        out += " " * (piece.blank and bool(out) and not out.endswith(" "))
        yield piece, len(out)
        out += piece.text


def _foot_sign(
    at: int, blocks: Sequence[Block], calls: Mapping[tuple[int, str], Sequence[_Sign]]
) -> str:
    """Return the sign of a note as large as the text: it ends its page, with no more than others.

    A list may begin with a number that a note has as well.
    """
    page = blocks[at].page
    below = takewhile(lambda block: block.page == page, blocks[at:])
    signs = [match["sign"] if (match := BEGINS.match(one.text)) else "" for one in below]
    return signs[0] if all(calls.get((page, sign)) for sign in signs) else ""


def _sign(block: Block, layout: Layout) -> str:
    """Return the sign that a note begins with; "" for what cannot be a note."""
    match = BEGINS.match(block.text)
    if not match:
        return ""
    first = block.rows[0]
    small = _main(block) <= SMALL * layout.body.size
    raised = first.pieces[0].style.size < RAISED * _main(block) or bool(
        match["sign"].strip("0123456789")
    )
    return match["sign"] if small or raised else ""


def _main(block: Block) -> float:
    """Return the size of a block's letters, its first piece apart."""
    pieces = [piece for row in block.rows for piece in row.pieces][1:] or block.rows[0].pieces
    return max(pieces, key=lambda one: len(one.text)).style.size


def _goes_on(block: Block, before: Block, layout: Layout) -> bool:
    """Tell whether a block is a further paragraph of the note before it."""
    small = block.style.size <= SMALL * layout.body.size
    near = block.page == before.page and before.rows[-1].base > block.rows[0].base
    return small and near and abs(block.style.size - before.style.size) < 0.2
