"""The pages of the print edition, marked in the book that becomes the e-book.

In: the `Book` of the EPUB edition, and where the printed pages begin (`folios.PageStart`). Out: the
book with a `PageBreak` before the word that begins each page, and the `PageList` for the contents
(EPUB 3.3, “The page-list nav element”; EPUB Accessibility 1.1, “Page navigation”). A page whose
first word the e-book does not show is marked before the next one that it does. A word that the end
of a page divides belongs to the page where it begins, and the mark of the next follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field, structs

from publish.book.inlines import (
    Code,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    Link,
    PageBreak,
    Strong,
    Styled,
    Text,
    walk_inlines,
)
from publish.book.model import (
    Block,
    Book,
    Chapter,
    CodeBlock,
    Figure,
    Heading,
    Paragraph,
    RawBlock,
    Table,
)
from publish.book.walking import map_inlines, walk
from publish.ground.source import Span
from publish.text.editions import figure_id
from publish.text.folios import FRONT, PageStart

_BLANKS = re.compile(r"\s+")


class PageList(Struct, frozen=True):
    """The marks of the printed pages in reading order, and what they are the pages of.

    `source` is the print edition's identifier, a URN; `front` has the matter and the mark of each
    page before the text, `text` the chapter's name and the mark of each page of it.
    """

    source: str
    front: tuple[tuple[str, PageBreak], ...]
    text: tuple[tuple[str, PageBreak], ...]


def marked(book: Book, starts: Sequence[PageStart]) -> tuple[Book, PageList]:
    """Return a book with the printed pages marked in it, and the list of the marks."""
    stem = book.unused("page-")
    marks = [(one, PageBreak(one.label, stem + one.label)) for one in starts if one.kind != "blank"]
    first = next((at for at, (one, _) in enumerate(marks) if one.kind != "matter"), len(marks))
    marker = _Marker(_Queue.of(book, marks[first:]), frozenset(_captions(book)))
    chapters = tuple(
        marker.chapter(chapter, number == len(book.chapters) - 1)
        for number, chapter in enumerate(book.chapters)
    )
    source = book.settings.identifier("print")
    pages = PageList(source, _front(marks[:first]), tuple(marker.placed))
    return structs.replace(book, chapters=chapters), pages


def _front(marks: Sequence[tuple[PageStart, PageBreak]]) -> tuple[tuple[str, PageBreak], ...]:
    """Return the marks of the front, none after one of a later page: its place is then that one's.

    (The imprint of a book may stand before its title page, as on the inside of a cover.)
    """
    placed: list[tuple[str, PageBreak]] = []
    latest = len(FRONT) - 1
    for start, mark in reversed(marks):
        latest = min(latest, FRONT.index(start.file) if start.file in FRONT else latest)
        placed.append((FRONT[latest], mark))
    return tuple(reversed(placed))


class _Queue(Struct):
    """The marks still to be placed: the chapter of each, its start, and the marks that go there."""

    waiting: list[tuple[int, PageStart, tuple[PageBreak, ...]]]

    @classmethod
    def of(cls, book: Book, marks: Sequence[tuple[PageStart, PageBreak]]) -> _Queue:
        """Return the queue for a book; a page that it does not show goes with the next one."""
        files = {chapter.file: at for at, chapter in reversed(list(enumerate(book.chapters)))}
        figures = {
            figure_id(block): at
            for at, chapter in enumerate(book.chapters)
            for block in walk(chapter.blocks)
            if isinstance(block, Figure)
        }
        onward = _onward(book)
        waiting, together = [], []
        latest = (0, 0)
        for start, mark in marks:
            together.append(mark)
            at = {"word": files, "plate": figures}.get(start.kind, {}).get(start.file)
            if at is None or (start.kind == "plate" and onward.get(start.file, latest) < latest):
                # The e-book does not show it, or shows it before a page that comes first in print.
                continue
            waiting.append((at, start, tuple(together)))
            together = []
            if start.kind == "word":
                latest = at, start.offset
        if together:
            last = PageStart("", "matter")
            waiting.append((len(book.chapters), last, tuple(together)))
        return cls(waiting)


def _onward(book: Book) -> dict[str, tuple[int, int]]:
    """Return the chapter and the offset at which the text goes on after each picture."""
    found = {}
    for number, chapter in enumerate(book.chapters):
        after = (number + 1, 0)
        for block in reversed(chapter.blocks):
            if isinstance(block, Figure):
                found[figure_id(block)] = after
            else:
                after = number, block.span.start
    return found


def _captions(book: Book) -> Iterator[tuple[str, int]]:
    """Yield file and offset of the captions of tables, which stand below their table there."""
    for chapter in book.chapters:
        for block in walk(chapter.blocks):
            if isinstance(block, Table):
                texts = (one for one in walk_inlines(block.caption) if isinstance(one, Text))
                yield from ((chapter.file, one.source_offset(0)) for one in texts)


class _Marker(Struct):
    """Goes through a book in reading order and puts each mark where it is due."""

    queue: _Queue
    captions: frozenset[tuple[str, int]]
    placed: list[tuple[str, PageBreak]] = field(default_factory=list)
    name: str = ""
    number: int = -1
    after_word: tuple[PageBreak, ...] = ()
    """Marks that follow the word which is going on."""
    due: tuple[PageBreak, ...] = ()
    """Marks for the next word, whatever it is."""

    def chapter(self, chapter: Chapter, last: bool) -> Chapter:
        """Return a chapter with its marks; the last one of a book has all that are left."""
        self.name, self.number = chapter.name, self.number + 1
        title = map_inlines(chapter.title, self._line, leaf=self._leaf) if chapter.title else None
        assert title is None or isinstance(title, Heading)
        blocks = tuple(map_inlines(one, self._line, leaf=self._leaf) for one in chapter.blocks)
        if last:
            rest = self._put(self.due)
            rest += [mark for _, _, marks in self.queue.waiting for mark in self._put(marks)]
            if rest:
                # All that a chapter has may be for print alone.
                above = (*((title,) if title else ()), *blocks)
                span = above[-1].span if above else Span(chapter.file)
                blocks = (*blocks, Paragraph(tuple(rest), span))
        return structs.replace(chapter, title=title, blocks=blocks)

    def _line(self, inlines: Inlines, language: str) -> Inlines:
        made = self._inlines(inlines)
        self.due, self.after_word = self.after_word + self.due, ()
        return made

    def _inlines(self, inlines: Inlines) -> Inlines:
        made: list[Inline] = []
        for inline in inlines:
            match inline:
                case Text() | Code():
                    made += self._text(inline)
                case Emphasis() | Strong() | Styled() | Link() | CrossReference() if (
                    inline.children
                ):
                    inner = self._inlines(inline.children)
                    cut = next(
                        (at for at, one in enumerate(inner) if not isinstance(one, PageBreak)), 0
                    )
                    # No mark at the beginning of a link or of a stressed word: before it.
                    made += inner[:cut]
                    made.append(structs.replace(inline, children=inner[cut:]))
                case CrossReference(span=span):
                    made += self._before(span.start)
                    made.append(inline)
                case _:
                    made.append(inline)
        return tuple(made)

    def _text(self, text: Text | Code) -> list[Inline]:
        """Return a text cut where pages begin, with their marks."""
        whole = text if isinstance(text, Text) else Text(text.value, text.places)
        made: list[Inline] = []
        done = 0

        def keep(end: int) -> None:
            nonlocal done
            if end > done:
                part = whole.part(done, end)
                made.append(part if text is whole else Code(part.value, part.places))
                done = end

        while done < len(whole.value):
            if self.after_word:
                blank = _BLANKS.search(whole.value, done)
                if not blank:
                    break
                keep(blank.end())
                self.due, self.after_word = self.after_word + self.due, ()
            elif self.due:
                made += self._put(self.due)
                self.due = ()
            elif (at := self._next(whole)) is not None:
                keep(max(at, done))
                _, start, marks = self.queue.waiting.pop(0)
                if start.divided:
                    self.after_word = marks
                else:
                    self.due = marks
            else:
                break
        keep(len(whole.value))
        return made

    def _next(self, text: Text) -> int | None:
        """Return the character of a text before which the next mark is due; None if it is not."""
        if not self.queue.waiting:
            return None
        chapter, start, _ = self.queue.waiting[0]
        if chapter < self.number:
            return 0
        if chapter > self.number or start.kind != "word" or not text.places:
            return None
        own = text.source_offset(0)
        if (start.file, own) in self.captions and start.offset < own:
            # The page begins with a row of the table, which is still to come.
            return None
        at = text.index(start.offset)
        return at if at < len(text.value) else None

    def _before(self, offset: int) -> list[PageBreak]:
        """Return the marks that are due before something that has a place but no text."""
        made: list[PageBreak] = []
        while self.queue.waiting:
            chapter, start, marks = self.queue.waiting[0]
            here = chapter == self.number and start.kind == "word" and start.offset <= offset
            if not here and chapter >= self.number:
                break
            self.queue.waiting.pop(0)
            made += self._put(marks)
        return made

    def _leaf(self, block: Block) -> Block:
        """Return a picture, HTML or lines of code with the marks that are due there."""
        match block:
            case CodeBlock(value=value, places=places):
                pages, at = [], 0
                for one in self._line((Text(value, places),), ""):
                    if isinstance(one, PageBreak):
                        pages.append((at, one))
                    elif isinstance(one, Text):
                        at += len(one.value)
                return structs.replace(block, pages=tuple(pages))
            case RawBlock(span=span):
                due, self.due = self._put(self.due), ()
                return structs.replace(block, pages=(*due, *self._before(span.start)))
            case Figure() if self.queue.waiting:
                chapter, start, marks = self.queue.waiting[0]
                if (chapter, start.kind, start.file) == (self.number, "plate", figure_id(block)):
                    self.queue.waiting.pop(0)
                    marks, self.due = self.due + marks, ()
                    return structs.replace(block, pages=tuple(self._put(marks)))
        return block

    def _put(self, marks: Sequence[PageBreak]) -> list[PageBreak]:
        self.placed += ((self.name, mark) for mark in marks)
        return list(marks)
