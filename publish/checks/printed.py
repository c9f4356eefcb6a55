"""The letters of printed pages, as pdfium reads them.

In: a PDF. Out: a `Printed` for each page. Letters and figures alone are kept, all small.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path

import pypdfium2
from msgspec import Struct

from publish.checks.pdf_reader import reading

_HYPHEN = re.compile("[-\u2010\u2011\ufffe]")
"""A hyphen; pdfium gives one that ends a line as U+FFFE."""


class Printed(Struct, frozen=True):
    """The letters of a printed page, as they are painted; `joints` are where a hyphen follows."""

    letters: str
    joints: frozenset[int]

    @classmethod
    def of(cls, text: str) -> Printed:
        """Return a page whose text is given as pdfium reads it."""
        parts = [letters(one) for one in _HYPHEN.split(text)]
        return cls("".join(parts), frozenset(itertools.accumulate(map(len, parts[:-1]))))

    def breaks_after(self, words: str) -> bool:
        """Tell whether words stand on the page with a hyphen after them."""
        places = re.finditer(f"(?={re.escape(words)})", self.letters)
        return any(place.start() + len(words) in self.joints for place in places)


def printed_pages(path: Path) -> list[Printed]:
    """Return the pages of a PDF."""
    with reading(path), pypdfium2.PdfDocument(path) as pdf:
        return [Printed.of(page.get_textpage().get_text_range()) for page in pdf]


def letters(text: str) -> str:
    """Return the letters and figures of a text, all small, ligatures dissolved."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())
