"""What is compared: the words of a document, page by page, and its pictures."""

from __future__ import annotations

from dataclasses import dataclass

ALIKE = 6
"""Bits of 64 by which two pictures may differ that look the same."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its marks. `page` counts from 0; `start` and `end` are offsets in its text.

    Of a word that a line's end breaks it is not known whether a hyphen is its own: `broken`.
    """

    text: str
    page: int
    start: int
    end: int
    broken: bool = False

    @property
    def key(self) -> str:
        """Return what is compared first: the word without its hyphens."""
        return self.text.replace("-", "") or self.text


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its page from 0, the digest of its bytes, and 64 bits of how it looks."""

    page: int
    digest: str
    look: int

    def resembles(self, other: Picture) -> bool:
        """Tell whether two pictures look the same, however they are stored."""
        return self.digest == other.digest or (self.look ^ other.look).bit_count() <= ALIKE


@dataclass(frozen=True, slots=True)
class Document:
    """One side: its kind ("pdf", "epub", "manuscript"), the names of its pages, words, pictures."""

    kind: str
    pages: tuple[str, ...]
    tokens: tuple[Token, ...]
    pictures: tuple[Picture, ...]
