"""The documents of an e-book: cover, title page, contents, a document for each chapter.

In: the `Book` of the EPUB edition and its pictures. Out: `Documents`, bytes of XHTML through the
templates in `templates/epub` (EPUB 3.3, “XHTML content documents”).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from markupsafe import Markup as Safe
from msgspec import Struct

from publish.book.inlines import PageBreak, plain
from publish.book.model import Book
from publish.book.structure import body_start
from publish.epub.frames import COVER, NAV, TITLE, rendered, written_marks
from publish.epub.markup import IMAGES, EpubMarkup
from publish.epub.navigation import Navigation, page_items
from publish.epub.page_list import PageList
from publish.ground.container import folded
from publish.ground.wording import wording
from publish.pictures.photos import Asset
from publish.settings.book_toml import Settings
from publish.text.composition import set_text
from publish.text.folios import FRONT
from publish.text.imprint import credit

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Document(Struct, frozen=True):
    """A content document: its file, its XHTML, its properties in the manifest."""

    file: str
    data: bytes
    properties: tuple[str, ...] = ()


class Documents(Struct, frozen=True):
    """All content documents in reading order, the NCX, and the ids of the photos they link to."""

    spine: tuple[Document, ...]
    ncx: bytes
    linked: frozenset[str]


def content_documents(
    book: Book,
    pictures: Mapping[str, Asset],
    cover: Asset | None,
    pages: PageList | None = None,
    identifier: str = "",
) -> Documents:
    """Return the documents of a book; `pages` are those of the print edition, marked in it.

    `identifier` is the URN of the edition; without one it is the e-book's.
    """
    files = chapter_files(book)
    markups = [EpubMarkup(book, chapter, files, pictures) for chapter in book.chapters]
    divisions = _divisions(book)
    texts = [
        _chapter(markup, files[markup.part.name], division)
        for markup, division in zip(markups, divisions, strict=True)
    ]
    start = next(
        (text.file for text, one in zip(texts, divisions, strict=True) if one == "bodymatter"),
        texts[0].file,
    )
    front = front_marks(pages, cover is not None)
    navigation = Navigation(book, files, page_items(pages, front, files))
    landmarks = _landmarks(markups, files, start, cover)
    labels = {markup.part.name: markup.label for markup in markups}
    nav = Document(NAV, navigation.nav(labels, landmarks, front["contents"]), ("nav",))
    fore = [_cover(book.settings, cover, front)] if cover else []
    spine = (*fore, _title_page(book.settings, front), nav, *texts)
    linked = frozenset(name for markup in markups for name in markup.linked)
    urn = identifier or book.settings.identifier("epub")
    return Documents(spine, navigation.ncx(urn, [(one.file, one.data) for one in spine]), linked)


def chapter_files(book: Book) -> dict[str, str]:
    """Return the file of each chapter by the chapter's name."""
    names = [chapter.name for chapter in book.chapters]
    files = safe_names((f"{name}.xhtml" for name in names), taken=(COVER, TITLE, NAV))
    return dict(zip(names, files, strict=True))


def safe_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Return file names of plain letters, figures, `.`, `_` and `-`, each one once."""
    known = {folded(name) for name in taken}
    made = []
    for name in names:
        stem, dot, suffix = name.rpartition(".")
        ascii_only = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
        stem = _UNSAFE.sub("-", ascii_only).strip("-.") or "file"
        safe, count = f"{stem}{dot}{suffix}", 1
        while folded(safe) in known:
            count += 1
            safe = f"{stem}-{count}{dot}{suffix}"
        known.add(folded(safe))
        made.append(safe)
    return made


def _divisions(book: Book) -> list[str]:
    """Tell front matter, body and back matter: the body runs from the first chapter to the last."""
    chapters, first = book.chapters, body_start(book)
    body = (at for at, chapter in enumerate(chapters) if chapter.role == "chapter")
    last = max(body, default=len(chapters))
    return [
        "frontmatter" if at < first else "bodymatter" if at <= last else "backmatter"
        for at in range(len(chapters))
    ]


def _chapter(markup: EpubMarkup, file: str, division: str) -> Document:
    chapter, settings = markup.part, markup.book.settings
    section = markup.section()
    named = {"title": plain(chapter.title.inlines)} if chapter.title else {}
    data = rendered("chapter.xhtml.j2", settings, division=division, section=Safe(section), **named)
    return Document(file, data, ("svg",) if "<svg " in section else ())


def front_marks(pages: PageList | None, has_cover: bool) -> dict[str, list[PageBreak]]:
    """Return the marks of the printed pages before the text, by the place that shows each."""
    marks: dict[str, list[PageBreak]] = {name: [] for name in FRONT}
    for name, mark in pages.front if pages else ():
        marks["title-page" if name == "front" and not has_cover else name].append(mark)
    return marks


def _cover(settings: Settings, cover: Asset, front: Mapping[str, list[PageBreak]]) -> Document:
    file, marks = IMAGES + cover_name(cover), written_marks(front["front"])
    return Document(COVER, rendered("cover.xhtml.j2", settings, image=file, marks=marks))


def cover_name(cover: Asset) -> str:
    """Return the file name of the cover's picture."""
    return f"cover.{cover.name.rpartition('.')[2]}"


def _title_page(settings: Settings, front: Mapping[str, list[PageBreak]]) -> Document:
    series = settings.series
    number = series.number if series else None
    shown = {
        "subtitle": settings.subtitle,
        "authors": _made_by(settings, "aut"),
        "editors": _made_by(settings, "edt"),
        "series": " ".join(str(one) for one in (series.name, number) if one) if series else "",
        "published": ", ".join(one for one in (settings.publisher, settings.place) if one),
    }
    data = rendered(
        "title.xhtml.j2",
        settings,
        **{name: set_text(words, settings.language) for name, words in shown.items()},
        year=settings.date[:4],
        imprint=_imprint(settings),
        marks={name: written_marks(front[name]) for name in ("title-page", "imprint")},
    )
    return Document(TITLE, data)


def _made_by(settings: Settings, role: str) -> str:
    return ", ".join(one.name for one in settings.contributors if one.role == role)


def _imprint(settings: Settings) -> list[str]:
    """Return the lines below the title page: what it does not yet tell of makers and edition."""
    words, responsible = wording(settings.language), settings.responsible
    makers = (
        credit(one, words)
        for one in settings.contributors
        if one.role not in ("aut", "edt") or one.organisation or one.country
    )
    named = f"{responsible.name}, {responsible.address}" if responsible else ""
    lines = (*makers, settings.edition, named and f"{words.responsible}: {named}", settings.rights)
    # A number stands as it is: no rule of the language may change it.
    numbers = (("ISBN", settings.identifiers.epub.shown), (f"{words.deposit}:", settings.deposit))
    return [set_text(line, settings.language) for line in lines if line] + [
        f"{name} {number}" for name, number in numbers if number
    ]


def _landmarks(
    markups: list[EpubMarkup], files: Mapping[str, str], start: str, cover: Asset | None
) -> list[tuple[str, str, str]]:
    """Return kind, address and words of the places that a reader may want to go to."""
    book = markups[0].book
    words = wording(book.settings.language)
    landmarks = [("cover", COVER, words.cover)] if cover else []
    landmarks += [("toc", "#toc", words.contents), ("bodymatter", start, words.beginning)]
    noted = next((markup for markup in markups if markup.part.notes), None)
    if noted:
        # A landmark is one place: the first of the sections of notes.
        landmarks.append(("endnotes", f"{files[noted.part.name]}#{noted.notes_id}", words.notes))
    index = next((one for one in book.chapters if one.index and one.title), None)
    if index and index.title:
        landmarks.append(("index", files[index.name], plain(index.title.inlines)))
    return landmarks
