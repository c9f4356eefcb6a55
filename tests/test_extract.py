"""The extract: what it holds, what it leaves out, whose number it bears."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from readback import Epub, read_epub

from publish.__main__ import main
from publish.building.build import build
from publish.checks import ace, epub, epubcheck
from publish.checks.checking import check
from publish.checks.subject import Subject
from publish.ground.problems import has_errors
from publish.manuscript.folder import read_manuscript
from publish.standing.state import state_of

BOOKS = Path(__file__).parent / "books"
BASE = Path(__file__).parent / "cases" / "base"
ISBN, PRINT_ISBN = "9780000000002", "9780000000019"
LATER = """\
# Later {#later}

Wat later kwam, staat hier.

## Nog later {#nog}

![](stip){#tekening}
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book of four chapters of which the first three refer to the last."""
    folder = tmp_path / "book"
    shutil.copytree(BASE, folder)
    (folder / "01-dijk.md").write_text(
        "# Dijk\n\nZie [](#later) en *[verderop](#nog)*, [](#tekening), [](#regen).[^n]\n\n"
        "[^n]: Ook in een noot: [](#nog).\n"
    )
    (folder / "02-regen.md").write_text("# Regen {#regen}\n\nHet regende.\n")
    (folder / "03-droog.md").write_text("# Droog\n\nHet werd droog.\n")
    (folder / "04-later.md").write_text(LATER)
    return folder


def extract(folder: Path, out: Path) -> Epub:
    built = build(folder, out, ("extract",))
    assert not has_errors(built.problems), [str(one) for one in built.problems]
    (file,) = built.made
    assert file.parent == out / "extract"
    return read_epub(file.read_bytes())


def words(made: Epub, file: str) -> str:
    return " ".join("".join(made.page(file).first("//h:section").itertext()).split())


@pytest.fixture(scope="module")
def whole_and_part(complete: dict[str, Path]) -> tuple[Epub, Epub]:
    return tuple(read_epub(complete[name].read_bytes()) for name in ("epub", "extract"))  # type: ignore[return-value]


# What it holds ------------------------------------------------------------------------------------


def test_it_holds_the_front_and_two_chapters(whole_and_part: tuple[Epub, Epub]) -> None:
    whole, part = whole_and_part
    assert [page.file for page in part.spine] == [
        "cover.xhtml", "title.xhtml", "nav.xhtml", "01-motto.xhtml", "02-vooraf.xhtml",
        "03-de-beek.xhtml", "04-peil-en-tal.xhtml", "extract-end.xhtml",
    ]  # fmt: skip
    for file in ("01-motto.xhtml", "02-vooraf.xhtml", "04-peil-en-tal.xhtml"):
        assert part.page(file).words == whole.page(file).words
    # A reference that leads out has become words of the text; nothing else has changed.
    there = iter(part.page("03-de-beek.xhtml").words)
    assert all(word in there for word in whole.page("03-de-beek.xhtml").words)
    assert part.page("03-de-beek.xhtml").notes == whole.page("03-de-beek.xhtml").notes
    assert [one.title for one in part.contents] == [
        *(one.title for one in whole.contents[:3]),
        "Tot zover het leesfragment",
    ]
    assert part.faults() == []


def test_it_holds_no_picture_that_it_does_not_show(whole_and_part: tuple[Epub, Epub]) -> None:
    whole, part = whole_and_part
    shown = {image.src for page in part.spine for image in page.images}
    held = {item.file for item in part.manifest if item.file.startswith("images/")}
    assert held == shown
    assert held < {item.file for item in whole.manifest}


def test_its_page_list_is_of_the_pages_that_it_holds(whole_and_part: tuple[Epub, Epub]) -> None:
    part = whole_and_part[1]
    lists = [
        [(link.text, link.get("href")) for link in one.page("nav.xhtml").all("//h:nav[3]//h:a")]
        for one in whole_and_part
    ]
    assert lists[1] == lists[0][: len(lists[1])]
    marks = [
        mark.get("aria-label")
        for page in part.spine
        for mark in page.all("//*[@role='doc-pagebreak']")
    ]
    assert marks == [label for label, _ in lists[1]]
    assert 0 < len(marks) < len(lists[0])
    assert part.meta("pageBreakSource") == [f"urn:isbn:{PRINT_ISBN}"]


def test_what_leads_out_of_it_is_plain_words(book: Path, tmp_path: Path) -> None:
    made = extract(book, tmp_path / "out")
    dijk = made.page("01-dijk.xhtml")
    assert words(made, "01-dijk.xhtml").startswith(
        "Dijk Zie Later en verderop, afbeelding 1, Regen.1 1 Ook in een noot: Nog later."
    )
    references = [link.get("href") for link in dijk.all("//h:a[@class]")]
    assert references == ["02-regen.xhtml#regen"]
    assert dijk.first("//h:em").text == "verderop"
    assert "04-later.xhtml" not in str(made.files.keys())
    assert made.faults() == []


@pytest.mark.parametrize(("chapters", "last"), [(1, "01-dijk.xhtml"), (3, "03-droog.xhtml")])
def test_as_many_chapters_as_are_asked_for(
    chapters: int, last: str, book: Path, tmp_path: Path
) -> None:
    with (book / "book.toml").open("a") as file:
        file.write(f"[epub]\nextract = {chapters}\n")
    spine = [page.file for page in extract(book, tmp_path / "out").spine]
    assert spine[-2:] == [last, "extract-end.xhtml"]


def test_an_extract_that_leaves_nothing_out_is_told(book: Path, tmp_path: Path) -> None:
    with (book / "book.toml").open("a") as file:
        file.write("[epub]\nextract = 4\n")
    found = [str(one) for one in build(book, tmp_path / "out", ("extract",)).problems]
    assert "book.toml:1:1: warning K708 the extract leaves nothing of the book out" in found


def test_a_book_of_one_chapter_is_not_given_away_whole(tmp_path: Path) -> None:
    book, out = shutil.copytree(BASE, tmp_path / "book"), tmp_path / "out"
    with (book / "book.toml").open("a") as file:
        file.write(f'[identifiers]\nepub = "{ISBN}"\n')
    (found,) = (one for one in build(book, out, ("extract",)).problems if one.code == "K708")
    assert "this book has one" in found.hint and "extract =" not in found.hint
    assert main(["build", str(book), "--out", str(out), "--for", "kobo"]) == 0
    copies = {one.name for one in (out / "shops" / "kobo").iterdir()}
    assert copies == {f"{ISBN}.epub", f"{ISBN}.jpg"}


# What it says of itself ---------------------------------------------------------------------------


def test_it_bears_no_number_of_the_whole(whole_and_part: tuple[Epub, Epub]) -> None:
    whole, part = whole_and_part
    (own,) = part.meta("dc:identifier")
    assert own.startswith("urn:uuid:")
    assert own not in whole.meta("dc:identifier")
    assert f"urn:isbn:{ISBN}" in whole.meta("dc:identifier")
    (ncx,) = (data for name, data in part.files.items() if name.endswith(".ncx"))
    assert own.encode() in ncx
    assert ISBN.encode() not in ncx
    assert part.meta("dc:title")[0] == f"{whole.meta('dc:title')[0]} (leesfragment)"


def test_its_last_page_tells_where_the_whole_is(whole_and_part: tuple[Epub, Epub]) -> None:
    _, part = whole_and_part
    assert words(part, "extract-end.xhtml") == (
        "Tot zover het leesfragment"
        " Dit was een deel van Waar de beek bleef, werkgroep Waterlijn."
        " Het hele boek is een uitgave van Stichting Waterlijn, Mechelen."
        " ISBN 978-0-00-000000-2 (e-boek) ISBN 978-0-00-000001-9 (gedrukt boek)"
    )
    number = b"978-0-00-000000-2"
    assert [one for one, data in part.files.items() if number in data] == ["EPUB/extract-end.xhtml"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "Het hele boek is er bij wie dit fragment aanbiedt."),
        ("en", "The whole book is to be had from whoever offers this extract."),
        ("de", "Das ganze Buch gibt es dort, wo diese Leseprobe angeboten wird."),
        ("fr", "Le livre entier est disponible là où cet extrait est proposé."),
    ],
)
def test_a_book_without_a_publisher_or_a_number(
    language: str, said: str, book: Path, tmp_path: Path
) -> None:
    with (book / "book.toml").open("a") as file:
        file.write(f'language = "{language}"\n')
    made = extract(book, tmp_path / "out")
    assert words(made, "extract-end.xhtml").endswith(said)


# As an output -------------------------------------------------------------------------------------


def subject_of(folder: Path, out: Path) -> Subject:
    read = read_manuscript(folder)
    assert read.book
    return Subject(folder, out, read.book, read.sources, (), state_of(folder, out))


def test_the_check_reads_it_word_for_word(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    extract(book, out)
    assert [str(one) for one in epub.check(subject_of(book, out))] == []
    monkeypatch.setattr(epubcheck, "run", lambda path: [])
    path = out / "extract" / "drie-dagen-regen-extract.epub"
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data.replace(b"Het regende", b"Het hagelde"))
    (found,) = epub.check(subject_of(book, out))
    assert str(found) == (
        "02-regen.md:3:5: error P404 drie-dagen-regen-extract.epub does not hold the words of the"
        " manuscript: “regende” has become “hagelde”"
    )


@pytest.mark.browser
def test_ace_has_nothing_to_say(complete: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KATERN_ACE")
    assert [str(one.problem) for one in ace.run(complete["extract"])] == []


def test_it_is_kept_cleaned_and_no_part_of_all(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(book, out)
    again = build(book, out, ("extract",))
    assert (again.made, [one.name for one in again.kept]) == (
        (),
        ["drie-dagen-regen-extract.epub"],
    )
    found = [one.message for one in check(book, out, False, names=("extract",))]
    assert [one for one in found if "extract" in one] == []
    (out / "extract" / "eigen.txt").write_text("eigen")
    assert main(["clean", str(out)]) == 0
    assert [one.name for one in out.rglob("*") if one.is_file()] == ["eigen.txt"]


def test_another_books_extract_is_left_alone(book: Path, tmp_path: Path) -> None:
    out, other = tmp_path / "out", tmp_path / "other"
    extract(book, out)
    shutil.copytree(book, other)
    built = build(other, out, ("extract",))
    assert [one.code for one in built.problems if one.severity == "error"] == ["K707"]
    assert built.made == ()


def test_a_book_of_another_name_leaves_no_old_extract(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    extract(book, out)
    settings = (book / "book.toml").read_text()
    (book / "book.toml").write_text(f'slug = "regen"\n{settings}')
    extract(book, out)
    assert [one.name for one in (out / "extract").iterdir()] == ["regen-extract.epub"]
