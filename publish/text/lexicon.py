"""The dictionaries of hunspell: whether a language has a word.

In: a language tag. Out: its `Lexicon`, where there is a dictionary of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hunspell import Hunspell

from publish.text.dictionaries import dictionary_of, name_of


class Lexicon:
    """The words of a language; what was asked once is known."""

    def __init__(self, folder: Path, name: str) -> None:
        self._dictionary = Hunspell(name, hunspell_data_dir=str(folder))
        self._known: dict[str, bool] = {}
        self._listed: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """Tell whether it is a word, or is made of words as the language makes its compounds."""
        if word not in self._known:
            self._known[word] = bool(self._dictionary.spell(word))
        return self._known[word]

    def lists(self, word: str) -> bool:
        """Tell whether it is a form of a word that is listed.

        That a compound could be made is no sign that anybody means it: zaagrond, ijshouwgeel.
        """
        if word not in self._listed:
            # Of a compound the parts are told, each after “pa:” (hunspell(5), “Optional data
            # fields”). Of most strings nothing is told, which is known sooner than that they are
            # not made of words.
            told = self._dictionary.analyze(word)
            self._listed[word] = any("pa:" not in one for one in told) and self.has(word)
        return self._listed[word]


@cache
def lexicon(language: str) -> Lexicon | None:
    """Return the words of a language; None where there is no dictionary of it."""
    found = dictionary_of(name_of(language))
    return Lexicon(found.parent, found.stem) if found else None
