"""What took long to make, kept by the digest of what it was made of.

In: a folder, or none to keep nothing. Out: bytes, made at most once for the same makings. What is
kept bears a seal at its end, and is made anew where it is not as this user laid it there under that
name (`seal`). A shelf on which nothing can be laid holds nothing, and that is all.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from publish.ground.container import write_atomically
from publish.ground.plain import read_plain
from publish.ground.seal import LENGTH, folder, seal


class Shelf:
    """A folder of things made, and which of them were wanted this time."""

    def __init__(self, folder: Path | None = None, waits: bool = False) -> None:
        # Nothing is laid down where a link leads to.
        is_led = folder and (folder.is_symlink() or folder.parent.is_symlink())
        self.folder = None if is_led else folder
        self._wanted: set[str] = set()
        self._waits = waits
        self._waiting: dict[Path, bytes] = {}

    def part(self, name: str, waits: bool = False) -> Shelf:
        """Return a part of the shelf, for things of one kind, which is tidied by itself.

        One that `waits` lays nothing down before it is told to (`settle`).
        """
        return Shelf(self.folder and self.folder / name, waits)

    def kept(self, make: Callable[[], bytes], *makings: bytes | str) -> bytes:
        """Return what `make` makes of the makings, or made of them before."""
        if self.folder is None:
            return make()
        total = hashlib.sha256()
        for part in makings:
            data = part.encode("utf-8") if isinstance(part, str) else part
            total.update(len(data).to_bytes(8, "big") + data)
        kept = self.found(total.hexdigest())
        if kept is None:
            kept = make()
            self.lay(total.hexdigest(), kept)
        return kept

    def found(self, name: str) -> bytes | None:
        """Return what was laid there under a name; None where it is not there, or not whole."""
        if self.folder is None:
            return None
        self._wanted.add(name)
        return _sound(self.folder / name)

    def lay(self, name: str, made: bytes) -> None:
        """Lay a thing there under the name by which it is looked for."""
        if self.folder is not None:
            self._waiting[self.folder / name] = made
            if not self._waits:
                self.settle()

    def settle(self) -> None:
        """Lay down what has waited, and from now on all that is made."""
        for path, made in self._waiting.items():
            mark = seal(path.name, made)
            with suppress(OSError):
                if mark:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    # The seal tells whether it is whole, so that nobody waits for the disk.
                    write_atomically(path, made + mark, lasting=False)
        self._waiting.clear()
        self._waits = False

    def tidy(self, spare: int = 0) -> None:
        """Throw away what was not wanted this time, but for so many of the newest."""
        idle = [path for path in self._newest() if path.name not in self._wanted]
        for path in idle[spare:]:
            path.unlink(missing_ok=True)

    def bound(self, most: int) -> None:
        """Keep at most so many bytes: what was wanted this time first, then the newest."""
        there = self._newest()
        there.sort(key=lambda path: path.name not in self._wanted)
        for path in there:
            most -= path.stat().st_size
            if most < 0:
                path.unlink(missing_ok=True)

    def _newest(self) -> list[Path]:
        there = [path for path in self.folder.glob("*") if path.is_file()] if self.folder else []
        return sorted(there, key=lambda path: path.stat().st_mtime_ns, reverse=True)


NOWHERE = Shelf()
"""A shelf that holds nothing."""


def own_shelf(name: str) -> Shelf:
    """Return a shelf beside the secret of whoever runs the command, for what all books share."""
    place = folder()
    return Shelf(place and place / name)


def _sound(path: Path) -> bytes | None:
    """Return what a file on the shelf holds; None where it is not there, whole and one's own."""
    try:
        data = read_plain(path, links=False)
    except OSError:
        return None
    made, mark = data[:-LENGTH], data[-LENGTH:]
    own = seal(path.name, made)
    return made if own and hmac.compare_digest(own, mark) else None
