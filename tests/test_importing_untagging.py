"""Words that a source marks with what is no language tag, and an import in such a language."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from test_importing_docx import element, run, saved
from test_importing_docx_kept import book_of, lines_told, paragraph

from publish.book.inlines import Styled, plain, walk_inlines
from publish.importing import import_extract, import_source
from publish.importing.docx import read_docx
from publish.importing.model import Extract, Facts, Line, Mark, Run


def lang(tag: str) -> str:
    return f'<w:lang w:val="{tag}"/>'


def test_a_tag_that_is_none_is_left_off_and_told_once(tmp_path: Path) -> None:
    words = run("De wind ") + run("hier", lang("x-none")) + run(" zei ") + run("mot", lang("fr!!"))
    again = run("Het ") + run("daar", lang("x-none")) + run(" bleef ") + run("dry", lang("en-GB"))
    imported, book = book_of(tmp_path, paragraph(words), paragraph(again))
    marked = [
        plain(one.children)
        for block in book.chapters[0].blocks
        for one in walk_inlines(block.inlines)  # type: ignore[union-attr]
        if isinstance(one, Styled)
    ]
    assert marked == ["dry"]
    assert lines_told(imported, "language") == [
        (1, "“fr!!” is no language tag; “mot” is marked with none here"),
        (1, "“x-none” is no language tag; “hier” is marked with none here"),
    ]


def test_a_document_is_in_the_language_of_most_words_that_have_one(tmp_path: Path) -> None:
    made = docx.Document()
    for text, tag in (("De wind draaide de hele nacht.", "x-none"), ("Es regnet.", "de-DE")):
        made.add_paragraph()._p.append(element(run(text, lang(tag))))
    path = tmp_path / "bron.docx"
    path.write_bytes(saved(made))
    assert read_docx(path).language == "de-DE"


def test_a_tag_of_any_source_is_looked_at(tmp_path: Path) -> None:
    runs = (Run("De wind ", 1, 0, 8), Run("mot", 1, 8, 11, marks=(Mark("language", "x y"),)))
    line = Line(1, runs, "De wind mot", facts=Facts(1))
    imported = import_extract(Extract("De wind mot", (line,), language="nl"), "bron.pdf")
    assert [(one.code, one.line) for one in imported.notes if one.code == "language"] == [
        ("language", 1)
    ]
    assert not any("lang=" in text for name, text in imported.files.items() if name[0] == "0")


@pytest.mark.parametrize("tag", ["x y", "x-none", "nl!", "nederlands", 'nl"'])
def test_an_import_in_what_is_no_language_is_refused(tmp_path: Path, tag: str) -> None:
    path = tmp_path / "bron.txt"
    path.write_text("De wind draaide.", "utf-8")
    (problem,), made = import_source(path, tmp_path / "book", tag)
    assert (problem.code, problem.message) == ("I801", f"“{tag}” is no language tag")
    assert not made and not (tmp_path / "book").exists()
