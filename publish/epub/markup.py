"""Blocks and inlines → the XHTML of one chapter of an e-book.

In: the `Book` of the EPUB edition, one of its chapters, the file of each chapter, the pictures.
Out: strings of XHTML with `epub:type` (EPUB 3 Structural Semantics Vocabulary 1.1) and the roles of
DPUB-ARIA 1.1. A chapter's notes stand at its end, each with a way back to every call of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from lxml import etree
from msgspec import structs

from publish.book.inlines import (
    Inlines,
    Mentions,
    NoteReference,
    PageBreak,
)
from publish.book.languages import NO_BREAK
from publish.book.model import (
    Book,
    Chapter,
    CodeBlock,
    Container,
    Figure,
    Heading,
    Note,
    Paragraph,
    Photo,
    RawBlock,
)
from publish.epub.marks import CHAPTERS, CONTAINERS, INDEX, Meaning, leading, page_mark
from publish.markup.inlines import tag, written
from publish.markup.xhtml import Markup, with_last
from publish.pictures.legibility import takes_ink
from publish.pictures.photos import Asset
from publish.text.composition import set_text
from publish.text.contents import without_marks
from publish.text.footnotes import NOTES, calls_of

IMAGES = "images/"
BACK = "↑"


class EpubMarkup(Markup):
    """Makes the markup of one chapter of an e-book; `linked` gathers the photos it links to."""

    def __init__(
        self,
        book: Book,
        chapter: Chapter,
        files: Mapping[str, str],
        pictures: Mapping[str, Asset],
    ) -> None:
        super().__init__(book)
        self.part = chapter
        self.files = files
        self.pictures = pictures
        self.linked: set[str] = set()
        self.stem = book.unused(NOTES)
        self.calls = calls_of(chapter)

    def section(self) -> str:
        """Return the chapter: its title, its blocks, its notes."""
        chapter, title = self.part, self.part.title
        meaning = INDEX if chapter.index else CHAPTERS.get(chapter.role, Meaning())
        if any(isinstance(one, Container) and one.kind == chapter.role for one in chapter.blocks):
            # What is in it says so itself, and once is enough.
            meaning = Meaning()
        attributes = {
            "class": chapter.role,
            "epub:type": meaning.epub_type,
            "role": meaning.role,
            "aria-labelledby": title.attrs.id if title else "",
        }
        parts = [self.heading(title) if title else "", self.blocks(chapter.blocks), self.notes()]
        inside = "\n".join(part for part in parts if part)
        return tag("section", f"\n{inside}\n", attributes)

    def label(self, inlines: Inlines) -> str:
        """Return a title as the contents show it."""
        return self.inlines(without_marks(inlines))

    # Pages of the print edition -------------------------------------------------------------------

    def page_break(self, mark: PageBreak) -> str:
        """Return the mark of a printed page."""
        return page_mark(mark)

    def heading(self, block: Heading) -> str:
        """Return a heading; a page that begins with it is marked before it."""
        marks, words = leading(block.inlines)
        return marks + super().heading(structs.replace(block, inlines=words))

    def paragraph(self, block: Paragraph) -> str:
        """Return a paragraph; marks without words need none."""
        marks, words = leading(block.inlines)
        return super().paragraph(block) if words else marks.rstrip()

    def raw(self, block: RawBlock) -> str:
        """Return HTML, with the pages that begin in it before it."""
        return "".join(f"{page_mark(mark)}\n" for mark in block.pages) + super().raw(block)

    def scrolling(self) -> dict[str, str]:
        """Return what lets a wide table be scrolled by keyboard (WCAG 2.2, 2.1.1)."""
        return {"tabindex": "0"}

    def code(self, block: CodeBlock) -> str:
        """Return lines of code, with the pages that begin in them."""
        cuts = [(0, ""), *((at, page_mark(mark)) for at, mark in block.pages)]
        ends = [*(at for at, _ in cuts[1:]), len(block.value)]
        inside = "".join(
            mark + escape(block.value[start:end], quote=False)
            for (start, mark), end in zip(cuts, ends, strict=True)
        )
        return tag("pre", tag("code", inside), self.leaf(block))

    # What the e-book decides ---------------------------------------------------------------------

    def spoken(self, language: str) -> dict[str, str]:
        """Return the attributes that name a language, for XML and for HTML."""
        return {"lang": language, "xml:lang": language} if language else {}

    def kind(self, name: str) -> dict[str, str]:
        """Return the structural meaning of a container."""
        return {"epub:type": CONTAINERS.get(name, "")}

    def target(self, name: str) -> str:
        """Return the address of an id, with its file where that is another one."""
        chapter = self.book.targets[name].chapter
        return f"#{name}" if chapter == self.part.name else f"{self.files[chapter]}#{name}"

    def mentions(self, mentions: Mentions) -> str:
        """Return links to where a term is met, each with its chapter's title.

        An extract may not have all of the places.
        """
        links = [
            tag("a", escape(label, quote=False), {"href": self.target(name)})
            for name, label in mentions.places
            if name in self.book.targets
        ]
        return tag("span", " · ".join(links), {"class": "added"}) if links else ""

    # Notes ---------------------------------------------------------------------------------------

    @property
    def notes_id(self) -> str:
        """Return the id of the chapter's section of notes."""
        return f"{self.stem}list"

    def note_reference(self, reference: NoteReference) -> str:
        """Return the call of a note; nothing for a note that is not there."""
        if not reference.number:
            return ""
        attributes = {
            "id": self._call(reference.number, reference.again),
            "href": f"#{self.stem}{reference.number}",
            "epub:type": "noteref",
            "role": "doc-noteref",
        }
        return tag("sup", tag("a", str(reference.number), attributes), {"class": "added call"})

    def _call(self, number: int, again: int) -> str:
        return f"{self.stem}{number}-call-{again + 1}"

    def notes(self) -> str:
        """Return the chapter's notes; nothing where it has none."""
        if not self.part.notes:
            return ""
        attributes = {
            "id": self.notes_id,
            "class": "notes",
            "epub:type": "endnotes",
            "role": "doc-endnotes",
            "aria-label": self.words.notes,
        }
        notes = "\n".join(self.note(note) for note in self.part.notes)
        return tag("section", f"\n{notes}\n", attributes)

    def note(self, note: Note) -> str:
        """Return a note: its number, its blocks, and the way back at its end."""
        parts = []
        for at, block in enumerate(note.blocks):
            number = tag("span", str(note.number), {"class": "added number"}) if at == 0 else ""
            back = self._back(note.number) if at == len(note.blocks) - 1 else ""
            if isinstance(block, Paragraph):
                # The way back stays on the line of the last word.
                words = self.inlines(block.inlines) + (f"{NO_BREAK}{back}" if back else "")
                parts.append(tag("p", f"{number} {words}".lstrip(), self.leaf(block)))
            else:
                made = self.block(block)
                parts += [_aside(number), with_last(made, f"{NO_BREAK}{back}") if back else made]
        attributes = {
            "id": f"{self.stem}{note.number}",
            "class": "note",
            "epub:type": "footnote",
            "role": "doc-footnote",
        }
        return tag("aside", "\n".join(part for part in parts if part), attributes)

    def _back(self, number: int) -> str:
        """Return a link back to each place that calls a note."""
        links = []
        for again in range(self.calls[number]):
            which = str(again + 1) if self.calls[number] > 1 else ""
            attributes = {
                "href": f"#{self._call(number, again)}",
                "role": "doc-backlink",
                "aria-label": f"{self.words.back} {which}".strip(),
            }
            links.append(tag("a", f"{BACK}{which}", attributes))
        return tag("span", " ".join(links), {"class": "added back"})

    # Pictures ------------------------------------------------------------------------------------

    def figure(self, block: Figure) -> str:
        """Return a photo with its caption, and its long description below it."""
        photo = self.book.photos[block.photo]
        marks = "".join(f"{page_mark(mark)}\n" for mark in block.pages)
        figure = marks + super().figure(block)
        if not photo.long:
            return figure
        summary = tag("summary", escape(self.words.long), {"class": "added"})
        paragraphs = "\n".join(
            tag("p", escape(set_text(" ".join(one.split()), self.language), quote=False))
            for one in photo.long.split("\n\n")
            if one.strip()
        )
        attributes = {"class": "long", "id": _long_id(photo)}
        details = tag("details", f"{summary}\n{paragraphs}", attributes)
        return f"{figure}\n{details}"

    def image(self, photo: Photo, alt: str, place: str) -> str:
        """Return a picture, a drawing in the page, or a plate for what has not arrived."""
        inline = place == "inline"
        if photo.id not in self.pictures:
            inside = escape(self.words.expected)
            if inline:
                return tag("span", inside, {"class": "added plate"})
            return tag("div", tag("p", inside, {"class": "added"}), {"class": "plate"})
        asset = self.pictures[photo.id]
        details = _long_id(photo) if photo.long and not inline else ""
        # An img cannot use the book's fonts, so what has lettering is drawn in the page.
        lettered = photo.kind == "chart" or b"<text" in asset.data
        if asset.is_drawing and lettered and not inline:
            return self.drawn(photo, asset, alt, details)
        self.linked.add(photo.id)
        attributes = {"src": IMAGES + asset.name, "class": "inline" if inline else ""}
        said = alt or photo.alt
        if photo.decorative and not said:
            attributes["role"] = "presentation"
        attributes["aria-details"] = details
        # An empty alt says that there is nothing to tell; none, that nobody has told it yet.
        described = f' alt="{escape(said, quote=True)}"' if said or photo.decorative else ""
        return f"<img{written(attributes)}{described}/>"

    def drawn(self, photo: Photo, asset: Asset, alt: str, details: str) -> str:
        """Return a drawing as SVG in the page, so that it is set in the book's own type."""
        drawing = etree.fromstring(asset.data)
        if not takes_ink(asset.data):
            # Its black would be lost on a dark page, so it brings its own paper.
            drawing.set("class", "paper")
        for name in ("width", "height"):
            drawing.attrib.pop(name, "")
        if photo.decorative and not alt:
            drawing.set("aria-hidden", "true")
        else:
            drawing.set("role", "img")
            drawing.set("aria-label", alt or photo.alt)
        if details:
            drawing.set("aria-details", details)
        return str(etree.tostring(drawing, encoding="unicode"))


def _aside(added: str) -> str:
    """Return a paragraph of words that are added where no paragraph of text can hold them."""
    return tag("p", added, {"class": "added"}) if added else ""


def _long_id(photo: Photo) -> str:
    return f"{photo.id}--long"
