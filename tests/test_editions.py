"""A book as one edition shows it: what is left out, and how what is left is numbered."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.book.inlines import Edition, Inline, NoteReference, plain, walk_inlines
from publish.book.model import Book, Figure, ListBlock, Paragraph, Table, Verse
from publish.book.walking import lines_of, walk
from publish.manuscript.folder import read_manuscript
from publish.text.contents import contents, flat
from publish.text.editions import check_edition, edition_of

SETTINGS = 'title = "Proef"\nmodified = 2026-03-01T08:00:00Z\n'
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


class Maker:
    """Makes a book of the texts of its chapters."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *chapters: str, settings: str = "", photos: str = "") -> Book:
        (self.folder / "photos").mkdir()
        (self.folder / "book.toml").write_text(SETTINGS + settings)
        captions = ""
        for name in photos.split():
            (self.folder / "photos" / f"{name}.svg").write_text(DRAWING)
            shown = "decorative = true" if name == "sier" else f'caption = "{name}"\nalt = "{name}"'
            captions += f'[{name}]\nfile = "{name}.svg"\n{shown}\n'
        (self.folder / "captions.toml").write_text(captions)
        for number, text in enumerate(chapters, 1):
            (self.folder / f"{number:02}.md").write_text(text)
        manuscript = read_manuscript(self.folder)
        assert manuscript.problems == []
        assert manuscript.book
        return manuscript.book


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


def words(book: Book) -> list[str]:
    """Return the text of each line of a book, titles and notes with the rest."""
    found = []
    for chapter in book.chapters:
        notes = [block for note in chapter.notes for block in note.blocks]
        titles = [chapter.title] if chapter.title else []
        for block in walk((*titles, *chapter.blocks, *notes)):
            found += [plain(line) for line in lines_of(block) if plain(line)]
    return found


def inlines(book: Book) -> list[Inline]:
    return [
        inline
        for chapter in book.chapters
        for block in walk(
            (*chapter.blocks, *(one for note in chapter.notes for one in note.blocks))
        )
        for line in lines_of(block)
        for inline in walk_inlines(line)
    ]


def test_what_an_edition_shows(make: Maker) -> None:
    book = make(
        "# Een\n\nVoor [papier]{.print-only}[scherm]{.epub-only} hier.\n\n"
        "{.print-only}\nAlinea P.\n\n"
        "::: {.epub-only}\nGroep E.\n:::\n\n- punt\n\n  {.print-only}\n  punt P\n\n"
        "> {.epub-only}\n> citaat E\n\n"
        "Noot.[^a]\n\n[^a]: Tekst.\n\n    {.print-only}\n    Noot P.\n",
        '+++\nonly = "print"\n+++\n\n# Papier\n\nAlleen daar.\n',
        '+++\nonly = "epub"\n+++\n\n# Scherm\n\nAlleen daar.\n',
    )
    assert words(edition_of(book, "print")) == [
        "Een", "Voor papier hier.", "Alinea P.", "punt", "punt P", "Noot.", "Tekst.", "Noot P.",
        "Papier", "Alleen daar.",
    ]  # fmt: skip
    assert words(edition_of(book, "epub")) == [
        "Een", "Voor scherm hier.", "Groep E.", "punt", "citaat E", "Noot.", "Tekst.",
        "Scherm", "Alleen daar.",
    ]  # fmt: skip


NOTES = (
    "# Een\n\nEerst.[^b] Dan.[^a] Weer.[^b]\n\n"
    "[^a]: Noot a.[^c]\n\n[^b]: Noot b.\n\n[^c]: Noot c.\n"
)


def test_what_an_edition_leaves_without_words_stands_nowhere(make: Maker) -> None:
    gone = "[Weg.]{.print-only}"
    book = make(
        f"# Een\n\nHeel.\n\n{gone}\n\n*{gone}* \n\n> {gone}\n\n- {gone}\n\n- Blijft.\n\n"
        f"::: sidebar\n{gone}\n:::\n\n[{gone}]{{#anker}}\n\n"
        f"::: verse\n{gone}\n\nRegel\n{gone}\n:::\n\n::: verse\n{gone}\n:::\n"
    )
    (shown,) = edition_of(book, "epub").chapters
    paragraph, items, anchor, verse = shown.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.inlines) == "Heel."
    assert isinstance(items, ListBlock)
    assert len(items.items) == 1
    assert isinstance(anchor, Paragraph)
    assert isinstance(verse, Verse)
    assert [[plain(line) for _, line in stanza] for stanza in verse.stanzas] == [["Regel"]]
    assert [place.line for place in verse.places] == [24]
    assert words(edition_of(book, "print")).count("Weg.") == 9


def test_notes_are_numbered_as_they_are_called(make: Maker) -> None:
    book = edition_of(make(NOTES, NOTES.replace("Een", "Twee")), "print")
    for chapter in book.chapters:
        assert [(note.label, note.number) for note in chapter.notes] == [
            ("b", 1),
            ("a", 2),
            ("c", 3),
        ]
    calls = [
        (one.label, one.number, one.again)
        for one in inlines(book)
        if isinstance(one, NoteReference)
    ]
    assert calls == [("b", 1, 0), ("a", 2, 0), ("b", 1, 1), ("c", 3, 0)] * 2


def test_notes_are_numbered_in_the_order_in_which_their_calls_are_read(make: Maker) -> None:
    text = (
        "::: pullquote\nGezegd.[^a]\n\n— Wie[^b]\n:::\n\nTerm[^c]\n: Uitleg.[^d]\n\n"
        "Twee[^e]\n: Nog.[^f]\n\n- Een[^g]\n\n  Twee.[^h]\n"
    )
    notes = "".join(f"\n[^{label}]: Noot.\n" for label in "hgfedcba")
    (chapter,) = edition_of(make(f"# Een\n\n{text}{notes}"), "print").chapters
    numbers = {note.label: note.number for note in chapter.notes}
    assert numbers == {label: number for number, label in enumerate("abcdefgh", 1)}


def test_a_note_that_a_note_alone_calls_comes_after_it(make: Maker) -> None:
    text = (
        "# Een\n\nEerst.[^a] Dan.[^b]\n\n[^a]: Noot a.[^c] En.[^b]\n\n[^b]: Noot b.\n\n"
        "[^c]: Noot c.[^d] Rond.[^a]\n\n[^d]: Noot d.[^c]\n"
    )
    book = edition_of(make(text), "print")
    notes = [(note.label, note.number) for note in book.chapters[0].notes]
    assert notes == [("a", 1), ("c", 2), ("d", 3), ("b", 4)]
    calls = [
        (one.label, one.number, one.again)
        for one in inlines(book)
        if isinstance(one, NoteReference)
    ]
    in_text, in_notes = [("a", 1, 0), ("b", 4, 0)], [("c", 2, 0), ("b", 4, 1), ("d", 3, 0)]
    assert calls == [*in_text, *in_notes, ("a", 1, 1), ("c", 2, 1)]


def test_notes_of_chapters_that_run_on_count_on(make: Maker) -> None:
    settings = '[print]\nchapters = "run-on"\n'
    book = edition_of(make(NOTES, NOTES.replace("Een", "Twee"), settings=settings), "print")
    assert [note.number for chapter in book.chapters for note in chapter.notes] == [
        1,
        2,
        3,
        4,
        5,
        6,
    ]


def test_a_note_that_one_edition_does_not_call(make: Maker) -> None:
    book = make(
        "# Een\n\nHier.[^a] {.x}\n".replace(" {.x}", "")
        + "\n{.print-only}\nDaar.[^b]\n\n[^a]: A.\n\n[^b]: B.\n"
    )
    assert [note.label for note in edition_of(book, "print").chapters[0].notes] == ["a", "b"]
    assert [note.label for note in edition_of(book, "epub").chapters[0].notes] == ["a"]


TABLE = "| a |\n|---|\n| b |\n\n: Tabel {#NAME}\n"


def test_figures_and_tables_are_numbered_through_the_book(make: Maker) -> None:
    book = make(
        "# Een\n\n![](een){.print-only}\n\n![](sier)\n\n![](twee)\n\n"
        + TABLE.replace("NAME", "t1"),
        "# Twee\n\n::: sidebar\n![](drie)\n:::\n\nZie [](#drie), [](#t2) en [](#een-twee).\n\n"
        + TABLE.replace("NAME", "t2")
        + "\n## Een twee\n\nTekst.[^a]\n\n[^a]: Noot.\n",
        photos="een sier twee drie",
    )
    expected: dict[Edition, dict[str, int]] = {
        "print": {"een": 1, "sier": 0, "twee": 2, "drie": 3},
        "epub": {"sier": 0, "twee": 1, "drie": 2},
    }
    for name, numbers in expected.items():
        edition = edition_of(book, name)
        found, tables = {}, []
        for chapter in edition.chapters:
            for block in walk(chapter.blocks):
                if isinstance(block, Figure):
                    found[block.photo] = block.number
                elif isinstance(block, Table):
                    tables.append(block.number)
        assert (found, tables) == (numbers, [1, 2])
        assert edition.targets["drie"].label == f"afbeelding {numbers['drie']}"
        assert edition.targets["t2"].label == "tabel 2"
        assert edition.targets["een-twee"].label == "Een twee"
        assert {one.chapter for one in edition.targets.values()} == {"01", "02"}
        assert check_edition(edition, name) == []


def test_a_reference_knows_what_its_edition_lacks(make: Maker) -> None:
    book = make(
        "# Een\n\nZie [](#p), [daar](#p) en [](#een).\n\n{.print-only}\n## Papier {#p}\n\nTekst.\n"
    )
    assert check_edition(edition_of(book, "print"), "print") == []
    (problem,) = check_edition(edition_of(book, "epub"), "epub")
    assert str(problem).startswith("01.md:3:5: error M235 the e-book leaves out “p”")


def test_contents(make: Maker) -> None:
    book = make(
        "# Een\n\nA.\n\n### Derde\n\nB.\n".replace("###", "##")
        + "\n### Dieper\n\nC.\n\n## Weer\n\nD.\n",
        "+++\ntoc = false\n+++\n\n# Verborgen\n\nA.\n",
        '+++\nrole = "colophon"\n+++\n\nGezet.\n',
        "# *Twee* [x]{lang=ru} `c`[^a]\n\n::: sidebar\n## In een kader\n\nA.\n:::\n\n[^a]: Noot.\n",
    )
    tree = contents(edition_of(book, "print"))
    assert [(one.level, one.title, one.chapter) for one in flat(tree)] == [
        (1, "Een", "01"), (2, "Derde", "01"), (3, "Dieper", "01"), (2, "Weer", "01"),
        (1, "Twee x c", "04"),
    ]  # fmt: skip
    assert [one.title for one in tree] == ["Een", "Twee x c"]
    assert [one.title for one in tree[0].children] == ["Derde", "Weer"]
    assert [one.title for one in flat(contents(edition_of(book, "print"), 1))] == [
        "Een",
        "Twee x c",
    ]
    assert len({one.id for one in flat(tree)}) == 5


def test_headings_have_ids_of_their_own(make: Maker) -> None:
    book = make(
        "# Een\n\n## Een\n\nA.\n\n## Een {#een-2}\n\nB.\n\n"
        "## Foto\n\n![](foto)\n\n## Искра\n\nC.\n",
        photos="foto",
    )
    ids = [one.id for one in flat(contents(edition_of(book, "print")))]
    assert ids == ["een", "een-3", "een-2", "foto-2", "book"]
