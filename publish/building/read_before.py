"""Chapters as they were read before, for as long as their text and what reads it are the same.

In: the shelf of a manuscript. Out: what reads a chapter for `read_manuscript`. A word is changed in
one chapter, and to read the others is a sixth of an e-book's time. Nothing is laid on the shelf
before the manuscript has been found to be without error.
"""

from __future__ import annotations

import pickle

from msgspec import StructMeta

from publish.book import inlines, model
from publish.ground.problems import Problem
from publish.ground.shelf import Shelf
from publish.ground.source import SourceFile, Span
from publish.ground.unpacking import named, unpacked
from publish.manuscript.markdown import Content, read_blocks
from publish.standing.toolchain import toolchain

_PROTOCOL = 5
_KNOWN = named(
    (
        *(one for one in vars(inlines).values() if isinstance(one, StructMeta)),
        *(one for one in vars(model).values() if isinstance(one, StructMeta)),
        *(Content, Problem, Span),
    )
)


class ReadBefore:
    """Reads chapters, each once for the same text."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf.part("chapters", waits=True)

    def __call__(
        self, source: SourceFile, first_line: int, allow_html: bool, nesting: int
    ) -> tuple[Content, list[Problem]]:
        """Read the Markdown of a file, as `read_blocks` does."""
        made: list[tuple[Content, list[Problem]]] = []

        def read() -> bytes:
            made.append(read_blocks(source, first_line, allow_html, nesting))
            return pickle.dumps(made[0], _PROTOCOL)

        told = f"{source.path}\n{first_line} {allow_html} {nesting}\n{source.text}"
        kept = self._shelf.kept(read, toolchain(), told)
        known = made[0] if made else unpacked(kept, _KNOWN)
        return known or read_blocks(source, first_line, allow_html, nesting)

    def keep(self) -> None:
        """Lay down what was read, and throw away what was not asked for."""
        self._shelf.settle()
        self._shelf.tidy()
