"""The paints that content is filled and stroked with: colours, patterns and shadings (8.6, 8.7).

In: operators that set a colour, and what the resources have by a name. Out: `Paint`s. Sections are
those of ISO 32000-1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from pikepdf import Name

from publish.checks.preflight.marks import Paint, Unjudged
from publish.checks.preflight.shades import colours_of
from publish.press.operators import DIRECT
from publish.press.spaces import Space, read_space


class Paints(Struct, frozen=True):
    """Reads the paints of content; `find` looks in its resources, `fault` keeps what is wrong."""

    resources: Any
    find: Callable[[str, Any], Any]
    fault: Callable[[Exception], None]

    def coloured(self, before: Paint, name: str, operands: Sequence[Any]) -> Paint:
        """Return the paint that an operator sets; `name` is the one that sets it to fill with."""
        if name == "cs":
            space = read_space(operands[0], self.resources)
            return Paint(space, space.initial)
        numbers = tuple(float(one) for one in operands if not isinstance(one, Name))
        if name in DIRECT:
            return Paint(read_space(Name(DIRECT[name]), self.resources), numbers)
        if operands and isinstance(operands[-1], Name):
            return self._tiled(before, operands[-1], numbers)
        return Paint(before.space, numbers)

    def _tiled(self, before: Paint, name: Name, numbers: tuple[float, ...]) -> Paint:
        """Return the paint of a pattern: that of its shading, else a pattern of tiles (8.7)."""
        pattern = self.find("/Pattern", name)
        if pattern.get("/PatternType") == 2:
            return self.shaded(pattern.Shading)
        base = before.space.base if before.space.family == "/Pattern" else None
        return Paint(Space("/Pattern", 0, base=base, tiles=pattern), numbers)

    def shaded(self, shading: Any) -> Paint:
        """Return the paint of a shading: the one of its colours that has the most ink."""
        space = read_space(shading.get("/ColorSpace"), self.resources)
        light = space.process == "/DeviceGray" and not space.inks
        try:
            found = colours_of(shading, space.components)
        except Unjudged as error:
            self.fault(error)
            return Paint(space, ())
        values = max(found, key=lambda one: -sum(one) if light else sum(one))
        parts = zip(*found, strict=True)
        return Paint(space, values, tuple(min(one) if light else max(one) for one in parts))
