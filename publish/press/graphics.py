"""The graphics state of content, but for its colours (ISO 32000-1, 8.4 and 9.3).

In: operators that change it, and graphics states that resources name. Out: a `Graphics`, in pt. Who
reads content adds to it what colours are to him.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pikepdf import Matrix

from publish.press.letters import Widths

_BLANK = 32


@dataclass(slots=True)
class Graphics:
    """What holds of the mark that is made next.

    `line` is where the line of text begins, `along` how far text has been shown on it, `apart` what
    stands between two letters, `blank` what a blank has more (in units of text), `stretch` by how
    much letters are widened, `rise` how far they stand above the line. `font` is the font itself,
    `named` what the content calls it.
    """

    ctm: Matrix = field(default_factory=Matrix)
    width: float = 1.0
    cap: int = 0
    dashed: bool = False
    font: Any = None
    named: Any = None
    size: float = 0.0
    leading: float = 0.0
    mode: int = 0
    line: Matrix = field(default_factory=Matrix)
    along: float = 0.0
    apart: float = 0.0
    blank: float = 0.0
    stretch: float = 1.0
    rise: float = 0.0
    over_fill: bool = False
    over_stroke: bool = False
    over_mode: int = 0

    @property
    def wide(self) -> float:
        """Return how wide a line is on the page."""
        return self.width * scale(self.ctm)

    @property
    def height(self) -> float:
        """Return how large type is on the page."""
        return abs(self.size) * scale(self.line @ self.ctm)

    @property
    def lifted(self) -> Matrix:
        """Return the space in which text is shown, from where its line begins (9.4.4)."""
        return Matrix(1, 0, 0, 1, 0, self.rise) @ self.line @ self.ctm

    def place(self, name: str, numbers: Sequence[float]) -> None:
        """Place the text that comes next (9.4.2)."""
        if name == "TL":
            (self.leading,) = numbers
            return
        self.along = 0.0
        if name == "BT":
            self.line = Matrix()
        elif name == "Tm":
            self.line = matrix_of(numbers)
        else:
            across, along = (0.0, -self.leading) if name == "T*" else numbers
            if name == "TD":
                self.leading = -along
            self.line = Matrix(1, 0, 0, 1, across, along) @ self.line

    def space(self, name: str, number: float) -> None:
        """Set how letters stand to each other and to their line (9.3.2 to 9.3.4, 9.3.7)."""
        if name == "Tz":
            self.stretch = number / 100
        elif name == "Ts":
            self.rise = number
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
        self.width = float(given.get("/LW", self.width))
        self.cap = int(given.get("/LC", self.cap))
        if "/Font" in given:
            self.font, self.size = given.Font[0], float(given.Font[1])


def matrix_of(numbers: Any) -> Matrix:
    """Return a matrix of its six numbers (8.3.4); raises ValueError for fewer or more."""
    a, b, c, d, e, f = (float(one) for one in numbers)
    return Matrix(a, b, c, d, e, f)


def scale(matrix: Matrix) -> float:
    """Return by how much a matrix enlarges."""
    return float(abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5)
