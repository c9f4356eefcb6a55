"""One block after another put where it fits, on the ways that cost least. Pure.

In: a `Flow`, and what it costs to end it with a block. Out: that last block in its place (`Placed`)
and, by it, those before it: the cheapest of all ways but for those that were not followed on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from publish.paragraphs.columns import depth_of, headed
from publish.paragraphs.flow import (
    ALONE,
    LEAST_TEXT,
    OVER,
    WIDOW,
    Block,
    Floated,
    Flow,
    Setting,
    Turn,
)

ORPHANS = WIDOWS = 2
"""The least lines of a paragraph at the foot of a page, and at the head of the next."""
_KEPT = 48
"""Ways at the most that are followed from one paragraph to the next."""
_DEPTHS = 0, -1, 1
"""Lines by which the columns of a page may all be deeper than it seems best."""
_HAIR = 0.02


class Placed(Struct, frozen=True):
    """A block in its place: the page (or column) it ends on, from 0, its lines so far, its notes.

    `taken` are the lines that pictures take of that page, `waiting` those that come after it.
    `deep` are the lines that each column of it has, `held` the pictures that the next one begins
    with. Columns of it have cost so much `since` it began, which is nothing to a chapter that ends
    on it; of the page before so many lines were left `free`.
    """

    cost: float
    page: int
    used: float
    noted: float
    taken: float
    waiting: tuple[Floated, ...]
    chosen: int
    turns: tuple[Turn, ...]
    before: Placed | None
    deep: int = 0
    held: tuple[Block, ...] = ()
    since: float = 0.0
    free: int = 0


def filled(flow: Flow, ending: Callable[[Placed], float]) -> Placed:
    """Return the last block in its place, on the way that costs least."""
    deep = depth_of(flow, 0, 0.0, flow.noted, 0, 0, 0)
    nodes = [
        Placed(0.0, 0, flow.used, flow.noted, 0.0, (), 0, (), None, deep + more)
        for more in (_DEPTHS[:2] if flow.columns > 1 and not flow.level else (0,))
    ]
    for index, block in enumerate(flow.blocks):
        best: dict[tuple[float, ...], Placed] = {}
        for node in nodes:
            for chosen in range(len(block.settings)):
                for new in _ways(node, index, chosen, flow):
                    waits = len(new.waiting), len(new.held)
                    key = (new.page, new.used, new.noted, new.taken, new.deep, new.free, *waits)
                    if key not in best or new.cost < best[key].cost:
                        best[key] = new
        nodes = sorted(best.values(), key=attrgetter("cost"))[:_KEPT]
    return min(nodes, key=lambda node: node.cost + ending(node))


def _ways(node: Placed, index: int, chosen: int, flow: Flow) -> Iterator[Placed]:
    """Yield the ways to put a block after another: columns of a page may all be less deep."""
    new = _placed(node, index, chosen, flow)
    yield new
    if flow.columns > 1 and new.page // flow.columns > node.page // flow.columns:
        for more in _DEPTHS[1:]:
            # Without notes they are as deep as can be.
            if more < 0 or new.deep < flow.depth(new.page) - new.taken:
                yield _placed(node, index, chosen, flow, more)


def _placed(node: Placed, index: int, chosen: int, flow: Flow, more: int = 0) -> Placed:
    """Return a block put after another, over as many pages as it takes.

    The columns of the pages that it goes on to are so many lines deeper than it seems best.
    """
    block = flow.blocks[index]
    setting = block.settings[chosen]
    cost, page, used, noted = node.cost + setting.cost, node.page, node.used, node.noted
    taken, waiting, deep, held = node.taken, node.waiting + block.floats, node.deep, node.held
    turns: list[Turn] = []
    gone = bool(held and index and flow.blocks[index - 1].waits)
    done, top = 0, block.top(used, gone)
    if block.begun and setting.lines < WIDOWS:
        cost += WIDOW
    may_wait = block.waits and used and index + 1 < len(flow.blocks)
    if may_wait and (held or waiting or deep < top + setting.lines + block.below):
        held = (*held, block)
        return replace(
            node, cost=cost, waiting=waiting, chosen=chosen, turns=(), before=node, held=held
        )
    since, free = node.since, node.free
    while True:
        if flow.columns > 1:
            fill = deep - top + (0.0 if block.whole else _HAIR)
        else:
            fill = _held(setting, done, top + taken, flow, page, noted)
        lines = setting.lines + (0.0 if used else block.more)
        if fill >= lines - done + block.below:
            break
        fits = 0 if block.whole else _taken(math.floor(fill), setting.lines - done, not done)
        if not fits and not used:
            fits = max(math.floor(fill), 1)  # No page holds it: it is parted all the same.
            cost += WIDOW * flow.level
        if flow.kept and not (fits or index or page):
            cost += ALONE
        below = noted + setting.height_of_notes(done, done + fits)
        foot = top + fits if fits else math.ceil(used - OVER)
        done += fits
        room = deep if flow.columns > 1 else flow.room(page, below) - taken
        turn = Turn(
            index, done, math.floor(room - foot + _HAIR), bool(fits) and done in setting.divided
        )
        cost, since = cost + flow.cost(turn, page), since + flow.cost(turn, page)
        turns.append(turn)
        page, used, noted = page + 1, 0.0, below
        if not page % flow.columns:
            if flow.columns > 1:
                left = math.floor(flow.room(page - 1, noted) - taken - deep + _HAIR)
                cost += flow.left(page // flow.columns - 1, left, free)
                free = left
            taken, waiting = _floated(waiting, flow.depth(page))
            deep = depth_of(flow, page, taken, 0.0, index, chosen, done) + more
            since = noted = 0.0
        if held and not waiting:
            used, held = headed(held, deep)
        top = math.ceil(used - OVER) + (0 if fits else block.head)
    noted = round(noted + setting.height_of_notes(done, setting.lines), 3)
    used = round(top + lines - done, 3)
    way = chosen, tuple(turns), node, deep, held, since, free
    return Placed(cost, page, used, noted, taken, waiting, *way)


def _floated(waiting: tuple[Floated, ...], depth: int) -> tuple[float, tuple[Floated, ...]]:
    """Return the lines that pictures take of a page, and those that wait for the next.

    The first of them has its place, more where some text has room beside them.
    """
    heads = feet = 0.0
    for number, one in enumerate(waiting):
        if number and one.height > depth - heads - feet - LEAST_TEXT:
            return math.ceil(heads - _HAIR) + feet, waiting[number:]
        heads, feet = heads + one.height * one.head, feet + one.height * (not one.head)
    return math.ceil(heads - _HAIR) + feet, ()


def _held(setting: Setting, done: int, top: float, flow: Flow, page: int, noted: float) -> float:
    """Return how many lines, after those that are `done`, a page has room for below its `top`.

    No line for whose notes it has none.
    """
    held = flow.room(page, noted) - top + _HAIR
    for line, height in setting.notes:
        if line > done:
            noted += height
            room = flow.room(page, noted) - top + _HAIR
            if room < line - done:
                return min(held, line - done - 1)
            held = room
    return held


def _taken(room: int, lines: float, first: bool) -> int:
    """Return how many of a paragraph's lines the foot of a page takes."""
    taken = min(room, int(lines) - WIDOWS)
    return taken if taken >= (ORPHANS if first else 1) else 0
