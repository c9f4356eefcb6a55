"""The extract of a book: its first chapters, for a reader who has yet to decide.

In: the `Book` of the EPUB edition. Out: a `Book` with what stands before the first chapter, so many
chapters of it, and a last page that tells where the whole is to be had. What refers to a part that
is left out becomes words without a link. The extract is an edition of its own: it bears none of
the numbers of the whole.
"""

from __future__ import annotations

import dataclasses

from msgspec import structs

from publish.book.inlines import (
    Attrs,
    CrossReference,
    Emphasis,
    Inline,
    Inlines,
    Link,
    Strong,
    Styled,
    Text,
)
from publish.book.model import Block, Book, Chapter, Heading, Paragraph
from publish.book.walking import map_inlines
from publish.epub.page_list import PageList
from publish.ground.problems import Problem, problem
from publish.ground.source import Span
from publish.ground.wording import wording
from publish.settings.book_toml import Identifiers, Settings
from publish.text.composition import composed
from publish.text.editions import targeted

LAST = "extract-end"
"""The name of the last page, among the names of the chapters."""
_TYPED = Span("book.toml")


def extract_of(book: Book) -> Book:
    """Return the extract of a book, as many chapters of it as its settings say."""
    chosen = _kept(book)
    names = frozenset(chapter.name for chapter in chosen)
    kept = tuple(_without_exits(book, names, chapter) for chapter in chosen)
    photos = {
        name: structs.replace(photo, caption=_plain_exits(book, names, photo.caption))
        for name, photo in book.photos.items()
    }
    last = composed(Book(book.settings, (_last_page(book),)))
    settings = _own_settings(book.settings)
    chapters = (*kept, *last.chapters)
    return targeted(structs.replace(book, settings=settings, chapters=chapters, photos=photos))


def pages_of(book: Book, pages: PageList | None) -> PageList | None:
    """Return the printed pages that are marked in an extract."""
    if pages is None:
        return None
    names = {chapter.name for chapter in book.chapters}
    return structs.replace(pages, text=tuple(row for row in pages.text if row[0] in names))


def check_extract(book: Book) -> list[Problem]:
    """Report an extract that leaves nothing of the book out."""
    left_out = len(book.chapters) - len(_kept(book))
    if left_out:
        return []
    chapters = book.settings.epub.extract
    advice = f"extract = {chapters} under [epub] is as many chapters as there are, or more."
    if sum(one.role == "chapter" for one in book.chapters) < 2:
        advice = (
            "An extract is made of whole chapters, and this book has one: make the other editions"
            " by name, with --only, or divide the text into chapters."
        )
    return [problem("K708", _TYPED, advice=advice)]


def _kept(book: Book) -> tuple[Chapter, ...]:
    """Return the chapters of an extract; only those of the body are counted."""
    of_body = [at for at, one in enumerate(book.chapters, 1) if one.role == "chapter"]
    ends = of_body or range(1, len(book.chapters) + 1)
    wanted = min(book.settings.epub.extract, len(ends))
    whole = wanted == len(of_body)
    return book.chapters if whole else book.chapters[: ends[wanted - 1]]


def _own_settings(settings: Settings) -> Settings:
    """Return the settings of the extract: its title says what it is, and no number is its own."""
    title = f"{settings.title} ({wording(settings.language).extract})"
    return dataclasses.replace(settings, title=title, identifiers=Identifiers(), deposit="")


def _without_exits(book: Book, names: frozenset[str], chapter: Chapter) -> Chapter:
    def change(inlines: Inlines, language: str) -> Inlines:
        return _plain_exits(book, names, inlines)

    def changed(block: Block) -> Block:
        return map_inlines(block, change)

    title = changed(chapter.title) if chapter.title else None
    assert title is None or isinstance(title, Heading)
    notes = tuple(
        structs.replace(note, blocks=tuple(changed(block) for block in note.blocks))
        for note in chapter.notes
    )
    blocks = tuple(changed(block) for block in chapter.blocks)
    return structs.replace(chapter, title=title, blocks=blocks, notes=notes)


def _plain_exits(book: Book, names: frozenset[str], inlines: Inlines) -> Inlines:
    """Return inlines in which a reference that leads out of some chapters is plain words."""
    made: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Emphasis | Strong | Styled | Link | CrossReference):
            children = _plain_exits(book, names, inline.children)
            inline = structs.replace(inline, children=children)
        if isinstance(inline, CrossReference):
            target = book.targets.get(inline.target)
            if target and target.chapter not in names:
                made += inline.children or (Text(target.label),)
                continue
        made.append(inline)
    return tuple(made)


def _last_page(book: Book) -> Chapter:
    """Return the page that says that this was an extract, and where the whole is to be had."""
    settings, words = book.settings, wording(book.settings.language)
    name = book.unused(LAST)
    heading = Heading(1, (Text(words.extract_end),), _TYPED, Attrs(id=name))
    makers = ", ".join(one.name for one in settings.contributors if one.role == "aut")
    title = Emphasis((Text(settings.title),))
    end = f", {makers}." if makers else "."
    lines: list[Inlines] = [(Text(f"{words.extract_of} "), title, Text(end))]
    publisher = ", ".join(one for one in (settings.publisher, settings.place) if one)
    whole = f"{words.extract_publisher} {publisher}." if settings.publisher else ""
    lines.append((Text(whole or words.extract_elsewhere),))
    numbers = (
        (settings.identifiers.epub, words.ebook),
        (settings.identifiers.print, words.printed),
    )
    lines += [(Text(f"ISBN {number.shown} ({what})"),) for number, what in numbers if number]
    blocks = tuple(Paragraph(line, _TYPED) for line in lines)
    return Chapter(name, "book.toml", heading, blocks, role="extract")
