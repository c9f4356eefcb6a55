"""A piece of text in one style → boxes, glue and penalties.

In: a piece without blanks, and a function that measures text as it will be drawn. Out: its items,
made once for each style and piece: where it may be broken, what hangs into the margins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct, field

from publish.paragraphs.breakpoints import Box, Glue, Item, Penalty
from publish.paragraphs.hyphenation import Hyphenation, Point, points

_AFTER = re.compile(r"[^\w\s]|[\u2e80-\U0010ffff]")
"""Characters after which a line may end within a word."""
HYPHENS = "-\u2010"
_SOFT = "\u00ad"
_STRETCH, _SHRINK = 1 / 2, 1 / 3
"""The share of a blank's width by which it may grow and shrink, as in TeX for OpenType fonts."""
HANGING = {
    **dict.fromkeys("-\u2010\u00ad", (0.0, 0.5)),
    **dict.fromkeys(".,", (0.0, 0.6)),
    **dict.fromkeys(";:", (0.0, 0.3)),
    **dict.fromkeys("!?", (0.0, 0.15)),
    **dict.fromkeys("‘’“”", (0.45, 0.45)),
    **dict.fromkeys("„‚", (0.45, 0.0)),
    **dict.fromkeys("«»‹›", (0.25, 0.25)),
    **dict.fromkeys("–—", (0.2, 0.25)),
    **dict.fromkeys("()", (0.1, 0.1)),
    **dict.fromkeys("AV", (0.05, 0.05)),
    **dict.fromkeys("TY", (0.07, 0.07)),
    "W": (0.01, 0.01),
}
"""The shares of a character's width that hang out at the left and right of a line.

Of letters half of what their outline on the average stands further in than that of an H: measured
in the book's faces, which differ little in it.
"""


class Costs(Struct, frozen=True):
    """What it costs to end a line in the midst of a word.

    `hyphen` at a hyphen that is added, as a rule; `seam` between the parts of a compound, `within`
    in one of them; `edge` with a letter less on a side of it than is wished; `dash` at a hyphen of
    its own.
    """

    hyphen: float = 50.0
    seam: float = 35.0
    within: float = 75.0
    edge: float = 150.0
    dash: float = 35.0

    def of(self, point: Point) -> float:
        """Return what a break costs at which a hyphen is added."""
        if point.edge:
            return self.edge
        return self.seam if point.seam else self.within if point.within else self.hyphen


Set: TypeAlias = tuple[tuple[Item, ...], tuple[Point, ...]]
"""A piece of text without blanks as items, and its breaks that change the spelling."""


class Type(Struct, frozen=True):
    """How one style sets text: `width` measures a piece of it in px.

    `breaks` tells for each character of a piece whether a line may end before it.
    """

    width: Callable[[str], float]
    breaks: Callable[[str], Sequence[bool]]
    language: str
    hyphens: str
    sign: str
    wraps: bool
    hanging: bool
    hyphenation: Hyphenation
    costs: Costs
    known: dict[tuple[str, bool], Set] = field(default_factory=dict)
    blanks: dict[int, Glue] = field(default_factory=dict)

    def blank(self, length: int) -> Glue:
        """Return so many blanks."""
        if length not in self.blanks:
            width = self.width(" ") * length
            self.blanks[length] = Glue(width, width * _STRETCH, width * _SHRINK, length)
        return self.blanks[length]

    def set(self, piece: str, whole: bool) -> Set:
        """Return a piece of text as items; `whole` where no hyphen may be added to it."""
        found = self.known.get((piece, whole))
        if found is None:
            found = self.known[piece, whole] = self._set(piece, whole)
        return found

    def _set(self, piece: str, whole: bool) -> Set:
        penalties = {} if not self.wraps else self._dashes(piece)
        spelled = [] if whole or not self.wraps else self._points(piece)
        for point in spelled:
            penalties[point.at] = self._hyphen(piece, point)
        items: list[Item] = []
        before, width = 0, 0.0
        for at in (*sorted(penalties), len(piece)):
            reached = self.width(piece[:at])
            hangs = (self.hang(piece[before], 0), self.hang(piece[at - 1], 1))
            items.append(Box(reached - width, at - before, *hangs))
            if at < len(piece):
                items.append(penalties[at])
            before, width = at, reached
        return tuple(items), tuple(one for one in spelled if one.cut or one.tail or one.first)

    def _points(self, piece: str) -> list[Point]:
        """Return where a hyphen may be added; soft hyphens come in the place of all others."""
        if self.hyphens == "none":
            return []
        if _SOFT in piece:
            return [Point(one.end()) for one in re.finditer(_SOFT, piece[:-1]) if one.start()]
        return points(piece, self.language, self.hyphenation) if self.hyphens == "auto" else []

    def _hyphen(self, piece: str, point: Point) -> Penalty:
        before = piece[max(point.at - point.cut - 1, 0) : point.at]
        after = piece[max(point.at - point.cut - 1, 0) : point.at - point.cut] + point.tail
        added = self.width(after + self.sign) - self.width(before)
        cost = self.costs.of(point)
        return Penalty(cost, added, flagged=True, sign=True, right=self.hang(self.sign[-1:], 1))

    def _dashes(self, piece: str) -> dict[int, Penalty]:
        """Return where a line may end within a piece without a hyphen being added."""
        if piece.isascii() and piece.isalpha():
            return {}
        ends = [one.end() for one in _AFTER.finditer(piece[:-1]) if one[0] != _SOFT]
        allowed = self.breaks(piece) if ends else ()
        dash = Penalty(self.costs.dash, flagged=True)
        return {at: dash if piece[at - 1] in HYPHENS else _FREE for at in ends if allowed[at]}

    def hang(self, char: str, side: int) -> float:
        """Return how far a character at the edge of a line hangs out, at the left (0) or right."""
        share = HANGING.get(char) if self.hanging else None
        return share[side] * self.width(char) if share and share[side] else 0.0


_FREE = Penalty(0.0)
