"""A chapter set ahead of its book: the pages of what is being edited, before the rest follows.

In: a manuscript folder, the file that was saved, and the scene before. Out: a scene in which that
chapter's pages are new, begun where they began before and with the page numbers of before, and
everything else as it was. The whole book confirms it or not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from publish.book.inlines import plain
from publish.book.model import Book, Chapter
from publish.building.materials import Materials
from publish.engine.layout import lay_out, write_pdf
from publish.engine.parts import Pages
from publish.epub.documents import content_documents
from publish.epub.package import safely_named
from publish.ground.shelf import Shelf
from publish.manuscript.folder import Manuscript
from publish.pages.excerpt import beginning_of, excerpt, is_indented, rest_of
from publish.pages.line_spots import kept, line_rows
from publish.pages.pagemap import page_lines
from publish.pages.placing import Arrangement
from publish.pictures.photos import Asset
from publish.pictures.placed import given, places_of
from publish.sizes.geometry import COVER_SIZE
from publish.text.composition import set_text
from publish.watching.model import Rows, Scene
from publish.watching.places import place_of, rows_of
from publish.watching.sheaves import Sheaf

FILLING = 320
"""Words of the next chapter that are set after it, to fill its last page."""
BACK = 3
"""Pages to go back at the most for one that begins in a paragraph, where a chapter's does not."""
COVER = Asset("cover.jpg", "image/jpeg", b"", *COVER_SIZE)
"""The e-book's cover by its name alone: it is there already."""


@dataclass(slots=True)
class Ahead:
    """What is kept warm from one save to the next: the pictures, above all."""

    folder: Path
    shelf: Shelf = field(default_factory=Shelf)
    _key: str = ""
    _materials: Materials | None = field(default=None, repr=False)

    def materials(self, manuscript: Manuscript) -> Materials:
        """Return what the editions are made of; pictures that are as they were are kept."""
        assert manuscript.book
        before = self._materials
        made = Materials(self.folder, manuscript.book, manuscript.sources, self.shelf)
        key = _pictured(made)
        if before and key == self._key:
            for name in ("print_pictures", "epub_pictures", "profile", "extra"):
                if name in vars(before):
                    vars(made)[name] = vars(before)[name]
        self._key, self._materials = key, made
        return made

    def warm(self, materials: Materials) -> None:
        """Set a chapter once, so that the first that is edited is set as quickly as any."""
        first = materials.print_book.chapters[0]
        write_pdf(_laid_out(materials, Stretch(1, (first,)), Scene()))


def _pictured(materials: Materials) -> str:
    """Return all that the pictures of a book follow from."""
    root = materials.root
    files = [(name, root.digest("photos", name)) for name in root.files("photos")]
    shown = [
        [(name, [(one.place, one.caption, one.attrs) for one in places])]
        for book in (materials.print_book, materials.epub_book)
        for name, places in places_of(book).items()
    ]
    return repr((materials.settings, sorted(materials.book.photos.items()), shown, files))


class Stretch(Struct, frozen=True):
    """Chapters from where a page begins to the one that is edited, and the position of the page."""

    first: int
    chapters: tuple[Chapter, ...]
    head: str = ""
    indented: bool = False


def stretch_to(book: Book, file: str, before: Scene) -> Stretch | None:
    """Return what is set to see a chapter's pages; None where no page begins in plain text."""
    rows, usual = before.rows.get(file), book.settings.print.chapters
    names = [one.file for one in book.chapters]
    if not rows or file not in names:
        return None
    page, last = min(row[2] for row in rows), names.index(file)
    for first in range(page, max(page - BACK, 0), -1):
        start = before.starts[first - 1]
        if start is None or start.kind != "word" or start.file not in names[: last + 1]:
            continue
        at = names.index(start.file)
        rest = rest_of(book.chapters[at], start.offset)
        following = book.chapters[at + 1 : last + 1]
        if rest is None or any((one.start or usual) != "run-on" for one in following):
            continue
        named = rest.title or (at < last and first == page)
        head = "" if named else _head(book.chapters[at], book.settings.language)
        indented = is_indented(book.chapters[at], start.offset)
        return Stretch(first, (rest, *following, *_filling(book, last)), head, indented)
    return None


def _head(chapter: Chapter, language: str) -> str:
    """Return a chapter's words for the running head."""
    title = set_text(plain(chapter.title.inlines), language) if chapter.title else ""
    return chapter.short or title


def _filling(book: Book, last: int) -> tuple[Chapter, ...]:
    """Return the beginning of the chapter that runs on after one."""
    following = book.chapters[last + 1 : last + 2]
    usual = book.settings.print.chapters
    return tuple(
        beginning_of(one, FILLING) for one in following if (one.start or usual) == "run-on"
    )


def folios_from(book: Book, rows: Rows) -> dict[str, int]:
    """Return the position of the page on which each id of a book stood before."""
    files = {chapter.name: chapter.file for chapter in book.chapters}
    found = {}
    for name, target in book.targets.items():
        own = rows.get(files.get(target.chapter, ""), ())
        row = next((one for one in own if one[1] >= target.span.start), None)
        if row:
            found[name] = row[2]
    return found


def set_ahead(
    materials: Materials, file: str, offset: int, before: Scene, sheaves: dict[int, Sheaf]
) -> Scene | None:
    """Return the scene with a chapter's new pages; None where it has no pages to begin on.

    `offset` is where in the file the edit is; the new sheaf is put among the `sheaves`.
    """
    stretch = stretch_to(materials.print_book, file, before)
    if stretch is None:
        return None
    pages = _laid_out(materials, stretch, before)
    # Pages are counted as in the book from here on.
    begun = stretch.first - 1
    found = rows_of(kept(line_rows([*page_lines(pages)]))).get(file, ())
    mine = tuple((*row[:2], row[2] + begun, *row[3:]) for row in found)
    count = max((row[2] for row in found), default=1)
    end = max(row[2] for row in before.rows[file])
    number = max(sheaves, default=0) + 1
    sheaf = sheaves[number] = Sheaf.of(write_pdf(pages)[0])
    labels = [leaf.label for leaf in before.leaves[begun:]] + [""] * count
    leaves = tuple(
        replace(leaf, label=label)
        for leaf, label in zip(sheaf.leaves(number, count, ahead=True), labels, strict=False)
    )
    more = begun + count - end
    later = {
        name: tuple((*row[:2], row[2] + more, *row[3:]) if row[2] > end else row for row in there)
        for name, there in before.rows.items()
    }
    rows = {**later, file: mine}
    return replace(
        before,
        state="ahead",
        leaves=before.leaves[:begun] + leaves + before.leaves[end:],
        rows=rows,
        # Where the pages after the first begin is known when the whole book is set.
        starts=before.starts[: begun + 1] + (None,) * (count - 1) + before.starts[end:],
        at=place_of(rows, file, offset),
    )


def _laid_out(materials: Materials, stretch: Stretch, before: Scene) -> Pages:
    book, page, pictures = materials.print_book, materials.page, materials.print_pictures[0]
    known = Arrangement.of(before.arrangement, folios_from(book, before.rows))
    begun = (stretch.chapters, stretch.first, stretch.head, stretch.indented)
    document, where = excerpt(book, *begun, page, pictures, known)
    css, files = materials.stylesheet("print", page), given(pictures, inked=True)
    return lay_out(document, css, files, materials.faces, materials.manner, where)


def documents_of(materials: Materials, before: Scene) -> dict[str, bytes]:
    """Return the e-book's files with its documents made anew, without marks of printed pages."""
    pictures = safely_named(materials.epub_pictures[0], COVER)
    folder = before.documents[0][0].rpartition("/")[0] if before.documents else "EPUB"
    made = content_documents(materials.epub_book, pictures, COVER)
    return {**before.files, **{f"{folder}/{one.file}": one.data for one in made.spine}}
