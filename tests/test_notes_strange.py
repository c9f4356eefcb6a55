"""Marks in a PDF whose text is not that of the manuscript: another book, round, or file name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pikepdf
import pytest
from marking import Marker, Words
from marking_judged import place
from test_notes import told

from publish.__main__ import main
from publish.proofing.notes import notes

BOOK = 'title = "De kade"\nlanguage = "nl"\nmodified = 2026-11-22T12:00:00Z\n'
NAME = "01-begin.md"
TEXT = """# Begin

De schepper van het water woont al jaren naast de molen.

Op een avond kwam er bezoek uit de stad, met een brief.

Niemand las hem, want het licht was uit.
"""
OTHER = """# Begin

Een bakker zonder oven is als een brief zonder letters.

Hij begint elke dag met een kop thee aan de stad.
"""


def written(folder: Path, text: str = TEXT, title: str = "De kade", name: str = NAME) -> Path:
    folder.mkdir(parents=True)
    (folder / "book.toml").write_text(BOOK.replace("De kade", title), encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose first round has begun."""
    book = written(tmp_path_factory.mktemp("begun") / "boek")
    assert main(["round", "start", str(book)]) == 0
    return book


@pytest.fixture
def book(begun: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "boek"))


def marked(book: Path, path: Path, *words: str) -> Marker:
    """Strike out words on the proof of the first round, written to a path."""
    data = (book / "rounds" / "1" / "proof.pdf").read_bytes()
    marker, known = Marker(data, 1), Words(data, {NAME: TEXT})
    for word in words:
        found = known.located(NAME, TEXT.index(word), TEXT.index(word) + len(word))
        assert found
        marker.put(found, "Replace", "Acrobat")
    marker.saved(path)
    return marker


def test_a_proof_of_another_book_changes_nothing_in_this_one(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = written(tmp_path / "ander", OTHER, "De bakker")
    marked(book, tmp_path / "m.pdf", "brief", "stad")
    given = ["notes", str(tmp_path / "m.pdf"), str(other)]
    for more in ([], ["--apply", "--yes"]):
        assert main([*given, *more]) == 1
        said = capsys.readouterr()
        assert "is a proof of another book, “De kade”" in said.err and said.out == ""
    assert (other / NAME).read_text(encoding="utf-8") == OTHER


def test_words_are_not_found_again_in_a_text_that_is_all_another(
    book: Path, tmp_path: Path
) -> None:
    # A second volume under the same title: its files are called alike, and so is its chapter.
    other = written(tmp_path / "deel-2", OTHER.replace("# Begin", "# Verder"))
    marked(book, tmp_path / "m.pdf", "brief", "stad")
    assert [one["placed"] for one in told(tmp_path / "m.pdf", other)] == [False, False]
    assert main(["notes", str(tmp_path / "m.pdf"), str(other), "--apply", "--yes"]) == 0
    assert (other / NAME).read_text(encoding="utf-8").splitlines()[2:] == OTHER.splitlines()[2:]
    # Beside a line that is as it was they are.
    changed = TEXT.replace("Op een avond", "Eens")
    (other / NAME).write_text(changed, encoding="utf-8")
    found = told(tmp_path / "m.pdf", other)
    assert [(one["line"], one["column"]) for one in found] == [
        place(changed, changed.index(word)) for word in ("stad", "brief")
    ]


def test_a_chapter_under_another_name_keeps_its_marks(book: Path, tmp_path: Path) -> None:
    marker = marked(book, tmp_path / "m.pdf", "brief", "licht")
    # A chapter comes in before it, under its name; a line of it is written anew, the end parted.
    (book / NAME).write_text(OTHER, encoding="utf-8")
    first, last = TEXT.replace("Op een avond", "Eens").rsplit("\n\n", 1)
    (book / "02-begin.md").write_text(first + "\n", encoding="utf-8")
    (book / "03-licht.md").write_text(f"# Licht\n\n{last}", encoding="utf-8")
    found = told(tmp_path / "m.pdf", book)
    assert [(one["file"], one["line"], one["words"], one["placed"]) for one in found] == [
        ("02-begin.md", 5, "brief", True),
        ("03-licht.md", 3, "licht", True),
    ]
    assert main(["notes", str(tmp_path / "m.pdf"), str(book), "--apply", "--yes"]) == 0
    assert (book / NAME).read_text(encoding="utf-8") == OTHER
    for name, truth in zip(("02-begin.md", "03-licht.md"), marker.truths, strict=True):
        after = (book / name).read_text(encoding="utf-8")
        assert truth.replacement and truth.replacement in after
        assert truth.word.text not in after


def test_a_round_finds_done_what_was_done_under_another_name(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marker = marked(book, tmp_path / "m.pdf", "brief", "licht")
    done = marker.truths[0].replacement
    assert done
    (book / NAME).rename(book / "07-einde.md")
    (book / "07-einde.md").write_text(TEXT.replace("brief", done), encoding="utf-8")
    assert main(["round", "close", str(book), "--marked", str(tmp_path / "m.pdf")]) == 1
    kept = json.loads((book / "rounds" / "1" / "notes.json").read_text(encoding="utf-8"))
    # They are kept where they stood in the manuscript of that round, and told where they are now.
    assert [(one["file"], one["state"]) for one in kept] == [(NAME, "done"), (NAME, "open")]
    line, column = place(TEXT, TEXT.index("licht"))
    assert capsys.readouterr().out.splitlines()[1].startswith(f"07-einde.md:{line}:{column}: open")


def test_a_pdf_without_marks_says_so(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked(book, tmp_path / "m.pdf")
    assert [one.code for one in notes([tmp_path / "m.pdf"], book)[1]] == ["K720"]
    assert main(["notes", str(tmp_path / "m.pdf"), str(book)]) == 0
    assert "no marks in m.pdf" in capsys.readouterr().err


def test_a_round_takes_no_marks_of_another_round_or_book(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["round", "close", str(book)]) == 0
    changed = "# Begin\n\nHiervoor komt nog een zin van enige lengte.\n" + TEXT[8:]
    (book / NAME).write_text(changed, encoding="utf-8")
    assert main(["round", "start", str(book)]) == 0
    marked(book, tmp_path / "m.pdf", "brief")
    capsys.readouterr()
    close = ["round", "close", str(book), "--marked", str(tmp_path / "m.pdf")]
    assert main(close) == 1
    said = capsys.readouterr()
    assert "m.pdf is no copy of this round's proof" in said.err and said.out == ""
    assert not (book / "rounds" / "2" / "notes.json").exists()
    assert main([*close, "--number", "1"]) == 1
    assert "round 1: 1 note, 1 open" in capsys.readouterr().out
    other = written(tmp_path / "ander", OTHER, "De bakker")
    shutil.copytree(book / "rounds", other / "rounds")
    kept = (other / "rounds" / "1" / "notes.json").read_bytes()
    assert main(["round", "close", str(other), "--number", "1", *close[3:]]) == 1
    assert "is a proof of another book" in capsys.readouterr().err
    assert (other / "rounds" / "1" / "notes.json").read_bytes() == kept


def test_a_copy_that_lost_its_map_is_read_by_that_of_its_round(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked(book, tmp_path / "m.pdf", "brief")
    with pikepdf.open(tmp_path / "m.pdf", allow_overwriting_input=True) as pdf:
        del pdf.Root.Names.EmbeddedFiles, pdf.Root.AF
        pdf.save()
    # The text is another by now: what was marked then is told of the text of then.
    (book / NAME).write_text(TEXT.replace("# Begin", "# Begin\n\nEen zin erbij."), encoding="utf-8")
    assert main(["round", "close", str(book), "--marked", str(tmp_path / "m.pdf")]) == 1
    (one,) = json.loads((book / "rounds" / "1" / "notes.json").read_text(encoding="utf-8"))
    start = TEXT.index("brief")
    assert one["then"] == [start, start + len("brief")]
    assert ((one["line"], one["column"]), one["placed"]) == (place(TEXT, start), True)
    line, column = place(text := (book / NAME).read_text(encoding="utf-8"), text.index("brief"))
    assert line == one["line"] + 2
    assert f"{NAME}:{line}:{column}: open" in capsys.readouterr().out
