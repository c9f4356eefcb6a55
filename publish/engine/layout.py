"""HTML → laid-out pages → PDF, by WeasyPrint.

In: a document, a style sheet and the bytes behind its `katern:` addresses. Out: `Pages` (the
engine's document with its problems) and PDF bytes. The engine's log is where it tells what it
ignored, so every line of it becomes a problem (P401). Works with WeasyPrint 70.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import weasyprint
from weasyprint import CSS, HTML, layout
from weasyprint.formatting_structure.boxes import FootnoteAreaBox
from weasyprint.layout import block, column, inline
from weasyprint.layout import page as page_layout
from weasyprint.layout import table as table_layout
from weasyprint.text import line_break
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from publish.engine.beginning import FIRST, Beginning, begun
from publish.engine.bindery import bound, saved
from publish.engine.casting import cast
from publish.engine.closing import closed
from publish.engine.column_floats import column_floats
from publish.engine.evening import even
from publish.engine.failing import failing, said
from publish.engine.levelling import levelled
from publish.engine.margins import Margins, set_in
from publish.engine.optimum import fault, optimum
from publish.engine.optimum.state import Case
from publish.engine.page_floats import page_floats
from publish.engine.parts import Leaf, Pages, Part, Variant, bare, part_of
from publish.engine.sharing import fair
from publish.engine.sparing import sparing
from publish.engine.steadying import VERSION, is_known, steady
from publish.engine.under_way import under_way
from publish.engine.writing import written
from publish.fonts.files import FACES, Face, font_faces
from publish.ground.guard import bounded
from publish.ground.problems import Problem, problem
from publish.paragraphs.hyphenation import Hyphenation, points
from publish.paragraphs.manner import Manner

FONTS = "katern:fonts/"
_ANY_WORD = "onderwaterschap"
"""Long enough to be looked for in all that tells where words may be broken."""
_NO_LANGUAGE = "zxx"
"""That of a page without words (ISO 639-2)."""
_ALONE = threading.Lock()
"""Held while the engine lays out or writes: for so long its modules are changed for all threads."""


class Resources(URLFetcher):
    """Hands out what is behind `katern:` addresses, and nothing else in the world."""

    def __init__(
        self, given: Mapping[str, tuple[bytes, str]], faces: Sequence[Face] = FACES
    ) -> None:
        super().__init__(allowed_protocols=("katern",), allow_redirects=False)
        self._given = dict(given)
        for face in faces:
            self._given.setdefault(FONTS + face.file, (face.data(), "font/otf"))

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the bytes behind an address; raises ValueError for one that is not given."""
        if url not in self._given:
            raise ValueError(f"{url} is not part of the book")
        data, media_type = self._given[url]
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


def lay_out(
    html: str,
    css: str,
    given: Mapping[str, tuple[bytes, str]],
    extra: Sequence[Face] = (),
    manner: Manner | None = None,
    where: Beginning = FIRST,
    case: Case | None = None,
    margins: Margins = "all",
) -> Pages:
    """Lay a document out; `given` maps an address to its bytes and media type.

    `extra` are the faces of the fonts that the book brings; `manner` is how paragraphs are broken,
    None for first-fit; `where` tells where in its book the document begins. What was measured of
    type is kept in the `case`, for the other documents of the book. `margins` are those that are
    set; of “folios” nothing else is seen.
    """
    with _ALONE, bounded(), _log() as lines:
        faces = (*FACES, *extra)
        resources = Resources(given, faces)
        sheet, fonts, told = _styled(css, faces)
        lines += told
        source = HTML(string=html, url_fetcher=resources, base_url="katern:/")
        version = weasyprint.__version__
        with (
            failing(),
            sparing(version, line_break, inline),
            levelled(version, block),
            steady(version, block, column, FootnoteAreaBox),
            closed(version, block),
            fair(version, table_layout),
            page_floats(version, block, page_layout),
            column_floats(version, block),
            optimum(manner, case),
            even(version, inline, line_break.line_size),
            under_way(version, block),
            begun(version, layout, where),
            set_in(layout, margins),
        ):
            document = source.render(font_config=fonts, stylesheets=[sheet])
    unplanned = [problem("P420", None, reason=fault())] if manner and fault() else []
    if margins == "folios":
        bare(document)
    part = part_of(document, [*said(lines), *_of_another_version(), *unplanned])
    return Pages((part,), part.problems)


def make_ready(css: str, faces: Sequence[Face], language: str) -> None:
    """Read beforehand what all documents of a book are laid out with.

    Words of a `language` are to be broken, where it is not "".
    """
    _styled(css, (*FACES, *faces))
    if language:
        points(_ANY_WORD, language, Hyphenation(listed=True))


@lru_cache(maxsize=2)
def _styled(css: str, faces: tuple[Face, ...]) -> tuple[CSS, FontConfiguration, tuple[str, ...]]:
    """Return a style sheet with its fonts, and what the engine had to say of it.

    Read once for the layouts of a book, of which there are several.
    """
    with _log() as lines:
        fonts = FontConfiguration()
        css = f"{font_faces(FONTS, faces)}\n{css}"
        sheet = CSS(string=css, font_config=fonts, url_fetcher=Resources({}, faces))
    return sheet, fonts, tuple(lines)


def blank(like: Leaf, count: int) -> Part:
    """Return so many blank pages of the size of another."""
    css = f"@page {{ size: {like.width}px {like.height}px; margin: 0; bleed: {like.bleed}px }}"
    css += " p { break-after: page } p:last-child { break-after: auto }"
    with _ALONE:
        document = HTML(
            string=f'<html lang="{_NO_LANGUAGE}">{"<p></p>" * count}</html>',
            base_url="katern:/",
            url_fetcher=Resources({}),
        ).render(stylesheets=[CSS(string=css)])
    return part_of(document)


def write_pdf(pages: Pages, variant: Variant = "") -> tuple[bytes, list[Problem]]:
    """Return laid-out pages as PDF bytes; "pdf/ua-1" is tagged for a screen reader."""
    found = [one for part in pages.parts for one in write(part, variant)]
    found += [one for part in pages.parts if part.over for one in write(part.over, "")]
    parts = [part.written[variant] for part in pages.parts]
    over = [part.over.written[""] if part.over else None for part in pages.parts]
    with bound(pages, parts, over, cast) as whole:
        data = saved(whole)
    return data, [*dict.fromkeys(found), *whole.problems]


def write(part: Part, variant: Variant) -> list[Problem]:
    """Write a part as PDF, if it is not yet; return what the engine had to say of that."""
    if variant in part.written:
        return []
    whole = part if part.document else part.again and part.again()
    assert whole
    with _ALONE, bounded(), failing(), _log() as lines:
        part.written[variant] = written(whole.document, variant)
    return said(lines)


class _Lines(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _log() -> Iterator[list[str]]:
    """Catch the engine's log, and keep it from the terminal."""
    logger = logging.getLogger("weasyprint")
    handler = _Lines()
    before = logger.handlers[:], logger.propagate, logger.level
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING)
    try:
        yield handler.lines
    finally:
        logger.handlers, logger.propagate, level = before
        logger.setLevel(level)


def _of_another_version() -> list[Problem]:
    """Tell of an engine that is not the one whose pages can be steadied."""
    version = weasyprint.__version__
    return [] if is_known(version) else [problem("P418", None, version=version, known=VERSION)]
