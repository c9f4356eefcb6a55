"""Whether texts, laid side by side, cover what stands on pages without a gap and without a rest.

In: the texts that must be there, in reading order, and the runs of each page in the order in which
they are painted; both without blanks and hyphens, so that a hyphen at a line's end is of no
account. Out: a `Tiling`, what is lost and what is strange. A run belongs to one text, and the runs
of a text stand in order; but pages break paragraphs, notes and pictures stand between, and what is
drawn last need not be last: so several ways to read the pages are followed side by side, until one
is left that explains them. What a way costs is the characters that it finds lost or strange.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from publish.checks.tiles import LEAST, Lost, Strange, Tile, Tiling, joined, reconciled

_SURE = 10
"""So many characters tell where a text goes on after words that are lost."""
_WAYS, _CHOICES = 16, 6
"""Ways that are followed at once, and texts that are tried where a run may begin any of many."""
_SLACK = 2.0
"""A way that costs so much more than the best one is given up."""
_JUMP, _LEAVE, _LOOSE, _SHORT = 0.1, 0.5, 0.25, 1.5
"""What is right but rare costs a little: a text out of its order; one that is left amid a page for
another, and each run until it is taken up again; one of which hardly a word is shown."""
_GAP = 20
"""Lost words cost so many characters at the most: what stands after them proves them lost."""


def tiled(tiles: Sequence[Tile], pages: Sequence[Sequence[str]]) -> Tiling:
    """Lay the texts on the pages."""
    tiler = _Tiler(tiles)
    ways = [_Way()]
    for number, page in enumerate(pages):
        runs = [run for run in page if run]
        for at in range(len(runs)):
            ways = tiler.further(ways, number, runs, at)
    return tiler.result(ways)


class _Way(Struct, frozen=True):
    """One way to read the pages so far.

    `open` are the tiles that are half laid, and how far; `loose` those of them that were left amid
    a page. `begun` and `shown` are sets of tiles, as bits: what may stand many times is shown, and
    no longer begun. `last` is the tile laid last, `front` the first of those that must be there and
    have not begun.
    """

    cost: float = 0.0
    open: tuple[tuple[int, int], ...] = ()
    loose: frozenset[int] = frozenset()
    begun: int = 0
    shown: int = 0
    last: int = -1
    front: int = 0
    lost: tuple[Lost, ...] = ()
    strange: tuple[Strange, ...] = ()

    def has(self, index: int) -> bool:
        """Tell whether a tile has begun."""
        return bool(self.begun >> index & 1)


class _Tiler:
    """Follows the ways to lay tiles on pages."""

    def __init__(self, tiles: Sequence[Tile]) -> None:
        self.tiles = tiles
        self.starts: dict[str, list[int]] = {}
        self.offsets = [0]
        for index, tile in enumerate(tiles):
            self.offsets.append(self.offsets[-1] + len(tile.text) + 1)
            for length in range(1, min(LEAST, len(tile.text)) + 1):
                self.starts.setdefault(tile.text[:length], []).append(index)
        self.all = " ".join(tile.text for tile in tiles)
        self.amid = lru_cache(maxsize=8)(self._amid)

    def further(self, ways: Sequence[_Way], page: int, runs: Sequence[str], at: int) -> list[_Way]:
        """Return the ways after one run more, the best first."""
        found: dict[object, _Way] = {}
        for way in ways:
            onward = list(self.onward(way, runs, at)) or self.astray(way, page, runs[at])
            for one in onward:
                key = one.open, one.begun, one.shown
                if key not in found or one.cost < found[key].cost:
                    found[key] = one
        best = sorted(found.values(), key=lambda one: one.cost)[:_WAYS]
        return [one for one in best if one.cost <= best[0].cost + _SLACK]

    def onward(self, way: _Way, runs: Sequence[str], at: int) -> Iterator[_Way]:
        """Yield the ways in which a run goes on with a half laid tile, or begins another."""
        run = runs[at]
        left = at > 0 and any(index == way.last for index, _ in way.open)
        away = replace(way, loose=way.loose | {way.last}) if left else way
        leave = (_LEAVE if left else 0.0) + _LOOSE * len(way.loose)
        for index, done in way.open:
            if self.tiles[index].text.startswith(run, done):
                if index == way.last:
                    yield self.laid(way, index, done + len(run), _LOOSE * len(way.loose))
                else:
                    yield self.laid(away, index, done + len(run), _JUMP + leave)
        for index, cost in self.beginning(way, runs, at):
            laid = self.laid(away, index, len(run), cost + leave)
            yield replace(laid, loose=laid.loose | {index}) if cost >= _SHORT else laid

    def beginning(self, way: _Way, runs: Sequence[str], at: int) -> list[tuple[int, float]]:
        """Return the tiles that may begin with a run, and what each costs."""
        run, expected = runs[at], self.expected(way)
        there = [
            index
            for index in self.starts.get(run[:LEAST], ())
            if not way.has(index) and self.tiles[index].text.startswith(run)
        ]
        # Of texts that are alike one will do: one not shown yet that is expected or must be there.
        there.sort(
            key=lambda one: (
                way.shown >> one & 1,
                one not in expected,
                not self.tiles[one].required,
                one,
            )
        )
        choices, texts = [], set()
        for index in there:
            text = self.tiles[index].text
            if text in texts:
                continue
            texts.add(text)
            length = _ahead(text, runs, at)
            if length < len(text) and not self.tiles[index].required:
                continue
            short = length < min(LEAST, len(text))
            cost = (0.0 if index in expected else _JUMP) + (_SHORT if short else 0.0)
            choices.append((cost, -length, index))
        choices.sort()
        return [(index, cost) for cost, _, index in choices[:_CHOICES]]

    def expected(self, way: _Way) -> set[int]:
        """Return what follows the tile laid last, and all tiles, up to one that must be there."""
        found = set()
        for first in (way.last + 1, way.front):
            for index in range(first, len(self.tiles)):
                if not way.has(index):
                    found.add(index)
                    if self.tiles[index].required:
                        break
        return found

    def laid(self, way: _Way, index: int, done: int, cost: float) -> _Way:
        """Return a way on which a tile is laid up to an offset."""
        tile = self.tiles[index]
        rest = [one for one in way.open if one[0] != index]
        begun, shown, front = way.begun | 1 << index, way.shown, way.front
        if done < len(tile.text):
            rest.append((index, done))
        elif tile.many:
            begun, shown = begun ^ 1 << index, shown | 1 << index
        while front < len(self.tiles) and (
            not self.tiles[front].required or (begun | shown) >> front & 1
        ):
            front += 1
        opened = tuple(sorted(rest))
        return replace(
            way,
            cost=way.cost + cost,
            open=opened,
            loose=way.loose - {index} if index in way.loose else way.loose,
            begun=begun,
            shown=shown,
            last=index,
            front=front,
        )

    # Where something is amiss -----------------------------------------------------------------

    def astray(self, way: _Way, page: int, run: str) -> Iterator[_Way]:
        """Yield the ways on which a run is strange, and those on which words before it are lost."""
        strange = (*way.strange, (page, run))
        yield replace(way, cost=way.cost + len(run) + 1, strange=strange)
        for index, done in way.open:
            text = self.tiles[index].text
            found = text.find(run, done)
            if found >= 0 and (len(run) >= _SURE or found + len(run) == len(text)):
                yield self.resumed(way, (index, done, found), run)
        for index, found in self.amid(run):
            if not way.has(index):
                yield self.resumed(way, (index, 0, found), run)

    def resumed(self, way: _Way, lost: Lost, run: str) -> _Way:
        """Return the way on which a run stands after words of its tile that are lost."""
        index, start, end = lost
        cost = min(end - start, _GAP) + 1
        return self.laid(replace(way, lost=(*way.lost, lost)), index, end + len(run), cost)

    def _amid(self, run: str) -> list[tuple[int, int]]:
        """Return the first tiles that a run stands in, and where."""
        found: list[tuple[int, int]] = []
        at = self.all.find(run) if len(run) >= _SURE else -1
        while at >= 0 and len(found) < _CHOICES:
            index = bisect_right(self.offsets, at) - 1
            found.append((index, at - self.offsets[index]))
            at = self.all.find(run, at + 1)
        return found

    def result(self, ways: Sequence[_Way]) -> Tiling:
        """Return what is lost and strange on the best of the ways."""
        found = [(way, list(self.rests(way))) for way in ways]
        way, rests = min(
            found, key=lambda one: one[0].cost + sum(end - start for _, start, end in one[1])
        )
        must = [lost for lost in rests if self.tiles[lost[0]].required]
        return reconciled(self.tiles, [*way.lost, *must], joined(way.strange))

    def rests(self, way: _Way) -> Iterator[Lost]:
        """Yield what has never been laid on a way."""
        half = dict(way.open)
        for index, tile in enumerate(self.tiles):
            if index in half:
                yield index, half[index], len(tile.text)
            elif tile.required and not (way.begun | way.shown) >> index & 1:
                yield index, 0, len(tile.text)


def _ahead(text: str, runs: Sequence[str], at: int) -> int:
    """Return how much of a text stands in the coming runs of a page."""
    length = 0
    while at < len(runs) and text.startswith(runs[at], length):
        length += len(runs[at])
        at += 1
    return length
