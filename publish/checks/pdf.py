"""The print PDF and the screen PDF by what they say of themselves.

In: a `Subject`. Out: problems P403, P405 and P408 to P411, and of the screen PDF F906 and F920, as
`preflight` has them for print: sound syntax (as qpdf reads it), boxes
(ISO 32000-1, 14.11.2), the number of pages, embedded fonts, labels, bookmarks, and what a screen
reader needs (14.8). What a printer looks at, how many pages he gets too, is found by `preflight`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from publish.book.model import Book
from publish.checks.folding import squeezed
from publish.checks.pdf_reader import Box, NoPdf, PageFacts, PdfFacts, facts_of, faults_of
from publish.checks.subject import Subject
from publish.ground.problems import Problem, problem
from publish.ground.rules.preflight import BINDINGS
from publish.ground.wording import wording
from publish.settings.printing import PrintSettings
from publish.text.contents import Entry, contents
from publish.text.folios import folios_of
from publish.text.footnotes import NoteIds, chapter_after_notes

TOLERANCE = 0.02
"""Lengths in mm that differ by no more are the same: boxes are written in rounded points."""


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the print PDF and of the screen PDF."""
    book = subject.unset("print")
    return [*_print(subject, book), *_screen(subject, book)]


def _print(subject: Subject, book: Book) -> list[Problem]:
    path = subject.fresh("print")
    facts, problems = read_facts(path)
    if path and facts:
        problems += _paged(path.name, facts, book, book.settings.print.bleed)
    return problems


def _screen(subject: Subject, book: Book) -> list[Problem]:
    path = subject.fresh("screen")
    facts, problems = read_facts(path)
    if path and facts:
        problems += _paged(path.name, facts, book, 0)
        problems += _count(path.name, facts, book.settings.print)
        problems += [*_fonts(path.name, facts), *_spoken(path.name, facts, book)]
    return problems


def read_facts(path: Path | None) -> tuple[PdfFacts | None, list[Problem]]:
    """Return the facts of a PDF, None where it is not there or none; P403 tells why."""
    if path is None:
        return None, []
    try:
        facts, faults = facts_of(path), faults_of(path)
    except NoPdf as error:
        return None, [_unsound(path.name, str(error))]
    if not faults:
        return facts, []
    more = f" (and {len(faults) - 1} faults more)" if len(faults) > 1 else ""
    return facts, [_unsound(path.name, f"{faults[0]}{more}")]


def _unsound(file: str, reason: str) -> Problem:
    return problem("P403", None, file=file, reason=reason)


def _paged(file: str, facts: PdfFacts, book: Book, bleed: float) -> list[Problem]:
    """Return the problems that any PDF of the book's pages can have."""
    settings = book.settings.print
    return [
        *_boxes(file, facts, settings, bleed),
        *_labels(file, facts, book),
        *_bookmarks(file, facts, book),
    ]


def _boxes(file: str, facts: PdfFacts, settings: PrintSettings, bleed: float) -> Iterator[Problem]:
    """Check the boxes of each page; pages that are wrong alike are told of once."""
    told = set()
    for page in facts.pages:
        reason = box_fault(page, settings.trim, bleed)
        if reason and reason not in told:
            told.add(reason)
            yield problem("P405", None, file=file, page=page.label, reason=reason)


def box_fault(page: PageFacts, wanted: tuple[float, float], bleed: float) -> str:
    """Return what is wrong with the boxes of a page that is to have a trim (mm); "" for nothing."""
    media, outer, trim = (page.boxes[name] for name in ("media", "bleed", "trim"))
    if media is None or outer is None or trim is None:
        missing = [name for name, box in page.boxes.items() if box is None]
        return f"it has no {' and no '.join(missing)} box"
    if not _same(media[:2], (0, 0)):
        return f"its media box begins at {media[0]:.2f}, {media[1]:.2f} mm, not at zero"
    if not _within(outer, media) or not _within(trim, outer):
        return "the trim does not lie within the bleed, and that within the media box"
    size = trim[2] - trim[0], trim[3] - trim[1]
    if not _same(size, wanted):
        wide, high = wanted
        return f"it is trimmed to {size[0]:.2f} × {size[1]:.2f} mm, not {wide:g} × {high:g} mm"
    edges = trim[0] - outer[0], trim[1] - outer[1], outer[2] - trim[2], outer[3] - trim[3]
    if not _same(edges, (bleed,) * 4):
        return f"it bleeds {min(edges):.2f} to {max(edges):.2f} mm, not {bleed:g} mm"
    return ""


def _same(first: Sequence[float], second: Sequence[float]) -> bool:
    return all(abs(one - other) <= TOLERANCE for one, other in zip(first, second, strict=True))


def _within(inner: Box, outer: Box) -> bool:
    low = all(outer[side] <= inner[side] + TOLERANCE for side in (0, 1))
    return low and all(inner[side] <= outer[side] + TOLERANCE for side in (2, 3))


def _count(file: str, facts: PdfFacts, settings: PrintSettings) -> Iterator[Problem]:
    """Check that there are as many pages as the binding takes: blank ones are shown as well."""
    pages, unit = len(facts.pages), BINDINGS[settings.binding]
    if pages % unit:
        yield problem("F920", None, place=file, pages=pages, binding=settings.binding, unit=unit)


def _fonts(file: str, facts: PdfFacts) -> Iterator[Problem]:
    return (problem("F906", None, place=file, font=font) for font in facts.loose_fonts)


def _labels(file: str, facts: PdfFacts, book: Book) -> Iterator[Problem]:
    """Check that each page's label is its folio; the first that is not says it all."""
    folios = folios_of(book, {name: page + 1 for name, page in facts.destinations.items()})
    for number, page in enumerate(facts.pages, 1):
        if page.label != folios.label(number):
            yield problem("P408", None, file=file, page=number, label=page.label)
            return


def _bookmarks(file: str, facts: PdfFacts, book: Book) -> Iterator[Problem]:
    """Check the bookmarks against the headings, their levels and their pages."""
    there = [(one.level, squeezed(one.title), one.page, one.title) for one in facts.bookmarks]
    wanted = [
        (level, squeezed(entry.title), facts.destinations.get(entry.id), entry.title)
        for level, entry in _levels(_listed(facts, book), 1)
    ]
    for found, heading in zip_longest(there, wanted):
        if found is None:
            yield _unlike(file, f"“{heading[3]}” is missing")
        elif heading is None:
            yield _unlike(file, f"“{found[3]}” is too many")
        elif found[:2] != heading[:2]:
            yield _unlike(file, f"“{found[3]}” stands where “{heading[3]}” should")
        elif found[2] is None or (heading[2] is not None and found[2] != heading[2]):
            yield _unlike(file, f"“{found[3]}” does not lead to its page")
        else:
            continue
        return


def _listed(facts: PdfFacts, book: Book) -> list[Entry]:
    """Return the contents with the notes at the end, where this edition has them there."""
    entries, name = list(contents(book)), NoteIds(book).section
    if name in facts.destinations:
        before = {chapter.name for chapter in book.chapters[: chapter_after_notes(book)]}
        at = sum(entry.chapter in before for entry in entries)
        entries.insert(at, Entry(wording(book.settings.language).notes, (), "", name, 1))
    return entries


def _levels(entries: Sequence[Entry], level: int) -> Iterator[tuple[int, Entry]]:
    for entry in entries:
        yield level, entry
        yield from _levels(entry.children, level + 1)


def _unlike(file: str, reason: str) -> Problem:
    return problem("P409", None, file=file, reason=reason)


def _spoken(file: str, facts: PdfFacts, book: Book) -> Iterator[Problem]:
    """Check what a screen reader needs: tags, the language, the title in the window's bar."""
    lacking = {
        "its structure, for it has no tags": not facts.tagged,
        "its language": facts.language != book.settings.language,
        "its title": squeezed(facts.title) != squeezed(book.settings.title)
        or not facts.shows_title,
    }
    return (problem("P411", None, file=file, what=what) for what, is_so in lacking.items() if is_so)
