"""What is different between two documents.

In: two `Document`s. Out: a `Comparison`, in stretches of words, pages and pictures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Literal

from msgspec import Struct

from publish.comparing.model import Document, NotComparable, Picture, Token
from publish.comparing.pictures import Pair, PictureChange, picture_changes
from publish.comparing.standing import strayed
from publish.comparing.words import (
    Change,
    as_matches,
    gaps,
    in_flows,
    moved,
    placed,
    respelled,
    without_heads,
)
from publish.text.matching import Match, matches

State = Literal["same", "reflowed", "changed"]
_MARK = re.compile(r"[\W_]*\d{0,3}[\W_]*")
"""The mark of a list, the number of a note: a year, or a sum of money, is a word."""
_NAMES = {"pdf": "a PDF", "epub": "an e-book", "manuscript": "a manuscript"}
_MIXED = (
    "{} and {} are not compared: their contents, notes and pictures stand in another order."
    " Give two of one kind; katern check compares each edition with its manuscript"
)


class PageState(Struct, frozen=True):
    """A page: its name, what became of it, and the pages of the other side, counted from 0."""

    name: str
    state: State
    others: tuple[int, ...]


class Comparison(Struct, frozen=True):
    """All that is different; `old_pages` and `new_pages` have every page of both."""

    old: Document
    new: Document
    changes: tuple[Change, ...]
    old_pages: tuple[PageState, ...]
    new_pages: tuple[PageState, ...]
    pictures: tuple[PictureChange, ...]

    @property
    def same(self) -> bool:
        """Tell whether words and pictures are the same; they may stand on other pages."""
        return not self.changes and not self.pictures


def compared(old: Document, new: Document) -> Comparison:
    """Compare two documents of one kind; raises `NotComparable` for two of two kinds."""
    if old.kind != new.kind:
        raise NotComparable(_MIXED.format(_NAMES[old.kind], _NAMES[new.kind]))
    old, new = in_flows(*without_heads(old, new))
    found = matches([one.key for one in old.tokens], [one.key for one in new.tokens])
    ways = Ways.of(old, new, found)
    real = [one for one in gaps(old, new, found) if not _follows(one, old, new, ways)]
    if old.kind == "pdf":
        real = _without_marks(real, old, new, ways)
    places = {x + at: y + at for x, y, length in found for at in range(length)}
    strays = [
        Change("moved", (x, x + length), (y, y + length))
        for x, y, length in strayed(old.tokens, new.tokens, places)
    ]
    changes = [*moved([*real, *respelled(old, new, found)], old, new), *strays]
    changes = placed(changes, old, new, found)
    pictures, kept = picture_changes(
        old.pictures, new.pictures, partial(_in_place, places, ways, old.kind)
    )
    exchanged = [pair for pair in kept if _exchanged(pair, pictures, ways)]
    pictures += [PictureChange("moved", *pair, 0.0) for pair in exchanged]
    kept = [pair for pair in kept if pair not in exchanged]
    ways = Ways.of(old, new, [*found, *as_matches(changes)], kept)
    old_pages = _pages(old, _touched(old, "old", changes, pictures), ways.over, ways.back)
    new_pages = _pages(new, _touched(new, "new", changes, pictures), ways.back, ways.over)
    pictures.sort(key=lambda one: one.new.page if one.new else one.old.page if one.old else 0)
    return Comparison(old, new, tuple(changes), old_pages, new_pages, tuple(pictures))


class Ways(Struct, frozen=True):
    """On which pages of the new side what stands on one of the old side is, and back."""

    over: Mapping[int, set[int]]
    back: Mapping[int, set[int]]

    @staticmethod
    def of(
        old: Document, new: Document, found: Iterable[Match], pictures: Iterable[Pair] = ()
    ) -> Ways:
        """Follow words, and pictures that are the same."""
        over: dict[int, set[int]] = defaultdict(set)
        back: dict[int, set[int]] = defaultdict(set)
        pairs = (
            (old.tokens[x + step].page, new.tokens[y + step].page)
            for x, y, length in found
            for step in range(length)
        )
        for one, other in {*pairs, *((here.page, there.page) for here, there in pictures)}:
            over[one].add(other)
            back[other].add(one)
        return Ways(over, back)


def _follows(gap: Change, old: Document, new: Document, ways: Ways) -> bool:
    """Tell whether a change is that of page numbers alone, which lead where they did."""
    gone, come = old.tokens[slice(*gap.old)], new.tokens[slice(*gap.new)]
    if not all(one.refers for one in (*gone, *come)):
        return False
    before, after = _referred(gone, old.labels), _referred(come, new.labels)
    return _lead(before, after, ways.over) and _lead(after, before, ways.back)


def _lead(
    named: Sequence[set[int]], others: Sequence[set[int]], way: Mapping[int, set[int]]
) -> bool:
    """Tell whether what is named leads to pages that the other side names."""
    there = {page for pages in others for page in pages}
    ways = [[way[page] for page in pages if way.get(page)] for pages in named]
    return all(any(one & there for one in pages) for pages in ways if pages)


def _without_marks(
    gaps: Sequence[Change], old: Document, new: Document, ways: Ways
) -> list[Change]:
    """Return changes without those of dashes and numbers painted at another moment of their page.

    That is what becomes of the marks of a list, and of the numbers of notes.
    """
    come = [at for gap in gaps if gap.kind == "added" for at in range(*gap.new)]
    come = [at for at in come if _MARK.fullmatch(new.tokens[at].text)]
    same = dict[int, int]()
    for gone in (at for gap in gaps if gap.kind == "removed" for at in range(*gap.old)):
        mark = old.tokens[gone]
        pages = ways.over.get(mark.page, set())
        for at in come:
            if new.tokens[at].text == mark.text and new.tokens[at].page in pages:
                same[gone] = at
                come.remove(at)
                break
    back = {*same.values()}
    return [
        one
        for one in gaps
        if one.kind == "replaced"
        or not all(at in same for at in range(*one.old))
        or not all(at in back for at in range(*one.new))
    ]


def _referred(tokens: Iterable[Token], labels: Sequence[str]) -> list[set[int]]:
    """Return the pages, from 0, that have each label that tokens name."""
    pages: dict[str, set[int]] = defaultdict(set)
    for at, label in enumerate(labels):
        pages[label].add(at)
    words = (word for one in tokens for word in re.findall(r"\w+", one.text))
    return [pages[word] for word in words if word in pages]


def _pages(
    here: Document, touched: set[int],
    way: Mapping[int, set[int]], back: Mapping[int, set[int]],
) -> tuple[PageState, ...]:  # fmt: skip
    made = []
    for page, name in enumerate(here.pages):
        met = sorted(way.get(page, ()))
        alone = len(met) == 1 and back[met[0]] == {page}
        state: State = "changed" if page in touched else "same" if alone or not met else "reflowed"
        made.append(PageState(name, state, tuple(met)))
    return tuple(made)


def _touched(
    document: Document, side: Literal["old", "new"], changes: Sequence[Change],
    pictures: Sequence[PictureChange],
) -> set[int]:  # fmt: skip
    """Return the pages of a side on which words or pictures changed."""
    touched = set[int]()
    for change in changes:
        stretch = change.old if side == "old" else change.new
        touched |= {one.page for one in document.tokens[slice(*stretch)]}
        touched.add(change.old_page if side == "old" else change.new_page)
    for one in pictures:
        picture = one.old if side == "old" else one.new
        touched |= set() if picture is None else {picture.page}
    return touched


def _in_place(
    places: Mapping[int, int], ways: Ways, kind: str, one: Picture, other: Picture
) -> bool:
    """Tell whether a picture stands where it did: beside a word beside which it stood.

    On a printed page it may float; it is elsewhere once it is not near the page of its words.
    """
    if kind == "pdf":
        near = {to for page in range(one.page - 1, one.page + 2) for to in ways.over.get(page, ())}
        return not near or min(near) - 1 <= other.page <= max(near) + 1
    before, after = places.get(one.at - 1), places.get(one.at)
    if before is None and after is None:
        return True
    return before == other.at - 1 or after == other.at


def _exchanged(pair: Pair, pictures: Sequence[PictureChange], ways: Ways) -> bool:
    """Tell whether a picture stands where one stood that moved, and that one where it did."""
    one, other = pair
    here = ways.over.get(one.page, set())
    return other.page not in here and any(
        change.kind == "moved"
        and change.old is not None
        and change.new is not None
        and change.new.page in here
        and other.page in ways.over.get(change.old.page, ())
        for change in pictures
    )
