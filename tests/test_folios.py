"""Roman folios of front matter: on the pages, in the contents, in the PDFs and in the e-book."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from readback import read_epub
from readback_pdf import Page, ReadPdf

from publish.building.build import build
from publish.checks import pdf
from publish.checks.checking import check
from publish.checks.subject import Subject
from publish.manuscript.folder import read_manuscript
from publish.standing.state import state_of
from publish.text.folios import Folios

BOOK = """title = "Het peil"
modified = 2026-03-01T08:00:00Z

[print]
front-folios = "roman"
"""
FOREWORD = """+++
role = "foreword"
+++

# Vooraf

Kijk eerst naar de lat. Lees [](#dal), of eerst [](#body).[^1]

[^1]: De lat hangt aan de brug.

## De bron {#body}

Hier schreef Jan Kiel het eerste cijfer op.
"""
BROOK = """# De beek

Het water zakt. Jan Kiel weet waar het begon: [](#body).[^1]

[^1]: Hij las het van de lat.
"""
VALLEY = "# Het dal {#dal}\n\nOnderin ligt het dal.\n"
PERSONS = "+++\nindex = true\n+++\n\n# Wie\n\nJan Kiel\n: Kijkt naar het water.\n"
CHAPTERS = {"00-vooraf": FOREWORD, "01-beek": BROOK, "02-dal": VALLEY, "03-wie": PERSONS}
LABELS = ["i", "ii", "iii", "iv", "v", "vi", "1", "2", "3", "4", "5", "6"]
"""Cover, imprint, title page, contents, foreword, a blank; the text, its notes, a blank, cover."""


def book_of(folder: Path, settings: str = "", **changed: str) -> Path:
    folder.mkdir()
    (folder / "book.toml").write_text(BOOK + settings, encoding="utf-8")
    for name, text in CHAPTERS.items():
        (folder / f"{name}.md").write_text(changed.get(name[3:], text), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folder of a book with its notes at the end, and that of its editions."""
    folder = book_of(tmp_path_factory.mktemp("roman") / "book", 'notes = "end"\n')
    out = folder.parent / "out"
    assert build(folder, out, ("epub", "print", "proof")).problems == []
    return folder, out


@pytest.fixture(scope="module")
def printed(made: tuple[Path, Path]) -> ReadPdf:
    return ReadPdf(made[1] / "het-peil-print.pdf")


def folio_of(page: Page) -> str:
    return " ".join(line.text for line in page.lines if 3 < line.top < 20)


# The folio of a page ------------------------------------------------------------------------------


def test_numerals() -> None:
    numbers = (1, 3, 4, 9, 14, 19, 40, 49, 90, 444, 1994, 2026)
    assert [Folios(9999).label(one) for one in numbers] == [
        *("i", "iii", "iv", "ix", "xiv", "xix", "xl", "xlix", "xc", "cdxliv", "mcmxciv", "mmxxvi")
    ]
    assert [Folios(4).label(one) for one in range(3, 7)] == ["iii", "iv", "1", "2"]
    assert Folios().label(7) == "7"


@given(st.integers(0, 400))
def test_no_two_pages_have_one_folio(front: int) -> None:
    labels = [Folios(front).label(one) for one in range(1, 800)]
    assert len(set(labels)) == len(labels)
    assert labels[front] == "1"


# On paper -----------------------------------------------------------------------------------------


def test_each_page_is_labelled_as_its_folio(printed: ReadPdf, made: tuple[Path, Path]) -> None:
    assert [page.label for page in printed.pages] == LABELS
    assert [folio_of(page) for page in printed.pages] == [
        *("", "", "", "", "v", "", "1", "2", "3", "4", "", "")
    ]
    labels = printed.pdf.Root.PageLabels.Nums
    assert [(labels[at], labels[at + 1].S, labels[at + 1].St) for at in (0, 2)] == [
        (0, Name.r, 1),
        (6, Name.D, 1),
    ]
    proof = ReadPdf(made[1] / "het-peil-proof.pdf")
    assert [page.label for page in proof.pages][:-1] == LABELS
    assert [re.findall(r"^[vix1]{1,3}$", page.text, re.M) for page in proof.pages[4:7:2]] == [
        *(["v"], ["1"])
    ]


def test_the_screen_edition_too(made: tuple[Path, Path], tmp_path: Path) -> None:
    (path,) = build(made[0], tmp_path, ("screen",)).made
    pages = ReadPdf(path).pages
    assert [page.label for page in pages] == LABELS
    assert [folio_of(page) for page in pages[4:8]] == ["v", "", "1", "2"]


def test_contents_references_notes_and_index_show_folios(printed: ReadPdf) -> None:
    lines = printed.pages[3].text.splitlines()
    assert lines[1:] == [*("v Vooraf", "v De bron", "1 De beek", "2 Het dal", "3 Wie", "4 Noten")]
    words = [re.sub(r"\s+(?=[,.)])", "", page.words) for page in printed.pages]
    assert "Het dal (p. 2), of eerst De bron (p. v)" in words[4]
    assert "waar het begon: De bron (p. v)" in words[6]
    assert "p. v, 1" in words[8]
    assert re.findall(r"p\. (\w+)", words[9]) == ["v", "1"]


def test_bookmarks_lead_to_positions(printed: ReadPdf) -> None:
    assert [(one.title, one.page) for one in printed.bookmarks] == [
        *(("Vooraf", 4), ("De bron", 4), ("De beek", 6), ("Het dal", 7), ("Wie", 8), ("Noten", 9))
    ]


def test_page_1_is_a_right_hand_page_though_chapters_run_on(tmp_path: Path) -> None:
    folder = book_of(tmp_path / "book", 'chapters = "run-on"\ncover = "separate"\n')
    (path,) = build(folder, tmp_path / "out", ("print",)).made
    pages = ReadPdf(path).pages
    # Title page, imprint, contents, a blank, foreword, a blank; the text, a blank.
    assert [page.label for page in pages] == ["i", "ii", "iii", "iv", "v", "vi", "1", "2"]
    assert [folio_of(page) for page in pages[4:]] == ["v", "", "1", ""]
    assert "3 Wie" not in pages[2].text
    assert "1 Wie" in pages[2].text


def test_one_count_unless_the_book_asks_for_two(tmp_path: Path) -> None:
    folder = book_of(tmp_path / "book")
    settings = folder / "book.toml"
    settings.write_text(BOOK.replace("roman", "arabic"), encoding="utf-8")
    (path,) = build(folder, tmp_path / "out", ("print",)).made
    read = ReadPdf(path)
    assert [page.label for page in read.pages] == [str(one) for one in range(1, 13)][
        : len(read.pages)
    ]
    assert [folio_of(page) for page in read.pages[4:8]] == ["5", "6", "7", "8"]
    # The body begins on the next page, whichever that is.
    assert "De beek" in read.pages[5].text


# In the e-book ------------------------------------------------------------------------------------


def test_the_e_book_lists_the_same_pages(printed: ReadPdf, made: tuple[Path, Path]) -> None:
    book = read_epub((made[1] / "het-peil.epub").read_bytes())
    (ncx,) = (data.decode() for name, data in book.files.items() if name.endswith(".ncx"))
    (nav,) = (data.decode() for name, data in book.files.items() if name.endswith("nav.xhtml"))
    shown = [page.label for page in printed.pages[:-1] if page.text]
    listed = re.findall(r'<a href="\w[^"]*#page-(\w+)">(\w+)</a>', nav)
    assert [label for _, label in listed if label in shown] == shown
    assert [name for name, _ in listed] == [label for _, label in listed]
    kinds = re.findall(r'id="target-page-(\w+)" type="(\w+)"(?: value="(\d+)")?', ncx)
    assert kinds == [
        (name, *(("normal", name) if name.isdecimal() else ("front", ""))) for name, _ in listed
    ]
    marks = {
        mark.get("aria-label"): mark.get("id")
        for page in book.spine
        for mark in page.all("//*[@role='doc-pagebreak']")
    }
    assert marks == {label: f"page-{label}" for _, label in listed}


# The check ----------------------------------------------------------------------------------------


def test_the_check_has_nothing_to_say(made: tuple[Path, Path]) -> None:
    assert check(*made, False, names=("epub", "print", "proof")) == []


def test_labels_that_count_on_are_told(made: tuple[Path, Path], tmp_path: Path) -> None:
    folder = made[0]
    out = tmp_path / "out"
    (path,) = build(folder, out, ("print",)).made
    with pikepdf.Pdf.open(path, allow_overwriting_input=True) as document:
        document.Root.PageLabels.Nums = Array([0, Dictionary(S=Name.r, St=1)])
        document.save(path)
    read = read_manuscript(folder)
    assert read.book
    subject = Subject(folder, out, read.book, read.sources, (), state_of(folder, out))
    assert [one.message for one in pdf.check(subject)] == [
        "het-peil-print.pdf: page 7 is labelled “vii”"
    ]
