"""The list of contents of a raw text, which a book makes anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_importing_desk import imported as answered
from test_importing_shapes import assert_accounted, parts_of, read_back

from publish.importing import import_text

TITLE = "DE WIJDE RIVIER\n\n"
CHAPTERS = """\

De steiger van toen

De veerman legde aan bij de steiger, en het begon die avond zacht te
regenen. Niemand wist wie de sleutel had.

Het lage water

Tegen de ochtend trok de mist op, en de toren stond weer waar hij altijd
had gestaan. Daarna werd het stil.
"""
ENTRIES = (
    "Inhoud\n\nDe steiger van toen ........ 3\nHet lage water ............ 17\n",
    "Inhoud\nDe steiger van toen 3\nHet lage water 17\n",
    "De steiger van toen . . . . . . iv\nHet lage water . . . . . . . xii\n",
)


def dropped(files: dict[str, str]) -> list[str]:
    rows = json.loads(files["import-ledger.json"])["rows"]
    return [
        piece["dropped"]
        for row in rows
        for piece in row.get("pieces", ())
        if piece["as"] == "contents"
    ]


@pytest.mark.parametrize("contents", ENTRIES)
def test_entries_that_stand_elsewhere_are_left_out_and_told(contents: str, tmp_path: Path) -> None:
    raw = TITLE + contents + CHAPTERS
    imported = import_text(raw, "rivier.txt", "nl")
    assert_accounted(raw, imported)
    assert dropped(dict(imported.files)) == [line for line in contents.split("\n") if line]
    assert [one.message for one in imported.notes if one.code == "contents"] == [
        "left out: the list of contents"
    ]
    parts = parts_of(read_back(imported, tmp_path / "book"))
    assert [title for title, _ in parts] == ["De steiger van toen", "Het lage water"]


def test_an_entry_that_stands_nowhere_else_is_kept_and_so_is_the_heading(tmp_path: Path) -> None:
    raw = TITLE + ENTRIES[0] + "Naschrift van de uitgever ..... 21\n" + CHAPTERS
    imported = import_text(raw, "rivier.txt", "nl")
    assert_accounted(raw, imported)
    assert len(dropped(dict(imported.files))) == 2
    text = " ".join(
        text for name, text in imported.files.items() if name.endswith((".md", ".toml"))
    )
    assert "Naschrift van de uitgever" in text
    assert "Inhoud" in text


def test_figures_at_line_ends_make_no_contents(tmp_path: Path) -> None:
    raw = TITLE + "Er kwamen er in mei 12\nen in juni 14 over de brug.\n" + CHAPTERS
    imported = import_text(raw, "rivier.txt", "nl")
    assert not dropped(dict(imported.files))


def test_the_editor_may_keep_an_entry(tmp_path: Path) -> None:
    raw = TITLE + ENTRIES[0] + CHAPTERS
    imported = answered(tmp_path, '[lines]\n"5-6" = "body"\n', raw)
    assert dropped(dict(imported.files)) == []


def test_two_bare_entries_or_a_few_of_many_make_no_contents() -> None:
    """Without a heading or leaders three must stand elsewhere, and most of all with them."""
    bare = "De steiger van toen 3\nHet lage water 17\n"
    few = ENTRIES[0] + "Naschrift .... 21\nBronnen .... 23\nDank .... 25\n"
    for contents in (bare, few):
        assert not dropped(dict(import_text(TITLE + contents + CHAPTERS, "r.txt", "nl").files))
