"""Canaries: files that nobody may open and addresses that nobody may ask for, and who did.

Files are watched by the kernel (inotify(7)), which also sees what C libraries open; addresses are
those of a socket of this process.
"""

from __future__ import annotations

import ctypes
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_OPENED = 0x20  # IN_OPEN
_EVENT = struct.Struct("iIII")


@dataclass
class Canaries:
    """Files that are watched, and a socket that listens."""

    handle: int
    listener: socket.socket
    watched: dict[int, Path] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Return the address that nobody may ask for."""
        return "http://{}:{}".format(*self.listener.getsockname())

    def watch(self, *paths: Path) -> None:
        """Watch files from now on."""
        for path in paths:
            number = _libc.inotify_add_watch(self.handle, os.fsencode(path), _OPENED)
            assert number >= 0, os.strerror(ctypes.get_errno())
            self.watched[number] = path

    def touched(self) -> list[str]:
        """Return the names of the files that were opened, and the callers at the socket."""
        found = []
        try:
            data = os.read(self.handle, 65536)
        except BlockingIOError:
            data = b""
        while data:
            number, _, _, length = _EVENT.unpack_from(data)
            found.append(self.watched[number].name)
            data = data[_EVENT.size + length :]
        try:
            caller, _ = self.listener.accept()
        except BlockingIOError:
            return found
        caller.close()
        return [*found, self.url]


@contextmanager
def canaries() -> Iterator[Canaries]:
    """Keep canaries for a while."""
    handle = _libc.inotify_init1(os.O_NONBLOCK)
    assert handle >= 0, os.strerror(ctypes.get_errno())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        try:
            yield Canaries(handle, listener)
        finally:
            os.close(handle)


_libc = ctypes.CDLL(None, use_errno=True)
