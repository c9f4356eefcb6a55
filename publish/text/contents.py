"""The one tree of headings, for nav, NCX, the printed contents and the PDF's bookmarks.

In: the `Book` of an edition. Out: `Entry` rows, nested; a title as they show it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, structs

from publish.book.inlines import (
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteReference,
    PageBreak,
    Picture,
    Strong,
    Styled,
    Text,
    plain,
)
from publish.book.model import Book, Chapter, Heading


class Entry(Struct, frozen=True):
    """A heading in the contents, and the entries below it."""

    title: str
    inlines: Inlines
    chapter: str
    id: str
    level: int
    children: tuple[Entry, ...] = ()


def contents(book: Book, depth: int = 6) -> tuple[Entry, ...]:
    """Return the headings of a book down to a depth; chapters are at the first level."""
    return tuple(
        _entry(chapter, depth) for chapter in book.chapters if chapter.title and chapter.in_contents
    )


def _entry(chapter: Chapter, depth: int) -> Entry:
    assert chapter.title
    headings = [
        block for block in chapter.blocks if isinstance(block, Heading) and block.level <= depth
    ]
    return _made(chapter.title, chapter.name, _nested(headings, chapter.name))


def _made(heading: Heading, chapter: str, children: tuple[Entry, ...]) -> Entry:
    title = plain(heading.inlines)
    return Entry(title, heading.inlines, chapter, heading.attrs.id, heading.level, children)


def _nested(headings: list[Heading], chapter: str) -> tuple[Entry, ...]:
    """Hang each heading under the nearest one above it of a higher level."""
    entries = []
    at = 0
    while at < len(headings):
        end = at + 1
        while end < len(headings) and headings[end].level > headings[at].level:
            end += 1
        entries.append(_made(headings[at], chapter, _nested(headings[at + 1 : end], chapter)))
        at = end
    return tuple(entries)


def flat(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Yield every entry, outer ones first."""
    for entry in entries:
        yield entry
        yield from flat(entry.children)


def without_marks(inlines: Inlines) -> Inlines:
    """Return a title without its links, notes, pictures, line breaks and ids."""
    kept: list[Inline] = []
    for inline in inlines:
        match inline:
            case NoteReference() | Picture() | PageBreak():
                pass
            case LineBreak():
                kept.append(Text(" "))
            case Link() | CrossReference():
                kept += without_marks(inline.children)
            case Styled(attrs=attrs):
                attrs = structs.replace(attrs, id="")
                kept.append(Styled(attrs, without_marks(inline.children)))
            case Emphasis() | Strong():
                kept.append(structs.replace(inline, children=without_marks(inline.children)))
            case _:
                kept.append(inline)
    return tuple(kept)
