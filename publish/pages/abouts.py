"""Where in the manuscript stands what is on a page and not of its text: titles, running heads.

In: the book of the printed editions, and book.toml. Out: the place of what an element says that it
is about (`data-about`): a setting, the heading that a line of the contents repeats, the picture of
the cover; and of the words of a running head. None for what the manuscript does not hold.
"""

from __future__ import annotations

from functools import cached_property

from publish.book.inlines import plain
from publish.book.model import Book
from publish.ground.source import SourceFile, Span
from publish.settings.toml import TomlDocument, read_toml
from publish.text.composition import set_text


class Abouts:
    """The places of what stands around the text of one book."""

    def __init__(self, book: Book, source: SourceFile, spans: dict[str, Span]) -> None:
        self._book = book
        self._source = source
        self._spans = spans

    def of(self, told: str) -> Span | None:
        """Return the place of what an element is about."""
        photo = self._book.photos.get(self._book.settings.cover.photo)
        if told == "cover.photo" and photo:
            return photo.span
        if told in self._spans or not told:
            return self._spans.get(told)
        return self._setting(*told.split("."))

    def head(self, words: str) -> Span | None:
        """Return the place of the words of a running head: a chapter's, else the book's title."""
        return self._heads.get(_solid(words))

    def _setting(self, *path: str) -> Span | None:
        return self._settings.value(path) if self._settings else None

    @cached_property
    def _settings(self) -> TomlDocument | None:
        return read_toml(self._source)[0]

    @cached_property
    def _heads(self) -> dict[str, Span]:
        language = self._book.settings.language
        heads = {
            _solid(chapter.short or set_text(plain(chapter.title.inlines), language)): (
                chapter.title.span
            )
            for chapter in self._book.chapters
            if chapter.title
        }
        title = self._setting("title") or Span(self._source.path)
        return {_solid(set_text(self._book.settings.title, language)): title} | heads


def _solid(words: str) -> str:
    """Return words without blanks: where a running head is broken, that between two is gone."""
    return "".join(words.split())
