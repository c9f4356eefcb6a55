"""Lines that are made once for a page, however often its columns and its notes are tried.

In: a planned line as the engine has made it (WeasyPrint 70), and all that it hangs on. Out: a copy
of it where it is asked for again. Columns are tried at height after height until they leave their
notes the room for them, and notes are laid out anew with each that is added to them: most lines
stand where they stood.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from publish.engine.optimum.state import Setter

Place: TypeAlias = tuple[Any, ...]
_PLAIN = ("TextBox", "InlineBox", "LineBox")


def place_of(
    setter: Setter, context: Any, linebox: Any, position_y: float, skip_stack: Any, within: Any
) -> Place:
    """Return all that a line hangs on; nothing where it is not planned, or something floats by it.

    What is kept of a plan is kept with the line, so that its `id` is no other's.
    """
    if setter.aim is None or context.excluded_shapes:
        return ()
    way: list[int] = []
    while skip_stack:
        ((number, skip_stack),) = skip_stack.items()
        way.append(number)
    where = position_y, within.content_box_x(), within.width, linebox.text_indent
    return id(setter.aim.made), id(setter.aim.line), *where, *way


def again(setter: Setter, place: Place, linebox: Any) -> tuple[Any, Any] | None:
    """Return a line that was made before in its place, and what follows it."""
    if (known := setter.made.get(place)) is None:
        return None
    line = known[0].deepcopy()
    line.source = linebox
    return line, known[1]


def keep(setter: Setter, place: Place, line: Any, resume_at: Any) -> None:
    """Keep a line of text alone for the next time."""
    if place and _is_plain(line):
        setter.made[place] = line.deepcopy(), resume_at


def _is_plain(box: Any) -> bool:
    return type(box).__name__ in _PLAIN and all(map(_is_plain, getattr(box, "children", ())))
