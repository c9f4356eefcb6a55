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
from multiprocessing.connection import Connection, wait
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
    if threading.active_count() > 1 or not guard.is_guarded():
        return 1
    wanted = os.environ.get(CORES, "")
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(int(wanted) if wanted.isdecimal() else there or 1, 1)


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
            piece, made = crew.wait()
            done[piece] = made
    return [done[piece] for piece in pieces]


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
            self._count = len(self._hands)
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
            if kind is not None:
                hand.process.kill()
        for hand in self._hands:
            hand.process.join()

    @property
    def idle(self) -> int:
        """Return how many have nothing to do."""
        return self._count - len(self._pieces)

    def give(self, piece: Piece) -> None:
        """Give a piece to one that has nothing to do."""
        line = next(hand.line for hand in self._hands if hand.line not in self._pieces)
        self._pieces[line] = piece
        try:
            line.send(piece)
        except ConnectionError:
            raise Unmakeable(self._lost(line)) from None

    def wait(self) -> tuple[Piece, Done]:
        """Return a piece that is done, and what came of it.

        Raises what the work has raised; `Unmakeable` where the process was lost.
        """
        line = next(one for one in wait([*self._pieces]) if isinstance(one, Connection))
        piece = self._pieces.pop(line)
        try:
            done, error = line.recv()
        except (EOFError, ConnectionError):
            raise Unmakeable(self._lost(line)) from None
        if error is not None:
            raise error
        return piece, done

    def _lost(self, line: Connection) -> Problem:
        """Return the problem of a process that ended by itself."""
        hand = next(hand for hand in self._hands if hand.line is line)
        hand.process.join()
        return guard.lost_at(hand.process.exitcode or -signal.SIGKILL, hand.place)

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
            except Exception as error:
                answer = None, error
            line.send(answer)


class _Hand(NamedTuple):
    """One of the crew: its process, the line to it, and where it shows what it is at."""

    process: multiprocessing.context.ForkProcess
    line: Connection
    place: guard.Place
