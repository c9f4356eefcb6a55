"""What is filled in in the forms of a PDF, which is no text of its pages.

In: an open PDF. Out: what is told of each field with words in it (ISO 32000-1, 12.7.3). Nothing of
a form is run; how it looks, which it may say as well, is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

from publish.importing.lines import plain

SHOWN = 30
"""Words of a field that are told."""
PASSWORD = 1 << 13
"""The flag of a field whose words are not to be seen (table 228)."""
DEEPEST = 32
"""Fields above a field that are asked for what it does not say itself."""


def filled(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Yield what is told of the fields, page by page, of each one once."""
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        annotations = page.obj.get("/Annots")
        for one in annotations if isinstance(annotations, pikepdf.Array) else ():
            if not isinstance(one, pikepdf.Dictionary) or one.get("/Subtype") != "/Widget":
                continue
            holder, value = _inherited(one, "/V")
            _, flags = _inherited(one, "/Ff")
            secret = isinstance(flags, int) and flags & PASSWORD
            words = _words(value).split()
            if not words or (holder.is_indirect and holder.objgen in seen):
                continue
            seen.add(holder.objgen)
            _, name = _inherited(one, "/TU")
            label = _words(name) or _words(_inherited(one, "/T")[1])
            if secret:
                yield f"on page {number} the field “{label}” holds a password, and is left out"
                continue
            said = " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
            yield f"on page {number} the field “{label}” is filled in, and left out: “{said}”"


def _inherited(field: Any, key: str) -> tuple[Any, Any]:
    """Return the field, this or one above it, that says something, and what it says."""
    at = field
    for _ in range(DEEPEST):
        if key in at:
            return at, at[key]
        above = at.get("/Parent")
        if not isinstance(above, pikepdf.Dictionary):
            break
        at = above
    return field, None


def _words(value: Any) -> str:
    """Return the words of a value: a text, several that are chosen, or a stream; "" for others."""
    if isinstance(value, pikepdf.Array):
        texts = (_words(one) for one in value if isinstance(one, pikepdf.String))
        return ", ".join(filter(None, texts))
    if isinstance(value, pikepdf.Stream):
        try:
            value = pikepdf.String(value.read_bytes())
        except pikepdf.PdfError:
            return "what cannot be read"
    return plain(str(value)) if isinstance(value, pikepdf.String) else ""
