"""Passages of a printed book: what begins on a page of its own, and the pages that it fills.

In: the units of a book, in groups, and the pages on which these begin. Out: whether each passage
has on its pages the words that it should have, and no others. A passage is proved by itself, side
by side with others, and not again where neither its words nor its pages have changed. Where one is
not right, the whole book is to be looked at: its words may stand on the pages of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path

from msgspec import Struct

from publish.checks.any_order import of_letters
from publish.checks.folding import squeezed
from publish.checks.note_units import Group
from publish.checks.page_marks import PageMarks
from publish.checks.pdf_reader import reading
from publish.checks.pdf_text import PdfText, Run, RunsByPage
from publish.checks.tiles import Tile
from publish.checks.tiling import tiled
from publish.checks.type_area import TypeArea
from publish.checks.verdicts import Verdicts
from publish.checks.words import Unit
from publish.ground.cores import cores
from publish.ground.dividing import side_by_side
from publish.standing.state import digest

_STRETCH = 24
"""Pages at the least that one process reads before it opens the file again."""
_BESIDE = 12
"""Letters of the runs beside a run that tell which of its readings is the one."""


class Passage(Struct, frozen=True):
    """Units in reading order, and the pages that they stand on, from 0."""

    units: tuple[Unit, ...]
    pages: range


def passages(
    groups: Sequence[Group], starts: Mapping[str, int], first: int, last: int
) -> list[Passage]:
    """Return the passages on the pages from `first` to `last`; `starts` are the pages of ids.

    A group that begins amid a page, or on one that nobody knows, belongs to the passage before.
    """
    begun: list[tuple[list[Unit], int]] = [([], first)]
    for name, units in groups:
        page = starts.get(name, first)
        if begun[-1][1] < page < last:
            begun.append(([], page))
        begun[-1][0].extend(units)
    ends = [*(page for _, page in begun[1:]), last]
    return [
        Passage(tuple(units), range(page, end))
        for (units, page), end in zip(begun, ends, strict=True)
    ]


def as_written(runs: Sequence[Run], known: str, any_order: bool = False) -> list[Run]:
    """Return runs, each in the reading that is found in a text; in the first where none is.

    Where several are found, it is the one that goes on from the run before, or into the one after.
    Brackets and marks beside words of two ways may be painted in more ways than are read (UAX 9,
    N0): with `any_order` the letters of such a run, without blanks, are as the text has them.
    """
    read: list[Run] = []
    for run, follows in zip_longest(runs, runs[1:]):
        if run.others:
            before = squeezed(read[-1].text)[-_BESIDE:] if read else ""
            after = squeezed(follows.text)[:_BESIDE] if follows and not follows.others else ""
            ways = {way: squeezed(way) for way in (run.text, *run.others)}
            found = [way for way, text in ways.items() if text in known]
            if not found and any_order:
                ways = {way: way for way in of_letters(run.text, known)}
                found = [*ways]
            found = found or [run.text]
            if len(found) > 1:
                found.sort(key=lambda way: -_joins(before, ways[way], after, known))
            run = Run(found[0], run.baseline)
        read.append(run)
    return read


def _joins(before: str, text: str, after: str, known: str) -> int:
    return (before + text in known) + (text + after in known)


def tile(unit: Unit) -> Tile:
    """Return a unit as a text that is to be found."""
    return Tile(squeezed(unit.text), unit.required, unit.many)


class Proof(Struct, frozen=True):
    """How the passages of a PDF are proved: the file, its type area, the labels of its pages."""

    path: Path
    leftward: bool
    area: TypeArea
    labels: Sequence[str]

    def holds(self, found: Sequence[Passage], verdicts: Verdicts) -> bool:
        """Tell whether all passages are right; keep which of them are."""
        keys = list(self.keys(found))
        unknown = [at for at, key in enumerate(keys) if not verdicts.has(key)]
        stretches = list(_stretches(unknown, found))

        def prove(stretch: tuple[int, ...]) -> list[int]:
            with PdfText(self.path, self.leftward) as text:
                return [at for at in stretch if self.is_right(found[at], text)]

        several = min(cores(), len(stretches))
        right = [at for one in side_by_side(prove, stretches, several) for at in one]
        for at in right:
            verdicts.add(keys[at])
        verdicts.keep()
        return right == unknown

    def keys(self, found: Sequence[Passage]) -> Iterator[str]:
        """Yield for each passage the digest of all that the verdict on it hangs on."""
        common = repr((self.leftward, self.area.edges, sorted(self.area.heads)))
        with PdfText(self.path, self.leftward) as text, reading(self.path):
            marks = PageMarks(self.leftward)
            for one in found:
                words = repr([(unit.text, unit.required, unit.many) for unit in one.units])
                pages = [(self.labels[at], marks.of(text.page(at))) for at in one.pages]
                yield digest(common, words, repr(pages))

    def is_right(self, passage: Passage, runs: RunsByPage) -> bool:
        """Tell whether a passage has its words on its pages, and no others."""
        known = " ".join(squeezed(unit.text) for unit in passage.units)
        pages = [
            self.area.texts(as_written(runs[at], known, any_order=True), self.labels[at])
            for at in passage.pages
        ]
        found = tiled([tile(unit) for unit in passage.units], pages)
        return not found.lost and not found.strange


def _stretches(wanted: Sequence[int], found: Sequence[Passage]) -> Iterator[tuple[int, ...]]:
    """Yield passages that follow each other, so many that it pays to open the file for them."""
    stretch: list[int] = []
    for at in wanted:
        stretch.append(at)
        if sum(len(found[one].pages) for one in stretch) >= _STRETCH:
            yield tuple(stretch)
            stretch.clear()
    if stretch:
        yield tuple(stretch)
