"""The ways into an e-book: its contents, its landmarks, the list of the printed pages.

In: the `Book` of the EPUB edition, the file of each chapter, the printed pages. Out: bytes of the
nav (EPUB 3.3, “EPUB navigation document”) and of the NCX, which older reading systems look for (OPF
2.0.1, 2.4.1; ANSI/NISO Z39.86-2005, 8).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup as Safe

from publish.book.inlines import Inlines, PageBreak
from publish.book.model import Book
from publish.epub.frames import COVER, NAV, TITLE, rendered, written_marks
from publish.epub.page_list import PageList
from publish.text.composition import set_text
from publish.text.contents import Entry, contents, flat
from publish.text.folios import FRONT

Page = tuple[str, PageBreak]
"""Where the mark of a printed page stands, and the mark."""
_IDS = re.compile(rb'\sid="([^"]+)"')


def page_items(
    pages: PageList | None, front: Mapping[str, Sequence[PageBreak]], files: Mapping[str, str]
) -> list[Page]:
    """Return address and mark of each printed page, in reading order."""
    if pages is None:
        return []
    shown = {"front": COVER, "title-page": TITLE, "imprint": TITLE, "contents": NAV}
    marks = [(shown[name], mark) for name in FRONT for mark in front[name]]
    marks += [(files[chapter], mark) for chapter, mark in pages.text]
    return [(f"{file}#{mark.id}", mark) for file, mark in marks]


class Navigation:
    """The contents and the printed pages of one e-book."""

    def __init__(self, book: Book, files: Mapping[str, str], pages: Sequence[Page]) -> None:
        self.settings = book.settings
        self.files = files
        self.pages = pages
        self.entries = contents(book, book.settings.epub.contents_depth) or (_whole(book),)

    def nav(
        self,
        labels: Mapping[str, Callable[[Inlines], str]],
        landmarks: Sequence[tuple[str, str, str]],
        marks: Iterable[PageBreak],
    ) -> bytes:
        """Return the nav.

        `labels` mark up the titles of each chapter; `marks` are of the pages that it is itself.
        """

        def item(entry: Entry) -> dict[str, object]:
            children = [item(child) for child in entry.children]
            label = Safe(labels[entry.chapter](entry.inlines)) or entry.title
            return {"href": self._address(entry), "label": label, "children": children}

        return rendered(
            "nav.xhtml.j2",
            self.settings,
            items=[item(entry) for entry in self.entries],
            landmarks=landmarks,
            pages=[(address, mark.label) for address, mark in self.pages],
            marks=written_marks(marks),
        )

    def ncx(self, identifier: str, spine: Sequence[tuple[str, bytes]]) -> bytes:
        """Return the NCX; `spine` has name and bytes of the documents in reading order."""
        used = {self._address(entry) for entry in flat(self.entries)}
        used |= {address for address, _ in self.pages}
        there = (address for address in _addresses(spine) if address in used)
        order = {address: number for number, address in enumerate(dict.fromkeys(there), 1)}
        points = {id(entry): number for number, entry in enumerate(flat(self.entries), 1)}

        def item(entry: Entry) -> dict[str, object]:
            address = self._address(entry)
            known = {"href": address, "label": entry.title, "order": order[address]}
            children = [item(child) for child in entry.children]
            return known | {"number": points[id(entry)], "children": children}

        items = [item(entry) for entry in self.entries]
        pages = [(order[address], address, mark) for address, mark in self.pages]
        numbers = [int(mark.label) for _, mark in self.pages if mark.label.isdecimal()]
        return rendered(
            "toc.ncx.j2",
            self.settings,
            identifier=identifier,
            items=items,
            pages=pages,
            last=max(numbers, default=0),
        )

    def _address(self, entry: Entry) -> str:
        """Return where an entry leads: a chapter's own file, or a heading in it."""
        file = self.files[entry.chapter]
        return file if entry.level == 1 else f"{file}#{entry.id}"


def _addresses(spine: Iterable[tuple[str, bytes]]) -> Iterator[str]:
    """Yield the address of each document and of each of its ids, in reading order."""
    for file, data in spine:
        yield file
        for name in _IDS.findall(data):
            yield f"{file}#{name.decode()}"


def _whole(book: Book) -> Entry:
    """Return the one entry of a book none of whose chapters stands in the contents."""
    title = set_text(book.settings.title, book.settings.language)
    return Entry(title, (), book.chapters[0].name, "", 1)
