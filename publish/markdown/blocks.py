"""Block tokens → the model's blocks, each with its span.

In: a `SourceFile` (and the line on which its text begins). Out: `Content` (blocks and notes) and
problems M206, M207, M214 to M218, M224 to M226, M229 to M232.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from publish.book import (
    CONTAINERS,
    Block,
    BlockQuote,
    Blocks,
    CodeBlock,
    Container,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    RawBlock,
    Rule,
    Table,
    Verse,
)
from publish.inlines import (
    NO_ATTRS,
    Attrs,
    Inline,
    Inlines,
    LineBreak,
    Picture,
    Places,
    Styled,
    Text,
    walk_inlines,
)
from publish.markdown import html
from publish.markdown.inlines import InlineReader, Locator, looks_like_attributes
from publish.markdown.parser import (
    CAPTION,
    STRAY,
    TRAILING_ATTRIBUTES,
    merged,
    parser,
    read_attrs,
)
from publish.markdown.tree import Element, elements, located
from publish.problems import Problem, problem
from publish.schema import nearest
from publish.source import SourceFile, Span

_DASHES = ("— ", "– ", "-- ", "--- ")
_COMMENTS = re.compile(r"(?:<!--(?:(?!-->).)*-->\s*)+", re.DOTALL)
MOST_NESTED = 16
"""markdown-it drops what stands 20 levels deep; a list takes two levels."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: its blocks, and its notes in the order in which they are defined."""

    blocks: Blocks
    notes: tuple[Note, ...]


@dataclass(slots=True)
class BlockReader:
    """Reads the elements of one file; problems gather in its `inlines`."""

    source: SourceFile
    inlines: InlineReader
    notes: list[Note] = field(default_factory=list)

    def blocks(self, children: list[Element]) -> Blocks:
        """Return the blocks of a run of elements; notes go to `notes`."""
        found: list[Block] = []
        for element in children:
            if element.children and element.token.level >= MOST_NESTED:
                self.problem("M232", element, most=MOST_NESTED)
                continue
            if element.kind == "footnote_reference":
                label = str(element.token.meta["label"])
                blocks = self.blocks(element.children)
                self.notes.append(Note(label, 0, blocks, self.span(element)))
                continue
            block = READERS[element.kind](self, element)
            if block is None:
                continue
            above = found[-1] if found else None
            if not isinstance(block, Paragraph) or not element.content.startswith(CAPTION):
                found.append(block)
            elif isinstance(above, Table) and not above.caption:
                found[-1] = _with_caption(above, block)
            else:
                self.problem("M229", element)
        return tuple(found)

    def span(self, element: Element) -> Span:
        """Return the place of an element's first line."""
        return self.source.line_span(element.first + 1)

    def line(self, element: Element) -> Inlines:
        """Return the inlines of an element that holds a line of text."""
        return self.inlines.read(element.inline, located(self.source, element))

    def attrs(self, element: Element, *known: str) -> Attrs:
        """Return an element's attributes, checked; `known` names keys that only it has."""
        attrs: Attrs = element.token.meta.get("attrs", NO_ATTRS)
        above = self.source.line(element.first).lstrip("> \t") if element.first else ""
        number = element.first if above.startswith("{") else element.first + 1
        self.inlines.check_attrs(attrs, self.source.line_span(number), ("lang", "dir", *known))
        return attrs

    def problem(self, code: str, element: Element, **facts: object) -> None:
        """Report a problem of an element."""
        self.inlines.problems.append(problem(code, self.span(element), **facts))

    # One method a kind of block ------------------------------------------------------------------

    def paragraph(self, element: Element) -> Block | None:
        """Read a paragraph, or the figure or the stray mark that it is."""
        inlines, span = self.line(element), self.span(element)
        match inlines:
            case (Picture() as picture,):
                return self._figure(picture, NO_ATTRS, element)
            case (Styled(attrs=own, children=(Picture() as picture,)),):
                return self._figure(picture, own, element)
        self._check_literal(element)
        return Paragraph(inlines, span, self.attrs(element))

    def _figure(self, picture: Picture, own: Attrs, element: Element) -> Block:
        attrs = merged(self.attrs(element, "place"), own)
        place = attrs.get("place", "column")
        return Figure(picture.photo, place, picture.alt, self.span(element), attrs)

    def _check_literal(self, element: Element) -> None:
        """Report lines of a paragraph that look like marks of a block."""
        place, at = located(self.source, element), 0
        for line in element.content.split("\n"):
            if line.startswith(":::"):
                self.inlines.problems.append(problem("M224", place.span(at)))
            elif line.startswith("{") and line.endswith("}") and not looks_like_attributes(line):
                facts = {"attributes": line}
                self.inlines.problems.append(problem("M216", place.span(at), **facts))
            at += len(line) + 1

    def heading(self, element: Element) -> Block:
        """Read a heading."""
        level = int(element.token.tag[1])
        return Heading(level, self.line(element), self.span(element), self.attrs(element))

    def quote(self, element: Element) -> Block:
        """Read a block quotation."""
        return BlockQuote(self.blocks(element.children), self.span(element), self.attrs(element))

    def list_block(self, element: Element) -> Block:
        """Read a list of either kind."""
        ordered = element.kind == "ordered_list"
        start = int(element.token.attrs.get("start", 1)) if ordered else None
        tight = all(
            child.token.hidden
            for item in element.children
            for child in item.children
            if child.kind == "paragraph"
        )
        items = tuple(self.blocks(item.children) for item in element.children)
        return ListBlock(items, start, tight, self.span(element), self.attrs(element))

    def definitions(self, element: Element) -> Block:
        """Read a definition list."""
        entries: list[tuple[Inlines, tuple[Blocks, ...]]] = []
        places = tuple(self.span(child) for child in element.children if child.kind == "dt")
        for child in element.children:
            if child.kind == "dt":
                term = self.line(child)
                # What was meant as the caption of a picture, or as a second one of a table.
                kinds = {type(one) for one in walk_inlines(term)}
                if kinds in ({Picture}, {Picture, Styled}) or child.content.startswith(CAPTION):
                    self.problem("M229", child)
                entries.append((term, ()))
            else:
                term, texts = entries[-1]
                entries[-1] = (term, (*texts, self.blocks(child.children)))
        return DefinitionList(tuple(entries), self.span(element), self.attrs(element), places)

    def code(self, element: Element) -> Block:
        """Read a block of code, fenced or indented."""
        first, last = element.token.map or (0, 0)
        fence = element.token.markup
        closing = self.source.line(last).lstrip("> \t").rstrip()
        if fence and (last - first < 2 or not closing.startswith(fence) or closing.strip(fence[0])):
            self.problem("M230", element, fence=fence)
        places = self._code_places(element.token.content, first + bool(fence) + 1)
        return CodeBlock(element.token.content, self.span(element), self.attrs(element), places)

    def _code_places(self, value: str, number: int) -> Places:
        """Return where the lines of code stand that begin on a 1-based line of the file."""
        places, at = [], 0
        for line in value.split("\n"):
            written = self.source.line(number)
            if line and written.endswith(line):
                places.append((at, self.source.offset(number, len(written) - len(line) + 1)))
            at, number = at + len(line) + 1, number + 1
        return tuple(places)

    def rule(self, element: Element) -> Block:
        """Read a break between thoughts."""
        return Rule(self.span(element), self.attrs(element))

    def table(self, element: Element) -> Block:
        """Read a pipe table."""
        rows = [(row, part.kind) for part in element.children for row in part.children]
        head = next(row for row, kind in rows if kind == "thead")
        for row, kind in rows:
            if kind == "tbody":
                self._check_row(row, len(head.children))
        styles = [str(cell.token.attrs.get("style", "")) for cell in head.children]
        return Table(
            head=tuple(self.line(cell) for cell in head.children),
            rows=tuple(
                tuple(self.line(cell) for cell in row.children)
                for row, kind in rows
                if kind == "tbody"
            ),
            aligns=tuple(style.removeprefix("text-align:") for style in styles),
            span=self.span(element),
            attrs=self.attrs(element),
        )

    def _check_row(self, row: Element, columns: int) -> None:
        """Report a row with more cells than columns: markdown-it leaves them out."""
        line = self.source.line(row.first + 1).strip("> \t")
        cells = escapedSplit(line)
        count = len(cells) - line.startswith("|") - (len(cells) > 1 and not cells[-1])
        if count > columns:
            self.problem("M231", row, cells=count, columns=columns)

    def html(self, element: Element) -> Block | None:
        """Read a block of HTML; a comment is an editor's own and is not set."""
        written = element.token.content.strip()
        if _COMMENTS.fullmatch(written):
            return None
        if not self.inlines.allow_html:
            self.problem("M214", element, html=written.split("\n")[0][:60])
            return None
        cleaned, taken = html.clean(written)
        for what in taken if cleaned or taken else [written.split("\n")[0]]:
            self.problem("M215", element, html=what)
        return RawBlock(cleaned, self.span(element)) if cleaned else None

    def stray_attributes(self, element: Element) -> None:
        """Report attributes that no block follows."""
        written = self.source.line(element.first + 1).strip("> \t")
        self.problem("M217", element, attributes=written)

    def container(self, element: Element) -> Block | None:
        """Read `::: kind {attributes}` … `:::`."""
        info = str(element.token.info).strip()
        match = TRAILING_ATTRIBUTES.search(info)
        attrs = self.attrs(element)
        if match:
            own = read_attrs(match[1])
            info = info[: match.start()]
            if own is None:
                self.problem("M216", element, attributes=match[1])
            else:
                self.inlines.check_attrs(own, self.span(element))
                attrs = merged(attrs, own)
        if not element.closed:
            self.problem("M207", element, name=info)
        span = self.span(element)
        if info == "verse":
            return self._verse(element, span, attrs)
        if not info:
            return Container("group", self.blocks(element.children), span, attrs)
        if info not in CONTAINERS:
            self.problem("M206", element, name=info, nearest=nearest(info, CONTAINERS))
        blocks = self.blocks(element.children)
        inside, attribution = _attribution(blocks) if info != "sidebar" else (blocks, ())
        attributed = blocks[-1].span if attribution else None
        return Container(info, inside, span, attrs, attribution, attributed)

    def _verse(self, element: Element, span: Span, attrs: Attrs) -> Block:
        inside = self.blocks(element.children)
        blocks, attribution = _attribution(inside)
        stanzas = []
        for block in blocks:
            if isinstance(block, Paragraph):
                lines = split_lines(block.inlines)
                first = block.span.line
                indents = [_indent(self.source.line(first + n)) for n in range(len(lines))]
                stanzas.append(tuple(zip(indents, lines, strict=True)))
            else:
                self.inlines.problems.append(problem("M225", block.span))
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


def _with_caption(table: Table, paragraph: Paragraph) -> Table:
    inlines = list(paragraph.inlines)
    first = inlines[0]
    assert isinstance(first, Text)
    inlines[0] = first.part(len(CAPTION))
    attrs = merged(table.attrs, paragraph.attrs)
    return dataclasses.replace(table, caption=tuple(inlines), attrs=attrs)


READERS: Mapping[str, Callable[[BlockReader, Element], Block | None]] = MappingProxyType(
    {
        "paragraph": BlockReader.paragraph,
        "heading": BlockReader.heading,
        "blockquote": BlockReader.quote,
        "bullet_list": BlockReader.list_block,
        "ordered_list": BlockReader.list_block,
        "dl": BlockReader.definitions,
        "fence": BlockReader.code,
        "code_block": BlockReader.code,
        "hr": BlockReader.rule,
        "table": BlockReader.table,
        "html_block": BlockReader.html,
        STRAY: BlockReader.stray_attributes,
        "container_block": BlockReader.container,
    }
)


def read_blocks(
    source: SourceFile, first_line: int, allow_html: bool
) -> tuple[Content, list[Problem]]:
    """Read the Markdown of a file from a 1-based line on."""
    body = "\n" * (first_line - 1) + source.text[source.offset(first_line) :]
    reader = BlockReader(source, InlineReader(allow_html))
    tokens: list[Token] = parser().parse(body)
    blocks = reader.blocks(elements(tokens, source))
    return Content(blocks, tuple(reader.notes)), reader.inlines.problems


def read_inlines(
    source: SourceFile, written: str, offsets: Sequence[int]
) -> tuple[Inlines, list[Problem]]:
    """Read one line of inline marks, such as a caption; `offsets` tell where each character is."""
    reader = InlineReader(allow_html=False)
    tokens = parser().parseInline(written)[0].children or []
    starts = [
        (at, offset) for at, offset in enumerate(offsets) if not at or offset != offsets[at - 1] + 1
    ]
    return reader.read(tokens, Locator(source, tuple(starts or [(0, 0)]))), reader.problems
