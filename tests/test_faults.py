"""Nothing is lost by a build that is killed, stopped, or refused something by the system.

A short slice, the same on every run, of `make faults`.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from faulting import Moment, Rig, Running, after
from injecting import ERRORS, KILL, Point, injected, points

SEED = 8


@pytest.fixture(scope="module")
def rig(tmp_path_factory: pytest.TempPathFactory) -> Rig:
    return Rig(tmp_path_factory.mktemp("rig"), ("dummy",))


@pytest.fixture(scope="module")
def calls(rig: Rig) -> list[Point]:
    """Return the calls of a build that touch its folders; in the order in which it makes them."""
    found = points(rig, rig.book.parent / "log")
    assert rig.is_right() == ""
    return found


@pytest.mark.parametrize("group", [True, False])
@pytest.mark.parametrize("moment", [Running.at_work, Running.laying_out])
def test_a_build_that_is_killed_loses_nothing(rig: Rig, moment: Moment, group: bool) -> None:
    assert rig.killed(moment, group) == ""


def test_a_build_that_is_stopped_says_so_in_a_line(rig: Rig) -> None:
    assert rig.stopped(Running.laying_out, group=True, twice=True) == ""


def test_a_build_that_loses_one_who_helps_goes_on(tmp_path: Path) -> None:
    rig = Rig(tmp_path, ("print",), chapters=3)
    for moment in (Running.at_work, Running.laying_out):
        rig.forget()
        assert rig.bereft(lambda running, first=moment: after(0.3, first)(running)) == ""


@pytest.mark.parametrize("call", ["write", "rename"])
def test_a_call_that_fails_loses_nothing(rig: Rig, calls: list[Point], call: str) -> None:
    dice = random.Random(SEED)
    point = dice.choice([one for one in calls if one.call == call])
    assert injected(rig, point, dice.choice(ERRORS[call]), rig.book.parent / "log") == ""


def test_a_build_that_is_killed_between_two_calls_loses_nothing(
    rig: Rig, calls: list[Point]
) -> None:
    point = next(one for one in calls if one.call == "rename")
    assert injected(rig, point, KILL, rig.book.parent / "log") == ""


def test_a_file_is_on_the_disk_before_it_takes_its_place(calls: list[Point]) -> None:
    """Each output and record: opened beside, written, synced, renamed, and its folder synced.

    What is kept for the next build bears a seal, and may be lost.
    """
    lasting = (one for one in calls if not re.search(r"\.katern/[0-9a-f]{16}/", one.given))
    steps = [one for one in lasting if ".tmp" in one.given or one.call == "fsync"]
    for at, one in enumerate(steps):
        if one.call == "rename":
            beside = one.given.split('"')[1]
            before = [two.call for two in steps[:at] if beside in two.given]
            assert before[0] == "openat" and before[-1] == "fsync" and "write" in before
            after = steps[at + 1]
            assert after.call == "fsync" and f"<{Path(beside).parent}>" in after.given
    assert sum(one.call == "rename" for one in steps) >= 3
