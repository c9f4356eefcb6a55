"""Pages made up with those that come after them: a chapter at a time.

In: a page as the engine has laid it out (WeasyPrint 70). Out: an `Ahead`, which has the paragraphs
of the page and of those that follow planned as `pagination` chooses, and knows where each page will
then end. Where a page ends otherwise the rest is made up anew.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from publish.engine.optimum.galley import Galley, leaves
from publish.engine.optimum.heights import leading, rule_of, source_of
from publish.engine.optimum.pagefit import FURTHER, in_columns, lines_in, low_of
from publish.engine.optimum.reading import Copy, Reader
from publish.engine.optimum.state import Setter, is_running
from publish.engine.optimum.white import Path
from publish.paragraphs.choices import Choice
from publish.paragraphs.flow import DIVIDED, Flow, MakeUp
from publish.paragraphs.linebreak import Line
from publish.paragraphs.pagination import choice_of, made_up

_HAIR = 0.02
_ANEW = 3
"""Times that pages which end within a word are made up anew."""

Undo: TypeAlias = list[tuple[Galley, dict[int, Line], Choice | None]]
"""Paragraphs, each with the lines that it had, and why."""


@dataclass(slots=True)
class Ahead:
    """What stands on a page and after it, made up; `turned` pages of it have been laid out.

    `page` is the number of the first, from 1.
    """

    copies: list[Copy]
    flow: Flow
    made: MakeUp
    page: int
    turned: int = 0
    following: tuple[int, Any] = (0, None)

    def follows(self, index: int, start: Any) -> bool:
        """Tell whether a page begins where the last one ended."""
        return self.following == (index, start)

    def turn(self, index: int, resume_at: Any) -> None:
        """Go on to the page after this one."""
        self.turned, self.following = self.turned + 1, (index + 1, resume_at)

    def apply(self) -> Undo:
        """Plan the paragraphs as they were chosen; return the lines of those set otherwise."""
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
            made.choice = choice_of(self.flow, self.made, number, self.page)
        return undo

    def forget(self) -> None:
        """Have no paragraph planned that it made up."""
        for copy in self.copies:
            if copy.galley is not None:
                copy.galley.set_as({}, None)

    def ends(self, page: Any, resume_at: Any) -> bool:
        """Tell whether the next page that was made up ends as this one does."""
        if self.turned >= len(self.made.turns):
            return False
        turn = self.made.turns[self.turned]
        copy = self.copies[turn.block]
        if not turn.lines:
            return _begins(resume_at, copy.start)
        plan = copy.plans[self.made.chosen[turn.block]] if copy.plans else None
        ended = plan and _last(page) == (id(copy.galley), plan.lines[turn.lines - 1].end)
        return bool(ended)


def _begins(resume_at: Any, path: Path) -> bool:
    """Tell whether a page goes on with a box, from its beginning."""
    way: list[int] = []
    while resume_at:
        ((number, resume_at),) = resume_at.items()
        way.append(number)
    return tuple(way[: len(path)]) == path and not any(way[len(path) :])


def _last(page: Any) -> tuple[int, int] | None:
    """Return the galley of a page's last line, and the offset at which the line ends."""
    last = next(iter(list(lines_in(page.children[0]))[-1:]), None)
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
    shown: dict[int, list[Any]] = {}
    if in_columns(page.children[0]):
        return None
    for line in lines_in(page.children[0]):
        if getattr(line, "galley", None) is not None and is_running(line.style):
            shown.setdefault(id(line.source), []).append(line)
    first = next((lines[0] for lines in shown.values()), None)
    way = setter.ways.get(id(first.source)) if first else None
    if first is None or way is None:
        return None
    height = leading(first.style)
    top, rule = page.content_box_y(), rule_of(context.current_footnote_area) / height
    used = math.ceil((first.position_y - top) / height - _HAIR)
    depths = tuple(int((one - top) / height + _HAIR) for one in (low_of(page), top + page.height))
    usual = setter.manner.justified.tolerance
    found: Ahead | None = None
    for tolerance in (usual, max(usual, FURTHER)):
        reader = Reader(setter, context, shown, height, tolerance)
        ends = reader.read(way)
        if not reader.blocks:
            return None
        noted = _noted(page, reader.copies) / height
        flow = Flow(tuple(reader.blocks), depths, used, recto, ends, rule, noted)
        made = made_up(flow)
        for _ in range(_ANEW):
            if made.demerits < DIVIDED or not reader.undivided(made):
                break
            flow = replace(flow, blocks=tuple(reader.blocks))
            made = made_up(flow)
        if not made.turns:
            # What is known of ends on this page: there is nothing to choose.
            return None
        if found is None or made.demerits < found.made.demerits - DIVIDED / 2:
            found = Ahead(reader.copies, flow, made, context.current_page)
        if found.made.demerits < DIVIDED:
            break
    return found


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
