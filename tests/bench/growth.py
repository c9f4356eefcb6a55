"""Whether the stages that read text grow with it: four times the text, about four times the time.

make bench-growth
cd tests; python -m bench.growth

Each row is timed for a text and for one of four times its length, in turn, and the medians are
compared. A stage that goes over its text again for every word of it needs sixteen times as long.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import pyphen
from books.phrases import Register
from books.prose import Prose
from test_importing_setting import in_lines

from publish.importing import import_text
from publish.proof.matching import matches
from publish.text.typography import edits

FOLD, MOST, ROUNDS = 4, 7.0, 5
WORST = ('"', "'", "\"'", " 'a", "a' ", " \"a 'b", "'60 ", "«", "1-", "1.1", "a. ", "- ", " !")
"""What a rule for quotes, blanks or numbers may look ahead or back over without an end."""

Stage = Callable[[int], Callable[[], object]]
"""Makes a text of so many characters or words, and gives what is to be timed."""


def typed(unit: str, language: str, size: int) -> Callable[[], object]:
    """Return the setting of a text that is one unit over and over, of a number of characters."""
    return partial(edits, unit * (size // len(unit)), language)


def novels(size: int) -> Callable[[], object]:
    """Return the comparison of a text, in words, with one that was edited and cut up."""
    dice = random.Random(2)
    words = _prose(size)
    other = [*words]
    for _ in range(size // 250):
        at = dice.randrange(len(other))
        other[at : at + dice.randint(0, 5)] = ["nieuw"] * dice.randint(0, 5)
    third, part = size // 3, size // 25
    other = [*other[third : third + part], *other[:third], *other[third + part :]]
    return partial(matches, words, other)


def raw_text(size: int) -> Callable[[], object]:
    """Return the import of a text, in words, that stands in lines of 60 characters."""
    hyphens = pyphen.Pyphen(lang="nl_NL")
    words = _prose(size)
    paragraphs = (" ".join(words[at : at + 100]) for at in range(0, size, 100))
    blocks = ["\n".join(in_lines(f"{text.capitalize()}.", 60, hyphens)) for text in paragraphs]
    return partial(import_text, "\n\n".join(["Een dik boek", *blocks]), "dik.txt", "nl")


def _prose(size: int) -> list[str]:
    writer = Prose(random.Random(9), Register())
    return " ".join(writer.paragraph(100) for _ in range(size // 100 + 1)).split()[:size]


STAGES: list[tuple[str, Stage, int]] = [
    *(
        (f"set text, {unit!r} in {language}", partial(typed, unit, language), 20_000)
        for unit in WORST
        for language in ("nl", "fr")
    ),
    ("comparison of two novels", novels, 25_000),
    ("import of a raw text", raw_text, 25_000),
]


def timed(call: Callable[[], object]) -> float:
    """Return the CPU seconds of a call."""
    began = time.process_time()
    call()
    return time.process_time() - began


def growth(stage: Stage, size: int) -> tuple[float, float]:
    """Return the median CPU seconds of a text of a size, and of one of `FOLD` times that size."""
    short, long = stage(size), stage(FOLD * size)
    pairs = [(timed(short), timed(long)) for _ in range(ROUNDS)]
    return statistics.median(one for one, _ in pairs), statistics.median(two for _, two in pairs)


def main() -> int:
    """Print a line for each stage; return 1 where one grows faster than its text."""
    slow = 0
    for name, stage, size in STAGES:
        short, long = growth(stage, size)
        ratio = long / short
        slow += ratio > MOST
        verdict = "" if ratio <= MOST else f"   more than {MOST:g}"
        print(f"{name:40} {short:8.3f} s {long:8.3f} s {ratio:6.1f} x{verdict}", flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
