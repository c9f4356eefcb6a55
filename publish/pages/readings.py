"""What the lines of a part tell of the manuscript, read once and kept with the part as it stands.

In: a `Part`. Out: its `Reading`: where each stretch of the manuscript stands on its pages, how
these begin, and the words on them that are found in no text. It is plain data; pages are counted
from the part's own first, which is 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from publish.engine.parts import Pages, Part
from publish.pages.line_spots import Row, line_rows
from publish.pages.pagemap import lines_of
from publish.pages.starts import Start, page_start, starts_of, strays_of
from publish.text.folios import Folios, PageStart


class Reading(NamedTuple):
    """What is read from the lines of a part; `starts` are those of its pages, one by one."""

    rows: tuple[Row, ...]
    starts: tuple[Start, ...]
    strays: tuple[tuple[int, str], ...]


def reading_of(part: Part) -> Reading:
    """Return what the lines of a part tell; read if it is not known."""
    if part.reading is None:
        boxes = [leaf.box for leaf in part.leaves]
        lines = list(lines_of(boxes))
        part.reading = tuple(Reading(line_rows(lines), starts_of(boxes, lines), strays_of(lines)))
    return Reading(*part.reading)


def rows(pages: Pages) -> Iterator[Row]:
    """Yield where each stretch of the manuscript stands on the pages of a book."""
    for before, one in _readings(pages):
        for file, first, last, page, *place in one.rows:
            yield file, first, last, page + before, *place  # type: ignore[misc]


def page_starts(pages: Pages, folios: Folios) -> tuple[PageStart, ...]:
    """Return where each page of a book begins in the manuscript."""
    starts = (start for _, one in _readings(pages) for start in one.starts)
    found = enumerate(zip(starts, pages.boxes, strict=True), 1)
    return tuple(page_start(start, page, folios.label(at)) for at, (start, page) in found)


def strays(pages: Pages, folios: Folios) -> tuple[tuple[str, str], ...]:
    """Return the label of each page with words that are found in no text, and the first of them."""
    found = ((page + before, text) for before, one in _readings(pages) for page, text in one.strays)
    return tuple((folios.label(page), text) for page, text in found)


def _readings(pages: Pages) -> Iterator[tuple[int, Reading]]:
    """Yield the reading of each part, and how many pages there are before it."""
    before = 0
    for part in pages.parts:
        yield before, reading_of(part)
        before += len(part.leaves)
