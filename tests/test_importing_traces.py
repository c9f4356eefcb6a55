"""What pages leave in their text of where something ends: stretched lines, rows, folios."""

from __future__ import annotations

from math import inf
from pathlib import Path
from string import ascii_lowercase

import pytest
from msgspec import structs
from test_importing_order import SAND
from test_importing_pages import GRASS, STONE, blocks_of, wrapped

from publish.importing import import_text
from publish.importing.columns import split_columns
from publish.importing.ends import take_ends, weight
from publish.importing.furniture import drop_furniture
from publish.importing.habits import take_habits
from publish.importing.headings import find_headings
from publish.importing.languages import language_of
from publish.importing.lines import read_lines
from publish.importing.model import Draft
from publish.importing.order import order_pieces
from publish.importing.parting import part_lines
from publish.importing.quotes import find_pull_quotes
from publish.importing.usual import Ends
from publish.importing.words import take_words

WIDTH = 32
DUTCH = language_of("nl")


def draft_of(raw: str) -> Draft:
    return Draft("", DUTCH, read_lines(raw)[0])


def known(raw: str) -> Draft:
    """Return a draft that knows the habits and the words of its text."""
    return take_words(take_habits(draft_of(raw)))


def stretched(line: str) -> str:
    return "   ".join(line.split())


def quotes_of(raw: str) -> list[str]:
    draft = find_pull_quotes(known(raw))
    return [
        " ".join(line.text for line in draft.lines[claim.start : claim.stop])
        for claim in draft.claims
    ]


def test_a_line_that_is_stretched_ends_no_paragraph() -> None:
    lines = known(
        "\n".join([stretched("Zij zagen het water zakken."), "De sluis ging open."])
    ).lines
    told = Ends(stretched=0.4)
    assert weight(told, *lines, "nl") == -inf
    assert weight(structs.replace(told, stretched=0), *lines, "nl") > -inf


def test_a_line_that_is_not_stretched_among_many_that_are_may_be_a_last_one() -> None:
    a, b = known("Zij zagen het water zakken.\nDe sluis ging open.").lines
    few, many = (weight(Ends(stretched=part), a, b, "nl") for part in (0.0, 0.5))
    assert many > few


def test_where_last_lines_are_stretched_too_their_blanks_tell_nothing() -> None:
    lines = [stretched(line) for line in wrapped(GRASS, WIDTH)]
    usual, padded = wrapped(STONE, WIDTH)[-1], stretched(wrapped(STONE, WIDTH)[-1])
    found = [
        take_ends(known("\n".join([*lines[:-1], last, *lines] * 3)).lines, 0, DUTCH).stretched
        for last in (usual, padded)
    ]
    assert found[0] == 0 == found[1]
    plain = "\n".join([*lines[:-1], usual, *lines[:-1], usual] * 3)
    assert take_ends(known(plain).lines, 0, DUTCH).stretched > 0.5


def side_by_side(left: list[float], right: list[float], words: list[str]) -> str:
    """Return two columns of lines that stand at these heights, a row for each height."""
    return "\n".join(
        f"{one(left, height, words):<{WIDTH + 4}}{one(right, height, words[::-1])}".rstrip()
        for height in sorted({*left, *right})
    )


def one(column: list[float], height: float, words: list[str]) -> str:
    return words[column.index(height)] if height in column else ""


@pytest.mark.parametrize("gaps", [(8, 16), (8, 8)])
def test_rows_of_one_column_show_the_space_between_paragraphs_of_the_other(
    gaps: tuple[int, int],
) -> None:
    """The right column has half a line more above two of its lines, the left one nowhere."""
    words = [f"{letter} en dit is geen zin die ophoudt" for letter in ascii_lowercase[:24]]
    right = [at + sum(at >= gap for gap in gaps) / 2 for at in range(24)]
    made = split_columns(draft_of(side_by_side(list(range(24)), right, words))).lines
    assert [line.text for line in made] == words + words[::-1]
    found = [at for at, line in enumerate(made) if line.gap and at not in (0, 24)]
    # A whole line more is an empty row.
    assert found == sorted({24 + gap for gap in gaps})


def test_a_folio_that_was_joined_with_a_cut_word_is_a_folio(tmp_path: Path) -> None:
    top = "\n".join([*wrapped(GRASS, 40), "Een goede zetter legde de zui2"])
    foot = "\n".join(["len zo dicht dat er geen hand tussen kon.", "", "3"])
    raw = "\f".join(["Klei\n\nAan de dijk staat een hek van ijzer.\n\n1", top, foot])
    texts = [text for _, text in blocks_of(raw, tmp_path)]
    assert any("legde de zuilen zo dicht" in text for text in texts)
    left = [run.text for why, run in drop_furniture(draft_of(raw)).left if why == "folio"]
    assert left == ["1", "2", "3"]


@pytest.mark.parametrize("foot", ["het jaar 19852", "zuilen1"])
def test_a_number_that_does_not_count_with_the_pages_stays(foot: str) -> None:
    raw = "\f".join(["Klei\n\n1", f"Zij kwamen in {foot}", "en bleven er.\n\n3"])
    assert any(line.text.endswith(foot) for line in drop_furniture(draft_of(raw)).lines)


WORDS = GRASS.split()
CUT = " ".join(WORDS[11:21])
"""Words from the middle of a sentence."""


def test_a_quote_of_one_line_in_mid_sentence_is_a_quote() -> None:
    raw = "\n".join([*wrapped(STONE, 70), "", CUT, *wrapped(GRASS, 70)])
    assert quotes_of(raw) == [CUT]
    # The same words that the line above leads up to are text.
    assert quotes_of("\n".join([*wrapped(STONE, 70)[:-1], CUT, *wrapped(GRASS, 70)])) == []


def test_a_word_that_follows_a_quote_and_its_copy_by_chance_is_no_part_of_it() -> None:
    quote = wrapped(" ".join(WORDS[:14]), 28)
    # The word after the quote is also the one after its copy.
    rest = f"{WORDS[14].capitalize()} schapen komen elk jaar terug, tot de winter hen verjaagt."
    raw = "\n".join([*wrapped(STONE, 40), "", *quote, "", *wrapped(rest, 40), *wrapped(GRASS, 40)])
    assert quotes_of(raw) == [" ".join(quote)]


def test_a_heading_above_a_quote_is_measured_by_its_column() -> None:
    quote = wrapped(" ".join(WORDS[:14]), 22)
    above, text = wrapped(SAND, 34), wrapped(f"{STONE} {GRASS}", 34)
    raw = "\n".join([*above, "", "Een hoofd van gras nu", *quote, "", *text])
    draft = find_headings(find_pull_quotes(part_lines(known(raw))))
    heads = [draft.lines[one.start].text for one in draft.claims if one.kind == "heading"]
    assert heads == ["Een hoofd van gras nu"]


def headings_in(raw: str) -> list[str]:
    draft = find_headings(part_lines(known(raw)))
    return [
        " ".join(line.text for line in draft.lines[one.start : one.stop])
        for one in draft.claims
        if one.kind == "heading"
    ]


FULL = "De zetters van overal en elders"
LOWER = "van de dijken en de grote zeeën"
"""With the next word these fill a line of 34 letters to its last one."""


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (["De zetters van overal om en met"], []),
        ([FULL], [FULL]),
        (["Zetters", LOWER], [f"Zetters {LOWER}"]),
        (["Zetters die overal vandaan komen", LOWER], []),
    ],
)
def test_a_heading_straight_above_its_paragraph(head: list[str], found: list[str]) -> None:
    """It stands below a gap, and is as short as few lines are above a capital."""
    text = wrapped(f"{GRASS} {STONE}", 34)
    raw = "\n".join([*text, "", *text, "", *head, *text, "", *text])
    assert headings_in(raw) == found


def test_a_line_that_a_part_of_the_next_word_would_have_fitted_on_is_a_heading() -> None:
    """It stands alone below a gap, far from the head of the text."""
    text = [*wrapped(STONE, 34)[:-1], "het laatste en het allerlaatste en-", "kele werk doen."]
    below = "Nederlandse zetters legden zuilen"
    heads = {"Van de zuilen en de boten": True, "Van de zuilen en de bootjes nu": False}
    for head, is_heading in heads.items():
        raw = "\n".join(["Klei", "", *text * 4, "", head, below, *text])
        lines = part_lines(known(raw)).lines
        (at,) = [at for at, line in enumerate(lines) if line.text == head]
        assert bool(lines[at + 1].gap) is is_heading


def pieces(*texts: list[str]) -> str:
    return "\n\n".join("\n".join(one) for one in texts)


def orders(raw: str) -> list[str]:
    return [line.text for line in order_pieces(draft_of(raw)).lines]


def test_a_note_at_the_foot_does_not_end_the_columns_of_its_page() -> None:
    grass, stone = wrapped(GRASS, 46), wrapped(STONE, 46)
    sand = wrapped(f"{STONE} {GRASS}", 46)
    note = ["1. De zuilen zijn zeskantig."]
    # Left: grass and the head of stone; right: the rest of it and sand. The note came between.
    first = pieces(["Klei"], stone[2:], note, sand, grass, stone[:2])
    raw = f"{first}\f{pieces(grass)}\n"
    made = orders(raw)
    assert made.index(stone[2]) == made.index(stone[1]) + 1


def test_an_import_says_which_pages_were_put_in_order() -> None:
    grass, stone = wrapped(GRASS, 46), wrapped(STONE, 46)
    raw = f"{pieces(['Klei'], stone[2:], grass, stone[:2])}\f{pieces(grass)}\n"
    notes = import_text(raw, "dijk.txt", "nl").notes
    told = [note.message for note in notes if note.code == "columns"]
    assert told == ["pieces of this page were out of order; they now follow their sentences"]


def test_an_import_says_where_columns_may_be_out_of_order() -> None:
    grass, stone = wrapped(GRASS, 46), wrapped(STONE, 46)
    torn = [*grass[:3], "maaier uit, en liet toen een paar mannen van de"]
    raw = f"{pieces(['Klei'], torn, stone)}\f{pieces(wrapped(SAND, 46))}\n"
    told = [note.message for note in import_text(raw, "dijk.txt", "nl").notes]
    assert any("may be out of order" in message for message in told)


@pytest.mark.parametrize(
    ("first", "parted"), [("In", True), ("“In", False), ("Kamenev", False), ("in", False)]
)
def test_a_colon_before_a_capital_announces_another_paragraph(
    first: str, parted: bool, tmp_path: Path
) -> None:
    lines = [*wrapped(STONE, 46), "Een zetter die van de dijk kwam zei nog dit er:"]
    rest = wrapped(f"{first} de winter van dat jaar stond in het water een paal.", 46)
    raw = "\n".join(["Klei", "", *wrapped(SAND, 46), *lines, *rest, *wrapped(GRASS, 46)])
    texts = [text for _, text in blocks_of(raw, tmp_path)]
    assert any(text.endswith("zei nog dit er:") for text in texts) is parted
