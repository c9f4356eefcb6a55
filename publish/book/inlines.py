"""Runs of text within a block, as frozen data.

Every run knows which character of the file each of its characters came from (`places`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Literal

from msgspec import Struct

from publish.ground.source import Span

Edition = Literal["print", "epub"]
Places = tuple[tuple[int, int], ...]
"""(offset in the text, offset in the file), from where both run on together; first offset 0."""


class Attrs(Struct, frozen=True):
    """What `{#id .class key=value}` says of an element."""

    id: str = ""
    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return the value of a key."""
        return next((value for name, value in self.pairs if name == key), default)

    @property
    def only(self) -> Edition | None:
        """Return the one edition that shows the element, None when all do."""
        if "print-only" in self.classes:
            return "print"
        return "epub" if "epub-only" in self.classes else None


NO_ATTRS = Attrs()


class Text(Struct, frozen=True):
    """A run of text; a line feed in it is a soft line break of the source."""

    value: str
    places: Places = ()

    def source_offset(self, at: int) -> int:
        """Return the offset in the file of the character at `at`."""
        place = bisect_right(self.places, at, key=itemgetter(0))
        if not place:
            return 0
        start, offset = self.places[place - 1]
        return offset + at - start

    def index(self, offset: int) -> int:
        """Return the first character that stands at an offset of the file or after it."""
        for (at, start), (end, _) in zip(
            self.places, (*self.places[1:], (len(self.value), 0)), strict=True
        ):
            if offset < start + end - at:
                return at + max(offset - start, 0)
        return len(self.value)

    def part(self, start: int, end: int | None = None) -> Text:
        """Return the text from one offset to another, each character with its place."""
        value = self.value[start:end]
        if not self.places:
            return Text(value)
        inner = ((at - start, place) for at, place in self.places if 0 < at - start < len(value))
        return Text(value, ((0, self.source_offset(start)), *inner))


class Code(Struct, frozen=True):
    """Text in a fixed pitch, left as it is typed."""

    value: str
    places: Places = ()


class Emphasis(Struct, frozen=True):
    """Stressed words."""

    children: tuple[Inline, ...]


class Strong(Struct, frozen=True):
    """Heavily stressed words."""

    children: tuple[Inline, ...]


class Styled(Struct, frozen=True):
    """A bracketed span with a language, a class or an id."""

    attrs: Attrs
    children: tuple[Inline, ...]


class Link(Struct, frozen=True):
    """A link out of the book."""

    href: str
    children: tuple[Inline, ...]
    title: str = ""


class CrossReference(Struct, frozen=True):
    """A link to an id of the book; without children it shows the target's title or number."""

    target: str
    children: tuple[Inline, ...]
    span: Span


class NoteReference(Struct, frozen=True):
    """The place where a note is called; `number` counts the calls of its chapter's notes."""

    label: str
    span: Span
    number: int = 0
    again: int = 0


class Picture(Struct, frozen=True):
    """A small picture within a line of text."""

    photo: str
    alt: str
    span: Span


class LineBreak(Struct, frozen=True):
    """A line break that the author put."""


class Mentions(Struct, frozen=True):
    """Where a term of an index is met: the id of each place, and the title of its chapter."""

    places: tuple[tuple[str, str], ...]


class PageBreak(Struct, frozen=True):
    """Where a page of the print edition begins; `label` is its folio."""

    label: str
    id: str


Inline = (
    Text
    | Code
    | Emphasis
    | Strong
    | Styled
    | Link
    | CrossReference
    | NoteReference
    | Picture
    | LineBreak
    | Mentions
    | PageBreak
)
Inlines = tuple[Inline, ...]


def walk_inlines(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield every inline, outer ones first."""
    for inline in inlines:
        yield inline
        # Most are plain text, which is told by a glance.
        if type(inline) is not Text and isinstance(
            inline, Emphasis | Strong | Styled | Link | CrossReference
        ):
            yield from walk_inlines(inline.children)


def plain(inlines: Iterable[Inline]) -> str:
    """Return inlines as plain text, line breaks as blanks."""
    parts = []
    for inline in walk_inlines(inlines):
        if isinstance(inline, Text | Code):
            parts.append(inline.value)
        elif isinstance(inline, LineBreak):
            parts.append(" ")
    return " ".join("".join(parts).split())
