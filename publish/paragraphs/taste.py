"""What is held against a line of a paragraph, and how much: plain numbers."""

from __future__ import annotations

import math

from msgspec import Struct

FORBIDDING = 1e9
"""Demerits from which on what they are held against is not set, where there is another way."""


class Taste(Struct, frozen=True):
    """What is held against a line, and how much; lengths in px, ratios of the stretch there is.

    `expansion` is the share by which letters may be made wider or narrower; `rag` what the end of
    each line may stay away from the margin at a ratio of 1 (0 for justified lines); `runt` the
    least width of a last line. The rest are TeX’s, and named as there.
    """

    tolerance: float = 1.5
    expansion: float = 0.0
    rag: float = 0.0
    runt: float = 0.0
    line: float = 10.0
    double: float = 10_000.0
    ladder: float = 1e12
    final: float = 1e7
    unlike: float = 10_000.0
    short: float = 1e9

    @property
    def bound(self) -> float:
        """Return the cost from which on a paragraph has what is forbidden in it: a ladder."""
        return self.ladder if self.ladder >= FORBIDDING else math.inf

    @property
    def bound_of_lengths(self) -> float:
        """Return the same for a paragraph set in fewer lines, or more: without a runt either."""
        return min(self.bound, self.short if self.short >= FORBIDDING else math.inf)
