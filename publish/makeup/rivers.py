"""Rivers: blanks that run through successive lines of a paragraph.

In: the rows of the running text. Out: faults. A river is a chain of blanks, one on each of so many
successive lines, of which each overlaps the one above it; what makes one bad is its length, its
width and its straightness (R. Pinson, the author of `impnattypo`, in “How to define the badness of
a river”, tex.stackexchange.com/q/29049). So it is told of where it is long enough, wider than a
blank as it is cut, and keeps within a strip.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from publish.ground.problems import Spot
from publish.makeup.model import Fault, Row, paragraphs

_WIDE = 0.3
"""In em: the mean width of the blanks of a river."""
_STRIP = 1.5
"""In em: the blanks of a river have their middles within so much of each other."""

Blank = tuple[float, float]


class Chain(NamedTuple):
    """Blanks of successive lines, and the leftmost and rightmost of their middles."""

    blanks: tuple[Blank, ...]
    left: float
    right: float

    def on(self, blank: Blank) -> Chain:
        """Return the chain with a blank more."""
        middle = (blank[0] + blank[1]) / 2
        return Chain((*self.blanks, blank), min(self.left, middle), max(self.right, middle))

    @property
    def spread(self) -> float:
        """Return how far its middles are from each other."""
        return self.right - self.left


def _begun(blank: Blank) -> Chain:
    middle = (blank[0] + blank[1]) / 2
    return Chain((blank,), middle, middle)


def river_faults(rows: Sequence[Row], least: int) -> Iterator[Fault]:
    """Yield the rivers that run through so many lines and more; of several in one, the longest."""
    for block in paragraphs(rows):
        columns: dict[tuple[int, int], list[Row]] = {}
        for row in block if block[0].is_broken else ():
            columns.setdefault(row.place, []).append(row)
        for column in columns.values():
            yield from _rivers(column, least)


def _rivers(rows: Sequence[Row], least: int) -> Iterator[Fault]:
    """Yield the rivers in the lines of one paragraph and column."""
    ended: list[tuple[int, Chain]] = []
    open_: list[Chain] = []
    for at, row in enumerate(rows):
        grown: list[Chain] = []
        for chain in open_:
            more = _onward(chain, row)
            grown += more
            if not more:
                ended.append((at - len(chain.blanks), chain))
        open_ = _longest(grown, [_begun(blank) for blank in row.blanks])
    ended += ((len(rows) - len(chain.blanks), chain) for chain in open_)
    taken: set[tuple[int, Blank]] = set()
    for start, chain in sorted(ended, key=lambda one: -len(one[1].blanks)):
        length = len(chain.blanks)
        cells = {(start + at, blank) for at, blank in enumerate(chain.blanks)}
        if length >= least and _is_wide(chain, rows[start].em) and not cells & taken:
            taken |= cells
            yield _fault(chain.blanks, rows[start : start + length])


def _onward(chain: Chain, row: Row) -> list[Chain]:
    """Return a chain with each blank of the next line that goes on with it."""
    left, right = chain.blanks[-1]
    most = _STRIP * row.em
    return [
        longer
        for blank in row.blanks
        if blank[0] < right
        and left < blank[1]
        and min(right, blank[1]) - max(left, blank[0])
        > 0.25 * min(right - left, blank[1] - blank[0])
        and (longer := chain.on(blank)).spread <= most
    ]


def _longest(grown: list[Chain], begun: list[Chain]) -> list[Chain]:
    """Return for each blank of a line the longest chain that ends with it, or the straightest."""
    best: dict[Blank, Chain] = {}
    for chain in [*begun, *grown]:
        held = best.get(chain.blanks[-1])
        if held is None or _rank(chain) > _rank(held):
            best[chain.blanks[-1]] = chain
    return list(best.values())


def _rank(chain: Chain) -> tuple[int, float]:
    return len(chain.blanks), -chain.spread


def _is_wide(chain: Chain, em: float) -> bool:
    return statistics.fmean(right - left for left, right in chain.blanks) >= _WIDE * em


def _fault(chain: Sequence[Blank], rows: Sequence[Row]) -> Fault:
    lines = [row.line for row in rows]
    spot = Spot.of(
        lines[0].page,
        min(left for left, _ in chain),
        lines[0].top,
        max(right for _, right in chain),
        lines[-1].top + lines[-1].height,
        line=rows[0].number,
    )
    gap = statistics.fmean(right - left for left, right in chain) / rows[0].em
    return Fault("river", spot, lines[0], {"count": len(chain), "gap": gap, "text": rows[0].shown})
