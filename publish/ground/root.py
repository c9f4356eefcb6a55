"""The folder of a book, and the one way to the files in it: nothing that it names leads out.

In: the manuscript folder, and names below it as a manuscript gives them. Out: paths of plain files
in that folder. What climbs out of it, is absolute, leads out by a link, or is no plain file (a pipe
that would never end, a device) raises `Outside`, an OSError that says so; a person who trusts a
book lets its links lead out (`--trust`).
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath

from publish.ground.filenames import is_known, shown
from publish.ground.plain import NotPlain, check_plain

FOLDERS = ("photos", "fonts", "profiles")
"""The folders of a book whose files it is made of."""
_TRUSTED = ContextVar("trusted", default=False)


class Outside(PermissionError):
    """A name that leads out of its book's folder, or to what is no file; the text says which."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(errno.EACCES, reason, str(path))
        self.name = path.name


@contextmanager
def trusting(trusted: bool = True) -> Iterator[None]:
    """Let the books that are opened meanwhile hold links that lead out of them.

    A person says so once, for all that a command does.
    """
    before = _TRUSTED.set(trusted)
    try:
        yield
    finally:
        _TRUSTED.reset(before)


@dataclass(frozen=True, slots=True)
class BookRoot:
    """The folder of a book, and whether its links may lead out of it."""

    folder: Path
    trusted: bool = field(default_factory=_TRUSTED.get)
    _real: Path = field(init=False, repr=False, compare=False)
    """The folder where no link leads any further."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "_real", self.folder.resolve())

    def path(self, *names: str) -> Path:
        """Return the path of a file below the folder, there or not; raises `Outside`."""
        path = self.folder.joinpath(*names)
        if any(PurePosixPath(one).is_absolute() or ".." in Path(one).parts for one in names):
            raise Outside(path, "it leads out of the book's folder")
        if not self.trusted and not _resolved(path).is_relative_to(self._real):
            raise Outside(path, "it is a link that leads out of the book's folder")
        try:
            check_plain(path)
        except NotPlain as error:
            raise Outside(path, error.strerror or "") from error
        return path

    def has(self, *names: str) -> bool:
        """Tell whether a name is that of a file within the folder."""
        try:
            return self.path(*names).is_file()
        except OSError:
            return False

    def read(self, *names: str) -> bytes:
        """Return the bytes of a file; raises OSError, `Outside` among it."""
        return self.path(*names).read_bytes()

    def digest(self, *names: str) -> str:
        """Return the SHA-256 of a file, which may be larger than memory; raises OSError."""
        with self.path(*names).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def size(self, *names: str) -> int:
        """Return how many bytes a file has; 0 for one that cannot be read."""
        try:
            return self.path(*names).stat().st_size
        except OSError:
            return 0

    def files(self, *names: str, suffixes: Sequence[str] = ()) -> list[str]:
        """Return the names of the files in a folder of the book, in order, hidden ones left out.

        `suffixes` are those that are looked for, in lower case; none of them: every file.
        """
        named = self._listed(*names)
        asked = [one for one in named if not suffixes or PurePath(one).suffix.lower() in suffixes]
        return [one for one in asked if self.has(*names, one)]

    def folders(self) -> list[str]:
        """Return the names of the folders in the book's, in order, hidden ones left out."""
        return [one for one in self._listed() if (self.folder / one).is_dir()]

    def unknown(self, *names: str) -> list[str]:
        """Return the names in a folder that are none on every system, as they are told."""
        return [shown(one) for one in self._named(*names) if not is_known(one)]

    def refused(self, *names: str) -> Iterator[Outside]:
        """Yield why each thing in a folder of the book is left alone that looks like a file."""
        for one in self._listed(*names):
            try:
                self.path(*names, one)
            except Outside as reason:
                yield reason

    def _listed(self, *names: str) -> list[str]:
        return [one for one in self._named(*names) if is_known(one)]

    def _named(self, *names: str) -> list[str]:
        """Return all names in a folder; none where it is not there. Raises OSError for others."""
        try:
            return sorted(one.name for one in self.path(*names).iterdir() if one.name[0] != ".")
        except (FileNotFoundError, NotADirectoryError, Outside):
            return []


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:
        raise Outside(path, "it is a link that leads to itself") from error
