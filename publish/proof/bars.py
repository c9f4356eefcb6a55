"""What changed since an earlier state of a manuscript, beside the lines of its proof.

In: the set lines, and the texts then and now. Out: `Bars`: by page a bar beside each line that is
new or from which something went, and the words that went; and the files that went as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from publish.pages.pagemap import Line
from publish.proof.changes import changes
from publish.proof.nearest import Nearest


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar beside a line, from its upper end, in pt of the sheet."""

    left: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Gone:
    """Words that went, and the height at which they are told, in pt."""

    top: float
    words: str


@dataclass(frozen=True, slots=True)
class Bars:
    """By page from 1: the bars, the words that went; and the files that went."""

    bars: Mapping[int, Sequence[Bar]]
    gone: Mapping[int, Sequence[Gone]]
    files: Sequence[str]


def bars_of(lines: Sequence[Line], then: Mapping[str, str], now: Mapping[str, str]) -> Bars:
    """Return what is beside the lines."""
    nearest = Nearest(lines)
    bars: defaultdict[int, dict[Bar, None]] = defaultdict(dict)
    gone: defaultdict[int, dict[float, list[str]]] = defaultdict(lambda: defaultdict(list))
    for file, text in now.items():
        for change in changes(then.get(file, ""), text):
            mine = nearest.lines(file, change.start, change.end)
            one = nearest.line(file, change.start)
            for line in mine or ([one] if one else []):
                place = line.left + line.width + 5, line.top, line.height
                bars[line.page][Bar(*(round(side, 2) for side in place))] = None
            # Words that went are told once, beside the first line of what took their place.
            first = mine[0] if mine else one
            if first and change.removed:
                gone[first.page][round(first.top, 2)].append(change.removed)
    return Bars(
        {page: tuple(found) for page, found in bars.items()},
        {page: _spread(found) for page, found in gone.items()},
        sorted(then.keys() - now.keys()),
    )


_LEADING, _LETTERS = 8.0, 26
"""Points from line to line in the margin, and how many letters one of its lines has."""
_MOST = 240
"""Letters of the words told of one place; more would run into those of others."""


def _spread(found: Mapping[float, Sequence[str]]) -> tuple[Gone, ...]:
    """Return words at their heights, those further down where others would be on them."""
    made: list[Gone] = []
    free = 0.0
    for top, words in sorted(found.items()):
        said = " / ".join(words)
        said = said if len(said) <= _MOST else f"{said[:_MOST].rsplit(' ', 1)[0]} …"
        place = max(top, free)
        made.append(Gone(round(place, 2), said))
        free = place + (len(said) // _LETTERS + 1) * _LEADING
    return tuple(made)
