"""What a PDF says of itself: its bookmarks and its language.

In: an open PDF. Out: the level of each bookmark by its title (ISO 32000-1, 12.3.3), and the
language tag of the document (14.9.2).
"""

from __future__ import annotations

import pikepdf

from publish.importing.untagging import is_tag
from publish.importing.words import plain

DEEPEST = 6


def bookmarks_of(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Return the levels of the bookmarks by their titles, as plain letters; 1 is the outermost."""
    out: dict[str, int] = {}

    def read(items: list[pikepdf.OutlineItem], level: int) -> None:
        for item in items:
            out.setdefault(plain(item.title), level)
            if level < DEEPEST:
                read(item.children, level + 1)

    if "/Outlines" not in pdf.Root:
        return out
    with pdf.open_outline(max_depth=DEEPEST) as outline:
        read(list(outline.root), 1)
    return {title: level for title, level in out.items() if title}


def language_in(pdf: pikepdf.Pdf) -> str:
    """Return the language that the document says it is in; "" where it says none, or no tag."""
    tag = pdf.Root.get("/Lang")
    said = str(tag).strip() if isinstance(tag, pikepdf.String) else ""
    return said if is_tag(said) else ""
