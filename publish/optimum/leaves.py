"""Pages made full while they are laid out: see `pagefit`.

In and out: what the engine's `layout.page.remake_page` takes and returns (WeasyPrint 70). A page is
laid out, looked at, and laid out anew from the same state with one paragraph set otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from publish.optimum.state import ENGINE, NOW
from publish.pagefit import Foot, fitted, foot_of, lines_in


def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
    """Lay a page out, and again where a paragraph set otherwise makes it full."""
    setter = NOW.get()
    original = ENGINE["remake_page"]
    if setter is None:
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
        following = context.page_maker[index + 1][1]
        forced = following["break"] != "any" or following["page"]
        return foot_of(page, bool(forced or made[id(page)][1] is None))

    leaf = context.page_maker[index][2]
    page = fitted(make(), make, foot, leaf)
    for line in lines_in(page.children[0]) if page.children else ():
        line.galley = None
    return made[id(page)]


@dataclass(frozen=True, slots=True)
class _PageState:
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
