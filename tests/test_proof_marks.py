"""The marks around the pages of a proof: none upon text, upon a picture, or upon another."""

from __future__ import annotations

import ctypes
import re
import shutil
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image, ImageDraw
from readback_pdf import MM, ReadPdf

from publish.__main__ import main
from publish.engine.rects import Rect
from publish.proof.changes import changes
from publish.proof.ground import BESIDE, DOWN, Ground
from publish.proof.margins import ROW, Mark, margin_of, told_in

WORDS = (
    "De pont lag aan de kade en wachtte op de veerman, die met zijn lamp de steiger afliep en "
    "de trossen telde. Het tij keerde, de wind ging liggen, en aan de overkant stond iemand te "
    "wuiven. "
)
BOOK = """title = "Het veer"
language = "nl"
modified = 2026-11-22T12:00:00Z
[[contributor]]
name = "Redactie"
role = "aut"
[print]
trim = "{trim}"
binding = "saddle-stitch"
columns = {columns}
cover = "self"
[cover]
photo = "dek"
"""
LIST = "1. Trossen los, en dan pas de klep.\n2. Geen woord tegen de wind.\n3. De lamp uit.\n"


def chapter(number: int, places: tuple[str, str]) -> str:
    first, second = places
    return (
        f"# Overtocht {number}\n\n{WORDS * 2}\n\n![](dek{number}){{place={first}}}\n\n"
        f"{WORDS * 3}\n\n"
        f"> {WORDS}\n\n"
        f"::: sidebar\n**Aan boord.** De roerganger {number} slaapt niet.\n:::\n\n"
        f"{LIST}\n{WORDS * 3}\n\n![](klep{number}){{place={second}}}\n\n"
        f"## Terug\n\n{WORDS}[^n{number}]\n\n- een anker\n- een haak\n- een emmer\n\n"
        f"{WORDS * 3}\n\n"
        f"[^n{number}]: Volgens het logboek. {WORDS}\n"
    )


def written(folder: Path, trim: str, columns: int) -> Path:
    """Write a book with pictures of all sorts of places."""
    (folder / "photos").mkdir(parents=True)
    (folder / "book.toml").write_text(BOOK.format(trim=trim, columns=columns), "utf-8")
    inset, half = ("column", "column") if columns > 1 else ("inset", "half")
    places = [("full", inset), (half, "full"), (inset, half)]
    captions = ""
    for number, pair in enumerate(places, 1):
        (folder / f"{number:02}-overtocht-met-de-pont.md").write_text(
            chapter(number, pair), "utf-8"
        )
        for name in (f"dek{number}", f"klep{number}"):
            captions += picture(folder, name)
    captions += picture(folder, "dek")
    (folder / "captions.toml").write_text(captions, "utf-8")
    return folder


def picture(folder: Path, name: str) -> str:
    image = Image.new("RGB", (2600, 1900), (120, 140, 160))
    ImageDraw.Draw(image).ellipse((300, 300, 1500, 1500), fill=(200, 180, 90))
    image.save(folder / "photos" / f"{name}.jpg", quality=60)
    return (
        f'[{name}]\nfile = "{name}.jpg"\ncaption = "Zoals het er toen uitzag, van de dijk af."\n'
        f'alt = "Een schuit aan de kade."\ncredit = "Archief"\nlicence = "CC BY 4.0"\n\n'
    )


class Glyph(NamedTuple):
    char: str
    box: Rect


def is_on(one: Rect, other: Rect, share: float = 0.15) -> bool:
    """Tell whether two rectangles share so much of the smaller one."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    areas = [(it.right - it.left) * (it.bottom - it.top) for it in (one, other)]
    return across > 0 and down > 0 and across * down > share * min(areas)


def glyphs(page: pypdfium2.PdfPage) -> Iterator[Glyph]:
    """Yield the glyphs of a page, from its upper left corner, but for those of the watermark."""
    text, high = page.get_textpage(), page.get_height()
    sides = [ctypes.c_double() for _ in range(4)]
    for at in range(raw.FPDFText_CountChars(text.raw)):
        char = chr(raw.FPDFText_GetUnicode(text.raw, at))
        raw.FPDFText_GetCharBox(text.raw, at, *sides)
        left, right, foot, head = (one.value for one in sides)
        turned = abs(raw.FPDFText_GetCharAngle(text.raw, at)) > 0.1
        if not char.isspace() and right > left and head > foot and not turned:
            yield Glyph(char, Rect(left, high - head, right, high - foot))


def shown(page: pypdfium2.PdfPage) -> list[Rect]:
    """Return where the pictures of a page stand."""
    high = page.get_height()
    made = []
    for one in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=8):
        left, foot, right, head = one.get_bounds()
        made.append(Rect(left, high - head, right, high - foot))
    return made


class Sheet(NamedTuple):
    """A page of a proof: the glyphs of the book, those of the proof itself, and the pictures."""

    text: list[Glyph]
    own: list[Glyph]
    pictures: list[Rect]


def sheets_of(out: Path, slug: str) -> list[Sheet]:
    """Read a proof; what stands at its place in the print edition is of the book."""
    made = []
    with (
        pypdfium2.PdfDocument(out / f"{slug}-print.pdf") as printed,
        pypdfium2.PdfDocument(out / f"{slug}-proof.pdf") as proof,
    ):
        for page, sheet in zip(printed, proof, strict=False):
            left, _, _, head = page.get_trimbox()
            right, down = BESIDE - left, DOWN - (page.get_height() - head)
            there = {
                (one.char, round(one.box.left + right), round(one.box.top + down))
                for one in glyphs(page)
            }
            text, own = [], []
            for one in glyphs(sheet):
                place = round(one.box.left), round(one.box.top)
                near = ((place[0] + x, place[1] + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
                mine = any((one.char, *spot) in there for spot in near)
                (text if mine else own).append(one)
            made.append(Sheet(text, own, shown(sheet)))
    return made


def built(folder: Path, *words: str) -> Path:
    out = folder.parent / "uit"
    asked = ["build", str(folder), "--out", str(out), "--only"]
    assert main([*asked, "print,proof", *words]) == 0
    return out


@pytest.fixture(scope="module", params=[("A6", 1), ("A5", 2), ("A4", 3)], ids=str)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where a book of so many columns is built, its proof compared with another state."""
    trim, columns = request.param
    folder = written(tmp_path_factory.mktemp("veer") / "boek", trim, columns)
    then = shutil.copytree(folder, folder.parent / "toen")
    for path in then.glob("0*.md"):
        text = path.read_text("utf-8").replace("Het tij keerde", "Het getij keerde die dag", 2)
        text = text.replace("2. Geen woord tegen de wind.\n3.", "2.")
        text = text.replace("De roerganger", "De stuurman")
        path.write_text(text.replace("een haak", "een lange pikhaak"), "utf-8")
    return built(folder, "--since", str(then))


def test_no_mark_is_on_text_on_a_picture_or_on_another(book: Path) -> None:
    sheets = sheets_of(book, "het-veer")
    assert len(sheets) > 6
    assert sum(len(one.pictures) for one in sheets) >= 6
    for number, sheet in enumerate(sheets, 1):
        for one in sheet.own:
            lies_on = [other.char for other in sheet.text if is_on(one.box, other.box)]
            assert not lies_on, (number, one, lies_on)
            assert not any(is_on(one.box, picture) for picture in sheet.pictures), (number, one)
        for one, other in combinations(sheet.own, 2):
            assert not is_on(one.box, other.box, 0.4), (number, one, other)


def test_each_place_is_told_once_at_its_first_line_with_its_column(book: Path) -> None:
    count = len(ReadPdf(book / "het-veer-print.pdf").pages)
    pages = ReadPdf(book / "het-veer-proof.pdf").pages[:count]
    found = re.search(r"columns = (\d)", (book.parent / "boek" / "book.toml").read_text("utf-8"))
    assert found
    columns = int(found[1])
    told: dict[str, str] = {}
    for page in pages:
        for letter, place in re.findall(
            r"(?:\b([abc]) )?((?:\d\d-[\w…-]+\.md|captions\.toml):\d+)", page.text
        ):
            assert place not in told, place
            told[place] = letter
    assert len(told) >= 3 * 12, told
    assert bool(set(told.values()) - {""}) == (columns > 1)
    if columns > 1:
        assert {"a", "b", "c"} - {""} >= set(told.values()) - {""} >= set("abc"[:columns])
    # A chapter's heading and the first line of a caption stand beside their own, or as near to it
    # as what is told of the picture lets them.
    for page in pages:
        rights = [(one.top + one.bottom) / 2 for one in page.pieces if "· Archief" in one.text]
        for piece in page.pieces:
            if piece.text.endswith(".md:1") or "captions.toml" in piece.text:
                wanted = "Overtocht" if piece.text.endswith(".md:1") else "Zoals het er toen"
                middle = (piece.top + piece.bottom) / 2
                near = [(one.top + one.bottom) / 2 for one in page.pieces if wanted in one.text]
                below = any(1.5 < one - middle < 4 for one in rights)
                assert below or any(abs(one - middle) < 2 for one in near), piece


def test_the_numbers_of_lists_are_no_words_that_went(book: Path) -> None:
    count = len(ReadPdf(book / "het-veer-print.pdf").pages)
    pages = ReadPdf(book / "het-veer-proof.pdf").pages[:count]
    told = [
        piece.text
        for page in pages
        for piece in page.pieces
        if piece.right < 42 - 8 or piece.left > page.trim[2] - 42 + 8
    ]
    assert "getij / die dag" in "\n".join(told) and "lange pikhaak" in "\n".join(told)
    assert [one for one in told if re.fullmatch(r"[–\s]*([abc]\s)?\d+\.?", one)] == []


def test_a_bar_beside_a_tint_is_seen(book: Path) -> None:
    seen = 0
    for page in ReadPdf(book / "het-veer-proof.pdf").drawn:
        mine = list(glyphs(page))
        at = "".join(one.char for one in mine).find("roerganger")
        if at < 0:
            continue
        first, last = mine[at].box, mine[at + 9].box
        picture = page.render(scale=3).to_pil().convert("RGB")
        y = round((first.top + first.bottom) / 2 * 3)
        wide = range(round(last.right * 3), round((last.right + 240) * 3))
        row = [picture.getpixel((x, y)) for x in wide if x < picture.width - BESIDE * 3]
        assert any(pixel[0] > 150 and pixel[1] < 90 for pixel in row), first
        seen += 1
    assert seen == 3


def test_an_item_that_was_put_in_is_all_that_changed() -> None:
    then = "Voor:\n\n1. Trim.\n2. Zeil.\n3. Vaar.\n"
    now = "Voor:\n\n1. Trim.\n2. Zwijg.\n3. Zeil.\n4. Vaar.\n"
    (change,) = changes(then, now)
    assert "Zwijg" in now[change.start : change.end] and not change.removed
    assert "Trim" not in now[change.start : change.end]
    (back,) = changes(now, then)
    assert back.removed in ("Zwijg.", ". Zwijg")
    # A year at the head of a line of a paragraph is a word as any other.
    (year,) = changes("Dat was in\n1931. Daarna niet.\n", "Dat was in\n1932. Daarna niet.\n")
    assert year.removed == "1931"


def test_a_full_margin_cuts_words_short_and_keeps_all_apart() -> None:
    ground = Ground(500.0, 420.0)
    gone = [Mark("gone", "right", 60.0 + 8 * at, "weg met deze woorden " * 9) for at in range(30)]
    places = [Mark("source", "right", 64.0 + 8 * at, f"01-veer.md:{at}") for at in range(40)]
    told = told_in([*gone, *places], margin_of(ground, "right"), ground)
    assert sum(one.mark.kind == "gone" for one in told) == 30
    assert all(one.words.endswith("…") for one in told if one.mark.kind == "gone")
    for one, after in pairwise(told):
        assert one.top + one.rows * ROW <= after.top + 0.05
    assert told[0].top >= 0 and told[-1].top + ROW <= ground.height


def test_a_coarse_picture_is_flagged_and_the_proof_is_pulled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "boek", "A6", 1)
    Image.new("RGB", (200, 150), (90, 90, 90)).save(folder / "photos" / "klep1.jpg")
    out = str(tmp_path / "uit")
    asked = ["build", str(folder), "--out", out, "--only"]
    assert main([*asked, "print,proof"]) == 1
    assert "error C311" in capsys.readouterr().err
    assert main([*asked, "proof", "--final"]) == 1
    assert not list((tmp_path / "uit").glob("*.pdf"))
    for _ in range(2):  # Made, and kept.
        capsys.readouterr()
        assert main([*asked, "proof"]) == 0
        assert "warning C311" in capsys.readouterr().err
    pages = [page.text for page in ReadPdf(tmp_path / "uit" / "het-veer-proof.pdf").pages]
    assert any("C311 “klep1”" in page and "Open punten" in page for page in pages)
    assert main(["round", "start", str(folder)]) == 0
    assert (folder / "rounds" / "1" / "proof.pdf").is_file()
    # The last page is one: what to look at, the marks, and who has read it.
    assert "Na te lopen" in pages[-1] and "Gelezen door" in pages[-1]


def test_what_is_wrong_with_the_cover_is_flagged_there(tmp_path: Path) -> None:
    folder = written(tmp_path / "boek", "A6", 1)
    text = (folder / "01-overtocht-met-de-pont.md").read_text("utf-8")
    path = folder / "01-overtocht-met-de-pont.md"
    path.write_text(text.replace("![](dek1)", "![](dek)"), "utf-8")
    Image.new("RGB", (1000, 1200), (90, 90, 90)).save(folder / "photos" / "dek.jpg")
    assert main(["build", str(folder), "--out", str(tmp_path), "--only", "proof"]) == 0
    pages = ReadPdf(tmp_path / "het-veer-proof.pdf").pages
    row = next(one for page in pages for one in page.pieces if "C312 “dek”" in one.text)
    flags = [one for one in pages[0].pieces if one.left > pages[0].trim[2] - 42]
    assert [one.text for one in flags] == ["1"] and row
    assert pages[0].trim[2] / MM > 0
