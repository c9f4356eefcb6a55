"""The make-up of pages: each rule once, and the whole against every way there is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st

from publish.pagination import DIVIDED, ORPHANS, WIDOWS, Block, MakeUp, Setting, Turn, made_up

DEPTH = 10


def block(
    *lines: int, cost: float = 100.0, divided: Sequence[int] = (), lead: int = 0, head: int = 0
) -> Block:
    """Return a paragraph that is set best in the first number of lines."""
    settings = tuple(
        Setting(count, cost * number, frozenset(divided) if not number else frozenset())
        for number, count in enumerate(lines)
    )
    return Block(settings, lead, head)


def made(*blocks: Block, recto: bool = True, ends: bool = False) -> MakeUp:
    return made_up(blocks, [DEPTH], 0, recto, ends)


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
    assert made(block(5), block(8, divided=[5])).demerits >= 10 * DIVIDED
    # Where the next page stands beside it a hyphen is borne the sooner.
    assert made(block(5), block(8, divided=[5]), recto=False).demerits == DIVIDED


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


def test_pages_may_have_room_for_unlike_numbers_of_lines() -> None:
    found = made_up([block(20)], [6, 10], 3, False, False)
    assert found.turns == (Turn(0, 3, 0), Turn(0, 13, 0))


BLOCKS = st.lists(
    st.builds(
        lambda lines, more, cost, lead: block(lines, lines + more, cost=cost, lead=lead),
        st.integers(1, 14),
        st.sampled_from((1, -1)).filter(bool),
        st.integers(1, 1000).map(float),
        st.integers(0, 1),
    ).filter(lambda one: one.settings[1].lines > 0),
    min_size=1,
    max_size=6,
)


@given(BLOCKS)
@run(max_examples=100, deadline=None)
def test_no_other_choice_costs_less(blocks: list[Block]) -> None:
    found = made(*blocks)
    costs = []
    for chosen in itertools.product((0, 1), repeat=len(blocks)):
        fixed = [
            Block((one.settings[number],), one.lead, one.head)
            for one, number in zip(blocks, chosen, strict=True)
        ]
        costs.append(made(*fixed).demerits)
    assert found.demerits == min(costs)


@given(BLOCKS)
@run(max_examples=100, deadline=None)
def test_no_widow_and_no_orphan_ever(blocks: list[Block]) -> None:
    found = made(*blocks)
    for turn in found.turns:
        lines = blocks[turn.block].settings[found.chosen[turn.block]].lines
        if turn.lines:
            assert turn.lines >= ORPHANS
            assert lines - turn.lines >= WIDOWS
