"""Marks → the characters of the manuscript that they stand on.

In: the lines of a page as a `ProofMap` has them, the characters as they stand in the PDF, and
marks. Out: `Found`: which characters of which run of text. Only geometry is asked; what a program
stored of the words is not. A mark covers a character whose middle it covers; at its ends, where it
is off by a hair, whole words win over parts of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from publish.proof_map import Run, SetLine
from publish.proofing.annotations import Area, Mark
from publish.proofing.glyphs import Glyph

_HANG = 6.0
"""So far, in pt, may a character hang out of its line."""
_HALF, _SURE = 0.25, 0.75
"""Of a character that is covered by less or by more there is no doubt."""
_ALIKE = 0.7
"""So much of a line must be on the page for the line to be there."""
_REACH = 24.0
"""So far, in pt, does a note look for words that it does not stand on."""
_IN_WORD = "-\u2010\u2011'’"


@dataclass(frozen=True, slots=True)
class Spot:
    """A character of a run where it stands on the page, in pt."""

    run: int
    index: int
    left: float
    right: float

    @property
    def middle(self) -> float:
        """Return where its middle stands across."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of a run, from one character to another; none at all for a place between two."""

    run: int
    start: int
    end: int


@dataclass(slots=True)
class PageText:
    """The lines of a page and the characters on it; a line is read when a mark stands on it."""

    number: int
    lines: Sequence[SetLine]
    runs: Sequence[Run]
    trim: Area
    glyphs: Sequence[Glyph]
    _read: dict[int, list[Spot]] = field(default_factory=dict)

    def area(self, line: SetLine) -> Area:
        """Return where a line stands in the user space of the page."""
        left, head = self.trim[0] + line.left, self.trim[3] - line.top
        return left, head - line.height, left + line.width, head

    def spots(self, line: SetLine) -> list[Spot]:
        """Return the characters of a line that are of the manuscript, from left to right."""
        if id(line) not in self._read:
            self._read[id(line)] = sorted(self._aligned(line), key=lambda one: one.middle)
        return self._read[id(line)]

    def is_strange(self, across: float, up: float) -> bool:
        """Tell whether a character stands at a point that is of no line with a place."""
        there = [one for one in self.glyphs if one.left <= across <= one.right]
        if not any(one.foot <= up <= one.head and one.char.isalnum() for one in there):
            return False
        return not any(
            spot.left <= across <= spot.right
            for line in self.lines
            for _, foot, _, head in (self.area(line),)
            if line.pieces and foot <= up <= head
            for spot in self.spots(line)
        )

    def _aligned(self, line: SetLine) -> Iterator[Spot]:
        """Tie what stands on a line to what should: numbers, hyphens and the like are added."""
        left, foot, right, head = self.area(line)
        there = [
            one
            for one in self.glyphs
            if left - _HANG <= one.middle <= right + _HANG
            and foot <= (one.foot + one.head) / 2 <= head
        ]
        wanted = [
            (piece.run, at, char)
            for piece in line.pieces
            for at, char in enumerate(
                self.runs[piece.run].text[piece.start : piece.end], piece.start
            )
            if not char.isspace() and char not in "\u00ad\u200b\u2060\ufeff"
        ]
        said = [one[2].lower() for one in wanted]
        orders = (there, sorted(there, key=lambda one: one.middle))
        best: list[Spot] = []
        for order in (*orders, orders[1][::-1]):
            matcher = SequenceMatcher(None, said, [one.char.lower() for one in order], False)
            spots = [
                Spot(*wanted[a + at][:2], order[b + at].left, order[b + at].right)
                for a, b, size in matcher.get_matching_blocks()
                for at in range(size)
            ]
            best = max(best, spots, key=len)
            if len(best) == len(wanted):
                break
        # A line of which the page has other words is no line of this page.
        if len(best) >= _ALIKE * len(wanted):
            yield from best


def found(mark: Mark, page: PageText) -> Found | None:
    """Return what a mark stands on; None where there is nothing of the manuscript."""
    if mark.kind == "insert":
        return _between(mark, page)
    if mark.point is not None:
        return _pointed(mark, page)
    if mark.kind == "drawing" and page.is_strange(*_middle(mark.rect)):
        return None
    chosen = [spot for area in mark.areas for spot in _covered(area, mark, page)]
    if not chosen:
        if mark.kind == "drawing":
            left, foot, right, head = mark.rect
            return _nearest(page, (left + right) / 2, (foot + head) / 2)
        return None
    stretch = _divided(_stretch(chosen), page)
    return _whole(stretch, page.runs) if mark.kind == "drawing" else stretch


def _stretch(chosen: Sequence[Spot]) -> Found:
    """Return characters as one stretch, of the run that has the most of them."""
    run = Counter(spot.run for spot in chosen).most_common(1)[0][0]
    at = [spot.index for spot in chosen if spot.run == run]
    return Found(run, min(at), max(at) + 1)


def _covered(area: Area, mark: Mark, page: PageText) -> Iterator[Spot]:
    """Yield the characters that an area covers, its ends set right where they are in doubt."""
    for line in page.lines:
        if line.pieces and _on(area, mark, page.area(line)):
            spots = page.spots(line)
            inside = [at for at, one in enumerate(spots) if area[0] < one.middle < area[2]]
            if not inside:
                continue
            first, last = inside[0], inside[-1]
            while first and _completes(spots[first - 1], spots[first], page.runs, area):
                first -= 1
            while last + 1 < len(spots) and _completes(
                spots[last + 1], spots[last], page.runs, area
            ):
                last += 1
            while first < last and _is_chance(spots[first], spots[first + 1], page.runs, area):
                first += 1
            while first < last and _is_chance(spots[last], spots[last - 1], page.runs, area):
                last -= 1
            yield from spots[first : last + 1]


def _share(spot: Spot, area: Area) -> float:
    """Return how much of a character an area covers."""
    across = min(spot.right, area[2]) - max(spot.left, area[0])
    return across / max(spot.right - spot.left, 0.01)


def _completes(spot: Spot, beside: Spot, runs: Sequence[Run], area: Area) -> bool:
    """Tell whether a letter that is covered in part is of the word beside it."""
    joined = spot.run == beside.run and abs(spot.index - beside.index) == 1
    return joined and runs[spot.run].text[spot.index].isalnum() and _share(spot, area) > _HALF


def _is_chance(spot: Spot, beside: Spot, runs: Sequence[Run], area: Area) -> bool:
    """Tell whether a sign of punctuation at the end of a mark is covered by chance."""
    return not runs[spot.run].text[spot.index].isalnum() and _share(spot, area) < _SURE


def _on(area: Area, mark: Mark, line: Area) -> bool:
    """Tell whether an area marks a line: by half of its height, or of the line's."""
    _, foot, _, head = area
    if mark.kind in ("underline", "squiggly") and head - foot < (line[3] - line[1]) / 3:
        # A stroke under the letters, not their box.
        foot, head = foot + 1.5, head + 1.5
    common = min(head, line[3]) - max(foot, line[1])
    across = min(area[2], line[2] + _HANG) - max(area[0], line[0] - _HANG)
    return across > 0 and common > min(max(head - foot, 0.1), line[3] - line[1]) * 0.5


def _between(mark: Mark, page: PageText) -> Found | None:
    """Return the place between two characters at which a caret points."""
    assert mark.point
    across, up = mark.point
    line = _line_at(page, across, up)
    spots = page.spots(line) if line else []
    if not spots:
        return None
    edges = [(abs(one.left - across), 0, one) for one in spots]
    edges += [(abs(one.right - across), 1, one) for one in spots]
    distance, after, spot = min(edges, key=lambda one: (round(one[0], 2), -one[1]))
    if distance > _REACH:
        return None
    return Found(spot.run, spot.index + after, spot.index + after)


def _line_at(page: PageText, across: float, up: float) -> SetLine | None:
    """Return the line on which a point stands, or that is nearest to it."""
    least, chosen = _REACH, None
    for line in page.lines:
        if line.pieces:
            left, foot, right, head = page.area(line)
            aside = max(left - _HANG - across, across - right - _HANG, 0.0)
            away = max(foot - up, up - head, 0.0)
            if aside + 2 * away < least:
                least, chosen = aside + 2 * away, line
    return chosen


def _pointed(mark: Mark, page: PageText) -> Found | None:
    """Return the word at which a note points, else the one beside it."""
    assert mark.point
    if page.is_strange(*mark.point):
        return None
    if mark.kind == "text" and mark.point == _middle(mark.rect):
        # Words typed over the page: they mean what they stand on or beside.
        left, foot, right, head = mark.rect
        near = _nearest(page, left, (foot + head) / 2), _nearest(page, right, (foot + head) / 2)
        return near[0] or near[1] or _nearest(page, *mark.point, reach=1000.0)
    return _nearest(page, *mark.point) or _nearest(page, *mark.point, reach=1000.0)


def _middle(area: Area) -> tuple[float, float]:
    return (area[0] + area[2]) / 2, (area[1] + area[3]) / 2


def _nearest(page: PageText, across: float, up: float, reach: float = _REACH) -> Found | None:
    """Return the word nearest to a point; one at the same height is nearer."""
    least, chosen = reach, None
    for line in page.lines:
        _, foot, _, head = page.area(line)
        away = max(foot - up, up - head, 0.0) * 8
        if away >= least or not line.pieces:
            continue
        for spot in page.spots(line):
            distance = away + max(spot.left - across, across - spot.right, 0.0)
            if distance < least:
                least, chosen = distance, spot
    return _word(chosen, page.runs) if chosen else None


def _word(spot: Spot, runs: Sequence[Run]) -> Found:
    """Return the word of which a character is, without punctuation at its ends."""
    text = runs[spot.run].text
    start = end = spot.index
    while start and _in_word(text, start - 1):
        start -= 1
    while end < len(text) and _in_word(text, end):
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return (
        Found(spot.run, start, end) if start < end else Found(spot.run, spot.index, spot.index + 1)
    )


def _whole(one: Found, runs: Sequence[Run]) -> Found:
    """Return a stretch drawn by hand with the whole of the words that it touches."""
    first = _word(Spot(one.run, one.start, 0, 0), runs)
    last = _word(Spot(one.run, one.end - 1, 0, 0), runs)
    return Found(one.run, first.start, last.end)


def _in_word(text: str, at: int) -> bool:
    return text[at].isalnum() or text[at] in _IN_WORD or text[at] == "\u00ad"


def _divided(one: Found, page: PageText) -> Found:
    """Return a stretch that ends at the head or foot of its page with the whole of its word.

    The rest of the word stands on another page, where the same mark cannot be.
    """
    pieces = [piece for line in page.lines for piece in line.pieces if piece.run == one.run]
    if not pieces:
        return one
    text, start, end = page.runs[one.run].text, one.start, one.end
    if end >= max(piece.end for piece in pieces) and end < len(text):
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
    if start <= min(piece.start for piece in pieces) and start:
        while start and text[start].isalnum() and text[start - 1].isalnum():
            start -= 1
    return Found(one.run, start, end)
