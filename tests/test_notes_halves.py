"""Marks on words that two pages share: a half of one, both halves, by one reviewer or by two."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from books.phrases import Register
from books.prose import Prose
from marking import Marker, Word, Words, by_line
from marking_judged import place, wrong
from msgspec.structs import replace
from pikepdf import Array, Name, String
from test_notes import add

from publish.building.build import build
from publish.comparing import compared, document_of
from publish.manuscript.folder import read_manuscript
from publish.proofing.applying import patch
from publish.proofing.collating import queued
from publish.proofing.kept import merged
from publish.proofing.leaving import left
from publish.proofing.notes import notes
from publish.proofing.queue import Note


@dataclass(frozen=True)
class Shared:
    """A book of which pages end within words, its proof, and those words."""

    folder: Path
    proof: bytes
    editions: tuple[Path, ...]
    text: str
    known: Words
    words: list[Word]

    def beside(self, step: int) -> Word:
        """Return the word that stands so many before or after the first of them."""
        found = [*re.finditer(r"\w+", self.text)]
        at = next(at for at, one in enumerate(found) if one.start() == self.words[0].start)
        word = self.known.located("01-deel.md", *found[at + step].span())
        assert word
        return word

    def put(self, marker: Marker, half: int, subtype: str, author: str, said: str = "",
            before: Word | None = None) -> None:  # fmt: skip
        """Mark the half of the first word on one of its pages, with the word before it if given."""
        page, boxes = self.words[0].boxes[half]
        ((left, foot, right, head),) = by_line(boxes)
        left = before.boxes[0][1][0][0] if before else left
        add(marker, page, Subtype=Name(f"/{subtype}"), Rect=Array([left, foot, right, head]),
            QuadPoints=Array([left, head, right, head, left, foot, right, foot]),
            T=String(author), Contents=String(said))  # fmt: skip

    def told(self, tmp_path: Path, marker: Marker, *codes: str) -> list[Note]:
        found, problems = notes([marker.saved(tmp_path / "m.pdf")], self.folder)
        assert [one.code for one in problems] == [*codes]
        return found

    def struck(self, tmp_path: Path, first: str, second: str) -> list[Note]:
        """Strike out the first half with the word before it, and the second half by itself."""
        marker = Marker(self.proof, 1)
        self.put(marker, 0, "StrikeOut", first, before=self.beside(-1))
        self.put(marker, 1, "StrikeOut", second)
        return self.told(tmp_path, marker)

    def patched(self, found: list[Note]) -> str:
        made = patch(found, self.folder, read_manuscript(self.folder))
        return made.texts.get("01-deel.md", self.text)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Pages that are filled line by line end where they are full: within a word too."""
    folder, writer = tmp_path_factory.mktemp("boek"), Prose(random.Random(4), Register())
    (folder / "book.toml").write_text(
        'title = "Regels"\nlanguage = "nl"\nmodified = 2026-11-22T12:00:00Z\n[print]\n'
        'trim = "A6"\ncolumns = 2\nparagraphs = "first-fit"\n'
    )
    said = "\n\n".join(writer.paragraph(90) for _ in range(30))
    (folder / "01-deel.md").write_text(f"# Deel\n\n{said}\n", encoding="utf-8")
    made = build(folder, tmp_path_factory.mktemp("uit"), ("print", "proof")).made
    data = next(one for one in made if one.stem.endswith("-proof")).read_bytes()
    text = (folder / "01-deel.md").read_text(encoding="utf-8")
    known = Words(data, {"01-deel.md": text})
    words = [*known.over_pages()]
    assert len(words) >= 2
    return Shared(folder, data, tuple(made), text, known, words)


def test_a_word_that_two_pages_share_is_whole(shared: Shared, tmp_path: Path) -> None:
    marker = Marker(shared.proof, 3)
    kinds = (("Highlight", "Acrobat"), ("Squiggly", "Okular"), ("StrikeOut", "Preview"),
             ("Replace", "Xodo"))  # fmt: skip
    for word in shared.words:
        for kind, program in kinds:
            marker.put(word, kind, program)
    found, _ = notes([marker.saved(tmp_path / "m.pdf")], shared.folder)
    told = [{name: getattr(one, name) for name in Note.__slots__} for one in found]
    assert wrong(marker.truths, told, {"01-deel.md": shared.text}) == []
    assert len(found) == len(marker.truths)


def test_what_stands_below_a_page_that_ends_within_a_word_is_no_text(shared: Shared) -> None:
    assert compared(*map(document_of, shared.editions)).changes == ()


def test_the_words_beside_it_are_no_halves(shared: Shared, tmp_path: Path) -> None:
    for step in (-1, 1):
        word, marker = shared.beside(step), Marker(shared.proof, 1)
        marker.put(word, "StrikeOut", "Okular")
        (one,) = shared.told(tmp_path, marker)
        assert (one.words, one.then) == (word.text, (word.start, word.end))
        assert (
            one.halved == (False, False)
            and left([one], read_manuscript(shared.folder).sources) == {}
        )


@pytest.mark.parametrize("map_lost", [False, True])
def test_a_half_alone_is_its_word_and_left_to_a_person(
    map_lost: bool, shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = shared.words[0]
    if map_lost:
        monkeypatch.setattr("publish.proofing.notes.Layouts.today", lambda self: None)
    for half, which in ((0, (False, True)), (1, (True, False))):
        marker = Marker(shared.proof, 1)
        if map_lost:
            del marker.pdf.Root.Names.EmbeddedFiles, marker.pdf.Root.AF
        shared.put(marker, half, "StrikeOut", "An")
        (one,) = shared.told(tmp_path, marker, *["K718"] * map_lost)
        assert (one.words, one.then, one.halved) == (word.text, (word.start, word.end), which)
        assert one.placed and one.replacement == ""
        assert "the other half is not" in left([one], {})[1]
        assert shared.patched([one]) == shared.text


@pytest.mark.parametrize("part", [slice(None, -2), slice(2, None)], ids=["head", "tail"])
def test_a_part_of_a_word_within_a_page_is_that_part_without_a_map_too(
    part: slice, shared: Shared, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publish.proofing.notes.Layouts.today", lambda self: None)
    marker = Marker(shared.proof, 1)
    del marker.pdf.Root.Names.EmbeddedFiles, marker.pdf.Root.AF
    steps = (step for step in range(-2, -20, -1) if len(shared.beside(step).text) > 5)
    word = shared.beside(next(steps))
    page, boxes = word.boxes[0]
    left_, foot, _, head = boxes[part][0]
    right = boxes[part][-1][2]
    add(marker, page, Subtype=Name.StrikeOut, Rect=Array([left_, foot, right, head]),
        QuadPoints=Array([left_, head, right, head, left_, foot, right, foot]))  # fmt: skip
    (one,) = shared.told(tmp_path, marker, "K718")
    assert (one.words, one.halved) == (word.text[part], (False, False))


def test_halves_marked_by_one_reviewer_are_one_mark_on_the_word(
    shared: Shared, tmp_path: Path
) -> None:
    word, before = shared.words[0], shared.beside(-1)
    (one,) = shared.struck(tmp_path, "An", "An")
    assert (one.words, one.then) == (f"{before.text} {word.text}", (before.start, word.end))
    assert (one.page, one.halved, one.against) == (word.boxes[0][0] + 1, (False, False), ())
    gone = shared.text[: before.start - 1] + shared.text[word.end :]
    assert shared.patched([one]) == gone


def test_two_reviewers_who_strike_out_a_half_each_say_the_same(
    shared: Shared, tmp_path: Path
) -> None:
    word, before = shared.words[0], shared.beside(-1)
    found = shared.struck(tmp_path, "An", "Ben")
    assert sorted(one.words for one in found) == sorted([f"{before.text} {word.text}", word.text])
    assert [one.against for one in found] == [(), ()]
    # A round keeps what it needs to know it.
    kept = merged((), found, "abc")
    assert [one["against"] for one in merged(kept, found, "abc")] == [[], []]
    assert sorted(one["halved"] for one in kept) == [[False, True], [True, False]]
    # Who wants another word there contradicts them.
    other = replace(found[-1], kind="replace", replacement="anders", author="Cor")
    assert [len(one.against) for one in queued([*found, other])] == [1, 1, 2]


def test_halves_that_do_not_say_the_same_are_two_marks(shared: Shared, tmp_path: Path) -> None:
    marker = Marker(shared.proof, 1)
    shared.put(marker, 0, "Highlight", "An", said="waarom?")
    shared.put(marker, 1, "Highlight", "An", said="fout")
    shared.put(marker, 1, "StrikeOut", "An")
    found = shared.told(tmp_path, marker)
    assert sorted(one.comment for one in found) == ["", "fout", "waarom?"]
    # What one half says alone is said of the word.
    marker = Marker(shared.proof, 1)
    shared.put(marker, 0, "Highlight", "An")
    shared.put(marker, 1, "Highlight", "An", said="fout")
    (one,) = shared.told(tmp_path, marker)
    assert (one.comment, one.words) == ("fout", shared.words[0].text)
    assert place(shared.text, shared.words[0].start) == (one.line, one.column)
