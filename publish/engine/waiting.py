"""Pictures that wait for another page or column: how the engine is made to remember them.

In: the engine's boxes and its context. Out: the empty boxes that stand where a picture was met, by
which it is forgotten with the text around it where that is laid out anew, and what there is to know
of them.
"""

from __future__ import annotations

from typing import Any


def may_wait(box: Any) -> bool:
    """Tell whether a box is a picture that is kept whole, and so can stand elsewhere."""
    return bool(box.element_tag == "figure" and box.style["break_inside"] == "avoid")


def stays_within(box: Any) -> bool:
    """Tell whether a box that floats beside text goes overleaf with the block around it alone."""
    return bool(box.style["break_inside"] == "avoid-page")


def floats_to(box: Any) -> str:
    """Return the edge of a page, “head” or “foot”, to which a box is to float; nothing for none."""
    return "" if box.element is None else str(box.element.get("data-float") or "")


def sided(box: Any) -> Any:
    """Return a box that floats with the side to which it does said as “left” or “right”.

    The engine takes the end of a line that a box floats to for that of the block beside it, which
    may be read the other way; it would keep clear of the wrong side.
    """
    start, end = ("left", "right") if box.style["direction"] == "ltr" else ("right", "left")
    side = {"inline-start": start, "inline-end": end}.get(box.style["float"])
    return box if side is None else styled(box, float=side)


def is_waited_for(context: Any) -> bool:
    """Tell whether a whole picture waits for a later page: none after it in the text passes it."""
    boxes = (box for box, *_ in context.broken_out_of_flow.values())
    return any(box.element_tag == "figure" for box in boxes)


def emptied(block: Any, box: Any, index: int = 0) -> Any:
    """Return an empty box, out of the flow, that stands for one that is taken out of the text."""
    empty = box.copy_with_children([])
    empty.element, empty.style = None, box.style.copy()
    # Or lines would keep clear of it as of a float.
    empty.style.update(position="absolute", float="none", anchor=None)
    empty.width = empty.height = 0
    for side in ("top", "right", "bottom", "left"):
        for name in (f"margin_{side}", f"padding_{side}", f"border_{side}_width"):
            setattr(empty, name, 0)
    placeholder = block.AbsolutePlaceholder(empty)
    placeholder.set_laid_out_box(empty)
    placeholder.index = index
    return placeholder


def held(block: Any, picture: Any, index: int) -> Any:
    """Return the empty box that tells, in a column, of a picture that waits for another one."""
    anchor = emptied(block, picture, index)
    anchor.waits = picture
    return anchor


def waiting(children: Any) -> tuple[Any, ...]:
    """Return the pictures that wait among what stands in a column."""
    return tuple(one.waits for one in children if hasattr(one, "waits"))


def raised(box: Any) -> Any:
    """Return a box that begins a column after a break: no white is above it (CSS Break 3, 5.2)."""
    margin = box.style["margin_top"]
    if margin == "auto" or not margin.value:
        return box
    return styled(box, margin_top=margin._replace(value=0))


def styled(box: Any, **style: Any) -> Any:
    """Return a box of which some properties are other ones; the box itself stays as it is."""
    own = box.copy()
    own.style = box.style.copy()
    own.style.update(**style)
    return own
