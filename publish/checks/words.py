"""The words of a manuscript, unit by unit, read from the model past all markup and templates.

In: the `Book` of an edition before its text is set. Out: `Unit`s in reading order, each a run of
text that an output shows in one piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from publish.book.inlines import (
    Code,
    CrossReference,
    Emphasis,
    Inlines,
    LineBreak,
    Link,
    Mentions,
    NoteReference,
    Picture,
    Places,
    Strong,
    Styled,
    Text,
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
    Photo,
    RawBlock,
    Table,
    Verse,
)
from publish.checks.folding import has_words
from publish.checks.html_text import text_of_html
from publish.ground.source import SourceFile, Span
from publish.ground.wording import wording


class Unit(Struct, frozen=True):
    """A run of text, the block it comes from, and where in the file its characters stand.

    `required` is false for what the toolchain adds, such as a number; `many` is true for what may
    be shown more than once, such as the head of a table that runs over pages.
    """

    text: str
    span: Span
    chapter: str
    places: Places = ()
    required: bool = True
    many: bool = False

    def offset(self, at: int) -> int | None:
        """Return the offset in the file of the character at `at`; None where it is not known."""
        before = [place for place in self.places if place[0] <= at]
        if not before or before[-1][1] < 0:
            return None
        return before[-1][1] + at - before[-1][0]

    def place(self, at: int, sources: Mapping[str, SourceFile]) -> Span:
        """Return the place in the manuscript of the character at `at`, or else of the block."""
        offset, source = self.offset(at), sources.get(self.span.file)
        if offset is None or source is None:
            return self.span
        return source.span(min(offset, len(source.text)))


class Paging(Struct, frozen=True):
    """What pages show besides the words: the label of an id's page, the text in drawings."""

    labels: Mapping[str, str] = field(default_factory=dict)
    drawings: Mapping[str, Sequence[str]] = field(default_factory=dict)


def units_of(book: Book, paging: Paging | None = None) -> list[Unit]:
    """Return the units of a whole book; `paging` is given for an output that has pages."""
    return [unit for chapter in book.chapters for unit in chapter_units(book, chapter, paging)]


def chapter_units(book: Book, chapter: Chapter, paging: Paging | None = None) -> list[Unit]:
    """Return the units of one chapter, its notes last."""
    reader = _Reader(book, chapter, paging)
    found = list(reader.blocks((chapter.title,) if chapter.title else ()))
    found += reader.blocks(chapter.blocks)
    for note in chapter.notes:
        found += reader.note(note)
    return [unit for unit in found if has_words(unit.text)]


class _Line:
    """Gathers the text of a run of inlines and the places of its characters."""

    def __init__(self, reader: _Reader) -> None:
        self.reader = reader
        self.text = ""
        self.places: list[tuple[int, int]] = []

    def add(self, text: str, places: Places = ()) -> None:
        """Add a text; one without places is of no place in the file."""
        self.places += [(len(self.text) + at, offset) for at, offset in places or ((0, -1),)]
        self.text += text

    def read(self, inlines: Inlines) -> None:
        """Add the text of inlines."""
        for inline in inlines:
            match inline:
                case Text(value=value, places=places) | Code(value=value, places=places):
                    self.add(value, places)
                case Emphasis() | Strong() | Styled() | Link():
                    self.read(inline.children)
                case CrossReference():
                    self.reference(inline)
                case NoteReference(number=number):
                    self.add(f"\ufffc{number}\ufffc" if self.reader.paging else "\ufffc")
                case LineBreak():
                    self.add(" ")
                case Mentions(places=mentions):
                    self.mentions(mentions)
                case Picture():
                    self.add("\ufffc")

    def mentions(self, places: Sequence[tuple[str, str]]) -> None:
        """Add where a term of an index is met: on a page the pages, elsewhere links of no word."""
        if self.reader.paging is None:
            self.add("\ufffc")
            return
        pages = dict.fromkeys(self.reader.paging.labels.get(name, "") for name, _ in places)
        self.add(f"{self.reader.words.page} {', '.join(pages)}")

    def reference(self, reference: CrossReference) -> None:
        """Add a reference: its own words; on a page also its target's name and page."""
        reader = self.reader
        target = reader.book.targets.get(reference.target)
        self.read(reference.children)
        if not reference.children:
            self.add(target.label if reader.paging and target else "\ufffc")
        if reader.paging is None or target is None:
            return
        self.add(f" {reader.words.page} {reader.paging.labels.get(target.id, '')} ")


class _Reader:
    """Reads the units of one chapter."""

    def __init__(self, book: Book, chapter: Chapter, paging: Paging | None) -> None:
        self.book = book
        self.chapter = chapter
        self.paging = paging
        self.words = wording(book.settings.language)

    def line(self, inlines: Inlines, span: Span, many: bool = False) -> Unit:
        """Return the unit of a run of inlines."""
        line = _Line(self)
        line.read(inlines)
        return Unit(line.text, span, self.chapter.name, tuple(line.places), many=many)

    def plain(self, text: str, span: Span) -> Unit:
        """Return the unit of a text without inlines."""
        return Unit(text, span, self.chapter.name)

    def number(self, text: str, span: Span, many: bool = False) -> Iterator[Unit]:
        """Yield a number, or the like, that a page shows besides the words."""
        if self.paging:
            yield Unit(text, span, self.chapter.name, required=False, many=many)

    def note(self, note: Note) -> Iterator[Unit]:
        """Yield the units of a note."""
        yield from self.number(str(note.number), note.span)
        yield from self.blocks(note.blocks)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Unit]:
        """Yield the units of blocks."""
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[Unit]:
        """Yield the units of a block."""
        match block:
            case Paragraph() | Heading():
                yield self.line(block.inlines, block.span)
                yield from self.pictures(block.inlines, block.span)
            case BlockQuote():
                yield from self.blocks(block.blocks)
            case Container():
                yield from self.blocks(block.blocks)
                yield self.line(block.attribution, block.span)
            case ListBlock():
                for number, item in enumerate(block.items, block.start or 0):
                    if block.start is not None:
                        yield from self.number(str(number), block.span)
                    yield from self.blocks(item)
            case DefinitionList():
                for term, definitions in block.entries:
                    yield self.line(term, block.span)
                    for definition in definitions:
                        yield from self.blocks(definition)
            case Table():
                yield from self.table(block)
            case Verse():
                lines = (line for stanza in block.stanzas for _, line in stanza)
                yield from (self.line(line, block.span) for line in lines)
                yield self.line(block.attribution, block.span)
            case Figure():
                yield from self.figure(block)
            case CodeBlock():
                yield self.plain(block.value, block.span)
            case RawBlock():
                yield self.plain(text_of_html(block.html), block.span)
            case _:
                pass

    def table(self, block: Table) -> Iterator[Unit]:
        """Yield the units of a table: its number and caption, its head, its cells."""
        yield from self.number(f"{self.words.table} {block.number}", block.span, many=True)
        yield self.line(block.caption, block.span)
        yield from (self.line(cell, block.span, many=True) for cell in block.head)
        yield from (self.line(cell, block.span) for row in block.rows for cell in row)

    def figure(self, block: Figure) -> Iterator[Unit]:
        """Yield the units of a figure: what is drawn in it, its number, caption and credit."""
        photo = self.book.photos[block.photo]
        yield from self.drawn(photo)
        if photo.caption:
            yield from self.number(str(block.number), photo.span)
            if block.caption == "facing":
                yield from self.number(self.words.facing, photo.span)
            yield self.line(photo.caption, photo.span)
            source = f"{self.words.source} {photo.source}" if photo.source else ""
            yield self.plain(f"{source} {photo.credit} {photo.date} {photo.licence}", photo.span)
        if photo.long and not self.paging:
            yield self.plain(photo.long, photo.span)

    def pictures(self, inlines: Inlines, span: Span) -> Iterator[Unit]:
        """Yield what is drawn in the pictures of a line."""
        for inline in inlines:
            if isinstance(inline, Picture):
                yield from self.drawn(self.book.photos[inline.photo])

    def drawn(self, photo: Photo) -> Iterator[Unit]:
        """Yield the words in a drawing, and those on a plate for a picture that is to come."""
        if self.paging is None:
            return
        if not photo.arrived:
            yield from self.number(self.words.expected, photo.span)
        for text in self.paging.drawings.get(photo.id, ()):
            yield Unit(text, photo.span, self.chapter.name, required=False)
