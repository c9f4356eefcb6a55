"""What can be said of the accessibility of an e-book, read from its finished documents.

In: the content documents as they are packed, the style sheet, the book's language. Out: an
`Access`, and the rows that follow from it (EPUB Accessibility 1.1, “Discovery metadata”; the terms
are those of the Schema.org Accessibility Properties for Discoverability Vocabulary). Nothing is
claimed that the documents do not bear out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml import etree
from msgspec import Struct

from publish.epub.documents import Document
from publish.epub.frames import COVER, NAV, TITLE
from publish.ground.wording import Wording

_XHTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}svg"
_OPS = "{http://www.idpf.org/2007/ops}type"
_HEADING = re.compile(r"h([1-6])")
_FIXED = re.compile(
    r"!\s*important|font(-size)?\s*:[^;}]*\d(px|pt|pc|mm|cm|in)\b|line-height\s*:\s*[\d.]+(px|pt)"
    r"|[{;\s]color\s*:(?!\s*(inherit|currentcolor))",
    re.IGNORECASE,
)
"""What takes size, spacing or colour of the text out of the reader's hands."""


class Access(Struct, frozen=True):
    """What is true of an e-book; a picture “tells” unless it is mere decoration or the cover."""

    tells: bool
    described: bool
    long: bool
    headings: bool
    roles: bool
    index: bool
    marked: bool
    listed: bool
    languages: bool
    notes: bool
    adapts: bool


def access_of(documents: Sequence[Document], css: str, language: str) -> Access:
    """Find out what is true of the documents of an e-book."""
    trees = [(one.file, etree.fromstring(one.data)) for one in documents]
    every = [(file, one) for file, tree in trees for one in tree.iter() if _is_element(one)]
    roles = {role for _, one in every for role in one.get("role", "").split()}
    kinds = {kind for _, one in every for kind in one.get(_OPS, "").split()}
    pictures = [_alt(one) for file, one in every if file != COVER and _is_picture(one)]
    telling = [alt for alt in pictures if alt != ""]
    return Access(
        tells=bool(telling),
        described=all(telling),
        long=any(one.get("aria-details") for _, one in every),
        headings=_has_structure(trees),
        roles=bool(roles),
        index="doc-index" in roles,
        marked="pagebreak" in kinds,
        listed=any(file == NAV and one.get(_OPS) == "page-list" for file, one in every),
        languages=any(one.get("lang", language) != language for _, one in every),
        notes="noteref" in kinds,
        adapts=not _FIXED.search(css),
    )


def _is_element(one: etree._Element) -> bool:
    return isinstance(one.tag, str)


def _is_picture(one: etree._Element) -> bool:
    above = one.getparent()
    inside = above is not None and etree.QName(above).namespace == _SVG[1:-4]
    return one.tag == f"{_XHTML}img" or (one.tag == _SVG and not inside)


def _alt(picture: etree._Element) -> str | None:
    """Return what a picture says instead of itself: "" for decoration, None for nothing."""
    if picture.tag == _SVG:
        return "" if picture.get("aria-hidden") else picture.get("aria-label") or None
    return picture.get("alt")


def _has_structure(trees: Sequence[tuple[str, etree._Element]]) -> bool:
    """Tell whether the text has headings, and none of a document leaves out a level.

    What stands above the contents and the title of the book leads nobody through the text.
    """
    levels = {file: [*_levels(tree)] for file, tree in trees}
    return all(map(_is_nested, levels.values())) and any(
        found for file, found in levels.items() if file not in (COVER, TITLE, NAV)
    )


def _levels(tree: etree._Element) -> Iterator[int]:
    for one in tree.iter():
        match = _HEADING.fullmatch(str(one.tag).removeprefix(_XHTML))
        if match:
            yield int(match[1])


def _is_nested(levels: Sequence[int]) -> bool:
    return all(low <= high + 1 for high, low in pairwise((1, *levels)))


def claims_of(known: Access, words: Wording) -> Iterator[tuple[str, str]]:
    """Yield the properties of the discovery metadata and their values, the summary last."""
    described = known.tells and known.described
    rows = (
        ("accessMode", "textual", True),
        ("accessMode", "visual", known.tells),
        ("accessModeSufficient", "textual", known.described),
        ("accessModeSufficient", "textual,visual", known.tells),
        ("accessibilityFeature", "tableOfContents", True),
        ("accessibilityFeature", "readingOrder", True),
        ("accessibilityFeature", "structuralNavigation", known.headings),
        ("accessibilityFeature", "ARIA", known.roles),
        ("accessibilityFeature", "index", known.index),
        ("accessibilityFeature", "alternativeText", described),
        ("accessibilityFeature", "longDescription", known.long),
        ("accessibilityFeature", "pageBreakMarkers", known.marked),
        ("accessibilityFeature", "pageNavigation", known.listed),
        ("accessibilityFeature", "displayTransformability", known.adapts),
        ("accessibilityHazard", "none", True),
    )
    yield from ((name, value) for name, value, is_true in rows if is_true)
    sentences = (
        (words.access_text, known.headings),
        (words.access_alt if described else words.access_no_alt, known.tells),
        (words.access_long, known.long),
        (words.access_notes, known.notes),
        (words.access_index, known.index),
        (words.access_languages, known.languages),
        (words.access_pages, known.marked),
        (words.access_adapts, known.adapts),
    )
    yield "accessibilitySummary", " ".join(sentence for sentence, is_true in sentences if is_true)
