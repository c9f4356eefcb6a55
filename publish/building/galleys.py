"""The galleys of one layout: its sections, and the folios that are set when they have their places.

In: a `Frame`, the sections of an output, and those that stand already. Out: what `laying` asks of
them: the digest of all that each is made of, and each laid out, here or in another process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from publish.building.laying import Piece, Sent, length_of

if TYPE_CHECKING:
    from publish.building.printing import Printing
    from publish.building.standing_type import StandingType
    from publish.engine.beginning import Beginning
    from publish.engine.margins import Margins
    from publish.engine.parts import Part
    from publish.pages.sections import Paged

_FOLIO = 50
"""Setting a folio takes as long as setting so many characters of text."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the documents of one output are set.

    `key` returns the digest of all that a document is made of, given where it begins and the
    position of its first page, from 1; `set` lays it out, given also which margins are set. Where
    it `is_read`, what its lines tell of the manuscript is wanted.
    """

    key: Callable[[str, Beginning, int], str]
    set: Callable[[str, Beginning, int, Margins], Part]
    standing: StandingType
    printing: Printing
    is_read: bool


class Bodies:
    """The sections of a layout without their folios; `known` are those of the layout before."""

    margins: Margins = "heads"

    def __init__(self, frame: Frame, paged: Paged, known: Mapping[str, Part]) -> None:
        self.frame, self.paged, self.known = frame, paged, known
        self.printing = frame.printing
        self.lengths: Sequence[int] = [length_of(section.inside) for section in paged.sections]
        self.counts: dict[int, int] = {}
        self._places: dict[Piece, tuple[str, str, Beginning]] = {}

    def blank(self, number: int, first: int) -> int:
        """Return how many blank pages stand before the text of a section."""
        return int(self.paged.sections[number].start == "recto" and first % 2 == 0)

    def document(self, number: int, first: int) -> str:
        """Return a section as a document."""
        return self.paged.unnumbered(self.paged.sections[number], first)

    def key(self, number: int, first: int) -> str:
        """Return the digest of all that a section is made of."""
        return self._at(number, first)[0]

    def standing(self, number: int, first: int) -> Part | None:
        """Return a section that was set before, for the layout before or in another build."""
        key = self.key(number, first)
        part = self.known.get(key) or self.frame.standing.found(key)
        if part and not part.document:
            part.again = partial(self._laid, number, first)
        return part

    def set(self, number: int, first: int) -> Part:
        """Lay a section out."""
        part = self._laid(number, first)
        self.frame.standing.keep(part)
        return part

    def sent(self, piece: Piece) -> Sent:
        """Lay a section out and write it, in another process."""
        from publish.engine.keeping import packed

        part = self._laid(*piece)
        said = self.printing.write(part)
        # What there is to say of it is said by the process that writes it again.
        return packed(part), b"" if said else packed(part.written[self.printing.kind])

    def received(self, piece: Piece, sent: Sent) -> Part:
        """Return the section that another process has sent."""
        part = self.frame.standing.taken_in(*sent, self.printing.kind)
        part.again = partial(self._laid, *piece)
        return part

    def _laid(self, number: int, first: int) -> Part:
        from publish.pages.readings import reading_of

        key, document, where = self._at(number, first)
        part = self.frame.set(document, where, first, self.margins)
        part.key = key
        if self.frame.is_read and self.margins != "folios":
            reading_of(part)
        return part

    def _at(self, number: int, first: int) -> tuple[str, str, Beginning]:
        if (number, first) not in self._places:
            where = self.paged.beginning(self.paged.sections[number], first)
            document = self.document(number, first)
            key = self.frame.key(document, where, first)
            self._places[number, first] = key, document, where
        return self._places[number, first]


class Numbers(Bodies):
    """The folios of sections that have their places; `parts` are those, one by one."""

    margins: Margins = "folios"

    def __init__(self, frame: Frame, paged: Paged, parts: Sequence[Part]) -> None:
        super().__init__(frame, paged, {})
        self.printing = frame.printing.plain
        self.leaves = [part.leaves for part in parts]
        self.lengths = [_FOLIO * len(leaves) for leaves in self.leaves]
        self.counts = {number: len(leaves) for number, leaves in enumerate(self.leaves)}

    def blank(self, number: int, first: int) -> int:
        """Return 0: blank pages are counted with the others."""
        return 0

    def document(self, number: int, first: int) -> str:
        """Return the pages of a section as a document, nothing on them but their folios."""
        section = self.paged.sections[number]
        return self.paged.numbers(section, first, self.leaves[number])
