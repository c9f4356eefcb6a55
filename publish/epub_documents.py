"""The documents of an e-book: cover, title page, contents, a document for each chapter, NCX.

In: the `Book` of the EPUB edition and its pictures. Out: `Documents`, bytes of XHTML through the
templates in `templates/epub` (EPUB 3.3, “XHTML content documents” and “EPUB navigation document”;
the NCX of EPUB 2.0.1 for older reading systems).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup as Safe

from publish.book import Book, Chapter
from publish.composition import set_text
from publish.container import folded
from publish.contents import Entry, contents, flat
from publish.epub_markup import IMAGES, EpubMarkup, page_mark
from publish.folios import FRONT
from publish.imprint import credit
from publish.inlines import PageBreak, plain
from publish.page_list import PageList
from publish.photos import Asset
from publish.settings import Settings
from publish.wording import direction, wording

COVER, TITLE, NAV, NCX = "cover.xhtml", "title.xhtml", "nav.xhtml", "toc.ncx"
STYLE = "style/book.css"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Document:
    """A content document: its file, its XHTML, its properties in the manifest."""

    file: str
    data: bytes
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Documents:
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
    divisions = _divisions(book.chapters)
    texts = [
        _chapter(markup, files[markup.part.name], division)
        for markup, division in zip(markups, divisions, strict=True)
    ]
    entries = contents(book, book.settings.epub.contents_depth) or (_whole(book),)
    start = next(
        (text.file for text, one in zip(texts, divisions, strict=True) if one == "bodymatter"),
        texts[0].file,
    )
    front = front_marks(pages, cover is not None)
    nav = _nav(book, files, entries, start, markups, cover, _page_items(pages, front, files), front)
    fore = [_cover(book.settings, cover, front)] if cover else []
    spine = (*fore, _title_page(book.settings, front), nav, *texts)
    linked = frozenset(name for markup in markups for name in markup.linked)
    urn = identifier or book.settings.identifier("epub")
    return Documents(spine, _ncx(book, files, entries, urn), linked)


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


def _divisions(chapters: tuple[Chapter, ...]) -> list[str]:
    """Tell front matter, body and back matter: the body runs from the first chapter to the last."""
    body = [at for at, chapter in enumerate(chapters) if chapter.role == "chapter"]
    first, last = (body[0], body[-1]) if body else (0, len(chapters))
    return [
        "frontmatter" if at < first else "bodymatter" if at <= last else "backmatter"
        for at in range(len(chapters))
    ]


def _chapter(markup: EpubMarkup, file: str, division: str) -> Document:
    chapter, settings = markup.part, markup.book.settings
    section = markup.section()
    named = {"title": plain(chapter.title.inlines)} if chapter.title else {}
    data = _rendered(
        "chapter.xhtml.j2", settings, division=division, section=Safe(section), **named
    )
    return Document(file, data, ("svg",) if "<svg " in section else ())


def front_marks(pages: PageList | None, has_cover: bool) -> dict[str, list[PageBreak]]:
    """Return the marks of the printed pages before the text, by the place that shows each."""
    marks: dict[str, list[PageBreak]] = {name: [] for name in FRONT}
    for name, mark in pages.front if pages else ():
        marks["title-page" if name == "front" and not has_cover else name].append(mark)
    return marks


def _page_items(
    pages: PageList | None, front: Mapping[str, list[PageBreak]], files: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Return address and label of each printed page, in reading order."""
    if pages is None:
        return []
    shown = {"front": COVER, "title-page": TITLE, "imprint": TITLE, "contents": NAV}
    marks = [(shown[name], mark) for name in FRONT for mark in front[name]]
    marks += [(files[chapter], mark) for chapter, mark in pages.text]
    return [(f"{file}#{mark.id}", mark.label) for file, mark in marks]


def _marks(marks: Iterable[PageBreak]) -> Safe:
    return Safe("".join(f"{page_mark(mark)}\n" for mark in marks))


def _cover(settings: Settings, cover: Asset, front: Mapping[str, list[PageBreak]]) -> Document:
    file, marks = IMAGES + cover_name(cover), _marks(front["front"])
    return Document(COVER, _rendered("cover.xhtml.j2", settings, image=file, marks=marks))


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
    data = _rendered(
        "title.xhtml.j2",
        settings,
        **{name: set_text(words, settings.language) for name, words in shown.items()},
        year=settings.date[:4],
        imprint=_imprint(settings),
        marks={name: _marks(front[name]) for name in ("title-page", "imprint")},
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
    # A number stands as it was given: no rule of the language may change it.
    numbers = (("ISBN", settings.identifiers.epub), (f"{words.deposit}:", settings.deposit))
    return [set_text(line, settings.language) for line in lines if line] + [
        f"{name} {number}" for name, number in numbers if number
    ]


def _nav(
    book: Book,
    files: Mapping[str, str],
    entries: tuple[Entry, ...],
    start: str,
    markups: list[EpubMarkup],
    cover: Asset | None,
    pages: list[tuple[str, str]],
    front: Mapping[str, list[PageBreak]],
) -> Document:
    words = wording(book.settings.language)
    by_name = {markup.part.name: markup for markup in markups}
    with_notes = [markup for markup in markups if markup.part.notes]
    landmarks = [("cover", COVER, words.cover)] if cover else []
    landmarks += [("toc", "#toc", words.contents), ("bodymatter", start, words.beginning)]
    if with_notes:
        # A landmark is one place: the first of the sections of notes.
        address = f"{files[with_notes[0].part.name]}#{with_notes[0].notes_id}"
        landmarks.append(("endnotes", address, words.notes))
    index = next((one for one in book.chapters if one.index and one.title), None)
    if index and index.title:
        landmarks.append(("index", files[index.name], plain(index.title.inlines)))

    def item(entry: Entry) -> dict[str, object]:
        children = [item(child) for child in entry.children]
        label = Safe(by_name[entry.chapter].label(entry.inlines)) or entry.title
        return {"href": _address(entry, files), "label": label, "children": children}

    items = [item(entry) for entry in entries]
    data = _rendered(
        "nav.xhtml.j2",
        book.settings,
        items=items,
        landmarks=landmarks,
        pages=pages,
        marks=_marks(front["contents"]),
    )
    return Document(NAV, data, ("nav",))


def _ncx(
    book: Book, files: Mapping[str, str], entries: tuple[Entry, ...], identifier: str
) -> bytes:
    order = {id(entry): number for number, entry in enumerate(flat(entries), 1)}

    def item(entry: Entry) -> dict[str, object]:
        children = [item(child) for child in entry.children]
        address, number = _address(entry, files), order[id(entry)]
        return {"href": address, "label": entry.title, "number": number, "children": children}

    items = [item(entry) for entry in entries]
    return _rendered("toc.ncx.j2", book.settings, identifier=identifier, items=items)


def _address(entry: Entry, files: Mapping[str, str]) -> str:
    """Return where an entry leads: a chapter's own file, or a heading in it."""
    return files[entry.chapter] if entry.level == 1 else f"{files[entry.chapter]}#{entry.id}"


def _whole(book: Book) -> Entry:
    """Return the one entry of a book none of whose chapters stands in the contents."""
    title = set_text(book.settings.title, book.settings.language)
    return Entry(title, (), book.chapters[0].name, "", 1)


def _rendered(template: str, settings: Settings, **values: object) -> bytes:
    language = settings.language
    book_title = set_text(settings.title, language)
    markup = (
        _environment()
        .get_template(template)
        .render(
            language=language,
            direction=direction(language),
            words=wording(language),
            style=STYLE,
            book_title=book_title,
            **({"title": book_title} | values),
        )
    )
    return markup.encode("utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("publish", "templates/epub"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
