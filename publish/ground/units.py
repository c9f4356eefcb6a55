"""Units: those of length by one another, millimetres, points of a PDF, pixels of CSS; of files.

The inch is what ties them together: 25.4 mm, 72 pt, 96 px (CSS Values 4, “Absolute lengths”).
"""

from __future__ import annotations

INCH = 25.4
"""Millimetres in an inch."""
POINT = INCH / 72
"""Millimetres in a point."""
MM = 72 / INCH
"""Points in a millimetre."""
PIXEL = INCH / 96
"""Millimetres in a pixel."""
PIXELS = 96 / INCH
"""Pixels in a millimetre."""
MB = 1_000_000
"""Bytes in a megabyte."""


def megabytes(size: float) -> str:
    """Return a number of bytes as a person reads it: “0.0024 MB”, “1,234 MB”."""
    told = size / MB
    return f"{told:,.0f} MB" if told >= 10 else f"{told:.2g} MB"
