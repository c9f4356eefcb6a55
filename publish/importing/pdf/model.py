"""The frozen data of a page that is read: pieces of text, rows, pictures.

In: nothing. Out: `Piece` (text of one style on one baseline), `Row` (pieces that make a line of a
column), `Image` (a picture's place), `Page`. Lengths are points, measured from the foot and the
left-hand side of the page as it is seen (turned as its /Rotate says).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from msgspec import Struct

Box = tuple[float, float, float, float]
"""Left, foot, right, head."""


RAISED = 0.85
"""What is set smaller than this part of its line is the call of a note."""


class Style(Struct, frozen=True):
    """How text is set: size in points, family (a font's name without its weight), weight, slope."""

    size: float = 0
    family: str = ""
    bold: bool = False
    italic: bool = False
    caps: bool = False


class Piece(Struct, frozen=True):
    """Text of one style on one baseline; `tag` numbers its marked content (-1: in none).

    `blank`: a blank stands before it. `outside`: it lies beyond the edges of the trimmed page.
    `turned`: it does not run from left to right.
    """

    text: str
    box: Box
    base: float
    style: Style
    tag: int = -1
    blank: bool = False
    url: str = ""
    language: str = ""
    outside: bool = False
    turned: bool = False

    @property
    def left(self) -> float:
        """Return the left-hand side."""
        return self.box[0]

    @property
    def right(self) -> float:
        """Return the right-hand side."""
        return self.box[2]


@dataclass(frozen=True)
class Row:
    """Pieces that make one line, in reading order; `column` numbers its column on the page.

    `left` is where the line begins: beside an initial, where that begins. `edge` is the right-hand
    side of its column.
    """

    page: int
    pieces: tuple[Piece, ...]
    column: int = 0
    left: float = 0
    edge: float = 0
    start: float = 0

    @cached_property
    def text(self) -> str:
        """Return its text, with a blank wherever one is seen."""
        out = ""
        for piece in self.pieces:
            out += " " * (piece.blank and bool(out) and not out.endswith(" ")) + piece.text
        return out

    @cached_property
    def said(self) -> str:
        """Return its text without the calls of notes that it ends in, hyphens as they are typed."""
        text = self.text.replace("\u2010", "-")
        for piece in reversed(self.pieces):
            small = piece.style.size < RAISED * self.style.size
            if not small or any(char.isalpha() for char in piece.text):
                break
            text = text.removesuffix(piece.text).rstrip()
        return text

    @cached_property
    def style(self) -> Style:
        """Return the style that most of its letters have."""
        count: Counter[Style] = Counter()
        for piece in self.pieces:
            count[piece.style] += len(piece.text.strip())
        return count.most_common(1)[0][0]

    @cached_property
    def base(self) -> float:
        """Return the baseline of most of its letters."""
        return max(self.pieces, key=lambda one: (one.style == self.style, len(one.text))).base

    @cached_property
    def box(self) -> Box:
        """Return the box around all of it."""
        return around(piece.box for piece in self.pieces)

    @property
    def right(self) -> float:
        """Return the right-hand side."""
        return self.box[2]


class Image(Struct, frozen=True):
    """A picture on a page, by its id; `tag` as in `Piece`, `drawn` by how many paths (0: none)."""

    page: int
    box: Box
    picture: str
    tag: int = -1
    drawn: int = 0


class Page(Struct, frozen=True):
    """A page as it is seen: its size and what stands on it."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    images: tuple[Image, ...] = ()


def around(boxes: Iterable[Box]) -> Box:
    """Return the box around boxes."""
    left, foot, right, head = zip(*boxes, strict=True)
    return min(left), min(foot), max(right), max(head)
