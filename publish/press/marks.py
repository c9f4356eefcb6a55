"""What stands around a page for the printer: crop, fold and register marks, colour bar, slug line.

In: the page's size, its bleed and what the slug line says. Out: operators of a content stream (ISO
32000-1, 8.5), in points from the lower left corner of a sheet that is `MARGIN` wider than the
bleed on every side. Nothing of it reaches into the bleed. Register marks are for all plates
(Separation /All, 8.6.6.4); the slug line is drawn as outlines, so that it adds no font and no word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from publish.fonts.outlines import advance, glyphs, outline
from publish.ground.units import MM
from publish.press.inks import Cmyk

MARK = 5 * MM
GAP = 1 * MM
MARGIN = MARK + GAP
"""Length of a mark, its distance from the bleed, and how far the sheet reaches beyond the bleed."""
_LINE, _DASH, _BLACK = 0.25, 2, "0 0 0 1 k"
_TYPE = 5.6
"""The size of the slug line, in pt; a long one is set smaller, down to `_LEAST` of that."""
_LEAST = 0.7
_PATCH = (4 * MM, 3.4 * MM)
_CURVE = 0.5523
"""How far the handles of four curves that make a circle reach, in radii."""
_PURE: tuple[Cmyk, ...] = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))


class Sheet(Struct, frozen=True):
    """A page on its sheet, in pt: its trimmed size, the bleed around it, and where it is folded.

    Folds run from head to foot; `folds` are their distances from the left edge of the trim.
    """

    width: float
    height: float
    bleed: float
    folds: tuple[float, ...] = ()

    @property
    def margin(self) -> float:
        """Return how far the trim lies within the sheet."""
        return self.bleed + MARGIN

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height of the sheet."""
        return self.width + 2 * self.margin, self.height + 2 * self.margin

    @property
    def middle(self) -> float:
        """Return the middle of its widest part between two folds, the last of those that are."""
        edges = (0.0, *self.folds, self.width)
        parts = ((round(right - left, 3), (left + right) / 2) for left, right in pairwise(edges))
        return self.margin + max(parts)[1]

    @property
    def free(self) -> float:
        """Return how much room there is at head and foot from the left edge of the trim on."""
        nearest = min((self.middle - self.margin, *self.folds))
        return nearest - MARK


def crop_marks(sheet: Sheet) -> list[str]:
    """Return two marks for each corner, in line with the trim."""
    wide, high = sheet.size
    lines = []
    for x in (sheet.margin, wide - sheet.margin):
        lines += [_line(x, 0, x, MARK), _line(x, high - MARK, x, high)]
    for y in (sheet.margin, high - sheet.margin):
        lines += [_line(0, y, MARK, y), _line(wide - MARK, y, wide, y)]
    return lines


def fold_marks(sheet: Sheet) -> list[str]:
    """Return two dashed marks for each fold, at head and foot."""
    high = sheet.size[1]
    lines = []
    for x in (sheet.margin + fold for fold in sheet.folds):
        lines += [_line(x, 0, x, MARK), _line(x, high - MARK, x, high)]
    return [f"[{_DASH} {_DASH}] 0 d", *lines, "[] 0 d"] if lines else []


def register_marks(sheet: Sheet) -> list[str]:
    """Return a cross in a circle at each side, at head and foot out of the way of the folds."""
    (wide, high), half, middle = sheet.size, MARK / 2, sheet.middle
    middles = ((middle, half), (middle, high - half), (half, high / 2), (wide - half, high / 2))
    return _crosses(middles)


def sheet_crosses(sheet: Sheet, *, sides: bool, ends: bool) -> list[str]:
    """Return register marks of imposed pages, where there is room: at the sides, at head and foot.

    They stand a quarter of the way along, where nothing is folded or cut.
    """
    (wide, high), half = sheet.size, MARK / 2
    x, y = sheet.margin + sheet.width / 4, sheet.margin + sheet.height / 4
    places = [(half, y), (wide - half, high - y)] if sides else []
    places += [(x, half), (wide - x, high - half)] if ends else []
    return _crosses(places)


def _crosses(places: Sequence[tuple[float, float]]) -> list[str]:
    half, lines = MARK / 2, []
    for x, y in places:
        lines += [_line(x - half, y, x + half, y), _line(x, y - half, x, y + half)]
        lines.append(_circle(x, y, half * 0.55))
    return lines


def colour_bar(sheet: Sheet, spot: str = "") -> list[str]:
    """Return patches of the inks, whole and at half, at the head; `spot` is an operand of scn."""
    mixes = [mix for pure in _PURE for mix in (pure, tuple(one / 2 for one in pure))]
    wide, high = _PATCH
    room = sheet.free
    left, foot = sheet.margin + GAP, sheet.size[1] - MARK + (MARK - high) / 2
    paints = [f"{' '.join(f'{one:g}' for one in mix)} k" for mix in mixes]
    if spot:
        paints = [f"{spot} cs {tint:g} scn" for tint in (1, 0.5)] + paints
    count = min(len(paints), int(room / wide))
    return [
        f"{paint} {left + at * wide:.4f} {foot:.4f} {wide:.4f} {high:.4f} re f"
        for at, paint in enumerate(paints[:count])
    ]


def slug_line(sheet: Sheet, words: str, folio: str) -> tuple[list[str], list[str]]:
    """Return the slug line at the foot, left of the register mark, in black.

    First its words, which are those of every page, then the page's own number, “5/36”. It leaves
    room for the number of the last page.
    """
    room, tail = sheet.free - GAP, f" · {folio}"
    last = _advance(f" · {folio.partition('/')[2]}/{folio.partition('/')[2]}")
    size = min(_TYPE, max(_TYPE * _LEAST, room / (_advance(words) + last)))
    words = _cut(words, room / size - last)
    x, y = sheet.margin + GAP, (MARK - size * 0.7) / 2
    own = _outlines(tail, x + _advance(words) * size, y, size)
    return [_BLACK, *_outlines(words, x, y, size), "f"], [_BLACK, *own, "f"]


def ink_line(sheet: Sheet, words: str) -> list[str]:
    """Return what a plate says of itself at the foot, right of the middle, to be filled."""
    x, y = sheet.margin + sheet.width / 2 + MARK, (MARK - _TYPE * 0.7) / 2
    room = (sheet.width / 2 - MARK - GAP) / _TYPE
    return [*_outlines(_cut(words, room), x, y, _TYPE), "f"]


def common_marks(sheet: Sheet, words: str, bar: bool, registration: str, spot: str = "") -> str:
    """Return the marks that all pages of a size have.

    `registration` is the name of the colour space for all plates; `words` are operators that paint
    those of the slug line.
    """
    lines = [f"q {registration} CS 1 SCN {_LINE} w", *crop_marks(sheet), *fold_marks(sheet)]
    lines += [*register_marks(sheet), *(colour_bar(sheet, spot) if bar else ())]
    return "\n".join([*lines, words, "Q"])


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x:.4f} {y:.4f} m {to_x:.4f} {to_y:.4f} l S"


def _circle(x: float, y: float, radius: float) -> str:
    handle = radius * _CURVE
    quarters = (
        (radius, handle, handle, radius, 0.0, radius),
        (-handle, radius, -radius, handle, -radius, 0.0),
        (-radius, -handle, -handle, -radius, 0.0, -radius),
        (handle, -radius, radius, -handle, radius, 0.0),
    )
    curves = (
        " ".join(f"{(y if at % 2 else x) + one:.4f}" for at, one in enumerate(quarter)) + " c"
        for quarter in quarters
    )
    return f"{x + radius:.4f} {y:.4f} m {' '.join(curves)} S"


def legible(words: str) -> bool:
    """Tell whether the slug line has a glyph for every sign of some words."""
    return len(glyphs(words)) == len(words)


def _advance(words: str) -> float:
    """Return how wide words are, in em."""
    return sum(map(advance, glyphs(words)))


def _cut(words: str, room: float) -> str:
    """Return words that fit into a room (em), cut short where they do not."""
    if _advance(words) <= room:
        return words
    while words and _advance(f"{words}…") > room:
        words = words[:-1]
    return f"{words.rstrip()}…" if words else ""


def _outlines(words: str, x: float, y: float, size: float) -> list[str]:
    """Return words as paths, from a point on their base line."""
    lines: list[str] = []
    for glyph in glyphs(words):
        lines += _placed(glyph, x, y, size)
        x += advance(glyph) * size
    return lines


@lru_cache(maxsize=4096)
def _placed(glyph: int, x: float, y: float, size: float) -> tuple[str, ...]:
    """Return the path of a glyph at a point; of one page it is often as of the page before."""
    lines = []
    for operator, points in outline(glyph):
        places = (f"{x + px * size:.3f} {y + py * size:.3f}" for px, py in points)
        lines.append(" ".join((*places, operator)))
    return tuple(lines)
