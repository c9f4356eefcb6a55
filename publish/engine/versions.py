"""The versions of what pages are laid out by: the engine, and the libraries that shape its text.

In: nothing. Out: their names and numbers. Pages of another version may be others. Works with
WeasyPrint 70.
"""

from __future__ import annotations

import weasyprint
from weasyprint.text.ffi import ffi, harfbuzz, pango

_PARTS = 100
"""A version of Pango is three numbers to this base but for the first (`pango_version`)."""
# The engine never asks for it.
ffi.cdef("const char *hb_version_string(void);")


def engine_version() -> str:
    """Return the versions of all that pages are laid out by."""
    libraries = f"Pango {pango_version()}, HarfBuzz {harfbuzz_version()}"
    return f"WeasyPrint {weasyprint.__version__}, {libraries}"


def pango_version() -> str:
    """Return the version of Pango, which the system brings: it shapes the letters of all pages."""
    whole, last = divmod(int(pango.pango_version()), _PARTS)
    first, second = divmod(whole, _PARTS)
    return f"{first}.{second}.{last}"


def harfbuzz_version() -> str:
    """Return the version of HarfBuzz, which the system brings: it chooses and places the glyphs."""
    return str(ffi.string(harfbuzz.hb_version_string()), "ascii")
