"""Notes of a raw text of which one line calls several."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing_shapes import assert_accounted, read_back

from publish.book.inlines import NoteReference, plain, walk_inlines
from publish.book.model import Paragraph
from publish.importing import import_text


@pytest.mark.parametrize("count", [2, 3, 12])
def test_one_line_may_call_several_notes(tmp_path: Path, count: int) -> None:
    numbers = range(1, count + 1)
    line = " ".join(f"Zin nummer {chr(96 + at)}.{at}" for at in numbers)
    notes = "".join(f"{at} Bij zin {chr(96 + at)}.\n" for at in numbers)
    text = f"Kop\n\n{line} Slot.\n\n{notes}"
    imported = import_text(text, "raw.txt", "nl")
    assert_accounted(text, imported)
    book = read_back(imported, tmp_path / "book").book
    assert book
    (chapter,) = book.chapters
    (block,) = chapter.blocks
    assert isinstance(block, Paragraph)
    said = " ".join(f"Zin nummer {chr(96 + at)}." for at in numbers)
    assert plain(block.inlines) == f"{said} Slot."
    calls = [one.label for one in walk_inlines(block.inlines) if isinstance(one, NoteReference)]
    assert calls == [str(at) for at in numbers]
    kept = [plain(one.inlines) for note in chapter.notes for one in note.blocks]  # type: ignore[union-attr]
    assert kept == [f"Bij zin {chr(96 + at)}." for at in numbers]
