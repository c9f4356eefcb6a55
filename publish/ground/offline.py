"""No network: a command opens no connection, and asks no name server.

One that shows a book as it is edited may be asked by the browser of this machine, and nobody else;
one that is given the address of a cluster may ask that cluster.

In: nothing. Out: while it holds, every way to the network that Python itself has raises `Offline`,
an OSError that says so. The programs that check what was made (a Java machine, Node) run beside
this process, and bring their own.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

HERE = "127.0.0.1"
_WAYS = "connect bind sendto sendmsg getaddrinfo gethostbyname gethostbyaddr"
_REFUSED = frozenset(f"socket.{way}" for way in _WAYS.split())
"""The events that Python raises before it does so (PEP 578, and the table of audit events)."""


class Offline(PermissionError):
    """A way to the network that was asked for; the text says which."""


@contextmanager
def offline() -> Iterator[None]:
    """Refuse the network, to all threads of this process."""
    _GUARD.holds += 1
    _GUARD.watch()
    try:
        yield
    finally:
        _GUARD.holds -= 1


@contextmanager
def serving() -> Iterator[None]:
    """Let this process be asked, at the address of this machine that no other can reach."""
    _GUARD.serves += 1
    try:
        yield
    finally:
        _GUARD.serves -= 1


@contextmanager
def reaching() -> Iterator[None]:
    """Let this process reach others: for a cluster that a person named, and nothing else."""
    _GUARD.reaches += 1
    try:
        yield
    finally:
        _GUARD.reaches -= 1


@dataclass(slots=True)
class _Guard:
    """Whether the network is refused, and whether Python has been asked to tell of it.

    It can never be told to stop, and so is asked once.
    """

    holds: int = 0
    serves: int = 0
    reaches: int = 0
    watches: bool = False

    def watch(self) -> None:
        if not self.watches:
            self.watches = True
            sys.addaudithook(self.refuse)

    def refuse(self, event: str, given: tuple[object, ...]) -> None:
        if not self.holds or self.reaches or event not in _REFUSED:
            return
        if not (self.serves and _is_own(event, given)):
            raise Offline(errno.EACCES, f"nothing is fetched from the network ({event})")


def _is_own(event: str, given: tuple[object, ...]) -> bool:
    """Tell whether a socket is bound where only this machine can reach it."""
    address = given[1] if event == "socket.bind" else None
    return isinstance(address, tuple) and address[0] == HERE


_GUARD = _Guard()
