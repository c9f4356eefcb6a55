"""A book laid out side by side on several cores is the book that one core lays out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
from books.generate import generate
from faulting import ROOT

from publish.ground.crew import CORES

SCRIPT = """
import multiprocessing, os, random, sys
from publish.building import laying
from publish.ground import guard
from publish.ground.problems import Unmakeable, problem

class Part:
    def __init__(self, number, count, by):
        self.number, self.leaves, self.by = number, range(count), by

class Sections:
    # Of chance lengths; those with odd numbers have a page more where they begin on a left one.

    def __init__(self, together=None):
        self.together = together
        dice = random.Random(7)
        self.lengths = [dice.randrange(3_000, 30_000) for _ in range(30)]
        self.counts, self.laid = {}, []

    def blank(self, number, first):
        return int(number % 3 == 0 and first % 2 == 0)

    def key(self, number, first):
        return f"{number} {first % 2}"

    def standing(self, number, first):
        return None

    def set(self, number, first):
        count = self.lengths[number] // 2_100 + 1 + number % 2 * (first % 2 == 0)
        return Part(number, count + self.blank(number, first), os.getpid())

    def sent(self, piece):
        if self.together:
            # The first piece of each is at hand until all three have one.
            self.together.wait(60)
            self.together = None
        part = self.set(*piece)
        return bytes([part.number, len(part.leaves)]), str(part.by).encode()

    def received(self, piece, sent):
        self.laid.append(piece)
        return Part(*sent[0], int(sent[1]))

class Shy(Sections):
    # Cannot be set where it does not come: as a wrong guess has it, in another process.

    def sent(self, piece):
        if (piece[0] + piece[1]) % 3 == 0:
            raise Unmakeable(problem("P401", None, reason="it fails", advice=""))
        return super().sent(piece)

def work():
    alone = Sections()
    several = Sections(multiprocessing.get_context("fork").Barrier(3))
    laying.cores = lambda: 1
    one = laying.laid_out(alone)
    laying.cores = lambda: 3
    many = laying.laid_out(several)
    assert [(p.number, len(p.leaves)) for p in one] == [(p.number, len(p.leaves)) for p in many]
    assert {p.by for p in one} == {os.getpid()}
    assert len({p.by for p in many} - {os.getpid()}) == 3
    assert len(several.laid) < 2 * len(several.lengths)
    shy = laying.laid_out(Shy())
    assert [(p.number, len(p.leaves)) for p in one] == [(p.number, len(p.leaves)) for p in shy]
    return 0

sys.exit(guard.guarded(work, lambda found: print(found) or 1))
"""


def test_sections_come_where_they_come_in_the_book_whoever_sets_them() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_on_several_cores_the_bytes_are_those_of_one(tmp_path: Path) -> None:
    """The log of strace(1) tells that there were several, of which each has made a part."""
    book = generate("novel", tmp_path / "book", seed=3, words=9_000)
    made = []
    for count in ("1", "3"):
        out, log = tmp_path / count, tmp_path / f"{count}.log"
        command = [sys.executable, "-m", "publish", "build", str(book), "--out", str(out)]
        traced = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=fork,clone", "-o", str(log)]
        ended = subprocess.run(
            [*traced, *command, "--only", "print"],
            cwd=ROOT,
            env={**os.environ, CORES: count},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        forked = set(re.findall(r"= (\d+)$", log.read_text(), re.MULTILINE))
        made.append(((out / "een-roman-print.pdf").read_bytes(), len(forked)))
    assert made[0][0] == made[1][0]
    # Three hands for the sections; their folios are too few to call for any.
    assert made[1][1] - made[0][1] == 3
    with pikepdf.open(tmp_path / "1" / "een-roman-print.pdf") as pdf:
        assert len(pdf.pages) > 20
