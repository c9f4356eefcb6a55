"""Preflight: what a printer would stumble over in a PDF, ours or any other.

In: a PDF and a profile: "x4" (for a press, ISO 15930-7), "office" (for an office printer) or
"screen". Out: `Finding`s, or problems. A rule is a row of `RULES`; it is told of once a page.
"""

from __future__ import annotations

import dataclasses
import json
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct
from pikepdf import Pdf

from publish.checks.pdf_reader import Locked, NoPdf, reading
from publish.checks.preflight import colour, document, page
from publish.checks.preflight.marks import reason_of
from publish.checks.preflight.model import File, Finding, Sheet
from publish.checks.preflight.places import Places
from publish.checks.preflight.separations import Inks, inks_of
from publish.checks.subject import Subject
from publish.ground.plain import ADVICE, NotPlain
from publish.ground.problems import Problem, problem
from publish.ground.rules.preflight import PREFLIGHT, PROFILES
from publish.press.boxes import Box

__all__ = [
    "PROFILES",
    "RULES",
    "Finding",
    "NoPdf",
    "as_problem",
    "check",
    "listed",
    "looked",
    "no_pdf",
    "preflight",
    "unopened",
]

_ITS_NAME = "Name a PDF, with its folder."
_ANEW = "Have it sent again, or save it anew with the program that it comes from."
TABLES = {"coversheet": "cover", "booklet": "booklet"}
"""The table of book.toml in which a sheet is described."""
_ALL, _PAPER, _PRESS = frozenset(PROFILES), frozenset(("x4", "office")), frozenset(("x4",))
_SHOWN = 3
"""Places on a page that are named of one finding; JSON has them all."""
T = TypeVar("T")


class Rule(Struct, Generic[T], frozen=True):
    """A rule on a file, or on each page of it: how it looks, for which profiles, and at what."""

    look: Callable[[T], Iterator[Finding]]
    profiles: frozenset[str]
    what: str


OF_FILE: tuple[Rule[File], ...] = (
    Rule(document.pages, _ALL, "its pages"),
    Rule(document.encryption, _PAPER, "whether it is encrypted"),
    Rule(document.scripts, _ALL, "whether it holds scripts"),
    Rule(document.output_intent, _PRESS, "the output intent"),
    Rule(document.metadata, _PRESS, "the metadata"),
    Rule(document.trapped, _PRESS, "whether it has been trapped"),
    Rule(document.fonts, _ALL, "whether its fonts are embedded"),
    Rule(document.sizes, _PAPER, "the sizes of its pages"),
    Rule(document.page_count, _PAPER, "whether its pages suit the binding"),
    Rule(document.leftovers, _PRESS, "whether it holds what has no place in PDF/X-4"),
    Rule(document.inks, _PRESS, "the mixes of its inks"),
)
OF_PAGE: tuple[Rule[Sheet], ...] = (
    Rule(page.content, _ALL, "its content"),
    Rule(page.media, _ALL, "the media box"),
    Rule(page.boxes, _PRESS, "the boxes"),
    Rule(page.notes_and_links, _PRESS, "notes and links"),
    Rule(page.near_trim, _PAPER, "the text near the trim"),
    Rule(page.near_spine, _PAPER, "the text near the spine"),
    Rule(page.areas_near_trim, _PAPER, "the areas near the trim"),
    Rule(page.bleed, _PRESS, "the bleed"),
    Rule(page.undeclared_bleed, _PRESS, "whether the bleed is declared"),
    Rule(page.layers, _PAPER, "the layers that are not printed"),
    Rule(colour.spaces, _PRESS, "the colour spaces"),
    Rule(colour.blending, _PRESS, "the blending of transparency"),
    Rule(colour.pictures, _ALL, "the pixels of pictures"),
    Rule(colour.resolution, _PAPER, "the resolution of pictures"),
    Rule(colour.ink, _PRESS, "the total ink"),
    Rule(colour.black_text, _PRESS, "the black of text"),
    Rule(colour.white_overprint, _PRESS, "the white that overprints"),
    Rule(colour.black_overprint, _PRESS, "the black that overprints"),
    Rule(colour.hairlines, _PAPER, "the hairlines"),
    Rule(colour.registration, _PRESS, "the colour of register marks"),
)
RULES: tuple[Rule[Any], ...] = (*OF_FILE, *OF_PAGE)


def preflight(path: Path, profile: str = "x4", binding: str = "") -> list[Finding]:
    """Return what is found in a PDF, as `looked` does."""
    return looked(path, profile, binding)[0]


def looked(path: Path, profile: str = "x4", binding: str = "") -> tuple[list[Finding], Inks]:
    """Return what is found in a PDF, and the pages of each ink that it prints.

    Raises `NoPdf` only where it cannot be opened at all.
    `binding` is "saddle-stitch" or "perfect" where it is known. A rule that cannot be judged,
    because something in the file is not what the standard says, is a finding itself (F925).
    """
    with ExitStack() as stack:
        with reading(path):
            pdf = stack.enter_context(Pdf.open(path))
            pages = tuple(pdf.pages)
            mended = tuple(pdf.get_warnings())
        stack.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        file = File(path, pdf, pages, binding, mended)
        found = [one for rule in OF_FILE if profile in rule.profiles for one in _found(rule, file)]
        for sheet in file.sheets:
            for rule in OF_PAGE:
                if profile in rule.profiles:
                    found += _found(rule, sheet, sheet.number)
        return _once(found), inks_of(file)


def _found(rule: Rule[T], what: T, number: int | None = None) -> list[Finding]:
    """Return what a rule finds; what it stumbles over itself is told, and the others go on."""
    found: list[Finding] = []
    try:
        for one in rule.look(what):
            found.append(one)
    except Exception as error:
        facts = {"what": rule.what, "reason": reason_of(error)}
        found.append(Finding("F925", number, facts=facts))
    return found


def check(subject: Subject) -> list[Problem]:
    """Return what is found in what goes to the printer; of the inside with its place.

    What is wrong with a page is not told again of the sheet that it lies on.
    """
    binding = subject.book.settings.print.binding
    told: set[tuple[object, ...]] = set()
    found = _of_edition(subject, "print", told, Places(subject), binding)
    found += _of_edition(subject, "coversheet", set())
    return found + _of_edition(subject, "booklet", told)


def _of_edition(
    subject: Subject,
    edition: str,
    told: set[tuple[object, ...]],
    places: Places | None = None,
    binding: str = "",
) -> list[Problem]:
    """Return what is found in an edition and not told yet; without `places`, at its settings."""
    path = subject.fresh(edition)
    if path is None:
        return []
    try:
        looked_at = preflight(path, binding=binding)
    except NoPdf as error:
        return [no_pdf(path, error)]
    found = [one for one in looked_at if one.said not in told]
    told.update(one.said for one in found)
    problems = [as_problem(one, path.name, places) for one in found]
    if places:
        pairs = zip(problems, found, strict=True)
        return [problem.at(one.spot) for problem, one in pairs]
    # Of sheets no page is shown: a place on one is none on the pages.
    span = subject.setting(TABLES[edition])
    return [
        one if PREFLIGHT[one.code].setting else dataclasses.replace(one, span=span)
        for one in problems
    ]


def _once(findings: list[Finding]) -> list[Finding]:
    """Return findings without doubles: the first of those that say the same of a page.

    It knows the other places of which it is said.
    """
    first: dict[tuple[object, ...], Finding] = {}
    for one in findings:
        kept = first.setdefault(one.key, one)
        if one.box is not None and one.box not in (kept.box, *kept.others):
            first[one.key] = dataclasses.replace(kept, others=(*kept.others, one.box))
    return sorted(first.values(), key=lambda one: (one.page or 0, one.code))


def as_problem(found: Finding, file: str, places: Places | None = None) -> Problem:
    """Return a finding as a problem; `places` knows where in the manuscript things stand."""
    place = file if found.page is None else f"{file}, page {found.page}"
    if found.box is not None:
        shown = [_room(box) for box in (found.box, *found.others)]
        if (more := len(shown) - _SHOWN) > 0:
            shown[_SHOWN:] = [f"{more} more"]
        *most, last = shown
        place += f" (at {', '.join(most)} and {last})" if most else f" (at {last})"
    span = places.of(found.page, found.box) if places else None
    if places and span is None and not PREFLIGHT[found.code].setting:
        span = places.start(found.page)
    return problem(found.code, span, place=place, **found.facts)


def _room(box: Box) -> str:
    left, foot, right, head = box
    return f"{left:g}–{right:g} × {foot:g}–{head:g} mm"


def listed(findings: list[Finding], file: str, inks: Inks) -> str:
    """Return findings and inks as JSON.

    An ink has the pages on which it prints, from 1; a finding its page, and its rectangle (`null`
    for none): left, foot, right and head in mm from the lower left corner of the trim, as the page
    lies in the file, whichever way a reader turns it.
    """
    rows = []
    for one in findings:
        told = as_problem(one, file)
        row: dict[str, object] = {
            "code": one.code,
            "severity": told.severity,
            "page": one.page,
            "box": one.box,
        }
        row["others"] = list(one.others)
        rows.append(row | {"message": told.message, "hint": told.hint})
    told_of = {"file": file, "inks": inks, "findings": rows}
    return json.dumps(told_of, ensure_ascii=False, indent=1)


def no_pdf(path: Path, error: NoPdf) -> Problem:
    """Return the problem of a file of ours that is no PDF."""
    return problem("P403", None, file=path.name, reason=str(error))


def unopened(error: NoPdf | OSError) -> Finding:
    """Return what is found of any file that cannot be looked into."""
    if isinstance(error, Locked):
        return Finding("F926")
    if isinstance(error, FileNotFoundError):
        return Finding("F927", facts={"reason": "there is no such file", "advice": _ITS_NAME})
    if isinstance(error, IsADirectoryError):
        return Finding("F927", facts={"reason": "it is a folder", "advice": _ITS_NAME})
    if isinstance(error, NotPlain):
        return Finding("F927", facts={"reason": error.strerror or "", "advice": ADVICE})
    if isinstance(error, OSError):
        facts = {"reason": error.strerror or str(error), "advice": "Look at the file’s rights."}
        return Finding("F927", facts=facts)
    reason = f"it is no PDF, or a damaged one: {error}"
    return Finding("F927", facts={"reason": reason, "advice": _ANEW})
