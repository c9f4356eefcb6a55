"""What holds a book together: ids, references, notes, photos.

In: a `Book` as it was read. Out: the same with an id on every heading, and problems M204, M208 to
M213, M220, S109 and C301, C302, C313, C314.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from publish.book import (
    PLACES,
    Block,
    Blocks,
    Book,
    Chapter,
    CrossReference,
    Figure,
    Heading,
    Inline,
    NoteReference,
    Picture,
    Styled,
    Table,
    lines_of,
    map_blocks,
    plain,
    walk,
    walk_inlines,
)
from publish.problems import Problem, problem
from publish.schema import nearest
from publish.settings import slug_of
from publish.source import Span


def structured(book: Book) -> tuple[Book, list[Problem]]:
    """Give every heading an id and check all that refers to something."""
    explicit, problems = _explicit_ids(book)
    taken = set(explicit)
    chapters = tuple(_identified(chapter, taken) for chapter in book.chapters)
    book = dataclasses.replace(book, chapters=chapters)
    for chapter in book.chapters:
        problems += _headings(chapter) + _notes(chapter) + _tables(chapter)
    return book, problems + _references(book) + _photos(book)


def blocks_of(chapter: Chapter) -> Iterator[Block]:
    """Yield every block of a chapter, its title first and its notes last."""
    if chapter.title:
        yield chapter.title
    yield from walk(chapter.blocks)
    for note in chapter.notes:
        yield from walk(note.blocks)


def inlines_of(chapter: Chapter) -> Iterator[tuple[Block, Inline]]:
    """Yield every inline of a chapter with the block in which it stands."""
    for block in blocks_of(chapter):
        for line in lines_of(block):
            for inline in walk_inlines(line):
                yield block, inline


def _explicit_ids(book: Book) -> tuple[dict[str, Span], list[Problem]]:
    ids: dict[str, Span] = {}
    problems = []
    for chapter in book.chapters:
        named = [(block.attrs.id, block.span) for block in blocks_of(chapter)]
        named += [
            (inline.attrs.id, block.span)
            for block, inline in inlines_of(chapter)
            if isinstance(inline, Styled)
        ]
        for name, span in named:
            if name in ids:
                other = f"{ids[name].file}:{ids[name].line}"
                problems.append(problem("M208", span, name=name, other=other))
            elif name:
                ids[name] = span
    return ids, problems


def _identified(chapter: Chapter, taken: set[str]) -> Chapter:
    """Give each heading without an id one made of its words."""

    def identify(block: Block) -> Block:
        if not isinstance(block, Heading) or block.attrs.id:
            return block
        stem = slug_of(plain(block.inlines))
        name, count = stem, 1
        while name in taken:
            count += 1
            name = f"{stem}-{count}"
        taken.add(name)
        return dataclasses.replace(block, attrs=dataclasses.replace(block.attrs, id=name))

    title = identify(chapter.title) if chapter.title else None
    assert title is None or isinstance(title, Heading)
    return dataclasses.replace(chapter, title=title, blocks=map_blocks(chapter.blocks, identify))


def _headings(chapter: Chapter) -> list[Problem]:
    problems, above = [], 1
    for block in walk(chapter.blocks):
        if isinstance(block, Heading):
            if block.level > above + 1:
                facts = {"above": above, "level": block.level, "next": above + 1}
                problems.append(problem("M204", block.span, **facts))
            above = block.level
    return problems


def _tables(chapter: Chapter) -> list[Problem]:
    tables = (block for block in walk(chapter.blocks) if isinstance(block, Table))
    return [problem("M220", table.span) for table in tables if not table.caption]


def _notes(chapter: Chapter) -> list[Problem]:
    problems = []
    defined: dict[str, Span] = {}
    for note in chapter.notes:
        if note.label in defined:
            problems.append(problem("M213", note.span, name=note.label))
        defined.setdefault(note.label, note.span)
    called = set()
    for _, inline in inlines_of(chapter):
        if isinstance(inline, NoteReference):
            called.add(inline.label)
            if inline.label not in defined:
                near = nearest(inline.label, defined)
                problems.append(problem("M211", inline.span, name=inline.label, nearest=near))
    problems += [
        problem("M212", span, name=label) for label, span in defined.items() if label not in called
    ]
    return problems


def _references(book: Book) -> list[Problem]:
    named: dict[str, bool] = {}
    for chapter in book.chapters:
        for block in blocks_of(chapter):
            titled = isinstance(block, Heading | Table | Figure)
            if block.attrs.id:
                named[block.attrs.id] = titled
            if isinstance(block, Figure):
                named.setdefault(block.photo, True)
        for _, inline in inlines_of(chapter):
            if isinstance(inline, Styled) and inline.attrs.id:
                named.setdefault(inline.attrs.id, False)
    problems = []
    for chapter in book.chapters:
        for _, inline in inlines_of(chapter):
            if not isinstance(inline, CrossReference):
                continue
            if inline.target not in named:
                near = nearest(inline.target, named)
                problems.append(problem("M209", inline.span, name=inline.target, nearest=near))
            elif not inline.children and not named[inline.target]:
                problems.append(problem("M210", inline.span, name=inline.target))
    return problems


def _placed(blocks: Blocks) -> Iterator[Figure]:
    return (block for block in walk(blocks) if isinstance(block, Figure))


def _photos(book: Book) -> list[Problem]:
    problems: list[Problem] = []
    used: dict[str, int] = {}
    for chapter in book.chapters:
        placed = [(figure.photo, figure.span) for figure in _placed(chapter.blocks)]
        placed += [
            (inline.photo, inline.span)
            for _, inline in inlines_of(chapter)
            if isinstance(inline, Picture)
        ]
        for name, span in placed:
            used[name] = used.get(name, 0) + 1
            if name not in book.photos:
                near = nearest(name, book.photos)
                problems.append(problem("C301", span, name=name, nearest=near))
        for figure in _placed(chapter.blocks):
            if used[figure.photo] > 1:
                problems.append(problem("C313", figure.span, name=figure.photo))
            if figure.place not in PLACES:
                expected = ", ".join(PLACES)
                problems.append(problem("C314", figure.span, place=figure.place, expected=expected))
    cover = book.settings.cover.photo
    if cover and cover not in book.photos:
        near = nearest(cover, book.photos)
        problems.append(problem("S109", Span("book.toml"), name=cover, nearest=near))
    unused = (photo for name, photo in book.photos.items() if name not in used and name != cover)
    return problems + [problem("C302", photo.span, name=photo.id) for photo in unused]
