"""A few manuscripts made by chance: each is built, or it is told what is wrong with it, and where.

`make fuzz` tries more, of other seeds, for as long as one likes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from fuzzing import judging
from fuzzing.__main__ import PAGED, Run
from fuzzing.judging import judged
from fuzzing.mutating import read_files
from fuzzing.readers import BOOKS, READERS, seeds

MINIMAL = read_files(BOOKS / "minimal")
MADE, MUTATED = 1, (3, 6, 9, 12)
"""Seeds of books by the grammar, and of books that things were done to."""


@pytest.fixture(autouse=True)
def every_epub_is_sound() -> None:
    """Leave it to the judge which e-books EPUBCheck reads: it takes longer than all the rest."""


def test_books_of_the_grammar_hold(tmp_path: Path) -> None:
    # What is drawn hangs on the constants of all modules that are loaded, too.
    run = Run(tmp_path, each=sys.maxsize)
    run.round(MADE, 24)
    assert min(run.ends["made"], run.ends["refused"]) > 2, run.ends


def test_every_edition_of_a_book_is_judged(tmp_path: Path) -> None:
    verdict = judged(read_files(BOOKS / "almanac"), tmp_path, PAGED)
    assert verdict.status == 0 and len([*(tmp_path / "out").glob("*.pdf")]) >= 4


def test_books_that_things_were_done_to_hold(tmp_path: Path) -> None:
    run = Run(tmp_path)
    for number in MUTATED:
        run.round(number, 40)
        if run.ends["made"] > 2:
            break
    assert run.ends["made"] > 2, run.ends
    assert run.ends["refused"] > 25


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_holds_what_it_is_tried_with_first(reader: str, tmp_path: Path) -> None:
    for data in (*seeds(reader), b"", b"\xff\xfe\x00", b"+++\n" * 9, b"[" * 4000):
        READERS[reader](tmp_path, data)


PAGE = seeds("pdf")[0]
FOUND = (
    ("docx", seeds("docx")[0].replace(b"w:document", b"w:dokument")),
    ("docx", seeds("docx")[0].replace(b"w:body", b"w:lichaam")),
    ("pdf", PAGE.replace(b"/Kids [ 3 0 R ]", b"/Kids [ 1 0 R ]")),
    ("pdf", PAGE.replace(b"/Kids [ 3 0 R ]", b"/Kids [ (x)   ]")),
)
"""What readers broke at, in a run of `make fuzz`; what manuscripts showed is in `cases`."""


@pytest.mark.parametrize(("reader", "data"), FOUND)
def test_what_was_found_is_refused(reader: str, data: bytes, tmp_path: Path) -> None:
    READERS[reader](tmp_path, data)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (1, "Traceback (most recent call last):"),
        (1, "error M201 the book has no chapters"),
        (1, "01-begin.md:99:1: error M214 HTML in the text: <b>"),
        (1, "01-begin.md:1:500: error M214 HTML in the text: <b>"),
        (1, "book.toml:1:1: error P404 words are lost"),
        (1, "error K706 the check of words broke off"),
        (0, "book.toml:1:1: error M214 HTML in the text: <b>"),
        (1, "book.toml:1:1: warning M204 a heading jumps from level 1 to 3"),
        (0, ""),
    ],
)
def test_the_judge_can_find_fault(
    status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def main(arguments: list[str]) -> int:
        print(said, file=sys.stderr)
        return status

    monkeypatch.setattr(judging, "main", main)
    with pytest.raises(AssertionError):
        judged(MINIMAL, tmp_path, ("epub",))


def test_the_judge_waits_no_longer_than_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def main(arguments: list[str]) -> int:
        while True:
            pass

    monkeypatch.setattr(judging, "main", main)
    monkeypatch.setattr(judging, "SECONDS", 1)
    with pytest.raises(AssertionError, match="no end after 1 s"):
        judged(MINIMAL, tmp_path, ("epub",))


def test_the_judge_reads_what_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = judging.main

    def main(arguments: list[str]) -> int:
        status = original(arguments)
        for path in (tmp_path / "out").glob("*.pdf"):
            path.write_bytes(path.read_bytes()[:-600])
        return status

    monkeypatch.setattr(judging, "main", main)
    with pytest.raises(AssertionError, match="WARNING"):
        judged(MINIMAL, tmp_path, ("print",))
