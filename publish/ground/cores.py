"""How many processes may work side by side.

In: the machine, and the environment of the command. Out: their number.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

from publish.ground import guard

CORES = "KATERN_CORES"
"""The variable of the environment that says how many cores a command may take."""


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
