"""Pictures, tables, sidebars and code on pages: set so that each has its room.

In: a book, its page, its pictures and the `Arrangement` of the pages before. Out: markup in which a
picture is no taller than its caption allows, one that is to float says so, one that runs off its
page stands in its frame, and a table says how small it is set and a block whether it may be broken.
Every block tells its place in the manuscript (`data-block`), which no page shows.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

from msgspec.structs import replace

from publish.book.inlines import Text
from publish.book.model import (
    Block,
    Blocks,
    Book,
    CodeBlock,
    Container,
    DefinitionList,
    Figure,
    ListBlock,
    Paragraph,
    Photo,
    Table,
)
from publish.ground.source import Span
from publish.ground.wording import direction
from publish.markup.inlines import opened, tag
from publish.markup.xhtml import Markup
from publish.pages.placing import Arrangement
from publish.pages.signs import shown, sign, spoken_for
from publish.pictures.photos import Asset
from publish.pictures.placed import ADDRESS
from publish.sizes.fitting import ALLOWED, picture_height, runs_on
from publish.sizes.framing import Frame, Leaf, frame, is_framed, leaf_of, sinks
from publish.sizes.geometry import Page
from publish.text.editions import figure_id

_TEXT = (Paragraph, ListBlock, DefinitionList)
"""Blocks of running text."""
PLATE = 0.7
"""The height, in its width, of what stands for a picture that is to come."""


class FittedMarkup(Markup):
    """Markup of what has to fit a page."""

    def __init__(
        self, book: Book, page: Page, pictures: Mapping[str, Asset], known: Arrangement
    ) -> None:
        super().__init__(book)
        self.page = page
        self.pictures = pictures
        self.known = known
        self.fits = known.fits
        self.tallest = math.inf
        """How tall a picture may be in the sidebar that is being set, in mm."""
        self.covered: dict[int, set[str]] = {}
        """The margins, top or bottom, that pictures cover, by page."""

    def place(self, span: Span) -> dict[str, str]:
        """Return the manuscript's file and line, by which the layout finds a block again."""
        return {"data-block": span.place}

    def blocks(self, blocks: Blocks) -> str:
        """Return the markup of a run of blocks."""
        return "\n".join(self.run(blocks))

    def run(self, blocks: Blocks, in_columns: bool = False) -> list[str]:
        """Return the markup of each block; a paragraph with which text goes on is marked as such.

        It goes on where nothing but pictures that are taken out of it stands between.
        """
        made, text, parted = [], False, False
        for block in blocks:
            own = self.block(block)
            if self.is_taken_out(block, in_columns):
                parted = True
            else:
                if text and parted and isinstance(block, Paragraph):
                    own = opened(own, {"data-on": "on"})
                text, parted = isinstance(block, _TEXT), False
            made.append(own)
        return made

    def is_taken_out(self, block: Block, in_columns: bool) -> bool:
        """Tell whether a block is a picture around which the text flows on, or over which."""
        if not isinstance(block, Figure):
            return False
        floats = self.floats(block) and not self.is_loose(block)
        passed = figure_id(block) in self.known.passed
        return floats or passed or (in_columns and not self.is_wide(block))

    def is_wide(self, block: Block) -> bool:
        """Tell whether a block stands across all columns of a page; what floats parts none."""
        if isinstance(block, Figure):
            return block.place in ("half", "full", "page") and not self.floats(block)
        return isinstance(block, Table) or getattr(block, "kind", "") == "standfirst"

    def table(self, block: Table) -> str:
        """Return a table in the type that its width asks for."""
        key = block.span.place
        own = {"data-step": str(self.fits.steps.get(key, 0))} | self.breaking(block.span)
        own |= {"data-rows": "loose"} if key in self.fits.rows else {}
        return opened(super().table(block), own)

    def container(self, block: Container) -> str:
        """Return a container; a sidebar may be so tall that it is broken over pages."""
        around = self.tallest
        self.tallest = self.fits.tallest.get(block.span.place, around)
        made = super().container(block)
        self.tallest = around
        return opened(made, self.breaking(block.span)) if block.kind == "sidebar" else made

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
        photo = self.book.photos[block.photo]
        loose = self.is_loose(block)
        if is_framed(block):
            return self.framed(block, photo, loose)
        state = {"data-loose": "loose"} if loose else {}
        if self.floats(block) and not loose:
            state = {"data-float": "head"}
        return opened(super().figure(block), state)

    def is_loose(self, block: Figure) -> bool:
        """Tell whether the caption of a photo runs on to the next page."""
        tall = self.caption_height(self.book.photos[block.photo])
        below = block.caption == "below" and tall is not None
        return below and runs_on(self.page, block.place, tall or 0.0)

    def picture(self, block: Figure, photo: Photo) -> str:
        """Return the picture of a figure; one that has its caption beside it is a float."""
        made = super().picture(block, photo)
        # In a box of its own: of a picture itself that floats the engine keeps no laid-out copy.
        return tag("div", made, {"class": "side"}) if block.caption == "beside" else made

    def floats(self, block: Figure) -> bool:
        """Tell whether a picture is taken out of the text, to stand at the head of a page."""
        return is_framed(block) or figure_id(block) in self.known.floats

    def framed(self, block: Figure, photo: Photo, loose: bool) -> str:
        """Return a photo that runs off its page, in one or two parts that float one by one."""
        caption = self.caption(photo, block.number)
        apart = block.place == "spread" or block.caption == "facing"
        position = self.known.folios.get(figure_id(block), 2 if apart else 1)
        beside = block.caption != "below" or not caption
        high = 0.0 if beside else self.caption_height(photo) or ALLOWED * self.page.baseline
        place = self.frame_at(position, block, high)
        parts = [self.first_part(block, caption, place, apart, loose)]
        self.cover(position, place, block.place == "page", sinks(block) and not loose)
        rest = {"data-of": figure_id(block), "data-side": "recto"}
        if block.place == "spread":
            place = self.frame_at(position + 1, block, high)
            self.cover(position + 1, place)
            own = {"class": "figure framed spread", "data-float": "head", "data-edge": "edge"}
            parts.append(tag("figure", self.window(photo, "", place), own | rest))
        elif block.caption == "facing" and caption:
            said = tag("span", escape(self.words.facing), {"class": "added facing"})
            words = caption.replace('<span class="words"', f'{said} <span class="words"', 1)
            own = {"class": "figure opposite", "data-float": "foot"}
            parts.append(tag("figure", words, own | rest))
        return "\n".join(parts)

    def first_part(
        self, block: Figure, caption: str, place: Frame, apart: bool, loose: bool
    ) -> str:
        """Return the picture, or the left half, of a photo that runs off its page."""
        photo = self.book.photos[block.photo]
        words = "" if block.caption == "facing" else self.set_beside(block, caption, place)
        tall = self.caption_height(photo) or 0.0 if block.caption == "beside" else 0.0
        own = self.attributes(block.attrs, "figure", "framed", block.place, block.caption)
        own |= {"id": figure_id(block)}
        own |= {"data-loose": "loose"} if loose else _floating(block, apart)
        if sinks(block) and not loose:
            below = self.page.bottom + self.page.bleed
            own["style"] = f"margin-bottom: {-below:.3f}mm"
            place = replace(place, top=place.top + max(tall - place.height + below, 0.0))
        elif tall:
            own["style"] = f"min-height: {tall:.3f}mm"
        return tag("figure", f"{self.window(photo, block.alt or photo.alt, place)}\n{words}", own)

    def frame_at(self, position: int, block: Figure, high: float) -> Frame:
        """Return where a photo stands on the page at a position, above a caption so high (mm)."""
        asset = self.pictures.get(block.photo)
        ratio = asset.ratio if asset else PLATE
        return frame(self.page, block, ratio, high, self.leaf_at(position))

    def leaf_at(self, position: int) -> Leaf:
        """Return the page at a position, from 1; a verso is a right-hand page read leftward."""
        leftward = direction(self.book.settings.language) == "rtl"
        return leaf_of(self.page, (position % 2 == 0) != leftward)

    def cover(self, position: int, place: Frame, alone: bool = False, foot: bool = False) -> None:
        """Note the margins of a page that a picture covers: no head, no folio stands there."""
        edges = {"top"} if alone or place.top < 0 else set()
        if alone or foot or place.top + place.height > self.page.depth:
            edges.add("bottom")
        self.covered.setdefault(position, set()).update(edges)

    def set_beside(self, block: Figure, caption: str, place: Frame) -> str:
        """Return a caption; one beside its picture has what is left of the width."""
        if block.caption != "beside":
            return caption
        left, wide = place.left + place.width + self.page.gap, self.page.measure
        if place.left > 0:
            left, wide = 0.0, place.left - self.page.gap
        style = f"left: {left:.3f}mm; width: {wide - left:.3f}mm"
        return opened(caption, {"style": style})

    def window(self, photo: Photo, alt: str, place: Frame) -> str:
        """Return what a page shows of a picture; without an alt text nobody is told of it."""
        inner = f"margin: {place.drop:.3f}mm 0 0 {place.shift:.3f}mm"
        inner += f"; width: {place.wide:.3f}mm; height: {place.high:.3f}mm"
        if photo.id not in self.pictures:
            seen = self.plate(f"height: {place.height:.3f}mm; padding: 0")
        elif alt:
            seen = self.seen(photo, alt, {"style": inner})
        else:
            inner += f"; background-image: url({ADDRESS}{self.pictures[photo.id].name})"
            seen = tag("div", "", {"class": "backdrop", "style": inner})
        outer = f"margin: {place.top:.3f}mm 0 0 {place.left:.3f}mm"
        outer += f"; width: {place.width:.3f}mm; height: {place.height:.3f}mm"
        return tag("div", seen, {"class": "window", "style": outer})

    def plate(self, style: str = "") -> str:
        """Return what stands for a picture that is to come."""
        words = tag("span", escape(self.words.expected), {"class": "added"})
        return tag("div", words, {"class": "plate-box", "style": style})

    def image(self, photo: Photo, alt: str, place: str) -> str:
        """Return a picture at the width of its place, or a plate for one that is to come."""
        asset = self.pictures.get(photo.id)
        if place == "inline":
            return sign(
                asset, alt if photo.decorative else spoken_for(photo, alt), self.words.expected
            )
        if asset is None:
            return self.plate()
        if photo.decorative and not alt:
            return self.backdrop(photo, asset, place)
        style = f"max-height: {self.room(photo, place)}mm"
        return self.seen(photo, alt, {"class": place, "style": style})

    def seen(self, photo: Photo, alt: str, attributes: Mapping[str, str]) -> str:
        """Return the element that shows a picture."""
        return shown(self.pictures[photo.id], spoken_for(photo, alt), attributes)

    def room(self, photo: Photo, place: str) -> float:
        """Return how tall a picture may be, in mm."""
        return min(picture_height(self.page, place, self.caption_height(photo)), self.tallest)

    def caption_height(self, photo: Photo) -> float | None:
        """Return how tall the caption of a photo is, in mm; None before it has been measured."""
        return self.fits.captions.get(photo.worded.place)

    def backdrop(self, photo: Photo, asset: Asset, place: str) -> str:
        """Return a picture that says nothing, as a background, which no screen reader meets."""
        tallest, height = self.room(photo, place), self.page.placed_width(place) * asset.ratio
        size = f"height: {tallest:.3f}mm" if height > tallest else f"padding-top: {asset.ratio:.2%}"
        style = f"{size}; background-image: url({ADDRESS}{asset.name})"
        return tag("div", "", {"class": "backdrop", "style": style})


def _floating(block: Figure, verso: bool) -> dict[str, str]:
    """Return where a picture floats to, and whether it has the page alone."""
    edges = {"bottom"} if sinks(block) else {"top"}
    return {
        "data-float": "foot" if sinks(block) else "head",
        "data-side": "verso" if verso else "",
        "data-alone": "alone" if block.place == "page" else "",
        "data-edge": "edge" if edges & set(block.bleed) or block.place == "spread" else "",
    }
