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

from publish.ground.cores import CORES, cores

BEGIN = """
import os, signal, sys, time
from publish.ground import guard
from publish.ground import crew as crews
from publish.ground.cores import cores
from publish.ground.dividing import Plain, side_by_side
from publish.ground.problems import Unmakeable, problem

def Crew(work, count):
    return crews.Crew(Plain(work), count)

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
        assert {piece: twice for piece, (_, twice), _ in found} == {1: 2, 2: 4, 3: 6}
        hands = {hand for _, (hand, _), _ in found}
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


def test_what_the_work_raises_is_told_where_it_is_waited_for() -> None:
    ended = ran("""
    def fail(piece):
        raise Unmakeable(problem("P418", None, version=piece, known="70"))

    def work():
        with Crew(fail, 1) as crew:
            crew.give("71")
            piece, done, error = crew.wait()
            print(piece, done, error.problem.code, "71" in error.problem.message, crew.idle)
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "71 None P418 True 1\n", "")


def test_one_that_is_lost_is_a_problem_with_the_place_it_was_at() -> None:
    ended = ran("""
    def fall(piece):
        guard.at(f"02-{piece}.md:7")
        os.kill(os.getpid(), signal.SIGSEGV)

    def work():
        guard.at("01-mine.md:1")
        with Crew(fall, 2) as crew:
            crew.give("dijk")
            _, done, error = crew.wait()
            print(error.problem)
            print(done, crew.idle, crew.busy)
        return 0
    """)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("02-dijk.md:7:1: error K716")
    assert "SIGSEGV" in ended.stdout
    # There is one fewer.
    assert ended.stdout.endswith("None 1 0\n")


@pytest.mark.parametrize("first", ["", "crew.give(1)\n            crew.wait()\n            "])
def test_one_that_dies_while_it_has_nothing_to_do_is_met_at_the_next_piece(first: str) -> None:
    ended = ran(f"""
    def work():
        with Crew(lambda piece: piece + 1, 1) as crew:
            {first}hand = crew._hands[0].process
            os.kill(hand.pid, signal.SIGKILL)
            hand.join()
            crew.give(2)
            piece, done, error = crew.wait()
            print(piece, done, error.problem.code, crew.idle)
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "2 None K716 0\n", "")


def test_what_cannot_be_sent_is_told_in_words() -> None:
    ended = ran("""
    class Odd(Exception):
        def __init__(self, one, other):
            super().__init__(f"{one} and {other}")
            self.held = lambda: one

    def fail(piece):
        raise Odd("water", "wind")

    def work():
        with Crew(fail, 1) as crew:
            crew.give(1)
            print(repr(crew.wait()[2]))
        return 0
    """)
    told = "RuntimeError('Odd: water and wind')\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, told, "")


def test_one_that_is_busy_when_nobody_wants_it_any_more_ends_without_a_word() -> None:
    ended = ran("""
    def work():
        with Crew(lambda piece: time.sleep(piece), 2) as crew:
            crew.give(30)
            crew.give(0)
            assert crew.wait()[0] == 0
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


TOGETHER = """
    class Worker:
        def begin(self):
            time.sleep(0.2)
            self.notes = []
            return f"ready: {os.getpid()}"

        def told(self, what):
            self.notes.append(what)

        def done(self, piece):
            time.sleep(piece)
            return os.getpid(), self.notes
"""


def test_what_pieces_have_in_common_is_told_once_also_to_those_who_come_later() -> None:
    ended = ran(f"""{TOGETHER}
    def work():
        with crews.Crew(Worker(), 1) as crew:
            # Told while it makes ready still, and more than a pipe holds.
            crew.tell("first")
            crew.tell("x" * 5_000_000)
            ready = crew.greeting
            crew.give(0)
            _, (first, notes), _ = crew.wait()
            assert ready == crew.greeting == f"ready: {{first}}"
            assert [len(one) for one in notes] == [5, 5_000_000]
            crew.call(2)
            assert (crew.count, crew.idle) == (2, 2)
            crew.give(0.5)
            crew.give(0.5)
            made = [crew.wait()[1], crew.wait()[1]]
            ((_, notes),) = [one for one in made if one[0] != first]
            # The last that was told is what holds.
            assert [len(one) for one in notes] == [5_000_000]
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_what_is_abandoned_is_not_taken_for_what_is_asked_for_next() -> None:
    ended = ran(f"""{TOGETHER}
    def work():
        with crews.Crew(Worker(), 2) as crew:
            crew.give(1.0)
            crew.abandon()
            assert (crew.busy, crew.idle) == (1, 1)
            crew.give(0)
            assert crew.wait()[0] == 0
            # Nothing that is wanted is under way; one has nothing to do again.
            assert crew.wait() is None
            assert (crew.busy, crew.idle) == (0, 2)
            crew.give(0.5)
            crew.abandon()
            crew.give(1.5)
            assert crew.wait()[0] == 1.5
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


@pytest.mark.parametrize("end", ["raise ValueError(1)", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_of_those_who_cannot_make_ready_there_is_none(end: str) -> None:
    ended = ran(f"""{TOGETHER}
    def begin(self):
        {end}
    Worker.begin = begin

    def work():
        with crews.Crew(Worker(), 2) as crew:
            assert (crew.greeting, crew.count) == (None, 0)
        with crews.Crew(Worker(), 1) as crew:
            crew.give(7)
            piece, done, error = crew.wait()
            print(piece, done, error.problem.code, crew.count)
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "7 None K716 0\n", "")


SHORT = """
    import errno, threading

    def none(*given):
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    def no_thread(*given):
        raise RuntimeError("can't start new thread")
"""


@pytest.mark.parametrize("lacking", ["os.fork = none", "threading.Thread.start = no_thread"])
def test_where_there_is_room_for_nobody_this_process_works_alone(lacking: str) -> None:
    ended = ran(f"""{SHORT}
    def work():
        {lacking}
        with Crew(lambda piece: piece, 2) as crew:
            assert crew.count == (0 if os.fork is none else 2)
            assert crew.greeting is None and crew.count == 0
        print(side_by_side(lambda piece: piece * 2, [1, 2, 3], 2))
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "[2, 4, 6]\n", "")


def test_one_that_is_lost_as_it_makes_ready_for_what_nobody_wants_is_no_fault() -> None:
    ended = ran(f"""{TOGETHER}
    def work():
        with crews.Crew(Worker(), 2) as crew:
            assert crew.greeting
            crew.call(3)
            late = crew._hands[2]
            for _ in range(3):
                crew.give(0)
            crew.abandon()
            os.kill(late.process.pid, signal.SIGKILL)
            late.process.join()
            while crew.busy:
                assert crew.wait() is None
            assert (crew.count, crew.idle) == (2, 2)
            crew.give(0)
            assert crew.wait()[0] == 0
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


DEAF = """
    import resource

    class Deaf:
        def begin(self):
            return "ready"

        def told(self, what):
            pass

        def done(self, piece):
            # As a layout is held to its bounds.
            used = 2 ** 20 * 64
            resource.setrlimit(resource.RLIMIT_DATA, (used, resource.RLIM_INFINITY))
            time.sleep(1)
            return piece
"""


def test_one_that_has_no_memory_for_what_it_is_told_is_lost() -> None:
    ended = ran(f"""{DEAF}
    def work():
        with crews.Crew(Deaf(), 1) as crew:
            crew.greeting
            crew.give(1)
            time.sleep(0.3)
            crew.abandon()
            crew.tell("x" * 300_000_000)
            assert crew.wait() is None
            if crew.count:
                crew.give(2)
                assert crew.wait()[1] is None
            assert crew.count == 0
        return 0
    """)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_what_others_fail_at_this_process_does_itself() -> None:
    ended = ran("""
    def half(piece):
        if piece % 2 and os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return piece * 2

    def work():
        global first
        first = os.getpid()
        print(side_by_side(half, range(7), 2), side_by_side(half, [4, 6], 2))
        return 0
    """)
    told = "[0, 2, 4, 6, 8, 10, 12] [8, 12]\n"
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, told, "")


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
