"""The line breaker against its definition: every way to break a small paragraph is tried."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from publish.engine.optimum.galley import Galley
from publish.engine.optimum.plans import ways
from publish.paragraphs import feasible
from publish.paragraphs.balance import balanced
from publish.paragraphs.breakpoints import FORCED, NEVER, Box, Glue, Item, Penalty, Place, places
from publish.paragraphs.feasible import HAIR
from publish.paragraphs.linebreak import Plan, lengths, plan
from publish.paragraphs.rivals import Composed, told_of
from publish.paragraphs.taste import Taste

TASTE = Taste(tolerance=1.5, expansion=0.02, runt=4.0)
SPACE = Glue(2.5, 1.25, 0.8)
HYPHEN = Penalty(50.0, 1.0, flagged=True, sign=True)


def word(*syllables: float) -> list[Item]:
    boxes: list[list[Item]] = [[Box(width, 2)] for width in syllables]
    return [item for one in boxes for item in (*one, HYPHEN)][:-1]


def paragraph(words: Sequence[Sequence[float]]) -> tuple[Place, ...]:
    items = [item for one in words for item in (*word(*one), SPACE)]
    return places([*items[:-1], Penalty(FORCED)])


WIDTHS = st.floats(1.0, 9.0).map(lambda width: round(width, 1))
WORDS = st.lists(st.lists(WIDTHS, min_size=1, max_size=3), min_size=1, max_size=6)
LONG = st.lists(st.lists(WIDTHS, min_size=1, max_size=3), min_size=5, max_size=60)
MEASURES = st.lists(st.floats(14.0, 40.0), min_size=1, max_size=3)


def ratio_of(found: Sequence[Place], start: int, end: int, measure: float, taste: Taste) -> float:
    """Return the ratio of a line by the definition, below -1 where it is too wide.

    What a ragged line stays short counts as stretch, and it never shrinks.
    """
    a, b = found[start], found[end]
    natural = b.end - a.next
    letters = taste.expansion * natural
    extra = measure - natural
    extra -= max(-letters, min(letters, extra))
    if extra < -HAIR:
        shrink = 0.0 if taste.rag else b.end_shrink - a.next_shrink
        return extra / shrink if shrink and extra / shrink >= -1 else -math.inf
    if end == len(found) - 1 or extra <= HAIR:
        return 0.0
    stretch = b.end_stretch - a.next_stretch + taste.rag
    return extra / stretch if stretch else math.inf


def demerits_of(
    found: Sequence[Place],
    ends: Sequence[int],
    measures: Sequence[float],
    taste: Taste,
) -> float:
    """Return what a way to break costs, by the definition; infinite where it is not allowed."""
    total, run, before = 0.0, 0, 1
    for number, (start, end) in enumerate(itertools.pairwise((0, *ends))):
        place, last = found[end], end == len(found) - 1
        measure = measures[min(number, len(measures) - 1)]
        ratio = ratio_of(found, start, end, measure, taste)
        if ratio < -1 or ratio > taste.tolerance:
            return math.inf
        grade = sum((ratio >= -0.5, ratio > 0.5, ratio > 1))
        total += (taste.line + 100 * min(abs(ratio), 20) ** 3) ** 2
        total += 0 if last else place.cost**2
        total += taste.unlike if abs(grade - before) > 1 else 0
        if place.flagged:
            total += (0.0, taste.double, taste.ladder)[min(run, 2)]
        total += taste.final if last and run else 0
        if last and number and place.end - found[start].next < taste.runt:
            total += taste.short
        run, before = run + 1 if place.flagged else 0, grade
    return total


def breakings(found: Sequence[Place]) -> Iterator[tuple[int, ...]]:
    between = range(1, len(found) - 1)
    for count in range(len(found) - 1):
        for chosen in itertools.combinations(between, count):
            yield (*chosen, len(found) - 1)


def ends_of(found: Sequence[Place], made: Plan) -> tuple[int, ...]:
    offsets = [place.at for place in found]
    return tuple(offsets.index(line.end) for line in made.lines)


def first_fit(found: Sequence[Place], measures: Sequence[float]) -> tuple[int, ...]:
    """Return the breaks of lines that each take as much as they can hold unshrunk."""
    ends, start = [], 0
    while start < len(found) - 1:
        measure = measures[min(len(ends), len(measures) - 1)]
        fits = [
            end
            for end in range(start + 1, len(found))
            if found[end].end - found[start].next <= measure
        ]
        start = max(fits, default=start + 1)
        ends.append(start)
    return tuple(ends)


@given(WORDS, MEASURES)
@settings(max_examples=150, deadline=None)
def test_no_way_to_break_a_small_paragraph_costs_less(
    words: list[list[float]], measures: list[float]
) -> None:
    found = paragraph(words)
    made = plan(found, measures, TASTE)
    assert made is not None
    least = min(demerits_of(found, ends, measures, TASTE) for ends in breakings(found))
    if least < TASTE.ladder:
        assert made.attempt == 0
        assert math.isclose(made.demerits, least, rel_tol=1e-9)
        assert math.isclose(demerits_of(found, ends_of(found, made), measures, TASTE), least)
    else:
        assert made.attempt > 0


@given(WORDS, MEASURES)
@settings(max_examples=100, deadline=None)
def test_no_way_to_set_a_small_paragraph_ragged_costs_less(
    words: list[list[float]], measures: list[float]
) -> None:
    found, taste = paragraph(words), Taste(tolerance=2.0, rag=9.0, runt=4.0)
    made = plan(found, measures, taste)
    assert made is not None
    least = min(demerits_of(found, ends, measures, taste) for ends in breakings(found))
    if least < taste.ladder:
        assert made.attempt == 0
        assert math.isclose(made.demerits, least, rel_tol=1e-9)
        assert math.isclose(demerits_of(found, ends_of(found, made), measures, taste), least)
    else:
        assert made.attempt > 0


@given(WORDS, MEASURES)
@settings(max_examples=150, deadline=None)
def test_beyond_the_tolerance_the_best_is_found_too(
    words: list[list[float]], measures: list[float]
) -> None:
    found = paragraph(words)
    # Blanks that hardly stretch: the usual way is seldom open.
    taste = replace(TASTE, tolerance=0.3)
    ways = [*breakings(found)]

    def least(taste: Taste) -> float:
        return min(demerits_of(found, ends, measures, taste) for ends in ways)

    made = plan(found, measures, taste)
    assert made is not None
    usual = least(taste)
    if usual < taste.ladder:
        assert made.attempt == 0
        assert math.isclose(made.demerits, usual, rel_tol=1e-9)
    else:
        # Nothing is too loose any more: only what is too wide for its line is out of the question.
        last = least(replace(taste, tolerance=math.inf))
        assert made.attempt == 1
        if last < taste.ladder:
            assert math.isclose(made.demerits, last, rel_tol=1e-9)


@given(LONG, MEASURES)
@settings(max_examples=100, deadline=None)
def test_lines_follow_each_other_from_legal_place_to_legal_place(
    words: list[list[float]], measures: list[float]
) -> None:
    found = paragraph(words)
    made = plan(found, measures, TASTE)
    assert made is not None
    offsets = {place.at for place in found}
    assert {line.end for line in made.lines} <= offsets
    assert [line.start for line in made.lines] == [0, *(line.end for line in made.lines[:-1])]
    assert made.lines[-1].end == found[-1].at
    assert math.isclose(sum(line.demerits for line in made.lines), made.demerits, rel_tol=1e-9)


@given(LONG, MEASURES)
@settings(max_examples=100, deadline=None)
def test_no_line_is_too_wide_where_none_has_to_be(
    words: list[list[float]], measures: list[float]
) -> None:
    # No unbreakable piece is wider than the narrowest line (14).
    found = paragraph(words)
    made = plan(found, measures, TASTE)
    assert made is not None
    for line, (start, end) in zip(
        made.lines, itertools.pairwise((0, *ends_of(found, made))), strict=True
    ):
        shrink = found[end].end_shrink - found[start].next_shrink
        assert line.natural * (1 - TASTE.expansion) - shrink <= line.measure + 2 * HAIR


@given(LONG, MEASURES)
@settings(max_examples=100, deadline=None)
def test_first_fit_never_costs_less(words: list[list[float]], measures: list[float]) -> None:
    found = paragraph(words)
    made = plan(found, measures, TASTE)
    assert made is not None
    if made.attempt == 0:
        greedy = demerits_of(found, first_fit(found, measures), measures, TASTE)
        assert made.demerits <= greedy * (1 + 1e-9)


@given(WORDS, st.floats(14.0, 40.0))
@settings(max_examples=150, deadline=None)
def test_three_hyphens_in_succession_only_where_nothing_else_will_do(
    words: list[list[float]], measure: float
) -> None:
    found = paragraph(words)
    made = plan(found, [measure], TASTE)
    assert made is not None
    flags = "".join("-" if line.flagged else " " for line in made.lines)
    if "---" in flags:
        costs = [demerits_of(found, ends, [measure], TASTE) for ends in breakings(found)]
        assert min(costs) >= TASTE.ladder


@given(WORDS, MEASURES)
@settings(max_examples=150, deadline=None)
def test_each_number_of_lines_that_can_be_is_found(
    words: list[list[float]], measures: list[float]
) -> None:
    found = paragraph(words)
    least: dict[int, float] = {}
    for ends in breakings(found):
        cost = demerits_of(found, ends, measures, TASTE)
        if cost < TASTE.short:
            least[len(ends)] = min(cost, least.get(len(ends), math.inf))
    made = lengths(found, measures, TASTE)
    assert made.keys() == least.keys()
    for count, one in made.items():
        assert len(one.lines) == count
        assert math.isclose(one.demerits, least[count], rel_tol=1e-9)


@given(WORDS, MEASURES, st.data())
@settings(max_examples=150, deadline=None)
def test_a_rival_costs_what_the_best_paragraph_with_it_does(
    words: list[list[float]], measures: list[float], data: st.DataObject
) -> None:
    found, taste = paragraph(words), TASTE
    made = plan(found, measures, taste)
    assert made is not None
    number = data.draw(st.integers(0, len(made.lines) - 1))
    told = told_of(Composed("", found, taste, made.lines), number)
    if made.attempt:
        # At any price.
        return
    assert told is not None
    ends, offsets = ends_of(found, made), [place.at for place in found]
    line = made.lines[number]
    assert math.isclose(told.chosen.demerits, line.demerits, rel_tol=1e-9)
    assert (told.chosen.at, told.chosen.lines) == (line.end, len(ends))
    # All ways with the same lines before, by where the line at hand ends and by their number.
    before = sum(one.demerits for one in made.lines[:number])
    least: dict[int, dict[int, float]] = {}
    for other in breakings(found):
        cost = demerits_of(found, other, measures, taste)
        if len(other) > number and other[:number] == ends[:number] and cost < math.inf:
            here = least.setdefault(offsets[other[number]], {})
            here[len(other)] = min(cost - before, here.get(len(other), math.inf))
    del least[line.end]
    assert {one.at for one in told.rivals} == least.keys()
    for one in told.rivals:
        known = least[one.at]
        assert one.lines == len(ends) if len(ends) in known else one.lines in known
        assert math.isclose(one.total, known[one.lines], rel_tol=1e-9)
        assert one.total >= told.chosen.total * (1 - 1e-9) or one.lines != len(ends)
        if one.at == offsets[-1]:
            assert math.isclose(one.demerits, one.total, rel_tol=1e-9)


def test_the_parts_of_demerits_say_what_each_is_for() -> None:
    """Two lines that end in a hyphen, the second before a last line of hardly a syllable."""
    found = paragraph([[8.0], [8.0, 8.0], [8.0, 3.0]])
    made = plan(found, [20.0], TASTE)
    assert made is not None and not made.attempt
    composed, parts = Composed("", found, TASTE, made.lines), []
    for number, line in enumerate(made.lines):
        told = told_of(composed, number)
        assert told is not None
        assert math.isclose(told.chosen.demerits, line.demerits)
        parts.append([part.name for part in told.chosen.parts])
    assert parts == [
        ["blanks", "place"],
        ["blanks", "place", "succession"],
        ["blanks", "final", "runt"],
    ]


@given(LONG, st.floats(14.0, 40.0), st.data())
@settings(max_examples=60, deadline=None)
def test_the_rest_of_a_paragraph_is_planned_as_it_was(
    words: list[list[float]], measure: float, data: st.DataObject
) -> None:
    found = paragraph(words)
    made = plan(found, [measure], TASTE)
    assert made is not None
    ends = ends_of(found, made)
    number = data.draw(st.integers(0, len(ends) - 1))
    start = (0, *ends)[number]
    rest = plan(found, [measure], TASTE, start)
    assert rest is not None
    assert rest.lines[-1].end == made.lines[-1].end
    assert rest.lines[0].start == found[start].at


def test_where_lines_may_end() -> None:
    never = Penalty(NEVER)
    items: list[Item] = [
        *(SPACE, Box(10, 1, left=1), HYPHEN, Box(20, 2, right=3), SPACE, SPACE),
        *(Box(5, 1), never, SPACE, Box(6, 1), Penalty(FORCED, length=1), Box(7, 1)),
    ]
    found = places([*items, Penalty(FORCED)])
    # The blank at the head is dropped; blanks in succession are one break; none at the held blank.
    assert [(one.at, round(one.end, 1), round(one.next, 1)) for one in found] == [
        (1, 0.0, 3.5),
        (2, 13.5, 12.5),
        (6, 29.5, 37.5),
        (10, 51.0, 51.0),
        (11, 58.0, 58.0),
    ]
    assert [one.sign for one in found] == [False, True, False, False, False]


def test_a_piece_that_no_line_holds_stands_out_and_the_rest_is_set() -> None:
    found = paragraph([[5], [6], [60], [5], [6]])
    made = plan(found, [20], TASTE)
    assert made is not None
    assert [line.natural for line in made.lines] == [13.5, 60, 13.5]


def test_a_forced_end_begins_anew() -> None:
    items = [*word(5), SPACE, *word(6), Penalty(FORCED, length=1), *word(8), Penalty(FORCED)]
    made = plan(places(items), [100], TASTE)
    assert made is not None
    assert [(line.start, line.end, line.forced) for line in made.lines] == [
        (0, 6, True),
        (6, 8, True),
    ]


def test_ragged_lines_may_stay_short_and_break_no_word() -> None:
    words = [[5.0, 5.0], [4.0], [6.0, 4.0], [5.0], [7.0], [6.0], [4.0, 4.0]]
    made = plan(paragraph(words), [24], Taste(tolerance=2, rag=10))
    assert made is not None
    assert not any(line.sign for line in made.lines)
    assert all(line.natural <= 24 and line.ratio >= 0 for line in made.lines)


@given(LONG, st.floats(5.0, 40.0), st.booleans())
@settings(max_examples=100, deadline=None)
def test_there_is_a_way_to_set_any_paragraph(
    words: list[list[float]], measure: float, ragged: bool
) -> None:
    found = paragraph(words)
    made = plan(found, [measure], replace(TASTE, expansion=0.0, rag=3.0) if ragged else TASTE)
    assert made is not None
    assert made.lines[-1].end == found[-1].at


def test_a_ragged_line_that_shrunk_would_fit_is_set_all_the_same() -> None:
    # Nothing breaks the last line, which is too wide by less than its blank could give.
    items: list[Item] = [Box(10, 1), Penalty(NEVER), SPACE, Box(10, 1), Penalty(FORCED)]
    made = plan(places(items), [22.0], Taste(tolerance=2, rag=3))
    assert made is not None
    assert [line.natural for line in made.lines] == [22.5]


def test_a_paragraph_met_again_in_another_measure_is_planned_anew() -> None:
    found = paragraph([[4.0, 3.0], [5.0], [6.0, 2.0], [3.0], [7.0], [4.0, 4.0]] * 3)
    made = Galley("", (), found, {}, -1)
    for measure in (20.0, 40.0, 20.0):
        plans = ways(made, found[0].at, measure, TASTE)
        assert plans
        assert {line.measure for one in plans for line in one.lines} == {measure}


@given(LONG, st.floats(20.0, 60.0))
@settings(max_examples=60, deadline=None)
def test_balanced_lines_are_as_many_in_the_least_measure(
    words: list[list[float]], measure: float
) -> None:
    found = places([item for one in words for item in (Box(sum(one), 2), SPACE)][:-1])
    if max(sum(one) for one in words) > measure:
        return
    narrow = balanced(found, measure)
    assert narrow <= measure
    assert len(first_fit(found, [narrow + HAIR])) == len(first_fit(found, [measure + HAIR]))
    if narrow > max(sum(one) for one in words) + 1:
        assert len(first_fit(found, [narrow - 1.1])) > len(first_fit(found, [measure]))


ROUND = [[3.0, 4.5, 2.0], [5.5], [4.0, 4.0], [6.5], [2.5, 3.5]]
"""Words of which a paragraph has many times as many."""


@pytest.mark.parametrize(
    "made",
    [
        lambda found: plan(found, [40], TASTE),
        lambda found: plan(found, [40], replace(TASTE, tolerance=0.01)),
        lambda found: plan(found, [*[30] * 9, 40], TASTE),
        lambda found: lengths(found, [40], TASTE),
    ],
    ids=["usual", "in need", "beside a float", "other numbers of lines"],
)
def test_the_work_grows_with_the_length(
    made: Callable[[tuple[Place, ...]], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0
    original = feasible.ratio_of

    def counting(*given: Any) -> float:
        nonlocal asked
        asked += 1
        return original(*given)

    monkeypatch.setattr(feasible, "ratio_of", counting)
    counts = []
    for times in (150, 300, 450):
        asked = 0
        assert made(paragraph(ROUND * times))
        counts.append(asked)
    more, and_more = (after - before for before, after in itertools.pairwise(counts))
    assert and_more < 1.05 * more


def test_other_numbers_of_lines_are_those_near_the_best() -> None:
    found = paragraph(ROUND * 60)
    best = plan(found, [40], TASTE)
    made = lengths(found, [40], TASTE)
    assert best is not None
    count = len(best.lines)
    assert {*made} == {*range(count - 2, count + 3)}
    assert made[count].lines == best.lines
    assert all(one.demerits > best.demerits for one in made.values() if len(one.lines) != count)
