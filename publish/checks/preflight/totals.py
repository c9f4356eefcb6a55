"""How much ink lies on a place of the page, all inks together, in percent.

In: marks. Out: the total of a colour; the largest total of a picture, its pixels taken together
over squares of `SQUARE` mm as they are placed. An opaque mark takes away what is below it, so the
ink of a page is that of its marks, but where one overprints or blends: there what lies below may
add to it (ISO 32000-1, 8.6.7 and 11.3.5), and the sum is what can be at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from publish.checks.preflight.boxes import common, is_empty
from publish.checks.preflight.marks import Mark
from publish.press.pixels import Unreadable, bands_of, indices_of
from publish.press.spaces import Space

SQUARE = 2.0
_INCH = 25.4
_OPAQUE = ("/Normal", "/Compatible")
_PLATES = {"All": 4, "None": 0}
"""On how many plates a colorant prints that is not the name of one (8.6.6.4)."""
_SMALL = 3.0 * 72 / _INCH
"""An area whose lesser side (pt) is less is no area of ink: type, rules."""


def total_of(space: Space, values: Sequence[float]) -> float | None:
    """Return the ink of a colour; None where a colour of screens does not tell it."""
    if space.family == "/Indexed" and space.base and values:
        size = space.base.components
        at = int(values[0]) * size
        levels = space.table[at : at + size]
        return total_of(
            space.base, [level / 255 for level in levels] if len(levels) == size else ()
        )
    if space.inks:
        shares = zip(space.inks, values, strict=True) if values else ()
        return 100 * sum(_PLATES.get(ink, 1) * tint for ink, tint in shares)
    if space.process == "/DeviceCMYK" and len(values) == 4:
        return 100 * sum(values)
    if space.process == "/DeviceGray" and len(values) == 1:
        return 100 * (1 - values[0])
    return None


def is_white(mark: Mark) -> bool:
    """Tell whether a mark puts no ink on the paper."""
    if mark.kind in ("image", "shading"):
        return False
    total = total_of(mark.paint.space, mark.paint.values)
    if total is None and mark.paint.space.process == "/DeviceRGB":
        return bool(mark.paint.values) and min(mark.paint.values) >= 1
    return total is not None and total <= 0


def most_ink(marks: Sequence[Mark]) -> list[tuple[float | None, Mark]]:
    """Return, for each mark of a page, the most ink that can lie where it is.

    None for a picture whose pixels cannot be read.
    """
    known: dict[tuple[int, int], float | None] = {}
    found: list[tuple[float | None, Mark]] = []
    for mark in marks:
        own = _own(mark, known)
        if own is not None and _adds(mark):
            below = (total or 0.0 for total, other in found if _meet(mark, other))
            own += max(below, default=0.0)
        found.append((own, mark))
    return found


def _adds(mark: Mark) -> bool:
    """Tell whether an area of ink leaves what is below it."""
    sides = mark.box[2] - mark.box[0], mark.box[3] - mark.box[1]
    least = min(*sides, mark.thickness) if mark.kind == "stroke" else min(sides)
    area = least >= _SMALL and mark.kind != "text"
    return area and (mark.over or mark.blend not in _OPAQUE)


def _meet(mark: Mark, other: Mark) -> bool:
    shared = common(mark.box, other.box)
    return not is_empty(shared) and shared[0] < shared[2] and shared[1] < shared[3]


def _own(mark: Mark, known: dict[tuple[int, int], float | None]) -> float | None:
    if mark.kind == "image" and not mark.image.get("/ImageMask", False):
        key = mark.image.objgen
        if key not in known or key == (0, 0):
            known[key] = picture_total(mark)
        return known[key]
    return total_of(mark.paint.space, mark.paint.values) or 0.0


def picture_total(mark: Mark) -> float | None:
    """Return the largest total of a picture as it is placed; None for one that cannot be read.

    0 for one in colours of screens.
    """
    try:
        halves = _halves(mark.image, mark.paint.space)
    except Unreadable:
        return None
    if halves is None:
        return 0.0
    wide = max(mark.sides[0], 0.01) / 72 * _INCH
    pixels = max(1, round(halves.width * SQUARE / wide))
    return float(halves.reduce(pixels).getextrema()[1]) * 2


def _halves(image: Any, space: Space) -> Any:
    """Return a grey picture of half the total of each pixel (%); None for colours of screens."""
    if not space.root.inks and space.process not in ("/DeviceCMYK", "/DeviceGray"):
        return None
    if space.family == "/Indexed":
        table = [total_of(space, (at,)) for at in range(256)]
        return indices_of(image).point([min(255, round((one or 0) / 2)) for one in table])
    if space.process == "/DeviceGray" and not space.inks:
        (band,) = bands_of(image, 1)
        return band.point([round((255 - level) / 5.1) for level in range(256)])
    weights = [_PLATES.get(ink, 1) for ink in space.inks] or [1] * 4
    return _summed(bands_of(image, len(weights)), weights)


def _summed(bands: Sequence[Any], weights: Sequence[int]) -> Any:
    from PIL import ImageMath

    named = {f"band{at}": band for at, band in enumerate(bands)}

    def halved(of: Any) -> Any:
        whole = sum(of[name] * weight for name, weight in zip(named, weights, strict=True))
        return whole * 10 / 51

    return ImageMath.lambda_eval(halved, **named).convert("L")
