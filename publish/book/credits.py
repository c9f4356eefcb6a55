"""Who made the pictures: under each of them, or gathered in the colophon.

In: the `Book` of an edition, its pictures numbered. Out: the same book; where the settings gather
the credits, the photos have none any more and the colophon ends with a line for each maker. What a
picture's figures are taken from stays beneath it. Problem C324 for a book without a colophon.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from msgspec import structs

from publish.book.inlines import Attrs, Strong, Text
from publish.book.model import Book, Chapter, Figure, Paragraph, Photo
from publish.book.walking import walk
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.ground.wording import Wording, wording

COLOPHON = "colophon"


def check_credits(book: Book) -> list[Problem]:
    """Report that the credits are to be gathered and there is nowhere to put them."""
    wanted = book.settings.pictures.credits == COLOPHON
    if not wanted or any(chapter.role == COLOPHON for chapter in book.chapters):
        return []
    return [problem("C324", None)]


def gathered(book: Book) -> Book:
    """Return a book with the credits of its pictures in its colophon, where they are to be."""
    ends = [at for at, chapter in enumerate(book.chapters) if chapter.role == COLOPHON]
    if book.settings.pictures.credits != COLOPHON or not ends:
        return book
    colophon = _with_lines(book.chapters[ends[-1]], list(_lines(book)), wording_of(book))
    chapters = (*book.chapters[: ends[-1]], colophon, *book.chapters[ends[-1] + 1 :])
    photos = {
        name: structs.replace(photo, credit="", licence="", date="")
        for name, photo in book.photos.items()
    }
    return structs.replace(book, chapters=chapters, photos=photos)


def wording_of(book: Book) -> Wording:
    """Return the words of a book's language."""
    return wording(book.settings.language)


def credit_line(photo: Photo) -> str:
    """Return who made a picture, when, and under which licence it is."""
    parts = (one.strip().rstrip(", ") for one in (photo.credit, photo.date, photo.licence))
    return ", ".join(part for part in parts if part)


def _lines(book: Book) -> Iterator[str]:
    """Yield a line for each credit: the numbers of its pictures, then the credit."""
    words, numbers = wording_of(book), dict[str, list[int]]()
    for chapter in book.chapters:
        for block in walk(chapter.blocks):
            if isinstance(block, Figure) and (said := credit_line(book.photos[block.photo])):
                numbers.setdefault(said, []).append(block.number)
    cover = book.photos.get(book.settings.cover.photo)
    if cover and (said := credit_line(cover)):
        # Nothing is counted from 0.
        numbers.setdefault(said, []).append(0)
    for said, found in numbers.items():
        counted = sorted(set(found) - {0})
        name = words.figure if len(counted) == 1 else words.figures
        parts = [words.cover] if cover and 0 in found and credit_line(cover) == said else []
        parts += [f"{name} {runs(counted)}"] if counted else []
        shown = "; ".join(parts)
        yield f"{shown[:1].upper()}{shown[1:]}: {said}." if shown else f"{said}."


def runs(numbers: Iterable[int]) -> str:
    """Return rising numbers, those that follow each other as a run: 1–3, 5."""
    found = []
    for _, group in itertools.groupby(enumerate(numbers), lambda one: one[1] - one[0]):
        run = [number for _, number in group]
        found.append(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return ", ".join(found)


def _with_lines(chapter: Chapter, lines: list[str], words: Wording) -> Chapter:
    if not lines:
        return chapter
    # Their words stand nowhere in the manuscript; the place of the last block is told for theirs.
    last = chapter.blocks[-1].span if chapter.blocks else Span(chapter.file)
    title = Paragraph((Strong((Text(words.credits),)),), last, Attrs(classes=("lead-in",)))
    made = (Paragraph((Text(line),), last) for line in lines)
    return structs.replace(chapter, blocks=(*chapter.blocks, title, *made))
