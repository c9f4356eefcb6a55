"""The booklet: all pages of the print PDF on its sheets, once, in their places, at their size.

In: a `Subject`. Out: problems B601. The sheets are turned, cut, folded and gathered by a model of
the paper (`leafing`), and then read like the booklet; each page is measured on them (`creep`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from publish.checks.creep import astray
from publish.checks.folding import squeezed
from publish.checks.leafing import Bindery, Printed, Side, leafed
from publish.checks.pdf_reader import NoPdf, reading
from publish.checks.pdf_text import runs_of
from publish.checks.subject import Subject
from publish.ground.problems import Problem, problem
from publish.ground.units import MM
from publish.ground.wording import direction
from publish.press.content import Content
from publish.press.graphics import Graphics
from publish.settings.book_toml import Settings
from publish.settings.booklet import BookletSettings

TOLERANCE = 0.02
"""Lengths in mm that differ by no more are the same."""
_EXACT = 1e-4
"""What a scale may differ from 1."""
_ADVICE = "Make it anew with “katern build”."


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the booklet."""
    path, source = subject.fresh("booklet"), subject.fresh("print")
    if path is None or source is None:
        return []
    settings = subject.book.settings
    try:
        trims = _trims(source)
        pages, shown, sides = _texts(source), _texts(path), _sides(path, trims)
    except NoPdf as error:
        return [_wrong(f"it cannot be read: {error}")]
    rtl = direction(settings.language) == "rtl"
    bindery = Bindery(settings.booklet, rtl, len(pages))
    reasons = [
        *_sizes(sides, settings.booklet),
        *(_places(sides, bindery) or _moved(sides, bindery, settings)),
        *_shown(sides, pages, shown),
    ]
    return [_wrong(reason) for reason in reasons]


def _wrong(reason: str) -> Problem:
    return problem("B601", None, reason=reason, advice=_ADVICE)


def _trims(path: Path) -> list[pikepdf.Rectangle]:
    """Return how the pages of the print PDF are trimmed, in pt."""
    with reading(path), Pdf.open(path) as pdf:
        return [pikepdf.Rectangle(page.trimbox) for page in pdf.pages]


def _sides(path: Path, trims: Sequence[pikepdf.Rectangle]) -> list[Side]:
    with reading(path), Pdf.open(path) as pdf:
        return [_side(page, trims) for page in pdf.pages]


def _side(page: pikepdf.Page, trims: Sequence[pikepdf.Rectangle]) -> Side:
    left, foot, right, head = (float(side) / MM for side in page.mediabox)
    return Side((right - left, head - foot), tuple(_placements(page, trims)))


def _placements(page: pikepdf.Page, trims: Sequence[pikepdf.Rectangle]) -> Iterator[Printed]:
    """Yield the pages of a side; each is a form that is painted under a matrix of its own."""
    content = Content(page.resources, Graphics())
    for step in pikepdf.parse_content_stream(page, "q Q cm Do"):
        name, operands = str(step.operator), list(step.operands)
        content.follow(name, operands)
        if name == "Do":
            form, now = content.find("/XObject", operands[0]), content.state.ctm
            number = int(str(operands[0])[2:])
            box = trims[number] if number < len(trims) else pikepdf.Rectangle(form.BBox)
            middle = now.transform(((box.llx + box.urx) / 2, (box.lly + box.ury) / 2))
            yield Printed(number, abs(now.a), now.a < 0, middle[0] / MM, middle[1] / MM)


def _sizes(sides: Sequence[Side], settings: BookletSettings) -> Iterator[str]:
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


def _places(sides: Sequence[Side], bindery: Bindery) -> list[str]:
    """Tell where the booklet that is made of the sheets does not read as the book does."""
    if len(sides) % 2:
        return [f"it has {len(sides)} sides, and a sheet has two"]
    read, pages = leafed(sides, bindery), bindery.pages
    there = [one for one in read if one is not None]
    for place, (one, wanted) in enumerate(zip_longest(there, range(pages)), 1):
        if one is None or wanted is None or one.page != wanted:
            found = f"page {one.page + 1}" if one else "none"
            return [f"folded and gathered, it has {found} where page {place} belongs"]
    for one in there:
        if one.turned:
            return [f"page {one.page + 1} stands on its head"]
    if bindery.settings.scheme != "cut-stacks" and pages > 1 and read[-1] is None:
        return ["its back cover is blank, not the last page"]
    return []


def _moved(sides: Sequence[Side], bindery: Bindery, settings: Settings) -> Iterator[str]:
    """Tell of pages that do not stand where the sheet and the creep have them."""
    paper, cover = settings.print.paper, settings.booklet.cover
    own = paper.grams * paper.bulk / 1000
    around = cover if settings.booklet.scheme == "saddle-stitch" else None
    thick = own, around.grams * around.bulk / 1000 if around else own
    for one in astray(sides, bindery, settings.print.trim, settings.print.bleed, thick):
        yield (
            f"page {one.page.page + 1} stands {one.across:+.2f} mm across and {one.along:+.2f} mm"
            f" up from its place on side {one.side}"
        )
        return


def _texts(path: Path) -> list[str]:
    return ["".join(squeezed(run.text) for run in runs) for runs in runs_of(path)]


def _shown(sides: Sequence[Side], pages: Sequence[str], shown: Sequence[str]) -> Iterator[str]:
    """Tell of a side that does not show the words of the pages that lie on it."""
    for number, (side, text) in enumerate(zip(sides, shown, strict=False), 1):
        if text != "".join(pages[one.page] for one in side.placed if one.page < len(pages)):
            yield f"side {number} does not show the words of its pages"
            return
