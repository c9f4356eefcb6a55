"""A book laid out side by side on several cores is the book that one core lays out."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
from books.generate import generate
from faulting import ROOT

from publish.ground.cores import CORES

SCRIPT = """
import multiprocessing, os, random, sys
from contextlib import contextmanager
from typing import NamedTuple
from publish.building import laying
from publish.ground import guard
from publish.ground.crew import Crew
from publish.ground.problems import Unmakeable, problem

class Part:
    def __init__(self, number, count, by):
        self.number, self.leaves, self.by = number, range(count), by

class Take(NamedTuple):
    key: str
    number: int
    first: int

class Sections:
    # Of chance lengths; those with odd numbers have a page more where they begin on a left one.
    frame = None

    def __init__(self):
        dice = random.Random(7)
        self.lengths = [dice.randrange(3_000, 30_000) for _ in range(30)]
        self.counts, self.laid = {}, []

    def blank(self, number, first):
        return int(number % 3 == 0 and first % 2 == 0)

    def take(self, number, first):
        return Take(f"{number} {first % 2}", number, first)

    def standing(self, number, first):
        return None

    def set(self, number, first):
        count = self.lengths[number] // 2_100 + 1 + number % 2 * (first % 2 == 0)
        return Part(number, count + self.blank(number, first), os.getpid())

    def received(self, take, sent):
        self.laid.append(take)
        return Part(*sent[0], int(sent[1]))

class Worker:
    def __init__(self, together, shy):
        self.together, self.shy = together, shy

    def begin(self):
        return ""

    def told(self, what):
        pass

    def done(self, take):
        if self.together:
            # The first piece of each is at hand until all three have one.
            self.together.wait(60)
            self.together = None
        if self.shy and take.key not in self.shy:
            # Cannot be set where it does not come, as a wrong guess may have it.
            raise Unmakeable(problem("P401", None, reason="it fails", advice=""))
        part = Sections().set(take.number, take.first)
        return bytes([part.number, len(part.leaves)]), str(part.by).encode()

class Hands:
    now = None

    def __init__(self, together=None, shy=()):
        self.worker = Worker(together, shy)

    def hands(self, frame):
        return self.now

    @contextmanager
    def called(self, count):
        with Crew(self.worker, count) as self.now:
            yield
        self.now = None

class Bad(Worker):
    # Whoever sets it meets the same.

    def done(self, take):
        if take.number == 4:
            facts = {"signal": "SIGSEGV", "most": 1, "reason": "no", "advice": ""}
            raise Unmakeable(problem(self.code, None, **facts))
        return super().done(take)

def fault(code):
    sections, hands = Sections(), Hands()
    hands.worker = Bad(None, ())
    hands.worker.code = code
    tried = []
    sections.set = lambda number, first: tried.append(number) or Sections().set(number, first)
    try:
        laying.laid_out(sections, hands)
    except Unmakeable as error:
        return error.problem.code, tried
    return "", tried

def told(parts):
    return [(part.number, len(part.leaves)) for part in parts]

def work():
    laying.cores = lambda: 1
    one = laying.laid_out(Sections(), Hands())
    assert {p.by for p in one} == {os.getpid()}
    laying.cores = lambda: 3
    several = Sections()
    hands = Hands(multiprocessing.get_context("fork").Barrier(3))
    many = laying.laid_out(several, hands)
    assert hands.now is None
    assert told(one) == told(many)
    assert len({p.by for p in many} - {os.getpid()}) == 3
    assert len(several.laid) < 2 * len(several.lengths)
    # One who is at hand already sets even little, and calls others where there is much.
    short = Sections()
    short.lengths = [2_500, 2_500]
    hands = Hands()
    with hands.called(1):
        few = laying.laid_out(short, hands)
        assert hands.now.count == 1
        called = laying.laid_out(Sections(), hands)
        assert hands.now.count == 3
        again = laying.laid_out(Sections(), hands)
    assert len({p.by for p in few} - {os.getpid()}) == 1
    assert told(one) == told(called) == told(again)
    firsts = [1]
    for part in one:
        firsts.append(firsts[-1] + len(part.leaves))
    right = {Sections().take(number, first).key for number, first in enumerate(firsts)}
    assert told(one) == told(laying.laid_out(Sections(), Hands(shy=right)))
    # What has failed there fails here: it is not tried again. What a signal has ended is.
    assert fault("P401") == ("P401", [0])
    for code in ("K715", "K716"):
        said, tried = fault(code)
        assert said == "" and 4 in tried
    return 0

sys.exit(guard.guarded(work, lambda found: print(found) or 1))
"""


def test_sections_come_where_they_come_in_the_book_whoever_sets_them() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


ALONE = """
import sys
from publish.__main__ import main
from publish.building import compositors

# However short it is.
compositors._LONG = 0
sys.argv[0] = "katern"
sys.exit(main())
"""
BY_OTHERS = f"""
from publish.building import galleys

def set_take(*given):
    raise AssertionError("set here")

# Nobody else sets through this name.
galleys.set_take = set_take
{ALONE}
"""


def test_on_several_cores_the_bytes_are_those_of_one(tmp_path: Path) -> None:
    """Those of a book made at once, and of one in which a chapter was changed."""
    book = generate("novel", tmp_path / "book", seed=3, words=9_000)
    first = [_built(book, tmp_path / count, count) for count in ("1", "3")]
    assert first[0][0] == first[1][0]
    # Three for all that is set.
    assert first[1][1] - first[0][1] == 3
    chapter = min(book.glob("*.md"))
    chapter.write_text(chapter.read_text("utf-8").replace(". ", ". Hoogwatervrij! ", 1), "utf-8")
    then = [_built(book, tmp_path / count, count) for count in ("1", "3")]
    assert then[0][0] == then[1][0] != first[0][0]
    # One chapter is set by the one who was called beforehand.
    assert then[1][1] - then[0][1] == 1
    with pikepdf.open(tmp_path / "1" / "een-roman-print.pdf") as pdf:
        assert len(pdf.pages) > 20


def test_on_a_terminal_there_are_as_many_who_help(tmp_path: Path) -> None:
    book = generate("novel", tmp_path / "book", seed=3, words=9_000)
    ours, theirs = pty.openpty()
    os.set_inheritable(theirs, True)
    _, forked = _built(book, tmp_path / "out", "3", shown=theirs)
    os.close(theirs)
    told = os.read(ours, 10_000).decode()
    assert re.findall(r"\rkatern: (\w+) …\x1b\[K", told) == ["manuscript", "print"]
    # Nothing of it is left where the next line is written.
    assert told.endswith("\r\x1b[K")
    # The work is a process of its own; three help.
    assert forked == 4


def _built(book: Path, out: Path, cores: str, shown: int = subprocess.DEVNULL) -> tuple[bytes, int]:
    """Build on so many cores; return the print pages, and how many processes were forked.

    These are told by the log of strace(1). What goes on is `shown` on a terminal.
    """
    log = out.with_suffix(".log")
    script = ALONE if cores == "1" else BY_OTHERS
    command = [sys.executable, "-c", script, "build", str(book), "--out", str(out)]
    traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=fork,clone", "-o", str(log)]
    ended = subprocess.run(
        [*traced, *command, "--only", "print"],
        cwd=ROOT,
        env={**os.environ, CORES: cores, "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=shown,
        check=False,
    )
    assert ended.returncode == 0
    forked = [line for line in log.read_text().splitlines() if "CLONE_THREAD" not in line]
    made = re.findall(r"= (\d+)$", "\n".join(forked), re.MULTILINE)
    return (out / "een-roman-print.pdf").read_bytes(), len(set(made))
