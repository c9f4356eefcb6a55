"""Type set on a worker of a cluster: takes of one long title, in a process that is held to bounds.

In: a `Piece`: a frame and a take as bytes, by their SHA-256. Out: an `Answer`: the part as it was
set, with its SHA-256, or why it was not. A worker sets one take at a time, in a process of its own
(`python -m publish.catalogue.setting`) that keeps its engine from take to take, opens no network,
and is begun anew where a take has ended it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from msgspec import Struct

import publish
from publish.building.takes import Sent
from publish.catalogue.sources import sum_of
from publish.catalogue.there import Kit, kit, unlike
from publish.ground.guard import guarded
from publish.ground.offline import offline
from publish.ground.problems import Problem, Unmakeable, problem

_ROOT = Path(publish.__file__).parents[1]
_LENGTH = 8
"""Bytes of the length that stands before what goes along a pipe."""


class Piece(Struct, frozen=True):
    """A take to be set: what it is to be set with, and the SHA-256 of its frame and of itself."""

    kit: Kit
    frame: str
    take: str


class Answer(Struct, frozen=True):
    """A part that was set and what was written of it, with their SHA-256; or why there is none."""

    sent: Sent | None
    sums: tuple[str, ...] = ()
    problem: Problem | None = None

    @property
    def is_whole(self) -> bool:
        """Tell whether it came as it was sent."""
        return self.sent is not None and self.sums == tuple(map(sum_of, self.sent))


def set_there(piece: Piece, frame: bytes, take: bytes) -> Answer:
    """Set a take on the worker that is asked."""
    from distributed import get_worker

    if kit() != piece.kit:
        return Answer(None, problem=unlike(get_worker().address, kit(), piece.kit))
    if (sum_of(frame), sum_of(take)) != (piece.frame, piece.take):
        return Answer(None, problem=problem("K756", None, file="a take"))
    with _ALONE:
        sent, found = _BENCH.done(piece.frame, frame, take)
    return Answer(sent, tuple(map(sum_of, sent or ())), found)


class _Bench:
    """The process in which a worker sets, once it is asked to."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._frame = ""

    def done(self, name: str, frame: bytes, take: bytes) -> tuple[Sent | None, Problem | None]:
        """Return a take as it was set in a frame, or why it was not."""
        process = self._begun()
        try:
            assert process.stdin and process.stdout
            if self._frame != name:
                _say(process.stdin, frame)
                self._frame = name
            else:
                _say(process.stdin, b"")
            _say(process.stdin, take)
            sent, found = pickle.loads(_heard(process.stdout))
        except (OSError, EOFError, pickle.UnpicklingError):
            sent, found = None, problem("K716", None, signal="nobody knows what")
        if found and process.poll() is None and found.code in _LOST:
            process.wait()
        return sent, found

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._frame = ""
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__],
                cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return self._process


_LOST = ("K714", "K716")
"""What has ended a process that was setting."""
_BENCH, _ALONE = _Bench(), threading.Lock()


def _say(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(_LENGTH, "big") + data)
    pipe.flush()


def _heard(pipe: IO[bytes]) -> bytes:
    """Return what comes next along a pipe; raises EOFError where it ends before."""
    length = pipe.read(_LENGTH)
    data = pipe.read(int.from_bytes(length, "big"))
    if len(length) < _LENGTH or len(data) < int.from_bytes(length, "big"):
        raise EOFError
    return data


def _set(given: IO[bytes], answer: Callable[[Any], None]) -> int:
    """Set what is given, take after take, until there is no more."""
    from publish.building.compositors import Compositor

    compositor = Compositor()
    compositor.begin()
    while True:
        try:
            frame, take = _heard(given), _heard(given)
        except EOFError:
            return 0
        if frame:
            compositor.told(pickle.loads(frame))
        try:
            answer((compositor.done(pickle.loads(take)), None))
        except Unmakeable as error:
            answer((None, error.problem))


def main() -> int:
    """Set what comes in, in a process that another waits for."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")

    def answer(what: Any) -> None:
        _say(out, pickle.dumps(what))

    def work() -> int:
        with offline():
            return _set(sys.stdin.buffer, answer)

    def lost(found: Problem) -> int:
        answer((None, found))
        return 1

    return guarded(work, lost)


if __name__ == "__main__":
    sys.exit(main())
