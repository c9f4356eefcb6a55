"""Pull quotes in the midst of the very sentence that they repeat.

In: a draft with its lines. Out: the lines, start and stop, of each such quote. The words before it
and those after it are, put together, the words that it has itself: “It weighed | It weighed a
hundred pounds | a hundred pounds”. Read on as they stand they would make no sense, and no repeated
run of words is whole, so that nothing else finds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish.importing.model import Line
from publish.importing.sentences import ends_in_hyphen
from publish.importing.words import WORD, plain

LEAST_WORDS = 5
"""A quote has so many words at least, and one before its break or after it."""
MOST_LINES = 14
AROUND = 40
"""Words before and after it that are looked at."""


def interrupting(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield start and stop of each quote that interrupts its own sentence."""
    rows = [_Row(line) for line in lines]
    at = 1
    while at < len(lines) - 1:
        stop = _stop(rows, at)
        if stop:
            yield at, stop
        at = stop or at + 1


class _Row:
    """The plain words of a line, and whether its end cuts one."""

    def __init__(self, line: Line) -> None:
        self.words = [plain(word) for word in WORD.findall(line.text)]
        self.cut = ends_in_hyphen(line.text)


def _stop(rows: Sequence[_Row], start: int) -> int:
    """Return where the longest quote that begins at `start` stops; 0 for none."""
    before = _joined(rows[_above(rows, start) : start])[-AROUND:]
    first = rows[start].words[0] if rows[start].words else ""
    if not first or not before or not any(one.endswith(first) for one in before):
        return 0
    found = 0
    for stop in range(start + 1, min(start + MOST_LINES, len(rows))):
        quote = _joined(rows[start:stop])
        after = _joined(rows[stop : stop + MOST_LINES])[:AROUND]
        whole = len(quote) >= LEAST_WORDS and after
        if whole and _spans(quote, before, after, rows[start - 1].cut):
            found = stop
    return found


def _above(rows: Sequence[_Row], start: int) -> int:
    """Return the line above `start` from which on there are words enough to look at."""
    at, count = start, 0
    while at and count < AROUND and start - at < AROUND:
        at -= 1
        count += len(rows[at].words) - rows[at].cut
    return at


def _joined(rows: Sequence[_Row]) -> list[str]:
    """Return the words of some lines, those that a line's end cuts joined."""
    words: list[str] = []
    cut = False
    for row in rows:
        if cut and words and row.words:
            words[-1] += row.words[0]
            words += row.words[1:]
        else:
            words += row.words
        cut = row.cut
    return words


def _spans(quote: Sequence[str], before: list[str], after: list[str], cut: bool) -> bool:
    """Tell whether what stands around a quote is, put together, what it says.

    Its first and last word may be cut off.
    """
    around = [*before[:-1], before[-1] + after[0], *after[1:]] if cut else before + after
    seam, size = len(before) - cut, len(quote)
    for at in range(max(seam - size + 1, 0), seam + 1):
        same = around[at : at + size]
        if len(same) < size or at + size <= seam or (at == seam and not cut):
            continue
        inner = same[1:-1] == list(quote[1:-1])
        if inner and same[0].endswith(quote[0]) and same[-1].startswith(quote[-1]):
            return True
    return False
