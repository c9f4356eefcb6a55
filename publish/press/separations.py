"""Separations: the pages of a print PDF, or the sheets of a booklet, as one grey PDF an ink.

In: such a PDF, and what the printer leaves white along the edges (mm). Out: `Separation`s in the
order of the inks on the press, only of inks that print something. Sizes and boxes stay as they are
(100 %); beside the pages stand register marks, those of sheets where the sheet has room for them,
and the name of the ink. A separation is no PDF/X: its grey is a plate, not a colour.
"""

from __future__ import annotations

from io import BytesIO

from msgspec import Struct
from pikepdf import Page, Pdf

from publish.ground.units import MM
from publish.press.finishing import saved
from publish.press.marks import Sheet, ink_line, sheet_crosses
from publish.press.plates import Plate
from publish.press.xmp import derive
from publish.settings.printing import PROCESS, RESERVED

CLAIM = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"


class Separation(Struct, frozen=True):
    """What one ink prints, as a PDF; `registered` where there was room for register marks."""

    ink: str
    pdf: bytes
    registered: bool

    @property
    def is_process(self) -> bool:
        """Tell whether the ink is cyan, magenta or yellow, of which other colours are mixed."""
        return self.ink in PROCESS[:3]


def separated(source: bytes, margin: float | None = None) -> list[Separation]:
    """Return a PDF parted into its inks; raises `Unparted` for a colour that is in none.

    `margin` is what the printer leaves white of a sheet, in mm; None where the pages have their
    register marks already.
    """
    found: list[Separation] = []
    inks = [*PROCESS]
    for ink in inks:
        with Pdf.open(BytesIO(source)) as pdf:
            plate = Plate(pdf, ink)
            plate.part()
            if ink == PROCESS[0]:
                inks += sorted(plate.met.difference(RESERVED))
            if plate.used:
                found.append(_separation(pdf, ink, margin))
    return found


def _separation(pdf: Pdf, ink: str, margin: float | None) -> Separation:
    """Return a plate with what is told beside its pages, and without what holds of it no longer."""
    count = len(pdf.pages)
    told = [
        _told(page, f"{ink} · {number}/{count}", margin) for number, page in enumerate(pdf.pages, 1)
    ]
    if "/OutputIntents" in pdf.Root:
        del pdf.Root.OutputIntents
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if CLAIM in xmp:
            del xmp[CLAIM]
        derive(xmp, ink)
    return Separation(ink, saved(pdf, pdf.pdf_version), all(told))


def _told(page: Page, words: str, margin: float | None) -> bool:
    """Name the ink beside a page, and mark where plates meet; tell whether there was room."""
    box = [float(side) for side in page.trimbox]
    sheet = Sheet(box[2] - box[0], box[3] - box[1], box[0] - float(page.bleedbox[0]))
    left, foot = box[0] - sheet.margin, box[1] - sheet.margin
    wide, high = (float(side) for side in list(page.mediabox)[2:])
    white = (margin or 0.0) * MM
    level, upright = (
        room >= white - 0.1
        for room in (min(left, wide - left - sheet.size[0]), min(foot, high - foot - sheet.size[1]))
    )
    lines = [] if margin is None else sheet_crosses(sheet, sides=level, ends=upright)
    lines += ink_line(sheet, words) if upright else []
    shown = "\n".join(("Q q", f"1 0 0 1 {left:.4f} {foot:.4f} cm 0 G 0 g 0.25 w", *lines, "Q"))
    page.contents_add(b"q", prepend=True)
    page.contents_add(shown.encode("ascii"))
    return margin is None or (level and upright)
