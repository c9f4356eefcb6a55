"""`[prose]` of `book.toml`: what of the language is told of, the book's own words, its house style.

In: a value of each key. Out: `ProseSettings`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from publish.settings.schema import choice, expect, setting, text, texts, whole


def house_style(value: Any) -> tuple[tuple[str, str], ...]:
    """Read a table of terms, each with the one that is preferred."""
    found = expect(dict, value, 'a table of terms, such as {"GPU" = "GPOe"}')
    return tuple((text(term), text(preferred)) for term, preferred in sorted(found.items()))


def _told(doc: str) -> Any:
    return setting(choice("off", "warning", "error"), doc, "warning")


@dataclass(frozen=True, slots=True)
class ProseSettings:
    """How bad each fault of the language is; words that are right; terms and those preferred."""

    spelling: str = _told("a word that no dictionary has, and one much like it that it has")
    doubled: str = _told("a word that stands there twice")
    unbalanced: str = _told("a quote or bracket that is not closed, or not opened")
    spaces: str = _told("more than one blank between two words")
    punctuation: str = _told("a blank before a comma, a full stop or the like")
    names: str = _told("a name that is spelled in another way elsewhere")
    hyphens: str = _told("a compound with and without its hyphen")
    numbers: str = _told("numbers or dates that are written in another way elsewhere")
    quotes: str = _told("a straight quote that no rule could set")
    dash: str = _told("a hyphen where a dash is meant")
    initials: str = _told("an initial that may be parted from its name")
    house: str = _told("a term for which the house has another")
    words: tuple[str, ...] = setting(texts, "words that are right in this book", ())
    often: int = setting(whole(1, 1000), "a word met so many times is right", 3)
    style: tuple[tuple[str, str], ...] = setting(house_style, "term = the preferred one", ())

    @property
    def severities(self) -> Mapping[str, str]:
        """Return how bad each fault is, by its name."""
        names = (one.name for one in dataclasses.fields(self))
        return {
            name: getattr(self, name) for name in names if name not in ("words", "often", "style")
        }
