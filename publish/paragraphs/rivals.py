"""A break that was made, and those that might have been made instead: what each costs, in parts.

In: a paragraph as it was set (`Composed`) and the number of a line, from 0. Out: a `Told`: the
break at the end of that line, and its rivals, each with the best that could then become of the rest
of the paragraph. The lines before it are taken as they are. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from publish.paragraphs.breakpoints import FORCED, Place
from publish.paragraphs.feasible import (
    Attempt,
    Node,
    badness,
    begun,
    demerits_of,
    feasible,
    joined,
    ratio_of,
)
from publish.paragraphs.linebreak import Line
from publish.paragraphs.taste import Taste

_HAIR = 1e-6


class Composed(Struct, frozen=True):
    """A paragraph as it was set: its text, where its lines may end, its lines."""

    text: str
    places: tuple[Place, ...]
    taste: Taste
    lines: tuple[Line, ...]


class Part(NamedTuple):
    """A part of the demerits of a line: what is held against it, and how much."""

    name: str
    cost: float


class Break(Struct, frozen=True):
    """The end of a line at an offset in the text: its demerits in parts, and what comes of it.

    `total` are the demerits of this line and all that follow, `lines` those of the whole paragraph.
    """

    at: int
    sign: bool
    ratio: float
    parts: tuple[Part, ...]
    total: float
    lines: int

    @property
    def demerits(self) -> float:
        """Return the demerits of the line alone."""
        return sum(part.cost for part in self.parts)


class Told(Struct, frozen=True):
    """The break that was made, and the others that could be, the best first.

    First those with which the paragraph has as many lines.
    """

    chosen: Break
    rivals: tuple[Break, ...]


def composed_of(
    text: str, places: tuple[Place, ...], taste: Taste, planned: Mapping[int, Line]
) -> Composed | None:
    """Return a paragraph with its lines, which are `planned` by where they begin.

    None where they are not, from its beginning to its end.
    """
    lines: list[Line] = []
    at = places[0].at
    # A line that nothing stands on, as before a break at the very beginning, ends where it begins.
    while (line := planned.get(at)) and line.end > at:
        lines.append(line)
        at = line.end
    whole = lines and at == places[-1].at
    return Composed(text, places, taste, tuple(lines)) if whole else None


def told_of(composed: Composed, number: int) -> Told | None:
    """Return what is known of the break at the end of a line.

    None where it was not weighed against others: in headings, which are made of like width, and
    where a word is wider than its line.
    """
    ends = _retraced(composed)
    if ends is None:
        return None
    node, count = ends[number], len(composed.lines)
    chosen = _break(composed, ends[number + 1], ends[-1].cost - node.cost, count)
    rivals = _rivals(composed, ends, number)
    return Told(chosen, tuple(sorted(rivals, key=lambda one: (one.lines != count, one.total))))


def _retraced(composed: Composed) -> list[Node] | None:
    """Return the beginning of a paragraph, and where each of its lines ends."""
    index = {place.at: number for number, place in enumerate(composed.places)}
    nodes = [begun(composed.places[0], 0)]
    for line in composed.lines:
        end = index.get(line.end, 0)
        # Else it was set in another measure, or at any price.
        ratio = _ratio(composed, nodes[-1], end, line.measure)
        if ratio < -1 or abs(ratio - line.ratio) >= _HAIR:
            return None
        nodes.append(_step(composed, nodes[-1], end, line.ratio))
    return nodes


def _rivals(composed: Composed, nodes: Sequence[Node], number: int) -> Iterator[Break]:
    """Yield the other breaks that a line could end at, in the same pass over the paragraph."""
    found, taste, lines = composed.places, composed.taste, composed.lines
    # A page may have asked for a line that is looser than is borne as a rule.
    most = max(taste.tolerance, *(line.ratio for line in lines))
    measures = [line.measure for line in lines]
    node, chosen = nodes[number], nodes[number + 1].index
    for index in range(node.index + 1, len(found)):
        ratio = _ratio(composed, node, index, measures[node.line])
        if index != chosen and -1 <= ratio <= most:
            step, last = _step(composed, node, index, ratio), index == len(found) - 1
            attempt = Attempt(most)
            ends = [step] if last else feasible(found, measures, taste, attempt, index, first=step)
            alike = [end for end in ends if end.line == len(lines)]
            for end in (alike or ends)[:1]:
                yield _break(composed, step, end.cost - node.cost, end.line)
        if _is_forced(composed, index):
            break


def _ratio(composed: Composed, node: Node, end: int, measure: float) -> float:
    place, forced = composed.places[end], _is_forced(composed, end)
    return ratio_of(place, node, measure, composed.taste, forced)


def _is_forced(composed: Composed, end: int) -> bool:
    return composed.places[end].cost <= FORCED or end == len(composed.places) - 1


def _step(composed: Composed, node: Node, end: int, ratio: float) -> Node:
    """Return the end of the line that begins at a node."""
    place, forced = composed.places[end], _is_forced(composed, end)
    cost, grade, run = demerits_of(place, node, ratio, composed.taste, forced)
    return joined(place, end, (node.line + 1, grade, run), cost, ratio, node)


def _break(composed: Composed, node: Node, total: float, lines: int) -> Break:
    place = composed.places[node.index]
    return Break(place.at, place.sign, node.ratio, tuple(_parts(composed, node)), total, lines)


def _parts(composed: Composed, node: Node) -> Iterator[Part]:
    """Yield the demerits of the line that ends at a node, part by part: `feasible.demerits_of`."""
    before, place, taste = node.before, composed.places[node.index], composed.taste
    assert before is not None
    forced, flagged = _is_forced(composed, node.index), place.flagged
    is_runt = forced and before.before is not None and place.end - before.start < taste.runt
    costs = {
        "blanks": (taste.line + badness(node.ratio)) ** 2,
        "place": 0.0 if forced else place.cost * abs(place.cost),
        "succession": (0.0, taste.double, taste.ladder)[before.run] if flagged else 0.0,
        "final": taste.final if forced and not flagged and before.run else 0.0,
        "unlike" if before.before else "begun": taste.unlike * (abs(node.grade - before.grade) > 1),
        "runt": taste.short if is_runt else 0.0,
    }
    yield from (Part(name, cost) for name, cost in costs.items() if cost)
