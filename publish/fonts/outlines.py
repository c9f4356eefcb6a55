"""Words drawn as outlines in the book's own sans, for what is to add no font to a page.

In: words. Out: their glyphs by number, how wide they are (em), each outline, in em: operators of
a path (ISO 32000-1, 8.5.2) with their points. HarfBuzz draws.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from publish.fonts.files import FACES, SANS

if TYPE_CHECKING:
    from uharfbuzz import DrawFuncs, Font

Segment = tuple[str, tuple[tuple[float, float], ...]]
"""An operator of a path, and its points."""


def glyphs(words: str) -> list[int]:
    """Return the numbers of the glyphs of words; what the font has not is left out."""
    found = (_font().get_nominal_glyph(ord(one)) for one in words)
    return [one for one in found if one]


def advance(glyph: int) -> float:
    """Return how wide a glyph is."""
    font = _font()
    return float(font.get_glyph_h_advance(glyph) / font.face.upem)


@cache
def outline(glyph: int) -> tuple[Segment, ...]:
    """Return the outline of a glyph, from a point on its base line."""
    path: list[Segment] = []
    _font().draw_glyph(glyph, _draw(), path)
    em = _font().face.upem
    return tuple((name, tuple((x / em, y / em) for x, y in points)) for name, points in path)


@cache
def _font() -> Font:
    from uharfbuzz import Blob, Face, Font

    face = next(one for one in FACES if one.family == SANS and one.style == "normal")
    return Font(Face(Blob(face.data())))


@cache
def _draw() -> DrawFuncs:
    """Return what takes note of an outline that is drawn; HarfBuzz makes cubic curves of others."""
    from uharfbuzz import DrawFuncs

    funcs = DrawFuncs()
    funcs.set_move_to_func(lambda x, y, path: path.append(("m", ((x, y),))))
    funcs.set_line_to_func(lambda x, y, path: path.append(("l", ((x, y),))))
    funcs.set_cubic_to_func(
        lambda x, y, to_x, to_y, end_x, end_y, path: path.append(
            ("c", ((x, y), (to_x, to_y), (end_x, end_y)))
        )
    )
    funcs.set_close_path_func(_close)
    return funcs


def _close(path: list[Segment]) -> None:
    """Close a path, which needs no line of its own to where it began."""
    start = next(points for operator, points in reversed(path) if operator == "m")
    if path[-1] == ("l", start):
        path.pop()
    path.append(("h", ()))
