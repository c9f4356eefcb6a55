"""What the system refuses, as a problem that says where and what to do.

In: an `OSError`, and the folders that were to be written. Out: a problem K701.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path

from publish.ground.problems import Problem, problem

_BESIDE = re.compile(r"\.(.+)\.\d+\.tmp")
"""The name under which a file is written before it takes its place."""
_ELSEWHERE = "Name another folder, or move this out of the way."
_KNOWN = {
    errno.EROFS: ("the disk of {place} can only be read", "Name another folder."),
    errno.EACCES: ("{place} is not yours to read or write", "Change its rights."),
    errno.EPERM: ("{place} is not yours to read or write", "Change its rights."),
    errno.EEXIST: ("{place} is there, and is no folder", _ELSEWHERE),
    errno.ENOTDIR: ("{place} would stand in a file", _ELSEWHERE),
    errno.EISDIR: ("{place} is a folder, and a file is to be written there", _ELSEWHERE),
}
_FULL = (errno.ENOSPC, errno.EDQUOT)


def denied(error: OSError, folders: Iterable[Path]) -> Problem:
    """Return what a user is told; a full disk is that of the fullest of some folders."""
    place = _place(error)
    # What a library raises as one may have no number, and so no words of the system.
    reason = error.strerror or str(error) or type(error).__name__
    if error.errno in _FULL:
        place = place or min(map(str, folders), key=_free, default="")
        reason = f"no room is left on the disk of {place}" if place else "no room is left on disk"
        advice = "Make room there; what was made before is as it was."
    elif error.errno in _KNOWN and place:
        told, advice = _KNOWN[error.errno]
        reason = told.format(place=place)
    else:
        reason = f"{place}: {reason}" if place else reason
        advice = "Look at the folder's rights, and whether the disk is full."
    return problem("K701", None, reason=reason, advice=advice)


def _place(error: OSError) -> str:
    """Return the file that was meant, not the one that is written beside it."""
    name = error.filename2 or error.filename
    if not name or isinstance(name, int):
        return ""
    path = Path(os.fsdecode(name))
    beside = _BESIDE.fullmatch(path.name)
    return str(path.with_name(beside[1]) if beside else path)


def _free(folder: str) -> int:
    """Return the room on the disk of a folder that is there or is to be made, in bytes."""
    path = Path(folder).absolute()
    while not path.exists() and path != path.parent:
        path = path.parent
    try:
        found = os.statvfs(path)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize
