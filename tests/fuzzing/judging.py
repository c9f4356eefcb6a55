"""What must hold of any manuscript: it becomes sound editions, or is told what is wrong, and where.

In: the files of a manuscript, and the editions that are asked for. Out: `Verdict`. Raises
AssertionError for a traceback, for one that takes too long, a problem without a place or of the
toolchain itself, words that are lost or strange, an e-book that EPUBCheck or a PDF that qpdf finds
fault with, and for anything that is written of a manuscript that is refused.
"""

from __future__ import annotations

import io
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from fuzzing.whole import Files
from publish.__main__ import main
from publish.checks import epubcheck
from publish.manuscript.folder import read_manuscript

SECONDS = 60
"""Longer than any of these small books takes, on a machine that is busy."""
Told = re.Match[str]
_TOLD = re.compile(r"(?:(.+?):(\d+):(\d+): )?(error|warning) ([A-Z]\d{3}) .*")
OWN_FAULTS = (
    *("K701", "K706", "K714", "K715", "K716"),
    *("E501", "E502", "E503", "P401", "P402", "P404", "P412"),
)
"""No text may cause these: the toolchain has failed, or has lost or added words."""
FONTLESS = b'language = "he"'
"""No font that is brought has its letters: pages in it want one of the book's own (P402)."""
PLACELESS = ("T102",)
"""What is wrong with a folder as a whole."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a build ended: its status, and the codes of what was told."""

    status: int
    codes: frozenset[str]


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Let what takes longer, in seconds of the processor, end in an AssertionError."""

    def late(*_: object) -> None:
        raise AssertionError(f"no end after {seconds} s")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def laid_down(files: Files, folder: Path) -> None:
    """Write a manuscript into a folder, in the place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    folder.mkdir(parents=True, exist_ok=True)


def told(*words: str, rightly: Sequence[str] = ()) -> tuple[int, list[Told]]:
    """Run the command; return its status and what it told, without a traceback in it.

    `rightly` are codes of faults that are not the toolchain's own this time.
    """
    said, shown = io.StringIO(), io.StringIO()
    with within(SECONDS), redirect_stderr(said), redirect_stdout(shown):
        status = main(list(words))
    lines = [line for line in said.getvalue().split("\n") if line and not line.startswith("    ")]
    found = [_TOLD.fullmatch(line) for line in lines]
    assert all(found), f"not a problem: {lines[found.index(None)]!r}"
    problems = [one for one in found if one]
    own = set(OWN_FAULTS) - set(rightly)
    assert not {one[5] for one in problems} & own, said.getvalue()
    assert status == any(one[4] == "error" for one in problems), f"{status}: {said.getvalue()}"
    return status, problems


def judged(files: Files, scratch: Path, names: Sequence[str], checked: bool = True) -> Verdict:
    """Build editions of a manuscript and look at all that comes of it.

    With `checked` EPUBCheck reads the e-book.
    """
    folder, out = scratch / "book", scratch / "out"
    laid_down(files, folder)
    shutil.rmtree(out, ignore_errors=True)
    command = "build", str(folder), "--out", str(out), "--only", ",".join(names)
    rightly = ("P402",) if FONTLESS in files.get("book.toml", b"") else ()
    status, problems = told(*command, rightly=rightly)
    for one in problems:
        if one[4] == "error":
            _look_at_place(one, folder)
    made = sorted(one for one in out.rglob("*") if one.is_file() and ".katern" not in one.parts)
    if not status:
        assert len(made) == len(names), made
    for path in made:
        _look_at_edition(path, checked)
    return Verdict(status, frozenset(one[5] for one in problems))


def read(folder: Path) -> None:
    """Read a manuscript, without making anything of it."""
    with within(SECONDS):
        problems = read_manuscript(folder).problems
    for one in problems:
        found = _TOLD.fullmatch(str(one))
        assert found, f"not a problem: {str(one)!r}"
        _look_at_place(found, folder)


def imported(source: Path, folder: Path) -> None:
    """Import a file; what is made of it is a manuscript that can be read."""
    shutil.rmtree(folder, ignore_errors=True)
    status, _ = told("import", str(source), "--to", str(folder))
    assert status == (not folder.exists())
    if not status:
        read(folder)


def _look_at_place(told: Told, folder: Path) -> None:
    file, line, column = told[1], told[2], told[3]
    assert file or told[5] in PLACELESS, f"no place: {told[0]}"
    if not file or not (folder / file).is_file():
        return
    text = (folder / file).read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert 1 <= int(line) <= len(lines), told[0]
    assert 1 <= int(column) <= len(lines[int(line) - 1]) + 1, told[0]


def _look_at_edition(path: Path, checked: bool) -> None:
    if path.suffix == ".epub" and checked:
        assert [str(one) for one in epubcheck.run(path)] == []
    elif path.suffix == ".pdf":
        done = subprocess.run(
            ["qpdf", "--check", path], capture_output=True, text=True, check=False
        )
        assert not done.returncode and not done.stderr, done.stderr
