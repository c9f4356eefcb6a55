"""`[limits]` of `book.toml`: what a manuscript may hold, and what setting it may take.

In: a value of each key. Out: `LimitSettings`. No honest book comes near the defaults; what does was
made to do harm, or is not what it was taken for. They keep a build from taking all of a machine.
"""

from __future__ import annotations

from dataclasses import dataclass

from publish.ground.guard import MOST_MEMORY, MOST_SECONDS
from publish.settings.schema import number, setting, whole

MOST_NESTED = 16
"""markdown-it drops what stands 20 levels deep; a list takes two levels."""
MOST_PIXELS = 90
"""Million. A page of A2 at 400 to the inch has fewer; a file of a few kilobytes can hold more."""


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """How much there may be of what."""

    files: int = setting(whole(1, 1_000_000), "files in the folder", 10_000)
    size: float = setting(number(0.001, 1_000_000), "MB of all files together", 4_000.0)
    text: float = setting(number(0.001, 10_000), "MB of all texts together", 50.0)
    picture: float = setting(number(0.001, 100_000), "MB of a picture's file", 200.0)
    pixels: int = setting(whole(1, 1_000), "million pixels of a picture", MOST_PIXELS)
    nesting: int = setting(
        whole(2, MOST_NESTED), "levels of lists, quotes and containers", MOST_NESTED
    )
    cells: int = setting(whole(1, 1_000_000), "cells of a table", 50_000)
    paragraph: int = setting(whole(10, 10_000_000), "characters of a paragraph", 200_000)
    heading: int = setting(whole(10, 100_000), "characters of a heading, or of the title", 1_000)
    note: int = setting(whole(10, 10_000_000), "characters of a note", 100_000)
    seconds: int = setting(whole(1, 86_400), "processor seconds of a layout", MOST_SECONDS)
    memory: int = setting(whole(100, 1_000_000), "MB of memory of a layout", MOST_MEMORY)


USUAL = LimitSettings()
"""The limits of a book that sets none."""
