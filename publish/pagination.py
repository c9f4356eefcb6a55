"""Paragraphs → the pages that suit them best as a whole. Pure: numbers in, numbers out.

In: blocks of lines, each with the ways in which it can be set (see `linebreak.lengths`), and the
lines that a page has. Out: which way each is set in, and where each page then ends. A chapter is
made up as Plass would make it up (M. F. Plass, “Optimal Pagination Techniques for Automatic
Typesetting Systems”, Stanford 1981): among all ways, that which leaves no page short and breaks no
page within a word for the least demerits. One paragraph set a line longer, where it costs least,
puts the pages right that come after it; a compositor who mends each page as he meets it has only
the paragraphs of that page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from publish.choices import Choice, Otherwise

ORPHANS = WIDOWS = 2
"""The least lines of a paragraph at the foot of a page, and at the head of the next."""
_SHORT = 1e10
"""Demerits of each line that a page ends short."""
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


@dataclass(frozen=True, slots=True)
class Setting:
    """A paragraph set in so many lines, and what it costs; `divided` lines end in a hyphen."""

    lines: int
    cost: float
    divided: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """What stands as one in the flow: a paragraph, with the headings that are kept with it.

    `lead` is the white above it, in lines, which falls away at the head of a page; `head` the lines
    of its headings. Where `whole` it is never parted, where `begun` it goes on from the
    page before.
    """

    settings: tuple[Setting, ...]
    lead: int = 0
    head: int = 0
    whole: bool = False
    begun: bool = False


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
    has `used` lines above the blocks and is a `recto` or not. Where the chapter `ends` with them,
    its last page may be short, but not all but empty.
    """

    blocks: tuple[Block, ...]
    depths: tuple[int, ...]
    used: int
    recto: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class _Node:
    """A block in its place: the page it ends on, from 0, and the lines that page then has."""

    cost: float
    page: int
    used: int
    chosen: int
    turns: tuple[Turn, ...]
    before: _Node | None


def made_up(flow: Flow) -> MakeUp:
    """Return how blocks are best made up into pages."""
    nodes = [_Node(0.0, 0, flow.used, 0, (), None)]
    for index, block in enumerate(flow.blocks):
        best: dict[tuple[int, int], _Node] = {}
        for node in nodes:
            for chosen in range(len(block.settings)):
                new = _placed(node, index, block, chosen, flow.depths, flow.recto)
                key = new.page, new.used
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
    return Choice(settings[chosen].lines, settings[best].lines, cost, tuple(worse))


def _is_worse(turn: Turn, than: Sequence[Turn]) -> bool:
    """Tell whether a page ends worse than the one in its place, or is one too many."""
    short, divided = (than[0].short, than[0].divided) if than else (0, False)
    return turn.short > short or (turn.divided and not divided)


def _placed(
    node: _Node, index: int, block: Block, chosen: int, depths: Sequence[int], recto: bool
) -> _Node:
    """Return a block put after another, over as many pages as it takes."""
    setting = block.settings[chosen]
    cost, page, used, left = node.cost + setting.cost, node.page, node.used, setting.lines
    turns: list[Turn] = []
    top = used + block.lead + block.head if used else block.head
    if block.begun and left < WIDOWS:
        cost += _SHORT
    while left > (room := depths[min(page, len(depths) - 1)] - top):
        first = left == setting.lines
        taken = 0 if block.whole else _taken(room, left, first)
        if not taken and not used:
            taken = max(room, 1)  # No page holds it: it is parted all the same.
        short = room - taken if taken else depths[min(page, len(depths) - 1)] - used
        done = setting.lines - left + taken
        divided = bool(taken) and done in setting.divided
        cost += _SHORT * max(short, 0)
        if divided:
            cost += _LEAF if recto == (page % 2 == 0) else DIVIDED
        turns.append(Turn(index, done, short, divided))
        left, page, used = left - taken, page + 1, 0
        top = 0 if taken else block.head
    return _Node(cost, page, top + left, chosen, tuple(turns), node)


def _taken(room: int, lines: int, first: bool) -> int:
    """Return how many of a paragraph's lines the foot of a page takes."""
    taken = min(room, lines - WIDOWS)
    return taken if taken >= (ORPHANS if first else 1) else 0


def _too_few(node: _Node) -> int:
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
    few = end.used if ends and _too_few(end) else 0
    return MakeUp(tuple(reversed(chosen)), tuple(turns), end.cost, few)
