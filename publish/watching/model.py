"""What a person sees who watches a book: pages, the e-book's documents, problems, and the place.

All of it is frozen: a new state of the book is a new `Scene`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

from publish.ground.problems import Problem
from publish.text.folios import PageStart

State = Literal["whole", "ahead", "making", "stopped"]
"""The whole book as it is; a chapter set ahead of it; the old pages, the whole being made; the last
good pages, because the manuscript cannot be set as it stands."""
Row = tuple[int, int, int, float, float, float, float]
"""What of a file stands on a set line: its first and last character, page, rectangle in pt."""
Rows = Mapping[str, tuple[Row, ...]]
"""Those of each file, in the file's order."""
Files = Mapping[str, bytes]
"""The files of an e-book by their path in it."""


class Leaf(Struct, frozen=True):
    """A page: the sheaf that it is in, its place there (from 0), its size in pt, its folio.

    `ahead` where it was set before the whole book was.
    """

    sheaf: int
    index: int
    width: float
    height: float
    label: str
    ahead: bool = False


class Place(Struct, frozen=True):
    """Where an edit stands: the page (from 0), its rectangle in pt, and the e-book's document.

    `words` are the first of the paragraph, by which it is found in the document.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    document: str = ""
    words: str = ""


class Scene(Struct, frozen=True):
    """One state of the book; `rows` tell what of the manuscript stands where on its pages."""

    number: int = 0
    state: State = "making"
    title: str = ""
    leaves: tuple[Leaf, ...] = ()
    rows: Rows = field(default_factory=dict)
    starts: tuple[PageStart | None, ...] = ()
    """Where each page begins in the manuscript; None where that is not known."""
    arrangement: Mapping[str, Any] = field(default_factory=dict)
    """How the pages were arranged, as `Arrangement.told` has it."""
    files: Files = field(default_factory=dict)
    documents: tuple[tuple[str, str], ...] = ()
    """The path of each document of the e-book, and its title."""
    problems: tuple[Problem, ...] = ()
    at: Place | None = None
