"""What changed in a text since an earlier state of it, word by word.

In: the text then and now. Out: `Change`s in the order of the text. Lines are compared first and
words only where lines differ, so that a long text costs little (difflib, after Ratcliff and
Obershelp).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the text as it is now that is new, and the words that stood there before."""

    start: int
    end: int
    removed: str


def changes(then: str, now: str) -> Iterator[Change]:
    """Yield what changed."""
    old, new = then.splitlines(keepends=True), now.splitlines(keepends=True)
    for kind, a, b, c, d in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind != "equal":
            yield from _words("".join(old[a:b]), "".join(new[c:d]), sum(map(len, new[:c])))


def _words(then: str, now: str, at: int) -> Iterator[Change]:
    old, new = list(_WORD.finditer(then)), list(_WORD.finditer(now))
    matcher = SequenceMatcher(None, [one[0] for one in old], [one[0] for one in new], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            continue
        removed = then[old[a].start() : old[b - 1].end()] if a < b else ""
        if c < d:
            start, end = new[c].start(), new[d - 1].end()
        else:
            start = end = new[c - 1].end() if c else 0
        yield Change(at + start, at + end, " ".join(removed.split()))
