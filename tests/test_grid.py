"""The grid of lines: whatever is set in the size of the text stands on it, on every page.

Read from the letters of the PDFs themselves, so that columns, notes and floats make no difference.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pypdfium2
from conftest import shop_of
from typography import glyphs

from publish.building.workshop import Workshop
from publish.ground.units import MM
from publish.sizes.geometry import Page

ROOT = Path(__file__).parent.parent
HAIR = 0.03
"""Of a line: so far a baseline may be from the grid."""


def baselines(path: Path, size: float) -> dict[int, dict[float, str]]:
    """Return the letters on each baseline of each page, of a size in pt alone."""
    found: dict[int, dict[float, str]] = defaultdict(lambda: defaultdict(str))
    for number, page in enumerate(pypdfium2.PdfDocument(path), 1):
        for one in glyphs(page):
            if abs(one.size - size) < 0.05:
                found[number][round(one.baseline, 2)] += one.char
    return found


def off_grid(path: Path, page: Page) -> tuple[int, list[tuple[int, str]]]:
    """Return how many lines there are, and which of them, with its page, stands off the grid."""
    line, found = page.baseline * MM, baselines(path, page.size)
    rests = Counter(round(at % line, 1) for lines in found.values() for at in lines)
    grid = rests.most_common(1)[0][0]
    off = [
        (number, text)
        for number, lines in found.items()
        for at, text in lines.items()
        if HAIR < (at - grid) / line % 1 < 1 - HAIR
    ]
    return sum(map(len, found.values())), off


def test_every_line_of_the_sample(sample: dict[str, Path]) -> None:
    page = shop_of(ROOT / "manuscript").room.page
    count, off = off_grid(sample["print"], page)
    assert count > 500
    assert off == []


def test_every_line_of_the_book_that_has_every_feature(complete: dict[str, Path]) -> None:
    page = shop_of(ROOT / "tests" / "books" / "complete").room.page
    count, off = off_grid(complete["print"], page)
    assert count > 45
    assert off == []


def test_every_line_of_columns(columned: tuple[Workshop, Path]) -> None:
    shop, file = columned
    count, off = off_grid(file, shop.room.page)
    assert count > 60
    assert off == []
