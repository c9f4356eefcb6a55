"""The problems of a book as numbered flags beside the lines of its proof.

In: problems, the set lines of the proof's pages and the texts of the manuscript. Out: `Flag`s,
those with a place on a page numbered in the order in which one meets them. A problem that was found
on printed pages has its place there; one of the manuscript stands beside the line that was set from
the nearest character.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from publish.ground.problems import Problem, place
from publish.ground.source import SourceFile
from publish.ground.units import MM
from publish.pages.pagemap import Line
from publish.proof.nearest import Nearest
from publish.text.folios import Folios

BESIDE, DOWN = 42 * MM, 18 * MM
"""Points from the edges of a proof's sheet to those of the trim, as styles/proof.css has them."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A problem: its number (0 where it stands on no page), page from 1, and pt from its head."""

    number: int
    page: int
    top: float
    label: str
    place: str
    said: str


def flags(
    problems: Iterable[Problem],
    lines: Sequence[Line],
    sources: Mapping[str, SourceFile],
    folios: Folios,
) -> list[Flag]:
    """Return the flags of problems, those of no page last."""
    nearest = Nearest(lines)
    placed = [(*_spot(one, nearest, sources), one) for one in problems]
    placed.sort(key=lambda one: (not one[0], *one[:2]))
    found = []
    for number, (page, top, one) in enumerate(placed, 1):
        label = folios.label(page) if page else ""
        where = place(one.span).rstrip(": ")
        said = f"{one.code} {one.message}"
        found.append(Flag(number if page else 0, page, top, label, where, said))
    return found


def _spot(one: Problem, nearest: Nearest, sources: Mapping[str, SourceFile]) -> tuple[int, float]:
    """Return page and pt from its head of what a problem is of; page 0 for none."""
    if one.spot and one.spot.bottom:
        return one.spot.page, round(one.spot.top + DOWN, 2)
    if one.spot:
        return one.spot.page, round(DOWN, 2)
    if one.span and one.span.file in sources:
        source = sources[one.span.file]
        line = nearest.line(one.span.file, source.offset(one.span.line, one.span.column))
        if line:
            return line.page, round(line.top, 2)
    return 0, 0.0
