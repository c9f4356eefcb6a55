"""The words of the e-book and of its extract: those of the manuscript, all of them, in order.

In: a `Subject`. Out: problems P404, at the words in the manuscript that are lost, have become
others, or stand there and should not; E503 for what is no e-book. A chapter is compared with its
document, and not again where neither has changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from lxml import etree

from publish.book.model import Book, Chapter
from publish.checks.epub_reader import XHTML, Ebook, NoEbook, read_ebook, text_of
from publish.checks.folding import Word, folded, quoted, words_of
from publish.checks.subject import Subject
from publish.checks.verdicts import Verdicts
from publish.checks.words import Unit, chapter_units
from publish.epub.documents import chapter_files
from publish.epub.extract import extract_of
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.pages.placing import moved
from publish.standing.state import digest

_ADVICE = "Look there in the edition, and make it anew with “katern build”."
Difference = tuple[str, int, int, int, int]
"""What became of the words from one place to another, and from where to where they stand now."""
_LONG = 4000
"""Words; beyond it the comparison of two runs takes too long to be of use."""


def compared(subject: Subject, name: str, path: Path) -> list[Problem]:
    """Return the problems of the words of an e-book, or of its extract."""
    book = moved(subject.unset("epub"), subject.moves)
    book = extract_of(book) if name == "extract" else book
    try:
        ebook = read_ebook(path)
    except NoEbook as error:
        return [problem("E503", None, file=path.name, reason=error)]
    verdicts = Verdicts(subject.shop.shelf.part("read"), path.name, repr(etree.LXML_VERSION))
    found = list(EpubWords(subject, path.name, ebook, book).problems(verdicts))
    verdicts.keep()
    return found


def chapters_in(ebook: Ebook, book: Book) -> Mapping[str, Chapter]:
    """Return the chapters of a book by the names that their documents have in an e-book of it."""
    folder, names = ebook.nav.rpartition("/")[0], chapter_files(book)
    prefix = f"{folder}/" if folder else ""
    return {f"{prefix}{names[one.name]}": one for one in book.chapters}


class EpubWords:
    """Compares the words of one e-book with those of the manuscript."""

    def __init__(self, subject: Subject, file: str, ebook: Ebook, book: Book) -> None:
        self.subject = subject
        self.file = file
        self.ebook = ebook
        self.book = book
        self.chapters = chapters_in(ebook, book)

    def problems(self, verdicts: Verdicts | None = None) -> Iterator[Problem]:
        """Yield where a chapter has not the words of the manuscript, all of them, in order.

        `verdicts` are those on chapters of which neither words nor document have changed.
        """
        for name, chapter in self.chapters.items():
            tree = self.ebook.trees.get(name)
            body = tree.find(f"{XHTML}body") if tree is not None else None
            if body is None:
                continue
            units = chapter_units(self.book, chapter)
            key = digest(self.ebook.files[name], repr([unit.text for unit in units]))
            if verdicts and verdicts.has(key):
                continue
            problems = list(self.compared(chapter, units, text_of(body)))
            if verdicts and not problems:
                verdicts.add(key)
            yield from problems

    def compared(self, chapter: Chapter, units: Sequence[Unit], document: str) -> Iterator[Problem]:
        """Compare the words of a chapter, unit by unit, with those of its document."""
        if folded(document) == [word for unit in units for word in folded(unit.text)]:
            return
        there = [word.value for word in words_of(document)]
        wanted = [(word, unit) for unit in units for word in words_of(unit.text)]
        here = [word.value for word, _ in wanted]
        for kind, low, high, start, end in _differences(here, there):
            word, unit = wanted[min(low, len(wanted) - 1)] if wanted else (Word("", 0), None)
            place = unit.place(word.at, self.subject.sources) if unit else Span(chapter.file)
            reason = f"{quoted(here[low:high])} is lost"
            if kind == "insert":
                reason = f"{quoted(there[start:end])} is not in it"
            elif kind == "replace":
                reason = f"{quoted(here[low:high])} has become {quoted(there[start:end])}"
            yield problem("P404", place, file=self.file, reason=reason, advice=_ADVICE)


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
