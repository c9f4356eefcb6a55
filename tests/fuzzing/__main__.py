"""Manuscripts by chance, as long as one likes: each is built or told what is wrong with it.

    make fuzz MINUTES=10
    cd tests; python -m fuzzing [--minutes N] [--books N] [--seed N]

Half of the time goes to whole books, made by the grammar of the dialect or by mutation, half to the
readers, each by itself. The smallest that fails is looked for; what fails is shown, and kept in a
folder that is named.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from fuzzing.judging import judged, laid_down
from fuzzing.mutating import mutated, read_files
from fuzzing.readers import BOOKS, READERS
from fuzzing.whole import Files, manuscripts

EPUB = ("epub",)
PAGED = ("epub", "print", "booklet", "screen", "proof", "cover", "extract", "onix")
EACH = 40
"""Of so many books one is made into every edition; the others into an e-book."""
CHECKED = 5
"""EPUBCheck reads one e-book of so many, and of each book with pages."""
ROUND = 100
LONGEST = 2_000
"""Characters that are shown of what went wrong."""
SAMPLES = ("complete", "almanac", "minimal", "bilingual", "hebrew")


@dataclass(slots=True)
class Run:
    """Books that were tried, how each ended, and the folder where what fails is kept."""

    kept: Path
    each: int = EACH
    rounds: int = 0
    tried: int = 0
    ends: Counter[str] = field(default_factory=Counter)

    def try_one(self, files: Files) -> None:
        """Try a book; keep it where it fails."""
        self.tried += 1
        # By what it is made of, so that a book which fails does so again.
        mark = zlib.crc32(b"".join(files.values()))
        paged = mark % self.each == 0
        try:
            with tempfile.TemporaryDirectory() as scratch:
                names, checked = PAGED if paged else EPUB, paged or mark % CHECKED == 0
                verdict = judged(files, Path(scratch), names, checked)
        except BaseException:
            # The last one that is kept is the smallest.
            laid_down(files, self.kept / f"book-{self.rounds}")
            raise
        self.ends["refused" if verdict.status else "made"] += 1
        self.ends["made with pages"] += paged and not verdict.status

    def round(self, number: int, books: int) -> None:
        """Try so many books; `number` says which."""
        self.rounds += 1
        samples = st.sampled_from([read_files(BOOKS / name) for name in SAMPLES])
        drawn = manuscripts()
        strategy = drawn if number % 3 else mutated(samples | drawn)
        options = settings(
            max_examples=books,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        )
        seed(number)(options(given(strategy)(self.try_one)))()


def books(run: Run, minutes: float, most: int, number: int) -> None:
    """Try whole books for so long, or so many of them."""
    end = time.monotonic() + 60 * minutes
    while run.tried < most if most else time.monotonic() < end:
        try:
            run.round(number, min(ROUND, most - run.tried) if most else ROUND)
        except Exception as error:
            run.ends["failed"] += 1
            print(f"seed {number}: {error!r}"[:LONGEST])
        print(f"{run.tried:,} books: {dict(run.ends)}", flush=True)
        number += 1


def readers(run: Run, minutes: float) -> bool:
    """Try each reader for its part of the time; tell whether all of them held."""
    try:
        import atheris  # noqa: F401 - looked for
    except ImportError:
        print("the readers are left out: there is no atheris for this system and this Python")
        return True
    held = True
    for name in READERS:
        seconds = str(max(1, round(60 * minutes / len(READERS))))
        folder = run.kept / name
        command = [sys.executable, "-m", "fuzzing.readers", name, str(folder), seconds]
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False
        )
        print(f"reader of {name}: {_told(done)}", flush=True)
        held = held and not done.returncode
    return held


def _told(done: subprocess.CompletedProcess[str]) -> str:
    return f"broke\n{done.stderr[-3000:]}" if done.returncode else "held"


def main() -> int:
    """Try what the command line asks for; return 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--books", type=int, default=0, help="so many, and no readers")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    asked = parser.parse_args()
    run = Run(Path(tempfile.mkdtemp(prefix="fuzzed-")))
    print(f"what fails is kept in {run.kept}; the seed is {asked.seed}", flush=True)
    books(run, asked.minutes / 2, asked.books, asked.seed)
    held = bool(asked.books) or readers(run, asked.minutes / 2)
    return 0 if held and not run.ends["failed"] else 1


if __name__ == "__main__":
    sys.exit(main())
