"""How high things are that have not been laid out yet: headings, breaks, notes, pictures, tables.

In: boxes of the engine before they are laid out (WeasyPrint 70), within one whose width is known.
Out: heights in px, None where they cannot be known. The lines of a heading or of a note are
planned as they will be when its page comes; what is never parted, and calls no note, the engine
itself lays out by the way, once.
"""

from __future__ import annotations

import math
from typing import Any

from weasyprint.formatting_structure import build
from weasyprint.layout import block as block_layout
from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages
from weasyprint.text import line_break

from publish.engine.optimum.galley import Galley
from publish.engine.optimum.state import Setter, is_snapped
from publish.paragraphs.flow import OVER
from publish.paragraphs.linebreak import Line

_HAIR = 0.05
_EDGES = [f"{one}_{side}" for side in ("top", "bottom") for one in ("margin", "padding")]
_EDGES += ["border_top_width", "border_bottom_width"]


def height_of(setter: Setter, context: Any, box: Any) -> float | None:
    """Return the height of a heading, of a break, or of a paragraph that is no running text."""
    if type(box).__name__ != "BlockBox":
        return None
    if box.height != "auto":
        return float(box.height)
    source = source_of(box)
    if source is not None:
        lines = lines_of(setter, context, source, laid_in(box))
        return None if lines is None else lines * leading(source.style)
    total = 0.0
    for child in box.children:
        measure(child, box)
        height = height_of(setter, context, child)
        if height is None:
            return None
        total += child.margin_top + height + child.margin_bottom
    return total


def lines_of(setter: Setter, context: Any, source: Any, box: Any) -> int | None:
    """Return how many lines a paragraph takes; None where that is not known."""
    planned = planned_in(setter, context, source, box)
    if planned is None:
        return None
    # Beside what stands out of the flow a line may have nothing in it, and then takes no room.
    return max(len(planned[1]), 1) if planned[0].text.strip() else 0


def planned_in(
    setter: Setter, context: Any, source: Any, box: Any
) -> tuple[Galley, tuple[Line, ...]] | None:
    """Return the galley of a paragraph and its lines as planned, none where it is of one."""
    resolve_percentages(source, box)
    resolve_one_percentage(source, "text_indent", box.width)
    made = setter.galley_of(context, source, box)
    if made is None:
        return None
    if not made.text.strip() or made.places[-1].end - made.places[0].next <= box.width:
        return made, ()
    lines: list[Line] = []
    at = made.places[0].at
    # A last line that nothing stands on, as of code, ends where it begins.
    while (line := setter.line_at(made, at, [float(box.width)], source)) and line.end > at:
        lines.append(line)
        at = line.end
    return (made, tuple(lines)) if lines else None


def notes_of(setter: Setter, context: Any, made: Galley) -> tuple[tuple[int, float], ...] | None:
    """Return where a paragraph calls notes, and the height of each; None where one is not known."""
    found = []
    for leaf in made.leaves:
        note = getattr(leaf.box, "footnote", None)
        if note is not None and leaf.kind != "close":
            if (height := _note(setter, context, note)) is None:
                return None
            found.append((leaf.base, height))
    return tuple(found)


def _note(setter: Setter, context: Any, note: Any) -> float | None:
    """Return the height of a note in the area of notes of the page at hand."""
    known = setter.heights.get(id(note))
    if known is None or known[0] is not note:
        area = context.current_footnote_area.copy()
        measure(area, area.page)
        box = build.create_anonymous_boxes(note.deepcopy())
        measure(box, area)
        height = height_of(setter, context, box)
        if height is not None:
            height += sum(getattr(box, name) for name in _EDGES)
        known = setter.heights[id(note)] = note, height
    return known[1]


def leading(style: Any) -> float:
    """Return the height of a line of text in px: what stands higher in one makes no grid."""
    return float(line_break.strut(style)[0])


def rule_of(area: Any) -> float:
    """Return what an area of notes takes besides its notes, in px."""
    return float(sum(getattr(area, name) for name in _EDGES))


def whole(setter: Setter, context: Any, box: Any, parent: Any) -> float | None:
    """Return the height of what is never parted: a picture, a table, a pull quote."""
    if type(box).__name__ != "BlockBox" or box.style["break_inside"] == "auto":
        return None
    made = _known(setter, context, box, parent)
    return None if made is None else float(made.border_height())


def higher_at_head(box: Any, line: float) -> float:
    """Return how much higher a box whose width is known is at the head of a column, in px.

    Without its white above, its lines go down to the grid by more, or by less.
    """
    if not is_snapped(box.style):
        return 0.0
    inside = box.padding_top + box.border_top_width
    return to_grid(inside, line) - to_grid(box.margin_top + inside, line)


def to_grid(y: float, line: float) -> float:
    """Return how far what stands at a height must go down, or up, to a line of the grid, in px."""
    off = y % line
    if off < OVER * line:
        return -off
    return line - off if off < line - _HAIR else 0.0


def floated(setter: Setter, context: Any, box: Any) -> float | None:
    """Return the height of a picture that floats to the head or the foot of a page.

    None for what asks for a page of its own, or for an edge of one.
    """
    if any(box.element.get(f"data-{name}") for name in ("side", "alone", "edge")):
        return None
    made = _known(setter, context, box, context.current_footnote_area.page)
    return None if made is None else float(made.margin_height())


def _known(setter: Setter, context: Any, box: Any, parent: Any) -> Any:
    """Return a box as it was laid out by the way, once."""
    known = setter.laid.get(id(box))
    if known is None or known[0] is not box:
        known = setter.laid[id(box)] = box, _laid_out(context, box, parent)
    return known[1]


def _laid_out(context: Any, box: Any, parent: Any) -> Any:
    """Return a box as the engine lays it out, by the way; None where it calls notes."""
    if any(getattr(one, "footnote", None) is not None for one in box.descendants()):
        return None
    own, around = box.deepcopy(), parent.copy()
    if own.is_absolutely_positioned():
        own.style = box.style.copy()
        own.style.update(position="relative")
    own.position_x = own.position_y = around.position_x = around.position_y = 0.0
    aside: list[Any] = []
    context.create_block_formatting_context()
    made = block_layout.block_level_layout(
        context, own, -math.inf, None, around, True, aside, aside, []
    )[0]
    context.finish_block_formatting_context()
    return made


def measure(box: Any, parent: Any) -> None:
    """Have the width of a box known, as the engine has it."""
    if not hasattr(box, "position_x"):
        # In a block that is read from right to left the engine moves it as well.
        box.position_x = 0.0
    resolve_percentages(box, parent)
    block_layout.block_level_width(box, parent)


def source_of(box: Any) -> Any:
    """Return the line box of a paragraph; None where a box is none."""
    while (inner := only(box)) is not None:
        box = inner
    lined = type(box).__name__ == "BlockBox" and len(box.children) == 1
    return box.children[0] if lined and type(box.children[0]).__name__ == "LineBox" else None


def only(box: Any) -> Any:
    """Return the nameless box that holds a paragraph's lines beside what stands out of the flow."""
    if type(box).__name__ != "BlockBox" or len(box.children) < 2:
        return None
    inner = [child for child in box.children if not child.is_absolutely_positioned()]
    alike = len(inner) == 1 and inner[0].element is box.element and box.element is not None
    return inner[0] if alike else None


def laid_in(box: Any) -> Any:
    """Return the box that holds a paragraph's lines, its width known as the engine has it."""
    while (inner := only(box)) is not None:
        measure(inner, box)
        box = inner
    return box
