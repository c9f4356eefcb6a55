"""The drawings of a page of a PDF: pictures that are made of lines and areas, not of pixels.

In: the paths of a page of pdfium, and its letters. Out: where each drawing stands, and a digest of
its shape: one that is set smaller is the same drawing. Rules, and boxes that words stand in, are
none: they are of the text.
"""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from publish.comparing.model import Area

_RULE = 1.5
"""What is no higher, or no wider, in pt, is a rule."""
_APART = 24.0
"""Parts of one drawing stand no further apart, in pt: the bars of a chart, its axis, its legend.

Between two drawings is a caption, with the white around it."""
_FEW = 4
"""So many boxes without words make a drawing; of a shape that is no box one is enough."""
_EDGE = 0.12
"""The points of a box are so near, in its size, to its corners, which may be rounded."""
_LEAST = 12.0
"""A drawing is so high and so wide at the least, in pt."""
_FINE = 400
"""Parts into which a drawing's size is divided to tell whether its points are elsewhere."""

Numbered = Sequence[tuple[int, Any]]
"""Objects, each with its number in the order of painting."""


class _Path(Struct, frozen=True):
    number: int
    area: Area
    points: tuple[tuple[float, float, int], ...]
    paint: tuple[object, ...]

    @property
    def is_box(self) -> bool:
        """Tell whether it is a rectangle, or next to it."""
        left, foot, right, head = self.area
        across, up = (right - left) * _EDGE, (head - foot) * _EDGE
        return all(
            min(x - left, right - x) <= across and min(y - foot, head - y) <= up
            for x, y, _ in self.points
        )


def drawings(
    page: Any, objects: Numbered, letters: Callable[[], Sequence[Area]]
) -> Iterator[tuple[int, Area, str]]:
    """Yield the number of each drawing's first path, its area and its digest.

    `letters` tells where letters stand.
    """
    paths = [one for one in _paths(page, objects) if not _is_rule(one.area)]
    boxes = [one for one in paths if one.is_box]
    if len(paths) == len(boxes) and len(boxes) < _FEW:
        return
    there = [((left + right) / 2, (foot + head) / 2) for left, foot, right, head in letters()]
    paths = [one for one in paths if not (one.is_box and _holds(one.area, there))]
    for group in _grouped(paths):
        area = _hull([one.area for one in group])
        large = min(area[2] - area[0], area[3] - area[1]) >= _LEAST
        if large and (len(group) >= _FEW or not all(one.is_box for one in group)):
            yield min(one.number for one in group), area, _digest(group, area)


def letters_of(drawn: Any) -> list[Area]:
    """Return where the letters of a page's text stand."""
    said = drawn.get_text_range()
    return [drawn.get_charbox(at) for at in range(len(said)) if not said[at].isspace()]


def on_page(one: Any, area: Area) -> Area:
    """Return where an area of an object stands on its page: pdfium gives it within its form."""
    corners = [(area[0], area[1]), (area[2], area[3])]
    while one.container is not None:
        one = one.container
        matrix = one.get_matrix()
        corners = [matrix.on_point(*corner) for corner in corners]
    (x, y), (u, v) = corners
    return min(x, u), min(y, v), max(x, u), max(y, v)


def _paths(page: Any, objects: Numbered) -> Iterator[_Path]:
    import pypdfium2.raw as raw

    left, foot, right, head = page.get_trimbox()
    for number, one in objects:
        area = on_page(one, one.get_bounds())
        middle = (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
        within = left < middle[0] < right and foot < middle[1] < head
        # What is as large as the page is its ground.
        if within and not (area[2] - area[0] >= right - left and area[3] - area[1] >= head - foot):
            yield _Path(number, area, _points(one, raw), _paint(one, raw))


def _points(one: Any, raw: Any) -> tuple[tuple[float, float, int], ...]:
    """Return the points of a path on its page, each with the kind of line that leads to it."""
    matrices, outer = [one.get_matrix()], one
    while (outer := outer.container) is not None:
        matrices.append(outer.get_matrix())
    x, y, found = ctypes.c_float(), ctypes.c_float(), []
    for at in range(raw.FPDFPath_CountSegments(one)):
        segment = raw.FPDFPath_GetPathSegment(one, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = x.value, y.value
        for matrix in matrices:
            point = matrix.on_point(*point)
        found.append((*point, int(raw.FPDFPathSegment_GetType(segment))))
    return tuple(found)


def _paint(one: Any, raw: Any) -> tuple[object, ...]:
    """Return how a path is painted: filled, stroked, and in which colours."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(one, filled, stroked)
    parts = [ctypes.c_uint() for _ in range(4)]
    paint: list[object] = [filled.value, stroked.value]
    for is_on, read in (
        (filled.value, raw.FPDFPageObj_GetFillColor),
        (stroked.value, raw.FPDFPageObj_GetStrokeColor),
    ):
        paint.append(is_on and read(one, *parts) and tuple(part.value for part in parts))
    return tuple(paint)


def _is_rule(area: Area) -> bool:
    return min(area[2] - area[0], area[3] - area[1]) <= _RULE


def _holds(area: Area, points: Sequence[tuple[float, float]]) -> bool:
    return any(area[0] <= x <= area[2] and area[1] <= y <= area[3] for x, y in points)


def _grouped(paths: Sequence[_Path]) -> list[list[_Path]]:
    """Return paths by drawing: those that stand near each other, in the order of painting."""
    groups: list[tuple[Area, list[_Path]]] = []
    for one in paths:
        area, group = one.area, [one]
        while near := [other for other in groups if _is_near(area, other[0])]:
            groups = [other for other in groups if not _is_near(area, other[0])]
            group += [it for _, there in near for it in there]
            area = _hull([area, *(there for there, _ in near)])
        groups.append((area, group))
    return [group for _, group in groups]


def _is_near(one: Area, other: Area) -> bool:
    return (
        max(one[0], other[0]) - min(one[2], other[2]) <= _APART
        and max(one[1], other[1]) - min(one[3], other[3]) <= _APART
    )


def _hull(areas: Sequence[Area]) -> Area:
    lefts, feet, rights, heads = zip(*areas, strict=True)
    return min(lefts), min(feet), max(rights), max(heads)


def _digest(group: Sequence[_Path], area: Area) -> str:
    """Return the digest of what a drawing shows, wherever it stands and however large."""
    size = max(area[2] - area[0], area[3] - area[1])
    shown = sorted(
        (
            one.paint,
            tuple(
                (round((x - area[0]) / size * _FINE), round((y - area[1]) / size * _FINE), kind)
                for x, y, kind in one.points
            ),
        )
        for one in group
    )
    return hashlib.sha256(repr(shown).encode()).hexdigest()
