"""markdown-it's flat block tokens as a tree, and where a block's text stands in its file.

In: tokens with their line maps. Out: `Element`s; `located` finds the offset of each line of an
element's content, which markdown-it hands over without its indentation and marks.
"""

from __future__ import annotations

from markdown_it.token import Token
from msgspec import Struct, field

from publish.ground.source import SourceFile
from publish.manuscript.markdown.inlines import Locator

_ANYWHERE = {"th", "td", "dt"}


class Element(Struct):
    """A block token with what stands in it. `first` is its 0-based line."""

    kind: str
    token: Token
    first: int
    children: list[Element] = field(default_factory=list)
    inline: list[Token] = field(default_factory=list)
    content: str = ""
    closed: bool = True
    cursor: int = 0


def elements(tokens: list[Token], source: SourceFile) -> list[Element]:
    """Nest block tokens; a container whose closing fence is missing is not `closed`."""
    root: list[Element] = []
    stack: list[Element] = []
    cells: dict[int, int] = {}
    for token in tokens:
        if token.type == "inline":
            holder = stack[-1]
            holder.inline, holder.content = token.children or [], token.content
            if holder.kind in _ANYWHERE:
                holder.cursor = cells.get(holder.first, 0)
                end = source.line(holder.first + 1).find(token.content, holder.cursor)
                cells[holder.first] = max(end, 0) + len(token.content) + 1
            continue
        if token.nesting == -1:
            stack.pop()
            continue
        first = token.map[0] if token.map else (stack[-1].first if stack else 0)
        element = Element(token.type.removesuffix("_open"), token, first)
        (stack[-1].children if stack else root).append(element)
        if element.kind == "container_block":
            element.closed = _is_closed(element, stack, source)
        if token.nesting == 1:
            stack.append(element)
    return root


def _is_closed(element: Element, stack: list[Element], source: SourceFile) -> bool:
    assert element.token.map
    end = element.token.map[1]
    outer = (one.token.map for one in stack if one.kind == "container_block")
    if any(lines and lines[1] == end for lines in outer):
        return False
    fence = source.line(end + 1).strip().lstrip("> ")
    return len(fence) >= len(element.token.markup) and not fence.strip(":")


def located(source: SourceFile, element: Element) -> Locator:
    """Find where each line of an element's content stands in the file."""
    starts: list[tuple[int, int]] = []
    at = 0
    for number, content in enumerate(element.content.split("\n")):
        line = source.line(element.first + number + 1)
        starts.append(
            (at, source.offset(element.first + number + 1) + _column(element, line, content))
        )
        at += len(content) + 1
    return Locator(source, tuple(starts))


def _column(element: Element, line: str, content: str) -> int:
    """Return the 0-based column at which a line of content stands in its line."""
    stripped = line.rstrip()
    if element.kind not in _ANYWHERE and stripped.endswith(content.rstrip()):
        return len(stripped) - len(content.rstrip())
    return max(line.find(content, element.cursor), 0)
