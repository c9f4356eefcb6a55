"""Brackets amid letters that are read from right to left, the way that they open and close.

In: pages. Out: the same. A bracket is drawn there as its mirror image (Unicode 15, annex 9, rule
L4). Some producers say which character it is, others which it looks like; the pairs of the whole
document tell the one from the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publish.importing.pdf.model import Page, Piece

PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›"}
_MIRRORED = str.maketrans(PAIRS | {close: opening for opening, close in PAIRS.items()})
_NUMBER = re.compile(r"^\W*[^\W_]{1,3}[)\]]")
"""The number of an item, which a bracket closes that nothing opens."""
_LEFTWARD = ("R", "AL")


def as_read(pages: Sequence[Page]) -> list[Page]:
    """Turn the brackets of text from right to left where most of its pairs are the wrong way."""
    texts = [one.text for page in pages for one in page.pieces if _from_right(one)]
    right, wrong = (sum(way) for way in zip((0, 0), *map(_pairs, texts), strict=True))
    if wrong <= right:
        return list(pages)
    return [replace(page, pieces=tuple(_turned(page.pieces))) for page in pages]


def _turned(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for one in pieces:
        own = _from_right(one)
        yield replace(one, text=one.text.translate(_MIRRORED)) if own else one


def _from_right(piece: Piece) -> bool:
    return any(unicodedata.bidirectional(char) in _LEFTWARD for char in piece.text)


def _pairs(text: str) -> tuple[int, int]:
    """Return how many pairs open before they close, and how many close before they open."""
    right = wrong = 0
    for opening, close in PAIRS.items():
        signs = [char for char in _NUMBER.sub("", text) if char in (opening, close)]
        for a, b in zip(signs[::2], signs[1::2], strict=False):
            right += (a, b) == (opening, close)
            wrong += (a, b) == (close, opening)
    return right, wrong
