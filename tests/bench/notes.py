"""Marks of reviewers found back: 300 at random words of the sample and 300 of a novel.

    make bench-notes
    cd tests; python -m bench.notes [--count N] [--seed N] [--words N]

For each book: how many came back at exactly their file, line, columns and words, with the proof's
own map and without it; whether `--apply` makes every plain proposal and changes nothing else; and
the user CPU of the reading.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from books.generate import generate
from marking import kinds_of_words, marked
from marking_judged import mended, rebuilt_alike, wrong

from publish.building.build import build
from publish.manuscript.folder import read_manuscript

SAMPLE = Path(__file__).parents[2] / "manuscript"
KATERN = (sys.executable, "-m", "publish")


def main() -> int:
    """Measure, and print a line for each."""
    parser = argparse.ArgumentParser(description="Find marks back in the manuscript.")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int, default=98_000)
    asked = parser.parse_args()
    lost = 0
    with tempfile.TemporaryDirectory() as made:
        novel = generate("novel", Path(made) / "novel", words=asked.words)
        sample = Path(shutil.copytree(SAMPLE, Path(made) / "sample"))
        for folder in (sample, novel):
            lost = max(lost, measured(folder, Path(made) / "out", asked.count, asked.seed))
    return int(lost > asked.count // 300)


def measured(folder: Path, out: Path, count: int, seed: int) -> int:
    """Mark the proof of a book, read it back, apply it; return how many marks were lost.

    With its map or without it, whichever are more; all of them where what was applied is not right,
    or fewer than one in five are on words that the book has twenty times, or none on words of some
    other kind that it has: divided by a line or a page, of a note, a caption, a table or a quote.
    """
    (proof,) = build(folder, out, ("proof",)).made
    sources = {name: one.text for name, one in read_manuscript(folder).sources.items()}
    marker = marked(proof.read_bytes(), sources, seed, count)
    file = marker.saved(out / "marked.pdf")
    kinds = kinds_of_words(marker, sources)
    told, seconds = _told((str(file), str(folder), "--json"))
    lost = wrong(marker.truths, json.loads(told), sources)
    print(f"{folder.name}: {count - len(lost)} of {count} exactly right, {kinds['often']} of them")
    print(f"    on words that are there 20 times or more; read in {seconds:.1f} s of user CPU")
    print(f"    marks by kind of word: {', '.join(f'{n} {kind}' for kind, n in kinds.items())}")
    for truth in lost:
        print(f"    lost: {truth}")
    with pikepdf.open(file) as pdf:
        del pdf.Root.Names.EmbeddedFiles, pdf.Root.AF
        pdf.save(out / "bare.pdf")
    told, seconds = _told((str(out / "bare.pdf"), str(folder), "--json"))
    bare = wrong(marker.truths, json.loads(told), sources)
    print(f"    without its map: {count - len(bare)} of {count}; {seconds:.1f} s")
    for truth in bare:
        print(f"    lost without it: {truth}")
    _, seconds = _told((str(file), str(folder), "--apply", "--yes"))
    after = {name: one.text for name, one in read_manuscript(folder).sources.items()}
    asked = mended(marker.truths, sources)
    same = after == asked
    proposals = sum(truth.replacement is not None for truth in marker.truths)
    print(f"    applied: {proposals} proposals, nothing else different, byte for byte: {same};")
    print(f"    {seconds:.1f} s")
    differences = rebuilt_alike(folder, asked, out / f"{folder.name}-mended")
    print(f"    rebuilt: {len(differences)} differences from the book with all of them in it")
    same = same and not differences
    enough = kinds["often"] >= count // 5 and min(kinds.values()) > 0
    return max(len(lost), len(bare), 0 if same and enough else count)


def _told(arguments: Sequence[str]) -> tuple[str, float]:
    """Run `katern notes`; return what it printed and the user CPU that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        (*KATERN, "notes", *arguments), capture_output=True, text=True, check=True
    )
    return done.stdout, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


if __name__ == "__main__":
    sys.exit(main())
