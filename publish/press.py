"""A laid-out PDF made ready for the printer: boxes at a zero origin, crop marks, page labels.

In: PDF bytes as the layout engine wrote them, bleed in mm. Out: PDF bytes. Boxes follow ISO
32000-1, 14.11.2: TrimBox within BleedBox within MediaBox. Marks are drawn in the registration
colour (Separation /All, 8.6.6.4), outside the bleed.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from publish.units import MM

MARK = 5 * MM
GAP = 1 * MM
"""Length of a crop mark and its distance from the bleed, in pt."""


def finished(data: bytes, bleed: float, leftward: bool = False) -> bytes:
    """Return the pages with zero-origin boxes and crop marks around `bleed` mm; links taken out.

    `leftward` where the book is read from right to left.
    """
    with Pdf.open(BytesIO(data)) as pdf:
        edge = bleed * MM
        margin = edge + GAP + MARK
        registration = pdf.make_indirect(_registration(pdf))
        for page in pdf.pages:
            _finish_page(pdf, page, edge, margin, registration)
        _move_destinations(pdf, margin)
        _label(pdf, leftward)
        return _saved(pdf)


def labelled(data: bytes, leftward: bool = False) -> bytes:
    """Return the pages of a screen edition or a proof with their labels, their tags mended."""
    with Pdf.open(BytesIO(data)) as pdf:
        _label(pdf, leftward)
        if "/StructTreeRoot" in pdf.Root:
            _mend_links(pdf.Root.StructTreeRoot)
        return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _label(pdf: Pdf, leftward: bool) -> None:
    """Number the pages from 1, as their folios do, and say which way they follow each other.

    (ISO 32000-1, 12.4.2 and 12.2)
    """
    if leftward:
        pdf.Root.ViewerPreferences = pdf.Root.get("/ViewerPreferences", Dictionary())
        pdf.Root.ViewerPreferences.Direction = Name.R2L
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=1)]))


def _mend_links(root: Any) -> None:
    """Hang each link's annotation on its Link element (ISO 32000-1, 14.8.4.4.2).

    The layout engine hangs it on what stands in the link, a Span say.
    """
    owners = root.ParentTree.get("/Nums", Array())
    for holder, place, link in list(_strays(root, None)):
        reference = holder.K[place]
        holder.K = Array([kid for at, kid in enumerate(holder.K) if at != place])
        link.K = Array([*link.K, reference])
        for at in range(0, len(owners), 2):
            if int(owners[at]) == int(reference.Obj.StructParent):
                owners[at + 1] = link


def _strays(element: Any, link: Any) -> Iterator[tuple[Any, int, Any]]:
    """Yield element, place among its kids, and Link of each annotation that hangs too deep."""
    link = element if element.get("/S") == Name.Link else link
    kids = element.get("/K")
    if not isinstance(kids, Array):
        # One kid may stand without an array (14.7.2, table 323).
        kids = element.K = Array([] if kids is None else [kids])
    for place, kid in enumerate(kids):
        if isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR:
            if link is not None and link.objgen != element.objgen:
                yield element, place, link
        elif isinstance(kid, Dictionary) and "/S" in kid:
            yield from _strays(kid, link)


def _registration(pdf: Pdf) -> Array:
    tint = Stream(pdf, b"{dup dup dup}")
    tint.FunctionType = 4
    tint.Domain = Array([0, 1])
    tint.Range = Array([0, 1] * 4)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)])


def _finish_page(
    pdf: Pdf, page: pikepdf.Page, edge: float, margin: float, registration: Any
) -> None:
    left, bottom, right, top = (float(side) for side in page.trimbox)
    width, height = right - left, top - bottom
    form = _form(pdf, page)
    marks = _crop_marks(width, height, edge, margin)
    shown = (
        f"q {_box(margin - edge, margin - edge, width + 2 * edge, height + 2 * edge)} re W n"
        f" 1 0 0 1 {margin - left:.4f} {margin - bottom:.4f} cm /Page Do Q\n"
    )
    page.obj.Contents = pdf.make_stream((shown + marks).encode("ascii"))
    page.obj.Resources = Dictionary(
        XObject=Dictionary(Page=form), ColorSpace=Dictionary(Registration=registration)
    )
    outer = Array([0, 0, _pt(width + 2 * margin), _pt(height + 2 * margin)])
    page.obj.MediaBox = outer
    page.obj.CropBox = outer
    page.obj.TrimBox = _inset(width, height, margin, 0)
    page.obj.BleedBox = _inset(width, height, margin, edge)
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


def _box(left: float, bottom: float, width: float, height: float) -> str:
    return f"{left:.4f} {bottom:.4f} {width:.4f} {height:.4f}"


def _crop_marks(width: float, height: float, edge: float, margin: float) -> str:
    """Return two marks for each corner, in line with the trim."""
    lines = ["q /Registration CS 1 SCN 0.25 w"]
    near = margin - edge - GAP
    for x in (margin, margin + width):
        lines.append(f"{x:.4f} 0 m {x:.4f} {near:.4f} l S")
        lines.append(
            f"{x:.4f} {height + 2 * margin - near:.4f} m {x:.4f} {height + 2 * margin:.4f} l S"
        )
    for y in (margin, margin + height):
        lines.append(f"0 {y:.4f} m {near:.4f} {y:.4f} l S")
        lines.append(
            f"{width + 2 * margin - near:.4f} {y:.4f} m {width + 2 * margin:.4f} {y:.4f} l S"
        )
    return "\n".join([*lines, "Q"])


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
