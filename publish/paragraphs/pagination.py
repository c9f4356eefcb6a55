"""Paragraphs → the pages that suit them best as a whole. Pure: numbers in, numbers out.

In: blocks of lines, each with the ways in which it can be set (see `linebreak.lengths`) and the
notes that its lines call, and the lines that a page has. Out: which way each is set in, and where
each page then ends. A chapter is
made up as Plass would make it up (M. F. Plass, “Optimal Pagination Techniques for Automatic
Typesetting Systems”, Stanford 1981): among all ways, that which leaves no page short and breaks no
page within a word for the least demerits. One paragraph set a line longer, where it costs least,
puts the pages right that come after it; a compositor who mends each page as he meets it has only
the paragraphs of that page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import NamedTuple

from publish.paragraphs.choices import Choice, Otherwise

ORPHANS = WIDOWS = 2
"""The least lines of a paragraph at the foot of a page, and at the head of the next."""
_SHORT = 1e10
"""Demerits of each line that a page ends short."""
_HOLE = 3
"""Lines that a page is short of where it is seen at once: still more of them make it no worse.

Else all paragraphs before a picture would be stretched to have the hole above it a line smaller.
"""
_LEAF = 1e9
"""Of a leaf that is turned within a word."""
DIVIDED = 1e8
"""Of a page that ends within a word, with the next one beside it."""
_FEW = 1e7
"""Of each line that the last page of a chapter has too few."""
_LEAST = 4
"""The lines with which a chapter may end on a page of its own."""
_KEPT = 48
"""Ways at the most that are followed from one paragraph to the next."""
OVER = 0.15
"""A line may begin so much of a line higher than what is above it ends, to stand on the grid."""
LEAST_TEXT = 5
"""Lines of text that stand on a page with pictures at the least."""
_HAIR = 0.02


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph set in so many lines, and what it costs; `divided` lines end in a hyphen.

    `notes` are those that it calls: the line that does, from 1, and the height of each in lines.
    What is no text may be of parts of a line.
    """

    lines: float
    cost: float
    divided: frozenset[int] = frozenset()
    notes: tuple[tuple[int, float], ...] = ()

    def height_of_notes(self, after: float, upto: float) -> float:
        """Return how high the notes are that are called after a line, and up to another."""
        return sum(height for line, height in self.notes if after < line <= upto)


class Floated(NamedTuple):
    """A picture that floats to the head or the foot of a page: its height in lines."""

    height: float
    head: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What stands as one in the flow: a paragraph, with the headings that are kept with it.

    `lead` is the white above it, in lines, which falls away at the head of a page; `head` the lines
    of its headings. Where `whole` it is never parted, where `begun` it goes on from the
    page before. What is `loose` stands where what is above it ends, and not on a line of the grid.
    `floats` are pictures between it and the block before, which stand on the page after that one.
    """

    settings: tuple[Setting, ...]
    lead: float = 0
    head: int = 0
    whole: bool = False
    begun: bool = False
    loose: bool = False
    floats: tuple[Floated, ...] = ()

    def top(self, used: float) -> float:
        """Return where it begins on a page that has so many lines: below its headings."""
        if not used:
            return self.head
        top = used + self.lead
        return (top if self.loose else math.ceil(top - OVER)) + self.head


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a page ends: after so many `lines` of a block (0: before it), `short` of its foot.

    `divided` where that is within a word.
    """

    block: int
    lines: int
    short: int
    divided: bool = False


@dataclass(frozen=True, slots=True)
class MakeUp:
    """The setting that is chosen for each block, where pages end, and what it costs in all.

    `few` are the lines with which a chapter ends on a page, where they are too few.
    """

    chosen: tuple[int, ...]
    turns: tuple[Turn, ...]
    demerits: float
    few: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """What is made up: blocks, and the pages that they go to.

    `depths` are the lines that each page has, the last one of all that follow; the first of them
    has `used` lines above the blocks, notes as high as `noted` that are not theirs, and is a
    `recto` or not. Above its notes a page has white and a `rule`, in lines. Where the chapter
    `ends` with the blocks, its last page may be short, but not all but empty.
    """

    blocks: tuple[Block, ...]
    depths: tuple[int, ...]
    used: int
    recto: bool
    ends: bool
    rule: float = 0.0
    noted: float = 0.0

    def depth(self, page: int) -> int:
        """Return the lines that a page has."""
        return self.depths[min(page, len(self.depths) - 1)]

    def room(self, page: int, noted: float) -> float:
        """Return the lines that a page has above its notes."""
        return self.depth(page) - (self.rule + noted if noted else 0.0)

    def cost(self, turn: Turn, page: int) -> float:
        """Return what it costs to end a page so."""
        leaf = self.recto == (page % 2 == 0)
        within = (_LEAF if leaf else DIVIDED) if turn.divided else 0.0
        return _SHORT * min(max(turn.short, 0), _HOLE) + within


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
        cost += _SHORT
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
