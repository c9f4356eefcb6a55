"""Two sequences of words → the stretches that both have, in their order.

In: two sequences. Out: matches (start in the one, start in the other, length). A patience diff
(after B. Cohen): runs of words that each side has once are anchors, of which the longest rising
chain is kept; between them the same is done with shorter runs, and what is short is left to
difflib. Two novels of 98,000 words take a second or two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_RUNS = (8, 4, 2, 1)
"""Words of an anchor, the longest tried first."""
_SMALL = 40_000
"""Stretches whose lengths multiply to no more are compared word by word."""

Match = tuple[int, int, int]


def matches(one: Sequence[str], other: Sequence[str]) -> list[Match]:
    """Return the matches of two sequences, those that touch joined."""
    found: list[Match] = []
    for start, at, length in sorted(_within(one, other, 0, len(one), 0, len(other), 0)):
        if found and found[-1][0] + found[-1][2] == start and found[-1][1] + found[-1][2] == at:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + length)
        else:
            found.append((start, at, length))
    return found


def _within(
    a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int, level: int
) -> Iterator[Match]:
    head = 0
    while a0 + head < a1 and b0 + head < b1 and a[a0 + head] == b[b0 + head]:
        head += 1
    if head:
        yield a0, b0, head
    a0, b0, tail = a0 + head, b0 + head, 0
    while a0 < a1 - tail and b0 < b1 - tail and a[a1 - tail - 1] == b[b1 - tail - 1]:
        tail += 1
    if tail:
        yield a1 - tail, b1 - tail, tail
    a1, b1 = a1 - tail, b1 - tail
    if a0 == a1 or b0 == b1:
        return
    if (a1 - a0) * (b1 - b0) <= _SMALL:
        blocks = SequenceMatcher(None, a[a0:a1], b[b0:b1], autojunk=False).get_matching_blocks()
        yield from ((a0 + x, b0 + y, size) for x, y, size in blocks if size)
        return
    for deeper in range(level, len(_RUNS)):
        anchors = _rising(_anchors(a, b, a0, a1, b0, b1, _RUNS[deeper]))
        if anchors:
            for x, y in anchors:
                if x >= a0 and y >= b0:
                    yield from _within(a, b, a0, x, b0, y, deeper)
                    a0, b0 = x, y
            # The last stretch begins with its anchor, so that it is shorter than it was.
            yield from _within(a, b, a0, a1, b0, b1, min(deeper + 1, len(_RUNS)))
            return


def _anchors(
    a: Sequence[str], b: Sequence[str], a0: int, a1: int, b0: int, b1: int, size: int
) -> list[tuple[int, int]]:
    """Return where runs of words stand that each side has once, in the order of the one."""
    first, second = _once(a, a0, a1, size), _once(b, b0, b1, size)
    return [(at, second[run]) for run, at in first.items() if run in second]


def _once(words: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    met: dict[tuple[str, ...], int] = {}
    for at in range(start, end - size + 1):
        run = tuple(words[at : at + size])
        met[run] = -1 if run in met else at
    return {run: at for run, at in met.items() if at >= 0}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs in which both numbers rise."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, (_, y) in enumerate(pairs):
        place = bisect_left(ends, y)
        before.append(tails[place - 1] if place else -1)
        ends[place : place + 1] = [y]
        tails[place : place + 1] = [number]
    chain, at = [], tails[-1] if tails else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
