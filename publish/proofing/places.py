"""Places of the texts that a proof was made of, found in the manuscript as it is now.

In: the texts of then and of now. Out: `Place`s. A place is sure where its line is as it was, or
where its words stand once beside lines that are, among words of which half are those of then;
the file may have another name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import Struct

from publish.ground.source import SourceFile, texts_of
from publish.proof.likeness import heirs
from publish.text.matching import matches

_AROUND = 12
"""Characters on either side by which a place between two of them is known again."""
_BESIDE, _FAR = 4, 240
"""So many words on either side of a word tell whether it is the same, within so many characters."""
_WORD = re.compile(r"\w+")
_NEAR = 4
"""So many lines before or after a place must one with words be as it was."""


class Place(Struct, frozen=True):
    """A stretch of a file as it is now; not `sure` where it is but about there."""

    file: str
    start: int
    end: int
    sure: bool


@dataclass
class Places:
    """Finds places of the texts that a proof was made of in those of today."""

    then: Mapping[str, str]
    now: Mapping[str, SourceFile]
    _shared: dict[tuple[str, str], Shared] = field(default_factory=dict)
    _heirs: dict[str, Sequence[str]] = field(default_factory=dict)

    def moved(self, file: str, start: int, end: int) -> Place | None:
        """Return where a stretch stands now; None where its file is gone, and its lines are."""
        then, now = self.then.get(file), self.now.get(file)
        if then is None or (now and then == now.text):
            inside = now is not None and end <= len(now.text)
            return Place(file, start, end, True) if inside else None
        there = [(name, self._same(file, name)) for name in self._files(file)]
        for name, shared in there:
            at = shared.at(start, end)
            if at is not None:
                return Place(name, at, at + end - start, True)
        if not there:
            return None
        name, shared = there[0]
        at = shared.about(start)
        return Place(name, at, at, False)

    def _files(self, file: str) -> Sequence[str]:
        if file not in self._heirs:
            self._heirs[file] = heirs(file, self.then, self._texts)
        return self._heirs[file]

    @cached_property
    def _texts(self) -> dict[str, str]:
        return texts_of(self.now)

    def _same(self, file: str, name: str) -> Shared:
        if (file, name) not in self._shared:
            self._shared[file, name] = Shared(SourceFile(file, self.then[file]), self.now[name])
        return self._shared[file, name]


def _begin(stretch: tuple[int, int, int]) -> int:
    return stretch[0]


def _end(stretch: tuple[int, int, int]) -> int:
    return stretch[0] + stretch[2]


@dataclass
class Shared:
    """Two states of a text, and the stretches of whole lines that are the same in both."""

    then: SourceFile
    now: SourceFile

    def at(self, start: int, end: int) -> int | None:
        """Return where a stretch begins now; None where that is not sure."""
        before = bisect_right(self.stretches, start, key=_begin)
        if before:
            old, new, length = self.stretches[before - 1]
            if end <= old + length:
                return start - old + new
        return self._within(start, end) if self._is_near(start, end) else None

    def about(self, start: int) -> int:
        """Return where a place about is: after the last line before it that is as it was."""
        before = bisect_right(self.stretches, start, key=_begin)
        near = self.stretches[before - 1] if before else (0, 0, 0)
        return min(near[1] + near[2], max(len(self.now.text) - 1, 0))

    def _is_near(self, start: int, end: int) -> bool:
        """Tell whether a line with words, not far from a stretch, is as it was.

        Empty lines are alike in all books.
        """
        starts, text = self.then.starts, self.then.text
        first, last = self.then.line_column(start)[0] - 1, self.then.line_column(end)[0] - 1
        low, after = starts[max(first - _NEAR, 0)], last + _NEAR + 1
        high = starts[after] if after < len(starts) else len(text)
        return any(
            re.search(r"\w", text[max(old, low) : min(old + length, high)])
            for old, _, length in self._between(low, high)
        )

    def _between(self, low: int, high: int) -> Sequence[tuple[int, int, int]]:
        """Return the stretches of which something stands from one offset to another."""
        first = bisect_right(self.stretches, low, key=_end)
        return self.stretches[first : bisect_left(self.stretches, high, key=_begin)]

    def _within(self, start: int, end: int) -> int | None:
        """Return where a stretch stands now between the lines that are as they were.

        It must be there once in whole words, then and now, among the words that stood around it. A
        place between two characters is known by what is right beside it.
        """
        then, now = self.then.text, self.now.text
        old_ends, new_ends = [0, len(then)], [0, len(now)]
        before = bisect_right(self.stretches, start, key=_end)
        if before:
            old, new, length = self.stretches[before - 1]
            old_ends[0], new_ends[0] = old + length, new + length
        after = bisect_left(self.stretches, end, lo=before, key=_begin)
        if after < len(self.stretches):
            old_ends[1], new_ends[1] = self.stretches[after][:2]
        low, high = (start, end) if start < end else (max(start - _AROUND, 0), end + _AROUND)
        wanted = re.compile(rf"(?<!\w){re.escape(then[low:high])}(?!\w)" if start < end
                            else re.escape(then[low:high]))  # fmt: skip
        if len(wanted.findall(then, *old_ends)) != 1:
            return None
        there = [one.start() for one in wanted.finditer(now, *new_ends)]
        if len(there) != 1:
            return None
        at = there[0] + start - low
        then_beside = _beside(then, start, end, old_ends)
        alike = _alike(then[start:end], then_beside, _beside(now, at, at + end - start, new_ends))
        return at if alike or start == end else None

    @cached_property
    def stretches(self) -> Sequence[tuple[int, int, int]]:
        """Return the stretches that are as they were: old and new offset, length."""
        return [*self._stretches()]

    def _stretches(self) -> Iterator[tuple[int, int, int]]:
        old, new = self.then.text.split("\n"), self.now.text.split("\n")
        for a, b, size in matches(old, new):
            length = sum(len(one) + 1 for one in old[a : a + size])
            yield self.then.starts[a], self.now.starts[b], length


def _beside(text: str, start: int, end: int, ends: Sequence[int]) -> list[str]:
    """Return the words beside a stretch, in its paragraph and between two ends."""
    low, high = max(ends[0], start - _FAR), min(ends[1], end + _FAR)
    before = text[low:start].rpartition("\n\n")[2]
    after = text[end:high].partition("\n\n")[0]
    words = _WORD.findall(before)[-_BESIDE:] + _WORD.findall(after)[:_BESIDE]
    return [one.casefold() for one in words]


def _alike(said: str, then: Sequence[str], now: Sequence[str]) -> bool:
    """Tell whether words are the same ones, by those beside them: half of these are as they were.

    The more words are said themselves, the fewer of those beside them need be the same; a word
    that stood alone stands alone.
    """
    more = len(_WORD.findall(said)) - 1
    same = (Counter(then) & Counter(now)).total()
    return 2 * (same + more) >= (len(then) or min(len(now), 1)) + more
