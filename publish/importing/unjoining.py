"""Lines that an extractor joined at a hyphen → the lines that the page had.

In: a draft with its lines, some of them two or more in one, the hyphen between them taken away.
Out: the draft with the lines parted again where the measure, and the patterns by which words are
broken, put their ends; each ends in a hyphen that the source has not (`JOINED`), so that all that
is known of lines and their ends holds of these too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec import Struct, structs

from publish.importing.habits import blocks
from publish.importing.measures import FEW, fitted, in_width, own_measure, unparted
from publish.importing.model import Draft, Habits, Line, Run
from publish.importing.runs import JOINED, cut
from publish.importing.sentences import ends_in_hyphen
from publish.importing.widths import width_of
from publish.paragraphs.hyphenation import Hyphenation, points

LONG = 1.5
"""What is wider than this part of the measure is more than one line."""
WIDER, SMALL_TYPE = 1.06, 1.4
"""What is wider than this part is two lines or more, in a paragraph and in a caption's type."""
BLOCK = 4
"""A block of fewer lines may be in smaller type."""
LEAST, MOST = 0.86, 1.045
"""How far a line that ends in a hyphen is filled, at least and at most."""

SIDE = 2
"""Letters before a break, and after it, at least."""

_MANNER = Hyphenation(least=2 * SIDE, sides=(SIDE, SIDE))
_WORD = re.compile(r"\S+")


class Column(Struct, frozen=True):
    """What the lines of a block were broken by: the width of their column, in letters if `typed`.

    What is wider than `most` of it is more than one line. `text`: it is running text, most of it in
    single lines; what runs across the page is not.
    """

    measure: float
    most: float
    typed: bool
    text: bool
    tag: str

    def width(self, text: str) -> float:
        """Return how wide a text is."""
        return len(text) if self.typed else width_of(text)

    def holds(self, text: str) -> bool:
        """Tell whether a text may be one line."""
        return self.width(text) <= self.most * self.measure


def unjoin_lines(draft: Draft) -> Draft:
    """Part the lines again, if the source has such lines."""
    lines, typed = in_width(draft.lines)
    measure = fitted(lines)[0]
    if not _are_joined(lines, measure):
        return draft
    out: list[Line] = []
    for start, stop in blocks(lines, Habits()):
        block = lines[start:stop]
        single = [line.width for line in block if line.width <= LONG * measure]
        own = own_measure(single, measure, typed)
        most = WIDER if len(block) >= BLOCK else SMALL_TYPE
        text = 2 * len(single) > len(block)
        # Short lines, of a heading or a quote above them, may say nothing of the others.
        ways = (
            _parted(draft.lines[start:stop], Column(one, most, typed, text, draft.language.tag))
            for one in ((own, measure) if text else (own,))
        )
        out += min(ways, key=lambda way: way[1])[0]
    return structs.replace(draft, lines=tuple(out))


def _are_joined(lines: Sequence[Line], measure: float) -> bool:
    """Tell whether an extractor took the hyphens at line ends away, and the line ends with them."""
    inner = [a for a, _ in unparted(lines)]
    long = sum(a.width > LONG * measure for a in inner)
    cut = sum(ends_in_hyphen(a.text) for a in inner)
    return long > cut and long >= max(FEW // 2, 0.05 * len(inner))


def _parted(block: Sequence[Line], column: Column) -> tuple[list[Line], int]:
    """Return the lines of a block as a column had them, and how many are still too wide for it."""
    lines = [part for line in block for part in _unjoined(line, column)]
    return lines, sum(not column.holds(line.text) for line in lines)


def _unjoined(line: Line, column: Column) -> Iterator[Line]:
    """Yield the lines that one was joined from, in its own order."""
    while not column.holds(line.text):
        at = _end(line.text, column)
        if not at:
            break
        above, below = cut(line.runs, 0, at), cut(line.runs, at, len(line.text))
        edge = above[-1]
        hyphen = Run("-", edge.line, edge.stop, edge.stop, "", JOINED)
        text = line.text[:at] + "-"
        yield structs.replace(line, runs=(*above, hyphen), text=text, trails=False)
        line = structs.replace(line, runs=below, text=line.text[at:], indent=0, gap=0)
        column = structs.replace(column, most=WIDER)
    yield line


def _end(text: str, column: Column) -> int:
    """Return after how many letters the first line most likely ended; 0 where that is not known.

    It is the last place where a word may be broken and the line is no wider than its column. Where
    the patterns have none, as for a hyphen of the author's (halfounce), a line of text that is as
    long as two ends within any word.
    """
    widths = [0.0, *accumulate(map(column.width, text))]
    hyphen, measure = column.width("-"), column.measure
    found = within = 0
    for word in _WORD.finditer(text):
        if widths[word.start()] > MOST * measure:
            break
        for point in points(word[0], column.tag, _MANNER):
            at = word.start() + point.at
            if LEAST * measure <= widths[at] + hyphen <= MOST * measure:
                found = at
        inner = range(word.start() + SIDE, word.end() - SIDE + 1)
        fits = (at for at in inner if widths[at] + hyphen <= measure and word[0].isalpha())
        within = max([within, *fits])
    long = column.text and widths[-1] > LONG * measure
    return found or (within if long and widths[within] >= LEAST * measure else 0)
