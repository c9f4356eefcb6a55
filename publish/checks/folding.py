"""Words as they are compared: letters and figures only, folded.

In: a text. Out: its words, so that quotes, dashes, spaces and hyphens may be set by the rules of a
language and two settings of one word are alike (Unicode Standard, 5.18; NFKC and case folding).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

SHOWN = 8
"""So many words of a passage are quoted."""
_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u00ad\u200b\u2060\u0300-\u036f])*")


class Word(Struct, frozen=True):
    """A word as it is compared, and where in its unit it begins."""

    value: str
    at: int


def words_of(text: str) -> list[Word]:
    """Return the words of a text, folded so that two settings of one word are alike."""
    found = (Word(_folded(match[0]), match.start()) for match in _WORD.finditer(text))
    return [word for word in found if word.value]


def folded(text: str) -> list[str]:
    """Return the words of a text as they are compared, without places, and so sooner."""
    lower = text.lower()
    words: list[str] = _WORD.findall(lower)
    if lower.isascii():
        return words
    made = [word if word.isascii() else _folded(word) for word in words]
    return [word for word in made if word] if "" in made else made


def has_words(text: str) -> bool:
    """Tell whether a text has any word that is compared."""
    return any(_folded(match[0]) for match in _WORD.finditer(text))


def squeezed(text: str) -> str:
    """Return the words of a text without anything between them."""
    return "".join(folded(text))


def quoted(words: Sequence[str]) -> str:
    """Return the first of some words, and how many more there are."""
    more = f" (and {len(words) - SHOWN} words more)" if len(words) > SHOWN else ""
    return f"“{' '.join(words[:SHOWN])}”{more}"


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    whole = unicodedata.normalize("NFKC", word).casefold()
    return "".join(char for char in unicodedata.normalize("NFC", whole) if char.isalnum())
