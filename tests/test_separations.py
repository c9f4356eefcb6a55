"""Plates: laid over each other they are the page, as a renderer that had no part in it draws it."""

from __future__ import annotations

import shutil
import struct
import subprocess
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from conftest import BOOKS
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageChops
from readback_pdf import ReadPdf

from publish.__main__ import main
from publish.building.build import build
from publish.building.cleaning import clean
from publish.building.parting import endings, part
from publish.checks.checking import check
from publish.checks.preflight import painting
from publish.press import profiles
from publish.press.finishing import saved
from publish.press.plate_objects import Unparted
from publish.press.plates import Plate
from publish.press.separations import Separation, separated

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
MM = 72 / 25.4
DRAW = ["mutool", "draw", "-q", "-N", "-A", "0", "-r"]
Inset = tuple[float, float]
Worst = dict[tuple[int, str], int]


# MuPDF draws the pages with all their inks, a channel each ----------------------------------------


def drawn_inks(path: Path, folder: Path, dpi: int) -> list[list[Image.Image]]:
    """Return the plates of each page, 255 for all of an ink: the process inks, then the spots."""
    folder.mkdir(parents=True)
    command = [*DRAW, str(dpi), "-c", "cmyk", "-O", "2", "-o", str(folder / "%d.psd"), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    files = sorted(folder.iterdir(), key=lambda one: int(one.stem))
    return [channels(one.read_bytes()) for one in files]


def channels(data: bytes) -> list[Image.Image]:
    """Read the channels of a picture of Photoshop's, uncompressed."""
    count, high, wide = struct.unpack(">HII", data[12:22])
    at = 26
    for _ in range(3):
        at += 4 + struct.unpack(">I", data[at : at + 4])[0]
    size, at = wide * high, at + 2
    bands = (data[at + size * one : at + size * (one + 1)] for one in range(count))
    return [ImageChops.invert(Image.frombytes("L", (wide, high), band)) for band in bands]


def drawn_grey(path: Path, folder: Path, dpi: int, pages: str = "1-N") -> list[Image.Image]:
    """Return each page of a plate, 255 for all of the ink."""
    folder.mkdir(parents=True)
    command = [*DRAW, str(dpi), "-c", "gray", "-o", str(folder / "%d.pgm"), str(path), pages]
    subprocess.run(command, check=True, capture_output=True)
    files = sorted(folder.iterdir(), key=lambda one: int(one.stem))
    return [ImageChops.invert(Image.open(one)) for one in files]


def off(
    path: Path, found: list[Separation], folder: Path, dpi: int, inset: Inset = (0, 0)
) -> Worst:
    """Return by how much (of 255) each plate of each page is off, `inset` mm from its edges."""
    folder.mkdir(exist_ok=True)
    whole = drawn_inks(path, folder / "whole", dpi)
    spots = [one.ink for one in found if one.ink not in PROCESS]
    plates = {one.ink: one.pdf for one in found}
    worst: Worst = {}
    for at, ink in enumerate((*PROCESS, *spots)):
        greys: list[Image.Image | None] = [None] * len(whole)
        if ink in plates:
            plate = folder / f"{ink}.pdf"
            plate.write_bytes(plates[ink])
            greys = [*drawn_grey(plate, folder / ink, dpi)]
        for page, (bands, grey) in enumerate(zip(whole, greys, strict=True), 1):
            (across, along), size = (round(one * dpi / 25.4) for one in inset), bands[at].size
            box = across, along, size[0] - across, size[1] - along
            apart = ImageChops.difference(bands[at], grey or Image.new("L", size))
            worst[page, ink] = int(apart.crop(box).getextrema()[1])
    return worst


# Whatever a page may paint with -------------------------------------------------------------------


def tint(mix: list[float]) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=mix, N=1)


def two(pdf: Pdf) -> Array:
    mixing = pdf.make_stream(b"{exch pop dup dup 0 exch 0}")
    mixing.FunctionType, mixing.Domain, mixing.Range = 4, Array([0, 1] * 2), Array([0, 1] * 4)
    return Array([Name.DeviceN, Array([Name.Black, Name.Rood]), Name.DeviceCMYK, mixing])


def stream(pdf: Pdf, data: bytes, **more: object) -> Any:
    made = pdf.make_stream(data)
    for key, value in more.items():
        made[f"/{key}"] = value
    return pdf.make_indirect(made)


def form(pdf: Pdf, data: bytes, **more: object) -> Any:
    return stream(pdf, data, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 90, 90], **more)


def image(pdf: Pdf, data: bytes, space: object, **more: object) -> Any:
    facts = {"Width": 2, "Height": 2, "BitsPerComponent": 8, "ColorSpace": space} | more
    return stream(pdf, data, Type=Name.XObject, Subtype=Name.Image, **facts)


def letters(pdf: Pdf, rood: Array) -> Dictionary:
    """Make a font of two letters: one that has the colour of the text, one of its own colours."""
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000], Widths=[700, 700],
        FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97, LastChar=98,
        CharProcs=Dictionary(
            a=stream(pdf, b"700 0 0 0 600 700 d1 0 0 600 700 re f"),
            b=stream(pdf, b"700 0 d0 0 0 600 300 re f 1 0.5 0 0 k 0 300 600 200 re f"
                     b" /Rood cs 0.6 scn 0 500 600 200 re f"),
        ),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a, Name.b])),
        Resources=Dictionary(ColorSpace=Dictionary(Rood=rood)),
    )  # fmt: skip


def resources(pdf: Pdf) -> Dictionary:
    rood = Array([Name.Separation, Name.Rood, Name.DeviceCMYK, tint([0, 1, 1, 0])])
    zwart = Array([Name.Separation, Name.Black, Name.DeviceCMYK, tint([0, 0, 0, 1])])
    alle = Array([Name.Separation, Name.All, Name.DeviceCMYK, tint([1] * 4)])
    blend = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0.2, 0], C1=[0, 0.5, 1, 0.4], N=1)
    stitched = Dictionary(
        FunctionType=3, Domain=[0, 1], Bounds=[0.3], Encode=[0, 1, 0, 1], Functions=[blend, blend]
    )
    one = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0.1], C1=[0.9], N=1)

    def shading(space: object, function: object, kind: int = 2) -> Dictionary:
        place = [10, 10, 80, 60] if kind == 2 else [40, 40, 5, 40, 40, 35]
        return Dictionary(
            ShadingType=kind, ColorSpace=space, Coords=place, Function=function, Extend=[True, True]
        )

    mask = image(pdf, bytes((0, 100, 200, 255)), Name.DeviceGray)
    cmyk = bytes((255, 0, 0, 0, 0, 200, 0, 0, 0, 0, 150, 0, 30, 0, 0, 100))
    light = form(
        pdf, b"0.5 g 0 0 90 90 re f", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    )
    tiles = {
        "PatternType": 1, "PaintType": 1, "TilingType": 1, "XStep": 9, "YStep": 9,
        "BBox": [0, 0, 9, 9], "Resources": Dictionary(ColorSpace=Dictionary(Rood=rood)),
    }  # fmt: skip
    return Dictionary(
        ColorSpace=Dictionary(
            Rood=rood, Zwart=zwart, Alle=alle, Twee=two(pdf),
            Tafel=Array([Name.Indexed, Name.DeviceCMYK, 1, bytes((0, 90, 0, 0, 9, 0, 0, 255))]),
        ),
        ExtGState=Dictionary(
            Over=Dictionary(OP=True, op=True, OPM=1),
            Over0=Dictionary(OP=True, op=True, OPM=0),
            Strokes=Dictionary(OP=True, op=False, OPM=1),
            Both=Dictionary(OP=True, OPM=1),
            Not=Dictionary(OP=False, op=False),
            Half=Dictionary(ca=0.5, CA=0.5),
            Times=Dictionary(BM=Name.Multiply),
            Screen=Dictionary(BM=Name.Screen),
            Mask=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=light)),
        ),
        Shading=Dictionary(
            A=shading(Name.DeviceCMYK, blend), B=shading(Name.DeviceCMYK, stitched, 3),
            C=shading(rood, one), D=shading(Name.DeviceGray, one),
            E=shading(Name.DeviceCMYK, Array([one] * 4)),
        ),
        Pattern=Dictionary(
            Tiles=stream(pdf, b"/Rood cs 1 scn 0 0 5 5 re f 0 0 0 1 k 5 5 2 2 re f", **tiles),
            Blend=Dictionary(PatternType=2, Shading=shading(Name.DeviceCMYK, blend)),
        ),
        XObject=Dictionary(
            Bare=form(pdf, b"20 20 40 40 re f 15 15 m 80 70 l S"),
            Deep=form(pdf, b"/Bare Do", Resources=Dictionary(XObject=Dictionary(
                Bare=form(pdf, b"1 0.5 0 0 k 20 20 40 40 re f 30 30 60 60 re f")))),
            Cmyk=image(pdf, cmyk, Name.DeviceCMYK),
            Faint=image(pdf, cmyk, Name.DeviceCMYK, SMask=mask),
            Turned=image(pdf, cmyk, Name.DeviceCMYK, Decode=[1, 0] * 4),
            Grey=image(pdf, bytes((0, 80, 160, 255)), Name.DeviceGray),
            Red=image(pdf, bytes((0, 80, 160, 255)), rood),
            Two=image(pdf, bytes((0, 80, 160, 255, 255, 0, 0, 0)), two(pdf)),
            Few=image(pdf, bytes((0, 1, 1, 0)), Array([Name.Indexed, Name.DeviceCMYK, 1,
                      bytes((200, 0, 0, 50, 0, 0, 99, 0))])),
            Stencil=stream(pdf, bytes((0x80, 0x40)), Type=Name.XObject, Subtype=Name.Image,
                           Width=2, Height=2, BitsPerComponent=1, ImageMask=True),
        ),
        Font=Dictionary(
            F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica),
            T=letters(pdf, rood),
        ),
    )  # fmt: skip


GROUND = "0.9 0.6 0.3 0.2 k 0 0 90 50 re f /Rood cs 0.8 scn 0 30 60 60 re f "
"""Ink of all plates, on which what comes after knocks out or overprints."""
SIZED = "60 0 0 60 15 15 cm"
PAGES = {
    "as a page begins": "20 20 40 40 re f 10 10 m 80 80 l S",
    "process": "0 0.5 1 0 k 20 20 40 40 re f 1 0 0 0 K 4 w 10 10 m 80 80 l S",
    "grey": "0.3 g 20 20 40 40 re f",
    "a spot": "/Rood cs 0.5 scn 20 20 40 40 re f",
    "black by its name": "/Zwart cs 0.5 scn 20 20 40 40 re f",
    "two inks": "/Twee cs 0.5 0.25 scn 20 20 40 40 re f",
    "an index": "/Tafel cs 1 scn 20 20 40 40 re f",
    "a space alone": "/Rood cs 20 20 40 40 re f /DeviceCMYK CS 9 w 10 10 m 80 80 l S",
    "all plates": "/Alle cs 0.5 scn 20 20 40 40 re f",
    "white": "0 0 0 0 k 20 20 40 40 re f",
    "black over": "/Over gs 0 0 0 1 k 20 20 40 40 re f 0 0 0 1 K 3 w 10 10 m 80 80 l S",
    "black over, all of process": "/Over0 gs 0 0 0 1 k 20 20 40 40 re f",
    "white over": "/Over gs 0 0 0 0 k 20 20 40 40 re f",
    "a mix over": "/Over gs 0.5 0 0 0.5 k 20 20 40 40 re f",
    "a spot over": "/Over gs /Rood cs 0.1 scn 20 20 40 40 re f",
    "no spot over": "/Over gs /Rood cs 0 scn 20 20 40 40 re f",
    "two inks over": "/Over gs /Twee cs 0.5 0 scn 20 20 40 40 re f",
    "lines over and areas not": "/Strokes gs 0 0 0 1 k 0 0 0 1 K 9 w 20 20 40 40 re b",
    "areas over, of which lines alone are told": "/Both gs 0 0 0 1 k 20 20 40 40 re f",
    "lines not and areas over": "/Over0 gs /Rood cs 1 scn /Rood CS 1 SCN 9 w 20 20 40 40 re B*",
    "knocked out again": "q /Over gs 0 0 0 1 k Q 20 20 40 40 re f /Over gs /Not gs 60 60 9 9 re f",
    "text over": "/Over gs 0 0 0 1 k BT /F 40 Tf 10 30 Td (Aa) Tj ET",
    "text in outline": "/Strokes gs 0 0 0 1 k 0 0 0 1 K BT /F 40 Tf 2 Tr 10 30 Td (Aa) Tj ET",
    "text that clips": "BT /F 60 Tf 7 Tr 5 20 Td (Aa) Tj ET 1 0 0 0 k 0 0 90 90 re f",
    "text that paints and clips": "/Over gs 0 0 0 1 k BT /F 60 Tf 4 Tr 5 20 Td (Aa) Tj ET",
    "a form as it is called": "0 1 0 0 k 1 0 0 0 K /Bare Do /Over gs 0 0 0 1 k /Bare Do",
    "forms in forms": "/Deep Do /Over gs 1 0 0 1 10 10 cm /Deep Do",
    "a form in two states": "/Rood cs 1 scn /Bare Do /Over gs 0.5 0 0 0.5 40 40 cm /Bare Do",
    "see-through": "/Half gs 0 1 0 0 k 20 20 40 40 re f",
    "multiplied": "/Times gs 0.5 0.5 0 0 k 20 20 40 40 re f",
    "screened": "/Screen gs 0.5 0.5 0.2 0.1 k 20 20 40 40 re f",
    "masked": "/Mask gs 0 1 0 0.5 k 20 20 40 40 re f",
    "a picture": f"{SIZED} /Cmyk Do",
    "a picture over": f"/Over gs {SIZED} /Cmyk Do",
    "a faint picture": f"{SIZED} /Faint Do",
    "a picture turned round": f"{SIZED} /Turned Do",
    "a grey picture": f"{SIZED} /Grey Do",
    "a picture in a spot": f"{SIZED} /Red Do",
    "a picture in a spot over": f"/Over gs {SIZED} /Red Do",
    "a picture in two inks": f"{SIZED} /Two Do",
    "a picture of few colours": f"{SIZED} /Few Do",
    "a stencil": f"0 1 0 0.3 k {SIZED} /Stencil Do",
    "a stencil over": f"/Over gs /Rood cs 1 scn {SIZED} /Stencil Do",
    "a shading": "20 20 40 40 re W n /A sh",
    "a round shading": "/B sh",
    "a shading in a spot": "20 20 40 40 re W n /C sh",
    "a shading in a spot over": "/Over gs 20 20 40 40 re W n /C sh",
    "a shading in grey": "20 20 40 40 re W n /D sh",
    "a shading, a function an ink": "20 20 40 40 re W n /E sh",
    "tiles": "/Pattern cs /Tiles scn 20 20 40 40 re f",
    "a shading as a pattern": "/Pattern cs /Blend scn 20 20 40 40 re f",
    "a clip, painted": "/Over gs /Rood cs 1 scn 20 20 40 40 re W f 0 0 0 1 k 0 0 90 90 re f",
}


LETTERS = {
    "letters that are content": "0 1 0 0.2 k BT /T 60 Tf 5.3 20.3 Td (ab) Tj ET",
    "letters that are content, over": "/Over gs 0 0 0 0.5 k BT /T 60 Tf 5.3 20.3 Td (ab) Tj ET",
    "letters that are content, in two states": "/Rood cs 0.7 scn BT /T 40 Tf 5.3 50.3 Td (ab) Tj ET"
    " /Over gs 0.5 0 0 0 k BT /T 40 Tf 5.3 5.3 Td (ab) Tj ET",
}
"""MuPDF rounds the edges of such letters one way where they overprint, and another elsewhere."""


def painted(*contents: str) -> Pdf:
    pdf = Pdf.new()
    for content in contents:
        page = pdf.add_blank_page(page_size=(90, 90))
        page.obj.Resources = resources(pdf)
        page.contents_add(f"q {GROUND}Q {content}".encode())
    return pdf


def test_every_way_to_paint(tmp_path: Path) -> None:
    """Within two levels of 255, of which blending by two roads may be off."""
    path = tmp_path / "pages.pdf"
    painted(*PAGES.values()).save(path)
    found = separated(path.read_bytes())
    assert [one.ink for one in found] == [*PROCESS, "Rood"]
    worst = off(path, found, tmp_path / "drawn", 72)
    names = [*PAGES]
    assert len(worst) == len(PAGES) * 5
    assert {(names[page - 1], ink): by for (page, ink), by in worst.items() if by > 2} == {}


def test_letters_that_are_content(tmp_path: Path) -> None:
    """All but the edges are as MuPDF draws them."""
    path = tmp_path / "pages.pdf"
    painted(*LETTERS.values()).save(path)
    found, whole = separated(path.read_bytes()), drawn_inks(path, tmp_path / "whole", 288)
    assert [one.ink for one in found] == [*PROCESS, "Rood"]
    for at, one in enumerate(found):
        plate = tmp_path / f"{one.ink}.pdf"
        plate.write_bytes(one.pdf)
        for bands, grey in zip(whole, drawn_grey(plate, tmp_path / one.ink, 288), strict=True):
            apart = ImageChops.difference(bands[at], grey).histogram()
            assert sum(apart[3:]) < 0.005 * sum(apart), one.ink


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("1 0 0 rg 0 0 9 9 re f", "a colour in DeviceRGB"),
        ("/DeviceRGB cs 0 0 9 9 re f", "a colour in DeviceRGB"),
        ("/Deep Do /Rgb Do", "a colour in DeviceRGB"),
        ("/Curve sh", "a shading of a computed function"),
        ("BI /W 1 /H 1 /BPC 8 /CS /G ID a EI", "a picture within a content stream"),
        ("/Pattern cs /Missing scn 0 0 9 9 re f", "a pattern without colours of its own"),
        ("/Pattern cs 0.5 /Tiles scn 0 0 9 9 re f", "a pattern without colours of its own"),
        ("/Mesh sh", "a shading of meshes"),
        ("/Holed Do", "a picture masked by its colours"),
        ("/Short Do", "a picture that cannot be read"),
    ],
)
def test_what_is_in_no_ink_is_told(content: str, what: str) -> None:
    pdf = painted(content)
    picture = image(pdf, bytes(12), Name.DeviceRGB)
    curve = stream(pdf, b"{dup dup 0}", FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4)
    pdf.pages[0].Resources.XObject.Rgb = picture
    holed = image(pdf, bytes(16), Name.DeviceCMYK, Mask=[0, 0] * 4)
    pdf.pages[0].Resources.XObject.Holed = holed
    pdf.pages[0].Resources.XObject.Short = image(pdf, bytes(3), Name.DeviceCMYK)
    pdf.pages[0].Resources.Shading.Mesh = stream(
        pdf, b"", ShadingType=4, ColorSpace=Name.DeviceCMYK, BitsPerCoordinate=8,
        BitsPerComponent=8, BitsPerFlag=8, Decode=[0, 1] * 6,
    )  # fmt: skip
    pdf.pages[0].Resources.Shading.Curve = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 1, 1], Function=curve
    )
    with pytest.raises(Unparted, match=what):
        Plate(pdf, "Black").part()


def test_what_is_not_there_prints_nothing() -> None:
    """Nor does what is hidden behind stencils, or in graphics states that are none."""
    contents = ("/Missing Do", "/Missing sh", "/Missing gs", "/A gs", "/Over gs 0 1 0 0 k")
    pdf = Pdf.new()
    for content in contents:
        page = pdf.add_blank_page(page_size=(90, 90))
        page.obj.Resources = resources(pdf)
        page.contents_add(f"{content} BI /W 8 /H 1 /IM true ID a EI".encode())
    # A stencil paints in the colour of areas: black, or what was set.
    assert [one.ink for one in separated(saved(pdf))] == ["Magenta", "Black"]


def test_an_ink_that_prints_nothing_has_no_plate() -> None:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(90, 90))
    page.obj.Resources = resources(pdf)
    page.contents_add(b"/Rood cs 0 scn 0 0 9 9 re f 0.5 0 0 0 k 9 9 9 9 re f /Alle cs 30 30 re f")
    assert [one.ink for one in separated(saved(pdf))] == ["Cyan"]


def test_what_stands_around_a_page_asks_for_no_plate() -> None:
    """The patches of a colour bar are of every ink."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(90, 90))
    drawn = {"/Page": b"1 0 0 0 k 0 0 9 9 re f", "/Marks": b"0 1 0 0 k 9 9 9 9 re f"}
    forms = {name: form(pdf, content) for name, content in drawn.items()}
    page.obj.Resources = Dictionary(XObject=Dictionary(forms))
    page.contents_add(b"/Page Do /Marks Do")
    assert [one.ink for one in separated(saved(pdf))] == ["Cyan"]


def test_every_ink_has_a_file_of_its_own() -> None:
    """Names that come to the same words are numbered, and the press's own keep theirs."""
    assert endings(["Black", "Cyan", "PANTONE 186 C"]) == ["black", "cyan", "pantone-186-c"]
    assert endings(["Black", "Black!", "BLACK?"]) == ["black", "black-2", "black-3"]
    assert endings(["Black", "红", "青"]) == ["black", "ink", "ink-2"]
    assert endings(["Rood", "Rood 2", "Rood."]) == ["rood", "rood-2", "rood-3"]


# A book -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Parted:
    """A book of two inks and one photo in full colour, on sheets with room beside the pages."""

    folder: Path
    out: Path
    told: str

    def edition(self, name: str) -> Path:
        return self.out / f"waar-de-beek-bleef-{name}.pdf"

    def plates(self, name: str) -> dict[str, Path]:
        files = sorted((self.out / "separations" / name).iterdir())
        return {one.stem.removeprefix("waar-de-beek-bleef-"): one for one in files}


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Parted:
    place = tmp_path_factory.mktemp("parted")
    folder, out = place / "book", place / "out"
    shutil.copytree(BOOKS / "complete", folder)
    toml = (folder / "book.toml").read_text("utf-8")
    more = 'red = "spot"\nred-name = "PANTONE 186 C"\ncolour-bar = true\n'
    toml = toml.replace("[print]\n", f"[print]\n{more}") + '\n[booklet]\nsheet = "A3"\n'
    (folder / "book.toml").write_text(toml, "utf-8")
    with redirect_stderr(StringIO()) as told:
        assert main(["build", str(folder), "--out", str(out), "--separations"]) == 0
    return Parted(folder, out, told.getvalue())


INKS = ["black", "cyan", "magenta", "pantone-186-c", "yellow"]


@pytest.mark.parametrize(("edition", "inset"), [("print", (7, 7)), ("booklet", (59, 40.4))])
def test_the_plates_together_are_the_page(
    edition: str, inset: Inset, parted: Parted, tmp_path: Path
) -> None:
    plates = parted.plates(edition)
    assert sorted(plates) == INKS
    order = ("cyan", "magenta", "yellow", "black", "pantone-186-c")
    found = [
        Separation(ink, plates[name].read_bytes(), True)
        for ink, name in zip((*PROCESS, "PANTONE"), order, strict=True)
    ]
    worst = off(parted.edition(edition), found, tmp_path / "drawn", 40, inset)
    assert len({page for page, _ in worst}) in (16, 8) and max(worst.values()) <= 2


@pytest.mark.parametrize("edition", ["print", "booklet"])
def test_a_plate_is_grey_and_of_the_same_size(edition: str, parted: Parted) -> None:
    with Pdf.open(parted.edition(edition)) as whole:
        for path in parted.plates(edition).values():
            with Pdf.open(path) as pdf:
                assert pdf.check_pdf_syntax() == []
                assert "/OutputIntents" not in pdf.Root
                assert b"GTS_PDFXVersion" not in pdf.Root.Metadata.read_bytes()
                assert len(pdf.pages) == len(whole.pages)
                for page, own in zip(pdf.pages, whole.pages, strict=True):
                    for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
                        assert [*page.obj[box]] == [*own.obj[box]]
                    marks = painting.painted(page).marks
                    assert {one.paint.space.process for one in marks} <= {"/DeviceGray", "/Pattern"}
                    assert not [one for one in marks if one.paint.space.inks or one.over]
                    mine, theirs = (
                        [one.box for one in kind if one.kind == "image"]
                        for kind in (marks, painting.painted(own).marks)
                    )
                    assert set(mine) <= set(theirs)


def test_no_two_plates_are_one_document(parted: Parted) -> None:
    found = []
    for path in (parted.edition("print"), *parted.plates("print").values()):
        with Pdf.open(path) as pdf:
            metadata = pdf.open_metadata()
            found += [metadata["xmpMM:DocumentID"], metadata["xmpMM:InstanceID"]]
    assert len({*found}) == len(found) == 2 * (1 + len(INKS))


def test_text_stays_text_on_the_plate_of_its_ink(parted: Parted) -> None:
    black, red = (ReadPdf(parted.plates("print")[ink]).pages for ink in ("black", "pantone-186-c"))
    whole = ReadPdf(parted.edition("print")).pages
    assert [one.text for one in black] == [one.text for one in whole]
    assert [one.text for one in red] == [one.text for one in whole]
    with Pdf.open(parted.plates("print")["pantone-186-c"]) as pdf:
        texts = [
            one for page in pdf.pages for one in painting.painted(page).marks if one.kind == "text"
        ]
        assert {one.paint.values for one in texts} == {(0.0,), (1.0,)}


def dark(path: Path, page: int, box: tuple[float, float, float, float], tmp_path: Path) -> int:
    """Return how many pixels of a page are dark in a box, in pt from the lower left corner."""
    (drawn,) = drawn_grey(path, tmp_path / path.stem, 144, str(page))
    left, foot, right, head = (round(2 * side) for side in box)
    part = drawn.crop((left, drawn.height - head, right, drawn.height - foot))
    return sum(part.histogram()[128:])


def test_every_plate_has_its_register_marks_and_its_name(parted: Parted, tmp_path: Path) -> None:
    with Pdf.open(parted.edition("print")) as pdf:
        trim = [float(side) for side in pdf.pages[7].trimbox]
    middle = (trim[0] + trim[2]) / 2
    names = {}
    for ink, path in parted.plates("print").items():
        at = (middle - 2 * MM, 0.5, middle + 2 * MM, 4.5 * MM)
        assert dark(path, 8, at, tmp_path / "a") > 30, ink
        names[ink] = dark(path, 8, (middle + 4 * MM, 0, middle + 50 * MM, 5 * MM), tmp_path / "b")
    assert min(names.values()) > 60 and len(set(names.values())) == len(names)
    with Pdf.open(parted.edition("booklet")) as pdf:
        trim = [float(side) for side in pdf.pages[0].trimbox]
    for ink, path in parted.plates("booklet").items():
        quarter = trim[0] + (trim[2] - trim[0]) / 4
        foot = trim[1] - 3 * MM - 6 * MM
        cross = (quarter - 2 * MM, foot, quarter + 2 * MM, foot + 5 * MM)
        assert dark(path, 1, cross, tmp_path / "c") > 30, ink
    assert dark(parted.edition("booklet"), 1, cross, tmp_path / "d") == 0


def test_what_is_told_of_plates(parted: Parted, tmp_path: Path) -> None:
    told = "print: colours are mixed of Cyan, Magenta, Yellow, each a plate of its own"
    assert f"warning B604 {told} (pictures: veld)" in parted.told
    # Its red is an ink of its own already: what mixes is the pictures.
    assert 'write red = "spot"' not in parted.told and "Pictures in full colour" in parted.told
    assert "B605" not in parted.told
    out = tmp_path / "out"
    built = build(BOOKS / "minimal", out, ("print", "booklet"))
    files, problems = part(BOOKS / "minimal", out, ("print", "booklet"))
    assert {one.code for one in problems} == {"B604", "B605"} and built.made
    slug = built.made[0].stem.removesuffix("-print")
    inks = ("black", "magenta", "yellow")
    assert {one.stem for one in files} == {f"{slug}-{ink}" for ink in inks}


def test_plates_are_kept_as_editions_are(tmp_path: Path) -> None:
    folder, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(BOOKS / "minimal", folder)
    assert main(["build", str(folder), "--out", str(out), "--separations", "--only", "print"]) == 0
    plates = out / "separations" / "print"
    assert len([*plates.iterdir()]) == 3 and not (out / "separations" / "booklet").exists()
    assert "K713" not in codes(folder, out)
    with next(folder.glob("*.md")).open("a", encoding="utf-8") as chapter:
        chapter.write("\nNog een regel.\n")
    toml = (folder / "book.toml").read_text("utf-8")
    (folder / "book.toml").write_text(f'{toml}\n[print]\nred = "spot"\n', "utf-8")
    build(folder, out, ("print",))
    assert codes(folder, out).count("K713") == 3
    _, problems = part(folder, out, ("print",))
    assert problems == []
    assert {one.stem.rpartition("-")[2] for one in plates.iterdir()} == {"black", "red"}
    assert "K713" not in codes(folder, out)
    clean(out)
    assert not out.exists()


def codes(folder: Path, out: Path) -> list[str]:
    return [one.code for one in check(folder, out, False, names=("print",))]


def test_without_a_profile_a_colour_is_in_no_ink(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "system_files", lambda: iter(()))
    build(BOOKS / "complete", tmp_path, ("print",))
    files, (found,) = part(BOOKS / "complete", tmp_path, ("print",))
    assert (files, found.code) == ([], "B603")
    assert "cannot be parted into inks: there is a colour in DeviceRGB" in found.message
