"""The notes of the paged editions: at the foot of the page that calls them, or at the end.

In: the `Book` of the print edition and `NotePlaces`. Out: markup of calls and notes, and of the
section of notes at the end of the book, chapter by chapter. Its notes tell the page of their calls;
a note at the foot whose text stands in it tells the page of its text.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from publish.book.inlines import NO_ATTRS, Attrs, Code, Inline, Inlines, NoteReference, Text, plain
from publish.book.model import (
    Block,
    BlockQuote,
    Blocks,
    Book,
    Chapter,
    CodeBlock,
    ListBlock,
    Note,
    Paragraph,
    Verse,
)
from publish.ground.source import Span
from publish.markup.inlines import tag
from publish.markup.xhtml import with_last
from publish.pages.figures import FittedMarkup
from publish.pages.placing import Arrangement
from publish.pictures.photos import Asset
from publish.sizes.geometry import Page
from publish.text.composition import set_text
from publish.text.folios import folios_of
from publish.text.footnotes import NoteIds, NotePlaces, calls_of

HELD = 40
"""A word of more letters may be broken, so that the call after it does not hold it together."""


class NoteMarkup(FittedMarkup):
    """Markup of notes on pages; `positions` has the page of each id, `folios` what it is called."""

    def __init__(
        self,
        book: Book,
        page: Page,
        pictures: Mapping[str, Asset],
        known: Arrangement,
    ) -> None:
        super().__init__(book, page, pictures, known)
        self.positions = known.folios
        self.folios = folios_of(book, known.folios)
        asked = book.settings.print.notes == "end"
        self.at_end = NotePlaces(all=True) if asked else known.notes
        self.ids = NoteIds(book)
        self.part = book.chapters[0] if book.chapters else None
        self.notes: dict[int, Note] = {}
        self.called: list[Note] | None = None
        """Notes that the note at hand calls, which stand below it; None outside a note."""
        self.file = ""

    def enter(self, chapter: Chapter) -> None:
        """Begin with a chapter."""
        self.part = chapter
        self.notes = {note.number: note for note in chapter.notes}
        self.file = chapter.file

    def folio(self, name: str) -> str:
        """Return the page of an id as text; before any layout, as many figures as most have."""
        return self.folios.label(self.positions[name]) if name in self.positions else "00"

    def note_reference(self, reference: NoteReference) -> str:
        """Return the note itself, which the layout moves to the foot; or a call that leads to it.

        A note is set at its first call; a further one is its number alone.
        """
        number = str(reference.number)
        note = self.notes.get(reference.number)
        if note is None or self.part is None:
            return tag("sup", number, {"class": "note-again added"})
        own = self.ids.call(self.part, note.number, reference.again)
        address = f"#{self.ids.note(self.part, note.number)}"
        ended = self.at_end.at_end(note.span.place)
        if reference.again or self.at_end.all:
            link = tag("a", number, {"id": own, "href": address}) if ended else number
            return tag("sup", link, {"class": "note-again added"})
        if self.called is not None and not ended:
            self.called.append(note)
            return tag("sup", number, {"class": "note-again added"})
        if ended:
            words = f"{self.words.see} {self._pages((address[1:],))}."
            said = tag("a", words, {"href": address, "class": "para added"})
        else:
            said = self._with_called(note)
        # The words that call it may be of another language.
        known = {"lang": self.language, "data-number": number, "data-note": note.span.place}
        inside = self._label(note) + said
        return tag("span", inside, {"class": "note", "id": own if ended else ""} | known)

    def _label(self, note: Note) -> str:
        # The number hangs in the note itself: beside a ::footnote-marker lines break too early.
        return tag("span", str(note.number), {"class": "added number"})

    def _with_called(self, note: Note) -> str:
        """Return what a note says, and below it the notes that are called in it, and in these.

        The engine lays out anew all the notes of a page for each that is called in one of them.
        """
        self.called = []
        parts = [self._said(note)]
        while self.called:
            below = self.called.pop(0)
            inside = self._label(below) + self._said(below)
            parts.append(tag("span", inside, {"class": "note-below"}))
        self.called = None
        return "".join(parts)

    def _said(self, note: Note) -> str:
        return " ".join(self.within_note(block) for block in note.blocks)

    def within_note(self, block: Block) -> str:
        """Return a block of a note as spans: the note stands in a paragraph, which a block ends."""
        match block:
            case Paragraph():
                return self.line_of_note(block.inlines, block.span, block.attrs)
            case CodeBlock():
                code = (Code(block.value, block.places),)
                return self.line_of_note(code, block.span, block.attrs)
            case BlockQuote(blocks=blocks):
                inside = "".join(self.within_note(one) for one in blocks)
                return tag("span", inside, self.attributes(block.attrs, "quote"))
            case ListBlock(items=items, start=start):
                marks = itertools.count(start) if start is not None else itertools.repeat("–")
                pairs = zip(marks, items, strict=False)
                return self._held(block, (self._item(item, mark) for mark, item in pairs))
            case Verse(stanzas=stanzas, span=span):
                lines = (line for stanza in stanzas for _, line in stanza)
                return self._held(block, (self.line_of_note(line, span) for line in lines))
            case _:
                # structure.py lets nothing else into a note.
                raise TypeError(type(block).__name__)

    def line_of_note(self, inlines: Inlines, span: Span, attrs: Attrs = NO_ATTRS) -> str:
        """Return a paragraph of a note."""
        own = self.attributes(attrs, "para") | self.place(span) | self.origin(inlines)
        return tag("span", self.inlines(inlines), own)

    def _held(self, block: ListBlock | Verse, lines: Iterable[str]) -> str:
        """Return the lines of a block, in one span where something is said of the whole."""
        inside = "".join(lines)
        return (
            inside if block.attrs == NO_ATTRS else tag("span", inside, self.attributes(block.attrs))
        )

    def _item(self, item: Blocks, mark: object) -> str:
        dot = "." if isinstance(mark, int) else ""
        label = tag("span", f"{mark}{dot}", {"class": "added mark"})
        inside = "".join(self.within_note(block) for block in item)
        return tag("span", label + inside, {"class": "item"})

    # At the end ----------------------------------------------------------------------------------

    def has_end(self) -> bool:
        """Tell whether there is a section of notes at the end."""
        return any(self._ended(chapter) for chapter in self.book.chapters)

    def end_title(self) -> str:
        """Return the title of the section of notes."""
        words = self.words.notes
        attributes = {"id": self.ids.section, "class": "added"}
        attributes |= {"data-head": words, "data-mark": words}
        return tag("h1", escape(words, quote=False), attributes)

    def end_notes(self) -> Iterator[str]:
        """Yield the notes at the end, chapter by chapter."""
        for chapter in self.book.chapters:
            notes = self._ended(chapter)
            if notes:
                self.enter(chapter)
                title = plain(chapter.title.inlines) if chapter.title else ""
                words = escape(set_text(title, self.language), quote=False)
                head = tag("h2", words, {"class": "added"}) if title else ""
                inside = "\n".join(self.end_note(chapter, note) for note in notes)
                yield tag("div", f"{head}\n{inside}", {"class": "endnotes"})

    def _ended(self, chapter: Chapter) -> list[Note]:
        return [note for note in chapter.notes if self.at_end.at_end(note.span.place)]

    def end_note(self, chapter: Chapter, note: Note) -> str:
        """Return a note of the section at the end: its number, its blocks, where it is called."""
        calls = [
            self.ids.call(chapter, note.number, again)
            for again in range(max(calls_of(chapter)[note.number], 1))
        ]
        label = tag("a", str(note.number), {"href": f"#{calls[0]}", "class": "added number"})
        back = tag("a", self._pages(calls), {"href": f"#{calls[0]}", "class": "added back"})
        parts = []
        for at, block in enumerate(note.blocks):
            first, last = at == 0, at == len(note.blocks) - 1
            if isinstance(block, Paragraph):
                words = self.inlines(block.inlines) + (f" {back}" if last else "")
                own = self.leaf(block) | self.origin(block.inlines)
                parts.append(tag("p", (label if first else "") + words, own))
            else:
                parts += [tag("p", label)] if first else []
                made = self.block(block)
                parts.append(with_last(made, f" {back}") if last else made)
        attributes = {"class": "endnote", "id": self.ids.note(chapter, note.number)}
        return tag("div", "\n".join(parts), attributes)

    def _pages(self, ids: tuple[str, ...] | list[str]) -> str:
        """Return the pages of some ids, as in “p. 12, 14”."""
        return f"{self.words.page}\u00a0{', '.join(dict.fromkeys(map(self.folio, ids)))}"


def held(inlines: Inlines) -> list[Inline | tuple[Text, NoteReference]]:
    """Return inlines with each call of a note held together with the word before it."""
    parts: list[Inline | tuple[Text, NoteReference]] = []
    for inline in inlines:
        before = parts[-1] if parts else None
        if isinstance(inline, NoteReference) and isinstance(before, Text):
            cut = max(before.value.rfind(blank) for blank in " \n\u00a0\u202f") + 1
            if len(before.value) - cut > HELD:
                parts.append(inline)
                continue
            parts[-1:] = [before.part(0, cut)] if cut else []
            parts.append((before.part(cut), inline))
        else:
            parts.append(inline)
    return parts
