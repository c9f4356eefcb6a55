"""What is compared: the words of a document, page by page, and its pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from msgspec import Struct
from PIL.Image import Image

Area = tuple[float, float, float, float]
Line = tuple[str, float]
"""What a line says, and the size of its type in pt."""


class NotComparable(Exception):
    """What cannot be compared, and why."""


class Token(Struct, frozen=True):
    """A word with its marks. `page` counts from 0; `start` and `end` are offsets in its text.

    Of a word that a line's end breaks it is not known whether a hyphen is its own: `broken`.
    `refers`: it is the number of a page, in the contents or the index. Where it is printed, `size`
    is that of its type in pt, and `left` and `top` are where it begins; `line` is what the line
    says that it is of, figures masked, and its size, where that is at the edge of its page.
    """

    text: str
    page: int
    start: int
    end: int
    broken: bool = False
    refers: bool = False
    size: float = 0.0
    left: float = 0.0
    top: float = 0.0
    line: Line | None = None

    @property
    def key(self) -> str:
        """Return what is compared first: the word without its hyphens."""
        return self.text.replace("-", "") or self.text


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its page from 0, how many words of the document stand before it, its name.

    `digest` is that of its bytes; `pixels` decodes them when they must be looked at, and gives
    None for a drawing. `area` is where it stands on its page (left, foot, right, head, in pt); None
    where that is for the reader's screen to say.
    """

    page: int
    at: int
    name: str
    digest: str
    pixels: Callable[[], Image | None] = field(compare=False)
    area: Area | None = None


class Document(Struct, frozen=True):
    """One side: its kind ("pdf", "epub", "manuscript"), the names of its pages, words, pictures.

    `labels` are what its contents and index call the pages, where these are printed: several may
    have one, and some none. `heads` are the lines at the edges of its pages that are running heads,
    and not among its words.
    """

    kind: str
    pages: tuple[str, ...]
    tokens: tuple[Token, ...]
    pictures: tuple[Picture, ...]
    labels: tuple[str, ...] = ()
    heads: frozenset[Line] = frozenset()


def tokens_of(text: str, page: int) -> Iterator[Token]:
    """Yield the words of a page."""
    for found in re.finditer(r"\S+", text):
        yield Token(found[0].replace("\u00ad", ""), page, *found.span())
