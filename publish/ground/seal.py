"""A secret of whoever runs the command, by which they know again what they have kept.

In: a name and bytes. Out: a seal (HMAC, RFC 2104, with SHA-256) that nobody else can make: what a
stranger has put into an output folder does not bear it. The secret lies in the folder in which the
programs of a user keep their state (XDG Base Directory, `XDG_STATE_HOME`); without such a folder
nothing is kept, and all is made anew.
"""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

LENGTH = 32
"""Bytes of the secret, and of a seal."""


def seal(name: str, data: bytes) -> bytes | None:
    """Return the seal of what is kept under a name; None where there is no secret."""
    key = _secret(folder())
    return hmac.digest(key, name.encode("utf-8") + b"\0" + data, "sha256") if key else None


def folder() -> Path | None:
    """Return the folder of the secret; None where the user has no home."""
    given = Path(os.environ.get("XDG_STATE_HOME", ""))
    with suppress(RuntimeError):
        return (given if given.is_absolute() else Path.home() / ".local/state") / "katern"
    return None


@lru_cache(maxsize=1)
def _secret(folder: Path | None) -> bytes | None:
    """Return the secret, made if there is none; None where none can be read or made."""
    if folder is None:
        return None
    file = folder / "key"
    with suppress(OSError):
        if not file.is_file():
            _make(file)
        key = file.read_bytes()
        return key if len(key) == LENGTH else None
    return None


def _make(file: Path) -> None:
    """Make a secret that its user alone can read; of two that are made at once one is the first."""
    file.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    beside = file.with_name(f".key.{os.getpid()}.tmp")
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as made:
            made.write(secrets.token_bytes(LENGTH))
        with suppress(FileExistsError):
            os.link(beside, file)
    finally:
        beside.unlink(missing_ok=True)
