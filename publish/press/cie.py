"""Colours that are measured, not mixed: CIE L*a*b* (ISO 32000-1, 8.6.5.4) on their way to a press.

In: L* from 0 to 100, a* and b*, and the white that they are measured against (XYZ, Y = 1). Out: the
same colour against another white, or in sRGB. Formulas: L*a*b* as ISO 32000-1, 8.6.5.4 has them,
sRGB as IEC 61966-2-1 (the inverse of its matrix), another white by the linear Bradford transform of
ICC.1, annex E.
"""

from __future__ import annotations

from collections.abc import Sequence

Triple = tuple[float, float, float]
D50: Triple = (0.9642, 1.0, 0.8249)
"""The white of the connection space of profiles (ICC.1, 6.3.4)."""
D65: Triple = (0.9505, 1.0, 1.089)
"""The white of sRGB."""
_KNEE = 6 / 29
_BRADFORD = (
    (0.8951, 0.2664, -0.1614),
    (-0.7502, 1.7135, 0.0367),
    (0.0389, -0.0685, 1.0296),
)
_BACK = (
    (0.9869929, -0.1470543, 0.1599627),
    (0.4323053, 0.5183603, 0.0492912),
    (-0.0085287, 0.0400428, 0.9684867),
)
_TO_SRGB = (
    (3.2406255, -1.5372080, -0.4986286),
    (-0.9689307, 1.8757561, 0.0415175),
    (0.0557101, -0.2040211, 1.0569959),
)


def rewhitened(lab: Triple, white: Triple, wanted: Triple = D50) -> Triple:
    """Return a colour of L*a*b* as it is against another white."""
    x, y, z = (_root(one / own) for one, own in zip(_xyz(lab, white, wanted), wanted, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def srgb_of(lab: Triple, white: Triple) -> Triple:
    """Return a colour of L*a*b* in sRGB; below 0 or above 1 where no screen shows it."""
    red, green, blue = _times(_TO_SRGB, _xyz(lab, white, D65))
    return _coded(red), _coded(green), _coded(blue)


def _xyz(lab: Triple, white: Triple, wanted: Triple) -> Triple:
    """Return the light of a colour, seen against the white that is wanted."""
    middle = (lab[0] + 16) / 116
    parts = (middle + lab[1] / 500, middle, middle - lab[2] / 200)
    x, y, z = (own * _cube(one) for one, own in zip(parts, white, strict=True))
    cones = zip(
        _times(_BRADFORD, (x, y, z)),
        _times(_BRADFORD, white),
        _times(_BRADFORD, wanted),
        strict=True,
    )
    long, medium, short = (one / own * other for one, own, other in cones)
    return _times(_BACK, (long, medium, short))


def _times(matrix: Sequence[Triple], light: Triple) -> Triple:
    one, two, three = (sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix)
    return one, two, three


def _cube(share: float) -> float:
    return float(share**3) if share >= _KNEE else 108 / 841 * (share - 4 / 29)


def _root(light: float) -> float:
    return float(light ** (1 / 3)) if light > _KNEE**3 else 841 / 108 * light + 4 / 29


def _coded(light: float) -> float:
    return float(1.055 * light ** (1 / 2.4) - 0.055) if light > 0.0031308 else 12.92 * light
