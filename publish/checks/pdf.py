"""The print PDF and the screen PDF by what they say of themselves.

In: a `Subject`. Out: problems P403 and P405 to P411: sound syntax (as qpdf reads it), boxes (ISO
32000-1, 14.11.2), pages for whole sheets, embedded fonts, labels, bookmarks, text in the inks of the
press, and what a screen reader needs (14.8).
"""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import PdfError

from publish.book import Book, plain
from publish.checks.pdf_inks import foreign_inks
from publish.checks.pdf_reader import Box, PageFacts, PdfFacts, facts_of
from publish.checks.subject import Subject
from publish.checks.words import squeezed
from publish.contents import contents, flat
from publish.problems import Problem, problem
from publish.settings import PrintSettings

TOLERANCE = 0.02
"""Lengths in mm that differ by no more are the same: boxes are written in rounded points."""


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the print PDF and of the screen PDF."""
    problems: list[Problem] = []
    for name in ("print", "screen"):
        path = subject.fresh(name)
        if path is None:
            continue
        try:
            facts = facts_of(path)
        except PdfError as error:
            reason = str(error).removeprefix(f"{path}: ")
            problems.append(problem("P403", None, file=path.name, reason=reason))
            continue
        book, settings = subject.unset("print"), subject.book.settings
        problems += [problem("P403", None, file=path.name, reason=fault) for fault in facts.faults]
        problems += _whole(path.name, facts, settings.print)
        problems += _boxes(path.name, facts, settings.print, settings.print.bleed, name == "screen")
        problems += _labels(path.name, facts)
        problems += _bookmarks(path.name, facts, book)
        if name == "print":
            problems += _inks(path.name, foreign_inks(path))
        else:
            problems += _spoken(path.name, facts, book)
    return problems
