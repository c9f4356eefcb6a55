"""Plain files, and nothing that only looks like one by its name.

In: a path. Out: its bytes. A pipe or a socket may keep a reader waiting for ever, and a device may
never end: they raise `NotPlain`, an OSError that says what it is, before anything is read of them.
"""

from __future__ import annotations

import errno
import stat
from pathlib import Path

_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
ADVICE = "Name a plain file: what comes through a pipe is to be written to one first."


class NotPlain(OSError):
    """What is there under the name of a file, and is none; the text says what it is."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(errno.EINVAL, f"it is no file but {kind}", str(path))


def check_plain(path: Path) -> None:
    """Raise `NotPlain` for a pipe, a socket or a device; what is not there is nobody's fault here.

    For what opens a file by its name, as libraries of C do; others read it by `read_plain`.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if kind := _KINDS.get(stat.S_IFMT(mode)):
        raise NotPlain(path, kind)


def read_plain(path: Path, links: bool = True) -> bytes:
    """Return the bytes of a file; raises OSError, `NotPlain` among it.

    Without `links` one to a file is none.
    """
    if not links and path.is_symlink():
        raise NotPlain(path, "a link")
    check_plain(path)
    return path.read_bytes()
