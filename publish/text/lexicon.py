"""The dictionaries of hunspell: whether a language has a word.

In: a language tag. Out: its `Lexicon`, where the system has the dictionary: for Dutch, English,
German and French, `make` brings it on Debian.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from hunspell import Hunspell

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


class Lexicon:
    """The words of a language; what was asked once is known."""

    def __init__(self, folder: Path, name: str) -> None:
        self._dictionary = Hunspell(name, hunspell_data_dir=str(folder))
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """Tell whether it is a word, or is made of words as the language makes its compounds."""
        if word not in self._known:
            self._known[word] = bool(self._dictionary.spell(word))
        return self._known[word]

    def lists(self, word: str) -> bool:
        """Tell whether it is a form of a word that is listed.

        That a compound could be made is no sign that anybody means it: zaagrond, ijshouwgeel.
        """
        # Of a compound the parts are told, each after “pa:” (hunspell(5), “Optional data fields”).
        return self.has(word) and any("pa:" not in one for one in self._dictionary.analyze(word))


@cache
def lexicon(language: str) -> Lexicon | None:
    """Return the words of a language; None where there is no dictionary of it."""
    name = name_of(language)
    for folder in PLACES if name else ():
        if (folder / f"{name}.dic").is_file() and (folder / f"{name}.aff").is_file():
            return Lexicon(folder, name)
    return None


def name_of(language: str) -> str:
    """Return the name of a language's dictionary; empty where none is known."""
    tag = language.lower()
    return NAMES.get(tag) or NAMES.get(tag.split("-")[0], "")
