"""Where the dictionaries of hunspell are: two files for each, the words and how they are inflected.

In: the name of a dictionary. Out: its words, as a path. For Dutch, English, German and French,
`make` brings them on Debian.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

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


def name_of(language: str) -> str:
    """Return the name of a language's dictionary; empty where none is known."""
    tag = language.lower()
    return NAMES.get(tag) or NAMES.get(tag.split("-")[0], "")


def dictionary_of(name: str) -> Path | None:
    """Return the words of a dictionary (.dic), beside which it has its .aff; None without one."""
    for folder in PLACES if name else ():
        found = folder / f"{name}.dic"
        if found.is_file() and found.with_suffix(".aff").is_file():
            return found
    return None


def dictionaries() -> Iterator[Path]:
    """Yield both files of every dictionary that there is."""
    for name in NAMES.values():
        if found := dictionary_of(name):
            yield from (found, found.with_suffix(".aff"))
