"""The workshop in which one book becomes its editions: what they share is made once.

In: a manuscript folder, its `Book`, its sources, and the printed pages where they are known. Out:
the books, pictures, pages, PDF and e-book that the rows of `outputs` are made of.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from publish.book import Book
from publish.claims import check_claims
from publish.composition import composed
from publish.copyfitting import Fitted, fitted
from publish.editions import check_edition, edition_of, targeted
from publish.extra_fonts import Extra, extra_faces, families_of, read_extra
from publish.fitting import Fits, next_fits
from publish.folios import Folios, PrintedPages, folios_of
from publish.fonts import Face, check_characters, lacking, letters_in, letters_of
from publish.footnotes import note_findings
from publish.geometry import COVER_SIZE, Page, page_of, varied
from publish.index import check_index, indexed
from publish.inks import Inks, inks_of
from publish.manner import Manner, manner_of
from publish.page_list import PageList, marked
from publish.photos import PRINT_PPI, Asset, print_picture
from publish.pictures import (
    Pictures,
    at_picture,
    check_pictures,
    epub_pictures,
    given,
    print_pictures,
)
from publish.placing import Arrangement, moved
from publish.problems import Problem, has_errors, problem
from publish.profiles import Profile, press_profile
from publish.shelf import Shelf
from publish.source import SourceFile
from publish.state import digest, toolchain
from publish.stylesheets import stylesheet
from publish.units import INCH, PIXELS
from publish.wording import direction, wording
from publish.xmp import identity_of

if TYPE_CHECKING:
    from publish.pages import Pages

Made = tuple[bytes, list[Problem]]
Arranged = tuple[Arrangement, "Pages", list[Problem]]


class Workshop:
    """One book on its way to its editions; each shared part is made when it is first asked for."""

    def __init__(
        self,
        folder: Path,
        book: Book,
        sources: dict[str, SourceFile],
        known: PrintedPages | None = None,
        shelf: Path | None = None,
    ) -> None:
        self.folder = folder
        self.book = book
        self.sources = sources
        self.known = known
        self.shelf = Shelf(shelf)
        self.plain_page: Page = page_of(book.settings.print)

    @cached_property
    def page(self) -> Page:
        """Return the page, as it is varied where the book is to have a number of pages."""
        return varied(self.plain_page, self.fitted.by) if self.fitted else self.plain_page

    @cached_property
    def fitted(self) -> Fitted | None:
        """Return how the setting is varied to give the pages that are wanted; None: none are."""
        settings = self.book.settings.print
        if not settings.pages:
            return None

        plain = self.on(self.plain_page)

        def count(page: Page) -> int:
            return (plain if page == plain.page else self.on(page)).arranged[1].count

        def guess(page: Page) -> int:
            return self.on(page)._lay_out("print", plain.arranged[0]).count

        return fitted(self.plain_page, settings.fit, settings.pages, count, guess)

    def on(self, page: Page) -> Workshop:
        """Return a workshop in which the same book is laid out on another page."""
        other = copy(self)
        vars(other).pop("arranged", None)
        vars(other)["page"] = page
        return other

    @cached_property
    def print_book(self) -> Book:
        """Return the book as the printed editions show it."""
        return indexed(targeted(composed(edition_of(self.book, "print"))))

    @cached_property
    def epub_book(self) -> Book:
        """Return the book as the e-book shows it."""
        return indexed(targeted(composed(edition_of(self.book, "epub"))))

    def preliminaries(self) -> list[Problem]:
        """Check what no edition can do without: chapters, characters, pictures."""
        problems = check_edition(self.print_book, "print") + check_edition(self.epub_book, "epub")
        extra, found = self.extra
        problems += found + self.extra_faces[1]
        if not has_errors(problems):
            # Without one of its fonts a whole book may lack its letters.
            for book in (self.print_book, self.epub_book):
                problems += check_characters(book, self.sources, extra.letters)
        assets, found = self.print_pictures
        problems += found + self.epub_pictures[1]
        page, folder = self.plain_page, self.folder
        problems += [one for one in self.profile[1] if one.severity == "error"]
        problems += check_index(self.book, self.sources)
        problems += check_claims(self.epub_book, self.epub_pictures[0], self.sources["book.toml"])
        return problems + check_pictures(self.print_book, folder, page, assets, extra)

    @cached_property
    def extra(self) -> tuple[Extra, list[Problem]]:
        """Return the fonts that the book brings."""
        files, source = self.book.settings.fonts.files, self.sources["book.toml"]
        return read_extra(self.folder, files, source)

    @cached_property
    def extra_faces(self) -> tuple[tuple[Face, ...], list[Problem]]:
        """Return the faces of those fonts, with what the editions need of them."""
        letters = letters_of(self.print_book) | letters_of(self.epub_book)
        for asset in (*self.print_pictures[0].values(), *self.epub_pictures[0].values()):
            if asset.is_drawing:
                letters |= letters_in(asset.data)
        return extra_faces(self.extra[0], lacking(letters))

    def stylesheet(self, output: str) -> str:
        """Return the style sheet of an output, with the fonts that the book brings."""
        page = None if output in ("epub", "cover") else self.page
        way = "rtl" if self.leftward else "ltr"
        return stylesheet(output, page, way, families_of(self.extra_faces[0]))

    @property
    def leftward(self) -> bool:
        """Tell whether the book is read from right to left."""
        return direction(self.book.settings.language) == "rtl"

    @cached_property
    def print_pictures(self) -> Pictures:
        """Return the pictures as the printed editions need them."""
        page = self.plain_page
        return print_pictures(self.print_book, self.folder, page, self.extra[0].names)

    @cached_property
    def epub_pictures(self) -> Pictures:
        """Return the pictures as the e-book needs them."""
        return epub_pictures(self.epub_book, self.folder, self.extra[0].names)

    def told(self, found: list[Problem]) -> list[Problem]:
        """Return the problems of an edition; one that a picture causes stands at its file."""
        assets, photos = self.print_pictures[0], self.book.photos
        return [at_picture(one, assets, photos) for one in found]

    @cached_property
    def cover_art(self) -> Asset | None:
        """Return the cover's picture at the size of the cover for the shops."""
        photo = self.book.photos.get(self.book.settings.cover.photo)
        if photo is None or not photo.arrived:
            return None
        return print_picture(photo, self.folder, COVER_SIZE[0] / PRINT_PPI * INCH)[0]

    @cached_property
    def cover(self) -> Made:
        """Return the cover for the shops as JPEG."""
        from publish.cover import cover_picture

        return cover_picture(self.book.settings, self.cover_art, self.extra_faces[0])

    def document(self, output: str, arrangement: Arrangement) -> str:
        """Return the document of a paged output, its pictures and page numbers in place."""
        from publish.page_markup import paged_document

        book = moved(self.print_book, arrangement.moves)
        proof = self.proof_line if output == "proof" else ""
        return paged_document(book, self.page, self.print_pictures[0], arrangement, proof)

    @cached_property
    def proof_line(self) -> str:
        """Return the head line of a proof: title, date and the digest of the manuscript."""
        settings = self.book.settings
        texts = (part for name in sorted(self.sources) for part in (name, self.sources[name].text))
        date = settings.modified.strftime("%Y-%m-%d %H:%M")
        words = wording(settings.language)
        return f"{settings.title} · {words.proof} · {date} · {digest(*texts)[:12]}"

    def recipe(self, output: str) -> str:
        """Return the digest of all that a paged output is made of.

        What fits a number of pages follows from the plain page and the number.
        """
        plain = self.on(self.plain_page) if self.book.settings.print.pages else self
        pictures, profile = self.print_pictures[0].values(), self.profile[0]
        data = (part for asset in pictures for part in (asset.name, asset.data))
        sheets = [plain.stylesheet(one) for one in ("print", output)]
        settings, press = self.book.settings, profile.data if profile else b""
        bound = repr((settings.print, settings.edition, identity_of(settings)))
        document = plain.document(output, Arrangement())
        return digest(output, document, bound, self.fonts, press, *sheets, *data)

    @cached_property
    def fonts(self) -> str:
        """Return the digest of the fonts that the book brings."""
        parts = (part for face in self.extra_faces[0] for part in (repr(face), face.content))
        return digest(*parts, repr(self.extra[0].licences))

    @cached_property
    def manner(self) -> Manner | None:
        """Return how the paragraphs of the paged editions are broken."""
        return manner_of(self.book.settings.print, self.print_book)

    def _lay_out(self, output: str, arrangement: Arrangement) -> Pages:
        from publish.pages import lay_out

        files = given(self.print_pictures[0])
        css, faces = self.stylesheet(output), self.extra_faces[0]
        return lay_out(self.document(output, arrangement), css, files, faces, self.manner)

    def _arranged(self, output: str, start: Arrangement, moving: bool) -> Arranged:
        from publish.arranging import arrange
        from publish.measuring import measured

        def lay_out(arrangement: Arrangement) -> Pages:
            return self._lay_out(output, arrangement)

        def fit(fits: Fits, pages: Pages) -> Fits:
            return next_fits(fits, measured(pages), self.page)

        return arrange(lay_out, self.page.baseline * PIXELS, start, moving, fit)

    @cached_property
    def arranged(self) -> Arranged:
        """Return the arrangement of the print pages, those pages, and problems."""
        return self._arranged("print", Arrangement(), moving=True)

    def pages(self, output: str) -> Pages:
        """Return the laid-out pages of a paged output, filled up to what its binding needs."""
        from publish.page_findings import fit_findings, page_findings
        from publish.pages import with_blanks

        arrangement, pages, problems = self.arranged
        if output != "print":
            arrangement, pages, problems = self._arranged(output, arrangement, moving=False)
        if output != "proof":
            # The margins of a proof are full of marks, and its lines are those of print.
            found = page_findings(self.print_book, self.page, pages, arrangement.fits)
            problems = [*problems, *found]
        problems = [*problems, *fit_findings(self.fitted, self.plain_page, self.print_book)]
        problems = [*problems, *note_findings(self.print_book, arrangement.notes)]
        pages = replace(pages, problems=(*pages.problems, *problems))
        settings = self.book.settings.print
        if settings.binding == "saddle-stitch":
            pages = with_blanks(pages, 4, before_last=settings.cover == "self")
        return pages

    def folios(self, pages: Pages) -> Folios:
        """Return the folios of laid-out pages."""
        from publish.pages import folios

        return folios_of(self.print_book, folios(pages))

    def printed(self) -> PrintedPages:
        """Return where the pages of the print edition begin; laid out only if that is not known."""
        key = digest(toolchain(), self.recipe("print"))
        if self.known and self.known.key == key:
            return self.known
        from publish.page_starts import page_starts, strays
        from publish.pagemap import page_lines

        pages = self.pages("print")
        lines = list(page_lines(pages))
        folios = self.folios(pages)
        starts = page_starts(pages, lines, folios)
        plates = {start.file for start in starts if start.kind == "plate"}
        moves = self.arranged[0].moves
        own = {one: moves[one] for one in sorted(plates & moves.keys())}
        self.known = PrintedPages(key, starts, own, strays(lines, folios))
        return self.known

    @cached_property
    def inks(self) -> Inks:
        """Return what the press has."""
        return inks_of(self.book.settings.print, self.profile[0], self.shelf)

    @cached_property
    def coversheet(self) -> Made:
        """Return the cover for the printer as PDF, its spine as thick as the inside."""
        from publish.coversheet import cover_sheet
        from publish.flat import flat_of
        from publish.pages import write_pdf
        from publish.press import finished, job_of

        settings, pictures = self.book.settings, self.print_pictures[0]
        flat = flat_of(settings, len(self.printed().starts))
        art = pictures.get(settings.cover.photo)
        name, css, faces = (
            art.name if art else "",
            self.stylesheet("coversheet"),
            self.extra_faces[0],
        )
        pages, found = cover_sheet(settings, flat, self.page, name, css, given(pictures), faces)
        data, problems = write_pdf(pages)
        job = job_of(settings, self.inks, Folios(), self.leftward)
        job = replace(job, slug=f"{flat} · {job.slug}", folds=flat.folds)
        return finished(data, job), [*pages.problems, *problems, *found, *self.profile[1]]

    @cached_property
    def print_pdf(self) -> Made:
        """Return the print PDF."""
        from publish.pages import write_pdf
        from publish.press import finished, job_of

        pages = self.pages("print")
        data, problems = write_pdf(pages)
        problems = [*pages.problems, *problems, *self.print_pictures[1]]
        job = job_of(self.book.settings, self.inks, self.folios(pages), self.leftward)
        data = finished(data, job)
        self.shelf.tidy()
        return data, [*problems, *self.profile[1]]

    @cached_property
    def profile(self) -> tuple[Profile | None, list[Problem]]:
        """Return the colour profile of the press."""
        return press_profile(self.book.settings.print, self.folder, self.sources["book.toml"])

    @cached_property
    def paged_epub(self) -> tuple[Book, PageList | None]:
        """Return the book of the e-book, the printed pages marked in it, and the list of them."""
        book = self.epub_book
        if not book.settings.epub.page_list:
            return book, None
        # A picture that has a printed page to itself stands where that page comes.
        printed = self.printed()
        return marked(moved(book, printed.moves), printed.starts)

    def bound(self, book: Book, pages: PageList | None, edition: str) -> Made:
        """Return a book as EPUB, with the identifier of an edition."""
        from publish.epub import make_epub
        from publish.fonts import epub_fonts

        pictures, problems = self.epub_pictures
        cover, found = self.cover
        front = Asset("cover.jpg", "image/jpeg", cover, *COVER_SIZE)
        fonts, faces = epub_fonts(book, self.extra_faces[0])
        if self.extra_faces[0]:
            fonts += self.extra[0].licences
        css = f"{faces}\n{self.stylesheet('epub')}"
        data = make_epub(book, pictures, front, css, fonts, pages, edition)
        strays = self.printed().strays if pages else ()
        unsure = [problem("P419", None, page=page, text=text) for page, text in strays]
        return data, [*problems, *found, *unsure]

    @cached_property
    def epub(self) -> Made:
        """Return the e-book."""
        return self.bound(*self.paged_epub, "epub")
