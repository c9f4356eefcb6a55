"""Functions of the engine's inline layout, as they are while paragraphs are planned.

In and out: what the functions of the same names take and return (WeasyPrint 70, `layout.inline` and
`draw.text`); without a plan for the line at hand they do what those do.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from weasyprint.formatting_structure.boxes import InlineBox, LineBox, TextBox
from weasyprint.layout import inline
from weasyprint.matrix import Matrix
from weasyprint.text import line_break

from publish.engine.optimum.again import again, keep, place_of
from publish.engine.optimum.heights import to_grid
from publish.engine.optimum.state import ENGINE, NOW, Aim, Setter, aim, is_snapped
from publish.paragraphs.copied import Hyphen, copied_as, hyphenated, letterfitted
from publish.paragraphs.manner import FITTING, SCALING

_BESIDE = 200
"""Lines beside a float whose room is looked at."""
_TIGHTEST = 0.12
"""No blank is narrowed by more than this, in em, whatever was planned."""
_TO_BOTH = ("auto", "justify")
"""`text-align-last` where a last line is justified as the others are."""
_HAIR = 0.05
_WIDE = 1e4
"""So much wider, in px, a line is than it may be, while the engine fills it as planned."""


def get_next_linebox(
    context: Any, linebox: Any, position_y: float, bottom_space: float, skip_stack: Any,
    containing_block: Any, absolute_boxes: Any, fixed_boxes: Any, first_letter_style: Any,
    first_line_style: Any,
) -> Any:  # fmt: skip
    """Make the next line, as planned; it keeps its plan for those who read the pages."""
    setter = NOW.get()
    given = (absolute_boxes, fixed_boxes, first_letter_style, first_line_style)
    if setter is None:
        return ENGINE["get_next_linebox"](
            context, linebox, position_y, bottom_space, skip_stack, containing_block, *given
        )
    position_y += snapped(setter, context, linebox, position_y)
    place = (context, linebox, position_y, bottom_space, skip_stack, containing_block)
    before, setter.aim = setter.aim, None
    try:
        if not first_letter_style and not first_line_style:
            setter.aim = _aimed(setter, context, linebox, position_y, skip_stack, containing_block)
        key = place_of(setter, context, linebox, position_y, skip_stack, containing_block)
        if (known := again(setter, key, linebox)) is not None:
            return known
        out_of_flow = len(absolute_boxes), len(fixed_boxes)
        line, resume_at = ENGINE["get_next_linebox"](*place, *given)
        if line is not None and setter.aim:
            line.planned, line.galley = setter.aim.line, setter.aim.made
            line.source, line.taste = linebox, setter.taste_of(linebox.style)
            if out_of_flow == (len(absolute_boxes), len(fixed_boxes)):
                keep(setter, key, line, resume_at)
        return line, resume_at
    finally:
        setter.aim = before


def split_inline_box(context: Any, box: Any, position_x: float, max_x: float, *rest: Any) -> Any:
    """Fill a line without minding its width where it is planned what ends it."""
    now = aim()
    if now and box is now.linebox:
        max_x += _WIDE
    return ENGINE["split_inline_box"](context, box, position_x, max_x, *rest)


def split_text_box(
    context: Any, box: Any, available_width: float | None, skip: int, is_line_start: bool = True
) -> Any:
    """Take from a text what stands on the planned line, spelled as it is broken there."""
    now = aim()
    leaf = now.leaf_of(box) if now else None
    if now is None or leaf is None:
        new, resume, kept = ENGINE["split_text_box"](
            context, box, available_width, skip, is_line_start
        )
        if new is not None and resume is not None:
            new.hyphen = _hyphen_of(new, box.text.encode()[skip:resume].decode())
        return new, resume, kept
    data = box.text.encode()
    start = leaf.base + len(data[:skip].decode())
    end = now.line.end if leaf is now.end else leaf.base + len(box.text)
    text, said = now.made.shown(now.line, leaf, start, end)
    if leaf is not now.end and data[skip:] == text.encode():
        return ENGINE["split_text_box"](context, box, None, skip, is_line_start)
    stop = len(box.text[: end - leaf.base].encode())
    if not text:
        return None, stop, False
    new, resume, kept = ENGINE["split_text_box"](
        context, box.copy_with_text(text), None, 0, is_line_start
    )
    if text != said:
        new.said = said
    if leaf is now.end:
        if now.line.flagged:
            new.hyphen = "soft" if now.line.sign else "hard"
        return new, stop, False
    # The first letter is spelled in another way, and may be of another length.
    return new, resume and resume + len(data) - len(text.encode()), kept


def _hyphen_of(new: Any, taken: str) -> Hyphen:
    """Return what hyphen ends a line that the engine has made, given what it took of a text."""
    taken, sign = taken.rstrip(), new.style["hyphenate_character"]
    if new.text == taken + sign:
        return "soft"
    return "hard" if taken.endswith("-") else ""


def text_align(context: Any, line: Any, available_width: float, last: bool) -> float:
    """Justify a planned line: its letters give first, then its blanks; its edges hang out."""
    now = aim()
    if now is None or line.style["text_align_all"] != "justify":
        return float(ENGINE["text_align"](context, line, available_width, last))
    planned = now.line
    extra = available_width + planned.left + planned.right - line.width
    spaces = inline.count_expandable_spaces(line)
    if planned.forced and extra >= 0 and line.style["text_align_last"] not in _TO_BOTH:
        offset = float(ENGINE["text_align"](context, line, available_width, True))
        return offset or -planned.left
    ink = _ink(line)
    letters = max(-now.expansion * ink, min(now.expansion * ink, extra))
    rest = extra - letters
    if rest:
        # The engine kerns no letter with a blank that gives: the line is as wide as was planned.
        rest -= max(planned.natural + planned.left + planned.right - line.width, 0.0)
    # A line without blanks is brought to its measure by its letters, or left as it is.
    cannot = rest < -_TIGHTEST * line.style["font_size"] * spaces if spaces else rest > _HAIR
    if cannot or not ink:
        return float(ENGINE["text_align"](context, line, available_width, last))
    share = letters / ink / (SCALING + FITTING)
    give = Give(rest / spaces if spaces else 0.0, 1 + share * SCALING, share * FITTING)
    _spread(context, line, give, 0.0)
    return -planned.left


def avoid_collisions(context: Any, box: Any, containing_block: Any, outer: bool = True) -> Any:
    """Take a planned line for no wider than planned, though it is yet to be shrunk."""
    now = aim()
    if now is None or box is not now.linebox:
        return ENGINE["avoid_collisions"](context, box, containing_block, outer)
    width, box.width = box.width, min(box.width, now.line.measure)
    try:
        return ENGINE["avoid_collisions"](context, box, containing_block, outer)
    finally:
        box.width = width


def draw_first_line(
    stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any
) -> Any:
    """Draw a text at its scale; what is copied is spelled as in the manuscript."""
    give, text = getattr(textbox, "give", None), textbox.text
    said = getattr(textbox, "said", text)
    if textbox.style["direction"] == "ltr":
        said = hyphenated(said, getattr(textbox, "hyphen", ""), stream._tags is not None)
    if give is not None and give.scale != 1:
        matrix = Matrix(a=give.scale, d=-1, e=matrix[2][0], f=matrix[2][1])
    given = (stream, textbox, text_overflow, block_ellipsis, matrix)
    start = len(stream.stream)
    emojis = ENGINE["draw_first_line"](*given)
    painted = stream.stream[start:]
    if said != text:
        painted = copied_as(painted, text, said)
    if give is not None and give.fit:
        painted = letterfitted(painted, textbox.between)
    stream.stream[start:] = painted
    return emojis


def snapped(setter: Setter, context: Any, linebox: Any, position_y: float) -> float:
    """Return how far, in px, a line must go down (below 0: up) to the page's grid of lines.

    0 for what has none: all but lines as high as those of the running text, where the style sheet
    has `--line-snap: baseline`, and never within a table or a line.
    """
    style = linebox.style
    root = style.root_style
    if root is None or id(linebox) not in setter.ways or not is_snapped(style):
        return 0.0
    height, _ = line_break.strut(style)
    if not height or abs(height - line_break.strut(root)[0]) > _HAIR:
        return 0.0
    top = context.current_footnote_area.page.content_box_y()
    return float(to_grid(position_y - top, height))


def _aimed(
    setter: Setter, context: Any, linebox: Any, position_y: float, skip_stack: Any, within: Any
) -> Aim | None:
    """Return the plan for the line that begins at `skip_stack`, or None where there is none."""
    style = linebox.style
    skip_stack = inline.skip_first_whitespace(linebox, skip_stack)
    if style["direction"] == "rtl" or skip_stack == "continue":
        return None
    made = setter.galley_of(context, linebox, within)
    if made is None or not made.text:
        return None
    start = made.offset(skip_stack)
    if start <= made.floated:
        return None
    measures = _measures(context, linebox, position_y, within)
    line = setter.line_at(made, start, measures, linebox)
    if line is None:
        return None
    end = None if line.forced else made.leaf_before(line.end)
    if end is None and not line.forced:
        return None
    justified = style["text_align_all"] == "justify"
    return Aim(linebox, line, made, end, setter.manner.justified.expansion if justified else 0.0)


def _measures(context: Any, linebox: Any, position_y: float, within: Any) -> list[float]:
    """Return the room in px that this line has and those after it, beside what floats."""
    if not context.excluded_shapes:
        return [float(within.width)]
    height, _ = line_break.strut(linebox.style)
    before = linebox.position_y, linebox.__dict__.get("width"), linebox.__dict__.get("height")
    bottom = max(one.position_y + one.margin_height() for one in context.excluded_shapes)
    measures: list[float] = []
    while not measures or (position_y < bottom + height and len(measures) < _BESIDE):
        linebox.position_y, linebox.width, linebox.height = position_y, 0, height
        measures.append(float(inline.avoid_collisions(context, linebox, within, outer=False)[2]))
        position_y += height
    linebox.position_y, linebox.width, linebox.height = before
    return measures


def _ink(box: Any) -> float:
    """Return the width of the text in a line."""
    if isinstance(box, TextBox):
        return float(box.width)
    inner = box.children if isinstance(box, (LineBox, InlineBox)) else ()
    return sum(map(_ink, inner))


class Give(Struct, frozen=True):
    """What is given to a line: px to each blank, the scale of its letters, a share in between."""

    spacing: float
    scale: float
    fit: float


def _spread(context: Any, box: Any, give: Give, advance: float) -> float:
    """Widen the blanks of a line and its letters; return how far it moved.

    The engine's `add_word_spacing`, with letters that give.
    """
    if isinstance(box, TextBox):
        box.position_x += advance
        box.give, box.justification_spacing = give, give.spacing / give.scale
        spaces = inline.count_expandable_spaces(box)
        if spaces:
            box.pango_layout = line_break.create_layout(
                box.text, box.style, context, None, box.justification_spacing
            )
            box.pango_layout.deactivate()
        grown = box.width * (give.scale - 1 + give.fit) + give.spacing * spaces
        box.between = box.width * give.fit / give.scale
        box.width += grown
        return float(advance + grown)
    if isinstance(box, (LineBox, InlineBox)):
        box.position_x += advance
        before = advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _spread(context, child, give, advance)
        box.width += advance - before
    else:
        box.translate(advance, 0)
    return advance
