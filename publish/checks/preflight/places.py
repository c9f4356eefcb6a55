"""Which words, picture or rule of the manuscript a finding on a page of ours is about.

In: a `Subject`, whose pages are laid out when the first finding asks. Out: a place in the
manuscript: that of the thing on the page whose rectangle has most in common with the finding's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from publish.checks.subject import Subject
from publish.engine.boxes import Box as Laid
from publish.engine.parts import Pages
from publish.engine.rects import Rect
from publish.ground.source import Span
from publish.ground.units import MM
from publish.pages.abouts import Abouts
from publish.pages.facts import figure_of
from publish.pages.findings import block_spans
from publish.pages.measuring import said_in
from publish.pages.pagemap import PT, Line, page_lines
from publish.press.boxes import Box, common, is_empty, wider

_HAIR = 0.5
"""Points by which a rectangle is grown, so that a rule has an area."""
_SHOWN = ("block", "table", "picture", "margin")
Thing = tuple[Box, Span]


class Places:
    """The things on the pages of a book's print edition."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def of(self, page: int | None, box: Box | None) -> Span | None:
        """Return the place of what a box is about, in mm from the lower left corner of the trim.

        None where it is about nothing that the manuscript holds. Pages count from 1.
        """
        if page is None or box is None:
            return None
        left, foot, right, head = (side * MM for side in box)
        high = self.subject.shop.room.page.height * MM
        sought = wider((left, high - head, right, high - foot), _HAIR)
        shares = ((_shared(sought, wider(one, _HAIR)), span) for one, span in self._on(page))
        share, span = max(shares, key=lambda one: one[0], default=(0.0, None))
        return span if share else None

    def start(self, page: int | None) -> Span | None:
        """Return where in the manuscript a page begins."""
        if page is None:
            return None
        known = self.subject.state.pages
        start = known.starts[page - 1] if known and page <= len(known.starts) else None
        if start is None or start.offset is None or start.file not in self.subject.sources:
            return None
        return self.subject.sources[start.file].span(start.offset)

    @cached_property
    def _pages(self) -> Pages:
        return self.subject.shop.room.pages("print")

    @cached_property
    def _lines(self) -> list[Line]:
        return list(page_lines(self._pages))

    @cached_property
    def _spans(self) -> dict[str, Span]:
        return block_spans(self.subject.shop.materials.print_book)

    @cached_property
    def _abouts(self) -> Abouts:
        book = self.subject.shop.materials.print_book
        return Abouts(book, self.subject.sources["book.toml"], self._spans)

    def _on(self, page: int) -> Iterator[Thing]:
        """Yield what stands on a page, in pt from the upper left corner of its trim."""
        for line in self._lines:
            if line.page == page:
                yield from self._words(line)
        if page <= self._pages.count:
            yield from self._blocks(self._pages.boxes[page - 1], None)

    def _words(self, line: Line) -> Iterator[Thing]:
        for piece in line.pieces:
            offset, file = piece.origin.offset(piece.first), piece.origin.file
            if offset is not None and file in self.subject.sources:
                box = piece.left, line.top, piece.left + piece.width, line.top + line.height
                yield box, self.subject.sources[file].span(offset)

    def _blocks(self, box: Laid, span: Span | None) -> Iterator[Thing]:
        """Yield the boxes in a box that show, each with the place of the block that it is of."""
        words = False
        if box.kind == "margin":
            # A running head: the margin is all of the page's, its words are what was said.
            span = self._abouts.head(said_in(box))
        elif box.element is not None:
            words = {"data-at", "data-block"} & {*box.element.keys()} == {"data-at"}
            if box.tag == "figure":
                span = self._spans.get(figure_of(box.element), span)
            span = self._spans.get(box.element.get("data-block", ""), span)
            span = self._abouts.of(box.element.get("data-about", "")) or span
        # What is words and no block, such as a line of verse, is among the pieces already.
        if span is not None and box.kind in _SHOWN and not words:
            yield _in_pt(box.border), span
        for child in box.children:
            yield from self._blocks(child, span)


def _in_pt(area: Rect) -> Box:
    return area.left * PT, area.top * PT, area.right * PT, area.bottom * PT


def _shared(one: Box, other: Box) -> float:
    """Return what two boxes have in common, as a share of what they cover together."""
    both = common(one, other)
    if is_empty(both):
        return 0.0
    return _area(both) / (_area(one) + _area(other) - _area(both))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
