"""What a mark on a page is: a fill, a stroke, text, a picture or a shading, and how it is painted.

Data alone; `reader` yields marks. Lengths are points from the page's own origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from publish.checks.preflight.boxes import Box
from publish.spaces import GREY, Space

Kind = Literal["fill", "stroke", "text", "image", "shading"]


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour: its space and its components; without components where nobody can tell them."""

    space: Space
    values: tuple[float, ...]


BLACK = Paint(GREY, (0.0,))
"""The colour that content begins with (8.6.5.2)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on a page: what it is, where it shows, how it is painted.

    `thickness` is the width of a line, or of the thinnest part of a filled shape; `size` that of
    type; `sides` those of a picture as it is placed. All in pt. `blends` is the colour space of the
    group that it is in (11.4.7), None where the group does not say.
    """

    kind: Kind
    box: Box
    paint: Paint
    over: bool
    alpha: float
    blend: str
    blends: Space | None = None
    thickness: float = 0.0
    size: float = 0.0
    sides: tuple[float, float] = (0.0, 0.0)
    image: Any = None
    masked: bool = False
