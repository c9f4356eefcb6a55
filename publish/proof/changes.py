"""What changed in a text since an earlier state of it, word by word.

In: the text then and now. Out: `Change`s in the order of the text. The numbers of ordered lists are
no words: where an item is put in, those after it stay what they were.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise

from msgspec import Struct

from publish.text.matching import matches

WORD = re.compile(r"\w+|[^\w\s]")
_ITEM = re.compile(r"[ \t>]*(?:[-*+][ \t]+)*(?:(\d{1,9})[.)]|[-*+])(?=[ \t])")
_NUMBER = "1"
"""What stands for the number of any item."""


class Change(Struct, frozen=True):
    """A stretch of the text as it is now that is new, and the words that stood there before.

    `old` is where these stood, from one offset to another.
    """

    start: int
    end: int
    removed: str
    old: tuple[int, int] = (0, 0)


def changes(then: str, now: str) -> Iterator[Change]:
    """Yield what changed."""
    old, new = list(WORD.finditer(then)), list(WORD.finditer(now))
    numbers = _numbers(then)
    words, others = _words(old, {*dict(numbers)}), _words(new, {*dict(_numbers(now))})
    ends = ((0, 0, 0), *matches(words, others), (len(old), len(new), 0))
    for (x, y, length), (b, d, _) in pairwise(ends):
        a, c = x + length, y + length
        if (a, c) == (b, d):
            continue
        # “. Twee” that went before a full stop is “Twee.” that went after one.
        while c == d and b < len(old) and words[a] == words[b] and not words[a].isalnum():
            a, b, c, d = a + 1, b + 1, c + 1, d + 1
        while a == b and d < len(new) and others[c] == others[d] and not others[c].isalnum():
            a, b, c, d = a + 1, b + 1, c + 1, d + 1
        was, is_now = _stretch(old, a, b), _stretch(new, c, d)
        yield Change(*is_now, _said(then, *was, numbers), was)


def _words(found: Iterable[re.Match[str]], numbers: Set[int]) -> list[str]:
    """Return words as they are compared."""
    return [_NUMBER if one.start() in numbers else one[0] for one in found]


def _numbers(text: str) -> list[tuple[int, int]]:
    """Return where the numbers of list items begin, and where they and their stops end, in order.

    A list begins after a blank line, with a bullet or with 1 (CommonMark 0.31.2, section 5.2): a
    year at the head of a line is a word of its paragraph.
    """
    numbers: list[tuple[int, int]] = []
    at, is_list, is_first = 0, False, True
    for line in text.split("\n"):
        item = _ITEM.match(line)
        if not line.strip(" \t>"):
            is_list, is_first = False, True
        elif item:
            is_list = is_list or is_first or item[1] in (None, "1")
            if is_list and item[1]:
                numbers.append((at + item.start(1), at + item.end(1) + 1))
        is_first = is_first and not line.strip(" \t>")
        at += len(line) + 1
    return numbers


def _said(text: str, start: int, end: int, numbers: Sequence[tuple[int, int]]) -> str:
    """Return the words of a stretch without the numbers of items, in one line."""
    said, at = "", start
    for number, after in numbers[bisect_left(numbers, (start,)) : bisect_left(numbers, (end,))]:
        said, at = said + text[at:number], min(after, end)
    return " ".join((said + text[at:end]).split())


def _stretch(words: Sequence[re.Match[str]], first: int, end: int) -> tuple[int, int]:
    """Return where words stand; for none of them, the place after the one before."""
    if first < end:
        return words[first].start(), words[end - 1].end()
    at = words[first - 1].end() if first else 0
    return at, at
