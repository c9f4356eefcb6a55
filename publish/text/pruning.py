"""A chapter without what is for another edition.

In: a chapter, or a run of inlines, and the edition. Out: what that edition shows of it. What is
left without a word stands nowhere: it would be a line of white, or an empty box.
"""

from __future__ import annotations

from msgspec import structs

from publish.book.inlines import (
    CrossReference,
    Edition,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Strong,
    Styled,
    Text,
)
from publish.book.model import (
    Block,
    BlockQuote,
    Blocks,
    Chapter,
    Container,
    ListBlock,
    Paragraph,
    Verse,
)
from publish.book.walking import map_blocks, map_inlines, same, with_parts


def pruned(chapter: Chapter, edition: Edition) -> Chapter:
    """Return a chapter as an edition shows it; one that is whole there is the same object."""

    def keep(block: Block) -> Block | None:
        # A chapter is left out by its own setting, never by its title's.
        kept = block is chapter.title or block.attrs.only in (None, edition)
        return block if kept else None

    def keep_inlines(inlines: Inlines, language: str) -> Inlines:
        return pruned_inlines(inlines, edition)

    def prune(blocks: Blocks) -> Blocks:
        left = tuple(map_inlines(block, keep_inlines) for block in map_blocks(blocks, keep))
        return left if same(blocks, left) is blocks else map_blocks(left, _unless_empty)

    return with_parts(chapter, prune)


def pruned_inlines(inlines: Inlines, edition: Edition) -> Inlines:
    """Return a run as an edition shows it; one that is whole there is the same object."""
    kept: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Styled) and inline.attrs.only not in (None, edition):
            continue
        if isinstance(inline, Emphasis | Strong | Styled | Link | CrossReference):
            inner = pruned_inlines(inline.children, edition)
            if inner is not inline.children:
                inline = structs.replace(inline, children=inner)
        kept.append(inline)
    return same(inlines, tuple(kept))


def _unless_empty(block: Block) -> Block | None:
    """Return a block without its empty lines of verse; None where nothing is left in it."""
    match block:
        case Paragraph(inlines=inlines):
            full = not _says_nothing(inlines)
        case BlockQuote(blocks=blocks) | Container(blocks=blocks):
            full = bool(blocks)
        case ListBlock(items=items):
            full = bool(items)
        case Verse():
            block = _without_lines(block)
            full = bool(block.stanzas)
        case _:
            return block
    return block if full or block.attrs.id else None


def _without_lines(verse: Verse) -> Verse:
    stanzas = [
        tuple((indent, line) for indent, line in stanza if not _says_nothing(line))
        for stanza in verse.stanzas
    ]
    kept = [at for at, stanza in enumerate(stanzas) if stanza]
    # The place of who said it follows those of the stanzas.
    places = (*(verse.places[at] for at in kept), *verse.places[len(stanzas) :])
    return structs.replace(verse, stanzas=tuple(stanzas[at] for at in kept), places=places)


def _says_nothing(inlines: Inlines) -> bool:
    for inline in inlines:
        match inline:
            case Text(value=value):
                full = bool(value.strip(" \n"))
            case Emphasis(children=inner) | Strong(children=inner) | Link(children=inner):
                full = not _says_nothing(inner)
            case Styled(attrs=attrs, children=inner):
                full = bool(attrs.id) or not _says_nothing(inner)
            case _:
                full = not isinstance(inline, LineBreak)
        if full:
            return False
    return True
