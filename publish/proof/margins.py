"""Words in the outer margins of a proof's sheet, none upon another.

In: `Mark`s, what is told of and at which height. Out: `Told`s, in the order of the lines: each
beside its line where there is room, else as near as the others let it, with a hair line to its own
height. Where a margin would be fuller than it is long the words that went are cut short first, and
file and line left out last. Lengths in pt.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.proof.ground import BESIDE, DOWN, Ground, Side

ROW = 8.0
"""From line to line of what is told."""
FLAG = 11.0
"""From one flag to the next, where lines would have them closer."""
_EDGE, _LANE, _ROOM = 7.0, 26.0, 2.0
"""Left free at the sheet's edge; between trim and words, where flags and hair lines stand; between
the trim, or what bleeds, and a flag."""
_LETTER, _BLANK = 3.4, 0.5
"""The width of a small letter at 6 pt, and that of a blank, of such letters."""
_NARROW, _BROAD = frozenset("fijlrt.,:;!'’‘|()[]/-·I1"), frozenset("mw–—…@%&")
"""Letters that take about two thirds, and about one and a half, of what others do."""
_ROWS = (12, 6, 3, 2, 1)
"""Lines of the words told of one place, fewer where a margin would be too full."""


class Mark(Struct, frozen=True):
    """What is told of in a margin: its kind, the margin, the middle of its line, the column."""

    kind: str
    side: Side
    middle: float
    words: str
    letter: str = ""


class Told(Struct, frozen=True):
    """A mark where it stands; a hair line leads from (`ends`) its words to the height meant."""

    mark: Mark
    top: float
    rows: int
    words: str
    ends: tuple[float, float, float, float] | None = None


class Margin(Struct, frozen=True):
    """A margin of a sheet: where words begin or end beside it, and how wide they may be."""

    side: Side
    flags: float
    words: float
    width: float


def margin_of(ground: Ground, side: Side) -> Margin:
    """Return a margin, measured from the sheet's edge at its side."""
    beyond = ground.beyond(side)
    words = BESIDE - beyond - _LANE
    return Margin(side, round(BESIDE - beyond - _ROOM, 2), round(words, 2), round(words - _EDGE, 2))


def told_in(marks: Sequence[Mark], margin: Margin, ground: Ground) -> list[Told]:
    """Return the marks of a margin where they stand."""
    letters = margin.width / _LETTER
    mine = sorted((one for one in marks if one.side == margin.side), key=_order)
    head, foot = DOWN / 2 + ROW, ground.height - _EDGE
    for most in _ROWS:
        made = [_cut(one, letters, most) for one in mine]
        if sum(one.rows for one in made) * ROW <= foot - head:
            break
    while sum(one.rows for one in made) * ROW > foot - head:
        made.remove(_nearest(made))
    tops = spread([(one.mark.middle - ROW / 2, one.rows * ROW) for one in made], head, foot)
    return [
        replace(one, top=round(top, 2), ends=_lead(one.mark, top, margin, ground))
        for one, top in zip(made, tops, strict=True)
    ]


def _order(mark: Mark) -> float:
    """Return by what marks are sorted: a picture yields to a line that begins about as high."""
    return mark.middle + 1.5 * ROW * (mark.kind == "plate")


def spread(wanted: Sequence[tuple[float, float]], head: float, foot: float) -> list[float]:
    """Return where things stand that want a top and have a height: in order, none upon another."""
    tops, free = [], head
    for top, height in wanted:
        tops.append(max(top, free))
        free = tops[-1] + height
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = min(tops[at], foot - wanted[at][1])
        foot = tops[at]
    return tops


def _cut(mark: Mark, letters: float, most: int) -> Told:
    """Return a mark with its words in so many lines at most; a place in one."""
    room = letters - 2 * bool(mark.letter)
    if mark.kind == "source":
        return Told(mark, 0, 1, _placed(mark.words, room))
    words, rows = mark.words, _rows(mark.words, room)
    while mark.kind == "gone" and rows > most and len(words) > 4:
        shorter = words.removesuffix(" …")[: -max(len(words) // 12, 1)]
        words = f"{shorter.rsplit(' ', 1)[0]} …"
        rows = _rows(words, room)
    return Told(mark, 0, rows, words)


def _rows(words: str, letters: float) -> int:
    """Return how many lines words take at most: a line ends where a word does not fit."""
    rows = 0
    for line in words.split("\n"):
        rows, used = rows + 1, 0.0
        for word in line.split():
            wide = _wide(word)
            if used and used + wide > letters:
                rows, used = rows + 1, 0.0
            rows += int(max(wide - 0.1, 0) // letters)
            used += wide + _BLANK
    return rows


def _wide(word: str) -> float:
    return sum(map(_width, word))


def _width(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1.8
    if char in _NARROW:
        return 0.65
    return 1.5 if char in _BROAD else 1.25 if char.isupper() else 1.0


def _placed(place: str, letters: float) -> str:
    """Return file:line in one line, the name of the file cut in its middle."""
    file, _, line = place.rpartition(":")
    room = letters - _wide(f":{line}")
    if _wide(file) <= room:
        return place
    while _wide(file) > room - 1.5 and len(file) > 2:
        middle = len(file) * 2 // 3
        file = file[: middle - 1] + file[middle:]
    middle = len(file) * 2 // 3
    return f"{file[:middle]}…{file[middle:]}:{line}"


def _nearest(made: Sequence[Told]) -> Told:
    """Return the place that stands nearest to what is told before it; the last where none does."""
    places = [at for at, one in enumerate(made) if at and one.mark.kind == "source"]
    if not places:
        return made[-1]
    at = min(places, key=lambda one: made[one].mark.middle - made[one - 1].mark.middle)
    return made[at]


def _lead(
    mark: Mark, top: float, margin: Margin, ground: Ground
) -> tuple[float, float, float, float] | None:
    """Return the hair line from words to the height of what they tell; None where they are there.

    It ends beside the flags, which stand nearest to the page.
    """
    if abs(top + ROW / 2 - mark.middle) <= ROW / 4 or mark.kind == "plate":
        return None
    near, far = margin.words + 1, margin.flags - FLAG - 5
    ways = (near, far) if margin.side == "left" else (ground.width - near, ground.width - far)
    sides = ways[0], top + ROW / 2, ways[1], mark.middle
    return sides[0], round(sides[1], 2), sides[2], round(sides[3], 2)
