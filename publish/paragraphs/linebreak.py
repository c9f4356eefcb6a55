"""A paragraph → the lines that suit it best as a whole. Pure: numbers in, numbers out.

In: the places where its lines may end (see `breakpoints`), the measure of each line in px, and a
`Taste`. Out: a `Plan`, which says where each line ends and how far its blanks are stretched. After
D. E. Knuth and M. F. Plass, “Breaking Paragraphs into Lines”, Software: Practice and Experience 11
(1981), with the stretching of letters that Hàn Thế Thành added to it. Beyond the paper, what a line
costs hangs on how many hyphens came before it, and the plan is the best with that counted too. The
time taken grows with the length of a paragraph.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from publish.paragraphs.breakpoints import FORCED, Place
from publish.paragraphs.feasible import Attempt, Node, feasible
from publish.paragraphs.taste import Taste


class Line(Struct, frozen=True):
    """A line as planned: from `start` to `end`, offsets in the text.

    `sign` where a hyphen is added; `ratio` how far it is stretched (below 0: shrunk); `left` and
    `right` what hangs into the margins; `natural` its width unstretched.
    """

    start: int
    end: int
    sign: bool
    flagged: bool
    forced: bool
    ratio: float
    natural: float
    measure: float
    left: float
    right: float
    demerits: float


class Plan(Struct, frozen=True):
    """The lines of a paragraph, or of the rest of it; which pass found them (from 0)."""

    lines: tuple[Line, ...]
    demerits: float
    attempt: int


def plan(
    found: Sequence[Place], measures: Sequence[float], taste: Taste, start: int = 0
) -> Plan | None:
    """Return the best lines from the place `start` on; None where there is nothing to set.

    `measures` are the widths of the lines in px, the last one of all that follow it. Passes are
    tried until one succeeds: with blanks as wide as is borne, and at any price.
    """
    if len(found) - start < 2:
        return None
    for number, attempt in enumerate(_attempts(taste)):
        # Lines beyond the last measure are alike, wherever they come.
        ends = feasible(found, measures, taste, attempt, start, len(measures) - 1)
        if ends and (attempt.rescue or ends[0].cost < taste.bound):
            return _planned(found, measures, ends[0], number)
    return None


def lengths(
    found: Sequence[Place], measures: Sequence[float], taste: Taste, start: int = 0
) -> dict[int, Plan]:
    """Return the best plan for each number of lines that can be borne, without ladder or runt.

    Of numbers near that of the best plan only, two more and two less: to follow them all would take
    time with the square of a paragraph’s length.
    """
    if len(found) - start < 2:
        return {}
    ends = feasible(found, measures, taste, Attempt(taste.tolerance), start)
    best: dict[int, Plan] = {}
    for end in ends:
        if end.line not in best and end.cost < taste.bound_of_lengths:
            best[end.line] = _planned(found, measures, end, 0)
    return best


def _attempts(taste: Taste) -> Iterable[Attempt]:
    yield Attempt(taste.tolerance)
    yield Attempt(math.inf, rescue=True)


def _planned(found: Sequence[Place], measures: Sequence[float], end: Node, attempt: int) -> Plan:
    """Return the lines that lead to an end."""
    lines: list[Line] = []
    node = end
    while node.before is not None:
        place, first = found[node.index], found[node.before.index]
        measure = measures[min(node.before.line, len(measures) - 1)]
        forced = place.cost <= FORCED or node.index == len(found) - 1
        marks = (place.sign, place.flagged, forced)
        sizes = (node.ratio, place.end - first.next, measure, first.left, place.right)
        lines.append(Line(first.at, place.at, *marks, *sizes, node.cost - node.before.cost))
        node = node.before
    return Plan(tuple(reversed(lines)), end.cost, attempt)
