"""A book with its text set by the language's rules: quotes, apostrophes, dashes, spaces.

In: a `Book`. Out: a new one in which `typography.edits` have been made, each character still tied
to its place in the file, and what is read the other way says so (`directions`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, structs

from publish.book.inlines import (
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Places,
    Strong,
    Styled,
    Text,
)
from publish.book.model import Block, Blocks, Book, Chapter
from publish.book.walking import map_inlines, with_parts
from publish.ground.source import places_of
from publish.text.directions import directed, directed_line
from publish.text.typography import Edit, edits

_OPAQUE = "\ufffc"


class Composer:
    """Sets the editions of one book; a chapter or a block that two of them share is set once."""

    def __init__(self) -> None:
        self._chapters: dict[int, tuple[Chapter, Chapter]] = {}
        self._blocks: dict[int, tuple[Block, Block]] = {}

    def chapter(self, chapter: Chapter, language: str) -> Chapter:
        """Return a chapter with its text set."""

        def compose(blocks: Blocks) -> Blocks:
            return tuple(self._block(one, language) for one in blocks)

        # What is kept by an id is held as well, so that no other thing can come to bear that id.
        if id(chapter) not in self._chapters:
            self._chapters[id(chapter)] = chapter, with_parts(chapter, compose)
        return self._chapters[id(chapter)][1]

    def _block(self, block: Block, language: str) -> Block:
        if id(block) not in self._blocks:
            made = map_inlines(directed(block, language), set_line, language)
            self._blocks[id(block)] = block, made
        return self._blocks[id(block)][1]


def composed(book: Book, composer: Composer | None = None) -> Book:
    """Return the book with its text set by its languages' rules.

    A `composer` that has set another edition of the book does not set the same text again.
    """
    language, composer = book.settings.language, composer or Composer()
    photos = {
        name: structs.replace(photo, caption=_set_caption(photo.caption, language))
        for name, photo in book.photos.items()
    }
    chapters = tuple(composer.chapter(chapter, language) for chapter in book.chapters)
    return structs.replace(book, chapters=chapters, photos=photos)


def _set_caption(caption: Inlines, language: str) -> Inlines:
    return set_line(directed_line(caption, language), language)


def set_text(words: str, language: str) -> str:
    """Return a plain text, such as a title, set by the rules."""
    return "".join(
        one.value for one in set_line((Text(words, ((0, 0),)),), language) if isinstance(one, Text)
    )


def set_chars(chars: Sequence[tuple[str, int]], language: str) -> Iterator[Text]:
    """Yield a text whose characters have each its offset in the file, set by the rules."""
    if chars:
        text = Text("".join(char for char, _ in chars), places_of([at for _, at in chars]))
        yield from (one for one in set_line((text,), language) if isinstance(one, Text))


def set_line(inlines: Inlines, language: str) -> Inlines:
    """Return the inlines of one paragraph, set by the rules of its language."""
    pieces: list[str] = []
    foreign: list[tuple[int, int, str]] = []
    _gather(inlines, pieces, foreign)
    made = edits("".join(pieces), language, foreign)
    if not made:
        return inlines
    return Setter(made).line(inlines)


def _gather(inlines: Inlines, pieces: list[str], foreign: list[tuple[int, int, str]]) -> None:
    """Collect the text as a reader sees it; what is no text stands in it as one character."""
    for inline in inlines:
        match inline:
            case Text():
                pieces.append(inline.value)
            case LineBreak():
                pieces.append("\u2028")
            case Emphasis() | Strong() | Styled() | Link() | CrossReference() if inline.children:
                start = sum(map(len, pieces))
                _gather(inline.children, pieces, foreign)
                language = inline.attrs.get("lang") if isinstance(inline, Styled) else ""
                if language:
                    foreign.append((start, sum(map(len, pieces)), language))
            case _:
                pieces.append(_OPAQUE)


class Setter(Struct):
    """Makes the edits of one paragraph in its inlines, from left to right."""

    edits: list[Edit]
    at: int = 0

    def line(self, inlines: Inlines) -> Inlines:
        """Return a run of inlines with its edits made."""
        return tuple(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> Inline:
        match inline:
            case Text():
                return self._text(inline)
            case Emphasis() | Strong() | Styled() | Link() | CrossReference() if inline.children:
                return structs.replace(inline, children=self.line(inline.children))
            case _:
                self.at += 1
                return inline

    def _text(self, text: Text) -> Text:
        start, end = self.at, self.at + len(text.value)
        self.at = end
        while self.edits and self.edits[0].end <= start:
            self.edits.pop(0)
        mine = [edit for edit in self.edits if edit.start < end]
        return _edited(text, start, mine) if mine else text


def _edited(text: Text, start: int, made: list[Edit]) -> Text:
    """Return a text that begins at `start` of its paragraph, with its share of the edits."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    done = length = 0

    def add(part: str, at: int) -> None:
        nonlocal length
        if part:
            places.append((length, text.source_offset(at)))
            parts.append(part)
            length += len(part)

    for edit in made:
        low, high = max(edit.start - start, 0), min(edit.end - start, len(text.value))
        _kept(text, done, low, add)
        # An edit over a border is written where it begins.
        add(edit.text if edit.start >= start else "", low)
        done = high
    _kept(text, done, len(text.value), add)
    # Words that were added to the manuscript stay without a place in it.
    return Text("".join(parts), _joined(tuple(places)) if text.places else ())


def _kept(text: Text, low: int, high: int, add: Callable[[str, int], None]) -> None:
    """Add what stands between two edits, cut where its places change."""
    cuts = [low, *(at for at, _ in text.places if low < at < high), high]
    for first, last in itertools.pairwise(cuts):
        add(text.value[first:last], first)


def _joined(places: Places) -> Places:
    """Leave out each place that follows from the one before it."""
    kept: list[tuple[int, int]] = []
    for at, offset in places:
        if not kept or offset - kept[-1][1] != at - kept[-1][0]:
            kept.append((at, offset))
    return tuple(kept)
