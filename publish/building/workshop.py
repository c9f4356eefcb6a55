"""The workshop in which one book becomes its editions: what they share is made once.

In: a manuscript folder, its `Book`, its sources, the printed pages where they are known, what a
proof is pulled for and what was `found` wrong as the manuscript was read. Out: the cover, PDF and
e-book that the rows of `outputs` are made of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from publish.book.model import Book
from publish.building.compositors import Compositors
from publish.building.materials import Materials
from publish.epub.page_list import PageList, marked
from publish.ground.problems import Problem, problem
from publish.ground.shelf import Shelf
from publish.ground.source import SourceFile
from publish.ground.units import MB
from publish.pages.placing import moved
from publish.pictures.photos import Asset
from publish.pictures.placed import given
from publish.settings.book_toml import Settings
from publish.sizes.geometry import COVER_SIZE
from publish.standing.keeping import kept_made
from publish.standing.pull import PLAIN, Pull
from publish.standing.state import Verdict, digest
from publish.standing.toolchain import toolchain
from publish.text.folios import Folios, PrintedPages

if TYPE_CHECKING:
    from publish.building.composing import ComposingRoom

Made = tuple[bytes, list[Problem]]
SPARE = 6
"""Pictures of builds before this one, of other editions perhaps, that are kept for the next."""
MOST = 256 * MB
"""What is kept at the most of sections, and as much of pictures in inks.

The sections of a novel of 300 pages take 3 MB, for each edition; those of a book of photos have the
pictures in them.
"""


class Workshop:
    """One book on its way to its editions; each shared part is made when it is first asked for."""

    def __init__(
        self,
        folder: Path,
        book: Book,
        sources: dict[str, SourceFile],
        known: PrintedPages | None = None,
        shelf: Path | None = None,
        verdict: Verdict | None = None,
        pull: Pull = PLAIN,
        found: Sequence[Problem] = (),
        compositors: Compositors | None = None,
    ) -> None:
        self.shelf = Shelf(shelf)
        self.materials = Materials(folder, book, sources, self.shelf)
        self.pull = pull
        self.found = found
        self._before = known, verdict
        self._compositors = compositors

    @cached_property
    def room(self) -> ComposingRoom:
        """Return the composing room, where its pages are set."""
        from publish.building.composing import ComposingRoom

        shelf = self.shelf.part("type")
        return ComposingRoom(self.materials, *self._before, self.pull, shelf, self._compositors)

    @property
    def entered(self) -> ComposingRoom | None:
        """Return the composing room, if anything was asked of it."""
        return vars(self).get("room")

    @property
    def settings(self) -> Settings:
        """Return what book.toml says."""
        return self.materials.settings

    @cached_property
    def cover(self) -> Made:
        """Return the cover for the shops as JPEG."""
        from publish.cover.front import cover_picture

        materials, shelf = self.materials, self.shelf.part("cover")

        def make() -> Made:
            return cover_picture(self.settings, materials.cover_art, materials.faces)

        made = kept_made(shelf, make, toolchain(), self.cover_recipe)
        shelf.tidy()
        return made

    @property
    def cover_recipe(self) -> str:
        """Return the digest of all that the cover for the shops is made of."""
        from publish.cover.front import cover_document

        materials, art = self.materials, self.materials.cover_art
        document, picture = cover_document(self.settings, art), art.data if art else b""
        return digest(document, materials.stylesheet("cover"), materials.fonts, picture)

    def tidy(self) -> None:
        """Throw away what was kept for this build and is too much to keep for the next."""
        self.materials.shelf.tidy(SPARE)
        # Where pictures in inks lay when they had no part of the shelf of their own.
        self.shelf.tidy()
        self.materials.inked.bound(MOST)
        if self.entered:
            self.entered.standing.hold(MOST)

    @cached_property
    def coversheet(self) -> Made:
        """Return the cover for the printer as PDF, its spine as thick as the inside."""
        from publish.cover.coversheet import cover_sheet
        from publish.cover.flat import flat_of
        from publish.engine.layout import write_pdf
        from publish.press.makeready import made_ready, press_job

        materials, settings, page = self.materials, self.settings, self.room.page
        pictures, css = materials.print_pictures[0], materials.stylesheet("coversheet", page)
        flat = flat_of(settings, len(self.room.printed().starts))
        art = pictures.get(settings.cover.photo)
        name, files = art.name if art else "", given(pictures, inked=True)
        pages, found = cover_sheet(settings, flat, page, name, css, files, materials.faces)
        data, problems = write_pdf(pages)
        job = press_job(settings, materials.inks, Folios(), materials.leftward, "coversheet")
        job = replace(job, slug=f"{flat} · {job.slug}", folds=flat.folds)
        data, left = made_ready(data, job)
        return data, [*pages.problems, *problems, *left, *found, *materials.profile[1]]

    @cached_property
    def print_pdf(self) -> Made:
        """Return the print PDF."""
        from publish.press.makeready import finished, press_job

        materials, room = self.materials, self.room
        folios = room.folios(room.pages("print"))
        job = press_job(self.settings, materials.inks, folios, materials.leftward)
        with room.whole("print") as (whole, problems):
            data, left = finished(whole.pdf, job, whole.left, whole.folios)
        problems += materials.print_pictures[1]
        problems += materials.grounds[1] if self.settings.print.cover == "self" else []
        # While the pages are there, for the editions that ask no more of them.
        room.find()
        room.printed()
        return data, [*problems, *left, *materials.profile[1]]

    @cached_property
    def paged_epub(self) -> tuple[Book, PageList | None]:
        """Return the book of the e-book, the printed pages marked in it, and the list of them."""
        book = self.materials.epub_book
        if not book.settings.epub.page_list:
            return book, None
        # A picture that has a printed page to itself stands where that page comes.
        printed = self.room.printed()
        return marked(moved(book, printed.moves), printed.starts)

    def bound(self, book: Book, pages: PageList | None, edition: str) -> Made:
        """Return a book as EPUB, with the identifier of an edition."""
        from publish.epub.package import make_epub
        from publish.fonts.subsets import epub_fonts

        materials = self.materials
        pictures, problems = materials.epub_pictures
        cover, found = self.cover
        front = Asset("cover.jpg", "image/jpeg", cover, *COVER_SIZE)
        fonts, faces = epub_fonts(book, materials.faces, self.shelf.part("fonts"), toolchain())
        if materials.faces:
            fonts += materials.extra[0].licences
        css = f"{faces}\n{materials.stylesheet('epub')}"
        data = make_epub(book, pictures, front, css, fonts, pages, edition)
        strays = self.room.printed().strays if pages else ()
        unsure = [problem("P419", None, page=page, text=text) for page, text in strays]
        return data, [*problems, *found, *unsure]

    @cached_property
    def epub(self) -> Made:
        """Return the e-book."""
        return self.bound(*self.paged_epub, "epub")
