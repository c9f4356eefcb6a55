"""The few words that the toolchain itself puts into a book, by language.

In: a language tag. Out: a frozen row of words, read from the file that bears the language's name
(ISO 639-1); English stands in for a language without a file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

ROLES = tuple("trl ill pht aui aft com ann ctg cov bkd dsr pfr res trc prt".split())
"""The MARC roles that have a word of their own, in the order of `Wording.roles`."""
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
"""Languages whose script runs from right to left."""


class Wording(Struct, frozen=True):
    """One language's words; `access_…` are sentences that tell how a book can be read.

    `roles` say what each of `ROLES` did for the book; a title follows `extract_of`, a publisher
    `extract_publisher`.
    """

    contents: str
    cover: str
    beginning: str
    landmarks: str
    see: str
    notes: str
    back: str
    figure: str
    figures: str
    facing: str
    credits: str
    table: str
    page: str
    source: str
    expected: str
    editors: str
    long: str
    responsible: str
    deposit: str
    proof: str
    access_text: str
    access_alt: str
    access_no_alt: str
    access_long: str
    access_pages: str
    access_languages: str
    access_notes: str
    access_index: str
    access_adapts: str
    pages: str
    extract: str
    extract_end: str
    extract_of: str
    extract_publisher: str
    extract_elsewhere: str
    ebook: str
    printed: str
    roles: tuple[str, ...]

    def role(self, code: str) -> str:
        """Return what somebody of a MARC role did; empty for who wrote it, and for a rare role."""
        if code == "edt":
            return self.editors
        return self.roles[ROLES.index(code)] if code in ROLES else ""


def _read(path: Path) -> Wording:
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    roles = words.pop("roles")
    return Wording(**words, roles=tuple(roles[code] for code in ROLES))


WORDS: Mapping[str, Wording] = MappingProxyType(
    {path.stem: _read(path) for path in sorted(Path(__file__).parent.glob("*.toml"))}
)


def direction(language: str) -> str:
    """Return the direction in which a language is written: "rtl" or "ltr"."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def wording(language: str) -> Wording:
    """Return the words of a language tag, by its primary subtag."""
    return WORDS.get(language.split("-")[0].lower(), WORDS["en"])
