"""What changed in a text since an earlier state of it, word by word.

In: the text then and now. Out: `Change`s in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from publish.proof.matching import matches

WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
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
    words, others = [one[0] for one in old], [one[0] for one in new]
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
        yield Change(*is_now, " ".join(then[slice(*was)].split()), was)


def _stretch(words: Sequence[re.Match[str]], first: int, end: int) -> tuple[int, int]:
    """Return where words stand; for none of them, the place after the one before."""
    if first < end:
        return words[first].start(), words[end - 1].end()
    at = words[first - 1].end() if first else 0
    return at, at
