"""The pictures of a book where it places them: how wide each prints, its file for each output.

In: the `Book` of an edition, its folder, its page. Out: `Asset`s by the id of the photo, what the
layout engine is given of them, and the problems of pictures (C3xx, M219 for the letters of a
drawing). A photo that is placed more than once is made for the widest of its places.
"""

from __future__ import annotations

import base64
import dataclasses
import re
from collections.abc import Mapping

from msgspec.structs import replace

from publish.book.inlines import Picture
from publish.book.model import Book, Figure, Heading, Photo
from publish.book.walking import blocks_of, inlines_of
from publish.fonts.brought import Extra
from publish.fonts.files import check_drawing
from publish.ground.problems import Problem, problem
from publish.ground.root import BookRoot
from publish.ground.source import Span
from publish.ground.units import POINT
from publish.pictures.lettering import check_lettering, with_extra
from publish.pictures.photos import Asset, check_resolution, epub_picture, print_picture
from publish.sizes.fitting import ALLOWED, picture_height
from publish.sizes.framing import LOST, frame, is_framed, leaf_of, lost
from publish.sizes.geometry import Page

ADDRESS = "katern:photos/"
COVER = "cover"
"""The place of the picture that covers the front."""
WORDS, HEADING = "words", "heading"
"""The places of one that stands amid words, as high as they are."""
_HIGH = {WORDS: 1.0, HEADING: 1.6}
"""How high that is at the most, in the size of the text's type."""
_EMBEDDED = re.compile(rb"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=\s]*)")

Pictures = tuple[dict[str, Asset], list[Problem]]


def places_of(book: Book) -> dict[str, tuple[Figure, ...]]:
    """Return all places of every photo that has arrived, by its id, the cover's included."""
    places: dict[str, tuple[Figure, ...]] = {}
    for chapter in book.chapters:
        for block, inline in inlines_of(chapter):
            if isinstance(inline, Picture):
                place = HEADING if isinstance(block, Heading) else WORDS
                sign = Figure(inline.photo, place, inline.alt, inline.span)
                places[inline.photo] = (*places.get(inline.photo, ()), sign)
        for block in blocks_of(chapter):
            if isinstance(block, Figure):
                places[block.photo] = (*places.get(block.photo, ()), block)
    if cover := book.settings.cover.photo:
        front = Figure(cover, COVER, "", book.photos[cover].span)
        places[cover] = (*places.get(cover, ()), front)
    return {name: there for name, there in places.items() if book.photos[name].arrived}


def printed_width(photo: Photo, figure: Figure, page: Page) -> float:
    """Return how wide a photo prints, in mm: a tall one is narrower than its place.

    What nothing may stay white of is cut, and prints wider than the page: a cover, a spread.
    """
    place = figure.place
    if place in _HIGH:
        high = _HIGH[place] * page.size * POINT
        return min(page.column, high * photo.size[0] / max(photo.size[1], 1))
    width = page.placed_width("page" if place == COVER else place)
    if 0 in photo.size:
        return width
    ratio = photo.size[0] / photo.size[1]
    if place == COVER:
        return max(width, (page.height + 2 * page.bleed) * ratio)
    if is_framed(figure):
        return frame(
            page, figure, 1 / ratio, _below(photo, figure, page), leaf_of(page, False)
        ).wide
    return min(width, picture_height(page, place, None) * ratio)


def _below(photo: Photo, figure: Figure, page: Page) -> float:
    """Return the room, in mm, that is kept below a picture for its caption."""
    return ALLOWED * page.baseline if photo.caption and figure.caption == "below" else 0.0


def widths_of(book: Book, page: Page) -> dict[str, float]:
    """Return the width in mm at which each photo prints, the largest where it prints twice."""
    return {
        name: max(printed_width(book.photos[name], one, page) for one in places)
        for name, places in places_of(book).items()
    }


def widest_on_cover(book: Book, page: Page) -> str:
    """Return the id of the cover's picture where it prints widest there; else nothing."""
    name = book.settings.cover.photo
    places = places_of(book).get(name, ())
    front = [printed_width(book.photos[name], one, page) for one in places if one.place == COVER]
    return name if front and front[0] >= widths_of(book, page)[name] else ""


def print_pictures(
    book: Book,
    root: BookRoot,
    page: Page,
    extra: Mapping[str, str] | None = None,
    press: bytes = b"",
) -> Pictures:
    """Return the pictures as the printed editions need them.

    `extra` are the families of the fonts that the book brings, by their makers' names; `press` is
    the profile of the press.
    """
    assets, problems = {}, []
    for name, width in widths_of(book, page).items():
        asset, found = print_picture(book.photos[name], root, width, press)
        problems += found
        if asset:
            assets[name] = _lettered(asset, extra or {})
    return assets, problems


def _lettered(asset: Asset, extra: Mapping[str, str]) -> Asset:
    """Return a picture whose lettering can be set in the fonts that the book brings."""
    if not (extra and asset.is_drawing):
        return asset
    return replace(asset, data=with_extra(asset.data, extra))


def epub_pictures(
    book: Book, root: BookRoot, extra: Mapping[str, str] | None = None, press: bytes = b""
) -> Pictures:
    """Return the pictures as the e-book needs them; its cover is made apart."""
    assets, problems = {}, []
    for name, places in places_of(book).items():
        if [one.place for one in places] == [COVER]:
            continue
        asset, found = epub_picture(book.photos[name], root, press)
        problems += found
        if asset:
            assets[name] = _lettered(asset, extra or {})
    return assets, problems


def check_pictures(
    book: Book, root: BookRoot, page: Page, assets: Mapping[str, Asset], extra: Extra
) -> list[Problem]:
    """Report coarse photos, and letters of drawings that the book's fonts cannot set.

    `extra` are the fonts that the book brings.
    """
    problems = []
    for name, width in widths_of(book, page).items():
        photo = book.photos[name]
        cropped = any(
            _share_lost(photo, one, page) > 0
            or (one.place == COVER and width > page.width + 2 * page.bleed)
            for one in places_of(book)[name]
        )
        problems += check_resolution(photo, width, cropped)
    for name, figures in places_of(book).items():
        problems += [one for figure in figures for one in _cut(book.photos[name], figure, page)]
    for name, asset in assets.items():
        if asset.is_drawing:
            file = book.photos[name].file
            problems += check_drawing(book.photos[name], asset.data, extra.letters)
            data = root.read("photos", file)
            problems += check_lettering(file, data, tuple(extra.names))
    return problems


def _cut(photo: Photo, figure: Figure, page: Page) -> list[Problem]:
    """Report a picture of which its place leaves too little."""
    share = _share_lost(photo, figure, page)
    facts = {"name": photo.id, "share": share, "place": figure.place}
    return [problem("C322", figure.span, **facts)] if share > LOST else []


def _share_lost(photo: Photo, figure: Figure, page: Page) -> float:
    """Return how much of a picture its place cuts off, as a part of it."""
    if not is_framed(figure) or 0 in photo.size:
        return 0.0
    ratio = photo.size[1] / photo.size[0]
    return lost(page, figure, ratio, _below(photo, figure, page))


def given(assets: Mapping[str, Asset], inked: bool = False) -> dict[str, tuple[bytes, str]]:
    """Return bytes and media type behind each address that the layout engine may ask for.

    With `inked` they are those for the press.
    """
    found = {
        ADDRESS + one.name: ((inked and one.inked) or one.data, one.media_type)
        for one in assets.values()
    }
    for asset in assets.values():
        if asset.is_drawing:
            found |= embedded_in(asset.data)
    return found


def embedded_in(drawing: bytes) -> dict[str, tuple[bytes, str]]:
    """Return the pictures in a drawing by their addresses, which say themselves what they are."""
    return {
        match[0].decode("ascii"): (base64.b64decode(match[2]), match[1].decode("ascii"))
        for match in _EMBEDDED.finditer(drawing)
    }


def at_picture(found: Problem, assets: Mapping[str, Asset], photos: Mapping[str, Photo]) -> Problem:
    """Return a problem of the layout at the file of the picture that it speaks of, if any."""
    for name, asset in assets.items():
        address = re.compile(re.escape(ADDRESS + asset.name) + r"(?![\w.-])")
        if found.span is None and address.search(found.message):
            file = f"photos/{photos[name].file}"
            return dataclasses.replace(
                found, span=Span(file), message=address.sub(file, found.message)
            )
    return found
