"""Whether the words on a cover's picture are to be light or dark, and what needs a plate below it.

In: a front, laid out with its words hidden, on the picture. Out: `Grounds`, and problem P445. What
of the picture lies behind each of the words is looked at, pixel by pixel; the contrast of two
colours is that of WCAG 2.2 (“contrast ratio”), by which text needs 4.5:1, and large type, which is
bold and of 14 pt or more, 3:1 (1.4.3). What neither colour is enough for stands on a plate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any, NamedTuple

from publish.engine.layout import write_pdf
from publish.engine.parts import Pages
from publish.ground.problems import Problem, problem
from publish.ground.templating import templates
from publish.ground.units import MM
from publish.markup.stylesheets import token
from publish.pages.covers import CoverLine, Grounds, values, words_of
from publish.pictures.contrast import LEVELS, contrast, luminance
from publish.pictures.photos import Asset
from publish.pictures.placed import ADDRESS
from publish.settings.book_toml import Settings
from publish.sizes.geometry import Page

LIGHT, DARK, PLATE = "pale", "inked", "plate"
"""Classes of words that are light or dark, and of those that stand on a plate."""
_PIXELS = 2
"""Pixels in a mm of the picture that is looked at."""
_AIR = 0.5
"""Millimetres around words that are looked at as well."""
_LARGE = 14.0
"""The least size (pt) of bold type that is large."""
_SHARE = 1 / 4
"""Where so much of a line's height is the wrong ground, it is hard to read."""
_LETTER = 0.2
"""Where that is so wide, in parts of the line's height, a letter is lost."""
_WORDS = ("title", "subtitle", "makers", "publisher")
_LEADING = 1.02
"""The leading of the title in parts of its size; styles/covers.css has it too."""

_Rows = list[list[float]]


class Reading(NamedTuple):
    """How words are read: their contrast on the mean, how much of a letter is lost, the colour."""

    contrast: float
    lost: float
    colour: str

    @property
    def is_lost(self) -> bool:
        """Tell whether a letter is."""
        return self.lost > _LETTER


def grounds_of(pages: Pages, width: float) -> tuple[Grounds, list[Problem]]:
    """Return the grounds of the words on a front; `width` is that of the trimmed sheet, in mm."""
    import pypdfium2

    with pypdfium2.PdfDocument(write_pdf(pages)[0]) as document:
        image = document[0].render(scale=_PIXELS / MM).to_pil().convert("RGB")
    bleed = (image.width / _PIXELS - width) / 2
    behind: dict[str, list[tuple[CoverLine, _Rows]]] = {}
    for line in words_of(pages.boxes[0], _WORDS):
        behind.setdefault(line.kind, []).append((line, _rows(image, line, bleed)))
    grounds = _agreed({kind: _read(lines) for kind, lines in behind.items()})
    plated = [kind for kind in _WORDS if PLATE in grounds.get(kind, "")]
    words = " and ".join(filter(None, (", ".join(plated[:-1]), *plated[-1:])))
    return grounds, [problem("P445", None, words=words)] if plated else []


def front_hidden(settings: Settings, page: Page, picture: Asset) -> str:
    """Return the front that is the first page of the inside as a document, its words hidden."""
    address = f"background-image: url({ADDRESS}{picture.name})"
    front = templates("pages").get_template("front.html.j2")
    return front.render(values(settings, page.outer), picture=address)


def _rows(image: Any, line: CoverLine, bleed: float) -> _Rows:
    """Return the luminance of each pixel behind a line, row by row."""
    left, top = line.left - _AIR + bleed, line.top - _AIR + bleed
    right, foot = line.left + line.width + _AIR + bleed, line.foot + _AIR + bleed
    part = image.crop([round(side * _PIXELS) for side in (left, top, right, foot)])
    data = part.tobytes()
    levels = [luminance(data[at : at + 3]) for at in range(0, len(data), 3)]
    return [levels[at : at + part.width] for at in range(0, len(levels), part.width)]


def _agreed(read: Mapping[str, Reading]) -> Grounds:
    """Return the classes of words: each in the colour that is the better read, or on a plate.

    At the head a plate is not alone: of what stands below the title each word has one where one
    needs it, all where the title does, and plates are of the title's colour.
    """
    grounds = {kind: one.colour for kind, one in read.items()}
    below = [kind for kind in ("subtitle", "makers") if kind in read]
    plated = below if any(read[kind].is_lost for kind in below) else []
    if "title" in read and read["title"].is_lost:
        plated = ["title", *below]
    for kind in plated:
        grounds[kind] = f"{read.get('title', read[kind]).colour} {PLATE}"
    if "publisher" in read and read["publisher"].is_lost:
        grounds["publisher"] += f" {PLATE}"
    return grounds


def _read(lines: Sequence[tuple[CoverLine, _Rows]]) -> Reading:
    """Return how words are read in their colour: the one that is read better, as far as it goes.

    The other one, which is fainter as a whole, has to be read well where that is lost.
    """
    best, other = sorted((_reading(lines, colour) for colour in (DARK, LIGHT)), reverse=True)
    if best.is_lost and not _reading(lines, other.colour, large=LEVELS["AA"][0]).is_lost:
        return other
    return best


def _reading(
    lines: Sequence[tuple[CoverLine, _Rows]], colour: str, large: float = LEVELS["AA"][1]
) -> Reading:
    """Return how words are read in a colour, `large` ones by so much contrast."""
    from PIL import ImageColor

    words = luminance(ImageColor.getrgb(token("screen", "paper" if colour == LIGHT else "ink")))
    lost = max(
        _lost(rows, words, large if _is_large(line) else LEVELS["AA"][0]) for line, rows in lines
    )
    levels = (level for _, rows in lines for row in rows for level in row)
    return Reading(mean(contrast(level, words) for level in levels), lost, colour)


def _is_large(line: CoverLine) -> bool:
    return line.kind == "title" and line.height * MM >= _LARGE * _LEADING


def _lost(line: _Rows, words: float, least: float) -> float:
    """Return how far a line's words do not stand out, at the longest, in parts of its height."""
    longest, run = 0, 0
    for column in zip(*line, strict=True):
        faint = sum(contrast(level, words) < least for level in column)
        run = run + 1 if faint > _SHARE * len(column) else 0
        longest = max(longest, run)
    return longest / max(len(line), 1)
