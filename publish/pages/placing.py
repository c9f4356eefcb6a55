"""Pictures taken out of the text, so that none leaves a hole at the foot of the page before it.

In: the white that pictures leave on laid-out pages. Out: which of them float: they stand at the
head of the next page and the text flows on (see `page_floats`); and, for the e-book, which has no
pages, how many blocks later in the text a picture comes that has printed pages to itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from publish.book.model import Block, Blocks, Book, Figure
from publish.sizes.fitting import Fits
from publish.text.editions import figure_id
from publish.text.folios import PageStart
from publish.text.footnotes import NotePlaces

Moves = Mapping[str, int]
SMALLEST = 3.0
"""A hole of fewer lines than this is no hole."""
ROUNDS = 8
"""Layouts at the most: a picture that floats shifts those after it, which may float in turn."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which pictures float, the page of each id, what fits, where notes stand."""

    floats: frozenset[str] = frozenset()
    folios: Mapping[str, int] = field(default_factory=dict)
    fits: Fits = field(default_factory=Fits)
    notes: NotePlaces = field(default_factory=NotePlaces)

    def told(self) -> dict[str, Any]:
        """Return it as plain values, without the pages of ids, to be kept beside the outputs."""
        fits, notes = self.fits, self.notes
        return {
            "floats": sorted(self.floats),
            "steps": dict(fits.steps),
            "captions": dict(fits.captions),
            "loose": sorted(fits.loose),
            "notes": [sorted(notes.some), notes.all, notes.cause],
        }

    @classmethod
    def of(cls, told: Mapping[str, Any], folios: Mapping[str, int]) -> Arrangement:
        """Return what `told` has kept, with the page of each id."""
        if not told:
            return cls(folios=folios)
        some, every, cause = told["notes"]
        fits = Fits(told["steps"], told["captions"], frozenset(told["loose"]))
        notes = NotePlaces(frozenset(some), every, cause)
        return cls(frozenset(told["floats"]), folios, fits, notes)


@dataclass(frozen=True, slots=True)
class Hole:
    """White left before a picture, its height, and the page (from 1) that the picture heads."""

    figure: str
    height: float
    page: int = 1


def next_floats(floats: frozenset[str], holes: Sequence[Hole], line: float) -> frozenset[str]:
    """Return what floats in the next layout: what floats now, and what has left a hole."""
    return floats | {hole.figure for hole in holes if hole.height >= SMALLEST * line}


def plate_moves(book: Book, starts: Sequence[PageStart]) -> Moves:
    """Return how many blocks each picture is moved on that has printed pages to itself.

    It comes before the block with which, or in which, the text goes on after it.
    """
    return {name: count for name, count in _plates(book, starts) if count > 0}


def _plates(book: Book, starts: Sequence[PageStart]) -> Iterator[tuple[str, int]]:
    after: PageStart | None = None
    blocks = {chapter.file: chapter.blocks for chapter in book.chapters}
    for start in reversed(starts):
        if start.kind == "word":
            after = start
        elif start.kind == "plate" and after is not None:
            order = blocks.get(after.file, ())
            at = _index(order, start.file)
            begun = [n for n, one in enumerate(order) if one.span.start <= after.offset]
            if at is not None:
                yield start.file, (begun[-1] if begun else 0) - at - 1


def _index(blocks: Blocks, name: str) -> int | None:
    """Return which of some blocks is the picture of an id."""
    for at, block in enumerate(blocks):
        if isinstance(block, Figure) and figure_id(block) == name:
            return at
    return None


def moved(book: Book, moves: Moves) -> Book:
    """Return the book with its pictures moved on."""
    if not moves:
        return book
    chapters = tuple(
        dataclasses.replace(chapter, blocks=_moved(chapter.blocks, moves))
        for chapter in book.chapters
    )
    return dataclasses.replace(book, chapters=chapters)


def _moved(blocks: Blocks, moves: Moves) -> Blocks:
    order: list[Block] = list(blocks)
    for block in blocks:
        if isinstance(block, Figure) and (count := moves.get(figure_id(block), 0)):
            at = order.index(block)
            order.insert(at + count, order.pop(at))
    return tuple(order)
