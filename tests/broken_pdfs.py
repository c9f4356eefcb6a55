"""PDFs broken on purpose: what a printer stumbles over, each with the code that tells it.

In: a good print PDF of sixteen pages. Out: the same with one fault, on page 8 if on any.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

MM = 72 / 25.4
MARGIN = 9 * MM
"""How far the trim of the sample lies within its sheet: bleed, gap and marks."""
Break = Callable[[Pdf], None]


def painting(content: str, **resources: object) -> Break:
    """Return what paints more on page 8, over all that is there."""

    def paint(pdf: Pdf) -> None:
        page = pdf.pages[7]
        for kind, named in resources.items():
            there = page.obj.Resources.get(f"/{kind}", Dictionary())
            for key, value in dict(named).items():  # type: ignore[call-overload]
                there[f"/{key}"] = value(pdf) if callable(value) else value
            page.obj.Resources[f"/{kind}"] = there
        page.contents_add(f"q {content} Q".encode())

    return paint


def words(at: str, shows: str = "Tj", colour: str = "0 0 0 1 k") -> Break:
    """Return what sets words at a place, in black, in a font that is there and embedded."""

    def write(pdf: Pdf) -> None:
        form = pdf.pages[7].obj.Resources.XObject.Page
        name, font = next(
            (name, font)
            for name, font in form.Resources.Font.items()
            if "Serif" in str(font.BaseFont)
        )
        pdf.pages[7].obj.Resources.Font = Dictionary({name: font})
        lines = name.encode() + rb" [\d.]+ Tf[^\[]*(\[.*?\] TJ)"
        glyphs = re.search(lines, form.read_bytes())
        assert glyphs
        shown = re.findall(rb"<[0-9a-f]{4}", glyphs[1])[0] + b">"
        before, _, operator = shows.rpartition(" ")
        line = f"q {colour} BT {name} 9 Tf {at} Td {before} ".encode() + shown
        pdf.pages[7].contents_add(line + f" {operator} ET Q".encode())

    return write


def recoloured(colour: bytes) -> Break:
    """Return what gives the first words in black on page 8 another colour."""

    def change(pdf: Pdf) -> None:
        form = pdf.pages[7].obj.Resources.XObject.Page
        content, count = re.subn(rb"0 0 0 1 k(?=\s+BT)", colour, form.read_bytes(), count=1)
        assert count
        form.write(content)

    return change


def in_space(inks: Array, tints: str) -> Break:
    """Return what gives the first words in black on page 8 a colour of some inks (DeviceN)."""

    def change(pdf: Pdf) -> None:
        mixing = pdf.make_stream(b"{ pop pop 0 0 0 1 }")
        mixing.FunctionType, mixing.Domain, mixing.Range = 4, Array([0, 1] * 2), Array([0, 1] * 4)
        form = pdf.pages[7].obj.Resources.XObject.Page
        form.Resources.ColorSpace = form.Resources.get("/ColorSpace", Dictionary())
        form.Resources.ColorSpace["/Two"] = Array([Name.DeviceN, inks, Name.DeviceCMYK, mixing])
        recoloured(f"/Two cs {tints} scn".encode())(pdf)

    return change


def picture(pixels: int, inks: tuple[int, ...] = (0, 0, 0, 128)) -> Callable[[Pdf], object]:
    def make(pdf: Pdf) -> object:
        stream = pdf.make_stream(bytes(inks) * pixels**2)
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        stream.Width = stream.Height = pixels
        stream.BitsPerComponent, stream.ColorSpace = 8, Name.DeviceCMYK
        return stream

    return make


def striped(pixels: int) -> Callable[[Pdf], object]:
    """Return what makes a picture of two tints."""

    def make(pdf: Pdf) -> object:
        stream = picture(pixels)(pdf)
        assert isinstance(stream, pikepdf.Stream)
        data = stream.read_bytes()
        stream.write(bytes((0, 0, 0, 60)) * pixels + data[4 * pixels :])
        return stream

    return make


def form(content: bytes, **more: object) -> Callable[[Pdf], object]:
    def make(pdf: Pdf) -> object:
        stream = pdf.make_stream(content)
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([0, 0, 500, 700])
        for key, value in more.items():
            stream[f"/{key}"] = value
        return stream

    return make


def without(*path: str) -> Break:
    def take(pdf: Pdf) -> None:
        holder = pdf.Root
        for name in path[:-1]:
            holder = holder[name]
        del holder[path[-1]]

    return take


def xmp_without(pattern: bytes) -> Break:
    def take(pdf: Pdf) -> None:
        packet, count = re.subn(pattern, b"", pdf.Root.Metadata.read_bytes(), flags=re.S)
        assert count == 1
        pdf.Root.Metadata.write(packet)

    return take


def scripted(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.beep()")


def in_layer(told: str) -> Break:
    """Return what paints an area in a layer, of which the file says what is told."""

    def paint(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Concept"))
        usual = Dictionary()
        if told == "off":
            usual.OFF = Array([layer])
        else:
            layer.Usage = Dictionary(Print=Dictionary(PrintState=Name.OFF))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=usual)
        painting("/OC /L BDC 0 0.5 0 0 k 200 300 60 60 re f EMC", Properties={"L": layer})(pdf)

    return paint


def bleed_undeclared(pdf: Pdf) -> None:
    del pdf.pages[7].obj["/BleedBox"]
    painting(f"0 0.5 0 0 k {MARGIN - 3 * MM:.3f} 300 60 60 re f")(pdf)


def two_intents(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def screen_profile(pdf: Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes()[:16] + b"RGB " + profile.read_bytes()[20:])


def half_a_profile(pdf: Pdf) -> None:
    """Cut the profile off, and let it say that this is all of it."""
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    data = profile.read_bytes()[:20000]
    profile.write(len(data).to_bytes(4, "big") + data[4:])


def one_way_profile(pdf: Pdf) -> None:
    """Take the tables away that turn inks back into colours."""
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    data = profile.read_bytes()
    for number in b"012":
        data = data.replace(b"A2B" + bytes([number]), b"X2X" + bytes([number]), 1)
    profile.write(data)


def untrapped(pdf: Pdf) -> None:
    del pdf.docinfo["/Trapped"]


def unembedded(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/FontFile3" in item:
            del item["/FontFile3"]
            return


def unembedded_within(pdf: Pdf) -> None:
    """Use a font that is not embedded, and stands in the resources of its page themselves."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = pdf.pages[7]
    page.obj.Resources.Font = Dictionary(Own=font)
    page.contents_add(b"q 0 0 0 1 k BT /Own 9 Tf 200 300 Td (a) Tj ET Q")


def trim_beyond(pdf: Pdf) -> None:
    box = [float(one) for one in pdf.pages[7].bleedbox]
    pdf.pages[7].obj.BleedBox = Array([box[0], box[1], box[2] - 6 * MM, box[3]])


def both_boxes(pdf: Pdf) -> None:
    pdf.pages[7].obj.ArtBox = pdf.pages[7].obj.TrimBox


def annotated(pdf: Pdf) -> None:
    pdf.pages[7].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[100, 100, 120, 120], Contents="Ja")]
    )


def marked(left: float) -> Break:
    """Return what puts a mark of printers on page 8, whose right edge is so far within its trim."""

    def mark(pdf: Pdf) -> None:
        edge = MARGIN + left
        pdf.pages[7].obj.Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.PrinterMark, Rect=[9, 100, edge, 120])]
        )

    return mark


def shown_by(box: Name) -> Break:
    """Return what asks a viewer to print the pages as far as one of their boxes."""

    def ask(pdf: Pdf) -> None:
        pdf.Root.ViewerPreferences = Dictionary(PrintArea=box)

    return ask


def shown_by_a_lost_bleed(pdf: Pdf) -> None:
    del pdf.pages[7].obj["/BleedBox"]
    shown_by(Name.BleedBox)(pdf)


def elsewhere(pdf: Pdf) -> object:
    stream = form(b"")(pdf)
    assert isinstance(stream, pikepdf.Stream)
    stream.F = "elders.bin"
    return stream


def one_plate(pdf: Pdf) -> None:
    pdf.pages[7].obj.SeparationInfo = Dictionary(Pages=[pdf.pages[7].obj], DeviceColorant="Cyan")


def cropped_beyond(pdf: Pdf) -> None:
    box = [float(one) for one in pdf.pages[7].mediabox]
    pdf.pages[7].obj.CropBox = Array([-9, -9, box[2] + 9, box[3] + 9])


def smaller(pdf: Pdf) -> None:
    for name in ("/TrimBox", "/BleedBox"):
        box = [float(one) for one in pdf.pages[7].obj[name]]
        pdf.pages[7].obj[name] = Array([box[0], box[1], box[2], box[3] - 3 * MM])


def rgb_group(pdf: Pdf) -> None:
    group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)
    pdf.pages[7].obj.Group = group


def lzw(pdf: Pdf) -> None:
    font = next(one for one in pdf.objects if isinstance(one, Dictionary) and "/ToUnicode" in one)
    font.ToUnicode.write(bytes((0x80, 0x0B, 0x60, 0x50)), filter=Name.LZWDecode)


def cropped(pdf: Pdf) -> None:
    box = [float(one) for one in pdf.pages[7].trimbox]
    pdf.pages[7].obj.CropBox = Array([box[0] + 9, box[1] + 9, box[2] - 9, box[3] - 9])


def enlarged(pdf: Pdf) -> None:
    pdf.pages[7].obj.UserUnit = 2


def renamed(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = "Een andere titel"


def launching(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.Launch, F="spel.exe")


def jpeg_2000(pdf: Pdf) -> object:
    out, stream = BytesIO(), pdf.make_stream(b"")
    Image.new("RGB", (300, 300), (200, 30, 30)).save(out, "JPEG2000")
    stream.write(out.getvalue(), filter=Name.JPXDecode)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width = stream.Height = 300
    return stream


def sized_picture(wide: int, high: int) -> Break:
    """Return what places a picture of 100 × 100 pixels that says to have others."""

    def make(pdf: Pdf) -> object:
        stream = picture(100)(pdf)
        assert isinstance(stream, pikepdf.Stream)
        stream.Width, stream.Height = wide, high
        return stream

    return painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": make})


def broken_picture(change: Callable[[Pdf, pikepdf.Stream], None], grey: bool = False) -> Break:
    def make(pdf: Pdf) -> object:
        stream = picture(100)(pdf)
        assert isinstance(stream, pikepdf.Stream)
        if grey:
            stream.write(bytes(10000))
            stream.ColorSpace = Name.DeviceGray
        change(pdf, stream)
        return stream

    return painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": make})


def _as_jpeg(pdf: Pdf, stream: pikepdf.Stream) -> None:
    stream.write(b"no photograph", filter=Name.DCTDecode)


def _as_zip(pdf: Pdf, stream: pikepdf.Stream) -> None:
    stream.write(b"no zip", filter=Name.FlateDecode)


def _few_masked(pdf: Pdf, stream: pikepdf.Stream) -> None:
    mask = pdf.make_stream(bytes(50))
    mask.Type, mask.Subtype, mask.ColorSpace = Name.XObject, Name.Image, Name.DeviceGray
    mask.Width = mask.Height = 100
    mask.BitsPerComponent = 8
    stream.SMask = mask


no_photograph, not_unpacked = broken_picture(_as_jpeg), broken_picture(_as_zip)
masked_by_too_few = broken_picture(_few_masked, grey=True)


def huge(pdf: Pdf) -> None:
    for key in ("/MediaBox", "/CropBox"):
        pdf.pages[7].obj[key] = Array([0, 0, 20000, 20000])


def red_letter(pdf: Pdf) -> object:
    """Make a font whose only letter is a red square."""
    square = pdf.make_stream(b"1000 0 d0 1 0 0 rg 0 0 700 700 re f")
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], CharProcs=Dictionary(a=square),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        FirstChar=97, LastChar=97, Widths=[1000], Resources=Dictionary(),
    )  # fmt: skip


def inks(pdf: Pdf) -> Array:
    """Make the colour space of four inks that are none of the press's own."""
    names = Array([Name(f"/{one}") for one in ("Goud", "Zilver", "Brons", "Koper")])
    mixing = pdf.make_stream(b"{}")
    mixing.FunctionType, mixing.Domain, mixing.Range = 4, Array([0, 1] * 4), Array([0, 1] * 4)
    return Array([Name.DeviceN, names, Name.DeviceCMYK, mixing])


def in_inks(pixels: int, level: int, bits: int = 8) -> Callable[[Pdf], object]:
    """Return what makes a picture in those inks, all as dark."""

    def make(pdf: Pdf) -> object:
        stream = picture(pixels)(pdf)
        assert isinstance(stream, pikepdf.Stream)
        stream.write(bytes([level]) * (pixels * ((pixels * 4 * bits + 7) // 8)))
        stream.BitsPerComponent, stream.ColorSpace = bits, inks(pdf)
        return stream

    return make


def photograph(pixels: int) -> Callable[[Pdf], object]:
    """Return what makes a JPEG in those inks, all of them everywhere."""

    def make(pdf: Pdf) -> object:
        out = BytesIO()
        Image.new("CMYK", (pixels, pixels), (0, 0, 0, 0)).save(out, "JPEG", quality=95)
        stream = picture(pixels)(pdf)
        assert isinstance(stream, pikepdf.Stream)
        # Pillow writes the four inks turned round, and nothing here turns them back.
        stream.write(out.getvalue(), filter=Name.DCTDecode)
        stream.ColorSpace = inks(pdf)
        return stream

    return make


def shaded(function: Callable[[Pdf], object], **more: object) -> Break:
    """Return what paints a shading from nothing to all of the four inks of the press."""

    def make(pdf: Pdf) -> object:
        return Dictionary(
            ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[200, 300, 260, 300],
            Function=function(pdf), **more,
        )  # fmt: skip

    return painting("200 300 60 60 re W n /Dark sh", Shading={"Dark": make})


def each_ink(pdf: Pdf) -> object:
    one = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[1], N=1)
    return Array([one] * 4)


def table(pdf: Pdf) -> object:
    """Make a function that is all ink in its middle alone."""
    stream = pdf.make_stream(bytes(4) + b"\xff" * 4 + bytes(4))
    stream.FunctionType, stream.Domain, stream.Range = 0, Array([0, 1]), Array([0, 1] * 4)
    stream.Size, stream.BitsPerSample = Array([3]), 8
    return stream


def stitched(pdf: Pdf) -> object:
    """Make a function that is all ink where its parts meet."""
    up = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[1] * 4, N=1)
    return Dictionary(
        FunctionType=3, Domain=[0, 1], Bounds=[0.51], Encode=[0, 1, 1, 0], Functions=[up, up]
    )


def computed(pdf: Pdf) -> object:
    stream = pdf.make_stream(b"{dup dup dup}")
    stream.FunctionType, stream.Domain, stream.Range = 4, Array([0, 1]), Array([0, 1] * 4)
    return stream


def mesh(pdf: Pdf) -> object:
    """Make a mesh of one triangle, whose last corner is all ink."""
    corners = bytes.fromhex("00 00 00 00000000 00 ff 00 00000000 00 00 ff ffffffff")
    stream = pdf.make_stream(corners)
    stream.ShadingType, stream.ColorSpace = 4, Name.DeviceCMYK
    stream.BitsPerFlag = stream.BitsPerCoordinate = stream.BitsPerComponent = 8
    stream.Decode = Array([200, 260, 300, 360, *[0, 1] * 4])
    return stream


def half_of_one(pdf: Pdf) -> object:
    stream = picture(100)(pdf)
    assert isinstance(stream, pikepdf.Stream)
    stream.Height = 200
    return stream


def luminous(space: Name) -> Callable[[Pdf], object]:
    """Return what makes a graphics state with a mask whose group has a colour space."""

    def make(pdf: Pdf) -> object:
        group = Dictionary(S=Name.Transparency, CS=space)
        drawn = form(b"0.5 g 0 0 500 700 re f", Group=group)(pdf)
        return Dictionary(SMask=Dictionary(S=Name.Luminosity, G=drawn))

    return make


def own_profile(pdf: Pdf, change: bytes = b"") -> Array:
    """Make the colour space of the output intent's profile, or of one that differs by its words."""
    data = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    stream = pdf.make_stream(data + change)
    stream.N = 4
    return Array([Name.ICCBased, stream])


def of_a_profile(change: bytes) -> Callable[[Pdf], object]:
    """Return what makes a picture in CMYK with a profile."""

    def make(pdf: Pdf) -> object:
        stream = picture(100, (230, 230, 230, 230))(pdf)
        stream.ColorSpace = own_profile(pdf, change)  # type: ignore[attr-defined]
        return stream

    return make


def measured(family: Name, components: int) -> Callable[[Pdf], object]:
    """Return what makes a picture whose colours are measured by a white (8.6.5)."""

    def make(pdf: Pdf) -> object:
        stream = picture(100)(pdf)
        assert isinstance(stream, pikepdf.Stream)
        stream.write(bytes([90]) * 10000 * components)
        stream.ColorSpace = Array([family, Dictionary(WhitePoint=[0.95, 1, 1.09])])
        return stream

    return make


def masked_in_colours(pdf: Pdf) -> object:
    stream = picture(100)(pdf)
    mask = pdf.make_stream(bytes(30000))
    mask.Type, mask.Subtype, mask.ColorSpace = Name.XObject, Name.Image, Name.DeviceRGB
    mask.Width = mask.Height = 100
    mask.BitsPerComponent = 8
    stream.SMask = mask  # type: ignore[attr-defined]
    return stream


def replaced_in_print(pdf: Pdf) -> object:
    stream = picture(100)(pdf)
    other = Dictionary(Image=picture(100)(pdf), DefaultForPrinting=True)
    stream.Alternates = Array([other])  # type: ignore[attr-defined]
    return stream


def of_another_file(pdf: Pdf) -> object:
    return form(b"", Ref=Dictionary(F="elders.pdf", Page=0))(pdf)


def in_xml(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def mixed(red: float) -> Array:
    way = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[0, red, 1, 0], N=1)
    return Array([Name.Separation, Name.Goud, Name.DeviceCMYK, way])


def undescribed(pdf: Pdf) -> None:
    intent = pdf.Root.OutputIntents[0]
    for key in ("/Info", "/RegistryName"):
        if key in intent:
            del intent[key]


def printer_marked(pdf: Pdf) -> None:
    """Add a printer's mark, beyond the bleed where it may stand, in red of the screen."""
    look = form(b"1 0 0 rg 0 0 9 9 re f")(pdf)
    mark = Dictionary(
        Type=Name.Annot, Subtype=Name.PrinterMark, Rect=[1, 1, 9, 9], F=4, AP=Dictionary(N=look)
    )
    pdf.pages[7].obj.Annots = Array([mark])


def playing(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.Rendition, OP=0)


def unconditioned(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/OutputConditionIdentifier"]


def unprofiled(pdf: Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/DestOutputProfile"]


def in_postscript(pdf: Pdf) -> object:
    stream = pdf.make_stream(b"showpage")
    stream.Type, stream.Subtype = Name.XObject, Name.PS
    return stream


def stand_in(pdf: Pdf) -> object:
    stream = picture(100)(pdf)
    stream.OPI = Dictionary({"/2.0": Dictionary(Type=Name.OPI, F="groot.tif")})  # type: ignore[attr-defined]
    return stream


def bleed_beyond(pdf: Pdf) -> None:
    page = pdf.pages[7].obj
    left, foot, right, head = (float(one) for one in page.BleedBox)
    page.MediaBox = Array([left + 3, foot, right, head])


def trimless(pdf: Pdf) -> None:
    del pdf.pages[7].obj["/TrimBox"]


def trimmed_to_nothing(pdf: Pdf) -> None:
    left, foot, _, head = pdf.pages[7].obj.TrimBox
    pdf.pages[7].obj.TrimBox = Array([left, foot, left, head])


def both(*faults: Break) -> Break:
    def change(pdf: Pdf) -> None:
        for fault in faults:
            fault(pdf)

    return change


def within_itself(pdf: Pdf) -> None:
    own = form(b"0 0 0 1 k 200 300 60 60 re f /Own Do")(pdf)
    assert isinstance(own, pikepdf.Stream)
    own = pdf.make_indirect(own)
    own.Resources = Dictionary(XObject=Dictionary(Own=own))
    painting("/Own Do", XObject={"Own": own})(pdf)


DARK = Dictionary(
    ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[200, 300, 260, 300],
    Function=Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[1] * 4, N=1),
)  # fmt: skip
OVER = {"Over": Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1)}
MULTIPLY = {"Times": Dictionary(Type=Name.ExtGState, BM=Name.Multiply)}
LAB = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
SPOT_OF_RGB = Array(
    [Name.Separation, Name.Goud, Name.DeviceRGB,
     Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[0.8, 0.6, 0], N=1)]
)  # fmt: skip
ALL_PLATES = Array(
    [Name.Separation, Name.All, Name.DeviceCMYK,
     Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[1] * 4, N=1)]
)  # fmt: skip
BLACK = "0 0 0 1 k"

FAULTS: dict[str, tuple[str, Break]] = {
    "scripts": ("F902", scripted),
    "no intent": ("F903", without("/OutputIntents")),
    "two intents": ("F903", two_intents),
    "a profile of a screen": ("F903", screen_profile),
    "half a profile": ("F903", half_a_profile),
    "a profile one way": ("F903", one_way_profile),
    "no metadata": ("F904", without("/Metadata")),
    "no version": ("F904", xmp_without(rb"<pdfxid:GTS_PDFXVersion>.*?</pdfxid:GTS_PDFXVersion>")),
    "no date": ("F904", xmp_without(rb"<xmp:MetadataDate>.*?</xmp:MetadataDate>")),
    "not told whether trapped": ("F905", untrapped),
    "a font not embedded": ("F906", unembedded),
    "a font not embedded, in the resources themselves": ("F906", unembedded_within),
    "a trim beyond the bleed": ("F907", trim_beyond),
    "two boxes for one": ("F907", both_boxes),
    "a note": ("F908", annotated),
    "a mark of printers within the trim": ("F908", marked(left=1)),
    "pages that print as far as their trim": ("F924", shown_by(Name.TrimBox)),
    "pages that print as far as a bleed that one lacks": ("F924", shown_by_a_lost_bleed),
    "data in another file": ("F924", painting("/Far Do", XObject={"Far": elsewhere})),
    "a page that is a plate": ("F924", one_plate),
    "red of the screen": ("F909", painting("1 0 0 rg 200 300 60 60 re f")),
    "a line of the screen": ("F909", painting("1 0 0 RG 200 300 m 260 360 l S")),
    "an ink that screens stand for": (
        "F909",
        painting("/Goud cs 1 scn 200 300 60 60 re f", ColorSpace={"Goud": SPOT_OF_RGB}),
    ),
    "red of the screen in a form": (
        "F909",
        painting("/Inner Do", XObject={"Inner": form(b"1 0 0 rg 200 300 60 60 re f")}),
    ),
    **{
        f"no {key} in the metadata": ("F904", xmp_without(f"<{key}>.*?</{key}>".encode()))
        for key in (
            "dc:title",
            "xmp:CreateDate",
            "xmp:ModifyDate",
            "xmpMM:DocumentID",
            "xmpMM:VersionID",
            "xmpMM:RenditionClass",
        )
    },
    "a film": ("F902", playing),
    "no condition": ("F903", unconditioned),
    "no profile": ("F903", unprofiled),
    "a picture that stands for another": (
        "F924",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": stand_in}),
    ),
    "a program in PostScript": ("F924", painting("", XObject={"Ps": in_postscript})),
    "a bleed beyond the sheet": ("F907", bleed_beyond),
    "red of the screen beside the page": ("F909", painting("1 0 0 rg 2 2 5 5 re f")),
    "red of the screen in a printer's mark": ("F909", printer_marked),
    "a picture's mask in colours": (
        "F909",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": masked_in_colours}),
    ),
    "a mask of the screen": (
        "F910",
        painting(
            "/Mask gs 0 0 0 1 k 200 300 60 60 re f",
            ExtGState={"Mask": luminous(Name.DeviceRGB)},
        ),
    ),
    "a picture that another takes the place of": (
        "F924",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": replaced_in_print}),
    ),
    "a page of another file": ("F924", painting("/Ref Do", XObject={"Ref": of_another_file})),
    "a form in XML": ("F924", in_xml),
    "halftones of a threshold array": (
        "F924",
        painting("/Tr gs", ExtGState={"Tr": Dictionary(HT=Dictionary(HalftoneType=6))}),
    ),
    "an ink mixed in two ways": (
        "F924",
        painting(
            "/A cs 1 scn 200 300 60 60 re f /B cs 1 scn 260 300 60 60 re f",
            ColorSpace={"A": mixed(0.2), "B": mixed(0.4)},
        ),
    ),
    "a condition that nobody describes": ("F903", undescribed),
    "red of the screen in tiles": (
        "F909",
        painting(
            "/Pattern cs /Tiles scn 200 300 60 60 re f",
            Pattern={
                "Tiles": form(
                    b"1 0 0 rg 200 300 60 60 re f",
                    PatternType=1, PaintType=1, TilingType=1, XStep=500, YStep=700,
                )
            },
        ),
    ),
    "red of the screen in tiles without colours": (
        "F909",
        painting(
            "/Own cs 1 0 0 /Tiles scn 200 300 60 60 re f",
            ColorSpace={"Own": Array([Name.Pattern, Name.DeviceRGB])},
            Pattern={
                "Tiles": form(
                    b"0 0 5 5 re f", PatternType=1, PaintType=2, TilingType=1, XStep=9, YStep=9
                )
            },
        ),
    ),
    "red of the screen in a letter": (
        "F909",
        painting("BT /T 20 Tf 200 300 Td (a) Tj ET", Font={"T": red_letter}),
    ),
    "grey of the screen in a mask": (
        "F909",
        painting(
            "/Mask gs 0 0 0 1 k 200 300 60 60 re f",
            ExtGState={
                "Mask": lambda pdf: Dictionary(
                    SMask=Dictionary(
                        S=Name.Luminosity, G=form(b"0.5 0.5 0.5 rg 0 0 500 700 re f")(pdf)
                    )
                )
            },
        ),
    ),
    "a picture that keeps its colours to itself": (
        "F909",
        painting("30 0 0 30 200 300 cm /Im Do", XObject={"Im": jpeg_2000}),
    ),
    "a colour space that there is not": (
        "F925",
        painting(
            "/Odd cs 1 sc 200 300 60 60 re f", ColorSpace={"Odd": Array([Name.Nonsense, 1])}
        ),
    ),
    "a font that is not there": ("F925", painting("BT /None 9 Tf ET")),
    "a picture that is not there": ("F925", painting("/None Do")),
    "a graphics state that is not there": ("F925", painting("/None gs")),
    "words that do not end": ("F925", painting("(abc Tj")),
    "an operator that there is not": ("F925", painting("1 2 odd")),
    "a place without its numbers": ("F925", painting("BT Tm ET")),
    "a line that is moved nowhere": ("F925", painting("BT Td ET")),
    "a picture of no pixels": ("F925", sized_picture(0, 0)),
    "a photograph that is none": ("F925", no_photograph),
    "pixels that do not unpack": ("F925", not_unpacked),
    "a mask of too few pixels": ("F925", masked_by_too_few),
    "a box larger than there may be": ("F907", huge),
    "a transfer curve that changes nothing": (
        "F924",
        painting("/Tr gs", ExtGState={"Tr": Dictionary(TR=Name.Identity)}),
    ),
    "another transfer curve": (
        "F924",
        painting("/Tr gs", ExtGState={"Tr": Dictionary(TR2=Name.Identity)}),
    ),
    "a phase of halftones": (
        "F924",
        painting("/Tr gs", ExtGState={"Tr": Dictionary(HTP=Array([0, 0]))}),
    ),
    "a blend mode that there is not": (
        "F924",
        painting("/Tr gs", ExtGState={"Tr": Dictionary(BM=Name.Foo)}),
    ),
    "a crop within the bleed": ("F907", cropped),
    "a crop beyond the paper": ("F907", cropped_beyond),
    "a unit of two points": ("F907", enlarged),
    "another title than in the metadata": ("F904", renamed),
    "a program that is started": ("F924", launching),
    "an outline of four inks": ("F914", recoloured(b"1 Tr 0.6 0.5 0.5 0.9 K 0.3 w 0 0 0 1 k")),
    "a shading of too much ink": (
        "F913",
        painting("200 300 60 60 re W n /Dark sh", Shading={"Dark": DARK}),
    ),
    "a colour that the printer converts": (
        "F923",
        painting("/Lab cs 50 60 20 scn 200 300 60 60 re f", ColorSpace={"Lab": LAB}),
    ),
    **{
        f"a picture in {family} that the printer converts": (
            "F923",
            painting(
                "20 0 0 20 200 300 cm /Im Do", XObject={"Im": measured(Name(f"/{family}"), count)}
            ),
        )
        for family, count in (("CalRGB", 3), ("CalGray", 1), ("Lab", 3))
    },
    "a picture of another press": (
        "F923",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": of_a_profile(b" ")}),
    ),
    "white of another press": (
        "F923",
        painting(
            "/Own cs 0 0 0 0 scn 200 300 60 60 re f",
            ColorSpace={"Own": lambda pdf: own_profile(pdf, b" ")},
        ),
    ),
    "a picture with the profile of the press": (
        "F924",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": of_a_profile(b"")}),
    ),
    "an area with the profile of the press": (
        "F924",
        painting("/Own cs 0 0 0 1 scn 200 300 60 60 re f", ColorSpace={"Own": own_profile}),
    ),
    "CMYK of a profile that overprints": (
        "F924",
        painting(
            "/Over gs /Own cs 0 0 0 1 scn 200 300 60 60 re f",
            ColorSpace={"Own": lambda pdf: own_profile(pdf, b" ")},
            ExtGState=OVER,
        ),
    ),
    "a group of the screen": ("F910", rgb_group),
    "a group of the screen in a form": (
        "F910",
        painting(
            "/Inner Do",
            XObject={
                "Inner": form(
                    b"0 0.5 0 0 k 200 300 60 60 re f",
                    Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB),
                )
            },
        ),
    ),
    "a coarse picture": (
        "F911",
        painting("100 0 0 100 200 300 cm /Im Do", XObject={"Im": striped(150)}),
    ),
    "a rather coarse picture": (
        "F912",
        painting("100 0 0 100 200 300 cm /Im Do", XObject={"Im": striped(280)}),
    ),
    "too much ink": ("F913", painting("0.9 0.9 0.9 0.9 k 200 300 60 60 re f")),
    "a picture of too much ink": (
        "F913",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": picture(100, (230, 230, 230, 230))}),
    ),
    "too much ink by overprinting": (
        "F913",
        painting(
            "/Over gs 1 1 0 0 k 200 300 60 60 re f 0 0 1 1 k 200 300 60 60 re f", ExtGState=OVER
        ),
    ),
    "too much ink by multiplying": (
        "F913",
        painting(
            "1 1 0 0 k 200 300 60 60 re f /Times gs 0 0 1 1 k 200 300 60 60 re f",
            ExtGState=MULTIPLY,
        ),
    ),
    "a picture of too much ink, of inks of its own": (
        "F913",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": in_inks(100, 255)}),
    ),
    "a picture of too much ink, of four bits": (
        "F913",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": in_inks(101, 0xEE, 4)}),
    ),
    "a photograph of too much ink, of inks of its own": (
        "F913",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": photograph(100)}),
    ),
    "a picture of too much ink within the content": (
        "F913",
        painting(
            "0.3 0 0 0.3 200 300 cm BI /W 1 /H 1 /BPC 8 /CS /CMYK /F /AHx ID E6E6E6E6> EI"
        ),
    ),
    "a shading of too much ink, a function an ink": ("F913", shaded(each_ink)),
    "a shading of too much ink in its middle": ("F913", shaded(table)),
    "a shading of too much ink where two meet": ("F913", shaded(stitched)),
    "a mesh of too much ink": (
        "F913",
        painting("/Mesh sh", Shading={"Mesh": mesh}),
    ),
    "a black of four inks on the next line": (
        "F914",
        words("200 3300", "3000 TL T* Tj", "0.6 0.5 0.5 0.9 k"),
    ),
    "a black of four inks, shown on the next line": (
        "F914",
        words("200 3300", "3000 TL '", "0.6 0.5 0.5 0.9 k"),
    ),
    "a black of four inks, shown on the next line with blanks": (
        "F914",
        words("200 3300", '3000 TL 0 0 "', "0.6 0.5 0.5 0.9 k"),
    ),
    "a black of four inks, two lines down": (
        "F914",
        words("200 3300", "0 -1500 TD T* Tj", "0.6 0.5 0.5 0.9 k"),
    ),
    "a black of four inks": ("F914", recoloured(b"0.6 0.5 0.5 0.9 k")),
    "a black of three inks": ("F914", recoloured(b"0.8 0.7 0.7 0 k")),
    "a black beside another ink in one colour space": (
        "F914",
        in_space(Array([Name.Cyan, Name.Black]), "0.6 1"),
    ),
    "a black beside an ink of its own": (
        "F914",
        in_space(Array([Name.Black, Name.Red]), "1 0.6"),
    ),
    "white that overprints": (
        "F915",
        painting("/Over gs 0 0 0 0 k 200 300 60 60 re f", ExtGState=OVER),
    ),
    "white words that overprint": (
        "F915",
        both(
            painting("", ExtGState=OVER), words("200 3300", "3000 TL T* Tj", "/Over gs 0 0 0 0 k")
        ),
    ),
    "a hairline": ("F916", painting(f"{BLACK} 0 0 0 1 K 0.1 w 200 300 m 260 300 l S")),
    "the thinnest line there is": ("F916", painting("0 0 0 1 K 0 w 200 300 m 260 300 l S")),
    "a hairline that is filled": ("F916", painting(f"{BLACK} 200 300 60 0.1 re f")),
    "an area without any height": ("F916", painting(f"{BLACK} 200 300 m 260 300 l f")),
    "a hairline that is filled aslant": (
        "F916",
        painting(f"{BLACK} 200 300 m 240 350 l 240.1 350 l 200.1 300 l h f"),
    ),
    "a hairline in one shape with an area": (
        "F916",
        painting(f"{BLACK} 200 300 60 60 re 200 400 m 240 450 l 240.1 450 l 200.1 400 l h f"),
    ),
    "a shading that is computed": ("F925", shaded(computed)),
    "a form that draws itself": ("F925", within_itself),
    "an operator without what it needs": ("F925", painting("0 0 1 rg 1 0 cm")),
    "a picture that ends too early": (
        "F925",
        painting("20 0 0 20 200 300 cm /Im Do", XObject={"Im": half_of_one}),
    ),
    "words near the head": ("F917", words(f"{MARGIN + 60 * MM:.2f} {MARGIN + 206 * MM:.2f}")),
    "words near the spine": ("F918", words(f"{MARGIN + 141 * MM:.2f} {MARGIN + 100 * MM:.2f}")),
    "a bleed that is not painted": (
        "F919",
        painting(f"0 0.5 0 0 k {MARGIN:.3f} 300 60 60 re f"),
    ),
    "a broad line that ends at the trim": (
        "F919",
        painting(f"0 0.5 0 0 K 60 w {MARGIN:.3f} 330 m {MARGIN + 60:.3f} 330 l S"),
    ),
    "a layer that is off": ("F928", in_layer("off")),
    "a layer that is not printed": ("F928", in_layer("not printed")),
    "an area near the trim": (
        "F929",
        painting(f"0 0.5 0 0 k {MARGIN + 2 * MM:.3f} 300 60 60 re f"),
    ),
    "black that overprints in mode 0": (
        "F930",
        painting(
            "/Odd gs 0 0 0 1 k 200 300 60 60 re f", ExtGState={"Odd": Dictionary(op=True, OPM=0)}
        ),
    ),
    "a bleed that is not declared": ("F931", bleed_undeclared),
    "a state that was not saved": ("F925", painting("Q")),
    "another size": ("F921", smaller),
    "the colour of register marks": (
        "F922",
        painting("/All cs 0.5 scn 200 300 60 60 re f", ColorSpace={"All": ALL_PLATES}),
    ),
    "an old compression": ("F924", lzw),
    "a transfer curve": (
        "F924",
        painting(
            "/Curve gs",
            ExtGState={
                "Curve": Dictionary(
                    Type=Name.ExtGState,
                    TR=Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1),
                )
            },
        ),
    ),
}  # fmt: skip
