"""Gradients of drawings as what they are: patterns of a shading (ISO 32000-1, 8.7.4.3).

In: a PDF as the layout engine wrote it, its colours set in inks or not. Out: the same PDF, changed
in place. The engine paints a gradient as a tile as large as what it fills, in which a group is
painted by a shading. Of a tile that is one unit large, as most are, Poppler draws a dot (Splash, in
Okular and pdftoppm), and between tiles MuPDF shows a seam. A gradient that lets light through has a
mask in its tile, and keeps both, measured in points.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from pikepdf import Array, Dictionary, Pdf, Stream

_UNIT = [0.0, 0.0, 1.0, 1.0]


def plain_gradients(pdf: Pdf) -> None:
    """Replace each tile that a shading alone fills by that shading; enlarge those of one unit."""
    made: dict[tuple[int, int], Any] = {}
    for item in list(pdf.objects):
        if not isinstance(item, Stream) or item.get("/PatternType") != 1:
            continue
        if (shading := _shading_of(item)) is not None:
            pattern = Dictionary(PatternType=2, Shading=shading, Matrix=item.get("/Matrix"))
            made[item.objgen] = pdf.make_indirect(pattern)
        elif [float(side) for side in item.BBox] == _UNIT:
            _enlarge(item)
    for owner in pdf.objects if made else ():
        if isinstance(owner, Dictionary | Stream):
            for resources in (owner, owner.get("/Resources")):
                _replace(resources, made)


def _enlarge(tile: Stream) -> None:
    """Measure a tile of one unit in points: what it shows stays as large as it was."""
    a, b, c, d, e, f = (float(one) for one in tile.Matrix)
    wide, high = math.hypot(a, b) or 1.0, math.hypot(c, d) or 1.0
    tile.BBox = Array([0, 0, wide, high])
    tile.XStep, tile.YStep = wide, high
    tile.Matrix = Array([a / wide, b / wide, c / high, d / high, e, f])
    tile.write(f"{wide:.6f} 0 0 {high:.6f} 0 0 cm\n".encode() + tile.read_bytes())


def _replace(resources: Any, made: Mapping[tuple[int, int], Any]) -> None:
    patterns: Any = resources.get("/Pattern") if isinstance(resources, Dictionary) else None
    for name, one in patterns.items() if isinstance(patterns, Dictionary) else ():
        if one.objgen in made:
            patterns[name] = made[one.objgen]


def _shading_of(tile: Stream) -> Any:
    """Return the shading that fills a tile and is all that is in it; None for anything else."""
    resources: Any = tile.get("/Resources", Dictionary())
    match tile.read_bytes().split():
        case [state, b"gs", name, b"Do"]:
            given = resources.get("/ExtGState", Dictionary()).get(state.decode())
            form = resources.get("/XObject", Dictionary()).get(name.decode())
        case _:
            return None
    if given is None or {*given.keys()} != {"/ca"} or given.ca != 1 or not isinstance(form, Stream):
        return None
    match form.read_bytes().split():
        case [name, b"sh"]:
            return form.Resources.Shading.get(name.decode())
    return None
