"""Headings and captions in lines of like length. Pure.

In: the places where the lines of a text may end, and a measure in px. Out: the least measure in
which it takes no more lines.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from publish.paragraphs.breakpoints import FORCED, Place
from publish.paragraphs.feasible import HAIR


def balanced(found: Sequence[Place], measure: float) -> float:
    """Return the least measure at which a text takes no more lines, set first-fit without hyphens.

    A heading or a caption set in it has lines of like length.
    """
    most = _lines_at(found, measure)
    low, high = 0.0, measure
    while high - low > 1.0:
        middle = (low + high) / 2
        if _lines_at(found, middle) > most:
            low = middle
        else:
            high = middle
    return high


def _lines_at(found: Sequence[Place], measure: float) -> float:
    """Return how many lines a text takes, first-fit and unhyphenated; infinite if one is wider."""
    lines, start, last = 1, 0, 0
    for index in range(1, len(found)):
        if found[index].sign:
            continue
        if found[index].end - found[start].next > measure + HAIR:
            if last == start:
                return math.inf
            lines, start = lines + 1, last
            if found[index].end - found[start].next > measure + HAIR:
                return math.inf
        last = index
        if found[index].cost <= FORCED and index < len(found) - 1:
            lines, start = lines + 1, index
    return lines
