"""The colours that a shading shows (ISO 32000-1, 7.10 and 8.7.4.5).

In: a shading. Out: colours, of which those with the most ink are as dark as any place of it. Raises
`Unjudged` for one whose colours are computed by a program, or that is no shading.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from pikepdf import Array, Dictionary, Stream

from publish.checks.preflight.marks import Unjudged

_STEPS = 64
"""Steps in which a function is looked at besides the places where its parts meet."""
_MOST = 1 << 20
"""Samples at the most that are looked at."""
Colour = tuple[float, ...]


class _Curve(Struct, frozen=True):
    """A function of one number: its value at a place, and where its parts meet."""

    at: Callable[[float], Colour]
    joints: tuple[float, ...]


def colours_of(shading: Any, components: int) -> list[Colour]:
    """Return the colours of a shading in a space of so many components."""
    kind, function = int(shading.get("/ShadingType", 0)), shading.get("/Function")
    if kind not in range(1, 8):
        raise Unjudged("a shading of a kind that there is not")
    if kind == 1:
        found = _surface(function)
    elif kind < 4:
        low, high = _numbers(shading.get("/Domain"), (0, 1))
        found = _along(function, low, high)
    elif function is not None:
        low, high = _numbers(shading.Decode, ())[4:6]
        found = _along(function, low, high)
    else:
        found = list(itertools.islice(_vertices(shading, kind, components), _MOST))
    if not found or any(len(one) != components for one in found):
        raise Unjudged("a shading whose colours are not of its space")
    return found


def _numbers(given: Any, usual: Sequence[float]) -> list[float]:
    return [float(one) for one in (usual if given is None else given)]


def _along(function: Any, low: float, high: float) -> list[Colour]:
    """Return the colours of a function between two ends."""
    parts = [_curve(one) for one in function] if isinstance(function, Array) else [_curve(function)]
    places = {low + (high - low) * step / _STEPS for step in range(_STEPS + 1)}
    places |= {at for part in parts for at in part.joints if low <= at <= high}
    return [tuple(value for part in parts for value in part.at(at)) for at in sorted(places)]


def _curve(function: Any) -> _Curve:
    """Read a function of one number."""
    if not isinstance(function, Dictionary | Stream):
        raise Unjudged("a shading without a function")
    low, high = _numbers(function.get("/Domain"), (0, 1))[:2]
    made = _KINDS.get(int(function.get("/FunctionType", -1)), _computed)(function, low, high)
    bounds = _numbers(function.get("/Range"), ())

    def at(place: float) -> Colour:
        values = made.at(min(max(place, low), high))
        limits = zip(values, bounds[::2], bounds[1::2], strict=True) if bounds else ()
        kept = tuple(min(max(one, least), most) for one, least, most in limits)
        return kept or values

    return _Curve(at, (low, high, *made.joints))


def _computed(function: Any, low: float, high: float) -> _Curve:
    raise Unjudged("a shading of a computed function")


def _power(function: Any, low: float, high: float) -> _Curve:
    """Read a function that goes from one colour to another (7.10.3)."""
    power = float(function.N)
    ends = _numbers(function.get("/C0"), (0,)), _numbers(function.get("/C1"), (1,))

    def at(place: float) -> Colour:
        share = place**power
        return tuple(one + share * (other - one) for one, other in zip(*ends, strict=True))

    return _Curve(at, ())


def _stitched(function: Any, low: float, high: float) -> _Curve:
    """Read a function that is made of others (7.10.4)."""
    parts = [_curve(one) for one in function.Functions]
    bounds, encode = _numbers(function.Bounds, ()), _numbers(function.Encode, ())
    edges = [low, *bounds, high]

    def at(place: float) -> Colour:
        number = min(bisect_right(bounds, place), len(parts) - 1)
        first, last = encode[2 * number : 2 * number + 2]
        wide = edges[number + 1] - edges[number]
        share = (place - edges[number]) / wide if wide else 0.0
        return parts[number].at(first + share * (last - first))

    # Just below a bound the part before it ends, which may be darker.
    joints = [near for bound in bounds for near in (bound, bound - 1e-6 * (high - low))]
    for number, part in enumerate(parts):
        first, last = encode[2 * number : 2 * number + 2]
        if first != last:
            wide = (edges[number + 1] - edges[number]) / (last - first)
            joints += [edges[number] + (joint - first) * wide for joint in part.joints]
    return _Curve(at, tuple(joints))


def _sampled(function: Any, low: float, high: float) -> _Curve:
    """Read a function that is a table (7.10.2), between whose values it runs straight."""
    values, sizes = _table(function)
    if len(sizes) != 1:
        raise Unjudged("a shading whose function takes more than one number")
    count = sizes[0]
    first, last = _numbers(function.get("/Encode"), (0, count - 1))

    def at(place: float) -> Colour:
        share = (place - low) / (high - low) if high > low else 0.0
        index = min(max(first + share * (last - first), 0.0), count - 1.0)
        below = min(int(index), max(count - 2, 0))
        above = min(below + 1, count - 1)
        rest = index - below
        pairs = zip(values[below], values[above], strict=True)
        return tuple(one + rest * (other - one) for one, other in pairs)

    wide = (high - low) / (last - first) if last != first else 0.0
    return _Curve(at, tuple(low + (index - first) * wide for index in range(count)))


_KINDS: dict[int, Callable[[Any, float, float], _Curve]] = {
    0: _sampled,
    2: _power,
    3: _stitched,
}


def _surface(function: Any) -> list[Colour]:
    """Return the colours of a function of two numbers: those of its table."""
    if not isinstance(function, Stream) or int(function.get("/FunctionType", -1)) != 0:
        raise Unjudged("a shading of a computed function")
    return _table(function)[0]


def _table(function: Any) -> tuple[list[Colour], list[int]]:
    """Return the colours in the table of a function, and how many there are along each number."""
    sizes = [int(one) for one in function.Size]
    bounds = _numbers(function.get("/Decode", function.get("/Range")), ())
    wide, count = len(bounds) // 2, 1
    for size in sizes:
        count *= size
    if not 0 < count * wide <= _MOST:
        raise Unjudged("a shading of too many colours")
    bits = _Bits(function.read_bytes())
    size = int(function.BitsPerSample)
    return [bits.scaled(size, bounds) for _ in range(count)], sizes


def _vertices(shading: Any, kind: int, components: int) -> Iterator[Colour]:
    """Yield the colours at the corners of a mesh (8.7.4.5.5 to 8.7.4.5.8)."""
    bits = _Bits(shading.read_bytes())
    place, level = int(shading.BitsPerCoordinate), int(shading.BitsPerComponent)
    flagged = int(shading.BitsPerFlag) if kind != 5 else 0
    bounds = _numbers(shading.Decode, ())[4:]
    points = {6: 12, 7: 16}.get(kind, 1)
    while bits.left >= flagged + 2 * place + level * components:
        begun = not flagged or kind == 4 or not bits.read(flagged) & 3
        if kind == 4:
            bits.read(flagged)
        # A patch that goes on from another has one side and two colours in common with it.
        bits.at += 2 * place * (points if begun else points - 4)
        corners = 1 if kind < 6 else 4 if begun else 2
        for _ in range(corners):
            if bits.left >= level * components:
                yield bits.scaled(level, bounds)
        bits.at += -bits.at % 8


class _Bits:
    """Numbers of any width, one after another, high bits first."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    @property
    def left(self) -> int:
        """Return how many bits have not been read."""
        return 8 * len(self.data) - self.at

    def read(self, width: int) -> int:
        """Return the next number; raises `Unjudged` where there is none."""
        if not 0 < width <= self.left:
            raise Unjudged("a shading that ends too early")
        end = self.at + width
        whole = int.from_bytes(self.data[self.at // 8 : (end + 7) // 8], "big")
        self.at = end
        return (whole >> (-end % 8)) & ((1 << width) - 1)

    def scaled(self, width: int, bounds: Sequence[float]) -> Colour:
        """Return the next numbers, each between two bounds."""
        most = (1 << width) - 1
        pairs = zip(bounds[::2], bounds[1::2], strict=True)
        return tuple(low + self.read(width) / most * (high - low) for low, high in pairs)
