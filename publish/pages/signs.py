"""Pictures in the markup of pages: the element that shows one, and a sign amid words.

In: an `Asset` and what is said for it. Out: markup. A picture that stands amid words is as high as
they are, in print as in the e-book.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from publish.book.inlines import plain
from publish.book.model import Photo
from publish.markup.inlines import tag, void
from publish.pictures.photos import Asset
from publish.pictures.placed import ADDRESS


def spoken_for(photo: Photo, alt: str) -> str:
    """Return what is said for a picture.

    A draft may lack an alt text; a tagged picture may not, so its caption serves.
    """
    return alt or plain(photo.caption) or photo.id


def shown(asset: Asset, spoken: str, attributes: Mapping[str, str]) -> str:
    """Return the element that shows a picture, and the words that are said for it."""
    made = void("img", {"src": ADDRESS + asset.name} | dict(attributes))
    return made.replace("/>", f' alt="{escape(spoken, quote=True)}"/>')


def sign(asset: Asset | None, spoken: str, expected: str) -> str:
    """Return a picture amid words; `expected` says of one that has not arrived that it will.

    One for which nothing is said is a background, which no screen reader meets.
    """
    if asset is None:
        return tag("span", escape(expected), {"class": "added plate"})
    if spoken:
        return shown(asset, spoken, {"class": "sign"})
    style = (
        f"width: {1 / max(asset.ratio, 0.001):.3f}em; background-image: url({ADDRESS}{asset.name})"
    )
    return tag("span", "", {"class": "sign backdrop", "style": style})
