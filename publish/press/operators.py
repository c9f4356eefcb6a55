"""The operators of content streams by what they do (ISO 32000-1, annex A). Tables alone.

Who reads content, sets it in inks or parts it into plates asks here, so that all know the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DIRECT: Mapping[str, str] = MappingProxyType(
    {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
)
"""Those that set a colour together with its space, to fill with; upper case: to stroke with."""
COLOURING = frozenset((*DIRECT, "cs", "sc", "scn"))
"""All that set a colour or its space, to fill with; upper case: to stroke with."""
PAINTING: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "f": ("f", ""), "F": ("f", ""), "f*": ("f*", ""), "S": ("", "S"), "s": ("", "s"),
        "B": ("f", "S"), "B*": ("f*", "S"), "b": ("f", "s"), "b*": ("f*", "s"), "n": ("", ""),
    }
)  # fmt: skip
"""Those that paint a path: what is left of each if only the fill, or only the stroke, is."""
TRACING = frozenset(("m", "l", "c", "v", "y", "re"))
SHOWING = frozenset(("Tj", "TJ", "'", '"'))
NEXT_LINE = frozenset(("'", '"'))
"""Those that go to the next line before they show text."""
MOVING = frozenset(("BT", "Tm", "Td", "TD", "T*", "TL"))
"""Those that place the text that is shown next (9.4.2)."""
KNOWN = frozenset(
    (
        *COLOURING, *(one.upper() for one in COLOURING), "SCN", *PAINTING, *TRACING, *SHOWING,
        *MOVING, "ET", "Tf", "Tr", "Ts", "Tc", "Tw", "Tz", "q", "Q", "cm", "w", "J", "j", "M", "d",
        "ri", "i", "gs", "h", "W", "W*", "sh", "Do", "d0", "d1", "MP", "DP", "BMC", "BDC", "EMC",
        "BX", "EX",
    )
)  # fmt: skip
"""All that there are but pictures within content."""
SPACING = frozenset(("Tc", "Tw", "Tz", "Ts"))
"""Those that say how letters stand to each other and to their line (9.3)."""


EVEN_ODD = frozenset(("f*", "W*"))
"""Those that tell the inside of a path by the even-odd rule (8.5.3.3.3)."""


def fills(mode: int) -> bool:
    """Tell whether a text rendering mode (9.3.6) fills letters."""
    return mode & 3 in (0, 2)


def strokes(mode: int) -> bool:
    """Tell whether a text rendering mode strokes letters."""
    return mode & 3 in (1, 2)


def clips(mode: int) -> bool:
    """Tell whether a text rendering mode clips what follows by its letters."""
    return mode > 3
