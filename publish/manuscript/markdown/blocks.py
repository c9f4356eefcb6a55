"""Block tokens → the model's blocks, each with its span.

In: a `SourceFile` (and the line on which its text begins). Out: `Content` (blocks and notes) and
problems M206, M207, M214 to M218, M224 to M226, M229 to M232 and M258.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token
from msgspec import Struct

from publish.book.inlines import NO_ATTRS, Attrs, Inlines, Picture, Places, Styled, walk_inlines
from publish.book.model import (
    EDGES,
    PLACING,
    Block,
    BlockQuote,
    Blocks,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    RawBlock,
    Rule,
    Table,
)
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile, places_of
from publish.manuscript.markdown import html
from publish.manuscript.markdown.containers import container
from publish.manuscript.markdown.inlines import InlineReader, Locator, looks_like_attributes
from publish.manuscript.markdown.parser import CAPTION, STRAY, merged, parser
from publish.manuscript.markdown.reading import BlockReader, Reader
from publish.manuscript.markdown.tree import Element, elements, located
from publish.settings.limits import MOST_NESTED

_COMMENTS = re.compile(r"(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)


class Content(Struct, frozen=True):
    """What a file holds: its blocks, and its notes in the order in which they are defined."""

    blocks: Blocks
    notes: tuple[Note, ...]


def paragraph(reader: BlockReader, element: Element) -> Block | None:
    """Read a paragraph, or the figure or the stray mark that it is."""
    inlines, span = reader.line(element), reader.span(element)
    match inlines:
        case (Picture() as picture,):
            return _figure(reader, picture, NO_ATTRS, element)
        case (Styled(attrs=own, children=(Picture() as picture,)),):
            return _figure(reader, picture, own, element)
    _check_literal(reader, element)
    return Paragraph(inlines, span, reader.attrs(element))


def _figure(reader: BlockReader, picture: Picture, own: Attrs, element: Element) -> Block:
    attrs = merged(reader.attrs(element, *PLACING), own)
    place = attrs.get("place", "column")
    # Half a page leaves the other half to the words about it.
    caption = attrs.get("caption", "beside" if place == "half" else "below")
    edges = attrs.get("bleed").split()
    bleed = EDGES if edges == ["all"] else tuple(dict.fromkeys(edges))
    span = reader.span(element)
    return Figure(picture.photo, place, picture.alt, span, attrs, 0, (), caption, bleed)


def _check_literal(reader: BlockReader, element: Element) -> None:
    """Report lines of a paragraph that look like marks of a block."""
    place, at = located(reader.source, element), 0
    for line in element.content.split("\n"):
        if at and line.startswith(CAPTION):
            reader.inlines.problems.append(problem("M258", place.span(at)))
        elif line.startswith(":::"):
            reader.inlines.problems.append(problem("M224", place.span(at)))
        elif line.startswith("{") and line.endswith("}") and not looks_like_attributes(line):
            facts = {"attributes": line}
            reader.inlines.problems.append(problem("M216", place.span(at), **facts))
        at += len(line) + 1


def heading(reader: BlockReader, element: Element) -> Block:
    """Read a heading."""
    level = int(element.token.tag[1])
    return Heading(level, reader.line(element), reader.span(element), reader.attrs(element))


def quote(reader: BlockReader, element: Element) -> Block:
    """Read a block quotation."""
    return BlockQuote(reader.blocks(element.children), reader.span(element), reader.attrs(element))


def list_block(reader: BlockReader, element: Element) -> Block:
    """Read a list of either kind."""
    ordered = element.kind == "ordered_list"
    start = int(element.token.attrs.get("start", 1)) if ordered else None
    tight = all(
        child.token.hidden
        for item in element.children
        for child in item.children
        if child.kind == "paragraph"
    )
    items = tuple(reader.blocks(item.children) for item in element.children)
    return ListBlock(items, start, tight, reader.span(element), reader.attrs(element))


def definitions(reader: BlockReader, element: Element) -> Block:
    """Read a definition list."""
    entries: list[tuple[Inlines, tuple[Blocks, ...]]] = []
    places = tuple(reader.span(child) for child in element.children if child.kind == "dt")
    for child in element.children:
        if child.kind == "dt":
            term = reader.line(child)
            # What was meant as the caption of a picture, or as a second one of a table.
            kinds = {type(one) for one in walk_inlines(term)}
            if kinds in ({Picture}, {Picture, Styled}) or child.content.startswith(CAPTION):
                reader.problem("M229", child)
            entries.append((term, ()))
        else:
            term, texts = entries[-1]
            entries[-1] = (term, (*texts, reader.blocks(child.children)))
    return DefinitionList(tuple(entries), reader.span(element), reader.attrs(element), places)


def code(reader: BlockReader, element: Element) -> Block:
    """Read a block of code, fenced or indented."""
    first, last = element.token.map or (0, 0)
    fence = element.token.markup
    closing = reader.source.line(last).lstrip("> \t").rstrip()
    if fence and (last - first < 2 or not closing.startswith(fence) or closing.strip(fence[0])):
        reader.problem("M230", element, fence=fence)
    places = _code_places(reader, element.token.content, first + bool(fence) + 1)
    return CodeBlock(element.token.content, reader.span(element), reader.attrs(element), places)


def _code_places(reader: BlockReader, value: str, number: int) -> Places:
    """Return where the lines of code stand that begin on a 1-based line of the file."""
    places, at = [], 0
    for line in value.split("\n"):
        written = reader.source.line(number)
        if line and written.endswith(line):
            places.append((at, reader.source.offset(number, len(written) - len(line) + 1)))
        at, number = at + len(line) + 1, number + 1
    return tuple(places)


def rule(reader: BlockReader, element: Element) -> Block:
    """Read a break between thoughts."""
    return Rule(reader.span(element), reader.attrs(element))


def table(reader: BlockReader, element: Element) -> Block:
    """Read a pipe table."""
    rows = [(row, part.kind) for part in element.children for row in part.children]
    head = next(row for row, kind in rows if kind == "thead")
    for row, kind in rows:
        if kind == "tbody":
            _check_row(reader, row, len(head.children))
    styles = [str(cell.token.attrs.get("style", "")) for cell in head.children]
    return Table(
        head=tuple(reader.line(cell) for cell in head.children),
        rows=tuple(
            tuple(reader.line(cell) for cell in row.children)
            for row, kind in rows
            if kind == "tbody"
        ),
        aligns=tuple(style.removeprefix("text-align:") for style in styles),
        span=reader.span(element),
        attrs=reader.attrs(element),
    )


def _check_row(reader: BlockReader, row: Element, columns: int) -> None:
    """Report a row with more cells than columns: markdown-it leaves them out."""
    line = reader.source.line(row.first + 1).strip("> \t")
    cells = escapedSplit(line)
    count = len(cells) - line.startswith("|") - (len(cells) > 1 and not cells[-1])
    if count > columns:
        reader.problem("M231", row, cells=count, columns=columns)


def html_block(reader: BlockReader, element: Element) -> Block | None:
    """Read a block of HTML; a comment is an editor's own and is not set."""
    written = element.token.content.strip()
    if _COMMENTS.fullmatch(written):
        return None
    if not reader.inlines.allow_html:
        reader.problem("M214", element, html=written.split("\n")[0][:60])
        return None
    cleaned, taken = html.clean(written)
    for what in taken if cleaned or taken else [written.split("\n")[0]]:
        reader.problem("M215", element, html=what)
    return RawBlock(cleaned, reader.span(element)) if cleaned else None


def stray_attributes(reader: BlockReader, element: Element) -> None:
    """Report attributes that no block follows."""
    written = reader.source.line(element.first + 1).strip("> \t")
    reader.problem("M217", element, attributes=written)


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "paragraph": paragraph,
        "heading": heading,
        "blockquote": quote,
        "bullet_list": list_block,
        "ordered_list": list_block,
        "dl": definitions,
        "fence": code,
        "code_block": code,
        "hr": rule,
        "table": table,
        "html_block": html_block,
        STRAY: stray_attributes,
        "container_block": container,
    }
)


Read = Callable[[SourceFile, int, bool, int], tuple[Content, list[Problem]]]
"""What reads the Markdown of a file, as `read_blocks` does."""


def read_blocks(
    source: SourceFile, first_line: int, allow_html: bool, nesting: int = MOST_NESTED
) -> tuple[Content, list[Problem]]:
    """Read the Markdown of a file from a 1-based line on, nested so deep at the most."""
    body = "\n" * (first_line - 1) + source.text[source.offset(first_line) :]
    reader = BlockReader(source, InlineReader(allow_html, nesting), READERS, nesting)
    tokens: list[Token] = parser().parse(body)
    blocks = reader.blocks(elements(tokens, source))
    return Content(blocks, tuple(reader.notes)), reader.inlines.problems


def read_inlines(
    source: SourceFile, written: str, offsets: Sequence[int]
) -> tuple[Inlines, list[Problem]]:
    """Read one line of inline marks, such as a caption; `offsets` tell where each character is."""
    reader = InlineReader(allow_html=False)
    tokens = parser().parseInline(written)[0].children or []
    places = places_of(offsets) or ((0, 0),)
    return reader.read(tokens, Locator(source, places)), reader.problems
