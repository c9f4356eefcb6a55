"""Rows → blocks: what is set as one paragraph, heading or caption within one column.

In: rows in reading order and the layout. Out: `Block`s. A change of style, white above, an indent,
an item's mark or room left on the line above begins a new one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publish.importing.languages import Language
from publish.importing.model import Kind
from publish.importing.pdf.model import Box, Row, Style, around
from publish.importing.pdf.settling import Layout
from publish.importing.sentences import ends_in_hyphen, ends_sentence, starts_great

WHITE = 1.18
"""A step of so many leadings has white in it."""
ITEM = re.compile(
    r"(?P<bullet>[•▪‣◦●■□➢✓])\s*(?=\S)|(?P<dash>[–-])\s+(?=\S)|(?P<number>\d{1,3})[.)]\s+(?=\S)"
)
"""What an item of a list begins with."""


class Call(Struct, frozen=True):
    """A note's call: the row of the block, the columns of the row's text, the note's name."""

    row: int
    start: int
    stop: int
    name: str


class Block(Struct, frozen=True):
    """Rows that belong together, and what they are; the other fields are those of `Facts`."""

    rows: tuple[Row, ...]
    kind: Kind = "body"
    level: int = 0
    label: str = ""
    picture: str = ""
    dropped: str = ""
    joined: bool = False
    calls: tuple[Call, ...] = ()

    @property
    def page(self) -> int:
        """Return the page that it begins on."""
        return self.rows[0].page if self.rows else -1

    @property
    def text(self) -> str:
        """Return its text, words that a line cuts whole, without the calls that end a line."""
        out = ""
        for row in self.rows:
            cut = ends_in_hyphen(out) and row.said[:1].islower()
            out = out[:-1] + row.said if cut else f"{out} {row.said}".strip()
        return out

    @property
    def style(self) -> Style:
        """Return the style that most of it is set in."""
        count: Counter[Style] = Counter()
        for row in self.rows:
            for piece in row.pieces:
                count[piece.style] += len(piece.text)
        return count.most_common(1)[0][0]

    @property
    def box(self) -> Box:
        """Return the box around it on its first page."""
        return around(row.box for row in self.rows if row.page == self.page)


def blocks_of(rows: Sequence[Row], layout: Layout, language: Language) -> list[Block]:
    """Return the blocks of all columns."""
    out: list[Block] = []
    for column in _columns(rows):
        start, edge = _sides(column, layout)
        held: list[Row] = []
        for row in column:
            if held and _begins(held, row, start, edge, layout, language):
                out.append(Block(tuple(held)))
                held = []
            held.append(row)
        out.append(Block(tuple(held)))
    return out


def _columns(rows: Sequence[Row]) -> Iterator[list[Row]]:
    held: list[Row] = []
    for row in rows:
        if held and (row.page, row.column) != (held[-1].page, held[-1].column):
            yield held
            held = []
        held.append(row)
    if held:
        yield held


def _sides(column: Sequence[Row], layout: Layout) -> tuple[float, float]:
    """Return where most lines of a column begin, and where its full lines end."""
    lefts = Counter(round(row.left) for row in column)
    most = max(lefts.values())
    start = min(left for left, count in lefts.items() if count >= 0.5 * most)
    right = max(row.right for row in column)
    # A few lines do not show how wide their column is.
    return start, max(right, start + layout.measure) if len(column) < 4 else right


def room_after(a: Row, b: Row, edge: float) -> bool:
    """Tell whether the first word of a row would have fitted at the end of the one above."""
    first = b.text.split(" ", 1)[0]
    width = (b.right - b.box[0]) * len(first) / max(len(b.text), 1)
    return edge - a.right > width + 0.55 * a.style.size


def same_style(a: Row, b: Row) -> bool:
    """Tell whether two rows may stand in one paragraph."""
    if (a.style.size, a.style.family) != (b.style.size, b.style.family):
        return False
    uniform = len({one.style for one in a.pieces}) == 1 == len({one.style for one in b.pieces})
    return not uniform or a.pieces[-1].style == b.pieces[0].style


def _begins(
    held: Sequence[Row], b: Row, start: float, edge: float, layout: Layout, language: Language
) -> bool:
    """Tell whether a row begins a block, the rows before it being `held`."""
    a = held[-1]
    if not same_style(a, b):
        return True
    if a.base - b.base > WHITE * layout.leading(a.style):
        return True
    if ends_in_hyphen(a.said) and b.text[:1].islower():
        return False
    if ITEM.match(b.text) and (b.left > start + 2 or ITEM.match(held[0].text)):
        return True
    inward, before = b.left - start, a.left - start
    within = b.left < start + 0.5 * (edge - start)
    if within and inward > 0.5 * b.style.size and before < inward - 0.4 * b.style.size:
        # Lines below an item's first stand where its text does.
        return not (len(held) == 1 and ITEM.match(held[0].text))
    ended = ends_sentence(a.said, language)
    short = a.right - a.left < 0.7 * (edge - start)
    return room_after(a, b, edge) and starts_great(b.text) and (ended or short)
