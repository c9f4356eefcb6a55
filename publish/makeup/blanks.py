"""Where the blanks between the words of a set line stand.

In: the box of a line. Out: for each blank its left and right side, in px. The engine tells how wide
a text came out and what justifying added to each blank, but not where its words stand: they are
found by the advances of the letters in the font, brought to the width that the text has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO

from publish.engine.boxes import Box
from publish.fonts.files import FACES

_BLANKS = " \u00a0"
_USUAL = 0.5
"""In em: a letter that no face of the book's own has."""


def blanks(line: Box) -> Iterator[tuple[float, float]]:
    """Yield the sides of each blank, those that a line ends or begins with left out."""
    found = [one for text in texts(line) for one in _within(text)]
    edges = line.left, line.left + line.width
    for left, right in found:
        if left > edges[0] and right < edges[1]:
            yield left, right


def texts(box: Box) -> Iterator[Box]:
    """Yield the texts of a line in their order."""
    for child in box.children:
        if child.kind == "text":
            yield child
        elif child.kind in ("inline", "line"):
            yield from texts(child)


def _within(text: Box) -> Iterator[tuple[float, float]]:
    said = text.text
    if not any(blank in said for blank in _BLANKS):
        return
    known, size, gap = _advances(*text.face), text.size, text.gap * text.scale
    widths = [known.get(char, _USUAL) * size for char in said]
    added = gap * sum(char in _BLANKS for char in said)
    share = (text.width - added) / (sum(widths) or 1.0)
    at = text.left
    for char, width in zip(said, widths, strict=True):
        end = at + width * share + (gap if char in _BLANKS else 0.0)
        if char in _BLANKS:
            yield at, end
        at = end


@cache
def _advances(family: str, weight: int, style: str) -> Mapping[str, float]:
    """Return the advance of each character of a face in em; of none for a face not the book's."""
    from fontTools.ttLib import TTFont

    faces = [one for one in FACES if one.family == family and one.style == style]
    if not faces:
        return {}
    face = min(faces, key=lambda one: abs(one.weight - weight))
    font = TTFont(BytesIO(face.data()), lazy=True)
    metrics, em = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): metrics[name][0] / em for code, name in font.getBestCmap().items()}
