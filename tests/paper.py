"""Hands and paper: sheets come out of the printer, are turned, cut, folded, gathered and read.

The model knows where ink lies on each side as one looks at it, over which edge the printer turned
the sheet, and what hands do then. It shares no formula with `publish.imposition`, and none with the
model that `katern check` uses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from publish.booklet.sheets import Job, Size


@dataclass(frozen=True)
class Ink:
    """A page on a side: its place in mm, its head up or down, its fore edge's way from the fold.

    `bar` is how far below its head a collation mark begins that lies on the fold beside it.
    """

    page: int | None
    x: float
    y: float
    up: bool = True
    gap: float = 0.0
    measure: float = 0.0
    bar: float | None = None


Side = list[Ink]


@dataclass(frozen=True)
class Slip:
    """A piece of paper with one fold or none: from the left to the right its leaves' two faces."""

    leaves: list[tuple[Ink | None, Ink | None]]


def under(back: Side, paper: Size, flip: str) -> Side:
    """Lay the back under the front as the printer turned it: over its long or its short edge."""
    long_edge_lies_level = paper.width >= paper.height
    if (flip == "long") == long_edge_lies_level:
        return [replace(ink, y=paper.height - ink.y, up=not ink.up) for ink in back]
    return [replace(ink, x=paper.width - ink.x) for ink in back]


def cells(front: Side, back: Side, xs: list[float], ys: list[float]) -> dict:
    """Say what lies in each cell of a sheet: (front, what is behind it)."""

    def at(side: Side, x: float, y: float) -> Ink | None:
        here = [ink for ink in side if abs(ink.x - x) < 8 and abs(ink.y - y) < 8]
        assert len(here) <= 1
        return here[0] if here else None

    return {(x, y): (at(front, x, y), at(back, x, y)) for x in xs for y in ys}


def grouped(values: list[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 8:
            found.append(value)
    return found


def made(sides: list[Side], paper: Size, job: Job, pages: int) -> list[list[Ink | None]]:
    """Make the booklets of a job: what each signature reads, its leaves turned one by one."""
    sheets = [
        (front, under(back, paper, job.flip))
        for front, back in zip(sides[::2], sides[1::2], strict=True)
    ]
    every = [ink for sheet in sheets for side in sheet for ink in side]
    ys = grouped([ink.y for ink in every])
    if job.scheme == "cut-stacks":
        xs = grouped([ink.x for ink in every])
        piles = [(x, y) for y in reversed(ys) for x in (xs if job.reading == "ltr" else xs[::-1])]
        tables = [cells(*sheet, xs, ys) for sheet in sheets]
        if job.repeat:
            for table in tables:
                assert len({(a and a.page, b and b.page) for a, b in table.values()}) == 1
            piles = piles[:1]
        leaves = [table[place] for place in piles for table in tables]
        return [[face for leaf in leaves if leaf != (None, None) for face in leaf]]
    slips = []
    middle = paper.width / 2
    covers = [] if job.cover is None else sheets[:1]
    for front, back in covers:
        (row,) = grouped([ink.y for ink in (*front, *back)])
        slips.append(slip(front, back, row, middle))
    rest = sheets[len(covers) :]
    if job.fold == "once":
        # All sheets are cut at once; the lower pile goes under the upper one.
        slips += [slip(*sheet, y, middle) for y in reversed(ys) for sheet in rest]
    else:
        for sheet in rest:
            # The head is folded behind the foot, at half the height of the sheet.
            foot = min(*ys, *(paper.height - y for y in ys))
            upper = slip(*sheet, paper.height - foot, middle)
            slips.append(slip(*sheet, foot, middle))
            slips.append(Slip([(over(away), over(to_us)) for to_us, away in upper.leaves]))
    return [turned(part, job.reading) for part in parts(slips, job, pages)]


def over(ink: Ink | None) -> Ink | None:
    return replace(ink, up=not ink.up) if ink else None


def slip(front: Side, back: Side, y: float, middle: float) -> Slip:
    """Cut out the row at `y`: its left and its right leaf."""

    def at(side: Side, right: bool) -> Ink | None:
        here = [ink for ink in side if abs(ink.y - y) < 8 and (ink.x > middle) == right]
        assert len(here) <= 1
        return here[0] if here else None

    return Slip([(at(front, right), at(back, right)) for right in (False, True)])


def parts(slips: list[Slip], job: Job, pages: int) -> list[list[Slip]]:
    """Divide the pile into signatures; a thinner one comes last but one."""
    unit = 2 if job.fold == "twice" else 1
    covers = 0 if job.cover is None else 1
    total = covers + max(0, -(-(pages - 4 * covers) // (4 * unit)) * unit)
    each = job.signature // 4 if job.scheme == "signatures" else total
    whole, thin = divmod(total, each)
    sizes = [each] * whole
    if thin:
        sizes.insert(max(whole - 1, 0), thin)
    found, start = [], 0
    for size in sizes:
        found.append(slips[start : start + size])
        start += size
    # What the last sheet has over, where its lower half is empty, is no signature.
    assert all(face is None for one in slips[start:] for leaf in one.leaves for face in leaf)
    return found


def nested(paper: list[float]) -> list[float]:
    """Lay sheets of some thicknesses into one another; say how far each fold comes out of it.

    The fold of each rests on the paper that lies there already. What counts is the middle of its
    thickness, from that of the first.
    """
    middles, lying = [], 0.0
    for thickness in paper:
        middles.append(lying + thickness / 2)
        lying += thickness
    return [middle - middles[0] for middle in middles]


def turned(slips: list[Slip], reading: str) -> list[Ink | None]:
    """Nest the slips, fold them away from us, and turn the leaves from the front."""
    first, last = [], []
    for one in slips:
        left, right = one.leaves
        ahead, behind = (right, left) if reading == "ltr" else (left, right)
        first += [ahead[0], ahead[1]]
        last = [behind[1], behind[0], *last]
    return first + last
