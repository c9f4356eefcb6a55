"""The running text from a page on, read from the engine's boxes before they are laid out.

In: the tree of boxes (WeasyPrint 70), and the lines of the page at hand. Out: paragraphs and the
ways in which each can be set, with their notes, and what stands between them, up to the end of the
chapter, or to what nobody knows the height of. Only the flow of the running text is read:
justified paragraphs, headings, lists and quotations, and what is never parted, such as pictures.
What stands on the page at hand may be anything: there its white is measured.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from weasyprint.layout import block as block_layout
from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages

from publish.engine.optimum.galley import Galley
from publish.engine.optimum.heights import (
    floated,
    height_of,
    higher_at_head,
    laid_in,
    leading,
    measure,
    notes_of,
    planned_in,
    source_of,
    whole,
)
from publish.engine.optimum.plans import as_planned, cost_of, divided, undivided, ways
from publish.engine.optimum.state import Setter, Way, is_running
from publish.engine.optimum.white import Path, White
from publish.engine.waiting import may_wait
from publish.paragraphs.flow import LEAST_TEXT, Block, Floated, MakeUp, Setting
from publish.paragraphs.linebreak import Line, Plan
from publish.paragraphs.taste import Taste

_FORCED = ("page", "left", "right", "recto", "verso")
_FAR = 160
"""Paragraphs that are looked at from a page on."""
_LONG = 100
"""Lines of the rest of a paragraph that are planned in other ways, where it goes on so far."""
_HAIR = 0.02
_NO_COLUMNS = ("auto", "auto")


class Copy(Struct, frozen=True):
    """What a block was read from: the first box of it, a paragraph's galley and its plans.

    One that can be set in other ways has the `taste` for that, and where its `notes` are called.
    """

    start: Path
    galley: Galley | None = None
    plans: tuple[Plan, ...] = ()
    taste: Taste | None = None
    notes: tuple[tuple[int, float], ...] = ()


@dataclass(slots=True)
class Reader:
    """Reads the running text from a page on; `shown` are the lines of each paragraph on it.

    In columns `column` is one of those on the page: what is read stands in the like of it.
    """

    setter: Setter
    context: Any
    shown: dict[int, list[Any]]
    line: float
    tolerance: float
    column: Any = None
    blocks: list[Block] = field(default_factory=list)
    floats: list[Floated] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    white: White | None = field(default_factory=White)
    """None where nobody knows the height of what was read last."""
    bottom: float = 0.0
    left: set[int] = field(init=False)
    """The paragraphs of the page at hand that are still to come."""

    def read(self, way: Way) -> bool:
        """Read from a paragraph on; tell whether a chapter ends with what was read."""
        parent, number = way[-1]
        path = tuple(one for _, one in way[:-1])
        before, self.left = None, set(self.shown)
        for at, box in enumerate(parent.children[number:], number):
            if box.is_absolutely_positioned():
                if _floats(box) and not self._floated(box):
                    return False
                continue
            if before is not None and _is_forced(before, box):
                return True
            if not box.is_in_normal_flow():
                return False
            holder = self.column or parent
            measure(box, holder)
            before, count = box, len(self.blocks)
            read = self._read(box, holder, (*path, at))
            if self.floats and len(self.blocks) > count:
                self.blocks[count] = replace(self.blocks[count], floats=tuple(self.floats))
                self.floats.clear()
            if not read or len(self.blocks) >= _FAR:
                return False
        return self.column is not None or _is_last(way)

    def _floated(self, box: Any) -> bool:
        """Remember a picture that floats; False where nobody knows what room it takes, and when."""
        height = floated(self.setter, self.context, box)
        room = self.context.current_footnote_area.page.height - (height or 0.0)
        # A page on which it leaves but a line or two is its own.
        if height is None or room < LEAST_TEXT * self.line:
            return bool(self.left)
        self.floats.append(Floated(height / self.line, box.element.get("data-float") == "head"))
        return True

    def _read(self, box: Any, parent: Any, path: Path) -> bool:
        """Read a box of the flow; False where it cannot be told what comes after it."""
        source = source_of(box)
        lines = self.shown.get(id(source), [])
        if source is not None and is_running(box.style):
            if self.white is None and (self.column or not lines):
                # Between it and the page stands what nobody knows the height of.
                return False
            if not self._paragraph(laid_in(box), source, lines, path, box.margin_top):
                return False
            self.white = White(margin=box.margin_bottom)
        elif self.white is not None and not self._other(self.white, box, source, parent, path):
            self.white = None
        self.left.discard(id(source))
        self.bottom = lines[-1].position_y + lines[-1].height if lines else self.bottom
        return self.white is not None or bool(self.left)

    def _paragraph(
        self, box: Any, source: Any, lines: list[Any], path: Path, margin: float
    ) -> bool:
        """Add a paragraph; False where nothing is known of it."""
        if not lines:
            resolve_percentages(source, box)
            resolve_one_percentage(source, "text_indent", box.width)
        made = self.setter.galley_of(self.context, source, box)
        notes = None if made is None else notes_of(self.setter, self.context, made)
        if made is None or made.floated >= 0 or notes is None:
            return False
        start = lines[0].planned.start if lines else made.places[0].at
        taste = replace(self.setter.taste_of(source.style), tolerance=self.tolerance)
        plans = self._plans(made, start, float(box.width), taste)
        if not plans:
            return False
        settings = tuple(self._setting(one, notes) for one in plans)
        if self.white is None:
            lead, head, first = round((lines[0].position_y - self.bottom) / self.line), 0, path
            away = 0.0
        else:
            self.white.add(margin)
            lead, head = self.white.lines(self.line)
            first, away = self.white.start or path, self.white.away / self.line
        begun = start > made.places[0].at
        self.blocks.append(Block(settings, lead, head, begun=begun, away=away))
        self.copies.append(Copy(first, made, plans, taste, notes))
        return True

    def _setting(self, one: Plan, notes: tuple[tuple[int, float], ...]) -> Setting:
        count = len(one.lines)
        cost = cost_of(one) + self.setter.manner.lean * count
        return Setting(count, cost, divided(one), self._called(notes, one.lines), one.demerits)

    def undivided(self, made: MakeUp) -> bool:
        """Add ways to set paragraphs in which pages end within a word; tell whether there are."""
        added = False
        for turn in made.turns:
            copy, chosen = self.copies[turn.block], made.chosen[turn.block]
            if not turn.divided or not copy.taste or not copy.galley:
                continue
            planned = copy.plans[chosen]
            end = planned.lines[turn.lines - 1].end
            found = undivided(copy.galley, planned, end, copy.taste).values()
            others = tuple(one for one in found if one not in copy.plans)
            if others:
                added = True
                block, plans = self.blocks[turn.block], (*copy.plans, *others)
                more = (self._setting(one, copy.notes) for one in others)
                settings = (*block.settings, *more)
                self.blocks[turn.block] = replace(block, settings=settings)
                self.copies[turn.block] = replace(copy, plans=plans)
        return added

    def _called(
        self, notes: tuple[tuple[int, float], ...], lines: Sequence[Line]
    ) -> tuple[tuple[int, float], ...]:
        """Return the notes that some lines call: the line, from 1, and the height in lines."""
        start, ends = lines[0].start if lines else 0, [line.end for line in lines]
        return tuple(
            (bisect_right(ends, at) + 1, height / self.line) for at, height in notes if at >= start
        )

    def _plans(self, made: Galley, start: int, measure: float, taste: Taste) -> tuple[Plan, ...]:
        """Return the ways to set a paragraph from an offset on.

        The rest of one stays as it is where it could as well: its page need not be made anew; and
        where it is of many pages, as with each of them all of it would be planned again.
        """
        now = as_planned(made, start, measure)
        if now and start > made.places[0].at and len(now.lines) > _LONG:
            return (now,)
        plans = ways(made, start, measure, taste, self.setter.manner.lean)
        return tuple(now if now and len(one.lines) == len(now.lines) else one for one in plans)

    def _other(self, white: White, box: Any, source: Any, parent: Any, path: Path) -> bool:
        """Add what is no running text; False where its height is not known beforehand."""
        if box.style["break_after"] == "avoid":
            height = height_of(self.setter, self.context, box)
            white.start = white.start or path
            white.add(box.margin_top, height or 0.0, box.margin_bottom)
            return height is not None
        if box.style["break_inside"] == "auto" and box.height == "auto":
            if source is None:
                return self._parts(white, box, path)
            return self._lines(white, box, source, path)
        height = whole(self.setter, self.context, box, parent)
        if height is None:
            height = height_of(self.setter, self.context, box)
        if height is None:
            return False
        above = white.margin if white.before is None else white.before
        white.add(box.margin_top)
        setting = Setting(round(height / self.line, 3), 0.0)
        lead, head = white.lines(self.line)
        waits = parent is self.column and may_wait(box)
        below, away, more = 0.0, white.away / self.line, 0.0
        if parent is self.column:
            below = box.margin_bottom / self.line
            more = round(higher_at_head(box, self.line) / self.line, 3)
        block = Block((setting,), lead, head, True, loose=True, waits=waits, below=below)
        self.blocks.append(replace(block, away=away, more=more))
        self.copies.append(Copy(white.start or path))
        self.white = White(margin=box.margin_bottom, before=above if waits else None)
        return True

    def _lines(self, white: White, box: Any, source: Any, path: Path) -> bool:
        """Add a paragraph that is set in one way: of a list, of a quotation."""
        planned = planned_in(self.setter, self.context, source, laid_in(box))
        notes = notes_of(self.setter, self.context, planned[0]) if planned else None
        off = abs(leading(source.style) - self.line) > _HAIR
        if planned is None or notes is None or off:
            return False
        made, lines = planned
        plan = Plan(lines, 0.0, 0)
        setting = Setting(max(len(lines), 1), 0.0, divided(plan), self._called(notes, lines))
        white.add(box.margin_top)
        lead, head = white.lines(self.line)
        self.blocks.append(Block((setting,), lead, head, away=white.away / self.line))
        self.copies.append(Copy(white.start or path, made, (plan,)))
        self.white = White(margin=box.margin_bottom)
        return True

    def _parts(self, white: White, box: Any, path: Path) -> bool:
        """Add what holds paragraphs: a list, a quotation."""
        columns = box.style["column_count"], box.style["column_width"]
        if type(box).__name__ != "BlockBox" or box.is_table_wrapper or columns != _NO_COLUMNS:
            return False
        white.margin = max(white.margin, box.margin_top)
        if white.before is not None:
            white.before = max(white.before, box.margin_top)
        for at, child in enumerate(box.children):
            if child.is_absolutely_positioned():
                continue
            measure(child, box)
            if not child.is_in_normal_flow() or not self._read(child, box, (*path, at)):
                return False
        if self.white is not None:
            self.white.margin = max(self.white.margin, box.margin_bottom)
        return self.white is not None


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
