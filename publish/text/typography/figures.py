"""Numbers in set text: what stays on their line, and the dash of a range.

In: a paragraph. Out: edits. A number stays with the unit, month or thousands after it; a hyphen
between two numbers becomes a dash only where it can be nothing but a range. Codes, telephone
numbers and ISO 8601 dates have more hyphens, leading zeros or no order, which is how they are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publish.book.languages import NARROW, NO_BREAK, Rules
from publish.text.typography.paragraph import Edit, Paragraph

_NUMBER = re.compile("[0-9][0-9]*")
_UNIT = re.compile(r"((?:°?[^\W\d_]{1,11}|[0-9]{3})(?!\w)|[°%‰€])")
_FIGURE = "([0-9]{1,4}(?:[.,:][0-9]{1,3}){0,2})"
_RANGE = re.compile(rf"{_FIGURE}-{_FIGURE}(?![\w/–—-]|[.,:][0-9])")
_SHORT_YEARS = re.compile("-['’][0-9]{2}(?![0-9])")
_IDENTIFIER = re.compile(r"(?i)\b(?:issn|isbn|ean|iso|tel|fax|gsm|nur|btw|kbo|iban)\b\W{0,2}\Z")
_NO_RANGE_AFTER = frozenset("_./,:+-–—…")
# After these a hyphen may be part of one number, such as that of a law.
_NUMBERS_OF_ONE = frozenset({"nr", "no", "n"})


def set_figures(paragraph: Paragraph) -> Iterator[Edit]:
    """Tie numbers to unit, month and thousands, and set the dash of a range."""
    text = paragraph.text
    for found in _NUMBER.finditer(text):
        start, end = found.span()
        rules = paragraph.rules_at(start)
        stopped = text[end : end + 2] in (". ", ".\n")  # German: 22. November
        blank = end + 1 if stopped else end
        if paragraph.is_blank(blank) and _is_tied(text, start, end, blank + 1, rules):
            yield Edit(blank, blank + 1, NO_BREAK)
        if rules.month_first and end - start <= 2 and _follows_month(paragraph, start, rules):
            yield Edit(start - 1, start, NO_BREAK)
        hyphen = _range_hyphen(paragraph, start, end, rules)
        if hyphen is not None and rules.range_dash != "-":
            yield Edit(hyphen, hyphen + 1, rules.range_dash)


def _follows_month(paragraph: Paragraph, start: int, rules: Rules) -> bool:
    return paragraph.is_blank(start - 1) and paragraph.word_before(start - 1) in rules.months


def _is_tied(text: str, start: int, end: int, at: int, rules: Rules) -> bool:
    """Return whether what begins at `at` stays on the line of the number before it."""
    found = _UNIT.match(text, at)
    if found is None:
        return False
    token, digits = found[1], end - start
    if token in rules.months:
        return digits <= 2
    if text[end] == ".":
        return False
    if token.isdecimal():
        return digits == 3 or (digits < 3 and text[start] != "0")
    return token in rules.units


def _range_hyphen(paragraph: Paragraph, start: int, end: int, rules: Rules) -> int | None:
    """Return where the hyphen of a range of numbers stands that begins here, if one does."""
    text = paragraph.text
    before = text[start - 1] if start else ""
    if text[end : end + 1] not in ("-", ".", ",", ":"):
        return None
    if before.isalnum() or before in _NO_RANGE_AFTER:
        return None
    digits = 2 if before in ("'", "’") else 4  # '14-'18, 1914-'18
    if end - start == digits and _SHORT_YEARS.match(text, end):
        return end
    found = _RANGE.match(text, start)
    if found is None:
        return None
    if _IDENTIFIER.search(text[max(0, start - 8) : start]):
        return None
    first, second = found[1], found[2]
    if _is_span_of_years(first, second) or (
        _rises(first, second) and _is_measured(paragraph, start, found.end(), rules)
    ):
        return found.end(1)
    return None


def _is_span_of_years(first: str, second: str) -> bool:
    """Return whether two numbers are a range without more ado: 1923-1927, 1923-27, 1936-8."""
    if not (first + second).isdecimal() or first[0] == "0" or len(first) < 3:
        return False
    if len(second) > 2:
        return int(first) < int(second)
    year = int(first)
    if len(first) < 4 or int(second) <= int(first[-len(second) :]):
        return False
    if len(second) == 2:
        return year < 2000 or int(second) > 12  # 2010-12 may be a month
    return 1800 <= year < 2000


def _rises(first: str, second: str) -> bool:
    low, high = (tuple(map(int, re.split("[.,:]", part))) for part in (first, second))
    padded = first.isdecimal() and len(first) > 1 and first[0] == "0"
    return low < high and not padded


def _is_measured(paragraph: Paragraph, start: int, end: int, rules: Rules) -> bool:
    """Return whether a unit or month follows a range, or an abbreviation such as p. precedes it."""
    text = paragraph.text
    spaced = text[end : end + 1] in (" ", "\n", NO_BREAK, NARROW)
    unit = _UNIT.match(text, end + spaced)
    if unit and (unit[1] in rules.units or unit[1] in rules.months or unit[1] in rules.measures):
        return True
    if start < 2 or text[start - 2] != "." or not text[start - 1].isspace():
        return False
    word = paragraph.word_before(start - 2).lower()
    return word in rules.numbered and word not in _NUMBERS_OF_ONE
