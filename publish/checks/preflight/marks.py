"""What a mark on a page is: a fill, a stroke, text, a picture or a shading, and how it is painted.

In: what `reader` meets. Out: `Mark`s and faults, those of a page together as `Painted`. Lengths are
points from the page's own origin.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import pikepdf
from msgspec import Struct

from publish.checks.preflight.layers import Layers
from publish.checks.preflight.lettering import Lettering
from publish.press.boxes import Box, Outline
from publish.press.letters import Widths, widths_of
from publish.press.spaces import GREY, Space

Kind = Literal["fill", "stroke", "text", "image", "shading"]


class Unjudged(Exception):
    """What nobody can tell the ink of; the text says why."""


class Paint(Struct, frozen=True):
    """A colour: its space and its components; without components where nobody can tell them.

    Of a shading `values` are the colour with the most ink, and `most` the most of each component.
    """

    space: Space
    values: tuple[float, ...]
    most: tuple[float, ...] = ()


class Region(Struct, frozen=True, eq=False):
    """A path that clips: its parts, and whether the even-odd rule tells their inside."""

    outline: Outline
    odd: bool


Clip = Region | Lettering
BLACK = Paint(GREY, (0.0,))
"""The colour that content begins with (8.6.5.2)."""


class Soft(Struct, frozen=True, eq=False):
    """A soft mask of the graphics state (11.6.5.2): the marks of its group.

    By their light, on a ground as dark as `ground` says (0 white, 1 black), or by where they are.
    """

    marks: tuple[Mark, ...]
    luminous: bool
    ground: float


class Mark(Struct, frozen=True):
    """One mark on a page: what it is, where it shows, how it is painted.

    `thickness` is the width of a line, or of the thinnest part of a filled shape; `size` that of
    type; `sides` those of a picture as it is placed. All in pt. `blends` is the colour space of the
    group that it is in (11.4.7), None where the group does not say. `outline` are the parts of the
    path, or the corners of a picture from its lower left one; none for what fills its box; `odd`
    where the even-odd rule tells their inside. `clips` are the shapes within which alone it shows,
    but for upright rectangles, which `box` knows, and `soft` is the mask that it shows through.
    `mode` is that of overprinting, `layer` the layer for which it is not printed.
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
    outline: Outline = ()
    odd: bool = False
    clips: tuple[Clip, ...] = ()
    soft: Soft | None = None
    mode: int = 0
    dashed: bool = False
    image: Any = None
    masked: bool = False
    layer: str = ""


@dataclass(slots=True)
class Painted:
    """The marks of a page; `faults` say what could not be followed, and `steps` how much was."""

    marks: list[Mark] = field(default_factory=list)
    beside: list[Mark] = field(default_factory=list)
    """What the annotations of the page look like, each in its own rectangle."""
    placed: list[Box] = field(default_factory=list)
    """The boxes of the forms that the page itself draws: on a sheet, those of its pages."""
    faults: list[str] = field(default_factory=list)
    steps: int = 0
    complaints: Callable[[], list[str]] = field(default=list, repr=False)
    """Returns what the parser of the file has to say, once."""
    scratch: pikepdf.Pdf = field(default_factory=pikepdf.Pdf.new, repr=False)
    """Holds the pictures that stand within content."""
    fonts: dict[tuple[int, int], Widths] = field(default_factory=dict, repr=False)
    """The widths of the fonts that were met."""
    layers: Layers = field(default_factory=Layers, repr=False)

    def widths(self, font: Any) -> Widths:
        """Return the widths of a font's glyphs."""
        key = font.objgen if isinstance(font, pikepdf.Object) else (0, 0)
        if key == (0, 0):
            return widths_of(font)
        if key not in self.fonts:
            self.fonts[key] = widths_of(font)
        return self.fonts[key]

    def fault(self, error: Exception | str, operator: str = "") -> None:
        """Keep what went wrong, each once; while which operator was followed, if any was."""
        shown = "".join(one if one.isascii() and one.isprintable() else "?" for one in operator)
        said = f"the operator {shown}: {reason_of(error)}" if operator else reason_of(error)
        if said not in self.faults:
            self.faults.append(said)


def reason_of(error: Exception | str) -> str:
    """Return why something could not be read, in one line."""
    said = " ".join(str(error).split())
    if isinstance(error, str | Unjudged | pikepdf.PdfError):
        return said
    return f"an object of it is not what the standard says ({type(error).__name__}: {said})"
