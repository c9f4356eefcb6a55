"""What holds a book together: ids, references, notes, photos.

In: a `Book` as it was read. Out: the same with an id on every heading, and problems M203, M204,
M208 to M213, M220 and M228; those of `photos`, `places` and `credits`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from publish.book.credits import check_credits
from publish.book.inlines import (
    CrossReference,
    NoteReference,
    Styled,
    plain,
    walk_inlines,
)
from publish.book.model import (
    Block,
    BlockQuote,
    Book,
    Chapter,
    CodeBlock,
    Container,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    RawBlock,
    Rule,
    Table,
    Verse,
)
from publish.book.photos import check_photos
from publish.book.places import check_places
from publish.book.walking import blocks_of, inlines_of, map_blocks, walk
from publish.ground.filenames import slug_of
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.settings.schema import nearest

_HTML_ID = re.compile(r'<[^>]* id="([^"]+)"')


IN_NOTES = (Paragraph, ListBlock, BlockQuote, CodeBlock, Verse)
"""What a note may hold: it stands at the foot of a page, in lines."""
NAMED = {
    Table: "a table",
    Figure: "a picture",
    Container: "a container",
    DefinitionList: "a definition list",
    Heading: "a heading",
    Rule: "a break",
    RawBlock: "HTML",
}


def structured(book: Book) -> tuple[Book, list[Problem]]:
    """Give every heading an id and check all that refers to something."""
    explicit, problems = _explicit_ids(book)
    taken = set(explicit)
    chapters = tuple(_identified(chapter, taken) for chapter in book.chapters)
    book = structs.replace(book, chapters=chapters)
    for chapter in book.chapters:
        problems += _headings(chapter) + _notes(chapter) + _tables(chapter)
    problems += _references(book) + check_photos(book)
    return book, problems + check_places(book) + check_credits(book)


def body_start(book: Book) -> int:
    """Return the index of the chapter that begins the body: what is before it is front matter."""
    chapters = enumerate(book.chapters)
    return next((at for at, one in chapters if one.role == "chapter"), 0)


def _explicit_ids(book: Book) -> tuple[dict[str, Span], list[Problem]]:
    ids: dict[str, Span] = {}
    placed: set[str] = set()
    problems = []
    for chapter in book.chapters:
        named = list(_ids_of_blocks(chapter, placed))
        named += [
            (inline.attrs.id, block.span)
            for block, inline in inlines_of(chapter)
            if isinstance(inline, Styled)
        ]
        named += _ids_in_html(chapter)
        for name, span in named:
            if name in ids:
                other = ids[name].place
                problems.append(problem("M208", span, name=name, other=other))
            elif name:
                ids[name] = span
    return ids, problems


def _ids_of_blocks(chapter: Chapter, placed: set[str]) -> Iterator[tuple[str, Span]]:
    """Yield the ids of blocks; a figure without one has its photo's, the first time."""
    for block in blocks_of(chapter):
        if isinstance(block, Figure) and not block.attrs.id:
            if block.photo not in placed:
                yield block.photo, block.span
            placed.add(block.photo)
        else:
            yield block.attrs.id, block.span


def _ids_in_html(chapter: Chapter) -> list[tuple[str, Span]]:
    return [
        (name, block.span)
        for block in blocks_of(chapter)
        if isinstance(block, RawBlock)
        for name in _HTML_ID.findall(block.html)
    ]


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
        return structs.replace(block, attrs=structs.replace(block.attrs, id=name))

    title = identify(chapter.title) if chapter.title else None
    assert title is None or isinstance(title, Heading)
    return structs.replace(chapter, title=title, blocks=map_blocks(chapter.blocks, identify))


def _headings(chapter: Chapter) -> list[Problem]:
    problems, above = [], 1
    for block in blocks_of(chapter):
        if isinstance(block, Heading):
            if not plain(block.inlines):
                problems.append(problem("M228", block.span))
            if block.level == 1 and block is not chapter.title:
                problems.append(problem("M203", block.span))
            elif block.level > above + 1:
                facts = {"above": above, "level": block.level, "next": above + 1}
                problems.append(problem("M204", block.span, **facts))
            above = block.level
    return problems


def _tables(chapter: Chapter) -> list[Problem]:
    tables = (block for block in blocks_of(chapter) if isinstance(block, Table))
    return [problem("M220", table.span) for table in tables if not table.caption]


def _notes(chapter: Chapter) -> list[Problem]:
    problems = []
    defined: dict[str, Note] = {}
    for note in chapter.notes:
        if note.label in defined:
            facts = {"name": note.label, "other": defined[note.label].span.place}
            problems.append(problem("M213", note.span, **facts))
        defined.setdefault(note.label, note)
    for _, inline in inlines_of(chapter):
        if isinstance(inline, NoteReference) and inline.label not in defined:
            near = nearest(inline.label, defined)
            problems.append(problem("M211", inline.span, name=inline.label, nearest=near))
    for note in chapter.notes:
        if not note.blocks:
            problems.append(problem("M254", note.span, name=note.label))
        for block in walk(note.blocks):
            if not isinstance(block, IN_NOTES):
                problems.append(problem("M237", block.span, what=NAMED[type(block)]))
    # What only a note calls that is called nowhere itself, is called nowhere.
    called = _calls(structs.replace(chapter, notes=()))
    for label in called:
        if label in defined:
            inside = structs.replace(chapter, title=None, blocks=defined[label].blocks, notes=())
            called += [one for one in _calls(inside) if one not in called]
    return problems + [
        problem("M212", note.span, name=label)
        for label, note in defined.items()
        if label not in called
    ]


def _calls(chapter: Chapter) -> list[str]:
    calls = (inline for _, inline in inlines_of(chapter) if isinstance(inline, NoteReference))
    return list(dict.fromkeys(call.label for call in calls))


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
    runs = [[inline for _, inline in inlines_of(chapter)] for chapter in book.chapters]
    runs += [list(walk_inlines(photo.caption)) for photo in book.photos.values()]
    for run in runs:
        for inline in run:
            if not isinstance(inline, CrossReference):
                continue
            if inline.target not in named:
                near = nearest(inline.target, named)
                problems.append(problem("M209", inline.span, name=inline.target, nearest=near))
            elif not inline.children and not named[inline.target]:
                problems.append(problem("M210", inline.span, name=inline.target))
    return problems
