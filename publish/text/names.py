"""The names of an index: whom they are of, and where they stand in a text.

In: the `Book` of an edition in which a chapter has `index = true`. Out: a `Person` for each term of
that chapter's definition lists, and a `Finder` of their names. A name is a whole word, alone or in
the genitive of the book's language: the last word of the term, or what stands before its comma,
and the alternatives in the attribute `names`; what the attribute `not` names is somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct

from publish.book.inlines import Inlines, Styled, plain, walk_inlines
from publish.book.model import Blocks, Book, Container, DefinitionList
from publish.ground.source import Span

_GENITIVE: Mapping[str, str] = MappingProxyType(
    {"nl": "(?:['’]?s|['’])?", "de": "(?:['’]?s|['’])?", "en": "(?:['’]s?)?"}
)
_YEARS = re.compile(r"\s*\([^()]*\)\s*$")


class Person(Struct, frozen=True):
    """A term of an index: its number, its words, the names that are looked for and those not.

    `full` is the whole name, which tells namesakes apart; empty for a term of one word.
    """

    number: int
    term: str
    full: str
    names: tuple[str, ...]
    others: tuple[str, ...]
    span: Span


class Met(Struct, frozen=True):
    """A mention: its name, from where to where it stands, and all whom it can be of."""

    persons: tuple[Person, ...]
    name: str
    start: int
    end: int

    @property
    def person(self) -> Person | None:
        """Return whom a mention is of; None where it may be more than one."""
        return self.persons[0] if len(self.persons) == 1 else None


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
    family, comma, rest = (part.strip() for part in words.partition(","))
    given = rest.partition(",")[0].strip()
    if not comma:
        given, _, family = words.rpartition(" ")
    said = [one.attrs for one in walk_inlines(term) if isinstance(one, Styled)]
    names = [family, *(name for attrs in said for name in _several(attrs.get("names")))]
    others = [name for attrs in said for name in _several(attrs.get("not"))]
    full = f"{given} {family}" if given and family else ""
    return Person(number, words, full, tuple(filter(None, names)), tuple(others), span)


def _several(value: str) -> list[str]:
    return [one.strip() for one in value.split(",") if one.strip()]


class Finder:
    """Finds the names of all persons in a text."""

    def __init__(self, persons: list[Person], language: str) -> None:
        self.suffix = _GENITIVE.get(language.split("-")[0].lower(), "")
        bearers: dict[str, list[Person]] = {}
        for one in persons:
            for name in dict.fromkeys(map(_pattern, one.names)):
                bearers.setdefault(name, []).append(one)
        # Of two names that begin alike, the longer one.
        known = sorted(bearers, key=lambda name: -len(name))
        self.bearers = [tuple(bearers[name]) for name in known]
        self.pattern = self._words(known)
        self.full = {one.number: self._words([_pattern(one.full)]) for one in persons if one.full}
        self.others = {
            one.number: self._words(list(map(_pattern, one.others)))
            for one in persons
            if one.others
        }

    def _words(self, names: list[str]) -> re.Pattern[str]:
        each = "|".join(f"({name})" for name in names)
        return re.compile(rf"(?<!\w)(?<![^-]-)(?:{each}){self.suffix}(?!\w)(?!-(?!-))")

    def find(self, text: str) -> Iterator[Met]:
        """Yield the mentions in a text."""
        for match in self.pattern.finditer(text):
            if match.lastindex:
                persons = self._meant(self.bearers[match.lastindex - 1], text, match.span())
                if persons:
                    yield Met(persons, match[match.lastindex], *match.span())

    def _meant(
        self, bearers: tuple[Person, ...], text: str, place: tuple[int, int]
    ) -> tuple[Person, ...]:
        """Return who of those that bear a name may be meant: who stands there in full, else all.

        What a term excludes is nobody else's loss: it holds for that term alone.
        """
        places = {one.number: _around(self.full.get(one.number), text, place) for one in bearers}
        named = [one for one in bearers if places[one.number]]
        return tuple(
            one
            for one in named or bearers
            if not _around(self.others.get(one.number), text, places[one.number] or place)
        )


def _around(
    pattern: re.Pattern[str] | None, text: str, place: tuple[int, int]
) -> tuple[int, int] | None:
    """Return where a match of a pattern stands that holds a place; None where none does."""
    for match in pattern.finditer(text) if pattern else ():
        if match.start() <= place[0] and place[1] <= match.end():
            return match.span()
    return None


def _pattern(name: str) -> str:
    """Return a name as it may be set: with another apostrophe, hyphen or blank."""
    parts = {"-": "[-\u2010\u2011]", "'": "['’]", "’": "['’]", " ": r"[\s\u00a0]+"}
    return "".join(parts.get(char, re.escape(char)) for char in name)
