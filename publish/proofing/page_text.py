"""A page of a marked PDF: its set lines, and the characters of the manuscript on them.

In: the lines and the pictures that a map has of a page, the runs of text that they show, and the
characters that are on the page. Out: `PageText`, which ties the characters to the runs. Lengths in
pt of user space.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct, field

from publish.proof.map import ProofMap, Run, SetLine, SetPicture
from publish.proofing.annotations import Area
from publish.proofing.direction import in_order
from publish.proofing.glyphs import TALL, Glyph
from publish.proofing.register import Register

HANG = 6.0
"""So far, in pt, may a character hang out of its line."""
_ALIKE = 0.7
"""So much of a line must be on the page for the line to be there."""


class Spot(Struct, frozen=True):
    """A character of a run where it stands on the page, in pt."""

    run: int
    index: int
    left: float
    right: float

    @property
    def middle(self) -> float:
        """Return where its middle stands across."""
        return (self.left + self.right) / 2


class Found(Struct, frozen=True):
    """A stretch of a run, from one character to another; none at all for a place between two.

    `rest` is what of it comes next, in this run or in those after it; `gapped` tells that words
    between are not of it, or that others are that stand elsewhere. `halved` tells whether of its
    first and of its last word but the half on one page is marked, the other being overleaf.
    """

    run: int
    start: int
    end: int
    rest: tuple[Found, ...] = ()
    gapped: bool = False
    halved: tuple[bool, bool] = (False, False)

    @property
    def parts(self) -> tuple[Found, ...]:
        """Return its stretches in their order."""
        return (self, *self.rest)


class PageText(Struct):
    """The lines of a page and the characters on it; a line is read when a mark stands on it."""

    known: ProofMap
    register: Register
    glyphs: Sequence[Glyph]
    _read: dict[int, list[Spot]] = field(default_factory=dict)

    @property
    def lines(self) -> Sequence[SetLine]:
        """Return its lines."""
        return self.known.pages[self.register.page]

    @property
    def pictures(self) -> Sequence[SetPicture]:
        """Return its pictures."""
        return self.known.pictures_of(self.register.page)

    @property
    def runs(self) -> Sequence[Run]:
        """Return the runs of text that its lines are of."""
        return self.known.runs

    def area(self, one: SetLine | SetPicture) -> Area:
        """Return where a line or a picture stands in the user space of the page."""
        scale = self.register.scale
        left, head = self.register.left + scale * one.left, self.register.head - scale * one.top
        return left, head - scale * one.height, left + scale * one.width, head

    def spots(self, line: SetLine) -> list[Spot]:
        """Return the characters of a line that are of the manuscript, from left to right."""
        if id(line) not in self._read:
            self._read[id(line)] = sorted(self._aligned(line), key=lambda one: one.middle)
        return self._read[id(line)]

    def is_strange(self, across: float, up: float) -> bool:
        """Tell whether a character stands at a point that is of no line with a place."""
        tall = TALL * max((line.height for line in self.lines), default=0.0)
        there = [
            one
            for one in self.glyphs
            if one.left <= across <= one.right and one.head - one.foot < tall
        ]
        if not any(one.foot <= up <= one.head and one.char.isalnum() for one in there):
            return False
        return not any(
            spot.left <= across <= spot.right
            for line in self.lines
            for _, foot, _, head in (self.area(line),)
            if line.pieces and foot <= up <= head
            for spot in self.spots(line)
        )

    def _aligned(self, line: SetLine) -> Iterator[Spot]:
        """Tie what stands on a line to what should: numbers, hyphens and the like are added."""
        left, foot, right, head = self.area(line)
        there = [
            one
            for one in self.glyphs
            if left - HANG <= one.middle <= right + HANG
            and foot <= (one.foot + one.head) / 2 <= head
        ]
        wanted = [
            (piece.run, at, char)
            for piece in line.pieces
            for at, char in enumerate(
                self.runs[piece.run].text[piece.start : piece.end], piece.start
            )
            if not char.isspace() and char not in "\u00ad\u200b\u2060\ufeff"
        ]
        said = [one[2].lower().replace("\u2010", "-") for one in wanted]
        visual = sorted(there, key=lambda one: one.middle)
        orders = (in_order(visual, lambda one: one.char, way) for way in (False, True))
        best: list[Spot] = []
        for order in (there, *orders):
            matcher = SequenceMatcher(None, said, [one.char.lower() for one in order], False)
            spots = [
                Spot(*wanted[a + at][:2], order[b + at].left, order[b + at].right)
                for a, b, size in matcher.get_matching_blocks()
                for at in range(size)
            ]
            best = max(best, spots, key=len)
            if len(best) == len(wanted):
                break
        # A line of which the page has other words is no line of this page.
        if len(best) >= _ALIKE * len(wanted):
            yield from best
