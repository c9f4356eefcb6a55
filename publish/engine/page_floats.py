"""Pictures that float to the head or the foot of a page, while the text flows on.

In: the layout engine's modules for blocks and pages, and its version; `pages` gives them. Out: a
context in which an element with `data-float` (“head” or “foot”) is taken out of the text and stands
on the next page, on the next left-hand or right-hand one where `data-side` asks for it (“verso”,
“recto”), alone there with `data-alone`, and first at its edge with `data-edge`, over which it
bleeds; an inset that no longer fits comes at the head of the next page, with text beside it. They
keep the order of the text: a picture straight in a flow (of class “flow”) that comes after one that
waits, waits too, be it meant to float or not. None passes a forced break: what waits there has a
page to itself first. (CSS Page Floats 3, `float-reference: page`, which the engine has not.)

The engine sets the rest of a broken float at the head of the next page; here a whole one waits
among those rests, so that it is forgotten with the text around it where a page is laid out anew.
The paragraphs of that page begin below it, and above what stands at the foot. Read in WeasyPrint
70; in another version, which is told of (P418), pictures stand where they come.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from publish.engine.leaf import Leaf, hull, is_flow, line_of, said, settled, suits
from publish.engine.steadying import is_known
from publish.engine.waiting import (
    emptied,
    floats_to,
    held,
    is_waited_for,
    may_wait,
    raised,
    sided,
    stays_within,
    styled,
    waiting,
)
from publish.paragraphs.flow import LEAST_TEXT

PATIENCE = 4
"""Pages on which neither text nor a picture has got on; after them none would ever be the last."""
_HAIR = 0.01


@contextmanager
def page_floats(version: str, block: Any, page: Any) -> Iterator[None]:
    """Have pictures float for as long as the engine lays out.

    `block` and `page` are its modules `layout.block` and `layout.page`.
    """
    if not is_known(version):
        yield
        return
    floats = _Floats(block)
    names: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
        (block, "_out_of_flow_layout", floats.taken_out),
        (block, "_in_flow_layout", floats.passed_by),
        (block, "block_container_layout", floats.forgotten),
        (page, "absolute_box_layout", floats.placed),
        (page, "float_layout", floats.beside),
        (page, "block_level_layout", floats.below),
        (page, "make_page", floats.made),
    )
    before = [getattr(module, name) for module, name, _ in names]
    for (module, name, hook), original in zip(names, before, strict=True):
        setattr(module, name, _hooked(hook, original))
    try:
        yield
    finally:
        for (module, name, _), original in zip(names, before, strict=True):
            setattr(module, name, original)


def _hooked(hook: Callable[..., Any], original: Any) -> Callable[..., Any]:
    return lambda *given, **named: hook(original, *given, **named)


class _Floats(Struct, frozen=True):
    """Functions of the engine as they are with pictures that float, given what they were."""

    block: Any

    def taken_out(
        self,
        original: Any,
        context: Any,
        box: Any,
        index: int,
        child: Any,
        new_children: Any,
        *rest: Any,
    ) -> Any:
        """Take a picture out of the text (the engine's `_out_of_flow_layout`)."""
        child = sided(child)
        inset = child.is_floated() and child.element_tag == "figure"
        waits = inset and is_flow(box) and is_waited_for(context)
        if box.is_column and floats_to(child) and waiting(new_children):
            # One of the column waits before it.
            new_children.append(held(self.block, child, index))
            return False, None, new_children[-1], None
        if not (waits or floats_to(child)):
            before = list(new_children)
            stop, resume_at, new, broken = original(context, box, index, child, new_children, *rest)
            moved = stop and (resume_at != {index: None} or new_children != before)
            alone = rest[0] and not before
            if not inset or not (stop or broken) or moved or alone:
                return stop, resume_at, new, broken
            # No picture is parted from its caption.
            new_children[:] = before
            self.block.remove_placeholders(context, [new] if new else [], rest[1], rest[2])
            if stays_within(child):
                return True, {index: None}, None, None
        anchor = emptied(self.block, child, index)
        new_children.append(anchor)
        return False, None, anchor, {0: None}

    def passed_by(
        self,
        original: Any,
        context: Any,
        box: Any,
        index: int,
        child: Any,
        new_children: Any,
        *rest: Any,
    ) -> Any:
        """Let a picture in the text wait behind others (the engine's `_in_flow_layout`)."""
        if not (is_flow(box) and may_wait(child) and is_waited_for(context)):
            return original(context, box, index, child, new_children, *rest)
        own = styled(raised(child), position="absolute")
        anchor = emptied(self.block, child, index)
        new_children.append(anchor)
        context.add_broken_out_of_flow(anchor, own, box, {0: None})
        _, _, _, margins, _, top, _, _, _, _, next_page, most = rest
        return False, False, None, top, margins, next_page, new_children, most

    def forgotten(
        self,
        original: Any,
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        page_is_empty: bool,
        *rest: Any,
        **named: Any,
    ) -> Any:
        """Forget what waits in a box that has no room (the engine's `block_container_layout`).

        The engine itself forgets what stood there before it was laid out, and not its empty box.
        Where a picture had to be first in it, and has no room, it has none either.
        """
        before = dict(context.broken_out_of_flow)
        made = original(context, box, bottom_space, skip_stack, page_is_empty, *rest, **named)
        if made[0] is not None and made[1] == {0: None} and not (made[0].children or page_is_empty):
            made = None, None, {"break": "any", "page": None}, [], False, made[-1]
        if made[0] is None:
            context.broken_out_of_flow.clear()
            context.broken_out_of_flow.update(before)
        return made

    def placed(
        self, original: Any, context: Any, box: Any, around: Any, positioned: Any, *rest: Any
    ) -> Any:
        """Set a picture that has waited, or let it wait on (the engine's `absolute_box_layout`)."""
        if box.element_tag != "figure":
            return original(context, box, around, positioned, *rest)
        where = floats_to(box) or "head"
        leaf, page = context.leaf, context.current_footnote_area.page
        leaf.opened(page)
        if not leaf.closed and suits(page, said(box, "data-side")):
            made = self._laid(context, page, box, positioned)
            height, alone = made.margin_height(), bool(said(box, "data-alone"))
            lines = 0 if leaf.bare else LEAST_TEXT
            barred = bool(said(box, "data-edge")) and leaf.is_taken(where)
            fits = not barred and height <= leaf.foot - leaf.head - lines * leaf.line
            if not leaf.placed or (fits and not alone):
                leaf.placed.append(made)
                leaf.bare, leaf.closed = leaf.bare or alone, alone
                if where == "head":
                    made.translate(dy=leaf.head - made.position_y)
                    leaf.head += height
                else:
                    leaf.foot -= height
                    made.translate(dy=leaf.foot - made.position_y)
                return made, None
        leaf.closed = True
        return emptied(self.block, box), {0: None}

    def beside(self, original: Any, context: Any, box: Any, around: Any, *rest: Any) -> Any:
        """Set an inset that has waited, or let it wait on (the engine's `float_layout`).

        It stands below the pictures at the head; those after it wait, and text stands beside it.
        Where none is left they stand below it. The page before had other margins.
        """
        leaf, page = context.leaf, context.current_footnote_area.page
        if box.element_tag != "figure":
            return original(context, box, page, *rest)
        leaf.opened(page)
        if not leaf.closed:
            box.position_y = leaf.begin()
            made, left = original(context, sided(box), page, *rest)
            low = made.position_y + made.margin_height()
            leaf.closed = not leaf.bare or low > leaf.foot
            if low <= leaf.foot or not leaf.placed:
                leaf.placed.append(made)
                leaf.head = low if leaf.bare else leaf.head
                return made, left
            self.block.remove_placeholders(context, [made], [], [])
        return emptied(self.block, box), {0: None}

    def below(self, original: Any, context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        """Lay the text of a page out below its pictures (the engine's `block_level_layout`)."""
        leaf = context.leaf
        if not box.is_for_root_element or not (leaf.placed or leaf.bare or leaf.closed):
            return original(context, box, *rest, **named)
        bottom_space, skip_stack, around, page_is_empty, *more = rest
        if not leaf.placed:
            page_is_empty = not context.excluded_shapes
        area, head = context.current_footnote_area, leaf.begin()
        lower = area.page.content_box_y() + area.page.height - leaf.foot if leaf.placed else 0.0
        room = context.page_bottom - lower - head
        # Of a page without any text the engine forgets the kind, and takes that of the first.
        kind = context.page_maker[context.current_page - 1][1]["page"]
        bare: Any = leaf.hull, skip_stack, {"break": "any", "page": kind}, [], False, None
        if leaf.bare or (leaf.placed and room < LEAST_TEXT * leaf.line - _HAIR):
            return bare
        if leaf.placed:
            box.position_y = head
            context.page_bottom -= lower
            area.position_y -= lower
        given = bottom_space, skip_stack, around, page_is_empty
        made = original(context, box, *given, *more, **named)
        # It may go on with a picture in columns, for which there is no room below the others.
        return made if made[0] else bare

    def made(
        self,
        original: Any,
        context: Any,
        root: Any,
        kind: Any,
        resume_at: Any,
        number: int,
        state: Any,
    ) -> Any:
        """Make a page (the engine's `make_page`), and pages for what waits before a forced break.

        `owed` has, by page, where the text goes on after such a page; `hulls` the boxes around the
        text at the end of each; `idle` how many pages up to each have taken nothing.
        """
        idle = vars(context).setdefault("idle", {})
        owed = vars(context).setdefault("owed", {})
        hulls = vars(context).setdefault("hulls", {})
        after = owed.get(number)
        before = hulls.get(number - 1)
        # A page may be made again: what stands on it is put into its own boxes.
        around = None if before is None else hull(before)
        context.leaf = Leaf(line_of(root.style), around, after is not None)
        begun = resume_at
        page, resume_at, following = original(context, root, kind, resume_at, number, state)
        gets_on = context.leaf.placed or resume_at != begun
        idle[number] = 0 if gets_on else idle.get(number - 1, 0) + 1
        if idle[number] > PATIENCE:
            waits = (
                f"the picture {_first(context)}" if is_waited_for(context) else "what comes next"
            )
            raise RuntimeError(f"no page takes {waits}")
        whole = page.children[0]
        settled(whole)
        hulls[number] = hull(whole)
        if after:
            resume_at, following = after
        owed.pop(number + 1, None)
        if is_waited_for(context) and (resume_at is None or following["break"] != "any"):
            owed[number + 1] = resume_at, following
            # Of the kind of this page: the next may be a cover without margins.
            kind_of_page = {"break": "page", "page": page.page_type.name}
            return page, resume_at or {0: None}, kind_of_page
        return page, resume_at, following

    def _laid(self, context: Any, page: Any, box: Any, positioned: Any) -> Any:
        """Return a picture laid out as wide as the type area of its page."""
        own = styled(box, position="relative")
        own.position_x, own.position_y = page.content_box_x(), page.content_box_y()
        made = self.block.block_level_layout(
            context, own, -math.inf, None, page, True, positioned, positioned, []
        )
        made[0].style = box.style
        return made[0]


def _first(context: Any) -> str:
    """Return the id of the picture that waits before all others."""
    return next((said(box, "id") for box, *_ in context.broken_out_of_flow.values()), "")
