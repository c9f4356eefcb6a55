"""Founts cast for a whole book: each font once, cut down to the glyphs that are set of it.

In: `Fount`s. Out: a PDF with a dictionary of each (ISO 32000-1, 9.6 to 9.10). HarfBuzz cuts; the
engine writes. Works with WeasyPrint 70.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO

import pydyf
from weasyprint import DEFAULT_OPTIONS
from weasyprint.pdf.fonts import Font, build_fonts_dictionary

from publish.engine.parts import Fount
from publish.fonts.subsets import set_alone


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


def cast(founts: Iterable[Fount]) -> bytes:
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
