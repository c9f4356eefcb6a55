"""Pictures that float to the head or the foot of a page, while the text flows on.

In: the layout engine's modules for blocks and pages, and its version; `pages` gives them. Out: a
context in which an element with `data-float` (“head” or “foot”) is taken out of the text and stands
on the next page, on the next left-hand or right-hand one where `data-side` asks for it (“verso”,
“recto”), alone there with `data-alone`, and first at its edge with `data-edge`, over which it
bleeds; an inset that no longer fits comes at the head of the next page, with text beside it. They
keep the order of the text, and none passes a forced break: what waits there has a page to itself
first. (CSS Page Floats 3, `float-reference: page`, which the engine has not.)

The engine sets the rest of a broken float at the head of the next page; here a whole one waits
among those rests, so that it is forgotten with the text around it where a page is laid out anew.
The paragraphs of that page begin below it, and above what stands at the foot. Read in WeasyPrint
70; in another version, which is told of (P418), pictures stand where they come.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from publish.engine.column_floats import emptied
from publish.engine.steadying import is_known
from publish.paragraphs.pagination import LEAST_TEXT
from publish.sizes.geometry import LINE

_HAIR = 0.01


@dataclass(slots=True)
class _Leaf:
    """What floats on the page that is being laid out: where the text begins and ends, in px.

    `hull` are the boxes around the text before it, empty; `bare` where it is for pictures alone.
    `closed` once a picture waits for a later page: those after it wait too. `low` is where the type
    area ends.
    """

    line: float
    hull: Any
    bare: bool
    top: float = 0.0
    head: float = 0.0
    foot: float = 0.0
    low: float = 0.0
    placed: list[Any] = field(default_factory=list)
    closed: bool = False

    def opened(self, page: Any) -> None:
        """Measure the page, once."""
        if not self.foot:
            self.top = self.head = page.content_box_y()
            self.foot = self.low = self.top + page.height

    def is_taken(self, where: str) -> bool:
        """Tell whether a picture stands at the head, or the foot: none can bleed there then."""
        return self.head > self.top if where == "head" else self.foot < self.low

    def begin(self) -> float:
        """Return where the text begins, on the grid of its lines."""
        lines = math.ceil((self.head - self.top) / self.line - _HAIR)
        return self.top + max(lines, 0) * self.line


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


@dataclass(frozen=True, slots=True)
class _Floats:
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
        if not _said(child, "data-float"):
            before = list(new_children)
            stop, resume_at, new, broken = original(context, box, index, child, new_children, *rest)
            inset = child.is_floated() and child.element_tag == "figure"
            moved = stop and (resume_at != {index: None} or new_children != before)
            alone = rest[0] and not before
            if not inset or not (stop or broken) or moved or alone:
                return stop, resume_at, new, broken
            # No picture is parted from its caption.
            new_children[:] = before
            self.block.remove_placeholders(context, [new], rest[1], rest[2])
        anchor = emptied(self.block, child, index)
        new_children.append(anchor)
        return False, None, anchor, {0: None}

    def placed(
        self, original: Any, context: Any, box: Any, around: Any, positioned: Any, *rest: Any
    ) -> Any:
        """Set a picture that has waited, or let it wait on (the engine's `absolute_box_layout`)."""
        where = _said(box, "data-float")
        if not where:
            return original(context, box, around, positioned, *rest)
        leaf, page = context.leaf, context.current_footnote_area.page
        leaf.opened(page)
        if not leaf.closed and _suits(page, _said(box, "data-side")):
            made = self._laid(context, page, box, positioned)
            height, alone = made.margin_height(), bool(_said(box, "data-alone"))
            lines = 0 if leaf.bare else LEAST_TEXT
            barred = bool(_said(box, "data-edge")) and leaf.is_taken(where)
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
        """Set an inset that has waited (`float_layout`): the page before had other margins."""
        return original(context, box, context.current_footnote_area.page, *rest)

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
        if leaf.bare or (leaf.placed and room < LEAST_TEXT * leaf.line - _HAIR):
            return leaf.hull, skip_stack, {"break": "any", "page": kind}, [], False, None
        if leaf.placed:
            box.position_y = head
            context.page_bottom -= lower
            area.position_y -= lower
        given = bottom_space, skip_stack, around, page_is_empty
        made = original(context, box, *given, *more, **named)
        return made if made[0] else (*made[:2], {"break": "any", "page": kind}, *made[3:])

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
        text at the end of each.
        """
        owed = vars(context).setdefault("owed", {})
        hulls = vars(context).setdefault("hulls", {})
        after = owed.get(number)
        context.leaf = _Leaf(_line_of(root.style), hulls.get(number - 1), after is not None)
        page, resume_at, following = original(context, root, kind, resume_at, number, state)
        whole = page.children[0]
        _settled(whole)
        hulls[number] = _hull(whole)
        if after:
            resume_at, following = after
        owed.pop(number + 1, None)
        waiting = any(_waits(box) for box, *_ in context.broken_out_of_flow.values())
        if waiting and (resume_at is None or following["break"] != "any"):
            owed[number + 1] = resume_at, following
            # Of the kind of this page: the next may be a cover without margins.
            kind_of_page = {"break": "page", "page": page.page_type.name}
            return page, resume_at or {0: None}, kind_of_page
        return page, resume_at, following

    def _laid(self, context: Any, page: Any, box: Any, positioned: Any) -> Any:
        """Return a picture laid out as wide as the type area of its page."""
        own = box.copy()
        own.style = box.style.copy()
        own.style.update(position="relative")
        own.position_x, own.position_y = page.content_box_x(), page.content_box_y()
        made = self.block.block_level_layout(
            context, own, -math.inf, None, page, True, positioned, positioned, []
        )
        made[0].style = box.style
        return made[0]


def _said(box: Any, name: str) -> str:
    """Return an attribute of the element that a box stands for."""
    return "" if box.element is None else str(box.element.get(name) or "")


def _waits(box: Any) -> bool:
    """Tell whether a box that goes on overleaf is a picture, whole, and no rest of anything."""
    return bool(_said(box, "data-float")) or box.element_tag == "figure"


def _suits(page: Any, side: str) -> bool:
    """Tell whether a page is on the side that a picture asks for."""
    if not side:
        return True
    first = "right" if page.style["direction"] == "ltr" else "left"
    return bool((page.page_type.side == first) == (side == "recto"))


def _settled(root: Any) -> None:
    """Put the pictures of a page before its text, in the flow that they belong to."""
    pictures = [one for one in root.children if one.element_tag == "figure"]
    root.children = [one for one in root.children if one not in pictures]
    within = root
    while within.is_for_root_element or within.element_tag == "body":
        inner = [child for child in within.children if child.is_in_normal_flow()]
        if not inner:
            break
        within = inner[0]
    shown = [one for one in pictures if one.element is not None]
    within.children = [*shown, *within.children]


def _hull(root: Any) -> Any:
    """Return the boxes around the text at the end of a page, empty."""
    flow = (child for child in root.children if child.is_in_normal_flow())
    # A picture within a line has nothing in it.
    last = [child for child in flow if hasattr(child, "copy_with_children")][-1:]
    deeper = root.is_for_root_element or root.element_tag == "body"
    return root.copy_with_children([_hull(one) for one in last] if deeper else [])


def _line_of(style: Any) -> float:
    """Return the distance of the lines of a text, in px."""
    height = style["line_height"]
    return float(getattr(height, "value", LINE * style["font_size"]))
