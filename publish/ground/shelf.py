"""What took long to make, kept by the digest of what it was made of.

In: a folder, or none to keep nothing. Out: bytes, made at most once for the same makings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from publish.ground.container import write_atomically


class Shelf:
    """A folder of things made, and which of them were wanted this time."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._wanted: set[str] = set()

    def kept(self, make: Callable[[], bytes], *makings: bytes | str) -> bytes:
        """Return what `make` makes of the makings, or made of them before."""
        if self.folder is None:
            return make()
        total = hashlib.sha256()
        for part in makings:
            data = part.encode("utf-8") if isinstance(part, str) else part
            total.update(len(data).to_bytes(8, "big") + data)
        path = self.folder / total.hexdigest()
        self._wanted.add(path.name)
        try:
            return path.read_bytes()
        except OSError:
            made = make()
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, made)
        return made

    def tidy(self) -> None:
        """Throw away what was not wanted this time."""
        for path in self.folder.glob("*") if self.folder else ():
            if path.name not in self._wanted:
                path.unlink(missing_ok=True)
