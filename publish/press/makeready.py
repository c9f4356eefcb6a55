"""A laid-out PDF made ready for the printer: inks, boxes at a zero origin, marks, page labels.

In: PDF bytes as the layout engine wrote them, and a `PressJob`. Out: problems (P432) and PDF bytes,
a print edition's PDF/X-4 (ISO 15930-7) where the press has a profile. Boxes follow ISO 32000-1,
14.11.2: TrimBox within BleedBox within MediaBox. Marks are drawn outside the bleed.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from publish.ground.problems import Problem, problem
from publish.ground.units import MM
from publish.press.finishing import label, saved
from publish.press.inked_objects import separation
from publish.press.inking import set_in_inks
from publish.press.inks import Inks
from publish.press.marks import Sheet, common_marks, legible, slug_line
from publish.press.pdfx import VERSION, declare
from publish.press.spaces import registration
from publish.press.xmp import Identity, identity_of, inform
from publish.settings.book_toml import Settings
from publish.text.folios import Folios

_REGISTRATION, _RED = "/Registration", "/Red"


@dataclass(frozen=True)
class PressJob:
    """What a print PDF is made for: bleed in mm, inks, and what stands on it for the printer.

    `slug` is what its slug line says of the book; `leftward` where it is read from right to left;
    `folds` where each page is folded, in mm from the left edge of its trim.
    """

    bleed: float
    inks: Inks
    identity: Identity
    slug: str
    folios: Folios
    colour_bar: bool = False
    leftward: bool = False
    folds: tuple[float, ...] = ()


def told_title(settings: Settings) -> str:
    """Return a title as the book's own sans, which has no other letters, can set it beside pages.

    The slug of the book where it cannot.
    """
    return settings.title if legible(settings.title) else settings.slug


def press_job(
    settings: Settings, inks: Inks, folios: Folios, leftward: bool, edition: str = "print"
) -> PressJob:
    """Return what the settings of a book make of the PDF of an edition for the printer."""
    parts = (told_title(settings), settings.edition, f"{settings.modified:%Y-%m-%d}")
    slug = " · ".join(one for one in parts if one and legible(one))
    bleed, bar = settings.print.bleed, settings.print.colour_bar
    return PressJob(bleed, inks, identity_of(settings, edition), slug, folios, bar, leftward)


def finished(data: bytes, job: PressJob) -> tuple[bytes, list[Problem]]:
    """Return the pages in inks, with zero-origin boxes and marks around them; links taken out.

    With a profile, a colour that could not be set in inks is P432, and the file claims no PDF/X.
    """
    with Pdf.open(BytesIO(data)) as pdf:
        left = set_in_inks(pdf, job.inks)
        spaces = _spaces(pdf, job.inks)
        forms: dict[Sheet, Any] = {}
        for number, page in enumerate(pdf.pages, 1):
            sheet = _sheet(page, job)
            words, folio = slug_line(sheet, job.slug, f"{number}/{len(pdf.pages)}")
            if sheet not in forms:
                forms[sheet] = _marks(pdf, job, sheet, "\n".join(words), spaces)
            _finish_page(pdf, page, sheet, forms[sheet], "\n".join(folio))
        _move_destinations(pdf, sheet.margin if forms else 0)
        label(pdf, job.folios, job.leftward)
        if job.inks.profile and not left:
            declare(pdf, job.inks.profile, job.identity)
        else:
            inform(pdf, job.identity)
        pdf.remove_unreferenced_resources()
        told = [problem("P432", None, spaces=", ".join(left))] if left and job.inks.profile else []
        return saved(pdf, VERSION), told


def _spaces(pdf: Pdf, inks: Inks) -> dict[str, Any]:
    """Return the colour spaces of the marks: that of all plates, and the ink of the red."""
    made = {_REGISTRATION: registration(pdf)}
    if inks.spot:
        made[_RED] = pdf.make_indirect(Array(separation(inks)))
    return made


def _sheet(page: pikepdf.Page, job: PressJob) -> Sheet:
    left, bottom, right, top = (float(side) for side in page.trimbox)
    folds = tuple(fold * MM for fold in job.folds)
    return Sheet(right - left, top - bottom, job.bleed * MM, folds)


def _marks(pdf: Pdf, job: PressJob, sheet: Sheet, words: str, spaces: dict[str, Any]) -> Stream:
    """Return the marks that all pages of a size have, as a form."""
    spot = _RED if _RED in spaces else ""
    content = common_marks(sheet, words, job.colour_bar, _REGISTRATION, spot)
    form = pdf.make_stream(content.encode("ascii"))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, *(_pt(side) for side in sheet.size)])
    form.Resources = Dictionary(ColorSpace=Dictionary(spaces))
    return form


def _finish_page(pdf: Pdf, page: pikepdf.Page, sheet: Sheet, marks: Stream, folio: str) -> None:
    left, bottom = (float(side) for side in list(page.trimbox)[:2])
    form = _form(pdf, page)
    edge, margin = sheet.bleed, sheet.margin
    window = (margin - edge, margin - edge, sheet.width + 2 * edge, sheet.height + 2 * edge)
    shown = (
        f"q {' '.join(f'{one:.4f}' for one in window)} re W n"
        f" 1 0 0 1 {margin - left:.4f} {margin - bottom:.4f} cm /Page Do Q\n"
    )
    content = f"{shown}/Marks Do\nq {folio} Q"
    page.obj.Contents = pdf.make_stream(content.encode("ascii"))
    page.obj.Resources = Dictionary(XObject=Dictionary(Page=form, Marks=marks))
    outer = Array([0, 0, *(_pt(side) for side in sheet.size)])
    page.obj.MediaBox = outer
    page.obj.CropBox = outer
    page.obj.TrimBox = _inset(sheet.width, sheet.height, margin, 0)
    page.obj.BleedBox = _inset(sheet.width, sheet.height, margin, edge)
    for key in ("/Annots", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]


def _form(pdf: Pdf, page: pikepdf.Page) -> Stream:
    """Return a page's content as a form, so that it keeps the coordinates its patterns hang on.

    (`Page.as_form_xobject` reads the content when the file is saved, after we have replaced it.)
    """
    page.contents_coalesce()
    form = pdf.make_stream(page.obj.Contents.read_bytes())
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = page.obj.MediaBox
    form.Resources = page.obj.Resources
    if "/Group" in page.obj:
        form.Group = page.obj.Group
    return form


def _pt(value: float) -> float:
    return round(value, 4)


def _inset(width: float, height: float, margin: float, edge: float) -> Array:
    low = _pt(margin - edge)
    return Array([low, low, _pt(margin + width + edge), _pt(margin + height + edge)])


def _move_destinations(pdf: Pdf, margin: float) -> None:
    """Move every destination in the catalogue with the pages' new origin."""
    moved: set[tuple[int, int]] = set()

    def move(destination: Any) -> None:
        if isinstance(destination, Dictionary):
            destination = destination.get("/D")
        if isinstance(destination, Array) and len(destination) > 3 and destination[1] == Name.XYZ:
            if destination.is_indirect and destination.objgen in moved:
                return
            moved.add(destination.objgen)
            for place in (2, 3):
                destination[place] = _pt(float(destination[place]) + margin)

    def outline(item: Any) -> None:
        while item is not None:
            move(item.get("/Dest"))
            if "/A" in item:
                move(item.A.get("/D"))
            outline(item.get("/First"))
            item = item.get("/Next")

    def names(node: Any) -> None:
        for destination in list(node.get("/Names", Array()))[1::2]:
            move(destination)
        for kid in node.get("/Kids", Array()):
            names(kid)

    if "/Outlines" in pdf.Root:
        outline(pdf.Root.Outlines.get("/First"))
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        names(pdf.Root.Names.Dests)
