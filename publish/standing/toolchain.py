"""The toolchain itself, as one digest: what it made is made anew where it has changed.

In: nothing. Out: the SHA-256 of its code, templates, styles, lock and dictionaries. Their files are
read only where one has another size or time than when they were read last, as Python itself tells
whether what it has compiled still holds (PEP 3147); the digest lies beside the secret of a user.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from publish.ground.shelf import own_shelf
from publish.standing.state import digest, digest_files
from publish.text.dictionaries import dictionaries

_HERE = Path(__file__).parent.parent
_SUFFIXES = (".py", ".js", ".j2", ".css", ".toml")
_LOCK = "requirements.txt"
_KEPT = 20
"""Digests of other toolchains that are kept, such as that of an older release beside this one."""


@cache
def toolchain() -> str:
    """Return the digest of the toolchain."""
    own, words = [Path(one) for one in sorted(_own())], list(dictionaries())
    stats = ((one, one.stat()) for one in (*own, *words))
    told = [f"{one}:{stat.st_size}:{stat.st_mtime_ns}" for one, stat in stats]

    def read() -> bytes:
        # They know the seams of compounds, by which words are broken.
        lists = [one.read_bytes() for one in words]
        return digest(digest_files(own, _HERE.parent), *lists).encode()

    shelf = own_shelf("toolchains")
    found = shelf.kept(read, *told).decode()
    shelf.tidy(_KEPT)
    return found


def _own() -> Iterator[str]:
    """Yield the files of the toolchain that say what it makes."""
    root = _HERE.parent
    yield from _below(str(_HERE))
    yield from _below(str(root / "styles"))
    if (root / _LOCK).is_file():
        yield str(root / _LOCK)


def _below(folder: str) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _below(entry.path)
        elif entry.name.endswith(_SUFFIXES):
            yield entry.path
