"""The feasible breaks of a paragraph: where a line can end, and the cheapest way to get there.

In: the places where lines may end, the measure of each line in px, a `Taste` and an `Attempt`. Out:
the `Node`s at the end of the paragraph, each with the way that leads to it. This is the active list
of D. E. Knuth and M. F. Plass (see `linebreak`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from operator import attrgetter

from msgspec import Struct

from publish.paragraphs.breakpoints import FORCED, Place
from publish.paragraphs.taste import Taste

HAIR = 0.01
"""A line that is wider than its measure by less than this, in px, fits."""
_WORST = 20.0
"""Where a line is stretched further than this, further still is no worse."""
_RESCUED = 1e15
"""Demerits of a line that stands out of its measure, for want of a place to break it."""
_NEAR = 2
"""Numbers of lines that are followed: those that differ by no more than this from the best’s."""
_COST = attrgetter("cost")


class Node(Struct, eq=False):
    """A break that can be reached, the cheapest way to it, and the line that ends there."""

    cost: float
    index: int
    start: float
    stretch: float
    shrink: float
    line: int
    grade: int
    run: int
    before: Node | None
    ratio: float


class Attempt(Struct, frozen=True):
    """One pass over a paragraph: how much it bears, and whether a line may stand out of it."""

    tolerance: float
    rescue: bool = False


def feasible(
    found: Sequence[Place],
    measures: Sequence[float],
    taste: Taste,
    attempt: Attempt,
    start: int,
    told: int | None = None,
    first: Node | None = None,
) -> list[Node]:
    """Return the ends that can be reached within an attempt's bounds, the cheapest first.

    From a place on, or from a `first` break there, with all that led to it.

    Ways in which other numbers of lines come before a place are told apart, as long as they are
    near the cheapest; from `told` lines on they are not.
    """
    active = [first or begun(found[start], start)]
    bounds, final = _Bounds.of(found, taste, attempt), len(found) - 1
    from_least, from_most = bounds.from_least, bounds.from_most
    least, last = min(measures), len(measures) - 1
    for index in range(start + 1, len(found)):
        place = found[index]
        forced = place.cost <= FORCED or index == final
        best: dict[tuple[int, int, int], tuple[float, float, Node]] = {}
        kept: list[Node] = []
        spent: list[Node] = []
        narrow, wide = bounds.least[index] - HAIR, bounds.most[index]
        for number, node in enumerate(active):
            if wide - from_most[node.index] < least and not forced:
                kept += active[number:]
                break
            measure = measures[min(node.line, last)]
            if narrow - from_least[node.index] > measure:
                spent.append(node)
                continue
            kept.append(node)
            ratio = ratio_of(place, node, measure, taste, forced)
            if -1 <= ratio <= attempt.tolerance:
                cost, grade, run = demerits_of(place, node, ratio, taste, forced)
                line = node.line + 1
                key = (line if told is None else min(line, told), grade, run)
                if key not in best or cost < best[key][0]:
                    best[key] = cost, ratio, node
        reached = [joined(place, index, key, *way) for key, way in best.items()]
        if not best and not kept and attempt.rescue:
            reached = [_rescued(place, index, spent)]
        active = ([] if forced else kept) + _worth(reached, taste, told)
        if not active:
            return []
    return sorted(active, key=_COST)


class _Bounds(Struct, frozen=True):
    """Sums of which differences tell at once that a line between two places is too wide or narrow.

    `least` is the width of all that is shrunk, up to a place or to one that comes after it: a line
    that is too wide up to there is so for good. `most` is that of all stretched as far as is borne,
    `from_most` up to a place or to one after it: where a line from there is too narrow, so are
    those that begin further on.
    """

    least: list[float]
    from_least: list[float]
    most: list[float]
    from_most: list[float]

    @classmethod
    def of(cls, found: Sequence[Place], taste: Taste, attempt: Attempt) -> _Bounds:
        """Return the sums for each place, and for a line that begins after it."""
        share, bears = taste.expansion, attempt.tolerance
        # Ragged lines do not shrink.
        less = not taste.rag
        widths = ((1 - share) * one.end - less * one.end_shrink for one in reversed(found))
        least = list(accumulate(widths, min))[::-1]
        from_least = [(1 - share) * one.next - less * one.next_shrink for one in found]
        if bears == math.inf:
            return cls(least, from_least, [math.inf] * len(found), [0.0] * len(found))
        more = bears * taste.rag + HAIR
        most = [(1 + share) * one.end + bears * one.end_stretch + more for one in found]
        nexts = ((1 + share) * one.next + bears * one.next_stretch for one in reversed(found))
        return cls(least, from_least, most, list(accumulate(nexts, min))[::-1])


def begun(place: Place, index: int) -> Node:
    """Return the beginning of a paragraph, or of what is set of it."""
    return Node(0.0, index, place.next, place.next_stretch, place.next_shrink, 0, 1, 0, None, 0.0)


def ratio_of(place: Place, node: Node, measure: float, taste: Taste, forced: bool) -> float:
    """Return how far the blanks of a line are stretched, or shrunk (below 0).

    The letters give first, all that they have.
    """
    natural = place.end - node.start
    extra = measure - natural
    letters = taste.expansion * natural
    if extra > letters + HAIR:
        if forced:
            return 0.0
        stretch = place.end_stretch - node.stretch + taste.rag
        return (extra - letters) / stretch if stretch else math.inf
    if extra + letters < -HAIR:
        shrink = place.end_shrink - node.shrink
        return (extra + letters) / shrink if shrink and not taste.rag else -math.inf
    return 0.0


def badness(ratio: float) -> float:
    """Return how bad it is to stretch or shrink blanks by a share of their give (Knuth, Plass)."""
    return 100 * min(abs(ratio), _WORST) ** 3


def demerits_of(
    place: Place, node: Node, ratio: float, taste: Taste, forced: bool
) -> tuple[float, int, int]:
    """Return the cost up to a place with the line that a node begins; its grade, its hyphens."""
    cost = node.cost + (taste.line + badness(ratio)) ** 2
    if not forced:
        cost += place.cost * abs(place.cost)
    if place.flagged:
        cost += (0.0, taste.double, taste.ladder)[node.run]
    elif forced and node.run:
        cost += taste.final
    grade = 0 if ratio < -0.5 else 1 if ratio <= 0.5 else 2 if ratio <= 1 else 3
    if abs(grade - node.grade) > 1:
        cost += taste.unlike
    if forced and node.before is not None and place.end - node.start < taste.runt:
        cost += taste.short
    return cost, grade, min(node.run + 1, 2) if place.flagged else 0


def joined(
    place: Place, index: int, key: tuple[int, int, int], cost: float, ratio: float, node: Node
) -> Node:
    """Return the break at a place, with the line to it that a node begins."""
    sums = (place.next, place.next_stretch, place.next_shrink)
    return Node(cost, index, *sums, node.line + 1, *key[1:], node, ratio)


def _rescued(place: Place, index: int, spent: Sequence[Node]) -> Node:
    """Return the end of a line that is wider than its measure, for want of a break within it."""
    node = max(spent, key=lambda one: (one.index, -one.cost))
    new = begun(place, index)
    new.cost, new.line, new.before, new.ratio = node.cost + _RESCUED, node.line + 1, node, -1.0
    return new


def _worth(nodes: Sequence[Node], taste: Taste, told: int | None) -> list[Node]:
    """Return the nodes that another does not outdo, whatever comes after them."""
    kept: list[Node] = []
    for node in sorted(nodes, key=_COST):
        if kept and not _alike(node.line, kept[0].line, told, _NEAR):
            continue
        if not any(
            one.run <= node.run
            and one.cost + (taste.unlike if one.grade != node.grade else 0) <= node.cost
            and _alike(one.line, node.line, told)
            for one in kept
        ):
            kept.append(node)
    return kept


def _alike(one: int, other: int, told: int | None, near: int = 0) -> bool:
    """Tell whether what comes after so many lines is the same as after so many others, or near."""
    return abs(one - other) <= near or (told is not None and min(one, other) >= told)
