"""The galleys of one layout: its sections, and the folios that are set when they have their places.

In: what an edition is made of, its sections, and those that stand already. Out: what `laying` asks
of them: the take that each is, and each as it was set, here or in another process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from publish.building.laying import Piece, length_of
from publish.building.standing_type import Kept, StandingType
from publish.building.takes import Frame, Makings, Sent, Take, printing_of, set_take

if TYPE_CHECKING:
    from publish.engine.margins import Margins
    from publish.engine.optimum.state import Case
    from publish.engine.parts import Part
    from publish.pages.sections import Paged

_FOLIO = 50
"""Setting a folio takes as long as setting so many characters of text."""


class Bodies:
    """The sections of a layout without their folios; `known` are those of the layout before."""

    margins: Margins = "heads"

    def __init__(
        self,
        makings: Makings,
        paged: Paged,
        standing: StandingType,
        case: Case,
        known: Mapping[str, Part],
    ) -> None:
        self.makings, self.paged, self._standing, self.known = makings, paged, standing, known
        self.case = case
        self.lengths: Sequence[int] = [length_of(section.inside) for section in paged.sections]
        self.counts: dict[int, int] = {}
        self._takes: dict[Piece, Take] = {}

    @property
    def frame(self) -> Frame:
        """Return where they are set."""
        return self.makings.frame

    def blank(self, number: int, first: int) -> int:
        """Return how many blank pages stand before the text of a section."""
        return int(self.paged.sections[number].start == "recto" and first % 2 == 0)

    def document(self, number: int, first: int) -> str:
        """Return a section as a document."""
        return self.paged.unnumbered(self.paged.sections[number], first)

    def take(self, number: int, first: int) -> Take:
        """Return a section as a take."""
        if (number, first) not in self._takes:
            where = self.paged.beginning(self.paged.sections[number], first)
            given = self.document(number, first), where, first, self.margins
            self._takes[number, first] = self.makings.take(*given)
        return self._takes[number, first]

    def standing(self, number: int, first: int) -> Kept | None:
        """Return a section that was set before, for the layout before or in another build."""
        take = self.take(number, first)
        kept = self.known.get(take.key) or self._standing.found(take.key)
        if kept is None or isinstance(kept, Kept):
            return kept and Kept(kept.count, partial(self._taken_up, take, kept))
        return Kept(len(kept.leaves), partial(self._anew, take, kept))

    def set(self, number: int, first: int) -> Part:
        """Lay a section out."""
        part = set_take(self.frame, self.take(number, first), self.case)
        self._standing.keep(part)
        return part

    def received(self, take: Take, sent: Sent) -> Part:
        """Return the section that another process has sent."""
        part = self._standing.taken_in(*sent, printing_of(self.frame, self.margins).kind)
        return self._anew(take, part)

    def _taken_up(self, take: Take, kept: Kept) -> Part | None:
        part = kept.part()
        return part and self._anew(take, part)

    def _anew(self, take: Take, part: Part) -> Part:
        """Return a section that knows how it is laid out anew, where that may be asked of it."""
        if not part.document:
            part.again = partial(set_take, self.frame, take, self.case)
        return part


class Numbers(Bodies):
    """The folios of sections that have their places; `parts` are those, one by one."""

    margins: Margins = "folios"

    def __init__(
        self,
        makings: Makings,
        paged: Paged,
        standing: StandingType,
        case: Case,
        parts: Sequence[Part],
    ) -> None:
        super().__init__(makings, paged, standing, case, {})
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
