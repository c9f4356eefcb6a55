"""Words in a language that is read the other way are set that way in every edition."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import BOOKS, shop_of
from readback import read_epub

from publish.__main__ import main
from publish.book.inlines import Styled, walk_inlines
from publish.book.model import Block, Book, Chapter
from publish.book.walking import lines_of, walk
from publish.engine.layout import lay_out
from publish.ground.source import SourceFile
from publish.manuscript.markdown import read_blocks
from publish.markup.stylesheets import stylesheet
from publish.settings.book_toml import Settings
from publish.text.composition import composed

LEFTWARD, RIGHTWARD = "שמן, מלח", "olie, zout"


def ways(text: str, language: str) -> list[tuple[str, str]]:
    """Return the language and the direction of all that names a language, as it is read."""
    found = read_blocks(SourceFile("01-a.md", text), 1, False)[0]
    book = Book(
        Settings(title="Proef", language=language),
        (Chapter("01-a", "01-a.md", None, found.blocks, found.notes),),
    )
    (chapter,) = composed(book).chapters
    notes = tuple(block for note in chapter.notes for block in note.blocks)
    return [way for block in walk((*chapter.blocks, *notes)) for way in _ways(block)]


def _ways(block: Block) -> list[tuple[str, str]]:
    spans = [one for line in lines_of(block) for one in walk_inlines(line)]
    marked = [block.attrs, *(one.attrs for one in spans if isinstance(one, Styled))]
    return [(one.get("lang"), one.get("dir")) for one in marked if one.get("lang")]


BLOCKS = {
    "paragraph": "{{lang={0}}}\n{1}.\n",
    "heading": "## {1}? {{lang={0}}}\n",
    "list": "{{lang={0}}}\n- {1}.\n  - {1}!\n",
    "numbers": "{{lang={0}}}\n1. {1}.\n",
    "quotation": "{{lang={0}}}\n> {1}.\n",
    "table": "{{lang={0}}}\n| {1} | 1 |\n|---|--:|\n| 2 | 3 |\n",
    "terms": "::: {{lang={0}}}\n{1}\n: 1953.\n:::\n",
    "code": "{{lang={0}}}\n```\n{1}\n```\n",
    "verse": "::: verse {{lang={0}}}\n12\n\n-- {1}\n:::\n",
    "pull quote": "::: pullquote {{lang={0}}}\n{1}!\n:::\n",
    "span": "12 [{1}.]{{lang={0}}} 13",
    "span in a span": "12 *x [**{1}**.]{{lang={0}}}*",
    "note": "12.[^a]\n\n[^a]: 13 [{1}.]{{lang={0}}}\n",
}


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize(
    ("book", "language", "words", "way"),
    [
        ("nl", "he", LEFTWARD, "rtl"),
        ("nl", "fa-IR", "آب و نان", "rtl"),
        ("he", "nl", RIGHTWARD, "ltr"),
        ("ar", "en-GB", RIGHTWARD, "ltr"),
        # The same way as what is around it, and no letter that is read the other way.
        ("nl", "fr", RIGHTWARD, ""),
        ("he", "yi", LEFTWARD, ""),
        ("nl", "he", RIGHTWARD, ""),
        ("he", "nl", "1953", ""),
    ],
)
def test_words_are_read_as_their_language_is(
    name: str, book: str, language: str, words: str, way: str
) -> None:
    text = BLOCKS[name].replace("x ", "").format(language, words)
    assert ways(text, book) == [(language, way)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # What the author says stands.
        (f"[{LEFTWARD}]{{lang=he dir=ltr}}", [("he", "ltr")]),
        (f"{{lang=he dir=auto}}\n{LEFTWARD}", [("he", "auto")]),
        # The language around it is that of the block or of the span.
        (
            f"::: {{lang=he}}\n{LEFTWARD} [{RIGHTWARD} [{LEFTWARD}]{{lang=ar}}]{{lang=en}}\n:::\n",
            [("he", "rtl"), ("en", "ltr"), ("ar", "rtl")],
        ),
        (
            f"::: {{lang=he}}\n{LEFTWARD}\n\n{{lang=ar}}\n{LEFTWARD}\n:::\n",
            [("he", "rtl"), ("ar", "")],
        ),
    ],
)
def test_the_author_and_what_is_around_decide(text: str, found: list[tuple[str, str]]) -> None:
    assert ways(text, "nl") == found


LIST = "<ul {}><li>{}</li></ul><h2 {}>{}</h2><div class='verse' {}><p class='stanza'>{}</p></div>"
LINE = "<span class='line indent-0'>{}</span>"


@pytest.mark.parametrize(("book", "way"), [("", "rtl"), ("", "ltr"), ("rtl", "ltr"), ("rtl", "")])
@pytest.mark.parametrize("within", [False, True])
def test_the_e_book_has_what_goes_the_other_way_on_its_own_side(
    book: str, way: str, within: bool
) -> None:
    """The sheet of the e-book is laid out by the engine of the pages."""
    own, other = f'dir="{way}"' if way else "", f'dir="{book}"' if book else ""
    leftward = (way or book) == "rtl"
    words = LEFTWARD if leftward else RIGHTWARD
    around = "" if within else own
    inside = LIST.format(around, words, around, words, around, LINE.format(words))
    html = f"<html {other}><body><div {own if within else ''}>{inside}</div></body></html>"
    page = "@page { size: 400px 600px; margin: 50px } html { font-size: 10px !important }"
    way_of_book = "rtl" if book else "ltr"
    (box,) = lay_out(html, stylesheet("epub", None, way_of_book) + page, {}).boxes
    texts = [one for one in box.descendants() if one.kind == "text" and words in one.text]
    starts = [350 - one.left - one.width if leftward else one.left - 50 for one in texts]
    # A list by an em and a half, a heading not at all, verse by its margin.
    assert starts == pytest.approx([15, 0, 13], abs=0.5)


@pytest.mark.parametrize(
    ("language", "other", "here", "there", "way"),
    [("nl", "he", RIGHTWARD, LEFTWARD, "rtl"), ("he", "nl", LEFTWARD, RIGHTWARD, "ltr")],
)
def test_every_edition_sets_them_so(
    language: str,
    other: str,
    here: str,
    there: str,
    way: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    book, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(BOOKS / "hebrew" / "fonts", book / "fonts")
    settings = f'title = "Peil"\nslug = "b"\nlanguage = "{language}"\n'
    settings += 'modified = 2026-05-04T09:30:00Z\n[fonts]\nfiles = ["NotoSerifHebrew.woff2"]\n'
    (book / "book.toml").write_text(settings, encoding="utf-8")
    parts = [here, f"{{lang={other}}}\n{there} 12.", f"{{lang={other}}}\n- {there}.\n- {there}!"]
    parts += [f"{{lang={other}}}\n| {there} | 1 |\n|---|--:|\n| 2 | 3 |", f"{here} [{there}!]"]
    text = "\n\n".join(["# Peil", *parts]) + f"{{lang={other}}} {here}.\n"
    (book / "01-peil.md").write_text(text, encoding="utf-8")
    only = "print,screen,epub,proof"
    assert main(["build", str(book), "--out", str(out), "--only", only, "--check"]) == 0
    said = capsys.readouterr().err
    assert not [code for code in ("P404", "P448", "E503", "E508") if code in said]
    named = read_epub((out / "b.epub").read_bytes()).page("01-peil.xhtml").all(f"//*[@dir='{way}']")
    assert [one.tag.partition("}")[2] for one in named if one.tag.partition("}")[2] != "html"] == [
        "p", "ul", "table", "span"
    ]  # fmt: skip
    room = shop_of(book).room
    for output in ("print", "screen", "proof"):
        texts = [one for page in room.pages(output).boxes for one in page.descendants()]
        (line,) = [
            one for one in texts
            if one.kind == "line" and one.tag == "p" and "12" in "".join(
                inner.text for inner in one.descendants()
            )
        ]  # fmt: skip
        assert line.element is not None and line.element.get("dir") == way
        items = [one for one in texts if one.kind == "block" and one.tag == "li"]
        lists = [one for one in texts if one.kind == "block" and one.tag == "ul"]
        left = items[0].border.left - lists[0].border.left
        right = lists[0].border.right - items[0].border.right
        assert (left > 5, right > 5) == (way == "ltr", way == "rtl")
