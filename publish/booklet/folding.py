"""Ways to fold and cut: which pages stand together, and in which place of which sheet.

In: pages in their reading order. Out: the units that paper is folded or cut into, and how sheets
share them. A unit is a bifolium, folded once, with the four pages 0 to 3 in the order in which a
reader meets them, or a leaf with its two. A way of folding is a row of `FOLDS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

Rotation = Literal[0, 180]
Order = Sequence[int | None]


class Slot(Struct, frozen=True):
    """What one place of a side gets: page `page` of the sheet's unit `unit`, upright or turned."""

    page: int
    unit: int = 0
    rotation: Rotation = 0


class Scheme(Struct, frozen=True):
    """The places of both sides of a sheet, row by row from the head, each row from the left.

    The sides are those of a left-to-right book whose sheet is turned like the leaf of a book.
    `size` is the number of pages of a unit: 4 for a bifolium, 2 for a leaf. Units that are `piled`
    are cut apart, all sheets at once, and the piles are laid on one another from the head's left;
    others stay together and are nested by the folding.
    """

    columns: int
    rows: int
    front: tuple[Slot, ...]
    back: tuple[Slot, ...]
    size: Literal[2, 4] = 4
    piled: bool = False

    @property
    def units(self) -> int:
        """Return the number of units that a sheet gives."""
        return 2 * len(self.front) // self.size

    @property
    def multiple(self) -> int:
        """Return the number of pages to fill up to; a pile may lack its last unit."""
        return self.size if self.piled else self.size * self.units


FOLDS: Mapping[tuple[int, str], Scheme] = MappingProxyType(
    {
        (2, "once"): Scheme(2, 1, (Slot(3), Slot(0)), (Slot(1), Slot(2))),
        (4, "once"): Scheme(
            2,
            2,
            (Slot(3), Slot(0), Slot(3, 1), Slot(0, 1)),
            (Slot(1), Slot(2), Slot(1, 1), Slot(2, 1)),
            piled=True,
        ),
        (4, "twice"): Scheme(
            2,
            2,
            (Slot(2, 1, 180), Slot(1, 1, 180), Slot(3), Slot(0)),
            (Slot(0, 1, 180), Slot(3, 1, 180), Slot(1), Slot(2)),
        ),
    }
)
"""By the pages of a side and the folds: of four pages the sheet is cut in two at half its height
and folded once, or folded twice, its head behind its foot first, and opened by the trimmer."""


def stacks(columns: int, rows: int) -> Scheme:
    """Return the scheme of leaves side by side that are cut apart, nothing folded."""
    places = [divmod(place, columns) for place in range(columns * rows)]
    front = tuple(Slot(0, place) for place in range(len(places)))
    back = tuple(Slot(1, row * columns + columns - 1 - column) for row, column in places)
    return Scheme(columns, rows, front, back, size=2, piled=True)


class Unit(Struct, frozen=True):
    """A bifolium or a leaf: its pages in reading order, and how many sheets lie around it.

    `section` is the number of the signature that it is the outermost bifolium of.
    """

    pages: tuple[int | None, ...]
    nest: int = 0
    section: int | None = None


def bifolia(order: Order, signature: int | None) -> list[Unit]:
    """Return the bifolia of pages in reading order, signature by signature, outermost first.

    `signature` is the number of pages of each, of whole sheets (None: all are one). What is left
    over is a thinner one, the last but one of the book, since the last is held by one glued side
    alone.
    """
    made = []
    for number, pages in enumerate(_signatures(order, signature)):
        last = len(pages) - 1
        for nest in range(len(pages) // 4):
            low, high = 2 * nest, last - 2 * nest
            four = (pages[low], pages[low + 1], pages[high - 1], pages[high])
            made.append(Unit(four, nest, None if nest else number))
    return made


def _signatures(order: Order, signature: int | None) -> list[Order]:
    if signature is None or len(order) <= signature:
        return [order]
    thin = len(order) % signature
    whole = len(order) - thin - signature
    cuts = [*range(0, whole, signature), *([whole] if thin else []), whole + thin, len(order)]
    return [order[start:end] for start, end in pairwise(cuts)]


def leaves(order: Order) -> list[Unit]:
    """Return the leaves of pages in reading order, two pages each; a last one may lack its back."""
    filled = [*order, *[None] * (len(order) % 2)]
    return [Unit((filled[at], filled[at + 1])) for at in range(0, len(filled), 2)]


def shared(units: Sequence[Unit], scheme: Scheme, repeat: bool) -> list[tuple[Unit | None, ...]]:
    """Return the units of each sheet; with `repeat` every place of a sheet has the same one."""
    if repeat:
        return [(unit,) * scheme.units for unit in units]
    count = -(-len(units) // scheme.units)
    if not scheme.piled:
        return [tuple(units[at * scheme.units :][: scheme.units]) for at in range(count)]
    piles = [units[pile * count :][:count] for pile in range(scheme.units)]
    return [tuple(pile[at] if at < len(pile) else None for pile in piles) for at in range(count)]
