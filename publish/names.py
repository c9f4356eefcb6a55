"""The names of an index: whom they are of, and where they stand in a text.

In: the `Book` of an edition in which a chapter has `index = true`. Out: a `Person` for each term of
that chapter's definition lists, and a `Finder` of their names. A name is a whole word, alone or in
the genitive of the book's language: the last word of the term, or what stands before its comma,
and the alternatives in the attribute `names`; what the attribute `not` names is somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from publish.book import Blocks, Book, Container, DefinitionList
from publish.inlines import Inlines, Styled, plain, walk_inlines
from publish.source import Span

_GENITIVE: Mapping[str, str] = MappingProxyType(
    {"nl": "(?:['’]?s|['’])?", "de": "(?:['’]?s|['’])?", "en": "(?:['’]s?)?"}
)
_YEARS = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Person:
    """A term of an index: its number, its words, the names that are looked for and those not."""

    number: int
    term: str
    names: tuple[str, ...]
    others: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Met:
    """A mention: of whom, from where to where in a text."""

    person: Person
    start: int
    end: int


def persons_of(book: Book) -> list[Person]:
    """Return the terms of all indexes, in their order."""
    persons: list[Person] = []
    for chapter in book.chapters:
        for block in _lists(chapter.blocks) if chapter.index else ():
            places = block.places or (block.span,) * len(block.entries)
            for (term, _), span in zip(block.entries, places, strict=True):
                persons.append(_person(len(persons) + 1, term, span))
    return persons


def _lists(blocks: Blocks) -> Iterator[DefinitionList]:
    """Yield the lists of an index: those of its chapter, and of containers in it."""
    for block in blocks:
        if isinstance(block, DefinitionList):
            yield block
        elif isinstance(block, Container):
            yield from _lists(block.blocks)


def _person(number: int, term: Inlines, span: Span) -> Person:
    words = _YEARS.sub("", plain(term)) or plain(term)
    family = words.partition(",")[0].strip() if "," in words else "".join(words.split()[-1:])
    said = [one.attrs for one in walk_inlines(term) if isinstance(one, Styled)]
    names = [family, *(name for attrs in said for name in _several(attrs.get("names")))]
    others = [name for attrs in said for name in _several(attrs.get("not"))]
    return Person(number, words, tuple(filter(None, names)), tuple(others), span)


def _several(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]


class Finder:
    """Finds the names of all persons in a text."""

    def __init__(self, persons: list[Person], language: str) -> None:
        self.suffix = _GENITIVE.get(language.split("-")[0].lower(), "")
        self.whose: list[Person | None] = []
        meant = [(name, one) for one in persons for name in one.names]
        known: list[tuple[str, Person | None]] = [*meant]
        known += [(name, None) for one in persons for name in one.others]
        # Of two names that begin alike, the longer one.
        known.sort(key=lambda row: -len(row[0]))
        self.whose = [person for _, person in known]
        each = "|".join(f"({_pattern(name)})" for name, _ in known)
        self.pattern = re.compile(rf"(?<!\w)(?<![^-]-)(?:{each}){self.suffix}(?!\w)(?!-(?!-))")

    def find(self, text: str) -> Iterator[Met]:
        """Yield the mentions in a text."""
        for match in self.pattern.finditer(text):
            person = self.whose[match.lastindex - 1] if match.lastindex else None
            if person:
                yield Met(person, match.start(), match.end())


def _pattern(name: str) -> str:
    """Return a name as it may be set: with another apostrophe, hyphen or blank."""
    parts = {"-": "[-\u2010\u2011]", "'": "['’]", "’": "['’]", " ": r"[\s\u00a0]+"}
    return "".join(parts.get(char, re.escape(char)) for char in name)
