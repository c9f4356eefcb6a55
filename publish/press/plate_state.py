"""What of the graphics state decides how a mark prints on a plate (ISO 32000-1, 8.4 and 8.6.7).

In: colours as the plate has them, and graphics states that resources name. Out: whether a mark
changes the plate: one that prints there, and one that knocks out what is below it.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct

from publish.press.graphics import Graphics
from publish.press.spaces import GREY, Space

OVERPRINTING = ("/OP", "/op", "/OPM")
"""Keys of a graphics state that are settled when a plate is made."""


class Paint(Struct, frozen=True):
    """What a colour does on the plate.

    `named` where its space has the ink, `direct` where it is CMYK that the content itself sets;
    `everywhere` is the colour of register marks.
    """

    tint: float
    named: bool
    direct: bool = False
    everywhere: bool = False


@dataclass(slots=True, kw_only=True)
class State(Graphics):
    """The state in which a mark is made; a form begins with that around it.

    `counts` where what prints makes the plate needed.
    """

    fill: Paint
    stroke: Paint
    fill_space: Space = GREY
    stroke_space: Space = GREY
    counts: bool = True

    @property
    def key(self) -> tuple[object, ...]:
        """Return what makes a form another one where it differs."""
        return (
            self.fill, self.stroke, self.fill_space, self.stroke_space,
            self.over_fill, self.over_stroke, self.over_mode, self.counts,
        )  # fmt: skip

    def marks(self, paint: Paint, over: bool) -> bool:
        """Tell whether a paint changes the plate at all."""
        kept = not paint.named or (paint.direct and self.over_mode == 1 and not paint.tint)
        return not (over and kept)
