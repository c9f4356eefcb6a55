"""Pictures far from where they are mentioned, and notes off the page of their call.

In: the book of the printed editions, its lines, its laid-out pages. Out: faults.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from publish.book.inlines import CrossReference
from publish.book.model import Book, Chapter, Figure
from publish.book.walking import blocks_of, inlines_of
from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.ground.problems import Spot
from publish.makeup.model import Fault
from publish.pages.facts import note_facts
from publish.pages.pagemap import PT, Line
from publish.settings.layout import Limits
from publish.text.editions import figure_id

Lines = dict[str, list[tuple[int, Line]]]
"""The lines of running text by file, each with the offset that it begins at, in order."""


def figure_faults(
    book: Book, lines: Sequence[Line], pages: Pages, limits: Limits
) -> Iterator[Fault]:
    """Yield the pictures that stand too many pages from the nearest place that mentions them.

    A reference in its own chapter mentions a picture; of one without, the paragraph that it stands
    after in the manuscript. (One chapter may well send a reader to another.)
    """
    known, found = _by_offset(lines), figures_of(pages)
    for chapter in book.chapters:
        references: dict[str, list[Line]] = defaultdict(list)
        for _, inline in inlines_of(chapter):
            if isinstance(inline, CrossReference):
                references[inline.target] += _line_at(known, chapter.file, inline.span.start)
        for figure in _figures(chapter):
            name = figure_id(figure)
            spot = found.get(name)
            near = references[name] or _line_at(known, chapter.file, figure.span.start)
            if spot is None or not near:
                continue
            line = min(near, key=lambda line: abs(line.page - spot.page))
            away = abs(line.page - spot.page)
            if away > limits.picture:
                facts = {"name": figure.photo, "count": away, "at": line.page}
                yield Fault("picture", spot, line, facts)


def _figures(chapter: Chapter) -> Iterator[Figure]:
    return (block for block in blocks_of(chapter) if isinstance(block, Figure))


def _by_offset(lines: Sequence[Line]) -> Lines:
    found: Lines = defaultdict(list)
    for line in lines:
        if line.area == "flow" and line.pieces:
            piece = line.pieces[0]
            offset = piece.origin.offset(piece.first)
            if offset is not None:
                found[piece.origin.file].append((offset, line))
    return {file: sorted(one, key=lambda pair: pair[0]) for file, one in found.items()}


def _line_at(known: Lines, file: str, offset: int) -> list[Line]:
    """Return the line in which a place of a file is printed, or after which it would be."""
    lines = known.get(file, [])
    at = bisect_right(lines, offset, key=lambda pair: pair[0])
    return [lines[max(at - 1, 0)][1]] if lines else []


def figures_of(pages: Pages) -> dict[str, Spot]:
    """Return where each picture stands, by its id."""
    found: dict[str, Spot] = {}
    for number, page in enumerate(pages.boxes, 1):
        for box in page.descendants():
            if box.element is not None and box.tag == "figure" and box.kind == "block":
                found.setdefault(str(box.element.get("id")), _spot(number, box))
    return found


def _spot(number: int, box: Box) -> Spot:
    left, top = box.content.left, box.border_top
    sides = (left, top, left + box.width, top + box.border_height)
    return Spot.of(number, *(side * PT for side in sides))


def note_faults(lines: Sequence[Line], pages: Pages) -> Iterator[Fault]:
    """Yield the notes that are not, whole, at the foot of the page of their call."""
    astray = {fact.key: fact for fact in note_facts(pages) if fact.astray}
    if not astray:
        return
    told: set[str] = set()
    for line in lines:
        key = _note_of(line)
        if key in astray and key not in told:
            told.add(key)
            sides = (line.left, line.top, line.left + line.width, line.top + line.height)
            yield Fault("note", Spot.of(line.page, *sides), line)


def _note_of(line: Line) -> str:
    """Return the place in the manuscript of the note that a line is of; nothing for none."""
    if line.area != "note" or line.box is None:
        return ""
    waiting = [line.box]
    while waiting:
        box = waiting.pop()
        if box.element is not None and box.element.get("data-note"):
            return str(box.element.get("data-note"))
        waiting += box.children
    return ""
