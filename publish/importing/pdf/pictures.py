"""The pictures of a PDF: where each is placed, and its own pixels.

In: an open PDF. Out: `Image`s and, by their ids, `Picture`s. A JPEG is taken byte for byte; what is
packed otherwise, has a mask or is placed turned becomes a PNG of the same pixels (ISO 32000-1, 8.9;
content streams 8.4, 8.8 and 14.6). What every page repeats is an ornament and no picture.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf
from msgspec import Struct
from pikepdf import Dictionary, Matrix, Name, PdfImage
from pikepdf.models.image import NotExtractableError, UnsupportedImageTypeError
from PIL import Image as Pixels

from publish.importing.model import Picture
from publish.importing.pdf.model import Box, Image

LEAST_PIXELS, LEAST_POINTS = 16, 9.0
"""What is smaller is an ornament."""
REPEATED = 3
"""What stands on so many pages is an ornament too."""
WHOLE = 0.9
"""A picture of so much of a page with text on it is that page, scanned."""
PLAIN = ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/ICCBased")
"""Colour spaces whose numbers mean the same outside of the PDF; inks of its own do not."""
_FAILURES = (
    pikepdf.PdfError,
    NotExtractableError,
    UnsupportedImageTypeError,
    ValueError,
    NotImplementedError,
    OSError,
    TypeError,
    Pixels.DecompressionBombError,
)
DEEPEST = 12
"""Forms within forms are followed so far."""
_SHOWN = {
    (1, 0, 0, 1): None,
    (0, 1, -1, 0): Pixels.Transpose.ROTATE_90,
    (-1, 0, 0, -1): Pixels.Transpose.ROTATE_180,
    (0, -1, 1, 0): Pixels.Transpose.ROTATE_270,
    (-1, 0, 0, 1): Pixels.Transpose.FLIP_LEFT_RIGHT,
    (1, 0, 0, -1): Pixels.Transpose.FLIP_TOP_BOTTOM,
    (0, 1, 1, 0): Pixels.Transpose.TRANSVERSE,
    (0, -1, -1, 0): Pixels.Transpose.TRANSPOSE,
}
"""How pixels are turned that are placed so: the signs of the matrix, and Pillow's name for it."""


class Placed(Struct, frozen=True):
    """A picture as a content stream paints it."""

    page: int
    item: Any
    matrix: Matrix
    tag: int


def placed(pdf: pikepdf.Pdf) -> Iterator[Placed]:
    """Yield all pictures that the pages paint."""
    for number, page in enumerate(pdf.pages):
        turned = _upright(page)
        resources = page.resources if "/Resources" in page.obj else Dictionary()
        for item, matrix, tag in _painted(page.obj, resources, turned, -1, 0):
            yield Placed(number, item, matrix, tag)


def _upright(page: pikepdf.Page) -> Matrix:
    """Return the matrix from the page's own space to the page as it is seen."""
    left, foot, right, head = (float(side) for side in page.cropbox)
    turns = int(page.obj.get("/Rotate", 0)) // 90 % 4
    return (
        Matrix(1, 0, 0, 1, -left, -foot),
        Matrix(0, -1, 1, 0, -foot, right),
        Matrix(-1, 0, 0, -1, right, head),
        Matrix(0, 1, -1, 0, head, -left),
    )[turns]


def _painted(
    stream: Any, resources: Any, matrix: Matrix, tag: int, depth: int
) -> Iterator[tuple[Any, Matrix, int]]:
    """Yield what a content stream paints, with its matrix and its marked content."""
    stack: list[Matrix] = []
    tags: list[int] = []
    for step in pikepdf.parse_content_stream(stream):
        operands: Any = step.operands
        name = str(step.operator)
        match name:
            case "q":
                stack.append(matrix)
            case "Q" if stack:
                matrix = stack.pop()
            case "cm":
                matrix = Matrix(*(float(one) for one in operands)) @ matrix
            case "BMC" | "BDC":
                tags.append(tag)
                tag = _tag(operands, resources, tag)
            case "EMC" if tags:
                tag = tags.pop()
            case "INLINE IMAGE" if isinstance(step, pikepdf.ContentStreamInlineImage):
                yield step.iimage, matrix, tag
            case "Do":
                item = resources.get("/XObject", Dictionary()).get(str(operands[0]))
                if item is None:
                    continue
                if item.get("/Subtype") == Name.Image:
                    yield item, matrix, tag
                elif item.get("/Subtype") == Name.Form and depth < DEEPEST:
                    inner = Matrix(*(float(one) for one in item.get("/Matrix", (1, 0, 0, 1, 0, 0))))
                    own = item.get("/Resources", resources)
                    yield from _painted(item, own, inner @ matrix, tag, depth + 1)


def _tag(operands: Any, resources: Any, outer: int) -> int:
    """Return the number of the marked content that begins."""
    if len(operands) < 2:
        return outer
    properties = operands[1]
    if isinstance(properties, Name):
        properties = resources.get("/Properties", Dictionary()).get(str(properties), Dictionary())
    return int(properties.get("/MCID", outer)) if isinstance(properties, Dictionary) else outer


def read_pictures(
    pdf: pikepdf.Pdf, texts: set[int]
) -> tuple[list[Image], dict[str, Picture], dict[str, str]]:
    """Return where pictures stand, what they are, and why one by its id could not be taken out.

    `texts` are the numbers of the pages with text.
    """
    found = [one for one in placed(pdf) if _counts(one, pdf, texts)]
    pages: defaultdict[Any, set[int]] = defaultdict(set)
    for one in found:
        pages[_key(one)].add(one.page)
    images: list[Image] = []
    pictures: dict[str, Picture] = {}
    names: dict[Any, str] = {}
    failed: dict[str, str] = {}
    for one in found:
        if len(pages[_key(one)]) >= REPEATED:
            continue
        key = (_key(one), _signs(one.matrix))
        if key not in names:
            names[key] = f"picture-{len(names) + 1}"
            try:
                data, suffix = _data(one)
                pictures[names[key]] = Picture(f"{names[key]}.{suffix}", data)
            except _FAILURES as error:
                pictures[names[key]] = Picture()
                failed[names[key]] = str(error) or type(error).__name__
        images.append(Image(one.page, _box(one.matrix), names[key], one.tag))
    return images, pictures, failed


def _counts(one: Placed, pdf: pikepdf.Pdf, texts: set[int]) -> bool:
    """Tell whether a picture is more than an ornament or a scanned page."""
    try:
        size = _pixels(one)
    except (pikepdf.PdfError, ValueError, KeyError, AttributeError, TypeError):
        return False
    left, foot, right, head = _box(one.matrix)
    if min(size) < LEAST_PIXELS or min(right - left, head - foot) < LEAST_POINTS:
        return False
    box = pdf.pages[one.page].cropbox
    area = abs(float(box[2]) - float(box[0])) * abs(float(box[3]) - float(box[1]))
    return not (
        one.page in texts and (right - left) * (head - foot) > WHOLE * area and _has_hidden(one)
    )


def _has_hidden(one: Placed) -> bool:
    """Tell whether a picture is of the kind that scanners make: in grey or black, or huge."""
    return min(_pixels(one)) > 1000


def _pixels(one: Placed) -> tuple[int, int]:
    if isinstance(one.item, pikepdf.PdfInlineImage):
        return one.item.width, one.item.height
    return int(one.item.Width), int(one.item.Height)


def _key(one: Placed) -> Any:
    if isinstance(one.item, pikepdf.PdfInlineImage):
        return id(one.item)
    return one.item.objgen if one.item.objgen[0] else id(one.item)


def _box(matrix: Matrix) -> Box:
    corners = [matrix.transform(point) for point in ((0, 0), (1, 0), (0, 1), (1, 1))]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _signs(matrix: Matrix) -> tuple[int, int, int, int]:
    """Return the signs of a matrix, what is small beside the rest taken for 0."""
    values = (matrix.a, matrix.b, matrix.c, matrix.d)
    least = 0.2 * max(abs(value) for value in values)
    a, b, c, d = (0 if abs(value) < least else (1 if value > 0 else -1) for value in values)
    return a, b, c, d


def _data(one: Placed) -> tuple[bytes, str]:
    """Return a picture's file and the suffix of its name."""
    turned = _SHOWN.get(_signs(one.matrix))
    inline = isinstance(one.item, pikepdf.PdfInlineImage)
    image: Any = one.item if inline else PdfImage(one.item)
    if not inline and not image.image_mask and image.colorspace not in (*PLAIN, "/Indexed"):
        raise ValueError("it is in inks of the file’s own")
    mask = None if inline else one.item.get("/SMask", one.item.get("/Mask"))
    if not inline and turned is None and not isinstance(mask, pikepdf.Stream):
        filters = [str(name) for name in image.filters]
        if filters[-1:] == ["/DCTDecode"]:
            return _jpeg(one.item, filters), "jpg"
    pixels = image.as_pil_image()
    if isinstance(mask, pikepdf.Stream):
        pixels = _masked(pixels, mask, soft="/SMask" in one.item)
    if pixels.mode not in ("1", "L", "LA", "RGB", "RGBA", "P"):
        pixels = pixels.convert("RGB")
    if turned is not None:
        pixels = pixels.transpose(turned)
    out = io.BytesIO()
    profile = image.icc.tobytes() if not inline and image.icc and pixels.mode != "RGBA" else None
    pixels.save(out, "PNG", icc_profile=profile)
    return out.getvalue(), "png"


def _jpeg(item: Any, filters: list[str]) -> bytes:
    """Return the JPEG of a stream as it is, other filters taken off."""
    data = bytes(item.read_raw_bytes())
    if len(filters) == 1:
        return data
    # A stream is unpacked whole or not at all: here by the filters that are around the JPEG.
    with pikepdf.new() as pdf:
        packed = pikepdf.Stream(pdf, data)
        packed.Filter = pikepdf.Array([Name(one) for one in filters[:-1]])
        return bytes(packed.read_bytes())


def _masked(pixels: Pixels.Image, mask: Any, soft: bool) -> Pixels.Image:
    """Return pixels with their mask as alpha."""
    alpha = PdfImage(mask).as_pil_image().convert("L")
    if not soft:
        # A stencil leaves out what is 1 (8.9.6.3), read as its /Decode has it.
        alpha = alpha.point(lambda value: 255 - value)
    if alpha.size != pixels.size:
        alpha = alpha.resize(pixels.size, Pixels.Resampling.LANCZOS)
    base = pixels.convert("LA" if pixels.mode in ("1", "L") else "RGBA")
    base.putalpha(alpha)
    return base
