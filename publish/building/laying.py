"""The sections of a book laid out, on one core or side by side on several, with the same pages.

In: sections of which each begins where the one before it ends, which of them stand already, and how
one is laid out. Out: their `Part`s. Nothing of a section hangs on those before it but the side that
it begins on. So whoever has nothing to do takes the next section, on the side on which it is likely
to begin by the lengths of those before it; where that was wrong it is laid out again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from publish.ground.crew import Crew, cores

if TYPE_CHECKING:
    from publish.engine.parts import Part

_LEAST = 10_000
"""Characters to be laid out beside the longest section for which others are called for: a fifth of
a second of work."""
_USUAL = 2_000
"""Characters on a page, as long as no page is known."""
_HALF = 30
"""Characters that the last line of a paragraph has room for beside its own."""
_MARKUP = re.compile(r"<[^>]*>")
Piece = tuple[int, int]
"""The number of a section, and the position of the page that it begins on, from 1."""
Sent = tuple[bytes, bytes]
"""A part and what was written of it, as bytes."""


class Sections(Protocol):
    """The sections of one layout: their lengths, and the pages of those of which that is known.

    `counts` has these by their numbers, blank ones before the text not counted.
    """

    lengths: Sequence[int]
    counts: dict[int, int]

    def blank(self, number: int, first: int) -> int:
        """Return how many blank pages stand before the text of a section."""

    def key(self, number: int, first: int) -> str:
        """Return the digest of all that a section is made of."""

    def standing(self, number: int, first: int) -> Part | None:
        """Return a section that was set before."""

    def set(self, number: int, first: int) -> Part:
        """Lay a section out."""

    def sent(self, piece: Piece) -> Sent:
        """Lay a section out and write it, in another process."""

    def received(self, piece: Piece, sent: Sent) -> Part:
        """Return the section that another process has sent."""


def length_of(html: str) -> int:
    """Return how much room HTML takes, in characters."""
    return len(_MARKUP.sub("", html)) + _HALF * html.count("</p>")


def laid_out(sections: Sections) -> list[Part]:
    """Return the sections, each where it comes in the book."""
    layout, count = _Layout(sections), cores()
    if count > 1 and layout.besides() >= _LEAST:
        layout.side_by_side(count)
    parts, first = [], 1
    for number in range(len(sections.lengths)):
        part = layout.part(number, first) or sections.set(number, first)
        parts.append(part)
        first += len(part.leaves)
    return parts


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a section is likely to begin, and the section where it is set as it is there."""

    number: int
    first: int
    part: Part | None


class _Layout:
    """What is known of the sections of one layout."""

    def __init__(self, sections: Sections) -> None:
        self.sections = sections
        self.counts = dict(sections.counts)
        self.parts: dict[str, Part | None] = {}

    def part(self, number: int, first: int) -> Part | None:
        """Return a section that is set already."""
        key = self.sections.key(number, first)
        if key not in self.parts:
            self.know(number, first, self.sections.standing(number, first))
        return self.parts[key]

    def know(self, number: int, first: int, part: Part | None) -> None:
        """Take note of a section that is set, or is not."""
        self.parts[self.sections.key(number, first)] = part
        if part:
            self.counts[number] = len(part.leaves) - self.sections.blank(number, first)

    def places(self) -> Iterator[_Place]:
        """Yield where each section is likely to begin."""
        lengths, first = self.sections.lengths, 1
        # Title pages tell nothing of those of text; of these a last one is half full.
        known = [one for one in self.counts if lengths[one] >= _USUAL]
        pages = sum(self.counts[one] for one in known) - len(known) / 2
        usual = sum(lengths[one] for one in known) / pages if known else _USUAL
        for number, length in enumerate(lengths):
            yield _Place(number, first, self.part(number, first))
            count = self.counts.get(number) or int(length / usual) + 1
            first += count + self.sections.blank(number, first)

    def besides(self) -> int:
        """Return how many characters there are to lay out beside the longest section."""
        lengths = self.sections.lengths
        lacking = [lengths[one.number] for one in self.places() if one.part is None]
        return sum(lacking) - max(lacking, default=0)

    def side_by_side(self, count: int) -> None:
        """Set all sections on so many cores."""
        # The fonts are read, and the first words measured, by the one whom all others are like.
        self.know(0, 1, self.part(0, 1) or self.sections.set(0, 1))
        if cores() < 2:
            return
        taken: set[str] = set()
        with Crew(self.sections.sent, count) as crew:
            while lacking := [one for one in self.places() if one.part is None]:
                for one in lacking:
                    key = self.sections.key(one.number, one.first)
                    if crew.idle and key not in taken:
                        taken.add(key)
                        crew.give((one.number, one.first))
                if not crew.busy:
                    # What has failed may be a wrong guess; if not, it fails here as well.
                    return
                piece, sent, _ = crew.wait()
                if sent:
                    self.know(*piece, self.sections.received(piece, sent))
