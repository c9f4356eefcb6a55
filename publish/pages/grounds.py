"""Whether the words on a cover's picture are to be light or dark.

In: settings, a page, and the cover's picture. Out: a `Ground`, and problem P445. What of the
picture lies behind the words is looked at, pixel by pixel; the contrast of two colours is that of
WCAG 2.2 (“contrast ratio”), by which large type needs 3:1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from publish.fonts.files import Face
from publish.ground.problems import Problem, problem
from publish.ground.templating import templates
from publish.ground.units import MM
from publish.pages.covers import Line, values, words_of
from publish.pictures.contrast import contrast, luminance
from publish.pictures.placed import ADDRESS
from publish.settings.book_toml import Settings
from publish.sizes.geometry import Page

_PIXELS = 2
"""Pixels in a mm of the picture that is looked at."""
_AIR = 0.5
"""Millimetres around words that are looked at as well."""
_EVEN = 0.179
"""The luminance on which black and white stand out alike."""
_LEAST = 3.0
_LETTER = 0.2
"""Where the ground is so wide the wrong one, in parts of a line's height, a letter is lost."""
_KINDS = {"title": "head", "subtitle": "head", "makers": "head", "publisher": "foot"}

_Rows = list[list[float]]


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies behind the words at the head and at the foot of a front: "light" or "dark"."""

    head: str
    foot: str

    @property
    def classes(self) -> str:
        """Return the classes of the front's element."""
        return f"{self.head}-head {self.foot}-foot"


def ground_of(
    settings: Settings,
    page: Page,
    picture: str,
    css: str,
    given: Mapping[str, tuple[bytes, str]],
    extra: Sequence[Face] = (),
) -> tuple[Ground, list[Problem]]:
    """Return the ground of a front's words on a picture, given its file name and its bytes."""
    import pypdfium2

    from publish.engine.layout import lay_out, write_pdf

    address = f"background-image: url({ADDRESS}{picture})"
    template = templates("pages").get_template("front.html.j2")
    front = template.render(values(settings, page.outer), picture=address)
    pages = lay_out(front, css, given, extra)
    with pypdfium2.PdfDocument(write_pdf(pages)[0]) as document:
        image = document[0].render(scale=_PIXELS / MM).to_pil().convert("RGB")
    bleed = (image.width / _PIXELS - page.width) / 2
    behind: dict[str, list[_Rows]] = {"head": [], "foot": []}
    for line in words_of(pages.boxes[0], tuple(_KINDS)):
        behind[_KINDS[line.kind]].append(_rows(image, line, bleed))
    ground = Ground(_kind(behind["head"], "light"), _kind(behind["foot"], "dark"))
    lost = [
        part
        for part, lines in behind.items()
        if any(_lost(line, getattr(ground, part) == "dark") > _LETTER for line in lines)
    ]
    return ground, [problem("P445", None, part=part) for part in lost]


def _rows(image: Any, line: Line, bleed: float) -> _Rows:
    """Return the luminance of each pixel behind a line, row by row."""
    left, top = line.left - _AIR + bleed, line.top - _AIR + bleed
    right, foot = line.left + line.width + _AIR + bleed, line.foot + _AIR + bleed
    part = image.crop([round(side * _PIXELS) for side in (left, top, right, foot)])
    data = part.tobytes()
    levels = [luminance(data[at : at + 3]) for at in range(0, len(data), 3)]
    return [levels[at : at + part.width] for at in range(0, len(levels), part.width)]


def _kind(lines: Sequence[_Rows], usual: str) -> str:
    every = [level for line in lines for row in line for level in row]
    if not every:
        return usual
    return "dark" if median(every) < _EVEN else "light"


def _lost(line: _Rows, dark: bool) -> float:
    """Return how far a line's words do not stand out, at the longest, in parts of its height."""
    words, longest, run = 1.0 if dark else 0.0, 0, 0
    for column in zip(*line, strict=True):
        faint = sum(contrast(level, words) < _LEAST for level in column)
        run = run + 1 if 2 * faint > len(column) else 0
        longest = max(longest, run)
    return longest / max(len(line), 1)
