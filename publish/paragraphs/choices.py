"""Why a paragraph is set in more lines, or fewer, than suit it best: plain data.

What chooses for a page (`pagination`, the engine's `optimum`) leaves it with the paragraph;
`explain` tells it.
"""

from __future__ import annotations

from msgspec import Struct


class Otherwise(Struct, frozen=True):
    """How a page, from 1, would end were one paragraph set as suits it best.

    So many lines `short` of its foot, `divided` where within a word; `few` are its lines where a
    chapter would end on it with no more than these.
    """

    page: int
    short: int = 0
    divided: bool = False
    few: int = 0


class Choice(Struct, frozen=True):
    """A setting chosen for the sake of the pages: its lines, those of the best, what it costs more.

    Lines are counted from the first on the page for which it was chosen. `gained` is what it saves.
    Of the cost so much are `demerits` of its lines; the rest is for blanks that stray, and for how
    long paragraphs are to be.
    """

    lines: int
    best: int
    cost: float
    gained: tuple[Otherwise, ...]
    demerits: float
