"""Which words of two documents are others: added, removed, replaced, moved.

In: two `Document`s and the stretches of words that they share. Out: `Change`s.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from publish.comparing.model import Document, Token
from publish.text.matching import Match

_MOVED = 6
"""Words of a stretch that is found elsewhere again, at the least."""
Kind = Literal["added", "removed", "replaced", "moved"]
Stretch = tuple[int, int]


class Change(Struct, frozen=True):
    """Words that are different: where they stand among those of the old and of the new side.

    The pages count from 0: where they begin, or would.
    """

    kind: Kind
    old: Stretch
    new: Stretch
    old_page: int = 0
    new_page: int = 0


def without_heads(old: Document, new: Document) -> tuple[Document, Document]:
    """Return two documents without the running heads of either.

    What was one on many pages still is on the two that a chapter has left.
    """
    heads = old.heads | new.heads

    def bare(side: Document) -> Document:
        return replace(side, tokens=tuple(one for one in side.tokens if one.line not in heads))

    return bare(old), bare(new)


def in_flows(old: Document, new: Document) -> tuple[Document, Document]:
    """Return two documents with their words by the size of their type, the largest first.

    What stands beside the text, as notes, captions and pull quotes do, is painted elsewhere among
    its words with every line that moves. Sizes that one side alone has stay together.
    """
    sizes = {one.size for one in old.tokens} & {one.size for one in new.tokens}

    def sorted_(side: Document) -> Document:
        tokens = sorted(side.tokens, key=lambda one: -one.size if one.size in sizes else 1.0)
        return replace(side, tokens=tuple(tokens))

    return sorted_(old), sorted_(new)


def gaps(old: Document, new: Document, found: Sequence[Match]) -> Iterator[Change]:
    """Yield what stands between the stretches that two documents share."""
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


def respelled(old: Document, new: Document, found: Sequence[Match]) -> Iterator[Change]:
    """Yield words that differ in their hyphens alone, where no line's end hides them."""
    for x, y, length in found:
        for step in range(length):
            one, other = old.tokens[x + step], new.tokens[y + step]
            if one.text != other.text and not one.broken and not other.broken:
                yield Change("replaced", (x + step, x + step + 1), (y + step, y + step + 1))


def moved(changes: Sequence[Change], old: Document, new: Document) -> Iterator[Change]:
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


def as_matches(changes: Sequence[Change]) -> Iterator[Match]:
    """Yield what was moved as stretches that both sides have."""
    for change in changes:
        if change.kind == "moved":
            yield change.old[0], change.new[0], change.old[1] - change.old[0]


def placed(
    changes: Iterable[Change], old: Document, new: Document, found: Iterable[Match]
) -> list[Change]:
    """Return changes with their pages, in the order of these.

    What is not on a side belongs after the word before it on its page, of whatever flow.
    """
    pairs = [(x + at, y + at) for x, y, length in found for at in range(length)]

    def place(token: Token) -> tuple[int, int]:
        return token.page, token.start

    def page(
        change: Stretch, there: Stretch, here: Document, other: Document,
        kept: list[tuple[tuple[int, int], int]],
    ) -> int:  # fmt: skip
        if change[0] < change[1]:
            return here.tokens[change[0]].page
        before = bisect_left(kept, (place(other.tokens[there[0]]), -1)) - 1
        return kept[before][1] if before >= 0 else 0

    over = sorted((place(old.tokens[x]), new.tokens[y].page) for x, y in pairs)
    back = sorted((place(new.tokens[y]), old.tokens[x].page) for x, y in pairs)
    placed = [
        replace(
            one,
            old_page=page(one.old, one.new, old, new, back),
            new_page=page(one.new, one.old, new, old, over),
        )
        for one in changes
    ]

    def order(one: Change) -> tuple[int, int, int]:
        start = new.tokens[one.new[0]].start if one.new[0] < one.new[1] else 0
        return one.new_page, start, one.old[0]

    return sorted(placed, key=order)
