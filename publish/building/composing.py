"""The composing room: the pages of one book set, and set anew until all that they say is true.

In: the `Materials` of a book, and the printed pages where they are known. Out: the pages of each
paged edition, arranged and filled up for their binding, and where the printed ones begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from publish.building.compositors import Compositors
from publish.building.forme import NOTHING, Arranged, Forme
from publish.building.materials import Materials
from publish.building.standing_type import StandingType
from publish.ground.problems import Problem, Unmakeable
from publish.ground.rules.preflight import BINDINGS
from publish.ground.shelf import Shelf
from publish.pages.placing import Arrangement, plate_moves
from publish.sizes.copyfitting import LEANS, Fitted, fitted
from publish.sizes.fitting import Fits
from publish.sizes.geometry import Page, varied
from publish.standing.pull import PLAIN, Pull
from publish.standing.state import Verdict, digest
from publish.standing.toolchain import toolchain
from publish.text.folios import Folios, PrintedPages, folios_of
from publish.text.footnotes import NotePlaces, note_findings

if TYPE_CHECKING:
    from publish.engine.binding import Bound
    from publish.engine.parts import Pages
    from publish.pages.pagemap import Line


class ComposingRoom:
    """Where the pages of one book are set; each edition's when it is first asked for."""

    def __init__(
        self,
        materials: Materials,
        known: PrintedPages | None = None,
        verdict: Verdict | None = None,
        pull: Pull = PLAIN,
        shelf: Shelf | None = None,
        compositors: Compositors | None = None,
    ) -> None:
        self.compositors = compositors or Compositors()
        self.materials = materials
        self.known = known
        self.verdict = verdict
        self.pull = pull
        self.standing = StandingType(shelf or Shelf())
        self.shown: dict[str, Any] = {}
        self._beside: Forme | None = None
        self._recipes: dict[str, str] = {}
        self._set: dict[str, Pages] = {}

    @cached_property
    def plain(self) -> Forme:
        """Return the forme of the plain page."""
        return self._forme(self.materials.page, NOTHING)

    @cached_property
    def forme(self) -> Forme:
        """Return the forme that is printed from: varied where a number of pages is wanted."""
        return self.on(varied(self.plain.page, self.fitted.by)) if self.fitted else self.plain

    @property
    def page(self) -> Page:
        """Return the page that is printed."""
        return self.forme.page

    @property
    def arranged(self) -> Arranged:
        """Return the arrangement of the print pages, those pages, and problems."""
        return self.forme.arranged

    @cached_property
    def fitted(self) -> Fitted | None:
        """Return how the setting is varied to give the pages that are wanted; None: none are."""
        from publish.pages.measuring import pictured

        settings = self.materials.settings.print
        if not settings.pages:
            return None

        leans = LEANS if self.materials.manner else ()
        share = pictured(self.plain.arranged[1])
        wish = settings.fit, settings.pages
        return fitted(self.plain.page, *wish, self.counted, self.guessed, leans, share)

    def counted(self, page: Page) -> int:
        """Return how many pages the book has on a page; if that fails, as on the plain one."""
        try:
            return self.on(page).arranged[1].count
        except Unmakeable:
            return self.plain.arranged[1].count

    def guessed(self, page: Page) -> int:
        """Return about how many pages the book has on a page, laid out but once."""
        try:
            return self.on(page).lay_out("print", self.plain.arranged[0]).count
        except Unmakeable:
            # What was arranged for one page may break on another.
            return self.counted(page)

    def on(self, page: Page) -> Forme:
        """Return the forme of a page; one is kept beside the plain one, the last asked for.

        It begins with where the pictures of the plain page have gone, most of which go there again:
        so the quick layout sees the pages that the sound one will have. What was measured to the
        height of its type is measured anew, and so are the notes.
        """
        if page == self.plain.page:
            return self.plain
        if self._beside is None or self._beside.page != page:
            start = replace(self.plain.arranged[0], fits=Fits(), notes=NotePlaces())
            self._beside = self._forme(page, start)
        return self._beside

    def _forme(self, page: Page, start: Arrangement) -> Forme:
        return Forme(self.materials, page, self.standing, start, self.pull, self.compositors)

    def prepare(self) -> None:
        """Let those who will set the print pages know by what, before it is known what."""
        self.compositors.prepare(self.plain.style("print"))

    def recipe(self, output: str) -> str:
        """Return the digest of all that a paged output is made of.

        What fits a number of pages follows from the plain page and the number, and what lies
        behind the words of the cover from its picture.
        """
        if output not in self._recipes:
            self._recipes[output] = self._recipe(output)
        return self._recipes[output]

    def _recipe(self, output: str) -> str:
        from publish.press.xmp import identity_of

        materials, settings = self.materials, self.materials.settings
        pictures, profile = materials.print_pictures[0].values(), materials.profile[0]
        data = (part for asset in pictures for part in (asset.name, asset.data, asset.inked))
        sheets = [self.plain.stylesheet(one) for one in ("print", output)]
        press = profile.data if profile else b""
        told = settings.layout.overfull
        bound = repr((settings.print, settings.edition, identity_of(settings, output), told))
        documents = self.plain.documents(output)
        return digest(output, *documents, bound, materials.fonts, press, *sheets, *data)

    def pages(self, output: str) -> Pages:
        """Return the laid-out pages of a paged output, filled up to what its binding needs."""
        if output not in self._set:
            self._set[output] = self._pages(output)
        return self._set[output]

    def _pages(self, output: str) -> Pages:
        from publish.engine.parts import filled
        from publish.makeup import graded
        from publish.pages.findings import fit_findings, page_findings

        book, settings = self.materials.print_book, self.materials.settings.print
        arrangement, pages, problems = self.arranged
        if output != "print":
            arrangement, pages, problems = self.forme.arrange(output, arrangement, moving=False)
        pages = self.forme.numbered(output, arrangement, pages)
        if output != "proof":
            # The margins of a proof are full of marks, and its lines are those of print.
            source = self.materials.sources["book.toml"]
            found = page_findings(book, source, self.page, pages, arrangement)
            problems = [*problems, *graded(found, self.materials.settings.layout)]
        unit = BINDINGS[settings.binding]
        problems = [*problems, *fit_findings(self.fitted, self.materials.page, pages, unit)]
        problems = [*problems, *note_findings(book, arrangement.notes)]
        pages = replace(pages, problems=(*pages.problems, *problems))
        return filled(pages, unit, settings.cover == "self", self.forme.blank)

    def pdf(self, output: str) -> tuple[bytes, list[Problem]]:
        """Return the pages of a paged output as PDF, and all problems that there are with them."""
        from publish.engine.bindery import saved

        with self.whole(output) as (bound, problems):
            return saved(bound), problems

    @contextmanager
    def whole(self, output: str) -> Iterator[tuple[Bound, list[Problem]]]:
        """Bind the pages of a paged output into a PDF; return all problems there are with it."""
        from publish.engine.bindery import bound

        pages, printing = self.pages(output), self.forme.printing(output)
        said = self.standing.write(pages, printing)
        parts = [printing.of(part) for part in pages.parts]
        over = [printing.plain.of(part.over) if part.over else None for part in pages.parts]
        engine, make = self.compositors.engine_version(), self.compositors.cast
        cast = partial(self.standing.cast, engine, make)
        with bound(pages, parts, over, cast) as whole:
            yield whole, [*pages.problems, *said, *whole.problems]

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

            pages, sources = self.pages("print"), self.materials.sources
            book, folios = self.materials.print_book, self.folios(pages)
            found = makeup(book, pages, self.lines, sources, folios)
            self.verdict = Verdict(key, found, {})
        return self.verdict

    def find(self) -> None:
        """Note where all stands on the pages of the print edition, and how it was arranged."""
        from publish.pages.line_spots import kept
        from publish.pages.readings import rows

        lines = kept(rows(self.pages("print")))
        self.shown = {"lines": lines, "arrangement": self.arranged[0].told()}

    def printed(self) -> PrintedPages:
        """Return where the pages of the print edition begin; laid out only if that is not known."""
        key = digest(toolchain(), self.recipe("print"))
        if self.known and self.known.key == key:
            return self.known
        from publish.pages.readings import page_starts, strays

        pages = self.pages("print")
        folios = self.folios(pages)
        starts = page_starts(pages, folios)
        moves = plate_moves(self.materials.epub_book, starts)
        self.known = PrintedPages(key, starts, moves, strays(pages, folios))
        return self.known
