"""Pull quotes that stand elsewhere among the same words.

In: the words of two printed documents, by the size of their type, and which of them are the same.
Out: the stretches that are beside other text than they were. The order of words tells nothing of
that: each size of type is compared by itself. Notes and captions are left out, as they go where
their page has room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from publish.comparing.model import Token

_LEAST = 4
"""Words of a pull quote, at the least: a heading and an initial stand with their text."""
_INDENT = 3
"""A pull quote begins no further from the edge of its column, in its size."""
_APART = 2.5
"""Lines of one pull quote are not so far apart, in its size."""


def strayed(
    old: Sequence[Token], new: Sequence[Token], places: Mapping[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Yield what stands elsewhere: where it begins then and now, and how many words it has."""
    usual = _usual(old)
    before, after = _by_page(old, usual), _by_page(new, _usual(new))
    for start, end in _quotes(old, usual):
        there = [places.get(at) for at in range(start, end)]
        first = there[0]
        if first is None or there != [*range(first, first + end - start)]:
            continue
        was = _between(old[start:end], old, before)
        now = _between(new[first : first + end - start], new, after)
        kept = [(places[a], b) for a, b in zip(was, now, strict=False) if a in places]
        if kept and all(a != b for a, b in kept):
            yield start, first, end - start


def _usual(tokens: Sequence[Token]) -> float:
    sizes = Counter(one.size for one in tokens)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _quotes(tokens: Sequence[Token], usual: float) -> Iterator[tuple[int, int]]:
    """Yield the stretches of larger type that stand together on a page; the largest come first."""
    large = next((at for at, one in enumerate(tokens) if one.size <= usual), len(tokens))
    start = 0
    for at, (one, after) in enumerate(pairwise([*tokens[:large], None]), 1):
        far = (
            one is None
            or after is None
            or (one.size, one.page) != (after.size, after.page)
            or abs(one.top - after.top) > _APART * one.size
        )
        if far:
            if at - start >= _LEAST:
                yield start, at
            start = at


def _by_page(tokens: Sequence[Token], usual: float) -> dict[int, list[int]]:
    """Return the numbers of the words of the text on each page."""
    pages: dict[int, list[int]] = {}
    for at, one in enumerate(tokens):
        if one.size == usual:
            pages.setdefault(one.page, []).append(at)
    return pages


def _between(
    quote: Sequence[Token], tokens: Sequence[Token], pages: Mapping[int, Sequence[int]]
) -> tuple[int, ...]:
    """Return the numbers of the words before and after a pull quote in its column, if any."""
    one = quote[0]
    page = pages.get(one.page, ())
    starts = (
        tokens[at].left
        for at in page
        if abs(tokens[at].top - tokens[at - 1].top) > 1 or tokens[at - 1].left > tokens[at].left
    )
    near = (left for left in starts if one.left - _INDENT * one.size < left < one.left + 1)
    edge = min(near, default=one.left)
    right = max(token.left for token in quote)
    column = [at for at in page if edge - 1 <= tokens[at].left <= right]
    after = next((at for at in column if tokens[at].top < one.top), None)
    if after is None and column:
        after = column[-1] + 1
    return () if after is None else (after - 1, after)
