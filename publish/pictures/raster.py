"""JPEG and PNG files read into plain pixels, and pixels written as files.

In: the bytes of a file, and the profile of the press. Out: a `Raster` of 8-bit grey or sRGB, turned
as its EXIF says, on white where it was transparent, and in the inks of the press where it came in
inks; bytes of JPEG and PNG without metadata. Raises `Unusable`.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.pictures.inked import Inked, in_inks
from publish.pictures.managed import SRGB, managed
from publish.pictures.svg import Unusable
from publish.settings.limits import MOST_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

Rgb = tuple[int, int, int]
RED: Rgb = (200, 16, 46)
"""The red of the book on a screen, as styles/tokens.css has it."""
_ORIENTATION = 0x0112
_DROPPED_SEGMENTS = {*range(0xE1, 0xF0), 0xFE} - {0xEE}
"""EXIF, XMP, IPTC, profiles and comments; JFIF and Adobe's are what a decoder needs."""
_END = 0xD9
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
_SAMPLE = 400
"""Pixels on the longest side of the sample that tells line art from tone."""
_LINE_COLOURS, _LINE_SHARE = 8, 0.75


class Raster(Struct, frozen=True):
    """A picture's pixels; `intact` is its own JPEG file, where that can be packed as it is."""

    image: Image
    is_jpeg: bool
    intact: bytes | None = None
    tones: tuple[Rgb, ...] = ()
    """The colour of each grey of a duotone, from black to white."""
    inks: Inked | None = None


def opened(data: bytes, press: bytes = b"", most: int = MOST_PIXELS) -> Raster:
    """Read a JPEG or PNG file; raises `Unusable` for one that is broken or far too large.

    `press` is the profile of the inks that a picture in CMYK is printed with, `most` how many
    million pixels it may have.
    """
    from PIL import Image as images
    from PIL import ImageFile, UnidentifiedImageError

    # The layout engine, once it is imported, has Pillow take half a picture for a whole one.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        images.MAX_IMAGE_PIXELS = None
        try:
            image = images.open(BytesIO(data), formats=("JPEG", "PNG"))
            if image.width * image.height > most * 1_000_000:
                raise Unusable(f"it has more than {most} million pixels")
            image.load()
            return _read(image, data, press)
        except Unusable:
            raise
        except UnidentifiedImageError as error:
            raise Unusable("it is neither JPEG nor PNG inside") from error
        except Exception as error:  # a broken file makes Pillow raise almost anything
            raise Unusable(f"it is broken ({error or type(error).__name__})") from error


def _read(image: Image, data: bytes, press: bytes) -> Raster:
    if image.mode == "CMYK":
        turned = image.getexif().get(_ORIENTATION, 1) != 1
        whole = without_metadata(data) if "adobe" in image.info and not turned else None
        shown, inks = in_inks(image, press, whole)
        return Raster(shown, is_jpeg=True, inks=inks)
    is_jpeg = image.format in ("JPEG", "MPO")
    turned = image.getexif().get(_ORIENTATION, 1) != 1
    plain = image.mode in ("L", "RGB") and _is_srgb(image.info.get("icc_profile"), image.mode)
    intact = None
    if image.format == "JPEG" and plain and not turned:
        intact = without_metadata(data)
    return Raster(_flat(image), is_jpeg, intact)


def _is_srgb(profile: bytes | None, mode: str) -> bool:
    """Tell whether pixels with this profile are sRGB as they stand; grey is taken for so."""
    if not profile or mode == "L":
        return True
    from PIL import ImageCms

    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return True
    return "srgb" in name.lower()


def _flat(image: Image) -> Image:
    """Return an image as 8-bit grey or sRGB, upright, on white."""
    from PIL import Image as images
    from PIL import ImageOps

    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith(("I", "F")):
        # 16 bits: Pillow's own conversion clips at 255 instead of scaling.
        image = image.convert("F").point(lambda value: value / 257 + 0.5).convert("L")
    elif image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        ground = images.new("RGBA", image.size, "white")
        image = images.alpha_composite(ground, image.convert("RGBA")).convert("RGB")
    if image.mode == "1":
        image = image.convert("L")
    if profile and not _is_srgb(profile, image.mode):
        image = _converted(image, profile)
    if image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    image.info.clear()
    return _grey(image) or image


def _converted(image: Image, profile: bytes) -> Image:
    """Return an image's colours as sRGB; left as they are when the profile does not fit."""
    return managed(image, profile, SRGB, "RGB") or image


def _grey(image: Image) -> Image | None:
    """Return an RGB image without any colour as grey, so that it prints in black ink alone."""
    from PIL import ImageChops

    if image.mode != "RGB":
        return None
    red, green, blue = image.split()
    same = not ImageChops.difference(red, green).getbbox()
    return red if same and not ImageChops.difference(green, blue).getbbox() else None


def toned(raster: Raster, ink: str) -> Raster:
    """Return a picture as it is inked: “grey”, “duotone”, or in its own colours.

    A duotone is no JPEG any more: each grey has one colour, by which the press finds its two inks.
    """
    if ink == "grey" and raster.image.mode != "L":
        return Raster(raster.image.convert("L"), raster.is_jpeg)
    if ink == "duotone":
        return Raster(raster.image.convert("L"), is_jpeg=False, tones=duotone())
    return raster


@cache
def duotone() -> tuple[Rgb, ...]:
    """Return the colour of each grey as black and the red make it together.

    The red carries the lights and the black the depths: it sets in later and rises more steeply.
    """
    tones = []
    for level in range(256):
        dark = 1 - level / 255
        red, black = 0.85 * dark**0.8, max(0.0, (dark - 0.18) / 0.82) ** 1.25
        mixed = [round(255 * (1 - black) * (1 - red * (1 - one / 255))) for one in RED]
        tones.append((mixed[0], mixed[1], mixed[2]))
    return tuple(tones)


def coloured(image: Image, tones: Sequence[Rgb]) -> Image:
    """Return a grey picture in the colours of its tones; without any it stays grey."""
    if not tones:
        return image
    from PIL import Image as images

    bands = zip(*tones, strict=True)
    return images.merge("RGB", tuple(image.point(list(band)) for band in bands))


def scaled(image: Image, factor: float) -> Image:
    """Return an image made smaller; one with a factor of 1 as it is."""
    from PIL.Image import Resampling

    if factor >= 1:
        return image
    width, height = (max(1, int(side * factor)) for side in image.size)
    return image.resize((width, height), Resampling.LANCZOS)


def is_line_art(image: Image) -> bool:
    """Tell drawings and lettering from photographs: few colours cover most of the picture."""
    from PIL.Image import Resampling

    side = max(image.size)
    if side > _SAMPLE:
        # The nearest pixel: a smoothing filter would make new colours.
        size = tuple(max(1, round(one * _SAMPLE / side)) for one in image.size)
        image = image.resize((size[0], size[1]), Resampling.NEAREST)
    pixels = image.tobytes()
    step = len(image.getbands())
    colours = Counter(pixels[at : at + step] for at in range(0, len(pixels), step))
    covered = sum(count for _, count in colours.most_common(_LINE_COLOURS))
    return covered >= _LINE_SHARE * (len(pixels) // step)


def as_png(image: Image) -> bytes:
    """Return PNG bytes."""
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def as_jpeg(image: Image, quality: int, full_colour: bool) -> bytes:
    """Return JPEG bytes; with `full_colour` the colour is as fine as the tone (4:4:4).

    Not with `optimize`: Pillow guesses how large the file can become, and fails on more.
    """
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0 if full_colour else 2)
    return out.getvalue()


def without_metadata(data: bytes) -> bytes | None:
    """Return a JPEG file with only the segments that a decoder needs (ITU-T T.81, annex B).

    None for a file that does not end. The picture's own data are not touched; what some cameras
    put after its end goes.
    """
    kept, at = [data[:2]], 2
    while match := _MARKER.search(data, at):
        # What stands between two segments is the picture itself.
        kept.append(data[at : match.start()])
        marker = match[1][0]
        if marker == _END:
            return b"".join([*kept, match[0]])
        at = match.end() + int.from_bytes(data[match.end() : match.end() + 2], "big")
        if marker not in _DROPPED_SEGMENTS:
            kept.append(data[match.start() : at])
    return None
