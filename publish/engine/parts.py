"""Laid-out pages: the parts of a book, each laid out by itself, and what is known of their pages.

In: documents of the engine. Out: `Part`s and the `Pages` that they make up. What is known of a page
is plain, so that it can be kept, and sent to another process (`keeping`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from publish.engine.boxes import Box, page_box
from publish.fonts.files import FACES
from publish.ground.problems import Problem, Unmakeable, problem

Variant = Literal["", "pdf/ua-1"]
"""What a PDF is to be: plain, or tagged for a screen reader."""


class Bookmark(Struct, frozen=True):
    """An entry of the outline: its depth, from 1, its words, and where it leads to (px)."""

    level: int
    label: str
    left: float
    top: float
    is_open: bool


class Leaf(Struct, frozen=True):
    """A page: its box, its size and bleed, and what is in it that is led to, or leads away (px).

    `name` is what CSS calls pages of its kind (CSS Paged Media 3, 3.4).
    """

    box: Box
    name: str
    is_right: bool
    is_blank: bool
    width: float
    height: float
    bleed: float
    anchors: Mapping[str, tuple[float, float]]
    links: tuple[str, ...]
    bookmarks: tuple[Bookmark, ...]


class Fount(Struct, frozen=True):
    """A font and what a part has set of it; `key` is its name in the resources of a page.

    `file` is what is in its file, or the digest of a face that the book always has.
    """

    key: str
    family: str
    file: bytes | str
    known: Mapping[str, Any]
    widths: dict[int, float]
    letters: dict[int, str]

    @property
    def is_whole(self) -> bool:
        """Tell whether it has every letter that was asked of it."""
        return not self.known["missing"]

    def with_all_of(self, before: Fount) -> Fount:
        """Return it with what was set of it before, which it agrees with."""
        widths, letters = self.widths | before.widths, self.letters | before.letters
        return replace(before, widths=widths, letters=letters)

    @property
    def told(self) -> str:
        """Return all that it is."""
        file, facts = sha256(self.data).hexdigest(), (self.known, self.widths, self.letters)
        return repr((self.key, file, *(sorted(one.items()) for one in facts)))

    @property
    def data(self) -> bytes:
        """Return what is in its file."""
        return self.file if isinstance(self.file, bytes) else own_faces()[self.file]


@cache
def own_faces() -> dict[str, bytes]:
    """Return the faces that every book has, by the digests of their files."""
    files = (face.data() for face in FACES)
    return {sha256(data).hexdigest(): data for data in files}


class Written(Struct, frozen=True):
    """A part as PDF: its bytes, in which a font is but its key, and its fonts.

    `left` are the kinds of colours in it that are in no ink, where it was set in inks.
    """

    data: bytes
    founts: tuple[Fount, ...]
    left: tuple[str, ...] = ()


@dataclass(slots=True, eq=False)
class Part:
    """What was laid out by itself: its pages, and what the engine had to say of them.

    `key` is the digest of all that it was made of.
    """

    leaves: tuple[Leaf, ...]
    problems: tuple[Problem, ...]
    key: str = ""
    reading: tuple[Any, ...] | None = None
    """What was read from its pages and is asked for in every build: plain data."""
    document: Any = field(default=None, repr=False)
    """The engine's own pages, where this is the process that laid them out."""
    again: Callable[[], Part] | None = field(default=None, repr=False)
    """How it is laid out again, where the engine's own pages are wanted and are not there."""
    written: dict[str, Written] = field(default_factory=dict, repr=False)
    """The part as PDF, by how it was written: as a `Variant`, or made ready in another way."""
    over: Part | None = field(default=None, repr=False)
    """Its folios, which were set when its place in the book was known, and stand over it."""

    def __getstate__(self) -> tuple[Any, ...]:
        return self.leaves, self.problems, self.key, self.reading

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.leaves, self.problems, self.key, self.reading = state
        self.document, self.again, self.written, self.over = None, None, {}, None

    def with_folios(self, over: Part) -> Part:
        """Return it with its folios, page by page; raises Unmakeable if they are not as many."""
        pages, there = len(self.leaves), len(over.leaves)
        if pages != there:
            reason = f"{pages} pages have {there} pages of folios"
            advice = "Undo the last change, or give a picture another place."
            raise Unmakeable(problem("P401", None, reason=reason, advice=advice))
        leaves = tuple(
            replace(leaf, box=leaf.box.with_more(other.box))
            for leaf, other in zip(self.leaves, over.leaves, strict=True)
        )
        return dataclasses.replace(self, leaves=leaves, over=over)


def part_of(document: Any, problems: Sequence[Problem] = ()) -> Part:
    """Return a document of the engine as a part."""
    leaves = tuple(_leaf(page) for page in document.pages)
    return Part(leaves, tuple(dict.fromkeys(problems)), document=document)


def bare(document: Any) -> None:
    """Take all from the pages of a document that would hide what they are laid over."""
    for page in document.pages:
        page._page_box.background = page._page_box.canvas_background = None


def _leaf(page: Any) -> Leaf:
    links = (target for kind, target, *_ in page.links if kind == "internal")
    bookmarks = (
        Bookmark(level, label, float(left), float(top), state != "closed")
        for level, label, (left, top), state in page.bookmarks
    )
    kind = page._page_box.page_type
    return Leaf(
        page_box(page),
        str(kind.name or ""),
        kind.side == "right",
        bool(kind.blank),
        float(page.width),
        float(page.height),
        float(page.bleed["top"]),
        {name: (float(left), float(top)) for name, (left, top, *_) in page.anchors.items()},
        tuple(dict.fromkeys(links)),
        tuple(bookmarks),
    )


class Pages(Struct, frozen=True, eq=False):
    """Laid-out pages, in the parts that they were laid out in, and what there is to say of them."""

    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]

    @property
    def count(self) -> int:
        """Return the number of pages."""
        return sum(len(part.leaves) for part in self.parts)

    @property
    def leaves(self) -> list[Leaf]:
        """Return what is known of each page."""
        return [leaf for part in self.parts for leaf in part.leaves]

    @property
    def boxes(self) -> list[Box]:
        """Return the box of each page."""
        return [leaf.box for leaf in self.leaves]


def bound(parts: Sequence[Part]) -> Pages:
    """Return the pages of one book, of which each part was laid out by itself."""
    return Pages(tuple(parts), tuple(dict.fromkeys(one for part in parts for one in part.problems)))


def filled(
    pages: Pages, multiple: int, before_last: bool, blank: Callable[[Leaf, int], Part]
) -> Pages:
    """Return pages filled up with blank ones to a multiple; a cover at the end stays there.

    `blank` returns so many blank pages of the size of another.
    """
    missing = -pages.count % multiple
    if not missing:
        return pages
    at = len(pages.parts) - before_last
    parts = *pages.parts[:at], blank(pages.leaves[-1], missing), *pages.parts[at:]
    return Pages(parts, pages.problems)
