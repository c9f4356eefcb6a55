"""What a word is to a reviewer who marks a part of it, or points at it.

In: a text and a stretch of it. Out: the stretch of the word: letters and figures, with the hyphens
and apostrophes within it; what it is divided by at a line's end is of it too.
"""

from __future__ import annotations

_WITHIN = "_-\u2010\u2011'’\u00ad"


def word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of the words that one touches, without punctuation at their ends.

    Of a place between two characters that is the word on either side of it. Where there is no word
    the stretch is empty.
    """
    while start and _is_of_word(text[start - 1]):
        start -= 1
    while end < len(text) and _is_of_word(text[end]):
        end += 1
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def is_within(text: str, at: int) -> bool:
    """Tell whether a place between two characters is within a word."""
    start, end = word_around(text, at, at)
    return start < at < end


def letters_around(text: str, at: int) -> tuple[int, int]:
    """Return the stretch of letters and figures alone around a place between two of them."""
    start = end = at
    while start and _is_letter(text[start - 1]):
        start -= 1
    while end < len(text) and _is_letter(text[end]):
        end += 1
    return start, end


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "\u00ad"


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char in _WITHIN
