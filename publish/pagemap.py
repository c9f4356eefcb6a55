"""Laid-out pages → which words of the manuscript stand on which page, line and rectangle.

In: the engine's page boxes, whose elements say where their text comes from (`data-at`, written by
`page_markup`). Out: the set lines, each with the pieces of text that it is made of and each piece
tied, character by character, to its file; and where each page begins (`folios.PageStart`).

A text box keeps its element but no offset in it, so that its characters are found again in what is
left of the element's own text, blanks aside: the engine folds blanks, adds hyphens and may change
the case, but never the order. A table head is set anew on every page that the table goes on to, so
that a text which has run out begins anew.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from publish.folios import PageStart, folio_label
from publish.pages import Pages

Area = Literal["flow", "figure", "note", "apart"]
"""Main flow; picture and caption; foot of the page; cover, title page, contents and the like."""

MATTER = ("front", "imprint", "title-page", "contents", "back")
"""The classes of the pages that the toolchain adds."""
PT = 0.75
"""Points in a pixel of the engine."""
_BLANKS = {ord(char): None for char in "\t\n\f\r \u00a0\u00ad\u200b\u2028\u202f\u2060\ufeff"}
_BOUND = "-\u2010\u2011'’\u00ad"
"""What holds a word together where a line ends: the rest of the word is no new one."""


@dataclass(slots=True)
class Origin:
    """The text that stands straight in one element, and where its characters come from."""

    file: str
    text: str
    places: tuple[tuple[int, int], ...]
    solid: str
    indices: list[int]
    """Where in `text` each character of `solid` stands."""
    at: int = 0
    """How many characters of `solid` have been found on pages."""

    def offset(self, at: int) -> int | None:
        """Return the offset in the file of a character of `solid`; None for an added word."""
        if not self.places:
            return None
        index = self.indices[at]
        start, offset = self.places[bisect_right(self.places, (index, 1 << 62)) - 1]
        return offset + index - start

    def continues(self, at: int) -> bool:
        """Tell whether the character at `at` belongs to the word that the one before it is of."""
        index = self.indices[at]
        if not index:
            return False
        before = self.text[index - 1]
        return before.isalnum() or before in _BOUND


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one element that stand together on a line, from `first` to `last` of it.

    `again` where they were set before, as a table's head is on every page that it goes on to.
    """

    origin: Origin
    first: int
    last: int
    left: float
    width: float
    again: bool

    @property
    def text(self) -> str:
        """Return the characters as they stand in the manuscript once set, blanks included."""
        indices = self.origin.indices
        return self.origin.text[indices[self.first] : indices[self.last - 1] + 1]


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: its page (from 1), its rectangle in pt from the trim's upper left corner.

    `gap` is the blank that justifying has added between two words, in em of the line's own type.
    """

    page: int
    area: Area
    column: int
    left: float
    top: float
    width: float
    height: float
    text: str
    pieces: tuple[Piece, ...]
    hyphenated: bool
    gap: float
    raw: Origin | None = None
    """The HTML that it stands in, of whose words no places are known."""


def page_lines(pages: Pages) -> Iterator[Line]:
    """Yield every set line of the pages, page by page in the order of the boxes."""
    reader = _Reader({})
    for number, page in enumerate(pages.document.pages, 1):
        yield from reader.lines(page._page_box, number)


@dataclass(slots=True)
class _Reader:
    """Reads lines from page boxes; an element's text goes on from page to page."""

    origins: dict[Any, Origin]

    def lines(
        self,
        box: Any,
        page: int,
        area: Area = "apart",
        column: int = 0,
        raw: Origin | None = None,
    ) -> Iterator[Line]:
        """Yield the lines in a box; `raw` is the HTML around it."""
        kind = type(box).__name__
        if kind == "AbsolutePlaceholder":
            box, kind = box._box, type(box._box).__name__
        if kind == "MarginBox":
            return
        if kind == "LineBox":
            line = self._line(box, page, area, column)
            if line is not None:
                yield replace(line, raw=raw) if raw else line
            return
        area = _area(box, kind, area)
        if "raw" in _classes(box):
            raw = _origin(box.element)
        for number, child in enumerate(getattr(box, "children", ())):
            inner = number if getattr(child, "is_column", False) else column
            yield from self.lines(child, page, area, inner, raw)

    def _line(self, box: Any, page: int, area: Area, column: int) -> Line | None:
        pieces: list[Piece] = []
        words, gap, hyphenated = "", 0.0, False
        for text in _texts(box):
            if text.element is None or _is_generated(text):
                continue
            words += text.text
            gap = max(gap, text.justification_spacing / (text.style["font_size"] or 1))
            hyphenated = False
            found = self._piece(text) if text.text.strip() else None
            if found is not None:
                pieces.append(found[0])
                hyphenated = found[1]
        if not words.strip():
            return None
        left, top = box.position_x * PT, box.position_y * PT
        size = (box.width * PT, box.height * PT)
        return Line(page, area, column, left, top, *size, words, tuple(pieces), hyphenated, gap)

    def _piece(self, box: Any) -> tuple[Piece, bool] | None:
        """Find a text box in its element's text; also whether the engine added a hyphen."""
        origin = self.origins.get(box.element)
        if origin is None:
            origin = self.origins[box.element] = _origin(box.element)
        wanted = box.text.translate(_BLANKS)
        for start in dict.fromkeys((origin.at, 0)):
            end, hyphen = _match(origin.solid, start, wanted, box.style["hyphenate_character"])
            if end > start:
                again, origin.at = start < origin.at, end
                piece = Piece(origin, start, end, box.position_x * PT, box.width * PT, again)
                return piece, hyphen
        return None


def _area(box: Any, kind: str, area: Area) -> Area:
    """Return to what part of the page a box belongs, given that of the box around it."""
    if kind == "FootnoteAreaBox":
        return "note"
    element = box.element
    if element is None or not hasattr(element, "get"):
        return area
    if element.tag == "figure":
        return "figure"
    if "endnotes" in (element.get("class") or "").split():
        return "note"
    return "flow" if "flow" in (element.get("class") or "").split() else area


def _classes(box: Any) -> list[str]:
    element: Any = getattr(box, "element", None)
    return (element.get("class") or "").split() if hasattr(element, "get") else []


def _texts(box: Any) -> Iterator[Any]:
    """Yield the text boxes of a line (`::first-line` puts a line within a line)."""
    for child in box.children:
        kind = type(child).__name__
        if kind == "TextBox":
            yield child
        elif kind in ("InlineBox", "LineBox"):
            yield from _texts(child)


def _is_generated(box: Any) -> bool:
    """Tell whether a text is no element's own: a marker, the call of a note."""
    _, pseudo, kind = (box.element_tag or "").partition("::")
    return bool(pseudo) and kind not in ("first-line", "first-letter")


def _origin(element: Any) -> Origin:
    text = "".join([element.text or "", *(child.tail or "" for child in element)])
    indices = [at for at, char in enumerate(text) if ord(char) not in _BLANKS]
    solid = text.translate(_BLANKS)
    written, _, file = (element.get("data-at") or "").partition("|")
    pairs = (one.partition("+") for one in written.split())
    return Origin(file, text, tuple((int(at), int(to)) for at, _, to in pairs), solid, indices)


def _match(solid: str, start: int, wanted: str, hyphen: str) -> tuple[int, bool]:
    """Return where a printed text ends in `solid`, `start` if not there; and whether hyphenated."""
    if wanted and solid.startswith(wanted, start):
        return start + len(wanted), False
    if hyphen and wanted.endswith(hyphen):
        cut = wanted.removesuffix(hyphen)
        if cut and solid.startswith(cut, start):
            return start + len(cut), True
        end = _match_folded(solid, start, cut)
        if end > start:
            return end, True
    return _match_folded(solid, start, wanted), False


def _match_folded(solid: str, start: int, wanted: str) -> int:
    """Return where a text ends in `solid`, upper and lower case alike (ß as SS)."""
    left, at = wanted.upper(), start
    while left and at < len(solid):
        char = solid[at].upper()
        if not left.startswith(char):
            return start
        left, at = left[len(char) :], at + 1
    return start if left else at


def page_starts(pages: Pages) -> tuple[PageStart, ...]:
    """Return where each page begins; see `PageStart` for what counts.

    A page with a table head that is set again begins with the row after it. Linear in the number
    of lines.
    """
    starts: dict[int, PageStart] = {}
    for line in page_lines(pages):
        if line.area != "flow" or line.page in starts:
            continue
        for piece in line.pieces:
            offset = piece.origin.offset(piece.first)
            if offset is not None and not piece.again:
                label, file = folio_label(line.page), piece.origin.file
                divided = piece.origin.continues(piece.first)
                starts[line.page] = PageStart(label, "word", file, offset, divided)
                break
        if line.raw and line.page not in starts:
            at = line.raw.places[0][1]
            starts[line.page] = PageStart(folio_label(line.page), "word", line.raw.file, at)
    for number, page in enumerate(pages.document.pages, 1):
        starts.setdefault(number, _without_words(page, folio_label(number)))
    return tuple(starts[number] for number in sorted(starts))


def _without_words(page: Any, label: str) -> PageStart:
    """Return how a page begins whose main flow has no word: with a plate, or as matter apart."""
    for element in _elements(page._page_box):
        if element.tag == "figure":
            return PageStart(label, "plate", str(element.get("id")))
        names = (element.get("class") or "").split()
        for matter in MATTER:
            if matter in names:
                return PageStart(label, "matter", matter)
    return PageStart(label, "matter" if _shows_text(page._page_box) else "blank")


def _shows_text(box: Any) -> bool:
    """Tell whether text stands in a box, its margins aside."""
    kind = type(box).__name__
    return kind == "TextBox" or (
        kind != "MarginBox" and any(map(_shows_text, getattr(box, "children", ())))
    )


def _elements(box: Any) -> Iterator[Any]:
    """Yield the elements of the boxes of a page that show something, outer ones first."""
    for child in getattr(box, "children", ()):
        if type(child).__name__ == "MarginBox":
            continue
        element = getattr(child, "element", None)
        if element is not None and hasattr(element, "get") and element.tag not in ("html", "body"):
            yield element
        yield from _elements(child)
