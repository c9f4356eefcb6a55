"""Pictures as wide as a column that float to the head of the next one, while the text flows on.

In: the layout engine's module for blocks, and its version; `pages` gives them. Out: a context in
which a picture straight in a column that has no room left for it waits, and comes first in the next
column, of this page or of the next. They keep the order of the text. (CSS Page Floats 3,
`float-reference: column`, which the engine has not.)

The engine lays columns out again and again to balance them, so nothing is kept beside it: what
waits is told by an empty box in the column and, between two columns, by the place where the text
goes on (`_Rest`). Read in WeasyPrint 70; in another version, which is told of (P418), pictures
stand where they come.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from publish.engine.steadying import is_known
from publish.engine.waiting import (
    emptied,
    floats_to,
    held,
    is_waited_for,
    may_wait,
    raised,
    waiting,
)

_HAIR = 1e-6


class _Rest(dict[int, Any]):
    """Where a child of a column goes on, as the engine says it, and the pictures that come first.

    `begun` tells whether the child has been begun, `done` that nothing comes after the pictures,
    `broken` where the first of them goes on; None where it has not been begun.
    """

    def __init__(
        self, inner: Any, waits: tuple[Any, ...], done: bool = False, broken: Any = None
    ) -> None:
        super().__init__(inner or {})
        self.begun, self.waiting, self.done = inner is not None, waits, done
        self.broken = broken


@contextmanager
def column_floats(version: str, block: Any) -> Iterator[None]:
    """Have pictures float in columns for as long as the engine lays out.

    `block` is its module `layout.block`.
    """
    if not is_known(version):
        yield
        return
    child, column = block._in_flow_layout, block.block_container_layout
    floats = _Floats(block, child, column)
    block._in_flow_layout, block.block_container_layout = floats.child, floats.column
    try:
        yield
    finally:
        block._in_flow_layout, block.block_container_layout = child, column


class _Child(Struct):
    """A child of a column and where it is to be laid out: what `_in_flow_layout` takes."""

    context: Any
    column: Any
    index: int
    box: Any
    before: list[Any]
    page_is_empty: bool
    absolute: Any
    fixed: Any
    margins: list[float]
    below: float
    top: float
    skip: Any
    letter: Any
    line: Any
    discard: bool
    next_page: Any
    most: Any

    @property
    def is_first(self) -> bool:
        """Tell whether nothing stands above it in its column."""
        return not any(one.is_in_normal_flow() for one in self.before)


class _Floats(Struct, frozen=True):
    """Functions of the engine as they are with pictures that float in columns."""

    block: Any
    lay_out_child: Callable[..., Any]
    lay_out_column: Callable[..., Any]

    def column(self, context: Any, box: Any, *given: Any, **named: Any) -> Any:
        """Lay a column out (`block_container_layout`); its end tells what waits for the next."""
        if not box.is_column:
            return self.lay_out_column(context, box, *given, **named)
        below, skip, *rest = given
        skip = _gathered(box, skip)
        ((number, inner),) = skip.items() if skip else ((0, None),)
        over = inner if isinstance(inner, _Rest) and inner.done else None
        ended = () if over is None else over.waiting
        laid, start = box, skip
        if over is not None and ended:
            laid = box.copy_with_children([_kept(one) for one in ended])
            start = {0: dict(over)} if over.begun else None
        laid.begun = bool(skip)
        made, resume_at, *more = self.lay_out_column(context, laid, below, start, *rest)
        if made is None:
            return made, resume_at, *more
        if resume_at and (flow := [one for one in made.children if one.is_in_normal_flow()]):
            # By rounding it may be taller than the column, and the last page is not balanced.
            flow[-1].height -= _HAIR
        if ended:
            # One that no column holds goes on where it was broken.
            at, rest_of = next(iter(resume_at.items())) if resume_at else (0, None)
            left = ended[at:] if resume_at else waiting(made.children)
            return made, {number: _Rest(rest_of, left, done=True)} if left else None, *more
        if waits := waiting(made.children):
            ((at, inner),) = resume_at.items() if resume_at else ((len(box.children) - 1, None),)
            resume_at = {at: _Rest(inner, waits, done=resume_at is None)}
        return made, resume_at, *more

    def child(self, *given: Any) -> Any:
        """Lay a child out (`_in_flow_layout`): a picture may wait, what waited comes before it."""
        child = _Child(*given)
        if not child.column.is_column:
            return self.lay_out_child(*given)
        if self._is_too_low(child):
            self.block.remove_placeholders(child.context, child.before, [], [])
            return self._stopped(child, False, None, abort=True)
        headed = isinstance(child.skip, _Rest)
        if headed and (rest := self._head(child)) is not None:
            return self._stopped(child, True, {child.index: rest})
        headed &= not child.is_first
        if self._waits(child):
            child.before.append(held(self.block, child.box, child.index))
            return self._stopped(child, False, None)
        if child.column.begun and child.is_first:
            child.box = raised(child.box)
        made = self._laid(child)
        if headed and (made[0] or made[2] == {child.index: None}):
            # No room below the pictures: it goes on in the next column where it was to go on here.
            return self._stopped(child, True, {child.index: child.skip})
        return made

    def _stopped(self, child: _Child, stop: bool, resume_at: Any, abort: bool = False) -> Any:
        """Return what `_in_flow_layout` does for a child of which nothing stands here."""
        where = child.top, child.margins, child.next_page, child.before, child.most
        return abort, stop, resume_at, *where

    def _is_too_low(self, child: _Child) -> bool:
        """Tell whether columns are tried for balance at a height that a waiting picture exceeds.

        It is no reason to let it wait on: the columns are to be higher.
        """
        tried = not child.page_is_empty and not child.context.current_page_footnotes
        if not tried or not isinstance(child.skip, _Rest) or is_waited_for(child.context):
            return False
        if child.skip.broken is not None:
            return False
        head = self._above(child, child.skip.waiting[0], first=True)
        return not self._fits(head) and self._fits(replace(head, below=0.0))

    def _above(self, child: _Child, picture: Any, first: bool) -> _Child:
        """Return a picture that has waited, to be laid out where a child was to be."""
        own = raised(_kept(picture)) if first else _kept(picture)
        own.position_x, own.position_y = child.box.position_x, child.top
        return replace(child, box=own, skip=None, letter=None, line=None)

    def _head(self, child: _Child) -> _Rest | None:
        """Lay out above a child what has waited, as far as there is room.

        Return where the column after this goes on, if a picture is taller than a column.
        """
        begun, inner = child.skip.broken, dict(child.skip) if child.skip.begun else None
        for number, picture in enumerate(child.skip.waiting):
            if floats_to(picture):
                # All before it have their place: now it waits for its page.
                anchor = emptied(self.block, picture, child.index)
                child.before.append(anchor)
                child.context.add_broken_out_of_flow(anchor, picture, child.column, {0: None})
                continue
            head, rest = self._above(child, picture, not number), child.skip.waiting[number:]
            full = (child.before or not child.page_is_empty) and not self._fits(head)
            if begun is None and (full or is_waited_for(child.context)):
                child.before += [held(self.block, one, child.index) for one in rest]
                break
            made = self._laid(replace(head, skip=begun))
            child.top, child.margins, child.before = made[3], made[4], made[6]
            begun = made[2][child.index] if made[2] else None
            if begun is not None:
                return _Rest(inner, rest, broken=begun)
        child.box.position_y, child.skip = child.top, inner
        return None

    def _waits(self, child: _Child) -> bool:
        """Tell whether a child is a picture that has no room here, or others wait before it."""
        if not may_wait(child.box):
            return False
        if waiting(child.before) or is_waited_for(child.context):
            return True
        follows = any(map(_is_text, child.column.children[child.index + 1 :]))
        return follows and not child.is_first and not self._fits(child)

    def _laid(self, child: _Child) -> Any:
        return self.lay_out_child(*(getattr(child, name) for name in child.__struct_fields__))

    def _fits(self, child: _Child) -> bool:
        """Tell whether there is room for a picture where it is to stand."""
        # At the head of a page the engine takes the margin above it away, and nowhere else.
        heads = child.page_is_empty and child.is_first
        made = self.block.block_level_layout(
            *(child.context, child.box.copy(), -math.inf, None, child.column, heads),
            *([], [], list(child.margins)),
        )[0]
        self.block.remove_placeholders(child.context, [made], [], [])
        bottom = made.border_box_y() + made.border_height()
        if not child.column.bottom_margin_collapses():
            bottom += made.margin_bottom
        return not child.context.overflows_page(child.below, bottom)


def _gathered(column: Any, skip: Any) -> Any:
    """Return where a column goes on, what floats there among the pictures that come before it."""
    ((number, rest),) = skip.items() if skip else ((0, None),)
    if not isinstance(rest, _Rest) or rest.begun or rest.done:
        return skip
    waits, most = rest.waiting, len(column.children)
    while number < most and floats_to(column.children[number]):
        waits, number = (*waits, column.children[number]), number + 1
    done, broken = number == most, rest.broken
    made = _Rest(broken, waits, done) if done else _Rest(None, waits, broken=broken)
    return {min(number, most - 1): made}


def _is_text(box: Any) -> bool:
    """Tell whether a child of a column is of the text, and no picture."""
    return bool(box.is_in_normal_flow() and box.element_tag != "figure")


def _kept(picture: Any) -> Any:
    """Return a picture that what follows it keeps to: the text below it was begun before it."""
    own = picture.copy()
    own.style = picture.style.copy()
    own.style.update(break_after="avoid")
    return own
