"""Pages laid out until every picture has its place and every reference shows its page.

In: a function that lays a book out under an `Arrangement`. Out: the arrangement that holds, and its
pages. The engine could fill in page numbers itself, but lays out single pages anew for it and then
loses notes that such a page hands on to the next (WeasyPrint 70); here they are plain text, taken
from the layout before, and the pages are done when they say what that layout says. A note that is
not, whole, on the page of its call is helped by `footnotes`, and all is laid out again.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

from msgspec.structs import replace

from publish.engine.parts import Pages
from publish.ground.problems import Problem, Unmakeable, problem
from publish.pages.facts import first_page, folios, holes, note_facts
from publish.pages.picture_order import passed, queued, vacancies
from publish.pages.placing import ROUNDS, Arrangement, next_floats
from publish.sizes.fitting import ROUNDS as FITTING
from publish.sizes.fitting import Fits
from publish.text.footnotes import all_at_end, next_places

MOST = ROUNDS + 6
"""Layouts at the most. Two are usual: one to find the numbers, one that shows them."""


def arrange(
    lay_out: Callable[[Arrangement], Pages],
    line: float,
    start: Arrangement,
    moving: bool,
    fit: Callable[[Fits, Pages], Fits] = lambda fits, pages: fits,
) -> tuple[Arrangement, Pages, list[Problem]]:
    """Lay out until nothing changes; `line` is the baseline in px; `moving` lets pictures float.

    `fit` tells what a further layout has to set smaller or may break.
    Problem P413 when page numbers never come to rest: no page with a wrong number is handed out
    without it. Where the engine fails it is asked again with all notes at the end, and the failure
    kept with them (`NotePlaces`); raises the first `Unmakeable` if that does not help.
    """
    failed: Unmakeable | None = None
    for rounds in itertools.count():
        try:
            arrangement, pages, problems = _settled(lay_out, line, start, moving, fit)
        except Unmakeable as error:
            if start.notes.all:
                raise failed or error from None
            failed = error
            notes = all_at_end(start.notes, failure=error.problem.message)
            start = replace(start, notes=notes)
            continue
        notes = next_places(arrangement.notes, note_facts(pages), rounds)
        if notes == arrangement.notes:
            break
        start = replace(arrangement, notes=notes)
    return arrangement, pages, problems


def _settled(
    lay_out: Callable[[Arrangement], Pages],
    line: float,
    start: Arrangement,
    moving: bool,
    fit: Callable[[Fits, Pages], Fits],
) -> tuple[Arrangement, Pages, list[Problem]]:
    """Lay out until tables, pictures and page numbers are at rest.

    All that a layout tells is decided at once. What is to be fitted changes the pages from its own
    on, so that of the white behind it nothing is known yet.
    """
    arrangement, pages = start, lay_out(start)
    for number in range(MOST):
        fits = fit(arrangement.fits, pages) if number < FITTING else arrangement.fits
        floats = arrangement.floats
        if moving and number < ROUNDS:
            known = first_page(pages, fits.changed(arrangement.fits))
            white = [one for one in holes(pages) if one.page <= known]
            floats = next_floats(floats, white, line) | queued(pages)
        found = replace(arrangement, floats=floats, folios=folios(pages), fits=fits)
        if moving:
            found = replace(found, passed=found.passed | passed(pages))
        if moving and (fits, floats) == (arrangement.fits, arrangement.floats):
            # One moves all after it, so that at first only the foremost is helped.
            found = found.without(vacancies(pages), foremost=number < ROUNDS)
        if found == arrangement:
            return arrangement, pages, []
        arrangement, pages = found, lay_out(found)
    return arrangement, pages, [problem("P413", None)]
