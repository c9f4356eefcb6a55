"""The units of a printed book in the order of its pages, notes that stand at its end included.

In: the `Book` of the print edition before its text is set, and what its pages show besides the
words. Out: `Unit`s, in groups of those that begin together. Which notes stand at the end is told by
the destinations of the PDF: a note at the foot of a page is none.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from publish.book.inlines import plain
from publish.book.model import Book, Chapter, Note
from publish.checks.words import Paging, Unit, chapter_units
from publish.ground.source import Span
from publish.ground.wording import wording
from publish.text.footnotes import NoteIds, calls_of, chapter_after_notes

Group = tuple[str, list[Unit]]
"""Units of a chapter, or of the notes at the end, and the id of their title.

There is none where they run on after those before them, or have no title.
"""


def printed_groups(book: Book, paging: Paging) -> list[Group]:
    """Return the units of a whole book, group by group."""
    reader = _Reader(book, paging)
    ending = chapter_after_notes(book)
    return [
        *map(reader.group, book.chapters[:ending]),
        (reader.begun("", reader.ids.section), list(reader.section())),
        *map(reader.group, book.chapters[ending:]),
    ]


class _Reader:
    """Reads the units of a book whose notes may stand in two places."""

    def __init__(self, book: Book, paging: Paging) -> None:
        self.book = book
        self.paging = paging
        self.words = wording(book.settings.language)
        self.ids = NoteIds(book)

    def group(self, chapter: Chapter) -> Group:
        """Return the units of a chapter as a group."""
        name = chapter.title.attrs.id if chapter.title else ""
        return self.begun(chapter.start, name), list(self.chapter(chapter))

    def begun(self, start: str, name: str) -> str:
        """Return the id of what begins on a page of its own; nothing for what runs on."""
        return "" if (start or self.book.settings.print.chapters) == "run-on" else name

    def chapter(self, chapter: Chapter) -> Iterator[Unit]:
        """Yield the units of a chapter: its text, its notes, and those that tell of another."""
        foot = [note for note in chapter.notes if not self._ended(chapter, note)]
        yield from self._units(structs.replace(chapter, notes=tuple(foot)))
        for note in chapter.notes:
            name = self.ids.note(chapter, note.number)
            if name in self.paging.labels:
                yield _added(str(note.number), chapter, note.span)
                said = f"{self.words.see} {self.words.page} {self.paging.labels[name]}"
                yield _added(said, chapter, note.span)

    def section(self) -> Iterator[Unit]:
        """Yield the units of the section of notes, if there is one."""
        first = True
        for chapter in self.book.chapters:
            ended = [note for note in chapter.notes if self._ended(chapter, note)]
            if ended and first:
                yield _added(self.words.notes, chapter, ended[0].span)
                first = False
            if ended and chapter.title:
                yield _added(plain(chapter.title.inlines), chapter, chapter.title.span)
            for note in ended:
                alone = structs.replace(chapter, title=None, blocks=(), notes=(note,))
                yield from self._units(alone)
                yield _added(self._back(chapter, note), chapter, note.span)

    def _units(self, chapter: Chapter) -> list[Unit]:
        return chapter_units(self.book, chapter, self.paging)

    def _ended(self, chapter: Chapter, note: Note) -> bool:
        return self.ids.note(chapter, note.number) in self.paging.labels

    def _back(self, chapter: Chapter, note: Note) -> str:
        calls = range(max(calls_of(chapter)[note.number], 1))
        ids = (self.ids.call(chapter, note.number, again) for again in calls)
        pages = dict.fromkeys(self.paging.labels.get(one, "") for one in ids)
        return f"{self.words.page} {', '.join(pages)}"


def _added(text: str, chapter: Chapter, span: Span) -> Unit:
    """Return a unit of words that the toolchain adds."""
    return Unit(text, span, chapter.name, required=False)
