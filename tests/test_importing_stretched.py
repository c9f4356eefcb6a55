"""Lines that wide blanks stretch, columns that nearly touch, halves of words that stand apart."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest
from test_importing_pages import GRASS, STONE, blocks_of, wrapped
from test_importing_shapes import assert_accounted

from publish.importing import import_text
from publish.importing.hyphens import decide
from publish.importing.languages import language_of
from publish.importing.lines import read_lines
from publish.importing.model import Draft, Habits
from publish.importing.order import Way, _uneven
from publish.importing.pieces import Piece, Seams
from publish.importing.stretched import rejoin_stretched
from publish.importing.words import take_words

WIDTH = 32


def stretched(text: str) -> list[str]:
    """Return a paragraph's lines, each but the last with three blanks for one."""
    *lines, last = wrapped(text, WIDTH)
    return [*("   ".join(line.split()) for line in lines), last]


def paragraphs(raw: str, folder: Path) -> list[str]:
    assert_accounted(raw, import_text(raw, "klei.txt", "nl"))
    return [text for kind, text in blocks_of(raw, folder) if kind == "p"]


def test_blanks_that_stretch_a_line_are_no_gutter(tmp_path: Path) -> None:
    raw = "\n\n".join(["Klei", *("\n".join(stretched(one)) for one in (GRASS, STONE) * 2)])
    assert paragraphs(raw, tmp_path) == [GRASS, STONE] * 2


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["  onder   water", "geworpen."], "geworpen. onder water"),
        (["geworpen.", "  onder   water"], "geworpen. onder water"),
        (["ingevuld", "formulieren   had  "], "formulieren had ingevuld"),
        (["  had   bere-", "keer,", "", "  zoals   hij"], "keer, zoals hij had bere-"),
    ],
)
def test_the_parts_of_a_stretched_line_are_one_again(parts: list[str], whole: str) -> None:
    text = stretched(GRASS * 6)
    raw = "\n".join([*text[:-1], *parts, *text[:-1]])
    lines = rejoin_stretched(Draft("", language_of("nl"), read_lines(raw)[0])).lines
    assert [line.text for line in lines][len(text) - 1] == whole
    assert len(lines) == 2 * len(text) - 1


def test_what_is_indented_by_habit_is_left_alone() -> None:
    raw = "\n".join(f"  {line}" for line in stretched(GRASS) * 3)
    draft = Draft("", language_of("nl"), read_lines(raw)[0])
    assert rejoin_stretched(draft) == draft


def test_columns_that_nearly_touch_are_parted_where_the_others_are(tmp_path: Path) -> None:
    both = f"{GRASS} {STONE}"
    left, right = wrapped(both, WIDTH), wrapped(STONE * 2, WIDTH)
    wide = max(map(len, left)) + 1
    rows = zip_longest(left, right, fillvalue="")
    raw = "Klei\n\n" + "\n".join(f"{a:<{wide}}{b}".rstrip() for a, b in rows)
    touching = [line for line in raw.splitlines() if len(line) > wide and line[wide - 2] != " "]
    assert len(touching) > 1
    assert paragraphs(raw, tmp_path) == [both, STONE * 2]


@pytest.mark.parametrize(
    ("first", "second", "far", "between"),
    [
        ("de Zuider", "kreeg vaak", True, "-"),
        ("de Zuider", "kreeg vaak", False, ""),
        ("van water", "staat en", True, ""),
        ("in gevangen", "schap leven", True, ""),
    ],
)
def test_halves_that_stand_apart_are_welded_if_they_make_a_word(
    first: str, second: str, far: bool, between: str
) -> None:
    draft = take_words(Draft("", language_of("nl"), read_lines(GRASS)[0]))
    assert draft.words
    join = decide(first, second, draft.words, draft.language, far)
    assert join.between == between
    assert join.sure or join.between == "" or "apart" in join.why


@pytest.mark.parametrize(
    ("known", "between"),
    [("The maid-servants slept there.", "-"), ("The servants slept there.", "")],
)
def test_english_compounds_are_written_as_the_author_writes_others(
    known: str, between: str
) -> None:
    draft = take_words(Draft("", language_of("en"), read_lines(known)[0]))
    assert draft.words
    join = decide("under the floor", "boards of", draft.words, draft.language)
    assert (join.between, join.sure) == (between, not between)


def test_a_note_whose_number_stands_close_is_a_note(tmp_path: Path) -> None:
    lines = wrapped(f"{GRASS}1 {STONE}", 60)
    raw = "Klei\n\n" + "\n".join(lines) + "\n\n1De molenaar heeft dat zelf gemeten.\n"
    made = import_text(raw, "klei.txt", "nl")
    assert_accounted(raw, made)
    text = "".join(text for name, text in made.files.items() if name.endswith(".md"))
    assert "[^1]: De molenaar heeft dat zelf gemeten." in text


def test_a_drop_cap_stands_before_its_own_column(tmp_path: Path) -> None:
    left, right = wrapped(GRASS[1:], WIDTH), wrapped(STONE[1:], WIDTH)
    rows = zip_longest(["", *left], right, fillvalue="")
    body = "\n".join(f"{f'     {a}':<50}{b}".rstrip() for a, b in rows)
    made = import_text(f"Klei\n\n{GRASS[0]}\n{body}\n", "klei.txt", "nl")
    text = "".join(text for name, text in made.files.items() if name.endswith(".md"))
    assert GRASS[:20] in text


def test_a_quote_that_ends_the_word_which_it_interrupts_is_a_quote(tmp_path: Path) -> None:
    told = "de leer van het water bijgebracht toen hij zeventien was; zij stierf in het jaar"
    above = f"Zijn vrouw had hem {told} van de grote over-"
    quote = f"{told} van de grote overstroming"
    below = "stroming en van de honger. Haar zonen gingen naar de stad en kwamen niet terug."
    text = [*wrapped(GRASS, 48), *wrapped(above, 48), *wrapped(quote, 34), *wrapped(below, 48)]
    raw = "\n".join(["Klei", "", *text, *wrapped(STONE, 48)])
    made = blocks_of(raw, tmp_path)
    assert any("grote overstroming en van de honger" in text for kind, text in made if kind == "p")
    assert [kind for kind, _ in made].count("pullquote") == 1


def test_what_goes_on_with_a_cut_word_is_no_quote(tmp_path: Path) -> None:
    """Both read alike up to the quote; the line that ends the cut word is the text's."""
    lines = [
        "Voor de vissers was het een be-",
        "grafenis. Zij voeren die dag uit",
        "met de vlag halfstok. De Zuider-",
        "zeesteunwet beloofde hun een",
        "tegemoetkoming, maar wie de",
        "formulieren had ingevuld",
        "beloofde hun een",
        "tegemoetkoming, maar",
        "wie de formulieren had",
        "ingevuld kreeg vaak te",
        "horen dat hij nog jong",
        "genoeg was om iets",
        "anders",
        "kreeg vaak te horen dat hij nog",
        "jong genoeg was om iets anders",
        "te leren, in de stad of elders.",
    ]
    raw = "\n".join(["Klei", "", *wrapped(GRASS, 32), *lines, *wrapped(STONE, 32)])
    made = blocks_of(raw, tmp_path)
    text = next(text for kind, text in made if kind == "p" and "vissers" in text)
    told = "beloofde hun een tegemoetkoming, maar wie de formulieren had ingevuld kreeg vaak"
    assert f"De Zuiderzeesteunwet {told} te horen dat hij nog jong" in text


def test_columns_of_one_height_are_the_likelier_ones() -> None:
    pieces = [Piece(0, 9), Piece(9, 19), Piece(19, 29)]
    wide, narrow = (
        Draft("", language_of("nl"), (), habits=Habits(measure=one)) for one in (50, 30)
    )
    even, uneven = Way(0.0, ((0,), (1,))), Way(0.0, ((0,), (1, 2)))
    assert _uneven(even, Seams(pieces, wide)) < 0.1 < _uneven(uneven, Seams(pieces, wide))
    assert _uneven(uneven, Seams(pieces, narrow)) == 0
