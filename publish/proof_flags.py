"""The problems of a book as numbered flags beside the lines of its proof.

In: problems, the set lines of the proof's pages and the texts of the manuscript. Out: `Flag`s,
those with a place on a page numbered in the order in which one meets them. A problem that was found
on printed pages has its place there; one of the manuscript stands beside the line that was set from
the nearest character.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from publish.folios import Folios
from publish.pagemap import Line
from publish.problems import Problem, place
from publish.source import SourceFile
from publish.units import MM

ACROSS, DOWN = 42 * MM, 18 * MM
"""Points from the corner of a proof's sheet to that of the trim, as styles/proof.css has it."""


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
    nearest = _Nearest(lines)
    placed = [(*_spot(one, nearest, sources), one) for one in problems]
    placed.sort(key=lambda one: (not one[0], *one[:2]))
    found = []
    for number, (page, top, one) in enumerate(placed, 1):
        label = folios.label(page) if page else ""
        where = place(one.span).rstrip(": ")
        said = f"{one.code} {one.message}"
        found.append(Flag(number if page else 0, page, top, label, where, said))
    return found


def _spot(one: Problem, nearest: _Nearest, sources: Mapping[str, SourceFile]) -> tuple[int, float]:
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


class _Nearest:
    """Which line was set from the character nearest to a place in a file."""

    def __init__(self, lines: Iterable[Line]) -> None:
        stretches: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._lines = list(lines)
        for number, line in enumerate(self._lines):
            for file, start, end in _stretches(line):
                stretches[file].append((start, end, number))
        self._stretches = {file: sorted(found) for file, found in stretches.items()}

    def line(self, file: str, at: int) -> Line | None:
        """Return that line; None for a file of which nothing is set."""
        known = self._stretches.get(file)
        if not known:
            return None
        after = bisect_left(known, (at + 1,))
        near = known[max(after - 1, 0) : after + 1]
        return self._lines[min(near, key=lambda one: max(one[0] - at, at - one[1], 0))[2]]


def _stretches(line: Line) -> Iterator[tuple[str, int, int]]:
    """Yield the stretches of files that a line was set from."""
    for piece in line.pieces:
        low, high = piece.origin.offset(piece.first), piece.origin.offset(piece.last - 1)
        if low is not None and high is not None:
            yield piece.origin.file, low, high
