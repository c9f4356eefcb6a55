"""Ends of paragraphs that nothing shows, quotes in their own sentence, hyphens that were taken."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest
from msgspec import structs
from test_importing_hyphens import written
from test_importing_measures import INDENT, MEASURE, TEXTS, set_by_width
from test_importing_pages import GRASS, STONE, blocks_of, wrapped
from test_importing_shapes import assert_accounted

from publish.importing import import_text
from publish.importing.ends import weight
from publish.importing.habits import take_habits
from publish.importing.interrupting import interrupting
from publish.importing.languages import language_of
from publish.importing.lengths import Stretch, parted
from publish.importing.lines import read_lines
from publish.importing.model import Draft, Habits, Line, Passage
from publish.importing.restoring import restore_hyphens
from publish.importing.words import take_words


def weighed(raw: str, above: str) -> float:
    """Return what speaks for an end below the line that ends so, in a text of its own."""
    draft = take_habits(Draft("", language_of("en"), read_lines(raw)[0]))
    at = next(at for at, line in enumerate(draft.lines) if line.text.endswith(above))
    a, b, c = draft.lines[at : at + 3]
    return weight(draft.habits.ends, a, b, "en", c)


def test_room_speaks_for_an_end_and_a_full_line_for_nothing() -> None:
    lines = [set_by_width(text) for text in TEXTS]
    raw = "\n".join(line for one in lines for line in one)
    short = [one for one in lines[:-1] if len(one[-1]) < 0.6 * MEASURE]
    assert len(short) > 2
    assert all(weighed(raw, one[-1]) > 4 for one in short)
    full = [line for one in lines for line in one[:-2] if line[-1] == "." and len(line) > 48]
    assert full
    assert all(weighed(raw, line) < 1 for line in full)


def test_where_empty_lines_part_paragraphs_one_that_is_missing_speaks_against() -> None:
    parts = [set_by_width(text) for text in TEXTS]
    apart = "\n\n".join("\n".join(one) for one in parts)
    end = parts[0][-1]
    without = apart.replace(f"{end}\n\n", f"{end}\n", 1)
    close = "\n".join(line for one in parts for line in one)
    assert weighed(without, end) < weighed(close, end) - 1


def test_the_indent_that_was_lost_is_weighed_in_the_line_below() -> None:
    raw = "\n".join(line for text in TEXTS for line in set_by_width(text, INDENT))
    draft = take_habits(Draft("", language_of("en"), read_lines(raw)[0]))
    lines = draft.lines
    firsts = {" ".join(text.split()[:3]) for text in TEXTS}
    told = [(at, line.text.startswith(tuple(firsts))) for at, line in enumerate(lines[1:-1], 1)]
    gained = {True: 0.0, False: 0.0}
    for at, first in told:
        a, b, c = lines[at - 1 : at + 2]
        more = weight(draft.habits.ends, a, b, "en", c) - weight(draft.habits.ends, a, b, "en")
        gained[first] += more
    assert gained[True] > 0 > gained[False]


def stretch(lengths: list[int], weights: dict[int, float]) -> Stretch:
    lines = tuple(Line(at, (), "x" * length) for at, length in enumerate(lengths, 1))
    return Stretch(
        lines, tuple(weights.get(at, inf if not at else -inf) for at in range(len(lines)))
    )


def test_a_paragraph_twice_as_long_as_any_other_is_two() -> None:
    usual = stretch([50] * 40, dict.fromkeys(range(8, 40, 8), inf))
    double = stretch([50] * 16, {3: 0.0, 8: 0.0, 13: 0.0})
    assert parted([usual, double], 100)[1] == [0, 8]
    # With no other so long, three sentences' ends in full lines are nothing but that.
    alone = stretch([50] * 8, {3: 0.0})
    assert parted([usual, alone], 100)[1] == [0]


def test_what_is_sure_stays_so_whatever_the_lengths() -> None:
    odd = stretch([50] * 24, {1: inf, 12: -inf, 23: inf})
    usual = stretch([50] * 40, dict.fromkeys(range(8, 40, 8), inf))
    assert parted([usual, odd], 100)[1] == [0, 1, 23]


def test_a_hidden_end_is_found_in_a_text_without_indents_or_gaps(tmp_path: Path) -> None:
    texts = [*TEXTS, *(f"{text} So it was." for text in TEXTS)]
    raw = "\n".join(["The clock", "", *(line for one in texts for line in set_by_width(one))])
    made = import_text(raw, "clock.txt", "en")
    assert_accounted(raw, made)
    got = [text for kind, text in blocks_of(raw, tmp_path / "book", "en") if kind == "p"]
    assert len(set(got) & set(texts)) >= len(texts) - 1


@pytest.mark.parametrize(("before", "after"), [(5, 9), (1, 13), (12, 2)])
def test_a_quote_in_the_midst_of_its_own_sentence(before: int, after: int, tmp_path: Path) -> None:
    sentence = " ".join(GRASS.split()[:14])
    words = GRASS.split()
    assert before + after == 14
    raw = "\n".join(
        [
            *("De dijk", "", *wrapped(STONE, 40), "", *wrapped(" ".join(words[:before]), 40)),
            *wrapped(sentence, 28),
            *wrapped(" ".join(words[before:]), 40),
        ]
    )
    texts = blocks_of(raw, tmp_path / "book")
    assert [text for kind, text in texts if kind == "p"] == [STONE, GRASS]
    assert [kind for kind, text in texts if sentence.split(".")[0] in text] == ["p", "pullquote"]


def test_a_text_that_merely_says_something_twice_has_no_such_quote() -> None:
    raw = "\n".join([*wrapped(GRASS, 40), *wrapped(STONE, 40), *wrapped(GRASS, 40)])
    assert list(interrupting(read_lines(raw)[0])) == []


def test_hyphens_that_joined_lines_have_lost_come_back() -> None:
    text = "De Sovjet-Unie was groot. Wie de SovjetUnie zag, zag McDonald en de dijken."
    lines, _ = read_lines(text)
    draft = take_words(Draft("", language_of("nl"), lines, habits=Habits(joined=True)))
    passage = Passage("body", lines, lines[0].runs)
    (made,) = restore_hyphens(structs.replace(draft, passages=(passage,))).passages
    assert made.text == text.replace("SovjetUnie", "Sovjet-Unie")
    added = [run for run in made.runs if not run.line]
    assert [(run.text, run.why) for run in added] == [("-", "hyphen restored")]
    # Where lines keep their hyphens a capital within a word is the author's.
    kept = structs.replace(draft, habits=Habits(), passages=(passage,))
    assert restore_hyphens(kept).passages == (passage,)


@pytest.mark.parametrize(
    ("cut", "whole", "text", "language"),
    [
        ("de bolsje-|nacht was lang", "de bolsje-nacht", "een nacht", "nl"),
        ("van Ordzjo-|werd gezegd", "van Ordzjo-werd", "het werd, werd en werd", "nl"),
        ("in het land-|van de dijk", "in het land-van", "", "nl"),
        ("de ex-|ministers", "de ex-ministers", "", "nl"),
        ("de ex-|port", "de export", "", "nl"),
        ("de oud-in-|genieurs", "de oud-ingenieurs", "er in", "nl"),
        ("the sea-|clock", "the sea-clock", "a clock", "en"),
    ],
)
def test_no_word_is_made_that_is_none(cut: str, whole: str, text: str, language: str) -> None:
    assert written(cut, text, language)[0].startswith(whole)
