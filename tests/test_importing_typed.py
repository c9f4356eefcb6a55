"""Lists whose signs were typed as letters in a word processor, and what the editor says of them."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from test_importing_docx import saved
from test_importing_lists import Shown, shown

from publish.importing import import_source
from publish.manuscript.folder import read_manuscript

BEFORE, AFTER = "Wie meegaat, neemt van huis mee:", "Daarna loopt de groep naar de sluis."


def between(paragraphs: list[str], folder: Path, answers: str = "") -> tuple[Shown, list[str]]:
    """Return what stands between two paragraphs of the book, and what is told of it."""
    made = docx.Document()
    made.add_heading("De tocht", 1)
    for text in (BEFORE, *paragraphs, AFTER):
        made.add_paragraph(text)
    source = folder / "tocht.docx"
    source.write_bytes(saved(made))
    told = None
    if answers:
        told = folder / "answers.toml"
        told.write_text(f"[lines]\n{answers}\n", "utf-8")
    problems, _ = import_source(source, folder / "book", "nl", answers=told)
    book = read_manuscript(folder / "book").book
    assert book
    (chapter,) = book.chapters
    first, *rest, last = shown(chapter.blocks)
    assert (first, last) == (BEFORE, AFTER)
    return rest, [one.message for one in problems if "list" in one.message]


@pytest.mark.parametrize(
    ("paragraphs", "items"),
    [
        (["•\teen net", "•\teen emmer"], (None, [["een net"], ["een emmer"]])),
        (["- een net", "- een emmer"], (None, [["een net"], ["een emmer"]])),
        (["3) een net", "4) Een emmer."], (3, [["een net"], ["Een emmer."]])),
        (["– een net"], (None, [["een net"]])),
    ],
)
def test_paragraphs_with_a_typed_sign_are_items(
    paragraphs: list[str], items: object, tmp_path: Path
) -> None:
    rest, told = between(paragraphs, tmp_path)
    assert rest == [items]
    assert told == [f"taken for a list of {len(paragraphs)} items"]


def test_bullets_and_numbers_are_lists_of_their_own(tmp_path: Path) -> None:
    rest, told = between(["• een net", "1. eerst zwemmen", "2. dan eten"], tmp_path)
    assert rest == [(None, [["een net"]]), (1, [["eerst zwemmen"], ["dan eten"]])]
    assert len(told) == 2


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["– Waar is hij?", "– Aan de overkant."],
        ["7. Dat was het huis van de sluiswachter.", "3. Daar woonde niemand."],
        ["12 emmers", "-5 graden"],
    ],
)
def test_dialogue_and_numbers_that_do_not_count_stay_paragraphs(
    paragraphs: list[str], tmp_path: Path
) -> None:
    assert between(paragraphs, tmp_path) == (paragraphs, [])


def test_each_paragraph_that_is_answered_is_one_and_each_item_too(tmp_path: Path) -> None:
    texts = ["• een net", "een emmer", "een lamp"]
    rest, _ = between(texts, tmp_path, '"3-5" = "item"')
    assert rest == [(None, [["een net"], ["een emmer"], ["een lamp"]])]


def test_an_answer_makes_paragraphs_of_a_list_again(tmp_path: Path) -> None:
    texts = ["• een net", "• een emmer"]
    assert between(texts, tmp_path, '"3-4" = "body"') == (texts, [])


def test_paragraphs_that_are_answered_are_joined_where_that_is_said(tmp_path: Path) -> None:
    texts = ["een net en", "een emmer"]
    answers = '"3-4" = "body"\n[paragraphs]\n4 = "join"'
    assert between(texts, tmp_path, answers) == (["een net en een emmer"], [])
