"""Preflight of the boxes of a page, and of what stands too near them (ISO 32000-1, 14.11.2).

In: a `Sheet`. Out: findings F907, F908, F917 to F919, F928, F929 and F931.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from pikepdf import Array, Dictionary

from publish.checks.preflight.inkmap import is_area
from publish.checks.preflight.marks import Mark
from publish.checks.preflight.model import Finding, Sheet
from publish.checks.preflight.totals import is_white
from publish.ground.units import MM
from publish.press.boxes import Box, around, box_of, is_empty, reaches, wider

LEAST_TRIM, LEAST_SPINE = 5.0, 8.0
"""How near (mm) text may come to the trim and to the spine."""
_TOUCH = 0.3
"""What ends so near the trim (mm) is meant to reach it."""
_HAIR = 0.05
"""Boxes that differ by no more (pt) are the same: their sides are rounded."""
_BAR = 2.0
"""A line that is thicker than this, in pt, is an area that can end short of the bleed."""
_BACK = 60.0
"""What is narrower (mm) between two folds is the back of a book."""
LARGEST = 14400
"""The longest side of a page in its own units (annex C)."""
_SIDES = ("left", "foot", "right", "head")


def content(sheet: Sheet) -> Iterator[Finding]:
    """Look whether all that the page paints can be followed."""
    if faults := sheet.painted.faults:
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        yield sheet.unjudged("something that it paints", f"{faults[0]}{more}")


def media(sheet: Sheet) -> Iterator[Finding]:
    """Look whether a page says how large it is."""
    left, foot, right, head = sheet.media
    if sheet.page.obj.objgen in sheet.file.unboxed:
        yield sheet.found("F907", reason="it has no media box, or one that is not four numbers")
    elif is_empty(wider(sheet.media, -_HAIR)):
        yield sheet.found("F907", reason="its media box is empty")
    elif max(right - left, head - foot) > LARGEST:
        reason = f"its media box is larger than {LARGEST} units, which no program need take"
        yield sheet.found("F907", reason=reason)


def boxes(sheet: Sheet) -> Iterator[Finding]:
    """Look whether each page says its trim, and whether its boxes lie within each other."""
    reason = _fault(sheet)
    if reason:
        yield sheet.found("F907", reason=reason)


def _fault(sheet: Sheet) -> str:
    page = sheet.page.obj
    trim, art = ("/TrimBox" in page), ("/ArtBox" in page)
    if trim == art:
        return "it has a trim box and an art box" if trim else "it has no trim box"
    if box_of(page["/TrimBox" if trim else "/ArtBox"]) is None:
        return "its trim box is empty"
    if not within(sheet.trim, sheet.bleed):
        return "its trim does not lie within its bleed"
    if not within(sheet.bleed, sheet.media):
        return "its bleed does not lie within its media box"
    crop = box_of(sheet.page.cropbox) or sheet.media
    if not within(sheet.bleed, crop):
        return "its crop box cuts into its bleed"
    if not within(crop, sheet.media):
        return "its crop box does not lie within its media box"
    return "its unit is not the point" if page.get("/UserUnit", 1) != 1 else ""


def within(inner: Box, outer: Box) -> bool:
    """Tell whether a box lies within another."""
    low = all(outer[at] <= inner[at] + _HAIR for at in (0, 1))
    return low and all(inner[at] <= outer[at] + _HAIR for at in (2, 3))


def notes_and_links(sheet: Sheet) -> Iterator[Finding]:
    """Look for links, notes and fields where the page prints; marks may stand in its bleed."""
    for one in sheet.page.obj.get("/Annots", Array()):
        kind = str(one.get("/Subtype", "")) if isinstance(one, Dictionary) else ""
        box = box_of(one.get("/Rect")) if kind and kind != "/TrapNet" else None
        where = sheet.trim if kind == "/PrinterMark" else sheet.bleed
        if box and reaches(box, where):
            yield sheet.found("F908", box, kind=kind.removeprefix("/"))


def layers(sheet: Sheet) -> Iterator[Finding]:
    """Look for content of layers that are not printed."""
    hidden = [mark for mark in sheet.marks if mark.layer]
    for layer in dict.fromkeys(mark.layer for mark in hidden):
        boxes = [mark.box for mark in hidden if mark.layer == layer]
        box = around([corner for one in boxes for corner in (one[:2], one[2:])])
        yield sheet.found("F928", box, layer=layer)


def near_trim(sheet: Sheet) -> Iterator[Finding]:
    """Look for text that is nearer to the trim than a cutter can be trusted."""
    for words in sheet.words:
        for side in range(4):
            distance = _inside(words.box, sheet.trim, side)
            if side != sheet.spine and distance < LEAST_TRIM:
                facts = {"distance": max(0.0, round(distance, 1)), "least": LEAST_TRIM}
                yield sheet.found("F917", words.box, text=_short(words.text), **facts)
                break


def near_spine(sheet: Sheet) -> Iterator[Finding]:
    """Look for text that would vanish into the spine, or into the fold of a sheet."""
    for words in sheet.words:
        distance = _from_spine(sheet, words.box)
        if distance < LEAST_SPINE:
            facts = {"distance": max(0.0, round(distance, 1)), "least": LEAST_SPINE}
            yield sheet.found("F918", words.box, text=_short(words.text), **facts)


def _from_spine(sheet: Sheet, box: Box) -> float:
    """Return how far (mm) text is from the nearest spine or fold; infinite where there is none.

    Of what stands between two folds that are near each other, the words on a spine, none is near.
    """
    if sheet.spine is not None:
        return _inside(box, sheet.trim, sheet.spine)
    across = sheet.turn % 2
    low, high = box[across], box[across + 2]
    backs = [pair for pair in pairwise(sheet.folds) if pair[1] - pair[0] < _BACK * MM]
    if any(left <= low and high <= right for left, right in backs):
        return math.inf
    return min((max(low - at, at - high) / MM for at in sheet.folds), default=math.inf)


def _inside(box: Box, trim: Box, side: int) -> float:
    """Return how far within the trim (mm) a side of a box lies."""
    distance = box[side] - trim[side] if side < 2 else trim[side] - box[side]
    return distance / MM


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:23]}…"


def bleed(sheet: Sheet) -> Iterator[Finding]:
    """Look for what reaches the trim and not the bleed: white shows where the cut is off."""
    for side in range(4):
        least = abs(sheet.bleed[side] - sheet.trim[side]) / MM
        if least * MM <= _HAIR:
            continue
        for mark in _areas(sheet):
            reach = -_inside(mark.box, sheet.trim, side)
            if -_TOUCH < reach < least - _TOUCH and not _covered(mark, sheet, side):
                facts = {
                    "side": _SIDES[(side - sheet.turn) % 4],
                    "reach": max(0.0, round(reach, 1)),
                }
                yield sheet.found("F919", mark.box, least=round(least, 1), **facts)


def areas_near_trim(sheet: Sheet) -> Iterator[Finding]:
    """Look for areas that end near the trim: a cut that is off makes their margin uneven."""
    for mark in _areas(sheet):
        if not is_area(mark):
            continue
        for side in range(4):
            distance = _inside(mark.box, sheet.trim, side)
            if side != sheet.spine and _TOUCH <= distance < LEAST_TRIM - _TOUCH:
                facts = {"side": _SIDES[(side - sheet.turn) % 4], "least": LEAST_TRIM}
                yield sheet.found("F929", mark.box, distance=round(distance, 1), **facts)


def undeclared_bleed(sheet: Sheet) -> Iterator[Finding]:
    """Look for what is painted across the trim where no bleed is declared."""
    if "/BleedBox" in sheet.page.obj or "/TrimBox" not in sheet.page.obj:
        return
    for mark in _areas(sheet):
        reach = max(-_inside(mark.box, sheet.trim, side) for side in range(4))
        if reach > _TOUCH:
            yield sheet.found("F931", mark.box, reach=round(reach, 1))
            return


def _areas(sheet: Sheet) -> Iterator[Mark]:
    for mark in sheet.marks:
        whole = mark.kind in ("fill", "image", "shading")
        bar = mark.kind == "stroke" and mark.thickness > _BAR
        if (whole or bar) and mark.alpha and not is_white(mark):
            yield mark


def _covered(mark: Mark, sheet: Sheet, side: int) -> bool:
    """Tell whether another area lies below or over a mark where it ends, and reaches the bleed."""
    along = (1, 3) if side % 2 == 0 else (0, 2)
    for other in _areas(sheet):
        reach = -_inside(other.box, sheet.trim, side) * MM
        if reach >= abs(sheet.bleed[side] - sheet.trim[side]) - _TOUCH * MM and (
            other.box[along[0]] <= mark.box[along[0]] + _HAIR
            and other.box[along[1]] >= mark.box[along[1]] - _HAIR
        ):
            return True
    return False
