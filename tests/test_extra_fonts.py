"""The fonts that a book brings, and a book that is read from right to left, read back."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import BOOKS, build_all
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable
from fontTools.varLib.instancer import instantiateVariableFont
from readback_pdf import ReadPdf

from publish.__main__ import main
from publish.building.build import build
from publish.building.workshop import Workshop
from publish.checks.reading_order import readings
from publish.engine.layout import write_pdf
from publish.fonts.brought import Extra, extra_faces, read_extra
from publish.ground.problems import Problem
from publish.ground.root import BookRoot
from publish.ground.source import SourceFile
from publish.manuscript.folder import read_manuscript

HEBREW = BOOKS / "hebrew"
FONT = HEBREW / "fonts" / "NotoSerifHebrew.woff2"
ALEF, BET = "\u05d0", "\u05d1"
WEIGHTS = (400, 600, 700)


@pytest.fixture(scope="session")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the editions of the Hebrew book."""
    return build_all(HEBREW, tmp_path_factory.mktemp("hebrew"))


def fitted(path: Path, weight: int, suffix: str) -> Path:
    """Make a font of one weight of the Hebrew one, in the format of a file name."""
    font = instantiateVariableFont(TTFont(FONT), {"wght": weight})
    font["OS/2"].usWeightClass = weight
    font.flavor = {"woff": "woff", "woff2": "woff2"}.get(suffix)
    file = path / f"Noto-{weight}.{suffix}"
    font.save(file)
    return file


def squares(path: Path, name: str, letters: str, italic: bool = False) -> None:
    """Make a font that shows a square for each of some letters."""
    names = {ord(char): f"u{ord(char):04X}" for char in letters}
    builder = FontBuilder(1000, isTTF=True)
    order = [".notdef", "space", *names.values()]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({32: "space", **names})
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 500), (450, 500), (450, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square, empty = pen.glyph(), TTGlyphPen(None).glyph()
    builder.setupGlyf({one: empty if one == "space" else square for one in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (500, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": name, "styleName": "Italic" if italic else "Regular"})
    builder.setupOS2(fsSelection=1 if italic else 64, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.font.recalcTimestamp = False
    builder.font["head"].created = builder.font["head"].modified = 3_000_000_000
    builder.save(path)


def read(folder: Path, *files: str) -> tuple[Extra, list[Problem]]:
    named = ", ".join(f'"{one}"' for one in files)
    source = SourceFile("book.toml", f'title = "x"\n[fonts]\nfiles = [{named}]\n')
    return read_extra(BookRoot(folder), files, source)


def chosen(extra: Extra, wanted: str) -> dict[tuple[str, int, str], str]:
    faces, problems = extra_faces(extra, wanted)
    assert problems == []
    return {(face.family, face.weight, face.style): face.file for face in faces}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book of one sentence, with a folder for fonts."""
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", folder)
    (folder / "fonts").mkdir()
    return folder


def with_fonts(folder: Path, *files: str) -> None:
    named = ", ".join(f'"{one}"' for one in files)
    with (folder / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[fonts]\nfiles = [{named}]\n")


def test_what_a_library_says_of_a_font_is_not_printed(book: Path, tmp_path: Path) -> None:
    """Of a table that font editors leave, and no library knows, it logs that it is left out."""
    squares(book / "fonts" / "Vierkant.ttf", "Vierkant", ALEF)
    font = TTFont(book / "fonts" / "Vierkant.ttf")
    font["FFTM"] = DefaultTable("FFTM")
    font["FFTM"].data = bytes(28)
    font.save(book / "fonts" / "Vierkant.ttf")
    with_fonts(book, "Vierkant.ttf")
    with (book / "01-begin.md").open("a", encoding="utf-8") as text:
        text.write(f"\nDe letter {ALEF} staat hier.\n")
    command = [sys.executable, "-m", "publish", "build", str(book), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = (*done.stdout.splitlines(), *done.stderr.splitlines())
    assert len(list((tmp_path / "out").glob("*.pdf"))) > 2
    assert [one for one in lines if "FFTM" in one or "subset" in one] == []


# Which font stands in -----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["ttf", "woff", "woff2"])
def test_weights_are_read_from_the_fonts(suffix: str, tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    files = [fitted(tmp_path / "fonts", weight, suffix).name for weight in (400, 700)]
    extra, problems = read(tmp_path, *reversed(files))
    assert problems == []
    assert list(extra.names) == ["Noto Serif Hebrew"]
    light, bold = "2-Noto-400.ttf", "1-Noto-700.ttf"
    there = {400: light, 600: bold, 700: bold}
    assert chosen(extra, ALEF) == {
        ("Katern Extra 1", weight, style): there[weight]
        for weight in WEIGHTS
        for style in ("normal", "italic")
    }


def test_a_variable_font_is_set_at_the_weights_of_the_book() -> None:
    extra, _ = read(HEBREW, FONT.name)
    faces, _ = extra_faces(extra, ALEF)
    assert {face.file for face in faces} == {f"1-NotoSerifHebrew-{one}.ttf" for one in WEIGHTS}
    widths = []
    for weight in WEIGHTS:
        (data,) = {face.content for face in faces if face.weight == weight}
        font = TTFont(BytesIO(data))
        assert "fvar" not in font
        assert font.flavor is None
        assert set(font.getBestCmap()) == {0x20, 0x5D0}
        widths.append(font["hmtx"][font.getBestCmap()[0x5D0]][0])
    assert widths == sorted(set(widths))


def test_what_no_font_is_needed_for_brings_none() -> None:
    extra, _ = read(HEBREW, FONT.name)
    assert chosen(extra, "") == {}


def test_families_follow_each_other_and_an_upright_stands_in(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    squares(folder / "a.ttf", "Alfa", "☃中")
    squares(folder / "b.ttf", "Alfa", "☃", italic=True)
    squares(folder / "c.ttf", "Beta", "中国")
    extra, problems = read(tmp_path, "a.ttf", "b.ttf", "c.ttf")
    assert problems == []
    assert extra.names == {"Alfa": "Katern Extra 1", "Beta": "Katern Extra 2"}
    assert extra.letters == {32, *map(ord, "☃中国")}
    found = chosen(extra, "☃中国")
    assert found["Katern Extra 1", 400, "normal"] == "1-a.ttf"
    assert found["Katern Extra 1", 400, "italic"] == "2-b.ttf"
    assert found["Katern Extra 1 Wide", 400, "italic"] == "1-a.ttf"
    assert found["Katern Extra 2", 700, "italic"] == "3-c.ttf"
    assert list(dict.fromkeys(family for family, _, _ in found)) == [
        "Katern Extra 1",
        "Katern Extra 1 Wide",
        "Katern Extra 2",
    ]
    assert "Katern Extra 1 Wide" not in {family for family, _, _ in chosen(extra, "☃")}


def test_a_font_that_breaks_when_it_is_cut_is_told(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    squares(tmp_path / "fonts" / "a.ttf", "Alfa", "☃")
    font = TTFont(tmp_path / "fonts" / "a.ttf")
    # The outlines lead past the end of their table.
    font.getTableData("loca")
    data = bytearray((tmp_path / "fonts" / "a.ttf").read_bytes())
    entry = font.reader.tables["glyf"]
    data[entry.offset : entry.offset + entry.length] = b"\x7f" * entry.length
    (tmp_path / "fonts" / "a.ttf").write_bytes(data)
    extra, problems = read(tmp_path, "a.ttf")
    assert problems == []
    faces, problems = extra_faces(extra, "☃")
    assert faces == ()
    (told,) = problems
    assert str(told).startswith("book.toml:3:10: error S114 fonts/a.ttf is no font")


@pytest.mark.parametrize("name", ["../fonts/a.ttf", "/fonts/a.ttf", "a/b.ttf", "..\\a.ttf"])
def test_a_path_out_of_the_folder_is_refused(name: str, book: Path) -> None:
    with (book / "book.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\n[fonts]\nfiles = ['{name}']\n")
    (told,) = (one for one in read_manuscript(book).problems if one.code == "S102")
    assert told.span
    assert told.span.file == "book.toml"
    assert "the name of a file in fonts/" in told.hint


# In the editions ----------------------------------------------------------------------------------


def test_a_drawing_is_lettered_in_a_font_of_the_book(book: Path) -> None:
    squares(book / "fonts" / "a.ttf", "Alfa", "☃中")
    with_fonts(book, "a.ttf")
    (book / "photos").mkdir(exist_ok=True)
    (book / "captions.toml").write_text(
        '[bord]\nfile = "bord.svg"\ncaption = "Bord ☃"\nalt = "Een bord"\n', encoding="utf-8"
    )
    (book / "photos" / "bord.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 60">'
        '<text y="9" font-family="Katern Sans">een ☃</text>'
        '<text y="29" style="font-family: Alfa, serif">中 twee</text>'
        '<style>.k { font: 9px "Katern Serif" }</style><text y="49" class="k">中 drie</text></svg>',
        encoding="utf-8",
    )
    with (book / "01-begin.md").open("a", encoding="utf-8") as chapter:
        chapter.write("\n![](bord)\n")
    read_book = read_manuscript(book)
    assert read_book.book
    shop = Workshop(book, read_book.book, read_book.sources)
    assert shop.materials.preliminaries() == []
    pages = shop.room.pages("print")
    _, problems = write_pdf(pages)
    assert problems == []
    names = {fount.family for part in pages.parts for fount in part.written[""].founts}
    assert {"Katern Sans", "Katern Serif", "Katern Extra 1"} <= names
    svg = shop.materials.epub_pictures[0]["bord"].data.decode()
    assert "'Katern Extra 1','Katern Sans'" in svg


def test_another_font_makes_the_editions_anew(book: Path, tmp_path: Path) -> None:
    squares(book / "fonts" / "a.ttf", "Alfa", "☃中")
    with_fonts(book, "a.ttf")
    with (book / "01-begin.md").open("a", encoding="utf-8") as chapter:
        chapter.write("\nEen ☃.\n")
    names, out = ("epub", "print", "cover"), tmp_path / "out"
    first = build(book, out, names)
    assert len(first.made) == 3
    assert build(book, out, names).made == ()
    squares(book / "fonts" / "a.ttf", "Alfa", "☃")
    # Nothing of what is used of it has changed: it is looked at, and nothing is made.
    assert build(book, out, names).made == ()
    fitted(book / "fonts", 700, "ttf").replace(book / "fonts" / "a.ttf")
    (told,) = build(book, out, names).problems
    assert "M219 no font of the book has the character ☃" in str(told)
    assert "files = [" in told.hint


def test_the_command_finds_nothing_wrong(tmp_path: Path) -> None:
    assert main(["build", str(HEBREW), "--out", str(tmp_path), "--check"]) == 0


def fonts_of(pdf: Path) -> set[str]:
    with pikepdf.open(pdf) as opened:
        return {
            str(item.BaseFont).partition("+")[2]
            for item in opened.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"
        }


@pytest.mark.parametrize("name", ["print", "booklet", "screen", "proof"])
def test_pages_have_fonts_of_the_book_alone(name: str, hebrew: dict[str, Path]) -> None:
    found = fonts_of(hebrew[name])
    assert any(one.startswith("Katern-Extra-1") for one in found)
    assert all(one.startswith("Katern-") for one in found), found


def test_the_ebook_embeds_what_it_needs_of_them(hebrew: dict[str, Path]) -> None:
    with zipfile.ZipFile(hebrew["epub"]) as archive:
        files = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}
    for weight in WEIGHTS:
        data = files[f"1-NotoSerifHebrew-{weight}.ttf"]
        assert len(data) < 12_000
        letters = set(TTFont(BytesIO(data)).getBestCmap())
        assert set(map(ord, "אבגהמ")) <= letters
        assert 0x591 not in letters  # a cantillation mark, which the font has and no word bears
    assert b"SIL Open Font License" in files["licence-1-OFL.txt"]
    css = files["book.css"].decode()
    rules = re.findall(r'@font-face \{ font-family: "Katern Extra 1"; font-weight: (\d+)', css)
    assert sorted(rules) == sorted(str(one) for one in WEIGHTS for _ in range(2))
    assert '"Katern Serif", "Katern Serif Wide", "Katern Extra 1", serif' in css
    package = files["content.opf"].decode()
    assert 'page-progression-direction="rtl"' in package
    assert 'media-type="font/ttf"' in package


def test_a_book_without_fonts_of_its_own_has_none(minimal: dict[str, Path]) -> None:
    with zipfile.ZipFile(minimal["epub"]) as archive:
        css = next(archive.read(one) for one in archive.namelist() if one.endswith("book.css"))
    assert b"Katern Extra" not in css


# From right to left -------------------------------------------------------------------------------


def words_at(pdf: Path, number: int) -> Iterator[tuple[str, float, float]]:
    """Yield each line of a page with its middle, in parts of the width and height of the trim."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[number - 1]
    left, foot, right, head = page.get_trimbox()
    text = page.get_textpage()
    for at in range(text.count_rects()):
        box = text.get_rect(at)
        shown = text.get_text_bounded(*box).strip()
        across = ((box[0] + box[2]) / 2 - left) / (right - left)
        yield shown, across, ((box[1] + box[3]) / 2 - foot) / (head - foot)


def place_of(pdf: Path, number: int, words: str) -> tuple[float, float]:
    found = [(across, up) for shown, across, up in words_at(pdf, number) if shown == words]
    assert found, f"{words} is not on page {number}: {list(words_at(pdf, number))}"
    return found[-1]


def test_the_first_page_is_a_left_one(hebrew: dict[str, Path]) -> None:
    pdf = hebrew["print"]
    # Folios stand outward: to the left on odd pages, which are rectos, to the right on even ones.
    assert place_of(pdf, 5, "5")[0] < 0.2
    assert place_of(pdf, 6, "6")[0] > 0.8
    # The running heads: the chapter's on the recto, the book's on the verso.
    heads = {
        number: [(shown, across) for shown, across, up in words_at(pdf, number) if up > 0.93]
        for number in (5, 6)
    }
    assert [(shown, across < 0.3) for shown, across in heads[5]] == [("קמח ומים", True)]
    assert [(shown, across > 0.7) for shown, across in heads[6]] == [("לחם", True)]


@pytest.mark.parametrize("name", ["print", "screen", "proof"])
def test_a_reader_turns_the_pages_leftward(name: str, hebrew: dict[str, Path]) -> None:
    with pikepdf.open(hebrew[name]) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"


def test_its_booklet_is_bound_at_the_right(hebrew: dict[str, Path]) -> None:
    """On the first front the cover lies left of the last page: so they are folded to read on."""
    sides = ReadPdf(hebrew["booklet"])
    first, last = 0, max(sides.placed(0))
    assert sides.placed(0)[first][1] < sides.placed(0)[last][1]


def test_pages_that_are_read_rightward_say_nothing_of_it(minimal: dict[str, Path]) -> None:
    for name in ("print", "screen"):
        with pikepdf.open(minimal[name]) as pdf:
            assert "/Direction" not in pdf.Root.get("/ViewerPreferences", {})


def test_what_the_page_adds_is_mirrored_and_in_hebrew(hebrew: dict[str, Path]) -> None:
    pdf = hebrew["print"]
    assert place_of(pdf, 4, "תוכן העניינים")[0] > 0.6
    for words in ("חצי קילו קמח", "כפית מלח", "האופה הזקן", "בקיץ מספיקה חצי שעה"):
        assert any(words in shown and across > 0.5 for shown, across, _ in words_at(pdf, 5)), words
    # The first column of a table is the one on the right.
    assert place_of(pdf, 5, "יום")[0] > 0.8 > place_of(pdf, 5, "שעות")[0]
    shown = " ".join(text for number in (4, 5, 6) for text, _, _ in words_at(pdf, number))
    assert "טבלה" in shown
    assert "עמ" in shown
    assert set(re.findall("[A-Za-z]+", shown)) == {"pain"}


# A painted line, as it is read --------------------------------------------------------------------

BACK = "אבג"[::-1]
LINES = (
    (f"{BACK} abc", True, "abc אבג"),
    (f"abc {BACK}", True, "אבג abc"),
    (f"abc {BACK}", False, "abc אבג"),
    (f"12.5 {BACK}", True, "אבג 12.5"),
    (f"1924–1923 {BACK}", True, "אבג 1923–1924"),
    (f"10:30 {BACK} abc 7", True, "abc 7 אבג 10:30"),
    ("abc 12", True, "abc 12"),
    ("x = 3", False, "x = 3"),
    ("5-3 من"[0:4] + "من"[::-1], True, "من 3-5"),
    ("לש 12 הא"[::-1].replace("21", "12"), True, "לש 12 הא"),
    (f"ab {BACK} 12 {BACK} cd", False, "ab אבג 12 אבג cd"),
)


@pytest.mark.parametrize(("painted", "leftward", "read_as"), LINES)
def test_a_painted_line_is_read(painted: str, leftward: bool, read_as: str) -> None:
    assert readings(list(painted), leftward)[0] == read_as


def test_a_line_that_may_be_read_in_more_ways() -> None:
    assert readings(list(f"Windows 10 .11 {BACK}"), True) == [
        "אבג Windows 10 .11",
        "אבג 11. Windows 10",
        "אבג 11. 10 Windows",
    ]


def test_a_ligature_is_read_whole() -> None:
    assert readings(["ם", "לא", "ש"], True) == ["שלאם"]
