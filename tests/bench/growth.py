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
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyphen
from books.phrases import Register
from books.prose import Prose
from test_importing_setting import in_lines

from publish.book.inlines import Text
from publish.ground.source import SourceFile
from publish.importing import import_text
from publish.manuscript.folder import read_manuscript
from publish.proof.changes import Change, changes
from publish.proofing.answering import answered
from publish.proofing.collating import queued
from publish.proofing.places import Places
from publish.proofing.queue import Note
from publish.prose.figures import figures
from publish.prose.marks import slips
from publish.prose.passages import Passage, passage_of, words_of
from publish.prose.spelling import misspelled
from publish.prose.variants import compounds, names
from publish.text.matching import matches
from publish.text.typography import edits

FOLD, MOST, ROUNDS = 4, 7.0, 5
WORST = ('"', "'", "\"'", " 'a", "a' ", " \"a 'b", "'60 ", "«", "1-", "1.1", "a. ", "- ", " !")
"""What a rule for quotes, blanks or numbers may look ahead or back over without an end."""
SLIPS = (
    '"',
    "(",
    "(]",
    "‘s’ ",
    "a  b ",
    "a - b ",
    "de de ",
    "a , ",
    "J.P. Dam ",
    "Kamenev ",
    "x",
    "1.300 ",
)
"""What the rules of language look for, or may look back or ahead for without an end."""

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


def lists(size: int) -> Callable[[], object]:
    """Return what changed in lists, in words, of which one word in twenty was edited."""
    dice = random.Random(3)
    words = _drawn(size)
    other = ["nieuw" if dice.random() < 0.05 else word for word in words]
    return partial(_changes, *(_in_items(one) for one in (words, other)))


def _changes(then: str, now: str) -> list[Change]:
    return [*changes(then, now)]


def proposals(size: int) -> Callable[[], object]:
    """Return the looking up of proposals, one for fifty words of a text, in one that was edited."""
    dice = random.Random(4)
    words = _drawn(size)
    then = _in_items(words)
    now = _in_items(["nieuw" if dice.random() < 0.05 else word for word in words])
    starts = [dice.randrange(len(then)) for _ in range(size // 50)]
    notes = [
        {"file": "a.md", "then": [at, at + 4], "replacement": "nieuw", "kind": "replace",
         "state": "open"} for at in starts
    ]  # fmt: skip

    def found() -> object:
        places = Places({"a.md": then}, {"a.md": SourceFile("a.md", now)})
        there = [places.moved("a.md", at, at + 4) for at in starts]
        return there, answered(notes, {"a.md": then}, {"a.md": now})

    return found


def marks_of_many(size: int) -> Callable[[], object]:
    """Return the collating of marks, one for fifty words of a text, of three reviewers."""
    notes = [
        Note("a.md", 1, 1, 1, 5, "woord", "strikeout", "", "", f"An {number % 3}", "", number // 60,
             (0, 0, 9, 9), True, marked=f"{number % 3}.pdf", start=number, end=number + 2,
             then=(number, number + 2)) for number in range(size // 50)
    ]  # fmt: skip
    return partial(queued, notes)


def judged(unit: str, size: int) -> Callable[[], object]:
    """Return the judging of the language of one paragraph that is one unit over and over."""
    text = unit * (size // len(unit))
    passage = Passage("a.md", text, ((0, 0),), ((0, "nl"),))

    def told() -> object:
        words = [*words_of([passage])]
        wrong = [*misspelled(words, frozenset(), 3)], [*names(words, frozenset())]
        return [*slips(passage)], [*figures([passage])], [*compounds(words, frozenset())], wrong

    return told


def spans(size: int) -> Callable[[], object]:
    """Return the gathering of a paragraph of so many runs of text."""
    line = tuple(Text(f"woord{at} ", ((0, 12 * at),)) for at in range(size))
    return partial(passage_of, "a.md", line, "nl")


def chapters(size: int) -> Callable[[], object]:
    """Return the reading of a manuscript of so many chapters without number."""
    folder = tempfile.TemporaryDirectory()
    root = Path(folder.name)
    (root / "book.toml").write_text('title = "Regen"\n', "utf-8")
    for number in range(size):
        text = f"# Dag {number}\n\nHet regende op dag {number}.\n"
        (root / f"{number:05}.md").write_text(text, "utf-8")

    def read() -> object:
        return read_manuscript(Path(folder.name))  # the folder goes with what reads it

    return read


def _drawn(size: int) -> list[str]:
    dice = random.Random(5)
    return [f"woord{dice.randrange(3000)}" for _ in range(size)]


def _in_items(words: list[str]) -> str:
    """Return words as ordered lists of ten items, with a dozen words each."""
    items = [" ".join(words[at : at + 12]) for at in range(0, len(words), 12)]
    return "".join(
        f"{at % 10 + 1}. {one}\n" + "\n" * (at % 10 == 9) for at, one in enumerate(items)
    )


def raw_text(size: int) -> Callable[[], object]:
    """Return the import of a text, in words, that stands in lines of 60 characters."""
    blocks = ["\n".join(lines) for lines in _set(size, 60)]
    return partial(import_text, "\n\n".join(["Een dik boek", *blocks]), "dik.txt", "nl")


def mixed_columns(size: int) -> Callable[[], object]:
    """Return the import of a text, in words, in columns of which an extractor mixed the pieces."""
    dice = random.Random(6)
    lines = [line for paragraph in _set(size, 42) for line in paragraph]
    pieces = ["\n".join(lines[at : at + 15]) for at in range(0, len(lines), 15)]
    pages = [pieces[at : at + 6] for at in range(0, len(pieces), 6)]
    for page in pages:
        dice.shuffle(page)
    text = "\f".join("\n\n".join(page) for page in pages)
    return partial(import_text, f"Een dik boek\n\n{text}", "dik.txt", "nl")


def _set(size: int, measure: int) -> list[list[str]]:
    """Return the lines of each paragraph of a text, in words."""
    hyphens = pyphen.Pyphen(lang="nl_NL")
    words = _prose(size)
    paragraphs = (" ".join(words[at : at + 100]) for at in range(0, size, 100))
    return [[*in_lines(f"{text.capitalize()}.", measure, hyphens)] for text in paragraphs]


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
    ("what changed in lists", lists, 40_000),
    ("proposals looked up in a text", proposals, 40_000),
    ("marks of many reviewers", marks_of_many, 200_000),
    ("a paragraph of many runs", spans, 30_000),
    *((f"language, {unit!r}", partial(judged, unit), 30_000) for unit in SLIPS),
    ("chapters without number", chapters, 1_250),
    ("import of a raw text", raw_text, 25_000),
    ("import of mixed columns", mixed_columns, 12_000),
]


def timed(call: Callable[[], object]) -> float:
    """Return the CPU seconds of a call."""
    began = time.process_time()
    call()
    return time.process_time() - began


def growth(stage: Stage, size: int, rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the median CPU seconds of a text of a size, and of one of `FOLD` times that size."""
    short, long = stage(size), stage(FOLD * size)
    pairs = [(timed(short), timed(long)) for _ in range(rounds)]
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
