"""Words that no dictionary of their language has, and that are much like one that it has.

In: the words of a book. Out: each such word with what was probably meant. The dictionaries are
those of hunspell, for Dutch, English, German and French, where the system has them; a word in any
other language is let be.
A dictionary's no is strong only where the word is a slip away from one that it knows: without that,
every new compound and every rare word would be told of.
"""

from __future__ import annotations

import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from spylls.hunspell import Dictionary
from spylls.hunspell.algo.capitalization import Type

from publish.prose.passages import Word

NAMES = {
    "nl": "nl_NL",
    "en": "en_GB",
    "en-us": "en_US",
    "de": "de_DE",
    "de-at": "de_AT",
    "de-ch": "de_CH",
    "fr": "fr_FR",
}
"""The dictionary of a language, without the ends .aff and .dic of its two files."""
PLACES = (
    Path(sys.prefix, "share", "hunspell"),
    Path("/usr/share/hunspell"),
    Path("/usr/local/share/hunspell"),
    Path("/opt/homebrew/share/hunspell"),
    Path("/usr/share/myspell/dicts"),
    Path("/Library/Spelling"),
)
_LETTERS = "eniatroslgdvkmbuhpzcwjfyxqéëèïöüäßç"
_LEAST = 4
"""Of a shorter word each slip is another word."""


class Lexicon:
    """The words of a language; what was asked once is known."""

    def __init__(self, path: Path) -> None:
        with warnings.catch_warnings():
            # It leaves the closing of its files to the collector.
            warnings.simplefilter("ignore", ResourceWarning)
            self._dictionary: Any = Dictionary.from_files(str(path))
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """Tell whether it is a word, or is made of words as the language makes its compounds."""
        if word not in self._known:
            self._known[word] = bool(self._dictionary.lookup(word))
        return self._known[word]

    def lists(self, word: str) -> bool:
        """Tell whether it is a form of a word that is listed.

        That a compound could be made is no sign that anybody means it: zaagrond, ijshouwgeel.
        """
        return any(self._dictionary.lookuper.affix_forms(word, captype=Type.NO))


@cache
def lexicon(language: str) -> Lexicon | None:
    """Return the words of a language; None where there is no dictionary of it."""
    name = name_of(language)
    found = (place / name for place in PLACES if name and (place / f"{name}.dic").is_file())
    path = next(found, None)
    return Lexicon(path) if path else None


def name_of(language: str) -> str:
    """Return the name of a language's dictionary; empty where none is known."""
    tag = language.lower()
    return NAMES.get(tag) or NAMES.get(tag.split("-")[0], "")


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
