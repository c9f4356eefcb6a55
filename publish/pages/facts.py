"""What laid-out pages tell their next layout: folios, holes that pictures left, notes.

In: `Pages`. Out: plain facts, lengths in px.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Set
from xml.etree.ElementTree import Element

from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.pages.placing import Hole
from publish.text.footnotes import NoteFact

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HAIR = 1.0
"""Less than this, in px, is no overlap."""


def folios(pages: Pages) -> dict[str, int]:
    """Return the number of the page on which each id stands, counted from 1."""
    found: dict[str, int] = {}
    for number, leaf in enumerate(pages.leaves, 1):
        for name in leaf.anchors:
            found.setdefault(name, number)
    return found


def holes(pages: Pages) -> list[Hole]:
    """Return the white that each picture at the head of a page left on the page before it (px).

    A heading goes along with a picture that follows it; where no text comes after, nothing can fill
    the white.
    """
    found: list[Hole] = []
    floor, before = 0.0, _fragments(pages.boxes[0])
    for number, page in enumerate(pages.boxes, 1):
        here = _fragments(page)
        if not here:
            # Pictures have it to themselves; below one of them there may be room for text.
            above = _fragments(page, floating=True)
            floor, before = (_floor(page), above) if above else (floor, before)
            continue
        blocks = sorted(here, key=lambda one: here[one][1])
        first = next((one for one in blocks if one.tag not in HEADINGS), None)
        if first is not None and first.tag == "figure" and _goes_on(here[first][0], first):
            feet = [bottom for flow, _, bottom in before.values() if flow is here[first][0]]
            found += [Hole(str(first.get("id")), floor - max(feet), number)] if feet else []
        floor, before = _floor(page), here
    return found


def first_page(pages: Pages, places: Set[str]) -> float:
    """Return the first page (from 1) with a block of one of these places; infinite: none has it."""
    numbers = (
        number
        for number, page in enumerate(pages.boxes if places else (), 1)
        for box in page.descendants()
        if box.element is not None and box.element.get("data-block") in places
    )
    return next(numbers, math.inf)


def _goes_on(flow: Element, figure: Element) -> bool:
    """Tell whether text of the same flow comes after a picture."""
    parts = [list(one) if one.get("class") == "columned" else [one] for one in flow]
    blocks = [one for part in parts for one in part]
    return any(one.tag != "figure" for one in blocks[blocks.index(figure) + 1 :])


def _fragments(page: Box, floating: bool = False) -> dict[Element, tuple[Element, float, float]]:
    """Return the flow, the top and the bottom of each element that stands straight in a flow.

    `floating` asks for pictures at the head of the page below which there could be text.
    """
    return {
        box.element: (flow, box.border_top, box.border_top + box.border_height)
        for flow, box in straight(page)
        if box.element is not None
        and (
            floats_to(box) == "head" and not box.element.get("data-alone")
            if floating
            else box.is_in_flow
        )
    }


def straight(page: Box) -> Iterator[tuple[Element, Box]]:
    """Yield each box that stands straight in a flow, with the element of the flow."""
    root = page.children[0].children
    for outer in root[0].children if root else ():
        if outer.element is not None and "flow" in outer.classes:
            yield from ((outer.element, box) for box in outer.children if box.element is not None)


def _floor(page: Box) -> float:
    """Return where the room for the text of a page ends: at what stands at its foot."""
    floors = [page.content.bottom]
    floors += [child.top for child in page.children if child.kind == "notes" and child.children]
    floors += [box.top for _, box in straight(page) if floats_to(box) == "foot"]
    return min(floors)


def figure_of(element: Element) -> str:
    """Return the id of the figure that an element is, or is the other part of."""
    return element.get("id") or element.get("data-of") or ""


def floats_to(box: Box) -> str:
    """Return the edge of its page, “head” or “foot”, to which a box floats; nothing for none."""
    return "" if box.element is None else str(box.element.get("data-float") or "")


def note_facts(pages: Pages) -> list[NoteFact]:
    """Return what is known of each note at the foot of a page, in the order of the calls."""
    boxes = pages.boxes
    notes = [one for root in roots(pages) for one in root.iter("span") if one.get("data-note")]
    calls: dict[Element, int] = {}
    found: dict[Element, list[tuple[int, float, bool]]] = {note: [] for note in notes}
    for number, page in enumerate(boxes if notes else (), 1):
        for inner in page.descendants():
            if inner.pseudo == "footnote-call" and inner.element is not None:
                calls.setdefault(inner.element, number)
        for area in page.children:
            if area.kind == "notes":
                clear = _is_clear(page, area)
                for note in area.children:
                    share = note.outer_height / max(page.height, 1)
                    if note.element is not None:
                        found[note.element].append((number, share, clear))
    return [
        NoteFact(
            str(note.get("data-note")),
            calls.get(note),
            tuple(number for number, _, _ in there),
            max((share for _, share, _ in there), default=0.0),
            all(clear for _, _, clear in there),
        )
        for note, there in found.items()
    ]


def roots(pages: Pages) -> list[Element]:
    """Return the root of each document that the pages are of, in their order."""
    elements = (page.children[0].element for page in pages.boxes if page.children)
    return list(dict.fromkeys(one for one in elements if one is not None))


def _is_clear(page: Box, area: Box) -> bool:
    """Tell whether the notes of a page leave its text alone and do not run off the page.

    Below them is what floats to its foot, where there is any.
    """
    lowest = max((line.top + line.height for line in _lines(page.children[0])), default=0.0)
    floor = min(
        (box.top for _, box in straight(page) if floats_to(box) == "foot"), default=math.inf
    )
    free = lowest <= area.top + _HAIR and area.top + area.outer_height <= floor + _HAIR
    return free and area.top >= page.content.top - _HAIR


def _lines(box: Box) -> Iterator[Box]:
    """Yield the lines in a box but for those of what floats to the foot."""
    for child in box.children:
        if child.kind == "line":
            yield child
        elif floats_to(child) != "foot":
            yield from _lines(child)
