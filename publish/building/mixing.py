"""Which pictures of a book need more inks than black and the red: those that a riso cannot print.

In: the pictures as they are printed, and the `Inks` of the press. Out: their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from publish.pictures.contrast import colour_in
from publish.pictures.photos import Asset

if TYPE_CHECKING:
    from publish.press.inks import Inks, Rgb

_PAINT = re.compile(r"(?:fill|stroke|color)\s*[=:]\s*[\"']?\s*([^\"';}]+)")
_FEW = 256
"""A picture of no more colours is told by each of them, as the press sets it in inks."""


def mixed_pictures(pictures: Mapping[str, Asset], inks: Inks) -> list[str]:
    """Return the ids of the pictures of which black and the red cannot mix every colour."""
    return sorted(name for name, asset in pictures.items() if _is_mixed(asset, inks))


def _is_mixed(asset: Asset, inks: Inks) -> bool:
    from PIL import Image

    if asset.is_drawing:
        return any(inks.in_two(one) is None for one in _colours(asset.data.decode("utf-8")))
    if asset.inked:
        with Image.open(BytesIO(asset.inked)) as image:
            return any(band.getextrema()[1] for band in image.convert("CMYK").split()[:3])
    with Image.open(BytesIO(asset.data)) as image:
        seen = image.convert("RGB")
    found: Any = seen.getcolors(_FEW)
    if found is None:
        return inks.plates(seen) is None
    return any(inks.in_two(_shares(colour)) is None for _, colour in found)


def _colours(drawing: str) -> Iterator[Rgb]:
    """Yield the colours that a drawing names."""
    from PIL import ImageColor

    for paint in set(_PAINT.findall(drawing)):
        if shown := colour_in(paint):
            yield _shares(ImageColor.getrgb(shown))


def _shares(levels: Sequence[int]) -> Rgb:
    red, green, blue, *_ = levels
    return red / 255, green / 255, blue / 255
