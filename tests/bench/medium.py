"""Books of middling length with what costs a layout most: notes, and pictures.

In: a folder with a generated novel. Out: the same novel with a note in every third paragraph, or
with a picture after every twelfth, at each of the places in turn.
"""

from __future__ import annotations

import random
from itertools import count, cycle
from pathlib import Path

from books.pictures import drawing, photo

PLACES = ("column", "half", "full", "inset")
NOTE_WORDS = 18
FRAME = b'<rect x="1" y="1" width="598" height="398" fill="none" stroke="#222" stroke-width="2"/>'


def noted(book: Path) -> None:
    """Put notes into a novel; each has the words of another paragraph."""
    for file in chapters(book):
        blocks = file.read_text("utf-8").split("\n\n")
        notes = []
        for at in range(2, len(blocks), 3):
            words = blocks[at - 1].split()[:NOTE_WORDS]
            notes.append(f"[^{at}]: {' '.join(words).rstrip(',;:')}.")
            first, rest = blocks[at].split(" ", 12)[:12], blocks[at].split(" ", 12)[12:]
            blocks[at] = " ".join([" ".join(first) + f"[^{at}]", *rest])
        file.write_text("\n\n".join([*blocks, *notes]) + "\n", "utf-8")


def pictured(book: Path) -> None:
    """Put pictures into a novel."""
    numbers, places, names = random.Random(1).random, cycle(PLACES), count(1)
    captions = []
    (book / "photos").mkdir(exist_ok=True)
    for file in chapters(book):
        blocks = file.read_text("utf-8").split("\n\n")
        for at in range(12, len(blocks), 13):
            number = next(names)
            suffix, made = ("svg", drawing) if number % 2 else ("png", photo)
            # A drawing has a frame, by which it is seen where on its page it begins.
            data = made(numbers).replace(b"</svg>", FRAME + b"</svg>")
            (book / "photos" / f"p{number}.{suffix}").write_bytes(data)
            captions.append(
                f'[p{number}]\nfile = "p{number}.{suffix}"\nkind = "drawing"\n'
                f'caption = "De kade op een ochtend, gezien van de brug af."\nalt = "Een kade"\n'
            )
            blocks.insert(at, f"![](p{number}){{place={next(places)}}}")
        file.write_text("\n\n".join(blocks) + "\n", "utf-8")
    (book / "captions.toml").write_text("\n".join(captions), "utf-8")


def lengthened(book: Path, count: int) -> None:
    """Make so many paragraphs of a novel one."""
    for file in chapters(book):
        head, *texts = file.read_text("utf-8").rstrip("\n").split("\n\n")
        joined = (" ".join(texts[at : at + count]) for at in range(0, len(texts), count))
        file.write_text("\n\n".join([head, *joined]) + "\n", "utf-8")


def chapters(book: Path) -> list[Path]:
    """Return the chapters of a book in their order."""
    return sorted(book.glob("*.md"))
