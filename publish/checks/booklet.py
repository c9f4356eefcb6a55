"""The booklet: all pages of the print PDF on its sheets, once, in their places, at their size.

In: a `Subject`. Out: problems B601. Where a page belongs is reckoned anew here, from the rule of
the saddle stitch: sheet by sheet, the last page that is left and the first lie on one side, the
second and the last but one on the other. Blanks stand before the last page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import pikepdf
from pikepdf import Matrix, Pdf

from publish.checks.pdf_reader import NoPdf, reading
from publish.checks.pdf_text import runs_of
from publish.checks.subject import Subject
from publish.checks.words import squeezed
from publish.geometry import MM
from publish.problems import Problem, problem
from publish.settings import BookletSettings
from publish.wording import direction

TOLERANCE = 0.02
"""Lengths in mm that differ by no more are the same."""
_EXACT = 1e-4
"""What a scale may differ from 1."""
_ADVICE = "Make it anew with “katern build”."


@dataclass(frozen=True, slots=True)
class _Placed:
    """A page on a side of a sheet: its number from 0, the scale, whether it stands on its head."""

    page: int
    scale: float
    turned: bool
    left: float


@dataclass(frozen=True, slots=True)
class _Side:
    """A side of a sheet: its size in mm and its pages as they are painted."""

    size: tuple[float, float]
    placed: tuple[_Placed, ...]


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the booklet."""
    path, source = subject.fresh("booklet"), subject.fresh("print")
    if path is None or source is None:
        return []
    settings = subject.book.settings
    try:
        pages, shown, sides = _texts(source), _texts(path), _sides(path)
    except NoPdf as error:
        return [_wrong(f"it cannot be read: {error}")]
    rtl = direction(settings.language) == "rtl"
    reasons = [
        *_sizes(sides, settings.booklet),
        *_places(sides, imposed(len(pages), rtl)),
        *_shown(sides, pages, shown),
    ]
    return [_wrong(reason) for reason in reasons]


def _wrong(reason: str) -> Problem:
    return problem("B601", None, reason=reason, advice=_ADVICE)


def imposed(pages: int, rtl: bool) -> list[tuple[int | None, int | None]]:
    """Return the pages, left and right, of each side of each sheet, upright."""
    before = max(pages - 1, 1)
    blanks: list[int | None] = [None] * (-pages % 4)
    order: list[int | None] = [*range(before), *blanks, *range(before, pages)]
    sides = []
    for sheet in range(len(order) // 4):
        low, high = 2 * sheet, len(order) - 1 - 2 * sheet
        sides += [(order[high], order[low]), (order[low + 1], order[high - 1])]
    return [(right, left) for left, right in sides] if rtl else sides


def _sides(path: Path) -> list[_Side]:
    with reading(path), Pdf.open(path) as pdf:
        return [_side(page) for page in pdf.pages]


def _side(page: pikepdf.Page) -> _Side:
    left, foot, right, head = (float(side) / MM for side in page.mediabox)
    return _Side((right - left, head - foot), tuple(_placements(page)))


def _placements(page: pikepdf.Page) -> Iterator[_Placed]:
    """Yield the pages of a side; each is a form that is painted under a matrix of its own."""
    matrices, now = [], Matrix()
    for step in pikepdf.parse_content_stream(page, "q Q cm Do"):
        name, operands = str(step.operator), step.operands
        if name == "q":
            matrices.append(now)
        elif name == "Q" and matrices:
            now = matrices.pop()
        elif name == "cm":
            now = Matrix(*(float(one) for one in operands)) @ now
        elif name == "Do":
            form = page.resources.XObject[str(operands[0])]
            left, foot, right, head = (float(side) for side in form.BBox)
            middle = now.transform(((left + right) / 2, (foot + head) / 2))
            yield _Placed(int(str(operands[0])[2:]), abs(now.a), now.a < 0, middle[0])


def _sizes(sides: Sequence[_Side], settings: BookletSettings) -> Iterator[str]:
    """Tell of a sheet that is not of the size asked for, and of a page that is not at 100%."""
    for number, side in enumerate(sides, 1):
        if any(
            abs(one - other) > TOLERANCE
            for one, other in zip(sorted(side.size), sorted(settings.sheet), strict=True)
        ):
            wide, high = side.size
            yield f"side {number} is {wide:.1f} × {high:.1f} mm, not the sheet of book.toml"
            return
    if settings.fit != "actual":
        return
    for number, side in enumerate(sides, 1):
        for placed in side.placed:
            if abs(placed.scale - 1) > _EXACT:
                yield f"page {placed.page + 1} is printed at {placed.scale:.1%} on side {number}"
                return


def _places(
    sides: Sequence[_Side], wanted: Sequence[tuple[int | None, int | None]]
) -> Iterator[str]:
    """Tell of sides that are too many or too few, and of the first with a page out of place."""
    if len(sides) != len(wanted):
        yield f"it has {len(sides)} sides, not {len(wanted)}"
    for number, (side, pages) in enumerate(zip_longest(sides, wanted), 1):
        if side is None or pages is None:
            return
        there = [one.page for one in sorted(side.placed, key=lambda one: one.left)]
        upright = [page for page in pages if page is not None]
        if any(one.turned for one in side.placed):
            upright.reverse()
        if there != upright:
            yield f"side {number} has {_named(there)}, not {_named(upright)}"
            return


def _named(pages: Sequence[int]) -> str:
    return " and ".join(f"page {page + 1}" for page in pages) or "no page"


def _texts(path: Path) -> list[str]:
    return ["".join(squeezed(run.text) for run in runs) for runs in runs_of(path)]


def _shown(sides: Sequence[_Side], pages: Sequence[str], shown: Sequence[str]) -> Iterator[str]:
    """Tell of a side that does not show the words of the pages that lie on it."""
    for number, (side, text) in enumerate(zip(sides, shown, strict=False), 1):
        if text != "".join(pages[one.page] for one in side.placed if one.page < len(pages)):
            yield f"side {number} does not show the words of its pages"
            return
