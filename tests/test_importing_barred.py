"""Characters that no manuscript may hold: an import leaves them out, and tells where they stood."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from msgspec import structs
from test_importing_docx import element, run, saved, taken
from test_importing_shapes import assert_accounted, read_back

from publish.book.inlines import plain
from publish.book.model import Book, Paragraph
from publish.importing import Imported, import_extract, import_source, import_text
from publish.importing.lines import LINE_END, make_line
from publish.importing.model import Extract, Facts
from publish.manuscript.folder import read_manuscript
from publish.settings.schema import STEERING

REFUSED = [char for char in map(chr, range(0x10000)) if STEERING.match(char)]
"""What a manuscript is refused for."""
TOLD = [char for char in REFUSED if not LINE_END.match(char) and char not in "\f\ufeff"]
"""The same but for ends of lines and pages, and the mark that a file may begin with."""


def paragraphs(book: Book) -> list[str]:
    blocks = [block for chapter in book.chapters for block in chapter.blocks]
    return [plain(one.inlines) for one in blocks if isinstance(one, Paragraph)]


def told(imported: Imported) -> list[tuple[int, int, str]]:
    notes = [one for one in imported.notes if one.code in ("control", "turning")]
    return sorted((one.line, one.column, one.message) for one in notes)


@pytest.mark.parametrize("char", REFUSED, ids=lambda char: f"{ord(char):04X}")
def test_a_book_holds_none_of_what_a_manuscript_is_refused_for(char: str, tmp_path: Path) -> None:
    """At the edge of a word and of a paragraph, within a word, among blanks, in the title."""
    text = (
        f"De m{char}olen\n\nHoofdstuk 1\n\n{char}De wind ging l{char}iggen om vijf {char} uur.\n\n"
        f"{char}\n\nHet b{char}leef droog.{char}\n"
    )
    imported = import_text(text, "raw.txt", "nl")
    assert_accounted(text, imported)
    written = [text for name, text in imported.files.items() if name.endswith((".md", ".toml"))]
    assert not STEERING.search("".join(written))
    assert read_back(imported, tmp_path / "book").book
    lines = [line for line, _, _ in told(imported)]
    assert lines == ([1, 5, 5, 5, 7] if char in TOLD else [])


@pytest.mark.parametrize(
    ("char", "hint"),
    [("\x01", "something else was meant"), ("\u202e", "[words]{dir=rtl}")],
)
def test_a_character_is_left_out_of_a_text_of_any_length_and_told_where_it_stood(
    char: str, hint: str, tmp_path: Path
) -> None:
    source = tmp_path / "raw.txt"
    source.write_text(f"Kop\n\nJa, d{char}at.\n", "utf-8")
    problems, _ = import_source(source, tmp_path / "book", "nl")
    (problem,) = (one for one in problems if "left out" in one.message)
    wanted = f"raw.txt:3:6: warning I802 the character U+{ord(char):04X} is left out"
    assert str(problem) == wanted
    assert hint in problem.hint
    read = read_manuscript(tmp_path / "book")
    assert read.book and paragraphs(read.book)[-1] == "Ja, dat."


def test_of_many_the_first_are_told_with_their_places_and_how_many_more_there_are() -> None:
    text = "Kop\n\nDe wind.\x07 Het bleef droog.\x07\x07\n" + "Nog een\x07 regel\x1f tekst.\n" * 9
    imported = import_text(text, "raw.txt", "nl")
    bell = "the character U+0007 is left out"
    assert [one for one in told(imported) if "0007" in one[2]] == [
        (3, 9, bell),
        (3, 27, bell),
        (3, 28, bell),
        (4, 8, bell),
        (5, 8, f"{bell}, and so it is in 7 more places"),
    ]
    assert len(told(imported)) == 10


def test_the_report_shows_them_and_is_not_turned_by_them() -> None:
    page = import_text("De wi\u202end ging liggen.\n", "raw.txt", "nl").files["import-report.html"]
    assert "De wi[U+202E]nd ging liggen." in page and not STEERING.search(page)


def test_the_name_of_a_file_may_hold_one(tmp_path: Path) -> None:
    imported = import_text("De wind ging liggen.\n", "de-\u202emolen.txt", "nl")
    book = read_back(imported, tmp_path / "book").book
    assert book and book.settings.title == "De molen"


def test_of_a_source_with_pages_the_page_is_told() -> None:
    line = make_line(1, "De w\u2067ind draaide.", 0, 0, 0)
    lines = (structs.replace(line, facts=Facts(1)),)
    extract = Extract("De w\u2067ind draaide.", lines, language="nl", places=(7,))
    imported = import_extract(extract, "raw.pdf")
    assert_accounted(extract.text, imported)
    assert told(imported) == [(7, 1, "the character U+2067 is left out")]


def test_a_document_is_freed_of_them_as_well(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("De mo\u2067len", style="Title")
    made.add_paragraph("\u202e")
    paragraph = made.add_paragraph("De wind\u202e")
    paragraph._p.append(element('<w:r><w:sym w:char="0007"/><w:sym w:char="D800"/></w:r>'))
    paragraph._p.append(element('<w:r><w:sym w:char="FFFFFFFFF"/><w:sym w:char="000A"/></w:r>'))
    key = made.part.relate_to("https://a.example/\u202eb", RELATIONSHIP_TYPE.HYPERLINK, True)
    paragraph._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}">{run("draaide")}</w:hyperlink>')
    )
    imported, book = taken(saved(made), tmp_path)
    assert book.settings.title == "De molen"
    assert paragraphs(book) == ["De wind draaide"]
    assert "[draaide](https://a.example/b)" in "".join(imported.files.values())
    assert told(imported) == [
        (1, 6, "the character U+2067 is left out"),
        (2, 1, "the character U+202E is left out"),
        (3, 8, "the character U+202E is left out"),
        (3, 9, "the character U+0007 is left out"),
    ]


@pytest.mark.parametrize("char", ["\x07", "\u200b", "\u200f", "\x07\u200b", "\x07 \x07", "\x07\t"])
def test_what_is_left_out_between_two_blanks_leaves_one(char: str, tmp_path: Path) -> None:
    text = f"Kop\n\nOm vijf {char} uur bleef het droog.\n"
    imported = import_text(text, "raw.txt", "nl")
    assert_accounted(text, imported)
    (written,) = (text for name, text in imported.files.items() if name.endswith(".md"))
    assert "Om vijf uur bleef het droog." in written


@pytest.mark.parametrize("char", ["\u200e", "\u200f"])
def test_a_mark_that_turns_the_signs_beside_it_is_left_out_and_told(
    char: str, tmp_path: Path
) -> None:
    text = f"Kop\n\nHet was vijf{char} uur.\n"
    imported = import_text(text, "raw.txt", "nl")
    assert_accounted(text, imported)
    left = f"the character U+{ord(char):04X} is left out"
    assert told(imported) == [(3, 13, left)]
    made = docx.Document()
    made.add_paragraph(f"Het was vijf{char} uur.")
    imported, book = taken(saved(made), tmp_path)
    assert paragraphs(book) == ["Het was vijf uur."]
    assert told(imported) == [(1, 13, left)]
