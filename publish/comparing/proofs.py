"""A proof as the book in it: without what is laid under and beside its pages.

In: a PDF. Out: its bytes, and the names of the files of which a line is named beside the text. Of
a proof they are those of a PDF in which the sheets under the pages are gone, the pages after them
too, and the trim is that of the book. Line numbers, flags and bars are notes to a book and no words
of it: two proofs compare as the books in them do.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pikepdf import Array, Name, Pdf

from publish.checks.pdf_reader import NoPdf
from publish.proof.ground import BESIDE, DOWN
from publish.proof.map import read_map


def book_in(path: Path) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF of the book alone, and the names of files beside its text."""
    data = path.read_bytes()
    with Pdf.open(BytesIO(data)) as pdf:
        if not pdf.pages:
            raise NoPdf("it has no pages")
        known = read_map(pdf)
        if known is None:
            return data, ()
        for number in range(len(pdf.pages), 0, -1):
            page = pdf.pages[number - 1]
            sheet = Name(f"/Sheet{number}")
            page.contents_coalesce()
            drawn = page.obj.Contents.read_bytes()
            if f"{sheet} Do".encode() not in drawn:
                del pdf.pages[number - 1]
                continue
            page.obj.Contents = pdf.make_stream(drawn.replace(f"{sheet} Do".encode(), b""))
            left, foot, right, head = (float(side) for side in page.mediabox)
            trim = (left + BESIDE, foot + DOWN, right - BESIDE, head - DOWN)
            page.obj.TrimBox = Array([round(side, 3) for side in trim])
        out = BytesIO()
        pdf.save(out)
        return out.getvalue(), tuple(known.sources)
