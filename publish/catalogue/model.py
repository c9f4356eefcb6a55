"""What became of a title, and who builds titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field

from publish.catalogue.titles import Title
from publish.ground.problems import Problem, has_errors


class Outcome(Struct, frozen=True):
    """What became of a title: its files and whether each was made or kept, problems, seconds."""

    title: Title
    files: Mapping[Path, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    seconds: float = 0.0

    @property
    def word(self) -> str:
        """Return in one word what became of it."""
        if has_errors(self.problems):
            return "failed"
        return "built" if "made" in self.files.values() else "kept"


class Crew(Protocol):
    """Those who build titles."""

    def run(self, titles: Iterable[Title]) -> Iterator[Outcome]:
        """Yield what became of each title, once, as it is there; one that fails stops no other."""
