"""A proof as the book in it: without what is laid under and beside its pages.

In: a PDF. Out: its bytes. Of a proof they are those of a PDF in which the sheets under the pages
are gone, the pages after them too, and the trim is that of the book. Line numbers, flags and bars
are notes to a book and no words of it: two proofs compare as the books in them do. A sheet is known
by how it is laid under its page, whatever else a program left of the proof.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

from pikepdf import Array, Pdf

from publish.checks.pdf_reader import NoPdf
from publish.proof.drawing import UNDER
from publish.proof.ground import BESIDE, DOWN

_UNDER = re.compile(UNDER.format(left=r"[-\d.]+", foot=r"[-\d.]+", number=r"\d+").encode())


def book_in(path: Path) -> bytes:
    """Return the PDF of the book alone."""
    data = path.read_bytes()
    with Pdf.open(BytesIO(data)) as pdf:
        if not pdf.pages:
            raise NoPdf("it has no pages")
        last = 0
        for number, page in enumerate(pdf.pages, 1):
            page.contents_coalesce()
            drawn, sheets = _UNDER.subn(b"", page.obj.Contents.read_bytes(), count=1)
            if sheets:
                last = number
                page.obj.Contents = pdf.make_stream(drawn)
                left, foot, right, head = (float(side) for side in page.mediabox)
                trim = (left + BESIDE, foot + DOWN, right - BESIDE, head - DOWN)
                page.obj.TrimBox = Array([round(side, 3) for side in trim])
        if not last:
            return data
        del pdf.pages[last:]
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()
