"""The pictures of an e-book as shops and reading systems take them.

In: an `Ebook` read back. Out: problem E517 for a picture that is too large, in colours of the
press, that still carries what a camera wrote, or a drawing that runs or fetches something.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from publish.checks.epub_places import Places
from publish.checks.epub_reader import Ebook
from publish.ground.problems import Problem, problem

MOST_PIXELS, MOST_BYTES = 5_600_000, 5_000_000
RASTERS = (".jpg", ".jpeg", ".png")
_MODES = ("L", "RGB", "P", "1", "LA", "RGBA")
_SVG = "{http://www.w3.org/2000/svg}"
_RUNNING = (f"{_SVG}script", f"{_SVG}foreignObject")


def check_pictures_in(file: str, ebook: Ebook, places: Places) -> list[Problem]:
    """Return the problems of the pictures in an e-book."""
    return [
        problem("E517", places.of_file(name), file=file, name=name, reason=reason)
        for name, data in ebook.files.items()
        for reason in _faults(name.lower(), data)
    ]


def _faults(name: str, data: bytes) -> Iterator[str]:
    if name.endswith(RASTERS):
        yield from _of_raster(data)
    elif name.endswith(".svg"):
        yield from _of_drawing(data)


def _of_raster(data: bytes) -> Iterator[str]:
    from PIL import Image

    if len(data) > MOST_BYTES:
        yield f"it has {len(data):,} bytes, more than {MOST_BYTES:,}"
    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data)) as image:
            warnings.simplefilter("ignore")
            width, height, mode = *image.size, image.mode
            written = bool(image.getexif()) or "xmp" in image.info
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        yield f"it cannot be read ({error})"
        return
    if width * height > MOST_PIXELS:
        yield f"it has {width * height:,} pixels, more than {MOST_PIXELS:,}"
    if mode not in _MODES:
        yield f"its colours are {mode}, not those of a screen"
    if written:
        yield "it still tells what the camera or a program wrote into it"


def _of_drawing(data: bytes) -> Iterator[str]:
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        yield f"it is no XML ({error})"
        return
    for one in root.iter():
        hrefs = [str(value) for name, value in one.attrib.items() if str(name).endswith("href")]
        runs = one.tag in _RUNNING or any(str(name).startswith("on") for name in one.attrib)
        if runs or any(not href.startswith(("#", "data:image/")) for href in hrefs):
            yield "it runs or fetches something"
            return
