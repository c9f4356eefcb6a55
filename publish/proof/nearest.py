"""Which set lines come of a place in the manuscript.

In: set lines. Out: `Nearest`, which finds the lines set from a stretch of a file, and the one
nearest to a place of which nothing is set, as of the sign of a heading or of a blank line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from publish.pages.pagemap import Line


class Nearest:
    """The lines by the stretches of files that they were set from."""

    def __init__(self, lines: Iterable[Line]) -> None:
        stretches: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._lines = list(lines)
        for number, line in enumerate(self._lines):
            for file, start, last in _stretches(line):
                stretches[file].append((start, last, number))
        self._stretches = {file: sorted(found) for file, found in stretches.items()}

    def line(self, file: str, at: int) -> Line | None:
        """Return the line nearest to an offset; None for a file of which nothing is set."""
        known = self._stretches.get(file)
        if not known:
            return None
        after = bisect_left(known, (at + 1,))
        near = known[max(after - 1, 0) : after + 1]
        return self._lines[min(near, key=lambda one: max(one[0] - at, at - one[1], 0))[2]]

    def lines(self, file: str, start: int, end: int) -> list[Line]:
        """Return the lines set from a stretch, in the order of the pages."""
        known = self._stretches.get(file, [])
        low, high = bisect_left(known, (start,)), bisect_left(known, (end,))
        mine = {one[2] for one in known[max(low - 1, 0) : high] if one[1] >= start}
        return [self._lines[number] for number in sorted(mine)]


def _stretches(line: Line) -> Iterator[tuple[str, int, int]]:
    """Yield the stretches of files that a line was set from, with the last offset of each."""
    for piece in line.pieces:
        if piece.stretch:
            yield piece.origin.file, *piece.stretch
