"""Laid-out pages → which words of the manuscript stand on which page, line and rectangle.

In: laid-out pages, whose elements say where their text comes from (`data-at`, written by
`page_markup`). Out: the set lines, each with the pieces of text that it is made of and each piece
tied, character by character, to its file.

A text box keeps its element but no offset in it, so that its characters are found again in what is
left of the element's own text, blanks aside: the engine folds blanks, adds hyphens and may change
the case, but never the order. A table head is set anew on every page that the table goes on to, so
that a text which has run out begins anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal
from xml.etree.ElementTree import Element

from msgspec import Struct

from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.ground.source import offset_at
from publish.paragraphs.linebreak import Line as Planned

Area = Literal["flow", "figure", "note", "apart"]
"""Main flow; picture and caption; foot of the page; cover, title page, contents and the like."""

PT = 72 / 96
"""Points in a pixel of the engine."""
BLANKS = {ord(char): None for char in "\t\n\f\r \u00a0\u00ad\u200b\u2028\u202f\u2060\ufeff"}
_OWN = ("", "first-line", "first-letter")
"""Whose text is an element's own; that of a marker or the call of a note is generated."""
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
    element: Element | None = field(default=None, repr=False)
    repeated: bool = False
    """Whether it repeats words that the manuscript has for another place."""
    filled: bool = False
    """Whether it is filled in for a reference, which is all that stands in its place: that begins
    at the first of `places` and ends at the last."""

    def offset(self, at: int) -> int | None:
        """Return the offset in the file of a character of `solid`; None for an added word."""
        if not self.places:
            return None
        return offset_at(self.places, self.indices[at])

    def continues(self, at: int) -> bool:
        """Tell whether the character at `at` belongs to the word that the one before it is of."""
        index = self.indices[at]
        if not index:
            return False
        before = self.text[index - 1]
        return before.isalnum() or before in _BOUND

    def found(self, wanted: str, hyphen: str) -> tuple[int, int, bool, bool] | None:
        """Find a printed text, blanks aside, in what is left; None where it does not come next.

        Return where it begins and ends, whether it was set before, and whether the engine added
        a hyphen. Only a text that has run out begins anew.
        """
        again = self.at == len(self.solid)
        start = 0 if again else self.at
        end, hyphenated = _match(self.solid, start, wanted, hyphen)
        if end == start:
            return None
        self.at = end
        return start, end, again, hyphenated


class Piece(Struct, frozen=True):
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

    @property
    def stretch(self) -> tuple[int, int] | None:
        """Return the offsets in the file of its first and last character; None of added words."""
        first, last = self.origin.offset(self.first), self.origin.offset(self.last - 1)
        return None if first is None or last is None else (first, last)


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
    stray: str = ""
    """What of it is found nowhere in the text that it should be of: nothing, if all is well."""
    raw: Origin | None = None
    """The HTML that it stands in, of whose words no places are known."""
    planned: Planned | None = None
    """How it was planned; None where the engine alone made it."""
    box: Box | None = field(default=None, repr=False, compare=False)
    """What it was read from."""
    block: Element | None = field(default=None, repr=False, compare=False)
    """The element that it is a line of: a paragraph, a heading, a cell."""


def page_lines(pages: Pages) -> Iterator[Line]:
    """Yield every set line of the pages, page by page in the order of the boxes."""
    yield from lines_of(pages.boxes)


def lines_of(boxes: Iterable[Box]) -> Iterator[Line]:
    """Yield every set line of pages that follow each other; the first of them is page 1."""
    reader = _Reader({})
    for number, page in enumerate(boxes, 1):
        yield from reader.lines(page, number)


class _Reader(Struct):
    """Reads lines from page boxes; an element's text goes on from page to page."""

    origins: dict[Element, Origin]

    def lines(
        self,
        box: Box,
        page: int,
        area: Area = "apart",
        column: int = 0,
        raw: Origin | None = None,
        block: Element | None = None,
    ) -> Iterator[Line]:
        """Yield the lines in a box; `raw` is the HTML around it, `block` the element."""
        if box.kind == "margin":
            return
        if box.kind == "line":
            line = self._line(box, page, area, column)
            if line is not None:
                yield replace(line, raw=raw, block=block)
            return
        area = _area(box, area)
        if box.element is not None and "raw" in box.classes:
            raw = _origin(box.element)
        if box.kind == "block":
            block = box.element
        for number, child in enumerate(box.children):
            inner = number if child.is_column else column
            yield from self.lines(child, page, area, inner, raw, block)

    def _line(self, box: Box, page: int, area: Area, column: int) -> Line | None:
        pieces: list[Piece] = []
        words, gap, hyphenated, stray = "", 0.0, False, ""
        for text in _texts(box):
            if text.element is None or text.pseudo not in _OWN:
                continue
            words += text.text
            gap = max(gap, text.gap / (text.size or 1))
            hyphenated = False
            if not text.text.translate(BLANKS):
                continue
            found = self._piece(text, text.element)
            if found is None:
                stray += text.text
            else:
                pieces.append(found[0])
                hyphenated = found[1]
        if not words.strip():
            return None
        place = (box.left * PT, box.top * PT, box.width * PT, box.height * PT)
        made = (page, area, column, *place, words, tuple(pieces), hyphenated, gap, stray)
        return Line(*made, planned=box.planned, box=box)

    def _piece(self, box: Box, element: Element) -> tuple[Piece, bool] | None:
        """Find a text box in its element's text; also whether the engine added a hyphen."""
        origin = self.origins.get(element)
        if origin is None:
            origin = self.origins[element] = _origin(element)
        # A word that is spelled in another way where a line breaks it: as it is elsewhere.
        found = origin.found(box.said.translate(BLANKS), box.hyphen)
        if found is None:
            return None
        start, end, again, hyphenated = found
        return Piece(origin, start, end, box.left * PT, box.width * PT, again), hyphenated


def _area(box: Box, area: Area) -> Area:
    """Return to what part of the page a box belongs, given that of the box around it."""
    if box.kind == "notes":
        return "note"
    if box.element is None:
        return area
    if box.element.tag == "figure":
        return "figure"
    names = box.classes
    if "endnotes" in names:
        return "note"
    return "flow" if "flow" in names else area


def _texts(box: Box) -> Iterator[Box]:
    """Yield the text boxes of a line.

    `::first-line` puts a line within a line, and a line of verse is a block within one.
    """
    for child in box.children:
        if child.kind == "text":
            yield child
        elif child.kind in ("inline", "line", "block"):
            yield from _texts(child)


def _origin(element: Element) -> Origin:
    text = "".join([element.text or "", *(child.tail or "" for child in element)])
    indices = [at for at, char in enumerate(text) if ord(char) not in BLANKS]
    solid = text.translate(BLANKS)
    written, _, file = (element.get("data-at") or "").partition("|")
    pairs = (one.partition("+") for one in written.split())
    places = tuple((int(at), int(to)) for at, _, to in pairs)
    return Origin(file, text, places, solid, indices, element=element)


def _match(solid: str, start: int, wanted: str, hyphen: str) -> tuple[int, bool]:
    """Return where a printed text ends in `solid`, `start` if not there; and whether hyphenated."""
    end = _end_of(solid, start, wanted)
    if end == start and hyphen and wanted.endswith(hyphen):
        end = _end_of(solid, start, wanted.removesuffix(hyphen))
        return end, end > start
    return end, False


def _end_of(solid: str, start: int, wanted: str) -> int:
    """Return where a text ends in `solid`, upper and lower case alike (ß as SS)."""
    if wanted and solid.startswith(wanted, start):
        return start + len(wanted)
    left, at = wanted.upper(), start
    while left and at < len(solid):
        char = solid[at].upper()
        if not left.startswith(char):
            return start
        left, at = left[len(char) :], at + 1
    return start if left else at
