"""What is set smaller or may be broken, so that nothing runs off its page.

In: what was measured on laid-out pages: how far a table is too wide, how tall a table or a sidebar
is, how tall a caption and the headings above a picture in a sidebar. Out: `Fits`, by which the next
layout is made. A table goes down in steps of type; a block that is no longer short may begin at the
foot of a page and go on overleaf; a picture gets smaller by what its caption needs, and in a
sidebar by what its headings need.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from publish.sizes.framing import HAIR
from publish.sizes.geometry import Page

SIZES = (8.0, 7.5, 7.0, 6.5)
"""The type of a table in pt, step by step; styles/pages.css sets it by `data-step`."""
ANYWHERE = len(SIZES)
"""The step after the smallest type, at which the words of a table are broken anywhere."""
ROUNDS = ANYWHERE + 1
"""Layouts at the most until all fits: a step each, and one for what comes to light at the last."""
SHORT = 1 / 3
"""A table, a row of one or a sidebar of so much of a page at the most is kept whole."""
ALLOWED = 4.0
"""Baselines that are kept free below a tall picture before its caption has been measured."""
LEAST = 0.4
"""A picture gives way to its caption down to this part of the page; then the caption runs on."""


class Fits(Struct, frozen=True):
    """What was decided: steps of tables, heights of captions in mm, blocks that may be broken.

    `rows` are the tables whose rows may be broken as well, `tallest` how tall the pictures of a
    sidebar may be, in mm, so that their headings stand above them. All go by their place,
    `file:line`; a caption by where captions.toml has it.
    """

    steps: Mapping[str, int] = field(default_factory=dict)
    captions: Mapping[str, float] = field(default_factory=dict)
    loose: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()
    tallest: Mapping[str, float] = field(default_factory=dict)

    def changed(self, before: Fits) -> frozenset[str]:
        """Return the places of which something else was decided before."""
        kinds = "steps", "captions", "tallest"
        pairs = [(getattr(self, kind), getattr(before, kind)) for kind in kinds]
        keys = {key for here, there in pairs for key in here if here[key] != there.get(key)}
        return frozenset(keys | (self.loose - before.loose) | (self.rows - before.rows))


class Headed(Struct, frozen=True):
    """A picture of a sidebar, and what stays with it there: heights in mm.

    `above` are the headings right above it and what stands around both, `below` its caption.
    """

    above: float
    picture: float
    below: float


class Measures(Struct, frozen=True):
    """What stands on laid-out pages: widths as a part of the room for them, heights in mm.

    `framed` are the captions of pictures that are as tall as their caption leaves them, `rows` the
    heights of the tallest rows of tables, `headed` the pictures below a heading
    in each sidebar.
    """

    widths: dict[str, float]
    heights: dict[str, float]
    pictures: dict[str, float]
    captions: dict[str, float]
    framed: set[str] = field(default_factory=set)
    rows: dict[str, float] = field(default_factory=dict)
    headed: dict[str, list[Headed]] = field(default_factory=dict)


def next_fits(fits: Fits, found: Measures, page: Page) -> Fits:
    """Return what the next layout is made by; it is equal to `fits` when all has its place."""
    steps = dict(fits.steps)
    for key, width in found.widths.items():
        if width > 1.001:
            steps[key] = _narrower(steps.get(key, 0), width)
    captions = {
        name: math.ceil(height * 100) / 100
        for name, height in found.captions.items()
        if name in found.framed
        or (
            height > ALLOWED * page.baseline
            and height + found.pictures.get(name, 0.0) > room(page, "full")
        )
    }
    long = {key for key, height in found.heights.items() if height > SHORT * page.depth}
    tall = {key for key, height in found.rows.items() if height > SHORT * page.depth}
    tallest = {key: height for key, some in found.headed.items() if (height := _lower(some, page))}
    loose, rows = fits.loose | long, fits.rows | tall
    return Fits(steps, {**captions, **fits.captions}, loose, rows, {**fits.tallest, **tallest})


def _lower(pictures: Sequence[Headed], page: Page) -> float:
    """Return how tall the pictures of a sidebar may be, in mm; 0 where they stand as they are.

    What would have to be smaller than a caption makes it is left as it is.
    """
    # In a box there is white below a picture too, half of it to bring its lines to the grid.
    high = room(page, "full") - page.baseline
    excess = {one: one.above + one.picture + one.below - high for one in pictures}
    lower = [one.picture - over for one, over in excess.items() if over > 0]
    return math.floor(min(lower) * 100) / 100 if lower and min(lower) >= LEAST * high else 0.0


def _narrower(step: int, width: float) -> int:
    """Return the next step that can be narrow enough; none is left out before the last."""
    for further in range(step + 1, ANYWHERE - 1):
        if SIZES[further] / SIZES[step] * width <= 1:
            return further
    return min(max(step + 1, ANYWHERE - 1), ANYWHERE)


def picture_height(page: Page, place: str, caption: float | None) -> float:
    """Return how tall a picture may be, in mm, above a caption; None for one not measured."""
    below = ALLOWED * page.baseline if caption is None else caption
    return round(max(room(page, place) - below, LEAST * room(page, place)), 3)


def runs_on(page: Page, place: str, caption: float) -> bool:
    """Tell whether a caption is so tall that its picture would have to be too small."""
    return room(page, place) - caption < LEAST * room(page, place)


def room(page: Page, place: str) -> float:
    """Return the height of a page, in mm, for a picture and its caption together."""
    if place in ("page", "spread"):
        return page.height + page.bleed - page.bottom - HAIR
    # The white above a picture stays where a page begins with it.
    return page.depth - page.baseline - HAIR
