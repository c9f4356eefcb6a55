"""Marks on words that run leftward, and on two languages beside each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import BOOKS
from marking import KINDS, Marker, Word, Words, by_line
from marking_judged import wrong
from pikepdf import Array, Name, String
from test_notes import add, texts, told

from publish.building.build import build
from publish.proofing.annotations import Mark
from publish.proofing.glyphs import Glyph, glyphs
from publish.proofing.printed import printed

LEAST = {"hebrew": 25, "bilingual": 60}
"""So many words of a book are there once with what stands around them."""


@pytest.fixture(scope="module")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    made = {}
    for name in LEAST:
        (file,) = build(BOOKS / name, tmp_path_factory.mktemp(name), ("proof",)).made
        made[name] = file.read_bytes()
    return made


def known(data: bytes, name: str) -> list[Word]:
    """Return the words of a book that can be marked, in their order."""
    sources = texts(BOOKS / name)
    words = Words(data, sources)
    return [
        found
        for file in words.sources
        for one in re.finditer(r"(?<![\w'’-])\w{2,}(?![\w'’-])", sources[file])
        if (found := words.located(file, *one.span()))
    ]


@pytest.mark.parametrize("name", LEAST)
def test_marks_of_every_kind_come_back_whichever_way_the_words_run(
    name: str, proofs: Mapping[str, bytes], tmp_path: Path
) -> None:
    words = known(proofs[name], name)
    assert len(words) >= LEAST[name]
    for turn, (program, kinds) in enumerate(KINDS.items()):
        marker = Marker(proofs[name], turn)
        for number, word in enumerate(words):
            marker.put(word, kinds[(number + turn) % len(kinds)], program)
        found = told(marker.saved(tmp_path / "m.pdf"), BOOKS / name)
        assert wrong(marker.truths, found, texts(BOOKS / name)) == []
        assert len(found) == len(words)


def test_without_a_map_a_caret_is_at_the_end_where_it_points_or_nowhere(
    proofs: Mapping[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publish.proofing.notes.Layouts.today", lambda self: None)
    marker = Marker(proofs["hebrew"], 1)
    for word in known(proofs["hebrew"], "hebrew"):
        marker.put(word, "Caret", "Xodo")
    file = marker.saved(tmp_path / "m.pdf")
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.Root.Names.EmbeddedFiles, pdf.Root.AF
        pdf.save()
    found = told(file, BOOKS / "hebrew", "K718")
    lost = wrong(marker.truths, found, texts(BOOKS / "hebrew"))
    # Lines as short as these are seldom told by what stands around them; none is put elsewhere.
    assert len(marker.truths) - len(lost) == sum(one["placed"] for one in found) >= 12


def test_a_caret_at_the_left_of_a_strike_out_replaces_it_where_words_end_there(
    proofs: Mapping[str, bytes], tmp_path: Path
) -> None:
    for name, kinds in (("hebrew", ["replace"]), ("bilingual", ["strikeout", "insert"])):
        word = known(proofs[name], name)[12]
        page, boxes = word.boxes[0]
        left, foot, right, head = by_line(boxes)[0]
        marker = Marker(proofs[name], 1)
        add(marker, page, Subtype=Name.StrikeOut, Rect=Array([left, foot, right, head]))
        add(marker, page, Subtype=Name.Caret, Contents=String("א"),
            Rect=Array([left - 3, foot - 3, left + 3, foot + 4]))  # fmt: skip
        found = told(marker.saved(tmp_path / "m.pdf"), BOOKS / name)
        assert sorted(one["kind"] for one in found) == sorted(kinds)


def test_the_call_of_a_note_is_found_on_the_left_of_the_word_that_it_follows(
    proofs: Mapping[str, bytes], tmp_path: Path
) -> None:
    with pypdfium2.PdfDocument(proofs["hebrew"]) as document:
        read = glyphs(document[4])
    (call,) = (one for one in _on_line(read, "מערבבים") if one.char == "1")
    marker, area = Marker(proofs["hebrew"], 1), Array([call.left, call.foot, call.right, call.head])
    add(marker, 4, Subtype=Name.Highlight, Rect=area)
    (one,) = told(marker.saved(tmp_path / "m.pdf"), BOOKS / "hebrew")
    text = texts(BOOKS / "hebrew")[one["file"]]
    assert (one["what"], one["line"]) == ("call", 1 + text[: text.index("[^sha]")].count("\n"))


def test_words_that_are_no_text_of_the_book_are_told_as_they_are_read(
    proofs: Mapping[str, bytes],
) -> None:
    with pypdfium2.PdfDocument(proofs["hebrew"]) as document:
        read = glyphs(document[4])
    line = _on_line(read, "מערבבים")
    area = (0.0, min(one.foot for one in line), 900.0, max(one.head for one in line))
    mark = Mark(5, "highlight", (area,), area, "", None, "", "")
    said = printed(mark, line)
    assert "מערבבים את הקמח והמים ומחכים שעה" in said
    assert said.index("הלחם נקרא כאן") < said.index("pain") < said.index("כמו אצל השכן")


def _on_line(read: list[Glyph], word: str) -> list[Glyph]:
    first = read["".join(one.char for one in read).index(word)]
    return [one for one in read if one.left > 100 and first.foot - 1 < one.foot < first.head]
