"""The make-up of columns: each rule once, and the whole against every way there is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st
from msgspec.structs import replace
from test_pagination import BLOCKS, DEPTH, Unit, block, may_turn, units_of

from publish.paragraphs.columns import depth_of, headed
from publish.paragraphs.filling import ORPHANS, WIDOWS
from publish.paragraphs.flow import (
    LEAF,
    LOWER,
    PARTED,
    SHORT,
    UNLIKE,
    Block,
    Flow,
    MakeUp,
    Setting,
    Turn,
)
from publish.paragraphs.pagination import made_up


def columned(
    *blocks: Block,
    columns: int = 2,
    recto: bool = True,
    ends: bool = False,
    rule: float = 0.0,
    used: int = 0,
) -> MakeUp:
    return made_up(Flow(blocks, (DEPTH,), used, recto, ends, rule, columns=columns))


def test_a_column_is_what_a_page_is() -> None:
    # Of six lines the first column has room for five: the last would stand alone at the next head.
    found = columned(block(5), block(6, 5), block(10), block(4))
    assert found.chosen == (0, 1, 0, 0)
    assert found.turns == (Turn(2, 0, 0), Turn(3, 0, 0))
    assert found.depths == (DEPTH, DEPTH)


def test_a_word_is_divided_within_a_page_sooner_than_at_its_end() -> None:
    assert columned(block(16, divided=[10]), block(4), block(4)).demerits == PARTED
    for recto in (True, False):
        found = columned(block(7), block(25, divided=[13]), block(4), recto=recto)
        # It is not divided, but all columns of its page end a line higher.
        assert not any(turn.divided for turn in found.turns)
        assert (found.demerits, found.depths) == (LOWER, (DEPTH - 1, DEPTH))


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 7])
def test_a_first_block_that_is_kept_stays_below_what_is_above_it(lines: int) -> None:
    apart = Flow((block(lines),), (DEPTH,), 4, True, True, columns=3)
    assert made_up(apart).turns[:1] in ((), (Turn(0, 0, 0),))
    found = made_up(replace(apart, kept=True))
    assert all(turn.lines for turn in found.turns) and found.depths[0] >= 4 + min(lines, 2)


def test_no_column_of_a_page_ends_higher_alone() -> None:
    blocks = block(9), block(2), block(20), block(6)
    found = columned(*blocks)
    assert found.depths == (DEPTH - 1, DEPTH)
    assert all(turn.short == 0 for turn in found.turns)


def test_facing_pages_are_lower_together() -> None:
    # A verso that is lower, and what would be a full recto.
    blocks = block(9), block(2), block(20), block(20)
    found = columned(*blocks, recto=False)
    assert found.depths[:2] == (DEPTH - 1, DEPTH - 1)
    assert found.demerits == 2 * LOWER < UNLIKE


def test_columns_that_end_a_chapter_are_level() -> None:
    found = columned(block(20), block(5), block(9), ends=True)
    assert (found.level, found.depths) == (True, (DEPTH, 7))
    assert found.turns == (Turn(0, 10, 0), Turn(1, 0, 0), Turn(2, 2, 0))
    # Nine lines go on to three columns.
    found = columned(block(9), columns=3, ends=True)
    assert (found.level, found.depths) == (True, (3,))
    # No column begins with the last line of a paragraph.
    found = columned(block(3), block(3), ends=True)
    assert (found.depths, found.turns) == ((3,), (Turn(1, 0, 0),))


def test_columns_that_end_a_chapter_differ_by_less_than_a_line_each() -> None:
    # Set in a line more the text parts evenly; else its second column ends a line higher.
    assert columned(block(2, 3), block(2), ends=True).chosen == (0, 0)
    assert columned(block(5, 6), ends=True).chosen == (1,)
    assert columned(block(5), ends=True).turns == (Turn(0, 3, 0),)
    # A line that would stand alone makes the first column the longer one.
    found = columned(block(2), block(3), block(4), ends=True)
    assert (found.depths, found.turns) == ((5,), (Turn(2, 0, 0),))
    # No word is divided where that costs less than what else would.
    found = columned(block(6, 7, divided=[3]), ends=True)
    assert (found.chosen, found.depths, found.turns) == ((1,), (4,), (Turn(0, 4, 0),))
    found = columned(block(9, 10, head=1), block(8, divided=[6]), ends=True, used=3)
    assert found.turns[-1] == Turn(1, 6, 1, divided=True)


def test_columns_that_end_a_chapter_hold_what_is_never_parted() -> None:
    whole = Block((Setting(9.0, 0.0),), whole=True)
    found = columned(whole, block(3), ends=True)
    assert (found.depths, found.turns) == ((9,), (Turn(1, 0, 0),))
    # Nor are they less deep than what stands above the text in the first of them.
    assert columned(block(10), ends=True, used=4).depths == (7,)
    assert columned(block(1), columns=3, ends=True, used=3).depths == (3,)
    # A heading without room for two lines stands in the second column, and what it leaves is free.
    head = replace(block(12, 13, divided=[4], head=1), whole=True)
    found = columned(head, ends=True, used=3)
    assert [turn.lines for turn in found.turns] == [0, 9, 11]


def test_what_is_divided_where_a_chapter_ends_counts_for_nothing_once_it_is_level() -> None:
    # Filled to the foot, the first of its columns would end within a word.
    assert columned(block(16, 17, divided=[10]), ends=True).chosen == (0,)
    # On the page before they stay as they are.
    assert columned(block(30, 31, divided=[10]), ends=True).chosen == (1,)


def test_the_last_page_of_a_chapter_has_some_lines_in_each_column() -> None:
    assert columned(block(20), block(6, 8), ends=True).chosen == (0, 1)
    assert columned(block(20), block(6, 8), ends=False).chosen == (0, 0)
    # Two lines in the second column of its only page are no page of two lines.
    assert columned(block(12, 18), ends=True).chosen == (0,)


def test_columns_are_not_level_where_a_picture_has_waited() -> None:
    picture = Block((Setting(4.0, 0.0),), 1.0, whole=True, loose=True, waits=True, below=0.5)
    found = columned(block(18), picture, block(6), ends=True)
    assert not found.level
    assert columned(block(18), block(6), ends=True).level


def test_pictures_head_a_column_as_long_as_there_is_room() -> None:
    one = Block((Setting(4.0, 0.0),), 1.0, whole=True, waits=True, below=0.5)
    assert headed((one,), 10) == (4.5, ())
    assert headed((one, one), 10) == (9.5, ())
    assert headed((one, one), 9) == (4.5, (one,))
    # The first has its place though it leaves none.
    assert headed((one, one), 3) == (4.5, (one,))


def deep(
    *blocks: Block, used: int = 0, taken: float = 0.0, at: tuple[int, int, int] = (0, 0, 0)
) -> int:
    """Return how deep two columns are that begin with a block `at`, set so, so much of it done."""
    flow = Flow(blocks, (DEPTH,), used, True, False, 1.0, columns=2)
    return depth_of(flow, 0, taken, 0.0, *at)


def test_how_deep_columns_are_is_told_by_the_notes_that_are_called_in_them() -> None:
    called = Block((Setting(40, 0.0, notes=((16, 2.0),)),))
    # Three lines of note and rule; seven times two lines are none with line 16, and it has eight.
    assert deep(called) == 7
    assert deep(called, taken=4) == 6
    assert deep(block(40)) == DEPTH
    # Of what stands before it, each line counts: those above the text, of white, of headings.
    assert deep(called, used=4) == 9
    assert deep(block(4), called) == deep(block(2, lead=1), replace(called, lead=1, head=1)) == 9
    # What is done of it is on the page before.
    assert deep(called, at=(0, 0, 16)) == DEPTH
    assert deep(called, at=(0, 0, 2)) == 7
    assert deep(replace(called, settings=(Setting(40, 0.0), *called.settings)), at=(0, 0, 0)) == 10
    assert deep(replace(called, settings=(Setting(40, 0.0), *called.settings)), at=(0, 1, 0)) == 7
    # On the next page it shortens nothing.
    assert deep(Block((Setting(40, 0.0, notes=((21, 2.0),)),))) == DEPTH


def test_notes_of_a_last_page_make_its_columns_no_deeper() -> None:
    called = Block((Setting(12, 0.0, notes=((3, 2.0),)),))
    found = columned(called, ends=True, rule=1.0)
    assert (found.level, found.depths) == (True, (6,))


def test_a_note_shortens_all_columns_of_its_page() -> None:
    noted = Block((Setting(20, 0.0, notes=((3, 2.0),)),))
    found = columned(noted, block(15), block(10), rule=1.0)
    assert found.depths[0] == DEPTH - 3
    assert found.turns[:2] == (Turn(0, 7, 0), Turn(0, 14, 0))
    # The note at the end of the page is called on a line that has no room above it.
    late = Block((Setting(20, 0.0, notes=((19, 2.0),)),))
    flow = Flow((late, block(20)), (DEPTH,), 0, True, False, 1.0, columns=2)
    assert depth_of(flow, 0, 0.0, 0.0, 0, 0, 0) == 9
    assert made_up(flow).depths[0] == 9


def test_a_picture_without_room_heads_the_next_column() -> None:
    picture = Block((Setting(4.0, 0.0),), 1.0, whole=True, loose=True, waits=True, below=0.5)
    after = replace(block(12, lead=1), away=1.0)
    found = columned(block(8), picture, after, block(10))
    # Two lines of what comes after it fill the column, and it takes five of the next.
    assert found.turns[:2] == (Turn(2, 2, 0), Turn(2, 7, 0))


def by_hand(
    blocks: Sequence[Block], chosen: Sequence[int], columns: int, recto: bool
) -> Iterator[tuple[float, tuple[int, ...], tuple[Turn, ...]]]:
    """Yield what it costs to fill pages line by line, each as deep as can be or a line less."""
    units = units_of(blocks, chosen)

    def pages(
        start: int, page: int, free: int
    ) -> Iterator[tuple[float, tuple[int, ...], tuple[Turn, ...]]]:
        for less in (0, 1):
            cost, turns, at = 0.0, list[Turn](), start
            for column in range(columns):
                end = column_end(blocks, chosen, units, at, DEPTH - less)
                if end is None:
                    break
                cost += price(end[1], beside=column + 1 < columns)
                turns.append(end[1])
                at = end[0]
            else:
                cost += LOWER * less
                # A recto stands beside the verso before it.
                if page and recto == (page % 2 == 0) and free != less:
                    cost += UNLIKE
                for more, depths, rest in pages(at, page + 1, less):
                    yield cost + more, (DEPTH - less, *depths), (*turns, *rest)
                continue
            yield cost, (DEPTH - less,), tuple(turns)

    own = sum(one.settings[at].cost for one, at in zip(blocks, chosen, strict=True))
    for cost, depths, turns in pages(0, 0, 0):
        yield own + cost, depths, turns


def column_end(
    blocks: Sequence[Block], chosen: Sequence[int], units: Sequence[Unit], start: int, deep: int
) -> tuple[int, Turn] | None:
    """Return the unit with which the next column begins, and its turn; None at the end."""
    while units[start].white:
        start += 1
    if len(units) - start <= deep:
        return None
    ends = range(start + 1, start + deep + 1)
    end = max(at for at in ends if may_turn(blocks, chosen, units, at))
    last, after = units[end - 1], units[end]
    within = last.block == after.block
    divided = within and last.line in blocks[last.block].settings[chosen[last.block]].divided
    return end, Turn(after.block, last.line if within else 0, deep - (end - start), divided)


def price(turn: Turn, beside: bool) -> float:
    within = (PARTED if beside else LEAF) * turn.divided
    return SHORT * min(turn.short, 3) + within


@given(st.lists(BLOCKS.map(lambda one: one[0]), min_size=1, max_size=5), st.booleans(),
       st.sampled_from((2, 3)))  # fmt: skip
@run(max_examples=120, deadline=None)
def test_no_other_choice_costs_less(blocks: list[Block], recto: bool, columns: int) -> None:
    plain = [replace(one, floats=()) for one in blocks]
    found = columned(*plain, columns=columns, recto=recto)
    ways = {
        (chosen, depths, turns): cost
        for chosen in itertools.product((0, 1), repeat=len(plain))
        for cost, depths, turns in by_hand(plain, chosen, columns, recto)
    }
    assert found.demerits == pytest.approx(min(ways.values()), rel=1e-12)
    own = ways[found.chosen, found.depths, found.turns]
    assert found.demerits == pytest.approx(own, rel=1e-12)


@given(BLOCKS, st.booleans(), st.sampled_from((2, 3)))
@run(max_examples=60, deadline=None)
def test_columns_never_leave_a_line_alone(blocks: list[Block], recto: bool, columns: int) -> None:
    plain = [replace(one, floats=()) for one in blocks]
    for ends in (False, True):
        found = columned(*plain, columns=columns, recto=recto, ends=ends)
        for turn in found.turns:
            lines = plain[turn.block].settings[found.chosen[turn.block]].lines
            if turn.lines:
                assert turn.lines >= ORPHANS
                assert lines - turn.lines >= WIDOWS
        assert len(found.turns) < columns * len(found.depths)
        assert all(0 < depth <= DEPTH for depth in found.depths)
