"""Pictures, tables, sidebars and code on pages: set so that each has its room.

In: a book, its page, its pictures and the `Fits` that laid-out pages gave. Out: markup in which a
picture is no taller than its caption allows, a table says how small it is set, and a block that may
be broken says so. Every block tells its place in the manuscript (`data-block`), which no page
shows, so that what is found on a page can be told where it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from publish.book import Book, CodeBlock, Container, Figure, Photo, Table
from publish.fitting import picture_height, runs_on
from publish.geometry import Page
from publish.inline_markup import tag, void, written
from publish.inlines import Text, plain
from publish.photos import Asset
from publish.placing import Arrangement
from publish.source import Span
from publish.xhtml import Markup

PICTURES = "katern:photos/"


class FittedMarkup(Markup):
    """Markup of what has to fit a page."""

    def __init__(
        self, book: Book, page: Page, pictures: Mapping[str, Asset], known: Arrangement
    ) -> None:
        super().__init__(book)
        self.page = page
        self.pictures = pictures
        self.fits = known.fits

    def place(self, span: Span) -> dict[str, str]:
        """Return the manuscript's file and line, by which the layout finds a block again."""
        return {"data-block": span.place}

    def table(self, block: Table) -> str:
        """Return a table in the type that its width asks for."""
        key = block.span.place
        step = {"data-step": str(self.fits.steps.get(key, 0))}
        return _opened(super().table(block), step | self.breaking(block.span))

    def container(self, block: Container) -> str:
        """Return a container; a sidebar may be so tall that it is broken over pages."""
        made = super().container(block)
        return _opened(made, self.breaking(block.span)) if block.kind == "sidebar" else made

    def breaking(self, span: Span) -> dict[str, str]:
        """Return the place of a block that is kept whole, unless it is too tall for that."""
        loose = {"data-loose": "loose"} if span.place in self.fits.loose else {}
        return {"data-block": span.place} | loose

    def code(self, block: CodeBlock) -> str:
        """Return lines of code, each a block: what is left of a long line hangs below it."""
        text, lines, at = Text(block.value, block.places), [], 0
        for line in block.value.splitlines(keepends=True):
            own = self.origin((text.part(at, at + len(line)),))
            lines.append(tag("span", escape(line, quote=False), {"class": "code-line"} | own))
            at += len(line)
        return tag("pre", tag("code", "".join(lines)), self.leaf(block))

    def figure(self, block: Figure) -> str:
        """Return a photo with its caption, which may run on when it is very long."""
        made = super().figure(block)
        tall = self.caption_height(self.book.photos[block.photo])
        if tall is None or not runs_on(self.page, block.place, tall):
            return made
        return _opened(made, {"data-loose": "loose"})

    def image(self, photo: Photo, alt: str, place: str) -> str:
        """Return a picture at the width of its place, or a plate for one that is to come."""
        if photo.id not in self.pictures:
            words = tag("span", escape(self.words.expected), {"class": "added"})
            return tag("div", words, {"class": "plate-box"})
        asset = self.pictures[photo.id]
        if photo.decorative:
            return self.backdrop(photo, asset, place)
        attributes = {"src": PICTURES + asset.name, "class": place}
        if place != "inline":
            tallest, rest = self.room(photo, asset, place)
            attributes["style"] = f"max-height: {tallest}mm{rest}"
        image = void("img", attributes)
        # A draft may lack an alt text; a tagged picture may not, so its caption serves.
        spoken = escape(alt or plain(photo.caption) or photo.id, quote=True)
        return image.replace("/>", f' alt="{spoken}"/>')

    def room(self, photo: Photo, asset: Asset, place: str) -> tuple[float, str]:
        """Return how tall a picture may be, in mm, and the style that puts it in its place."""
        page, wide = self.page, self.page.placed_width(place)
        tallest = picture_height(page, place, self.caption_height(photo))
        if place != "page":
            return tallest, ""
        below = 0.0
        if not photo.caption:
            tallest, below = page.height + 2 * page.bleed, -page.bottom - page.bleed
        if wide * _ratio(asset) > tallest:
            # Too tall to reach both edges of the page: it stands between margins of its own.
            raised = page.top / 2
            tallest = min(tallest, page.height - page.bottom) - page.bleed - raised
            return round(tallest, 3), f"; margin-top: {-raised:.3f}mm"
        top, side = -page.top - page.bleed, -page.plate - page.bleed
        return tallest, f"; width: {wide:.3f}mm; margin: {top:.3f}mm {side:.3f}mm {below:.3f}mm"

    def caption_height(self, photo: Photo) -> float | None:
        """Return how tall the caption of a photo is, in mm; None before it has been measured."""
        return self.fits.captions.get(photo.span.place)

    def backdrop(self, photo: Photo, asset: Asset, place: str) -> str:
        """Return a picture that says nothing, as a background, which no screen reader meets."""
        size = f"padding-top: {100 * _ratio(asset):.2f}%"
        if place != "inline":
            tallest, rest = self.room(photo, asset, place)
            height = self.page.placed_width(place) * _ratio(asset)
            if place == "page" or height > tallest:
                size = f"height: {min(height, tallest):.3f}mm{rest}"
        style = f"{size}; background-image: url({PICTURES}{asset.name})"
        return tag("div", "", {"class": "backdrop", "style": style})


def _ratio(asset: Asset) -> float:
    return asset.height_px / max(asset.width_px, 1)


def _opened(markup: str, attributes: Mapping[str, str]) -> str:
    """Return an element with attributes more on its first tag."""
    name = markup[1:].split(None, 1)[0].split(">", 1)[0]
    return markup.replace(f"<{name}", f"<{name}{written(attributes)}", 1)
