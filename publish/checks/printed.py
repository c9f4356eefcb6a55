"""The letters of printed pages, as pdfium reads them.

In: a PDF. Out: a `Printed` for each page. Letters and figures alone are kept, all small. Of a
book in which words go either way pdfium gives them, and not always in the order in which they were
written.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from pathlib import Path

import pypdfium2
from msgspec import Struct

from publish.checks.any_order import of_letters
from publish.checks.pdf_reader import reading

_HYPHEN = re.compile("[-\u2010\u2011\ufffe]")
"""A hyphen; pdfium gives one that ends a line as U+FFFE."""


class Printed(Struct, frozen=True):
    """The letters of a printed page, as they are painted; `joints` are where a hyphen follows."""

    letters: str
    joints: frozenset[int]

    @classmethod
    def of(cls, text: str, known: str = "") -> Printed:
        """Return a page whose text is given as pdfium reads it, `known` are letters to be found."""
        lines = (_as_written(line, known) for line in text.splitlines())
        parts = [letters(one) for one in _HYPHEN.split("\n".join(lines))]
        return cls("".join(parts), frozenset(itertools.accumulate(map(len, parts[:-1]))))

    def breaks_after(self, words: str) -> bool:
        """Tell whether words stand on the page with a hyphen after them."""
        places = re.finditer(f"(?={re.escape(words)})", self.letters)
        return any(place.start() + len(words) in self.joints for place in places)


def printed_pages(path: Path, known: str = "") -> list[Printed]:
    """Return the pages of a PDF, in which some `letters` are to be found."""
    with reading(path), pypdfium2.PdfDocument(path) as pdf:
        return [Printed.of(page.get_textpage().get_text_range(), known) for page in pdf]


def _as_written(line: str, known: str) -> str:
    """Return a line as the letters that are to be found have it, in whatever order it is given."""
    found = of_letters(line, known) if known and letters(line) not in known else []
    return found[0] + (line[-1] if _HYPHEN.match(line[-1]) else "") if found else line


def letters(text: str) -> str:
    """Return the letters and figures of a text, all small, ligatures dissolved."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())
