"""Runs of one block as one text: emphasis, links and spans do not end what a reviewer marks.

In: runs, each the text that stands straight in one element, and the texts of the manuscript. Out:
runs of whole blocks, and where in them the characters of each run stand. Two runs are of one block
where nothing but markup of one line is between them in the manuscript: no new line, no edge of a
cell, no note.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from publish.proof.map import Run

_PARTED = re.compile(r"[\n|]|\[\^|\^\[")


class _Stretch(Struct, frozen=True):
    """Characters of a run that stand side by side in its file, from `start` of the file."""

    start: int
    end: int
    run: int
    first: int


class Joined(Struct, frozen=True):
    """A run of a block, and for each stretch of its parts where it stands in that."""

    run: Run
    parts: Mapping[int, Sequence[tuple[int, int]]]
    """By the number of the run: index in it, index in the block."""

    def index(self, run: int, at: int) -> int:
        """Return where a character of a run stands in the block."""
        parts = self.parts[run]
        first, there = parts[bisect_right(parts, at, key=lambda one: one[0]) - 1]
        return there + at - first


def joined(runs: Sequence[Run], sources: Mapping[str, str]) -> list[Joined]:
    """Return the blocks that runs are of, each run in one of them.

    Words that repeat those of another place stay apart, and so do runs that share a character.
    """
    stretches: dict[str, list[_Stretch]] = defaultdict(list)
    for number, run in enumerate(runs):
        if not run.repeated and run.file in sources:
            stretches[run.file] += _stretches(number, run)
    head = list(range(len(runs)))
    for file, there in stretches.items():
        there.sort(key=lambda one: one.start)
        shared = {it.run for one, other in pairwise(there) if one.end > other.start
                  for it in (one, other)}  # fmt: skip
        for one, other in pairwise(there):
            alone = one.run == other.run or {one.run, other.run} & shared
            if not alone and not _PARTED.search(sources[file], one.end, other.start):
                _link(head, one.run, other.run)
    blocks: dict[int, list[_Stretch]] = defaultdict(list)
    for one in (one for there in stretches.values() for one in there):
        blocks[_top(head, one.run)].append(one)
    return [
        _block(runs, blocks[number], sources[run.file]) if _is_of_more(blocks.get(number, ()))
        else Joined(run, {number: [(0, 0)]})
        for number, run in enumerate(runs) if _top(head, number) == number
    ]  # fmt: skip


def _stretches(number: int, run: Run) -> Iterator[_Stretch]:
    for (first, offset), (after, _) in pairwise([*run.places, (len(run.text), 0)]):
        if after > first:
            yield _Stretch(offset, offset + after - first, number, first)


def _top(head: Sequence[int], number: int) -> int:
    while head[number] != number:
        number = head[number]
    return number


def _link(head: list[int], one: int, other: int) -> None:
    first, second = sorted((_top(head, one), _top(head, other)))
    head[second] = first


def _is_of_more(stretches: Iterable[_Stretch]) -> bool:
    return len({one.run for one in stretches}) > 1


def _block(runs: Sequence[Run], stretches: Sequence[_Stretch], source: str) -> Joined:
    text, places = "", []
    parts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for before, one in zip([None, *stretches], stretches, strict=False):
        broken = source.find("\n", before.end, one.start) if before else -1
        if broken >= 0 and not text[-1:].isspace():
            places.append((len(text), broken))
            text += " "
        said = runs[one.run].text[one.first : one.first + one.end - one.start]
        places.append((len(text), one.start))
        parts[one.run].append((one.first, len(text)))
        text += said
    return Joined(Run(runs[stretches[0].run].file, text, tuple(places)), dict(parts))
