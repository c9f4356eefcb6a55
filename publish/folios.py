"""Where the pages of the print edition begin, as plain data that can be kept.

In: what `pagemap` read from laid-out pages. Out: `PageStart`s, and JSON of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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


def folio_label(number: int) -> str:
    """Return what a page's folio says, given its number from 1."""
    return str(number)
