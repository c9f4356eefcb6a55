"""The make-up of pages: each rule once, and the whole against every way there is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from publish.paragraphs.choices import Choice, Otherwise
from publish.paragraphs.filling import ORPHANS, WIDOWS
from publish.paragraphs.flow import (
    DIVIDED,
    LEAF,
    LEAST_TEXT,
    SHORT,
    Block,
    Floated,
    Flow,
    MakeUp,
    Setting,
    Turn,
)
from publish.paragraphs.pagination import choice_of, made_up

DEPTH = 10


def block(
    *lines: int,
    cost: float = 100.0,
    divided: Sequence[int] = (),
    lead: int = 0,
    head: int = 0,
    floats: Sequence[tuple[int, bool]] = (),
) -> Block:
    """Return a paragraph that is set best in the first number of lines."""
    settings = tuple(
        Setting(count, cost * number, frozenset(divided) if not number else frozenset())
        for number, count in enumerate(lines)
    )
    return Block(settings, lead, head, floats=tuple(Floated(*one) for one in floats))


def made(*blocks: Block, recto: bool = True, ends: bool = False) -> MakeUp:
    return made_up(Flow(blocks, (DEPTH,), 0, recto, ends))


def test_what_is_full_is_left_as_it_is() -> None:
    found = made(block(6, 7), block(4, 5), block(4, 3))
    assert (found.chosen, found.turns, found.demerits) == ((0, 0, 0), (Turn(2, 0, 0),), 0)


def test_a_widow_is_called_back_by_a_line_less() -> None:
    # Of the second's six lines the page has room for five: the last would stand alone overleaf.
    assert made(block(5), block(6)).turns == (Turn(1, 4, 1),)
    found = made(block(5, 4), block(6))
    assert (found.chosen, found.turns) == ((1, 0), ())


def test_what_goes_on_from_the_page_before_is_not_set_in_a_line() -> None:
    settings = (Setting(1, 0.0), Setting(2, 500.0))
    assert made(Block(settings, begun=True), block(8)).chosen == (1, 0)
    assert made(Block(settings), block(8)).chosen == (0, 0)
    # Nor where its page would be full by that, and else two lines short.
    rest = Block((Setting(4, 0.0), Setting(1, 0.0)), begun=True)
    wholes = Block((Setting(4, 0.0),), whole=True), Block((Setting(3, 0.0),), whole=True)
    assert made(rest, *wholes, block(7)).turns == (Turn(2, 0, 2),)


def test_an_orphan_is_joined_by_a_line_made_before_it() -> None:
    # Nine lines leave one at the foot, where no paragraph may begin.
    assert made(block(9), block(6)).turns == (Turn(1, 0, 1),)
    assert made(block(9, 10), block(6)).turns == (Turn(1, 0, 0),)
    assert made(block(9, 8), block(6)).turns == (Turn(1, 2, 0),)


def test_the_cheapest_of_many_is_taken() -> None:
    blocks = [block(3, 4, cost=900), block(3, 4, cost=20), block(3, 4, cost=300), block(6)]
    assert made(*blocks).chosen == (0, 1, 0, 0)


def test_no_leaf_is_turned_within_a_word() -> None:
    blocks = [block(5, 6), block(8, divided=[5])]
    assert made(*blocks).turns == (Turn(1, 4, 0),)
    assert made(block(5), block(8, divided=[5])).demerits == LEAF >= 10 * DIVIDED
    # Where the next page stands beside it a hyphen is borne the sooner.
    assert made(block(5), block(8, divided=[5]), recto=False).demerits == DIVIDED
    # Sooner than a page that ends a line short either is borne.
    short = Block((Setting(8, 900.0, frozenset({5})), Setting(6, 0.0)))
    assert made(block(5), short).turns == (Turn(1, 5, 0, divided=True),)


def test_a_heading_has_two_lines_of_text_with_it() -> None:
    kept = block(6, lead=1, head=1)
    assert made(block(6), kept).turns == (Turn(1, 2, 0),)
    assert made(block(7), kept).turns == (Turn(1, 0, 3),)
    # At the head of the page its white falls away: the heading and six lines.
    assert made(block(7), kept, block(9)).turns[1] == Turn(2, 3, 0)


def test_what_is_whole_is_not_parted() -> None:
    whole = Block((Setting(4, 0.0),), whole=True)
    assert made(block(7), whole).turns == (Turn(1, 0, 3),)


def test_facing_pages_end_on_the_same_line() -> None:
    blocks = [block(4, 5, 3) for _ in range(40)]
    found = made(*blocks, block(1))
    assert len(found.turns) > 12
    assert {turn.short for turn in found.turns} == {0}


def test_a_chapter_does_not_end_with_a_line_on_a_page() -> None:
    blocks = [block(10), block(2, 4)]
    assert made(*blocks).chosen == (0, 0)
    assert made(*blocks, ends=True).chosen == (0, 1)
    assert made(block(2, 4), ends=True).chosen == (0,)
    # Three lines are too few as well, four are not.
    assert made(block(10), block(3, 4), ends=True).chosen == (0, 1)
    assert made(block(10), block(4, 5), ends=True).chosen == (0, 0)
    # Sooner than with a leaf turned within a word a chapter ends with too few.
    leaf = block(5), Block((Setting(8, 0.0), Setting(9, 0.0, frozenset({5}))))
    assert made(*leaf, ends=True).chosen == (0, 0)


def test_the_least_lines_of_a_paragraph_are_those_of_the_style_sheet() -> None:
    sheet = (Path(__file__).parents[1] / "styles" / "pages.css").read_text("utf-8")
    (body,) = re.findall(r"^body \{(.*)\}$", sheet, re.M)
    said = dict(re.findall(r"(orphans|widows): (\d+)", body))
    assert said == {"orphans": str(ORPHANS), "widows": str(WIDOWS)}


def test_pages_may_have_room_for_unlike_numbers_of_lines() -> None:
    found = made_up(Flow((block(20),), (6, 10), 3, False, False))
    assert found.turns == (Turn(0, 3, 0), Turn(0, 13, 0))


def noted(*lines: int, notes: Sequence[tuple[int, float]]) -> Block:
    settings = tuple(
        Setting(count, 100.0 * number, notes=tuple(notes)) for number, count in enumerate(lines)
    )
    return Block(settings)


def made_with_notes(*blocks: Block, noted: float = 0.0) -> MakeUp:
    return made_up(Flow(blocks, (DEPTH,), 0, True, False, rule=1.5, noted=noted))


def test_a_line_stands_with_its_note_or_on_the_next_page() -> None:
    # A rule of a line and a half and a note of 1.6: above them seven of ten lines have room.
    assert made_with_notes(noted(12, notes=[(3, 1.6)])).turns == (Turn(0, 6, 0),)
    assert made_with_notes(noted(12, notes=[(9, 1.6)])).turns == (Turn(0, 8, 2),)
    # What else the page has of notes takes its room, and the next one's not.
    found = made_with_notes(block(4), noted(20, notes=[(2, 0.8)]), noted=0.8)
    assert [turn.lines for turn in found.turns] == [2, 12]
    assert {turn.short for turn in found.turns} == {0}


def test_a_line_more_keeps_a_late_note_from_leaving_white() -> None:
    late = noted(6, 7, notes=[(5, 1.6)])
    # Of the best there are four lines at the foot, as the fifth has no room for its note.
    assert made_with_notes(block(3), late, block(8)).turns[0] == Turn(1, 4, 3)
    found = made_with_notes(block(3, 6), late, block(8))
    assert (found.chosen[0], found.turns[0]) == (1, Turn(1, 4, 0))


def test_what_stands_off_the_grid_takes_what_it_is_high() -> None:
    loose = Block((Setting(3.4, 0.0),), lead=1, whole=True, loose=True)
    after = Block((Setting(9, 0.0),), lead=0.5)
    # Three lines, one of white, 3.4 and half a line more: the text goes on with the ninth.
    assert made(block(3), loose, after).turns == (Turn(2, 2, 0),)
    # At the head of a page it has no white above it.
    assert made(block(10), loose, after).turns == (Turn(1, 0, 0), Turn(2, 6, 0))
    # A tenth of a line too high it stands on the grid all the same, a fifth is too much.
    for height, held in ((3.1, 7), (3.2, 6)):
        loose = Block((Setting(height, 0.0),), whole=True, loose=True)
        assert made(loose, block(9)).turns == (Turn(1, held, 0),)


def test_no_paragraph_is_stretched_to_make_a_hole_a_little_smaller() -> None:
    picture = Block((Setting(8.0, 0.0),), whole=True, loose=True)
    assert made(block(5, 6), picture).chosen == (0, 0)
    assert made(block(8, 9, 10), picture).chosen == (2, 0)


BLOCKS = st.lists(
    st.builds(
        lambda lines, more, cost, divided, lead, head, floats: block(
            lines, lines + more, cost=cost, divided=divided, lead=lead, head=head, floats=floats
        ),
        st.integers(1, 14),
        st.sampled_from((1, -1)).filter(bool),
        st.integers(1, 1000).map(float),
        st.lists(st.integers(2, 9), max_size=3),
        st.integers(0, 1),
        st.integers(0, 1),
        st.lists(st.tuples(st.integers(1, 4), st.booleans()), max_size=2),
    ).filter(lambda one: one.settings[1].lines > 0),
    min_size=1,
    max_size=6,
)


@dataclass(frozen=True)
class Unit:
    """A line of the flow, or a line of white: the block it is of, which of its lines it is."""

    block: int
    line: int  # 0: white or heading
    white: bool = False


def units_of(blocks: Sequence[Block], chosen: Sequence[int]) -> list[Unit]:
    """Return the lines of some blocks, with those of white and of headings."""
    units: list[Unit] = []
    for at, one in enumerate(blocks):
        units += [Unit(at, 0, white=True)] * int(one.lead) + [Unit(at, 0)] * one.head
        units += [Unit(at, line) for line in range(1, int(one.settings[chosen[at]].lines) + 1)]
    return units


def may_turn(
    blocks: Sequence[Block], chosen: Sequence[int], units: Sequence[Unit], at: int
) -> bool:
    """Tell whether a page may end before a unit."""
    before, after = units[at - 1], units[at]
    if before.block != after.block:
        return True
    count = blocks[after.block].settings[chosen[after.block]].lines
    return before.line >= ORPHANS and count - before.line >= WIDOWS


def by_hand(
    blocks: Sequence[Block], chosen: Sequence[int], recto: bool
) -> tuple[float, list[Turn]]:
    """Fill pages line by line, by the rules of the trade alone; return what that costs.

    A page is turned after as many lines as it holds, where a paragraph may be parted.
    """
    units = units_of(blocks, chosen)

    def is_after(number: int, start: int, end: int) -> bool:
        """Tell whether the last unit before a block stands among those of a page."""
        first = next(at for at, unit in enumerate(units) if unit.block == number)
        return start < first <= end

    cost = sum(one.settings[at].cost for one, at in zip(blocks, chosen, strict=True))
    turns: list[Turn] = []
    start, depth, waiting = 0, DEPTH, [*blocks[0].floats]
    while True:
        while units[start].white:
            start += 1
        if len(units) - start <= depth:
            return cost, turns
        end = max(
            at for at in range(start + 1, start + depth + 1) if may_turn(blocks, chosen, units, at)
        )
        last, after = units[end - 1], units[end]
        setting = blocks[last.block].settings[chosen[last.block]]
        within = last.block == after.block
        divided = within and last.line in setting.divided
        short = depth - (end - start)
        cost += SHORT * short
        if divided:
            cost += LEAF if recto == (len(turns) % 2 == 0) else DIVIDED
        turns.append(Turn(after.block, last.line if within else 0, short, divided))
        # Pictures met up to there stand on the next page, as far as text has room with them.
        here = (at for at in range(1, len(blocks)) if is_after(at, start, end))
        waiting += [one for at in here for one in blocks[at].floats]
        depth = DEPTH
        while waiting and (depth == DEPTH or waiting[0].height <= depth - LEAST_TEXT):
            depth -= waiting.pop(0).height
        start = end


@given(BLOCKS, st.booleans())
@run(max_examples=150, deadline=None)
def test_no_other_choice_costs_less(blocks: list[Block], recto: bool) -> None:
    found = made(*blocks, recto=recto)
    ways = {
        chosen: by_hand(blocks, chosen, recto)
        for chosen in itertools.product((0, 1), repeat=len(blocks))
    }
    assert found.demerits == pytest.approx(min(cost for cost, _ in ways.values()), rel=1e-12)
    assert (found.demerits, list(found.turns)) == (
        pytest.approx(ways[found.chosen][0], rel=1e-12),
        ways[found.chosen][1],
    )


@given(BLOCKS)
@run(max_examples=100, deadline=None)
def test_no_widow_and_no_orphan_ever(blocks: list[Block]) -> None:
    found = made(*blocks)
    for turn in found.turns:
        lines = blocks[turn.block].settings[found.chosen[turn.block]].lines
        if turn.lines:
            assert turn.lines >= ORPHANS
            assert lines - turn.lines >= WIDOWS


def chosen(number: int, *blocks: Block, ends: bool = False) -> Choice | None:
    """Return why a block is set as it is, on pages from the thirteenth on."""
    flow = Flow(blocks, (DEPTH,), 0, True, ends)
    return choice_of(flow, made_up(flow), number, 13)


def test_what_a_page_gains_by_a_setting_that_is_not_the_best() -> None:
    blocks = block(5, 4), block(6)
    assert chosen(0, *blocks) == Choice(4, 5, 100, (Otherwise(13, short=1),), 0.0)
    assert chosen(1, *blocks) is None
    blocks = block(5, 6), block(8, divided=[5])
    assert chosen(0, *blocks) == Choice(6, 5, 100, (Otherwise(13, divided=True),), 0.0)
    blocks = block(10), block(2, 4)
    assert chosen(1, *blocks, ends=True) == Choice(4, 2, 100, (Otherwise(14, few=2),), 0.0)
    # The second page would end short, not the first.
    blocks = block(10), block(5, 4), block(6)
    assert chosen(1, *blocks) == Choice(4, 5, 100, (Otherwise(14, short=1),), 0.0)
