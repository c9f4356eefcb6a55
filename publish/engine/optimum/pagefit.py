"""A page that ends short, or within a word, mended by itself: a paragraph of it is set otherwise.

In: a page as the engine has laid it out, its lines tied to their `Galley`s, and a function that
lays it out anew. Out: the page that serves best. For pages that `pagination` could not choose with
those that follow: with notes, pictures or tables to come. Widows and orphans the engine itself
avoids, by ending the page a line early; here the line is made up for by the paragraph of the page
that can be set in one more for the fewest demerits, as lua-widow-control does in TeX; where none
can, by one that can be set in one less. Only what stands in one column; the page before is final.
Knows the engine's boxes by their attributes (WeasyPrint 70).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from publish.engine.optimum import plans
from publish.engine.optimum.galley import Galley
from publish.paragraphs.choices import Choice, Otherwise
from publish.paragraphs.linebreak import Line, Plan, lengths
from publish.paragraphs.taste import Taste

_MOST = 3
"""Lines that a page may be short of and still be made full."""
_TRIES = 2
"""Paragraphs at the most that are tried a line shorter: it need not help."""
FURTHER = 1.95
"""How far blanks may be stretched where a page cannot else be filled; beyond it lines are loose."""
_LEAST = 3
"""A paragraph of fewer lines is set as it is."""
_ALMOST = 0.02


class Foot(Struct, frozen=True):
    """How a page ends: the lines that it is short of, and whether its last one ends in a hyphen."""

    short: int
    divided: bool


class Run(Struct, frozen=True):
    """The lines of one paragraph that stand on a page, from `start` in its text on."""

    galley: Galley
    taste: Taste
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """Return the offset at which the first of them begins."""
        return self.lines[0].start


class Change(Struct, frozen=True):
    """Other lines for a paragraph, from the first that it has on the page; what they cost more.

    `best` are the lines that it had.
    """

    galley: Galley
    lines: tuple[Line, ...]
    cost: float
    best: int

    def apply(self, otherwise: Otherwise) -> None:
        """Plan the paragraph so, for the sake of a page that would end otherwise."""
        self.galley.lines.update((line.start, line) for line in self.lines)
        self.galley.choice = Choice(len(self.lines), self.best, self.cost, (otherwise,), self.cost)


def lines_in(box: Any) -> Iterator[Any]:
    """Yield the lines of text on a page, in the order of the flow; none of pages in columns."""
    for child in box.children:
        if type(child).__name__ == "LineBox":
            yield child
        elif type(child).__name__ == "BlockBox" and child.is_in_normal_flow():
            yield from lines_in(child)


def foot_of(page: Any, ends: bool) -> Foot | None:
    """Return how a page ends; None where a chapter does (`ends`), or no planned text."""
    if ends or not page.children:
        return None
    lines = list(lines_in(page.children[0]))
    if not lines or getattr(lines[-1], "planned", None) is None or in_columns(page.children[0]):
        return None
    last = lines[-1]
    room = floor_of(page) - (last.position_y + last.height)
    planned = last.planned
    divided = planned.flagged and not planned.forced
    return Foot(int(room / last.height + _ALMOST), divided)


def low_of(page: Any) -> float:
    """Return where the type area of a page ends: at a picture at its foot, else at its margin."""
    low = float(page.content_box_y() + page.height)
    found = (one for one in _stood_in(page.children[0]) if one.element.get("data-float") == "foot")
    return min([low, *(float(one.position_y) for one in found)])


def _stood_in(box: Any) -> Iterator[Any]:
    """Yield the pictures that float on a page."""
    for child in getattr(box, "children", ()):
        if child.element is not None and child.element.get("data-float"):
            yield child
        elif type(child).__name__ == "BlockBox" and child.is_in_normal_flow():
            yield from _stood_in(child)


def floor_of(page: Any) -> float:
    """Return where the room for the text of a page ends: at its notes, a picture, its margin."""
    floor = low_of(page)
    for area in page.children[1:2]:
        if area.children:
            floor = min(floor, area.position_y)
    return floor


def in_columns(box: Any) -> bool:
    """Tell whether a part of a page is set in columns."""
    return any(
        getattr(child, "is_column", False) or in_columns(child)
        for child in getattr(box, "children", ())
        if type(child).__name__ == "BlockBox"
    )


def runs_of(page: Any) -> list[Run]:
    """Return the planned paragraphs of a page, each with its lines on it."""
    runs: dict[int, list[Any]] = {}
    for line in lines_in(page.children[0]):
        if getattr(line, "galley", None) is not None:
            runs.setdefault(id(line.galley), []).append(line)
    return [
        Run(lines[0].galley, lines[0].taste, tuple(line.planned for line in lines))
        for lines in runs.values()
    ]


def changes(runs: list[Run], more: int, tolerance: float) -> list[Change]:
    """Return the ways to set a paragraph in so many lines more (or fewer), the cheapest first."""
    found = []
    for run in runs:
        index = run.galley.index.get(run.start)
        if index is None or len(run.lines) < _LEAST or not _is_even(run):
            continue
        taste = replace(run.taste, tolerance=tolerance)
        known = lengths(run.galley.places, [run.lines[0].measure], taste, index)
        count = _count(run)
        if count in known and count + more in known:
            other = known[count + more]
            cost = other.demerits - known[count].demerits
            found.append(Change(run.galley, other.lines, cost, count))
    return sorted(found, key=lambda change: change.cost)


def _is_even(run: Run) -> bool:
    """Tell whether the lines of a paragraph, overleaf too, are all of one measure."""
    return len({round(line.measure, 2) for line in run.lines}) == 1


def _planned(run: Run) -> Iterator[Line]:
    """Yield the lines that a paragraph has from its first on the page to its end."""
    at = run.start
    while line := run.galley.lines.get(at):
        yield line
        at = line.end


def _count(run: Run) -> int:
    return sum(1 for _ in _planned(run))


def undivided(run: Run) -> list[Change]:
    """Return the way to set the last paragraph of a page without a hyphen at the page's end."""
    if run.galley.index.get(run.start) is None or not _is_even(run):
        return []
    lines = tuple(_planned(run))
    planned = Plan(lines, sum(line.demerits for line in lines), 0)
    known = plans.undivided(run.galley, planned, run.lines[-1].end, run.taste)
    other = known.get(len(lines))
    if other is None:
        return []
    return [Change(run.galley, other.lines, other.demerits - planned.demerits, len(lines))]


def fitted(
    page: Any, number: int, make: Callable[[], Any], foot: Callable[[Any], Foot | None], leaf: bool
) -> Any:
    """Return the best page that `make` can lay out; `leaf` where it is to be turned after it."""
    now = foot(page)
    if now is None or not (0 < now.short <= _MOST or (leaf and now.divided)):
        return page
    last = page

    def tried() -> Any:
        nonlocal last
        last = make()
        return last

    if now.short:
        page, now = _filled(page, number, tried, foot, now)
    if leaf and now.divided:
        runs = runs_of(page)
        for change in undivided(runs[-1]) if runs else ():
            page, now, _ = _tried(change, page, number, tried, foot, now)
    # What the engine knows must be of the page that is kept, and not of the last that was tried.
    return page if page is last else make()


def _filled(
    page: Any, number: int, make: Callable[[], Any], foot: Callable[[Any], Foot | None], now: Foot
) -> tuple[Any, Foot]:
    """Return a page with its room filled as far as may be, line by line."""
    for _ in range(now.short):
        better = False
        for change in _ways(runs_of(page)):
            page, now, better = _tried(change, page, number, make, foot, now)
            if better:
                break
        if not better or not now.short:
            break
    return page, now


def _ways(runs: list[Run]) -> Iterator[Change]:
    """Yield what may fill a page, the less harmful first; each is looked for when it is needed."""
    usual = max((run.taste.tolerance for run in runs), default=0.0)
    for tolerance in (usual, max(usual, FURTHER)):
        longer, shorter = changes(runs, 1, tolerance)[:1], changes(runs, -1, tolerance)[:_TRIES]
        yield from sorted(longer + shorter, key=lambda change: change.cost)


def _tried(
    change: Change,
    page: Any,
    number: int,
    make: Callable[[], Any],
    foot: Callable[[Any], Foot | None],
    now: Foot,
) -> tuple[Any, Foot, bool]:
    """Return the page with a change if it is better so, else the page without it."""
    before, choice = dict(change.galley.lines), change.galley.choice
    change.apply(Otherwise(number, now.short, now.divided))
    other = make()
    then = foot(other)
    if then is None or (then.short, then.divided) < (now.short, now.divided):
        return other, then or Foot(0, False), True
    change.galley.set_as(before, choice)
    return page, now, False
