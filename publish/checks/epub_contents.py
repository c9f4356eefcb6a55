"""The tables of contents of an e-book, its nav and its NCX, against the headings of the book.

In: an `Ebook` and the entries that the contents should have. Out: how the two differ (EPUB 3.3,
“The toc nav element”; the NCX of EPUB 2.0.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from publish.checks.epub_reader import OPS, XHTML, Ebook, resolved
from publish.checks.folding import squeezed
from publish.text.contents import Entry

_NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
Row = tuple[int, str, str]
"""An entry of a table of contents: level, words, where it leads."""
Heading = tuple[int, Entry]


def unlike_contents(
    ebook: Ebook, entries: Sequence[Entry], files: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield each table of contents that differs from the entries, and how.

    `files` has the document of each chapter by the chapter's name.
    """
    wanted = list(_wanted(entries, 1))
    for name in (ebook.nav, ebook.ncx) if wanted else ():
        listed = _nav_rows if name == ebook.nav else _ncx_rows
        rows = listed(ebook.trees[name]) if name else []
        reason = _unlike(name, rows, wanted, files)
        if reason:
            yield name, reason


def _unlike(
    name: str, rows: Sequence[Row], wanted: Sequence[Heading], files: Mapping[str, str]
) -> str:
    """Return how the entries of a table of contents differ from the headings; "" if not."""
    for (level, title, href), (depth, entry) in zip(rows, wanted, strict=False):
        if (level, squeezed(title)) != (depth, squeezed(entry.title)):
            return f"“{title}” stands where “{entry.title}” should"
        file, fragment = resolved(name, href)
        ids = ("", entry.id) if entry.level == 1 else (entry.id,)
        if file != files[entry.chapter] or fragment not in ids:
            return f"“{title}” leads to {href}"
    if len(rows) < len(wanted):
        return f"“{wanted[len(rows)][1].title}” is missing"
    return f"“{rows[len(wanted)][1]}” is too many" if len(rows) > len(wanted) else ""


def _wanted(entries: Sequence[Entry], level: int) -> Iterator[Heading]:
    for entry in entries:
        yield level, entry
        yield from _wanted(entry.children, level + 1)


def _nav_rows(tree: etree._Element) -> list[Row]:
    """Return the entries of the nav's table of contents (EPUB 3.3, “The toc nav element”)."""
    navs = [one for one in tree.iter(f"{XHTML}nav") if one.get(f"{OPS}type") == "toc"]
    return list(_list_rows(navs[0].find(f"{XHTML}ol"), 1)) if navs else []


def _list_rows(items: etree._Element | None, level: int) -> Iterator[Row]:
    for item in items.iterfind(f"{XHTML}li") if items is not None else ():
        link = item.find(f"{XHTML}a")
        if link is not None:
            yield level, "".join(link.itertext()), link.get("href", "")
        yield from _list_rows(item.find(f"{XHTML}ol"), level + 1)


def _ncx_rows(tree: etree._Element) -> list[Row]:
    """Return the entries of an NCX."""
    start = tree.find(f"{_NCX}navMap")
    return list(_point_rows(start, 1)) if start is not None else []


def _point_rows(parent: etree._Element, level: int) -> Iterator[Row]:
    for point in parent.iterfind(f"{_NCX}navPoint"):
        label, content = point.find(f"{_NCX}navLabel/{_NCX}text"), point.find(f"{_NCX}content")
        words = (label.text or "") if label is not None else ""
        yield level, words, content.get("src", "") if content is not None else ""
        yield from _point_rows(point, level + 1)
