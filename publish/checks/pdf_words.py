"""The words of the print PDF and the screen PDF: those of the manuscript, all of them, in order.

In: a `Subject`. Out: problems P404, at the words in the manuscript that are lost, P412 for a page
that the contents give wrongly, and P403 where the text cannot be read. What a page shows besides
the words is told apart first: running heads and folios by where they stand, cover, title page,
imprint and contents by their pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import pikepdf

from publish.book.model import Book
from publish.checks.folding import folded, quoted, squeezed, words_of
from publish.checks.note_units import printed_groups
from publish.checks.passages import Passage, Proof, as_written, passages, tile
from publish.checks.pdf_reader import NoPdf, PdfFacts, facts_of
from publish.checks.pdf_text import PdfText, Run, RunsByPage, runs_of
from publish.checks.subject import Subject
from publish.checks.tiles import Tiling
from publish.checks.tiling import tiled
from publish.checks.type_area import TypeArea, running_heads, without
from publish.checks.verdicts import Verdicts
from publish.checks.words import Paging, Unit
from publish.ground.problems import Problem, problem
from publish.ground.records import fields_of
from publish.ground.root import BookRoot
from publish.ground.source import Span
from publish.ground.wording import direction, wording
from publish.pictures.svg import Unusable, parsed
from publish.text.contents import contents, flat

_TELLING = 24
"""So many characters of the first text tell on which page it begins."""
_ADVICE = "Look there in the edition; a text that no page has room for is left out."
_SVG_TEXT = "{http://www.w3.org/2000/svg}text"


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the words on the pages of the print PDF and the screen PDF."""
    paths = (subject.fresh(name) for name in ("print", "screen"))
    return [found for path in paths if path for found in compared(subject, path)]


def compared(subject: Subject, path: Path) -> list[Problem]:
    """Return the problems of the words of one PDF."""
    try:
        facts = facts_of(path)
    except NoPdf:
        return []  # `pdf` tells of a file that is no PDF.
    leftward = direction(subject.book.settings.language) == "rtl"
    verdicts = Verdicts(subject.shop.shelf.part("read"), path.name, pikepdf.__version__)
    try:
        with PdfText(path, leftward) as text:
            found = _Comparison(subject, path.name, facts, text)
            proof = Proof(path, leftward, found.area, [page.label for page in facts.pages])
            if proof.holds(found.passages(), verdicts):
                return list(found.around())
        return _Comparison(subject, path.name, facts, runs_of(path, leftward)).problems()
    except NoPdf as error:
        # A PDF that opens may have text that nobody can read.
        return [problem("P403", None, file=path.name, reason=str(error))]


class _Comparison:
    """Compares the pages of one PDF with the manuscript."""

    def __init__(self, subject: Subject, file: str, facts: PdfFacts, pages: RunsByPage) -> None:
        self.subject = subject
        self.file = file
        self.facts = facts
        self.pages = pages
        self.book = subject.unset("print")
        paging = Paging(_labels(facts), drawn_texts(self.book, BookRoot(subject.folder)))
        self.groups = printed_groups(self.book, paging)
        self.units = [unit for _, units in self.groups for unit in units]
        self.area = TypeArea(subject.shop.room.page, running_heads(self.book))

    def passages(self) -> list[Passage]:
        """Return what begins on a page of its own, with its pages."""
        return passages(self.groups, self.facts.destinations, *self.text_pages)

    def problems(self) -> list[Problem]:
        """Return what is lost, what is strange, and what the contents say wrongly."""
        first, last = self.text_pages
        numbers = range(first, last)
        read = [as_written(self.pages[at], self.known, any_order=True) for at in numbers]
        pages = [
            self.area.texts(runs, self.facts.pages[at].label)
            for at, runs in zip(numbers, read, strict=True)
        ]
        tiling = tiled([tile(unit) for unit in self.units], pages)
        return [*self.lost(tiling), *self.strange(tiling, first), *self.around()]

    def around(self) -> Iterator[Problem]:
        """Yield what is wrong on the pages before the text and after it."""
        first, last = self.text_pages
        before = [self.runs(at) for at in range(first)]
        after = [self.runs(at) for at in range(last, len(self.pages))]
        yield from self.strange_around([*before, *after])
        yield from self.contents(before)

    def runs(self, number: int) -> list[Run]:
        """Return the runs of a page as they are written in the manuscript."""
        return as_written(self.pages[number], self.known)

    @cached_property
    def known(self) -> str:
        """Return the words of the manuscript."""
        return " ".join(squeezed(unit.text) for unit in self.units)

    @cached_property
    def text_pages(self) -> tuple[int, int]:
        """Return the first page of the text itself, and the page after the last one."""
        length = len(self.pages)
        last = length - 1 if self.book.settings.print.cover == "self" else length
        title = self.book.chapters[0].title
        if title:
            return min(self.facts.destinations.get(title.attrs.id, last), last), last
        # What has no title has no name to be found by; the text begins on a right-hand page.
        text = next((squeezed(unit.text) for unit in self.units if unit.required), "")
        for number in range(0, last, 2):
            runs = [squeezed(run.text) for run in self.runs(number)]
            if any("".join(runs[at:]).startswith(text[:_TELLING]) for at in range(len(runs))):
                return number, last
        return last, last

    def lost(self, tiling: Tiling) -> Iterator[Problem]:
        """Tell of what is lost; texts that follow each other are told of as one."""
        passages: list[list[tuple[int, int, int]]] = []
        for index, start, end in tiling.lost:
            before = passages[-1][-1][0] if passages else -2
            file = self.units[index].span.file
            if not start and before == index - 1 and self.units[before].span.file == file:
                passages[-1].append((index, start, end))
            else:
                passages.append([(index, start, end)])
        for passage in passages:
            words = [word for part in passage for word in self.words(*part)]
            index, start, _ = passage[0]
            unit = self.units[index]
            place = unit.place(word_at(unit, start), self.subject.sources)
            yield self.problem(place, f"{quoted(words)} is lost")

    def words(self, index: int, start: int, end: int) -> list[str]:
        """Return the words of a unit between two offsets in its squeezed text, as written."""
        unit, at, found = self.units[index], 0, []
        words = words_of(unit.text)
        for number, word in enumerate(words):
            if start <= at < end:
                after = words[number + 1].at if number + 1 < len(words) else len(unit.text)
                found.append(unit.text[word.at : after].replace(chr(0xFFFC), " ").strip())
            at += len(word.value)
        return found

    def strange(self, tiling: Tiling, first: int) -> Iterator[Problem]:
        """Tell of what stands on a page of text and is not in the manuscript."""
        for number, text in tiling.strange:
            shown = text if len(text) <= 40 else f"{text[:40]}…"
            yield self.problem(
                None, f"“{shown}” on page {self.facts.pages[first + number].label} is not in it"
            )

    def strange_around(self, pages: Sequence[Sequence[Run]]) -> Iterator[Problem]:
        """Tell of words on the cover, the title page and the like that the book does not give."""
        known = matter_words(self.book) | {page.label for page in self.facts.pages}
        strange = [word for runs in pages for word in without(words_in(runs), known)]
        if strange:
            yield self.problem(None, f"{quoted(strange)} before or after the text is not in it")

    def contents(self, pages: Sequence[Sequence[Run]]) -> Iterator[Problem]:
        """Check that the printed contents name each heading, in order, with its page.

        For a heading alone there are none.
        """
        text = "".join(squeezed(run.text) for runs in pages for run in runs)
        entries = list(flat(contents(self.book, self.book.settings.print.contents_depth)))
        if len(entries) < 2:
            return
        at = 0
        for entry in entries:
            label = self.facts.label(entry.id)
            found = text.find(squeezed(entry.title) + label, at)
            if found < 0:
                reason = f"“{entry.title}” does not stand there with page {label or '?'}"
                yield problem("P412", None, file=self.file, reason=reason)
                return
            at = found + 1

    def problem(self, place: Span | None, reason: str) -> Problem:
        """Return a problem with the words."""
        return problem("P404", place, file=self.file, reason=reason, advice=_ADVICE)


def _labels(facts: PdfFacts) -> dict[str, str]:
    return {name: facts.label(name) for name in facts.destinations}


def word_at(unit: Unit, squeezed_at: int) -> int:
    """Return where in a unit's text stands what is at an offset of its squeezed text."""
    at = 0
    for word in words_of(unit.text):
        if at + len(word.value) > squeezed_at:
            return word.at
        at += len(word.value)
    return 0


def drawn_texts(book: Book, root: BookRoot) -> Mapping[str, Sequence[str]]:
    """Return the texts in each drawing that has come."""
    found = {}
    for name, photo in book.photos.items():
        if photo.arrived and photo.file.lower().endswith(".svg"):
            try:
                tree = parsed(root.read("photos", photo.file))
            except (OSError, Unusable):
                continue  # Reading the pictures tells of it.
            found[name] = ["".join(text.itertext()) for text in tree.iter(_SVG_TEXT)]
    return found


def words_in(runs: Sequence[Run]) -> list[str]:
    """Return the words of runs."""
    return [word for run in runs for word in folded(run.text)]


def matter_words(book: Book) -> set[str]:
    """Return the words that may stand on the cover, the title page, the imprint and the like."""
    texts = [*_texts(book.settings), *_texts(wording(book.settings.language))]
    texts += [entry.title for entry in flat(contents(book))]
    # Digits below a barcode are set one by one, and above it without a blank before them.
    number = book.settings.identifiers.print
    texts += [number[:1], number[1:7], number[7:], *number]
    texts += [f"ISBN{number.shown}", number.shown] if number else []
    return {word for text in (*texts, "ISBN NUR") for word in folded(text)}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str | int):
        yield str(value)
        return
    parts: Iterable[object] = (getattr(value, name) for name in fields_of(value))
    if isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, tuple | list):
        parts = value
    for one in parts:
        yield from _texts(one)
