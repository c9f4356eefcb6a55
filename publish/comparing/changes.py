"""What is different between two documents.

In: two `Document`s. Out: a `Comparison`, in stretches of words, pages and pictures.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Literal

from publish.comparing.model import Document, NotComparable, Picture, Token
from publish.comparing.pictures import Pair, PictureChange, picture_changes
from publish.comparing.standing import strayed
from publish.matching import Match, matches

_MOVED = 6
"""Words of a stretch that is found elsewhere again, at the least."""
Kind = Literal["added", "removed", "replaced", "moved"]
State = Literal["same", "reflowed", "changed"]
Stretch = tuple[int, int]
_LETTER = re.compile(r"[^\W\d_]")
_NAMES = {"pdf": "a PDF", "epub": "an e-book", "manuscript": "a manuscript"}
_MIXED = (
    "{} and {} are not compared: their contents, notes and pictures stand in another order."
    " Give two of one kind; katern check compares each edition with its manuscript"
)


@dataclass(frozen=True, slots=True)
class Change:
    """Words that are different: where they stand among those of the old and of the new side.

    The pages count from 0: where they begin, or would.
    """

    kind: Kind
    old: Stretch
    new: Stretch
    old_page: int = 0
    new_page: int = 0


@dataclass(frozen=True, slots=True)
class PageState:
    """A page: its name, what became of it, and the names of the pages of the other side."""

    name: str
    state: State
    others: tuple[str, ...]


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
    """Compare two documents of one kind; raises `NotComparable` for two of two kinds."""
    if old.kind != new.kind:
        raise NotComparable(_MIXED.format(_NAMES[old.kind], _NAMES[new.kind]))
    old, new = _in_flows(old, new)
    found = matches([one.key for one in old.tokens], [one.key for one in new.tokens])
    ways = Ways.of(old, new, found)
    gaps = [one for one in _gaps(old, new, found) if not _follows(one, old, new, ways)]
    gaps = _without_marks(gaps, old, new, ways)
    places = {x + at: y + at for x, y, length in found for at in range(length)}
    strays = [
        Change("moved", (x, x + length), (y, y + length))
        for x, y, length in strayed(old.tokens, new.tokens, places)
    ]
    changes = [*_moved([*gaps, *_respelled(old, new, found)], old, new), *strays]
    changes = _placed(changes, old, new, found)
    pictures, kept = picture_changes(
        old.pictures, new.pictures, partial(_in_place, places, ways, old.kind)
    )
    exchanged = [pair for pair in kept if _exchanged(pair, pictures, ways)]
    pictures += [PictureChange("moved", *pair, 0.0) for pair in exchanged]
    kept = [pair for pair in kept if pair not in exchanged]
    ways = Ways.of(old, new, [*found, *_as_matches(changes)], kept)
    old_pages = _pages(old, new, _touched(old, "old", changes, pictures), ways.over, ways.back)
    new_pages = _pages(new, old, _touched(new, "new", changes, pictures), ways.back, ways.over)
    return Comparison(old, new, tuple(changes), old_pages, new_pages, tuple(pictures))


def _in_flows(old: Document, new: Document) -> tuple[Document, Document]:
    """Return two documents with their words by the size of their type, the largest first.

    What stands beside the text, as notes, captions and pull quotes do, is painted elsewhere among
    its words with every line that moves. Sizes that one side alone has stay together.
    """
    sizes = {one.size for one in old.tokens} & {one.size for one in new.tokens}

    def sorted_(side: Document) -> Document:
        tokens = sorted(side.tokens, key=lambda one: -one.size if one.size in sizes else 1.0)
        return replace(side, tokens=tuple(tokens))

    return sorted_(old), sorted_(new)


def _placed(
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


@dataclass(frozen=True, slots=True)
class Ways:
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
    before, after = _referred(gone, old.pages), _referred(come, new.pages)
    return all(ways.over[one] & after for one in before if ways.over.get(one)) and all(
        ways.back[one] & before for one in after if ways.back.get(one)
    )


def _without_marks(
    gaps: Sequence[Change], old: Document, new: Document, ways: Ways
) -> list[Change]:
    """Return changes without those of dashes and numbers painted at another moment of their page.

    That is what becomes of the marks of a list, and of the numbers of notes.
    """
    come = [at for gap in gaps if gap.kind == "added" for at in range(*gap.new)]
    come = [at for at in come if not _LETTER.search(new.tokens[at].text)]
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


def _referred(tokens: Iterable[Token], pages: Sequence[str]) -> set[int]:
    """Return the numbers, from 0, of the pages that tokens name."""
    names = {name: at for at, name in reversed([*enumerate(pages)])}
    return {names[word] for one in tokens for word in re.findall(r"\w+", one.text) if word in names}


def _pages(
    here: Document, there: Document, touched: set[int],
    way: Mapping[int, set[int]], back: Mapping[int, set[int]],
) -> tuple[PageState, ...]:  # fmt: skip
    made = []
    for page, name in enumerate(here.pages):
        met = sorted(way.get(page, ()))
        alone = len(met) == 1 and back[met[0]] == {page}
        state: State = "changed" if page in touched else "same" if alone or not met else "reflowed"
        made.append(PageState(name, state, tuple(there.pages[one] for one in met)))
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
