"""Pull quotes that are hard to see: short ones, two below each other, notes near by; drop caps.

Also lines of text that look like a caption.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing_pages import GRASS, STONE, blocks_of, wrapped

WALLS = (
    "De eerste muren stonden recht; natte aarde duwde ze naar binnen. Men bouwde ze opnieuw, in de "
    "vorm van een ei, en zo staan ze er nog."
)
MILL = (
    "De molenaar hield een boek bij van wind en regen. Hij noteerde wat er in de nacht gebeurde, "
    "welke wieken braken en wie er kwam helpen met touw en planken."
)


def texts_of(lines: list[str], folder: Path) -> tuple[list[str], list[str]]:
    """Return the paragraphs and the pull quotes."""
    made = blocks_of("\n".join(["De dijk", "", *lines, ""]), folder)
    paragraphs, quotes = ([text for kind, text in made if kind == k] for k in ("p", "pullquote"))
    return paragraphs, quotes


def test_a_quote_that_parts_a_word_may_have_few_words(tmp_path: Path) -> None:
    above = wrapped(f"{STONE} Wat overbleef was een vorm die alleen de over-", 48)
    below = "heid had kunnen betalen, en die nu een merk is."
    quote = ["stonden recht; natte aarde", "duwde ze naar"]
    lines = [*wrapped(WALLS, 48), "", *above, *quote, below, "", *wrapped(MILL, 48)]
    paragraphs, quotes = texts_of(lines, tmp_path / "book")
    assert paragraphs[1] == f"{STONE} Wat overbleef was een vorm die alleen de overheid{below[4:]}"
    assert [text.startswith("De eerste muren stonden recht") for text in quotes] == [True]


def test_of_two_quotes_below_each_other_both_are_found(tmp_path: Path) -> None:
    """The first breaks off the sentence that it repeats, and the second stands in the way."""
    first = "Hij noteerde wat er in de nacht gebeurde, welke"
    at = MILL.index("nacht")
    quotes = [*wrapped(first, 26), *wrapped(WALLS.split(". ")[0] + ".", 26)]
    mill = [*wrapped(MILL[:at], 48), *quotes, *wrapped(MILL[at:], 48)]
    lines = [*wrapped(WALLS, 48), "", *wrapped(GRASS, 48), "", *mill, "", *wrapped(STONE, 48)]
    paragraphs, found = texts_of(lines, tmp_path / "book")
    assert paragraphs == [WALLS, GRASS, MILL, STONE]
    assert len(found) == 2


def test_a_note_within_the_articles_own_words_hides_no_quote(tmp_path: Path) -> None:
    start = MILL.index("gebeurde")
    noted = [*wrapped(MILL[:start].replace("regen.", "regen.1"), 48)]
    sentence = MILL[MILL.index("Hij") :]
    page = [*wrapped(GRASS, 48), "", *noted, "", "1. Het boek is verbrand in 1944.", "\f"]
    rest = [*wrapped(MILL[start:], 48), "", *wrapped(STONE, 48), "", *wrapped(sentence, 26)]
    lines = [*page[:-1], "\f" + rest[0], *rest[1:], "", *wrapped(WALLS, 48)]
    paragraphs, found = texts_of(lines, tmp_path / "book")
    assert (paragraphs[-2:], found) == ([STONE, WALLS], [sentence])


@pytest.mark.parametrize(
    ("cap", "start"), [("U", " liet hier nooit een steen liggen, zei hij. "), ("D", "")]
)
def test_a_drop_cap_begins_no_rest_of_a_word(cap: str, start: str, tmp_path: Path) -> None:
    """It is a word by itself, or makes one of the next; what a quote parts is but a scrap."""
    opening = f"{cap}{start}" if start else ""
    text = f"{opening}{GRASS}"
    lines = wrapped(text[1:].strip(), 40)
    quote = ["Zuilen zo dicht dat er geen", "hand tussen kon en"]
    stone = wrapped(f"{STONE} Zo komt het dat ze een noor-", 40)
    below = wrapped("derling hier een vreemde vinden, al is u dat ontgaan.", 40)
    head = [cap, "De dijk van klei", "", "door Jan Blanken", ""]
    raw = "\n".join([*head, *lines, "", *stone, *quote, *below, ""])
    paragraphs = [text for kind, text in blocks_of(raw, tmp_path / "book") if kind == "p"]
    assert paragraphs[0] == text


def test_a_drop_cap_below_a_heading_of_its_own(tmp_path: Path) -> None:
    """The heading had room for the next word; there is no empty line to part them."""
    text = f"Waar hij ligt is hij van klei en zand. {GRASS}"
    lines = wrapped(text[1:], 36)
    raw = "\n".join(
        ["W", "De dijk", "Een dijk van klei uit zeegat", *lines, "", *wrapped(STONE, 36)]
    )
    made = blocks_of(f"{raw}\n", tmp_path / "book")
    assert any("Waar hij ligt is hij" in text for _, text in made)


def test_names_before_a_comma_at_a_lines_end_are_no_caption(tmp_path: Path) -> None:
    told = "Cornelis Lely en Hendrik Lorentz, Nederlands beste rekenaars, waren het al eens."
    lines = [*wrapped(STONE, 34), *wrapped(f"{told} {MILL}", 34), *wrapped(WALLS, 34)]
    assert "Cornelis Lely en Hendrik Lorentz," in lines
    made = blocks_of("\n".join(["De dijk", "", *lines, ""]), tmp_path / "book")
    assert {kind for kind, _ in made} == {"p"}
    assert told in " ".join(text for _, text in made)


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", '""'])
def test_a_short_quote_in_quotation_marks_is_one_and_is_whole(marks: str, tmp_path: Path) -> None:
    """It stands between two paragraphs, where a heading might."""
    quote = f"{marks[0]}Men bouwde ze opnieuw,\nin de vorm van een ei{marks[1]}".split("\n")
    lines = [*wrapped(GRASS, 48), "", *quote, "", *wrapped(WALLS, 48), "", *wrapped(STONE, 48)]
    paragraphs, found = texts_of(lines, tmp_path / "book")
    assert (paragraphs, found) == ([GRASS, WALLS, STONE], [" ".join(quote)])


def test_a_heading_in_quotation_marks_that_the_text_says_nowhere_is_one(tmp_path: Path) -> None:
    lines = [*wrapped(GRASS, 48), "", "“Men at hier liever vis”", "", *wrapped(WALLS, 48)]
    assert texts_of(lines, tmp_path / "book")[1] == []
