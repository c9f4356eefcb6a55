"""A catalogue built by one, two and four processes, and how near that is to as many times as quick.

make bench-catalogue
cd tests; python -m bench.catalogue --titles 8 --words 5000 --editions epub,print --jobs 1,2,4

Every run begins with nothing built. The share is that of linear in the processors that there are:
of four processes on two processors, of twice as quick as one.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from books.generate import generate

from publish.catalogue.processes import Processes
from publish.catalogue.titles import Title


def titles(folder: Path, count: int, words: int, editions: tuple[str, ...]) -> list[Title]:
    """Make books of some thousands of words each."""
    made = []
    for number in range(count):
        book = generate("dense", folder / f"book-{number}", seed=number, words=words)
        made.append(Title(book.name, book, folder / "dist" / book.name, editions, False))
    return made


def seconds(folder: Path, made: list[Title], jobs: int) -> tuple[float, float]:
    """Build all of them anew; return the seconds of the clock and of the processors."""
    shutil.rmtree(folder / "dist", ignore_errors=True)
    began, used = time.perf_counter(), _processors()
    failed = [one.title.name for one in Processes(jobs).run(made) if one.word != "built"]
    taken = time.perf_counter() - began
    assert not failed, f"not built: {', '.join(failed)}"
    return taken, _processors() - used


def _processors() -> float:
    """Return what the builds that have ended took of the processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Print a line for each number of processes."""
    parser = argparse.ArgumentParser(prog="python -m bench.catalogue")
    parser.add_argument("--titles", type=int, default=8)
    parser.add_argument("--words", type=int, default=5_000)
    parser.add_argument("--editions", default="epub,print")
    parser.add_argument("--jobs", default="1,2,4")
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    told = f"{options.titles} titles of {options.words:,} words, {options.editions}"
    print(f"{told}; {cores} processors")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        editions = tuple(options.editions.split(","))
        made = titles(folder, options.titles, options.words, editions)
        one = 0.0
        for jobs in map(int, options.jobs.split(",")):
            taken, used = seconds(folder, made, jobs)
            one = one or taken
            share = one / taken / min(jobs, cores)
            told = f"{taken:7.1f} s, {share:.2f} of linear; processors {used:.1f} s"
            print(f"{jobs} at once: {told}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
