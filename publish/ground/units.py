"""The units of length, each by the others: millimetres, points of a PDF, pixels of CSS.

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
