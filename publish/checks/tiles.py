"""Texts to find on pages, and what of them is lost and of the pages strange.

In: what `tiling` could not lay. Out: a `Tiling` of what is amiss indeed: words that stand in their
order amid strange ones are neither lost nor strange.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from msgspec import Struct, field

LEAST = 6
"""Characters that tell something; fewer may stand anywhere."""
_TOIL = 4_000_000
"""Characters times characters that are laid side by side, to see what is both lost and strange."""

Lost = tuple[int, int, int]
"""A tile, from where and to where."""
Strange = tuple[int, str]
"""The number of a page, counted from 0, and a text."""


class Tile(Struct, frozen=True):
    """A text to find. It may be missing unless `required`, and stand twice only if `many`.

    One that may be missing, such as a number, is never broken by anything else.
    """

    text: str
    required: bool = True
    many: bool = False


class Tiling(Struct, frozen=True):
    """What is lost, in the order of the tiles, and what is strange, in that of the pages."""

    lost: list[Lost] = field(default_factory=list)
    strange: list[Strange] = field(default_factory=list)


def joined(strange: Sequence[Strange]) -> list[Strange]:
    """Return what is strange with the runs of a page taken together."""
    found: list[Strange] = []
    for page, run in strange:
        if found and found[-1][0] == page:
            found[-1] = page, found[-1][1] + run
        else:
            found.append((page, run))
    return found


def reconciled(tiles: Sequence[Tile], lost: Sequence[Lost], strange: Sequence[Strange]) -> Tiling:
    """Take away what stands in its order amid strange words, and so is neither lost nor strange."""
    made, left, toil = Tiling([], list(strange)), sum(len(text) for _, text in strange), 0
    for index, start, end in sorted(lost):
        text = tiles[index].text[start:end]
        toil += left * len(text)
        pairs = [_matching(text, other) for _, other in made.strange] if toil <= _TOIL else []
        number = max(range(len(pairs)), key=lambda one: _size(pairs[one]), default=-1)
        if number < 0 or not pairs[number]:
            made.lost.append((index, start, end))
            continue
        page, other = made.strange[number]
        mine = _between([(at, length) for at, _, length in pairs[number]], len(text))
        theirs = _between([(at, length) for _, at, length in pairs[number]], len(other))
        made.lost.extend((index, start + low, start + high) for low, high in mine)
        made.strange[number : number + 1] = [(page, other[low:high]) for low, high in theirs]
    whole = not made.lost and not made.strange
    return Tiling(sorted(lost), list(strange)) if whole else made


def _matching(first: str, second: str) -> list[tuple[int, int, int]]:
    """Return where two texts are alike, in order: offset in each, length."""
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    least = min(LEAST, len(first))
    return [(one.a, one.b, one.size) for one in blocks if one.size >= max(least, 1)]


def _size(blocks: Sequence[tuple[int, int, int]]) -> int:
    return sum(length for _, _, length in blocks)


def _between(blocks: Sequence[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Return what lies between blocks, each an offset and a length."""
    lows = [0, *(at + length for at, length in blocks)]
    highs = [*(at for at, _ in blocks), end]
    return [(low, high) for low, high in zip(lows, highs, strict=True) if low < high]
