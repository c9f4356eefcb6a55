"""Pictures taken out of the text, so that none leaves a hole at the foot of the page before it.

In: the white that pictures leave on laid-out pages. Out: which of them float: they stand at the
head of the next page and the text flows on (see `page_floats`); and, for the e-book, which has no
pages, how many blocks later in the text a picture comes that has printed pages to itself. A picture
that waits for a left-hand page until the text has run out comes an opening earlier, once; else it
gives its two pages up, and stands on one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from publish.book.model import Blocks, Book, Figure
from publish.sizes.fitting import Fits
from publish.text.editions import figure_id
from publish.text.folios import PageStart
from publish.text.footnotes import NotePlaces

Moves = Mapping[str, int]
SMALLEST = 3.0
"""A hole of fewer lines than this is no hole."""
ROUNDS = 8
"""Layouts at the most: a picture that floats shifts those after it, which may float in turn."""


class Arrangement(Struct, frozen=True):
    """Which pictures float, the page of each id, what fits, where notes stand.

    `ahead` has the place of the block before which a picture comes that is set before its place;
    `single` are the pictures that stand on one page instead of two, `passed` the insets that the
    text has passed by.
    """

    floats: frozenset[str] = frozenset()
    folios: Mapping[str, int] = field(default_factory=dict)
    fits: Fits = field(default_factory=Fits)
    notes: NotePlaces = field(default_factory=NotePlaces)
    ahead: Mapping[str, str] = field(default_factory=dict)
    single: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()

    def without(self, empty: Sequence[Vacancy], foremost: bool = False) -> Arrangement:
        """Return what the next layout is made by, so that no page stays empty.

        Each picture is moved once at the most and then stays on one page, so that this ends. One
        that leaves but white goes on to an earlier block each time, or stays where it is. With
        `foremost` only one is helped, which moves all that come after it.
        """
        empty = [one for one in empty if not one.white or self.ahead.get(one.figure) != one.before]
        empty = empty[: 1 if foremost else None]
        early = {
            one.figure: one.before
            for one in empty
            if one.before and (one.white or one.figure not in self.ahead)
        }
        single = self.single | {one.figure for one in empty if one.figure not in early}
        return replace(self, ahead={**self.ahead, **early}, single=single)

    def told(self) -> dict[str, Any]:
        """Return it as plain values, without the pages of ids, to be kept beside the outputs."""
        fits, notes = self.fits, self.notes
        return {
            "floats": sorted(self.floats),
            "steps": dict(fits.steps),
            "captions": dict(fits.captions),
            "loose": sorted(fits.loose),
            "rows": sorted(fits.rows),
            "tallest": dict(fits.tallest),
            "ahead": dict(self.ahead),
            "single": sorted(self.single),
            "passed": sorted(self.passed),
            "notes": [sorted(notes.some), notes.all, notes.cause],
        }

    @classmethod
    def of(cls, told: Mapping[str, Any], folios: Mapping[str, int]) -> Arrangement:
        """Return what `told` has kept, with the page of each id."""
        if not told:
            return cls(folios=folios)
        some, every, cause = told["notes"]
        loose, rows = frozenset(told["loose"]), frozenset(told["rows"])
        fits = Fits(told["steps"], told["captions"], loose, rows, told["tallest"])
        notes = NotePlaces(frozenset(some), every, cause)
        moved = told["ahead"], frozenset(told["single"]), frozenset(told["passed"])
        return cls(frozenset(told["floats"]), folios, fits, notes, *moved)


class Hole(Struct, frozen=True):
    """White left before a picture, its height, and the page (from 1) that the picture heads."""

    figure: str
    height: float
    page: int = 1


class Vacancy(Struct, frozen=True):
    """An empty page (from 1) before a picture that waited for a left-hand page.

    `before` is the block before which the picture would leave none; empty where there is no such.
    `white` where the page before has text, and what is left of it does not fill the pages of the
    picture.
    """

    figure: str
    page: int
    before: str = ""
    white: bool = False


def next_floats(floats: frozenset[str], holes: Sequence[Hole], line: float) -> frozenset[str]:
    """Return what floats in the next layout: what floats now, and what has left a hole."""
    return floats | {hole.figure for hole in holes if hole.height >= SMALLEST * line}


def plate_moves(book: Book, starts: Sequence[PageStart]) -> Moves:
    """Return how many blocks each picture is moved on that has printed pages to itself.

    It comes before the block with which, or in which, the text goes on after it; it is moved back
    where print has it before its place.
    """
    return {name: count for name, count in _plates(book, starts) if count}


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
                to = begun[-1] if begun else 0
                yield start.file, to - at - (to > at)


def _index(blocks: Blocks, name: str) -> int | None:
    """Return which of some blocks is the picture of an id."""
    for at, block in enumerate(blocks):
        if isinstance(block, Figure) and figure_id(block) == name:
            return at
    return None


def replaced(book: Book, known: Arrangement) -> Book:
    """Return the book with pictures ahead of their place, or on one page, as an arrangement says.

    One that gives up its two pages is seen whole, with its caption below it.
    """
    moves = {}
    for chapter in book.chapters if known.ahead else ():
        where = {block.span.place: at for at, block in enumerate(chapter.blocks)}
        for name, place in known.ahead.items():
            at = _index(chapter.blocks, name)
            if at is not None and place in where and name not in known.single:
                moves[name] = where[place] - at
    return moved(book, moves, known.single)


def moved(book: Book, moves: Moves, single: Set[str] = frozenset()) -> Book:
    """Return the book with its pictures moved on, and some of them on a single page."""
    if not moves and not single:
        return book
    chapters = tuple(
        replace(chapter, blocks=_single(_moved(chapter.blocks, moves), single))
        for chapter in book.chapters
    )
    return replace(book, chapters=chapters)


def _single(blocks: Blocks, names: Set[str]) -> Blocks:
    return tuple(
        replace(one, place="page" if one.place == "page" else "full", caption="below", bleed=())
        if isinstance(one, Figure) and figure_id(one) in names
        else one
        for one in blocks
    )


def _moved(blocks: Blocks, moves: Moves) -> Blocks:
    """Return blocks in their new order; what comes to one place keeps the order that it had."""
    keys: dict[int, tuple[int, int]] = {}
    for at, block in enumerate(blocks):
        count = moves.get(figure_id(block), 0) if isinstance(block, Figure) else 0
        # Before the block that it goes back to, after the one that it goes on to.
        keys[at] = (at + count, (count > 0) - (count < 0))
    return tuple(blocks[at] for at in sorted(keys, key=lambda at: keys[at]))
