"""Inlines → markup, and how an element is written.

In: inlines of the `Book` of an edition. Out: strings of well-formed markup that is good as XHTML
and as HTML: no empty element but the void ones is closed in itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from publish.book.inlines import (
    Attrs,
    Code,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Mentions,
    NoteReference,
    PageBreak,
    Picture,
    Strong,
    Styled,
    Text,
)
from publish.book.model import Book, Photo
from publish.ground.wording import wording

NARROW, THIN = "\u202f", '<span class="thin">\u00a0</span>'
"""The narrow no-break space, and how it is set: the book's fonts have none."""


def tag(name: str, inside: str, attributes: Mapping[str, str] | None = None) -> str:
    """Return an element with its content; attributes without a value are left out."""
    return f"<{name}{written(attributes or {})}>{inside}</{name}>"


def void(name: str, attributes: Mapping[str, str]) -> str:
    """Return an element that can hold nothing."""
    return f"<{name}{written(attributes)}/>"


def opened(markup: str, attributes: Mapping[str, str]) -> str:
    """Return an element with attributes more on its first tag."""
    name = markup[1:].split(None, 1)[0].split(">", 1)[0]
    return markup.replace(f"<{name}", f"<{name}{written(attributes)}", 1)


def written(attributes: Mapping[str, str]) -> str:
    """Return attributes as they stand in a tag, in the order given."""
    return "".join(
        f' {key}="{escape(value, quote=True)}"' for key, value in attributes.items() if value
    )


class InlineMarkup:
    """Makes the markup of the text in the blocks of one book."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.language = book.settings.language
        self.words = wording(self.language)

    # What an output decides ----------------------------------------------------------------------

    def origin(self, inlines: Inlines) -> dict[str, str]:
        """Return attributes that tell where the text straight in an element comes from."""
        return {}

    def target(self, name: str) -> str:
        """Return the address of an id of the book."""
        return f"#{name}"

    def note_reference(self, reference: NoteReference) -> str:
        """Return the call of a note."""
        raise NotImplementedError

    def page_break(self, mark: PageBreak) -> str:
        """Return the mark of a page of the print edition; nothing where pages are its own."""
        return ""

    def mentions(self, mentions: Mentions) -> str:
        """Return links to where a term of an index is met."""
        raise NotImplementedError

    def image(self, photo: Photo, alt: str, place: str) -> str:
        """Return the element that shows a photo."""
        raise NotImplementedError

    # What is the same everywhere -----------------------------------------------------------------

    def inlines(self, inlines: Inlines) -> str:
        """Return the markup of a run of inlines."""
        return "".join(self.inline(one) for one in inlines)

    def inline(self, inline: Inline) -> str:
        """Return the markup of one inline."""
        match inline:
            case Text(value=value):
                # A line feed left in a note would break its line: WeasyPrint 70 does not fold it.
                return escape(value.replace("\n", " "), quote=False).replace(NARROW, THIN)
            case Emphasis(children=inner):
                return tag("em", self.inlines(inner), self.origin(inner))
            case Strong(children=inner):
                return tag("strong", self.inlines(inner), self.origin(inner))
            case Code(value=value, places=places):
                origin = self.origin((Text(value, places),))
                return tag("code", escape(value, quote=False), origin)
            case Styled(attrs=attrs, children=inner):
                name = attrs.get("element", "span")
                own = self.attributes(attrs) | self.origin(inner)
                return tag(name, self.inlines(inner), own)
            case Link(href=href, children=inner, title=title):
                own = {"href": href, "title": title} | self.origin(inner)
                return tag("a", self.inlines(inner), own)
            case CrossReference():
                return self.reference(inline)
            case NoteReference():
                return self.note_reference(inline)
            case Picture(photo=name, alt=alt):
                photo = self.book.photos[name]
                return self.image(photo, alt or photo.alt, "inline")
            case LineBreak():
                return "<br/>"
            case PageBreak():
                return self.page_break(inline)
            case Mentions():
                return self.mentions(inline)

    def reference(self, reference: CrossReference) -> str:
        """Return a link to another place of the book, with that place's name where it has none."""
        known = self.book.targets.get(reference.target)
        if known is None:
            return self.inlines(reference.children)
        inside = self.inlines(reference.children)
        attributes = {"href": self.target(known.id), "class": "reference"}
        if not inside:
            inside = escape(known.label, quote=False)
            attributes["class"] += " added"
        return tag("a", inside, attributes | self.origin(reference.children))

    def attributes(self, attrs: Attrs, *classes: str) -> dict[str, str]:
        """Return an element's attributes as the markup has them."""
        spoken = attrs.get("lang")
        names = " ".join([*classes, *attrs.classes])
        return {"id": attrs.id, "class": names, **self.spoken(spoken), "dir": attrs.get("dir")}

    def spoken(self, language: str) -> dict[str, str]:
        """Return the attributes that name a language."""
        return {"lang": language} if language else {}
