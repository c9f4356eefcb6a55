"""The page in numbers: trim, margins, columns, baseline grid.

In: `PrintSettings`. Out: a `Page`, all lengths in millimetres. The text area is a whole number of
baselines, so that lines of facing pages meet.
"""

from __future__ import annotations

import math

from msgspec import Struct
from msgspec.structs import replace

from publish.ground.units import INCH
from publish.settings.printing import PrintSettings

LINE = 1.36
"""The line of the text in the size of its type."""
COVER_SIZE = (1600, 2560)
"""The cover for the shops, in pixels; they ask for at least 1600 on the short side and 1:1.6."""


class Page(Struct, frozen=True):
    """A page: size, margins, columns, and the type that suits them (`size` in pt).

    `tracking` is what is added after each letter, in em; `pictures` are set at that share of the
    width of their place; `lean` is what a line more of a paragraph is to cost (see `Manner`).
    """

    width: float
    height: float
    bleed: float
    top: float
    bottom: float
    inner: float
    outer: float
    columns: int
    gap: float
    size: float
    baseline: float
    tracking: float = 0.0
    pictures: float = 1.0
    lean: float = 0.0

    @property
    def lines(self) -> int:
        """Return the lines of a page."""
        return round(self.depth / self.baseline)

    @property
    def measure(self) -> float:
        """Return the width of the text area."""
        return round(self.width - self.inner - self.outer, 3)

    @property
    def column(self) -> float:
        """Return the width of one column."""
        return round((self.measure - self.gap * (self.columns - 1)) / self.columns, 3)

    @property
    def depth(self) -> float:
        """Return the height of the text area."""
        return round(self.height - self.top - self.bottom, 3)

    @property
    def half(self) -> float:
        """Return the width of half a text area, beside which there is room for a caption."""
        return round((self.measure - self.gap) / 2, 3)

    def placed_width(self, place: str) -> float:
        """Return the width that a picture has at a place; page and spread with their bleed."""
        return {
            "column": self.column,
            "half": self.half,
            "full": self.measure,
            "page": self.width + 2 * self.bleed,
            "spread": 2 * (self.width + self.bleed),
            "inset": round(self.column * (0.46 if self.columns == 1 else 1.0), 3),
        }[place]


def page_of(settings: PrintSettings) -> Page:
    """Return the page of a trim size; the margins grow outward and downward (3:4 and 6:7)."""
    width, height = settings.trim
    columns = settings.columns
    size = {1: 9.7, 2: 9.2, 3: 8.9}[columns] + (0.8 if columns == 1 and width > 180 else 0.0)
    baseline = round(size * LINE * INCH / 72, 2)
    margin = min(width, height)
    share = (0.118, 0.104) if columns == 1 else (0.092, 0.08)
    inner, outer = (round(margin * one, 1) for one in share)
    if columns == 1 and width > 180:
        outer = round(width - inner - 135, 1)
    top, least = round(height * 0.088, 1), height * (0.098 if columns == 1 else 0.08)
    lines = int((height - top - least) / baseline)
    bottom = round(height - top - lines * baseline, 3)
    gap = round(baseline * 1.25, 2)
    return Page(
        width, height, settings.bleed, top, bottom, inner, outer, columns, gap, size, baseline
    )


class Variation(Struct, frozen=True):
    """What is changed of a page: type size in pt, lines, tracking in em, each margin in mm.

    `lean` changes but the lines that paragraphs are set in: fewer above 0, more below it.
    """

    size: float = 0.0
    lines: int = 0
    tracking: float = 0.0
    margins: float = 0.0
    pictures: float = 1.0
    lean: float = 0.0


def varied(page: Page, by: Variation) -> Page:
    """Return a page with a variation; its lines are set apart so that they fill the type area."""
    top, lines = page.top + by.margins, page.lines + by.lines
    depth = page.depth - 2 * by.margins
    baseline = depth / lines if by.lines or by.margins else page.baseline
    # Rounded down, so that the last line has its room.
    baseline = math.floor(baseline * 1e4 + 1e-6) / 1e4
    return replace(
        page,
        inner=round(page.inner + by.margins, 3),
        outer=round(page.outer + by.margins, 3),
        top=round(top, 3),
        bottom=round(page.height - top - lines * baseline, 3),
        size=round(page.size + by.size, 3),
        baseline=baseline,
        tracking=by.tracking,
        pictures=by.pictures,
        lean=by.lean,
    )
