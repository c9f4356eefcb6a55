"""Walks over the blocks of a book, and books made anew block by block or line by line.

In: blocks. Out: what stands in them, outer ones first, or new blocks with something changed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from msgspec import structs

from publish.book.inlines import Inline, Inlines, Picture, walk_inlines
from publish.book.model import (
    Block,
    BlockQuote,
    Blocks,
    Book,
    Chapter,
    Container,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Table,
    Verse,
)

T = TypeVar("T")
LEAVES = (Paragraph, Heading)
"""The blocks that books are full of, and that hold no others: a walk looks no further into them."""


def children(block: Block) -> Iterator[Blocks]:
    """Yield the runs of blocks inside a block."""
    match block:
        case BlockQuote(blocks=blocks) | Container(blocks=blocks):
            yield blocks
        case ListBlock(items=items):
            yield from items
        case DefinitionList(entries=entries):
            for _, definitions in entries:
                yield from definitions
        case _:
            pass


def walk(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every block, outer ones first, in reading order."""
    for block in blocks:
        yield block
        if type(block) not in LEAVES:
            for inner in children(block):
                yield from walk(inner)


def lines_of(block: Block) -> Iterator[Inlines]:
    """Yield the runs of inlines that stand in a block itself, not in blocks inside it."""
    match block:
        case Paragraph(inlines=inlines) | Heading(inlines=inlines):
            yield inlines
        case Table(head=head, rows=rows, caption=caption):
            yield caption
            yield from head
            for row in rows:
                yield from row
        case DefinitionList(entries=entries):
            for term, _ in entries:
                yield term
        case Verse(stanzas=stanzas, attribution=attribution):
            for stanza in stanzas:
                for _, line in stanza:
                    yield line
            yield attribution
        case Container(attribution=attribution):
            yield attribution
        case _:
            pass


def _same(block: Block) -> Block:
    return block


def same(old: tuple[T, ...], new: tuple[T, ...]) -> tuple[T, ...]:
    """Return the old run where the new one holds the very same things, else the new one."""
    alike = len(old) == len(new) and all(map(operator.is_, old, new))
    return old if alike else new


def with_parts(chapter: Chapter, change: Callable[[Blocks], Blocks]) -> Chapter:
    """Return a chapter with its title, its blocks and the texts of its notes changed.

    One of which nothing changes stays the same object, so that what was made of it still holds.
    """
    titles = change((chapter.title,)) if chapter.title else ()
    title = titles[0] if titles else None
    assert title is None or isinstance(title, Heading)
    blocks = same(chapter.blocks, change(chapter.blocks))
    changed = (_with_text(note, same(note.blocks, change(note.blocks))) for note in chapter.notes)
    notes = same(chapter.notes, tuple(changed))
    if title is chapter.title and blocks is chapter.blocks and notes is chapter.notes:
        return chapter
    return structs.replace(chapter, title=title, blocks=blocks, notes=notes)


def _with_text(note: Note, blocks: Blocks) -> Note:
    return note if blocks is note.blocks else structs.replace(note, blocks=blocks)


def map_inlines(
    block: Block,
    change: Callable[[Inlines, str], Inlines],
    language: str = "",
    leaf: Callable[[Block], Block] = _same,
) -> Block:
    """Return a block with every run of inlines in it, at any depth, changed.

    `change` is told the language of the run: the nearest block's that names one, else `language`. A
    run that it gives back leaves its paragraph the same object.
    `leaf` changes the blocks that hold no inlines, such as a figure.
    """
    spoken = block.attrs.get("lang", language)
    if isinstance(block, Paragraph | Heading):
        inlines = change(block.inlines, spoken)
        # Most have nothing to change, and are kept as they are.
        return block if inlines is block.inlines else structs.replace(block, inlines=inlines)

    def changed(inlines: Inlines) -> Inlines:
        return change(inlines, spoken)

    def deep(blocks: Blocks) -> Blocks:
        return tuple(map_inlines(one, change, spoken, leaf) for one in blocks)

    match block:
        case BlockQuote():
            return structs.replace(block, blocks=deep(block.blocks))
        case Container():
            return structs.replace(
                block, blocks=deep(block.blocks), attribution=changed(block.attribution)
            )
        case ListBlock():
            return structs.replace(block, items=tuple(deep(item) for item in block.items))
        case DefinitionList():
            entries = tuple(
                (changed(term), tuple(deep(one) for one in texts)) for term, texts in block.entries
            )
            return structs.replace(block, entries=entries)
        case Table():
            return structs.replace(
                block,
                caption=changed(block.caption),
                head=tuple(changed(cell) for cell in block.head),
                rows=tuple(tuple(changed(cell) for cell in row) for row in block.rows),
            )
        case Verse():
            stanzas = tuple(
                tuple((indent, changed(line)) for indent, line in stanza)
                for stanza in block.stanzas
            )
            return structs.replace(block, stanzas=stanzas, attribution=changed(block.attribution))
        case _:
            return leaf(block)


def with_blocks(block: Block, change: Callable[[Blocks], Blocks]) -> Block:
    """Return a block with each run of blocks inside it changed; one without any is the same."""
    match block:
        case BlockQuote() | Container():
            return structs.replace(block, blocks=change(block.blocks))
        case ListBlock():
            return structs.replace(block, items=tuple(change(item) for item in block.items))
        case DefinitionList():
            entries = tuple(
                (term, tuple(change(text) for text in texts)) for term, texts in block.entries
            )
            return structs.replace(block, entries=entries)
        case _:
            return block


def map_blocks(blocks: Blocks, change: Callable[[Block], Block | None]) -> Blocks:
    """Return blocks changed one by one, inner ones first; None takes a block out."""

    def deep(block: Block) -> Block:
        made = with_blocks(block, lambda inner: map_blocks(inner, change))
        if isinstance(made, ListBlock):
            # An item of which nothing is left is none.
            return structs.replace(made, items=tuple(item for item in made.items if item))
        return made

    changed = (change(deep(block)) for block in blocks)
    return tuple(block for block in changed if block is not None)


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
        if isinstance(block, LEAVES):
            for inline in walk_inlines(block.inlines):
                yield block, inline
            continue
        for line in lines_of(block):
            for inline in walk_inlines(line):
                yield block, inline


def pictures_of(book: Book) -> Iterator[tuple[str, str]]:
    """Yield the id of each picture that is placed, and the alt text that it has there."""
    for chapter in book.chapters:
        for block in blocks_of(chapter):
            if isinstance(block, Figure):
                yield block.photo, block.alt
        for _, inline in inlines_of(chapter):
            if isinstance(inline, Picture):
                yield inline.photo, inline.alt
