"""What the checkers look at: one manuscript, and the editions that were made of it.

In: a manuscript that could be read, an output folder and the state of the last build there. Out: a
`Subject`, which each checker is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from publish.book.inlines import Edition
from publish.book.model import Book
from publish.building.outputs import OUTPUTS
from publish.building.workshop import Workshop
from publish.ground.filenames import IN_ALL, file_of
from publish.ground.problems import Problem
from publish.ground.source import SourceFile, Span
from publish.pages.placing import Moves
from publish.settings.toml import TomlDocument, read_toml
from publish.standing.state import State, digest
from publish.standing.toolchain import toolchain
from publish.text.editions import edition_of
from publish.text.index import indexed

Checker = Callable[["Subject"], list[Problem]]


@dataclass(frozen=True)
class Subject:
    """A manuscript and its editions.

    `found` are the problems met while it was read, `asked` the editions that are to be there.
    """

    folder: Path
    out: Path
    book: Book
    sources: Mapping[str, SourceFile]
    found: tuple[Problem, ...]
    state: State
    asked: tuple[str, ...] = IN_ALL

    @cached_property
    def shop(self) -> Workshop:
        """Return the workshop in which the editions would be made now."""
        sources, state = dict(self.sources), self.state
        given = (self.folder, self.book, sources, None, state.shelf)
        return Workshop(*given, state.makeup, state.pull, self.found)

    def path(self, name: str) -> Path:
        """Return where an edition stands, whether it is there or not."""
        return self.out / file_of(name, self.book.settings.slug)

    def fresh(self, name: str) -> Path | None:
        """Return the file of an edition; None where it is not there, old or another book's."""
        path = self.path(name)
        stands = path.is_file() and not self.is_stale(name) and not self.state.owner(path)
        return path if stands else None

    def is_stale(self, name: str) -> bool:
        """Tell whether an edition was made by another recipe than that of today."""
        return name in self._stale

    @cached_property
    def _stale(self) -> frozenset[str]:
        made, tools = self.state.outputs, toolchain()
        return frozenset(
            name
            for name in made
            if made[name].recipe != digest(tools, OUTPUTS[name].recipe(self.shop))
        )

    def setting(self, *path: str) -> Span | None:
        """Return the place of a setting in book.toml, or of its table where it is not there."""
        return self.settings.value(path) if self.settings else None

    @cached_property
    def settings(self) -> TomlDocument | None:
        """Return book.toml."""
        return read_toml(self.sources["book.toml"])[0]

    @property
    def moves(self) -> Moves:
        """Return how far the e-book's pictures were moved on to follow the printed pages."""
        pages = self.state.pages if self.book.settings.epub.page_list else None
        return pages.moves if pages else {}

    def unset(self, edition: Edition) -> Book:
        """Return the book of an edition, its text still as it was typed."""
        return indexed(edition_of(self.book, edition))
