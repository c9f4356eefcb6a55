"""Marks → the characters of the manuscript that they stand on.

In: the lines and pictures of a page as a `ProofMap` has them, the characters as they stand in the
PDF, and marks. Out: `Found`, which characters of which run of text, or the picture, or where the
call of a note is written. Only geometry is asked; what a program stored of the words is not. A mark
covers a character whose middle it covers; at its ends, where it is off by a hair, whole words win
over parts of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publish.proof.map import Run, SetLine, SetPicture, Stretch, width
from publish.proofing.annotations import REACH, Area, Mark, middle
from publish.proofing.direction import runs_leftward
from publish.proofing.page_text import HANG, Found, PageText, Spot
from publish.proofing.stretches import stretch_of, whole, word_at

_HALF, _SURE = 0.25, 0.75
"""Of a character that is covered by less or by more there is no doubt."""
_HALF_OF_IT = 0.5
"""So much of the smaller of both must a mark and a picture share."""
_HAIR, _BESIDE = 1.0, 3.0
"""So far, in pt, from a letter's edge is what is surely on it, or still at it."""
_CALLS = r"((?:\[\^[^\]\s]+\])+)(?!:)"
_CALL_AFTER = re.compile(rf"(?:\]\([^)\n]*\)|\{{[^}}\n]*\}}|[^\w\s\[])*+(?: |\n[ >]*)?{_CALLS}")
_CALL_BEFORE = re.compile(rf"{_CALLS}[^\w\s]* ?[^\w\s]*\Z")
"""The calls of notes beside a character, past the ends of markup; of two at one place both."""
_BELOW = 1000.0
"""What a pt of height weighs against one of width where a line stands at the very height."""


def found(mark: Mark, page: PageText) -> Found | SetPicture | Stretch | None:
    """Return what a mark stands on; None where there is nothing of the manuscript.

    Words come before the picture that they stand on, a picture before the words beside it.
    """
    if mark.kind == "insert" or mark.point is not None:
        assert mark.point
        if (typed := _typed(mark, page)) is not None:
            return typed
        if not _on_words(page, *mark.point) and (picture := _picture_at(page, *mark.point)):
            return picture
        return _between(mark, page) if mark.kind == "insert" else _pointed(mark, page)
    picture, drawn = _picture_under(mark, page), mark.kind == "drawing"
    if drawn and picture and _holds(mark.rect, page.area(picture)):
        return picture
    if drawn and not picture and page.is_strange(*middle(mark.rect)):
        return _called(page, *middle(mark.rect))
    chosen = [spot for area in mark.areas for spot in _covered(area, mark, page)]
    if not chosen:
        near = _nearest(page, *middle(mark.rect)) if drawn else None
        return picture or near or _called(page, *middle(mark.areas[0]))
    stretch = stretch_of(chosen, page)
    return whole(stretch, page.runs) if drawn else stretch


def is_on_html(mark: Mark, page: PageText) -> bool:
    """Tell whether a mark stands on lines of HTML, of whose words the map knows no places."""
    areas = [(*mark.point, *mark.point)] if mark.point else mark.areas
    lines = [page.area(line) for line in page.lines if line.raw]
    return any(_common(area, line) is not None for area in areas for line in lines)


def _on_words(page: PageText, across: float, up: float) -> bool:
    """Tell whether a point stands on a line that the map has."""
    areas = (page.area(line) for line in page.lines if line.pieces)
    return any(left <= across <= right and foot <= up <= head for left, foot, right, head in areas)


def _picture_at(page: PageText, across: float, up: float) -> SetPicture | None:
    """Return the smallest picture on which a point stands."""
    there = [
        (one.width * one.height, at)
        for at, one in enumerate(page.pictures)
        if _common(page.area(one), (across, up, across, up)) is not None
    ]
    return page.pictures[min(there)[1]] if there else None


def _picture_under(mark: Mark, page: PageText) -> SetPicture | None:
    """Return the picture that most of a mark lies on, or that it has most of."""
    best, chosen = _HALF_OF_IT, None
    for one in page.pictures:
        area = page.area(one)
        for part in (*mark.areas, mark.rect):
            common = _common(area, part)
            if common is not None:
                least = min(_size(area), max(_size(part), 0.01))
                if common / least > best:
                    best, chosen = common / least, one
    return chosen


def _common(one: Area, other: Area) -> float | None:
    """Return how large the part is that two areas share; None where they have nothing in common."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[1], other[1])
    return across * up if across >= 0 and up >= 0 else None


def _holds(area: Area, other: Area) -> bool:
    """Tell whether an area has most of another."""
    return (_common(area, other) or 0.0) > _HALF_OF_IT * _size(other)


def _size(area: Area) -> float:
    return (area[2] - area[0]) * (area[3] - area[1])


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
    across = min(area[2], line[2] + HANG) - max(area[0], line[0] - HANG)
    return across > 0 and common > min(max(head - foot, 0.1), line[3] - line[1]) * 0.5


def _between(mark: Mark, page: PageText) -> Found | None:
    """Return the place between two characters at which a caret points."""
    assert mark.point
    across, up = mark.point
    line = _line_at(page, across, up)
    spots = page.spots(line) if line else []
    if not spots:
        return None
    edges = [
        (abs(side - across), after, one) for one in spots for after, side in _ends(one, page.runs)
    ]
    distance, after, spot = min(edges, key=lambda one: (round(one[0], 2), -one[1]))
    strange = any(page.is_strange(across + aside, up) for aside in (-_HAIR, _HAIR))
    if distance > (_BESIDE if strange else REACH):
        return None
    return Found(spot.run, spot.index + after, spot.index + after)


def _ends(spot: Spot, runs: Sequence[Run]) -> Iterator[tuple[int, float]]:
    """Yield where a character begins (0) and ends (1): on the right what runs leftward begins."""
    sides = (spot.left, spot.right)
    leftward = runs_leftward(runs[spot.run].text, spot.index)
    yield from enumerate(reversed(sides) if leftward else sides)


def _line_at(page: PageText, across: float, up: float) -> SetLine | None:
    """Return the line on which a point stands, or that is nearest to it."""
    least, chosen = REACH, None
    for line in page.lines:
        if line.pieces:
            left, foot, right, head = page.area(line)
            aside = max(left - HANG - across, across - right - HANG, 0.0)
            away = max(foot - up, up - head, 0.0)
            if aside + 2 * away < least:
                least, chosen = aside + 2 * away, line
    return chosen


def _called(page: PageText, across: float, up: float) -> Stretch | None:
    """Return where the call of a note that is set at a point is written; None where none is."""
    for line in page.lines:
        left, foot, right, head = page.area(line)
        if left - HANG <= across <= right + HANG and foot <= up <= head and line.pieces:
            spots = page.spots(line)
            before = [one for one in spots if one.middle < across][-1:]
            after = [one for one in spots if one.middle >= across][:1]
            if any(runs_leftward(page.runs[one.run].text, one.index) for one in before or after):
                before, after = after, before
            there = [_call_after(one, page) for one in before]
            there += [_call_before(one, page) for one in after]
            return next((one for one in there if one), None)
    return None


def _call_after(spot: Spot, page: PageText) -> Stretch | None:
    """Return the call that is written right after a character, but for the ends of markup."""
    run = page.runs[spot.run]
    source, at = page.known.sources[run.file], run.offset(spot.index)
    call = _CALL_AFTER.match(source, at + width(source, at, run.text[spot.index]))
    return (run.file, *call.span(1)) if call else None


def _call_before(spot: Spot, page: PageText) -> Stretch | None:
    run = page.runs[spot.run]
    source, at = page.known.sources[run.file], run.offset(spot.index)
    call = _CALL_BEFORE.search(source, source.rfind("\n", 0, at) + 1, at)
    return (run.file, *call.span(1)) if call else None


def _pointed(mark: Mark, page: PageText) -> Found | Stretch | None:
    """Return the word at which a note points, else the one beside it."""
    assert mark.point
    if page.is_strange(*mark.point):
        return _called(page, *mark.point)
    if mark.typed:
        # Words typed over the page: they mean what they stand on or beside.
        left, foot, right, head = mark.rect
        near = _nearest(page, left, (foot + head) / 2), _nearest(page, right, (foot + head) / 2)
        return near[0] or near[1] or _nearest(page, *mark.point, reach=1000.0)
    return _nearest(page, *mark.point) or _nearest(page, *mark.point, reach=1000.0)


def _typed(mark: Mark, page: PageText) -> Found | None:
    """Return the word of the manuscript on which words typed over the page begin, if they do."""
    if not mark.typed or page.is_strange(*mark.typed):
        return None
    return _nearest(page, *mark.typed) if _on_words(page, *mark.typed) else None


def _nearest(page: PageText, across: float, up: float, reach: float = REACH) -> Found | None:
    """Return the word nearest to a point; one at the same height is nearer.

    Beside the end of a line one means that line, however far, and none below it.
    """
    least, chosen = reach, None
    areas = [page.area(line) for line in page.lines]
    level = any(foot <= up <= head and left < across for left, foot, _, head in areas)
    for line, (left, foot, _, head) in zip(page.lines, areas, strict=True):
        away = max(foot - up, up - head, 0.0) * (_BELOW if level and left < across else 8)
        if away >= least or not line.pieces:
            continue
        for spot in page.spots(line):
            distance = away + max(spot.left - across, across - spot.right, 0.0)
            if distance < least:
                least, chosen = distance, spot
    return word_at(chosen, page.runs) if chosen else None
