"""A crew of processes, which do pieces of one work side by side.

In: what is to be done with a piece, and how many are to do it. Out: what came of each piece, as it
is done. The processes are forked from this one, so that they know all that it knows, and a piece
need but be named. They end when it does, be it by kill -9. What ends one of them, a fault in a
library of C or the bounds of a layout, is a problem with the place that it was at (`guard`).
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import Generic, NamedTuple, TypeVar

from publish.ground import guard
from publish.ground.problems import Problem, Unmakeable

CORES = "KATERN_CORES"
"""The variable of the environment that says how many cores a command may take."""
Piece = TypeVar("Piece")
Done = TypeVar("Done")


def cores() -> int:
    """Return how many processes may work here side by side; 1 where none may be forked.

    A process in which several threads run cannot be forked soundly (fork(2)), and one that nobody
    waits for has no bounds to hold others to.
    """
    if _threads() > 1 or not guard.is_guarded():
        return 1
    wanted = os.environ.get(CORES, "")
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(int(wanted) if wanted.isdecimal() else there or 1, 1)


def _threads() -> int:
    """Return how many threads run in this process, those of libraries of C too where it is told."""
    try:
        return len([*Path("/proc/self/task").iterdir()])
    except OSError:
        return threading.active_count()


def side_by_side(work: Callable[[Piece], Done], pieces: Sequence[Piece], count: int) -> list[Done]:
    """Return what came of each piece, done by so many processes; by this one where it is one."""
    if count < 2:
        return [work(piece) for piece in pieces]
    done: dict[Piece, Done] = {}
    waiting = list(reversed(pieces))
    with Crew(work, count) as crew:
        while len(done) < len(pieces):
            while crew.idle and waiting:
                crew.give(waiting.pop())
            piece, made, _ = crew.wait()
            if made is None:
                # This process does it itself, and raises what there is to raise.
                made = work(piece)
            done[piece] = made
            if not crew.idle and not crew.busy:
                break
    return [done[piece] if piece in done else work(piece) for piece in pieces]


class Crew(Generic[Piece, Done]):
    """Processes that wait for pieces; `work` is what one of them does with a piece."""

    def __init__(self, work: Callable[[Piece], Done], count: int) -> None:
        self._work = work
        self._count = count
        self._hands: list[_Hand] = []
        self._pieces: dict[Connection, Piece] = {}

    def __enter__(self) -> Crew[Piece, Done]:
        # A stop that comes while they are forked is for this process alone, and waits that long.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            for _ in range(self._count):
                self._hands.append(self._hand())
        except OSError:
            # There is no room for so many: those that are there will do.
            if not self._hands:
                raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return self

    def _hand(self) -> _Hand:
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe()
        place = guard.place()
        given = there, [*(hand.line for hand in self._hands), here], place, os.getpid()
        process = context.Process(target=self._serve, args=given, daemon=True)
        process.start()
        there.close()
        return _Hand(process, here, place)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for hand in self._hands:
            hand.line.close()
            if kind is not None or hand.line in self._pieces:
                # What it is at nobody wants any more.
                hand.process.kill()
        for hand in self._hands:
            hand.process.join()

    @property
    def idle(self) -> int:
        """Return how many have nothing to do."""
        return len(self._hands) - len(self._pieces)

    @property
    def busy(self) -> int:
        """Return how many are at a piece."""
        return len(self._pieces)

    def give(self, piece: Piece) -> None:
        """Give a piece to one that has nothing to do."""
        line = next(hand.line for hand in self._hands if hand.line not in self._pieces)
        self._pieces[line] = piece
        # One that has died meanwhile is met where it is waited for.
        with suppress(OSError):
            line.send(piece)

    def wait(self) -> tuple[Piece, Done | None, Exception | None]:
        """Return a piece that is done, and what came of it, or what was raised by it.

        That is `Unmakeable` where its process was lost; there is one fewer then.
        """
        line = next(one for one in wait([*self._pieces]) if isinstance(one, Connection))
        piece = self._pieces.pop(line)
        try:
            done, error = line.recv()
        except (EOFError, OSError):
            return piece, None, Unmakeable(self._lost(line))
        return piece, done, error

    def _lost(self, line: Connection) -> Problem:
        """Let go of a process that ended by itself; return the problem that it is."""
        hand = next(hand for hand in self._hands if hand.line is line)
        self._hands.remove(hand)
        line.close()
        hand.process.join()
        code = hand.process.exitcode
        return guard.lost_at(code if code and code < 0 else -signal.SIGKILL, hand.place)

    def _serve(
        self, line: Connection, others: list[Connection], place: guard.Place, parent: int
    ) -> None:
        """Do the pieces that come along the line, until it is closed."""
        for other in others:
            other.close()
        guard.serve(parent, place)
        while True:
            try:
                piece = line.recv()
            except EOFError:
                return
            answer: tuple[Done | None, Exception | None]
            try:
                answer = self._work(piece), None
            except Unmakeable as error:
                answer = None, error
            except Exception as error:
                # It may be one that cannot be sent.
                answer = None, RuntimeError(f"{type(error).__name__}: {error}")
            with suppress(OSError):
                line.send(answer)


class _Hand(NamedTuple):
    """One of the crew: its process, the line to it, and where it shows what it is at."""

    process: multiprocessing.context.ForkProcess
    line: Connection
    place: guard.Place
