"""Pages in columns: how deep their columns are, and what comes first in the next one. Pure.

All columns of a page are equally deep, however few of them call its notes: as deep as leaves room
for the notes that are called in them. As `pagination` comes to a page it knows with which line that
begins, and so about which notes it will have.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from publish.paragraphs.flow import Block, Flow

_HAIR = 0.02


def depth_of(
    flow: Flow, column: int, taken: float, noted: float, index: int, chosen: int, done: int
) -> int:
    """Return the lines that each column of a page has which begins with a block, in columns.

    Of the block so many lines are `done`; pictures have `taken` so many of the page, and notes that
    are none of the blocks' have `noted`. In one column, where lines are counted as they come, 0.
    """
    if flow.columns == 1:
        return 0
    full = flow.depth(column) - taken
    deep = math.floor(full - (flow.rule + noted if noted else 0.0) + _HAIR)
    for line, height in _calls(flow, index, chosen, done, flow.columns * deep):
        noted += height
        less = math.floor(full - flow.rule - noted + _HAIR)
        if line > flow.columns * less:
            # The line with the call has no room above its note.
            return max(min(deep, (line - 1) // flow.columns), 1)
        deep = less
    return max(deep, 1)


def _calls(
    flow: Flow, index: int, chosen: int, done: int, most: int
) -> Iterator[tuple[int, float]]:
    """Yield the notes that are called from a line on: in which line, from 1, and their heights."""
    above = flow.used if not index and not done else 0.0
    for number, block in enumerate(flow.blocks[index:], index):
        setting = block.settings[chosen if number == index else 0]
        begun = done if number == index else 0
        above = above if begun else block.top(above)
        for line, height in setting.notes:
            if line > begun:
                yield math.ceil(above + line - begun), height
        above += setting.lines - begun
        if above > most:
            return


def headed(held: tuple[Block, ...], deep: int) -> tuple[float, tuple[Block, ...]]:
    """Return the lines that pictures take at the head of a column, and those that wait on.

    The first of them has its place, more where there is room.
    """
    used = below = 0.0
    for number, one in enumerate(held):
        height, above = one.settings[0].lines, max(one.lead, below) if number else 0.0
        if number and used + above + height + one.below > deep:
            return used + below, held[number:]
        used, below = used + above + height, one.below
    return used + below, ()
