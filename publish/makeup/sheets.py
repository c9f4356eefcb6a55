"""What is wrong with pages and with pages that follow or face each other.

In: the rows of the running text, the laid-out pages, the limits. Out: faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from msgspec import Struct
from msgspec.structs import replace

from publish.engine.boxes import Box
from publish.ground.problems import Spot
from publish.makeup.model import HEADS, Fault, Row
from publish.pages.pagemap import PT, Line
from publish.settings.layout import Limits

_CHAPTER = "h1"
"""The heading with which a chapter begins."""


class Sheet(Struct, frozen=True):
    """A page: the sides of its type area, what there is room for, and its flows; in pt.

    `foot` is the end of the type area, `floor` that of the room for the text, which notes make
    less; `depth` is where the text and its pictures end.
    """

    left: float
    right: float
    foot: float
    floor: float
    depth: float
    flows: tuple[Element, ...]


def sheet_of(page: Box) -> Sheet:
    """Measure a page."""
    inside = [one for one in page.children if one.kind not in ("margin", "notes")]
    notes = [one.top for one in page.children if one.kind == "notes" and one.children]
    depth, flows = 0.0, []
    for one in (inner for outer in inside for inner in (outer, *outer.descendants())):
        if one.element is not None and "flow" in one.classes and one.element not in flows:
            flows.append(one.element)
        if one.kind == "line":
            depth = max(depth, one.top + one.height)
        elif one.kind in ("picture", "table") or one.tag == "figure":
            depth = max(depth, one.top + one.outer_height)
    area = page.content
    floor = min([area.bottom, *notes])
    sides = (area.left, area.right, area.bottom, floor, depth)
    left, right, foot, floor, depth = (side * PT for side in sides)
    return Sheet(left, right, foot, floor, depth, tuple(flows))


def sheet_faults(rows: Sequence[Row], sheets: Sequence[Sheet], limits: Limits) -> Iterator[Fault]:
    """Yield the faults of pages."""
    for one, other in pairwise(rows):
        if one.place != other.place:
            yield from _turn(one, other)
    steps = Counter(round(row.line.height, 1) for row in rows if row.is_prose)
    step = max(steps, key=lambda height: steps[height], default=0.0)
    if step:
        yield from _headings(rows, sheets, limits, step)
        yield from _depths(rows, sheets, limits, step)


def _turn(one: Row, other: Row) -> Iterator[Fault]:
    """Yield what is wrong where the text goes on from one column to the next."""
    if one.is_broken and not one.last and one.hyphenated and one.line.page != other.line.page:
        yield Fault("page_hyphen", one.spot, one.line, {"text": one.text.split()[-1]})
    if other.is_prose and other.last and not other.first:
        yield Fault("widow", other.spot, other.line, {"text": other.shown})
    if one.is_prose and one.first and not one.last:
        yield Fault("orphan", one.spot, one.line, {"text": one.shown})


def _headings(
    rows: Sequence[Row], sheets: Sequence[Sheet], limits: Limits, step: float
) -> Iterator[Fault]:
    """Yield the headings under which too few lines have room, or none stand at all."""
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if row.tag in HEADS and row.last:
            sheet, foot = sheets[row.line.page - 1], row.line.top + row.line.height
            alone = after and after.line.page != row.line.page and sheet.depth < foot + step / 2
            room = 0.0 if alone else (sheet.floor - foot) / step
            if room < limits.heading - 0.1:
                whole = max(int(room + 0.1), 0)
                said = f"{whole or 'no'} line{'' if whole == 1 else 's'}"
                yield Fault("heading", row.spot, row.line, {"text": row.shown, "room": said})


def _depths(
    rows: Sequence[Row], sheets: Sequence[Sheet], limits: Limits, step: float
) -> Iterator[Fault]:
    """Yield the shorter of two facing pages through which the text runs on.

    Even pages face the odd ones after them, whichever way the book is read. Plates are left out,
    and pages on which a chapter ends, the next one beginning overleaf or after its plates.
    """
    heads = {row.line.page: row.tag for row in reversed(rows) if row.line.area == "flow"}
    for at in range(1, len(sheets) - 1, 2):
        pair = (at, at + 1)
        if not all(one + 1 in heads and _runs_on(sheets, one) for one in pair):
            continue
        if any(_is_chapter_s_last(one + 1, heads) for one in pair):
            continue
        left, right = (_white(sheets[one], step) for one in pair)
        short = right - left
        if abs(short) >= limits.depth - 0.1:
            number = at + (2 if short > 0 else 1)
            page = sheets[number - 1]
            spot = Spot.of(number, page.left, page.depth, page.right, page.floor)
            yield Fault("depth", spot, None, {"lines": abs(short)})


def _is_chapter_s_last(page: int, heads: Mapping[int, str]) -> bool:
    """Tell whether the next page with text, if any, begins with the title of a chapter.

    `heads` has of each page with text what that begins with.
    """
    after = next((heads[one] for one in range(page + 1, max(heads) + 1) if one in heads), _CHAPTER)
    return after == _CHAPTER


def _white(sheet: Sheet, step: float) -> float:
    """Return how many lines there is room for below the text.

    Notes are not set on the grid of the text: less than a line above them is none.
    """
    white = (sheet.floor - sheet.depth) / step
    return white if sheet.floor == sheet.foot else max(white - 1, 0.0)


def _runs_on(sheets: Sequence[Sheet], at: int) -> bool:
    """Tell whether what runs through a page goes on on the next one."""
    here = sheets[at]
    return at + 1 < len(sheets) and bool(here.flows) and here.flows[-1] in sheets[at + 1].flows


def last_lines(faults: Sequence[Fault], rows: Sequence[Row]) -> Iterator[Fault]:
    """Yield faults, those of a page as a whole with its last line for their place."""
    lasts: dict[int, Line] = {row.line.page: row.line for row in rows}
    for fault in faults:
        line = lasts.get(fault.spot.page) if fault.line is None else fault.line
        yield replace(fault, line=line)
