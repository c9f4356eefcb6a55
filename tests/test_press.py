"""The print PDF is PDF/X-4, and every mark in it is in the inks of the press."""

from __future__ import annotations

import re
import shutil
import uuid
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import BOOKS
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat
from readback_pdf import MM, ReadPdf

from publish.building.build import build
from publish.building.cleaning import clean
from publish.building.printing import Printing
from publish.checks.preflight import preflight
from publish.checks.preflight.marks import Mark
from publish.checks.preflight.painting import painted
from publish.fonts.files import FACES, SANS
from publish.manuscript.folder import read_manuscript
from publish.press import profiles
from publish.press.inked_pictures import Pictures
from publish.press.inking import set_in_inks
from publish.press.inks import Inks, limited, mix_of
from publish.press.makeready import press_job
from publish.press.marks import MARK, Sheet, colour_bar, legible, slug_line
from publish.press.operators import PAINTING
from publish.press.profiles import Profile, ink_limit, system_files
from publish.press.xmp import describe
from publish.text.folios import Folios

RED = (0.0, 0.98, 0.82, 0.06)
A5 = [148, 210]
Contour = tuple[tuple[float, ...], ...]
"""The points of an outline, from its first."""
XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}


@pytest.fixture(scope="module")
def press() -> Profile:
    return Profile(next(system_files()).read_bytes(), profiles.DEFAULT)


@pytest.fixture(scope="module")
def inks(press: Profile) -> Inks:
    return Inks("#c8102e", RED, "", press)


@pytest.fixture(scope="module")
def printed(complete: dict[str, Path]) -> Pdf:
    return Pdf.open(complete["print"])


def changed(tmp_path: Path, *lines: str, book: str = "complete") -> Path:
    """Return a copy of a book with more lines under [print]."""
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / book, folder)
    toml = (folder / "book.toml").read_text(encoding="utf-8")
    table = "[print]\n" + "".join(f"{line}\n" for line in lines)
    toml = toml.replace("[print]\n", table) if "[print]" in toml else f"{toml}\n{table}"
    (folder / "book.toml").write_text(toml, encoding="utf-8")
    return folder


def made(folder: Path, tmp_path: Path) -> tuple[Pdf, list[str]]:
    built = build(folder, tmp_path / "out", ("print",))
    assert built.made, built.problems
    return Pdf.open(BytesIO(built.made[0].read_bytes())), [one.code for one in built.problems]


def all_marks(pdf: Pdf) -> list[Mark]:
    return [mark for page in pdf.pages for mark in painted(page).marks]


def jpeg_of(pdf: Pdf) -> Any:
    """Return the only JPEG of a PDF."""
    streams = (one for one in pdf.objects if isinstance(one, pikepdf.Stream))
    (found,) = (one for one in streams if one.get("/Filter") == "/DCTDecode")
    return found


# PDF/X-4 ------------------------------------------------------------------------------------------


def test_the_output_intent_has_the_profile_and_the_name_of_its_condition(
    printed: Pdf, press: Profile
) -> None:
    (intent,) = printed.Root.OutputIntents
    assert (intent.S, str(intent.OutputConditionIdentifier)) == ("/GTS_PDFX", "FOGRA39")
    assert str(intent.RegistryName) == "http://www.color.org"
    assert intent.DestOutputProfile.read_bytes() == press.data
    assert intent.DestOutputProfile.N == 4


def test_version_and_metadata_say_the_same(printed: Pdf) -> None:
    assert printed.pdf_version == "1.6"
    tree = etree.fromstring(printed.Root.Metadata.read_bytes())

    def said(path: str) -> str:
        (found,) = tree.xpath(f"//{path}", namespaces=XMP)
        return "".join(found.itertext()).strip()

    info = printed.docinfo
    assert said("pdfxid:GTS_PDFXVersion") == "PDF/X-4"
    assert said("dc:title") == str(info["/Title"]) == "Waar de beek bleef"
    assert said("pdf:Trapped") == "False" and info["/Trapped"] == "/False"
    assert said("pdf:Producer") == str(info["/Producer"])
    assert str(info["/CreationDate"]) == str(info["/ModDate"]) == "D:20260504093000Z"
    for name in ("CreateDate", "ModifyDate", "MetadataDate"):
        assert said(f"xmp:{name}") == "2026-05-04T09:30:00Z"
    assert said("xmpMM:VersionID") == "1" and said("xmpMM:RenditionClass") == "default"
    for name in ("DocumentID", "InstanceID"):
        assert uuid.UUID(said(f"xmpMM:{name}").removeprefix("uuid:")).version == 5


def test_no_two_editions_are_one_document(complete: dict[str, Path]) -> None:
    read = read_manuscript(BOOKS / "complete")
    assert read.book
    sheet = press_job(read.book.settings, Inks("#c8102e", RED), Folios(), False, "coversheet")
    with Pdf.new() as pdf:
        describe(pdf, sheet.identity, (), ())
        packets = [pdf.Root.Metadata.read_bytes()]
    for name in ("print", "booklet", "screen"):
        with Pdf.open(complete[name]) as made:
            packets.append(made.Root.Metadata.read_bytes())
    for name in ("DocumentID", "InstanceID"):
        found = [
            etree.fromstring(one).xpath(f"string(//xmpMM:{name}|//@xmpMM:{name})", namespaces=XMP)
            for one in packets
        ]
        assert len({*found}) == 4 and all(uuid.UUID(one[5:]).version == 5 for one in found)


def test_no_link_no_colour_of_a_screen_and_no_other_filter_is_left(printed: Pdf) -> None:
    assert not any("/Annots" in page.obj for page in printed.pages)
    out = BytesIO()
    printed.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    plain = out.getvalue()
    assert b"/DeviceCMYK" in plain
    assert not re.search(
        rb"/DeviceRGB|/CalRGB|/Lab\b|/lab-d|^[\d. ]+ (rg|RG)$", plain, re.MULTILINE
    )


# Inks ---------------------------------------------------------------------------------------------


def test_all_text_is_black_alone_red_or_white(printed: Pdf) -> None:
    texts = [mark for mark in all_marks(printed) if mark.kind == "text"]
    assert len(texts) > 200
    assert {mark.paint.values for mark in texts} == {(0, 0, 0, 1), RED, (0, 0, 0, 0)}


def test_what_encloses_nothing_is_not_filled(inks: Inks) -> None:
    """The engine fills a line of a drawing, which has no inside; a press printed a hairline."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    content = b"9 9 m 99 9 l B 9 19 m 99 20 l 9 19 l f 9 29 90 0 re b* 9 39 90 1 re B 9 9 m 9 9 l f"
    page.obj.Contents = pdf.make_stream(content)
    set_in_inks(pdf, inks)
    steps = [str(one.operator) for one in pikepdf.parse_content_stream(pdf.pages[0])]
    assert [one for one in steps if one in PAINTING] == ["S", "n", "s", "B", "n"]


def test_small_black_text_and_thin_rules_overprint_and_nothing_else_does(printed: Pdf) -> None:
    marks = [mark for mark in all_marks(printed) if "All" not in mark.paint.space.inks]
    small = [mark for mark in marks if mark.kind == "text" and mark.size <= 24]
    large = [mark for mark in marks if mark.kind == "text" and mark.size > 24]
    assert small and large
    assert {mark.over for mark in small if mark.paint.values == (0, 0, 0, 1)} == {True}
    # In mode 0 the black would knock out the three colours below it (8.6.7).
    assert {mark.mode for mark in marks if mark.over} == {1}
    others = [mark for mark in marks if mark.paint.values != (0, 0, 0, 1)]
    assert not any(mark.over for mark in (*large, *others))
    rules = [mark for mark in marks if mark.kind in ("fill", "stroke") and mark.over]
    assert rules and max(mark.thickness for mark in rules) <= 2


def test_a_colour_of_the_screen_in_inks(inks: Inks) -> None:
    assert inks.of_rgb((0, 0, 0)) == (0, 0, 0, 1)
    assert inks.of_rgb((1, 1, 1)) == (0, 0, 0, 0)
    assert inks.of_rgb((0.2, 0.2, 0.2)) == (0, 0, 0, 0.8)
    assert inks.of_rgb((200 / 255, 16 / 255, 46 / 255)) == RED
    blue = inks.of_rgb((0, 0, 1))
    assert blue and blue[0] > 0.85 and blue[1] > 0.7 and blue[2] < 0.05
    assert Inks("#c8102e", RED).of_rgb((0, 0, 1)) is None
    assert mix_of("device-cmyk(0 0.98 0.82 0.06)") == RED


def test_a_picture_goes_through_the_profile(printed: Pdf, press: Profile) -> None:
    jpeg = jpeg_of(printed)
    source = Image.open(BOOKS / "complete" / "photos" / "veld.jpg").convert("RGB")
    source = source.resize((int(jpeg.Width), int(jpeg.Height)))
    wanted = ImageCms.profileToProfile(
        source,
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(BytesIO(press.data)),
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        "CMYK",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert wanted
    # Pillow turns the inks of such a JPEG round, as /Decode does.
    got = Image.open(BytesIO(jpeg.read_raw_bytes()))
    # No ink has fewer samples than another, or fine lines would be of other inks than broad ones.
    assert {(across, down) for _, across, down, _ in got.layer} == {(1, 1)}
    assert list(jpeg.Decode) == [1, 0] * 4 and jpeg.ColorSpace == "/DeviceCMYK"
    for x in range(5, source.width, source.width // 9):
        pair = [
            image.resize((64, 64)).getpixel((x * 63 // source.width, 30)) for image in (got, wanted)
        ]
        assert all(abs(a - b) <= 6 for a, b in zip(*pair, strict=True)), pair


@pytest.mark.parametrize(("condition", "most"), [("FOGRA39", 300), ("IFRA26", 260)])
def test_a_black_picture_has_no_more_ink_than_its_paper_takes(
    condition: str, most: int, press: Profile
) -> None:
    inks = Inks("#c8102e", RED, "", replace(press, condition=condition))
    made = inks.picture(Image.new("RGB", (1, 1)))
    assert made
    assert most - 10 < sum(made.getpixel((0, 0))) / 2.55 < most


@pytest.mark.parametrize(("condition", "most"), [("FOGRA39", 300), ("IFRA26", 260)])
def test_a_dark_colour_has_no_more_ink_than_its_paper_takes(
    condition: str, most: int, press: Profile
) -> None:
    inks = Inks("#c8102e", RED, "", replace(press, condition=condition))
    for blue in (1, 2, 3):
        mix = inks.of_rgb((0, 0, blue / 255))
        assert mix and most - 20 < 100 * sum(mix) <= most


def test_lettering_in_a_picture_of_many_colours_is_black_alone(inks: Inks) -> None:
    """A scan of letters with smooth edges, and red ones beside them, has no black of four inks."""
    large = Image.new("RGB", (6400, 3200), "white")
    draw = ImageDraw.Draw(large)
    for number in range(6):
        left = 100 + 1050 * number
        draw.ellipse((left, 160, left + 800, 1440), fill="black")
        draw.ellipse((left, 1760, left + 800, 3040), fill=(200, 16, 46))
    source = large.resize((400, 200), Image.Resampling.BOX)
    pixels = source.tobytes()
    assert source.getcolors(256) is None
    pdf = Pdf.new()
    stream = pdf.make_stream(pixels)
    stream.Width, stream.Height, stream.BitsPerComponent = 400, 200, 8
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.ColorSpace = Name.DeviceRGB
    Pictures(inks, lambda: None).set_in_inks(stream, "/DeviceRGB")
    made = stream.read_bytes()
    found = {
        made[at * 4 : at * 4 + 3]
        for at in range(400 * 200)
        if len({*pixels[at * 3 : at * 3 + 3]}) == 1
    }
    assert found == {bytes(3)}
    assert any(made[at * 4] or made[at * 4 + 1] for at in range(400 * 200))


def test_shadows_keep_their_depth(inks: Inks, press: Profile) -> None:
    """Black is met by the darkest ink there is; without that, or by another intent, all is off."""
    made = inks.picture(Image.new("RGB", (1, 1), (60, 20, 20)))
    assert made
    relative, perceptual = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Intent.PERCEPTUAL
    compensated = ImageCms.Flags.BLACKPOINTCOMPENSATION
    ways = ((relative, compensated), (relative, 0), (perceptual, compensated))
    off = []
    for intent, flags in ways:
        profile = ImageCms.ImageCmsProfile(BytesIO(press.data))
        to_inks = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"), profile, "RGB", "CMYK", intent, flags
        )
        wanted = ImageCms.applyTransform(Image.new("RGB", (1, 1), (60, 20, 20)), to_inks)
        assert wanted
        pairs = zip(made.getpixel((0, 0)), wanted.getpixel((0, 0)), strict=True)
        off.append(max(abs(a - b) for a, b in pairs))
    assert off[0] == 0 and min(off[1:]) > 10


def test_a_drawing_of_few_colours_is_black_alone(printed: Pdf) -> None:
    tables = [
        bytes(one.ColorSpace[3])
        for one in printed.objects
        if isinstance(one, pikepdf.Stream) and isinstance(one.get("/ColorSpace"), Array)
    ]
    colours = {table[at : at + 4] for table in tables for at in range(0, len(table), 4)}
    red = bytes(round(255 * one) for one in RED)
    assert colours == {bytes((0, 0, 0, 255)), bytes(4), red}


def test_no_picture_has_more_ink_than_the_paper_takes() -> None:
    dark = Image.new("CMYK", (2, 1), (230, 220, 210, 250))
    dark.putpixel((1, 0), (100, 90, 80, 70))
    less = limited(dark, 280)
    first: Any = less.getpixel((0, 0))
    assert sum(first) / 2.55 <= 280 and first[3] == 250
    assert less.getpixel((1, 0)) == (100, 90, 80, 70)
    limits = [ink_limit(one) for one in ("FOGRA39", "FOGRA52", "IFRA26", "WAN-IFRAnewspaper")]
    assert limits == [300, 300, 260, 260]


def test_whatever_holds_a_colour_is_set_in_inks(inks: Inks) -> None:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)

    def stream(content: bytes, **more: object) -> Any:
        made = pdf.make_stream(content)
        made.BBox = Array([0, 0, 200, 200])
        for key, value in more.items():
            made[f"/{key}"] = value
        return made

    blend = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 1, 1], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 0])
    shading.Function = Dictionary(
        FunctionType=3, Domain=[0, 1], Bounds=[], Encode=[0, 1], Functions=[blend]
    )
    tiles = stream(
        b"1 0 0 rg 0 0 5 5 re f", PatternType=1, PaintType=1, TilingType=1, XStep=9, YStep=9
    )
    mask = stream(b"0.5 g 0 0 5 5 re f", Subtype=Name.Form, Group=group)
    inner = stream(b"/DeviceRGB CS 0 0 1 SCN 0 0 m 9 9 l S", Subtype=Name.Form, Group=group)
    letter, seen = pdf.make_stream(b"9 0 d0 1 0 0 rg 0 0 5 5 re f /Seen Do"), pdf.make_stream(b"")
    seen.write(bytes((200, 30, 40)) * 4)
    seen.Subtype, seen.ColorSpace, seen.BitsPerComponent = Name.Image, Name.DeviceRGB, 8
    seen.Width = seen.Height = 2
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 9, 9], FontMatrix=[1, 0, 0, 1, 0, 0],
        CharProcs=Dictionary(a=letter), Resources=Dictionary(XObject=Dictionary(Seen=seen)),
        Encoding=Dictionary(Differences=Array([97, Name.a])), FirstChar=97, LastChar=97, Widths=[9],
    )  # fmt: skip
    page.obj.Resources = Dictionary(
        XObject=Dictionary(Inner=inner),
        Font=Dictionary(Drawn=font),
        Pattern=Dictionary(Tiles=tiles, Blend=Dictionary(PatternType=2, Shading=shading)),
        ExtGState=Dictionary(Mask=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=mask))),
    )
    page.contents_add(
        b"q 0.3 0.3 0.3 rg 0 0 50 50 re f Q /Pattern cs /Tiles scn 0 0 9 9 re f"
        b" /Blend scn 0 0 9 9 re f /Mask gs 0 g 0 0 9 9 re f /Inner Do"
        b" BT /Drawn 9 Tf (a) Tj ET"
    )
    set_in_inks(pdf, inks)
    assert b"0 0 0 0.7 k" in page.Contents.read_bytes()
    assert shading.ColorSpace == "/DeviceCMYK"
    assert [list(blend[key]) for key in ("/C0", "/C1")] == [[0, 0, 0, 1], [0, 0, 0, 0]]
    assert re.search(rb"0 0\.9\d+ 0\.9\d* \S* ?k", tiles.read_bytes())
    assert mask.Group.CS == inner.Group.CS == "/DeviceCMYK"
    assert re.match(rb"[\d.]+ [\d.]+ [\d.]+ [\d.]+ K", inner.read_bytes())
    assert re.search(rb"d0\s+0 0\.9\d+ 0\.9\d* \S* ?k", letter.read_bytes())
    assert seen.ColorSpace[1] == "/DeviceCMYK"
    families = {mark.paint.space.process for mark in painted(page).marks}
    assert families <= {"/DeviceCMYK", "/DeviceGray", "/Pattern"}


def test_without_a_profile_a_colour_stays_and_black_does_not() -> None:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    page.contents_add(b"/DeviceRGB cs 0 0 1 scn 0 0 9 9 re f 0 0 0 scn 0 0 9 9 re f")
    set_in_inks(pdf, Inks("#c8102e", RED))
    paints = [(mark.paint.space.family, mark.paint.values) for mark in painted(page).marks]
    assert paints == [("/DeviceRGB", (0, 0, 1)), ("/DeviceCMYK", (0, 0, 0, 1))]


def test_tints_of_the_red_are_tints_of_its_own_ink(inks: Inks) -> None:
    """As drawings have them: pale, dark, in lines, in shadings; another colour is one of four."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    red, pale, dark = ((200, 16, 46), (228, 136, 151), (100, 8, 23))
    blend = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[1, 1, 1], C1=[one / 255 for one in dark], N=1
    )
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 9, 0], Function=blend
    )
    page.obj.Resources = Dictionary(Shading=Dictionary(Blend=shading))
    for colour in (red, pale, dark, (0, 0, 0), (128, 128, 128), (255, 255, 255), (0, 90, 200)):
        mix = " ".join(f"{one / 255:.6f}" for one in colour)
        page.contents_add(f"{mix} rg 0 0 9 9 re f {mix} RG 0 0 m 9 9 l S".encode())
    page.contents_add(b"/Blend sh")
    set_in_inks(pdf, replace(inks, spot="Rood"))
    marks = painted(page).marks
    fills, lines = (
        [(one.paint.space.inks, one.paint.values) for one in marks if one.kind == kind]
        for kind in ("fill", "stroke")
    )
    assert fills == lines
    both = ("Black", "Rood")
    assert [inks for inks, _ in fills] == [("Rood",), ("Rood",), both, (), (), (), ()]
    assert fills[0][1] == (1.0,)
    assert fills[1][1] == pytest.approx((0.5,), abs=0.01)
    assert fills[2][1] == pytest.approx((0.5, 1.0), abs=0.01)
    assert fills[3][1] == (0, 0, 0, 1) and fills[5][1] == (0, 0, 0, 0)
    assert fills[4][1] == pytest.approx((0, 0, 0, 0.498), abs=0.001)
    assert len(fills[6][1]) == 4 and fills[6][1][0] > 0.5
    (shaded,) = (one.paint for one in marks if one.kind == "shading")
    assert shaded.space.inks == both
    assert shaded.values == pytest.approx((0.5, 1.0), abs=0.01)
    assert list(blend.C0) == [0, 0]


def test_the_red_as_an_ink_of_its_own(tmp_path: Path) -> None:
    folder = changed(tmp_path, 'red = "spot"', 'red-name = "PANTONE 186 C"', "colour-bar = true")
    pdf, _ = made(folder, tmp_path)
    marks = all_marks(pdf)
    spot = [mark for mark in marks if mark.paint.space.inks == ("PANTONE 186 C",)]
    assert len(spot) > 40 and {mark.paint.values for mark in spot} == {(1.0,), (0.5,)}
    assert not [mark for mark in marks if mark.paint.values == RED]
    base = {mark.paint.space.base.family for mark in spot if mark.paint.space.base}
    assert base == {"/DeviceCMYK"}
    # A drawing in black and red is on those two plates alone.
    (two,) = (mark.paint.space.base for mark in marks if mark.paint.space.family == "/Indexed")
    assert two and (two.family, two.inks) == ("/DeviceN", ("Black", "PANTONE 186 C"))
    assert preflight(tmp_path / "out" / "waar-de-beek-bleef-print.pdf") == []


def test_what_black_and_red_can_mix(inks: Inks) -> None:
    mixed = {
        (0.0, 0.0, 0.0): (1, 0),
        (1.0, 1.0, 1.0): (0, 0),
        (200 / 255, 16 / 255, 46 / 255): (0, 1),
        (100 / 255, 8 / 255, 23 / 255): (0.5, 1),
        (0.5, 0.5, 0.5): (0.5, 0),
    }
    for colour, wanted in mixed.items():
        assert inks.in_two(colour) == pytest.approx(wanted, abs=0.01)
    assert inks.in_two((0.0, 0.0, 1.0)) is None
    assert inks.in_two((1.0, 0.9, 0.0)) is None
    # Which blue is a grey, and which is not: what nobody sees as another colour is none.
    assert inks.in_two((0.5, 0.5, 0.5 + 8 / 255)) == pytest.approx((0.5, 0), abs=0.01)
    assert inks.in_two((0.5, 0.5, 0.5 + 20 / 255)) is None


def test_a_photo_is_set_in_inks_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = changed(tmp_path), tmp_path / "out"
    first, _ = made(folder, tmp_path)
    (shelf,) = out.glob(".katern/*/inked")
    (kept,) = shelf.iterdir()
    assert kept.read_bytes()[:2] == b"\xff\xd8"
    with (folder / "05-een-liedje.md").open("a", encoding="utf-8") as chapter:
        chapter.write("\nNog een regel.\n")
    monkeypatch.setattr("publish.press.inked_pictures.BytesIO", None)
    second, _ = made(folder, tmp_path)
    assert [*shelf.iterdir()] == [kept]
    assert jpeg_of(first).read_raw_bytes() == jpeg_of(second).read_raw_bytes()
    clean(out)
    assert not shelf.exists()


def test_a_picture_is_parted_into_black_and_red(inks: Inks) -> None:
    black = Image.linear_gradient("L").point(lambda level: level // 2)
    tint = Image.linear_gradient("L").rotate(90)
    red = (200 / 255, 16 / 255, 46 / 255)
    light = [tint.point(lambda level, one=one: round(255 - level * (1 - one))) for one in red]
    paper = ImageChops.invert(black)
    mixed = Image.merge("RGB", [ImageChops.multiply(paper, one) for one in light])
    assert mixed.getcolors(256) is None
    plates = inks.plates(mixed)
    assert plates
    for band, wanted in zip(plates.split(), (black, tint), strict=True):
        off = ImageChops.difference(band, wanted)
        assert off.getextrema()[1] <= 12 and ImageStat.Stat(off).mean[0] < 2
    flat = inks.plates(Image.new("RGB", (9, 9), (200, 16, 46)))
    assert flat and flat.getpixel((4, 4)) == (0, 255)
    grey = inks.plates(Image.merge("RGB", [Image.linear_gradient("L")] * 3))
    assert grey and grey.getextrema()[1] == (0, 0)
    assert inks.plates(Image.open(BOOKS / "complete" / "photos" / "veld.jpg")) is None


def test_a_picture_of_many_tints_is_on_two_plates(tmp_path: Path) -> None:
    folder = changed(tmp_path, 'red = "spot"')
    gradient = Image.linear_gradient("L").rotate(90).resize((900, 900))
    shaded = Image.composite(
        Image.new("RGB", (900, 900), (200, 16, 46)),
        Image.merge("RGB", [Image.linear_gradient("L").resize((900, 900))] * 3),
        gradient,
    )
    shaded.save(folder / "photos" / "put.png")
    pdf, _ = made(folder, tmp_path)
    spaces = [mark.paint.space for mark in all_marks(pdf) if mark.kind == "image"]
    assert ("/DeviceN", ("Black", "Red")) in [(one.family, one.inks) for one in spaces]


# The profile --------------------------------------------------------------------------------------


def test_without_a_profile_there_is_a_problem_and_no_label(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "system_files", lambda: iter(()))
    pdf, codes = made(BOOKS / "minimal", tmp_path)
    assert "P430" in codes
    assert "/OutputIntents" not in pdf.Root and "/Metadata" not in pdf.Root


@pytest.mark.parametrize(
    ("condition", "registry"), [("FOGRA52", "http://www.color.org"), ("Ons matte papier", "")]
)
def test_a_profile_of_ones_own(
    condition: str, registry: str, press: Profile, tmp_path: Path
) -> None:
    lines = ('profile = "huis.icc"', f'condition = "{condition}"')
    folder = changed(tmp_path, *lines, book="minimal")
    (folder / "profiles").mkdir()
    (folder / "profiles" / "huis.icc").write_bytes(press.data)
    pdf, codes = made(folder, tmp_path)
    assert "P430" not in codes
    (intent,) = pdf.Root.OutputIntents
    assert str(intent.OutputConditionIdentifier) == condition
    assert str(intent.get("/RegistryName", "")) == registry


def without_tags(profile: bytes, kind: bytes) -> bytes:
    """Return a profile that has none of the tables from inks, or into them, by their names."""
    for number in b"012":
        profile = profile.replace(kind + bytes([number]), b"X2X" + bytes([number]), 1)
    return profile


def sized(profile: bytes) -> bytes:
    return len(profile).to_bytes(4, "big") + profile[4:]


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut": (lambda data: data[:20000], "its end is missing"),
    "cut, its size mended": (lambda data: sized(data[:20000]), "from a screen into inks"),
    "no tags": (lambda data: sized(data[:128] + bytes(4)), "from a screen into inks"),
    "zeros": (lambda data: data[:128] + bytes(len(data) - 128), "from a screen into inks"),
    "one tag of no sense": (lambda data: sized(data[:132]), "no program can open it"),
    "garbage": (lambda data: data[:128] + b"\xff" * (len(data) - 128), "no program can open it"),
    "a version to come": (lambda data: data[:8] + b"\5" + data[9:], "no program can open it"),
    "nothing into inks": (lambda data: without_tags(data, b"B2A"), "from a screen into inks"),
    "nothing from inks": (lambda data: without_tags(data, b"A2B"), "from inks back to a screen"),
    "other numbers": (lambda data: data[:20] + b"XYZ " + data[24:], "not those of ink on paper"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_profile_is_tried_before_it_is_used(fault: str, press: Profile, tmp_path: Path) -> None:
    """It is told at its line of the settings, whatever is in the book, and nothing is made."""
    damage, reason = BROKEN[fault]
    lines = ('profile = "huis.icc"', 'condition = "FOGRA52"')
    folder = changed(tmp_path, *lines, book="minimal")
    (folder / "profiles").mkdir()
    (folder / "profiles" / "huis.icc").write_bytes(damage(press.data))
    built = build(folder, tmp_path / "out", ("print",))
    (told,) = [str(one) for one in built.problems if one.severity == "error"]
    at = (folder / "book.toml").read_text(encoding="utf-8").splitlines().index(lines[0]) + 1
    assert f"book.toml:{at}:11: error S130 profiles/huis.icc cannot be used: " in told
    assert reason in told and "None" not in told and not built.made


# Marks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [100.0, 297.6, 419.5, 841.9])
def test_bar_and_slug_keep_to_their_places(width: float) -> None:
    sheet = Sheet(width, 595.3, 8.5)
    words = "Een heel lange titel die op een smalle bladzijde nooit past · Eerste druk"
    for lines in (*slug_line(sheet, words, "1/300"), colour_bar(sheet)):
        for line in lines:
            if line.endswith((" m", " l", " re f")):
                x, y, *more = (float(one) for one in re.findall(r"[\d.]+", line.split("k ")[-1]))
                right = x + more[0] if line.endswith("re f") else x
                # In the middle stands a register mark, as wide as the crop marks are long.
                assert sheet.margin < x and right < (sheet.size[0] - MARK) / 2
                assert 0 < y < MARK or sheet.size[1] - MARK < y < sheet.size[1]


def test_the_slug_line_says_what_its_letters_can_say() -> None:
    assert legible("Tegen de stroom in · Eerste uitgave · 1/36") and legible("Čapek – ’t")
    assert not legible("קמח ומים")
    read = read_manuscript(BOOKS / "hebrew")
    assert read.book and not legible(read.book.settings.title)
    assert (
        press_job(read.book.settings, Inks("#c8102e", RED), Folios(), True).slug
        == "book · 2026-03-01"
    )


def outlines(font: TTFont) -> dict[str, list[Contour]]:
    """Return the shapes of the printable signs of a font, each from its own first point, in em."""
    shapes, em, found = font.getGlyphSet(), font["head"].unitsPerEm, {}
    for code, name in font.getBestCmap().items():
        pen = DecomposingRecordingPen(shapes)
        shapes[name].draw(pen)
        parts: list[list[tuple[float, ...]]] = []
        for operator, points in pen.value:
            if operator == "moveTo":
                parts.append([])
            parts[-1] += [tuple(one / em for one in point) for point in points]
        if parts and (code < 0x250 or code > 0x2000):
            found.setdefault(chr(code), [_from_start(part) for part in parts])
    return found


def _from_start(points: list[tuple[float, ...]]) -> Contour:
    (x, y), *_ = points
    return tuple((across - x, along - y) for across, along in points)


def read_outlines(content: Any, known: dict[str, list[Contour]], size: float) -> str:
    """Return what the outlines of content say: letters by their shapes, blanks left out."""
    drawn: list[Contour] = []
    part: list[tuple[float, ...]] = []
    for step in pikepdf.parse_content_stream(content):
        if str(step.operator) in ("m", "l", "c"):
            numbers = [float(one) / size for one in step.operands]
            part = [] if str(step.operator) == "m" else part
            part += zip(numbers[::2], numbers[1::2], strict=True)
        elif str(step.operator) == "h":
            drawn.append(_from_start(part))
    said = ""
    while drawn:
        fits = [one for one in known if _alike(known[one], drawn[: len(known[one])])]
        assert fits, f"after “{said}” stands a shape that is no sign"
        # An “I” may be the first stroke of another sign.
        best = max(fits, key=lambda one: len(known[one]))
        said, drawn = said + best, drawn[len(known[best]) :]
    return said


def _alike(shapes: list[Contour], others: list[Contour]) -> bool:
    if [len(one) for one in shapes] != [len(one) for one in others]:
        return False
    points = ((a, b) for one, other in zip(shapes, others, strict=True)
              for a, b in zip(one, other, strict=True))  # fmt: skip
    return all(abs(a - b) < 0.001 for pair in points for a, b in zip(*pair, strict=True))


def test_the_slug_line_tells_title_edition_date_and_page(printed: Pdf) -> None:
    """Read back from the outlines on each page."""
    face = next(one for one in FACES if one.family == SANS and one.style == "normal")
    known = outlines(TTFont(BytesIO(face.data())))
    for number, page in enumerate(printed.pages, 1):
        drawn = page.Resources.XObject
        said = "".join(read_outlines(one, known, 5.6) for one in (drawn.Marks, drawn.Count))
        wanted = f"Waar de beek bleef · Eerste druk · 2026-05-04 · {number}/{len(printed.pages)}"
        assert said == wanted.replace(" ", "")


def test_marks_stand_at_the_corners_of_the_trim_and_in_the_middle_of_each_side(
    printed: Pdf,
) -> None:
    """All in the colour of register marks, in line with the trim, and none within the bleed."""
    for page in printed.pages:
        media, trim, bleed = (
            [float(side) for side in box] for box in (page.MediaBox, page.TrimBox, page.BleedBox)
        )
        assert media[:2] == [0, 0] and page.CropBox == page.MediaBox
        assert [round((side - other) / MM, 2) for side, other in zip(bleed, trim, strict=True)] == [
            *(-3, -3, 3, 3)
        ]
        assert [round(side / MM, 1) for side in (trim[2] - trim[0], trim[3] - trim[1])] == A5
        marks = [*painted(page).marks, *painted(page).beside]
        # Of what is filled there is the slug line alone: a colour bar has to be asked for.
        beyond = [one for one in marks if one.kind == "fill" and one.box[1] >= bleed[3]]
        assert beyond == []
        lines = [
            mark for mark in marks if mark.kind == "stroke" and mark.paint.space.inks == ("All",)
        ]
        assert len(lines) == 8 + 4 * 3
        boxes = [[round(side, 1) for side in line.box] for line in lines]
        middles = [((left + right) / 2, (foot + head) / 2) for left, foot, right, head in boxes]
        for at in (trim[0], trim[2]):
            assert sum(abs(x - at) < 0.1 for x, _ in middles) == 2
        for at in (trim[1], trim[3]):
            assert sum(abs(y - at) < 0.1 for _, y in middles) == 2
        centre = (trim[0] + trim[2]) / 2, (trim[1] + trim[3]) / 2
        assert sum(abs(x - centre[0]) < 0.1 for x, _ in middles) == 6
        assert sum(abs(y - centre[1]) < 0.1 for _, y in middles) == 6
        for left, foot, right, head in boxes:
            outside = right <= bleed[0] or left >= bleed[2] or head <= bleed[1] or foot >= bleed[3]
            assert outside, (left, foot, right, head)


def test_bookmarks_lead_to_their_headings_where_the_pages_lie_now(
    complete: dict[str, Path],
) -> None:
    """In the sheet with its marks, as on the page before: each just above its heading."""
    read = ReadPdf(complete["print"])
    rows = [(one.get_title(), one.get_dest()) for one in read.drawn.get_toc()]
    assert len(rows) > 4
    for title, place in rows:
        page = read.pages[place.get_index()]
        (_, (left, top, *_)) = place.get_view()
        # The running head has the same words, in smaller type.
        named = [one for one in page.lines if one.text.startswith(title.split()[0])]
        heading = max(named, key=lambda one: one.top - one.bottom)
        assert 0 <= top / MM - page.trim[1] - heading.top < 7, title
        assert abs(left / MM - page.trim[0] - heading.left) < 7, title


def test_the_slug_line_adds_no_words(complete: dict[str, Path]) -> None:
    page = ReadPdf(complete["print"]).pages[7]
    assert "Eerste druk" not in page.text
    assert "2026-05-04" not in page.text


def test_whatever_a_page_in_inks_hangs_on_tells_it_from_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    profile = Profile(b"a profile", "FOGRA39")
    inks = Inks("#c8102e", RED, "", profile)
    others = (
        replace(inks, screen_red="#c8102f"),
        replace(inks, red=(0, 1, 0.8, 0.1)),
        replace(inks, spot="Rood"),
        replace(inks, spot="PANTONE 186 C"),
        replace(inks, profile=None),
        replace(inks, profile=replace(profile, data=b"another")),
        replace(inks, profile=replace(profile, condition="FOGRA51")),
    )
    marks = {inks.mark, *(one.mark for one in others)}
    assert len(marks) == 8
    assert replace(inks).mark == inks.mark
    # What the paper takes is known by its condition, and may be known better one day.
    monkeypatch.setattr("publish.press.profiles.COATED_LIMIT", 280)
    assert replace(inks).mark not in marks
    assert Printing("", inks).kind != Printing("", others[0]).kind != Printing().kind
