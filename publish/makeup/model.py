"""What is judged of laid-out pages: their lines, each with its place in its paragraph.

In: the lines that `pagemap` read. Out: `Row`s and, of what is wrong with them, `Fault`s.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from msgspec import Struct, field

from publish.ground.problems import Spot
from publish.makeup.blanks import blanks, texts
from publish.pages.line_numbers import numbered
from publish.pages.pagemap import PT, Line

HYPHENS = "-\u2010\u00ad"
HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PROSE = ("p", "li", "dd", "div", "blockquote")
_APART, _PROSE_APART = ("note", "figure"), (*_PROSE, "span", "figcaption")
_VERSE = "stanza"
"""The class of a paragraph of verse."""
_SHOWN = 40


@dataclass(frozen=True)
class Row:
    """A line of text.

    `number` counts those of the running text of its page from 1, 0 stands for others; it is the
    `first` or the `last` of its block.
    """

    line: Line
    number: int
    first: bool
    last: bool

    @property
    def place(self) -> tuple[int, int]:
        """Return the page and the column that it stands in."""
        return self.line.page, self.line.column

    @property
    def tag(self) -> str:
        """Return the name of the element that it is a line of."""
        return "" if self.line.block is None else self.line.block.tag

    @property
    def is_prose(self) -> bool:
        """Tell whether it is a line of a paragraph: not of a heading, a table or code."""
        return self.tag in (_PROSE_APART if self.line.area in _APART else _PROSE)

    @property
    def is_verse(self) -> bool:
        """Tell whether it is a line of verse, which ends where its poet has it end."""
        block = self.line.block
        return block is not None and _VERSE in (block.get("class") or "").split()

    @property
    def is_broken(self) -> bool:
        """Tell whether its paragraph was broken into lines here, and so can be broken otherwise."""
        return self.is_prose and not self.is_verse

    @cached_property
    def text(self) -> str:
        """Return its words."""
        return " ".join(self.line.text.split())

    @property
    def shown(self) -> str:
        """Return its words, cut short where they are many."""
        return self.text if len(self.text) <= _SHOWN else f"{self.text[:_SHOWN].rstrip()}…"

    @property
    def hyphenated(self) -> bool:
        """Tell whether it ends with a hyphen, added or its own."""
        return self.text[-1:] in HYPHENS and self.text not in HYPHENS

    @cached_property
    def em(self) -> float:
        """Return the size of most of its type, in pt."""
        box = self.line.box
        sizes: Counter[float] = Counter()
        for text in texts(box) if box else ():
            sizes[text.size] += len(text.text)
        return max(sizes, key=lambda size: sizes[size], default=12.0) * PT

    @cached_property
    def blanks(self) -> tuple[tuple[float, float], ...]:
        """Return the sides of the blanks between its words, in pt."""
        box = self.line.box
        return tuple((left * PT, right * PT) for left, right in blanks(box)) if box else ()

    @property
    def gap(self) -> float:
        """Return the mean width of its blanks in em."""
        return statistics.fmean(right - left for left, right in self.blanks) / self.em

    @property
    def is_justified(self) -> bool:
        """Tell whether it was brought to its measure, and has a blank to be judged by."""
        box = self.line.box
        return bool(box and box.is_justified and not (self.last or self.is_verse) and self.blanks)

    @property
    def spot(self) -> Spot:
        """Return where it stands."""
        return spot_of([self])


def spot_of(rows: Sequence[Row]) -> Spot:
    """Return the rectangle around those of some lines that stand where the first one does."""
    first = rows[0]
    lines = [row.line for row in rows if row.place == first.place]
    return Spot.of(
        first.line.page,
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.left + line.width for line in lines),
        max(line.top + line.height for line in lines),
        line=first.number,
    )


class Fault(Struct, frozen=True):
    """One fault of the make-up: its name, its place, the line in the manuscript, and facts."""

    name: str
    spot: Spot
    line: Line | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def rows_of(lines: Iterable[Line]) -> list[Row]:
    """Return the lines of running text; lines of HTML, of which nothing is known, are left out."""
    return _rows(numbered(lines))


def apart(lines: Iterable[Line]) -> list[Row]:
    """Return the lines of notes and captions, which count among those of no page."""
    return _rows([(0, line) for line in lines if line.area in _APART])


def _rows(numbered: Sequence[tuple[int, Line]]) -> list[Row]:
    blocks = [_block(line) for _, line in numbered]
    return [
        Row(
            line,
            number,
            blocks[at] not in blocks[at - 1 : at],
            blocks[at] not in blocks[at + 1 : at + 2],
        )
        for at, (number, line) in enumerate(numbered)
        if line.raw is None
    ]


def _block(line: Line) -> int:
    return id(line.block)


def within(rows: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """Yield each line of a paragraph that was broken here with the next one of it."""
    for one, other in pairwise(rows):
        if one.is_broken and not one.last and not other.first:
            yield one, other


def paragraphs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the lines of each block."""
    for _, block in groupby(rows, key=lambda row: id(row.line.block)):
        yield list(block)
