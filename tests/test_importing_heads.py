"""Lines by themselves: what is a heading, a standfirst, a note in the midst of a page's columns."""

from __future__ import annotations

import pytest
from msgspec import structs
from test_importing_order import WHOLE, WIDTH, lines_of, page_of

from publish.importing.head import _other_measure
from publish.importing.headings import _stands_off
from publish.importing.languages import language_of
from publish.importing.lines import read_lines
from publish.importing.model import Draft, Habits, Line
from publish.importing.order import COLUMNS, Page, _read_all
from publish.importing.pieces import Seams, pages_of
from publish.importing.usual import Ends
from publish.importing.words import take_words

MEASURE = 40
TEXT = "de wind woei over het land en het water steeg."


def line(text: str, gap: int = 0) -> Line:
    (one,) = read_lines(text)[0]
    return structs.replace(one, gap=gap, measure=MEASURE, width=len(text))


def draft_of(fills: tuple[float, ...] = (1.0,), ragged: float = 0.98) -> Draft:
    habits = Habits(measure=MEASURE, ragged=ragged, ends=Ends(fills=fills))
    return take_words(
        Draft("", language_of("nl"), (line(TEXT), line("Men zag het water.")), habits=habits)
    )


@pytest.mark.parametrize(
    ("head", "below", "is_one"),
    [
        # With the next word it fills the line, but for a letter: a capital must stand below it.
        ("De molens van de polder en de zee", "Wind woei over heel het lage land, zei", True),
        ("De molens van de polder en de zee", "1923 was een jaar van wind en water, al", False),
        # It may end in a small word where its line has room, if no comma stands in it.
        ("Waar zij het over", "Wind woei over heel het lage land, zei", True),
        ("Waar, en ook over", "Wind woei over heel het lage land, zei", False),
    ],
)
def test_a_heading_straight_above_its_paragraph(head: str, below: str, is_one: bool) -> None:
    assert _stands_off([line(head, gap=1)], line(below), draft_of()) == is_one


def test_a_wide_line_above_a_name_may_have_been_broken_for_it() -> None:
    """Few lines are filled as little; above a name that tells something of a narrow one alone."""
    draft = draft_of(fills=(1.0,) * 400, ragged=0.5)
    wide, narrow = line("De molens van de polder en de zee", 1), line("De molens van de polder", 1)
    name, word = (
        line("Bronsteinsen woei over heel het lage la"),
        line("Men woei het over heel het lage la"),
    )
    long = line("Waterwinningsgebieden over heel het la")
    assert not _stands_off([wide], name, draft)
    assert _stands_off([narrow], long, draft)
    assert _stands_off(
        [wide], structs.replace(word, text="Het waterwinningsgebied over heel he"), draft
    )


def test_the_last_line_of_a_block_does_not_tell_its_measure() -> None:
    longer = line("en nu stond het water hoger dan het ooit was, naar men zei.")
    usual = line("De wind woei over het land tot de avond,")
    assert not _other_measure([usual, longer], draft_of())
    assert _other_measure([longer, usual], draft_of()) is False
    assert _other_measure([longer, line("naar men zei.")], draft_of())


def columns_of(raw: str, measure: int) -> Draft:
    lines = read_lines(raw)[0]
    lines = tuple(structs.replace(one, width=len(one.text), measure=measure) for one in lines)
    return take_words(Draft("", language_of("nl"), lines, habits=Habits(measure=measure)))


def test_a_note_at_the_foot_does_not_end_the_columns_above_it() -> None:
    grass, stone, sand = (lines_of(one) for one in WHOLE[:3])
    note = "1. " + "De molenaar heeft dat zelf gemeten en opgeschreven, zoals hij alles opschreef."
    assert len(note) > 1.5 * WIDTH
    draft = columns_of(page_of([["Klei"], grass, [note], stone, sand]), WIDTH)
    pages = list(pages_of(draft))
    assert [len(page) for page in pages] == [1, 4]
    assert [piece.head is None for piece in pages[1]] == [False, True, False, False]


@pytest.mark.parametrize(("measure", "count"), [(WIDTH, 2), (30, COLUMNS)])
def test_half_a_page_wide_there_are_two_columns(measure: int, count: int) -> None:
    draft = columns_of(page_of([["Klei"], *(lines_of(one) for one in WHOLE)]), measure)
    pieces = [piece for page in pages_of(draft) for piece in page]
    page = Page(range(1, len(pieces)), Seams(pieces, draft), rows=True, full=True)
    assert {len(way.columns) for way in _read_all([page])[0]} == {count}
