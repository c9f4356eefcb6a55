"""The ground of a proof's sheet: where its columns stand, and where there is something already.

In: the laid-out pages of a proof. Out: a `Ground` for each, lengths in pt from the sheet's upper
left corner: its columns, the rectangles of all text and pictures, on which no mark may lie, and the
places in the manuscript that its paragraphs, headings and captions come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.engine.rects import Rect
from publish.ground.units import MM
from publish.pages.pagemap import PT

BESIDE, DOWN = 42 * MM, 18 * MM
"""Points from the edges of a proof's sheet to those of the trim, as styles/proof.css has them."""

Side = Literal["left", "right"]
_SHOWN = ("window", "backdrop", "plate-box", "ground")
"""The classes of what shows a picture without being one."""
_HAIR = 0.1


class Source(Struct, frozen=True):
    """A place in the manuscript, as file:line, and where the first line set from it stands."""

    left: float
    top: float
    height: float
    place: str


class Ground(Struct, frozen=True):
    """One sheet as it is laid out; `leftward` where its first column is the right one.

    `columns` are the stretches of columns between what goes across, `lefts` where each begins; both
    are empty where the text is in one column. What lies under a `painted` rectangle is not seen.
    """

    width: float
    height: float
    columns: tuple[Rect, ...] = ()
    lefts: tuple[float, ...] = ()
    taken: tuple[Rect, ...] = ()
    painted: tuple[Rect, ...] = ()
    sources: tuple[Source, ...] = ()
    leftward: bool = False

    def column(self, left: float, top: float) -> Rect | None:
        """Return the column in which a place stands; None for what goes across, or for no columns.

        A picture in a column may begin a little to the left of it.
        """
        for one in self.columns:
            across = one.left - 2 <= left < one.right
            if across and one.top - 1 <= top <= one.bottom + 1:
                return one
        return None

    def letter(self, column: Rect | None) -> str:
        """Return what a column is called: a for the one that is read first."""
        if column is None:
            return ""
        at = self._at(column)
        return "abcdefgh"[(len(self.lefts) - 1 - at if self.leftward else at) % 8]

    def letters(self) -> Iterator[tuple[str, float]]:
        """Yield the letter of each column with the middle of it."""
        for left in self.lefts:
            mine = next(one for one in self.columns if abs(one.left - left) <= 2)
            yield self.letter(mine), (mine.left + mine.right) / 2

    def side(self, column: Rect | None, other: Side) -> Side:
        """Return the margin in which a column is told of; `other` for what is in none."""
        if column is None:
            return other
        return "left" if self._at(column) < (len(self.lefts) + 1) // 2 else "right"

    def is_free(self, area: Rect) -> bool:
        """Tell whether neither text, picture nor tint is within a rectangle."""
        return not any(overlap(area, one) for one in (*self.taken, *self.painted))

    def beyond(self, side: Side) -> float:
        """Return by how much what bleeds reaches beyond the trim at a side."""
        if side == "left":
            return max((BESIDE - one.left for one in self.taken if one.left < BESIDE), default=0.0)
        trim = self.width - BESIDE
        return max((one.right - trim for one in self.taken if one.right > trim), default=0.0)

    def _at(self, column: Rect) -> int:
        return min(range(len(self.lefts)), key=lambda at: abs(self.lefts[at] - column.left))


def overlap(one: Rect, other: Rect) -> bool:
    """Tell whether two rectangles share more than a hair."""
    return (
        one.left < other.right - _HAIR
        and other.left < one.right - _HAIR
        and one.top < other.bottom - _HAIR
        and other.top < one.bottom - _HAIR
    )


def grounds(pages: Pages, leftward: bool = False) -> list[Ground]:
    """Return the ground of each page."""
    told: set[object] = set()
    return [_ground(page, told, leftward) for page in pages.boxes]


def _ground(page: Box, told: set[object], leftward: bool) -> Ground:
    """Return that of a page; `told` are the elements whose place stands on one before."""
    columns, taken, painted = [], [], []
    sources: dict[tuple[int, int, str], Source] = {}
    for box in _seen(page):
        if box.is_column:
            columns.append(_points(box.content))
        elif box.kind == "text" and box.text.strip():
            right, foot = box.left + box.width, box.top + box.height
            taken.append(_points(Rect(box.left, box.top, right, foot)))
        elif _shows(box):
            taken.append(_points(box.border))
        elif box.is_tinted and box.kind in ("block", "table"):
            painted.append(_points(box.border))
        source = _source(box, told)
        if source:
            key = round(source.left), round(source.top), source.place
            sources.setdefault(key, source)
    width, height = page.outer_width * PT, page.outer_height * PT
    lefts = _lefts(columns)
    stretches = tuple(columns) if lefts else ()
    seen = tuple(taken), tuple(painted), tuple(sources.values())
    return Ground(width, height, stretches, lefts, *seen, leftward)


def _lefts(columns: Iterable[Rect]) -> tuple[float, ...]:
    """Return where columns begin, from left to right; nothing for a single one."""
    lefts: list[float] = []
    for left in sorted(one.left for one in columns):
        if not lefts or left > lefts[-1] + 2:
            lefts.append(left)
    return tuple(lefts) if len(lefts) > 1 else ()


def _seen(box: Box) -> Iterator[Box]:
    """Yield the boxes in one, but not what is behind a window, whose edges cut it off."""
    for child in box.children:
        yield child
        if "window" not in child.classes:
            yield from _seen(child)


def _shows(box: Box) -> bool:
    is_img = box.element is not None and box.element.tag == "img" and box.kind == "other"
    return box.kind == "picture" or is_img or any(one in _SHOWN for one in box.classes)


def _source(box: Box, told: set[object]) -> Source | None:
    """Return what a box is set from, where it has the first line of that."""
    place = "" if box.element is None else box.element.get("data-source", "")
    if not place or box.pseudo or box.element in told or box.kind == "line":
        return None
    line = next((one for one in box.descendants() if one.kind == "line" and _says(one)), None)
    if line is None:
        return None
    told.add(box.element)
    return Source(line.left * PT, line.top * PT, line.height * PT, place)


def _says(line: Box) -> bool:
    return any(one.kind == "text" and one.text.strip() for one in line.descendants())


def _points(area: Rect) -> Rect:
    return Rect(*(side * PT for side in (area.left, area.top, area.right, area.bottom)))
