"""Where the characters of a page stand. In: a page of a PDF. Out: `Glyph`s, in pt of user space."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from statistics import median
from typing import Any

import pypdfium2.raw as raw
from msgspec import Struct

from publish.proofing.annotations import Area

_HYPHENS = "\u0002\u2010"
"""What PDFium says for a hyphen at the end of a line: one that is added, and one of the word."""

TALL = 3.0
"""What is so many times as tall as most letters is no text that one can mark: a watermark."""


class Glyph(Struct, frozen=True):
    """A character and its box, as wide as it is set and as tall as its font."""

    char: str
    left: float
    foot: float
    right: float
    head: float

    @property
    def middle(self) -> float:
        """Return where its middle stands across."""
        return (self.left + self.right) / 2


def glyphs(page: Any) -> list[Glyph]:
    """Return the characters of a page that show ink, in the order of its content."""
    text = page.get_textpage()
    box = raw.FS_RECTF()
    found: list[Glyph] = []
    for at in range(raw.FPDFText_CountChars(text.raw)):
        char = chr(raw.FPDFText_GetUnicode(text.raw, at))
        if char.isspace() or raw.FPDFText_IsGenerated(text.raw, at) == 1:
            continue
        if raw.FPDFText_GetLooseCharBox(text.raw, at, ctypes.byref(box)):
            char = "-" if char in _HYPHENS else char
            found.append(Glyph(char, box.left, box.bottom, box.right, box.top))
    return _parted(found)


def is_in(one: Glyph, area: Area) -> bool:
    """Tell whether an area covers a character, or underlines it."""
    common = min(one.head, area[3]) - max(one.foot, area[1])
    least = min(one.head - one.foot, max(area[3] - area[1], 0.1))
    return area[0] < one.middle < area[2] and common > 0.5 * least


def without_watermark(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Return the characters of a page without those that are laid under most of them."""
    tall = TALL * median(one.head - one.foot for one in glyphs) if glyphs else 0.0
    return [one for one in glyphs if one.head - one.foot < tall]


def _parted(found: list[Glyph]) -> list[Glyph]:
    """Share the box of a ligature among its letters, which all have the whole of it."""
    made: list[Glyph] = []
    at = 0
    while at < len(found):
        one, end = found[at], at + 1
        while end < len(found) and (found[end].left, found[end].right) == (one.left, one.right):
            end += 1
        share = (one.right - one.left) / (end - at)
        for number in range(at, end):
            edge = one.left + share * (number - at)
            made.append(Glyph(found[number].char, edge, one.foot, edge + share, one.head))
        at = end
    return made
