"""Good PDF/X-4 files that no part of the toolchain made: written object by object.

In: a print PDF, of which only the profile and one embedded font are taken. Out: files that use what
PDF/X-4 allows and ours never do: attributes that pages inherit, an art box, pages that lie beside
the origin or are turned, content in several streams, layers, groups and soft masks, inks by name
(NChannel), a second output intent, and marks for printers as annotations.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

MM = 72 / 25.4
LEFT, FOOT, WIDE, HIGH, BLEED = -40.0, 55.0, 148 * MM, 210 * MM, 3 * MM
"""Where the trimmed page lies, in pt."""
VERSION = "{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion"
MEDIA = "{http://ns.adobe.com/xap/1.0/mm/}"
Made = Callable[[Pdf], Pdf]


def _box(beyond: float = 0.0) -> Array:
    low = LEFT - beyond, FOOT - beyond
    return Array([*low, LEFT + WIDE + beyond, FOOT + HIGH + beyond])


def _begun(good: Pdf, pages: int) -> tuple[Pdf, Any, bytes]:
    """Return a file of empty pages that says what PDF/X-4 asks for; a font, and a glyph of it."""
    pdf = Pdf.new()
    profile = pdf.make_stream(good.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    profile.N = 4
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, Info="Gestreken papier")
    intent.OutputConditionIdentifier, intent.DestOutputProfile = "FOGRA39", profile
    pdf.Root.OutputIntents = Array([intent])
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = "Een vreemd blad"
        xmp[VERSION], xmp["pdf:Trapped"] = "PDF/X-4", "True"
        for key in ("CreateDate", "ModifyDate", "MetadataDate"):
            xmp[f"xmp:{key}"] = "2026-03-01T08:00:00Z"
        for key, value in (
            ("DocumentID", "uuid:1"),
            ("VersionID", "1"),
            ("RenditionClass", "proof"),
        ):
            xmp[f"{MEDIA}{key}"] = value
    pdf.docinfo["/Title"], pdf.docinfo["/Trapped"] = "Een vreemd blad", Name("/True")
    fonts = good.pages[7].obj.Resources.XObject.Page.Resources.Font
    serif = next(font for font in fonts.values() if "Serif" in str(font.BaseFont))
    (code, *_) = [int(one) for one in serif.DescendantFonts[0].W if not isinstance(one, Array)]
    for _ in range(pages):
        page = Dictionary(Type=Name.Page, MediaBox=_box(9 * MM))
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf, pdf.copy_foreign(serif), f"<{code:04x}>".encode()


def _stream(pdf: Pdf, content: bytes, **more: object) -> Stream:
    made = pdf.make_stream(content)
    for key, value in more.items():
        made[f"/{key}"] = value
    return made


def _form(pdf: Pdf, content: bytes, **more: object) -> Stream:
    return _stream(pdf, content, Type=Name.XObject, Subtype=Name.Form, BBox=_box(BLEED), **more)


def _image(pdf: Pdf, data: bytes, wide: int, high: int, space: object, **more: object) -> Stream:
    sides = {"Width": wide, "Height": high, "BitsPerComponent": 8, "ColorSpace": space}
    return _stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, **sides, **more)


def _area(left: float, foot: float, wide: float, high: float) -> bytes:
    """Return what traces a rectangle, in mm from the corner of the trim."""
    sides = LEFT + left * MM, FOOT + foot * MM, wide * MM, high * MM
    return " ".join(f"{one:.3f}" for one in sides).encode() + b" re"


def inherited(good: Pdf) -> Pdf:
    """Pages that have their boxes, resources and rotation from above, and two streams each."""
    pdf, font, glyph = _begun(good, 4)
    tree = pdf.Root.Pages
    tree.MediaBox, tree.CropBox, tree.Rotate = _box(9 * MM), _box(BLEED), 180
    tree.Resources = Dictionary(Font=Dictionary(F=font))
    ground = b"0.2 0 0 0 k " + _area(-3, -3, 154, 216) + b" f"
    words = b"0 0 0 1 k BT /F 11 Tf 1 0 0 1 %d %d Tm " % (LEFT + 90, FOOT + 300) + glyph
    for page in pdf.pages:
        del page.obj["/MediaBox"]
        page.obj.ArtBox, page.obj.BleedBox = _box(), _box(BLEED)
        # A stream may end between two operators, wherever that is.
        parts = (b"q " + ground, b" Q q ", words + b" Tj ET Q")
        page.obj.Contents = Array([pdf.make_stream(one) for one in parts])
    return pdf


def layered(good: Pdf) -> Pdf:
    """A page of layers, groups, masks, patterns and inks by name; marks for printers beside it."""
    pdf, font, glyph = _begun(good, 1)
    page = pdf.pages[0].obj
    page.TrimBox, page.BleedBox = _box(), _box(BLEED)
    group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
    page.Group = group
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Zwart"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))
    mark = _form(pdf, b"0 0 0 1 K 0.3 w 1 1 m 9 1 l S")
    page.Annots = Array(
        [
            Dictionary(
                Type=Name.Annot, Subtype=Name.PrinterMark, F=4, AP=Dictionary(N=mark),
                Rect=[LEFT - 20, FOOT, LEFT - 12, FOOT + 9],
            )
        ]
    )  # fmt: skip
    pdf.Root.OutputIntents.append(Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1))
    gold = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[0, 0.2, 1, 0], N=1)
    spot = Array([Name.Separation, Name.Goud, Name.DeviceCMYK, gold])
    mixing = _stream(
        pdf, b"{pop dup dup 0 exch}", FunctionType=4, Domain=[0, 1] * 2, Range=[0, 1] * 4
    )
    names = Array([Name.Goud, Name.Black])
    both = Array(
        [Name.DeviceN, names, Name.DeviceCMYK, mixing,
         Dictionary(Subtype=Name.NChannel, Colorants=Dictionary(Goud=spot))]
    )  # fmt: skip
    light = _form(
        pdf,
        b"0.5 g " + _area(0, 0, 148, 210) + b" f",
        Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
    )
    jpeg = BytesIO()
    Image.effect_mandelbrot((600, 600), (-2, -1.5, 1, 1.5), 50).convert("CMYK").save(jpeg, "JPEG")
    photo = _image(pdf, b"", 600, 600, Name.DeviceCMYK, Decode=Array([1, 0] * 4))
    photo.write(jpeg.getvalue(), filter=Name.DCTDecode)
    photo.SMask = _image(pdf, bytes(range(256)) * 256, 256, 256, Name.DeviceGray)
    few = Array([Name.Indexed, both, 1, pikepdf.String(bytes((255, 0, 0, 200)))])
    tiles = _form(
        pdf, b"0 0 2 2 re f", PatternType=1, PaintType=2, TilingType=1, XStep=5, YStep=5,
        Resources=Dictionary(),
    )  # fmt: skip
    blend = Dictionary(ShadingType=3, ColorSpace=spot, Extend=Array([True, True]))
    blend.Coords, blend.Function = (
        Array([0, 300, 0, 0, 300, 90]),
        Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.1], C1=[0.8], N=1.5),
    )
    page.Resources = Dictionary(
        Font=Dictionary(F=font),
        Properties=Dictionary(Layer=layer),
        ColorSpace=Dictionary(Gold=spot, Both=both, Tiled=Array([Name.Pattern, spot])),
        Pattern=Dictionary(Tiles=tiles),
        Shading=Dictionary(Blend=blend),
        XObject=Dictionary(
            Photo=photo,
            Few=_image(pdf, bytes((0, 1) * 20000), 200, 200, few),
            Inner=_form(pdf, b"/Gold cs 1 scn " + _area(20, 20, 30, 30) + b" f", Group=group,
                        Resources=Dictionary(ColorSpace=Dictionary(Gold=spot))),
        ),
        ExtGState=Dictionary(
            Soft=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=light), ca=0.7),
            Bare=Dictionary(SMask=Name("/None"), ca=1, BM=Array([Name.Multiply, Name.Normal])),
            Over=Dictionary(OP=True, op=True, OPM=1),
        ),
    )  # fmt: skip
    page.Contents = pdf.make_stream(
        b"/Both cs 0.3 0.1 scn " + _area(-3, -3, 154, 216) + b" f"
        b" /OC /Layer BDC q /Over gs 0 0 0 1 k BT /F 12 Tf 100 400 Td " + glyph + b" Tj ET Q EMC"
        b" q /Soft gs /Inner Do /Bare gs 110 0 0 110 120 300 cm /Photo Do Q"
        b" q 60 0 0 60 30 500 cm /Few Do Q"
        b" /Tiled cs 0.8 /Tiles scn " + _area(90, 20, 30, 30) + b" f"
        b" q " + _area(20, 60, 30, 30) + b" W n /Blend sh Q"
        b" q 0 0 0 0.6 K 0.25 w [3 2] 1 d 60 500 m 200 500 l S Q"
    )
    return pdf


FOREIGN: dict[str, Made] = {"what pages inherit": inherited, "layers, masks and inks": layered}
