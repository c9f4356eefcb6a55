"""A model of paper: printed sheets turned over, cut, folded, gathered, and leafed through.

In: the sides of sheets, front and back by turns, as they come out of the printer. Out: the pages as
their reader meets them. It knows where ink lies and what hands do with paper, and nothing of how
the sheets were planned: where a page is out of place, the wrong booklet comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from publish.settings.booklet import BookletSettings, Flip

NEAR = 5.0
"""Middles of pages no further apart than this (mm) lie on one another, or in one row."""


class Printed(Struct, frozen=True):
    """A page on a side: its number from 0, its scale, whether its head is down, its middle in mm.

    The middle is measured from the lower left corner of the side as one looks at it.
    """

    page: int
    scale: float
    turned: bool
    x: float
    y: float


class Side(Struct, frozen=True):
    """A side of a sheet: its size in mm and its pages as they are painted."""

    size: tuple[float, float]
    placed: tuple[Printed, ...]


class Bindery(Struct, frozen=True):
    """What is done with the sheets: as the settings say, for so many pages read in their way."""

    settings: BookletSettings
    rtl: bool
    pages: int


Face = Printed | None
Leaf = tuple[Face, Face]
"""A leaf as it lies: what it shows us, and what its other side shows through it."""
Bifolium = tuple[Leaf, Leaf]
"""Two leaves that hang together: the one that the reader meets first, as it lies, and the other."""
Lying = tuple[Side, Side]
"""A sheet on the table: its front, and its back seen through the paper."""


def leafed(sides: Sequence[Side], bindery: Bindery) -> list[Face]:
    """Return the pages in reading order; None is a blank page."""
    if bindery.settings.scheme == "cut-stacks":
        return [face for leaf in _cut_apart(_lying(sides, bindery), bindery) for face in leaf]
    return [face for part in gathered(sides, bindery) for face in _read(part)]


def gathered(sides: Sequence[Side], bindery: Bindery) -> list[list[Bifolium]]:
    """Return the signatures of folded sheets, each with its bifolia from the outermost."""
    sheets = _lying(sides, bindery)
    cover = [_folded(sheets[:1], bindery)[0]] if bindery.settings.cover else []
    bifolia = cover + _folded(sheets[len(cover) :], bindery)
    return list(_signatures(bifolia, bindery))


def _lying(sides: Sequence[Side], bindery: Bindery) -> list[Lying]:
    """Return the sheets as they lie on the table."""
    return [
        (front, _turned_over(back, bindery.settings.flip))
        for front, back in zip(sides[::2], sides[1::2], strict=True)
    ]


def _turned_over(back: Side, flip: Flip) -> Side:
    """Return the back of a sheet as it lies under the front, seen through the paper."""
    width, height = back.size
    over_head = (width >= height) == (flip == "long")
    return replace(
        back,
        placed=tuple(
            replace(one, y=height - one.y, turned=not one.turned)
            if over_head
            else replace(one, x=width - one.x)
            for one in back.placed
        ),
    )


def _cut_apart(sheets: Sequence[Lying], bindery: Bindery) -> Iterator[Leaf]:
    """Yield the leaves of the piles that the cut sheets give, pile by pile."""
    every = [one for sheet in sheets for side in sheet for one in side.placed]
    columns = _bands(one.x for one in every)
    for row in reversed(_bands(one.y for one in every)):
        for column in reversed(columns) if bindery.rtl else columns:
            for sheet in sheets:
                leaf = _at(sheet, column, row)
                if leaf != (None, None):
                    yield leaf
            if bindery.settings.repeat:
                # Every other pile is this one again.
                return


def _folded(sheets: Sequence[Lying], bindery: Bindery) -> list[Bifolium]:
    """Return the bifolia of sheets, cut in rows or folded behind their foot before."""
    made = []
    rows = _bands(one.y for sheet in sheets for side in sheet for one in side.placed)
    if bindery.settings.fold == "once":
        return [_bifolium(sheet, row, bindery.rtl) for row in reversed(rows) for sheet in sheets]
    for sheet in sheets:
        for number, row in enumerate(rows):
            one = _bifolium(sheet, row, bindery.rtl)
            made.append(_behind(one) if number else one)
    return made


def _bifolium(sheet: Lying, row: float, rtl: bool) -> Bifolium:
    """Return what lies in a row to both sides of the fold."""
    width = sheet[0].size[0]
    left, right = (_at(sheet, width * part, row, width / 4) for part in (0.25, 0.75))
    return (left, right) if rtl else (right, left)


def _behind(bifolium: Bifolium) -> Bifolium:
    """Return a bifolium whose head was folded behind the foot of the sheet."""

    def turned(face: Face) -> Face:
        return replace(face, turned=not face.turned) if face else None

    (first, through), (second, beneath) = bifolium
    return (turned(through), turned(first)), (turned(beneath), turned(second))


def _at(sheet: Lying, x: float, y: float, near: float = NEAR) -> Leaf:
    """Return the leaf whose middle lies at a place, `near` mm to the left or right."""

    def face(side: Side) -> Face:
        there = (o for o in side.placed if abs(o.x - x) <= near and abs(o.y - y) <= NEAR)
        return next(there, None)

    return face(sheet[0]), face(sheet[1])


def _bands(places: Iterable[float]) -> list[float]:
    """Return the places of rows or columns, one for all that lie near one another."""
    bands: list[float] = []
    for place in sorted(places):
        if not bands or place - bands[-1] > NEAR:
            bands.append(place)
    return bands


def _signatures(bifolia: list[Bifolium], bindery: Bindery) -> Iterator[list[Bifolium]]:
    """Yield the bifolia of each signature; the last but one is the one that may be thinner."""
    settings = bindery.settings
    step = 2 if settings.fold == "twice" else 1
    many = -(-bindery.pages // (4 * step)) * step
    each = settings.signature // 4 if settings.scheme == "signatures" else many
    thin = many % each if many > each else 0
    start = 0
    while start < len(bifolia):
        left = many - start
        end = start + (thin if thin and left == thin + each else each)
        yield bifolia[start:] if end >= many else bifolia[start:end]
        start = len(bifolia) if end >= many else end


def _read(signature: Sequence[Bifolium]) -> Iterator[Face]:
    """Yield the pages of nested bifolia as their leaves are turned."""
    for first, _ in signature:
        yield from first
    for _, (shown, through) in reversed(signature):
        yield through
        yield shown
