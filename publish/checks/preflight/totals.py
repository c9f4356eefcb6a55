"""How much ink lies on a place of the page, all inks together, in percent.

In: marks. Out: the total of a colour; the largest total of a picture, its pixels taken together
over squares of `SQUARE` mm as they are placed; the most ink that lies where a mark is. An opaque
mark takes away what is below it, so the ink of a page is that of its marks, but where one
overprints, blends or lets light through: there the plates are laid over each other (`inkmap`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from publish.checks.preflight.inkmap import InkMap, adds, is_area
from publish.checks.preflight.marks import Mark
from publish.checks.preflight.plates import SQUARE, bands_by_plate, plates_of
from publish.ground.units import MM
from publish.press.boxes import Point, around
from publish.press.pixels import Unreadable
from publish.press.spaces import Space

_MUCH = 200.0
"""What has more ink (%) than any paper refuses, and may yet be covered by something else."""
_ROUNDED = 3.0
"""What four plates of eight bits may be off (%)."""
_PLATES = {"All": 4}
"""On how many plates a colorant prints that is not the name of one (8.6.6.4)."""


def total_of(space: Space, values: Sequence[float]) -> float | None:
    """Return the ink of a colour; None where a colour of screens does not tell it."""
    tints = plates_of(space, values)
    if tints is None:
        return None
    return 100 * sum(_PLATES.get(ink, 1) * tint for ink, tint in tints.items())


def is_white(mark: Mark) -> bool:
    """Tell whether a mark puts no ink on the paper."""
    if mark.kind in ("image", "shading"):
        return False
    total = total_of(mark.paint.space, mark.paint.values)
    if total is not None:
        return total <= 0
    values, process = mark.paint.values, mark.paint.space.process
    if process == "/DeviceCMYK":
        return bool(values) and max(values) <= 0
    return process in ("/DeviceRGB", "/DeviceGray") and bool(values) and min(values) >= 1


def most_ink(marks: Sequence[Mark]) -> list[tuple[float | None, Mark]]:
    """Return, for each mark of a page, the most ink where it is; None for an unreadable picture."""
    known: dict[tuple[int, int], float | None] = {}
    own = [_own(mark, known) for mark in marks]
    laid = _laid(marks, own)
    return [
        (_seen(mark, total, laid.get(at, total)), mark)
        for at, (total, mark) in enumerate(zip(own, marks, strict=True))
    ]


def _seen(mark: Mark, own: float | None, laid: float | None) -> float | None:
    """Return the most ink where a mark is, of its own and of what is laid there in all.

    What covers the others has its own, to the last percent, unless it is covered itself.
    """
    if own is None or laid is None or adds(mark):
        return laid if own is not None else None
    return own if laid > own - _ROUNDED else laid


def _laid(marks: Sequence[Mark], own: Sequence[float | None]) -> Mapping[int, float]:
    """Return the most ink where areas are once all is painted, by their numbers.

    It is asked where inks add up, or where what has much of them may be covered.
    """
    asked = [
        at
        for at, (mark, total) in enumerate(zip(marks, own, strict=True))
        if adds(mark) or ((total or 0.0) > _MUCH and is_area(mark))
    ]
    if not asked:
        return {}
    drawn = InkMap(around([corner for at in asked for corner in _corners(marks[at])]))
    for mark in marks:
        if is_area(mark):
            drawn.paint(mark)
    return {at: drawn.most(marks[at]) for at in asked}


def _corners(mark: Mark) -> tuple[Point, Point]:
    return mark.box[:2], mark.box[2:]


def _own(mark: Mark, known: dict[tuple[int, int], float | None]) -> float | None:
    if mark.kind == "image" and not mark.image.get("/ImageMask", False):
        key = mark.image.objgen
        if key not in known or key == (0, 0):
            known[key] = picture_total(mark)
        return known[key]
    return (total_of(mark.paint.space, mark.paint.values) or 0.0) * min(max(mark.alpha, 0.0), 1.0)


def picture_total(mark: Mark) -> float | None:
    """Return the largest total of a picture as it is placed; None for one that cannot be read.

    0 for one in colours of screens.
    """
    try:
        bands = bands_by_plate(mark.image, mark.paint.space)
    except Unreadable:
        return None
    if not bands:
        return 0.0
    halves = _halves(bands)
    wide = max(mark.sides[0], 0.01) / MM
    pixels = max(1, round(halves.width * SQUARE / wide))
    return float(halves.reduce(pixels).getextrema()[1]) * 2


def _halves(bands: Mapping[str, Any]) -> Any:
    """Return a grey picture of half the total of each pixel (%)."""
    from PIL import ImageMath

    def halved(of: Any) -> Any:
        whole = sum(of[f"band{at}"] * _PLATES.get(ink, 1) for at, ink in enumerate(bands))
        return whole * 10 / 51

    named = {f"band{at}": band for at, band in enumerate(bands.values())}
    return ImageMath.lambda_eval(halved, **named).convert("L")
