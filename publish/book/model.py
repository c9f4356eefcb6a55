"""The book as frozen data: matter, blocks, photos; `inlines.py` has what stands within a block.

No I/O, and nothing of any output format. Every block has the span of its source. A stage takes a
`Book` and returns a new one.
"""

from __future__ import annotations

from msgspec import Struct, field

from publish.book.inlines import NO_ATTRS, Attrs, Edition, Inlines, PageBreak, Places
from publish.ground.source import Span
from publish.settings.book_toml import Settings


class Paragraph(Struct, frozen=True):
    """A paragraph."""

    inlines: Inlines
    span: Span
    attrs: Attrs = NO_ATTRS


class Heading(Struct, frozen=True):
    """A heading; level 1 is the chapter's title."""

    level: int
    inlines: Inlines
    span: Span
    attrs: Attrs = NO_ATTRS


class BlockQuote(Struct, frozen=True):
    """A block quotation."""

    blocks: tuple[Block, ...]
    span: Span
    attrs: Attrs = NO_ATTRS


class ListBlock(Struct, frozen=True):
    """A list; `start` is the first number of an ordered one, None for bullets."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None
    tight: bool
    span: Span
    attrs: Attrs = NO_ATTRS


class DefinitionList(Struct, frozen=True):
    """Terms, each with its definitions; `places` tell where the terms stand."""

    entries: tuple[tuple[Inlines, tuple[tuple[Block, ...], ...]], ...]
    span: Span
    attrs: Attrs = NO_ATTRS
    places: tuple[Span, ...] = ()


class CodeBlock(Struct, frozen=True):
    """Lines left as they are typed; `places` as in `Text`, `pages` begin at offsets of `value`."""

    value: str
    span: Span
    attrs: Attrs = NO_ATTRS
    places: Places = ()
    pages: tuple[tuple[int, PageBreak], ...] = ()


class Rule(Struct, frozen=True):
    """A break between thoughts (a line of white, or an ornament)."""

    span: Span
    attrs: Attrs = NO_ATTRS


class Table(Struct, frozen=True):
    """A table; `aligns` holds left, right, center or nothing for each column."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    aligns: tuple[str, ...]
    span: Span
    caption: Inlines = ()
    attrs: Attrs = NO_ATTRS
    number: int = 0


class Container(Struct, frozen=True):
    """A block of its own kind: pullquote, standfirst, sidebar, epigraph, verse, byline."""

    kind: str
    blocks: tuple[Block, ...]
    span: Span
    attrs: Attrs = NO_ATTRS
    attribution: Inlines = ()
    attributed: Span | None = None


class Verse(Struct, frozen=True):
    """Lines of verse in stanzas; each line with its indent in steps.

    `places` tell where the stanzas stand, and the attribution after them.
    """

    stanzas: tuple[tuple[tuple[int, Inlines], ...], ...]
    span: Span
    attrs: Attrs = NO_ATTRS
    attribution: Inlines = ()
    places: tuple[Span, ...] = ()


class Figure(Struct, frozen=True):
    """A photo placed among the blocks; `place` is one of PLACES, `pages` begin with it.

    `caption` is one of CAPTIONS; over the edges that `bleed` names (of EDGES) it runs off the page.
    """

    photo: str
    place: str
    alt: str
    span: Span
    attrs: Attrs = NO_ATTRS
    number: int = 0
    pages: tuple[PageBreak, ...] = ()
    caption: str = "below"
    bleed: tuple[str, ...] = ()


class RawBlock(Struct, frozen=True):
    """Cleaned HTML among the blocks; `pages` begin in it."""

    html: str
    span: Span
    attrs: Attrs = NO_ATTRS
    pages: tuple[PageBreak, ...] = ()


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
PLACES = ("column", "half", "full", "page", "spread", "inset")
CAPTIONS = ("below", "beside", "facing")
EDGES = ("top", "bottom", "inner", "outer")
PLACING = ("place", "caption", "bleed")
"""The attributes of a picture that tell where it stands."""


class Note(Struct, frozen=True):
    """A footnote: its number in the chapter and its text."""

    label: str
    number: int
    blocks: Blocks
    span: Span


class Chapter(Struct, frozen=True):
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
    index: bool = False


class Photo(Struct, frozen=True):
    """A picture and what is known of it; `size` in pixels (0, 0 for a drawing without one).

    `ink` is one of INKS, and empty for what holds for all photos.
    """

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
    arrived: bool = True
    size: tuple[int, int] = (0, 0)
    ink: str = ""
    said: Span | None = None
    """Where its caption is written."""

    @property
    def worded(self) -> Span:
        """Return where its caption is written; where its table begins if it has none."""
        return self.said or self.span


class Target(Struct, frozen=True):
    """Something that can be referred to: the words that name it, and its chapter."""

    id: str
    chapter: str
    label: str
    span: Span


class Book(Struct, frozen=True):
    """The whole book."""

    settings: Settings
    chapters: tuple[Chapter, ...]
    photos: dict[str, Photo] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)

    def unused(self, stem: str) -> str:
        """Return a stem, changed if need be, with which no id of the book or chapter begins."""
        names = {*self.targets, *(chapter.name for chapter in self.chapters)}
        while any(name.startswith(stem) for name in names):
            stem = f"k{stem}"
        return stem
