"""Words that no dictionary of their language has, and that are much like one that it has.

In: the words of a book. Out: each such word with what was probably meant. A word in a language of
which there is no dictionary is let be.
A dictionary's no is strong only where the word is a slip away from one that it knows: without that,
every new compound and every rare word would be told of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from publish.lexicon import Lexicon, lexicon, name_of
from publish.prose.passages import Word

_LETTERS = "eniatroslgdvkmbuhpzcwjfyxqéëèïöüäßç"
_LEAST = 4
"""Of a shorter word each slip is another word."""


def lacking(words: Sequence[Word]) -> list[str]:
    """Return the languages of words whose dictionary is known and not there."""
    languages = dict.fromkeys(word.language for word in words)
    return [one for one in languages if name_of(one) and lexicon(one) is None]


def misspelled(
    words: Sequence[Word], right: frozenset[str], often: int
) -> Iterator[tuple[Word, str]]:
    """Yield the words that are no words, with the likeliest that is meant.

    Let be are words with a capital (names: see `variants`), those in `right`, and those that the
    book has so often that it must mean them.
    """
    counts = Counter(plain(word.text) for word in words)
    judged: dict[tuple[str, str], str] = {}
    for word in words:
        text = plain(word.text)
        known = lexicon(word.language)
        if known is None or not text.islower() or len(text) < _LEAST or text in right:
            continue
        if counts[text] >= often:
            continue
        key = word.language, text
        if key not in judged:
            judged[key] = "" if is_known(text, known) else likeliest(text, known, counts)
        if judged[key]:
            yield word, judged[key]


def plain(word: str) -> str:
    """Return a word as dictionaries have it: its apostrophes and hyphens those of a keyboard."""
    return word.replace("’", "'").replace("\u2011", "-")


def is_known(word: str, known: Lexicon) -> bool:
    """Tell whether a dictionary has a word, or each of the parts that hyphens join."""
    if known.has(word) or known.has(word.capitalize()):
        return True
    parts = [part for part in re.split(r"[-.']", word) if part]
    return len(parts) > 1 and all(
        len(part) < _LEAST or known.has(part) or known.has(part.capitalize()) for part in parts
    )


def likeliest(word: str, known: Lexicon, counts: Counter[str]) -> str:
    """Return a word one slip away that a dictionary lists; nothing where there is none.

    One that the book has is likelier than another.
    """
    listed = [one for one in dict.fromkeys(slips(word)) if known.lists(one)]
    return max(listed, key=lambda one: counts[one], default="")


def slips(word: str) -> Iterator[str]:
    """Yield what a word may come of: two letters changed about, one too many, wrong, or missing.

    Nobody slips at the first letter; and with one more at its end, a word is a form of it.
    """
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1 :]
    for at in range(1, len(word) + 1):
        for letter in _LETTERS:
            yield word[:at] + letter + word[at:]
    for at in range(1, len(word)):
        for letter in _LETTERS:
            if letter != word[at]:
                yield word[:at] + letter + word[at + 1 :]
