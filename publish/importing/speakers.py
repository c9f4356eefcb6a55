"""Who speaks in an interview or a play: names with a colon, again and again, that begin lines.

In: lines. Out: the names, in the letters that they are written in, and the lines with white above
each turn, which is no heading and goes on from none. So it is with the years of a timeline, which
a dash or a colon follows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import structs

from publish.importing.languages import Language
from publish.importing.model import Line

TURNS, SPEAKERS = 2, 2
"""Each of so many speakers has so many turns, at least."""
YEARS, YEAR = 3, "0000"
"""So many years begin lines, at least; they speak as if they were one."""
_YEAR = re.compile(r"[12]\d{3}(?:[-–/]\d{2,4})?\s*(?:[–—-]\s|:\s)\s*(?=\S)")
_NAME = re.compile(r"(?P<name>[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,2}):\s+(?=\S)")


def speakers(lines: Sequence[Line], language: Language) -> frozenset[str]:
    """Return the names of those who speak; none where only one does."""
    turns = Counter(name for line in lines if (name := _name(line, language)))
    dated = frozenset({YEAR} if turns.pop(YEAR, 0) >= YEARS else ())
    names = frozenset(name for name, count in turns.items() if count >= TURNS)
    return dated | (names if len(names) >= SPEAKERS else frozenset())


def is_turn(line: Line, names: frozenset[str]) -> bool:
    """Tell whether one of those who speak begins to in a line."""
    if YEAR in names and _YEAR.match(line.text):
        return True
    match = _NAME.match(line.text) if names else None
    return match is not None and match["name"] in names


def in_turns(lines: Sequence[Line], names: frozenset[str]) -> tuple[Line, ...]:
    """Return lines with white above each turn."""
    return tuple(
        structs.replace(line, gap=max(line.gap, 1), weighed=False) if is_turn(line, names) else line
        for line in lines
    )


def _name(line: Line, language: Language) -> str:
    """Return who speaks where a line begins so; "" where it is no name, or a caption's label."""
    if _YEAR.match(line.text):
        return YEAR
    match = _NAME.match(line.text)
    if not match or not match["name"][0].isupper() or language.photo.match(line.text):
        return ""
    return match["name"]
