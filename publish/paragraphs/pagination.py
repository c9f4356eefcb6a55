"""Paragraphs → the pages that suit them best as a whole. Pure: numbers in, numbers out.

In: blocks of lines, each with the ways in which it can be set (see `linebreak.lengths`) and the
notes that its lines call, and the lines that a page has. Out: which way each is set in, and where
each page then ends. A chapter is made up as Plass would make it up (M. F. Plass, “Optimal
Pagination Techniques for Automatic Typesetting Systems”, Stanford 1981): among all ways, that which
leaves no page short and breaks no page within a word for the least demerits. One paragraph set a
line longer, where it costs least, puts the pages right that come after it; a compositor who mends
each page as he meets it has only the paragraphs of that page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from publish.paragraphs.choices import Choice, Otherwise
from publish.paragraphs.flow import (
    LEAST_TEXT,
    OVER,
    WIDOW,
    Floated,
    Flow,
    MakeUp,
    Setting,
    Turn,
)

ORPHANS = WIDOWS = 2
"""The least lines of a paragraph at the foot of a page, and at the head of the next."""
_FEW = 1e7
"""Of each line that the last page of a chapter has too few."""
_LEAST = 4
"""The lines with which a chapter may end on a page of its own."""
_KEPT = 48
"""Ways at the most that are followed from one paragraph to the next."""
_HAIR = 0.02


@dataclass(frozen=True, slots=True)
class _Node:
    """A block in its place: the page it ends on, from 0, its lines so far, its notes.

    `taken` are the lines that pictures take of that page, `waiting` those that come after it.
    """

    cost: float
    page: int
    used: float
    noted: float
    taken: float
    waiting: tuple[Floated, ...]
    chosen: int
    turns: tuple[Turn, ...]
    before: _Node | None


def made_up(flow: Flow) -> MakeUp:
    """Return how blocks are best made up into pages."""
    nodes = [_Node(0.0, 0, flow.used, flow.noted, 0.0, (), 0, (), None)]
    for index, block in enumerate(flow.blocks):
        best: dict[tuple[int, float, float, float, int], _Node] = {}
        for node in nodes:
            for chosen in range(len(block.settings)):
                new = _placed(node, index, chosen, flow)
                key = new.page, new.used, new.noted, new.taken, len(new.waiting)
                if key not in best or new.cost < best[key].cost:
                    best[key] = new
        nodes = sorted(best.values(), key=attrgetter("cost"))[:_KEPT]

    def ending(node: _Node) -> float:
        return _FEW * _too_few(node) if flow.ends else 0.0

    return _traced(min(nodes, key=lambda node: node.cost + ending(node)), flow.ends)


def choice_of(flow: Flow, made: MakeUp, number: int, page: int) -> Choice | None:
    """Return why a block is not set as suits it best; None where it is.

    It is compared with the same pages, all other blocks as they were chosen. `page` is the first.
    """
    settings, chosen = flow.blocks[number].settings, made.chosen[number]
    best = min(range(len(settings)), key=lambda one: settings[one].cost)
    if chosen == best:
        return None
    fixed = [
        replace(block, settings=(block.settings[best if at == number else made.chosen[at]],))
        for at, block in enumerate(flow.blocks)
    ]
    other = made_up(replace(flow, blocks=tuple(fixed)))
    worse = [
        Otherwise(page + at, turn.short, turn.divided)
        for at, turn in enumerate(other.turns)
        if _is_worse(turn, made.turns[at : at + 1])
    ]
    if other.few and other.few != made.few:
        worse.append(Otherwise(page + len(other.turns), few=other.few))
    cost = settings[chosen].cost - settings[best].cost
    return Choice(int(settings[chosen].lines), int(settings[best].lines), cost, tuple(worse))


def _is_worse(turn: Turn, than: Sequence[Turn]) -> bool:
    """Tell whether a page ends worse than the one in its place, or is one too many."""
    short, divided = (than[0].short, than[0].divided) if than else (0, False)
    return turn.short > short or (turn.divided and not divided)


def _placed(node: _Node, index: int, chosen: int, flow: Flow) -> _Node:
    """Return a block put after another, over as many pages as it takes."""
    block = flow.blocks[index]
    setting = block.settings[chosen]
    cost, page, used, noted = node.cost + setting.cost, node.page, node.used, node.noted
    taken, waiting = node.taken, node.waiting + block.floats
    turns: list[Turn] = []
    done, top = 0, block.top(used)
    if block.begun and setting.lines < WIDOWS:
        cost += WIDOW
    while True:
        held = _held(setting, done, top + taken, flow, page, noted)
        if held >= setting.lines - done:
            break
        fits = 0 if block.whole else _taken(math.floor(held), setting.lines - done, not done)
        if not fits and not used:
            fits = max(math.floor(held), 1)  # No page holds it: it is parted all the same.
        below = noted + setting.height_of_notes(done, done + fits)
        foot = top + fits if fits else math.ceil(used - OVER)
        done += fits
        short = math.floor(flow.room(page, below) - taken - foot + _HAIR)
        turn = Turn(index, done, short, bool(fits) and done in setting.divided)
        cost += flow.cost(turn, page)
        turns.append(turn)
        page, used, noted = page + 1, 0, 0.0
        taken, waiting = _floated(waiting, flow.depth(page))
        top = 0 if fits else block.head
    noted = round(noted + setting.height_of_notes(done, setting.lines), 3)
    used = round(top + setting.lines - done, 3)
    way = chosen, tuple(turns), node
    return _Node(cost, page, used, noted, taken, waiting, *way)


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


def _too_few(node: _Node) -> float:
    return max(_LEAST - node.used, 0) if node.page else 0


def _traced(end: _Node, ends: bool) -> MakeUp:
    """Return the way that leads to an end."""
    chosen: list[int] = []
    turns: list[Turn] = []
    node = end
    while node.before is not None:
        chosen.append(node.chosen)
        turns[:0] = node.turns
        node = node.before
    few = int(end.used) if ends and _too_few(end) else 0
    return MakeUp(tuple(reversed(chosen)), tuple(turns), end.cost, few)
