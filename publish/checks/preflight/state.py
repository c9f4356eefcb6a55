"""The graphics state of content with its colours, clips and masks (ISO 32000-1, 8.4).

In: graphics states that resources name. Out: a `State`, in pt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary

from publish.checks.preflight.marks import BLACK, Clip, Paint, Soft
from publish.press.boxes import EVERYWHERE, Box
from publish.press.graphics import Graphics
from publish.press.spaces import Space, read_space


@dataclass(slots=True)
class State(Graphics):
    """What holds of the mark that is made next."""

    clip: Box = EVERYWHERE
    clips: tuple[Clip, ...] = ()
    soft: Soft | None = None
    fill: Paint = BLACK
    stroke: Paint = BLACK
    alpha_fill: float = 1.0
    alpha_stroke: float = 1.0
    blend: str = "/Normal"
    blends: Space | None = None
    layer: str = ""

    def take(self, given: Any) -> None:
        """Set what a graphics state of the resources gives (8.4.5)."""
        Graphics.take(self, given)
        self.alpha_stroke = float(given.get("/CA", self.alpha_stroke))
        self.alpha_fill = float(given.get("/ca", self.alpha_fill))
        if "/BM" in given:
            self.blend = str(given.BM[0] if isinstance(given.BM, Array) else given.BM)


def group_space(owner: Any, resources: Any) -> Space | None:
    """Return the colour space in which a transparency group blends; None for that around it."""
    group = owner.get("/Group")
    if not isinstance(group, Dictionary) or "/CS" not in group:
        return None
    return read_space(group.CS, resources)


def ground_of(mask: Any) -> float:
    """Return how dark it is around the group of a soft mask (BC): black, where it is not said."""
    said = [float(one) for one in mask.get("/BC", ())]
    if len(said) == 4:
        return min(1.0, said[3] + sum(said[:3]) / 3)
    return 1 - sum(said) / len(said) if said else 1.0
