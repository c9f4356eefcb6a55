"""The sources of a title as they travel: each file by the SHA-256 of its bytes.

In: a manuscript folder. Out: its files by name. On the other side, in: which file has which
SHA-256, and the bytes. Out: a folder with those files and no others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from publish.ground.root import BookRoot
from publish.standing.state import digests


class Altered(Exception):
    """Bytes that are not those that were sent; the text names their file."""


def sum_of(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def sources(folder: Path) -> dict[str, bytes]:
    """Return the files that a manuscript is made of, by name; raises OSError."""
    root = BookRoot(folder)
    # Read before they are summed up: what changes meanwhile is not taken for what it was.
    return {name: root.read(*name.split("/")) for name in digests(folder)}


def lay(folder: Path, sums: Mapping[str, str], given: Mapping[str, bytes]) -> None:
    """Write files, told by their SHA-256, into a folder; raises `Altered` and OSError."""
    folder.mkdir(parents=True)
    root = BookRoot(folder, trusted=False)
    for name, total in sums.items():
        data = given[total]
        if sum_of(data) != total:
            raise Altered(name)
        path = root.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
