"""The layout engine kept from parting notes from their calls.

In: WeasyPrint's modules for blocks and for columns, its area of notes, and its version; `pages`
gives them. Out: a context in which a page is laid out so that every note stands on the page of its
call. The engine hands a note on to the next page where it should move the text: at the second line
of a paragraph that the foot of the page has no room for. In columns it guesses the room for notes,
and hands on those that its guess leaves out or sets a line or two on a page; where it balances
columns it forgets their notes, and an empty area with a rule above it makes it fail. An area that
its only note has left goes on taking the room of its rule, so that a paragraph with a note late in
it had no room for its first lines and moved whole; here it takes none. So here the
columns are laid out at the greatest height that leaves room for the notes that they call. All this
was read in WeasyPrint 70; in another version, which is told of (P418), nothing is changed, and what
then goes astray is seen in the laid-out pages (see `footnotes`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from publish.sizes.geometry import LINE

VERSION = "70"
_HAIR = 0.01


class _Held:
    """The engine's context as a line of text sees it.

    In a column the engine never hands notes on when a line does not fit, but moves the line or its
    paragraph to the next page. Nothing else in the setting of lines asks for `in_column`.
    """

    __slots__ = ("_context",)
    in_column = True

    def __init__(self, context: Any) -> None:
        object.__setattr__(self, "_context", context)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._context, name, value)


def is_known(version: str) -> bool:
    """Tell whether a version of the engine is the one whose pages can be steadied."""
    return version.partition(".")[0] == VERSION


@contextmanager
def steady(version: str, block: Any, column: Any, area: Any) -> Iterator[None]:
    """Change the engine for as long as it lays out.

    `block` and `column` are its modules `layout.block` and `layout.column`, `area` its class
    `FootnoteAreaBox`.
    """
    if not is_known(version):
        yield
        return
    line, columns, report = block._linebox_layout, block.columns_layout, column._report_footnotes
    told = _Told()
    height = area.margin_height
    block._linebox_layout = lambda context, *rest: line(_held(context), *rest)
    block.columns_layout = _Columns(columns, told)
    column._report_footnotes = lambda context, height: None
    area.margin_height = lambda box: told.height if told.box is box else _taken(box, height)
    try:
        yield
    finally:
        block._linebox_layout, block.columns_layout = line, columns
        column._report_footnotes = report
        del area.margin_height


def _held(context: Any) -> Any:
    return context if isinstance(context, _Held) else _Held(context)


class _Told(Struct):
    """The height in px that a page's area of notes is said to have while columns are laid out.

    It stays what it was before them, so that the engine does not guess.
    """

    box: Any = None
    height: float = 0.0


class State(Struct, frozen=True):
    """What the laying out of columns changes in the engine's context."""

    lists: tuple[tuple[Any, list[Any]], ...]
    broken: dict[Any, Any]
    bottom: float
    height: Any

    @classmethod
    def of(cls, context: Any, *placed: Any) -> State:
        """Return the state as it is; `placed` are lists of boxes that stand out of the flow."""
        lists = (
            *(context.footnotes, context.current_page_footnotes, context.reported_footnotes),
            *(context.excluded_shapes, *placed),
        )
        broken, area = dict(context.broken_out_of_flow), context.current_footnote_area
        return cls(
            tuple((one, list(one)) for one in lists), broken, context.page_bottom, area.height
        )

    def put_back(self, context: Any) -> None:
        """Undo what an attempt has changed."""
        for there, before in self.lists:
            there[:] = before
        context.broken_out_of_flow.clear()
        context.broken_out_of_flow.update(self.broken)
        context.page_bottom = self.bottom
        context.current_footnote_area.height = self.height
        context.current_footnote_area.children = context.current_page_footnotes
        context.in_column = False


class _Columns(Struct, frozen=True):
    """Stands in for the engine's `columns_layout`."""

    lay_out: Callable[..., Any]
    told: _Told

    def __call__(
        self,
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        page_is_empty: bool,
        absolute_boxes: Any,
        fixed_boxes: Any,
        *rest: Any,
    ) -> Any:
        """Lay columns out, as high as the notes that they call leave them room."""
        given = (containing_block, page_is_empty, absolute_boxes, fixed_boxes, *rest)
        if self.told.box is not None:
            return self.lay_out(context, box, bottom_space, skip_stack, *given)
        line = LINE * box.style["font_size"]
        state = State.of(context, absolute_boxes, fixed_boxes)

        def attempt(lines: int) -> tuple[Any, bool]:
            state.put_back(context)
            below = bottom_space + lines * line
            made = self._attempt(
                context, lambda: self.lay_out(context, box, below, skip_stack, *given)
            )
            if made[0] is None:
                # It stands on the next page; the notes that were tried here must not stay.
                state.put_back(context)
                return made, not page_is_empty
            return made, _in_order(context, made[0])

        made, fits = attempt(0)
        if fits:
            return made
        most = max(math.ceil((state.bottom - box.position_y) / line), 1)
        notes = math.ceil((state.bottom - context.page_bottom) / line)
        return _highest(attempt, sorted({min(max(notes, 1), most), most}))

    def _attempt(self, context: Any, lay_out: Callable[[], Any]) -> Any:
        area, bottom = context.current_footnote_area, context.page_bottom
        before = _height(area)
        self.told.box, self.told.height = area, before
        try:
            made = lay_out()
        finally:
            self.told.box = None
        context.page_bottom = bottom + before - _height(area)
        return made


def _highest(attempt: Callable[[int], tuple[Any, bool]], bounds: list[int]) -> Any:
    """Return what is made with the fewest lines taken off; `bounds` are numbers that may do.

    Where none does, the notes are left where they are, for `footnotes` to find.
    """
    low = 0
    for bound in bounds:
        made, fits = attempt(bound)
        if not fits:
            low = bound
            continue
        high = last = bound
        while high - low > 1:
            last = (low + high) // 2
            made, fits = attempt(last)
            low, high = (low, last) if fits else (last, high)
        return made if last == high else attempt(high)[0]
    return attempt(0)[0]


def _taken(area: Any, height: Callable[[Any], float]) -> float:
    """Return the room that an area of notes takes: none once its last note has gone overleaf."""
    return 0.0 if not area.children and area.height == 0 else height(area)


def _height(area: Any) -> float:
    return 0.0 if area.height == "auto" else float(area.margin_height())


def _in_order(context: Any, box: Any) -> bool:
    """Tell whether columns end above the notes of their page."""
    bottom = box.position_y + box.margin_height()
    return not context.current_page_footnotes or bool(bottom <= context.page_bottom + _HAIR)
