"""Characters that no manuscript may hold, and an import therefore leaves out.

In: the text of a source. Out: notes on where they stood. Which characters these are is told by
`lines.BARRED`; the two marks that turn the signs beside them go with them (UAX 9, 2.6). The ledger
has every one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from publish.importing.lines import BARRED, LINE_END
from publish.importing.model import Note
from publish.settings.schema import TURNING

_DIRECTING = re.compile("[\u200e\u200f]")
_LEFT_OUT = re.compile(f"{BARRED.pattern}|{_DIRECTING.pattern}")
SHOWN = 5
"""Places of one character that are told of one by one; the last of them tells of the rest."""


def barred(text: str) -> tuple[Note, ...]:
    """Return a note for each place where such a character stands, or for the first of many."""
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, line in enumerate(LINE_END.split(text), 1):
        for match in _LEFT_OUT.finditer(line):
            places[match[0]].append((number, match.start() + 1))
    return tuple(note for char, all_ in places.items() for note in _notes(char, all_))


def _notes(char: str, places: Sequence[tuple[int, int]]) -> Iterator[Note]:
    """Yield the notes on one character, given the lines and columns where it stands."""
    code = "turning" if TURNING.match(char) or _DIRECTING.match(char) else "control"
    more = len(places) - SHOWN
    for nth, (line, column) in enumerate(places[:SHOWN], 1):
        rest = f", and so it is in {more:,} more places" if nth == SHOWN and more > 0 else ""
        yield Note(line, code, f"the character U+{ord(char):04X} is left out{rest}", column=column)
