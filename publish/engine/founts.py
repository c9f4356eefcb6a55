"""The founts of a PDF: what is set of each in the parts of a book, and one of each for the whole.

In: the fonts of the engine, each with the glyphs that its part has set. Out: `Fount`s, and for all
parts together one of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from publish.engine.parts import Fount, own_faces

_KEPT = (
    *("index", "font_size", "style", "family", "variations", "weight", "hash", "name"),
    *("ascent", "descent", "tables", "bitmap", "italic_angle", "upem", "png", "svg", "colr"),
    *("glyph_count", "stemv", "stemh", "missing", "used_in_forms", "flags"),
)
"""What the engine knows of a font beside its file and the glyphs that are set of it."""


def founts_of(fonts: Iterable[Any]) -> tuple[Fount, ...]:
    """Return the fonts of a document of the engine as they are once it was painted."""
    made = []
    for font in fonts:
        digest = sha256(font.file_content).hexdigest()
        known = {name: getattr(font, name) for name in _KEPT if hasattr(font, name)}
        file = digest if digest in own_faces() else bytes(font.file_content)
        widths, letters = dict(font.widths), dict(font.to_unicode)
        made.append(Fount(font.hash, str(font.family), file, known, widths, letters))
    return tuple(made)


def united(parts: Sequence[Sequence[Fount]]) -> list[dict[str, Fount]]:
    """Return for each part what font each of its keys means: one for all, where it can be.

    A letter that a font lacks has a glyph of its own there, with another number in each part: such
    a font is its part's alone.
    """
    shared: dict[str, Fount] = {}
    for founts in parts:
        for one in founts:
            if one.is_whole:
                before = shared.get(one.key)
                shared[one.key] = one.with_all_of(before) if before else one
    return [{one.key: shared[one.key] if one.is_whole else one for one in part} for part in parts]
