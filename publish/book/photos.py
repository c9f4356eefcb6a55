"""The photos of a book in its text: placed, once in each edition, with a caption that is set.

In: a `Book` as it was read. Out: problems C301, C302, C313, C326 and M236.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from publish.book.inlines import Edition, NoteReference, Picture, Styled, plain, walk_inlines
from publish.book.model import Blocks, Book, Figure, Table
from publish.book.walking import blocks_of, children, inlines_of, lines_of
from publish.ground.problems import Problem, problem
from publish.settings.schema import nearest


def check_photos(book: Book) -> list[Problem]:
    """Report photos that are not known, placed twice or never, and captions that are not set."""
    return [*_captions(book), *_photos(book), *_signs(book)]


def _captions(book: Book) -> list[Problem]:
    """Report what a caption cannot hold: it is set in more than one place."""
    problems = []
    for photo in book.photos.values():
        for inline in walk_inlines(photo.caption):
            if isinstance(inline, NoteReference):
                problems.append(problem("M236", inline.span, what="a note"))
            elif isinstance(inline, Picture):
                problems.append(problem("M236", inline.span, what="a picture"))
            elif isinstance(inline, Styled) and inline.attrs.id:
                problems.append(problem("M236", photo.span, what=f"the id “{inline.attrs.id}”"))
    return problems


def _photos(book: Book) -> list[Problem]:
    problems: list[Problem] = []
    used: set[str] = set()
    set_before: set[tuple[str, Edition]] = set()
    for chapter in book.chapters:
        figures = [*_figures(chapter.blocks, chapter.only)]
        figures += [one for note in chapter.notes for one in _figures(note.blocks, chapter.only)]
        placed = [(figure.photo, figure.span) for figure, _ in figures]
        placed += [
            (inline.photo, inline.span)
            for _, inline in inlines_of(chapter)
            if isinstance(inline, Picture)
        ]
        for name, span in placed:
            used.add(name)
            if name not in book.photos:
                advice = _photo_meant(name, book)
                problems.append(problem("C301", span, name=name, nearest=advice))
        for figure, only in figures:
            places = {
                (figure.photo, edition) for edition in get_args(Edition) if only in (None, edition)
            }
            if places & set_before:
                problems.append(problem("C313", figure.span, name=figure.photo))
            set_before |= places
    cover = book.settings.cover.photo
    unused = (photo for name, photo in book.photos.items() if name not in used and name != cover)
    return problems + [problem("C302", photo.span, name=photo.id) for photo in unused]


def _signs(book: Book) -> Iterator[Problem]:
    """Report pictures with a caption where none is set: amid words, and in a table."""
    captioned = {name for name, photo in book.photos.items() if photo.caption}
    for block in (block for chapter in book.chapters for block in blocks_of(chapter)):
        for line in lines_of(block) if captioned else ():
            signs = [one for one in walk_inlines(line) if isinstance(one, Picture)]
            if signs and (isinstance(block, Table) or plain(line)):
                found = (one for one in signs if one.photo in captioned)
                yield from (problem("C326", one.span, name=one.photo) for one in found)


def _figures(blocks: Blocks, only: Edition | None) -> Iterator[tuple[Figure, Edition | None]]:
    """Yield the figures among blocks, each with the one edition that shows it; None for all."""
    for block in blocks:
        own = only or block.attrs.only
        if isinstance(block, Figure):
            yield block, own
        for inner in children(block):
            yield from _figures(inner, own)


def _photo_meant(name: str, book: Book) -> str:
    """Return what to write for a photo that is not known: the id, where its file was named."""
    file = name.removeprefix("./").removeprefix("photos/").casefold()
    for photo in book.photos.values():
        if photo.file.casefold() == file:
            return f"A photo is placed by its id, not by its file: ![]({photo.id})."
    return nearest(name, book.photos)
