"""What front and back of a cover show, as pages of the inside or on a sheet of their own.

In: settings, and how wide the margin of the page is. Out: the values that the templates of the
pages fill in, the barcode among them, and whether the words of a back leave room for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markupsafe import Markup as Safe
from msgspec import Struct

from publish.engine.boxes import Box
from publish.ground.units import PIXEL
from publish.ground.wording import direction, wording
from publish.markup.stylesheets import token
from publish.pages.barcode import drawing, size_mm
from publish.settings.book_toml import Settings
from publish.text.composition import set_text

AIR = 6.0
"""Millimetres that are kept free between the words of a side and what stands below them."""
_BESIDE = 5.0
"""Millimetres between the barcode and the words beside it."""


Grounds = Mapping[str, str]
"""For each of the words on a front the classes of its element: what they stand on."""
NO_GROUNDS: Grounds = MappingProxyType({})
"""No picture."""


class CoverLine(Struct, frozen=True):
    """A line of words in mm from the upper left corner of the trim."""

    kind: str
    left: float
    top: float
    width: float
    height: float

    @property
    def foot(self) -> float:
        """Return where it ends."""
        return self.top + self.height


def values(settings: Settings, margin: float, barcode: bool = True) -> dict[str, Any]:
    """Return what templates of pages with a cover fill in.

    `margin` is that of the page (mm); without a barcode the ISBN stands there in words.
    """
    language, number = settings.language, settings.identifiers.print
    code = drawing(number, number.shown, settings.cover.price_code) if number and barcode else ""
    return {
        "settings": settings,
        "words": wording(language),
        "direction": direction(language),
        "modified": settings.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": set_text(settings.title, language),
        "subtitle": set_text(settings.subtitle, language),
        "description": set_text(settings.description, language),
        "makers": ", ".join(one.name for one in settings.contributors if one.role == "aut"),
        "barcode": Safe(code),
        "beside": round(margin + barcode_mm(settings)[0] + _BESIDE, 3),
    }


def barcode_mm(settings: Settings) -> tuple[float, float]:
    """Return width and height of the barcode; nothing where there is no ISBN."""
    addon = bool(settings.cover.price_code)
    return size_mm(addon) if settings.identifiers.print else (0.0, 0.0)


def words_of(page: Box, kinds: Sequence[str]) -> Iterator[CoverLine]:
    """Yield the lines of a page's words that are of some kinds: a title, a description."""
    for box in page.descendants():
        if box.kind == "line" and box.classes[:1] and box.classes[0] in kinds:
            sides = (box.left, box.top, box.width, box.height)
            yield CoverLine(box.classes[0], *(side * PIXEL for side in sides))


def back_fits(
    settings: Settings, found: Sequence[CoverLine], height: float, air: float = AIR
) -> bool:
    """Tell whether the words of a back, `height` mm high, end above what stands at its foot."""
    words = [one.foot for one in found if one.kind == "description"]
    below = [one.top for one in found if one.kind == "foot-line"]
    foot = float(token("print", "cover-foot").removesuffix("mm"))
    below.append(height - foot - barcode_mm(settings)[1])
    return not words or max(words) <= min(below) - air
