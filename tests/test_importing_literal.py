"""Words that look like a manuscript's own marks, in a source where they mean nothing.

The book says them as they stand in the source, and nothing else is made of them.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import fill

import pytest
from test_importing_docx import W, run
from test_importing_docx_kept import CALL, book_of, paragraph, table
from test_importing_shapes import assert_accounted, parts_of, read_back

from publish.book.inlines import LineBreak, Link, Styled, plain, walk_inlines
from publish.book.model import BlockQuote, DefinitionList, ListBlock, Paragraph, Table
from publish.importing import import_text

BEFORE = "De molen draait nog elke zaterdag, en wie er langs komt mag binnen kijken hoe het gaat."
AFTER = "Het meel gaat naar de bakker van het dorp, die er broden van bakt voor wie vroeg opstaat."
MARKS = (
    *("::: verse", "::: {.x}", ":::", "# geen kop", "## Ook geen", "> citaat?", "> Citaat"),
    *("[^1]", "[^1]: Geen noot", "![..](..)", "[naam]: http://voorbeeld.nl", "1986\\. was het"),
    *("- Streepje", "- streepje", "+ Plus", "* ster", "| a | b |", ": definitie", "{.klasse}"),
    *("```", "~~~ toml", "<div>tekst</div>", "<!-- stil -->", "=== is", "\\slot"),
)


@pytest.mark.parametrize("line", MARKS)
@pytest.mark.parametrize("width", [44, 70, 200])
def test_a_line_of_marks_in_a_raw_text_is_a_paragraph_of_its_own(
    line: str, width: int, tmp_path: Path
) -> None:
    raw = f"De molen\n\n{fill(BEFORE, width)}\n\n{line}\n\n{fill(AFTER, width)}\n"
    imported = import_text(raw, "molen.txt", "nl")
    assert_accounted(raw, imported)
    ((_, blocks),) = parts_of(read_back(imported, tmp_path / "book"))
    assert blocks == [("p", BEFORE), ("p", line), ("p", AFTER)]


@pytest.mark.parametrize("line", ["::: verse", "# geen kop", "| a | b |"])
def test_a_line_of_marks_is_no_caption_where_it_breaks_a_sentence_off(
    line: str, tmp_path: Path
) -> None:
    above = "De molen draait nog elke zaterdag, en wie er\nlangs komt mag binnen kijken hoe"
    below = "het gaat. Het meel gaat naar de bakker van\nhet dorp, die er broden van bakt."
    raw = f"De molen\n\n{above}\n\n{line}\n\n{below}\n"
    imported = import_text(raw, "molen.txt", "nl")
    assert_accounted(raw, imported)
    ((_, blocks),) = parts_of(read_back(imported, tmp_path / "book"))
    assert ("p", line) in blocks
    assert {kind for kind, _ in blocks} == {"p"}


@pytest.mark.parametrize("line", ["De molen in de winter", "Wie maalt er nog"])
def test_no_line_is_wider_than_a_column_that_the_text_has_not(line: str, tmp_path: Path) -> None:
    """One paragraph a line, and two short lines that alone stand below one another."""
    raw = f"De molen\n\nJan Mol\nGent\n\n{BEFORE}\n\n{line}\n\n{AFTER}\n"
    imported = import_text(raw, "molen.txt", "nl")
    assert_accounted(raw, imported)
    said = [one for _, blocks in parts_of(read_back(imported, tmp_path / "book")) for one in blocks]
    assert not [one for one in said if one[0] == "photo"]
    assert not [note for note in imported.notes if note.code == "wide"]


def test_long_lines_are_paragraphs_however_many_short_ones_stand_between(tmp_path: Path) -> None:
    long = f"{BEFORE} {AFTER}"
    short = [f"Van de {number}e dag" for number in range(1, 10)]
    verse = "\n".join(f"Regel {number} van het lied" for number in range(1, 9))
    raw = "De molen\n\n" + "\n\n".join([long, verse, *(f"{long}\n\n{one}" for one in short), long])
    imported = import_text(raw, "molen.txt", "nl")
    assert_accounted(raw, imported)
    said = [one for _, blocks in parts_of(read_back(imported, tmp_path / "book")) for one in blocks]
    assert not [one for one in said if one[0] == "photo"]
    assert [one for one in said if one == ("p", long)] == [("p", long)] * 11


BREAK = "<w:r><w:br/></w:r>"
LINES = ("# geen kop", "1. een", "- twee", "::: verse", " + drie", "===", "&gt; vier", ": vijf")


@pytest.mark.parametrize("style", ["", "ListBullet", "Quote"])
def test_a_line_after_a_break_means_itself(style: str, tmp_path: Path) -> None:
    xml = paragraph(BREAK.join(map(run, ("De molen", *LINES))), style)
    _, book = book_of(tmp_path, xml)
    (found,) = book.chapters[0].blocks
    while isinstance(found, ListBlock | BlockQuote):
        (found,) = found.items[0] if isinstance(found, ListBlock) else found.blocks
    assert isinstance(found, Paragraph)
    assert sum(isinstance(one, LineBreak) for one in walk_inlines(found.inlines)) == len(LINES)
    shown = plain(found.inlines).split()
    assert shown == " ".join(("De molen", *LINES)).replace("&gt;", ">").split()


@pytest.mark.parametrize("line", ["# geen kop", "1. een", "- twee", "&gt; drie", ": vier"])
def test_what_stands_apart_may_begin_with_marks(line: str, tmp_path: Path) -> None:
    """A note, its second paragraph, a definition, the caption of a table."""
    paragraphs = f"<w:p>{run(line)}{BREAK}{run(line)}</w:p><w:p>{run(line)}</w:p>"
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{paragraphs}</w:footnote></w:footnotes>'
    blocks = (
        paragraph(run("De molen") + CALL),
        paragraph(run("Wiek"), "DefinitionTerm"),
        paragraph(run(line), "Definition"),
        paragraph(run(line), "TableCaption"),
        table((paragraph(run("Jaar")),), (paragraph(run("1986")),)),
    )
    _, book = book_of(tmp_path, *blocks, notes=notes)
    said = line.replace("&gt;", ">")
    (chapter,) = book.chapters
    _, defined, found = chapter.blocks
    assert isinstance(found, Table) and isinstance(defined, DefinitionList)
    assert plain(found.caption) == said
    ((_, ((meant,),)),) = defined.entries
    inner = (meant, *chapter.notes[0].blocks)
    assert all(isinstance(one, Paragraph) for one in inner)
    assert [plain(one.inlines).split() for one in inner] == [  # type: ignore[union-attr]
        said.split(), [*said.split(), *said.split()], said.split()
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words", ["haken [x](y)", "zie] dit", "a [1]", "[x]", "]{.smallcaps}", "[["]
)
@pytest.mark.parametrize("mark", ["<w:smallCaps/>", '<w:lang w:val="en-GB"/>', "link"])
def test_brackets_in_bracketed_words_close_nothing(tmp_path: Path, words: str, mark: str) -> None:
    link = "<w:fldSimple w:instr='HYPERLINK &quot;https://a.nl/&quot;'>{}</w:fldSimple>"
    inner = link.format(run(words)) if mark == "link" else run(words, mark)
    _, book = book_of(
        tmp_path,
        paragraph(run("Over ") + inner + run(" en zo.")),
    )
    (found,) = book.chapters[0].blocks
    assert isinstance(found, Paragraph)
    assert plain(found.inlines) == f"Over {words} en zo."
    marked = [one for one in walk_inlines(found.inlines) if isinstance(one, Link | Styled)]
    assert [plain(one.children) for one in marked] == [words]
