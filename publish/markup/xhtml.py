"""Blocks and inlines → markup. What differs from output to output stands in a `Markup` of its own.

In: the `Book` of an edition. Out: strings of markup, as `inline_markup` has it. Words that the
toolchain adds carry the class `added`, so that a reader of the output can tell them from the
manuscript's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from publish.book.credits import credit_line
from publish.book.inlines import Inlines, Text
from publish.book.model import (
    Block,
    BlockQuote,
    Blocks,
    CodeBlock,
    Container,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Photo,
    RawBlock,
    Rule,
    Table,
    Verse,
)
from publish.ground.source import Span
from publish.markup.inlines import InlineMarkup, tag, void
from publish.text.composition import set_text
from publish.text.editions import figure_id

CONTAINER_ROLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "pullquote": ("aside", "doc-pullquote"),
        "standfirst": ("div", ""),
        "sidebar": ("aside", ""),
        "epigraph": ("div", "doc-epigraph"),
        "byline": ("div", ""),
        "group": ("div", ""),
    }
)


class Markup(InlineMarkup):
    """Makes the markup of one book; an output overrides what it shows in its own way."""

    # What an output decides ----------------------------------------------------------------------

    def place(self, span: Span) -> dict[str, str]:
        """Return attributes that tell where in the manuscript a block stands."""
        return {}

    def kind(self, name: str) -> dict[str, str]:
        """Return the attributes that give an element its structural meaning in the output."""
        return {}

    # Blocks --------------------------------------------------------------------------------------

    def blocks(self, blocks: Blocks) -> str:
        """Return the markup of a run of blocks, one after the other on lines of their own."""
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        """Return the markup of one block."""
        name = BLOCKS[type(block)]
        return str(getattr(self, name)(block))

    def leaf(self, block: Block, *classes: str) -> dict[str, str]:
        """Return the attributes of a block that holds text itself."""
        text = block.inlines if isinstance(block, Paragraph | Heading) else ()
        return self.attributes(block.attrs, *classes) | self.place(block.span) | self.origin(text)

    def paragraph(self, block: Paragraph) -> str:
        """Return a paragraph."""
        return tag("p", self.inlines(block.inlines), self.leaf(block))

    def heading(self, block: Heading) -> str:
        """Return a heading."""
        return tag(f"h{block.level}", self.inlines(block.inlines), self.leaf(block))

    def quote(self, block: BlockQuote) -> str:
        """Return a block quotation."""
        return tag("blockquote", self.blocks(block.blocks), self.attributes(block.attrs))

    def list_block(self, block: ListBlock) -> str:
        """Return a list."""
        items = []
        for item in block.items:
            match item:
                case (Paragraph() as first, *rest) if block.tight:
                    inner = self.inlines(first.inlines) + self.blocks(tuple(rest))
                    items.append(tag("li", inner, self.leaf(first)))
                case _:
                    items.append(tag("li", self.blocks(item)))
        name = "ul" if block.start is None else "ol"
        start = str(block.start) if block.start not in (None, 1) else ""
        return tag(name, "\n".join(items), self.attributes(block.attrs) | {"start": start})

    def definitions(self, block: DefinitionList) -> str:
        """Return a definition list."""
        entries = []
        places = block.places or (block.span,) * len(block.entries)
        for (term, texts), place in zip(block.entries, places, strict=True):
            parts = [tag("dt", self.inlines(term), self.place(place) | self.origin(term))]
            for text in texts:
                match text:
                    case (Paragraph() as only,):
                        parts.append(tag("dd", self.inlines(only.inlines), self.leaf(only)))
                    case _:
                        parts.append(tag("dd", self.blocks(text)))
            entries.append(tag("div", "\n".join(parts), {"class": "entry"}))
        return tag("dl", "\n".join(entries), self.attributes(block.attrs))

    def code(self, block: CodeBlock) -> str:
        """Return lines of code."""
        origin = self.origin((Text(block.value, block.places),))
        inside = tag("code", escape(block.value, quote=False), origin)
        return tag("pre", inside, self.leaf(block))

    def rule(self, block: Rule) -> str:
        """Return a break between thoughts."""
        return void("hr", self.attributes(block.attrs))

    def table(self, block: Table) -> str:
        """Return a table with its caption, header cells with their scope."""
        number = tag(
            "span", f"{self.words.table.capitalize()} {block.number}", {"class": "added number"}
        )
        own = self.place(block.span) | self.origin((Text(" "), *block.caption))
        caption = tag("caption", f"{number} {self.inlines(block.caption)}", own)
        head = "".join(
            tag("th", self.inlines(cell), {"scope": "col", "class": align} | self.origin(cell))
            for cell, align in zip(block.head, block.aligns, strict=False)
        )
        rows = "\n".join(self._row(row, block) for row in block.rows)
        inside = f"{tag('thead', tag('tr', head))}\n{tag('tbody', rows)}"
        if block.caption:
            inside = f"{caption}\n{inside}"
        return tag(
            "div",
            tag("table", inside, self.attributes(block.attrs)),
            {"class": "table"} | self.scrolling(),
        )

    def scrolling(self) -> dict[str, str]:
        """Return the attributes of what a reader may have to scroll, such as a wide table."""
        return {}

    def _row(self, row: tuple[Inlines, ...], block: Table) -> str:
        cells = []
        for number, (cell, align) in enumerate(zip(row, block.aligns, strict=False)):
            first = number == 0
            attributes = {"scope": "row" if first else "", "class": align} | self.origin(cell)
            cells.append(tag("th" if first else "td", self.inlines(cell), attributes))
        return tag("tr", "".join(cells))

    def container(self, block: Container) -> str:
        """Return a pull quote, standfirst, sidebar, epigraph or byline."""
        name, role = CONTAINER_ROLES[block.kind]
        attributes = self.attributes(block.attrs, block.kind) | self.kind(block.kind)
        attributes["role"] = role
        inside = self.blocks(block.blocks)
        if block.attribution:
            source = self.inlines(block.attribution)
            place = self.place(block.attributed or block.span) | self.origin(block.attribution)
            inside += "\n" + tag("p", source, {"class": "attribution"} | place)
        return tag(name, f"\n{inside}\n", attributes)

    def verse(self, block: Verse) -> str:
        """Return verse, a line for each line of the manuscript."""
        stanzas = []
        places = [self.place(span) for span in block.places or (block.span,) * len(block.stanzas)]
        for stanza, place in zip(block.stanzas, places, strict=False):
            lines = [
                tag("span", self.inlines(line), self._indented(indent) | self.origin(line))
                for indent, line in stanza
            ]
            stanzas.append(tag("p", "<br/>\n".join(lines), {"class": "stanza"} | place))
        if block.attribution:
            source = self.inlines(block.attribution)
            origin = self.origin(block.attribution)
            stanzas.append(tag("p", source, {"class": "attribution"} | places[-1] | origin))
        return tag("div", "\n".join(stanzas), self.attributes(block.attrs, "verse"))

    def _indented(self, steps: int) -> dict[str, str]:
        return {"class": f"line indent-{min(steps, 6)}"}

    def figure(self, block: Figure) -> str:
        """Return a photo with its caption and credit."""
        photo = self.book.photos[block.photo]
        state = [block.caption] if block.caption != "below" else []
        state += [] if photo.arrived else ["plate"]
        attributes = self.attributes(block.attrs, "figure", block.place, photo.kind, *state)
        attributes["id"] = figure_id(block)
        picture = self.picture(block, photo)
        caption = self.caption(photo, block.number)
        return tag("figure", f"{picture}\n{caption}", attributes)

    def picture(self, block: Figure, photo: Photo) -> str:
        """Return the picture of a figure."""
        return self.image(photo, block.alt or photo.alt, block.place)

    def caption(self, photo: Photo, number: int) -> str:
        """Return a photo's caption: its number, its text, who made it and where it comes from."""
        if not photo.caption:
            return ""
        label = tag("span", str(number), {"class": "added number"}) + " "
        text = self.caption_words(photo)
        source = f"{self.words.source}: {photo.source}" if photo.source else ""
        credit = ". ".join(part for part in (source.rstrip("., "), credit_line(photo)) if part)
        if credit:
            set_credit = escape(set_text(credit, self.language), quote=False)
            text += " " + tag("small", set_credit, {"class": "credit"})
        return tag("figcaption", label + text, self.place(photo.worded))

    def caption_words(self, photo: Photo) -> str:
        """Return the text of a photo's caption."""
        own = {"class": "words"} | self.origin(photo.caption)
        return tag("span", self.inlines(photo.caption), own)

    def raw(self, block: RawBlock) -> str:
        """Return HTML that was cleaned when it was read."""
        return block.html


BLOCKS: Mapping[type, str] = MappingProxyType(
    {
        Paragraph: "paragraph",
        Heading: "heading",
        BlockQuote: "quote",
        ListBlock: "list_block",
        DefinitionList: "definitions",
        CodeBlock: "code",
        Rule: "rule",
        Table: "table",
        Container: "container",
        Verse: "verse",
        Figure: "figure",
        RawBlock: "raw",
    }
)
_ENDS = re.compile(r"(?:\s*</(?:p|li|ul|ol|blockquote)>)+$")
"""Where a list or a quotation ends, after its last word."""
_BLOCK_ENDS = "</pre>", "</div>"


def with_last(markup: str, more: str) -> str:
    """Return a block with more words after the last of a list or of a quotation.

    Those that end otherwise, with code or verse, have a paragraph more below them.
    """
    found = _ENDS.search(markup)
    if found is None or markup[: found.start()].endswith(_BLOCK_ENDS):
        return f"{markup}\n{tag('p', more.strip(), {'class': 'added'})}"
    return f"{markup[: found.start()]}{more}{markup[found.start() :]}"
