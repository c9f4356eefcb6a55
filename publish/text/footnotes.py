"""Which notes stand at the foot of their page, and which at the end of the book.

In: what is known of the notes on laid-out pages. Out: `NotePlaces`, by which the next layout is
made, and problems P421, P422 and P448 that tell what was done. A note begins on the page of its
call and is there from its first word to its last. One that does not is helped: it becomes a short
note that says where its text is, and the text stands with the notes at the end; where that does not
help, all notes stand there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.book.inlines import NoteReference
from publish.book.model import Book, Chapter
from publish.book.walking import inlines_of
from publish.ground.problems import Problem, problem
from publish.ground.source import Span

ROUNDS = 6
"""Layouts at the most in which one note or another is helped; then all stand at the end."""
BACK = ("timeline", "persons", "colophon")
"""Chapters that come after the notes when they end the book."""
NOTES = "note-"
"""How the ids of notes begin, unless an id of the manuscript does."""
LONG = 0.4
"""A note that takes more than this part of its page is the first to be helped."""


class NotePlaces(Struct, frozen=True):
    """The notes that stand at the end of the book, by their places: some, or all.

    `cause` is the note on whose account all of them stand there; empty where that was asked for.
    `failure` is what the layout engine said that failed with notes at the foot.
    """

    some: frozenset[str] = frozenset()
    all: bool = False
    cause: str = ""
    failure: str = ""

    def at_end(self, key: str) -> bool:
        """Tell whether the text of a note stands at the end of the book."""
        return self.all or key in self.some


class NoteFact(Struct, frozen=True):
    """A note at the foot of laid-out pages.

    `call` is the page of its first call, from 1; `pages` are those with its text; `share` is the
    part of the page's height that it takes; `clear` tells that it neither covers anything nor runs
    off the page.
    """

    key: str
    call: int | None
    pages: tuple[int, ...]
    share: float = 0.0
    clear: bool = True

    @property
    def astray(self) -> bool:
        """Tell whether the note is not, whole, on the page of its call."""
        return self.call is None or self.pages != (self.call,) or not self.clear


def calls_of(chapter: Chapter) -> Counter[int]:
    """Return how often each note of a chapter is called, by its number."""
    inlines = (inline for _, inline in inlines_of(chapter))
    return Counter(inline.number for inline in inlines if isinstance(inline, NoteReference))


def chapter_after_notes(book: Book) -> int:
    """Return the index of the chapter before which the notes of the book stand."""
    at = len(book.chapters)
    while at and book.chapters[at - 1].role in BACK and not book.chapters[at - 1].notes:
        at -= 1
    return at


class NoteIds:
    """The ids of the notes at the end of a printed book, of their section and of their calls."""

    def __init__(self, book: Book) -> None:
        self.stem = book.unused(NOTES)
        self.section = f"{self.stem}list"
        self._chapters = {chapter.name: at for at, chapter in enumerate(book.chapters, 1)}

    def note(self, chapter: Chapter, number: int) -> str:
        """Return the id of a note."""
        return f"{self.stem}{self._chapters[chapter.name]}-{number}"

    def call(self, chapter: Chapter, number: int, again: int) -> str:
        """Return the id of a call of a note, the first one's `again` being 0."""
        return f"{self.note(chapter, number)}-call-{again + 1}"


def next_places(places: NotePlaces, facts: Sequence[NoteFact], rounds: int) -> NotePlaces:
    """Return what the next layout is made by; equal to `places` when every note is in its place.

    `rounds` is how many layouts have been made to help notes.
    """
    astray = [fact for fact in facts if fact.astray]
    if places.all or not astray:
        return places
    # A long note drives others from their pages, so that it alone is helped at first.
    long = [fact for fact in astray if fact.share > LONG]
    helped = places.some | {fact.key for fact in long or astray}
    if helped == places.some or rounds >= ROUNDS:
        return all_at_end(places, astray[0].key)
    return replace(places, some=helped)


def all_at_end(places: NotePlaces, cause: str = "", failure: str = "") -> NotePlaces:
    """Return places for a book whose notes cannot stand at the foot."""
    return NotePlaces(all=True, cause=cause or next(iter(sorted(places.some)), ""), failure=failure)


def note_findings(book: Book, places: NotePlaces) -> list[Problem]:
    """Tell which notes stand at the end that were meant to stand at the foot."""
    if places.failure:
        return [problem("P448", None, reason=places.failure)]
    if book.settings.print.notes == "end":
        return []
    notes = {note.span.place: note for chapter in book.chapters for note in chapter.notes}
    if places.all and notes:
        cause = notes.get(places.cause)
        span: Span | None = (cause or next(iter(notes.values()))).span
        return [problem("P422", span)]
    return [
        problem("P421", note.span, name=note.label)
        for key, note in notes.items()
        if places.at_end(key)
    ]
