"""How long paragraphs are here, and so which breaks that hide an end most likely have one.

In: stretches of lines, with the weight of a paragraph's end above each. Out: the lines at which
paragraphs begin. A break with a finite weight may be an end or none; all of them are decided at
once, so that the paragraphs' lengths are the likeliest: one that is twice as long as any other, and
has a full line with a sentence's end in its midst, is two. Lengths are taken to be spread as a
log-normal distribution, fitted to the paragraphs themselves; the best parting is found by dynamic
programming.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, log, pi, sqrt
from statistics import fmean

from msgspec import Struct

from publish.importing.model import Line

SPREAD = 0.4
"""How unequal paragraphs are by nature: the deviation of the logarithm of their length."""
BEFOREHAND = 8
"""So many paragraphs weigh as much as that does."""
ODD = 0.05
"""The part of the paragraphs that may have any length: an answer, a list's head."""
LOSS = 0.4
"""Two paragraphs that are joined wrongly are both lost; one that is parted wrongly is one, but
leaves two that are none. The first weighs a little more."""
ROUNDS = 3
MOST = 60
"""Breaks before one that are tried as the beginning of its paragraph."""


class Stretch(Struct, frozen=True):
    """Lines, and what speaks for an end above each: the log of odds; infinite: it is one."""

    lines: tuple[Line, ...]
    weights: tuple[float, ...]


TINY = 1e-300
"""What no length is so unlikely as: its logarithm is taken."""


def parted(stretches: Sequence[Stretch], sentence: float) -> list[list[int]]:
    """Return at which lines of each stretch a paragraph begins; `sentence` is its mean length."""
    starts = [_sure(one) for one in stretches]
    for _ in range(ROUNDS):
        usual = _usual(stretches, starts)
        before, starts = starts, [_likeliest(one, *usual, sentence) for one in stretches]
        if starts == before:
            break
    return starts


def _sure(stretch: Stretch) -> list[int]:
    """Return the starts that the breaks themselves speak for."""
    return [at for at, weight in enumerate(stretch.weights) if not at or weight > 0]


def _usual(stretches: Sequence[Stretch], starts: Sequence[Sequence[int]]) -> tuple[float, float]:
    """Return mean and deviation of the logarithms of the lengths."""
    logs = [
        log(sum(len(line.text) for line in one.lines[a:b]) + 1)
        for one, row in zip(stretches, starts, strict=True)
        for a, b in zip(row, [*row[1:], len(one.lines)], strict=True)
    ]
    mean = fmean(logs)
    squares = sum((one - mean) ** 2 for one in logs) + BEFOREHAND * SPREAD**2
    return mean, sqrt(squares / (len(logs) + BEFOREHAND))


def _density(length: int, mean: float, spread: float) -> float:
    """Return how likely a paragraph has this length, for each letter of it."""
    usual = exp(-(((log(length) - mean) / spread) ** 2) / 2) / (length * spread * sqrt(2 * pi))
    return (1 - ODD) * usual + ODD * exp(-length / exp(mean) - mean)


def _likeliest(stretch: Stretch, mean: float, spread: float, sentence: float) -> list[int]:
    """Return the starts of the parting that explains lengths and breaks best."""
    lines, weights = stretch.lines, stretch.weights
    total = [0]
    for line in lines:
        total.append(total[-1] + len(line.text) + 1)
    places = [at for at, weight in enumerate(weights) if not at or weight > -inf] + [len(lines)]
    best, came = [0.0], [0]
    for to in range(1, len(places)):
        found = (-inf, 0)
        for of in range(to - 1, max(to - 1 - MOST, -1), -1):
            start = places[of]
            shape = log(max(_density(total[places[to]] - total[start], mean, spread), TINY))
            sure = weights[start] == inf
            told = 0.0 if not start or sure else weights[start] + LOSS
            found = max(found, (best[of] + told + shape + log(sentence), -of))
            if sure:
                break
        best.append(found[0])
        came.append(-found[1])
    row, at = [], len(places) - 1
    while at:
        at = came[at]
        row.append(places[at])
    return row[::-1]
