"""Words that a reviewer has put in, with the blanks that they need.

In: the words, the text on both sides of the place, and which words there are. Out: the words as
they are to be written; None where it is not plain whether they are words of their own or a part of
the one beside them. Few reviewers type a blank; none means “moesteven”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from publish.book.languages import DASHES, has_capital_nouns
from publish.text.lexicon import lexicon

Known = Callable[[str], bool]
_CLOSING = ",.;:!?…)]}”’»%\"'"
_OPENING = "([{“„‘‚«\"'"
_TIED = f"-\u2010\u2011{DASHES}/"
"""Signs that may stand between two words without a blank."""
_DASHED, _DASH_ENDS = re.compile(rf"[-{DASHES}]+\s"), re.compile(rf"\s[-{DASHES}]+$")
"""A dash with a blank on its other side has one on this side too."""
_FAR = 12
_LEAST = 2
"""One letter is no word of its own that anybody is known to mean."""


def knowing(language: str, texts: Iterable[str]) -> Known:
    """Return what tells whether something is a word of a language, or one that the texts have."""
    own = {word.lower() for text in texts for word in re.findall(r"[^\W\d_]+", text)}
    lexical = lexicon(language)

    def known(word: str) -> bool:
        if len(word) < _LEAST:
            return False
        if word.lower() in own:
            return True
        forms = (word, word.lower(), *([word.capitalize()] * has_capital_nouns(language)))
        return lexical is not None and any(map(lexical.has, forms))

    return known


def spaced(said: str, before: str, after: str, known: Known) -> str | None:
    """Return words that are put in between two texts, with a blank on either side if need be."""
    if after.startswith("[^"):
        # It would part the call of a note from its word, or stand behind it.
        return None
    if _ends(before) and _begins(after) and not re.search(r"\s", said):
        # Within a word.
        return said
    left, right = _between(before, said, known), _between(said, after, known)
    return None if left is None or right is None else f"{left}{said}{right}"


def _between(one: str, other: str, known: Known) -> str | None:
    """Return what stands between two texts that come together: nothing, or a blank."""
    last, first = one[-1:], other[:1]
    if not last or not first or last.isspace() or first.isspace():
        return ""
    if _DASHED.match(other) or _DASH_ENDS.search(one[-_FAR:]):
        return " "
    if last in _TIED or first in _TIED or (last in _OPENING and not _is_closed(one)):
        return ""
    if last.isalnum() and first.isalnum():
        return _within(_ends(one), _begins(other), known)
    if first.isalnum():
        figures = one[-2:-1].isdigit() and first.isdigit()
        return " " if last in _CLOSING and not figures else ""
    return " " if _opens(other) and (last.isalnum() or last in _CLOSING) else ""


def _opens(text: str) -> bool:
    """Tell whether a text begins with a sign that opens.

    Of straight ones `"` does before a word, and an apostrophe before one of several: 's avonds.
    """
    if text[0] in "\"'":
        words = text[1:2].isalnum()
        return words and (text[0] == '"' or " " in text[:_FAR])
    return text[0] in _OPENING


def _is_closed(text: str) -> bool:
    """Tell whether a straight sign of quotation at the end of a text closes one."""
    return text[-1] in "\"'" and not text[-2:-1].isspace() and len(text) > 1


def _within(one: str, other: str, known: Known) -> str | None:
    """Return what stands between two words, or two parts of one."""
    if one.isdigit() and other.isdigit():
        return ""
    if other[0].isupper() and not one[-1].isupper():
        return " "
    whole, apart = known(one + other), known(one) and known(other)
    return None if whole == apart else "" if whole else " "


def _ends(text: str) -> str:
    found = re.search(r"\w+$", text)
    return found[0] if found else ""


def _begins(text: str) -> str:
    found = re.match(r"\w+", text)
    return found[0] if found else ""
