"""The running text from a page on, read from the engine's boxes before they are laid out.

In: the tree of boxes (WeasyPrint 70), and the lines of the page at hand. Out: paragraphs and the
ways in which each can be set, up to the end of the chapter, or to what is no plain text. Only the
flow of the running text is read: justified paragraphs, headings and breaks of one line. What stands
on the page at hand may be anything: there its white is measured.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

from weasyprint.layout import block as block_layout
from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages
from weasyprint.text import line_break

from publish.galley import Galley
from publish.linebreak import Plan
from publish.optimum.plans import as_planned, cost_of, divided, ways
from publish.optimum.state import Setter, Way, is_running
from publish.pagination import Block, Setting

_FORCED = ("page", "left", "right", "recto", "verso")
_FAR = 160
"""Paragraphs that are looked at from a page on."""
_LONG = 100
"""Lines of the rest of a paragraph that are planned in other ways, where it goes on so far."""
_HAIR = 0.02


def ways_in(root: Any) -> dict[int, Way]:
    """Return where each paragraph stands, by the id of its line box."""
    found: dict[int, Way] = {}

    def walk(box: Any, way: Way) -> None:
        for number, child in enumerate(box.children):
            if type(child).__name__ == "LineBox":
                found[id(child)] = way
            elif type(child).__name__ == "BlockBox":
                walk(child, way if _only(box) is child else (*way, (box, number)))

    walk(root, ())
    return found


@dataclass(frozen=True, slots=True)
class Copy:
    """A paragraph as it can be set: its galley, and a plan for each setting."""

    galley: Galley
    plans: tuple[Plan, ...]


@dataclass(slots=True)
class _White:
    """What stands between two paragraphs, in px: white, and the headings under it."""

    lead: float = 0.0
    head: float = 0.0
    margin: float = 0.0

    def add(self, above: float, height: float, below: float) -> None:
        """Add a heading, or (without height) what a paragraph has above it."""
        margin = max(self.margin, above)
        if self.head:
            self.head += margin
        else:
            self.lead += margin
        self.head, self.margin = self.head + height, below

    def lines(self, line: float) -> tuple[int, int]:
        """Return the lines of white and those of headings, up to the next line of the grid."""
        head = math.ceil(self.head / line - _HAIR)
        return max(math.ceil((self.lead + self.head) / line - _HAIR) - head, 0), head


@dataclass(slots=True)
class Reader:
    """Reads the running text from a page on; `shown` are the lines of each paragraph on it."""

    setter: Setter
    context: Any
    shown: dict[int, list[Any]]
    line: float
    tolerance: float
    blocks: list[Block] = field(default_factory=list)
    copies: list[Copy | None] = field(default_factory=list)

    def read(self, way: Way) -> bool:
        """Read from a paragraph on; tell whether a chapter ends with what was read."""
        parent, number = way[-1]
        white: _White | None = _White()
        before, bottom, left = None, 0.0, set(self.shown)
        for box in parent.children[number:]:
            if box.is_absolutely_positioned():
                if not left and _floats(box):
                    # It takes room from a page that is yet to come, who knows which.
                    return False
                continue
            if before is not None and _is_forced(before, box):
                return True
            if not box.is_in_normal_flow():
                return False
            resolve_percentages(box, parent)
            block_layout.block_level_width(box, parent)
            source, before = source_of(box), box
            inner = _laid_in(box)
            lines = self.shown.get(id(source), [])
            if source is not None and is_running(box.style):
                if white is None and not lines:
                    # Between it and the page stands what nobody knows the height of.
                    return False
                if white is None:
                    lead, head = round((lines[0].position_y - bottom) / self.line), 0
                else:
                    white.add(box.margin_top, 0.0, 0.0)
                    lead, head = white.lines(self.line)
                if not self._paragraph(inner, source, lines, lead, head):
                    return False
                white = _White(margin=box.margin_bottom)
            elif white is not None and not self._other(box, white):
                white = None
            left.discard(id(source))
            bottom = lines[-1].position_y + lines[-1].height if lines else bottom
            if len(self.blocks) >= _FAR or (white is None and not left):
                return False
        return _is_last(way)

    def _paragraph(self, box: Any, source: Any, lines: list[Any], lead: int, head: int) -> bool:
        """Add a paragraph; False where nothing is known of it."""
        if not lines:
            resolve_percentages(source, box)
            resolve_one_percentage(source, "text_indent", box.width)
        made = self.setter.galley_of(self.context, source, box)
        if made is None or made.floated >= 0 or (not lines and made.has_notes):
            return False
        start = lines[0].planned.start if lines else made.places[0].at
        plans = self._plans(made, start, float(box.width), source)
        if not plans:
            return False
        lean = self.setter.manner.lean
        settings = tuple(
            Setting(len(one.lines), cost_of(one) + lean * len(one.lines), divided(one))
            for one in plans
        )
        begun = start > made.places[0].at
        self.blocks.append(Block(settings, lead, head, begun=begun))
        self.copies.append(Copy(made, plans))
        return True

    def _plans(self, made: Galley, start: int, measure: float, source: Any) -> tuple[Plan, ...]:
        """Return the ways to set a paragraph from an offset on.

        The rest of one stays as it is where it could as well: its page need not be made anew; and
        where it is of many pages, as with each of them all of it would be planned again.
        """
        now = as_planned(made, start, measure)
        if now and start > made.places[0].at and len(now.lines) > _LONG:
            return (now,)
        taste = replace(self.setter.taste_of(source.style), tolerance=self.tolerance)
        plans = ways(made, start, measure, taste, self.setter.manner.lean)
        return tuple(now if now and len(one.lines) == len(now.lines) else one for one in plans)

    def _other(self, box: Any, white: _White) -> bool:
        """Add what is no paragraph; False where its height is not known beforehand."""
        height = self._height(box)
        if height is None:
            return False
        if box.style["break_after"] == "avoid":
            white.add(box.margin_top, height, box.margin_bottom)
            return True
        white.add(box.margin_top, 0.0, 0.0)
        lead, head = white.lines(self.line)
        self.blocks.append(Block((Setting(round(height / self.line), 0.0),), lead, head, True))
        self.copies.append(None)
        white.lead = white.head = 0.0
        white.margin = box.margin_bottom
        return True

    def _height(self, box: Any) -> float | None:
        """Return the height of a heading or of a break, in px."""
        if type(box).__name__ != "BlockBox":
            return None
        if box.height != "auto":
            return float(box.height)
        source = source_of(box)
        if source is not None:
            return self._lines_of(source, _laid_in(box)) * line_break.strut(source.style)[0] or None
        total = 0.0
        for child in box.children:
            resolve_percentages(child, box)
            block_layout.block_level_width(child, box)
            height = self._height(child)
            if height is None:
                return None
            total += child.margin_top + height + child.margin_bottom
        return total

    def _lines_of(self, source: Any, box: Any) -> int:
        """Return how many lines a heading takes; 0 where that is not known."""
        resolve_percentages(source, box)
        resolve_one_percentage(source, "text_indent", box.width)
        made = self.setter.galley_of(self.context, source, box)
        if made is None or len(made.places) < 2:
            return 0
        if made.places[-1].end - made.places[0].next <= box.width:
            return 1
        count, at = 0, made.places[0].at
        while line := self.setter.line_at(made, at, [float(box.width)], source):
            count, at = count + 1, line.end
        return count


def source_of(box: Any) -> Any:
    """Return the line box of a paragraph; None where a box is none."""
    while (inner := _only(box)) is not None:
        box = inner
    lined = type(box).__name__ == "BlockBox" and len(box.children) == 1
    return box.children[0] if lined and type(box.children[0]).__name__ == "LineBox" else None


def _only(box: Any) -> Any:
    """Return the nameless box that holds a paragraph's lines beside what stands out of the flow."""
    if type(box).__name__ != "BlockBox" or len(box.children) < 2:
        return None
    inner = [child for child in box.children if not child.is_absolutely_positioned()]
    alike = len(inner) == 1 and inner[0].element is box.element and box.element is not None
    return inner[0] if alike else None


def _laid_in(box: Any) -> Any:
    """Return the box that holds a paragraph's lines, its width known as the engine has it."""
    while (inner := _only(box)) is not None:
        resolve_percentages(inner, box)
        block_layout.block_level_width(inner, box)
        box = inner
    return box


def _floats(box: Any) -> bool:
    """Tell whether a box is a picture that floats to the head or the foot of a page."""
    return box.element is not None and bool(box.element.get("data-float"))


def _is_forced(before: Any, after: Any) -> bool:
    """Tell whether a page must be turned between two boxes."""
    if block_layout.block_level_page_name(before, after) is not None:
        return True
    return block_layout.block_level_page_break(before, after) in _FORCED


def _is_last(way: Way) -> bool:
    """Tell whether a page is turned after all that holds a paragraph."""
    for parent, number in reversed(way[:-1]):
        if number + 1 < len(parent.children):
            return _is_forced(parent.children[number], parent.children[number + 1])
    return True
