"""A part of a book written as PDF by itself, with what only the whole book can settle left open.

In: a document of the engine. Out: `Written`: a PDF whose links lead to names that other parts may
have, without names and outline of its own, whose fonts are stand-ins; and those fonts. `binding`
makes one PDF of all parts. Works with WeasyPrint 70.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint
from weasyprint import pdf as engine
from weasyprint.document import Document
from weasyprint.layout import inline
from weasyprint.pdf import tags
from weasyprint.text import line_break

from publish.engine.evening import shifting
from publish.engine.founts import founts_of
from publish.engine.origins import telling
from publish.engine.parts import Variant, Written
from publish.engine.sparing import sparing


def written(document: Document, variant: Variant) -> Written:
    """Return a document as the PDF of a part; "pdf/ua-1" is tagged for a screen reader."""
    options: dict[str, Any] = {"pdf_variant": variant} if variant else {}
    version = weasyprint.__version__
    with (
        _open(),
        sparing(version, line_break, inline),
        telling(version, tags, pydyf.String),
        shifting(version, pydyf.Stream),
    ):
        data = document.write_pdf(custom_metadata=False, **options)
    return Written(data, founts_of(document.fonts.values()))


@contextmanager
def _open() -> Iterator[None]:
    """Leave open for as long as a part is written what is settled for all parts."""
    kept = engine.resolve_links, engine.add_outlines, engine.build_fonts_dictionary
    engine.resolve_links, engine.add_outlines = _links, lambda *_: ([], 0)
    engine.build_fonts_dictionary = _stand_ins
    try:
        yield
    finally:
        engine.resolve_links, engine.add_outlines, engine.build_fonts_dictionary = kept


def _links(pages: Iterable[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Yield the links of each page, wherever they lead, and no names."""
    for page in pages:
        yield list(page.links), []


def _stand_ins(pdf: Any, fonts: dict[Any, Any], *_: Any) -> Any:
    """Return a dictionary in which each font is a dictionary without anything in it."""
    made = pydyf.Dictionary()
    for font in fonts.values():
        made[font.hash] = pydyf.Dictionary({"Type": "/Font"})
    return made
