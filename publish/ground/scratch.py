"""A folder for the temporary files of a command, of its libraries and of the programs that it runs.

In: nothing (TMPDIR says where it is made). Out: a folder in which all of them put what is in the
way when they are done, and which goes with the command. One that was killed leaves its folder; the
next command takes it away. A folder belongs to whoever holds its lock (flock(2)), so that two
commands, in two containers even, let each other's be.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

_NAME = "katern-"


def begin() -> Path | None:
    """Make the folder, and have temporary files go there; None where none can be made."""
    base = Path(os.environ.get("TMPDIR") or "/tmp")
    with suppress(OSError):
        _sweep(base)
        folder = base / f"{_NAME}{os.getpid()}"
        folder.mkdir(mode=0o700)
        # Held until this process has ended; another command may have been there before.
        if _held(folder) is None or not folder.is_dir():
            return None
        os.environ["TMPDIR"] = str(folder)
        return folder
    return None


def end(folder: Path | None) -> None:
    """Take the folder away, and those of commands that were still dying when this one began."""
    if folder is None:
        return
    _remove(folder)
    with suppress(OSError):
        _sweep(folder.parent)


def _remove(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        import shutil

        shutil.rmtree(folder, ignore_errors=True)


def _held(folder: Path) -> int | None:
    """Return a handle of a folder that nobody else holds; None where somebody does."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _sweep(base: Path) -> None:
    """Take away the folders of commands that are dead; those of other people are let be."""
    with os.scandir(base) as entries:
        left = [Path(one.path) for one in entries if one.name.startswith(_NAME)]
    for folder in left:
        if not folder.name.removeprefix(_NAME).isdecimal():
            continue
        with suppress(OSError):
            handle = _held(folder) if folder.lstat().st_uid == os.geteuid() else None
            if handle is not None:
                _remove(folder)
                os.close(handle)
