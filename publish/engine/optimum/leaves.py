"""Pages made full while they are laid out: `pagination`, and `pagefit` where it cannot read ahead.

In and out: what the engine's `layout.page.remake_page` takes and returns (WeasyPrint 70). A page is
laid out, looked at, and laid out anew from the same state with one paragraph set otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from publish.engine.optimum.ahead import Ahead, goes_on
from publish.engine.optimum.ahead import ahead as look_ahead
from publish.engine.optimum.heights import only
from publish.engine.optimum.pagefit import Foot, fitted, foot_of, lines_in
from publish.engine.optimum.pinned import Pin
from publish.engine.optimum.state import ENGINE, NOW, Setter, Way, is_running

_LOST = 1000
"""More lines than any page is short of."""


def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """Lay a page out, and again where a paragraph set otherwise makes it full."""
    setter = NOW.get()
    original = ENGINE["remake_page"]
    if setter is None:
        return original(index, context, root_box, html)
    if not setter.ways:
        setter.ways = _ways_in(root_box)
    if not setter.manner.pages:
        return original(index, context, root_box, html)
    state = _PageState.of(context)
    made: dict[int, Any] = {}

    def make() -> Any:
        if made:
            state.put_back(context)
            context.page_maker[index][-1].update(anchors=[], content_lookups=[])
        page, resume_at = original(index, context, root_box, html)
        made[id(page)] = page, resume_at
        return page

    def foot(page: Any) -> Foot | None:
        if context.reported_footnotes:
            # A note has left the page of its call: nothing is worth that.
            return Foot(_LOST, True)
        following = context.page_maker[index + 1][1]
        forced = following["break"] != "any" or following["page"]
        return foot_of(page, bool(forced or made[id(page)][1] is None))

    start, _, recto, _, _ = context.page_maker[index]
    ahead = setter.ahead
    follows = ahead is not None and ahead.follows(index, start)
    setter.pins = _pins(ahead) if follows else {}
    setter.made.clear()
    page = make()
    if ahead and context.reported_footnotes:
        # What was chosen for this page drives a note from it: it is set as suits it best.
        ahead.forget()
        setter.pins = {}
        ahead, page = None, make()
    if not (ahead and follows and ahead.ends(*made[id(page)])):
        if setter.pins:
            # It did not come out as it was made up.
            setter.pins = {}
            page = make()
        page, ahead = _made_up(setter, context, page, recto, make, foot, made)
    if ahead and not ahead.goes_on(page):
        page, ahead = _made_up(setter, context, page, recto, make, foot, made)
    if ahead:
        ahead.turn(index, made[id(page)][1])
    else:
        page = fitted(page, index + 1, make, foot, recto)
    setter.ahead = ahead
    _settle(page, foot(page), kept=setter.manner.explained == index + 1)
    return made[id(page)]


def _ways_in(root: Any) -> dict[int, Way]:
    """Return where each paragraph stands, by the id of its line box."""
    found: dict[int, Way] = {}

    def walk(box: Any, way: Way) -> None:
        for number, child in enumerate(box.children):
            if type(child).__name__ == "LineBox":
                found[id(child)] = way
            elif type(child).__name__ == "BlockBox":
                walk(child, way if only(box) is child else (*way, (box, number)))

    walk(root, ())
    return found


def _settle(page: Any, end: Foot | None, kept: bool) -> None:
    """Keep with the lines of a page what is told of them, and let go of what they were made of.

    Where that is `kept` it stays with them.
    """
    lines = list(lines_in(page.children[0])) if page.children else []
    if lines and end and 0 < end.short < _LOST and is_running(lines[-1].style):
        lines[-1].short = end.short
    for line in lines:
        if (made_of := getattr(line, "galley", None)) is not None:
            line.choice = made_of.choice
        line.source = None
        if not kept:
            line.galley = None


def _made_up(
    setter: Setter,
    context: Any,
    page: Any,
    recto: bool,
    make: Callable[[], Any],
    foot: Callable[[Any], Foot | None],
    made: dict[int, Any],
) -> tuple[Any, Ahead | None]:
    """Return a page made up with those after it, and how; None where it did not come out so."""
    before = foot(page)
    if before and not before.short and not before.divided and not goes_on(setter, page):
        # It is as it should be, and of the next one too little is known.
        return page, None
    ahead, pins = look_ahead(setter, context, page, recto), setter.pins
    if ahead is None:
        return page, None
    undo = ahead.apply(setter.manner.explained)
    setter.pins = pins | _pins(ahead)
    if undo or (setter.pins != pins and not ahead.ends(*made[id(page)])):
        page = make()
    after = foot(page)
    lost = after is not None and after.short == _LOST
    if ahead.ends(*made[id(page)]) and not lost:
        return page, ahead
    worse = lost or (before and after and after.short > before.short)
    if setter.pins != pins or (undo and after and worse):
        for galley, lines, choice in undo:
            galley.set_as(lines, choice)
        setter.pins = pins
        page = make()
    return page, None


def _pins(ahead: Ahead | None) -> dict[int, Pin]:
    """Return how deep the columns of a page are, by the element that is set in them."""
    pin = ahead.pin() if ahead else None
    return {id(ahead.run): pin} if ahead and pin else {}


class _PageState(Struct, frozen=True):
    """What the laying out of a page changes in the engine's context."""

    lists: tuple[tuple[str, tuple[Any, ...]], ...]
    broken: dict[Any, Any]

    @classmethod
    def of(cls, context: Any) -> _PageState:
        """Return the state as it is before a page."""
        names = ("footnotes", "reported_footnotes", "rendered_notes")
        lists = tuple((name, tuple(getattr(context, name) or ())) for name in names)
        return cls(lists, dict(context.broken_out_of_flow))

    def put_back(self, context: Any) -> None:
        """Undo what the laying out has changed."""
        for name, values in self.lists:
            setattr(context, name, list(values))
        context.broken_out_of_flow = dict(self.broken)
