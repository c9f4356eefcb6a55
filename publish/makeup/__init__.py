"""The make-up of laid-out pages judged: what a compositor would mend before it goes to press.

In: the pages of the print edition, the lines that `pagemap` read from them, the book, its sources
and `[layout]`. Out: problems of the family L, each with its page, line, rectangle and line of the
manuscript. How bad each is, `graded` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from publish.book.languages import rules_of
from publish.book.model import Book
from publish.engine.parts import Pages
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile, Span
from publish.makeup.figures import figure_faults, note_faults
from publish.makeup.lines import line_faults
from publish.makeup.model import Fault, apart, rows_of
from publish.makeup.rivers import river_faults
from publish.makeup.sheets import last_lines, sheet_faults, sheet_of
from publish.pages.pagemap import Line
from publish.settings.layout import LayoutSettings
from publish.text.folios import Folios

__all__ = ["CODES", "graded", "makeup"]

CODES: Mapping[str, str] = MappingProxyType(
    {
        "widow": "L001",
        "orphan": "L002",
        "runt": "L003",
        "ladder": "L004",
        "loose": "L005",
        "tight": "L006",
        "river": "L007",
        "page_hyphen": "L008",
        "bad_break": "L009",
        "repeat": "L010",
        "heading": "L011",
        "depth": "L012",
        "picture": "L013",
        "note": "L014",
        "overfull": "P415",  # told by `page_findings`, in a build already
    }
)
"""The code of each fault of `[layout]`."""


def makeup(
    book: Book,
    pages: Pages,
    lines: Sequence[Line],
    sources: Mapping[str, SourceFile],
    folios: Folios,
) -> list[Problem]:
    """Return all that is wrong with the make-up of pages, by the limits of the book's settings."""
    limits = book.settings.layout.limits
    rows, sheets = rows_of(lines), [sheet_of(page) for page in pages.boxes]
    faults = [
        *line_faults([*rows, *apart(lines)], limits, rules_of(book.settings.language)),
        *river_faults(rows, limits.river),
        *last_lines([*sheet_faults(rows, sheets, limits)], rows),
        *figure_faults(book, lines, pages, limits),
        *note_faults(lines, pages),
    ]
    return [_problem(fault, sources, folios) for fault in faults]


def _problem(fault: Fault, sources: Mapping[str, SourceFile], folios: Folios) -> Problem:
    spot = fault.spot
    place = f"page {folios.label(spot.page)}" + (f", line {spot.line}" if spot.line else "")
    facts = dict(fault.facts)
    if "at" in facts:
        facts["page"] = folios.label(int(str(facts.pop("at"))))
    found = problem(CODES[fault.name], _span(fault.line, sources), place=place, **facts)
    return found.at(spot)


def _span(line: Line | None, sources: Mapping[str, SourceFile]) -> Span | None:
    """Return what of the manuscript stands on a line."""
    for piece in line.pieces if line else ():
        if piece.stretch and piece.origin.file in sources:
            start, end = piece.stretch
            return sources[piece.origin.file].span(start, max(start, end) + 1)
    return None


def graded(problems: Iterable[Problem], settings: LayoutSettings) -> list[Problem]:
    """Return problems as bad as `[layout]` has them; what is off is left out."""
    wanted = {CODES[name]: severity for name, severity in settings.severities.items()}
    found = []
    for one in problems:
        severity = wanted.get(one.code, one.severity)
        if severity in ("error", "warning"):
            found.append(replace(one, severity=severity))  # type: ignore[arg-type]
    return found
