"""What a part of an e-book is to a reading system, and the marks of printed pages.

In: roles of chapters, kinds of containers, breaks of pages. Out: terms of the EPUB Structural
Semantics Vocabulary 1.1 and of DPUB-ARIA 1.1; marks as markup.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from publish.book.inlines import Inlines, PageBreak
from publish.markup.inlines import tag


class Meaning(NamedTuple):
    """What an element is to a reading system (`epub:type`) and to a screen reader (role)."""

    epub_type: str = ""
    role: str = ""


CHAPTERS: Mapping[str, Meaning] = MappingProxyType(
    {
        "chapter": Meaning("chapter", "doc-chapter"),
        "foreword": Meaning("foreword", "doc-foreword"),
        "introduction": Meaning("introduction", "doc-introduction"),
        "epigraph": Meaning("epigraph", "doc-epigraph"),
        "appendix": Meaning("appendix", "doc-appendix"),
        "afterword": Meaning("afterword", "doc-afterword"),
        "colophon": Meaning("colophon", "doc-colophon"),
    }
)
"""The roles of chapters that the vocabularies know; any other chapter is a plain section."""

INDEX = Meaning("index", "doc-index")
CONTAINERS: Mapping[str, str] = MappingProxyType({"pullquote": "pullquote", "epigraph": "epigraph"})
"""The containers that the vocabulary has a term for; its “sidebar” is deprecated."""


def page_mark(mark: PageBreak) -> str:
    """Return the mark of a printed page (DPUB-ARIA 1.1, doc-pagebreak)."""
    attributes = {
        "epub:type": "pagebreak",
        "role": "doc-pagebreak",
        "aria-label": mark.label,
        "id": mark.id,
    }
    return tag("span", "", attributes)


def leading(inlines: Inlines) -> tuple[str, Inlines]:
    """Return the marks of pages that a text begins with, each on a line, and the text."""
    marks = tuple(itertools.takewhile(lambda one: isinstance(one, PageBreak), inlines))
    written = "".join(f"{page_mark(one)}\n" for one in marks if isinstance(one, PageBreak))
    return written, inlines[len(marks) :]
