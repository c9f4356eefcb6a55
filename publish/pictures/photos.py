"""The derivative of a photo that each output needs, and how sharp it prints.

In: a `Photo` and the book's folder, which holds photos/. Out: `Asset`s and problems C309, C311,
C312, C315 and C316; a broken file is a problem, never an exception. Rasters lose their metadata
once they have been turned the way it says, and become sRGB or grey of 8 bits, which every reading
system and the layout engine can set. A JPEG that needs no change keeps its own compressed data.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from publish.book.model import Photo
from publish.ground.problems import Problem, problem
from publish.ground.root import BookRoot
from publish.ground.source import Span
from publish.ground.units import INCH
from publish.pictures.svg import Drawing, Unusable, clean_svg
from publish.settings.limits import MOST_PIXELS

if TYPE_CHECKING:
    from PIL.Image import Image

    from publish.pictures.raster import Raster

__all__ = [
    "Asset",
    "check_resolution",
    "clean_svg",
    "effective_ppi",
    "epub_picture",
    "print_picture",
]

EPUB_SIDE = 2400
"""Pixels on the longest side of a picture in the e-book."""
EPUB_PIXELS = 5_600_000
"""Pixels in all; some shops and reading systems refuse pictures from 5.6 megapixels on."""
EPUB_BYTES = 5_000_000
EPUB_QUALITY = 85
PRINT_PPI = 400
"""Above this no press shows more."""
PRINT_QUALITY = 95
LEAST_PPI, GOOD_PPI = 150, 225
SVG_TYPE = "image/svg+xml"
_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


class Asset(Struct, frozen=True):
    """A picture as an output packs it: file name, media type, bytes and size in pixels.

    `inked` are the bytes that go to the press instead, of a picture that came in CMYK.
    """

    name: str
    media_type: str
    data: bytes
    width_px: int
    height_px: int
    inked: bytes = b""

    @property
    def is_drawing(self) -> bool:
        """Tell whether it is SVG."""
        return self.media_type == SVG_TYPE

    @property
    def ratio(self) -> float:
        """Return its height as a part of its width."""
        return self.height_px / max(self.width_px, 1)


class _File(NamedTuple):
    suffix: str
    data: bytes
    image: Image
    inked: bytes = b""


def epub_picture(
    photo: Photo, root: BookRoot, press: bytes = b""
) -> tuple[Asset | None, list[Problem]]:
    """Return a photo as the e-book has it: at most 2400 px, 5.6 megapixels and 5 MB.

    Line art becomes PNG, tone becomes JPEG. None with problem C309 for a file that is no picture.
    `press` is the profile by which one in CMYK is shown.
    """
    return _made(photo, root, press, _for_epub)


def print_picture(
    photo: Photo, root: BookRoot, width_mm: float, press: bytes = b""
) -> tuple[Asset | None, list[Problem]]:
    """Return a photo as the layout engine can set it at a width in mm, at most 400 ppi.

    `press` is the profile of the press, in whose inks it is as well if it came in CMYK.
    """

    def derive(raster: Raster) -> _File:
        return _for_print(raster, width_mm)

    return _made(photo, root, press, derive)


def effective_ppi(photo: Photo, width_mm: float) -> float:
    """Return the pixels per inch of a photo at a width in mm; infinite for a drawing."""
    width = photo.size[0]
    return width / width_mm * INCH if width else math.inf


def check_resolution(photo: Photo, width_mm: float, cropped: bool = False) -> list[Problem]:
    """Report a photo that prints too coarsely at a width in mm (C311, C312).

    It is the width of the whole picture, of which less is seen where it is `cropped`.
    """
    ppi = effective_ppi(photo, width_mm)
    if ppi >= GOOD_PPI:
        return []
    code, wanted = ("C311", LEAST_PPI) if ppi < LEAST_PPI else ("C312", GOOD_PPI)
    pixels = math.ceil(wanted * width_mm / INCH)
    # Rounded down, so that 149.6 is not told to be 150.
    wide = f"{width_mm:.0f} mm wide{' before it is cropped' if cropped else ''}"
    facts = {"name": photo.id, "ppi": math.floor(ppi), "wide": wide, "pixels": pixels}
    return [problem(code, photo.span, **facts)]


def _made(
    photo: Photo, root: BookRoot, press: bytes, derive: Callable[[Raster], _File]
) -> tuple[Asset | None, list[Problem]]:
    from publish.pictures.raster import opened, toned

    try:
        data = root.read("photos", photo.file)
        if photo.file.lower().endswith(".svg"):
            drawing = clean_svg(data, svg_prefix(photo))
            return _drawn(photo, drawing), _lost(photo, drawing)
        # As many pixels as its head had when the book's limits were held against it.
        most = max(MOST_PIXELS, math.ceil(math.prod(photo.size) / 1_000_000))
        made = derive(toned(opened(data, press, most), photo.ink))
    except Unusable as error:
        return None, [problem("C309", photo.span, file=photo.file, reason=str(error))]
    except OSError as error:
        reason = error.strerror or str(error)
        return None, [problem("C309", photo.span, file=photo.file, reason=reason)]
    name, kind = f"{photo.id}{made.suffix}", _TYPES[made.suffix]
    return Asset(name, kind, made.data, *made.image.size, made.inked), []


def svg_prefix(photo: Photo) -> str:
    """Return what goes before the ids of a drawing; two hyphens keep it off a heading's id."""
    return f"{photo.id.replace('.', '_')}--"


def _drawn(photo: Photo, drawing: Drawing) -> Asset:
    size = max(round(drawing.width), 1), max(round(drawing.height), 1)
    return Asset(f"{photo.id}.svg", SVG_TYPE, drawing.data, *size)


def _lost(photo: Photo, drawing: Drawing) -> list[Problem]:
    """Report what a drawing shows in its own file, and not in the book."""
    return [
        problem(
            "C315" if one.sure else "C316",
            Span(f"photos/{photo.file}", one.line),
            what=one.what,
            advice=one.advice,
        )
        for one in drawing.lost
    ]


def _for_epub(raster: Raster) -> _File:
    from publish.pictures.raster import as_jpeg, as_png, coloured, is_line_art, scaled

    width, height = raster.image.size
    factor = min(1.0, EPUB_SIDE / max(width, height), math.sqrt(EPUB_PIXELS / (width * height)))
    if factor == 1 and raster.intact and len(raster.intact) <= EPUB_BYTES:
        return _File(".jpg", raster.intact, raster.image)
    image = coloured(scaled(raster.image, factor), raster.tones)
    line_art = is_line_art(raster.image)
    if line_art and len(data := as_png(image)) <= EPUB_BYTES:
        return _File(".png", data, image)
    while len(data := as_jpeg(image, EPUB_QUALITY, full_colour=line_art)) > EPUB_BYTES:
        factor *= 0.9
        image = coloured(scaled(raster.image, factor), raster.tones)
    return _File(".jpg", data, image)


def _for_print(raster: Raster, width_mm: float) -> _File:
    from publish.pictures.raster import as_jpeg, as_png, coloured, scaled

    factor = min(1.0, PRINT_PPI * width_mm / INCH / raster.image.size[0])
    inked = _inked(raster, factor)
    if factor == 1 and raster.intact:
        return _File(".jpg", raster.intact, raster.image)
    image = coloured(scaled(raster.image, factor), raster.tones)
    if raster.is_jpeg:
        return _File(".jpg", as_jpeg(image, PRINT_QUALITY, full_colour=True), image, inked)
    return _File(".png", as_png(image), image)


def _inked(raster: Raster, factor: float) -> bytes:
    from publish.pictures.raster import as_jpeg, scaled

    if raster.inks is None:
        return b""
    if factor == 1 and raster.inks.intact:
        return raster.inks.intact
    return as_jpeg(scaled(raster.inks.image, factor), PRINT_QUALITY, full_colour=True)
