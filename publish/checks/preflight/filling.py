"""Shapes filled: which pixels of a map lie within them (ISO 32000-1, 8.5.3.3).

In: the parts of a path, in pixels from the upper left corner of the map, and the rule that tells
inside from outside. Out: a grey picture, 255 within. A pixel is within where its middle is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Any

from PIL import Image

from publish.press.boxes import Point


def filled(size: tuple[int, int], parts: Sequence[Sequence[Point]], odd: bool) -> Any:
    """Return a shape filled: by the even-odd rule, or where its parts run round a place at all."""
    wide, high = size
    rows: dict[int, list[tuple[float, int]]] = {}
    for part in parts:
        for one, other in pairwise((*part, part[0])):
            for row, across, way in _crossed(one, other, high):
                rows.setdefault(row, []).append((across, way))
    drawn = bytearray(wide * high)
    for row, crossings in rows.items():
        for left, right in _spans(sorted(crossings), odd):
            first, end = (min(max(math.ceil(at - 0.5), 0), wide) for at in (left, right))
            if end > first:
                drawn[row * wide + first : row * wide + end] = b"\xff" * (end - first)
    return Image.frombytes("L", size, bytes(drawn))


def _crossed(one: Point, other: Point, high: int) -> Iterator[tuple[int, float, int]]:
    """Yield the rows whose middles a side crosses, where it does, and which way it runs."""
    way = 1 if one[1] < other[1] else -1
    (left, top), (right, foot) = (one, other) if way == 1 else (other, one)
    lean = (right - left) / (foot - top) if foot > top else 0.0
    first, end = (min(max(math.ceil(at - 0.5), 0), high) for at in (top, foot))
    for row in range(first, end):
        yield row, left + (row + 0.5 - top) * lean, way


def _spans(crossings: Sequence[tuple[float, int]], odd: bool) -> Iterator[tuple[float, float]]:
    """Yield from where to where a row lies within."""
    rounds = accumulate(way for _, way in crossings)
    for (left, _), (right, _), count in zip(crossings, crossings[1:], rounds, strict=False):
        if count % 2 if odd else count:
            yield left, right
