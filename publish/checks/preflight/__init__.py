"""Preflight: what a printer would stumble over in a PDF, ours or any other.

In: a PDF and a profile: "x4" (for a press, ISO 15930-7), "office" (for an office printer) or
"screen". Out: `Finding`s, or problems. A rule is a row of `RULES`; it is told of once a page.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
from pikepdf import Pdf

from publish.checks.pdf_reader import NoPdf, reading
from publish.checks.preflight import colour, document, page
from publish.checks.preflight.model import File, Finding
from publish.checks.preflight.places import Places
from publish.checks.subject import Subject
from publish.problems import Problem, problem

__all__ = [
    "PROFILES",
    "RULES",
    "Finding",
    "NoPdf",
    "as_problem",
    "check",
    "listed",
    "no_pdf",
    "preflight",
]

Rule = Callable[[File], Iterator[Finding]]
PROFILES = ("x4", "office", "screen")
_ALL, _PAPER, _PRESS = frozenset(PROFILES), frozenset(("x4", "office")), frozenset(("x4",))

RULES: tuple[tuple[Rule, frozenset[str]], ...] = (
    (document.encryption, _PAPER),
    (document.scripts, _ALL),
    (document.output_intent, _PRESS),
    (document.metadata, _PRESS),
    (document.trapped, _PRESS),
    (document.fonts, _ALL),
    (document.sizes, _PAPER),
    (document.page_count, _PAPER),
    (document.leftovers, _PRESS),
    (page.boxes, _PRESS),
    (page.notes_and_links, _PRESS),
    (page.near_trim, _PAPER),
    (page.near_spine, _PAPER),
    (page.bleed, _PRESS),
    (colour.spaces, _PRESS),
    (colour.blending, _PRESS),
    (colour.resolution, _PAPER),
    (colour.ink, _PRESS),
    (colour.black_text, _PRESS),
    (colour.white_overprint, _PRESS),
    (colour.hairlines, _PAPER),
    (colour.registration, _PRESS),
)


def preflight(path: Path, profile: str = "x4", binding: str = "") -> list[Finding]:
    """Return what is found in a PDF; raises `NoPdf` for what is none, or a damaged one.

    `binding` is "saddle-stitch" or "perfect" where it is known.
    """
    with reading(path), Pdf.open(path) as pdf, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawn = pypdfium2.PdfDocument(path)
        try:
            file = File(pdf, drawn, binding)
            rules = (rule for rule, profiles in RULES if profile in profiles)
            return _once([found for rule in rules for found in rule(file)])
        finally:
            drawn.close()


def check(subject: Subject) -> list[Problem]:
    """Return what is found in what goes to the printer; of the inside with its place."""
    return [
        *_looked(subject.fresh("print"), Places(subject)),
        *_looked(subject.fresh("coversheet"), None),
    ]


def _looked(path: Path | None, places: Places | None) -> list[Problem]:
    try:
        found = preflight(path) if path else []
        name = path.name if path else ""
        told = [as_problem(one, name, places) for one in found]
        # Of the cover sheet no page is shown: a place on it is none on the pages.
        return [
            one.at(found.spot) if places else one for one, found in zip(told, found, strict=True)
        ]
    except NoPdf:
        return []  # “pages” and “cover sheet” tell what is wrong with it


def _once(findings: list[Finding]) -> list[Finding]:
    """Return findings without doubles: the first of those that say the same of a page."""
    first: dict[tuple[object, ...], Finding] = {}
    for one in findings:
        first.setdefault(one.key, one)
    return sorted(first.values(), key=lambda one: (one.page or 0, one.code))


def as_problem(found: Finding, file: str, places: Places | None = None) -> Problem:
    """Return a finding as a problem; `places` knows where in the manuscript things stand."""
    place = file if found.page is None else f"{file}, page {found.page}"
    if found.box is not None:
        left, foot, right, head = found.box
        place += f" (at {left:g}–{right:g} × {foot:g}–{head:g} mm)"
    span = places.of(found.page, found.box) if places else None
    return problem(found.code, span, place=place, **found.facts)


def listed(findings: list[Finding], file: str) -> str:
    """Return findings as JSON: each with its page and its rectangle in mm (`null` for none)."""
    rows = []
    for one in findings:
        told = as_problem(one, file)
        row = {"code": one.code, "severity": told.severity, "page": one.page, "box": one.box}
        rows.append(row | {"message": told.message, "hint": told.hint})
    return json.dumps({"file": file, "findings": rows}, ensure_ascii=False, indent=1)


def no_pdf(path: Path, error: NoPdf) -> Problem:
    """Return the problem of a file that is no PDF."""
    return problem("P403", None, file=path.name, reason=str(error))
