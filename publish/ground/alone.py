"""One at a time: a command has an output folder to itself while it writes there.

In: an output folder. Out: nothing, but that others wait, also on other accounts of the same system
(flock(2), on the folder itself, so that no file is left behind and a process that dies lets go).
Where the file system knows no locks, as some networks', nobody waits. What a killed command left
half written is swept up by the next.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_HALF = re.compile(r"\..+\.\d+\.tmp")
"""As `container.write_atomically` names what it has not finished."""
_WHERE = tuple(f"{one}.*.tmp" for one in ("", "*/", ".*/", "*/*/", ".*/*/", ".*/*/*/"))
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP)


@contextmanager
def alone(out: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold a folder; `waiting` is called where another has it. Raises OSError.

    The folder is made for it where it is not there, and taken away again if it stays empty.
    """
    held, new = _held(out, waiting)
    try:
        _sweep(out)
        yield
    finally:
        if new:
            with suppress(OSError):
                out.rmdir()
        os.close(held)


def _held(out: Path, waiting: Callable[[], None]) -> tuple[int, bool]:
    """Return a handle of the folder, held, and whether it was made for it.

    Another may have taken it away while this one waited.
    """
    while True:
        new = not out.exists()
        out.mkdir(parents=True, exist_ok=True)
        handle = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
        try:
            _lock(handle, waiting)
            if out.is_dir() and os.path.samestat(os.fstat(handle), out.stat()):
                return handle, new
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _lock(handle: int, waiting: Callable[[], None]) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise


def is_littered(out: Path) -> bool:
    """Tell whether a command that was killed, or is at work, has something half written there."""
    return any(_halves(out))


def _sweep(out: Path) -> None:
    for path in _halves(out):
        path.unlink(missing_ok=True)


def _halves(out: Path) -> Iterator[Path]:
    """Yield what is half written in a folder; not where a link in it leads to."""
    here = out.resolve()
    for pattern in _WHERE:
        for path in out.glob(pattern):
            if _HALF.fullmatch(path.name) and path.parent.resolve().is_relative_to(here):
                yield path
