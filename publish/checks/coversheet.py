"""The cover for the printer: one sheet, as wide as the inside that it is folded around asks.

In: a `Subject`. Out: problems P403, P405 and P442. The pages are counted, and the spine is
measured, in the PDFs themselves.
"""

from __future__ import annotations

import dataclasses

from msgspec.structs import replace

from publish.checks.pdf import TOLERANCE, box_fault, read_facts
from publish.checks.pdf_reader import NoPdf, facts_of
from publish.checks.subject import Subject
from publish.cover.flat import flat_of
from publish.ground.problems import Problem, problem
from publish.ground.rules import RULES


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the cover sheet, each at a line of book.toml."""
    span = subject.setting("cover")
    found = _problems(subject)
    return [
        one if RULES[one.code].setting else dataclasses.replace(one, span=span) for one in found
    ]


def _problems(subject: Subject) -> list[Problem]:
    path = subject.fresh("coversheet")
    facts, problems = read_facts(path)
    if path is None or facts is None or not facts.pages:
        return problems
    file, sheet, settings = path.name, facts.pages[0], subject.book.settings
    if len(facts.pages) != 1:
        reason = f"there are {len(facts.pages)} of them, and a cover is one sheet"
        problems.append(problem("P405", None, file=file, page=2, reason=reason))
    pages, trim = _pages(subject), sheet.boxes["trim"]
    flat = flat_of(settings, pages or 0)
    if trim is not None:
        spine = round(trim[2] - trim[0] - replace(flat, spine=0.0).size[0], 2)
        if pages and abs(spine - flat.spine) > TOLERANCE:
            found = problem("P442", None, file=file, spine=spine, pages=pages, wanted=flat.spine)
            return [*problems, found]
        flat = replace(flat, spine=spine)
    reason = box_fault(sheet, flat.size, settings.print.bleed)
    if reason:
        problems.append(problem("P405", None, file=file, page=1, reason=reason))
    return problems


def _pages(subject: Subject) -> int | None:
    """Return how many pages the inside has; None where it is not there as it is now."""
    path = subject.fresh("print")
    try:
        return len(facts_of(path).pages) if path else None
    except NoPdf:
        return None  # “pages” tells what is wrong with it
