"""The text of a PDF's pages, run by run, in the order in which it is painted.

In: a PDF. Out: the `Run`s of each page. A run is what one text-showing operator paints: a line, or
as much of it as is set in one style. Form XObjects are looked into. Raises `NoPdf` for what is no
PDF.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from publish.checks.pdf_reader import reading

_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text, and its foot and head in points above the page's origin.

    Within a form XObject these are above the form's origin.
    """

    text: str
    foot: float
    head: float


def runs_of(path: Path) -> list[list[Run]]:
    """Return the runs of every page."""
    with reading(path):
        document = pypdfium2.PdfDocument(path)
        try:
            return [_page_runs(document[index]) for index in range(len(document))]
        finally:
            document.close()


def _page_runs(page: Any) -> list[Run]:
    text_page = page.get_textpage()
    texts = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEPTH)
    runs = []
    for text in texts:
        _, foot, _, head = text.get_bounds()
        runs.append(Run(_text(text, text_page), foot, head))
    return runs


def _text(text: Any, text_page: Any) -> str:
    size = raw.FPDFTextObj_GetText(text.raw, text_page.raw, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFTextObj_GetText(text.raw, text_page.raw, pointer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
