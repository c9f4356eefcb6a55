"""A book set by its languages' rules, each character still tied to its place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from publish.book.inlines import (
    Code,
    Emphasis,
    Inlines,
    LineBreak,
    NoteReference,
    Strong,
    Styled,
    Text,
    plain,
    walk_inlines,
)
from publish.book.model import Block, Book, Chapter
from publish.book.walking import lines_of, walk
from publish.ground.root import BookRoot
from publish.ground.source import SourceFile, Span
from publish.manuscript.captions import read_captions
from publish.manuscript.folder import Path
from publish.manuscript.markdown import read_blocks
from publish.settings.book_toml import Settings
from publish.text.composition import composed, set_line, set_text

NB = "\u00a0"


def inlines(text: str) -> Inlines:
    source = SourceFile("a.md", text)
    (block,) = read_blocks(source, 1, False)[0].blocks
    (line,) = lines_of(block)
    return line


def set_words(text: str, language: str = "nl") -> str:
    return "".join(
        one.value if isinstance(one, Text | Code) else "\n" if isinstance(one, LineBreak) else ""
        for one in walk_inlines(set_line(inlines(text), language))
    )


def test_marks_of_a_language_reach_over_emphasis() -> None:
    assert set_words('"Kom *\'s avonds* terug", zei ze.') == "“Kom ’s avonds terug”, zei ze."
    assert set_words("'**Nu** of *nooit*'") == "‘Nu of nooit’"
    assert set_words("*'Nu'* -- of nooit...") == f"‘Nu’{NB}– of nooit…"


def test_code_links_and_notes_are_left_alone() -> None:
    assert set_words("`'x' -- y...` 'z'") == "'x' -- y... ‘z’"
    assert set_words("'[het *\"net\"*](https://x.nl)'[^a]") == "‘het “net”’"
    line = set_line(inlines("'Zo'[^a] en 'zo'"), "nl")
    assert [type(one) for one in line] == [Text, NoteReference, Text]
    assert [one.value for one in line if isinstance(one, Text)] == ["‘Zo’", " en ‘zo’"]


def test_another_language_has_its_own_rules() -> None:
    assert set_words('Hij zei [- "oui ?" -]{lang=fr} en ging.') == (
        f"Hij zei - «{NB}oui\u202f?{NB}» - en ging."
    )
    assert set_words('Zij zei ["ja"]{lang=de}, "ja".') == "Zij zei „ja“, “ja”."


def test_a_block_may_speak_another_language() -> None:
    content, _ = read_blocks(SourceFile("a.md", '{lang=de}\n"Ja."\n\n"Nee."\n'), 1, False)
    book = composed(Book(Settings("x"), (Chapter("a", "a.md", None, content.blocks),)))
    assert [plain(line) for block in book.chapters[0].blocks for line in lines_of(block)] == [
        "„Ja.“",
        "“Nee.”",
    ]


def test_every_part_of_a_book_is_set() -> None:
    text = (
        "# 'Kop'\n\n'Alinea'[^a]\n\n> 'Citaat'\n\n- 'punt'\n\n'Term'\n: 'uitleg'\n\n"
        "::: verse\n'regel'\n\n— 'wie'\n:::\n\n::: pullquote\n'zin'\n\n— 'wie'\n:::\n\n"
        "| 'hoofd' |\n|---|\n| 'cel' |\n\n: 'onder'\n\n[^a]: 'noot'\n"
    )
    content, problems = read_blocks(SourceFile("a.md", text), 1, False)
    assert problems == []
    photos, _ = read_captions(
        SourceFile("c", "[f]\ncaption = \"'foto'\"\n"), BookRoot(Path("no-folder"))
    )
    (chapter,) = composed(
        Book(Settings("x"), (Chapter("a", "a.md", None, content.blocks, content.notes),), photos)
    ).chapters
    blocks = [*chapter.blocks, *(one for note in chapter.notes for one in note.blocks)]
    said = [plain(line) for block in walk(blocks) for line in lines_of(block) if line]
    words = "Kop Alinea Citaat punt Term uitleg regel wie zin wie hoofd cel onder noot"
    assert sorted(said) == sorted(f"‘{word}’" for word in words.split())
    book = composed(Book(Settings("x"), (), photos))
    assert plain(book.photos["f"].caption) == "‘foto’"


def test_titles() -> None:
    assert set_text("Langs 'verdwenen' water", "nl") == "Langs ‘verdwenen’ water"
    assert set_text("", "nl") == ""


def test_nothing_to_set_is_left_as_it_is() -> None:
    line = inlines("Een zin *zonder* tekens")
    assert set_line(line, "nl") is line


def test_set_twice_is_set_once() -> None:
    line = set_line(inlines('"Kom *\'s avonds*" -- 5 km, p. 3-5...'), "nl")
    assert set_line(line, "nl") == line


# Places -------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["'", '"', "...", " -- ", "'s", "a", "é", "3-5 km", " ", "'60", "(", ")", "–"]
)
LINES = st.lists(PIECES, min_size=1, max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(LINES, LINES, LINES, st.sampled_from(["nl", "fr", "de", "en"]))
def test_every_letter_keeps_its_place(one: str, two: str, three: str, language: str) -> None:
    """Letters and figures are never touched; each still points at itself in the file."""
    source = f"{one}*{two}*{three}"
    parts = (one, two, three)
    starts = (0, len(one) + 1, len(one) + len(two) + 2)
    first, middle, last = (
        Text(part, ((0, start),)) for part, start in zip(parts, starts, strict=True)
    )
    line = set_line((first, Emphasis((middle,)), last), language)
    made = [inline for inline in walk_inlines(line) if isinstance(inline, Text)]
    kept = [(char, text.source_offset(at)) for text in made for at, char in enumerate(text.value)]
    letters = [(char, at) for char, at in kept if char.isalnum()]
    assert letters == [(char, at) for at, char in enumerate(source) if char.isalnum()]
    assert [at for _, at in kept] == sorted(at for _, at in kept)
    assert all(0 <= at <= len(source) for _, at in kept)


def test_the_shape_of_a_line_stays() -> None:
    def shape(line: Inlines) -> list[object]:
        return [
            (type(one), shape(one.children))
            if isinstance(one, Emphasis | Strong | Styled)
            else type(one)
            for one in line
        ]

    line = inlines("\"Kom *'s **avonds***\\\nterug `'x'`[^a]\", [zei]{.k} ze...")
    assert shape(set_line(line, "nl")) == shape(line)


def test_attributions_are_set_too() -> None:
    block: Block
    (block,) = read_blocks(SourceFile("a.md", "::: epigraph\n'Ja.'\n\n— 'wie'\n:::\n"), 1, False)[
        0
    ].blocks
    book = composed(Book(Settings("x"), (Chapter("a", "a.md", None, (block,)),)))
    assert [plain(line) for line in lines_of(book.chapters[0].blocks[0])] == ["‘wie’"]
    assert block.span == Span("a.md", 1, 1, 0, 12)
