"""What stands between two blocks of the running text: white, and the headings under it. In px."""

from __future__ import annotations

import math

from msgspec import Struct

_HAIR = 0.02

Path = tuple[int, ...]
"""The way to a box from the root, by the numbers of the boxes that hold it."""


class White(Struct):
    """White, headings, and the margin below them; `start` is where the first of the headings is.

    Below a picture that may stand elsewhere, `before` is the margin above that, and `away` how much
    less white there is without it.
    """

    lead: float = 0.0
    head: float = 0.0
    margin: float = 0.0
    start: Path = ()
    before: float | None = None
    away: float = 0.0

    def add(self, above: float, height: float = 0.0, below: float = 0.0) -> None:
        """Add a heading, or (without height) what a paragraph has above it."""
        margin = max(self.margin, above)
        if self.before is not None:
            self.away, self.before = margin - max(self.before, above), None
        if self.head:
            self.head += margin
        else:
            self.lead += margin
        self.head, self.margin = self.head + height, below

    def lines(self, line: float) -> tuple[float, int]:
        """Return the lines of white, and of headings up to the next line of the grid."""
        head = math.ceil(self.head / line - _HAIR)
        return max(round((self.lead + self.head) / line - head, 3), 0), head
