"""The words of the editions against those of the manuscript: never wrong, and never asleep."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from books.nasty import nasty
from conftest import subject_of

from publish.building.outputs import OUTPUTS, Workshop
from publish.checks import pdf_words
from publish.checks.epub_reader import XHTML, read_ebook
from publish.checks.epub_words import EpubWords
from publish.checks.folding import words_of
from publish.checks.passages import Proof
from publish.checks.pdf_reader import NoPdf
from publish.checks.pdf_text import Run, runs_of
from publish.checks.subject import Subject
from publish.ground.problems import has_errors
from publish.manuscript.folder import read_manuscript
from publish.pages.placing import moved

BOOKS = Path(__file__).parent / "books"
SAMPLE = Path(__file__).parents[1] / "manuscript"
SEEDS = (1, 7, 12)
TRIED = 60
"""Mutations of one kind of edition; each is one word dropped, doubled or changed for the next."""


def printed(folder: Path, out: Path) -> Subject:
    """Make the print PDF of a manuscript; return what its checks look at."""
    subject = subject_of(folder, out)
    assert not has_errors(read_manuscript(folder).problems)
    data, _ = OUTPUTS["print"].make(Workshop(folder, subject.book, dict(subject.sources)))
    out.mkdir(parents=True, exist_ok=True)
    subject.path("print").write_bytes(data)
    return subject


def found_in(subject: Subject) -> list[str]:
    return [str(one) for one in pdf_words.check(subject)]


# Never wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_said_of_a_nasty_manuscript(seed: int, tmp_path: Path) -> None:
    assert found_in(printed(nasty(tmp_path / "book", seed), tmp_path / "out")) == []


def test_a_note_in_a_heading_with_emphasis(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", folder)
    for old in folder.glob("*.md"):
        old.unlink()
    text = "# Een kop[^a] en *nadruk* {#een}\n\nNoot.\n\n## Tussenkop[^b]\n\nNoot b.\n\n"
    notes = "[^a]: Noot.\n\n[^b]: Noot b.\n"
    (folder / "01-een.md").write_text(text + notes, encoding="utf-8")
    (folder / "02-twee.md").write_text("# Noot\n\nNoot een.\n", encoding="utf-8")
    assert found_in(printed(folder, tmp_path / "out")) == []


def test_the_lettering_of_drawings_on_a_small_page(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(SAMPLE, folder)
    settings = (folder / "book.toml").read_text(encoding="utf-8")
    assert settings.count('trim = "A5"') == 1
    settings = settings.replace('trim = "A5"', 'trim = "A6"')
    (folder / "book.toml").write_text(settings, encoding="utf-8")
    subject = printed(folder, tmp_path / "out")
    lettering = [run.text for runs in runs_of(subject.path("print")) for run in runs]
    assert any("4.000" in text and "spoor" in text for text in lettering)
    assert found_in(subject) == []


# Never asleep -------------------------------------------------------------------------------------


def mutated(words: Sequence[str], number: int) -> list[str]:
    """Drop, double or swap one of some words: a third of the numbers for each."""
    at, made = number // 3 % (len(words) - 1), list(words)
    if number % 3 == 0:
        del made[at]
    elif number % 3 == 1:
        made.insert(at, words[at])
    else:
        made[at : at + 2] = reversed(words[at : at + 2])
    return made


def telling(text: str) -> list[str]:
    """Return the words of a text if one of them can be changed and it can be seen."""
    words = text.split()
    plain = [[word.value for word in words_of(one)] for one in words]
    seen = all(one and two and one != two for one, two in pairwise(plain))
    return words if len(words) > 2 and seen and "\u00ad" not in text else []


def proved(comparison: pdf_words._Comparison, pages: Sequence[list[Run]]) -> bool:
    """Tell whether each passage by itself has its words."""
    labels = [page.label for page in comparison.facts.pages]
    proof = Proof(Path(), False, comparison.area, labels)
    return all(proof.is_right(passage, pages) for passage in comparison.passages())


def test_each_change_of_a_word_in_the_pdf_is_caught(
    complete: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = BOOKS / "complete"
    subject = subject_of(folder, complete["print"].parent)
    monkeypatch.setattr(Subject, "fresh", lambda self, name: complete.get(name))
    pages = runs_of(complete["print"])
    facts = pdf_words.facts_of(complete["print"])
    comparison = pdf_words._Comparison(subject, "", facts, pages)
    first, last = comparison.text_pages
    assert proved(comparison, pages)
    assert len(comparison.passages()) == 6
    places = [
        (number, at)
        for number in range(first, last)
        for at, run in enumerate(pages[number])
        if telling(run.text) and run.baseline < subject.shop.room.page.height * 2.5
    ]
    numbers, missed = random.Random(5), []
    for number in range(TRIED):
        page, at = places[int(numbers.random() * len(places))]
        run = pages[page][at]
        text = " ".join(mutated(telling(run.text), number))
        changed = [list(runs) for runs in pages]
        changed[page][at] = Run(text, run.baseline)
        comparison = pdf_words._Comparison(subject, "x", facts, changed)
        if proved(comparison, changed) or not comparison.problems():
            missed.append((run.text, text))
    assert missed == []


def test_each_change_of_a_word_in_the_ebook_is_caught(complete: dict[str, Path]) -> None:
    subject = subject_of(BOOKS / "complete", complete["epub"].parent)
    numbers, missed = random.Random(6), []
    ebook = read_ebook(complete["epub"])
    book = moved(subject.unset("epub"), subject.moves)
    comparison = EpubWords(subject, "x", ebook, book)
    assert list(comparison.problems()) == []
    nodes = [
        element
        for name in comparison.chapters
        for element in ebook.trees[name].iter(f"{XHTML}p", f"{XHTML}li", f"{XHTML}td")
        if telling(element.text or "")
    ]
    for number in range(TRIED):
        node = nodes[int(numbers.random() * len(nodes))]
        before = node.text
        node.text = f" {' '.join(mutated(telling(before), number))} "
        if not list(comparison.problems()):
            missed.append((before, node.text))
        node.text = before
    assert missed == []


# Damaged files ------------------------------------------------------------------------------------

TABLES = (
    b"beginbfchar <01> endbf",
    b"beginbfchar <0001> <041> endbf",
    b"beginbfrange <0001> <0002> endbf",
    b"beginbfrange <0001> <0002> <> endbf",
    b"beginbfrange <0001> <0005> <DBFFDFFF> endbf",
    b"beginbfrange <0001> <0002> [<0041> endbf",
)
CONTENTS = (b"Tf", b"Do", b"1 Td", b"BT /F 12 Tf Tj ET", b"1 0 cm", b"(a) TL", b"Tm")


def one_page(to: Path, table: bytes, content: bytes) -> Path:
    """Write a PDF of one page with a text of one letter."""
    with pikepdf.Pdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=pikepdf.Name("/Letter"),
            ToUnicode=pdf.make_stream(table),
        )
        page = pdf.add_blank_page(page_size=(100, 100))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
        page.obj.Contents = pdf.make_stream(content)
        pdf.save(to)
    return to


def test_a_text_that_cannot_be_read_is_no_sound_pdf(tmp_path: Path) -> None:
    content, table = b"BT /F 12 Tf <0001> Tj ET", b"beginbfchar <0001> <0041> endbfchar"
    assert runs_of(one_page(tmp_path / "a.pdf", table, content)) == [[Run("A")]]
    for bad in TABLES:
        with pytest.raises(NoPdf, match="the font Letter does not say which letters it has"):
            runs_of(one_page(tmp_path / "a.pdf", bad, content))
    for bad in CONTENTS:
        with pytest.raises(NoPdf, match="the content of page 1 is damaged"):
            runs_of(one_page(tmp_path / "a.pdf", table, bad))


def test_an_edition_whose_text_cannot_be_read_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = one_page(tmp_path / "a.pdf", TABLES[0], b"BT /F 12 Tf <0001> Tj ET")
    subject = subject_of(BOOKS / "minimal", tmp_path)
    monkeypatch.setattr(Subject, "fresh", lambda self, name: made if name == "print" else None)
    (found,) = pdf_words.check(subject)
    assert (found.code, found.message) == (
        "P403",
        "a.pdf is no sound PDF: the font Letter does not say which letters it has",
    )
