"""Headings of a word processor's file without a text of their own."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from test_importing_docx import run, saved, taken
from test_importing_docx_kept import WIND, book_of, lines_told, paragraph, shown
from test_importing_docx_parts import part

from publish.book.inlines import plain
from publish.book.model import Book, Heading
from publish.importing import import_source


def heading(text: str, level: int = 1) -> str:
    return paragraph(run(text), f"Heading{level}")


def outline(book: Book) -> list[tuple[int, str]]:
    """Return level and words of each title and heading."""
    return [
        one
        for chapter in book.chapters
        for one in (
            *([(1, plain(chapter.title.inlines))] if chapter.title else []),
            *((b.level, plain(b.inlines)) for b in chapter.blocks if isinstance(b, Heading)),
        )
    ]


@pytest.mark.parametrize("below", [(WIND,), ()])
def test_equal_headings_with_no_text_between_stay_equal_but_for_the_first(
    below: tuple[str, ...], tmp_path: Path
) -> None:
    names = ("Het begin", "De molen", "De wind")
    imported, book = book_of(tmp_path, *map(heading, names), *below)
    assert outline(book) == [(1, "Het begin"), (2, "De molen"), (2, "De wind")]
    said = "stands below “Het begin” with no text between, and within it"
    assert lines_told(imported, "heading") == [
        (2, f"“De molen” {said}"),
        (3, f"“De wind” {said}"),
    ]


def test_a_heading_of_another_rank_is_what_its_chapter_holds(tmp_path: Path) -> None:
    blocks = (heading("Het begin"), heading("De molen", 2), heading("Het slot"), WIND)
    imported, book = book_of(tmp_path, *blocks)
    assert outline(book) == [(1, "Het begin"), (2, "De molen"), (1, "Het slot")]
    assert lines_told(imported, "heading") == []


def test_a_heading_at_the_end_heads_nothing_and_is_told(tmp_path: Path) -> None:
    imported, book = book_of(tmp_path, heading("Het begin"), WIND, heading("Het slot"))
    assert outline(book) == [(1, "Het begin")]
    said = "“Het slot” heads no text, and is a paragraph"
    assert lines_told(imported, "heading") == [(3, said)]


def test_a_standfirst_below_which_only_a_heading_stands_is_its_text(tmp_path: Path) -> None:
    made = docx.Document()
    made.styles.add_style("Abstract", WD_STYLE_TYPE.PARAGRAPH)
    made.add_paragraph("De wind ging liggen.", style="Abstract")
    made.add_heading("Het begin", 1)
    _, book = taken(saved(made), tmp_path)
    (chapter,) = book.chapters
    assert outline(book) == [(1, "Het begin")]
    assert [shown(one) for one in chapter.blocks] == ["De wind ging liggen."]


@pytest.mark.parametrize(
    "blocks",
    [
        (paragraph(run("De molen"), "Title"),),
        (heading("De molen"),),
        (paragraph(run("De molen"), "Title"), paragraph(run("Nu"), "Subtitle"), heading("Wind")),
    ],
)
def test_a_file_with_titles_alone_is_refused(blocks: tuple[str, ...], tmp_path: Path) -> None:
    made = docx.Document()
    for xml in blocks:
        made.element.body.insert(len(made.element.body) - 1, part(xml))
    source = tmp_path / "bron.docx"
    source.write_bytes(saved(made))
    (problem,), files = import_source(source, tmp_path / "book", "nl")
    assert (problem.code, problem.severity, files) == ("I801", "error", [])
    assert str(problem).startswith("bron.docx:1:1: error I801 there is nothing to set")
    assert problem.hint
    assert not (tmp_path / "book").exists()
    raw = tmp_path / "bron.txt"
    raw.write_text("De molen\n\nDoor Jan Mol\n", "utf-8")
    (problem,), _ = import_source(raw, tmp_path / "book", "nl")
    assert "there is nothing to set" in problem.message
