"""Pages made up with those that come after them: a chapter at a time.

In: a page as the engine has laid it out (WeasyPrint 70). Out: an `Ahead`, which has the paragraphs
of the page and of those that follow planned as `pagination` chooses, and knows where each page will
then end. Where a page ends otherwise the rest is made up anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from publish.engine.optimum.galley import Galley, leaves
from publish.engine.optimum.heights import leading, rule_of, source_of
from publish.engine.optimum.pagefit import FURTHER, lines_in, low_of
from publish.engine.optimum.pinned import Pin, columned, columns_of, grid_below
from publish.engine.optimum.reading import Copy, Reader
from publish.engine.optimum.state import Setter, Way, is_running
from publish.engine.optimum.white import Path
from publish.paragraphs.choices import Choice
from publish.paragraphs.flow import DIVIDED, PARTED, Flow, MakeUp, Turn
from publish.paragraphs.linebreak import Line
from publish.paragraphs.pagination import choice_of, made_up

_HAIR = 0.02
_ANEW = 3
"""Times that pages which end within a word are made up anew."""

Undo: TypeAlias = list[tuple[Galley, dict[int, Line], Choice | None]]
"""Paragraphs, each with the lines that it had, and why."""


class Ahead(Struct):
    """What stands on a page and after it, made up; `turned` pages of it have been laid out.

    `page` is the number of the first, from 1. In columns `run` is the element that is set in them.
    """

    copies: list[Copy]
    flow: Flow
    made: MakeUp
    page: int
    run: Any = None
    turned: int = 0
    following: tuple[int, Any] = (0, None)

    def follows(self, index: int, start: Any) -> bool:
        """Tell whether a page begins where the last one ended."""
        return self.following == (index, start)

    def turn(self, index: int, resume_at: Any) -> None:
        """Go on to the page after this one."""
        self.turned, self.following = self.turned + 1, (index + 1, resume_at)

    def pin(self) -> Pin | None:
        """Return how deep the columns of the next page are; None where it is in one."""
        depths = self.made.depths
        if self.turned >= len(depths):
            return None
        level = self.made.level and self.turned == len(depths) - 1
        return Pin(depths[self.turned], level)

    def apply(self, explained: int) -> Undo:
        """Plan the paragraphs as they were chosen; return the lines of those set otherwise.

        Why each is not set as suits it best is found out where a page of them is `explained`.
        """
        last = self.page + len(self.made.turns) // self.flow.columns
        is_told = self.page <= explained <= last
        undo: Undo = []
        for number, copy in enumerate(self.copies):
            made = copy.galley
            if made is None:
                continue
            plan = copy.plans[self.made.chosen[number]]
            lines = {line.start: line for line in plan.lines}
            if made.lines and not lines.items() <= made.lines.items():
                undo.append((made, dict(made.lines), made.choice))
            made.lines.update(lines)
            made.choice = choice_of(self.flow, self.made, number, self.page) if is_told else None
        return undo

    def forget(self) -> None:
        """Have no paragraph planned that it made up."""
        for copy in self.copies:
            if copy.galley is not None:
                copy.galley.set_as({}, None)

    def ends(self, page: Any, resume_at: Any) -> bool:
        """Tell whether the next page that was made up ends as this one does."""
        if self.run is not None:
            return self._is_filled(page, resume_at)
        if self.turned >= len(self.made.turns):
            return False
        return self._is_turned(self.made.turns[self.turned], page.children[0], resume_at)

    def goes_on(self, page: Any) -> bool:
        """Tell whether a page ends with what was made up; else other columns begin on it."""
        return self.run is None or [*columned(page.children[0])][-1].element is self.run

    def _is_turned(self, turn: Turn, box: Any, resume_at: Any) -> bool:
        """Tell whether a page or a column ends with a turn."""
        copy = self.copies[turn.block]
        if not turn.lines:
            return _begins(resume_at, copy.start)
        plan = copy.plans[self.made.chosen[turn.block]] if copy.plans else None
        ended = plan and _last(box) == (id(copy.galley), plan.lines[turn.lines - 1].end)
        return bool(ended)

    def _is_filled(self, page: Any, resume_at: Any) -> bool:
        """Tell whether each column of a page ends as was made up."""
        count = self.flow.columns
        turns = self.made.turns[self.turned * count : (self.turned + 1) * count]
        found = [one for one in columned(page.children[0]) if one.element is self.run]
        if self.turned >= len(self.made.depths) or not found:
            return False
        columns, is_last = columns_of(found[0]), self.turned == len(self.made.depths) - 1
        if is_last:
            if not self.flow.ends or _is_within(resume_at, self.copies[0].start[:-1]):
                return False
            if not self.made.level:
                # Where pictures wait the engine itself levels the columns.
                return True
        if len(columns) != len(turns) + is_last:
            return False
        ends = zip(turns, columns, strict=False)
        inner = [one for one in ends if one[0].lines and one[1] is not columns[-1]]
        if not all(self._is_turned(turn, column, None) for turn, column in inner):
            return False
        return is_last or self._is_turned(turns[-1], columns[-1], resume_at)


def _way(resume_at: Any) -> Path:
    """Return the way to what a page goes on with."""
    way: list[int] = []
    while resume_at:
        ((number, resume_at),) = resume_at.items()
        way.append(number)
    return tuple(way)


def _is_within(resume_at: Any, path: Path) -> bool:
    """Tell whether a page goes on within a box."""
    return _way(resume_at)[: len(path)] == path


def _begins(resume_at: Any, path: Path) -> bool:
    """Tell whether a page goes on with a box, from its beginning."""
    return _is_within(resume_at, path) and not any(_way(resume_at)[len(path) :])


def _last(box: Any) -> tuple[int, int] | None:
    """Return the galley of the last line of a page or a column, and the offset at which it ends."""
    last = next(iter(list(lines_in(box))[-1:]), None)
    galley = getattr(last, "galley", None)
    return (id(galley), last.planned.end) if last is not None and galley is not None else None


def goes_on(setter: Setter, page: Any) -> bool:
    """Tell whether about a page of text that can be read comes after a page, or a chapter ends."""
    lines = [line for line in lines_in(page.children[0]) if getattr(line, "galley", None)]
    way = setter.ways.get(id(lines[-1].source)) if lines else None
    if way is None:
        return False
    wanted = sum(line.planned.end - line.planned.start for line in lines)
    parent, number = way[-1]
    for box in parent.children[number + 1 :]:
        if not box.is_in_normal_flow():
            return False
        for _, inner, kind in leaves(source) if (source := source_of(box)) else ():
            wanted -= len(inner.text) if kind == "text" else 0
        if wanted <= 0:
            return True
    return True


def ahead(setter: Setter, context: Any, page: Any, recto: bool) -> Ahead | None:
    """Return how a page and those after it are best made up; None where it has no running text."""
    boxes = list(columned(page.children[0]))
    within = boxes[-1] if boxes else page.children[0]
    shown = _shown(within)
    first = next((lines[0] for lines in shown.values()), None)
    way = setter.ways.get(id(first.source)) if first else None
    if first is None or way is None:
        return None
    height, top = leading(first.style), page.content_box_y()
    lows, column, count = (low_of(page), top + page.height), None, 1
    depths = tuple(int((low - top) / height + _HAIR) for low in lows)
    if boxes:
        column, count = columns_of(within)[0], within.style["column_count"]
        if count == "auto" or way[-1][0].element is not within.element:
            return None
        top = grid_below(page, within.content_box_y(), height)
        depths = int((lows[0] - top) / height + _HAIR), depths[1]
    rule = rule_of(context.current_footnote_area) / height
    used = math.ceil((first.position_y - top) / height - _HAIR)
    usual, least = setter.manner.justified.tolerance, PARTED if boxes else DIVIDED
    found: Ahead | None = None
    for tolerance in (usual, max(usual, FURTHER)):
        reader = Reader(setter, context, shown, height, tolerance, column)
        ends = reader.read(way)
        if not reader.blocks:
            return None
        noted = _noted(page, reader.copies) / height
        flow = Flow(tuple(reader.blocks), depths, used, recto, ends, rule, noted, count)
        flow = replace(flow, kept=_is_kept(way) and not flow.blocks[0].begun)
        flow, made = _best(reader, flow, least)
        if not made.turns:
            # What is known of ends on this page: there is nothing to choose.
            return None
        if found is None or made.demerits < found.made.demerits - DIVIDED / 2:
            run = within.element if boxes else None
            found = Ahead(reader.copies, flow, made, context.current_page, run)
        if found.made.demerits < DIVIDED:
            break
    return found


def _is_kept(way: Way) -> bool:
    """Tell whether a paragraph stays with what is above it: with its headings."""
    parent, number = way[-1]
    above = [one for one in parent.children[:number] if one.is_in_normal_flow()]
    return bool(above) and above[-1].style["break_after"] == "avoid"


def _shown(within: Any) -> dict[int, list[Any]]:
    """Return the lines of running text in a box, by the paragraph that they are of."""
    shown: dict[int, list[Any]] = {}
    for line in lines_in(within):
        if getattr(line, "galley", None) is not None and is_running(line.style):
            shown.setdefault(id(line.source), []).append(line)
    return shown


def _best(reader: Reader, flow: Flow, least: float) -> tuple[Flow, MakeUp]:
    """Return what was read and how it is best made up.

    Where that costs no less than an end within a word, words are set otherwise there.
    """
    made = made_up(flow)
    for _ in range(_ANEW):
        if made.demerits < least or not reader.undivided(made):
            break
        flow = replace(flow, blocks=tuple(reader.blocks))
        made = made_up(flow)
    return flow, made


def _noted(page: Any, copies: Sequence[Copy]) -> float:
    """Return how high the notes of a page are that are called in none of the paragraphs read."""
    called = {
        id(note.element)
        for copy in copies
        for leaf in (copy.galley.leaves if copy.galley else ())
        if (note := getattr(leaf.box, "footnote", None)) is not None
    }
    own = (one for area in page.children[1:2] for one in area.children)
    return float(sum(one.margin_height() for one in own if id(one.element) not in called))
