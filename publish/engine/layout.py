"""HTML → laid-out pages → PDF. The only import of WeasyPrint.

In: a document, a style sheet and the bytes behind its `katern:` addresses. Out: `Pages` (the
engine's document with its problems) and PDF bytes. The engine's log is where it tells what it
ignored, so every line of it becomes a problem (P401); a font that is not the book's is one (P402).
Works with WeasyPrint 70.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any

import weasyprint
from weasyprint import CSS, HTML, layout
from weasyprint.formatting_structure.boxes import FootnoteAreaBox
from weasyprint.layout import block, column, inline
from weasyprint.layout import page as page_layout
from weasyprint.text.fonts import FontConfiguration
from weasyprint.text.line_break import line_size
from weasyprint.urls import URLFetcher, URLFetcherResponse

from publish.engine.beginning import FIRST, Beginning, begun
from publish.engine.binding import Bound, bind, with_folios
from publish.engine.column_floats import column_floats
from publish.engine.evening import even
from publish.engine.margins import Margins, set_in
from publish.engine.optimum import fault, optimum
from publish.engine.optimum.state import Case
from publish.engine.page_floats import page_floats
from publish.engine.parts import Pages, Part, Variant, Written, bare, part_of
from publish.engine.steadying import VERSION, is_known, steady
from publish.engine.under_way import under_way
from publish.engine.writing import written
from publish.fonts.brought import EXTRA
from publish.fonts.files import FACES, SANS, SERIF, Face, font_faces
from publish.ground.guard import bounded, too_large, where
from publish.ground.problems import Problem, Unmakeable, problem
from publish.paragraphs.manner import Manner

FONTS = "katern:fonts/"
_SHOWN, _WORDS = 12, 40
"""Letters, and characters of their surroundings, that are told of a font that is not the book's."""
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
        steadied = steady(version, block, column, FootnoteAreaBox)
        with (
            _guarded(),
            steadied,
            page_floats(version, block, page_layout),
            column_floats(version, block),
            optimum(manner, case),
            even(version, inline, line_size),
            under_way(version, block),
            begun(version, layout, where),
            set_in(layout, margins),
        ):
            document = source.render(font_config=fonts, stylesheets=[sheet])
    unplanned = [problem("P420", None, reason=fault())] if manner and fault() else []
    if margins == "folios":
        bare(document)
    part = part_of(document, [*_problems(lines), *_of_another_version(), *unplanned])
    return Pages((part,), part.problems)


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


def with_blanks(pages: Pages, multiple: int, before_last: bool) -> Pages:
    """Return pages filled up with blank ones to a multiple; a cover at the end stays there."""
    missing = -pages.count % multiple
    if not missing:
        return pages
    first = pages.leaves[-1]
    size = f"{first.width}px {first.height}px"
    css = f"@page {{ size: {size}; margin: 0; bleed: {first.bleed}px }}"
    css += " p { break-after: page } p:last-child { break-after: auto }"
    with _ALONE:
        document = HTML(
            string=f'<html lang="{_NO_LANGUAGE}">{"<p></p>" * missing}</html>',
            base_url="katern:/",
            url_fetcher=Resources({}),
        ).render(stylesheets=[CSS(string=css)])
    at = len(pages.parts) - before_last
    parts = *pages.parts[:at], part_of(document), *pages.parts[at:]
    return Pages(parts, pages.problems)


def write_pdf(pages: Pages, variant: Variant = "") -> tuple[bytes, list[Problem]]:
    """Return laid-out pages as PDF bytes; "pdf/ua-1" is tagged for a screen reader."""
    said = [one for part in pages.parts for one in write(part, variant)]
    said += [one for part in pages.parts if part.over for one in write(part.over, "")]
    parts = [part.written[variant] for part in pages.parts]
    over = [part.over.written[""] if part.over else None for part in pages.parts]
    with bound(pages, parts, over) as whole:
        data = saved(whole)
    return data, [*dict.fromkeys(said), *whole.problems]


@contextmanager
def bound(
    pages: Pages, parts: Sequence[Written], over: Sequence[Written | None]
) -> Iterator[Bound]:
    """Bind the parts of laid-out pages into one PDF, with what is laid over each of them.

    What is wrong with the whole is told with it: links that lead nowhere, fonts of nobody's.
    """
    written = [*parts, *(one for one in over if one)]
    found = [*_problems(_lost(pages)), *_foreign(pages, written)]
    with ExitStack() as opened:
        with _guarded():
            pdf, folios = bind(pages, parts, over, opened)
        left = dict.fromkeys(kind for one in written for kind in one.left)
        yield Bound(pdf, folios, tuple(left), found)


def saved(whole: Bound) -> bytes:
    """Return the bytes of a PDF that was bound, its folios laid over its pages."""
    with _guarded():
        return with_folios(whole)


def write(part: Part, variant: Variant) -> list[Problem]:
    """Write a part as PDF, if it is not yet; return what the engine had to say of that."""
    if variant in part.written:
        return []
    whole = part if part.document else part.again and part.again()
    assert whole
    with _ALONE, bounded(), _guarded(), _log() as lines:
        part.written[variant] = written(whole.document, variant)
    return _problems(lines)


def _lost(pages: Pages) -> list[str]:
    """Return what there is to say of links that lead nowhere."""
    there = {name for leaf in pages.leaves for name in leaf.anchors}
    links = dict.fromkeys(link for leaf in pages.leaves for link in leaf.links)
    return [f"No anchor #{link} for internal URI reference" for link in links if link not in there]


def _foreign(pages: Pages, parts: Sequence[Written]) -> list[Problem]:
    """Report every font of the pages that is not one of the book's own, and what it is for."""
    own = {face.family for face in FACES} | {SERIF, SANS, EXTRA}
    foreign: dict[str, set[str]] = {}
    for fount in (one for part in parts for one in part.founts):
        name = fount.family.strip('"')
        if not any(name.replace("-", " ").startswith(one) for one in own):
            foreign.setdefault(name, set()).update("".join(fount.letters.values()))
    return [
        problem("P402", None, font=name, where=_where(pages, letters))
        for name, letters in sorted(foreign.items())
    ]


def _where(pages: Pages, letters: set[str]) -> str:
    """Return which letters a font is asked for, and the first words in which one of them stands."""
    letters = {one for one in letters if one.isprintable() and not one.isspace()}
    if not letters:
        return ""
    shown = "".join(sorted(letters))
    told = f" for “{shown[:_SHOWN]}{'…' if len(shown) > _SHOWN else ''}”"
    for number, page in enumerate(pages.boxes, 1):
        for box in page.descendants():
            if box.kind == "text" and letters.intersection(box.text):
                return f"{told}, first in “{box.text.strip()[:_WORDS]}” on page {number}"
    return told


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


@contextmanager
def _guarded() -> Iterator[None]:
    """Make a problem of whatever the engine raises: on rare pages it fails instead of telling."""
    try:
        yield
    except Unmakeable:
        raise
    except MemoryError as error:
        raise Unmakeable(too_large()) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        advice = "It fails on these pages. Undo the last change, or give a picture another place."
        raise Unmakeable(problem("P401", where(), reason=reason, advice=advice)) from error


def _problems(lines: list[str]) -> list[Problem]:
    advice = "The style sheet, a picture or a link asks for what the engine cannot do."
    return [problem("P401", None, reason=line, advice=advice) for line in lines]


def _of_another_version() -> list[Problem]:
    """Tell of an engine that is not the one whose pages can be steadied."""
    version = weasyprint.__version__
    return [] if is_known(version) else [problem("P418", None, version=version, known=VERSION)]
