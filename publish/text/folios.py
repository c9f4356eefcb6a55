"""What the pages of the print edition are called and where they begin, as plain data.

In: what `pagemap` read from laid-out pages. Out: `PageStart`s, and JSON of them. A page is known by
its position, counted from 1; `Folios` makes a position the folio that is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from publish.book.model import Book

FRONT = ("front", "title-page", "imprint", "contents")
"""The matter before the text, in the order that the e-book gives it."""
MATTER = (*FRONT, "back")
"""The classes of the pages that the toolchain adds."""
Kind = Literal["word", "plate", "matter", "blank"]


@dataclass(frozen=True, slots=True)
class PageStart:
    """How a page begins.

    A "word" is the first of the page's main flow: `file` of the manuscript and `offset` in it in
    characters; `divided` where it is the rest of a word that began on the page before. A "plate" is
    a page without such a word that shows a figure: `file` is its id. "matter" is a page that the
    toolchain adds: `file` tells which (front, imprint, title-page, contents, back). A "blank" page
    shows nothing.
    """

    label: str
    kind: Kind
    file: str = ""
    offset: int = 0
    divided: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPages:
    """What other editions take from the print edition's layout.

    `key` is the digest of all that the layout depends on; `moves` tells how many blocks each
    picture was moved on that has a page to itself; `strays` has the label of each page with words
    that are found in no text of the manuscript, and those words.
    """

    key: str
    starts: tuple[PageStart, ...]
    moves: Mapping[str, int] = field(default_factory=dict)
    strays: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Folios:
    """The folios of a book: i, ii, iii … on so many pages of front matter, then from 1 anew."""

    front: int = 0

    def label(self, position: int) -> str:
        """Return the folio of a page, given its position from 1."""
        return _roman(position) if position <= self.front else str(position - self.front)


def body_id(book: Book) -> str:
    """Return the id by which pages tell where the body begins; nothing where one count runs on."""
    return book.unused("body") if book.settings.print.front_folios == "roman" else ""


def folios_of(book: Book, positions: Mapping[str, int]) -> Folios:
    """Return the folios of laid-out pages, given the position of the page of each id."""
    return Folios(positions.get(body_id(book), 1) - 1)


_NUMERALS = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _roman(number: int) -> str:
    said = ""
    for value, numeral in _NUMERALS:
        count, number = divmod(number, value)
        said += numeral * count
    return said
