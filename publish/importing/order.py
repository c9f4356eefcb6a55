"""The pieces of a page in the order in which they are read, where an extractor mixed them up.

In: a draft with its lines and pages. Out: the same, the pieces of some pages in another order. Some
extractors put what stands beside a picture before all that is below it, in whichever column: of two
pieces the upper one comes first if they are above each other, and a piece reaches as far as nothing
stands beside it (Breuel, High performance document layout analysis, 2003). Within a column they
keep the order. Others go by rows: a piece comes the earlier the higher it stands, whichever column
it is in. So a page is shared out to columns, each with its pieces as they come, and of all the ways
to do so that one is taken by which the fewest sentences are torn, and which by rows keeps to the
heights that the pieces above have (a beam search).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, structs

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
SWITCH, OTHER, PASSED = 0.05, 0.5, 0.01
"""What it costs to go on in another column than the piece before did, to have another one, and for
each two pieces that change places."""
ROWS = 4.5
"""So much must speak for pieces that come by rows: what that order saves, and the sentences that do
not go on from piece to piece, less those that do."""
HIGHER, MOST_HIGHER = 0.4, 4.0
"""What it costs there, for each line and at most, that a piece stands higher than the one before
it."""
UNEVEN = 4.0
"""What it costs that two columns are unequal, for each time that they differ by their height."""
SURE = 2.5
"""An order is taken if it costs so much less than the one that is there."""


class Way(Struct, frozen=True):
    """A way to read some pieces: what it costs, the pieces of each column, the last one with text.

    `depths` are the lines down to the end of each column, `depth` those down to the newest piece;
    `before` is the index of the way in which the page before is read.
    """

    cost: float
    columns: tuple[tuple[int, ...], ...]
    depths: tuple[float, ...] = ()
    depth: float = 0.0
    tail: int = -1
    before: int = -1

    @property
    def order(self) -> list[int]:
        """Return the pieces as they are read."""
        return [piece for column in self.columns for piece in column]


class Page(Struct, frozen=True):
    """The numbers of a page's pieces, and how these came: by columns, but for some, or by `rows`.

    `full`: text follows on another page, so that each column has some.
    """

    numbers: range
    seams: Seams
    rows: bool
    full: bool


def order_pieces(draft: Draft) -> Draft:
    """Put the pieces of pages in order."""
    if not draft.lines or draft.lines[-1].page == draft.lines[0].page:
        return draft
    known = take_habits(take_words(draft))
    habits = known.habits
    if habits.trails or not habits.wrapped or habits.measure > WHOLE:
        return draft
    pieces = list(pages_of(known))
    seams = Seams([piece for page in pieces for piece in page], known)
    sizes = [len(page) for page in pieces]
    read = _read_all(_pages(sizes, seams, False))
    told = read[-1][0].cost + _broken(_pages(sizes, seams, False))
    if told > ROWS:
        by_rows = _read_all(_pages(sizes, seams, True))
        read = by_rows if told - by_rows[-1][0].cost > ROWS else read
    return _ordered(draft, _orders(read), seams)


def _pages(sizes: Sequence[int], seams: Seams, rows: bool) -> Iterator[Page]:
    """Yield the pages with so many pieces each."""
    at = 0
    for size in sizes:
        stop = at + size
        yield Page(range(at, stop), seams, rows, full=stop < len(seams.pieces))
        at = stop


def _broken(pages: Iterable[Page]) -> int:
    """Return how many sentences more do not go on in the next piece of a page than do."""
    count = 0
    for page in pages:
        texts = [one for one in page.numbers if page.seams.has_text(one)]
        count += sum(page.seams.breaks(a, b) for a, b in pairwise(texts))
    return count


def _read_all(pages: Iterable[Page]) -> list[list[Way]]:
    """Return the cheapest ways to read each page."""
    read = [[Way(0.0, ())]]
    for page in pages:
        read.append(_read(page, read[-1]))
    return read[1:]


def _read(page: Page, before: Sequence[Way]) -> list[Way]:
    """Return the cheapest ways to read a page after those in which the ones before it are read."""
    straight = _with_tails([_straight(page)], page, before)
    torn = min(way.cost - before[way.before].cost for way in straight) >= SURE
    found = straight
    if (torn or page.rows) and 1 < len(page.numbers) <= MOST_PIECES:
        count = COLUMNS if page.seams.measure < HALF else 2
        ways = [Way(0.0, ((),) * count, (0.0,) * count)]
        for number in page.numbers:
            ways = _pruned((new for way in ways for new in _with(way, number, page)), page.seams)
        shared = _with_tails(ways, page, before)
        found = shared if page.rows else [*straight, *shared]
    best: dict[int, Way] = {}
    for way in sorted(found, key=lambda one: one.cost):
        best.setdefault(way.tail, way)
    return list(best.values())[:CARRIED]


def _straight(page: Page) -> Way:
    """Return the way that leaves all as it is."""
    texts = [one for one in page.numbers if page.seams.has_text(one)]
    return Way(sum(page.seams.cost(a, b) for a, b in pairwise(texts)), (tuple(page.numbers),))


def _with_tails(ways: Sequence[Way], page: Page, before: Sequence[Way]) -> list[Way]:
    """Return each way after each of the page before, with what it costs from column to column."""
    found: list[Way] = []
    for way in ways:
        moved = _moved(way, page)
        columns = [[one for one in column if page.seams.has_text(one)] for column in way.columns]
        for at, above in enumerate(before):
            cost, tail = way.cost + above.cost + moved, above.tail
            for column in filter(None, columns):
                cost += page.seams.cost(tail, column[0])
                tail = column[-1]
            found.append(Way(cost, way.columns, tail=tail, before=at))
    return found


def _moved(way: Way, page: Page) -> float:
    """Return what it costs to read a page otherwise than its pieces come, or by uneven columns."""
    order = way.order
    passed = sum(a > b for at, b in enumerate(order) for a in order[:at])
    if page.rows:
        return UNEVEN * _uneven(way, page.seams, page.full) if len(order) > 1 else 0.0
    return SURE + PASSED * passed + UNEVEN * _uneven(way, page.seams) if passed else 0.0


def _uneven(way: Way, seams: Seams, empty: bool = False) -> float:
    """Return by how large a part the columns of a page, `empty` ones too, differ from their mean.

    Of three two may stand in one here, in their order; so nothing is told of them.
    """
    if seams.measure < HALF:
        return 0.0
    heights = [sum(map(seams.height, column)) for column in way.columns if column or empty]
    mean = sum(heights) / len(heights)
    return sum(abs(one - mean) for one in heights) / mean / len(heights)


def _with(way: Way, number: int, page: Page) -> Iterator[Way]:
    """Yield the ways in which a piece is read next in one of the columns."""
    seams = page.seams
    newest = max((column[-1] for column in way.columns if column), default=-1)
    for at, column in enumerate(way.columns):
        if at > 1 and not way.columns[at - 1]:
            break
        above = max(way.depth - way.depths[at], 0.0)
        cost = way.cost
        if page.rows:
            cost += min(HIGHER * above, MOST_HIGHER)
        elif newest >= 0 and column[-1:] != (newest,):
            cost += SWITCH
        if column:
            last = _end(reversed(column), seams)
            cost += seams.cost(last, number) if last >= 0 and seams.has_text(number) else 0.0
        elif at:
            cost += OTHER
        top = way.depths[at] + above
        yield Way(
            cost,
            (*way.columns[:at], (*column, number), *way.columns[at + 1 :]),
            (*way.depths[:at], top + seams.height(number), *way.depths[at + 1 :]),
            top,
        )


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
        moved, torn = list(order) != sorted(order), _torn(order, seams) >= SURE
        for at in order:
            piece = seams.pieces[at]
            first, *rest = draft.lines[piece.start : piece.stop]
            lines += [structs.replace(first, gap=max(first.gap, 1)) if moved else first, *rest]
            if (moved or torn) and seams.rivals(at):
                lines[-1] = structs.replace(lines[-1], loose=True)
        if moved or torn:
            number = draft.lines[seams.pieces[min(order)].start].number
            notes.append(Note(number, "columns", _TOLD[moved, torn]))
    return structs.replace(draft, lines=tuple(lines), notes=(*draft.notes, *notes))


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
