"""CATALOGUE.toml → the titles that are to be built.

In: the path of a catalogue; its folder is where the ways to manuscripts and outputs begin, and
leads no further than a book's own does (`BookRoot`). Out: a frozen `Catalogue`, None where an error
stands in it, and problems with their places: S101 to S103, T100, T101, K750 to K753.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import Struct

from publish.ground.filenames import FILES, IN_ALL
from publish.ground.plain import read_plain
from publish.ground.problems import Problem, has_errors, problem, unreadable
from publish.ground.root import BookRoot, Outside
from publish.ground.source import SourceFile, Span, Unreadable, read_source
from publish.settings.schema import (
    Nested,
    Wrong,
    choice,
    expect,
    flag,
    read_table,
    setting,
    text,
)
from publish.settings.toml import TomlDocument, read_toml


class Title(Struct, frozen=True):
    """A title: its name in the catalogue, its manuscript, where which editions are written."""

    name: str
    folder: Path
    out: Path
    editions: tuple[str, ...]
    final: bool


class Catalogue(Struct, frozen=True):
    """The titles of a catalogue, in its order; no two have a name or an output folder in common."""

    titles: tuple[Title, ...]


def editions(value: Any) -> tuple[str, ...]:
    """Read a list of editions; they are made in one order, whichever way they are told."""
    what = 'a list of editions, ["epub", "print"]'
    one = choice(*FILES)
    named = {one(name) for name in expect(list, value, what)}
    if not named:
        raise Wrong(what)
    return tuple(name for name in FILES if name in named)


@dataclass(frozen=True, slots=True)
class _Row:
    """A table [[title]] as it is written."""

    folder: str = setting(text, "the folder of the manuscript")
    name: str = setting(text, "what the title is called here (the name of its folder)", "")
    out: str = setting(text, "where it is written (its name, below the catalogue's out)", "")
    editions: tuple[str, ...] = setting(editions, "which editions (those of the catalogue)", ())
    final: bool | None = setting(flag, "whether it is built to be published", None)


@dataclass(frozen=True, slots=True)
class Written:
    """A catalogue as it is written."""

    title: tuple[_Row, ...] = setting(Nested(_Row, many=True), "the titles, a table [[title]] each")
    out: str = setting(text, "the folder in which each title has one of its own", "dist")
    editions: tuple[str, ...] = setting(editions, "the editions of each title", IN_ALL)
    final: bool = setting(flag, "whether they are built to be published", False)


def read_catalogue(file: Path, final: bool = False) -> tuple[Catalogue | None, list[Problem]]:
    """Read a catalogue; with `final` each of its titles is built to be published."""
    try:
        source = read_source(lambda: read_plain(file), str(file))
    except Unreadable as error:
        return None, [unreadable(error)]
    return _of(source, file.parent, final)


def _of(source: SourceFile, folder: Path, final: bool) -> tuple[Catalogue | None, list[Problem]]:
    document, problems = read_toml(source)
    if document is None:
        return None, problems
    written, problems = read_table(document, (), document.values, Written)
    if written is None:
        return None, problems
    desk = _Desk(BookRoot(folder), document, written, final)
    titles = tuple(desk.titles())
    problems += [*desk.problems, *_doubles(titles, document)]
    return (None if has_errors(problems) else Catalogue(titles)), problems


class _Desk:
    """Rows become titles; what is wrong with where they lead is gathered."""

    def __init__(
        self, root: BookRoot, document: TomlDocument, written: Written, final: bool
    ) -> None:
        self.root, self.document, self.written, self.final = root, document, written, final
        self.problems: list[Problem] = []

    def titles(self) -> Iterator[Title]:
        """Yield the titles; one that leads nowhere is told of instead."""
        for number, row in enumerate(self.written.title):
            name = row.name or (self.root.folder / row.folder).resolve().name
            folder = self._path(number, "folder", row.folder)
            out = self._path(number, "out", row.out or f"{self.written.out}/{name}")
            if folder is None or out is None:
                continue
            if not (folder / "book.toml").is_file():
                self.problems.append(problem("K750", self._at(number, "folder"), folder=folder))
            chosen = row.editions or self.written.editions
            final = self.written.final if row.final is None else row.final
            yield Title(name, folder, out, chosen, final or self.final)

    def _path(self, number: int, key: str, written: str) -> Path | None:
        try:
            return self.root.path(written)
        except Outside as error:
            at = self._at(number, key)
            self.problems.append(problem("K751", at, path=written, reason=error.strerror))
            return None

    def _at(self, number: int, key: str) -> Span:
        """Return where a row says something, or else where the catalogue says it for all."""
        is_own = key in self.document.values["title"][number]
        return self.document.value(("title", number, key) if is_own else (key,))


def _doubles(titles: tuple[Title, ...], document: TomlDocument) -> Iterator[Problem]:
    """Yield names that are given twice, and folders that two titles would write in."""
    outs = [title.out.resolve() for title in titles]
    for number, title in enumerate(titles):
        for before, other in zip(titles[:number], outs, strict=False):
            out = outs[number]
            if title.name == before.name:
                at = document.value(("title", number, "name"))
                yield problem("K752", at, name=title.name)
            elif out == other or out in other.parents or other in out.parents:
                at = document.value(("title", number, "out"))
                yield problem("K753", at, out=title.out, other=before.name)
