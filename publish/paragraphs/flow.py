"""What pages are made up of: blocks with the ways to set them, pages, and where these end.

Pure data, in lines, and what it costs to end a page so (see `pagination`).
"""

from __future__ import annotations

import math
from typing import NamedTuple

from msgspec import Struct

SHORT = 1e10
"""Demerits of each line that a page ends short."""
WIDOW = 1e11
"""Of a page that begins with one line of a paragraph: no page is made full by that."""
ALONE = 1e13
"""Of headings at the foot of a column without their text: no columns are made level by that."""
_HOLE = 3
"""Lines that a page is short of where it is seen at once: still more of them make it no worse.

Else all paragraphs before a picture would be stretched to have the hole above it a line smaller.
"""
LEAF = 1e9
"""Of a leaf that is turned within a word."""
DIVIDED = 1e8
"""Of a page that ends within a word, with the next one beside it; in columns that is far off."""
PARTED = 1e7
"""Of a column that ends within a word, with the next one of its page beside it."""
LOWER = 4e7
"""Of a page whose columns all end a line above its foot, so that none of them ends alone."""
UNLIKE = 4e8
"""Of facing pages of which one does."""
LEAST_TEXT = 5
"""Lines of text that stand on a page with pictures at the least."""
OVER = 0.15
"""A line may begin so much of a line higher than what is above it ends, to stand on the grid."""


class Setting(Struct, frozen=True):
    """A paragraph set in so many lines, and what it costs; `divided` lines end in a hyphen.

    `notes` are those that it calls: the line that does, from 1, and the height of each in lines.
    `demerits` are those of its lines; what it costs holds more against some of them.
    What is no text may be of parts of a line.
    """

    lines: float
    cost: float
    divided: frozenset[int] = frozenset()
    notes: tuple[tuple[int, float], ...] = ()
    demerits: float = 0.0

    def height_of_notes(self, after: float, upto: float) -> float:
        """Return how high the notes are that are called after a line, and up to another."""
        return sum(height for line, height in self.notes if after < line <= upto)


class Floated(NamedTuple):
    """A picture that floats to the head or the foot of a page: its height in lines."""

    height: float
    head: bool


class Block(Struct, frozen=True):
    """What stands as one in the flow: a paragraph, with the headings that are kept with it.

    `lead` is the white above it, in lines, which falls away at the head of a page; `head` the lines
    of its headings. Where `whole` it is never parted, where `begun` it goes on from the
    page before. What is `loose` stands where what is above it ends, and not on a line of the grid.
    `floats` are pictures between it and the block before, which stand on the page after that one.
    What `waits` comes first in the next column where this one has no room for it, and text flows on
    (a picture). Then what comes after it has so much less white: `away`. In columns what is whole
    needs the white `below` it also at their foot, and at their head it is so much higher: `more`.
    """

    settings: tuple[Setting, ...]
    lead: float = 0
    head: int = 0
    whole: bool = False
    begun: bool = False
    loose: bool = False
    floats: tuple[Floated, ...] = ()
    waits: bool = False
    below: float = 0.0
    away: float = 0.0
    more: float = 0.0

    def top(self, used: float, gone: bool = False) -> float:
        """Return where it begins on a page that has so many lines: below its headings.

        `gone` tells that the picture before it stands elsewhere.
        """
        if not used:
            return self.head
        top = used + self.lead - (self.away if gone else 0.0)
        return (top if self.loose else math.ceil(top - OVER)) + self.head


class Turn(Struct, frozen=True):
    """Where a page, or a column, ends: after so many `lines` of a block (0: before it).

    It is `short` of its foot by so many.

    `divided` where that is within a word.
    """

    block: int
    lines: int
    short: int
    divided: bool = False


class MakeUp(Struct, frozen=True):
    """The setting that is chosen for each block, where pages end, and what it costs in all.

    `few` are the lines with which a chapter ends on a page, where they are too few. In columns
    there is a turn for each, and `depths` are the lines that those of each page have; where it is
    `level` those of the last page end on the same line, as far as that can be.
    """

    chosen: tuple[int, ...]
    turns: tuple[Turn, ...]
    demerits: float
    few: int = 0
    depths: tuple[int, ...] = ()
    level: bool = False


class Flow(Struct, frozen=True):
    """What is made up: blocks, and the pages that they go to.

    `depths` are the lines that each page has, the last one of all that follow; the first of them
    has `used` lines above the blocks, notes as high as `noted` that are not theirs, and is a
    `recto` or not. Above its notes a page has white and a `rule`, in lines. Where the chapter
    `ends` with the blocks, its last page may be short, but not all but empty. Pages may have
    `columns`, each as deep as its page leaves them all; they are counted on from page to page, and
    in one column are the pages themselves. Those of one page that are to be `level` may end a line
    apart. A first block that is `kept` stays with the headings above it.
    """

    blocks: tuple[Block, ...]
    depths: tuple[int, ...]
    used: int
    recto: bool
    ends: bool
    rule: float = 0.0
    noted: float = 0.0
    columns: int = 1
    level: bool = False
    kept: bool = False

    def depth(self, column: int) -> int:
        """Return the lines that the page of a column has."""
        return self.depths[min(column // self.columns, len(self.depths) - 1)]

    def room(self, column: int, noted: float) -> float:
        """Return the lines that a page has above its notes."""
        return self.depth(column) - (self.rule + noted if noted else 0.0)

    def cost(self, turn: Turn, column: int) -> float:
        """Return what it costs to end a column so."""
        page, beside = divmod(column + 1, self.columns)
        leaf = self.recto == (page % 2 == 1) or self.columns > 1
        within = (PARTED if beside else LEAF if leaf else DIVIDED) if turn.divided else 0.0
        if self.level and turn.short == 1:
            return LOWER + within
        return SHORT * min(max(turn.short, 0), _HOLE) + within

    def left(self, page: int, lines: int, before: int) -> float:
        """Return what it costs that columns of a page leave lines free; the page before it some."""
        if lines < 0:
            return WIDOW  # A note has no room.
        faces = page and self.recto == (page % 2 == 0)
        unlike = UNLIKE if faces and lines != before else 0.0
        return LOWER * min(lines, 1) + SHORT * min(max(lines - 1, 0), _HOLE) + unlike
