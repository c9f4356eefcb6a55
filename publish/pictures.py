"""The pictures of a book where it places them: how wide each prints, its file for each output.

In: the `Book` of an edition, its folder, its page. Out: `Asset`s by the id of the photo, what the
layout engine is given of them, and the problems of pictures (C3xx, M219 for the letters of a
drawing). A photo that is placed more than once is made for the widest of its places.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from publish.book import Book, Figure, Photo
from publish.extra_fonts import Extra
from publish.fitting import picture_height
from publish.fonts import check_drawing
from publish.geometry import Page
from publish.inlines import Picture
from publish.lettering import check_lettering, with_extra
from publish.photos import Asset, check_resolution, epub_picture, print_picture
from publish.problems import Problem
from publish.source import Span
from publish.structure import blocks_of, inlines_of

ADDRESS = "katern:photos/"
COVER = "cover"
"""The place of the picture that covers the front."""
_EMBEDDED = re.compile(rb"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=\s]*)")

Pictures = tuple[dict[str, Asset], list[Problem]]


def places_of(book: Book) -> dict[str, tuple[str, ...]]:
    """Return all places of every photo that has arrived, by its id, the cover's included."""
    places: dict[str, tuple[str, ...]] = {}
    for chapter in book.chapters:
        for _, inline in inlines_of(chapter):
            if isinstance(inline, Picture):
                places[inline.photo] = (*places.get(inline.photo, ()), "inset")
        for block in blocks_of(chapter):
            if isinstance(block, Figure):
                places[block.photo] = (*places.get(block.photo, ()), block.place)
    if cover := book.settings.cover.photo:
        places[cover] = (*places.get(cover, ()), COVER)
    return {name: there for name, there in places.items() if book.photos[name].arrived}


def printed_width(photo: Photo, place: str, page: Page) -> float:
    """Return how wide a photo prints, in mm: a tall one is narrower than its place.

    On the cover nothing stays white, so that a wide one is cut, and prints wider than the page.
    """
    width = page.placed_width("page" if place == COVER else place)
    if 0 in photo.size:
        return width
    ratio = photo.size[0] / photo.size[1]
    if place == COVER:
        return max(width, (page.height + 2 * page.bleed) * ratio)
    return min(width, picture_height(page, place, None) * ratio)


def widths_of(book: Book, page: Page) -> dict[str, float]:
    """Return the width in mm at which each photo prints, the largest where it prints twice."""
    return {
        name: max(printed_width(book.photos[name], place, page) for place in places)
        for name, places in places_of(book).items()
    }


def print_pictures(
    book: Book, folder: Path, page: Page, extra: Mapping[str, str] | None = None
) -> Pictures:
    """Return the pictures as the printed editions need them.

    `extra` are the families of the fonts that the book brings, by their makers' names.
    """
    assets, problems = {}, []
    for name, width in widths_of(book, page).items():
        asset, found = print_picture(book.photos[name], folder, width)
        problems += found
        if asset:
            assets[name] = _lettered(asset, extra or {})
    return assets, problems


def _lettered(asset: Asset, extra: Mapping[str, str]) -> Asset:
    """Return a picture whose lettering can be set in the fonts that the book brings."""
    if not (extra and asset.is_drawing):
        return asset
    return replace(asset, data=with_extra(asset.data, extra))


def epub_pictures(book: Book, folder: Path, extra: Mapping[str, str] | None = None) -> Pictures:
    """Return the pictures as the e-book needs them; its cover is made apart."""
    assets, problems = {}, []
    for name, places in places_of(book).items():
        if places == (COVER,):
            continue
        asset, found = epub_picture(book.photos[name], folder)
        problems += found
        if asset:
            assets[name] = _lettered(asset, extra or {})
    return assets, problems


def check_pictures(
    book: Book, folder: Path, page: Page, assets: Mapping[str, Asset], extra: Extra
) -> list[Problem]:
    """Report coarse photos, and letters of drawings that the book's fonts cannot set.

    `extra` are the fonts that the book brings.
    """
    problems = []
    for name, width in widths_of(book, page).items():
        problems += check_resolution(book.photos[name], width)
    for name, asset in assets.items():
        if asset.is_drawing:
            file = book.photos[name].file
            problems += check_drawing(book.photos[name], asset.data, extra.letters)
            data = (folder / "photos" / file).read_bytes()
            problems += check_lettering(file, data, tuple(extra.names))
    return problems


def given(assets: Mapping[str, Asset]) -> dict[str, tuple[bytes, str]]:
    """Return bytes and media type behind each address that the layout engine may ask for."""
    found = {ADDRESS + one.name: (one.data, one.media_type) for one in assets.values()}
    for asset in assets.values():
        if asset.is_drawing:
            for match in _EMBEDDED.finditer(asset.data):
                data, kind = base64.b64decode(match[2]), match[1].decode("ascii")
                found[match[0].decode("ascii")] = (data, kind)
    return found


def at_picture(found: Problem, assets: Mapping[str, Asset], photos: Mapping[str, Photo]) -> Problem:
    """Return a problem of the layout at the file of the picture that it speaks of, if any."""
    for name, asset in assets.items():
        address = re.compile(re.escape(ADDRESS + asset.name) + r"(?![\w.-])")
        if found.span is None and address.search(found.message):
            file = f"photos/{photos[name].file}"
            return replace(found, span=Span(file), message=address.sub(file, found.message))
    return found
