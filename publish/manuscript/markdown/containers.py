"""`::: kind {attributes}` … `:::`: containers, verse, and who said it.

In: the element of a container. Out: its block, and problems M206, M207, M216 and M225.
"""

from __future__ import annotations

from publish.book.inlines import Attrs, Inline, Inlines, LineBreak, Text
from publish.book.model import CONTAINERS, Block, Blocks, Container, Paragraph, Verse
from publish.ground.problems import problem
from publish.ground.source import Span
from publish.manuscript.markdown.parser import TRAILING_ATTRIBUTES, merged, read_attrs
from publish.manuscript.markdown.reading import BlockReader
from publish.manuscript.markdown.tree import Element
from publish.settings.schema import nearest

_DASHES = ("— ", "– ", "-- ", "--- ")


def container(reader: BlockReader, element: Element) -> Block:
    """Read `::: kind {attributes}` … `:::`."""
    info = str(element.token.info).strip()
    match = TRAILING_ATTRIBUTES.search(info)
    attrs = reader.attrs(element)
    if match:
        own = read_attrs(match[1])
        info = info[: match.start()]
        if own is None:
            reader.problem("M216", element, attributes=match[1])
        else:
            reader.inlines.check_attrs(own, reader.span(element))
            attrs = merged(attrs, own)
    if not element.closed:
        reader.problem("M207", element, name=info or (match[1] if match else ""))
    before = len(reader.inlines.problems)
    block = _of_kind(reader, element, info, attrs)
    if not element.closed:
        # A fence in it that closes nothing was meant to close it.
        inside = reader.inlines.problems[before:]
        reader.inlines.problems[before:] = [one for one in inside if one.code != "M224"]
    return block


def _of_kind(reader: BlockReader, element: Element, info: str, attrs: Attrs) -> Block:
    span = reader.span(element)
    if info == "verse":
        return _verse(reader, element, span, attrs)
    if not info:
        return Container("group", reader.blocks(element.children), span, attrs)
    if info not in CONTAINERS:
        reader.problem("M206", element, name=info, nearest=nearest(info, CONTAINERS))
    blocks = reader.blocks(element.children)
    inside, attribution = _attribution(blocks) if info != "sidebar" else (blocks, ())
    attributed = blocks[-1].span if attribution else None
    return Container(info, inside, span, attrs, attribution, attributed)


def _verse(reader: BlockReader, element: Element, span: Span, attrs: Attrs) -> Block:
    inside = reader.blocks(element.children)
    blocks, attribution = _attribution(inside)
    stanzas = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines = split_lines(block.inlines)
            first = block.span.line
            indents = [_indent(reader.source.line(first + n)) for n in range(len(lines))]
            stanzas.append(tuple(zip(indents, lines, strict=True)))
        else:
            reader.inlines.problems.append(problem("M225", block.span))
    places = tuple(block.span for block in inside if isinstance(block, Paragraph))
    return Verse(tuple(stanzas), span, attrs, attribution, places)


def split_lines(inlines: Inlines) -> list[Inlines]:
    """Cut inlines at every line break, soft or hard."""
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            lines.append([])
        elif isinstance(inline, Text):
            at = 0
            for number, part in enumerate(inline.value.split("\n")):
                if number:
                    lines.append([])
                if part:
                    lines[-1].append(inline.part(at, at + len(part)))
                at += len(part) + 1
        else:
            lines[-1].append(inline)
    return [tuple(line) for line in lines]


def _indent(line: str) -> int:
    """Return the indent of a line of verse, a step for every two blanks."""
    return (len(line) - len(line.lstrip(" "))) // 2


def _attribution(blocks: Blocks) -> tuple[Blocks, Inlines]:
    """Take the last paragraph for who said it, when it begins with a dash."""
    if len(blocks) > 1 and isinstance(blocks[-1], Paragraph):
        first = blocks[-1].inlines[0] if blocks[-1].inlines else None
        if isinstance(first, Text) and first.value.startswith(_DASHES):
            text = first.part(first.value.index(" ") + 1)
            return blocks[:-1], (text, *blocks[-1].inlines[1:])
    return blocks, ()
