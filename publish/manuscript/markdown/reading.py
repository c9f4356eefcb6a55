"""Elements of one file read as blocks: what is the same for every kind of them.

In: elements, and a reader for each kind. Out: blocks, notes, and problems M226, M229, M232 and
M252.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct, field, structs

from publish.book.inlines import NO_ATTRS, Attrs, Inlines, Picture, Styled, Text, walk_inlines
from publish.book.model import PLACING, Block, Blocks, Note, Paragraph, Table
from publish.book.walking import lines_of, walk
from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile, Span
from publish.manuscript.markdown.direction import check_direction
from publish.manuscript.markdown.inlines import InlineReader
from publish.manuscript.markdown.parser import CAPTION, merged
from publish.manuscript.markdown.tree import Element, located
from publish.settings.limits import MOST_NESTED

Reader = Callable[["BlockReader", Element], Block | None]


class BlockReader(Struct):
    """Reads the elements of one file; problems gather in its `inlines`.

    `readers` has one for every kind of element.
    """

    source: SourceFile
    inlines: InlineReader
    readers: Mapping[str, Reader]
    nesting: int = MOST_NESTED
    notes: list[Note] = field(default_factory=list)

    def blocks(self, children: list[Element]) -> Blocks:
        """Return the blocks of a run of elements; notes go to `notes`."""
        found: list[Block] = []
        for element in children:
            if element.children and element.token.level >= self.nesting:
                self.problem("M232", element, most=self.nesting)
                continue
            if element.kind == "footnote_reference":
                label = str(element.token.meta["label"])
                blocks = self.blocks(element.children)
                self.notes.append(Note(label, 0, blocks, self.span(element)))
                continue
            block = self.readers[element.kind](self, element)
            if block is None:
                continue
            lines = (line for one in walk((block,)) for line in lines_of(one))
            self.inlines.problems += check_direction(block.attrs, lines, block.span)
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
        inlines = self.inlines.read(element.inline, located(self.source, element))
        if len(inlines) > 1:
            self.inlines.problems += _placed(inlines)
        return inlines

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


def _placed(inlines: Inlines) -> Iterator[Problem]:
    """Yield the problems of pictures that stand amid words and are to have a place of their own."""
    for inline in walk_inlines(inlines):
        match inline:
            case Styled(attrs=attrs, children=(Picture(span=span),)):
                for key in (key for key, _ in attrs.pairs if key in PLACING):
                    expected = "It stands amid words: give it a paragraph of its own."
                    yield problem("M226", span, name=key, expected=expected)


def _with_caption(table: Table, paragraph: Paragraph) -> Table:
    inlines = list(paragraph.inlines)
    first = inlines[0]
    assert isinstance(first, Text)
    inlines[0] = first.part(len(CAPTION))
    attrs = merged(table.attrs, paragraph.attrs)
    return structs.replace(table, caption=tuple(inlines), attrs=attrs)
