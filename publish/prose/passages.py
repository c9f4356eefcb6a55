"""The text of a book as its language is judged: paragraph by paragraph, each word in its language.

In: the book of the printed editions, once set, and its sources. Out: `Passage`s, `Word`s. What is
said of the book and of its pictures is judged as well, each at its place in book.toml and
captions.toml.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from publish.book.inlines import Code, Inline, Inlines, LineBreak, NoteReference, Styled, Text
from publish.book.model import Block, Book, CodeBlock
from publish.book.walking import children, lines_of
from publish.ground.source import SourceFile, Span, offset_at
from publish.settings.toml import placed_text, read_toml
from publish.text.composition import set_chars

OPAQUE = "\ufffc"
"""Stands for what is no prose: code, a picture, a number that is filled in."""
_OPENS = re.compile(r"(?:\A|(?<!\b[A-Z])[.!?…:]|[.!?…]?[”’»\"')\]])[\s“‘„«‚»\u202f(–—\[-]*\Z")
_KEYS = {
    "book.toml": (0, ("title", "subtitle", "description")),
    "captions.toml": (1, ("alt", "long", "credit", "source")),
}
"""What is written for a reader in a .toml file, below so many keys; captions are text of the book.
"""
_BEFORE = 12
"""Characters before a word that tell whether a sentence begins with it."""
_ADDRESS = r"\b(?:https?://|www\.)\S+|[\w.+-]++@[\w.-]+"
_WORD = re.compile(rf"{_ADDRESS}|([^\W\d_](?:[^\W\d_]|[\u00ad'’\u2011.-](?=[^\W\d_]))*)")
"""What nobody spells, and what is a word."""


class Passage(Struct, frozen=True):
    """A run of text of one paragraph, heading, cell or caption.

    `places` hold (offset in the text, offset in the file), `tongues` (offset, language).
    """

    file: str
    text: str
    places: tuple[tuple[int, int], ...]
    tongues: tuple[tuple[int, str], ...]

    def language(self, at: int) -> str:
        """Return the language of a character."""
        return self.tongues[bisect_right(self.tongues, at, key=lambda one: one[0]) - 1][1]

    def span(self, sources: Mapping[str, SourceFile], start: int, end: int) -> Span | None:
        """Return where in the manuscript a stretch of the text stands."""
        source = sources.get(self.file)
        if source is None or not self.places:
            return None
        first, last = (offset_at(self.places, at) for at in (start, max(end - 1, start)))
        return source.span(first, max(last, first) + 1)


class Word(Struct, frozen=True):
    """A word of a passage, hyphens and apostrophes within it included."""

    text: str
    start: int
    passage: Passage

    @property
    def opens(self) -> bool:
        """Tell whether a sentence begins with it."""
        return opens(self.passage.text, self.start)

    @property
    def language(self) -> str:
        """Return its language."""
        return self.passage.language(self.start)

    def span(self, sources: Mapping[str, SourceFile]) -> Span | None:
        """Return where it stands in the manuscript."""
        return self.passage.span(sources, self.start, self.start + len(self.text))


def opens(text: str, at: int) -> bool:
    """Tell whether a sentence begins at a place of a text."""
    return _OPENS.search(text, max(at - _BEFORE, 0), at) is not None


def words_of(passages: Iterable[Passage]) -> Iterator[Word]:
    """Yield the words of passages; those of an address on the web are none."""
    for passage in passages:
        for found in _WORD.finditer(passage.text):
            if found[1]:
                yield Word(found[1].replace("\u00ad", ""), found.start(), passage)


def passages_of(book: Book, sources: Mapping[str, SourceFile]) -> list[Passage]:
    """Return the passages of a book, after its text captions and what the .toml files say."""
    language = book.settings.language
    found = []
    for chapter in book.chapters:
        notes = [block for note in chapter.notes for block in note.blocks]
        title = [chapter.title] if chapter.title else []
        for block, spoken in _spoken([*title, *chapter.blocks, *notes], language):
            found += [passage_of(chapter.file, line, spoken) for line in lines_of(block) if line]
    photos = (photo for photo in book.photos.values() if photo.caption)
    found += (passage_of(photo.span.file, photo.caption, language) for photo in photos)
    for file, (depth, keys) in _KEYS.items():
        document = read_toml(sources[file])[0] if file in sources else None
        for path, span in document.cells.items() if document else ():
            if len(path) == depth + 1 and path[-1] in keys:
                said = set_chars(placed_text(sources[file], span), language)
                found.append(passage_of(file, tuple(said), language))
    return found


def _spoken(blocks: Iterable[Block], language: str) -> Iterator[tuple[Block, str]]:
    """Yield blocks of prose, outer ones first, each with its language: the nearest that is said."""
    for block in blocks:
        spoken = block.attrs.get("lang", language)
        if not isinstance(block, CodeBlock):
            yield block, spoken
        for inner in children(block):
            yield from _spoken(inner, spoken)


def passage_of(file: str, inlines: Inlines, language: str) -> Passage:
    """Return the passage that the inlines of one paragraph of a file are."""
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    tongues: list[tuple[int, str]] = []
    length = 0

    def add(text: str, spoken: str, where: Iterable[tuple[int, int]] = ()) -> None:
        nonlocal length
        places.extend((length + one, offset) for one, offset in where)
        tongues.append((length, spoken))
        pieces.append(text)
        length += len(text)

    def gather(one: Inline, spoken: str) -> None:
        match one:
            case Text(value=value, places=known):
                add(value, spoken, known)
            case LineBreak():
                add("\n", spoken)
            case NoteReference():
                pass
            case Styled(attrs=attrs, children=children):
                for child in children:
                    gather(child, attrs.get("lang", spoken))
            case Code():
                add(OPAQUE, spoken)
            case _:
                children = getattr(one, "children", ())
                if not children:
                    add(OPAQUE, spoken)
                for child in children:
                    gather(child, spoken)

    for one in inlines:
        gather(one, language)
    return Passage(file, "".join(pieces), tuple(places), tuple(tongues) or ((0, language),))
