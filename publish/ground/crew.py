"""A crew of processes, which do pieces of one work side by side.

In: what is to be done with a piece, and how many are to do it. Out: what came of each piece, as it
is done. The processes are forked from this one, so that they know all that it knows by then. They
end when it does, be it by kill -9. What ends one of them, a fault in a library of C or the bounds
of a layout, is a problem with the place that it was at (`guard`).
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

from publish.ground import guard, stops
from publish.ground.problems import Problem, Unmakeable

Piece = TypeVar("Piece")
Done = TypeVar("Done")
Given = TypeVar("Given", contravariant=True)
Made = TypeVar("Made", covariant=True)


class Worker(Protocol[Given, Made]):
    """What one of a crew does; each has a copy of the one that the crew was made with."""

    def begin(self) -> str:
        """Make ready for work; return what is to be known of whoever is ready."""

    def told(self, what: Any) -> None:
        """Take note of what the pieces to come have in common."""

    def done(self, piece: Given) -> Made:
        """Return what comes of a piece."""


class Crew(Generic[Piece, Done]):
    """Processes that wait for pieces, and begin to make ready for them as they are called."""

    def __init__(self, worker: Worker[Piece, Done], count: int) -> None:
        self._worker = worker
        self._count = count
        self._hands: list[_Hand] = []
        self._pieces: dict[Connection, Piece] = {}
        self._abandoned: set[Connection] = set()
        self._silent: set[Connection] = set()
        self._greeting: str | None = None
        self._told: Any = None

    def __enter__(self) -> Self:
        self.call(self._count)
        return self

    def call(self, count: int) -> None:
        """Have so many at work, with those that are there."""
        # A stop that comes while they are forked is for this process alone, and waits that long.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, stops.SIGNALS)
        try:
            while len(self._hands) < count:
                hand = self._hand()
                self._hands.append(hand)
                self._silent.add(hand.line)
                if self._told is not None:
                    self._say(hand, self._told)
        except OSError:
            # There is no room for so many: those that are there will do, be it nobody.
            pass
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

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
            # What it is at nobody wants any more.
            hand.process.kill()
        for hand in self._hands:
            hand.process.join()

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self._hands)

    @property
    def idle(self) -> int:
        """Return how many have nothing to do."""
        return len(self._hands) - self.busy

    @property
    def busy(self) -> int:
        """Return how many are at a piece, be it one that nobody wants any more."""
        return len(self._pieces) + len(self._abandoned)

    @property
    def greeting(self) -> str | None:
        """Return what one said as it was ready; None where there is none left to be."""
        while self._greeting is None and self._silent:
            self._hear(next(iter(self._silent)))
        return self._greeting

    def tell(self, what: Any) -> None:
        """Tell all, and those that are called later, what the pieces to come have in common."""
        self._told = what
        for hand in self._hands:
            self._say(hand, what)

    def _say(self, hand: _Hand, what: Any) -> None:
        with suppress(OSError):
            hand.line.send((True, what))

    def give(self, piece: Piece) -> None:
        """Give a piece to one that has nothing to do."""
        taken = self._pieces.keys() | self._abandoned
        line = next(hand.line for hand in self._hands if hand.line not in taken)
        self._pieces[line] = piece
        # One that has died meanwhile is met where it is waited for.
        with suppress(OSError):
            line.send((False, piece))

    def abandon(self) -> None:
        """Want no more what is being done."""
        self._abandoned |= self._pieces.keys()
        self._pieces.clear()

    def wait(self) -> tuple[Piece, Done | None, Exception | None] | None:
        """Return a piece that is done, and what came of it, or what was raised by it.

        That is `Unmakeable` where its process was lost; there is one fewer then. None where no
        piece was given that is wanted still, and one has nothing to do again.
        """
        while True:
            line = next(
                one
                for one in wait([*self._pieces, *self._abandoned])
                if isinstance(one, Connection)
            )
            if line in self._silent:
                self._hear(line)
                continue
            done, error = self._answer(line)
            if line in self._abandoned:
                self._abandoned.discard(line)
                if self._pieces:
                    continue
                return None
            return self._pieces.pop(line), done, error

    def _hear(self, line: Connection) -> None:
        """Hear that one is ready; of one that is lost that is heard where its piece is waited for.

        One that was not given any is let go.
        """
        self._silent.discard(line)
        try:
            self._greeting = line.recv()
        except (EOFError, OSError):
            if line not in self._pieces and line not in self._abandoned:
                self._lost(line)

    def _answer(self, line: Connection) -> tuple[Done | None, Exception | None]:
        try:
            done, error = line.recv()
        except (EOFError, OSError):
            return None, Unmakeable(self._lost(line))
        return done, error

    def _lost(self, line: Connection) -> Problem:
        """Let go of a process that ended by itself; return the problem that it is."""
        hand = next(hand for hand in self._hands if hand.line is line)
        self._hands.remove(hand)
        self._silent.discard(line)
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
        heard: SimpleQueue[bytes] = SimpleQueue()
        try:
            # Whoever speaks does not wait until the one who makes ready listens.
            threading.Thread(target=_listen, args=(line, heard), daemon=True).start()
            line.send(self._worker.begin())
        except Exception:
            # The process that waits meets the same as it does the work itself, and tells of it.
            return
        while said := heard.get():
            try:
                is_told, what = pickle.loads(said)
                if is_told:
                    self._worker.told(what)
                    continue
            except Exception:
                # It ends without a word, and is met as one that is lost.
                return
            with suppress(OSError):
                line.send(self._tried(what))

    def _tried(self, piece: Piece) -> tuple[Done | None, Exception | None]:
        try:
            return self._worker.done(piece), None
        except Unmakeable as error:
            return None, error
        except Exception as error:
            # It may be one that cannot be sent.
            return None, RuntimeError(f"{type(error).__name__}: {error}")


def _listen(line: Connection, heard: SimpleQueue[bytes]) -> None:
    """Put what comes along a line by, until it is closed."""
    try:
        while True:
            heard.put(line.recv_bytes())
    except Exception:
        # Also where it has no memory for what it hears: it is deaf from here on, and ends.
        heard.put(b"")


class _Hand(NamedTuple):
    """One of the crew: its process, the line to it, and where it shows what it is at."""

    process: multiprocessing.context.ForkProcess
    line: Connection
    place: guard.Place
