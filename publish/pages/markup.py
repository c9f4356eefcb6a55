"""Chapters as markup for pages: notes at their foot, references with the page.

In: the `Book` of the print edition, its pictures, its page and how the pages before were arranged.
Out: HTML of each chapter, piece by piece, with every picture behind a `katern:` address, so that
layout opens no file at all.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Mapping

from msgspec import Struct

from publish.book.inlines import (
    CrossReference,
    Inlines,
    Mentions,
    NoteReference,
    Text,
    plain,
)
from publish.book.model import (
    Book,
    Chapter,
    Heading,
    ListBlock,
    Photo,
    RawBlock,
)
from publish.ground.source import Span
from publish.markup.inlines import NARROW, opened, tag, written
from publish.pages.notes import NoteMarkup, held
from publish.pages.placing import Arrangement
from publish.pages.quotes import parted
from publish.pictures.photos import Asset
from publish.sizes.geometry import Page
from publish.text.composition import set_text
from publish.text.contents import contents, flat

_NARROW = re.compile(NARROW)


class Piece(Struct, frozen=True):
    """A block of a flow, and whether it stands across all columns."""

    wide: bool
    markup: str


class PageMarkup(NoteMarkup):
    """Markup for pages: notes at their foot, references with the page."""

    def __init__(
        self,
        book: Book,
        page: Page,
        pictures: Mapping[str, Asset],
        known: Arrangement,
        places: bool,
    ) -> None:
        super().__init__(book, page, pictures, known)
        self.places = places
        self.listed = {entry.id for entry in flat(contents(book))}

    def place(self, span: Span) -> dict[str, str]:
        """Return the manuscript's file and line, where the output shows them."""
        return super().place(span) | ({"data-source": span.place} if self.places else {})

    def chapter(self, chapter: Chapter) -> list[Piece]:
        """Return a chapter in pieces: its title and its blocks, straight in the flow."""
        self.enter(chapter)
        title = self.title(chapter.title, chapter.short) if chapter.title else ""
        pieces = [Piece(False, title)] if title else []
        if chapter.role != "chapter":
            return [*pieces, *self.in_role(chapter)]
        if self.page.columns == 1:
            return pieces + [Piece(False, one) for one in self.run(chapter.blocks)]
        parts = list(parted(chapter.blocks))
        made = self.run(tuple(block for block, _ in parts), in_columns=True)
        return pieces + [
            Piece(self.is_wide(block), opened(one, marks))
            for (block, marks), one in zip(parts, made, strict=True)
        ]

    def in_role(self, chapter: Chapter) -> list[Piece]:
        """Return what is no plain chapter in an element of its role; what is wide parts it.

        One that begins with what is wide has that in it, if it has to empty the running head.
        """
        whole = self.page.columns == 1 or chapter.role == "standfirst"
        untitled = "" if chapter.title else " untitled"
        made = zip(chapter.blocks, self.run(chapter.blocks), strict=True)
        runs = itertools.groupby(made, lambda one: not whole and self.is_wide(one[0]))
        pieces: list[Piece] = []
        for wide, run in runs:
            inside, own = "\n".join(one for _, one in run), {"class": chapter.role + untitled}
            if pieces:
                own = {"class": chapter.role, "data-on": "on"}
            if not wide or (untitled and not pieces):
                inside = tag("div", f"\n{inside}\n", own)
            pieces.append(Piece(wide or chapter.role == "standfirst", inside))
        return pieces

    def origin(self, inlines: Inlines) -> dict[str, str]:
        """Return `data-at`: (offset in the text)+(offset in the file) … | file.

        `pagemap` finds by it which words stand where on the pages.
        """
        places: list[str] = []
        length = 0
        for inline in held(inlines):
            if isinstance(inline, Text):
                narrow = [found.start() for found in _NARROW.finditer(inline.value)]
                for at, offset in inline.places:
                    # A narrow space stands in an element of its own.
                    places.append(f"{length + at - bisect_left(narrow, at)}+{offset}")
                length += len(inline.value) - len(narrow)
        return {"data-at": f"{' '.join(places)}|{self.file}"} if places else {}

    def caption_words(self, photo: Photo) -> str:
        """Return the text of a caption, which stands in a file of its own."""
        before, self.file = self.file, photo.span.file
        words = super().caption_words(photo)
        self.file = before
        return words

    def raw(self, block: RawBlock) -> str:
        """Return HTML; of its words nothing is known but where the whole begins."""
        own = {"class": "raw", "data-at": f"0+{block.span.start}|{self.file}"}
        return tag("div", block.html, own)

    def title(self, title: Heading, short: str) -> str:
        """Return a chapter's title with its words for the running head and the bookmark."""
        head = {"data-head": self._head(title, short)}
        return self.heading(title).replace("<h1", f"<h1{written(head)}", 1)

    def _head(self, title: Heading, short: str) -> str:
        return short or set_text(plain(title.inlines), self.language)

    def head_after(self, chapter: Chapter, before: str) -> str:
        """Return the running head that a chapter leaves behind, given that before it."""
        if chapter.title:
            return self._head(chapter.title, chapter.short)
        return before if chapter.role == "chapter" else ""

    def heading(self, block: Heading) -> str:
        """Return a heading; one that stands in the contents has the words of its bookmark."""
        listed = block.attrs.id in self.listed
        mark = {"data-mark": set_text(plain(block.inlines), self.language)} if listed else {}
        return tag(f"h{block.level}", self.inlines(block.inlines), self.leaf(block) | mark)

    def list_block(self, block: ListBlock) -> str:
        """Return a list that counts from its first number: the engine knows no `start`."""
        made = super().list_block(block)
        if block.start in (None, 1):
            return made
        style = f' style="counter-reset: list-item {block.start - 1}" start='
        return made.replace(" start=", style, 1)

    def reference(self, reference: CrossReference) -> str:
        """Return a link to another place, which shows its page."""
        link = super().reference(reference)
        known = self.book.targets.get(reference.target)
        page = self.folio(known.id) if known else ""
        place = "" if reference.children else f"{reference.span.start}|{self.file}"
        shown = written({"data-word": self.words.page, "data-page": page, "data-filled": place})
        return link.replace("<a ", f"<a{shown} ", 1)

    def mentions(self, mentions: Mentions) -> str:
        """Return the pages on which a term of an index is met, each a link."""
        pages = {self.folio(name): name for name, _ in reversed(mentions.places)}
        links = (tag("a", page, {"href": f"#{name}"}) for page, name in reversed(pages.items()))
        return tag("span", f"{self.words.page}\u00a0{', '.join(links)}", {"class": "added"})

    def inlines(self, inlines: Inlines) -> str:
        """Return a run of inlines; the call of a note stays with the word before it."""
        return "".join(
            self._called(*one) if isinstance(one, tuple) else self.inline(one)
            for one in held(inlines)
        )

    def _called(self, word: Text, call: NoteReference) -> str:
        inside = self.inline(word) + self.inline(call)
        return tag("span", inside, {"class": "nobreak"} | self.origin((word,)))


def columned(pieces: list[Piece], page: Page) -> str:
    """Return a flow's pieces; what stands between two wide ones is set in columns of its own.

    (A wide piece within columns, `column-span: all`, makes the engine lose what comes after it.)
    """
    if page.columns == 1:
        return "\n".join(piece.markup for piece in pieces)
    parts = []
    runs = [(wide, list(run)) for wide, run in itertools.groupby(pieces, lambda one: one.wide)]
    for wide, run in runs:
        inside = "\n".join(piece.markup for piece in run)
        parts.append(inside if wide else tag("div", inside, {"class": "columned"}))
    return "\n".join(parts)
