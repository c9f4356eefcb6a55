"""The forme: one book set on one page, whatever number of pages that gives.

In: the `Materials` of a book, the page, and the arrangement of pictures that is begun with. Out:
the style sheet and the document of each paged edition, and its pages, arranged. Which page a book
is set on is settled in `composing`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from publish.building.compositors import Compositors
from publish.building.galleys import Bodies, Numbers
from publish.building.laying import laid_out
from publish.building.materials import Materials
from publish.building.printing import Printing
from publish.building.standing_type import StandingType
from publish.building.takes import Frame, Makings, Style
from publish.ground.guard import bounds
from publish.ground.problems import Problem
from publish.ground.source import texts_of
from publish.ground.units import PIXELS
from publish.ground.wording import wording
from publish.pages.covers import NO_GROUNDS, Grounds
from publish.pages.placing import Arrangement, replaced
from publish.pictures.placed import given
from publish.sizes.fitting import Fits, next_fits
from publish.sizes.geometry import Page
from publish.standing.pull import PLAIN, Pull
from publish.standing.state import digest
from publish.standing.toolchain import toolchain

if TYPE_CHECKING:
    from publish.engine.optimum.state import Case
    from publish.engine.parts import Leaf, Pages, Part
    from publish.pages.sections import Paged

Arranged = tuple[Arrangement, "Pages", list[Problem]]
NOTHING = Arrangement()


class Forme:
    """One book on one page; the print pages are laid out when they are first asked for."""

    def __init__(
        self,
        materials: Materials,
        page: Page,
        standing: StandingType,
        start: Arrangement = NOTHING,
        pull: Pull = PLAIN,
        compositors: Compositors | None = None,
    ) -> None:
        self.materials = materials
        self.standing = standing
        self.compositors = compositors or Compositors()
        self.page = page
        self.start = start
        self.pull = pull
        self._laid: dict[str, Part] = {}
        # The folios are set under the arrangement of the last layout.
        self._last: tuple[str, Arrangement, Paged] | None = None
        self._cases: dict[str, Case] = {}
        self._frames: dict[str, Frame] = {}
        self._made_of: dict[str, Makings] = {}

    def stylesheet(self, output: str) -> str:
        """Return the style sheet of a paged output."""
        return self.materials.stylesheet(output, self.page)

    def paged(self, output: str, arrangement: Arrangement) -> Paged:
        """Return a paged output in its sections, its pictures and page numbers in place."""
        if self._last is None or self._last[:2] != (output, arrangement):
            own = self.materials.settings.print.cover == "self"
            grounds = self.materials.grounds[0] if own else NO_GROUNDS
            self._last = output, arrangement, self._paged(output, arrangement, grounds)
        return self._last[2]

    def documents(self, output: str) -> list[str]:
        """Return the documents of a paged output before anything of it is laid out."""
        plain = self._paged(output, NOTHING, NO_GROUNDS)
        return [plain.document(section, 1) for section in plain.sections]

    def _paged(self, output: str, arrangement: Arrangement, grounds: Grounds) -> Paged:
        from publish.pages.sections import paged

        pictures = self.materials.print_pictures[0]
        book = replaced(self.materials.print_book, arrangement)
        proof = self.proof_line if output == "proof" else ""
        sold = output != "screen"
        return paged(book, self.page, pictures, arrangement, proof, sold, grounds)

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

    def lay_out(self, output: str, arrangement: Arrangement) -> Pages:
        """Return the pages of an output under an arrangement, as they come out at once.

        A section whose document is that of the layout before has the pages that it had, and one
        that stands from a build before this one the pages that it had there.
        """
        from publish.engine.parts import bound

        parts = self._set(Bodies, output, arrangement, self._laid)
        self._laid = {part.key: part for part in parts}
        return bound(parts)

    def numbered(self, output: str, arrangement: Arrangement, pages: Pages) -> Pages:
        """Return the pages that were laid out under an arrangement with their folios."""
        folios = self._set(Numbers, output, arrangement, pages.parts)
        pairs = zip(pages.parts, folios, strict=True)
        return replace(pages, parts=tuple(part.with_folios(over) for part, over in pairs))

    def _set(
        self, kind: Callable[..., Bodies], output: str, arrangement: Arrangement, known: Any
    ) -> list[Part]:
        paged, case = self.paged(output, arrangement), self._cases.setdefault(output, {})
        sections = kind(self.makings(output), paged, self.standing, case, known)
        return laid_out(sections, self.compositors)

    def blank(self, like: Leaf, count: int) -> Part:
        """Return so many blank pages of the size of another."""

        def made() -> Part:
            from publish.engine.layout import blank

            return blank(like, count)

        size = repr((like.width, like.height, like.bleed, count))
        key = digest(toolchain(), self.compositors.engine_version(), "blank", size)
        kept = self.standing.found(key)
        part = kept.part() if kept else None
        if part is None:
            part = made()
            part.key = key
            self.standing.keep(part)
        part.again = made
        return part

    def printing(self, output: str) -> Printing:
        """Return how the sections of an output become PDF."""
        inks = self.materials.inks if output == "print" else None
        return Printing("pdf/ua-1" if output == "screen" else "", inks)

    def style(self, output: str) -> Style:
        """Return what an output is set by."""
        language = self.materials.settings.language if self.materials.breaks_whole else ""
        return Style(self.stylesheet(output), self.materials.faces, language)

    def frame(self, output: str) -> Frame:
        """Return where the sections of an output are set."""
        if output not in self._frames:
            manner = self.materials.manner and self.materials.manner.leaning(self.page.lean)
            given = self.style(output), manner, self.printing(output)
            self._frames[output] = Frame(*given, output == "print", bounds())
        return self._frames[output]

    def makings(self, output: str) -> Makings:
        """Return what all sections of an output are made of."""
        if output not in self._made_of:
            frame = self.frame(output)
            files = given(self.materials.print_pictures[0], inked=output == "print")
            engine = self.compositors.engine_version()
            own = digest(toolchain(), engine, frame.style.css, self.materials.fonts)
            marks = {address: digest(*data) for address, data in files.items()}
            self._made_of[output] = Makings(frame, files, own, marks)
        return self._made_of[output]

    def arrange(self, output: str, start: Arrangement, moving: bool) -> Arranged:
        """Return the arrangement of an output that holds, its pages, and problems.

        `start` is the arrangement that is begun with; pictures leave their place where `moving`.
        """
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
        return self.arrange("print", self.start, moving=True)
