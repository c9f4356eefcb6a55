"""Pictures of the pages of a PDF for the report that a person looks at.

In: a PDF, and the pages with something to be seen. Out: a `Shot` of each page, trimmed, as a WebP
in a data address. All of them together stay within `MOST` bytes or about that, so that the report
of a thick book can still be mailed: its pages are taken smaller, down to what can be read. (A novel
of 300 pages has each of them about 480 px wide.) Where not even that fits, at about 400 pages of
A5, those with nothing to be seen are thumbnails.
"""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

MOST = 12_000_000
"""Bytes of all pictures together."""
_LARGE, _LEAST, _SMALL = 900, 420, 180
"""Widths in px: of a page that is read, the least of one, of one that is only there."""
_DENSE = 0.12
"""Bytes of a pixel of a page of text, as WebP of this quality."""
_QUALITY, _EFFORT = 55, 2
"""Of WebP; with twice the effort a page is three hundredths smaller, and takes twice as long."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A page: its number from 1, its folio, its size in pt, and the picture of it in px."""

    number: int
    label: str
    width: float
    height: float
    pixels: tuple[int, int]
    source: str
    thumbnail: bool = False
    """Whether it is there to be seen, and is too small to be read."""


def shots(
    path: Path | bytes,
    wanted: Collection[int],
    progress: Callable[[str], None] = lambda what: None,
    others: bool = True,
) -> list[Shot]:
    """Return pictures of the pages of a sound PDF, or of its bytes; `wanted` ones can be read.

    The `others` are left out where nobody asks for them.
    """
    # Here, so that nobody who only builds loads what makes pictures.
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        count = len(pdf)
        pages = range(1, count + 1) if others else sorted(wanted)
        fit = all(_width(page, MOST / len(pages)) >= _LEAST for page in pdf) if others else True
        large = pages if fit else wanted
        made = []
        for number in pages:
            progress(f"report, page {number} of {count}")
            page = pdf[number - 1]
            label, thumbnail = pdf.get_page_label(number - 1), number not in large
            wide = _SMALL if thumbnail else max(_width(page, MOST / len(large)), _LEAST)
            made.append(replace(_shot(page, number, label, wide), thumbnail=thumbnail))
        return made


def _width(page: Any, room: float) -> int:
    """Return how wide a page can be taken, in px, for its picture to have so many bytes."""
    left, foot, right, head = page.get_trimbox()
    return round(min(_LARGE, math.sqrt(room / _DENSE * (right - left) / (head - foot))))


def _shot(page: Any, number: int, label: str, wide: int) -> Shot:
    left, foot, right, head = page.get_trimbox()
    whole = page.get_mediabox()
    cut = (left - whole[0], foot - whole[1], whole[2] - right, whole[3] - head)
    width, height = right - left, head - foot
    image = page.render(scale=wide / width, crop=cut).to_pil().convert("RGB")
    data = BytesIO()
    image.save(data, "WEBP", quality=_QUALITY, method=_EFFORT)
    source = f"data:image/webp;base64,{b64encode(data.getvalue()).decode()}"
    return Shot(number, label, round(width, 2), round(height, 2), image.size, source)
