"""A PDF → lines that say themselves what they are, and its pictures.

In: a file (ISO 32000-1). Out: an `Extract`. Nothing of the file is run, opened or followed: no
action, no script, no embedded file, no address. `read_pdf` is the whole of it: pages, rows, blocks,
roles; where the PDF is tagged and its tags hold the text, they say what is a block and in which
order.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
from msgspec.structs import replace

from publish.ground.damage import DAMAGE
from publish.importing.guessing import spoken
from publish.importing.model import Extract, Picture
from publish.importing.pdf.brackets import as_read
from publish.importing.pdf.drawings import PPI, drawings_of, shown
from publish.importing.pdf.forms import filled
from publish.importing.pdf.model import Box, Image, Page
from publish.importing.pdf.outline import bookmarks_of, language_in
from publish.importing.pdf.pages import read_page
from publish.importing.pdf.pictures import read_pictures
from publish.importing.pdf.settling import settle
from publish.importing.pdf.tags import read_tags
from publish.importing.pdf.taking import Scanned, take
from publish.importing.pdf.turning import turn_upright
from publish.importing.refusing import Refused

UNREADABLE = 0.2
"""A PDF of whose letters so many have no character says nothing."""
SPARSE = 20
"""Pages with pictures and fewer letters than this on each, on average, are scans."""


def read_pdf(path: Path, tag: str = "") -> Extract:
    """Read a PDF, in the language `tag` if one is given; raises `Refused` where it cannot be."""
    document = _opened(path)
    try:
        with warnings.catch_warnings(), pikepdf.open(path) as pdf:
            warnings.simplefilter("ignore")
            turn_upright(document, pdf)
            read = [read_page(number, page) for number, page in enumerate(document)]
            pages = as_read(settle(read))
            images, pictures, failed = read_pictures(
                pdf, {one.number for one in pages if one.pieces}
            )
            drawn = _drawings(document, pages, images, pictures)
            _refuse_unreadable(path, pages, bool(images) or _scanned(pdf))
            language, guessed = spoken(tag or language_in(pdf), lambda: _text(pages))
            extract = take(
                Scanned(
                    pages,
                    [*images, *drawn],
                    pictures,
                    read_tags(pdf),
                    bookmarks_of(pdf),
                    language,
                    _as_seen(document, pages, images, pictures, failed),
                    tuple(filled(pdf)),
                )
            )
            return replace(extract, notes=(*guessed, *extract.notes))
    except DAMAGE as error:
        raise Refused(f"{path} is a damaged PDF: {_said(error, path)}", DAMAGED) from error
    finally:
        document.close()


DAMAGED = "Save it anew from the program that made it, or repair it: qpdf in.pdf out.pdf"
LOCKED = "Save it without a password: qpdf --decrypt --password=… in.pdf out.pdf"
OCR = "Recognise its text first (OCR), for instance: ocrmypdf in.pdf out.pdf"


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Refused(f"{path} is locked with a password", LOCKED) from error
        raise Refused(f"{path} is a damaged PDF: {_said(error, path)}", DAMAGED) from error
    if not len(document):
        raise Refused(f"{path} is a PDF without pages", DAMAGED)
    return document


def _said(error: Exception, path: Path) -> str:
    return " ".join(str(error).replace(f"{path}: ", "").split())


def _text(pages: Sequence[Page]) -> str:
    return " ".join(piece.text for page in pages for piece in page.pieces)


def _scanned(pdf: pikepdf.Pdf) -> bool:
    return any(page.images for page in pdf.pages)


def _refuse_unreadable(path: Path, pages: Sequence[Page], pictured: bool) -> None:
    """Raise `Refused` for a PDF that has no text to take."""
    letters = [char for page in pages for piece in page.pieces for char in piece.text]
    if pictured and len(letters) < SPARSE * len(pages):
        count = sum(not page.pieces for page in pages)
        reason = f"{path} is a scan: {count} of its {len(pages)} pages have no text"
        raise Refused(reason, OCR)
    if not letters:
        raise Refused(f"{path} has no text", OCR)
    unknown = sum(char in "\x00\ufffd" or "\ue000" <= char <= "\uf8ff" for char in letters)
    if unknown > UNREADABLE * len(letters):
        reason = f"{path} does not say which characters its letters are"
        raise Refused(reason, OCR)


def _as_seen(
    document: pypdfium2.PdfDocument,
    pages: Sequence[Page],
    images: Sequence[Image],
    pictures: dict[str, Picture],
    failed: Mapping[str, str],
) -> list[str]:
    """Take pictures whose pixels cannot be had as they are seen; return what is told of them."""
    told = []
    for image in images:
        if image.picture in failed and not pictures[image.picture].file:
            data = shown(document[image.page], pages[image.page], image.box)
            pictures[image.picture] = Picture(f"{image.picture}.png", data)
            told.append(
                f"the picture on page {image.page + 1} is taken as it is seen, {PPI} ppi: "
                f"{failed[image.picture]}"
            )
    return told


def _drawings(
    document: pypdfium2.PdfDocument,
    pages: Sequence[Page],
    images: Sequence[Image],
    pictures: dict[str, Picture],
) -> list[Image]:
    """Return the drawings of all pages, and put their pictures to the others."""
    out: list[Image] = []
    for read in pages:
        page = document[read.number]
        own = [one.box for one in images if one.page == read.number]
        for box, parts in drawings_of(page, read):
            if any(_overlap(box, other) for other in own):
                continue
            name = f"drawing-{len(out) + 1}"
            pictures[name] = Picture(f"{name}.png", shown(page, read, box))
            out.append(Image(read.number, box, name, drawn=parts))
    return out


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
