"""The book as frozen data: matter, blocks, inlines, photos.

No I/O, and nothing of any output format. Every block has the span of its source; every run of text
knows which character of the file each of its characters came from (`places`). A stage takes a
`Book` and returns a new one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from publish.settings import Settings
from publish.source import Span

Edition = Literal["print", "epub"]
Places = tuple[tuple[int, int], ...]
"""(offset in the text, offset in the file), from where both run on together; first offset 0."""


@dataclass(frozen=True, slots=True)
class Attrs:
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


# Inlines ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text; a line feed in it is a soft line break of the source."""

    value: str
    places: Places = ()

    def source_offset(self, at: int) -> int:
        """Return the offset in the file of the character at `at`."""
        here = max((one for one in self.places if one[0] <= at), default=(at, 0))
        return here[1] + at - here[0]

    def part(self, start: int, end: int | None = None) -> Text:
        """Return the text from one offset to another, each character with its place."""
        value = self.value[start:end]
        inner = ((at - start, place) for at, place in self.places if 0 < at - start < len(value))
        return Text(value, ((0, self.source_offset(start)), *inner))


@dataclass(frozen=True, slots=True)
class Code:
    """Text in a fixed pitch, left as it is typed."""

    value: str
    places: Places = ()


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strong:
    """Heavily stressed words."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Styled:
    """A bracketed span with a language, a class or an id."""

    attrs: Attrs
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link out of the book."""

    href: str
    children: tuple[Inline, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A link to an id of the book; without children it shows the target's title or number."""

    target: str
    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class NoteReference:
    """The place where a note is called; `number` counts the calls of its chapter's notes."""

    label: str
    span: Span
    number: int = 0
    again: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture within a line of text."""

    photo: str
    alt: str
    span: Span


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line break that the author put."""


@dataclass(frozen=True, slots=True)
class RawInline:
    """Cleaned HTML within a line."""

    html: str


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
    | RawInline
)
Inlines = tuple[Inline, ...]

# Blocks -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inlines: Inlines
    span: Span
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the chapter's title."""

    level: int
    inlines: Inlines
    span: Span
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True)
class BlockQuote:
    """A block quotation."""

    blocks: tuple[Block, ...]
    span: Span
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the first number of an ordered one, None for bullets."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None
    tight: bool
    span: Span
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms, each with its definitions; `places` tell where the terms stand."""

    entries: tuple[tuple[Inlines, tuple[tuple[Block, ...], ...]], ...]
    span: Span
    attrs: Attrs = NO_ATTRS
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines left as they are typed."""

    value: str
    span: Span
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between thoughts (a line of white, or an ornament)."""

    span: Span
    attrs: Attrs = NO_ATTRS


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `aligns` holds left, right, center or nothing for each column."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    aligns: tuple[str, ...]
    span: Span
    caption: Inlines = ()
    attrs: Attrs = NO_ATTRS
    number: int = 0


@dataclass(frozen=True, slots=True)
class Container:
    """A block of its own kind: pullquote, standfirst, sidebar, epigraph, verse, byline."""

    kind: str
    blocks: tuple[Block, ...]
    span: Span
    attrs: Attrs = NO_ATTRS
    attribution: Inlines = ()
    attributed: Span | None = None


@dataclass(frozen=True, slots=True)
class Verse:
    """Lines of verse in stanzas; each line with its indent in steps.

    `places` tell where the stanzas stand, and the attribution after them.
    """

    stanzas: tuple[tuple[tuple[int, Inlines], ...], ...]
    span: Span
    attrs: Attrs = NO_ATTRS
    attribution: Inlines = ()
    places: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A photo placed among the blocks; `place` is one of PLACES."""

    photo: str
    place: str
    alt: str
    span: Span
    attrs: Attrs = NO_ATTRS
    number: int = 0


@dataclass(frozen=True, slots=True)
class RawBlock:
    """Cleaned HTML among the blocks."""

    html: str
    span: Span
    attrs: Attrs = NO_ATTRS


Block = (
    Paragraph
    | Heading
    | BlockQuote
    | ListBlock
    | DefinitionList
    | CodeBlock
    | Rule
    | Table
    | Container
    | Verse
    | Figure
    | RawBlock
)
Blocks = tuple[Block, ...]

CONTAINERS = ("pullquote", "standfirst", "sidebar", "epigraph", "verse", "byline")
PLACES = ("column", "full", "page", "inset")

# Matter -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number in the chapter and its text."""

    label: str
    number: int
    blocks: Blocks
    span: Span


@dataclass(frozen=True, slots=True)
class Chapter:
    """One file of the manuscript. `name` is the file's stem, `title` its level-1 heading."""

    name: str
    file: str
    title: Heading | None
    blocks: Blocks
    notes: tuple[Note, ...] = ()
    role: str = "chapter"
    short: str = ""
    start: str = ""
    only: Edition | None = None
    in_contents: bool = True


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture and what is known of it; `size` in pixels (0, 0 for a drawing without one)."""

    id: str
    file: str
    kind: str
    caption: Inlines
    alt: str
    span: Span
    decorative: bool = False
    credit: str = ""
    licence: str = ""
    source: str = ""
    date: str = ""
    long: str = ""
    expected: bool = False
    arrived: bool = True
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be referred to: the words that name it, and its chapter."""

    id: str
    chapter: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Book:
    """The whole book."""

    settings: Settings
    chapters: tuple[Chapter, ...]
    photos: dict[str, Photo] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)


# Walking ------------------------------------------------------------------------------------------


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


def walk_inlines(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Yield every inline, outer ones first."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Emphasis | Strong | Styled | Link | CrossReference):
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


def map_inlines(
    block: Block, change: Callable[[Inlines, str], Inlines], language: str = ""
) -> Block:
    """Return a block with every run of inlines in it, at any depth, changed.

    `change` is told the language of the run: the nearest block's that names one, else `language`.
    """
    spoken = block.attrs.get("lang", language)

    def changed(inlines: Inlines) -> Inlines:
        return change(inlines, spoken)

    def deep(blocks: Blocks) -> Blocks:
        return tuple(map_inlines(one, change, spoken) for one in blocks)

    match block:
        case Paragraph() | Heading():
            return dataclasses.replace(block, inlines=changed(block.inlines))
        case BlockQuote():
            return dataclasses.replace(block, blocks=deep(block.blocks))
        case Container():
            return dataclasses.replace(
                block, blocks=deep(block.blocks), attribution=changed(block.attribution)
            )
        case ListBlock():
            return dataclasses.replace(block, items=tuple(deep(item) for item in block.items))
        case DefinitionList():
            entries = tuple(
                (changed(term), tuple(deep(one) for one in texts)) for term, texts in block.entries
            )
            return dataclasses.replace(block, entries=entries)
        case Table():
            return dataclasses.replace(
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
            return dataclasses.replace(
                block, stanzas=stanzas, attribution=changed(block.attribution)
            )
        case _:
            return block


def map_blocks(blocks: Blocks, change: Callable[[Block], Block | None]) -> Blocks:
    """Return blocks changed one by one, inner ones first; None takes a block out."""

    def deep(block: Block) -> Block:
        match block:
            case BlockQuote() | Container():
                return dataclasses.replace(block, blocks=map_blocks(block.blocks, change))
            case ListBlock():
                items = (map_blocks(item, change) for item in block.items)
                # An item of which nothing is left is none.
                return dataclasses.replace(block, items=tuple(item for item in items if item))
            case DefinitionList():
                entries = tuple(
                    (term, tuple(map_blocks(one, change) for one in texts))
                    for term, texts in block.entries
                )
                return dataclasses.replace(block, entries=entries)
            case _:
                return block

    changed = (change(deep(block)) for block in blocks)
    return tuple(block for block in changed if block is not None)
