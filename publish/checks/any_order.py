"""Words that are found by their letters, in whatever order these are read.

Brackets, marks and words beside words of the other way may be painted in more ways than a reader of
pages tells apart (UAX 9, N0): what a text has of just these letters is what was written.
"""

from __future__ import annotations

import itertools
import re

from publish.checks.folding import squeezed

_WORD = re.compile(r"[^\W\d_]+|\d+")
_TRIED = 100
"""So many places of a word are looked at."""


def of_letters(run: str, known: str) -> list[str]:
    """Return what a text has of just the letters of a run, in whatever order.

    The text has letters and figures alone, small and folded. A word is painted whole: it is looked
    for around the longest of them, and what has all of them whole comes first.
    """
    letters = squeezed(run)
    words = [squeezed(one) for one in _WORD.findall(run)]
    word = max(words, key=len, default="")
    wanted, found = sorted(letters), dict[str, None]()
    if not word:
        return []
    for met in itertools.islice(re.finditer(re.escape(word), known), _TRIED):
        for start in range(max(met.end() - len(letters), 0), met.start() + 1):
            text = known[start : start + len(letters)]
            if sorted(text) == wanted:
                found[text] = None
    return sorted(found, key=lambda text: sum(one not in text for one in words))
