"""What stands between the brackets of a link, or of a picture.

markdown-it takes all that begins with a bracket there for another link, which a link may not hold
(CommonMark 0.31, 6.3). A span is none, unless it holds a link itself.
"""

from __future__ import annotations

from markdown_it.rules_inline import StateInline


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
    """Tell whether what stands from `start` up to here is a span that holds no link."""
    return state.src[state.pos - 1] == "}" and label_end(state, start, disableNested=True) >= 0
