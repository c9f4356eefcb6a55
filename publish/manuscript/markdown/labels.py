"""What stands between the brackets of a link, or of a picture.

markdown-it takes all that begins with a bracket there for another link, which a link may not hold
(CommonMark 0.31, 6.3). A span is none, unless it holds a link itself.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

_BRACKETS = re.compile(r"\\?[\[\]]")


def is_escaped(text: str, end: int) -> bool:
    """Tell whether the bracket that is closed at `end` is opened by one that is escaped."""
    depth = 0
    found = _BRACKETS.findall(text, text.rfind("\n\n", 0, end) + 1, end)
    for bracket in map(str, reversed(found)):
        if bracket.endswith("]"):
            depth += 1
        elif depth:
            depth -= 1
        else:
            return bracket.startswith("\\")
    return False


def label_end(state: StateInline, start: int, disableNested: bool = False) -> int:
    """Return where the bracket is closed that is open at `start`; -1 where it is not.

    It is -1 as well, with `disableNested`, where a link or the call of a note stands in it. It
    takes the place of markdown-it's `parseLinkLabel`, and so has its names.
    """
    before, depth = state.pos, 1
    state.pos = start + 1
    try:
        while state.pos < state.posMax:
            at, mark = state.pos, state.src[state.pos]
            if mark == "]":
                depth -= 1
                if not depth:
                    return at
            state.md.inline.skipToken(state)
            if mark == "[" and state.pos == at + 1:
                depth += 1
            elif mark == "[" and disableNested and not _is_span(state, at):
                return -1
        return -1
    finally:
        state.pos = before


def _is_span(state: StateInline, start: int) -> bool:
    """Tell whether what stands from `start` up to here is a span that holds no link.

    Where marks are nested too deep, markdown-it passes over all that is left, and beyond.
    """
    closed = state.src.startswith("}", state.pos - 1)
    return closed and label_end(state, start, disableNested=True) >= 0
