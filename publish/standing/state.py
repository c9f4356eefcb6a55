"""What was built from what: digests kept beside the outputs.

In: a manuscript folder and an output folder. Out: `State`, read from and written to
`OUT/.katern/`. It is safe to delete; all is then built anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from publish.ground.container import write_atomically
from publish.ground.json_text import from_json
from publish.ground.plain import read_plain
from publish.ground.problems import Problem, Spot
from publish.ground.root import FOLDERS, BookRoot
from publish.ground.source import MARKDOWN, Span
from publish.standing.pull import PLAIN, Pull
from publish.text.folios import PageStart, PrintedPages

FOLDER = ".katern"


def digest(*parts: bytes | str) -> str:
    """Return the SHA-256 of parts, each with its length, so that no two lists are alike."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()


def digest_files(paths: Iterable[Path], root: Path) -> str:
    """Return the digest of files, each with its name relative to a folder."""
    parts: list[bytes | str] = []
    for path in sorted(paths):
        parts += [path.relative_to(root).as_posix(), path.read_bytes()]
    return digest(*parts)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a manuscript folder, by its name."""
    root = BookRoot(folder)
    wanted: list[tuple[str, ...]] = [(one,) for one in root.files(suffixes=(".toml", *MARKDOWN))]
    wanted += [(name, one) for name in FOLDERS for one in root.files(name)]
    return {"/".join(names): root.digest(*names) for names in wanted}


def inputs(folder: Path) -> str:
    """Return the digest of every file of a manuscript folder, and of names that are none."""
    root = BookRoot(folder)
    unknown = [
        name for folders in ((), *((one,) for one in FOLDERS)) for name in root.unknown(*folders)
    ]
    return digest(*(part for file in digests(folder).items() for part in file), *unknown)


@dataclass(frozen=True, slots=True)
class Made:
    """One output: its file, the digests of its recipe, bytes and last build, and its problems."""

    file: str
    recipe: str
    sha256: str
    key: str
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Verdict:
    """What a check found: the digest of all that it looked at, its problems and facts."""

    key: str
    problems: list[Problem]
    facts: dict[str, Any]


@dataclass(slots=True)
class State:
    """What is known of the last build of one manuscript into one output folder."""

    path: Path
    key: str = ""
    outputs: dict[str, Made] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)
    slug: str = ""
    verdict: Verdict | None = None
    pages: PrintedPages | None = None
    book: str = ""
    makeup: Verdict | None = None
    """What is wrong with the make-up of the print edition, as bad as all of it is by itself."""
    shown: dict[str, Any] = field(default_factory=dict)
    """Where all stands on the pages of the print edition (`lines`), and how it was arranged."""
    copies: dict[str, str] = field(default_factory=dict)
    """The copies for shops, by their path below the output folder: the edition of each."""
    plates: dict[str, str] = field(default_factory=dict)
    """The plates, by their path below the output folder: the digest of what each was parted of."""
    released: tuple[str, ...] = ()
    """What a final build wrote to tell of the editions, by its path below the output folder."""
    pull: Pull = PLAIN
    """What the last proof was pulled for; without the texts that it was compared with."""

    @property
    def problems(self) -> list[Problem]:
        """Return the problems of the manuscript and of every output."""
        return [*self.found, *(one for made in self.outputs.values() for one in made.problems)]

    @property
    def shelf(self) -> Path:
        """Return the folder of what is kept of this manuscript, beside what is known of it."""
        return self.path.with_suffix("")

    def is_current(self, name: str, file: Path) -> bool:
        """Tell whether an output is there as it was written."""
        made = self.outputs.get(name)
        return made is not None and file.is_file() and digest(file.read_bytes()) == made.sha256

    def is_built(self, name: str, file: Path, key: str) -> bool:
        """Tell whether an output is there as a build with this key made or left it."""
        return self.is_current(name, file) and self.outputs[name].key == self.key == key

    def name_of(self, file: Path) -> str:
        """Return the name of an output as it is kept: its path below the output folder."""
        return file.relative_to(self.path.parent.parent).as_posix()

    def owner(self, file: Path) -> str:
        """Return the folder of the other manuscript that a file was made of; empty for none."""
        for path in records(self.path.parent) if file.is_file() else ():
            try:
                record = from_json(read_plain(path, links=False).decode("utf-8"))
                names = {made["file"] for made in record["outputs"].values()}
                names |= record.get("copies", {}).keys() | record.get("plates", {}).keys()
                names |= set(record.get("released", ()))
                book = str(record["book"])
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                continue
            named = self.name_of(file) in names
            if named and path != self.path and (Path(book) / "book.toml").is_file():
                return book
        return ""

    def save(self) -> None:
        """Write the state beside the outputs."""
        values = {
            "key": self.key,
            "book": self.book,
            "slug": self.slug,
            "outputs": {name: asdict(made) for name, made in sorted(self.outputs.items())},
            "problems": [asdict(one) for one in self.found],
            "verdict": asdict(self.verdict) if self.verdict else None,
            "pages": asdict(self.pages) if self.pages else None,
            "makeup": asdict(self.makeup) if self.makeup else None,
            "shown": self.shown,
            "copies": self.copies,
            "plates": self.plates,
            "released": self.released,
            "pull": {"round": self.pull.round, "mark": self.pull.mark},
        }
        data = json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True)
        for folder in (self.path.parent, self.shelf):
            if folder.is_symlink():
                # What is kept is kept here, and nowhere that a link leads to.
                folder.unlink()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self.path, data.encode("utf-8"))


def records(folder: Path) -> list[Path]:
    """Return the records in the folder of an output folder's own; none where that is a link."""
    return [] if folder.is_symlink() else sorted(folder.glob("*.json"))


def state_of(folder: Path, out: Path) -> State:
    """Read the state of a manuscript in an output folder; a new one where there is none.

    What a link leads to is none.
    """
    path = out / FOLDER / f"{digest(str(folder.resolve()))[:16]}.json"
    try:
        if path.parent.is_symlink():
            return State(path, book=str(folder.resolve()))
        values: dict[str, Any] = from_json(read_plain(path, links=False).decode("utf-8"))
        return State(
            path,
            str(values["key"]),
            {name: _made(made) for name, made in values["outputs"].items()},
            [problem_of(one) for one in values["problems"]],
            str(values["slug"]),
            _verdict(values.get("verdict")),
            _pages(values.get("pages")),
            str(folder.resolve()),
            _verdict(values.get("makeup")),
            dict(values.get("shown", {})),
            dict(values.get("copies", {})),
            dict(values.get("plates", {})),
            tuple(values.get("released", ())),
            Pull(**values.get("pull", {})),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State(path, book=str(folder.resolve()))


def _made(values: dict[str, Any]) -> Made:
    return Made(**(values | {"problems": tuple(problem_of(one) for one in values["problems"])}))


def _verdict(values: dict[str, Any] | None) -> Verdict | None:
    if not values:
        return None
    return Verdict(values["key"], [problem_of(one) for one in values["problems"]], values["facts"])


def _pages(values: dict[str, Any] | None) -> PrintedPages | None:
    if not values:
        return None
    starts = tuple(PageStart(**one) for one in values["starts"])
    strays = tuple((label, text) for label, text in values["strays"])
    return PrintedPages(values["key"], starts, values["moves"], strays)


def problem_of(values: dict[str, Any]) -> Problem:
    """Return a problem that was kept."""
    span = Span(**values["span"]) if values["span"] else None
    spot = Spot(**values["spot"]) if values["spot"] else None
    return Problem(**(values | {"span": span, "spot": spot}))
