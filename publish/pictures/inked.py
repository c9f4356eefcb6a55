"""Pictures that come in CMYK: as the press prints them, and as screens show them.

In: a picture in CMYK with the profile that it may have embedded, and that of the press. Out:
`Inked` for print, and the same in sRGB or grey. What has no profile, or the press's own, was
separated for a press: its pixels stay. What was made for another press goes from one profile to the
other (ICC.1), but where black stands alone, as in lettering, it stays alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from publish.pictures.managed import SRGB, described, managed

if TYPE_CHECKING:
    from PIL.Image import Image

_TRACE = 3
"""Levels of eight bits that JPEG may leave of an ink where there was none."""


class Inked(Struct, frozen=True):
    """Pixels in the inks of the press; `intact` is their own JPEG file, where it can be packed."""

    image: Image
    intact: bytes | None = None


def in_inks(image: Image, press: bytes, intact: bytes | None) -> tuple[Image, Inked | None]:
    """Return a picture in CMYK as screens show it, and in the inks of the press.

    One of black alone is a picture in grey, and nothing else.
    """
    from PIL import ImageChops, ImageOps

    profile = image.info.get("icc_profile") or b""
    image = ImageOps.exif_transpose(image)
    image.info.clear()
    alone = _black_alone(image)
    if alone.getextrema()[0] == 255:
        return ImageChops.invert(image.getchannel("K")), None
    shown = managed(image, profile or press, SRGB, "RGB") if profile or press else None
    shown = shown or image.convert("RGB")
    if not (profile and press) or profile == press or described(profile) == described(press):
        return shown, Inked(image, intact)
    made = managed(image, profile, press, "CMYK")
    return shown, Inked(_kept(image, made, alone)) if made else Inked(image, intact)


def _black_alone(image: Image) -> Image:
    """Return a mask of the pixels that have no other ink than black; bare paper is one."""
    from PIL import ImageChops

    cyan, magenta, yellow, _ = image.split()
    most = ImageChops.lighter(ImageChops.lighter(cyan, magenta), yellow)
    return most.point(lambda level: 255 if level <= _TRACE else 0)


def _kept(image: Image, made: Image, alone: Image) -> Image:
    """Return a converted picture whose black alone is what it was."""
    from PIL import Image as images

    nothing = images.new("L", image.size)
    black = images.merge("CMYK", (nothing, nothing, nothing, image.getchannel("K")))
    return images.composite(black, made, alone)
