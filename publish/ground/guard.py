"""A command's work in a process of its own: what ends that process becomes a problem with a place.

In: the work, as a function; bounds for what is laid out; the place in the manuscript that is being
worked on. Out: in the process that works, what the work returns; in the one that waits for it, how
that ended. A paragraph that takes for ever, a page that takes all memory and a fault in a library
of C end the process that works and nothing else (getrlimit(2)). The one that waits hands a stop on
to it, once, and kills it where it does not heed that; where it ends itself, be it by kill -9, the
work ends too (prctl(2), on Linux).
"""

from __future__ import annotations

import gc
import math
import mmap
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeAlias

from publish.ground import scratch, stops
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.ground.units import MB

MOST_SECONDS, MOST_MEMORY = 900, 4096
"""What a layout may take unless a book says otherwise: seconds of the processor, and MB."""
PATIENCE = 10
"""Seconds in which work that is to stop may still come to an end by itself."""
_RARELY = (20_000, 20, 100)
"""How seldom the cycles of objects are looked through: most of what a book is made of lives on."""
Place: TypeAlias = mmap.mmap
"""Where the work is, as both processes see it: `file:line`, closed by a NUL."""
_SHORT = b"error K715 the work takes more memory than there is\n"
"""What is told where there is no room to make a problem."""
_PARENT_DEATH = 1
"""PR_SET_PDEATHSIG (linux/prctl.h)."""


@dataclass(slots=True)
class _Work:
    """Whether this process works while another waits for it; what a layout may take."""

    guarded: bool = False
    seconds: int = MOST_SECONDS
    memory: int = MOST_MEMORY
    place: Place = field(default_factory=lambda: place())


def place() -> Place:
    """Return a place that a process shares with those that are forked from it."""
    return mmap.mmap(-1, 1024)


_THIS = _Work()


def at(place: str) -> None:
    """Tell where the work is: a `Span.place`, or "" for nowhere in the manuscript."""
    shared = _THIS.place
    data = place.encode("utf-8", "replace")[: len(shared) - 1] + b"\0"
    shared[: len(data)] = data


def where(place: Place | None = None) -> Span | None:
    """Return where the work is, or was when it ended; at another place that of another process."""
    told = (place or _THIS.place)[:].partition(b"\0")[0].decode("utf-8", "replace")
    file, _, line = told.rpartition(":")
    return Span(file, int(line)) if file and line.isdecimal() else None


def bound(seconds: int, memory: int) -> None:
    """Say what a layout of this process may take: seconds of the processor, and MB."""
    _THIS.seconds, _THIS.memory = seconds, memory


def bounds() -> tuple[int, int]:
    """Return what a layout of this process may take: seconds of the processor, and MB."""
    return _THIS.seconds, _THIS.memory


@contextmanager
def bounded(memory: bool = True) -> Iterator[None]:
    """Hold what is done meanwhile to the bounds, where a process waits that can tell of it.

    Past the time the process is ended; past the memory Python raises MemoryError, and a library
    of C ends the process. Without `memory` other programs may be run meanwhile.
    """
    at("")
    wanted: dict[int, int] = {}
    if _THIS.guarded:
        wanted[resource.RLIMIT_CPU] = math.ceil(time.process_time()) + _THIS.seconds
        if memory:
            wanted[resource.RLIMIT_DATA] = _THIS.memory * MB
    with _limited(wanted):
        yield


@contextmanager
def held() -> Iterator[None]:
    """Hold all that is made of a book to what a layout may take, or usually may: in memory alone.

    No other program is to be run meanwhile.
    """
    most = max(_THIS.memory, MOST_MEMORY) * MB
    with _limited({resource.RLIMIT_DATA: most} if _THIS.guarded else {}):
        yield


@contextmanager
def _limited(wanted: dict[int, int]) -> Iterator[None]:
    """Limit what this process may take, where it may not take less already."""
    before = {which: resource.getrlimit(which) for which in wanted}
    try:
        for which, most in wanted.items():
            known = [one for one in before[which] if one != resource.RLIM_INFINITY]
            resource.setrlimit(which, (min(most, *known) if known else most, before[which][1]))
        yield
    finally:
        for which, limits in before.items():
            resource.setrlimit(which, limits)


def too_large() -> Problem:
    """Return the problem of work that ran out of memory."""
    limits = [resource.getrlimit(which)[0] for which in (resource.RLIMIT_AS, resource.RLIMIT_DATA)]
    known = [one // MB for one in limits if one != resource.RLIM_INFINITY]
    return problem("K715", where(), most=min([_THIS.memory, *known]))


def guarded(work: Callable[[], int], lost: Callable[[Problem], int]) -> int:
    """Do the work in a process of its own; return its exit status, in that process and in this.

    `lost` is called here with what has ended the work where that ended without a status. Whoever
    calls this is to end with what it returns.
    """
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    folder = scratch.begin()
    first = os.getpid()
    try:
        child = os.fork()
    except OSError:
        # There is room for no other process: this one works, and nobody waits for it.
        child = first
    if not child:
        try:
            return _worked(work, first)
        except KeyboardInterrupt:
            stops.leave()
    try:
        return _waited(child, lost) if child != first else _alone(work)
    finally:
        scratch.end(folder)


def _alone(work: Callable[[], int]) -> int:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    return work()


def _open_streams() -> None:
    """Have something to write to where whoever began this has closed it: it goes nowhere."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, "r" if name == "stdin" else "w"))


def _worked(work: Callable[[], int], parent: int) -> int:
    """Do the work: in the process that was made for it by another, its parent."""
    _THIS.guarded = True
    gc.set_threshold(*_RARELY)
    _end_with(parent)
    stops.heed()
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        return work()
    except MemoryError:
        # There was no room to tell of it either: this takes none.
        os.write(2, _SHORT)
        os._exit(1)
    except Exception:
        if stops.was_heard():
            # A library of C that is stopped while it is loaded makes an error of its own of that.
            raise KeyboardInterrupt from None
        raise
    finally:
        stops.heed_none()


def _end_with(parent: int) -> None:
    """Have this process killed where its parent ends, now or later."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # It ended before the system knew that this one is to be told.
        os.kill(os.getpid(), signal.SIGKILL)


def _send(child: int, number: int) -> None:
    """Send a signal to the work, which may have ended in the meantime."""
    with suppress(ProcessLookupError):
        os.kill(child, number)


def _waited(child: int, lost: Callable[[Problem], int]) -> int:
    """Wait for the work; hand on to it that it is to stop."""
    stopped = False

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True
        _send(child, signal.SIGINT)
        signal.alarm(PATIENCE)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGALRM, lambda *_: _send(child, signal.SIGKILL))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _, status = os.waitpid(child, 0)
    stops.heed_none()
    code = os.waitstatus_to_exitcode(status)
    if code == stops.STOPPED or (stopped and code < 0):
        raise KeyboardInterrupt
    if code >= 0:
        return code
    return lost(lost_at(code, _THIS.place))


def lost_at(code: int, place: Place) -> Problem:
    """Return the problem of a process that a signal has ended; `code` is that signal, below 0."""
    if -code == signal.SIGXCPU:
        return problem("K714", where(place))
    return problem("K716", where(place), signal=_name(-code))


def is_guarded() -> bool:
    """Tell whether another process waits for this one."""
    return _THIS.guarded


def serve(parent: int, place: Place) -> None:
    """Have this process, forked by another, end with that; a stop is for that one to see to."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _THIS.place = place
    _end_with(parent)


def _name(number: int) -> str:
    return signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
