"""The founts of a PDF: what is set of each in the parts of a book, and one of each for the whole.

In: the fonts of the engine, each with the glyphs that its part has set. Out: `Fount`s, and for all
parts together one PDF with a dictionary of fonts in which each is there once, cut down to
the glyphs that the book has (ISO 32000-1, 9.6 to 9.10). HarfBuzz cuts; the engine writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from typing import Any

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf.fonts import Font, build_fonts_dictionary

from publish.engine.parts import Fount, own_faces
from publish.fonts.subsets import set_alone

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


class _Cut(Font):  # type: ignore[misc]
    """A font of the engine, made again of what was kept of it."""

    def __init__(self, fount: Fount) -> None:
        for name, value in fount.known.items():
            setattr(self, name, value)
        self.file_content = fount.data
        self.widths = dict(sorted(fount.widths.items()))
        self.to_unicode = dict(sorted(fount.letters.items()))

    def subset(self, to_unicode: Mapping[int, str], hinting: bool) -> None:
        """Leave only the glyphs that are set, each with its number."""
        if not to_unicode:
            return
        self.file_content = set_alone(self.file_content, self.index, to_unicode, bool(self.missing))


def embedded(founts: Iterable[Fount]) -> bytes:
    """Return a PDF whose catalogue has an array, `Founts`, of these fonts."""
    pdf = pydyf.PDF()
    options = {**DEFAULT_OPTIONS, "pdf_version": "1.7"}
    # One by one: two that are of one key are two fonts.
    made = [
        build_fonts_dictionary(pdf, {one.key: _Cut(one)}, True, True, options) for one in founts
    ]
    pdf.catalog["Founts"] = pydyf.Array(font for fonts in made for font in fonts.values())
    out = BytesIO()
    pdf.write(out, "1.7", None, True)
    return out.getvalue()
