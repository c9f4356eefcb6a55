"""Lines that were stretched so far to fill their column that an extractor took them apart.

In: a draft with its lines. Out: the same, the parts of such a line in one again. Where an extractor
writes several blanks for one that is stretched, a part that begins with blanks is a right one of a
line, a part that ends with blanks the left one. They may come in any order; what ends in a hyphen
is the last.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from publish.importing.columns import GUTTER, least_gutter
from publish.importing.measures import fitted, in_width
from publish.importing.model import Draft, Line
from publish.importing.runs import BLANK, text_of
from publish.importing.sentences import ends_in_hyphen

RARE = 0.05
"""Blanks before lines, or after them, are a habit of the source where more have them."""


def rejoin_stretched(draft: Draft) -> Draft:
    """Put the parts of stretched lines together."""
    lines = draft.lines
    if least_gutter(lines) == GUTTER:
        return draft
    few = RARE * len(lines)
    rights = {at for at, line in enumerate(lines) if line.indent}
    lefts = {at for at, line in enumerate(lines) if line.trails}
    rights, lefts = (marked if len(marked) <= few else set() for marked in (rights, lefts))
    wide = in_width(lines)[0]
    widths, measure = [line.width for line in wide], fitted(wide)[0]
    groups: list[list[int]] = []
    taken = -1
    for at in range(len(lines)):
        if at <= taken:
            continue
        groups.append([at])
        if at not in rights | lefts:
            continue
        if at and _fits(groups[-2], at, lines, widths, measure):
            groups[-2:] = [[*groups[-2], at]]
        elif at + 1 < len(lines) and _fits([at], at + 1, lines, widths, measure):
            groups[-1] = [at, at + 1]
            taken = at + 1
    return structs.replace(
        draft, lines=tuple(_joined(group, lines, lefts, rights) for group in groups)
    )


def _fits(
    group: Sequence[int], at: int, lines: Sequence[Line], widths: Sequence[float], measure: float
) -> bool:
    """Tell whether a line holds another part."""
    if lines[group[0]].page != lines[at].page:
        return False
    ends = [one for one in (*group, at) if ends_in_hyphen(lines[one].text)]
    return len(ends) < 2 and sum(widths[one] + 1 for one in (*group, at)) <= measure + 1


def _joined(group: Sequence[int], lines: Sequence[Line], lefts: set[int], rights: set[int]) -> Line:
    """Return the line of some parts."""
    first = lines[group[0]]
    if len(group) == 1:
        return first

    def place(at: int) -> tuple[bool, bool, bool]:
        return ends_in_hyphen(lines[at].text), at not in lefts, at in rights

    parts = [lines[at].runs for at in sorted(group, key=place)]
    runs = tuple(run for part in parts for run in (BLANK, *part))[1:]
    return structs.replace(first, runs=runs, text=text_of(runs), indent=0, trails=False)
