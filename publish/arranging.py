"""Pages laid out until every picture has its place and every reference shows its page.

In: a function that lays a book out under an `Arrangement`. Out: the arrangement that holds, and its
pages. The engine could fill in page numbers itself, but lays out single pages anew for it and then
loses notes that such a page hands on to the next (WeasyPrint 70); here they are plain text, taken
from the layout before, and the pages are done when they say what that layout says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from publish.pages import Pages, folios, holes
from publish.placing import ROUNDS, Arrangement, next_moves
from publish.problems import Problem, problem

MOST = ROUNDS + 6
"""Layouts at the most. Two are usual: one to find the numbers, one that shows them."""


def arrange(
    lay_out: Callable[[Arrangement], Pages], line: float, start: Arrangement, moving: bool
) -> tuple[Arrangement, Pages, list[Problem]]:
    """Lay out until nothing changes; `line` is the baseline in px, `moving` whether pictures may.

    Problem P413 when page numbers never come to rest: no page with a wrong number is handed out
    without it.
    """
    arrangement, pages = start, lay_out(start)
    for number in range(MOST):
        further = next_moves(arrangement.moves, holes(pages), line) if moving else None
        found = folios(pages)
        if (further is None or number >= ROUNDS) and found == arrangement.folios:
            return arrangement, pages, []
        if further is not None and number < ROUNDS:
            arrangement = replace(arrangement, moves=further)
        arrangement = replace(arrangement, folios=found)
        pages = lay_out(arrangement)
    return arrangement, pages, [problem("P413", None)]
