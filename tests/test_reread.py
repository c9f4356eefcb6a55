"""The words of what a build makes are compared with the manuscript's, and the verdict is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import BOOKS, shop_of, subject_of
from msgspec.structs import replace

from publish.__main__ import main
from publish.book.model import Chapter
from publish.building.build import build
from publish.building.workshop import Workshop
from publish.checks import pdf_words
from publish.checks.epub_reader import read_ebook
from publish.checks.epub_words import EpubWords
from publish.checks.pdf_text import Run
from publish.checks.reread import reread
from publish.checks.type_area import TypeArea
from publish.checks.verdicts import Verdicts
from publish.engine.layout import write_pdf
from publish.ground.problems import Problem
from publish.ground.shelf import Shelf

MORE = "Een laatste alinea, die er niet komt.\n"


def test_a_build_that_loses_words_says_which_and_says_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", book)
    command = ["build", str(book), "--out", str(tmp_path / "out"), "--only", "print"]
    short = write_pdf(shop_of(book).room.pages("print"))[0]
    with (book / "01-begin.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{MORE}")
    monkeypatch.setattr(Workshop, "print_pdf", (short, []))
    said = (
        "01-begin.md:5:1: error P404 een-zin-print.pdf does not hold the words of the manuscript:"
        f" “{MORE.strip()}” is lost"
    )
    for _ in ("made", "kept"):
        assert main(command) == 1
        assert said in capsys.readouterr().err.splitlines()
    monkeypatch.undo()
    with (book / "01-begin.md").open("a", encoding="utf-8") as file:
        file.write("\nEn nog een.\n")
    assert main(command) == 0
    assert "P404" not in capsys.readouterr().err


TURNED = (
    ("nl", 'Er staat [אור "zo"10--20]{dir=rtl} en [1953 שלום nu 12]{dir=rtl} op de dijk.'),
    ("nl", "Er staat [אור **x** 2*3\\`]{dir=rtl} en zo [אור 'zo']{dir=rtl} op de dijk."),
    ("he", 'כתוב [1953 op "dijk" אור 12]{dir=ltr} כאן עם [nu 12 שלום]{dir=ltr} על הסכר.'),
)


@pytest.mark.parametrize(("language", "text"), TURNED)
def test_words_in_a_direction_of_their_own_are_not_told_as_lost(
    language: str, text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, out = tmp_path / "book", str(tmp_path / "out")
    shutil.copytree(BOOKS / "hebrew" / "fonts", book / "fonts")
    settings = f'title = "Dijk"\nlanguage = "{language}"\nmodified = 2026-05-04T09:30:00Z\n'
    settings += '[fonts]\nfiles = ["NotoSerifHebrew.woff2"]\n'
    (book / "book.toml").write_text(settings, encoding="utf-8")
    (book / "01-dijk.md").write_text(f"# Dijk\n\n{text}\n", encoding="utf-8")
    assert main(["build", str(book), "--out", out, "--only", "print,screen"]) == 0
    assert "P404" not in capsys.readouterr().err


def test_what_could_not_be_read_through_is_made_and_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[Problem]:
        raise OSError("Read-only file system")

    folder, out = BOOKS / "minimal", tmp_path / "out"
    with monkeypatch.context() as there:
        there.setattr(pdf_words, "compared", broken)
        found = build(folder, out, ["print"], reread=reread)
    assert [one.code for one in found.problems] == ["K706"]
    again = build(folder, out, ["print"], reread=reread)
    assert [file.name for file in again.made] == ["een-zin-print.pdf"]
    assert again.problems == []


def test_a_running_head_that_begins_as_the_book_is_called_is_no_part_of_the_text() -> None:
    page = shop_of(BOOKS / "minimal").room.page
    head, line = Run("Regen", 580.0), Run("Het regende drie dagen.", 300.0)
    runs = [head, Run("en wind", 580.0), line]
    known = TypeArea(page, frozenset({"regen", "regenenwind"}))
    assert known.texts(runs, "1") == ["hetregendedriedagen"]
    assert known.texts([head, line], "1") == ["hetregendedriedagen"]
    short = TypeArea(page, frozenset({"regen"}))
    assert short.texts(runs, "1") == ["enwind", "hetregendedriedagen"]


def test_a_chapter_of_an_ebook_that_has_not_changed_is_not_compared_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, out, seen = tmp_path / "book", tmp_path / "out", []
    shutil.copytree(BOOKS / "complete", book)
    compared = EpubWords.compared

    def told(self: EpubWords, chapter: Chapter, *more: Any) -> Iterator[Problem]:
        seen.append(chapter.name)
        return compared(self, chapter, *more)

    monkeypatch.setattr(EpubWords, "compared", told)

    def made() -> list[str]:
        seen.clear()
        found = build(book, out, ["epub"], reread=reread).problems
        assert "P404" not in [one.code for one in found]
        return list(seen)

    every = made()
    assert len(every) == 7
    with (book / "06-bijlage.md").open("a", encoding="utf-8") as file:
        file.write("\nEn wie het weet, zegt het voort.\n")
    assert made() == ["06-bijlage"]


def test_a_chapter_of_which_words_are_lost_is_compared_every_time(tmp_path: Path) -> None:
    folder, out = BOOKS / "minimal", tmp_path / "out"
    built = build(folder, out, ["epub"], reread=reread)
    assert built.problems == []
    subject, shelf = subject_of(folder, out), Shelf(tmp_path / "shelf")
    ebook = read_ebook(subject.path("epub"))
    book = subject.unset("epub")
    comparison = EpubWords(subject, "x", ebook, book)
    (chapter,) = comparison.chapters.values()
    lost = replace(chapter, blocks=(*chapter.blocks, *chapter.blocks))
    for one, codes in ((lost, ["P404"]), (chapter, []), (lost, ["P404"])):
        for _ in range(2):
            comparison.chapters = dict.fromkeys(comparison.chapters, one)
            verdicts = Verdicts(shelf, "x", "")
            assert [found.code for found in comparison.problems(verdicts)] == codes
            verdicts.keep()
