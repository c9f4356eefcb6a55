"""Rectangles on a page.

In: lengths in px. Out: whether one lies within another, or over it.
"""

from __future__ import annotations

from msgspec import Struct


class Rect(Struct, frozen=True):
    """A rectangle in px."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rect, hair: float = 0.0) -> bool:
        """Tell whether it shares room with another rectangle, of more than a hair in px."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > hair and min(self.bottom, other.bottom) - max(self.top, other.top) > hair

    def holds(self, other: Rect, hair: float = 0.0) -> bool:
        """Tell whether another rectangle lies within this one, but for a hair in px."""
        across = self.left - hair <= other.left and other.right <= self.right + hair
        return across and self.top - hair <= other.top and other.bottom <= self.bottom + hair
