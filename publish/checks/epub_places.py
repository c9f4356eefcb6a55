"""Where in the manuscript an element of the e-book comes from.

In: the `Book` of the EPUB edition as it was typed, an `Ebook` made of it, the manuscript's files.
Out: `Span`s, as near as can be told: a document of the e-book is a chapter's file, an element of it
is found back by its words, and a picture stands in captions.toml.
"""

from __future__ import annotations

import dataclasses
import itertools
import posixpath
import re
from collections.abc import Mapping, Sequence

from lxml import etree

from publish.book.model import Book, Figure
from publish.book.walking import walk
from publish.checks.epub_reader import SVG, XHTML, Ebook, elements, text_of
from publish.checks.epub_words import chapters_in
from publish.checks.folding import folded, words_of
from publish.checks.words import Unit, chapter_units
from publish.ground.problems import Problem
from publish.ground.source import SourceFile, Span
from publish.settings.toml import read_toml
from publish.text.editions import figure_id

COVER_STEM = "cover"
_PICTURES = (f"{XHTML}img", f"{SVG}svg")
_PLACE = re.compile(r"\((?P<file>[^\s():]+\.\w+):(?P<line>\d+)")
_EXPECTED = re.compile(r"; expected (?:attribute|element|the element|one of)[^()]*(?=\s\(|$)")
_WORDS_TOLD = 6
"""A place is found back by so many words."""


class Places:
    """Tells the places of what is in one e-book."""

    def __init__(self, book: Book, ebook: Ebook, sources: Mapping[str, SourceFile]) -> None:
        self.book = book
        self.ebook = ebook
        self.sources = sources
        self.chapters = chapters_in(ebook, book)
        self.figures = {
            figure_id(block): block.photo
            for chapter in book.chapters
            for block in walk(chapter.blocks)
            if isinstance(block, Figure)
        }

    def told(self, found: Problem) -> Problem:
        """Return a finding of EPUBCheck with the place in the manuscript that it comes from."""
        message = _EXPECTED.sub("", found.message)
        match = _PLACE.search(message)
        span = self.at(match["file"], int(match["line"])) if match else None
        return dataclasses.replace(found, message=message, span=span)

    def at(self, name: str, line: int) -> Span | None:
        """Return the place in the manuscript of a line of one of the e-book's documents."""
        tree = self.ebook.trees.get(name)
        if tree is None:
            return None
        before = [one for one in elements(tree) if (one.sourceline or 0) <= line]
        return self.of(name, before[-1] if before else tree)

    def of(self, name: str, element: etree._Element) -> Span | None:
        """Return the place of an element: of its words, else of what it stands in."""
        chapter = self.chapters.get(name)
        if chapter is None:
            return Span("book.toml") if name in self.ebook.trees else None
        units = chapter_units(self.book, chapter)
        at: etree._Element | None = element
        while at is not None:
            target = self.book.targets.get(at.get("id", ""))
            if target:
                return target.span
            words = folded(text_of(at))
            span = self._span_of(words[:_WORDS_TOLD], units) if words else None
            if span:
                return span
            at = at.getparent()
        return chapter.title.span if chapter.title else Span(chapter.file)

    def shown(self, name: str, element: etree._Element) -> Span | None:
        """Return the place of what an element shows: of a picture that is its table of captions."""
        photo = self._photo(element) if element.tag in _PICTURES else None
        return photo or self.of(name, element)

    def of_key(self, *path: str) -> Span:
        """Return the place of a value in book.toml; the file where it has no such key."""
        source = self.sources.get("book.toml")
        document = read_toml(source)[0] if source else None
        return document.value(path) if document else Span("book.toml")

    def of_file(self, name: str) -> Span | None:
        """Return the place in captions.toml of the photo in a file of the e-book."""
        stem = posixpath.basename(name).rpartition(".")[0]
        if stem == COVER_STEM:
            stem = self.book.settings.cover.photo
        photo = self.book.photos.get(stem) or self.book.photos.get(stem.rpartition("-")[0])
        return photo.span if photo else None

    def _photo(self, image: etree._Element) -> Span | None:
        """Return the place of what a picture shows: a drawing in the page stands in its figure."""
        if image.get("src"):
            return self.of_file(image.get("src", ""))
        above = next(image.iterancestors(f"{XHTML}figure"), None)
        name = self.figures.get(above.get("id", "")) if above is not None else None
        return self.book.photos[name].span if name else None

    def _span_of(self, words: Sequence[str], units: Sequence[Unit]) -> Span | None:
        """Return where most of some words stand in a chapter, one after the other."""
        best: tuple[int, Unit, int] | None = None
        for unit in units:
            there = words_of(unit.text)
            for at, word in enumerate(there):
                if word.value == words[0]:
                    same = _same_words(words, [one.value for one in there[at : at + len(words)]])
                    if best is None or same > best[0]:
                        best = same, unit, word.at
        return best[1].place(best[2], self.sources) if best else None


def _same_words(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many words two runs begin with alike."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
