"""Pages whose text stands turned as a whole → pages that are read as one turns them.

In: the document, open twice. Out: nothing; the pages' /Rotate is changed in memory (ISO 32000-1,
table 30). A table that lies on its side is such a page, and so is one that was scanned so.
"""

from __future__ import annotations

import math
from collections import Counter

import pikepdf
import pypdfium2
import pypdfium2.raw as raw

ASKED = 60
"""So many letters of a page tell how it stands, …"""
LEAST = 30
"""So many of them have to stand so: a picture's credit turns no page."""
MOST = 0.9
"""… if this part of them do."""


def turn_upright(document: pypdfium2.PdfDocument, pdf: pikepdf.Pdf) -> None:
    """Turn each page the way that nearly all of its text is read."""
    for number, page in enumerate(document):
        quarters = Counter(_quarters(page))
        quarter, count = quarters.most_common(1)[0]
        most = count >= max(LEAST, MOST * quarters.total())
        if most and 90 * quarter != page.get_rotation():
            page.set_rotation(90 * quarter)
            pdf.pages[number].obj.Rotate = 90 * quarter


def _quarters(page: pypdfium2.PdfPage) -> list[int]:
    """Return for some letters of a page how many quarters to the left they are turned."""
    text = page.get_textpage()
    count = raw.FPDFText_CountChars(text)
    out = []
    matrix = raw.FS_MATRIX()
    for index in range(0, count, max(1, count // ASKED)):
        letter = chr(raw.FPDFText_GetUnicode(text, index)).isalnum()
        if letter and raw.FPDFText_GetMatrix(text, index, matrix):
            out.append(round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4)
    return out or [page.get_rotation() // 90 % 4]
