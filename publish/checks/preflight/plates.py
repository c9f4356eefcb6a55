"""On which plates a colour prints, and how dark (ISO 32000-1, 8.6).

In: a colour, or a picture. Out: tints by plate, from 0 to 1; grey pictures by plate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from publish.press.pixels import bands_of, indices_of
from publish.press.spaces import Space
from publish.settings.printing import PROCESS

_GREYS = ("/DeviceGray", "/CalGray")
SQUARE = 2.0
"""The pixels of a picture are taken together over squares of so many mm."""


def plates_of(space: Space, values: Sequence[float]) -> dict[str, float] | None:
    """Return the tints of a colour; None where one of screens, or of a profile, does not tell."""
    if space.family == "/Indexed" and space.base and values:
        size = space.base.components
        at = int(values[0]) * size
        levels = space.table[at : at + size]
        found = [level / 255 for level in levels] if len(levels) == size else ()
        return plates_of(space.base, found)
    if space.inks:
        pairs = zip(space.inks, values, strict=True) if values else ()
        return {ink: tint for ink, tint in pairs if ink != "None"}
    if space.family == "/DeviceCMYK" and len(values) == 4:
        return dict(zip(PROCESS, values, strict=True))
    if space.family in _GREYS and len(values) == 1:
        return {"Black": 1 - values[0]}
    return None


def bands_by_plate(image: Any, space: Space) -> dict[str, Any]:
    """Return a grey picture for each plate, 255 where it is darkest; none where no ink is told.

    So it is with colours of screens and of profiles. Raises `Unreadable` for pixels that cannot be
    read.
    """
    if space.family == "/Indexed":
        tints = [plates_of(space, (at,)) or {} for at in range(256)]
        numbers = indices_of(image)
        return {
            ink: numbers.point([round(255 * one.get(ink, 0.0)) for one in tints])
            for ink in {ink for one in tints for ink in one}
        }
    if space.family in _GREYS:
        (band,) = bands_of(image, 1)
        return {"Black": band.point([255 - level for level in range(256)])}
    inks = space.inks or (PROCESS if space.family == "/DeviceCMYK" else ())
    bands = zip(inks, bands_of(image, len(inks)), strict=True) if inks else ()
    return {ink: band for ink, band in bands if ink != "None"}
