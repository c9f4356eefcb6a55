"""How the work hears that it is to stop: once, and not amid the loading of a library of C.

In: SIGINT, or a KeyboardInterrupt that a library could not hand on. Out: a KeyboardInterrupt.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from importlib.machinery import ExtensionFileLoader
from types import FrameType
from typing import NoReturn

STOPPED = 128 + signal.SIGINT
"""The exit status of what was stopped, as shells have it."""
SIGNALS = frozenset({signal.SIGINT, signal.SIGALRM})
"""What stops the work: the stop itself, and the alarm after one that was put off."""
_SOON = 0.02
"""Seconds until a stop that came amid the loading of a library is heard again."""

_heard: list[int] = []
"""The signals that have stopped this process."""


def heed() -> None:
    """Heed a stop from now on: of this process, that works while another waits for it."""
    signal.signal(signal.SIGINT, _stop)
    sys.unraisablehook = _unraisable


def heed_none() -> None:
    """Ignore a stop from now on; Python itself tells of one that comes just as that begins."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def was_heard() -> bool:
    """Tell whether this process has been stopped."""
    return bool(_heard)


def leave() -> NoReturn:
    """End work that was stopped, at once: what is broken off amid a library may never end."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(STOPPED)


def _stop(number: int, frame: FrameType | None) -> None:
    """Stop the work, once: what it puts in order meanwhile is not to be stopped."""
    heed_none()
    if _loads(frame):
        # Broken off there, a library may end the process with a message of its own.
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_REAL, _SOON)
        return
    _heard.append(number)
    raise KeyboardInterrupt


def _loads(frame: FrameType | None) -> bool:
    """Tell whether a library of C is being loaded where the work is."""
    while frame is not None:
        if isinstance(frame.f_locals.get("self"), ExtensionFileLoader):
            return True
        frame = frame.f_back
    return False


def _unraisable(raised: sys.UnraisableHookArgs) -> None:
    """Stop the work again where it was in a place that no exception leaves, as in a callback."""
    if isinstance(raised.exc_value, KeyboardInterrupt):
        signal.signal(signal.SIGINT, _stop)
        os.kill(os.getpid(), signal.SIGINT)
    else:
        sys.__unraisablehook__(raised)
