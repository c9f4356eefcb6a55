"""The composing room: the pages of one book set, and set anew until all that they say is true.

In: the `Materials` of a book, and the printed pages where they are known. Out: the pages of each
paged edition, arranged and filled up for their binding, and where the printed ones begin.
"""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from publish.building.materials import Materials
from publish.ground.problems import Problem, Unmakeable
from publish.ground.rules.preflight import BINDINGS
from publish.ground.source import texts_of
from publish.ground.units import PIXELS
from publish.ground.wording import wording
from publish.pages.covers import NO_GROUNDS, Grounds
from publish.pages.placing import Arrangement, plate_moves, replaced
from publish.pictures.placed import given
from publish.sizes.copyfitting import LEANS, Fitted, fitted
from publish.sizes.fitting import Fits, next_fits
from publish.sizes.geometry import Page, varied
from publish.standing.pull import PLAIN, Pull
from publish.standing.state import Verdict, digest, toolchain
from publish.text.folios import Folios, PrintedPages, folios_of
from publish.text.footnotes import note_findings

if TYPE_CHECKING:
    from publish.engine.layout import Pages
    from publish.pages.pagemap import Line

Arranged = tuple[Arrangement, "Pages", list[Problem]]


class ComposingRoom:
    """Where the pages of one book are set; each edition's when it is first asked for."""

    def __init__(
        self,
        materials: Materials,
        known: PrintedPages | None = None,
        verdict: Verdict | None = None,
        pull: Pull = PLAIN,
    ) -> None:
        self.materials = materials
        self.known = known
        self.verdict = verdict
        self.pull = pull

    @cached_property
    def page(self) -> Page:
        """Return the page, as it is varied where the book is to have a number of pages."""
        plain = self.materials.page
        return varied(plain, self.fitted.by) if self.fitted else plain

    @cached_property
    def fitted(self) -> Fitted | None:
        """Return how the setting is varied to give the pages that are wanted; None: none are."""
        from publish.pages.measuring import pictured

        settings = self.materials.settings.print
        if not settings.pages:
            return None

        plain = self.on(self.materials.page)
        leans = LEANS if self.materials.manner else ()
        share = pictured(plain.arranged[1])
        wish = settings.fit, settings.pages
        return fitted(plain.page, *wish, plain.counted, plain.guessed, leans, share)

    def counted(self, page: Page) -> int:
        """Return how many pages the book has on another page; no others where that cannot be."""
        own = self.arranged[1].count
        try:
            return own if page == self.page else self.on(page).arranged[1].count
        except Unmakeable:
            return own

    def guessed(self, page: Page) -> int:
        """Return about how many pages the book has on another page, laid out but once."""
        try:
            return self.on(page).lay_out("print", self.arranged[0]).count
        except Unmakeable:
            # What was arranged for one page may break on another.
            return self.counted(page)

    def on(self, page: Page) -> ComposingRoom:
        """Return a composing room in which the same book is laid out on another page."""
        other = copy(self)
        vars(other).pop("arranged", None)
        vars(other)["page"] = page
        return other

    def stylesheet(self, output: str) -> str:
        """Return the style sheet of a paged output."""
        return self.materials.stylesheet(output, self.page)

    def document(self, output: str, arrangement: Arrangement) -> str:
        """Return the document of a paged output, its pictures and page numbers in place."""
        own = self.materials.settings.print.cover == "self"
        return self._document(output, arrangement, self.materials.grounds[0] if own else NO_GROUNDS)

    def _document(self, output: str, arrangement: Arrangement, grounds: Grounds) -> str:
        from publish.pages.markup import paged_document

        pictures = self.materials.print_pictures[0]
        book = replaced(self.materials.print_book, arrangement)
        proof = self.proof_line if output == "proof" else ""
        sold = output != "screen"
        return paged_document(book, self.page, pictures, arrangement, proof, sold, grounds)

    @cached_property
    def proof_line(self) -> str:
        """Return the head line of a proof: title, round, date and the digest of the manuscript."""
        from publish.proof.map import source_digest

        settings, sources = self.materials.settings, self.materials.sources
        mark = source_digest(texts_of(sources))
        date = settings.modified.strftime("%Y-%m-%d %H:%M")
        words = wording(settings.language)
        proof = f"{words.proof} {self.pull.round}" if self.pull.round else words.proof
        return f"{settings.title} · {proof} · {date} · {mark}"

    def recipe(self, output: str) -> str:
        """Return the digest of all that a paged output is made of.

        What fits a number of pages follows from the plain page and the number, and what lies
        behind the words of the cover from its picture.
        """
        from publish.press.xmp import identity_of

        materials, settings = self.materials, self.materials.settings
        plain = self.on(materials.page) if settings.print.pages else self
        pictures, profile = materials.print_pictures[0].values(), materials.profile[0]
        data = (part for asset in pictures for part in (asset.name, asset.data, asset.inked))
        sheets = [plain.stylesheet(one) for one in ("print", output)]
        press = profile.data if profile else b""
        told = settings.layout.overfull
        bound = repr((settings.print, settings.edition, identity_of(settings, output), told))
        document = plain._document(output, Arrangement(), NO_GROUNDS)
        return digest(output, document, bound, materials.fonts, press, *sheets, *data)

    def lay_out(self, output: str, arrangement: Arrangement) -> Pages:
        """Return the pages of an output under an arrangement, as they come out at once."""
        from publish.engine.layout import lay_out

        materials = self.materials
        files = given(materials.print_pictures[0], inked=output == "print")
        css, document = self.stylesheet(output), self.document(output, arrangement)
        manner = materials.manner and materials.manner.leaning(self.page.lean)
        return lay_out(document, css, files, materials.faces, manner)

    def _arranged(self, output: str, start: Arrangement, moving: bool) -> Arranged:
        from publish.pages.arranging import arrange
        from publish.pages.measuring import measured

        def lay_out(arrangement: Arrangement) -> Pages:
            return self.lay_out(output, arrangement)

        def fit(fits: Fits, pages: Pages) -> Fits:
            return next_fits(fits, measured(pages), self.page)

        return arrange(lay_out, self.page.baseline * PIXELS, start, moving, fit)

    @cached_property
    def arranged(self) -> Arranged:
        """Return the arrangement of the print pages, those pages, and problems."""
        return self._arranged("print", Arrangement(), moving=True)

    def pages(self, output: str) -> Pages:
        """Return the laid-out pages of a paged output, filled up to what its binding needs."""
        from publish.engine.layout import with_blanks
        from publish.makeup import graded
        from publish.pages.findings import fit_findings, page_findings

        book, settings = self.materials.print_book, self.materials.settings.print
        arrangement, pages, problems = self.arranged
        if output != "print":
            arrangement, pages, problems = self._arranged(output, arrangement, moving=False)
        if output != "proof":
            # The margins of a proof are full of marks, and its lines are those of print.
            found = page_findings(book, self.page, pages, arrangement)
            problems = [*problems, *graded(found, self.materials.settings.layout)]
        unit = BINDINGS[settings.binding]
        problems = [*problems, *fit_findings(self.fitted, self.materials.page, pages, unit)]
        problems = [*problems, *note_findings(book, arrangement.notes)]
        pages = replace(pages, problems=(*pages.problems, *problems))
        return with_blanks(pages, unit, before_last=settings.cover == "self")

    def folios(self, pages: Pages) -> Folios:
        """Return the folios of laid-out pages."""
        from publish.pages.facts import folios

        return folios_of(self.materials.print_book, folios(pages))

    @cached_property
    def lines(self) -> list[Line]:
        """Return the set lines of the print edition."""
        from publish.pages.pagemap import page_lines

        return list(page_lines(self.pages("print")))

    def judged(self) -> Verdict:
        """Return what is wrong with the make-up; laid out only if that is not known."""
        settings = self.materials.settings
        key = digest(toolchain(), self.recipe("print"), repr(settings.layout.limits))
        if self.verdict is None or self.verdict.key != key:
            from publish.makeup import makeup
            from publish.pages.line_spots import kept

            pages, sources = self.pages("print"), self.materials.sources
            book, folios = self.materials.print_book, self.folios(pages)
            found = makeup(book, pages, self.lines, sources, folios)
            facts = {"lines": kept(self.lines), "arrangement": self.arranged[0].told()}
            self.verdict = Verdict(key, found, facts)
        return self.verdict

    def printed(self) -> PrintedPages:
        """Return where the pages of the print edition begin; laid out only if that is not known."""
        key = digest(toolchain(), self.recipe("print"))
        if self.known and self.known.key == key:
            return self.known
        from publish.pages.starts import page_starts, strays

        pages, lines = self.pages("print"), self.lines
        folios = self.folios(pages)
        starts = page_starts(pages, lines, folios)
        moves = plate_moves(self.materials.epub_book, starts)
        self.known = PrintedPages(key, starts, moves, strays(lines, folios))
        return self.known
