"""Pages of a print PDF put on the sheets of a booklet, for a duplex printer.

In: a PDF (ISO 32000) and a `Job`. Out: a `Booklet`: the sheets as a PDF, front and back by turns,
its `Plan`, and findings. Each page becomes a form XObject, so nothing is rasterised or set anew,
and it keeps its size unless the job asks to shrink. Page boxes follow ISO 32000-2, 14.11.2:
MediaBox the sheet, TrimBox its trimmed pages, BleedBox those with the bleed that is kept. Crop
and fold marks are in registration colour (Separation All, 8.6.6.4). Output intents, layers,
language, document information and XMP are kept, but for claims to PDF/A and PDF/UA: tags are left
behind with the bookmarks and the links, for they mean nothing on a sheet. The same input gives the
same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
from msgspec import Struct
from pikepdf import (
    Array,
    Dictionary,
    Matrix,
    Name,
    Object,
    ObjectStreamMode,
    Page,
    Pdf,
    Stream,
)

from publish.booklet.findings import Finding, counted, found, margin_ink, sizes, too_small
from publish.booklet.imposition import Plan, make_plan
from publish.booklet.sheets import (
    Box,
    Job,
    Layout,
    Sheet,
    Side,
    marks,
    page_box,
    trim_box,
    window,
)
from publish.booklet.source import SourcePage, lost_annotations, read_pages
from publish.ground.units import MM
from publish.press.spaces import registration
from publish.press.xmp import derive

TOO_THICK = 0.25
"""No booklet folds whose innermost page loses this part of its width to creep."""
CLAIMS = ("{http://www.aiim.org/pdfua/ns/id/}", "{http://www.aiim.org/pdfa/ns/id/}")
KEPT = ("/OutputIntents", "/OCProperties", "/Metadata", "/Lang")


class Booklet(Struct, frozen=True):
    """The sheets as a PDF (None where there is an error), the plan they follow, what was found."""

    pdf: bytes | None
    plan: Plan | None
    findings: tuple[Finding, ...]


def impose(source: bytes | Path, job: Job) -> Booklet:
    """Put the pages of a PDF on sheets; a fault of the PDF or of the job is an error finding."""
    try:
        with Pdf.open(BytesIO(source) if isinstance(source, bytes) else source) as pdf:
            return _impose(pdf, job)
    except (pikepdf.PikepdfError, OSError) as error:
        # Bytes are called by their address in memory, which tells nobody anything.
        reason = re.sub(r"^stream <[^>]*>[:,] *", "", str(error))
        return Booklet(None, None, (found("unreadable", reason=reason),))


def _impose(pdf: Pdf, job: Job) -> Booklet:
    pages, faults = read_pages(pdf)
    if faults:
        return Booklet(None, None, faults)
    plan = make_plan(len(pages), pages[0].size, job)
    if plan is None:
        return Booklet(None, None, (too_small(pages[0].size, job),))
    creep = max(abs(placed.shift) for sheet in plan.sheets for placed in sheet.front)
    if creep > TOO_THICK * plan.layout.cell.width:
        thick = found("too-thick", sheets=len(plan.sheets), creep=creep)
        return Booklet(None, plan, (thick,))
    made = _draw(pdf, pages, plan, job)
    notes = _notes(pages, plan, job)
    return Booklet(made, plan, (*notes, *lost_annotations(pages), *margin_ink(made, plan, job)))


def _draw(source: Pdf, pages: Sequence[SourcePage], plan: Plan, job: Job) -> bytes:
    """Return the sheets as a PDF."""
    out = Pdf.new()
    forms = [_form(source, out, page) for page in pages]
    every_plate = registration(out)
    for sheet in plan.sheets:
        for side in (sheet.front, sheet.back):
            content = [*_placed(plan.layout, side, pages), *_marks(plan.layout, side)]
            if side is sheet.front:
                content += _bars(sheet)
            shown = Dictionary(
                {f"/P{at.page}": forms[at.page] for at in side if at.page is not None}
            )
            page = Dictionary(_boxes(plan.layout, side))
            page.Type = Name.Page
            page.Resources = Dictionary(XObject=shown, ColorSpace=Dictionary(All=every_plate))
            page.Contents = out.make_stream("\n".join(content).encode())
            out.pages.append(Page(out.make_indirect(page)))
    _keep(source, out)
    flip = Name.DuplexFlipLongEdge if job.flip == "long" else Name.DuplexFlipShortEdge
    out.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"), Duplex=flip)
    return _saved(out, source.pdf_version)


def _form(source: Pdf, out: Pdf, page: SourcePage) -> Object:
    """Return a page as a form XObject of the sheets, in its own units."""
    form = page.page.as_form_xobject(handle_transformations=False)
    # Made by qpdf it would be cut off at the trim, without its bleed.
    form.BBox = page.ink.as_array()
    group = form.get("/Group")
    if isinstance(group, Dictionary):
        # A page's group is always isolated; that of a form only where it says so, and only then
        # its transparency blends in its own colour space.
        form.Group = Dictionary({**dict(group.items()), "/I": True})
    return out.copy_foreign(source.make_indirect(form))


def _placed(layout: Layout, side: Side, pages: Sequence[SourcePage]) -> list[str]:
    """Return what paints the pages of a side, each clipped to its window."""
    lines = []
    for at in side:
        if at.page is None:
            continue
        show, box = window(layout, at), page_box(layout, at)
        place = pages[at.page].upright @ Matrix(layout.scale, 0, 0, layout.scale, 0, 0)
        if at.rotation:
            width, height = layout.cell.width * MM, layout.cell.height * MM
            place = place @ Matrix(-1, 0, 0, -1, width, height)
        place = place @ Matrix(1, 0, 0, 1, box.left * MM, box.foot * MM)
        clip = _numbers(show.left, show.foot, show.right - show.left, show.head - show.foot)
        lines.append(f"q {clip} re W n {place.encode().decode()} cm /P{at.page} Do Q")
    return lines


def _marks(layout: Layout, side: Side) -> list[str]:
    """Return what paints the crop and fold marks of a side, thin lines in registration colour."""
    lines = [
        f"[{'2 1' if line.dashed else ''}] 0 d {_numbers(*line.start)} m {_numbers(*line.end)} l S"
        for line in marks(layout, side)
    ]
    return ["q /All CS 1 SCN 0.25 w", *lines, "Q"] if lines else []


def _bars(sheet: Sheet) -> list[str]:
    """Return what paints the collation marks, in black: they lie within the trim."""
    return [
        f"q 0 0 0 1 k {_numbers(bar.left, bar.foot, bar.right - bar.left, bar.head - bar.foot)}"
        " re f Q"
        for bar in sheet.bars
    ]


def _numbers(*lengths: float) -> str:
    """Return lengths in mm as the operands, in points, of an operator."""
    return " ".join(f"{length * MM:.5f}" for length in lengths)


def _boxes(layout: Layout, side: Side) -> dict[str, Array]:
    """Return the page boxes of a side; none reaches beyond the sheet."""
    wide, high, bleed = layout.sheet.width, layout.sheet.height, layout.bleed
    trim = trim_box(layout, side)
    beyond = Box(trim.left - bleed, trim.foot - bleed, trim.right + bleed, trim.head + bleed)
    boxes = {"/MediaBox": Box(0, 0, wide, high), "/BleedBox": beyond, "/TrimBox": trim}
    return {
        name: Array(
            [
                max(0.0, box.left) * MM,
                max(0.0, box.foot) * MM,
                min(wide, box.right) * MM,
                min(high, box.head) * MM,
            ]
        )
        for name, box in boxes.items()
    }


def _keep(source: Pdf, out: Pdf) -> None:
    """Carry over what is said of the whole document, but for claims that hold of it no longer."""
    for key in KEPT:
        if key in source.Root:
            out.Root[key] = _copied(source, out, source.Root[key])
    if "/Info" in source.trailer:
        out.trailer.Info = _copied(source, out, source.trailer.Info)
    if isinstance(out.Root.get("/Metadata"), Stream):
        with out.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for claim in [name for name in metadata if name.startswith(CLAIMS)]:
                del metadata[claim]
            derive(metadata, "sheets")


def _copied(source: Pdf, out: Pdf, value: Object) -> Object:
    if isinstance(value, Array | Dictionary):
        value = source.make_indirect(value)
    return out.copy_foreign(value) if isinstance(value, Object) and value.is_indirect else value


def _saved(out: Pdf, version: str) -> bytes:
    """Return the bytes; the version stays that of the source, for PDF/X has its say in that."""
    streams = version >= "1.5"
    buffer = BytesIO()
    out.save(
        buffer,
        min_version=version,
        fix_metadata_version=False,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate if streams else ObjectStreamMode.disable,
    )
    return buffer.getvalue()


def _notes(pages: Sequence[SourcePage], plan: Plan, job: Job) -> list[Finding]:
    """Return what was decided that the job did not ask for, or asked for on purpose."""
    layout, notes = plan.layout, []
    if plan.blanks:
        folded = layout.scheme.size == 4 and plan.pages > 1
        where = "before the last page" if folded else "after the last page"
        notes.append(found("blanks", count=plan.blanks, where=where))
    if layout.scale < 1:
        notes.append(found("scaled", percent=layout.scale * 100))
    elif layout.bleed < job.bleed or not any(layout.crops):
        what = "bleed and crop marks" if layout.bleed < job.bleed else "crop marks"
        many = counted(len(layout.scheme.front))
        notes.append(found("no-room", trim=sizes(pages[0].size), what=what, pages=many))
    return notes
