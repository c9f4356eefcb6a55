"""The proof: the pages of print, letter for letter, with what a reader of proofs needs around."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest
from conftest import BOOKS, SAMPLE, build_all
from PIL import Image
from readback_pdf import MM, ReadPdf

from publish.__main__ import main
from publish.building.workshop import Workshop
from publish.manuscript.folder import read_manuscript
from publish.pages.pagemap import page_lines
from publish.settings.printing import PrintSettings
from publish.sizes.geometry import page_of

Letters = list[tuple[str, float, float]]


def letters(file: Path, corner: tuple[float, float] | None = None) -> list[Letters]:
    """Return the characters within the trim of each page, and their places from its corner (pt)."""
    pages = []
    with pypdfium2.PdfDocument(file) as document:
        for page in document:
            text, box = page.get_textpage(), raw.FS_RECTF()
            left, foot, right, head = page.get_trimbox()
            if corner:
                left, foot = corner
                right, head = page.get_width() - left, page.get_height() - foot
            found = []
            for at in range(raw.FPDFText_CountChars(text.raw)):
                char = chr(raw.FPDFText_GetUnicode(text.raw, at))
                char = "-" if char == "\u0002" else char  # a hyphen at a line's end, to PDFium
                raw.FPDFText_GetLooseCharBox(text.raw, at, box)
                inside = left <= box.left <= right and foot <= box.bottom <= head
                if not char.isspace() and inside and raw.FPDFText_IsGenerated(text.raw, at) != 1:
                    found.append((char, box.left - left, box.bottom - foot))
            pages.append(found)
    return pages


def missing(printed: Letters, proof: Letters) -> Letters:
    """Return the characters of a print page that do not stand at their place in the proof."""
    there = defaultdict(list)
    for char, across, up in proof:
        there[char].append((across, up))
    return [
        (char, across, up)
        for char, across, up in printed
        if not any(abs(x - across) < 0.1 and abs(y - up) < 0.1 for x, y in there[char])
    ]


@pytest.mark.parametrize("name", ["complete", "minimal", "sample", "hebrew", "bilingual"])
def test_every_letter_of_print_stands_at_its_place_in_the_proof(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    if name in ("hebrew", "bilingual"):
        made: Mapping[str, Path] = build_all(BOOKS / name, tmp_path)
    else:
        made = request.getfixturevalue(name)
    printed, proof = letters(made["print"]), letters(made["proof"], (42 * MM, 18 * MM))
    assert len(proof) - len(printed) in (1, 2)  # what is open, where anything is, and the marks
    for page, like in zip(printed, proof, strict=False):
        assert missing(page, like) == []
    assert sum(map(len, printed)) > 40


def test_every_fifth_line_has_its_number(complete: Mapping[str, Path]) -> None:
    folder = BOOKS / "complete"
    read = read_manuscript(folder)
    assert read.book
    room = Workshop(folder, read.book, read.sources).room
    lines = [one for one in page_lines(room.pages("print")) if one.area == "flow"]
    proof = ReadPdf(complete["proof"])
    count = len(ReadPdf(complete["print"]).pages)
    for number, page in enumerate(proof.pages[:count], 1):
        # What stands beside the first cell of a row is on the same line to a reader.
        mine = [one for one in lines if one.page == number]
        heights = [round(one.top / 3) for one in mine]
        cells = [one.block is not None and one.block.tag in ("td", "th") for one in mine]
        mine = [
            one
            for at, one in enumerate(mine)
            if not (cells[at] and heights[at] in heights[max(at - 5, 0) : at])
        ]
        wanted = [at for at in range(1, len(mine) + 1) if at == 1 or at % 5 == 0]
        for at in wanted:
            line = mine[at - 1]
            middle = page.trim[3] - 18 - (line.top + line.height / 2) / MM
            beside = [
                piece
                for piece in page.pieces
                if piece.text.split()[-1:] == [str(at)] or piece.text.split()[:1] == [str(at)]
                if abs((piece.top + piece.bottom) / 2 - middle) < 1.5
            ]
            assert beside, (number, at)


def test_a_picture_has_its_id_resolution_and_rights_beside_it(sample: Mapping[str, Path]) -> None:
    read = read_manuscript(SAMPLE)
    assert read.book
    text = "\n".join(page.text for page in ReadPdf(sample["proof"]).pages)
    told = dict(re.findall(r"^([\w-]+)\n(\d+) ppi$", text, re.MULTILINE))
    assert len(told) > 1 and told.keys() <= read.book.photos.keys()
    assert all(100 < int(ppi) < 1300 for ppi in told.values())


def test_the_last_page_has_what_to_look_at_and_the_marks(complete: Mapping[str, Path]) -> None:
    *pages, page = ReadPdf(complete["proof"]).pages
    for words in ("Corrigeren van deze proef", "Na te lopen", "ISO 5776", "laten vervallen"):
        assert words in page.text
    count = len(ReadPdf(complete["print"]).pages)
    assert all("PROEF" in one.text for one in pages[:count])


BOOK = 'title = "Proef"\nlanguage = "nl"\nmodified = 2026-11-22T12:00:00Z\n'
TEXT = (
    "# De sluis\n\nHet water stond hoog aan de dijk.\n\n"
    "De wachter liep langs de de steiger, en telde de schuiten.\n\n"
    "Niemand keek ernaar om (ook de schout niet.\n"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "boek"
    folder.mkdir()
    (folder / "book.toml").write_text(BOOK, encoding="utf-8")
    (folder / "01-sluis.md").write_text(TEXT, encoding="utf-8")
    return folder


def proof_of(folder: Path, *words: str) -> ReadPdf:
    """Build a proof with the options given, and read it."""
    out = folder.parent / "uit"
    assert main(["build", str(folder), "--out", str(out), "--only", "proof", *words]) == 0
    return ReadPdf(out / "proef-proof.pdf")


def test_what_is_open_is_flagged_beside_its_line_and_told_at_the_end(book: Path) -> None:
    proof = proof_of(book)
    told = list(proof.pages[-2].pieces)
    assert told[0].text == "Open punten"
    listed = proof.pages[-2].text
    numbers = {}
    for code, words in (("W002", "de steiger"), ("W003", "Niemand keek")):
        row = next(one for one in told if code in one.text)
        number = next(
            one.text.split()[0] for one in told
            if abs(one.top - row.top) < 2 and one.left < row.left and one.text[0].isdigit()
        )  # fmt: skip
        numbers[number] = words
        assert f"01-sluis.md:{5 if code == 'W002' else 7}:" in listed
    flagged = {}
    for page in proof.pages[:-2]:
        for piece in page.pieces:
            if piece.text in numbers and piece.left > page.trim[2] - 42:
                flagged[piece.text] = [
                    one.text for one in page.pieces
                    if abs((one.top + one.bottom - piece.top - piece.bottom) / 2) < 2
                ]  # fmt: skip
    assert flagged.keys() == numbers.keys()
    for number, words in numbers.items():
        assert any(words in one for one in flagged[number]), (number, flagged)


def test_flags_of_one_line_stand_below_each_other(book: Path) -> None:
    (book / "01-sluis.md").write_text("# Sluis\n\nHet het was de de en en.\n", encoding="utf-8")
    page = next(one for one in proof_of(book).pages if "Het het" in one.text)
    tops = sorted(one.top for one in page.pieces
                  if one.text in ("1", "2", "3") and one.left > page.trim[2] - 42)  # fmt: skip
    assert len(tops) == 3
    assert all(3 < high - low < 5 for low, high in pairwise(tops))


def test_the_make_up_is_flagged_too(book: Path) -> None:
    words = "De wachter telde de schuiten die langs de kade lagen, en schreef ze in zijn boek. "
    (book / "01-sluis.md").write_text(f"# Sluis\n\n{words * 6}\n", encoding="utf-8")
    assert "L003" not in proof_of(book).pages[-2].text
    settings = book / "book.toml"
    settings.write_text(f"{BOOK}[layout.limits]\nrunt = 20\n", encoding="utf-8")
    assert "L003" in proof_of(book).pages[-2].text


def test_a_picture_is_told_of_as_it_is_placed(book: Path) -> None:
    (book / "photos").mkdir()
    for name in ("kade", "brug"):
        Image.new("RGB", (1200, 500), (90, 90, 90)).save(book / "photos" / f"{name}.png")
    (book / "captions.toml").write_text(
        '[kade]\nfile = "kade.png"\ncaption = "De kade."\nalt = "Een kade."\ncredit = "Archief"\n'
        'licence = "CC BY 4.0"\n\n'
        '[brug]\nfile = "brug.png"\ncaption = "De brug."\nalt = "Een brug."\n',
        encoding="utf-8",
    )
    text = TEXT.replace("Niemand", "![](kade)\n\nNiemand") + "\n![](brug)\n"
    (book / "01-sluis.md").write_text(text, encoding="utf-8")
    pages = proof_of(book).drawn
    told = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    ppi = round(1200 / (page_of(PrintSettings()).measure / 25.4))
    assert f"kade {ppi} ppi CC BY 4.0 · Archief" in told
    assert f"brug {ppi} ppi geen rechten genoemd" in told


def test_a_picture_that_its_place_cuts_leaves_room_for_what_is_told_of_it(book: Path) -> None:
    """Behind its window a picture is wider: half a spread by a page, one that fills a page too."""
    (book / "photos").mkdir()
    for name, size in {"kade": (4200, 2900), "brug": (4200, 3000)}.items():
        Image.new("RGB", size, (90, 90, 90)).save(book / "photos" / f"{name}.png")
    entry = '[{0}]\nfile = "{0}.png"\ncaption = "Daar."\nalt = "Daar."\nlicence = "CC BY 4.0"\n'
    (book / "captions.toml").write_text(entry.format("kade") + entry.format("brug"), "utf-8")
    placed = "![](kade){place=spread}\n\n![](brug){place=page bleed=all caption=facing}\n\n"
    text = f"# Sluis\n\n{'De wachter liep langs de steiger. ' * 60}\n\n{placed}"
    (book / "01-sluis.md").write_text(text + "Niemand keek om, en hij ook niet. " * 150, "utf-8")
    found = []
    for page in proof_of(book).pages:
        right = page.trim[2] - 42
        found += [one.text.strip() for one in page.pieces if one.right < 42 or one.left > right]
    assert [one for one in found if one in ("kade", "brug")] == ["kade", "brug"]


def test_a_proof_without_an_open_point_has_no_list_of_them(book: Path) -> None:
    mended = TEXT.replace("de de", "de").replace("(ook de schout niet.", "(ook de schout niet).")
    (book / "01-sluis.md").write_text(mended, encoding="utf-8")
    proof = proof_of(book)
    assert "Open punten" not in "".join(page.text for page in proof.pages)
    assert "Corrigeren van deze proef" in proof.pages[-1].text


def git(folder: Path, *words: str) -> None:
    whom = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    subprocess.run(["git", "-C", str(folder), *whom, *words], check=True, capture_output=True)


@pytest.mark.parametrize("way", ["git", "folder", "proof", "round"])
def test_bars_stand_beside_what_changed_since_an_earlier_state(book: Path, way: str) -> None:
    wanted = {"git": "HEAD", "round": "1"}.get(way, "")
    if way == "git":
        git(book, "init", "--quiet")
        git(book, "add", ".")
        git(book, "commit", "--quiet", "--message", "een")
    elif way == "folder":
        wanted = str(shutil.copytree(book, book.parent / "toen"))
    elif way == "proof":
        proof_of(book)
        wanted = str((book.parent / "uit" / "proef-proof.pdf").rename(book.parent / "toen.pdf"))
    else:
        assert main(["round", "start", str(book)]) == 0
    (book / "01-sluis.md").write_text(TEXT.replace("wachter", "wachtman"), encoding="utf-8")
    proof = proof_of(book, "--round", "2", "--since", wanted)
    texts = [piece.text for page in proof.pages for piece in page.pieces]
    assert any("proef 2 ·" in text for text in texts)
    gone = [(at, piece) for at, page in enumerate(proof.pages) for piece in page.pieces
            if piece.text.removeprefix("–").strip() == "wachter"]  # fmt: skip
    assert len(gone) == 1
    page = proof.pages[gone[0][0]]
    beside = [one.text for one in page.pieces if abs(one.top - gone[0][1].top) < 3]
    assert any("wachtman" in one for one in beside)
    # A red bar stands beside that line, and beside no other.
    picture = proof.drawn[gone[0][0]].render(scale=2).to_pil().convert("RGB")
    for line in page.pieces:
        if 42 < line.left < page.trim[2] - 42 and len(line.text) > 20 and "PROEF" not in line.text:
            middle = picture.height - (line.top + line.bottom) / 2 * MM * 2
            low, high = (round(side * MM * 2) for side in (line.right + 0.5, page.trim[2] - 42.5))
            row = [picture.getpixel((x, round(middle))) for x in range(low, high)]
            red = any(pixel[0] > 150 and pixel[1] < 90 for pixel in row)
            assert red == ("wachtman" in line.text), line


LONG = """# De sluis

Het water stond hoog aan de dijk. Dat bleef zo tot de lente.

Niemand zag het.

## De wachter

Hij liep er langs. Vaak alleen.

- met een lamp
- met een hond

Aan het einde sliep hij in.

De nacht viel.
"""


def test_all_words_that_went_are_told_in_the_margin(book: Path) -> None:
    (book / "01-sluis.md").write_text(LONG, encoding="utf-8")
    (book / "02-meer.md").write_text("# Meer\n\nEn toen was er meer.\n", encoding="utf-8")
    then = shutil.copytree(book, book.parent / "toen")
    went = ("Dat bleef zo tot de lente.", "Niemand zag het.", "Vaak alleen.", "De nacht viel.")
    text = LONG
    for words in went:
        text = text.replace(f" {words}", "").replace(f"{words}\n\n", "").replace(words, "")
    (book / "01-sluis.md").write_text(text, encoding="utf-8")
    (book / "02-meer.md").unlink()
    proof = proof_of(book, "--since", str(then))
    pages = [" ".join(page.text.split()) for page in proof.pages]
    for words in went:
        assert sum(words in page for page in pages) == 1, words
    assert "Niet meer in het manuscript: 02-meer.md" in pages[-1]


def test_a_proof_pulled_for_another_round_is_made_anew_and_is_not_old(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def is_second() -> bool:
        made = ReadPdf(book.parent / "uit" / "proef-proof.pdf")
        return any("proef 2 ·" in page.text for page in made.pages)

    out, file = str(book.parent / "uit"), book.parent / "uit" / "proef-proof.pdf"
    proof_of(book, "--round", "2")
    before = file.stat().st_mtime_ns
    assert is_second()
    proof_of(book, "--round", "2")
    assert file.stat().st_mtime_ns == before
    assert main(["check", str(book), "--out", out]) == 0
    assert "proof.pdf is older" not in capsys.readouterr().err
    proof_of(book)
    assert not is_second()


def test_an_earlier_state_that_is_not_there_is_a_problem(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = book.parent / "uit"
    asked = ["build", str(book), "--out", str(out), "--only", "proof", "--since"]
    for wanted in ("nergens", "--output=x", "7"):
        assert main([*asked[:-1], f"--since={wanted}"]) == 1
        assert f"there is no earlier state “{wanted}”" in capsys.readouterr().err
    assert not out.exists()
    print_pdf = book.parent / "druk.pdf"
    print_pdf.write_bytes(b"%PDF-1.7\n")
    assert main([*asked, str(print_pdf)]) == 1
    assert "carries no manuscript" in capsys.readouterr().err
