"""Pages → the measures of a document: its body style, leading, indent; and rows in reading order.

In: pages. Out: `Layout`. Sizes that differ by the rounding of their producer are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from publish.importing.pdf.model import Page, Row, Style
from publish.importing.pdf.rows import rows_of

SAME = 0.03
"""Sizes that differ by less than this part are one."""


class Layout(Struct, frozen=True):
    """How a document is set: the style of its body text, and leadings by size and family, in pt.

    `measure` is the usual width of a line of the body, `indent` that of a paragraph's first line
    (0: paragraphs are not indented).
    """

    body: Style
    leadings: Mapping[tuple[float, str], float]
    measure: float
    indent: float

    def leading(self, style: Style) -> float:
        """Return the distance of two baselines in a style."""
        usual = self.leadings.get((self.body.size, self.body.family), 1.3 * self.body.size)
        guess = style.size * usual / (self.body.size or 1)
        return self.leadings.get((style.size, style.family), guess)


def settle(pages: Sequence[Page]) -> list[Page]:
    """Make one of sizes that are nearly equal."""
    count: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            count[piece.style.size] += len(piece.text)
    sizes: dict[float, float] = {}
    for size, _ in count.most_common():
        near = (one for one in sizes.values() if abs(one - size) <= SAME * one)
        sizes[size] = next(near, size)
    return [
        structs.replace(
            page,
            pieces=tuple(
                structs.replace(one, style=structs.replace(one.style, size=sizes[one.style.size]))
                for one in page.pieces
            ),
        )
        for page in pages
    ]


def body_of(pages: Sequence[Page]) -> Style:
    """Return the style that most letters are set in."""
    count: Counter[tuple[float, str]] = Counter()
    for page in pages:
        for piece in page.pieces:
            count[piece.style.size, piece.style.family] += len(piece.text)
    (size, family), _ = count.most_common(1)[0] if count else ((10.0, ""), 0)
    return Style(size, family)


def all_rows(pages: Sequence[Page], body: Style) -> list[Row]:
    """Return the rows of all pages, each page in reading order."""
    return [
        row
        for page in pages
        for row in rows_of(page.number, [one for one in page.pieces if not one.turned], body.size)
    ]


def layout_of(rows: Sequence[Row], body: Style) -> Layout:
    """Measure a document by its rows."""
    steps: dict[tuple[float, str], Counter[float]] = {}
    for a, b in _pairs(rows):
        key = a.style.size, a.style.family
        if key == (b.style.size, b.style.family) and 0 < a.base - b.base < 2.2 * a.style.size:
            steps.setdefault(key, Counter())[round(a.base - b.base, 1)] += 1
    leadings = {key: _leading(count) for key, count in steps.items()}
    own = [row for row in rows if is_body(row.style, body)]
    widths = sorted(row.right - row.left for row in own)
    measure = widths[int(0.9 * (len(widths) - 1))] if widths else 0
    return Layout(body, leadings, measure, _indent(own, body))


def _leading(steps: Counter[float]) -> float:
    """Return the usual step; of steps that are as usual, the least."""
    most = max(steps.values())
    return min(step for step, count in steps.items() if count >= 0.6 * most)


def _pairs(rows: Sequence[Row]) -> list[tuple[Row, Row]]:
    return [(a, b) for a, b in pairwise(rows) if (a.page, a.column) == (b.page, b.column)]


def is_body(style: Style, body: Style) -> bool:
    """Tell whether a style is that of the body, weight and slope apart."""
    return (style.size, style.family) == (body.size, body.family)


def _indent(rows: Sequence[Row], body: Style) -> float:
    """Return by how much a paragraph's first line is usually indented."""
    count: Counter[float] = Counter()
    for a, b, c in zip(rows, rows[1:], rows[2:], strict=False):
        if a.page == c.page and a.column == c.column:
            inward = b.left - a.left
            if 0.5 * body.size < inward < 4 * body.size and abs(a.left - c.left) < 1:
                count[round(inward)] += 1
    if not count:
        return 0
    indent, times = count.most_common(1)[0]
    return float(indent) if times >= max(2, len(rows) / 100) else 0
