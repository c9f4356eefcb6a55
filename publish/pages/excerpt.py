"""Some chapters as pages of their own, as they begin on a known page of the whole book.

In: the `Book` of the print edition, the chapters, the first of them without what stands on pages
before, and where the page numbers of before lead. Out: HTML for the layout engine. The pages are
those of the whole book as long as nothing before them moves: of a paragraph that is broken as a
whole the rest is broken as well as it can be, too (Knuth and Plass 1981, optimal substructure).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from publish.book.inlines import (
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Strong,
    Styled,
    Text,
    plain,
)
from publish.book.model import Block, Book, Chapter, Paragraph
from publish.book.walking import lines_of, walk
from publish.engine.beginning import Beginning
from publish.pages.markup import PageMarkup, Piece
from publish.pages.placing import Arrangement
from publish.pages.sections import Flow, Paged, shown
from publish.pictures.photos import Asset
from publish.sizes.geometry import Page


def excerpt(
    book: Book,
    chapters: Sequence[Chapter],
    first: int,
    head: str,
    indented: bool,
    page: Page,
    pictures: Mapping[str, Asset],
    known: Arrangement,
) -> tuple[str, Beginning]:
    """Return chapters as HTML that begins on the page at position `first`, from 1; and that place.

    `head` is the running head of the chapter that goes on there; empty where another begins.
    `indented` tells whether they begin with a paragraph that follows another one.
    """
    markup = PageMarkup(book, page, pictures, known, places=False)
    pieces = [piece for one in chapters for piece in markup.chapter(one)]
    if indented:
        pieces.insert(0, Piece(False, '<p style="display: none"></p>'))
    section = Flow("page", "", head, pieces, markup.covered).section(page)
    whole = Paged((section,), markup.folios, shown(book.settings, page))
    return whole.document(section, first), whole.beginning(section, first)


def rest_of(chapter: Chapter, offset: int) -> Chapter | None:
    """Return what a chapter has from an offset of its file on; None where it cannot be cut there.

    Only paragraphs are cut: of a list or a table the head, the numbers and the widths would go.
    """
    if chapter.title and offset <= chapter.title.span.end:
        return chapter
    begun = [at for at, block in enumerate(chapter.blocks) if block.span.start <= offset]
    if not begun:
        return replace(chapter, title=None)
    block, after = chapter.blocks[begun[-1]], chapter.blocks[begun[-1] + 1 :]
    if isinstance(block, Paragraph):
        block = replace(block, inlines=_rest(block.inlines, offset))
    elif offset > _first(block):
        return None
    return replace(chapter, title=None, blocks=(block, *after))


def is_indented(chapter: Chapter, offset: int) -> bool:
    """Tell whether a paragraph begins at an offset, or just before it, that follows another one."""
    begun = [block for block in chapter.blocks if block.span.start <= offset][-2:]
    plain_ones = len(begun) == 2 and all(isinstance(one, Paragraph) for one in begun)
    return plain_ones and offset <= _first(begun[1])


def _first(block: Block) -> int:
    """Return the offset of the first character of a block's text, or of its markup."""
    lines = (line for inner in walk((block,)) for line in lines_of(inner))
    texts = (one for line in lines for one in line if isinstance(one, Text) and one.places)
    return next((text.places[0][1] for text in texts), block.span.start)


def _rest(inlines: Inlines, offset: int) -> Inlines:
    """Return inlines from an offset of the file on."""
    kept: list[Inline] = []
    for inline in inlines:
        if kept:
            kept.append(inline)
        elif isinstance(inline, Text):
            at = inline.index(offset) if inline.places else len(inline.value)
            kept += [inline.part(at)] if at < len(inline.value) else []
        elif isinstance(inline, Emphasis | Strong | Styled | Link | CrossReference):
            inner = _rest(inline.children, offset)
            kept += [replace(inline, children=inner)] if inner else []
    return tuple(kept)


def beginning_of(chapter: Chapter, words: int) -> Chapter:
    """Return a chapter's first blocks, of so many words or a few more."""
    blocks: list[Block] = []
    for block in chapter.blocks:
        if words <= 0:
            break
        blocks.append(block)
        texts = (plain(line) for inner in walk((block,)) for line in lines_of(inner))
        words -= sum(len(text.split()) for text in texts)
    return replace(chapter, blocks=tuple(blocks))
