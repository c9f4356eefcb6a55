"""What stands in the type area of a page: the text, without its running head and its folio.

In: the runs of a page, the page that a book is printed on, and what may stand in its margins. Out:
the texts of the runs, squeezed. A running head stands above the type area and a folio below it or
beside; what else stands there is text that has gone astray.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import groupby

from msgspec import Struct

from publish.book.inlines import plain
from publish.book.model import Book
from publish.checks.folding import squeezed
from publish.checks.pdf_text import Run
from publish.ground.units import MM
from publish.ground.wording import wording
from publish.sizes.geometry import Page

_PARTS = 12
"""A running head, or a word on the title page, is shown in so many parts at the most."""


class TypeArea(Struct, frozen=True):
    """The type area of a book's pages; `heads` are its running heads, squeezed."""

    page: Page
    heads: frozenset[str]

    @property
    def edges(self) -> tuple[float, float]:
        """Return the foot and the head of it, in pt above the foot of the trimmed page."""
        return self.page.bottom * MM, (self.page.height - self.page.top) * MM

    def texts(self, runs: Sequence[Run], label: str) -> list[str]:
        """Return the texts of a page, of which the folio is given."""
        foot, head = self.edges
        margin = {*self.heads, label}
        found: list[str] = []
        for outside, group in groupby(runs, lambda run: not foot <= run.baseline <= head):
            texts = [text for run in group if (text := squeezed(run.text))]
            found += without(texts, margin) if outside else texts
        return found


def running_heads(book: Book) -> frozenset[str]:
    """Return what may stand in a running head: the book's title, the chapters' short ones."""
    heads = {book.settings.title, wording(book.settings.language).notes}
    for chapter in book.chapters:
        heads.add(chapter.short or (plain(chapter.title.inlines) if chapter.title else ""))
    return frozenset(squeezed(head) for head in heads)


def without(texts: Sequence[str], known: Set[str]) -> Iterator[str]:
    """Yield texts but for those that are known, alone or joined: lines break at hyphens.

    As much as is known is taken at once: the title of a book may be how that of a chapter begins.
    """
    at = 0
    while at < len(texts):
        ends = range(min(len(texts), at + _PARTS), at, -1)
        end = next((end for end in ends if "".join(texts[at:end]) in known), 0)
        if not end:
            yield texts[at]
        at = end or at + 1
