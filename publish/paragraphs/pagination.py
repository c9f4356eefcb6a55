"""Paragraphs → the pages that suit them best as a whole. Pure: numbers in, numbers out.

In: blocks of lines, each with the ways in which it can be set (see `linebreak.lengths`) and the
notes that its lines call, and the lines that a page has. Out: which way each is set in, and where
each page then ends. A chapter is made up as Plass would make it up (M. F. Plass, “Optimal
Pagination Techniques for Automatic Typesetting Systems”, Stanford 1981): among all ways, that which
leaves no page short and breaks no page within a word for the least demerits. One paragraph set a
line longer, where it costs least, puts the pages right that come after it; a compositor who mends
each page as he meets it has only the paragraphs of that page. In columns each of them is what a
page is, but that the notes of a page shorten all of its columns alike (see `columns`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace

from publish.paragraphs.choices import Choice, Otherwise
from publish.paragraphs.filling import ORPHANS, WIDOWS, Placed, filled
from publish.paragraphs.flow import ALONE, PARTED, SHORT, Block, Flow, MakeUp, Setting, Turn

_FEW = 1e7
"""Of each line that the last page of a chapter has too few."""
_LEAST = 4
"""The lines with which a chapter may end on a page of its own."""
_UNLEVEL = 1e5
"""Of each line by which the last column of a chapter ends above the others."""
_BEGINNING = Turn(0, 0, 0)
_DEEPER = 2
"""Lines by which columns that end a chapter are made deeper to end better."""


def made_up(flow: Flow) -> MakeUp:
    """Return how blocks are best made up into pages."""
    end = filled(flow, lambda node: _ending(node, flow))
    made = _traced(end, flow)
    if flow.columns == 1:
        return made
    made = replace(made, depths=_depths(end, flow))
    return _levelled(flow, made, end) if flow.ends else made


def _ending(node: Placed, flow: Flow) -> float:
    """Return what it costs that a flow ends with a block; its last columns will be level."""
    return _FEW * _too_few(node, flow) - node.since * (flow.columns > 1) if flow.ends else 0.0


def _depths(end: Placed, flow: Flow) -> tuple[int, ...]:
    """Return how deep the columns of each page are, up to that of the last block."""
    found: dict[int, int] = {}
    node: Placed | None = end
    while node is not None:
        found.setdefault(node.page // flow.columns, node.deep)
        node = node.before
    # A page that is all of one block has none that ends on it.
    return tuple(found.get(page, flow.depth(page * flow.columns)) for page in range(max(found) + 1))


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
        Otherwise(page + at // flow.columns, turn.short, turn.divided)
        for at, turn in enumerate(other.turns)
        if _is_worse(turn, made.turns[at : at + 1])
    ]
    if other.few and other.few != made.few:
        worse.append(Otherwise(page + len(other.turns) // flow.columns, few=other.few))
    cost = settings[chosen].cost - settings[best].cost
    demerits = settings[chosen].demerits - settings[best].demerits
    lines = int(settings[chosen].lines), int(settings[best].lines)
    return Choice(*lines, cost, tuple(worse), demerits)


def _is_worse(turn: Turn, than: Sequence[Turn]) -> bool:
    """Tell whether a page ends worse than the one in its place, or is one too many."""
    short, divided = (than[0].short, than[0].divided) if than else (0, False)
    return turn.short > short or (turn.divided and not divided)


def _too_few(node: Placed, flow: Flow) -> float:
    """Return the lines that the last page of a chapter has too few."""
    begun = node.page and not node.page % flow.columns
    return max(_LEAST * flow.columns - node.used, 0) if begun else 0


def _traced(end: Placed, flow: Flow) -> MakeUp:
    """Return the way that leads to an end."""
    chosen: list[int] = []
    turns: list[Turn] = []
    node = end
    while node.before is not None:
        chosen.append(node.chosen)
        turns[:0] = node.turns
        node = node.before
    few = int(end.used) if flow.ends and _too_few(end, flow) else 0
    return MakeUp(tuple(reversed(chosen)), tuple(turns), end.cost, few)


def _levelled(flow: Flow, made: MakeUp, end: Placed) -> MakeUp:
    """Return a chapter in columns with those of its last page level: as deep as they need be.

    As it is where pictures would have to stand otherwise.
    """
    count, page = flow.columns, len(made.turns) // flow.columns
    turns = made.turns[: page * count]
    last = turns[-1] if turns else _BEGINNING
    blocks = _after(flow, last, made.chosen[last.block])
    if end.waiting or end.held or _are_waited_for(end, page * count, blocks):
        return made
    left = last.block + bool(last.lines)
    after = zip(flow.blocks[left:], made.chosen[left:], strict=True)
    cost = end.cost - end.since - sum(block.settings[one].cost for block, one in after)
    used, least = 0 if page else flow.used, _LEAST * count if page else 0
    best: MakeUp | None = None
    for deep in range(_least_deep(blocks, used, count), made.depths[-1] + 1):
        rest = Flow(blocks, (deep,), used, flow.recto, False, columns=count, level=True)
        rest = replace(rest, kept=flow.kept and not page)
        lacking = partial(_lacking, deep=deep, count=count, least=least)
        node = filled(rest, lacking)
        if node.page >= count:
            continue
        demerits = cost + node.cost + lacking(node)
        if best is None or demerits < best.demerits - PARTED / 2:
            lines = deep * node.page + node.used
            own = replace(_traced(node, rest), few=int(lines) if lines < least else 0)
            best = _joined(made, turns, own, deep, demerits)
        deepest = deep >= best.depths[-1] + _DEEPER and best.demerits - cost < ALONE
        if deepest or best.demerits - cost < PARTED:
            break
    return best or made


def _joined(
    made: MakeUp, turns: tuple[Turn, ...], page: MakeUp, deep: int, demerits: float
) -> MakeUp:
    """Return a chapter of which what comes after some turns is made up anew, on a page so deep."""
    last = turns[-1] if turns else _BEGINNING
    before, begun = last.block + bool(last.lines), bool(last.lines)
    own = (
        replace(one, block=one.block + last.block, lines=one.lines + last.lines * (not one.block))
        for one in page.turns
    )
    chosen = (*made.chosen[:before], *page.chosen[begun:])
    return MakeUp(chosen, (*turns, *own), demerits, page.few, (*made.depths[:-1], deep), True)


def _least_deep(blocks: Sequence[Block], used: int, count: int) -> int:
    """Return the lines that columns must have at the least to hold some blocks."""
    lines = used + sum(min(one.lines for one in block.settings) + block.head for block in blocks)
    return math.ceil(max(lines / count, used, *(_least_of(block) for block in blocks)))


def _least_of(block: Block) -> float:
    """Return the lines of a column that can hold what is never parted of a block."""
    lines = block.settings[0].lines + block.below
    return block.head + (lines if block.whole else min(lines, ORPHANS + WIDOWS - 1))


def _after(flow: Flow, turn: Turn, chosen: int) -> tuple[Block, ...]:
    """Return the blocks after the end of a page, the first of them what it leaves of one.

    Without their notes: for those it is known that there is room.
    """
    first, done = flow.blocks[turn.block], turn.lines
    if done:
        one = first.settings[chosen]
        divided = frozenset(line - done for line in one.divided if line > done)
        first = Block((Setting(one.lines - done, 0.0, divided),), begun=True)
    blocks = replace(first, floats=()), *flow.blocks[turn.block + 1 :]
    return tuple(
        replace(block, settings=tuple(replace(one, notes=()) for one in block.settings))
        for block in blocks
    )


def _are_waited_for(end: Placed, column: int, blocks: Sequence[Block]) -> bool:
    """Tell whether pictures wait at the end of the page before a column, or on the next."""
    node: Placed | None = end
    while node is not None and node.page >= column:
        node = node.before
    return bool(node and node.held) or any(block.floats for block in blocks)


def _lacking(node: Placed, deep: int, count: int, least: int) -> float:
    """Return what it costs that the last of some columns ends above the others.

    And that all of them together have fewer lines than a page is to have at the `least`.
    """
    empty = deep * (count - 1 - node.page)
    few = max(least - deep * node.page - node.used, 0)
    apart = max(empty + deep - node.used - count + 1, 0)
    return _FEW * few + _UNLEVEL * max(deep - node.used, 0) + SHORT * apart
