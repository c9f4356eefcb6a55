"""Lines that the layout engine paints otherwise than it measured them, made even.

In: the engine's module for lines, and its version; `layout` gives them. Out: a context in which
justified text that runs leftward is as wide when it is painted as it was measured: white that is
added to a blank makes a piece of its own of it, for which another font may be found than for the
words beside it. And the first line of a paragraph that runs leftward has its indent at the right,
where it begins (CSS Text 3, 8.1). A second context is for the pages that are written: what is
shifted there is shifted in every reader. Read in WeasyPrint 70; in another version, which is told
of (P418), nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from publish.engine.steadying import is_known

_HAIR = 0.01
"""In px: a line that is so much too short is even."""


@contextmanager
def even(version: str, inline: Any, line_size: Any) -> Iterator[None]:
    """Change the engine for as long as it lays out.

    `inline` is its module `layout.inline`, `line_size` its function that measures a line.
    """
    if not is_known(version):
        yield
        return
    spaced, next_line = inline.add_word_spacing, inline.get_next_linebox

    def measured(context: Any, box: Any, spacing: float, advance: float) -> Any:
        before = getattr(box, "pango_layout", None)
        made = spaced(context, box, spacing, advance)
        if before is not None and before.first_line_direction % 2:
            blanks, given = inline.count_expandable_spaces(box), spacing
            # Once for what is lacking, and once to see that nothing is.
            for _ in range(2 if blanks else 0):
                painted = inline.create_layout(
                    box.text, box.style, context, max_width=None, justification_spacing=given
                )
                painted.set_text(box.text, justify=True)
                lacking = box.width - line_size(painted.get_first_line()[0], box.style)[0]
                painted.deactivate()
                box.pango_layout = painted
                if abs(lacking) <= _HAIR:
                    break
                given += lacking / blanks
        return made

    def begun(context: Any, linebox: Any, *given: Any, **named: Any) -> Any:
        line, resume_at = next_line(context, linebox, *given, **named)
        if line is not None and linebox.text_indent and line.style["direction"] == "rtl":
            for child in line.children:
                if child.is_in_normal_flow():
                    child.translate(dx=-linebox.text_indent)
        return line, resume_at

    inline.add_word_spacing, inline.get_next_linebox = measured, begun
    try:
        yield
    finally:
        inline.add_word_spacing, inline.get_next_linebox = spaced, next_line


@contextmanager
def shifting(version: str, stream: Any) -> Iterator[None]:
    """Change the engine's class of content streams for as long as it writes.

    A shift before any letter is written `[<> -49 <0001>] TJ`: pdfium takes no notice of what
    follows a string without letters. Without that string all readers shift alike (ISO 32000-1,
    9.4.3: the elements of the array are strings and numbers, in any order).
    """
    if not is_known(version):
        yield
        return
    show = stream.show_text

    def shown(self: Any, text: str) -> None:
        show(self, text.replace("<>", " "))

    stream.show_text = shown
    try:
        yield
    finally:
        stream.show_text = show
