"""The problems of a book as numbered flags beside the lines of its proof.

In: problems, the set lines of the proof's pages and the texts of the manuscript. Out: `Flag`s,
those with a place on a page numbered in the order in which one meets them. A problem that was found
on printed pages has its place there; one of the manuscript stands beside the line that was set from
the nearest character.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from publish.ground.problems import Problem, place
from publish.ground.source import SourceFile
from publish.pages.pagemap import Line
from publish.proof.ground import BESIDE, DOWN
from publish.proof.nearest import Nearest
from publish.proof.saying import said
from publish.text.folios import Folios

_HALF = 6.5
"""Half of a line, in pt: beside the first one of what is higher stands its flag."""


class Flag(Struct, frozen=True):
    """A problem: its number (0 where it stands on no page), page from 1, and where it is told of.

    That is the middle of its line from the head of the sheet, and `left` what it begins with, or 0
    where it is of the page; both in pt.
    """

    number: int
    page: int
    middle: float
    left: float
    label: str
    place: str
    said: str
    in_english: bool = False
    """Whether it is not said in the language of the book."""


def flags(
    problems: Iterable[Problem],
    lines: Sequence[Line],
    sources: Mapping[str, SourceFile],
    folios: Folios,
    language: str,
) -> list[Flag]:
    """Return the flags of problems, those of no page last, said in a language."""
    nearest = Nearest(lines)
    placed = [(*_spot(one, nearest, sources), one) for one in problems]
    placed.sort(key=lambda one: (not one[0], one[:3]))
    found = []
    for number, (page, middle, left, one) in enumerate(placed, 1):
        label = folios.label(page) if page else ""
        where = place(one.span).rstrip(": ")
        words, is_said = said(one, language)
        known = page, middle, left, label, where, f"{one.code} {words}"
        found.append(Flag(number if page else 0, *known, in_english=not is_said))
    return found


def _spot(
    one: Problem, nearest: Nearest, sources: Mapping[str, SourceFile]
) -> tuple[int, float, float]:
    """Return page, middle and left of what a problem is of; page 0 for none."""
    spot = one.spot
    if spot and spot.bottom:
        down = spot.top + min((spot.bottom - spot.top) / 2, _HALF)
        return spot.page, round(down + DOWN, 2), round(spot.left + BESIDE, 2)
    if spot:
        return spot.page, round(DOWN + _HALF, 2), 0.0
    if one.span and one.span.file in sources:
        source = sources[one.span.file]
        line = nearest.line(one.span.file, source.offset(one.span.line, one.span.column))
        if line:
            return line.page, round(line.top + line.height / 2, 2), round(line.left, 2)
    return 0, 0.0, 0.0
