"""The model of paper of `katern check` reads what is planned, and sees what is wrong with it."""

from __future__ import annotations

import itertools

import pytest
from msgspec.structs import replace
from test_imposition import FLIPS, READINGS, WAYS, expected, job_of

from publish.booklet.imposition import Plan, make_plan
from publish.booklet.sheets import Job, Size, page_box
from publish.checks.creep import astray
from publish.checks.leafing import Bindery, Printed, Side, leafed
from publish.settings.booklet import BookletSettings, Paper


def sides_of(plan: Plan) -> list[Side]:
    """Print a plan: pages that are blank leave no ink."""
    found = []
    paper = (plan.layout.sheet.width, plan.layout.sheet.height)
    for side in (side for sheet in plan.sheets for side in (sheet.front, sheet.back)):
        boxes = [(placed, page_box(plan.layout, placed)) for placed in side]
        pages = tuple(
            Printed(
                placed.page,
                1.0,
                placed.rotation == 180,
                (box.left + box.right) / 2,
                (box.foot + box.head) / 2,
            )
            for placed, box in boxes
            if placed.page is not None
        )
        found.append(Side(paper, pages))
    return found


def bindery(job: Job, pages: int) -> Bindery:
    settings = BookletSettings(
        scheme=job.scheme,
        up=job.up,
        fold=job.fold,
        signature=job.signature,
        repeat=job.repeat,
        cover=Paper() if job.cover else None,
        flip=job.flip,
    )
    return Bindery(settings, job.reading == "rtl", pages)


def read(sides: list[Side], job: Job, pages: int) -> list[tuple[int, bool]]:
    """Leaf through what is printed: pages and whether their heads are down, blanks aside."""
    return [(one.page, one.turned) for one in leafed(sides, bindery(job, pages)) if one]


def strays(sides: list[Side], trim: Size, job: Job, pages: int) -> list[tuple[int, int]]:
    """Return the sides and the pages that do not stand where they belong."""
    thick = job.caliper, job.caliper if job.cover is None else job.cover
    size = trim.width, trim.height
    found = astray(sides, bindery(job, pages), size, job.bleed, thick)
    return [(one.side, one.page.page) for one in found]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_planned_is_read_in_order(way: str) -> None:
    for flip, reading in itertools.product(FLIPS, READINGS):
        trim, job = job_of(way, flip, reading)
        for pages in (1, 2, 5, 12, 20, 36, 63, 64):
            plan = make_plan(pages, trim, job)
            assert plan
            sides = sides_of(plan)
            assert read(sides, job, pages) == [(page, False) for page in range(pages)]
            if job.scheme != "cut-stacks":
                last = leafed(sides, bindery(job, pages))[-1]
                assert (last and last.page) == expected(pages, job)[-1]


@pytest.mark.parametrize("way", WAYS)
def test_every_page_that_is_planned_stands_in_its_place(way: str) -> None:
    for flip, reading in itertools.product(FLIPS, READINGS):
        trim, job = job_of(way, flip, reading)
        for pages in (1, 2, 5, 20, 63):
            plan = make_plan(pages, trim, job)
            assert plan
            assert strays(sides_of(plan), trim, job, pages) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_page_that_is_moved_by_a_hair_is_seen(way: str) -> None:
    trim, job = job_of(way, "short", "ltr")
    plan = make_plan(20, trim, job)
    assert plan
    sides = sides_of(plan)
    for number, side in enumerate(sides, 1):
        for at, one in enumerate(side.placed):
            for moved in (replace(one, x=one.x + 0.02), replace(one, y=one.y - 0.02)):
                there = [*side.placed[:at], moved, *side.placed[at + 1 :]]
                changed = [*sides[: number - 1], replace(side, placed=(*there,)), *sides[number:]]
                assert strays(changed, trim, job, 20) == [(number, moved.page)]


@pytest.mark.parametrize("way", [way for way in WAYS if "stacks" not in way])
def test_creep_the_other_way_or_of_other_paper_is_seen(way: str) -> None:
    trim, job = job_of(way, "short", "ltr")
    plan = make_plan(32, trim, job)
    assert plan
    nested = "signatures of 4" not in way
    for other in (replace(job, caliper=0.0), replace(job, caliper=0.13)):
        assert bool(strays(sides_of(plan), trim, other, 32)) == nested


@pytest.mark.parametrize("way", WAYS)
def test_sheets_turned_over_the_other_edge_are_another_booklet(way: str) -> None:
    for flip, other in (FLIPS, FLIPS[::-1]):
        trim, job = job_of(way, flip, "ltr")
        plan = make_plan(64, trim, job)
        assert plan
        assert read(sides_of(plan), replace(job, flip=other), 64) != [
            (page, False) for page in range(64)
        ]


@pytest.mark.parametrize("way", [way for way in WAYS if "repeated" not in way])
def test_every_pair_of_pages_that_changed_places_is_seen(way: str) -> None:
    trim, job = job_of(way, "short", "ltr")
    plan = make_plan(24, trim, job)
    assert plan
    for one, other in itertools.combinations(range(24), 2):
        swap = {one: other, other: one}
        sides = [
            replace(
                side,
                placed=tuple(
                    replace(page, page=swap.get(page.page, page.page)) for page in side.placed
                ),
            )
            for side in sides_of(plan)
        ]
        assert [page for page, _ in read(sides, job, 24)] != [*range(24)]
