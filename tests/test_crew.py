"""Processes that do pieces of one work side by side, and what becomes of one that is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from faulting import ROOT

from publish.ground.crew import CORES, cores

BEGIN = """
import os, signal, sys, time
from publish.ground import guard
from publish.ground.crew import Crew, cores
from publish.ground.problems import Unmakeable, problem

def lost(found):
    print(found)
    return 1
"""
END = """
sys.exit(guard.guarded(work, lost))
"""


def ran(script: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a script whose `work` is done in a process that another one waits for."""
    whole = f"{BEGIN}{textwrap.dedent(script)}{END}"
    command = [sys.executable, "-c", whole]
    environment = {**os.environ, **more}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_pieces_are_done_by_others_and_come_back_as_they_are_done() -> None:
    ended = ran("""
    def work():
        first = os.getpid()
        with Crew(lambda piece: (os.getpid(), piece * 2), 2) as crew:
            for piece in (1, 2):
                crew.give(piece)
            assert crew.idle == 0
            found = [crew.wait()]
            crew.give(3)
            found += [crew.wait(), crew.wait()]
        assert {piece: twice for piece, (_, twice) in found} == {1: 2, 2: 4, 3: 6}
        hands = {hand for _, (hand, _) in found}
        assert len(hands) == 2 and first not in hands
        for hand in hands:
            try:
                os.kill(hand, 0)
            except ProcessLookupError:
                continue
            raise AssertionError("one of the crew is left")
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_what_the_work_raises_is_raised_where_it_is_waited_for() -> None:
    ended = ran("""
    def fail(piece):
        raise Unmakeable(problem("P418", None, version=piece, known="70"))

    def work():
        with Crew(fail, 1) as crew:
            crew.give("71")
            try:
                crew.wait()
            except Unmakeable as error:
                print(error.problem.code, "71" in error.problem.message)
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "P418 True\n", "")


def test_one_that_is_lost_is_a_problem_with_the_place_it_was_at() -> None:
    ended = ran("""
    def fall(piece):
        guard.at(f"02-{piece}.md:7")
        os.kill(os.getpid(), signal.SIGSEGV)

    def work():
        guard.at("01-mine.md:1")
        with Crew(fall, 2) as crew:
            crew.give("dijk")
            try:
                crew.wait()
            except Unmakeable as error:
                print(error.problem)
        return 0
    """)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("02-dijk.md:7:1: error K716")
    assert "SIGSEGV" in ended.stdout


def test_they_end_with_the_process_that_they_work_for(tmp_path: Path) -> None:
    told = tmp_path / "told"
    ended = ran(f"""
    def wait(piece):
        with open({str(told)!r}, "a") as file:
            print(os.getpid(), file=file)
        time.sleep(60)

    def work():
        with Crew(wait, 2) as crew:
            crew.give(1)
            crew.give(2)
            while not os.path.exists({str(told)!r}) or len(open({str(told)!r}).readlines()) < 2:
                time.sleep(0.01)
            os.kill(os.getpid(), signal.SIGKILL)
    """)
    assert ended.returncode == 1
    for hand in map(int, told.read_text().split()):
        _gone(hand)


def _gone(process: int) -> None:
    """Wait for a process to end, which the system does for us a moment later."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
            state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return
        if state == "Z":
            return
        time.sleep(0.02)
    os.kill(process, signal.SIGKILL)
    raise AssertionError("one of the crew is left")


def test_none_are_forked_where_nobody_waits_for_this_process() -> None:
    assert cores() == 1


@pytest.mark.parametrize(("said", "count"), [("1", "1"), ("3", "3"), ("0", "1")])
def test_the_environment_says_how_many(said: str, count: str) -> None:
    script = """
    def work():
        print(cores())
        return 0
    """
    assert ran(script, **{CORES: said}).stdout == f"{count}\n"


def test_without_a_word_it_is_as_many_as_there_are() -> None:
    script = """
    def work():
        print(cores() == len(os.sched_getaffinity(0)))
        return 0
    """
    assert ran(script, **{CORES: ""}).stdout == "True\n"
