"""What is different between two documents.

In: two `Document`s. Out: a `Comparison`, in stretches of words, pages and pictures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from publish.comparing.model import Document, Token
from publish.matching import Match, matches

_MOVED = 6
"""Words of a stretch that is found elsewhere again, at the least."""
Kind = Literal["added", "removed", "replaced", "moved"]
State = Literal["same", "reflowed", "changed"]
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Change:
    """Words that are different: where they stand among those of the old and of the new side."""

    kind: Kind
    old: Stretch
    new: Stretch


@dataclass(frozen=True, slots=True)
class PageState:
    """A page: its name, what became of it, and the names of the pages of the other side."""

    name: str
    state: State
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PictureChange:
    """A picture that is added, removed or replaced: its pages, from 0; None where it is not."""

    kind: Kind
    old: int | None
    new: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
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
    """Compare two documents."""
    found = matches([one.key for one in old.tokens], [one.key for one in new.tokens])
    changes = sorted(
        _moved([*_gaps(old, new, found), *_respelled(old, new, found)], old, new), key=_order
    )
    pairs: list[Match] = [*found, *_as_matches(changes)]
    old_pages, new_pages = _pages(old, new, changes, pairs)
    return Comparison(old, new, tuple(changes), old_pages, new_pages, tuple(_pictures(old, new)))


def _order(change: Change) -> tuple[int, int]:
    return change.new[0], change.old[0]


def _gaps(old: Document, new: Document, found: Sequence[Match]) -> Iterator[Change]:
    ends = [(0, 0, 0), *found, (len(old.tokens), len(new.tokens), 0)]
    for (x, y, length), (next_x, next_y, _) in pairwise(ends):
        gone, come = old.tokens[x + length : next_x], new.tokens[y + length : next_y]
        if not _is_divided(gone, come):
            yield from _change((x + length, next_x), (y + length, next_y))


def _is_divided(gone: Sequence[Token], come: Sequence[Token]) -> bool:
    """Tell whether two stretches are the same but for where a line ended at a hyphen (1-, mei)."""
    letters = ["".join(one.text for one in side).replace("-", "") for side in (gone, come)]
    hyphened = any(one.text.endswith("-") for one in (*gone, *come))
    return hyphened and letters[0] == letters[1]


def _change(old: Stretch, new: Stretch) -> Iterator[Change]:
    if old[0] < old[1] and new[0] < new[1]:
        yield Change("replaced", old, new)
    elif old[0] < old[1]:
        yield Change("removed", old, new)
    elif new[0] < new[1]:
        yield Change("added", old, new)


def _respelled(old: Document, new: Document, found: Sequence[Match]) -> Iterator[Change]:
    """Yield words that differ in their hyphens alone, where no line's end hides them."""
    for x, y, length in found:
        for step in range(length):
            one, other = old.tokens[x + step], new.tokens[y + step]
            if one.text != other.text and not one.broken and not other.broken:
                yield Change("replaced", (x + step, x + step + 1), (y + step, y + step + 1))


def _moved(changes: Sequence[Change], old: Document, new: Document) -> Iterator[Change]:
    """Yield changes, with what was taken out here and put in there as one that was moved."""
    gone = [change for change in changes if change.old[1] - change.old[0] >= _MOVED]
    come = [change for change in changes if change.new[1] - change.new[0] >= _MOVED]
    places: dict[tuple[str, ...], tuple[Change, int]] = {}
    for change in gone:
        for at in range(change.old[0], change.old[1] - _MOVED + 1):
            run = tuple(one.key for one in old.tokens[at : at + _MOVED])
            places.setdefault(run, (change, at))
    cuts_old: dict[Change, list[Stretch]] = defaultdict(list)
    cuts_new: dict[Change, list[Stretch]] = defaultdict(list)
    for change in come:
        at = change.new[0]
        while at <= change.new[1] - _MOVED:
            source = places.get(tuple(one.key for one in new.tokens[at : at + _MOVED]))
            length = _shared(source, at, change, old, new, cuts_old) if source else 0
            if source and length >= _MOVED:
                there, start = source
                cuts_old[there].append((start, start + length))
                cuts_new[change].append((at, at + length))
                yield Change("moved", (start, start + length), (at, at + length))
                at += length
            else:
                at += 1
    for change in changes:
        if change in cuts_old or change in cuts_new:
            for left in _left(change.old, cuts_old[change]):
                yield Change("removed", left, (change.new[0], change.new[0]))
            for left in _left(change.new, cuts_new[change]):
                yield Change("added", (change.old[0], change.old[0]), left)
        else:
            yield change


def _shared(
    source: tuple[Change, int], at: int, change: Change, old: Document, new: Document,
    cuts: dict[Change, list[Stretch]],
) -> int:  # fmt: skip
    """Return how many words two stretches have in common from two places on."""
    there, start = source
    if any(low < start + _MOVED and start < high for low, high in cuts.get(there, ())):
        return 0
    length = 0
    most = min(there.old[1] - start, change.new[1] - at)
    while length < most and old.tokens[start + length].key == new.tokens[at + length].key:
        length += 1
    return length


def _left(whole: Stretch, cuts: Sequence[Stretch]) -> Iterator[Stretch]:
    at = whole[0]
    for low, high in sorted(cuts):
        if at < low:
            yield at, low
        at = max(at, high)
    if at < whole[1]:
        yield at, whole[1]


def _as_matches(changes: Sequence[Change]) -> Iterator[Match]:
    for change in changes:
        if change.kind == "moved":
            yield change.old[0], change.new[0], change.old[1] - change.old[0]


# Pages and pictures ------------------------------------------------------------------------------


def _pages(
    old: Document, new: Document, changes: Sequence[Change], pairs: Sequence[Match]
) -> tuple[tuple[PageState, ...], tuple[PageState, ...]]:
    over: dict[int, set[int]] = defaultdict(set)
    back: dict[int, set[int]] = defaultdict(set)
    for x, y, length in pairs:
        for step in range(length):
            one, other = old.tokens[x + step].page, new.tokens[y + step].page
            over[one].add(other)
            back[other].add(one)
    touched_old, touched_new = set[int](), set[int]()
    for change in changes:
        touched_old |= _touched(old.tokens, change.old)
        touched_new |= _touched(new.tokens, change.new)

    def states(
        here: Document, there: Document, touched: set[int], way: dict[int, set[int]],
        other: dict[int, set[int]],
    ) -> tuple[PageState, ...]:  # fmt: skip
        made = []
        for page, name in enumerate(here.pages):
            met = sorted(way[page])
            alone = len(met) == 1 and other[met[0]] == {page}
            state: State = (
                "changed" if page in touched else "same" if alone or not met else "reflowed"
            )
            made.append(PageState(name, state, tuple(there.pages[one] for one in met)))
        return tuple(made)

    return states(old, new, touched_old, over, back), states(new, old, touched_new, back, over)


def _touched(tokens: Sequence[Token], stretch: Stretch) -> set[int]:
    """Return the pages of a stretch; of one without words that of the word before it."""
    low, high = stretch
    found = {one.page for one in tokens[low:high]}
    return found or {one.page for one in tokens[max(low - 1, 0) : max(low, 1)]}


def _pictures(old: Document, new: Document) -> Iterator[PictureChange]:
    """Yield the pictures that only one side has; two in one order of what is left are one anew."""
    gone, come = list(old.pictures), list(new.pictures)
    for picture in old.pictures:
        same = next((one for one in come if one.resembles(picture)), None)
        if same is not None:
            come.remove(same)
            gone.remove(picture)
    for one, other in zip(gone, come, strict=False):
        yield PictureChange("replaced", one.page, other.page)
    short = min(len(gone), len(come))
    yield from (PictureChange("removed", one.page, None) for one in gone[short:])
    yield from (PictureChange("added", None, one.page) for one in come[short:])
