"""The sections of a paged edition, each a document of its own that begins on a page of its own.

In: the `Book` of the print edition, its pictures and its page. Out: what comes before the text,
each flow of chapters, and the back of the cover, as HTML for the layout engine, with every picture
and font behind a `katern:` address, so that layout opens no file at all. Nothing of a section but
the page that it begins on hangs on those before it: one whose document is as it was is not laid out
again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Literal

from markupsafe import Markup as Safe
from msgspec import Struct

from publish.book.model import Book
from publish.book.structure import body_start
from publish.engine.beginning import FIRST, Beginning
from publish.engine.parts import Leaf
from publish.ground.templating import templates
from publish.pages.covers import NO_GROUNDS, Grounds, values
from publish.pages.markup import PageMarkup, Piece, columned
from publish.pages.placing import Arrangement
from publish.pages.styles import covered_style, folio_style
from publish.pictures.photos import Asset
from publish.pictures.placed import ADDRESS
from publish.settings.book_toml import Settings
from publish.sizes.geometry import Page
from publish.text.contents import Entry, contents
from publish.text.folios import Folios, body_id
from publish.text.footnotes import chapter_after_notes
from publish.text.imprint import imprint

Start = Literal["page", "recto"]
"""A section begins on the next page, or on the next right-hand one."""
Covered = Mapping[int, set[str]]
"""The margins that pictures cover, by the position of their page, from 1."""


class Section(Struct, frozen=True):
    """What begins on a page of its own, and the margins that its pictures cover.

    `head` is the running head that is set before it: it stays until another one is.
    """

    start: Start
    inside: Safe
    head: str = ""
    covered: Covered | None = None


class Paged(Struct, frozen=True):
    """A paged edition before it is laid out; `shown` is what the templates fill in."""

    sections: tuple[Section, ...]
    folios: Folios
    shown: Mapping[str, Any]

    def document(self, section: Section, first: int) -> str:
        """Return a section as a document that begins on the page at position `first`, from 1."""
        return self._document(section, first, section.inside, numbered=True)

    def unnumbered(self, section: Section, first: int) -> str:
        """Return a section as a document that shows no folios: it is the same on all pages."""
        return self._document(section, first, section.inside, numbered=False)

    def numbers(self, section: Section, first: int, leaves: Sequence[Leaf]) -> str:
        """Return pages without any text, for the folios of a section that has these pages."""
        return self._document(section, first, _empty(leaves), numbered=True)

    def _document(self, section: Section, first: int, inside: Safe, numbered: bool) -> str:
        covered = {
            at - first + 1: edges for at, edges in (section.covered or {}).items() if at >= first
        }
        folios = folio_style(self.folios, first) if numbered else ""
        style = Safe(folios + covered_style(covered))
        filled = {"page_style": style, "inside": inside}
        return templates("pages").get_template("section.html.j2").render(self.shown, **filled)

    def beginning(self, section: Section, first: int) -> Beginning:
        """Return where the document of a section begins, and what is set before it."""
        strings = {"book": self.shown["title"], "chapter": section.head}
        if proof := self.shown["proof"]:
            strings["proof"] = proof
        # All that matters of a page is on which side it is: the third stands for all on its own.
        return Beginning(2 + first % 2, section.start, strings) if first > 1 else FIRST


def paged(
    book: Book,
    page: Page,
    pictures: Mapping[str, Asset],
    known: Arrangement,
    proof: str = "",
    barcode: bool = True,
    grounds: Grounds = NO_GROUNDS,
) -> Paged:
    """Return a paged edition, section by section.

    `known` is how the pages before were arranged. `proof` is the head line of a proof, which also
    shows each block's place in the manuscript; `barcode` is for what is sold on paper; `grounds`
    are those of the words on the cover's picture.
    """
    settings = book.settings
    markup = PageMarkup(book, page, pictures, known, places=bool(proof))
    cover, own = settings.cover.photo, settings.print.cover == "self"
    picture = ""
    if own and cover in pictures:
        picture = f"background-image: url({ADDRESS}{pictures[cover].name})"
    filled = shown(settings, page, proof, barcode) | {
        "cover_picture": picture,
        "grounds": grounds,
        "imprint_lines": imprint(settings),
        "entries": _entries(markup, book),
    }
    flows = (flow.section(page) for flow in _flows(markup, book))
    sections = [_made("opening", filled), *flows, *([_made("closing", filled)] if own else [])]
    return Paged(tuple(sections), markup.folios, filled)


def shown(
    settings: Settings, page: Page, proof: str = "", barcode: bool = False
) -> dict[str, object]:
    """Return what the templates of a section fill in."""
    own = {"self_cover": settings.print.cover == "self", "proof": proof}
    return values(settings, page.outer, barcode) | own


def _empty(leaves: Sequence[Leaf]) -> Safe:
    """Return pages of the same kinds as these, with nothing on them."""
    made, after = [], ""
    # What has no height lets the margins of all that are before it fall together, page by page.
    kind = "page: {}; break-before: {}; height: 1px"
    for leaf in leaves:
        if leaf.is_blank:
            # It is there where the next one is to begin on the other side.
            after = "right" if leaf.is_right is False else "left"
            continue
        name = leaf.name or "auto"
        made.append(f'<div style="{kind.format(name, after or "page")}"></div>')
        after = ""
    return Safe("\n".join(made))


class Flow(Struct):
    """Chapters that run on after each other, as they are gathered; `name` is the flow's id."""

    start: Start
    name: str
    head: str
    pieces: list[Piece]
    covered: dict[int, set[str]]

    def section(self, page: Page) -> Section:
        """Return it as a section."""
        inside = Safe(columned(self.pieces, page))
        made = _filled("flow", {"start": self.start, "name": self.name, "markup": inside})
        return Section(self.start, made, self.head, self.covered)


def _made(name: str, filled: Mapping[str, object]) -> Section:
    return Section("page", _filled(name, filled))


def _filled(name: str, filled: Mapping[str, object]) -> Safe:
    return Safe(templates("pages").get_template(f"{name}.html.j2").render(filled))


def _flows(markup: PageMarkup, book: Book) -> list[Flow]:
    """Gather chapters that run on; one that begins on a page of its own begins a flow."""
    flows: list[Flow] = []
    head, usual, ending = "", book.settings.print.chapters, chapter_after_notes(book)
    name, body = body_id(book), body_start(book)

    def begin(start: str, name: str = "") -> Flow:
        if start != "run-on" or not flows:
            # The text itself begins on a right-hand page.
            side: Start = "recto" if start == "recto" or not flows else "page"
            flows.append(Flow(side, name, head, [], {}))
        markup.covered = flows[-1].covered
        return flows[-1]

    def end() -> str:
        notes = [Piece(False, one) for one in (markup.end_title(), *markup.end_notes())]
        begin(usual).pieces.extend(notes)
        return markup.words.notes

    for at, chapter in enumerate(book.chapters):
        if at == ending and markup.has_end():
            head = end()
        # Page 1 is a right-hand page.
        flow = begin("recto", name) if name and at == body else begin(chapter.start or usual)
        flow.pieces.extend(markup.chapter(chapter))
        head = markup.head_after(chapter, head)
    if ending >= len(book.chapters) and markup.has_end():
        end()
    return flows


def _entries(markup: PageMarkup, book: Book) -> list[dict[str, object]]:
    """Return the lines of the contents, that of the notes at the end among them.

    None where there is but one: it would lead from one page to the next, and nobody has to choose.
    """
    entries = contents(book, book.settings.print.contents_depth)
    made = [_entry(markup, one) for one in entries]
    if made and markup.has_end():
        before = {chapter.name for chapter in book.chapters[: chapter_after_notes(book)]}
        at = sum(entry.chapter in before for entry in entries)
        title = Entry(markup.words.notes, (), "", markup.ids.section, 1)
        made.insert(at, _entry(markup, title))
    return made if len(made) > 1 or any(one["children"] for one in made) else []


def _entry(markup: PageMarkup, entry: Entry) -> dict[str, object]:
    title = escape(entry.title, quote=False)
    children = [_entry(markup, child) for child in entry.children]
    page = markup.folio(entry.id)
    known = markup.book.targets.get(entry.id)
    about = known.span.place if known else ""
    shown = {"id": entry.id, "markup": Safe(title), "page": page, "about": about}
    return shown | {"children": children}
