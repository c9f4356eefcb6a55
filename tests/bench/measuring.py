"""What a command takes: CPU of it and all that it starts, wall, and most memory of a process.

In: a command. Out: `Cost`. The figures are those of wait4(2): seconds of user and system time of
the process and of all that it waited for, and the largest resident set among them.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

LIMIT = 3600.0
"""Seconds after which a command is given up."""


class Failed(Exception):
    """A command that did not make what it was to make, and its last words."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU and of wall, and megabytes."""

    cpu: float
    wall: float
    memory: float


def measured(command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None) -> Cost:
    """Run a command in a folder; raises `Failed`."""
    log = folder / "log.txt"
    environment = os.environ | (more or {})
    # Where it is used, a program is compiled once.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with log.open("wb") as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            env=environment,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    # It has been waited for here, so that Popen need not.
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        last = log.read_text("utf-8", "replace").strip().splitlines()[-1:]
        raise Failed(f"ended with {process.returncode}: {''.join(last)[:120]}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(*(median(column) for column in zip(*map(astuple, costs), strict=True)))
