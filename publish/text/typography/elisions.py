"""Words that open with an apostrophe: 's avonds, 't, '60, 'tis, 'ne.

In: a text, the place of a mark before a word, and the rules. Out: whether the mark is that word's
apostrophe, for sure or unless it proves to open a quotation. The words are the languages' rows.
"""

from __future__ import annotations

import re
from enum import Enum

from publish.book.languages import JOINED_BY_N, Rules

_ELIDED = re.compile(r"([^\W\d_]{1,12})(?!\w)|[0-9]{2}(?![0-9])")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ \n\u00a0-]\Z")
_SINGLE_CLOSERS = frozenset("'’")


class Elision(Enum):
    """How a mark before a word is an apostrophe."""

    SURE = "sure"
    DOUBTFUL = "doubtful"
    BOTH_SIDES = "both sides"  # rock 'n' roll


def elision_at(text: str, at: int, rules: Rules, quoting: bool) -> Elision | None:
    """Return whether the mark at `at` belongs to the word after it.

    `quoting` says that single quotes are open: then a word or year that might open a quotation
    does not, as one in single quotes seldom holds another.
    """
    found = _ELIDED.match(text, at + 1)
    if found is None:
        return None
    doubt = Elision.SURE if quoting else Elision.DOUBTFUL
    word, end = found[1], found.end()
    if not word or word.lower() in rules.doubtful:
        return doubt
    if word.lower() not in rules.elisions:
        return None
    following = text[end : end + 1]
    if len(word) == 1 and word.isupper() and following == ".":
        return None  # 'K. Marx …'
    if following in _SINGLE_CLOSERS:
        if word in "nN" and _is_joined(text, at):
            return Elision.BOTH_SIDES
        if not quoting and not text[end + 1 : end + 2].isalnum():
            return None  # the letter 's'
    if following == "-" and word not in "sS" and text[at - 1 : at] != "-":
        return doubt  # 's-Gravenhage, but 'k-waarde'
    return Elision.SURE


def _is_joined(text: str, at: int) -> bool:
    word = _WORD_BEFORE.search(text[max(0, at - 10) : at])
    return word is not None and word[1].lower() in JOINED_BY_N
