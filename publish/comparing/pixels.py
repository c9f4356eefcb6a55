"""Two pictures compared at full resolution: how much of one is not as it is in the other.

In: two decoded pictures. Out: the share that is other, from 0 (the same) to 1. Saving a photo anew
as JPEG moves every pixel a little, and no mean of some of them far; a digit of a table that becomes
another moves a few, all the way. So means are compared: of nine pixels for what is drawn, of more
for colours, which JPEG keeps at half the resolution, of very many for light. Measured, a JPEG of
quality 40 stays within the limits of one of 92, and a digit 7 pixels high does not.
"""

from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageFilter

_DRAWN = 1, 44
"""How far a mean reaches, in px, and by how many of 255 levels two may differ."""
_COLOUR = 4, 24
_LIGHT = 32, 8
"""The side of a square in px, and the levels."""
_SHAPE = 0.015
"""By how much the proportions of two pictures may differ for one to be the other made smaller."""
_LOOK = 16
_ALIKE = 12.0
"""Levels by which two pictures of so many pixels a side differ, at the most, that are alike."""
_BLOCK = 16
"""The side in px of the squares in which what differs is counted."""


def look_of(image: Image.Image) -> bytes:
    """Return how a picture looks from afar, which tells most that are unlike apart."""
    return flat(image).convert("L").resize((_LOOK, _LOOK), Image.Resampling.BOX).tobytes()


def far_apart(one: bytes, other: bytes) -> bool:
    """Tell whether two pictures are unlike from afar."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) > _ALIKE * len(one)


def flat(image: Image.Image) -> Image.Image:
    """Return a picture in RGB, upon white where it is transparent."""
    if image.has_transparency_data:
        over = image.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(white, over).convert("RGB")
    return image.convert("RGB")


def unlike(one: Image.Image, other: Image.Image) -> float:
    """Return how much of two pictures is different; of two of other proportions all is."""
    if abs(one.width * other.height / (one.height * other.width) - 1) > _SHAPE:
        return 1.0
    first, second = flat(one), flat(other)
    if first.size == second.size and first.tobytes() == second.tobytes():
        return 0.0
    least = min(first.size, second.size)
    first, second = (_sized(side, least) for side in (first, second))
    reach, levels = _DRAWN
    drawn = _mean(first.convert("L"), reach), _mean(second.convert("L"), reach)
    marked = _beyond(*drawn, levels)
    reach, levels = _COLOUR
    marked = ImageChops.lighter(marked, _beyond(_mean(first, reach), _mean(second, reach), levels))
    side, levels = _LIGHT
    light = _beyond(first.reduce(side), second.reduce(side), levels)
    marked = ImageChops.lighter(marked, light.resize(least, Image.Resampling.NEAREST))
    squares = marked.resize([math.ceil(one / _BLOCK) for one in least], Image.Resampling.BOX)
    return sum(squares.histogram()[1:]) / (squares.width * squares.height)


def _sized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    return image if image.size == size else image.resize(size, Image.Resampling.LANCZOS)


def _mean(image: Image.Image, reach: int) -> Image.Image:
    return image.filter(ImageFilter.BoxBlur(reach))


def _beyond(one: Image.Image, other: Image.Image, levels: int) -> Image.Image:
    """Return a mask of where two pictures differ by more than so many levels in any colour."""
    apart = ImageChops.difference(one, other).point(lambda level: 255 if level > levels else 0)
    bands = apart.split()
    mask = bands[0]
    for band in bands[1:]:
        mask = ImageChops.lighter(mask, band)
    return mask
