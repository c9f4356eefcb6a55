"""Paths as they are traced: their parts, and how thin these are (ISO 32000-1, 8.5.2).

In: the operators that trace a path, and the matrix that places it. Out: points, in pt from the
page's origin, and widths in pt.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct, field
from pikepdf import Matrix

from publish.press.boxes import Box, Outline, Point, around, wider

_LONG = 2.0
"""What is shorter (pt) is a dot and no line."""
_STOUT = 1.0
"""What covers so much (pt) for each point of its length is nowhere thin."""
_STEPS = 6
"""Straight lines that stand for a curve."""
_CURVES = {"c": (0, 1, 2), "v": (None, 0, 1), "y": (0, 1, 1)}
"""Which of its points an operator gives for the handles and the end; none for where it begins."""


class Path(Struct):
    """A path, a list of points for each of its parts.

    Curves are straight lines, one after another. `clips` is the operator by which it is to clip
    what follows, "" without one.
    """

    parts: list[list[Point]] = field(default_factory=list)
    clips: str = ""

    @property
    def points(self) -> list[Point]:
        """Return the points of all parts."""
        return [point for part in self.parts for point in part]

    @property
    def outline(self) -> Outline:
        """Return the parts that are more than a point."""
        return tuple(tuple(part) for part in self.parts if len(part) > 1)

    @property
    def lesser(self) -> float:
        """Return the lesser side of the box around it; 0 of nothing."""
        left, foot, right, head = around(self.points or [(0.0, 0.0)])
        return min(right - left, head - foot)

    @property
    def is_flat(self) -> bool:
        """Tell whether it encloses nothing: each of its parts lies on one straight line."""
        return all(len(_hull(part)) < 3 for part in self.parts)

    @property
    def is_box(self) -> bool:
        """Tell whether it is one upright rectangle, which the box around it says all of."""
        left, foot, right, head = around(self.points)
        upright = all(x in (left, right) and y in (foot, head) for x, y in self.points)
        return len(self.parts) == 1 and len(self.points) in (4, 5) and upright

    def trace(self, name: str, numbers: Sequence[float], ctm: Matrix) -> None:
        """Follow an operator that traces."""
        if name == "re":
            left, foot, wide, high = numbers
            right, head = left + wide, foot + high
            corners = ((left, foot), (right, foot), (right, head), (left, head), (left, foot))
            self.parts.append([ctm.transform(one) for one in corners])
            return
        if name == "m" or not self.parts:
            self.parts.append([])
        points = [ctm.transform(one) for one in zip(numbers[::2], numbers[1::2], strict=True)]
        if name in _CURVES and self.parts[-1]:
            start = self.parts[-1][-1]
            handles = (start if at is None else points[at] for at in _CURVES[name])
            points = _curve(start, *handles)
        self.parts[-1] += points

    def drawn(self, width: float, butt: bool) -> Box:
        """Return the box of what a line along it covers; with butt caps it ends where it ends."""
        if not butt or any(len(part) != 2 for part in self.parts):
            return wider(around(self.points), width / 2)
        return around([corner for one, end in self.parts for corner in _bar(one, end, width)])

    def thickness(self) -> float:
        """Return the width of the thinnest part that is a line; without one, that of the whole."""
        widths = [breadth(part) for part in self.parts if _length(part) > _LONG]
        return min(widths, default=breadth(self.points))


def _curve(start: Point, one: Point, other: Point, end: Point) -> list[Point]:
    """Return points of a Bézier curve after its first (8.5.2.2)."""
    shares = [step / _STEPS for step in range(1, _STEPS + 1)]
    weights = [
        ((1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at**2 * (1 - at), at**3) for at in shares
    ]
    corners = list(zip(start, one, other, end, strict=True))
    across, along = (
        [sum(w * c for w, c in zip(ws, side, strict=True)) for ws in weights] for side in corners
    )
    return list(zip(across, along, strict=True))


def _bar(start: Point, end: Point, width: float) -> tuple[Point, ...]:
    """Return the corners of a straight line of some width (8.4.3.3)."""
    long = math.dist(start, end) or 1.0
    across = (end[1] - start[1]) / long * width / 2
    along = (end[0] - start[0]) / long * width / 2
    return tuple((x + sign * across, y - sign * along) for x, y in (start, end) for sign in (-1, 1))


def _length(points: Sequence[Point]) -> float:
    left, foot, right, head = around(points)
    return math.hypot(right - left, head - foot)


def breadth(points: Sequence[Point]) -> float:
    """Return how far apart the two nearest parallels are between which points lie.

    One of them runs along a side of the hull (Houle & Toussaint, “Computing the width of a set”,
    1988). Of what is nowhere thin only the lesser side of the box around it is told.
    """
    left, foot, right, head = around(points)
    hull, side = _hull(points), min(right - left, head - foot)
    if len(hull) < 3:
        return 0.0
    covered = abs(sum(_cross((0.0, 0.0), a, b) for a, b in _sides(hull))) / 2
    if covered > _STOUT * _length(points):
        return side
    return min(
        max(abs(_cross(a, b, one)) for one in hull) / math.dist(a, b) for a, b in _sides(hull)
    )


def _sides(hull: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(hull, (*hull[1:], hull[0]), strict=True))


def _cross(origin: Point, one: Point, other: Point) -> float:
    return (one[0] - origin[0]) * (other[1] - origin[1]) - (one[1] - origin[1]) * (
        other[0] - origin[0]
    )


def _hull(points: Sequence[Point]) -> list[Point]:
    """Return the corners of the hull of points, around it (A. M. Andrew's monotone chain, 1979)."""
    ordered = sorted(set(points))
    halves: list[list[Point]] = []
    for run in (ordered, ordered[::-1]):
        half: list[Point] = []
        for point in run:
            while len(half) > 1 and _cross(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return [*halves[0], *halves[1]]
