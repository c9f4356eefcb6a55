"""Pieces of a page → rows in reading order, column by column.

In: the pieces of a page. Out: `Row`s. A page is cut at its gutters: stretches of white that run
down between filled lines. What lies across a gutter (a heading, a picture's caption) ends the
columns above it. Cells of a table do not fill their columns, so that a table is not cut.
(After Nagy and Seth's recursive X-Y cut, 1984, with the gutter found first.)
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from statistics import median

from msgspec import Struct, structs

from publish.importing.pdf.model import RAISED, Piece, Row

GUTTER = 0.6
"""A gutter is at least so many ems wide."""
COLUMN = 6
"""A column is at least so many ems wide, and has at least `LEAST` lines."""
LEAST = 2
FILLED = 0.6
"""The part of its column that most of a column's lines fill."""
CROSSING = 0.5
"""For each line beside a gutter at most so many lie across it."""
BLANK = 0.16
"""A gap of so many ems is a blank."""
INITIAL = 1.7
"""An initial is so many times as large as the text beside it."""


class _Cut(Struct, frozen=True):
    """A gutter: its sides, and how many pieces lie across it."""

    left: float
    right: float
    crossing: int


def rows_of(page: int, pieces: Sequence[Piece], size: float) -> list[Row]:
    """Return the rows of a page's pieces; `size` is that of the body text."""
    out: list[Row] = []
    for column, region in enumerate(_regions(list(pieces), size)):
        out += _rows(page, column, region)
    return out


def _regions(pieces: list[Piece], size: float) -> Iterator[list[Piece]]:
    """Yield the columns of a part of a page, in reading order."""
    cut = _gutter(pieces, size)
    if cut is None:
        if pieces:
            yield pieces
        return
    for across, band in _bands(pieces, cut):
        if across:
            yield from _regions(band, size) if len(band) < len(pieces) else [band]
            continue
        yield from _regions([one for one in band if one.right <= cut.right], size)
        yield from _regions([one for one in band if one.right > cut.right], size)


def _gutter(pieces: Sequence[Piece], size: float) -> _Cut | None:
    """Return the best gutter of a region: crossed by least, then the widest."""
    rights = sorted({round(one.right, 1) for one in pieces})
    lefts = sorted({round(one.left, 1) for one in pieces})
    found = []
    for start in rights:
        stop = next((left for left in lefts if left >= start + GUTTER * size), None)
        if stop is None:
            break
        cut = _Cut(start + 0.1, stop - 0.1, 0)
        cut = _Cut(cut.left, cut.right, sum(_crosses(one, cut) for one in pieces))
        if _parts_columns(pieces, cut, size):
            found.append(cut)
    return min(found, key=lambda one: (one.crossing, one.left - one.right), default=None)


def _crosses(one: Piece, cut: _Cut) -> bool:
    """Tell whether a piece lies across a gutter, or reaches into it."""
    return one.left < cut.right and one.right > cut.left


def _parts_columns(pieces: Sequence[Piece], cut: _Cut, size: float) -> bool:
    """Tell whether what stands left and right of a gutter are columns of filled lines."""
    left = [one for one in pieces if one.right <= cut.left]
    right = [one for one in pieces if one.left >= cut.right]
    if not left or not right:
        return False
    # They must stand beside one another, with little across the gutter between them.
    foot = max(min(one.box[1] for one in left), min(one.box[1] for one in right))
    head = min(max(one.box[3] for one in left), max(one.box[3] for one in right))
    within = [one for one in pieces if one.box[3] > foot and one.box[1] < head]
    left, right = ([one for one in side if one in within] for side in (left, right))
    across = len(_lines([one for one in within if _crosses(one, cut)]))
    least = min(len(_lines(left)), len(_lines(right)))
    few = least >= max(LEAST, across / CROSSING)
    return few and _filled(left, right, cut, size)


def _filled(left: Sequence[Piece], right: Sequence[Piece], cut: _Cut, size: float) -> bool:
    """Tell whether most lines on the left reach to the gutter, and those on the right are long.

    Cells of a table are short of the next column, and often short altogether.
    """
    ends = [max(line, key=lambda one: one.right) for line in _lines(left)]
    begins = [min(line, key=lambda one: one.left) for line in _lines(right)]
    reach = median((one.right - one.left) / (cut.left - one.left) for one in ends)
    widths = (median(one.right - one.left for one in side) for side in (ends, begins))
    return reach >= FILLED and all(width >= COLUMN * size for width in widths)


def _bands(pieces: Sequence[Piece], cut: _Cut) -> Iterator[tuple[bool, list[Piece]]]:
    """Yield the stretches of a region from its head down, and whether each lies across the cut."""
    across = [one for one in pieces if _crosses(one, cut)]
    lying = {
        id(one) for one in pieces if one in across or any(_beside(one, each) for each in across)
    }
    bands: list[tuple[bool, list[Piece]]] = []
    for one in sorted(pieces, key=lambda piece: -(piece.box[1] + piece.box[3])):
        if bands and bands[-1][0] == (id(one) in lying):
            bands[-1][1].append(one)
        else:
            bands.append((id(one) in lying, [one]))
    whole: list[tuple[bool, list[Piece]]] = []
    for crossing, band in bands:
        # The short last line of what lies across has nothing beside it.
        alone = crossing or len({one.right <= cut.right for one in band}) == 1
        if whole and whole[-1][0] and alone:
            whole[-1][1].extend(band)
        else:
            whole.append((alone, band))
    yield from whole


def _beside(one: Piece, other: Piece) -> bool:
    """Tell whether a piece goes on with another on its line."""
    gap = max(other.left - one.right, one.left - other.right)
    return abs(one.base - other.base) < 0.3 * one.style.size and gap < 1.5 * one.style.size


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return pieces of one column line by line; what is set high or low goes with its line."""
    lines: list[list[Piece]] = []
    for one in sorted(pieces, key=lambda piece: (-piece.base, piece.left)):
        level = bool(lines) and abs(lines[-1][0].base - one.base) < 0.2 * one.style.size
        if level and not any(_covers(one, other) for other in lines[-1]):
            lines[-1].append(one)
        else:
            lines.append([one])
    out = list(lines)
    for at, line in enumerate(lines):
        for other in (*lines[max(at - 2, 0) : at], *lines[at + 1 : at + 3]):
            if line in out and other in out and _raised(line, other):
                other += line
                out.remove(line)
    return out


def _covers(one: Piece, other: Piece) -> bool:
    """Tell whether a piece is printed over another, so that they cannot be one line."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > one.style.size and shared > 0.3 * min(
        one.right - one.left, other.right - other.left
    )


def _raised(line: Sequence[Piece], main: Sequence[Piece]) -> bool:
    """Tell whether small pieces are set a little above or below the line that they belong to."""
    size = max(one.style.size for one in main)
    largest = max(one.style.size for one in line)
    figures = all(one.text.strip().isdigit() for one in line)
    small = largest <= (1.0 if figures else RAISED) * size
    near = abs(line[0].base - main[0].base) < 0.55 * size
    return small and near and all(_clear(one, main) for one in line)


def _clear(one: Piece, line: Sequence[Piece]) -> bool:
    """Tell whether a raised or lowered piece stands close beside a line, and not above it."""
    apart = all(one.left >= other.right - 1 or one.right <= other.left + 1 for other in line)
    near = any(
        min(abs(one.left - other.right), abs(other.left - one.right)) < 0.6 * other.style.size
        for other in line
    )
    return apart and near


def _rows(page: int, column: int, pieces: Sequence[Piece]) -> list[Row]:
    """Return the rows of one column, initials joined to the line that they begin."""
    initials = [one for one in pieces if _is_initial(one, pieces)]
    rest = [one for one in pieces if one not in initials]
    lines = sorted(_lines(rest), key=lambda line: -max(line, key=_weight).base)
    left = min((one.left for one in pieces), default=0)
    edge = max((one.right for one in pieces), default=0)
    rows = [
        Row(page, in_order(line), column, min(one.left for one in line), edge, left)
        for line in lines
    ]
    for initial in initials:
        rows = _joined(rows, initial)
    return rows


def _weight(piece: Piece) -> tuple[float, int]:
    return piece.style.size, len(piece.text)


def _is_initial(one: Piece, pieces: Sequence[Piece]) -> bool:
    """Tell whether a piece is a large letter with two lines of smaller text beside it."""
    if len(one.text.strip("“„«'\"")) > 2 or not any(char.isalpha() for char in one.text):
        return False
    beside = [
        other
        for other in pieces
        if other is not one
        and other.style.size * INITIAL <= one.style.size
        and other.left >= one.right - 1
        and other.left < one.right + one.style.size
        and one.box[1] - 0.3 * other.style.size < other.base < one.box[3]
    ]
    return len({round(other.base) for other in beside}) >= 2


def _joined(rows: Sequence[Row], initial: Piece) -> list[Row]:
    """Put an initial before the first of the rows beside it; the rest begin where it does."""
    beside = [
        row
        for row in rows
        if row.left >= initial.right - 1
        and initial.box[1] - 0.3 * row.style.size < row.base < initial.box[3]
    ]
    if not beside:
        return list(rows)
    first = max(beside, key=lambda row: row.base)
    beside += _further(rows, beside)
    out = []
    for row in rows:
        if row is first:
            head, *rest = row.pieces
            close = head.left - initial.right < 0.5 * head.style.size and not head.blank
            word = initial.text.strip("“„«'\"").isalpha() and len(initial.text) == 1
            apart = structs.replace(head, blank=head.blank and not (word and close))
            row = dataclasses.replace(row, pieces=(initial, apart, *rest), left=initial.left)
        elif row in beside:
            row = dataclasses.replace(row, left=initial.left)
        out.append(row)
    return out


def _further(rows: Sequence[Row], beside: Sequence[Row]) -> list[Row]:
    """Return the rows below an initial that keep clear of it as those beside it do."""
    last = min(beside, key=lambda row: row.base)
    out = []
    for row in rows:
        step = last.base - row.base
        if 0 < step < 2 * row.style.size and abs(row.left - last.left) < 1:
            out.append(row)
            last = row
    return out if len(out) <= len(beside) else []


def in_order(line: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces of a line as they are read, each told whether a blank stands before it."""
    letters = "".join(one.text for one in line)
    from_right = sum("\u0590" <= char <= "\u08ff" for char in letters) > len(letters) / 3
    pieces = sorted(line, key=lambda one: -one.right if from_right else one.left)
    out = [pieces[0]]
    for one in pieces[1:]:
        last = out[-1]
        gap = last.left - one.right if from_right else one.left - last.right
        small = min(one.style.size, last.style.size)
        out.append(structs.replace(one, blank=gap > BLANK * small))
    return tuple(out)
