"""How much ink lies on a place of the page, all inks together, in percent.

In: marks. Out: the total of a colour; the largest total of a picture, its pixels taken together
over squares of `SQUARE` mm as they are placed. An opaque mark takes away what is below it, so the
ink of a page is that of its marks, but where one overprints or blends: there what lies below may
add to it (ISO 32000-1, 8.6.7 and 11.3.5), and the sum is what can be at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Name, PdfError

from publish.checks.preflight.boxes import common, is_empty
from publish.checks.preflight.marks import Mark
from publish.spaces import Space

SQUARE = 2.0
_INCH = 25.4
_OPAQUE = ("/Normal", "/Compatible")
_SMALL = 3.0 * 72 / _INCH
"""An area whose lesser side (pt) is less is no area of ink: type, rules."""


def total_of(space: Space, values: Sequence[float]) -> float | None:
    """Return the ink of a colour; None where a colour of screens does not tell it."""
    if space.family == "/Indexed" and space.base and values:
        size = space.base.components
        at = int(values[0]) * size
        return total_of(space.base, [level / 255 for level in space.table[at : at + size]])
    if space.inks:
        return 100 * sum(values) * (4 if "All" in space.inks else 1)
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


def most_ink(marks: Sequence[Mark]) -> list[tuple[float, Mark]]:
    """Return, for each mark of a page, the most ink that can lie where it is."""
    known: dict[tuple[int, int], float] = {}
    found: list[tuple[float, Mark]] = []
    for mark in marks:
        own = _own(mark, known)
        if _adds(mark):
            below = (total for total, other in found if _meet(mark, other))
            own += max(below, default=0.0)
        found.append((own, mark))
    return found


def _adds(mark: Mark) -> bool:
    """Tell whether an area of ink leaves what is below it."""
    sides = mark.box[2] - mark.box[0], mark.box[3] - mark.box[1]
    area = min(*sides, mark.thickness or min(sides)) >= _SMALL and mark.kind != "text"
    return area and (mark.over or mark.blend not in _OPAQUE)


def _meet(mark: Mark, other: Mark) -> bool:
    shared = common(mark.box, other.box)
    return not is_empty(shared) and shared[0] < shared[2] and shared[1] < shared[3]


def _own(mark: Mark, known: dict[tuple[int, int], float]) -> float:
    if mark.kind == "image" and not mark.image.get("/ImageMask", False):
        key = mark.image.objgen
        if key not in known or key == (0, 0):
            known[key] = picture_total(mark)
        return known[key]
    return total_of(mark.paint.space, mark.paint.values) or 0.0


def picture_total(mark: Mark) -> float:
    """Return the largest total of a picture as it is placed; 0 for one that cannot be read."""
    halves = _halves(mark.image, mark.paint.space)
    if halves is None:
        return 0.0
    wide = max(mark.sides[0], 0.01) / 72 * _INCH
    pixels = max(1, round(halves.width * SQUARE / wide))
    return float(halves.reduce(pixels).getextrema()[1]) * 2


def _halves(image: Any, space: Space) -> Any:
    """Return a grey picture of half the total of each pixel (%); None where it cannot be told."""
    from PIL import Image as images

    bits, size = int(image.get("/BitsPerComponent", 8)), (int(image.Width), int(image.Height))
    try:
        if space.family == "/Indexed" and bits == 8:
            table = [total_of(space, (at,)) for at in range(256)]
            grey = images.frombytes("L", size, image.read_bytes())
            return grey.point([min(255, round((one or 0) / 2)) for one in table])
        if space.process not in ("/DeviceCMYK", "/DeviceGray") or space.inks:
            return None
        made = pikepdf.PdfImage(image).as_pil_image()
    except (PdfError, NotImplementedError, ValueError, OSError, KeyError):
        return None
    if made.mode == "CMYK":
        return _summed(made, _is_turned(image, made))
    return made.convert("L").point([round((255 - level) / 5.1) for level in range(256)])


def _is_turned(image: Any, made: Any) -> bool:
    """Tell whether Pillow reads the inks of a JPEG the other way round than the PDF has them."""
    if image.get("/Filter") != Name.DCTDecode:
        return False
    decode = image.get("/Decode", Array([0, 1]))
    return ("adobe" in made.info) != (float(decode[0]) > float(decode[1]))


def _summed(made: Any, turned: bool) -> Any:
    from PIL import ImageChops, ImageMath

    bands = ImageChops.invert(made).split() if turned else made.split()
    whole = ImageMath.lambda_eval(
        lambda of: (of["c"] + of["m"] + of["y"] + of["k"]) * 10 / 51 / 1,
        **dict(zip("cmyk", bands, strict=True)),
    )
    return whole.convert("L")
