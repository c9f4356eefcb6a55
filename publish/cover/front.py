"""The cover picture for the shops: 1600 × 2560 pixels, RGB, JPEG.

In: the book's title and makers, and its cover's picture. Out: JPEG bytes. The layout engine sets it
as one page, pdfium draws that page, Pillow writes it. The title is set as large as its room allows:
a word is broken only when it would have to be small to stand on one line, and problem P423 tells
of words that are too many for any size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.fonts.brought import families_of
from publish.fonts.files import Face
from publish.ground.problems import Problem, problem
from publish.ground.templating import templates
from publish.ground.wording import direction
from publish.markup.stylesheets import stylesheet
from publish.pictures.photos import Asset
from publish.pictures.placed import ADDRESS
from publish.settings.book_toml import Settings
from publish.sizes.geometry import COVER_SIZE
from publish.text.composition import set_text

if TYPE_CHECKING:
    from publish.engine.boxes import Box
    from publish.engine.parts import Pages

WIDTH, HEIGHT = COVER_SIZE
QUALITY = 88
MARGIN = 120
"""Pixels to the left and the right of all words."""
FLOOR, PICTURE_FLOOR = 1600, 1280
"""Pixels from the head, above which title, subtitle and makers end, without a picture and with one.
Below stands the publisher; the ground changes its colour, or the picture begins."""
AIR = 100
"""Pixels between the words and the picture below them."""


_WORDS = ("title", "subtitle", "makers", "publisher")


class Size(Struct, frozen=True):
    """The size of the title in pixels, and whether its words are broken."""

    title: int
    broken: bool = False

    @property
    def subtitle(self) -> int:
        """Return the size of the subtitle: a third of the title's, within what is well read."""
        return min(66, max(46, self.title // 3))

    @property
    def makers(self) -> int:
        """Return the size of the makers' names."""
        return min(54, max(42, self.title // 3))


SIZES = (
    *(Size(title) for title in (300, 270, 240, 208, 180, 156, 136, 118, 102)),
    *(Size(title, broken=True) for title in (156, 136, 118, 102, 88, 76, 66)),
)
"""From the largest; a word that is too long for the last whole one is broken at a larger size."""


def cover_document(
    settings: Settings, picture: Asset | None, size: Size = SIZES[0], top: float = 0
) -> str:
    """Return the cover as a document of one page; its picture begins at `top`, in pixels."""
    return (
        templates("pages")
        .get_template("cover.html.j2")
        .render(
            settings=settings,
            size=size,
            top=top,
            height=HEIGHT - top,
            direction=direction(settings.language),
            title=set_text(settings.title, settings.language),
            subtitle=set_text(settings.subtitle, settings.language),
            makers=", ".join(one.name for one in settings.contributors if one.role == "aut"),
            picture=ADDRESS + picture.name if picture else "",
        )
    )


def cover_picture(
    settings: Settings, picture: Asset | None, extra: Sequence[Face] = ()
) -> tuple[bytes, list[Problem]]:
    """Return the cover as JPEG bytes; `extra` are the faces of the fonts that the book brings."""
    import pypdfium2

    from publish.engine.layout import write_pdf

    pages, problems = fitted(settings, picture, extra)
    data, found = write_pdf(pages)
    document = pypdfium2.PdfDocument(data)
    image = document[0].render(scale=96 / 72).to_pil().convert("RGB")
    image = image.resize((WIDTH, HEIGHT)) if image.size != (WIDTH, HEIGHT) else image
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True, dpi=(300, 300))
    return out.getvalue(), [*pages.problems, *found, *problems]


def fitted(
    settings: Settings, picture: Asset | None, extra: Sequence[Face] = ()
) -> tuple[Pages, list[Problem]]:
    """Return the cover laid out at the largest size at which all words stand in their room."""
    from publish.engine.layout import lay_out

    given = {ADDRESS + picture.name: (picture.data, picture.media_type)} if picture else {}
    floor = PICTURE_FLOOR if picture else FLOOR
    sheet = stylesheet("cover", extra=families_of(extra))

    def laid_out(size: Size, top: float = 0) -> Pages:
        return lay_out(cover_document(settings, picture, size, top), sheet, given, extra)

    fitting = ((size, pages) for size in SIZES if fits(pages := laid_out(size), floor))
    size, pages = next(fitting, (None, laid_out(SIZES[-1])))
    problems = [] if size else [problem("P423", None)]
    if picture:
        ends = [line.top + line.height for kind, line in lines(pages) if kind != "publisher"]
        pages = laid_out(size or SIZES[-1], min(max(ends), floor) + AIR)
    return pages, problems


def fits(pages: Pages, floor: float) -> bool:
    """Tell whether no line of a cover leaves the room that it has."""
    left, right = MARGIN - 1, WIDTH - MARGIN + 1
    for kind, line in lines(pages):
        low, high = (FLOOR, HEIGHT) if kind == "publisher" else (0, floor)
        inside = low <= line.top and line.top + line.height <= high
        if not inside or line.left < left or line.left + line.width > right:
            return False
    return pages.count == 1


def lines(pages: Pages) -> Iterator[tuple[str, Box]]:
    """Yield the lines of a cover's words, each with what it belongs to."""
    for box in pages.boxes[0].descendants():
        if box.kind == "line" and box.classes[:1] and box.classes[0] in _WORDS:
            yield box.classes[0], box
