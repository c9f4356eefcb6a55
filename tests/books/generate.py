"""Writes manuscript folders of Dutch-like prose, for tests and for measuring.

In: a kind of book, a seed and a number of words. Out: a folder with book.toml, chapters,
captions.toml and, of the kind `dense`, photos/. The same seed gives the same bytes on every run and
platform: only `Random.random` is drawn on, and neither the clock nor a compressor is used.

    python tests/books/generate.py pamphlet|novel|epic|dense FOLDER [--seed N] [--words N]
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as a script, `books` is not there

from books.dense import Dense, words_in
from books.phrases import Register, capital, counted, joined
from books.prose import Prose


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of book: its title, its words, those of a chapter, the column lines are broken at."""

    title: str
    words: int
    chapter: int
    register: Register
    column: int = 0  # 0: a paragraph is one line
    dense: bool = False


ESSAY = Register(present=0.35, dialogue=0.02, pronouns=0.41, abstract=0.38, more=0.54)
KINDS = {
    "pamphlet": Kind("Een pamflet", 7_000, 1_000, ESSAY, column=80),
    "novel": Kind("Een roman", 98_000, 2_450, Register()),
    "epic": Kind("Een heldendicht in proza", 560_000, 2_800, Register()),
    "dense": Kind("Een dicht boek", 20_000, 2_500, ESSAY, dense=True),
}
SETTINGS = """\
title = "{title}"
language = "nl"
modified = 2026-11-22T12:00:00Z

[[contributor]]
name = "Katern"
role = "aut"

[print]
trim = "A5"
"""
# What would be a list, a heading, a quotation, a fence or a rule at the start of a line.
MISREAD = re.compile(r"[-+*#>=|:~`_]|\d+[.)]")


def generate(kind: str, folder: Path | str, seed: int = 1, words: int | None = None) -> Path:
    """Write a book into a folder, which may not hold chapters of another one.

    Args:
        kind: pamphlet, novel, epic or dense.
        folder: where it is written; made if it is not there.
        seed: another one gives another text.
        words: how many words in all; without it, as many as the kind has.

    Returns:
        The folder.
    """
    shape, target = KINDS[kind], Path(folder)
    prose = Prose(random.Random(seed), shape.register)
    files = dict(_chapters(prose, shape, words or shape.words))
    strangers = sorted({one.name for one in target.glob("*.md")} - files.keys())
    if strangers:
        raise FileExistsError(f"{target} holds chapters of another book, {strangers[0]} for one")
    (target / "photos").mkdir(parents=True, exist_ok=True)
    files["book.toml"] = SETTINGS.format(title=shape.title).encode()
    for name, data in files.items():
        (target / name).write_bytes(data)
    return target


def wrapped(paragraph: str, column: int) -> str:
    """Break a paragraph into lines; what would be misread is kept from the start of one."""
    words: list[str] = []
    for word in paragraph.split():
        if words and MISREAD.match(word):
            words[-1] += " " + word
        else:
            words.append(word)
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= column:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return "\n".join(lines)


def _chapters(prose: Prose, shape: Kind, words: int) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each chapter, of captions.toml and of each picture."""
    count = max(1, round(words / shape.chapter))
    dense = Dense(prose, count)
    taken: set[str] = set()
    done = 0
    for number in range(1, count + 1):
        title = _title(prose, taken)
        budget = (words - done) // (count - number + 1)
        if shape.dense:
            text = dense.chapter(number, title, budget)
        else:
            text = f"# {title}\n\n" + _plain(prose, budget - counted(title), shape.column)
        done += words_in(text)
        yield f"{number:0{max(2, len(str(count)))}}-{slug(title)}.md", text.encode()
    yield "captions.toml", "\n".join(dense.captions).encode()
    yield from dense.pictures.items()


def _plain(prose: Prose, words: int, column: int) -> str:
    """Return paragraphs of so many words."""
    paragraphs: list[str] = []
    while words >= 30 or not paragraphs:
        drawn = prose.blocks(max(words, 30))
        words -= sum(map(counted, drawn))
        paragraphs += [wrapped(one, column) if column else one for one in drawn]
    return "\n\n".join(paragraphs) + "\n"


def _title(prose: Prose, taken: set[str]) -> str:
    """Draw a title that the book does not have yet."""
    while True:
        kind = prose.any(("place", "idea", "thing", "person"))
        noun = prose.noun(kind)
        before = prose.adjective(kind, False, "") if prose.chance(0.4) else ""
        where = prose.place(0) if prose.chance(0.3) else ""
        title = capital(joined(noun.article, before, noun.word, where))
        if title not in taken:
            taken.add(title)
            return title


def slug(title: str) -> str:
    """Return a title as a file name has it."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def main(arguments: list[str] | None = None) -> int:
    """Write the book that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a manuscript of Dutch-like prose.")
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--words", type=int)
    asked = parser.parse_args(arguments)
    try:
        generate(asked.kind, asked.folder, asked.seed, asked.words)
    except FileExistsError as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
