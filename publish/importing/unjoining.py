"""Lines that an extractor joined at a hyphen → the lines that the page had.

In: a draft with its lines, some of them two or more in one, the hyphen between them taken away.
Out: the draft with the lines parted again where the measure, and the patterns by which words are
broken, put their ends; each ends in a hyphen that the source has not (`JOINED`), so that all that
is known of lines and their ends holds of these too.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate

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

_MANNER = Hyphenation(least=4, sides=(2, 2))
_WORD = re.compile(r"\S+")


def unjoin_lines(draft: Draft) -> Draft:
    """Part the lines again, if the source has such lines."""
    lines, typed = in_width(draft.lines)
    measure = fitted(lines)[0]
    if not _are_joined(lines, measure):
        return draft
    unit = 1.0 if not typed else 0.0
    out: list[Line] = []
    for start, stop in blocks(lines, Habits()):
        block = lines[start:stop]
        single = [line.width for line in block if line.width <= LONG * measure]
        own = own_measure(single, measure, typed)
        most = WIDER if len(block) >= BLOCK else SMALL_TYPE
        for line in draft.lines[start:stop]:
            out += _unjoined(line, own, most, unit, draft.language.tag)
    return dataclasses.replace(draft, lines=tuple(out))


def _are_joined(lines: Sequence[Line], measure: float) -> bool:
    """Tell whether an extractor took the hyphens at line ends away, and the line ends with them."""
    inner = [a for a, _ in unparted(lines)]
    long = sum(a.width > LONG * measure for a in inner)
    cut = sum(ends_in_hyphen(a.text) for a in inner)
    return long > cut and long >= max(FEW // 2, 0.05 * len(inner))


def _unjoined(line: Line, measure: float, most: float, unit: float, tag: str) -> Iterator[Line]:
    """Yield the lines that one was joined from, in its own order."""
    while _width(line.text, unit) > most * measure:
        at = _end(line.text, measure, unit, tag)
        if not at:
            break
        above, below = cut(line.runs, 0, at), cut(line.runs, at, len(line.text))
        edge = above[-1]
        hyphen = Run("-", edge.line, edge.stop, edge.stop, "", JOINED)
        text = line.text[:at] + "-"
        yield dataclasses.replace(line, runs=(*above, hyphen), text=text, trails=False)
        line = dataclasses.replace(line, runs=below, text=line.text[at:], indent=0, gap=0)
        most = WIDER
    yield line


def _width(text: str, unit: float) -> float:
    return width_of(text) if unit else len(text)


def _end(text: str, measure: float, unit: float, tag: str) -> int:
    """Return after how many letters the first line most likely ended; 0 where that is not known.

    It is the last place where a word may be broken and the line is no wider than its column.
    """
    widths = [0.0, *accumulate(_width(letter, unit) for letter in text)]
    hyphen = _width("-", unit)
    found = 0
    for word in _WORD.finditer(text):
        if widths[word.start()] > MOST * measure:
            break
        for point in points(word[0], tag, _MANNER):
            at = word.start() + point.at
            if LEAST * measure <= widths[at] + hyphen <= MOST * measure:
                found = at
    return found
