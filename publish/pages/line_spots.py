"""Where on the printed pages a thing of the manuscript stands, known without laying them out anew.

In: the set lines of the print edition; problems with their places in the manuscript. Out: plain
values that are kept beside the outputs, and the problems with their `Spot`: that of the first line
which shows anything of their place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from publish.ground.problems import Problem, Spot
from publish.pages.line_numbers import numbered
from publish.pages.pagemap import Line

Row = tuple[str, int, int, int, float, float, float, float, int]
"""File, first and last character, page (from 1), left, top, right and bottom (pt), number."""
Kept = dict[str, str]
"""By file, a line for each set line: `start last page left top right bottom number`."""


def line_rows(lines: Sequence[Line]) -> tuple[Row, ...]:
    """Return where lines stand and what of which file is on them; what is set twice once."""
    numbers = {id(line): number for number, line in numbered(lines)}
    found: list[Row] = []
    for line in lines:
        left, top = round(line.left, 1), round(line.top, 1)
        right, bottom = round(line.left + line.width, 1), round(line.top + line.height, 1)
        for piece in line.pieces:
            if (stretch := piece.stretch) and not piece.again:
                place = line.page, left, top, right, bottom
                found.append((piece.origin.file, *stretch, *place, numbers.get(id(line), 0)))
    return tuple(found)


def kept(known: Iterable[Row]) -> Kept:
    """Return rows as they are kept beside the outputs."""
    found: defaultdict[str, list[tuple[float, ...]]] = defaultdict(list)
    for file, *row in known:
        found[file].append(tuple(row))
    return {
        file: "\n".join(" ".join(f"{one:g}" for one in row) for row in sorted(rows))
        for file, rows in found.items()
    }


def spotted(problems: Iterable[Problem], known: Mapping[str, str]) -> list[Problem]:
    """Return problems, those of a place that is printed with where that is."""
    rows = {
        file: [[float(one) for one in row.split()] for row in text.splitlines()]
        for file, text in known.items()
    }
    starts = {file: [row[0] for row in found] for file, found in rows.items()}
    made = []
    for one in problems:
        span = one.span
        if one.spot is None and span is not None and span.file in rows and span.end:
            mine = rows[span.file]
            low = max(bisect_right(starts[span.file], span.start) - 1, 0)
            high = bisect_left(starts[span.file], span.end)
            there = [row for row in mine[low:high] if row[1] >= span.start]
            if there:
                _, _, page, left, top, right, bottom, number = there[0]
                one = one.at(Spot.of(int(page), left, top, right, bottom, line=int(number)))
        made.append(one)
    return made
