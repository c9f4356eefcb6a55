"""Words that stand twice in a text: runs of them, found with an index of word groups.

In: a list of plain words. Out: `Repeat`s, each as long as it can be. The time grows with the length
of the text, not with its square: a group of words that comes back often (a refrain, a formula) is
not followed up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

GROUP = 5
"""Words in an index entry."""
OFTEN = 4
"""A group that stands in more places than this says nothing."""


class Repeat(Struct, frozen=True):
    """`length` words that stand at `first` and again at `second`."""

    first: int
    second: int
    length: int


def groups(words: Sequence[str], size: int = GROUP) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield each group of successive words with its place."""
    for at in range(len(words) - size + 1):
        yield tuple(words[at : at + size]), at


def repeats(words: Sequence[str], least: int) -> Iterator[Repeat]:
    """Yield the runs of `least` or more words that stand twice, whole ones only."""
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for group, at in groups(words):
        index[group].append(at)
    for places in index.values():
        if not 2 <= len(places) <= OFTEN:
            continue
        for number, first in enumerate(places):
            for second in places[number + 1 :]:
                if first and words[first - 1] == words[second - 1]:
                    continue
                length = _length(words, first, second)
                if length >= least:
                    yield Repeat(first, second, length)


def _length(words: Sequence[str], first: int, second: int) -> int:
    """Return how many words are equal from two places on; the two runs do not overlap."""
    most = min(second - first, len(words) - second)
    length = 0
    while length < most and words[first + length] == words[second + length]:
        length += 1
    return length
