"""Small pictures for generated books: a grey PNG, a drawing and a chart in SVG.

In: a function that gives random numbers. Out: the bytes of a file. The PNG (ISO 15948) is stored
without compression, as compressors differ between platforms; its size is that of a print at 300
ppi over the measure of an A5 page.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

Numbers = Callable[[], float]
WIDE, HIGH = 1320, 880
STORED = 0xFFFF  # bytes in a stored block at most (RFC 1951, 3.2.4)
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">
{2}
</svg>
"""


def photo(numbers: Numbers) -> bytes:
    """Make a grey PNG of slanted bands."""
    slant, band = 1 + int(numbers() * 4), 60 + int(numbers() * 120)
    period = 2 * band
    wave = bytes(40 + abs(at % period - band) * 180 // band for at in range(WIDE + period))
    rows = (b"\0" + wave[(shift := y * slant % period) : shift + WIDE] for y in range(HIGH))
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 0, 0, 0, 0)
    parts = (b"IHDR", head), (b"IDAT", _stored(b"".join(rows))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _stored(data: bytes) -> bytes:
    """Return a zlib stream (RFC 1950) of stored blocks."""
    stream = [b"\x78\x01"]
    for start in range(0, len(data), STORED):
        block = data[start : start + STORED]
        last = start + STORED >= len(data)
        stream += [struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF), block]
    return b"".join([*stream, struct.pack(">I", zlib.adler32(data))])


def drawing(numbers: Numbers) -> bytes:
    """Make an SVG of circles."""
    circles = [
        f'<circle cx="{int(numbers() * 600)}" cy="{int(numbers() * 400)}" '
        f'r="{10 + int(numbers() * 70)}" fill="none" stroke="#222" stroke-width="3"/>'
        for _ in range(12)
    ]
    return SVG.format(600, 400, "\n".join(circles)).encode()


def chart(numbers: Numbers) -> bytes:
    """Make an SVG of bars."""
    bars = []
    for at in range(10):
        tall, left = 20 + int(numbers() * 260), 20 + at * 56
        place = f'x="{left}" y="{300 - tall}" width="40" height="{tall}"'
        bars.append(f'<rect {place} fill="#555"/>')
    bars.append('<path d="M10 300H590" stroke="#000" stroke-width="2"/>')
    return SVG.format(600, 320, "\n".join(bars)).encode()
