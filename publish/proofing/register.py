"""Which page of a map a page of a PDF is, and where on it the trim stands: told by its words.

In: the characters of a page, and a `ProofMap`. Out: its `Register`. A reviewer's program may leave
pages out or put others in, and a PDF printed anew has its pages moved or scaled: neither a page's
number nor its boxes are believed before its lines have been found on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import linear_regression, median

from msgspec import Struct, field

from publish.proof.map import ProofMap, SetLine, SetPiece
from publish.proofing.annotations import Area
from publish.proofing.direction import is_leftward
from publish.proofing.glyphs import Glyph

_LONG = 8
"""Texts of fewer letters stand on many pages."""
_ALIKE = 0.5
"""So much of the letters of a page must be there for it to be this page."""
_OFF, _INDENT, _FAR = 5.0, 20.0, 100.0
"""In pt: so far up or aside may most lines stand from where the boxes have them, for these to be
right; and so far apart must lines be to tell a scale."""


class Register(Struct, frozen=True):
    """The page of the map, from 0; its trim's upper left corner in pt of user space; its scale."""

    page: int
    left: float
    head: float
    scale: float = 1.0


class Registering(Struct):
    """Finds the pages of a PDF in a map."""

    known: ProofMap
    _texts: dict[int, list[tuple[SetLine, SetPiece, str]]] = field(default_factory=dict)

    def register(self, number: int, glyphs: Sequence[Glyph], trim: Area) -> Register | None:
        """Return which page the one with a number is; None where its words do not tell that."""
        letters = [one for one in glyphs if one.char.isalnum()]
        solid = "".join(one.char.lower()[:1] for one in letters)
        alike = self._alike(number, solid)
        return self._placed(alike[0], solid, letters, trim) if len(alike) == 1 else None

    def may_be(self, page: int, glyphs: Sequence[Glyph]) -> bool:
        """Tell whether nothing speaks against a page of the map: it has no words, or these too."""
        if not 0 <= page < len(self.known.pages):
            return False
        solid = "".join(one.char.lower()[:1] for one in glyphs if one.char.isalnum())
        return not self._texts_of(page) or self._score(page, solid) >= _ALIKE

    def _alike(self, number: int, solid: str) -> list[int]:
        """Return the pages that have these words, first of all the one with the same number.

        Two pages with a picture each may have but the same running head.
        """
        if number < len(self.known.pages) and self._score(number, solid) >= _ALIKE:
            runs = self.known.runs
            if any(not runs[piece.run].repeated for _, piece, _ in self._texts_of(number)):
                return [number]
        scores = {one: self._score(one, solid) for one in range(len(self.known.pages))}
        best = max(scores.values(), default=0.0)
        return [one for one, score in scores.items() if score == best >= _ALIKE]

    def _texts_of(self, page: int) -> list[tuple[SetLine, SetPiece, str]]:
        """Return the texts by which one knows a page, each with its line: long ones of its own.

        Between two texts on a line may stand what is none of the manuscript: the call of a note.
        """
        if page not in self._texts:
            found = [
                (line, piece, text)
                for line in self.known.pages[page]
                for piece in line.pieces
                if len(text := self._letters(piece)) >= _LONG
            ]
            own = [one for one in found if not self.known.runs[one[1].run].repeated]
            self._texts[page] = own or found
        return self._texts[page]

    def _letters(self, piece: SetPiece) -> str:
        text = self.known.runs[piece.run].text[piece.start : piece.end]
        return "".join(char.lower()[:1] for char in text if char.isalnum())

    def _score(self, page: int, solid: str) -> float:
        lines = self._texts_of(page)
        whole = sum(len(text) for *_, text in lines)
        return sum(len(text) for *_, text in lines if text in solid) / whole if whole else 0.0

    def _placed(self, page: int, solid: str, letters: Sequence[Glyph], trim: Area) -> Register:
        """Return where the trim stands: as the boxes have it, unless the lines stand elsewhere."""
        anchors = [
            (line, piece, letters[solid.find(text)])
            for line, piece, text in self._texts_of(page)
            if solid.count(text) == 1
        ]
        if not anchors:
            return Register(page, trim[0], trim[3])
        heights = [
            (line.top + line.height / 2, (one.foot + one.head) / 2) for line, _, one in anchors
        ]
        sides = [
            _begins(line, one, is_leftward(self.known.runs[piece.run].text))
            for line, piece, one in anchors
            if piece is line.pieces[0] and not self.known.runs[piece.run].repeated
        ]
        up = median(abs(trim[3] - depth - at) for depth, at in heights)
        aside = median(abs(trim[0] + left - at) for left, at in sides) if sides else 0.0
        if up < _OFF and aside < _INDENT:
            return Register(page, trim[0], trim[3])
        depths = [depth for depth, _ in heights]
        far = len(heights) > 1 and max(depths) - min(depths) > _FAR
        scale = -linear_regression(*zip(*heights, strict=True)).slope if far else 1.0
        head = median(at + scale * depth for depth, at in heights)
        left = median(at - scale * left for left, at in sides) if sides else trim[0]
        return Register(page, left, head, scale)


def _begins(line: SetLine, first: Glyph, leftward: bool) -> tuple[float, float]:
    """Return where a line begins in the map, and on the page: at the right where it runs left."""
    return (line.left + line.width, first.right) if leftward else (line.left, first.left)
