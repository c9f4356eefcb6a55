"""Where pages stand on sheets, to the hundredth of a millimetre: on their grid, moved by the creep.

In: printed sides, the bindery, the trim of a page and its bleed, in mm. Out: the pages that stand
elsewhere. Like `leafing` it knows paper and nothing of how the sheets were planned: the pages of a
side lie around its middle, side by side or two bleeds apart, and a page in a fold nearer to it by
as much as the folds of the paper around it keep its sheet from the back of the spine.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from msgspec import Struct

from publish.checks.leafing import Bindery, Printed, Side, gathered

EXACT = 0.01
"""How far (mm) a page may stand from its place."""


class Astray(Struct, frozen=True):
    """A page off its place: the side that it is on (from 1), and how far, in mm."""

    side: int
    page: Printed
    across: float
    along: float


def creep(nest: int, paper: float, outermost: float) -> float:
    """Return how far in the fold of a sheet lies, in so many others, from that of the outermost.

    A fold lies in the middle of its paper: behind the whole outermost sheet, whose thickness may be
    another, those between, and half of its own; that of the outermost behind half of itself.
    """
    if not nest:
        return 0.0
    return outermost + (nest - 1) * paper + paper / 2 - outermost / 2


def astray(
    sides: Sequence[Side],
    bindery: Bindery,
    trim: tuple[float, float],
    bleed: float,
    thick: tuple[float, float],
) -> Iterator[Astray]:
    """Yield the pages that stand off their place; `thick` are the paper and the outermost sheet."""
    folded = bindery.settings.scheme != "cut-stacks"
    nests = _nests(sides, bindery) if folded else {}
    placed = [(number, side, one) for number, side in enumerate(sides, 1) for one in side.placed]
    across, along = [], []
    for _, side, one in placed:
        off = one.x - side.size[0] / 2
        across.append(off + math.copysign(creep(nests.get(one.page, 0), *thick), off))
        along.append(one.y - side.size[1] / 2)
    scale = placed[0][2].scale if placed else 1.0
    gaps = (0.0, 2 * bleed)
    off_across = _off(across, trim[0] * scale, gaps[:1] if folded else gaps)
    off_along = _off(along, trim[1] * scale, gaps)
    for (number, _, one), beside, above in zip(placed, off_across, off_along, strict=True):
        if max(abs(beside), abs(above)) > EXACT:
            yield Astray(number, one, beside, above)


def _nests(sides: Sequence[Side], bindery: Bindery) -> dict[int, int]:
    """Return how many sheets lie around each page, within its signature."""
    return {
        face.page: nest
        for signature in gathered(sides, bindery)
        for nest, bifolium in enumerate(signature)
        for leaf in bifolium
        for face in leaf
        if face
    }


def _off(places: Sequence[float], size: float, gaps: Sequence[float]) -> list[float]:
    """Return how far places are from a grid around the middle: the one that they are nearest to.

    Of an even number of pages in a row the middle is between two, of an odd one within one.
    """
    grids = [
        [one - (round(one / pitch - begun) + begun) * pitch for one in places]
        for pitch in (size + gap for gap in gaps)
        for begun in (0.0, 0.5)
    ]
    return min(grids, key=lambda grid: sum(abs(one) for one in grid))
