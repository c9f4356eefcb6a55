"""Words, signs and reasons of notes, each by itself."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from publish.ground.source import SourceFile
from publish.proof.map import width
from publish.proofing.leaving import _reason
from publish.proofing.queue import Note
from publish.proofing.words import is_within, letters_around, word_around

TEXT = "De foto’s, zee-arm en «'t veer»."


@pytest.mark.parametrize(
    ("start", "end", "word"),
    [
        (5, 5, "foto’s"),
        (3, 3, "foto’s"),
        (9, 9, "foto’s"),
        (2, 2, "De"),
        (14, 15, "zee-arm"),
        (13, 20, "zee-arm en"),
        (25, 25, "t"),
        (len(TEXT), len(TEXT), ""),
        (10, 10, ""),
    ],
)
def test_the_word_that_is_touched(start: int, end: int, word: str) -> None:
    first, last = word_around(TEXT, start, end)
    assert TEXT[first:last] == word


def test_a_place_within_a_word_and_the_letters_there() -> None:
    assert [is_within(TEXT, at) for at in (2, 3, 5, 9, 14)] == [False, False, True, False, True]
    assert letters_around(TEXT, 13) == (11, 14)
    assert letters_around(TEXT, 20) == (19, 21)
    assert letters_around("", 0) == (0, 0)


@pytest.mark.parametrize(
    ("source", "char", "count"),
    [
        ("&amp;x", "&", 5),
        ("&#38;x", "&", 5),
        ("&x", "&", 1),
        ("&eacute;x", "é", 8),
        ("\\*x", "*", 2),
        ("\\\\x", "\\", 2),
        ("\\x", "\\", 1),
        ("--x", "–", 2),
        ("...x", "…", 3),
        ("x", "x", 1),
    ],
)
def test_how_much_is_typed_for_a_character(source: str, char: str, count: int) -> None:
    assert width(source, 0, char) == count


SOURCES = {
    "a.md": SourceFile("a.md", "Het *veer* vaart.\n\nMorgen niet.\n"),
    "captions.toml": SourceFile("captions.toml", 'credit = "veer"\n'),
}
PLAIN = Note(
    "a.md", 1, 6, 1, 10, "veer", "replace", "", "pont", "An", "", 1, (0, 0, 9, 9), True,
    start=5, end=9, then=(5, 9),
)  # fmt: skip


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({}, ""),
        ({"replacement": None}, "the strike-out carries words: they may say"),
        ({"done": True}, "the manuscript has it by now"),
        ({"start": -1}, "it stands on nothing of the manuscript"),
        ({"sure": False}, "the manuscript has changed here since the proof"),
        ({"agrees": False}, "other words are printed there than the manuscript has by now"),
        ({"state": "Rejected"}, "it was rejected"),
        ({"state": "Completed"}, "it is done already"),
        ({"what": "picture"}, "it stands on a picture"),
        ({"what": "call"}, "it stands on the call of a note"),
        ({"what": "filled"}, "its words are filled in for a reference"),
        ({"against": (2, 5)}, "another mark wants something else here: note 2, 5"),
        ({"halved": (True, False)}, "of a word that two pages share the half is marked"),
        ({"gapped": True}, "words between those that are marked are not"),
        ({"start": 4, "end": 10, "words": "veer v"}, "there is markup among these words"),
        ({"numbered": True}, "the call of a note, or another number that is set, is marked"),
        (
            {"start": 11, "end": 25, "words": "vaart. Morgen"},
            "it goes over more than one paragraph",
        ),
        ({"replacement": "pont\n\nEn nog een."}, "it proposes more than one paragraph"),
        (
            {"file": "captions.toml", "start": 10, "end": 14, "replacement": "*pont*"},
            "it has signs that may mean more in a .toml file",
        ),
    ],
)
def test_why_a_proposal_is_left_to_a_person(more: dict[str, Any], reason: str) -> None:
    said = _reason(replace(PLAIN, **more), SOURCES)
    assert said.startswith(reason) and bool(said) is bool(reason)
