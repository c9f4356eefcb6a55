"""The cover as it lies flat, in numbers: how thick the spine is, what stands where, where it folds.

In: settings, and the number of pages of the inside. Out: a `Flat`, in millimetres from the left
edge of the trimmed sheet. The spine of a book that is glued is what its leaves are thick together,
and the cover twice, which is folded around them:

    spine = leaves · caliper + 2 · caliper of the cover
    caliper = g/m² · bulk (cm³/g) / 1000                              (ISO 534)

The caliper follows from ISO 534's definition of bulk, the thickness of paper over its grammage. For
the sum no source was read: it is what a pile of so many leaves is thick, and its cover. Stapled
sheets are folded where the cover is, so that they have no spine. Glue, and how hard the pile is
pressed, are the printer's: a spine that the printer states goes before the sum.
"""

from __future__ import annotations

import math
from itertools import accumulate

from msgspec import Struct

from publish.booklet.imposition import caliper_mm, job_of, make_plan
from publish.booklet.sheets import Size
from publish.ground.wording import direction
from publish.settings.book_toml import Settings

SHOWN = 0.1
"""Millimetres to which a spine is rounded, as printers state it."""


class Panel(Struct, frozen=True):
    """A part of the flat cover between two folds: its name, its left edge and its width."""

    name: str
    left: float
    width: float


class Flat(Struct, frozen=True):
    """The flat cover of a page size; `flap` is 0 where there is none, `spine` where it is folded.

    From left to right lie back, spine and front, and outside of these their flaps; of a book that
    is read leftward it is the other way about.
    """

    page: tuple[float, float]
    spine: float
    flap: float = 0.0
    leftward: bool = False

    def __str__(self) -> str:
        """Return what a printer looks for: “148 + 9 + 148 × 210 mm”."""
        return f"{' + '.join(f'{one.width:g}' for one in self.panels)} × {self.page[1]:g} mm"

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height."""
        return round(2 * (self.page[0] + self.flap) + self.spine, 4), self.page[1]

    @property
    def panels(self) -> tuple[Panel, ...]:
        """Return the panels from left to right; those without width are not there."""
        wide, flap = self.page[0], self.flap
        widths = (
            ("back-flap", flap), ("back", wide), ("spine", self.spine), ("front", wide),
            ("front-flap", flap),
        )  # fmt: skip
        there = [one for one in widths if one[1]][:: -1 if self.leftward else 1]
        starts = accumulate((width for _, width in there), initial=0.0)
        return tuple(
            Panel(name, round(left, 4), width)
            for (name, width), left in zip(there, starts, strict=False)
        )

    @property
    def folds(self) -> tuple[float, ...]:
        """Return where the sheet is folded."""
        return tuple(panel.left for panel in self.panels[1:])


def spine_mm(settings: Settings, pages: int) -> float:
    """Return the width of the spine in mm for a number of pages; what book.toml states, if it does.

    A page of the inside that has no other behind it is a leaf as well, and so are the blank pages
    that signatures are filled up with.
    """
    cover, print_ = settings.cover, settings.print
    if cover.spine is not None:
        return cover.spine
    if print_.binding == "saddle-stitch":
        return 0.0
    leaves = math.ceil(_bound(settings, pages) / 2) * caliper_mm(
        print_.paper.grams, print_.paper.bulk
    )
    around = 2 * caliper_mm(cover.paper.grams, cover.paper.bulk) if cover.paper else 0.0
    return round(round((leaves + around) / SHOWN) * SHOWN, 4)


def _bound(settings: Settings, pages: int) -> int:
    """Return how many pages are bound: of sheets that are imposed here, the blank ones too."""
    if settings.booklet.scheme != "signatures":
        return pages
    plan = make_plan(pages, Size(*settings.print.trim), job_of(settings, 0.0, leftward=False))
    return pages + plan.blanks if plan else pages


def flat_of(settings: Settings, pages: int) -> Flat:
    """Return the flat cover of a book whose inside has a number of pages."""
    leftward = direction(settings.language) == "rtl"
    return Flat(settings.print.trim, spine_mm(settings, pages), settings.cover.flaps, leftward)
