"""Whether texts, laid side by side, cover what stands on pages without a gap and without a rest.

In: the texts that must be there, in reading order, and a `Stream` for each page, both without
blanks and hyphens, so that a hyphen at a line's end is of no account. Out: a `Tiling`, what is lost
and what is strange. Pages break paragraphs, notes and pictures stand between, and what is drawn
last need not stand last: so a text may be taken up again anywhere, but only where a run ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

LEAST = 6
"""A text that stops before its end shows at least so many characters, or all that is left."""
_SURE = 10
"""So many characters tell where a text goes on after words that are lost."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A text to find. It may be missing unless `required`, and stand twice only if `many`.

    One that is `whole` is shown in a run of its own, such as a number; one that is `spelt` is shown
    letter by letter, as the words in a drawing are.
    """

    text: str
    required: bool = True
    many: bool = False
    whole: bool = False
    spelt: bool = False


@dataclass(frozen=True, slots=True)
class Stream:
    """What one page shows, run after run.

    `ends` are the offsets at which a run ends, `letters` those of the runs of one letter.
    """

    text: str
    ends: tuple[int, ...]
    letters: frozenset[int] = frozenset()

    @classmethod
    def of(cls, runs: Iterable[tuple[str, bool]]) -> Stream:
        """Join runs, each with whether it is one letter; empty ones are left out."""
        parts, ends, letters, length = [], [], set(), 0
        for run, is_letter in runs:
            if run:
                letters |= {length} if is_letter else set()
                parts.append(run)
                length += len(run)
                ends.append(length)
        return cls("".join(parts), tuple(ends), frozenset(letters))

    def run_end(self, at: int) -> int:
        """Return the last offset up to `at` at which a run ends; 0 where none does."""
        index = bisect_right(self.ends, at)
        return self.ends[index - 1] if index else 0

    def next_end(self, at: int) -> int:
        """Return the first offset after `at` at which a run ends."""
        return self.ends[min(bisect_right(self.ends, at), len(self.ends) - 1)]


@dataclass(slots=True)
class Tiling:
    """Lost: tile, from, to. Strange: the stream's number, from, to."""

    lost: list[tuple[int, int, int]] = field(default_factory=list)
    strange: list[tuple[int, int, int]] = field(default_factory=list)


def tiled(tiles: Sequence[Tile], streams: Sequence[Stream]) -> Tiling:
    """Lay the texts on the pages."""
    tiler = _Tiler(tiles, streams)
    for number, stream in enumerate(streams):
        tiler.lay(number, stream)
    return tiler.result()


class _Tiler:
    """Lays tiles one after the other; `at` is how far each has come."""

    def __init__(self, tiles: Sequence[Tile], streams: Sequence[Stream]) -> None:
        self.tiles = tiles
        self.streams = streams
        self.at = [0] * len(tiles)
        self.open: list[int] = []
        self.shown: set[int] = set()
        self.last = -1
        self.made = Tiling()
        self.starts: dict[str, list[int]] = {}
        for index, tile in enumerate(tiles):
            self.starts.setdefault(tile.text[:LEAST], []).append(index)

    def lay(self, number: int, stream: Stream) -> None:
        """Cover one page, from its beginning to its end."""
        at = 0
        while at < len(stream.text):
            found = self._best(stream, at) or self._resumed(stream, at)
            if found:
                at += self._take(*found)
                continue
            end = stream.next_end(at)
            strange = self.made.strange
            if strange and strange[-1][0] == number and strange[-1][2] == at:
                at = strange.pop()[1]
            strange.append((number, at, end))
            at = end

    def result(self) -> Tiling:
        """Return what was lost and strange, in the order of the tiles."""
        for index, tile in enumerate(self.tiles):
            if tile.required and index not in self.shown and self.at[index] < len(tile.text):
                self.made.lost.append((index, self.at[index], len(tile.text)))
        self.made.lost.sort()
        for lost in list(self.made.lost):
            self._found_within(lost)
        return self.made

    def _found_within(self, lost: tuple[int, int, int]) -> None:
        """Take off the list of what is lost what stands amid something strange."""
        index, low, high = lost
        text, strange = self.tiles[index].text[low:high], self.made.strange
        for place, (number, start, end) in enumerate(strange):
            at = self.streams[number].text.find(text, start, end) if high - low >= LEAST else -1
            if at >= 0:
                around = [(number, start, at), (number, at + len(text), end)]
                strange[place : place + 1] = [one for one in around if one[1] < one[2]]
                self.made.lost.remove(lost)
                return

    def _best(self, stream: Stream, at: int) -> tuple[int, int] | None:
        """Return the tile that goes on here, and how far it does."""
        spelt = self._spelt(stream, at)
        if spelt:
            return spelt
        likely = list(self._likely())
        for index in likely:
            length = self._length(index, stream, at)
            whole = self.at[index] + length == len(self.tiles[index].text)
            if whole and _sure(length, stream, at):
                return index, length
        best, rank = None, (False, 0)
        for index in dict.fromkeys((*likely, *self._beginning(stream, at))):
            length = self._length(index, stream, at)
            done = self.at[index] + length == len(self.tiles[index].text)
            if not done and length < LEAST and at + length < len(stream.text):
                continue
            sure = _sure(length, stream, at)
            if length and (sure, length) > rank:
                best, rank = (index, length), (sure, length)
        return best

    def _spelt(self, stream: Stream, at: int) -> tuple[int, int] | None:
        """Return the longest tile that is spelt out here in runs of one letter."""
        run = at
        while run in stream.letters:
            run = stream.next_end(run)
        found = [
            (len(self.tiles[index].text), -index)
            for index in (self._beginning(stream, at) if run > at + 1 else ())
            if self.tiles[index].spelt
            and len(self.tiles[index].text) <= run - at
            and stream.text.startswith(self.tiles[index].text, at)
        ]
        return (-max(found)[1], max(found)[0]) if found else None

    def _likely(self) -> Iterator[int]:
        """Yield the tiles that are half laid, and those up to the next one that must be there."""
        yield from reversed(self.open)
        for index in range(self.last + 1, len(self.tiles)):
            if not self.at[index] and index not in self.shown:
                yield index
                if self.tiles[index].required:
                    return

    def _beginning(self, stream: Stream, at: int) -> Iterator[int]:
        """Yield the tiles that may begin here."""
        for length in range(LEAST, 0, -1):
            for index in self.starts.get(stream.text[at : at + length], ()):
                if not self.at[index] and len(self.tiles[index].text) >= length:
                    yield index

    def _length(self, index: int, stream: Stream, at: int) -> int:
        """Return how much of a tile stands here, up to the end of a run."""
        rest = self.tiles[index].text[self.at[index] :]
        there = stream.text[at : at + len(rest)]
        same = len(rest) if rest == there else _alike(rest, there)
        length = max(stream.run_end(at + same) - at, 0)
        alone = length == len(rest) == stream.next_end(at) - at
        return length if alone or not self.tiles[index].whole else 0

    def _resumed(self, stream: Stream, at: int) -> tuple[int, int] | None:
        """Take up a tile that is half laid behind words that are lost."""
        sure = stream.text[at : at + _SURE]
        for index in reversed(self.open):
            done, text = self.at[index], self.tiles[index].text
            found = text.find(sure, done) if len(sure) == _SURE else -1
            if found >= 0:
                self.at[index] = found
                length = self._length(index, stream, at)
                if length:
                    self.made.lost.append((index, done, found))
                    return index, length
                self.at[index] = done
        return None

    def _take(self, index: int, length: int) -> int:
        tile = self.tiles[index]
        self.at[index] += length
        if index in self.open:
            self.open.remove(index)
        if self.at[index] < len(tile.text):
            self.open.append(index)
        elif tile.many:
            self.at[index] = 0
            self.shown.add(index)
        self.last = index
        return length


def _sure(length: int, stream: Stream, at: int) -> bool:
    """Tell what is sure: a few characters of several runs are none, “1” and “2” make no “12”."""
    return length >= LEAST or length == stream.next_end(at) - at


def _alike(first: str, second: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(first, second, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(first), len(second)))
