"""Notes of a word processor's file that are called more than once, in a ring, or are not there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from test_importing_docx import W, element, run, saved, taken

from publish.book.inlines import NoteReference, plain, walk_inlines
from publish.book.model import Chapter, Paragraph
from publish.importing import import_extract
from publish.importing.docx import read_docx

Called = tuple[str, list[str]]
"""A note's words, and the names of the notes that it calls."""


def call(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def called_in(kind: str, *chapters: list[int]) -> docx.document.Document:
    """Return a document of chapters that each call notes by their ids."""
    made = docx.Document()
    for at, ids in enumerate(chapters, 1):
        made.add_heading(f"Deel {at}", 1)
        paragraph = made.add_paragraph("De wind draaide.")
        for one in ids:
            paragraph._p.append(element(call(kind, one)))
    return made


def held(kind: str, notes: dict[int, list[int]]) -> dict[str, str]:
    """Return the part that holds notes: by their ids, the ids of those that each calls."""
    inner = "".join(
        f'<w:{kind} w:id="{key}"><w:p>{run(f"Bij {key}.")}'
        f"{''.join(call(kind, one) for one in ids)}</w:p></w:{kind}>"
        for key, ids in notes.items()
    )
    return {f"{kind}s": f"<w:{kind}s {W}>{inner}</w:{kind}s>"}


def notes_of(chapter: Chapter) -> dict[str, Called]:
    """Return the notes of a chapter by their names."""
    found: dict[str, Called] = {}
    for note in chapter.notes:
        (block,) = note.blocks
        assert isinstance(block, Paragraph)
        found[note.label] = (plain(block.inlines), calls_of(block))
    return found


def calls_of(block: Paragraph) -> list[str]:
    return [one.label for one in walk_inlines(block.inlines) if isinstance(one, NoteReference)]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize(
    ("notes", "kept", "said"),
    [
        ({4: [4]}, {"1": ("Bij 4.", [])}, (3, "here note 1 calls itself")),
        (
            {4: [5], 5: [4]},
            {"1": ("Bij 4.", ["2"]), "2": ("Bij 5.", [])},
            (4, "here note 2 calls note 1, which led to it"),
        ),
        (
            {4: [5], 5: [6], 6: [5]},
            {"1": ("Bij 4.", ["2"]), "2": ("Bij 5.", ["3"]), "3": ("Bij 6.", [])},
            (5, "here note 3 calls note 2, which led to it"),
        ),
    ],
)
def test_notes_that_call_each_other_in_a_ring_are_taken_once_and_told(
    tmp_path: Path,
    kind: str,
    notes: dict[int, list[int]],
    kept: dict[str, Called],
    said: tuple[int, str],
) -> None:
    imported, book = taken(saved(called_in(kind, [4]), held(kind, notes)), tmp_path)
    (chapter,) = book.chapters
    assert notes_of(chapter) == kept
    told = [(one.line, one.message) for one in imported.notes if one.code == "ring"]
    assert told == [(said[0], f"{said[1]}; that call is left out")]


@pytest.mark.parametrize(
    ("ids", "notes", "told"),
    [
        ([4, 5], {4: [5], 5: [4]}, []),
        ([4, 5], {4: [6], 5: [7], 6: [7], 7: [5, 4]}, ["note 4 calls note 2"]),
        ([4, 5], {4: [6], 5: [], 6: [5, 6, 4]}, ["note 3 calls itself", "note 3 calls note 1"]),
    ],
)
def test_notes_that_the_text_calls_itself_may_name_each_other(
    tmp_path: Path, ids: list[int], notes: dict[int, list[int]], told: list[str]
) -> None:
    imported, book = taken(saved(called_in("footnote", ids), held("footnote", notes)), tmp_path)
    assert len(book.chapters[0].notes) == len(notes)
    said = [one.message.partition(";")[0] for one in imported.notes if one.code == "ring"]
    assert sorted(one.removesuffix(", which led to it") for one in said) == [
        f"here {one}" for one in told
    ]


def test_a_note_that_is_called_again_is_the_same_note(tmp_path: Path) -> None:
    source = saved(called_in("footnote", [4, 5, 4], [5]), held("footnote", {4: [5, 5], 5: []}))
    imported, book = taken(source, tmp_path)
    first, second = book.chapters
    assert notes_of(first) == {"1": ("Bij 4.", ["2", "2"]), "2": ("Bij 5.", [])}
    assert notes_of(second) == {"2": ("Bij 5.", [])}
    (paragraph,) = first.blocks
    assert isinstance(paragraph, Paragraph) and calls_of(paragraph) == ["1", "2", "1"]
    assert not [one for one in imported.notes if one.code in ("ring", "unread")]


def test_notes_that_each_call_the_next_one_twice_are_written_once(tmp_path: Path) -> None:
    notes = {at: [at + 1, at + 1] for at in range(40)} | {40: []}
    _, book = taken(saved(called_in("footnote", [0]), held("footnote", notes)), tmp_path)
    assert len(book.chapters[0].notes) == 41


def work(source: bytes, path: Path) -> int:
    """Return how often a function is called, or a generator goes on, while a source is taken."""
    count = 0

    def step(*_: Any) -> None:
        nonlocal count
        count += 1

    path.write_bytes(source)
    sys.setprofile(step)
    try:
        import_extract(read_docx(path, "nl"), path.name)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("again", [[], [0], [-1]], ids=["chain", "rings", "back"])
def test_four_times_the_notes_that_call_each_other_are_four_times_the_work(
    tmp_path: Path, again: list[int]
) -> None:
    """Each calls the next one, and then none other, the first of all, or the one before it."""

    def source(size: int) -> bytes:
        notes = {at: [at + 1, *(at + one if one else one for one in again)] for at in range(size)}
        return saved(called_in("footnote", [0]), held("footnote", notes | {size: []}))

    few, many = (work(source(size), tmp_path / "bron.docx") for size in (200, 800))
    assert many < 4.5 * few


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
@pytest.mark.parametrize("parts", [{}, {4: []}])
def test_the_call_of_a_note_that_is_not_there_is_left_out_and_told(
    tmp_path: Path, kind: str, parts: dict[int, list[int]]
) -> None:
    """Once in a file that has no notes at all, once in one that has others."""
    ids = [*parts, 9]
    imported, book = taken(saved(called_in(kind, ids), held(kind, parts)), tmp_path)
    (chapter,) = book.chapters
    assert list(notes_of(chapter)) == ["1"] * len(parts)
    (paragraph,) = chapter.blocks
    assert isinstance(paragraph, Paragraph) and len(calls_of(paragraph)) == len(parts)
    told = [(one.line, one.message) for one in imported.notes if one.code == "unread"]
    assert told == [(2, f"here stood a call, and {kind} 9 is not in the file")]


def test_a_note_without_a_paragraph_is_none(tmp_path: Path) -> None:
    parts = {"footnotes": f'<w:footnotes {W}><w:footnote w:id="4"/></w:footnotes>'}
    imported, book = taken(saved(called_in("footnote", [4]), parts), tmp_path)
    assert not book.chapters[0].notes
    assert [one.code for one in imported.notes if one.code == "unread"] == ["unread"]
