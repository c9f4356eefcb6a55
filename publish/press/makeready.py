"""A laid-out PDF made ready for the printer: inks, boxes at a zero origin, marks, page labels.

In: a PDF in inks, and a `PressJob`. Out: problems (P432) and PDF bytes, a print edition's PDF/X-4
(ISO 15930-7) where the press has a profile. Boxes follow ISO 32000-1,
14.11.2: TrimBox within BleedBox within MediaBox. Marks are drawn outside the bleed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from publish.engine.binding import artifact
from publish.ground.problems import Problem, problem
from publish.ground.units import MM
from publish.press.finishing import label, saved
from publish.press.inked_objects import separation
from publish.press.inking import in_inks
from publish.press.inks import Inks
from publish.press.marks import Sheet, common_marks, legible, slug_line
from publish.press.pdfx import VERSION, declare
from publish.press.spaces import registration
from publish.press.xmp import Identity, identity_of, inform
from publish.settings.book_toml import Settings
from publish.text.folios import Folios

NO_FOLIOS: Mapping[int, Stream] = MappingProxyType({})
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


def made_ready(data: bytes, job: PressJob) -> tuple[bytes, list[Problem]]:
    """Return the pages of a PDF as the layout engine writes it, in inks and finished."""
    data, left = in_inks(data, job.inks)
    with Pdf.open(BytesIO(data)) as pdf:
        return finished(pdf, job, left)


def finished(
    pdf: Pdf, job: PressJob, left: Iterable[str], folios: Mapping[int, Stream] = NO_FOLIOS
) -> tuple[bytes, list[Problem]]:
    """Return pages in inks with zero-origin boxes and marks around them.

    `left` are the kinds of colours that could not be set in inks: with a profile that is P432, and
    the file claims no PDF/X. `folios` are forms that are laid over pages, by their numbers from 0.
    """
    spaces = _spaces(pdf, job.inks)
    forms: dict[Sheet, Any] = {}
    for number, page in enumerate(pdf.pages):
        sheet = _sheet(page, job)
        words, count = slug_line(sheet, job.slug, f"{number + 1}/{len(pdf.pages)}")
        if sheet not in forms:
            content = _common(job, sheet, "\n".join(words), spaces)
            forms[sheet] = _marks(pdf, sheet, content, spaces)
        drawn = {"/Page": _form(page), "/Marks": forms[sheet]}
        # By itself, so that pages are alike however many there are.
        drawn["/Count"] = _marks(pdf, sheet, "\n".join(count), spaces)
        if number in folios:
            drawn["/Folio"] = folios[number]
        _finish_page(pdf, page, sheet, drawn)
    _move_destinations(pdf, sheet.margin if forms else 0)
    label(pdf, job.folios, job.leftward)
    spared = sorted({*left}) if job.inks.profile else []
    if job.inks.profile and not spared:
        declare(pdf, job.inks.profile, job.identity)
    else:
        inform(pdf, job.identity)
    told = [problem("P432", None, spaces=", ".join(spared))] if spared else []
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


def _common(job: PressJob, sheet: Sheet, words: str, spaces: Mapping[str, Any]) -> str:
    """Return the marks that all pages of a size have."""
    spot = _RED if _RED in spaces else ""
    return common_marks(sheet, words, job.colour_bar, _REGISTRATION, spot)


def _marks(pdf: Pdf, sheet: Sheet, content: str, spaces: dict[str, Any]) -> Stream:
    """Return marks of a sheet as a form."""
    form = pdf.make_stream(content.encode("ascii"))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox = Array([0, 0, *(_pt(side) for side in sheet.size)])
    form.Resources = Dictionary(ColorSpace=Dictionary(spaces))
    return form


def _finish_page(pdf: Pdf, page: pikepdf.Page, sheet: Sheet, drawn: Mapping[str, Stream]) -> None:
    left, bottom = (float(side) for side in list(page.trimbox)[:2])
    edge, margin = sheet.bleed, sheet.margin
    window = (margin - edge, margin - edge, sheet.width + 2 * edge, sheet.height + 2 * edge)
    over = f" {artifact('/Folio')}" if "/Folio" in drawn else ""
    shown = (
        f"q {' '.join(f'{one:.4f}' for one in window)} re W n"
        f" 1 0 0 1 {margin - left:.4f} {margin - bottom:.4f} cm /Page Do{over} Q\n"
    )
    content = f"{shown}/Marks Do /Count Do"
    page.obj.Contents = pdf.make_stream(content.encode("ascii"))
    page.obj.Resources = Dictionary(XObject=Dictionary(drawn))
    outer = Array([0, 0, *(_pt(side) for side in sheet.size)])
    page.obj.MediaBox = outer
    page.obj.CropBox = outer
    page.obj.TrimBox = _inset(sheet.width, sheet.height, margin, 0)
    page.obj.BleedBox = _inset(sheet.width, sheet.height, margin, edge)
    if "/ArtBox" in page.obj:
        del page.obj["/ArtBox"]


def _form(page: pikepdf.Page) -> Stream:
    """Make a page's content a form, so that it keeps the coordinates that its patterns hang on.

    It is one stream (`inking`), and that of no other page.
    """
    form: Any = page.obj.Contents
    assert isinstance(form, Stream)
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
