"""What pages are made up of: blocks with the ways to set them, pages, and where these end.

Pure data, in lines, and what it costs to end a page so (see `pagination`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

SHORT = 1e10
"""Demerits of each line that a page ends short."""
WIDOW = 1e11
"""Of a page that begins with one line of a paragraph: no page is made full by that."""
_HOLE = 3
"""Lines that a page is short of where it is seen at once: still more of them make it no worse.

Else all paragraphs before a picture would be stretched to have the hole above it a line smaller.
"""
LEAF = 1e9
"""Of a leaf that is turned within a word."""
DIVIDED = 1e8
"""Of a page that ends within a word, with the next one beside it."""
LEAST_TEXT = 5
"""Lines of text that stand on a page with pictures at the least."""
OVER = 0.15
"""A line may begin so much of a line higher than what is above it ends, to stand on the grid."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph set in so many lines, and what it costs; `divided` lines end in a hyphen.

    `notes` are those that it calls: the line that does, from 1, and the height of each in lines.
    What is no text may be of parts of a line.
    """

    lines: float
    cost: float
    divided: frozenset[int] = frozenset()
    notes: tuple[tuple[int, float], ...] = ()

    def height_of_notes(self, after: float, upto: float) -> float:
        """Return how high the notes are that are called after a line, and up to another."""
        return sum(height for line, height in self.notes if after < line <= upto)


class Floated(NamedTuple):
    """A picture that floats to the head or the foot of a page: its height in lines."""

    height: float
    head: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What stands as one in the flow: a paragraph, with the headings that are kept with it.

    `lead` is the white above it, in lines, which falls away at the head of a page; `head` the lines
    of its headings. Where `whole` it is never parted, where `begun` it goes on from the
    page before. What is `loose` stands where what is above it ends, and not on a line of the grid.
    `floats` are pictures between it and the block before, which stand on the page after that one.
    """

    settings: tuple[Setting, ...]
    lead: float = 0
    head: int = 0
    whole: bool = False
    begun: bool = False
    loose: bool = False
    floats: tuple[Floated, ...] = ()

    def top(self, used: float) -> float:
        """Return where it begins on a page that has so many lines: below its headings."""
        if not used:
            return self.head
        top = used + self.lead
        return (top if self.loose else math.ceil(top - OVER)) + self.head


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page ends: after so many `lines` of a block (0: before it), `short` of its foot.

    `divided` where that is within a word.
    """

    block: int
    lines: int
    short: int
    divided: bool = False


@dataclass(frozen=True, slots=True)
class MakeUp:
    """The setting that is chosen for each block, where pages end, and what it costs in all.

    `few` are the lines with which a chapter ends on a page, where they are too few.
    """

    chosen: tuple[int, ...]
    turns: tuple[Turn, ...]
    demerits: float
    few: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """What is made up: blocks, and the pages that they go to.

    `depths` are the lines that each page has, the last one of all that follow; the first of them
    has `used` lines above the blocks, notes as high as `noted` that are not theirs, and is a
    `recto` or not. Above its notes a page has white and a `rule`, in lines. Where the chapter
    `ends` with the blocks, its last page may be short, but not all but empty.
    """

    blocks: tuple[Block, ...]
    depths: tuple[int, ...]
    used: int
    recto: bool
    ends: bool
    rule: float = 0.0
    noted: float = 0.0

    def depth(self, page: int) -> int:
        """Return the lines that a page has."""
        return self.depths[min(page, len(self.depths) - 1)]

    def room(self, page: int, noted: float) -> float:
        """Return the lines that a page has above its notes."""
        return self.depth(page) - (self.rule + noted if noted else 0.0)

    def cost(self, turn: Turn, page: int) -> float:
        """Return what it costs to end a page so."""
        leaf = self.recto == (page % 2 == 0)
        within = (LEAF if leaf else DIVIDED) if turn.divided else 0.0
        return SHORT * min(max(turn.short, 0), _HOLE) + within
