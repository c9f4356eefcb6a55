"""System calls that fail: a disk that is full, a folder that may not be written, a cable pulled.

In: a `Rig`. Out: every call of one build that touches the output folder or the manuscript, and what
becomes of a build in which one of them fails, or during which everything is killed. strace(1) lets
calls fail without the help of root, and its log is who says that one did.
"""

from __future__ import annotations

import re
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from faulting import Rig

CALLS = "openat,read,write,fsync,rename,unlink,mkdir"
_CALL = re.compile(r"(\d+) +(\w+)\((.*)")
ERRORS = {
    "openat": ("EACCES", "EROFS", "EMFILE"),
    "read": ("EIO",),
    "write": ("ENOSPC", "EIO"),
    "fsync": ("ENOSPC", "EIO"),
    "rename": ("EACCES", "ENOSPC"),
    "mkdir": ("ENOSPC",),
    "unlink": ("EACCES",),
}
"""How each call may fail (their manual pages, ERRORS)."""
KILL = "signal=SIGKILL"


class Point(NamedTuple):
    """The so-manieth call of its name in the process that works, and what it was given."""

    call: str
    number: int
    given: str

    def __str__(self) -> str:
        return f"{self.call} {self.number} ({self.given[:60]})"


def traced(log: Path, calls: str = CALLS, inject: str = "") -> list[str]:
    """Return what a command is run by so that its calls are logged, and one fails."""
    # With --seccomp-bpf, which is quicker, no signal is sent.
    quick = () if KILL in inject else ("--seccomp-bpf",)
    given = ("-e", f"inject={inject}") if inject else ()
    own = ("strace", "-f", "-q", "-y", "-s", "0", "-o", str(log))
    return [*own, *quick, "-e", f"trace={calls}", *given]


def points(rig: Rig, log: Path) -> list[Point]:
    """Return the calls of a build that touch the output folder or the manuscript, in order."""
    assert rig.is_right() == ""
    rig.forget()
    rig.change()
    ended = rig.command(before=traced(log)).ended()
    assert ended.status == 0, ended.said
    found = list(_points(log.read_text(errors="replace"), str(rig.out), str(rig.book)))
    assert {one.call for one in found} >= {"openat", "read", "write", "fsync", "rename"}
    return found


def _points(log: str, *folders: str) -> Iterator[Point]:
    counts: Counter[tuple[str, str]] = Counter()
    for process, call, given in _CALL.findall(log):
        counts[process, call] += 1
        if any(folder in given for folder in folders):
            yield Point(call, counts[process, call], given)


def injected(rig: Rig, point: Point, how: str, log: Path) -> str:
    """Let a call fail, or kill everything there; return what was lost, or is wrong with it."""
    rig.forget()
    rig.change()
    action = how if how == KILL else f"error={how}"
    wanted = f"{point.call}:{action}:when={point.number}"
    ended = rig.command(before=traced(log, point.call, wanted)).ended()
    told = log.read_text(errors="replace")
    hit = "+++ killed by SIGKILL" if how == KILL else "(INJECTED)"
    if hit not in told:
        return "was not met"
    if "Traceback" in ended.said and not _hit_elsewhere(told, str(rig.out), str(rig.book)):
        return ended.said
    # Where it is the first process that is killed, strace ends as that did.
    if ended.status not in ((0, 1, -signal.SIGKILL) if how == KILL else (0, 1)):
        return f"ended with {ended.status}: {ended.said}"
    if ended.status > 0 and not ended.lines:
        return "failed without a word"
    return rig.is_whole() or rig.is_right()


def _hit_elsewhere(log: str, *folders: str) -> bool:
    """Tell whether another file was hit as well: the calls of each process have their own numbers.

    Without a library of its own no program can be expected to speak; nothing may be lost by it.
    """
    hit = (line for line in log.splitlines() if "(INJECTED)" in line)
    return any(not any(folder in line for folder in folders) for line in hit)
