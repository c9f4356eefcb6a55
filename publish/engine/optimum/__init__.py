"""The layout engine made to break paragraphs as a whole. With `pages`, all that knows WeasyPrint.

In: how lines are to be broken (`Manner`). Out: a context in which a document is laid out so. Before
the engine makes a line, the whole of its paragraph is planned (see `linebreak`), the engine then
fills the line as far as planned, and what is left over goes to its blanks and, by a hair, to its
letters. Running text goes down to the page's grid of lines, and where pages end is chosen for a
chapter at a time (see `pagination`); boxes, notes and floats stay the engine's own affair. Set
first-fit as before: lines from right to left, paragraphs with a leader, a `::first-letter` or
`::first-line`, and what comes before a float among the words or up to a word too wide for a line.
Works on private functions of WeasyPrint 70, whose parameters are compared with those known; where
one differs nothing is changed, and `fault` says so. What a layout knows stands in a ContextVar, so
that threads which plan do not meet; `layout.lay_out` lets one at a time lay out all the same, as
what it changes besides (notes, floats, the log) is changed for all threads.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any

import weasyprint
from weasyprint.draw import text as draw
from weasyprint.formatting_structure import build
from weasyprint.layout import block, inline, percent, preferred
from weasyprint.layout import page as page_layout
from weasyprint.text import line_break

from publish.engine.optimum import leaves, lines, pinned
from publish.engine.optimum.state import ENGINE, NOW, Case, Setter
from publish.engine.steadying import VERSION, is_known
from publish.paragraphs.manner import Manner

_HOOKS: tuple[tuple[ModuleType, str, str, Callable[..., Any]], ...] = (
    (
        inline,
        "get_next_linebox",
        "context linebox position_y bottom_space skip_stack containing_block absolute_boxes"
        " fixed_boxes first_letter_style first_line_style",
        lines.get_next_linebox,
    ),
    (
        inline,
        "split_inline_box",
        "context box position_x max_x bottom_space skip_stack containing_block absolute_boxes"
        " fixed_boxes line_placeholders waiting_floats line_children first_letter_style"
        " first_line_style",
        lines.split_inline_box,
    ),
    (
        inline,
        "split_text_box",
        "context box available_width skip is_line_start",
        lines.split_text_box,
    ),
    (
        block,
        "columns_layout",
        "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes"
        " fixed_boxes adjoining_margins first_letter_style first_line_style",
        pinned.columns_layout,
    ),
    (page_layout, "remake_page", "index context root_box html", leaves.remake_page),
    (inline, "text_align", "context line available_width last", lines.text_align),
    (inline, "avoid_collisions", "context box containing_block outer", lines.avoid_collisions),
    (
        draw,
        "draw_first_line",
        "stream textbox text_overflow block_ellipsis matrix",
        lines.draw_first_line,
    ),
)
"""The functions of the engine that are replaced, and the parameters that they are known to have."""
_USED: tuple[tuple[ModuleType, str, str], ...] = (
    (inline, "count_expandable_spaces", "box"),
    (inline, "skip_first_whitespace", "box skip_stack"),
    (build, "create_anonymous_boxes", "box"),
    (
        block,
        "block_level_layout",
        "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes"
        " fixed_boxes adjoining_margins first_letter_style first_line_style discard max_lines",
    ),
    (block, "collapse_margin", "adjoining_margins"),
    (block, "block_level_width", "box containing_block with_min_max"),
    (block, "block_level_page_name", "sibling_before sibling_after"),
    (block, "block_level_page_break", "sibling_before sibling_after"),
    (percent, "resolve_percentages", "box containing_block"),
    (percent, "resolve_one_percentage", "box property_name refer_to"),
    (preferred, "max_content_width", "context box outer"),
    (line_break, "Layout", "style justification_spacing max_width"),
    (line_break, "_font_style_cache_key", "style include_size"),
    (line_break, "create_layout", "text style context max_width justification_spacing"),
    (line_break, "get_log_attrs", "text lang"),
    (line_break, "line_size", "line style"),
    (line_break, "strut", "style"),
)
"""Those that are called, and the parameters that they are known to have."""


@contextmanager
def optimum(manner: Manner | None, case: Case | None = None) -> Iterator[None]:
    """Have paragraphs broken as a whole for as long as the context holds; None: first-fit.

    `case` has the type that was measured for other documents in this manner, and takes up more.
    """
    types: Case = {} if case is None else case
    token = NOW.set(Setter(manner, by_key=types) if manner and not fault() else None)
    try:
        yield
    finally:
        NOW.reset(token)


@cache
def fault(version: str = weasyprint.__version__) -> str:
    """Return why the engine cannot be made to plan paragraphs; "" where it can."""
    if not is_known(version):
        return f"WeasyPrint {version} is not the version {VERSION} that this was written for"
    for module, name, known in (*(hook[:3] for hook in _HOOKS), *_USED):
        function = ENGINE.get(name) or getattr(module, name, None)
        if function is None or " ".join(inspect.signature(function).parameters) != known:
            return f"WeasyPrint's {module.__name__}.{name} is not the one that is known"
    return ""


def _install() -> None:
    """Put the hooks in, once; without a `Setter` they do what the engine does."""
    if fault():
        return
    for module, name, _, hook in _HOOKS:
        ENGINE[name] = getattr(module, name)
        setattr(module, name, hook)


_install()
