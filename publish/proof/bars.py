"""What changed since an earlier state of a manuscript, beside the lines of its proof.

In: the set lines, and the texts then and now. Out: `Bars`: by page a bar beside each line that is
new or from which something went, and the words that went; and the files that went as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from publish.pages.pagemap import Line
from publish.proof.changes import changes
from publish.proof.nearest import Nearest


class Bar(Struct, frozen=True):
    """A bar beside a line, from its upper end, in pt of the sheet."""

    left: float
    top: float
    height: float


class Gone(Struct, frozen=True):
    """Words that went, and the line beside which they are told: its left and middle, in pt."""

    left: float
    middle: float
    words: str


class Bars(Struct, frozen=True):
    """By page from 1: the bars, the words that went; and the files that went."""

    bars: Mapping[int, Sequence[Bar]]
    gone: Mapping[int, Sequence[Gone]]
    files: Sequence[str]


def bars_of(lines: Sequence[Line], then: Mapping[str, str], now: Mapping[str, str]) -> Bars:
    """Return what is beside the lines."""
    nearest = Nearest(lines)
    bars: defaultdict[int, dict[Bar, None]] = defaultdict(dict)
    gone: defaultdict[int, dict[tuple[float, float], list[str]]]
    gone = defaultdict(lambda: defaultdict(list))
    for file, text in now.items():
        for change in changes(then.get(file, ""), text):
            mine = nearest.lines(file, change.start, change.end)
            one = nearest.line(file, change.start)
            for line in mine or ([one] if one else []):
                sides = line.left + line.width + 5, line.top, line.height
                bars[line.page][Bar(*(round(side, 2) for side in sides))] = None
            # Words that went are told once, beside the first line of what took their place.
            first = mine[0] if mine else one
            if first and change.removed:
                middle = first.top + first.height / 2
                place = round(first.left, 2), round(middle, 2)
                gone[first.page][place].append(change.removed)
    return Bars(
        {page: tuple(found) for page, found in bars.items()},
        {
            page: tuple(Gone(*place, " / ".join(said)) for place, said in found.items())
            for page, found in gone.items()
        },
        sorted(then.keys() - now.keys()),
    )
