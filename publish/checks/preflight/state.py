"""The graphics state of content, as far as it decides how a mark prints (ISO 32000-1, 8.4).

In: operators that change it, and graphics states that resources name. Out: a `State`, in pt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pikepdf import Array, Dictionary, Matrix

from publish.checks.preflight.boxes import EVERYWHERE, Box, Outline
from publish.checks.preflight.letters import Widths
from publish.checks.preflight.marks import BLACK, Paint, Soft
from publish.press.spaces import Space, read_space

_BLANK = 32


@dataclass(slots=True)
class State:
    """What holds of the mark that is made next.

    `line` is where the line of text begins, `along` how far text has been shown on it, `apart` what
    stands between two letters, `blank` what a blank has more (in units of text), `stretch` by how
    much letters are widened.
    """

    ctm: Matrix = field(default_factory=Matrix)
    clip: Box = EVERYWHERE
    clips: tuple[Outline, ...] = ()
    soft: Soft | None = None
    fill: Paint = BLACK
    stroke: Paint = BLACK
    width: float = 1.0
    cap: int = 0
    dashed: bool = False
    font: Any = None
    size: float = 0.0
    leading: float = 0.0
    mode: int = 0
    line: Matrix = field(default_factory=Matrix)
    along: float = 0.0
    apart: float = 0.0
    blank: float = 0.0
    stretch: float = 1.0
    over_fill: bool = False
    over_stroke: bool = False
    over_mode: int = 0
    alpha_fill: float = 1.0
    alpha_stroke: float = 1.0
    blend: str = "/Normal"
    blends: Space | None = None

    @property
    def wide(self) -> float:
        """Return how wide a line is on the page."""
        return self.width * scale(self.ctm)

    def place(self, name: str, numbers: Sequence[float]) -> None:
        """Place the text that comes next (9.4.2)."""
        if name == "TL":
            (self.leading,) = numbers
            return
        self.along = 0.0
        if name == "BT":
            self.line = Matrix()
        elif name == "Tm":
            self.line = Matrix(*numbers)
        else:
            across, along = numbers if numbers else (0.0, -self.leading)
            if name == "TD":
                self.leading = -along
            self.line = Matrix(1, 0, 0, 1, across, along) @ self.line

    def space(self, name: str, number: float) -> None:
        """Set how letters stand to each other (9.3.2 to 9.3.4)."""
        if name == "Tz":
            self.stretch = number / 100
        elif name == "Tc":
            self.apart = number
        else:
            self.blank = number

    def show(self, shown: Sequence[Any], widths: Widths) -> tuple[float, float]:
        """Show strings and the shifts between them; return from where to where on the line."""
        start = self.along
        for one in shown:
            if isinstance(one, int | float | Decimal):
                self.along -= float(one) / 1000 * self.size * self.stretch
                continue
            for code, width in widths.of(one):
                blank = self.blank if widths.bytes == 1 and code == _BLANK else 0.0
                self.along += (width * self.size + self.apart + blank) * self.stretch
        return start, self.along

    def take(self, given: Any) -> None:
        """Set what a graphics state of the resources gives (8.4.5)."""
        if "/OP" in given:
            self.over_stroke = self.over_fill = bool(given.OP)
        if "/op" in given:
            self.over_fill = bool(given.op)
        self.over_mode = int(given.get("/OPM", self.over_mode))
        self.alpha_stroke = float(given.get("/CA", self.alpha_stroke))
        self.alpha_fill = float(given.get("/ca", self.alpha_fill))
        self.width = float(given.get("/LW", self.width))
        self.cap = int(given.get("/LC", self.cap))
        if "/Font" in given:
            self.font, self.size = given.Font[0], float(given.Font[1])
        if "/BM" in given:
            self.blend = str(given.BM[0] if isinstance(given.BM, Array) else given.BM)


def scale(matrix: Matrix) -> float:
    """Return by how much a matrix enlarges."""
    return float(abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5)


def group_space(owner: Any, resources: Any) -> Space | None:
    """Return the colour space in which a transparency group blends; None for that around it."""
    group = owner.get("/Group")
    if not isinstance(group, Dictionary) or "/CS" not in group:
        return None
    return read_space(group.CS, resources)
