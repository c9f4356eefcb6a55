"""Where paragraphs end that nothing parts: what each line break says, weighed.

In: the lines of a source, with their measure. Out: `Ends`, which gives the log odds that a break
below a sentence's end is a paragraph's end as well. Everything is compared with the breaks within
sentences of the same source, so that a ragged edge, or widths that are badly known, weigh little by
themselves: how much room the line was left with, whether an empty line is missing where the others
have one, whether the line was stretched as no last one is, and, where an extractor took the indents
away, whether the next line was broken as early as a first one would have been.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import exp, inf, log

from publish.importing.columns import is_stretched
from publish.importing.languages import Language
from publish.importing.model import Line
from publish.importing.sentences import (
    SENTENCE_END,
    ends_in_hyphen,
    ends_sentence,
    starts_great,
    starts_small,
    with_word,
)
from publish.importing.usual import Ends
from publish.importing.widths import width_of
from publish.paragraphs.hyphenation import Hyphenation, points

NEAR = 0.01
"""Lines that are filled to so little more or less are counted together."""
SHORTEST = 0.02
"""The part of the lines that may be filled less for reasons of their own."""
DOUBT = 0.25
"""A line more than were counted, for what was not seen by chance."""
CLEAR = 0.8
"""A line filled to less than this part, next word and all, was not broken by its measure."""
EARLY = 0.95
"""A line filled to less than this part is short."""
FEWEST = 20
"""So many breaks within sentences tell how lines are filled."""
USUALLY = 0.03
"""How uncertain widths are where too few lines tell it."""

_PIECES = Hyphenation(least=5, sides=(2, 2))
"""The least letters that are set before and after a hyphen."""


def weight(
    ends: Ends, a: Line, b: Line, tag: str, c: Line | None = None, unparted: bool = True
) -> float:
    """Return what speaks for a paragraph's end between `a` and `b`, as the log of odds.

    `c` is the line below `b`, `tag` the language. `unparted`: an empty line could stand there, and
    does not. What holds of any sentence's end is left out: see `Ends.before`.
    """
    if ends.stretched and is_stretched(a):
        return -inf
    told = log(_room(ends, filled(a, b, ends.hyphened, tag)) * ends.words)
    told -= log(1 - ends.stretched)
    if unparted:
        told += log(1 - ends.parted)
    if c and ends.lost and (ends_in_hyphen(b.text) or starts_small(c.text)):
        told += _first(ends, b, filled(b, c, ends.hyphened, tag))
    return told


def _room(ends: Ends, fill: float) -> float:
    """Return how much likelier a paragraph's last line is filled so than one within it.

    The last line has any length; it is full as often as one word in a line is the last.
    """
    full = 1 / ends.words
    if fill >= 1:
        return full
    near = bisect_right(ends.fills, fill + NEAR) - bisect_left(ends.fills, fill - NEAR)
    within = (near + DOUBT) / ((len(ends.fills) + DOUBT) * 2 * NEAR)
    short = ends.fills[int(SHORTEST * len(ends.fills))] - NEAR - fill
    return max(1 / within, full) * exp(max(short / NEAR, 0))


def _first(ends: Ends, b: Line, fill: float) -> float:
    """Return what the break of line `b` says of its being indented, as the log of odds."""
    wide = b.width / b.measure
    fits = _reaching(ends.widths, wide + ends.lost) / _reaching(ends.widths, wide)
    more = fill + ends.lost
    broken = (bisect_right(ends.fills, more) + DOUBT) / (bisect_right(ends.fills, fill) + DOUBT)
    return log(fits * broken)


def _reaching(widths: Sequence[float], width: float) -> float:
    """Return how many of the lines are as wide."""
    return len(widths) - bisect_left(widths, width) + DOUBT


def take_ends(lines: Sequence[Line], lost: float, language: Language) -> Ends:
    """Measure what is usual in a source; `lost` is the indent that was taken away."""
    going, ended = [], []
    pairs = [(a, b) for a, b in pairwise(lines) if a.page == b.page]
    short = [with_word(a, b) < EARLY * a.measure for a, b in pairs]
    for at, (a, b) in enumerate(pairs):
        # Several short lines in a row are a pull quote's or a caption's.
        other = short[at] and any(short[max(at - 1, 0) : at] + short[at + 1 : at + 2])
        if ends_sentence(a.text, language):
            ended += [(a, b)] if starts_great(b.text) else []
        elif not b.gap and starts_small(b.text) and not ends_in_hyphen(a.text) and not other:
            going.append((a, b))
    hyphened = sum(ends_in_hyphen(line.text) for line in lines) > 0.01 * len(lines)
    fills = sorted(filled(a, b, hyphened, language.tag) for a, b in going)
    if len(fills) < FEWEST:
        fills = sorted([*fills, *(1 + USUALLY * (at - 2) / 2 for at in range(FEWEST))])
    words = max(sum(len(a.text.split()) for a, _ in going) / max(len(going), 1), 2.0)
    inner = sum(len(SENTENCE_END.findall(line.text)) for line in lines)
    within = inner / (words - 1) + 1
    short_ones = [(a, b) for a, b in ended if with_word(a, b) < CLEAR * a.measure]
    clear = [b.gap > 0 for _, b in short_ones]
    letters = sum(len(line.text) for line in lines)
    return Ends(
        fills=tuple(fills),
        widths=tuple(sorted(a.width / a.measure for a, _ in going)),
        words=words,
        before=log(max(len(ended) - within, 0.2 * len(ended) + 1) / within / words),
        parted=(sum(clear) + 0.5) / (len(clear) + 1),
        lost=lost,
        stretched=_stretched([a for a, _ in going], [a for a, _ in short_ones]),
        hyphened=hyphened,
        sentence=letters / (inner + len(ended) + 1),
    )


def _stretched(going: Sequence[Line], last: Sequence[Line]) -> float:
    """Return the part of the lines within sentences that are stretched to fill their column.

    Where last lines are so as well, their blanks tell nothing.
    """
    if any(map(is_stretched, last)):
        return 0.0
    return sum(map(is_stretched, going)) / (len(going) + 1)


def filled(a: Line, b: Line, hyphened: bool, tag: str) -> float:
    """Return how far `a` is filled, with what of the first word of `b` could stand on it."""
    whole = with_word(a, b)
    word = b.text.split(" ", 1)[0]
    piece = _piece(word, tag) if hyphened else ""
    if piece:
        more = len(word) - len(piece) if b.width == len(b.text) else 0.0
        unit = b.width / width_of(b.text)
        whole -= more or (width_of(word) - width_of(piece)) * unit
    return whole / a.measure


@cache
def _piece(word: str, tag: str) -> str:
    """Return what of a word can stand before a hyphen, hyphen and all; "" if it is not broken."""
    if "-" in word:
        return ""
    found = points(word, tag, _PIECES)
    return word[: found[0].at] + "-" if found and found[0].at < len(word) - 1 else ""
