"""What the codes of a font mean: the letters by which a text that it shows is read.

In: a font of a PDF with its table ToUnicode (ISO 32000-1, 9.10.3). Out: its `Letters`. Raises
`NoPdf` for a table that breaks off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from struct import unpack

from msgspec import Struct
from pikepdf import Dictionary, Name, Stream

from publish.checks.pdf_reader import NoPdf

_MAPS = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.S)
_CODES = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_MOST = 1 << 16
"""Codes at the most in one range: a font has no more glyphs."""
FAULTS = (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError)
"""What comes of reading as a number or a list what is none."""


class Letters(Struct, frozen=True):
    """What the codes of a font mean, and of how many bytes one is."""

    letters: Mapping[int, str]
    width: int

    def texts(self, codes: bytes) -> list[str]:
        """Return the text of each glyph of a string; of a code that means nothing there is none."""
        letter, count = self.letters.get, len(codes) // self.width
        numbers = codes if self.width == 1 else unpack(f">{count}H", codes[: 2 * count])
        return [letter(number, "") for number in numbers]


def letters_of(font: Dictionary) -> Letters:
    """Return what the codes of a font mean; raises `NoPdf` where its table breaks off."""
    width = 2 if font.get("/Subtype") == Name.Type0 else 1
    table = font.get("/ToUnicode")
    try:
        rows = _letters(table.read_bytes()) if isinstance(table, Stream) else ()
        letters = {code: text for code, text in rows if code < 1 << 8 * width}
    except FAULTS as error:
        name = str(font.get("/BaseFont", "/?")).removeprefix("/")
        raise NoPdf(f"the font {name} does not say which letters it has") from error
    return Letters(letters, width)


def _letters(table: bytes) -> Iterator[tuple[int, str]]:
    """Yield the codes of a ToUnicode table and their texts."""
    for kind, rows in _MAPS.findall(table):
        tokens = iter(_CODES.findall(rows))
        for code, _, _ in tokens:
            first = int(code or b"0", 16)
            if kind == b"bfchar":
                yield first, _text(next(tokens)[0])
            else:
                yield from _range(first, tokens)


def _range(first: int, tokens: Iterator[tuple[bytes, bytes, bytes]]) -> Iterator[tuple[int, str]]:
    """Yield the codes of a row of a range: one text that counts on, or a list of texts."""
    last = min(int(next(tokens)[0] or b"0", 16), first + _MOST)
    value, opens, _ = next(tokens)
    if not opens:
        text = _text(value)
        for code in range(first, last + 1):
            yield code, text[:-1] + chr(ord(text[-1]) + code - first)
        return
    for code in range(first, last + 1):
        value, _, closes = next(tokens)
        if closes:
            return
        yield code, _text(value)
    next(tokens)


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
