"""The pixels of a picture in a PDF, component by component (ISO 32000-1, 8.9.5).

In: a picture, and how many components its colours have. Out: grey pictures of the same size; and
pixels written into a picture. Raises
`Unreadable` for pixels that are not there, or coded in a way that is not known here.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, PdfError

_LONG = {
    "/W": "/Width", "/H": "/Height", "/BPC": "/BitsPerComponent", "/CS": "/ColorSpace",
    "/D": "/Decode", "/DP": "/DecodeParms", "/F": "/Filter", "/IM": "/ImageMask",
}  # fmt: skip
_LONG_NAMES = {
    "/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed",
    "/AHx": "/ASCIIHexDecode", "/A85": "/ASCII85Decode", "/LZW": "/LZWDecode",
    "/Fl": "/FlateDecode", "/RL": "/RunLengthDecode", "/CCF": "/CCITTFaxDecode",
    "/DCT": "/DCTDecode",
}  # fmt: skip
"""The short names that pictures within content may use (8.9.7, tables 93 and 94)."""
_PHOTOGRAPHS = ("/DCTDecode", "/DCT", "/JPXDecode")


_UNREAD = ("/CCITTFaxDecode", "/CCF", "/JBIG2Decode")
"""How pictures of one bit may be coded; what they hold is not looked at."""


class Unreadable(Exception):
    """Pixels that cannot be read; the text says why."""


def standing(pdf: Pdf, image: Any) -> Any:
    """Return a picture within content as one that stands by itself (8.9.7), held by a PDF."""
    made = pdf.make_stream(image._data._inline_image_raw_bytes())
    for key, value in image.obj.items():
        made[_LONG.get(key, key)] = value
    for key in ("/ColorSpace", "/Filter"):
        if key in made:
            made[key] = _spelt_out(made[key])
    return made


def _spelt_out(value: Any) -> Any:
    if isinstance(value, Array):
        return Array([_spelt_out(one) for one in value])
    return Name(_LONG_NAMES.get(str(value), str(value))) if isinstance(value, Name) else value


def bands_of(image: Any, count: int) -> list[Any]:
    """Return each component from 0 to 255, as the picture's `Decode` has it."""
    if str(_coding(image)) in _PHOTOGRAPHS:
        most, bands = 255, _photograph(image, count)
    else:
        most, bands = _samples(image, count)
    try:
        decode = [float(one) for one in image.get("/Decode", [0, 1] * count)]
    except (TypeError, ValueError) as error:
        raise Unreadable("its Decode is no list of numbers") from error
    if len(decode) != 2 * count:
        raise Unreadable(
            f"its Decode has {len(decode)} numbers, and its colours ask for {2 * count}"
        )
    ranges = zip(decode[::2], decode[1::2], strict=True)
    if most == 255 and decode == [0.0, 1.0] * count:
        return bands
    return [
        band.point([_level(low + min(at, most) / most * (high - low)) for at in range(256)])
        for band, (low, high) in zip(bands, ranges, strict=True)
    ]


def indices_of(image: Any) -> Any:
    """Return the numbers of the colours of a picture of few (8.6.6.3)."""
    return _samples(image, 1)[1][0]


def is_flat(image: Any, count: int) -> bool:
    """Tell whether all pixels of a picture are alike, so that it has no detail to be lost."""
    try:
        bands = bands_of(image, count)
    except Unreadable:
        return False
    return all(low == high for low, high in (band.getextrema() for band in bands))


def fault_of(image: Any, count: int) -> str:
    """Return why the pixels of a picture are not there to be seen; "" where they are.

    `count` is how many components its colours have, 0 where nobody can tell.
    """
    wide, high = (image.get(key, 0) for key in ("/Width", "/Height"))
    if not all(isinstance(one, int) and one > 0 for one in (wide, high)):
        return f"it has {wide} × {high} pixels"
    try:
        if str(_coding(image)) in _PHOTOGRAPHS:
            _opened(image).load()
        elif str(_coding(image)) not in _UNREAD:
            _samples(image, count or 1)
    except Unreadable as error:
        return str(error)
    except (OSError, SyntaxError, ValueError) as error:
        return f"it cannot be decoded: {error}"
    return ""


def own_components(image: Any) -> int:
    """Return how many components a picture has that keeps its colours to itself (JPEG 2000).

    Raises `Unreadable` for one that cannot be opened.
    """
    return len(_opened(image).getbands())


def pack(stream: Any, data: bytes, width: int, colours: int) -> None:
    """Write the pixels of a picture, eight bits each, compressed."""
    row = width * colours
    # PNG's filter “up” (RFC 2083, 6.4) finds the likeness of a row to the one above it.
    above, rows = bytes(row), []
    for at in range(0, len(data), row):
        line = data[at : at + row]
        rows.append(b"\x02" + _less(line, above))
        above = line
    stream.write(
        zlib.compress(b"".join(rows), 6),
        filter=Name.FlateDecode,
        decode_parms=Dictionary(Predictor=15, Colors=colours, BitsPerComponent=8, Columns=width),
    )
    stream.BitsPerComponent = 8


def _less(line: bytes, above: bytes) -> bytes:
    """Return one row of bytes less another, each byte by itself and modulo 256."""
    # As one long number each: bit 8 of every byte is set apart, so that nothing is borrowed.
    size = len(line)
    high = int.from_bytes(b"\x80" * size, "big")
    one, other = int.from_bytes(line, "big"), int.from_bytes(above, "big")
    return (((one | high) - (other & ~high)) ^ ((one ^ ~other) & high)).to_bytes(size, "big")


def _level(share: float) -> int:
    return round(255 * min(max(share, 0.0), 1.0))


def _coding(image: Any) -> Any:
    """Return the filter by which the pixels themselves are coded; None where there is none."""
    filters = image.get("/Filter")
    if isinstance(filters, Array):
        return filters[-1] if len(filters) else None
    return filters


def _photograph(image: Any, count: int) -> list[Any]:
    from PIL import ImageChops

    photograph = _opened(image)
    try:
        bands = list(photograph.split())
    except (OSError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if len(bands) != count:
        raise Unreadable(f"{len(bands)} components, and its colours have {count}")
    # Pillow takes every JPEG in four inks for one of Adobe's, and turns it round.
    turned = photograph.format == "JPEG" and count == 4
    return [ImageChops.invert(band) for band in bands] if turned else bands


def _opened(image: Any) -> Any:
    """Return a picture that is coded as a file of its own, opened and not yet decoded."""
    from PIL import Image as images
    from PIL import UnidentifiedImageError

    try:
        return images.open(BytesIO(image.read_raw_bytes()))
    except UnidentifiedImageError as error:
        raise Unreadable("it is no picture of the kind that it says") from error
    except (OSError, ValueError, images.DecompressionBombError) as error:
        raise Unreadable(str(error)) from error


def _samples(image: Any, count: int) -> tuple[int, list[Any]]:
    """Return the highest level that there can be, and the components as they are written."""
    from PIL import Image as images

    wide, high = _whole(image, "/Width"), _whole(image, "/Height")
    bits = _whole(image, "/BitsPerComponent", 8)
    if bits not in (1, 2, 4, 8, 16) or wide < 1 or high < 1 or count < 1:
        raise Unreadable(f"{wide} × {high} pixels of {bits} bits")
    try:
        data = image.read_bytes()
    except PdfError as error:
        raise Unreadable(str(error)) from error
    row = (wide * count * bits + 7) // 8
    if len(data) < row * high:
        raise Unreadable(f"{len(data)} bytes, and its size asks for {row * high}")
    levels = _bytes(data[: row * high], bits, row, wide * count)
    bands = [images.frombytes("L", (wide, high), levels[at::count]) for at in range(count)]
    return min(255, (1 << bits) - 1), bands


def _whole(image: Any, key: str, usual: int = 0) -> int:
    """Return a whole number of a picture's dictionary."""
    value = image.get(key, usual)
    if not isinstance(value, int):
        raise Unreadable(f"its {key.removeprefix('/')} is no whole number")
    return value


def _bytes(data: bytes, bits: int, row: int, count: int) -> bytes:
    """Return the levels in rows of so many bytes, a byte each; of sixteen bits the upper eight."""
    if bits >= 8:
        return data[:: bits // 8]
    mask, shifts = (1 << bits) - 1, range(8 - bits, -1, -bits)
    parts = [bytes((one >> shift) & mask for shift in shifts) for one in range(256)]
    rows = (data[at : at + row] for at in range(0, len(data), row))
    return b"".join(b"".join(parts[one] for one in line)[:count] for line in rows)
