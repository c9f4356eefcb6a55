"""The pieces of a page in the order in which they are read, where an extractor mixed them up.

In: a draft with its lines and pages. Out: the same, the pieces of some pages in another order. Some
extractors put what stands beside a picture before all that is below it, in whichever column: of two
pieces the upper one comes first if they are above each other, and a piece reaches as far as nothing
stands beside it (Breuel, High performance document layout analysis, 2003). Within a column they
keep the order. So a page is shared out to columns, each with its pieces as they come, and of all
the ways to do so that one is taken by which the fewest sentences are torn (a beam search).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from publish.importing.habits import take_habits
from publish.importing.model import Draft, Line, Note
from publish.importing.pieces import Seams, pages_of
from publish.importing.words import take_words

COLUMNS = 3
WHOLE, HALF = 66, 40
"""A column of so many letters on a line is a whole page; one of so many has one other beside it."""
MOST_PIECES = 40
"""What has more pieces is no page, but a text of which the pages are not known."""
BEAM, CARRIED = 300, 6
"""Ways to share out a page that are followed up, and how many of them to the next page."""
SWITCH, OTHER, PASSED = 0.25, 0.5, 0.01
"""What it costs to go on in another column than the piece before did, to have another one, and for
each two pieces that change places."""
UNEVEN = 4.0
"""What it costs that two columns are unequal, for each time that they differ by their height."""
SURE = 2.5
"""An order is taken if it costs so much less than the one that is there."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to read some pieces: what it costs, the pieces of each column, the last one with text.

    `before` is the index of the way in which the page before is read.
    """

    cost: float
    columns: tuple[tuple[int, ...], ...]
    tail: int = -1
    before: int = -1

    @property
    def order(self) -> list[int]:
        """Return the pieces as they are read."""
        return [piece for column in self.columns for piece in column]


def order_pieces(draft: Draft) -> Draft:
    """Put the pieces of pages in order."""
    if not draft.lines or draft.lines[-1].page == draft.lines[0].page:
        return draft
    known = take_habits(take_words(draft))
    habits = known.habits
    if habits.trails or not habits.wrapped or habits.measure > WHOLE:
        return draft
    pages = list(pages_of(known))
    seams = Seams([piece for page in pages for piece in page], known)
    read: list[list[Way]] = []
    at = 0
    for page in pages:
        read.append(_read(range(at, at + len(page)), seams, read[-1] if read else [Way(0.0, ())]))
        at += len(page)
    return _ordered(draft, _orders(read), seams)


def _read(numbers: range, seams: Seams, before: Sequence[Way]) -> list[Way]:
    """Return the cheapest ways to read a page after those in which the ones before it are read."""
    straight = _with_tails([_straight(numbers, seams)], numbers, seams, before)
    torn = min(way.cost - before[way.before].cost for way in straight) >= SURE
    found = straight
    if torn and len(numbers) <= MOST_PIECES:
        ways = [Way(0.0, ((),) * (COLUMNS if seams.measure < HALF else 2))]
        for number in numbers:
            ways = _pruned((new for way in ways for new in _with(way, number, seams)), seams)
        found = [*straight, *_with_tails(ways, numbers, seams, before)]
    best: dict[int, Way] = {}
    for way in sorted(found, key=lambda one: one.cost):
        best.setdefault(way.tail, way)
    return list(best.values())[:CARRIED]


def _straight(numbers: Sequence[int], seams: Seams) -> Way:
    """Return the way that leaves all as it is."""
    texts = [one for one in numbers if seams.has_text(one)]
    return Way(sum(seams.cost(a, b) for a, b in pairwise(texts)), (tuple(numbers),))


def _with_tails(
    ways: Sequence[Way], numbers: range, seams: Seams, before: Sequence[Way]
) -> list[Way]:
    """Return each way after each of the page before, with what it costs from column to column."""
    found: list[Way] = []
    for way in ways:
        order = way.order
        passed = sum(a > b for at, b in enumerate(order) for a in order[:at])
        moved = SURE + PASSED * passed + UNEVEN * _uneven(way, seams) if passed else 0.0
        columns = [[one for one in column if seams.has_text(one)] for column in way.columns]
        for at, above in enumerate(before):
            cost, tail = way.cost + above.cost + moved, above.tail
            for column in filter(None, columns):
                cost += seams.cost(tail, column[0])
                tail = column[-1]
            found.append(Way(cost, way.columns, tail, at))
    return found


def _uneven(way: Way, seams: Seams) -> float:
    """Return by how large a part the two columns of a page differ from their mean height.

    Of three two may stand in one here, in their order; so nothing is told of them.
    """
    if seams.measure < HALF:
        return 0.0
    heights = [sum(map(seams.height, column)) for column in way.columns if column]
    mean = sum(heights) / len(heights)
    return sum(abs(one - mean) for one in heights) / mean / len(heights)


def _with(way: Way, number: int, seams: Seams) -> Iterator[Way]:
    """Yield the ways in which a piece is read next in one of the columns."""
    newest = max((column[-1] for column in way.columns if column), default=-1)
    for at, column in enumerate(way.columns):
        if at > 1 and not way.columns[at - 1]:
            break
        cost = way.cost + (SWITCH if newest >= 0 and column[-1:] != (newest,) else 0.0)
        if column:
            last = _end(reversed(column), seams)
            cost += seams.cost(last, number) if last >= 0 and seams.has_text(number) else 0.0
        elif at:
            cost += OTHER
        yield Way(cost, (*way.columns[:at], (*column, number), *way.columns[at + 1 :]))


def _end(column: Iterator[int], seams: Seams) -> int:
    """Return the first piece with text; -1 for none."""
    return next((one for one in column if seams.has_text(one)), -1)


def _pruned(ways: Iterator[Way], seams: Seams) -> list[Way]:
    """Return the cheapest of the ways that go on alike."""
    best: dict[tuple[int, ...], Way] = {}
    for way in sorted(ways, key=lambda one: one.cost):
        ends = (
            (_end(iter(one), seams), _end(reversed(one), seams), one[-1] if one else -1)
            for one in way.columns
        )
        best.setdefault(tuple(end for three in ends for end in three), way)
    return list(best.values())[:BEAM]


def _orders(read: Sequence[Sequence[Way]]) -> list[list[int]]:
    """Return the order of each page in the cheapest way to read all."""
    at = 0
    orders: list[list[int]] = []
    for ways in reversed(read):
        orders.append(ways[at].order)
        at = ways[at].before
    return orders[::-1]


def _ordered(draft: Draft, orders: Sequence[Sequence[int]], seams: Seams) -> Draft:
    """Return a draft with the lines of the pieces in that order; each begins below a gap."""
    lines: list[Line] = []
    notes: list[Note] = []
    for order in orders:
        moved = list(order) != sorted(order)
        for at in order:
            piece = seams.pieces[at]
            first, *rest = draft.lines[piece.start : piece.stop]
            lines += [dataclasses.replace(first, gap=max(first.gap, 1)) if moved else first, *rest]
        torn = _torn(order, seams) >= SURE
        if moved or torn:
            number = draft.lines[seams.pieces[min(order)].start].number
            notes.append(Note(number, "columns", _TOLD[moved, torn]))
    return dataclasses.replace(draft, lines=tuple(lines), notes=(*draft.notes, *notes))


def _torn(order: Sequence[int], seams: Seams) -> float:
    """Return what speaks against an order of pieces within their page."""
    texts = [one for one in order if seams.has_text(one)]
    return sum(max(seams.cost(a, b), 0.0) for a, b in pairwise(texts))


_TOLD = {
    (True, False): "pieces of this page were out of order; they now follow their sentences",
    (True, True): "pieces of this page were out of order; where they now stand is not sure",
    (False, True): "sentences of this page do not go on in one another: its columns may be out of "
    "order",
}
"""What an editor is told of a page: whether pieces were moved, whether sentences are torn."""
