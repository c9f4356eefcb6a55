"""Edits at random, and whether `katern compare` tells each, on its page, and nothing else.

    make bench-compare
    cd tests; python -m bench.comparing [--seeds N] [--words N]

Books on small pages, on A5 and in three columns on A4 are edited in ten ways each, built, and
compared as manuscripts, e-books, print PDFs and proofs; then two builds of one manuscript; then two
novels that are an edit apart, with the user CPU of it.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import tempfile
import time
from pathlib import Path

from books.generate import generate
from comparing_judged import EDITS, chapters, edited, judged, pages_of, written

from publish.building.build import build
from publish.comparing import compared, document_of

MANNERS = ('trim = "A6"', 'trim = "A5"', 'trim = "A4"\ncolumns = 3')
SIDES = {
    "manuscript": "{}",
    "epub": "{}-out/b.epub",
    "print": "{}-out/b-print.pdf",
    "proof": "{}-out/b-proof.pdf",
}


def main() -> int:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(description="Compare books that were edited.")
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--words", type=int, default=98_000)
    options = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as temporary:
        for seed in range(1, options.seeds + 1):
            bad += _edits(Path(temporary) / str(seed), seed)
        if options.words:
            bad += _novels(Path(temporary) / "novel", options.words)
    return 1 if bad else 0


def _edits(root: Path, seed: int) -> int:
    random_, manner, bad = random.Random(seed), MANNERS[(seed - 1) % len(MANNERS)], 0
    old = chapters(random_, len(EDITS) + 1)
    new = copy.deepcopy(old)
    edits = edited(random_, new, random_.sample(EDITS, len(EDITS)))
    for name, made in (("old", old), ("new", new)):
        written(root / name, made, manner)
        build(root / name, root / f"{name}-out", ("epub", "print", "proof"))
    build(root / "old", root / "again-out", ("epub", "print", "proof"))
    for kind, pattern in SIDES.items():
        sides = [root / pattern.format(name) for name in ("old", "new")]
        found = compared(*map(document_of, sides))
        where = tuple(pages_of(one) if kind in ("print", "proof") else {} for one in sides)
        missed, beyond, wrong = judged(found, edits, where)  # type: ignore[arg-type]
        false = 0
        if kind != "manuscript":
            again = compared(document_of(sides[0]), document_of(root / pattern.format("again")))
            false = len(again.changes) + len(again.pictures)
        told = len(edits) - len(missed) - len(wrong)
        print(
            f"seed {seed}, {manner!r}, {kind}: {told} of {len(edits)} told,"
            f" {len(wrong)} on a wrong page, {len(beyond)} beyond them;"
            f" {false} between two builds of one manuscript"
        )
        for one in (*missed, *wrong, *beyond):
            print("   ", one)
        bad += len(missed) + len(wrong) + len(beyond) + false
    return bad


def _novels(root: Path, words: int) -> int:
    folder = generate("novel", root / "old", words=words)
    build(folder, root / "old-out", ("print",))
    first = sorted(folder.glob("0*.md"))[3]
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace(". ", ". Daar staat een nieuwe zin. ", 1), encoding="utf-8")
    build(folder, root / "new-out", ("print",))
    files = [next((root / f"{one}-out").glob("*-print.pdf")) for one in ("old", "new")]
    start = time.process_time()
    sides = [*map(document_of, files)]
    read = time.process_time()
    found = compared(*sides)
    end = time.process_time()
    print(
        f"{words} words: read in {read - start:.1f} s of CPU, compared in {end - read:.1f} s;"
        f" {len(found.changes)} change"
    )
    return abs(len(found.changes) - 1)


if __name__ == "__main__":
    sys.exit(main())
