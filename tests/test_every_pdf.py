"""Every PDF of every book: no reader finds a fault in it, and what is black prints in K alone.

The readers are qpdf, MuPDF and Poppler, which all draw or check it whole; of two books MuPDF and
Poppler see the same on a page. For the black each
content stream is parsed, by a reader of the tests' own, and each colour in it is looked up in the
profile that the file itself brings: what a press would print without colour, whatever the numbers,
is to be of one ink.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from broken_pdfs import form, painting
from conftest import BOOKS, SAMPLE
from inks_read import CMYK, Mark, marks_of
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageChops, ImageCms, ImageFilter
from readback_pdf import ReadPdf
from test_coversheet import book as book_with_a_cover
from test_coversheet import sheet

from publish.building.build import build
from publish.building.parting import part
from publish.engine.layout import lay_out, write_pdf
from publish.press.finishing import labelled
from publish.text.folios import Folios

OWN_BUILD = "warning: ICC support is not available\n"
"""What Debian's MuPDF says of itself, whatever it reads."""
PAGED = ("print", "booklet", "dummy", "screen", "proof")
PRINTED = ("print", "booklet", "dummy", "coversheet")
COLOURLESS = 12
"""A chroma (CIE L*a*b*) below which nobody calls a colour by another name than grey or black."""


def complaints(path: Path, scratch: Path) -> list[str]:
    """Return what the readers say of a PDF."""
    said = []
    for command in (
        ["qpdf", "--check", str(path)],
        ["mutool", "info", str(path)],
        ["mutool", "draw", "-q", "-r", "20", "-F", "pam", "-o", "/dev/null", str(path)],
        ["pdfinfo", str(path)],
        ["pdftotext", str(path), str(scratch / "text")],
        ["pdftoppm", "-r", "20", "-gray", str(path), str(scratch / "page")],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        told = done.stderr.replace(OWN_BUILD, "")
        if told or done.returncode:
            said.append(f"{path.name}: {' '.join(command[:2])}: {done.returncode} {told}")
    return said


def drawn_by(reader: str, path: Path, page: int) -> Image.Image:
    """Return a page as a reader, "mutool" or "pdftoppm", draws it, in greys at 72 ppi."""
    number = str(page)
    commands = {
        "mutool": ["draw", "-q", "-r", "72", "-c", "gray", "-F", "pgm", "-o", "-", path, number],
        "pdftoppm": ["-r", "72", "-gray", "-f", number, "-l", number, path],
    }
    made = subprocess.run([reader, *commands[reader]], capture_output=True, check=True).stdout
    return Image.open(BytesIO(made)).convert("L")


def apart(one: Image.Image, other: Image.Image) -> float:
    """Return the share of a page on which one reader sees ink, and the other bare paper.

    How dark an ink is they do not agree upon: the one asks the profile of the press, the other not.
    """
    assert one.size == other.size
    differs = (
        ImageChops.subtract(_darker(a, 160), _darker(b, 245))
        for a, b in ((one, other), (other, one))
    )
    found = ImageChops.lighter(*differs).histogram()
    return sum(found[90:]) / sum(found)


def _darker(grey: Image.Image, than: int) -> Image.Image:
    """Return where a page is dark: a hair is a pixel here, or lies between two."""
    return grey.point(lambda level: 255 * (level < than)).filter(ImageFilter.BoxBlur(3))


def rich(path: Path) -> list[Mark]:
    """Return the marks that look black or grey and are not of black ink alone; pictures apart.

    Those in the colour of register marks (All) are on every plate on purpose, and are no text.
    """
    found = []
    for mark in marks_of(path):
        colour = mark.colour
        if mark.kind == "image" or (colour.inks == (("All", 1.0),) and mark.kind == "stroke"):
            continue
        if colour.inks is None or colour.mix is None:
            found.append(mark)
            continue
        others = any(tint for ink, tint in colour.inks if ink != "Black")
        if (
            others
            and _chroma(tuple(round(255 * one) for one in colour.mix), press(path)) < COLOURLESS
        ):
            found.append(mark)
    return found


@cache
def press(path: Path) -> bytes:
    """Return the profile that a PDF brings; a plate brings none, and needs none."""
    with Pdf.open(path) as pdf:
        return bytes(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())


@cache
def _chroma(mix: tuple[int, ...], icc: bytes) -> float:
    lab = ImageCms.createProfile("LAB")
    profile = ImageCms.ImageCmsProfile(BytesIO(icc))
    to_lab = ImageCms.buildTransform(
        profile, lab, "CMYK", "LAB", ImageCms.Intent.ABSOLUTE_COLORIMETRIC
    )
    pixel = ImageCms.applyTransform(Image.new("CMYK", (1, 1), mix), to_lab)
    assert pixel
    _, a, b = (one if one < 128 else one - 256 for one in pixel.tobytes())
    return float((a * a + b * b) ** 0.5)


def editions(folder: Path, out: Path, made: Mapping[str, Path]) -> dict[str, Path]:
    """Return every PDF of a book, plates too, those that are not made yet beside the others."""
    names = tuple(one for one in PAGED if one not in made)
    files = {one: made[one] for one in PAGED if one in made}
    if names:
        files |= dict(zip(names, build(folder, out, names).made, strict=True))
    plates, _ = part(folder, out, ("print", "booklet"))
    return files | {f"{one.parent.name}, {one.name}": one for one in plates}


@pytest.mark.parametrize(
    "name", ["sample", "complete", "minimal", "almanac", "bilingual", "hebrew", "bare"]
)
def test_every_pdf_of_a_book(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder, made, out = BOOKS / name, {}, tmp_path
    if name in ("sample", "complete", "minimal"):
        made = request.getfixturevalue(name)
        folder, out = SAMPLE if name == "sample" else folder, made["print"].parent
    files = editions(folder, out, made)
    assert len(files) >= len(PAGED) + 4, sorted(files)
    for edition, file in files.items():
        assert complaints(file, tmp_path) == [], edition
        if edition in PRINTED:
            assert rich(file) == [], edition
        elif edition not in PAGED:
            kinds = {(mark.kind, mark.colour.family) for mark in marks_of(file)}
            assert {family for _, family in kinds} <= {"DeviceGray"} and (
                "text",
                "DeviceGray",
            ) in kinds
    if name in ("sample", "complete"):
        for edition, file in files.items():
            pages = len(ReadPdf(file).pages)
            for page in (1, pages // 2 + 1):
                seen = (drawn_by(one, file, page) for one in ("mutool", "pdftoppm"))
                assert apart(*seen) < 0.001, (edition, page)
    texts = [mark for mark in marks_of(files["print"]) if mark.kind == "text"]
    assert {one.colour.inks for one in texts} >= {tuple(zip(CMYK, (0, 0, 0, 1.0), strict=True))}


@pytest.mark.parametrize("name", ["complete", "hebrew"])
def test_every_cover_for_the_printer(name: str, tmp_path: Path) -> None:
    more = 'photo = "oever"\nprice-code = "51295"\nflaps = "70 mm"' if name == "complete" else ""
    file = tmp_path / "coversheet.pdf"
    file.write_bytes(sheet(book_with_a_cover(tmp_path / "book", more, name), 120)[0].data)
    assert complaints(file, tmp_path) == [] and rich(file) == []
    assert apart(*(drawn_by(one, file, 1) for one in ("mutool", "pdftoppm"))) < 0.001
    assert {mark.kind for mark in marks_of(file)} >= {"text", "fill", "stroke"}


# The two bars can be missed ----------------------------------------------------------------------

FAULTS = {
    "qpdf": (b"endstream", b"endsteam"),
    "mutool draw": (b"/Page Do", b"/Pige Do"),
    "pdftoppm": (b"/Page Do", b"/Pige Do"),
}
"""One word of a file, and another in its place."""


@pytest.mark.parametrize("reader", FAULTS)
def test_what_is_broken_is_heard(reader: str, minimal: dict[str, Path], tmp_path: Path) -> None:
    before, after = FAULTS[reader]
    plain = ReadPdf(minimal["print"]).unpacked()
    assert before in plain
    (tmp_path / "broken.pdf").write_bytes(plain.replace(before, after, 1))
    said = complaints(tmp_path / "broken.pdf", tmp_path)
    assert [one for one in said if f": {reader}" in one], said


def test_drawings_that_are_not_alike_are_told_apart(complete: dict[str, Path]) -> None:
    """Two pages of a book, and a page with its lines half a line lower."""
    text, other = (drawn_by("mutool", complete["print"], page) for page in (8, 9))
    assert apart(text, other) > 0.01
    assert apart(text, ImageChops.offset(text, 0, 6)) > 0.01


GRADIENTS = """<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="60mm">
<defs><linearGradient id="a"><stop offset="0" stop-color="#000"/><stop offset="1"
stop-color="#444"/></linearGradient><linearGradient id="b" gradientUnits="userSpaceOnUse" x1="0"
x2="300" gradientTransform="rotate(20)"><stop offset="0" stop-color="#000"/><stop offset=".5"
stop-color="#c00"/><stop offset="1" stop-color="#000"/></linearGradient><radialGradient id="c">
<stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#333"/></radialGradient>
<linearGradient id="d"><stop offset="0" stop-color="#000"/><stop offset="1" stop-color="#000"
stop-opacity=".5"/></linearGradient></defs><rect width="300" height="4" fill="url(#a)"/>
<rect y="20" width="300" height="60" fill="url(#b)"/><circle cx="60" cy="150" r="50"
fill="url(#c)"/><rect x="150" y="100" width="100" height="90" fill="url(#d)"/></svg>"""


def test_a_gradient_is_drawn_by_every_reader(tmp_path: Path) -> None:
    """Of tiles of one unit Poppler draws dots; that which lets light through keeps its mask."""
    css = "@page { size: 120mm 80mm; margin: 8mm } img { display: block }"
    given = {"katern:photos/x.svg": (GRADIENTS.encode(), "image/svg+xml")}
    made, problems = write_pdf(lay_out('<img src="katern:photos/x.svg"/>', css, given))
    file = tmp_path / "gradients.pdf"
    file.write_bytes(labelled(made, Folios()))
    with Pdf.open(file) as pdf:
        owners = [one for one in pdf.objects if isinstance(one, Dictionary) and "/Pattern" in one]
        used = {one.objgen: int(one.PatternType) for row in owners for one in row.Pattern.values()}
    assert problems == [] and sorted(used.values()) == [1, 2, 2, 2]
    assert complaints(file, tmp_path) == []
    ours, theirs = (drawn_by(one, file, 1) for one in ("mutool", "pdftoppm"))
    assert apart(ours, theirs) == 0
    dark = [sum(one.histogram()[:160]) for one in (ours, theirs)]
    assert min(dark) > 20_000 and max(dark) < 1.02 * min(dark)


FOUR = "0.6 0.5 0.5 0.9"
TEXT = f"{FOUR} k BT /F 9 Tf 200 300 Td (a) Tj ET"
FONT = {"F": Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)}
INNER = Dictionary(Font=Dictionary(F=FONT["F"]))
TILES = {"PatternType": 1, "TilingType": 1, "XStep": 9, "YStep": 9}


def letter(content: str) -> Callable[[Pdf], object]:
    """Return what makes a font whose only letter is content."""

    def make(pdf: Pdf) -> object:
        return Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1000, 1000],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0], Resources=Dictionary(),
            CharProcs=Dictionary(a=pdf.make_stream(content.encode())),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
            FirstChar=97, LastChar=97, Widths=[1000],
        )  # fmt: skip

    return make


def masking(pdf: Pdf) -> object:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    drawn = form(TEXT.encode(), Group=group, Resources=INNER)(pdf)
    return Dictionary(SMask=Dictionary(S=Name.Luminosity, G=drawn))


def noted(pdf: Pdf) -> None:
    look = form(TEXT.encode(), Resources=INNER)(pdf)
    states = Dictionary(On=look)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[9, 9, 99, 99])
    note.AP = Dictionary(N=states)
    pdf.pages[7].obj.Annots = Array([note])


def shading(pdf: Pdf) -> object:
    ends = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0] * 4, C1=[0.6, 0.5, 0.5, 0.9], N=1)
    made = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 0], Function=ends)
    return Dictionary(PatternType=2, Shading=made)


def mixed_inks(pdf: Pdf) -> object:
    names = Array([Name.Cyan, Name.Magenta, Name.Yellow, Name.Black])
    mixing = pdf.make_stream(b"{}")
    mixing.FunctionType, mixing.Domain, mixing.Range = 4, Array([0, 1] * 4), Array([0, 1] * 4)
    return Array([Name.DeviceN, names, Name.DeviceCMYK, mixing, Dictionary()])


PLANTED = {
    "the page": painting(TEXT, Font=FONT),
    "the page, by an outline": painting(
        f"{FOUR} K 0 g 1 Tr BT /F 9 Tf 200 300 Td (a) Tj ET", Font=FONT
    ),
    "the page, through letters": painting(
        f"7 Tr BT /F 9 Tf 200 300 Td (a) Tj ET {FOUR} k 0 0 500 700 re f", Font=FONT
    ),
    "the page, by a line": painting(f"{FOUR} K 200 300 m 260 360 l S"),
    "colours of a screen": painting("0 0 0 rg BT /F 9 Tf 200 300 Td (a) Tj ET", Font=FONT),
    "inks by their names": painting(
        f"/Own cs {FOUR} scn BT /F 9 Tf 200 300 Td (a) Tj ET",
        Font=FONT,
        ColorSpace={"Own": mixed_inks},
    ),
    "a form": painting("/In Do", XObject={"In": form(TEXT.encode(), Resources=INNER)}),
    "a form, in the colour around it": painting(
        f"{FOUR} k /In Do",
        XObject={"In": form(b"BT /F 9 Tf 200 300 Td (a) Tj ET", Resources=INNER)},
    ),
    "tiles": painting(
        "/Pattern cs /T scn 200 300 60 60 re f",
        Pattern={"T": form(TEXT.encode(), PaintType=1, Resources=INNER, **TILES)},
    ),
    "tiles without colours": painting(
        f"/Own cs {FOUR} /T scn BT /F 9 Tf 200 300 Td (a) Tj ET",
        Font=FONT,
        ColorSpace={"Own": Array([Name.Pattern, Name.DeviceCMYK])},
        Pattern={"T": form(b"0 0 5 5 re f", PaintType=2, **TILES)},
    ),
    "a shading": painting(
        "/Pattern cs /S scn BT /F 9 Tf 200 300 Td (a) Tj ET", Font=FONT, Pattern={"S": shading}
    ),
    "a letter": painting(
        "BT /L 9 Tf 200 300 Td (a) Tj ET",
        Font={"L": letter(f"1000 0 d0 {FOUR} k 0 0 700 700 re f")},
    ),
    "a letter, in the colour of the text": painting(
        f"{FOUR} k BT /L 9 Tf 200 300 Td (a) Tj ET",
        Font={"L": letter("1000 0 0 0 700 700 d1 0 g 0 0 700 700 re f")},
    ),
    "a mask": painting("/M gs 0 g 0 0 9 9 re f", ExtGState={"M": masking}),
    "an annotation": noted,
}
"""Where a black of four inks may be."""


@pytest.mark.parametrize("place", PLANTED)
def test_a_black_of_four_inks_is_seen_wherever_it_is(
    place: str, complete: dict[str, Path], tmp_path: Path
) -> None:
    file = tmp_path / "planted.pdf"
    with Pdf.open(complete["print"]) as pdf:
        PLANTED[place](pdf)
        pdf.save(file, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    found = rich(file)
    assert [mark.page for mark in found] == [8], found
    assert found[0].kind == ("stroke" if place.endswith("a line") else "text")


def test_what_has_a_colour_may_be_mixed(complete: dict[str, Path]) -> None:
    """The red of the book, a dark blue and a brown are of several inks; a dark grey may not be."""
    icc = press(complete["print"])
    colours = {"red": (0, 250, 209, 15), "blue": (255, 200, 40, 80), "brown": (60, 180, 230, 120)}
    for name, mix in colours.items():
        assert _chroma(mix, icc) > 1.5 * COLOURLESS, name
    for mix in ((150, 130, 130, 230), (191, 173, 170, 0), (100, 80, 80, 80), (0, 0, 0, 255)):
        assert _chroma(mix, icc) < COLOURLESS
