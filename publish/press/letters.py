"""How far text runs on its line (ISO 32000-1, 9.4.4).

In: fonts, and what is shown in them. Out: the widths of their glyphs, in em (9.6.2, 9.7.4.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct
from pikepdf import Array, Dictionary, Name, String

_USUAL = 0.5
"""The width of a glyph (em) of which the file tells none."""


class Widths(Struct, frozen=True):
    """The widths of a font's glyphs by their codes, each of so many bytes."""

    known: Mapping[int, float]
    usual: float = _USUAL
    bytes: int = 1

    def of(self, shown: Any) -> list[tuple[int, float]]:
        """Return the codes of a string, each with its width."""
        if not isinstance(shown, String):
            return []
        data, size = bytes(shown), self.bytes
        codes = (int.from_bytes(data[at : at + size], "big") for at in range(0, len(data), size))
        return [(code, self.known.get(code, self.usual)) for code in codes]


def widths_of(font: Any) -> Widths:
    """Return the widths of a font's glyphs; the usual ones where it does not tell them."""
    composite = isinstance(font, Dictionary) and font.get("/Subtype") == Name.Type0
    try:
        return _composite(font.DescendantFonts[0]) if composite else _simple(font)
    except Exception:  # an odd font makes a rectangle less exact, and nothing else
        return Widths({}, bytes=2 if composite else 1)


def _simple(font: Any) -> Widths:
    unit = float(font.FontMatrix[0]) if font.get("/Subtype") == Name.Type3 else 0.001
    first, given = int(font.get("/FirstChar", 0)), font.get("/Widths", Array())
    known = {first + at: float(one) * unit for at, one in enumerate(given)}
    missing = font.get("/FontDescriptor", Dictionary()).get("/MissingWidth", 0)
    return Widths(known, float(missing) * unit if known else _USUAL)


def _composite(font: Any) -> Widths:
    given = list(_ranges(list(font.get("/W", Array()))))
    known = {code: width / 1000 for codes, width in given for code in codes}
    return Widths(known, float(font.get("/DW", 1000)) / 1000, bytes=2)


def _ranges(given: list[Any]) -> Iterator[tuple[range, float]]:
    """Yield codes and their width: `c [w w …]` or `first last w`, one after another."""
    at = 0
    while at + 1 < len(given):
        first = int(given[at])
        if isinstance(given[at + 1], Array):
            for code, width in enumerate(given[at + 1], first):
                yield range(code, code + 1), float(width)
            at += 2
        else:
            yield range(first, min(int(given[at + 1]), 0xFFFF) + 1), float(given[at + 2])
            at += 3
