"""A small book, line by line: what stands where, and from which characters of which file."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from conftest import shop_of
from PIL import Image

from publish.engine.parts import Pages
from publish.ground.source import SourceFile
from publish.pages.pagemap import Line, Origin, Piece, page_lines

BOOK = """title = "Standen"
language = "nl"
allow-html = true
modified = 2026-03-01T08:00:00Z

[print]
columns = 3
notes = "foot"
"""
CHAPTER = """# De sluis

Het water staat *laag* en de schipper wacht.[^a] De onherroepelijke binnenvaartschipperij verliest
haar geduld.

![](sluis)

::: verse
een kurk
naar de zee
:::

<div>Dit staat in <b>HTML</b>.</div>

Straße &amp; \\*ster\\*

[^a]: De noot hoort erbij.
"""
ROWS = "\n".join(f"| sluis {number} | stand {number} |" for number in range(1, 130))
TABLE = f"# De lijst\n\n| plek | hoogte |\n|---|---|\n{ROWS}\n"


Read = tuple[list[Line], dict[str, SourceFile]]
"""The lines of a book, and its files."""


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Pages, dict[str, SourceFile]]:
    folder = tmp_path_factory.mktemp("standen")
    (folder / "photos").mkdir()
    Image.new("L", (600, 400), 128).save(folder / "photos" / "sluis.png")
    caption = 'file = "sluis.png"\ncaption = "De sluis bij laag water"\nalt = "Een deur."\n'
    written = {
        "book.toml": BOOK,
        "captions.toml": f"[sluis]\n{caption}",
        "01-sluis.md": CHAPTER,
        "02-lijst.md": TABLE,
    }
    for name, text in written.items():
        (folder / name).write_text(text, "utf-8")
    shop = shop_of(folder)
    return shop.room.pages("print"), shop.materials.sources


@pytest.fixture
def book(laid_out: tuple[Pages, dict[str, SourceFile]]) -> Read:
    pages, sources = laid_out
    return list(page_lines(pages)), sources


def of_chapter(lines: list[Line]) -> list[Line]:
    """Return the lines of the page that the first chapter stands on."""
    (first,) = (line for line in lines if line.text == "De sluis" and line.area == "flow")
    return [line for line in lines if line.page == first.page]


def test_where_each_line_stands_and_what_it_is_part_of(book: Read) -> None:
    lines = of_chapter(book[0])
    told = [(line.area, line.column, line.text) for line in lines]
    assert told[0] == ("flow", 0, "De sluis")
    assert told[1][2].startswith("Het water staat laag en")
    flow = " ".join(text for area, _, text in told if area == "flow")
    assert "geduld. een kurk naar de zee Dit staat in HTML. Straße & *ster*" in flow
    assert ("figure", 1, "De sluis bij laag water") in told
    assert told[-1] == ("note", 0, "De noot hoort erbij.")
    assert {area for area, _, _ in told} == {"flow", "figure", "note"}
    # Title page, imprint and contents are apart, and no running head is a line of any.
    before = [line for line in book[0] if line.page < lines[0].page]
    assert {line.area for line in before} == {"apart"}
    assert [line.page for line in before[:3]] == [1, 2, 3]
    assert {line.column for line in before} == {0}
    assert [line.text for line in before if line.text == "Standen"]


def test_from_which_characters_each_piece_comes(book: Read) -> None:
    lines, sources = book
    found = {}
    for line in of_chapter(lines):
        for piece in line.pieces:
            if piece.stretch:
                first, last = piece.stretch
                written = sources[piece.origin.file].text[first : last + 1]
                found[piece.text] = (piece.origin.file, written)
    words = {text: written for text, (file, written) in found.items() if file == "01-sluis.md"}
    assert words["De sluis"] == "De sluis"
    assert words["laag"] == "laag"
    assert words["Straße & *ster*"] == "Straße &amp; \\*ster\\"  # to where its last one begins
    assert words["een kurk"] == "een kurk"
    assert words["De noot hoort erbij."] == "De noot hoort erbij."
    assert found["De sluis bij laag water"] == ("captions.toml", "De sluis bij laag water")
    # What the HTML of a book says has no places, and is not told of as words that are lost.
    assert "HTML" not in found
    assert not [line.stray for line in lines if line.stray]


def test_html_of_the_book_is_known_as_such(book: Read) -> None:
    raw = [line for line in book[0] if line.raw]
    assert [line.text for line in raw] == ["Dit staat in HTML."]
    assert raw[0].raw and raw[0].raw.file == "01-sluis.md"
    offset = raw[0].raw.places[0][1]
    assert book[1]["01-sluis.md"].text[offset:].startswith("<div>")
    assert raw[0].block is not None and raw[0].block.tag == "div"


def test_the_element_that_a_line_is_of(book: Read) -> None:
    lines = of_chapter(book[0])
    tags = {line.text: line.block.tag for line in lines if line.block is not None}
    assert (tags["De sluis"], tags["naar de zee"]) == ("h1", "p")
    assert tags["De sluis bij laag water"] == "figcaption"
    cells = [line for line in book[0] if line.text.startswith("stand ")]
    assert {line.block.tag for line in cells if line.block is not None} == {"td"}


def test_a_word_that_is_broken_ends_in_a_hyphen_that_is_none_of_its_own(book: Read) -> None:
    lines = of_chapter(book[0])
    broken = [line for line in lines if line.hyphenated]
    assert broken
    for line in broken:
        assert line.text.endswith("-")
        after = lines[lines.index(line) + 1]
        last, first = line.pieces[-1], after.pieces[0]
        assert not last.text.endswith("-")
        assert last.origin is first.origin and first.first == last.last
        assert first.origin.continues(first.first)
    assert not lines[0].hyphenated


def test_the_rectangle_of_a_line_is_that_of_its_pieces(book: Read) -> None:
    lines = of_chapter(book[0])
    # A5 in three columns; lengths are in pt.
    column = lines[1].width
    assert 100 < column < 115
    for line in lines:
        assert 0 < line.left < 148 / 25.4 * 72
        assert 0 < line.top < 210 / 25.4 * 72
        for piece in line.pieces if line.area == "flow" else ():
            assert piece.left >= line.left - 0.01
            # Hyphens and full stops hang in the margin.
            assert piece.left + piece.width <= line.left + column + 3
    texts = [line for line in lines if line.block is not None and line.block.tag == "p"]
    assert {round(line.height, 1) for line in texts if line.area == "flow"} == {12.1}
    heading = lines[0]
    (piece,) = heading.pieces
    assert (piece.left, piece.width) == pytest.approx((heading.left, heading.width))


def test_only_justified_lines_have_blanks_that_are_stretched(book: Read) -> None:
    lines = of_chapter(book[0])
    first = lines[1]
    assert 0.01 < max(line.gap for line in lines) < 1.5
    assert {line.gap for line in lines if line.text in ("De sluis", "naar de zee")} == {0.0}
    assert first.planned is not None and lines[0].planned is None
    assert first.box is not None and first.box.kind == "line"


def test_a_table_head_that_is_set_again_is_known_as_such(book: Read) -> None:
    heads = [line for line in book[0] if line.text == "hoogte"]
    assert len(heads) > 1
    assert [line.pieces[0].again for line in heads] == [False] + [True] * (len(heads) - 1)
    assert len({line.pieces[0].stretch for line in heads}) == 1
    rows = [line for line in book[0] if line.text.startswith("sluis ")]
    assert [line.text for line in rows] == [f"sluis {number}" for number in range(1, 130)]
    assert not any(line.pieces[0].again for line in rows)
    assert {line.page for line in rows} == {line.page for line in heads}
    assert {line.area for line in (*rows, *heads)} == {"flow"}


# One text ---------------------------------------------------------------------------------------


def origin(text: str, places: tuple[tuple[int, int], ...] = ()) -> Origin:
    solid = text.replace(" ", "")
    return Origin("a.md", text, places, solid, [at for at, char in enumerate(text) if char != " "])


@pytest.mark.parametrize(
    ("solid", "printed", "hyphen", "found"),
    [
        ("water", "water", "-", (0, 5, False, False)),
        ("water", "wa-", "-", (0, 2, False, True)),
        ("water", "wa\u2010", "\u2010", (0, 2, False, True)),
        ("wa-ter", "wa-", "-", (0, 3, False, False)),
        ("water", "WATER", "", (0, 5, False, False)),
        ("water", "WA-", "-", (0, 2, False, True)),
        ("wa-ter", "WA-", "-", (0, 3, False, False)),
        ("straße", "STRASSE", "", (0, 6, False, False)),
        ("straße", "STRAS", "", None),
        ("water", "waters", "-", None),
        ("water", "-", "-", None),
        ("water", "", "-", None),
        ("water", "ater", "-", None),
        ("water", "wa-", "", None),
        ("water", "wb-", "-", None),
        ("Water", "wATER", "-", (0, 5, False, False)),
    ],
)
def test_a_printed_text_is_found_in_its_own(
    solid: str, printed: str, hyphen: str, found: tuple[int, int, bool, bool] | None
) -> None:
    one = origin(solid)
    assert one.found(printed, hyphen) == found
    assert one.at == (found[1] if found else 0)


def test_a_text_is_read_on_from_where_it_was_left() -> None:
    one = origin("water en wind")
    assert one.found("water", "-") == (0, 5, False, False)
    assert one.found("wind", "-") is None
    assert one.found("en", "-") == (5, 7, False, False)
    assert one.found("WI-", "-") == (7, 9, False, True)
    assert one.found("nd", "-") == (9, 11, False, False)
    assert one.found("waterenwind", "-") == (0, 11, True, False)
    twice = origin("aan aan zee")
    assert twice.found("aan", "-") == (0, 3, False, False)
    assert twice.found("aan-", "-") == (3, 6, False, True)
    assert twice.found("aan", "-") is None is twice.found("aan-", "-")


def test_a_character_is_as_far_in_the_file_as_in_its_text() -> None:
    one = origin("wa ter", ((0, 20), (3, 40)))
    assert [one.offset(at) for at in range(5)] == [20, 21, 40, 41, 42]
    assert origin("water").offset(0) is None
    piece = Piece(one, 0, 5, 0.0, 1.0, False)
    assert (piece.text, piece.stretch) == ("wa ter", (20, 42))
    assert (Piece(one, 1, 3, 0.0, 1.0, False).text, Piece(one, 1, 3, 0.0, 1.0, False).stretch) == (
        "a t",
        (21, 40),
    )
    assert Piece(origin("water"), 0, 5, 0.0, 1.0, False).stretch is None


@pytest.mark.parametrize(
    ("text", "at", "continues"),
    [
        ("water", 0, False),
        ("water", 1, True),
        ("de zee", 2, False),
        ("zee-arm", 4, True),
        ("zee\u2010arm", 4, True),
        ("zee\u2011arm", 4, True),
        ("foto's", 5, True),
        ("foto’s", 5, True),
        ("(zee", 1, False),
        ("a.b", 2, False),
        ("19e", 2, True),
    ],
)
def test_a_word_goes_on_where_no_blank_stands_before(text: str, at: int, continues: bool) -> None:
    assert origin(text).continues(at) is continues


def test_an_element_has_the_text_that_stands_straight_in_it() -> None:
    from publish.pages.pagemap import _origin

    element = fromstring('<p data-at="0+4 6+12|b.md">Wit <em>en</em>\u00a0zwa\u00adrt\n</p>')
    made = _origin(element)
    assert (made.file, made.places) == ("b.md", ((0, 4), (6, 12)))
    assert (made.text, made.solid) == ("Wit \u00a0zwa\u00adrt\n", "Witzwart")
    assert [made.text[at] for at in made.indices] == list("Witzwart")
    assert made.element is element
    assert _origin(fromstring("<p>wit<em>en</em></p>")).text == "wit"
    bare = _origin(fromstring("<p/>"))
    assert (bare.file, bare.places, bare.text, bare.indices) == ("", (), "", [])
