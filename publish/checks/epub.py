"""The e-book: what EPUBCheck and Ace find, the words, the contents, the alt texts, the links.

In: a `Subject`. Out: problems E501 to E506, E509, E511 to E517 and P404, each at the place in the
manuscript that the finding comes from, as near as it can be told: a document of the e-book is a
chapter's file, and an element of it is found back by its words.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from publish.book.model import Book
from publish.checks import ace, epubcheck
from publish.checks.epub_access import check_access
from publish.checks.epub_contents import unlike_contents
from publish.checks.epub_pictures import check_pictures_in
from publish.checks.epub_places import Places
from publish.checks.epub_reader import (
    SVG,
    XHTML,
    Ebook,
    NoEbook,
    elements,
    is_outward,
    read_ebook,
    resolved,
)
from publish.checks.epub_words import EpubWords
from publish.checks.index_links import check_index_links
from publish.checks.subject import Subject
from publish.epub.extract import extract_of
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.manuscript.captions import SUFFIXES
from publish.pages.placing import moved
from publish.text.contents import contents

_STEP = re.compile(r"/(\d+)")


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the e-book and of its extract."""
    # A picture that has a printed page to itself stands where that page comes.
    book = moved(subject.unset("epub"), subject.moves)
    problems = _checked(subject, "epub", book)
    if subject.fresh("extract"):
        problems += _checked(subject, "extract", extract_of(book))
    return problems


def _checked(subject: Subject, name: str, book: Book) -> list[Problem]:
    path = subject.fresh(name)
    if path is None:
        return []
    try:
        ebook = read_ebook(path)
    except NoEbook as error:
        return [problem("E503", None, file=path.name, reason=error), *epubcheck.run(path)]
    comparison = _Comparison(subject, path.name, ebook, book)
    places = comparison.places
    return [
        *(places.told(one) for one in epubcheck.run(path)),
        *comparison.accessibility(path),
        *comparison.documents(),
        *EpubWords(subject, path.name, ebook, book).problems(),
        *comparison.contents(),
        *comparison.alt_texts(),
        *comparison.links(),
        *check_access(path.name, ebook, subject.book.settings.accessibility, places),
        *check_pictures_in(path.name, ebook, places),
        *check_index_links(path.name, ebook, book, places),
    ]


class _Comparison:
    """Compares one e-book with the manuscript."""

    def __init__(self, subject: Subject, file: str, ebook: Ebook, book: Book) -> None:
        self.subject = subject
        self.file = file
        self.ebook = ebook
        self.book = book
        self.places = Places(book, ebook, subject.sources)
        self.chapters = self.places.chapters

    def accessibility(self, path: Path) -> Iterator[Problem]:
        """Check with Ace, where it can be run; elsewhere the report says that it was not."""
        for found in ace.run(path) if not ace.tools().lack else ():
            name = found.document
            if name not in self.ebook.trees:
                name = resolved(self.ebook.nav, name)[0]
            tree = self.ebook.trees.get(name) if found.document else None
            span = self.places.of(name, _stepped(tree, found.cfi)) if tree is not None else None
            yield dataclasses.replace(found.problem, span=span)

    def documents(self) -> Iterator[Problem]:
        """Check that each chapter has its document, in the order of the manuscript."""
        spine = [name for name in self.ebook.spine if name in self.chapters]
        for name, chapter in self.chapters.items():
            if name not in spine:
                reason = f"{name} is not in its reading order"
                yield problem("E503", Span(chapter.file), file=self.file, reason=reason)
        if spine != [name for name in self.chapters if name in spine]:
            reason = "its chapters are not in the order of the manuscript"
            yield problem("E503", Span("book.toml"), file=self.file, reason=reason)

    def contents(self) -> Iterator[Problem]:
        """Check the nav and the NCX against the headings."""
        entries = contents(self.book, self.book.settings.epub.contents_depth)
        files = {chapter.name: file for file, chapter in self.chapters.items()}
        for name, reason in unlike_contents(self.ebook, entries, files):
            yield problem("E506", None, file=f"{self.file}: {name}", reason=reason)

    def alt_texts(self) -> Iterator[Problem]:
        """Check that no alt text is the name of a file."""
        for name, tree in self.ebook.trees.items():
            for image in tree.iter(f"{XHTML}img", f"{SVG}svg"):
                alt = (image.get("alt") or image.get("aria-label") or "").strip()
                if alt.lower().endswith(SUFFIXES):
                    yield problem("E505", self.places.shown(name, image), file=self.file, alt=alt)

    def links(self) -> Iterator[Problem]:
        """Check that each link and each reference to a file leads somewhere."""
        ids = {
            name: {one.get("id") for one in elements(tree)}
            for name, tree in self.ebook.trees.items()
        }
        for name, tree in self.ebook.trees.items():
            for element in elements(tree):
                for href in (element.get("href"), element.get("src")):
                    if href is None or is_outward(href):
                        continue
                    file, fragment = resolved(name, href)
                    there = file in self.ebook.files
                    if not there or (fragment and fragment not in ids.get(file, ())):
                        place = self.places.of(name, element)
                        yield problem("E504", place, file=self.file, target=href)


def _stepped(tree: etree._Element, cfi: str) -> etree._Element:
    """Return the element that steps such as /4/2[id] lead to (EPUB CFI 1.1, “Child references”)."""
    for step in _STEP.findall(cfi):
        children = [one for one in tree if isinstance(one.tag, str)]
        at = int(step) // 2 - 1
        if not 0 <= at < len(children):
            break
        tree = children[at]
    return tree
