"""The sections of a book laid out, on one core or side by side on several, with the same pages.

In: sections of which each begins where the one before it ends, which of them stand already, and how
one is laid out. Out: their `Part`s. Nothing of a section hangs on those before it but the side that
it begins on. So whoever has nothing to do takes the next section, on the side on which it is likely
to begin by the lengths of those before it; where that was wrong it is laid out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from publish.building.compositors import Compositors
from publish.ground.cores import cores
from publish.ground.problems import Unmakeable

if TYPE_CHECKING:
    from publish.building.compositors import Hands
    from publish.building.standing_type import Kept
    from publish.building.takes import Frame, Sent, Take
    from publish.engine.parts import Part

_LEAST = 10_000
"""Characters to be laid out beside the longest section for which others are called for: a fifth of
a second of work."""
_USUAL = 2_000
"""Characters on a page, as long as no page is known."""
_HALF = 30
"""Characters that the last line of a paragraph has room for beside its own."""
_TRIED_AGAIN = ("K715", "K716")
"""Memory that ran out, which others had taken perhaps, and a signal that came from without."""
_MARKUP = re.compile(r"<[^>]*>")
Piece = tuple[int, int]
"""The number of a section, and the position of the page that it begins on, from 1."""


class Sections(Protocol):
    """The sections of one layout: their lengths, and the pages of those of which that is known.

    `counts` has these by their numbers, blank ones before the text not counted.
    """

    lengths: Sequence[int]
    counts: dict[int, int]

    def blank(self, number: int, first: int) -> int:
        """Return how many blank pages stand before the text of a section."""

    @property
    def frame(self) -> Frame:
        """Return where they are set."""

    def take(self, number: int, first: int) -> Take:
        """Return a section as one who sets it is given it."""

    def standing(self, number: int, first: int) -> Kept | None:
        """Return a section that was set before."""

    def set(self, number: int, first: int) -> Part:
        """Lay a section out."""

    def received(self, take: Take, sent: Sent) -> Part:
        """Return the section that another process has sent."""


def length_of(html: str) -> int:
    """Return how much room HTML takes, in characters."""
    return len(_MARKUP.sub("", html)) + _HALF * html.count("</p>")


def laid_out(sections: Sections, compositors: Compositors) -> list[Part]:
    """Return the sections, each where it comes in the book.

    The compositors that are at hand set them; some are called where there are none, and enough to
    do. What they have lost is done here. Raises `Unmakeable`.
    """
    layout = _Layout(sections)
    if hands := compositors.hands(sections.frame):
        layout.side_by_side(hands)
    elif cores() > 1 and layout.besides() >= _LEAST:
        # What it takes to set the first one is there then for all that are forked.
        if layout.part(0, 1) is None:
            layout.know(0, 1, sections.set(0, 1))
        with compositors.called(cores()):
            if hands := compositors.hands(sections.frame):
                layout.side_by_side(hands)
    parts, first = [], 1
    for number in range(len(sections.lengths)):
        part = layout.part(number, first)
        if part is None:
            layout.raise_fault(number, first)
            part = sections.set(number, first)
        parts.append(part)
        first += len(part.leaves)
    return parts


class _Place(Struct, frozen=True):
    """Where a section is likely to begin, and whether it is set as it is there."""

    number: int
    first: int
    stands: bool


class _Layout:
    """What is known of the sections of one layout: by their digests, those that are set.

    Those that stand are taken up while others are set, or where they are asked for.
    """

    def __init__(self, sections: Sections) -> None:
        self.sections = sections
        self.counts = dict(sections.counts)
        self.sizes: dict[str, int] = {}
        self.parts: dict[str, Part | None] = {}
        self.kept: dict[str, Kept] = {}
        self.faults: dict[str, Unmakeable] = {}

    def raise_fault(self, number: int, first: int) -> None:
        """Raise what one who set a section there has raised, if it would be raised here as well."""
        fault = self.faults.get(self.sections.take(number, first).key)
        if fault and fault.problem.code not in _TRIED_AGAIN:
            raise fault

    def stands(self, number: int, first: int) -> bool:
        """Tell whether a section is set already."""
        key = self.sections.take(number, first).key
        if key not in self.parts and key not in self.kept:
            if kept := self.sections.standing(number, first):
                self.kept[key] = kept
                self._count(number, first, kept.count)
            else:
                self.parts[key] = None
        return key in self.kept or self.parts[key] is not None

    def part(self, number: int, first: int) -> Part | None:
        """Return a section that is set already."""
        if not self.stands(number, first):
            return None
        key = self.sections.take(number, first).key
        if key in self.kept:
            self.parts[key] = self.kept.pop(key).part()
        return self.parts[key]

    def take_up(self) -> None:
        """Take up all that stands."""
        while self.kept:
            key, kept = self.kept.popitem()
            self.parts[key] = kept.part()

    def know(self, number: int, first: int, part: Part) -> None:
        """Take note of a section that is set."""
        self.parts[self.sections.take(number, first).key] = part
        self._count(number, first, len(part.leaves))

    def _count(self, number: int, first: int, count: int) -> None:
        self.counts[number] = count - self.sections.blank(number, first)
        self.sizes[self.sections.take(number, first).key] = count

    def places(self) -> Iterator[_Place]:
        """Yield where each section is likely to begin."""
        lengths, first = self.sections.lengths, 1
        # Title pages tell nothing of those of text; of these a last one is half full.
        known = [one for one in self.counts if lengths[one] >= _USUAL]
        pages = sum(self.counts[one] for one in known) - len(known) / 2
        usual = sum(lengths[one] for one in known) / pages if known else _USUAL
        for number, length in enumerate(lengths):
            yield _Place(number, first, self.stands(number, first))
            # On the other side of the leaf it may have a page more, or less.
            size = self.sizes.get(self.sections.take(number, first).key)
            count = self.counts.get(number) or int(length / usual) + 1
            first += size or count + self.sections.blank(number, first)

    def besides(self) -> int:
        """Return how many characters there are to lay out beside the longest section."""
        lengths = self.sections.lengths
        lacking = [lengths[one.number] for one in self.places() if not one.stands]
        return sum(lacking) - max(lacking, default=0)

    def side_by_side(self, hands: Hands) -> None:
        """Have all sections set."""
        try:
            self._set(hands)
        finally:
            # What was guessed wrongly nobody wants any more.
            hands.abandon()

    def _set(self, hands: Hands) -> None:
        given: dict[str, _Place] = {}
        while lacking := [one for one in self.places() if not one.stands]:
            if self.besides() >= _LEAST:
                hands.call(min(cores(), len(lacking)))
            for one in lacking:
                take = self.sections.take(one.number, one.first)
                if hands.idle and take.key not in given:
                    given[take.key] = one
                    hands.give(take)
            if not hands.busy:
                # What has failed may be a wrong guess.
                return
            # As long as they are at it.
            self.take_up()
            if answer := hands.wait():
                take, sent, error = answer
                if isinstance(error, Unmakeable):
                    self.faults[take.key] = error
                if sent:
                    place = given[take.key]
                    self.know(place.number, place.first, self.sections.received(take, sent))
