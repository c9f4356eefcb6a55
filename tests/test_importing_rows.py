"""Pieces that come by rows, and what may stand between the halves of a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.articles import read_article
from msgspec import structs
from test_importing_hyphens import words_of
from test_importing_measures import MEASURE
from test_importing_order import MOUND, SAND, WHOLE, WIDTH, WIND, broken, lines_of, page_of
from test_importing_pages import GRASS, STONE, blocks_of, wrapped

from publish.importing.cuts import Far
from publish.importing.habits import take_habits
from publish.importing.hyphens import decide
from publish.importing.languages import language_of
from publish.importing.lines import read_lines
from publish.importing.model import Draft, Habits
from publish.importing.order import order_pieces
from publish.importing.parting import part_lines
from publish.importing.pieces import Piece, Seams, pages_of
from publish.importing.unjoining import unjoin_lines
from publish.importing.widths import width_of
from publish.importing.words import take_words

CLAY = (
    "Klei zakt als ze droogt. De molens die het water weghaalden, haalden zo ook de bodem omlaag, "
    "en ieder geslacht moest weer een voet dieper malen dan het vorige."
)
DITCH = [
    "Sloten waren de grenzen. Wie land kocht, kocht",
    "de helft erbij, met de plicht om ze in het na-",
    "jaar uit te diepen.",
]


def by_rows(columns: list[list[list[str]]]) -> str:
    """Return a page as one that takes each piece the earlier the higher it stands."""
    placed = []
    for number, column in enumerate(columns):
        depth = 0
        for piece in column:
            placed.append((depth, -number, piece))
            depth += len(piece) + 1
    return page_of([piece for _, _, piece in sorted(placed)])


def test_pieces_that_come_by_rows_are_shared_out_to_their_columns() -> None:
    """Every piece but two of a page ends a sentence: how high they stand tells their columns."""
    grass, stone, sand, wind, mound, clay = map(lines_of, (*WHOLE, CLAY))
    left, right = [grass, stone, sand, wind[:2]], [wind[2:], mound, clay, DITCH[:2]]
    under = [[DITCH[2:], clay, stone, mound[:2]], [mound[2:], grass, sand, wind[:3]]]
    raw = f"Klei\n\n{by_rows([left, right])}\f{by_rows(under)}\f{page_of([wind[3:]])}\n"
    lines = order_pieces(Draft("", language_of("nl"), read_lines(raw)[0])).lines
    columns = [*left, *right, *under[0], *under[1], wind[3:]]
    assert [line.text for line in lines] == ["Klei", *(one for each in columns for one in each)]


def test_text_straight_below_the_title_may_be_another_columns(tmp_path: Path) -> None:
    grass, stone, sand, wind, mound = map(lines_of, WHOLE)
    page = page_of([["Klei", *sand[1:]], [*grass], [*wind], [*stone, *sand[:1]]])
    raw = f"{page}\f{page_of([mound])}\n"
    texts = [text for _, text in blocks_of(raw, tmp_path)]
    assert SAND in texts
    assert GRASS in texts


def seam(a: str, b: str, language: str = "nl") -> float:
    """Return what it costs to read a piece that begins with `b` after one that ends with `a`."""
    lines = read_lines(f"{a}\n\n{b}")[0]
    draft = take_words(Draft("", language_of(language), lines, habits=Habits(measure=40)))
    draft = structs.replace(
        draft, lines=tuple(structs.replace(one, measure=40, width=40) for one in lines)
    )
    pieces = [Piece(at, at + 1, line, line) for at, line in enumerate(draft.lines)]
    return Seams(pieces, draft).cost(0, 1)


def test_after_a_colon_a_sentence_goes_on_small_or_great() -> None:
    assert seam("nam ze waar het ze vond:", "klerken van de tsaar") == 0
    assert seam("zei hij, en dacht daarbij:", "Wie dat gelooft") == 0
    assert seam("nam ze waar het ze vond.", "klerken van de tsaar") > 0


def test_a_preposition_is_seldom_the_rest_of_a_word() -> None:
    assert seam("il n’al-", "lait nulle part", "fr") < seam("il n’al-", "une colline", "fr")


def test_one_wide_line_does_not_run_a_text_across_its_columns() -> None:
    wide = f"{' '.join(lines_of(STONE)[:2])}"
    raw = page_of([["Klei"], [*lines_of(GRASS), wide, *lines_of(SAND)], lines_of(WIND)])
    lines = read_lines(f"{raw}\f{page_of([lines_of(MOUND)])}")[0]
    lines = tuple(structs.replace(one, width=len(one.text), measure=WIDTH) for one in lines)
    draft = take_words(Draft("", language_of("nl"), lines, habits=Habits(measure=WIDTH)))
    assert [len(page) for page in pages_of(draft)] == [1, 2, 1]
    # A block of which most lines are so wide does.
    whole = read_lines(page_of([["Klei"], wrapped(GRASS, 2 * WIDTH), lines_of(WIND)]))[0]
    whole = tuple(structs.replace(one, width=len(one.text), measure=WIDTH) for one in whole)
    assert len(list(pages_of(structs.replace(draft, lines=whole)))) == 3


def unjoined(lines: list[str], language: str = "nl") -> list[str]:
    raw = "\n".join(lines)
    draft = unjoin_lines(Draft("", language_of(language), read_lines(raw)[0]))
    return [line.text for line in draft.lines]


def joined() -> list[list[str]]:
    """Return the lines of some paragraphs, those that end in a hyphen joined with the next."""
    texts = [one for one in read_article("de-uhr").texts("p") if len(one.split()) > 30]
    return ["\n".join(broken(one, "de")).replace("-\n", "").split("\n") for one in texts]


def test_a_lines_width_is_told_by_the_text_and_not_by_a_quote_above_it() -> None:
    """Four short lines are more than half of the single ones with the paragraph below them."""
    text = joined()
    before = [line for one in text for line in one]
    quote = [
        "und wenn die Bahnen eine Welt",
        "zeit brauchten, so sollten sie",
        "sie für sich",
        "haben",
    ]
    assert max(map(len, quote)) < 0.8 * MEASURE
    told = 0
    for one in text:
        alone = unjoined([*before, "", *one], "de")[len(unjoined(before, "de")) :]
        below = unjoined([*before, "", *quote, *one], "de")
        told += below[-len(alone) :] == alone
    assert told >= len(text) - 1


HUMMED = "Die Leute sagten dazu ein Wort, es war: Hmmmmmmmmmmmmmm und damit war es gut."
"""No pattern breaks the word that ends beyond the measure."""


def test_a_line_of_two_is_parted_in_a_word_that_no_pattern_breaks() -> None:
    lines = [line for one in joined() for line in one]
    assert width_of(HUMMED) > 1.5 * MEASURE
    assert HUMMED not in unjoined([*lines, HUMMED, *lines], "de")


def test_what_runs_across_the_page_is_not_parted() -> None:
    lines = [line for one in joined() for line in one]
    assert unjoined([*lines, "", HUMMED], "de")[-1] == HUMMED


@pytest.mark.parametrize(
    ("first", "second", "far", "between"),
    [
        # The second half is a word: it may go on from elsewhere.
        ("“Trotskisme” werd een aan", "zijn vaak de vijanden", "loose", "-"),
        ("“Trotskisme” werd een aan", "zijn vaak de vijanden", "apart", ""),
        # No word at all, and with the first half one.
        ("een zeker ver", "moeden in de zaak", "loose", ""),
        # No word is made.
        ("het water zu", "ben instand", "loose", "-"),
        ("de leden en kan", "kliniek, na een", "apart", "-"),
        ("velden de recht", "toond. Zijn vrouw", "apart", "-"),
        # Both halves stand on the page: it may be a conjunction.
        ("Zijn uit", "en op de delen", "loose", "- "),
    ],
)
def test_halves_with_rivals_are_welded_if_nothing_else_can_be(
    first: str, second: str, far: Far, between: str
) -> None:
    join = decide(first, second, words_of("zij uiten zich"), language_of("nl"), far)
    assert join.between == between
    assert join.sure == (between == "")


def test_a_trema_makes_no_word_that_is_none() -> None:
    assert decide("bleef nog ja", "er een belasting", words_of(""), language_of("nl")).between
    assert not decide("drie idee", "en, zei hij", words_of(""), language_of("nl")).between


def test_a_quote_of_few_words_may_stand_between_halves_of_a_word(tmp_path: Path) -> None:
    """Its first word makes one with the half above it, and so is none of those that come back."""
    told = ["stroming van het jaar waarin", "zijn vrouw verdronk"]
    text = f"Hij sprak vaak van de {' '.join(told)}, en nooit van wat er daarna kwam. {GRASS}"
    above, below = f"{STONE[:-1]}, en dat van de over-", f"winning en van de honger. {SAND}"
    lines = [*wrapped(text, 48), *wrapped(above, 48), *told, *wrapped(below, 48)]
    made = blocks_of("\n".join(["Klei", "", *lines, *wrapped(MOUND, 48)]), tmp_path)
    assert [text.rstrip(" …") for kind, text in made if kind == "pullquote"] != []
    assert any("de overwinning en van" in text for kind, text in made if kind == "p")


def test_what_goes_on_below_a_quote_stands_apart(tmp_path: Path) -> None:
    """No empty line is left where the quote stood; the halves are strangers all the same."""
    told = ["die eerst goed leek te gaan, en die", "de familie nog jaren later een moord", "noemde"]
    text = f"Het was een ingreep {' '.join(told)} en geen ongeluk. {GRASS}"
    above = [*wrapped(STONE, 48), "Het doel was ruimer. Van de leden en de kan-"]
    lines = [*wrapped(text, 48), *above, "", *told, "kliniek, na een tijd van rust. Zand lag er."]
    made = blocks_of("\n".join(["Klei", "", *lines, "", *wrapped(MOUND, 48)]), tmp_path)
    assert [kind for kind, _ in made].count("pullquote") == 1
    assert any("de kan-kliniek" in text for kind, text in made if kind == "p")


def test_full_lines_that_wait_for_the_next_are_no_caption() -> None:
    """Below a cut word stands a column's text, and somewhere in it what would complete the word."""
    cut = [*wrapped(GRASS, WIDTH), "en het dorp dat eronder lag werd vaak een aan-", ""]
    full = [
        "Het verschil was praktischer dan het klonk, en",
        "wie een land wil bouwen, heeft buren nodig die",
        "het met rust laten; en wie een dijk wil heeft,",
        "zijn buren vaak de vijanden van de molenaars.",
    ]
    lines = read_lines("\n".join(["Klei", "", *cut, *full, "", *wrapped(WIND, WIDTH)]))[0]
    draft = part_lines(take_habits(take_words(Draft("", language_of("nl"), lines))))
    assert [line.gap for line in draft.lines if line.text == full[-1]] == [0]


def test_the_tail_of_a_moved_piece_that_has_rivals_is_marked() -> None:
    stone = [*lines_of(STONE)[:-2], "tussen kon, en liet de zee het laatste schil-"]
    sand, wind = lines_of(SAND), lines_of(WIND)
    pieces = [lines_of(GRASS) + sand[:2], ["derwerk doen."], ["der komen."], sand[2:], stone]
    raw = f"Klei\n\n{page_of(pieces)}\f{page_of([wind, lines_of(MOUND)])}\n"
    lines = order_pieces(Draft("", language_of("nl"), read_lines(raw)[0])).lines
    assert [line.text[-6:] for line in lines if line.loose] == ["schil-"]
