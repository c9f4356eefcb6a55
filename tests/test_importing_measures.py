"""The measure that lines were broken by, and what it tells of where paragraphs end and begin."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap

import pytest
from bench.articles import read_article
from test_importing_pages import GRASS, STONE, blocks_of

from publish.importing.habits import take_habits
from publish.importing.languages import language_of
from publish.importing.lines import read_lines
from publish.importing.measures import fitted, in_width, lost_indent
from publish.importing.model import Draft
from publish.importing.widths import width_of

TEXTS = [one for one in read_article("en-longitude").texts("p") if len(one.split()) > 60]
MEASURE, INDENT = 52.0, 3.0


def set_by_width(text: str, indent: float = 0) -> list[str]:
    """Return the lines of a paragraph as a page has them: broken by the widths of its letters."""
    lines = [""]
    for word in text.split():
        room = MEASURE - (indent if len(lines) == 1 else 0)
        if lines[-1] and width_of(f"{lines[-1]} {word}") > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def raw_of(indent: float = 0) -> str:
    return "\n".join(line for text in TEXTS for line in set_by_width(text, indent))


def test_the_measure_is_what_the_breaks_allow_and_not_the_widest_line() -> None:
    lines, typed = in_width(read_lines(raw_of())[0])
    assert not typed
    measure, explained = fitted(lines)
    assert explained > 0.95
    assert measure == pytest.approx(MEASURE, rel=0.01)
    # One line of another column does not move it.
    wider = read_lines(f"{raw_of()}\n{'of the wide world '.rstrip() * 5}\nand more")[0]
    assert fitted(in_width(wider)[0])[0] == pytest.approx(measure, rel=0.01)


def test_typed_lines_are_known_by_their_letters() -> None:
    raw = "\n".join(line for text in TEXTS for line in wrap(text, 48, break_on_hyphens=False))
    lines, typed = in_width(read_lines(raw)[0])
    assert typed
    assert fitted(lines) == (48, 1.0)


@pytest.mark.parametrize(("indent", "told"), [(INDENT, INDENT), (0, 0)])
def test_an_indent_that_was_lost_is_seen_in_the_first_lines(indent: float, told: float) -> None:
    read = read_lines(raw_of(indent))[0]
    draft = take_habits(Draft("", language_of("en"), read))
    assert not draft.habits.indent and not draft.habits.gaps
    assert draft.habits.lost == pytest.approx(told, abs=1.2)
    found = lost_indent(draft.lines, draft.habits.measure, draft.language)
    assert found == draft.habits.lost


def full(text: str) -> list[str]:
    """Return the lines of a text less its last words, so that the last line is full."""
    lines = wrap(text, 40)
    return [*lines[:-1], lines[-1].ljust(36, "x")[:35] + ", ja."]


def test_below_a_full_line_a_picture_stands_between_two_paragraphs(tmp_path: Path) -> None:
    raw = ["De dijk", "", *full(GRASS), "", "Foto: het gras", "", *wrap(STONE, 40), ""]
    texts = [text for kind, text in blocks_of("\n".join(raw), tmp_path / "a") if kind == "p"]
    assert texts == [" ".join(full(GRASS)), STONE]


def test_below_a_full_line_a_picture_interrupts_where_the_others_do(tmp_path: Path) -> None:
    labels = ["Foto: het gras", "", "Foto: de steen", "", "Foto: de klok", ""]
    raw = ["De dijk", ""]
    for text, label in zip((GRASS, STONE, TEXTS[0]), labels[::2], strict=True):
        lines = wrap(text, 40)
        raw += [*lines[:2], "", label, "", *lines[2:], ""]
    above, below = full(TEXTS[1]), wrap(TEXTS[2], 40)
    raw += [*above, "", "Foto: de zee", "", *below, ""]
    texts = [text for kind, text in blocks_of("\n".join(raw), tmp_path / "a") if kind == "p"]
    assert texts == [GRASS, STONE, TEXTS[0], " ".join([*above, *below])]


def test_a_line_that_calls_a_note_is_no_caption(tmp_path: Path) -> None:
    raw = """De dijk

De dijk is van klei en gras, en het gras is
Foto: het gras, gemaaid1
het belangrijkst van alles wat er groeit.

1. Door Texelse schapen.
"""
    blocks = blocks_of(raw, tmp_path / "a")
    assert "photo" not in [kind for kind, _ in blocks]


def test_what_stands_between_the_halves_of_a_word_is_a_caption(tmp_path: Path) -> None:
    raw = """De dijk

Basalt kwam uit Duitsland, over de Rijn, in
platte schuiten. Een goede zetter legde de zui-
Schapen op de dijk bij laag water
len zo dicht dat er geen hand tussen kon, en
liet de zee het laatste werk doen.
De dijk is van klei en gras, en het gras is het
belangrijkst.
"""
    blocks = blocks_of(raw, tmp_path / "a")
    assert ("p", STONE) in blocks
    assert [kind for kind, _ in blocks].count("photo") == 1
