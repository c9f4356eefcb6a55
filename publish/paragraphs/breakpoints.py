"""A paragraph as a line breaker sees it, and where its lines may end. Pure.

In: boxes, glue and penalties (`Item`), widths in px. Out: the places where a line may end, each
with the sums up to it, so that the width of any line is a difference. After D. E. Knuth and
M. F. Plass, “Breaking Paragraphs into Lines”, Software: Practice and Experience 11 (1981).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from msgspec import Struct

NEVER = 10_000.0
"""The cost of a break that is forbidden."""
FORCED = -NEVER
"""The cost of a break that must be."""
_BEGINNING = (0.0, 0.0, 0.0, 0.0, 0.0, False, False)


class Box(Struct, frozen=True):
    """Ink: its width, how many characters of the text it is, how far it may hang into a margin.

    `left` and `right` are what hangs out where a line begins or ends with it.
    """

    width: float
    length: int = 0
    left: float = 0.0
    right: float = 0.0


class Glue(Struct, frozen=True):
    """A blank, which may stretch and shrink, and where a line may end after a box."""

    width: float
    stretch: float
    shrink: float
    length: int = 1


class Penalty(Struct, frozen=True):
    """A place between two boxes where a line may end, and what that costs.

    `width` is what ending there adds to the line (a hyphen), `right` how far the line's end then
    hangs out, None for as far as the box before it. `flagged` where a hyphen ends the line,
    `sign` where one is added. `length` counts characters that are seen nowhere.
    """

    cost: float
    width: float = 0.0
    flagged: bool = False
    sign: bool = False
    right: float | None = None
    length: int = 0


Item: TypeAlias = Box | Glue | Penalty


class Place(NamedTuple):
    """Where a line may end, at an offset in the text: sums over the paragraph up to there.

    `end` is its width, less what hangs out at the `right` of the line that ends there; `next` the
    width up to where the next line begins, with what hangs out at its `left`.
    """

    at: int
    end: float
    end_stretch: float
    end_shrink: float
    next: float
    next_stretch: float
    next_shrink: float
    right: float
    left: float
    cost: float
    flagged: bool
    sign: bool


def places(items: Iterable[Item]) -> tuple[Place, ...]:
    """Return where lines may end, in order; the first stands for the paragraph's beginning.

    Blanks after a break are dropped, and so is a penalty that no box comes before.
    """
    found: list[Place] = []
    waiting: list[tuple[float, float, float, float, float, bool, bool]] = [_BEGINNING]
    width = stretch = shrink = hang = 0.0
    at, inked = 0, False
    for item in items:
        if type(item) is Box:
            for end, more, less, right, cost, flagged, sign in waiting:
                after = (width + item.left, stretch, shrink, right, item.left)
                found.append(Place(at, end - right, more, less, *after, cost, flagged, sign))
            waiting.clear()
            width, hang, inked = width + item.width, item.right, True
        elif type(item) is Glue:
            if inked:
                waiting.append((width, stretch, shrink, hang, 0.0, False, False))
            inked = False
            width, stretch, shrink = (
                width + item.width,
                stretch + item.stretch,
                shrink + item.shrink,
            )
        elif type(item) is Penalty:
            if item.cost < NEVER and found:
                right = hang if item.right is None else item.right
                end = width + item.width
                waiting.append((end, stretch, shrink, right, item.cost, item.flagged, item.sign))
            inked = False
        at += item.length
    for end, more, less, right, cost, flagged, sign in waiting[bool(not found) :]:
        after = (width, stretch, shrink, right, 0.0)
        found.append(Place(at, end - right, more, less, *after, cost, flagged, sign))
    return tuple(found)
