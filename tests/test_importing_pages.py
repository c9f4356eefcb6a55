"""Raw texts as extractors leave them: notes, drop caps, columns, no empty lines, whole pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.articles import ems_of, manner_of, read_article, with_quotes
from bench.importing import KINDS, Score, compare, laid_out
from test_importing_shapes import assert_accounted, parts_of, read_back

from publish.importing import import_text

GRASS = (
    "De dijk is van klei en gras, en het gras is het belangrijkst. Wie er schapen op laat, spaart "
    "een maaier uit, en hun hoeven treden de grond aan tot hij zo hard is als steen."
)
STONE = (
    "Basalt kwam uit Duitsland, over de Rijn, in platte schuiten. Een goede zetter legde de zuilen "
    "zo dicht dat er geen hand tussen kon, en liet de zee het laatste werk doen."
)


def blocks_of(raw: str, folder: Path, language: str = "nl") -> list[tuple[str, str]]:
    made = import_text(raw, "dijk.txt", language)
    assert_accounted(raw, made)
    return [block for _, blocks in parts_of(read_back(made, folder)) for block in blocks]


def wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def test_a_number_at_a_word_and_a_text_at_the_foot_are_a_note(tmp_path: Path) -> None:
    first, second = wrapped(GRASS, 40), wrapped(STONE, 40)
    first[-1] += "1"
    raw = "\n".join(
        ["De dijk", "", *first, "", *second[:2], "", "1. Texelse schapen, meestal.", "", "7\f"]
    ) + "\n".join([*second[2:], "", "Zo bleef het, tot er beton kwam.", "", "8\n"])
    made = import_text(raw, "dijk.txt", "nl")
    assert_accounted(raw, made)
    chapter = made.files["01-de-dijk.md"]
    assert "steen.[^1]\n" in chapter
    assert chapter.endswith("\n\n[^1]: Texelse schapen, meestal.\n")
    book = read_back(made, tmp_path / "book").book
    assert book and len(book.chapters[0].notes) == 1
    assert {note.message for note in made.notes if note.code == "running-head"} == {
        "left out: 2 folios"
    }


@pytest.mark.parametrize(
    "line",
    ["1. Het gras wordt gemaaid.", "*maaien* is een kunst.", "12 schapen liepen er op de dijk."],
)
def test_what_nothing_calls_for_is_no_note(line: str) -> None:
    raw = "\n".join(["De dijk", "", *wrapped(GRASS, 40), "", line, "", *wrapped(STONE, 40), ""])
    made = import_text(raw, "dijk.txt", "nl")
    assert_accounted(raw, made)
    assert "[^" not in made.files["01-de-dijk.md"]


@pytest.mark.parametrize("where", ["above", "at the head"])
def test_a_drop_cap_joins_its_word(where: str, tmp_path: Path) -> None:
    lines = wrapped(GRASS[1:], 40)
    head = ["De dijk", "", "door Jan Blanken", ""]
    cap = [*head, "D", "", *lines] if where == "above" else ["D", *head, *lines]
    raw = "\n".join([*cap, "", *wrapped(STONE, 40), ""])
    texts = [text for kind, text in blocks_of(raw, tmp_path / "book") if kind == "p"]
    assert texts == [GRASS, STONE]


def test_three_columns_side_by_side_come_one_after_the_other(tmp_path: Path) -> None:
    columns = [wrapped(f"{GRASS} {STONE}", 30), wrapped(f"{STONE} {GRASS}", 30)]
    columns.append(wrapped(GRASS, 30))
    rows = max(map(len, columns))
    grid = [
        "".join((column[at] if at < len(column) else "").ljust(34) for column in columns).rstrip()
        for at in range(rows)
    ]
    texts = [text for _, text in blocks_of("\n".join(["De dijk", "", *grid, ""]), tmp_path / "b")]
    assert texts == [f"{GRASS} {STONE}", f"{STONE} {GRASS}", GRASS]


def test_columns_whose_lines_stand_at_other_heights(tmp_path: Path) -> None:
    left, right = wrapped(f"{GRASS} {STONE}", 34), wrapped(f"{STONE} {GRASS}", 34)
    rows = [row for a, b in zip(left, right, strict=False) for row in (a, " " * 40 + b)]
    texts = [text for _, text in blocks_of("\n".join(["De dijk", "", *rows, ""]), tmp_path / "b")]
    assert texts == [f"{GRASS} {STONE}", f"{STONE} {GRASS}"]


def test_paragraphs_and_headings_without_an_empty_line_between_them(tmp_path: Path) -> None:
    parts = [*wrapped(GRASS, 40), "Steen", *wrapped(STONE, 40), *wrapped(f"{GRASS} Zo.", 40)]
    raw = "\n".join(["De dijk", *wrapped(f"{STONE} Ja.", 40), *parts, ""])
    made = import_text(raw, "dijk.txt", "nl")
    assert_accounted(raw, made)
    parts_ = parts_of(read_back(made, tmp_path / "book"))
    assert [title for title, _ in parts_] == ["Inleiding", "Steen"]
    told = [[text for _, text in blocks] for _, blocks in parts_]
    assert told == [[f"{STONE} Ja.", GRASS], [STONE, f"{GRASS} Zo."]]


FLOORS = {"paragraphs": 0.82, "headings": 0.87, "quotes": 0.9, "captions": 0.9, "notes": 1.0}
"""Below what the bench finds on the average: an article is a small sample."""


@pytest.mark.parametrize("columns", [1, 2])
def test_what_was_laid_out_comes_back(columns: int, tmp_path: Path) -> None:
    """A slice of the bench: one article, set by WeasyPrint, taken out by Poppler and pdfminer."""
    article = read_article("fr-canal")
    manner = manner_of(article.name, 1, columns)
    quoted = with_quotes(article, manner, 1)
    score = Score()
    for how, raw in laid_out(quoted, 1, columns, tmp_path):
        made = import_text(raw, f"{how}.txt", "fr")
        assert_accounted(raw, made)
        score.merge(compare(quoted, raw, made, ems_of(manner))[0])
    assert score.wanted["hyphens"] > 20
    assert score.right["hyphens"] >= 0.98 * score.wanted["hyphens"]
    got = {kind: round(score.f1(kind), 3) for kind in KINDS}
    assert all(got[kind] >= FLOORS[kind] for kind in KINDS), got
