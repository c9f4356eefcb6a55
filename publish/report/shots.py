"""Pictures of the pages of a PDF for the report that a person looks at.

In: a PDF, and the pages that are to be seen large. Out: a `Shot` of each page, trimmed, as a WebP
in a data address. All of them together stay within `MOST` bytes or about that, so that the report
of a thick book can still be mailed: its pages are taken smaller, and those without a finding are
thumbnails.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Callable, Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

MOST = 12_000_000
"""Bytes of all pictures together."""
_LARGE, _LEAST, _SMALL = 900, 420, 180
"""Widths in px: of a page that is read, the least of one, of one that is only there."""
_FEW = 64
"""A book of no more pages has all of them large."""
_DENSE = 0.12
"""Bytes of a pixel of a page of text, as WebP of this quality."""
_QUALITY = 55


@dataclass(frozen=True, slots=True)
class Shot:
    """A page: its number from 1, its folio, its size in pt, and the picture of it in px."""

    number: int
    label: str
    width: float
    height: float
    pixels: tuple[int, int]
    source: str


def shots(
    path: Path | bytes, wanted: Collection[int], progress: Callable[[str], None] = lambda what: None
) -> list[Shot]:
    """Return pictures of all pages of a sound PDF, or of its bytes; `wanted` ones can be read."""
    # Here, so that nobody who only builds loads what makes pictures.
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        count = len(pdf)
        large = set(range(1, count + 1)) if count <= _FEW else set(wanted)
        made = []
        for number in range(1, count + 1):
            progress(f"report, page {number} of {count}")
            page = pdf[number - 1]
            wide = _width(page, len(large)) if number in large else _SMALL
            made.append(_shot(page, number, pdf.get_page_label(number - 1), wide))
        return made


def _width(page: Any, count: int) -> int:
    """Return how wide a page can be taken, in px, for so many of them to have room."""
    left, foot, right, head = page.get_trimbox()
    pixels = MOST / max(count, 1) / _DENSE
    wide = math.sqrt(pixels * (right - left) / (head - foot))
    return round(max(_LEAST, min(_LARGE, wide)))


def _shot(page: Any, number: int, label: str, wide: int) -> Shot:
    left, foot, right, head = page.get_trimbox()
    whole = page.get_mediabox()
    cut = (left - whole[0], foot - whole[1], whole[2] - right, whole[3] - head)
    width, height = right - left, head - foot
    image = page.render(scale=wide / width, crop=cut).to_pil().convert("RGB")
    data = BytesIO()
    image.save(data, "WEBP", quality=_QUALITY, method=4)
    source = f"data:image/webp;base64,{b64encode(data.getvalue()).decode()}"
    return Shot(number, label, round(width, 2), round(height, 2), image.size, source)
