"""Preflight: each rule fires on a PDF that breaks it and on no other; on good ones none does."""

from __future__ import annotations

import json
import random
import re
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import BOOKS
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from publish.__main__ import main
from publish.build import build
from publish.checks.preflight import RULES as CHECKS
from publish.checks.preflight import Finding, NoPdf, Rule, as_problem, preflight
from publish.checks.preflight import check as preflight_check
from publish.checks.preflight.model import Sheet
from publish.checks.subject import Subject
from publish.manuscript import read_manuscript
from publish.rules.preflight import PREFLIGHT
from publish.state import state_of

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


def picture(pixels: int, inks: tuple[int, ...] = (0, 0, 0, 128)) -> Callable[[Pdf], object]:
    def make(pdf: Pdf) -> object:
        stream = pdf.make_stream(bytes(inks) * pixels**2)
        stream.Type, stream.Subtype = Name.XObject, Name.Image
        stream.Width = stream.Height = pixels
        stream.BitsPerComponent, stream.ColorSpace = 8, Name.DeviceCMYK
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
        packet, count = re.subn(pattern, b"", pdf.Root.Metadata.read_bytes())
        assert count == 1
        pdf.Root.Metadata.write(packet)

    return take


def scripted(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.beep()")


def two_intents(pdf: Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def screen_profile(pdf: Pdf) -> None:
    profile = pdf.Root.OutputIntents[0].DestOutputProfile
    profile.write(profile.read_bytes()[:16] + b"RGB " + profile.read_bytes()[20:])


def untrapped(pdf: Pdf) -> None:
    del pdf.docinfo["/Trapped"]


def unembedded(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/FontFile3" in item:
            del item["/FontFile3"]
            return


def trim_beyond(pdf: Pdf) -> None:
    box = [float(one) for one in pdf.pages[7].bleedbox]
    pdf.pages[7].obj.BleedBox = Array([box[0], box[1], box[2] - 6 * MM, box[3]])


def both_boxes(pdf: Pdf) -> None:
    pdf.pages[7].obj.ArtBox = pdf.pages[7].obj.TrimBox


def annotated(pdf: Pdf) -> None:
    pdf.pages[7].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[100, 100, 120, 120], Contents="Ja")]
    )


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
    stream = pdf.make_stream(b"")
    stream.write(b"\0\0\0\x0cjP  \r\n\x87\n", filter=Name.JPXDecode)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width = stream.Height = 300
    return stream


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
    "no metadata": ("F904", without("/Metadata")),
    "no version": ("F904", xmp_without(rb"<pdfxid:GTS_PDFXVersion>.*?</pdfxid:GTS_PDFXVersion>")),
    "no date": ("F904", xmp_without(rb"<xmp:MetadataDate>.*?</xmp:MetadataDate>")),
    "not told whether trapped": ("F905", untrapped),
    "a font not embedded": ("F906", unembedded),
    "a trim beyond the bleed": ("F907", trim_beyond),
    "two boxes for one": ("F907", both_boxes),
    "a note": ("F908", annotated),
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
    "a crop within the bleed": ("F907", cropped),
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
        painting("100 0 0 100 200 300 cm /Im Do", XObject={"Im": picture(150)}),
    ),
    "a rather coarse picture": (
        "F912",
        painting("100 0 0 100 200 300 cm /Im Do", XObject={"Im": picture(280)}),
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


@pytest.fixture(scope="module")
def good(complete: dict[str, Path]) -> Path:
    return complete["print"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_pdf(name: str, good: Path, tmp_path: Path) -> None:
    code, fault = FAULTS[name]
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        fault(pdf)
        pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    found = preflight(path)
    assert {one.code for one in found} == {code}, [str(as_problem(one, "")) for one in found]
    where = {one.page for one in found}
    assert where in ({8}, {None})


# Files in which objects are not what they should be ---------------------------------------------


@pytest.fixture(scope="module")
def small(good: Path) -> bytes:
    """Return four pages of the book, with two pictures and a table."""
    out = BytesIO()
    with Pdf.open(good) as pdf:
        for at in reversed(range(len(pdf.pages))):
            if at not in (6, 7, 8, 11):
                del pdf.pages[at]
        pdf.save(out)
    return out.getvalue()


def reached(pdf: Pdf) -> list[Any]:
    """Return the objects that are met from the pages and the catalogue, letters apart."""
    waiting: list[Any] = [pdf.Root, *(page.obj for page in pdf.pages)]
    found: list[Any] = []
    seen = set()
    while waiting:
        one = waiting.pop()
        if one.is_indirect and one.objgen in seen:
            continue
        seen.add(one.objgen)
        if isinstance(one, Dictionary) and ("/Dests" in one or one.get("/Type") == Name.Font):
            continue
        found.append(one)
        parts = one if isinstance(one, Array) else one.values()
        waiting += [part for part in parts if isinstance(part, Dictionary | pikepdf.Stream | Array)]
    return found


def hurt(pdf: Pdf, chance: random.Random) -> None:
    """Take, change or tangle one to four objects of a file at random."""
    objects = reached(pdf)
    for _ in range(chance.randint(1, 4)):
        one = chance.choice(objects)
        if isinstance(one, pikepdf.Stream) and chance.random() < 0.5:
            content = b" Q Q /No Do -1 w [ 1 2 Tj /x gs 1 0 cm BT 5 Tf (a) Tj /y sh f 0 0 re Do "
            one.write(chance.choice((chance.randbytes(200), content, one.read_raw_bytes()[:99])))
            continue
        other = chance.choice([it for it in objects if it.is_indirect])
        odd = chance.choice(
            [None, Name.Odd, -1, 10**9, 0.5, True, pikepdf.String("x"), Array([]), Dictionary(),
             Array([-5, 5, -900, 2]), other, other, other]
        )  # fmt: skip
        if isinstance(one, Array):
            if len(one):
                one[chance.randrange(len(one))] = odd
        elif keys := [key for key in one.keys() if key != "/Length"]:  # noqa: SIM118 - no Python dict
            key = chance.choice(keys)
            if odd is None:
                del one[key]
            else:
                one[key] = odd


def test_whatever_is_odd_in_a_file_there_is_a_report(small: bytes, tmp_path: Path) -> None:
    """Sixty files hurt at random; `NoPdf` only where it is the pages that nobody can find."""
    path, reports, unjudged = tmp_path / "hurt.pdf", 0, 0
    for seed in range(60):
        with Pdf.open(BytesIO(small)) as pdf:
            hurt(pdf, random.Random(seed))
            # A finding that has nothing to do with it is told all the same.
            without_a_font(pdf)
            pdf.save(path)
        try:
            with Pdf.open(path) as pdf:
                count = len(pdf.pages)
        except pikepdf.PdfError:
            with pytest.raises(NoPdf):
                preflight(path)
            continue
        found = preflight(path)
        told = [as_problem(one, "hurt.pdf") for one in found]
        assert all(one.page is None or 1 <= one.page <= count for one in found), seed
        assert all("hurt.pdf" in one.message for one in told)
        codes, reports = {one.code for one in found}, reports + 1
        assert "F906" in codes, seed
        unjudged += "F925" in codes
    assert reports > 50 and unjudged > 10


def without_a_font(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Los)
    pdf.Root.Loose = pdf.make_indirect(font)


def test_a_rule_that_stumbles_is_named_and_the_others_go_on(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        FAULTS["a hairline"][1](pdf)
        without_a_font(pdf)
        pdf.Root.Loose.FontDescriptor = 4
        pdf.pages[8].obj.Resources.XObject = Array([])
        pdf.save(path)
    found = preflight(path)
    assert [(one.code, one.page) for one in found] == [("F925", None), ("F916", 8), ("F925", 9)]
    fonts, _, content = (as_problem(one, "broken.pdf") for one in found)
    assert (fonts.severity, content.severity) == ("error", "error")
    start = "broken.pdf: whether its fonts are embedded cannot be judged: an object of it is not"
    assert fonts.message.startswith(start)
    assert content.message == (
        "broken.pdf, page 9: something that it paints cannot be judged: the operator Do: there is"
        " no /Page among the resources (and 1 more)"
    )


def test_a_bug_of_a_rule_is_told(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(sheet: Sheet) -> Iterator[Finding]:
        yield sheet.found("F916", width=0, least=0)
        raise ZeroDivisionError("division by zero")

    rule = Rule(look, frozenset(("x4",)), "the hairlines")
    monkeypatch.setattr("publish.checks.preflight.OF_PAGE", (rule,))
    found = preflight(good)
    assert [one.code for one in found] == ["F916", "F925"] * 16
    assert "the hairlines cannot be judged" in as_problem(found[1], "").message


def test_what_cannot_be_opened_is_told_by_the_check_as_well(
    checked: tuple[Subject, Path],
) -> None:
    subject, path = checked
    whole = path.read_bytes()
    path.write_bytes(b"%PDF-1.6 and no more")
    found = preflight_check(subject)
    path.write_bytes(whole)
    assert [one.code for one in found] == ["P403"]


def test_the_check_knows_the_binding(checked: tuple[Subject, Path]) -> None:
    subject, path = checked
    whole = path.read_bytes()
    with Pdf.open(BytesIO(whole)) as pdf:
        del pdf.pages[-2:]
        pdf.save(path)
    found = preflight_check(subject)
    path.write_bytes(whole)
    assert [one.code for one in found] == ["F920"]


def test_an_encrypted_file(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="geheim", user=""))
    assert [one.code for one in preflight(path)] == ["F901"]


def test_pages_that_do_not_fill_their_sheets(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        del pdf.pages[-2:]
        pdf.save(path)
    assert [one.code for one in preflight(path, binding="saddle-stitch")] == ["F920"]
    assert preflight(path, binding="perfect") == []
    assert preflight(path) == []


def test_every_rule_is_broken_by_one_pdf() -> None:
    broken = {code for code, _ in FAULTS.values()}
    assert broken | {"F901", "F920"} == set(PREFLIGHT)
    assert len({rule.look for rule in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize("book", ["minimal", "almanac", "bilingual", "hebrew"])
def test_nothing_is_found_in_our_own_books(book: str, tmp_path: Path) -> None:
    built = build(BOOKS / book, tmp_path, ("print",))
    assert preflight(built.made[0]) == []


def test_nothing_is_found_in_the_book_with_every_feature(good: Path) -> None:
    assert preflight(good, binding="saddle-stitch") == []


def test_a_finding_has_its_place(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        FAULTS["red of the screen"][1](pdf)
        pdf.save(path)
    (found,) = preflight(path)
    corner = [round(one / MM - 9, 1) for one in (200, 300, 260, 360)]
    assert found.box == tuple(corner)
    told = as_problem(found, "broken.pdf")
    assert told.message.startswith("broken.pdf, page 8 (at 61.6–82.7 × 96.8–118 mm): an area is in")


def test_the_newsprint_limit(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.pdf"
    with Pdf.open(good) as pdf:
        pdf.Root.OutputIntents[0].OutputConditionIdentifier = "IFRA26"
        painting("0.7 0.7 0.7 0.7 k 200 300 60 60 re f")(pdf)
        pdf.save(path)
    (found,) = preflight(path)
    assert (found.code, found.facts) == ("F913", {"total": 280, "limit": 260})


def test_an_office_printer_takes_more(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        for name in ("red of the screen", "no intent", "a hairline"):
            FAULTS[name][1](pdf)
        scripted(pdf)
        pdf.save(path)
    assert {one.code for one in preflight(path, "office")} == {"F902", "F916"}
    assert {one.code for one in preflight(path, "screen")} == {"F902"}


def test_the_command(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preflight", str(good)]) == 0
    assert capsys.readouterr().out == ""
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        FAULTS["a hairline"][1](pdf)
        FAULTS["too much ink"][1](pdf)
        pdf.save(path)
    assert main(["preflight", str(path), "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)["findings"]
    assert [(row["code"], row["page"]) for row in rows] == [("F913", 8), ("F916", 8)]
    assert all(len(row["box"]) == 4 and row["hint"] for row in rows)
    path.write_bytes(b"%PDF-1.6 and no more")
    assert main(["preflight", str(path)]) == 1
    assert "P403" in capsys.readouterr().err


def form_of(pdf: Pdf, page: int) -> object:
    """Return the form in which a page of a print PDF is drawn."""
    return pdf.pages[page - 1].obj.Resources.XObject.Page


def rich(page: int, text: int) -> Break:
    """Return what sets one of the texts in black of a page in a black of four inks."""

    def change(pdf: Pdf) -> None:
        form = form_of(pdf, page)
        parts = form.read_bytes().split(b"0 0 0 1 k\nBT")
        assert len(parts) > text
        head = b"0 0 0 1 k\nBT".join(parts[:text])
        form.write(head + b"0.6 0.5 0.5 0.9 k\nBT" + b"0 0 0 1 k\nBT".join(parts[text:]))

    return change


def coarse(page: int) -> Break:
    """Return what puts a picture of few pixels in the place of the picture of a page."""

    def change(pdf: Pdf) -> None:
        drawn = form_of(pdf, page).Resources.XObject
        (name,) = (key for key, one in drawn.items() if one.Subtype == Name.Image)
        drawn[name] = picture(200)(pdf)

    return change


def thin(page: int, rule: int) -> Break:
    """Return what makes one of the rules of a page a hairline."""

    def change(pdf: Pdf) -> None:
        form = form_of(pdf, page)
        widths = [*re.finditer(rb"[\d.]+(?= w\n[\d.]+ [\d.]+ m)", form.read_bytes())]
        start, end = widths[rule].span()
        form.write(form.read_bytes()[:start] + b"0.1" + form.read_bytes()[end:])

    return change


PLACES: dict[str, tuple[Break, str, str]] = {
    "a heading": (rich(8, 1), "F914", "03-de-beek.md:41"),
    "a caption": (rich(8, 3), "F914", "captions.toml:4"),
    "an item of a list": (rich(7, 5), "F914", "03-de-beek.md:17"),
    "a paragraph": (rich(9, 3), "F914", "04-peil-en-tal.md:18"),
    "a line of verse": (rich(11, 3), "F914", "05-een-liedje.md:8"),
    "a line of verse, indented": (rich(11, 4), "F914", "05-een-liedje.md:9"),
    "a drawing": (coarse(8), "F911", "03-de-beek.md:7"),
    "a photo": (coarse(12), "F911", "05-een-liedje.md:30"),
    "a rule of a table": (thin(9, 5), "F916", "04-peil-en-tal.md:10"),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Subject, Path]:
    """Return a book as a check sees it, and its print PDF; it is laid out once for all of them."""
    out = tmp_path_factory.mktemp("checked")
    (path,) = build(BOOKS / "complete", out, ("print",)).made
    read = read_manuscript(BOOKS / "complete")
    assert read.book
    state = state_of(BOOKS / "complete", out)
    return Subject(BOOKS / "complete", out, read.book, read.sources, (), state), path


@pytest.mark.parametrize("name", PLACES)
def test_a_finding_names_the_line_of_what_it_is_about(
    name: str, checked: tuple[Subject, Path]
) -> None:
    fault, code, place = PLACES[name]
    subject, path = checked
    whole = path.read_bytes()
    with Pdf.open(BytesIO(whole)) as pdf:
        fault(pdf)
        pdf.save(path)
    found = preflight_check(subject)
    path.write_bytes(whole)
    assert [one.code for one in found] == [code]
    assert [f"{one.span.file}:{one.span.line}" for one in found if one.span] == [place]


def test_mupdf_measures_the_same_ink(good: Path, tmp_path: Path) -> None:
    """The page drawn in CMYK by a program that had no part in this, pixel by pixel."""
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        FAULTS["a picture of too much ink"][1](pdf)
        pdf.save(path)
    assert drawn_ink(good) <= 301
    (found,) = preflight(path)
    assert abs(drawn_ink(path) - float(str(found.facts["total"]))) <= 2


def drawn_ink(path: Path) -> float:
    """Return the most ink (%) of any pixel of pages 1 to 16, as MuPDF draws them."""
    most = 0
    for number in range(1, 17):
        done = subprocess.run(
            ["mutool", "draw", "-q", "-r", "36", "-c", "cmyk", "-F", "pam", "-o", "-",
             str(path), str(number)],
            capture_output=True, check=True,
        )  # fmt: skip
        data = done.stdout.partition(b"ENDHDR\n")[2]
        most = max(most, max(sum(data[at : at + 4]) for at in range(0, len(data), 4)))
    return most / 2.55


@pytest.mark.parametrize("edition", ["print", "booklet", "dummy", "screen", "proof"])
@pytest.mark.parametrize("book", ["complete", "minimal"])
def test_no_reader_finds_a_fault(
    book: str, edition: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    made: Path = request.getfixturevalue(book)[edition]
    for command in (
        ["qpdf", "--check", str(made)],
        ["mutool", "info", str(made)],
        ["mutool", "draw", "-q", "-r", "20", "-F", "pam", "-o", "/dev/null", str(made)],
        ["pdfinfo", str(made)],
        ["pdftotext", str(made), str(tmp_path / "text")],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        said = done.stderr.replace("warning: ICC support is not available\n", "")
        assert said == "", command
    with Pdf.open(BytesIO(made.read_bytes())) as pdf:
        assert pdf.check_pdf_syntax() == []
