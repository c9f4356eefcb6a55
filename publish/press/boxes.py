"""Boxes on a page, in pt from its origin: left, foot, right, head.

In: boxes and points, or what a PDF says of one. Out: boxes.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pikepdf import Array

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Outline = tuple[tuple[Point, ...], ...]
"""The parts of a shape, each the points around it."""
EVERYWHERE: Box = (-1e6, -1e6, 1e6, 1e6)
_EDGE = 0.1
"""What reaches no further (pt) ends at the edge: sides are rounded."""


def around(points: Sequence[Point]) -> Box:
    """Return the box around points."""
    across, along = zip(*points, strict=True)
    return min(across), min(along), max(across), max(along)


def common(one: Box, other: Box) -> Box:
    """Return what two boxes have in common; empty (left not below right) where that is nothing."""
    return (
        max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    )  # fmt: skip


def wider(box: Box, by: float) -> Box:
    """Return a box grown on all sides."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def area(box: Box) -> float:
    """Return what a box covers, in pt²."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def reaches(box: Box, into: Box) -> bool:
    """Tell whether a box, or a line, reaches into another, not only up to its edge."""
    return not is_empty(box) and all(
        box[at] < into[at + 2] - _EDGE and box[at + 2] > into[at] + _EDGE for at in (0, 1)
    )


def is_empty(box: Box) -> bool:
    """Tell whether nothing shows of a box."""
    return box[0] > box[2] or box[1] > box[3]


def _is_box(value: Any) -> bool:
    return (
        isinstance(value, Array)
        and len(value) == 4
        and all(isinstance(side, int | float | Decimal) for side in value)
    )


def box_of(value: Any) -> Box | None:
    """Return a page's box in pt, its sides in their order; None for none, or an empty one."""
    if not _is_box(value):
        return None
    one, other, across, along = (float(side) for side in value)
    box = min(one, across), min(other, along), max(one, across), max(other, along)
    return box if box[0] < box[2] and box[1] < box[3] else None
