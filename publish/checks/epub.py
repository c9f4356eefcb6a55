"""The e-book: what EPUBCheck and Ace find, the words, the contents, the alt texts, the links.

In: a `Subject`. Out: problems E501 to E506, E511 to E517 and P404, each at the place in the
manuscript that the finding comes from, as near as it can be told: a document of the e-book is a
chapter's file, and an element of it is found back by its words.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

from publish.book import Book, Chapter
from publish.captions import SUFFIXES
from publish.checks import ace, epubcheck
from publish.checks.epub_access import check_access
from publish.checks.epub_pictures import check_pictures_in
from publish.checks.epub_reader import (
    OPS,
    SVG,
    XHTML,
    Ebook,
    NoEbook,
    elements,
    is_outward,
    read_ebook,
    resolved,
    text_of,
)
from publish.checks.subject import Subject
from publish.checks.words import Unit, Word, chapter_units, quoted, squeezed, words_of
from publish.contents import Entry, contents
from publish.epub_documents import chapter_files
from publish.extract import extract_of
from publish.placing import moved
from publish.problems import Problem, problem
from publish.source import Span

_PLACE = re.compile(r"\((?P<file>[^\s():]+\.\w+):(?P<line>\d+)")
_EXPECTED = re.compile(r"; expected (?:attribute|element|the element|one of)[^()]*(?=\s\(|$)")
_STEP = re.compile(r"/(\d+)")
_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
_WORDS_TOLD = 6
"""A place is found back by so many words."""


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
    return [
        *(comparison.placed(one) for one in epubcheck.run(path)),
        *comparison.accessibility(path),
        *comparison.documents(),
        *comparison.words(),
        *comparison.contents(),
        *comparison.alt_texts(),
        *comparison.links(),
        *check_access(path.name, ebook, subject.book.settings.accessibility),
        *check_pictures_in(path.name, ebook),
    ]


class _Comparison:
    """Compares one e-book with the manuscript."""

    def __init__(self, subject: Subject, file: str, ebook: Ebook, book: Book) -> None:
        self.subject = subject
        self.file = file
        self.ebook = ebook
        self.book = book
        folder = ebook.nav.rpartition("/")[0]
        names = chapter_files(self.book)
        prefix = f"{folder}/" if folder else ""
        self.chapters = {f"{prefix}{names[one.name]}": one for one in self.book.chapters}

    # Places ----------------------------------------------------------------------------------

    def placed(self, found: Problem) -> Problem:
        """Return a finding of EPUBCheck with the place in the manuscript that it comes from."""
        message = _EXPECTED.sub("", found.message)
        match = _PLACE.search(message)
        span = self.place(match["file"], int(match["line"])) if match else None
        return dataclasses.replace(found, message=message, span=span)

    def place(self, name: str, line: int) -> Span | None:
        """Return the place in the manuscript of a line of one of the e-book's documents."""
        tree = self.ebook.trees.get(name)
        if tree is None:
            return None
        before = [one for one in elements(tree) if (one.sourceline or 0) <= line]
        return self.place_of(name, before[-1] if before else tree)

    def place_of(self, name: str, element: etree._Element) -> Span | None:
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
            words = [word.value for word in words_of(text_of(at))]
            span = self.span_of(words[:_WORDS_TOLD], units) if words else None
            if span:
                return span
            at = at.getparent()
        return Span(chapter.file)

    def span_of(self, words: Sequence[str], units: Sequence[Unit]) -> Span | None:
        """Return where most of some words stand in a chapter, one after the other."""
        best: tuple[int, Unit, int] | None = None
        for unit in units:
            there = words_of(unit.text)
            for at, word in enumerate(there):
                if word.value == words[0]:
                    same = _same_words(words, [one.value for one in there[at : at + len(words)]])
                    if best is None or same > best[0]:
                        best = same, unit, word.at
        return best[1].place(best[2], self.subject.sources) if best else None

    # Checks ----------------------------------------------------------------------------------

    def accessibility(self, path: Path) -> Iterator[Problem]:
        """Check with Ace, where it can be run; elsewhere the report says that it was not."""
        for found in ace.run(path) if not ace.tools().lack else ():
            name = found.document
            if name not in self.ebook.trees:
                name = resolved(self.ebook.nav, name)[0]
            tree = self.ebook.trees.get(name) if found.document else None
            span = self.place_of(name, _stepped(tree, found.cfi)) if tree is not None else None
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

    def words(self) -> Iterator[Problem]:
        """Check that each chapter has the words of the manuscript, all of them, in their order."""
        for name, chapter in self.chapters.items():
            tree = self.ebook.trees.get(name)
            body = tree.find(f"{XHTML}body") if tree is not None else None
            if body is not None:
                yield from self.compared(chapter, words_of(text_of(body)))

    def compared(self, chapter: Chapter, found: Sequence[Word]) -> Iterator[Problem]:
        """Compare the words of a chapter with those of its document."""
        units = chapter_units(self.book, chapter)
        wanted = [(word, unit) for unit in units for word in words_of(unit.text)]
        there, here = [one.value for one in found], [word.value for word, _ in wanted]
        if there == here:
            return
        for kind, low, high, start, end in _differences(here, there):
            word, unit = wanted[min(low, len(wanted) - 1)] if wanted else (Word("", 0), None)
            place = unit.place(word.at, self.subject.sources) if unit else Span(chapter.file)
            reason = f"{quoted(here[low:high])} is lost"
            if kind == "insert":
                reason = f"{quoted(there[start:end])} is not in it"
            elif kind == "replace":
                reason = f"{quoted(here[low:high])} has become {quoted(there[start:end])}"
            yield problem("P404", place, file=self.file, reason=reason, advice=_ADVICE)

    def contents(self) -> Iterator[Problem]:
        """Check the nav and the NCX against the headings."""
        wanted = list(_wanted(contents(self.book, self.book.settings.epub.contents_depth), 1))
        if not wanted:
            return
        for name in (self.ebook.nav, self.ebook.ncx):
            listed = _nav_rows if name == self.ebook.nav else _ncx_rows
            rows = listed(self.ebook.trees[name]) if name else []
            reason = self.unlike(name, rows, wanted)
            if reason:
                yield problem("E506", None, file=f"{self.file}: {name}", reason=reason)

    def unlike(self, name: str, rows: Sequence[Row], wanted: Sequence[Heading]) -> str:
        """Return how the entries of a table of contents differ from the headings; "" if not."""
        files = {chapter.name: file for file, chapter in self.chapters.items()}
        for (level, title, href), (depth, entry) in zip(rows, wanted, strict=False):
            if (level, squeezed(title)) != (depth, squeezed(entry.title)):
                return f"“{title}” stands where “{entry.title}” should"
            file, fragment = resolved(name, href)
            ids = ("", entry.id) if entry.level == 1 else (entry.id,)
            if file != files[entry.chapter] or fragment not in ids:
                return f"“{title}” leads to {href}"
        if len(rows) < len(wanted):
            return f"“{wanted[len(rows)][1].title}” is missing"
        return f"“{rows[len(wanted)][1]}” is too many" if len(rows) > len(wanted) else ""

    def alt_texts(self) -> Iterator[Problem]:
        """Check that no alt text is the name of a file."""
        for name, tree in self.ebook.trees.items():
            for image in tree.iter(f"{XHTML}img", f"{SVG}svg"):
                alt = (image.get("alt") or image.get("aria-label") or "").strip()
                if alt.lower().endswith(SUFFIXES):
                    yield problem("E505", self.photo_of(name, image), file=self.file, alt=alt)

    def photo_of(self, name: str, image: etree._Element) -> Span | None:
        """Return where the picture that an element shows stands in captions.toml."""
        stem = image.get("src", "").rpartition("/")[2].rpartition(".")[0]
        photo = self.book.photos.get(stem or image.get("id", "").rpartition("--")[0])
        return photo.span if photo else self.place_of(name, image)

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
                        place = self.place_of(name, element)
                        yield problem("E504", place, file=self.file, target=href)


_ADVICE = "Look there in the edition, and make it anew with “katern build”."
Row = tuple[int, str, str]
"""An entry of a table of contents: level, words, where it leads."""
Heading = tuple[int, Entry]
Difference = tuple[str, int, int, int, int]
"""What became of the words from one place to another, and from where to where they stand now."""


def _stepped(tree: etree._Element, cfi: str) -> etree._Element:
    """Return the element that steps such as /4/2[id] lead to (EPUB CFI 1.1, “Child references”)."""
    for step in _STEP.findall(cfi):
        children = [one for one in tree if isinstance(one.tag, str)]
        at = int(step) // 2 - 1
        if not 0 <= at < len(children):
            break
        tree = children[at]
    return tree


def _same_words(first: Sequence[str], second: Sequence[str]) -> int:
    """Return how many words two runs begin with alike."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))


def _differences(first: Sequence[str], second: Sequence[str]) -> Iterator[Difference]:
    """Yield what differs between two runs of words; only the part between like ends is compared."""
    head = 0
    while head < min(len(first), len(second)) and first[head] == second[head]:
        head += 1
    tail = 0
    while tail < min(len(first), len(second)) - head and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    middle = first[head : len(first) - tail], second[head : len(second) - tail]
    if max(map(len, middle)) > _LONG:
        yield "replace", head, len(first) - tail, head, len(second) - tail
        return
    for kind, low, high, start, end in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        if kind != "equal":
            yield kind, low + head, high + head, start + head, end + head


_LONG = 4000
"""Words; beyond it the comparison of two runs takes too long to be of use."""


def _wanted(entries: Sequence[Entry], level: int) -> Iterator[Heading]:
    for entry in entries:
        yield level, entry
        yield from _wanted(entry.children, level + 1)


def _nav_rows(tree: etree._Element) -> list[Row]:
    """Return the entries of the nav's table of contents (EPUB 3.3, “The toc nav element”)."""
    navs = [one for one in tree.iter(f"{XHTML}nav") if one.get(f"{OPS}type") == "toc"]
    return list(_list_rows(navs[0].find(f"{XHTML}ol"), 1)) if navs else []


def _list_rows(items: etree._Element | None, level: int) -> Iterator[Row]:
    for item in items.iterfind(f"{XHTML}li") if items is not None else ():
        link = item.find(f"{XHTML}a")
        if link is not None:
            yield level, "".join(link.itertext()), link.get("href", "")
        yield from _list_rows(item.find(f"{XHTML}ol"), level + 1)


def _ncx_rows(tree: etree._Element) -> list[Row]:
    """Return the entries of an NCX."""
    start = tree.find(f"{_NCX}navMap")
    return list(_point_rows(start, 1)) if start is not None else []


def _point_rows(parent: etree._Element, level: int) -> Iterator[Row]:
    for point in parent.iterfind(f"{_NCX}navPoint"):
        label, content = point.find(f"{_NCX}navLabel/{_NCX}text"), point.find(f"{_NCX}content")
        words = (label.text or "") if label is not None else ""
        yield level, words, content.get("src", "") if content is not None else ""
        yield from _point_rows(point, level + 1)
