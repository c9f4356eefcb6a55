"""Pictures moved on in the text, so that none leaves a hole at the foot of the page before it.

In: for each picture that begins a page, the hole that it left and the heights of the blocks after
it. Out: how many blocks each picture is moved on. A picture that does not fit lets the text run on
and comes after the paragraph that fills the page, as a compositor would have it; it never leaves
its section. The engine has no floats to the head of a page, so the order is decided beforehand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from publish.book import Block, Blocks, Book, Figure
from publish.editions import figure_id
from publish.fitting import Fits
from publish.footnotes import NotePlaces

Moves = Mapping[str, int]
SMALLEST = 3.0
"""A hole of fewer lines than this is no hole."""
ROUNDS = 8
"""Layouts at the most: a picture that moves on shifts those after it, which may move in turn."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How far each picture is moved on, the page of each id, what fits, where notes stand."""

    moves: Moves = field(default_factory=dict)
    folios: Mapping[str, int] = field(default_factory=dict)
    fits: Fits = field(default_factory=Fits)
    notes: NotePlaces = field(default_factory=NotePlaces)


@dataclass(frozen=True, slots=True)
class Hole:
    """White left before a picture: its height and those of the blocks after it, in one unit."""

    figure: str
    height: float
    after: tuple[float, ...]


def next_moves(moves: Moves, holes: Sequence[Hole], line: float) -> Moves | None:
    """Return the moves with one more for each picture that can fill its hole; None for none."""
    further = dict(moves)
    for hole in holes:
        if hole.height < SMALLEST * line or not hole.after:
            continue
        filled, count = 0.0, 0
        for height in hole.after:
            if filled >= hole.height:
                break
            filled += height
            count += 1
        further[hole.figure] = moves.get(hole.figure, 0) + count
    return further if further != moves else None


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
