"""How the sections of an edition become PDF: as the engine writes them, or in the inks of a press.

In: a `Part` that was laid out. Out: the part `Written`, and what there is to say of that. Whatever
can be made ready of a section by itself is made ready here, so that it is done once for as long as
the section stands, and for several side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from publish.ground.problems import Problem
from publish.press.inks import Inks

if TYPE_CHECKING:
    from publish.engine.parts import Part, Variant, Written


class Printing(Struct, frozen=True):
    """What the PDF of an edition is to be, and the inks that it is set in, if it is."""

    variant: Variant = ""
    inks: Inks | None = None

    @property
    def kind(self) -> str:
        """Return what tells it from other ways to write the same part."""
        return f"{self.variant} {self.inks.mark}" if self.inks else self.variant

    @property
    def plain(self) -> Printing:
        """Return how what is no part of the text, and so not tagged, is written beside it."""
        return replace(self, variant="")

    def write(self, part: Part) -> list[Problem]:
        """Write a part, if it is not yet; return what the engine had to say of that."""
        from publish.engine.layout import write

        if self.kind in part.written:
            return []
        said = write(part, self.variant)
        if self.inks:
            part.written[self.kind] = _inked(part.written.pop(self.variant), self.inks)
        return said

    def of(self, part: Part) -> Written:
        """Return a part as it was written."""
        return part.written[self.kind]


def _inked(written: Written, inks: Inks) -> Written:
    from publish.press.inking import in_inks

    data, left = in_inks(written.data, inks)
    return replace(written, data=data, left=left)
