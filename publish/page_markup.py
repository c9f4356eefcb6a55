"""The paged editions' one document: cover, title page, contents and the flow of chapters.

In: the `Book` of the print edition, its pictures and its page. Out: HTML for the layout engine,
with every picture and font behind a `katern:` address, so that layout opens no file at all.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup as Safe

from publish.book import (
    Block,
    BlockQuote,
    Blocks,
    Book,
    Chapter,
    CodeBlock,
    Container,
    Figure,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Photo,
    Table,
    Verse,
)
from publish.composition import set_text
from publish.contents import Entry, contents, flat
from publish.geometry import Page
from publish.inlines import CrossReference, Inlines, NoteReference, Text, plain
from publish.photos import Asset
from publish.settings import Settings
from publish.source import Span
from publish.wording import direction, wording
from publish.xhtml import Markup, tag, void, written

PICTURES = "katern:photos/"


@dataclass(frozen=True, slots=True)
class Flow:
    """Chapters that run on after each other, and how the first of them begins."""

    start: str
    markup: Safe


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of a flow, and whether it stands across all columns."""

    wide: bool
    markup: str


def is_wide(block: Block) -> bool:
    """Tell whether a block stands across all columns of a page."""
    return isinstance(block, Table) or (
        (isinstance(block, Figure) and block.place in ("full", "page"))
        or (isinstance(block, Container) and block.kind == "standfirst")
    )


class PageMarkup(Markup):
    """Markup for pages: notes at their foot, references with the page."""

    def __init__(
        self,
        book: Book,
        page: Page,
        pictures: Mapping[str, Asset],
        folios: Mapping[str, int],
        places: bool,
    ) -> None:
        super().__init__(book)
        self.folios = folios
        self.page = page
        self.pictures = pictures
        self.places = places
        self.notes: dict[int, Note] = {}
        self.listed = {entry.id for entry in flat(contents(book))}

    def place(self, span: Span) -> dict[str, str]:
        """Return the manuscript's file and line, where the output shows them."""
        return {"data-source": f"{span.file}:{span.line}"} if self.places else {}

    def chapter(self, chapter: Chapter) -> list[Piece]:
        """Return a chapter in pieces: its title and its blocks, straight in the flow."""
        self.notes = {note.number: note for note in chapter.notes}
        title = self.title(chapter.title, chapter.short) if chapter.title else ""
        pieces = [Piece(False, title)] if title else []
        if chapter.role == "chapter":
            return pieces + [Piece(is_wide(block), self.block(block)) for block in chapter.blocks]
        untitled = "" if chapter.title else " untitled"
        blocks = tag(
            "div", f"\n{self.blocks(chapter.blocks)}\n", {"class": f"{chapter.role}{untitled}"}
        )
        return [*pieces, Piece(chapter.role == "standfirst", blocks)]

    def title(self, title: Heading, short: str) -> str:
        """Return a chapter's title with its words for the running head and the bookmark."""
        head = {"data-head": short or set_text(plain(title.inlines), self.language)}
        return self.heading(title).replace("<h1", f"<h1{written(head)}", 1)

    def heading(self, block: Heading) -> str:
        """Return a heading; one that stands in the contents has the words of its bookmark."""
        listed = block.attrs.id in self.listed
        mark = {"data-mark": set_text(plain(block.inlines), self.language)} if listed else {}
        return tag(f"h{block.level}", self.inlines(block.inlines), self.leaf(block) | mark)

    def list_block(self, block: ListBlock) -> str:
        """Return a list that counts from its first number: the engine knows no `start`."""
        made = super().list_block(block)
        if block.start in (None, 1):
            return made
        style = f' style="counter-reset: list-item {block.start - 1}" start='
        return made.replace(" start=", style, 1)

    def reference(self, reference: CrossReference) -> str:
        """Return a link to another place, which shows its page."""
        link = super().reference(reference)
        known = self.book.targets.get(reference.target)
        page = self.folio(known.id) if known else ""
        shown = written({"data-word": self.words.page, "data-page": page})
        return link.replace("<a ", f"<a{shown} ", 1)

    def folio(self, name: str) -> str:
        """Return the page of an id as text; before any layout, as many figures as most have."""
        return str(self.folios.get(name, "00"))

    def inlines(self, inlines: Inlines) -> str:
        """Return a run of inlines; the call of a note stays with the word before it."""
        parts: list[str] = []
        for before, inline in zip((None, *inlines), inlines, strict=False):
            made = self.inline(inline)
            if isinstance(inline, NoteReference) and isinstance(before, Text):
                text = parts.pop()
                cut = max(text.rfind(" "), text.rfind("\u00a0")) + 1
                parts.append(text[:cut])
                made = tag("span", text[cut:] + made, {"class": "nobreak"})
            parts.append(made)
        return "".join(parts)

    def note_reference(self, reference: NoteReference) -> str:
        """Return the note itself, which the layout moves to the foot of the page."""
        number = str(reference.number)
        if reference.again or reference.number not in self.notes:
            return tag("sup", number, {"class": "note-again added"})
        parts = (self.within_note(block) for block in self.notes[reference.number].blocks)
        # The number hangs in the note itself: beside a ::footnote-marker lines break too early.
        label = tag("span", number, {"class": "added number"})
        return tag("span", label + " ".join(parts), {"class": "note", "data-number": number})

    def within_note(self, block: Block) -> str:
        """Return a block of a note as spans: the note stands in a paragraph, which a block ends."""
        match block:
            case Paragraph():
                return self.line_of_note(self.inlines(block.inlines), block.span)
            case CodeBlock():
                return self.line_of_note(tag("code", escape(block.value, quote=False)), block.span)
            case BlockQuote(blocks=blocks):
                inside = "".join(self.within_note(one) for one in blocks)
                return tag("span", inside, {"class": "quote"})
            case ListBlock(items=items, start=start):
                marks = itertools.count(start) if start is not None else itertools.repeat("–")
                return "".join(
                    self._item(item, mark) for mark, item in zip(marks, items, strict=False)
                )
            case Verse(stanzas=stanzas, span=span):
                lines = (line for stanza in stanzas for _, line in stanza)
                return "".join(self.line_of_note(self.inlines(line), span) for line in lines)
            case _:
                # structure.py lets nothing else into a note.
                raise TypeError(type(block).__name__)

    def line_of_note(self, inside: str, span: Span) -> str:
        """Return a paragraph of a note."""
        return tag("span", inside, {"class": "para"} | self.place(span))

    def _item(self, item: Blocks, mark: object) -> str:
        dot = "." if isinstance(mark, int) else ""
        label = tag("span", f"{mark}{dot}", {"class": "added mark"})
        inside = "".join(self.within_note(block) for block in item)
        return tag("span", label + inside, {"class": "item"})

    def image(self, photo: Photo, alt: str, place: str) -> str:
        """Return a picture at the width of its place, or a plate for one that is to come."""
        if photo.id not in self.pictures:
            words = tag("span", escape(self.words.expected), {"class": "added"})
            return tag("div", words, {"class": "plate-box"})
        asset = self.pictures[photo.id]
        if photo.decorative:
            return backdrop(asset)
        attributes = {"src": PICTURES + asset.name, "class": place}
        if place != "inline":
            attributes["style"] = f"max-height: {self.tallest(place)}mm"
        image = void("img", attributes)
        # A draft may lack an alt text; a tagged picture may not, so its caption serves.
        spoken = escape(alt or plain(photo.caption) or photo.id, quote=True)
        return image.replace("/>", f' alt="{spoken}"/>')

    def tallest(self, place: str) -> float:
        """Return how tall a picture may be, in mm, so that its caption fits below it."""
        if place == "page":
            return round(self.page.height + 2 * self.page.bleed, 3)
        return round(self.page.depth - 4 * self.page.baseline, 3)


def backdrop(asset: Asset) -> str:
    """Return a picture that says nothing, as a background, which no screen reader meets."""
    ratio = 100 * asset.height_px / max(asset.width_px, 1)
    style = f"padding-top: {ratio:.2f}%; background-image: url({PICTURES}{asset.name})"
    return tag("div", "", {"class": "backdrop", "style": style})


def paged_document(
    book: Book,
    page: Page,
    pictures: Mapping[str, Asset],
    folios: Mapping[str, int],
    proof: str = "",
) -> str:
    """Return the whole document of a paged edition as HTML.

    `folios` has the page of each id that a reference or the contents show. `proof` is the head
    line of a proof, which also shows each block's place in the manuscript.
    """
    settings = book.settings
    markup = PageMarkup(book, page, pictures, folios, places=bool(proof))
    cover = settings.cover.photo
    self_cover = settings.print.cover == "self"
    picture = ""
    if self_cover and cover in pictures:
        picture = f"background-image: url({PICTURES}{pictures[cover].name})"
    return (
        _environment()
        .get_template("book.html.j2")
        .render(
            settings=settings,
            words=wording(settings.language),
            direction=direction(settings.language),
            modified=settings.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
            title=set_text(settings.title, settings.language),
            subtitle=set_text(settings.subtitle, settings.language),
            description=set_text(settings.description, settings.language),
            makers=", ".join(one.name for one in settings.contributors if one.role == "aut"),
            self_cover=self_cover,
            proof=proof,
            cover_picture=picture,
            imprint_lines=imprint(settings),
            entries=[_entry(markup, one) for one in contents(book, settings.epub.contents_depth)],
            flows=list(_flows(markup, book)),
        )
    )


def imprint(settings: Settings) -> list[str]:
    """Return the lines of the imprint: title, makers, publisher, identifiers, rights."""
    words = wording(settings.language)
    makers = [
        ", ".join(part for part in (one.name, one.organisation, one.country) if part)
        for one in settings.contributors
    ]
    number = f" {settings.series.number}" if settings.series and settings.series.number else ""
    published = ", ".join(part for part in (settings.publisher, settings.place) if part)
    responsible = settings.responsible
    lines = [
        f"{settings.title}. {settings.subtitle}" if settings.subtitle else settings.title,
        *makers,
        f"{settings.series.name}{number}" if settings.series else "",
        ". ".join(part for part in (settings.edition, published, settings.date[:4]) if part),
        f"ISBN {settings.identifiers.print}" if settings.identifiers.print else "",
        f"NUR {settings.nur}" if settings.nur else "",
        f"{words.deposit}: {settings.deposit}" if settings.deposit else "",
        f"{words.responsible}: {responsible.name}, {responsible.address}" if responsible else "",
        settings.rights,
    ]
    return [set_text(line, settings.language) for line in lines if line]


def _entry(markup: PageMarkup, entry: Entry) -> dict[str, object]:
    title = escape(entry.title, quote=False)
    children = [_entry(markup, child) for child in entry.children]
    page = markup.folio(entry.id)
    return {"id": entry.id, "markup": Safe(title), "page": page, "children": children}


def _flows(markup: PageMarkup, book: Book) -> list[Flow]:
    """Gather chapters that run on; one that begins on a page of its own begins a flow."""
    flows: list[tuple[str, list[Piece]]] = []
    for chapter in book.chapters:
        start = chapter.start or book.settings.print.chapters
        if start != "run-on" or not flows:
            # The text itself begins on a right-hand page.
            flows.append(("recto" if start == "recto" or not flows else "page", []))
        flows[-1][1].extend(markup.chapter(chapter))
    return [Flow(start, Safe(_columned(pieces, markup.page))) for start, pieces in flows]


def _columned(pieces: list[Piece], page: Page) -> str:
    """Return a flow's pieces; what stands between two wide ones is set in columns of its own.

    (A wide piece within columns, `column-span: all`, makes the engine lose what comes after it.)
    """
    if page.columns == 1:
        return "\n".join(piece.markup for piece in pieces)
    parts = []
    runs = [(wide, list(run)) for wide, run in itertools.groupby(pieces, lambda one: one.wide)]
    for number, (wide, run) in enumerate(runs, 1):
        inside = "\n".join(piece.markup for piece in run)
        last = " last" if number == len(runs) else ""
        parts.append(inside if wide else tag("div", inside, {"class": f"columned{last}"}))
    return "\n".join(parts)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("publish", "templates/pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
