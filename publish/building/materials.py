"""What the editions of one book are made of, before any page of it is laid out.

In: a manuscript folder, its `Book` and its sources. Out: the book as print and e-book show it, its
pictures, fonts, style sheets and colour profile, each made when it is first asked for, and what is
wrong with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from publish.book.model import Book
from publish.building.shelved import makings_of, shelved
from publish.fonts.brought import Extra, extra_faces, families_of, read_extra
from publish.fonts.files import Face, check_characters, lacking, letters_in, letters_of
from publish.ground.problems import Problem, has_errors
from publish.ground.root import BookRoot
from publish.ground.shelf import Shelf
from publish.ground.source import SourceFile
from publish.ground.units import INCH
from publish.ground.wording import direction
from publish.markup.stylesheets import stylesheet
from publish.pictures.claims import check_claims
from publish.pictures.photos import PRINT_PPI, Asset, print_picture
from publish.pictures.placed import (
    Pictures,
    at_picture,
    check_pictures,
    epub_pictures,
    given,
    places_of,
    print_pictures,
    widths_of,
)
from publish.settings.book_toml import Settings
from publish.settings.toml import at_settings
from publish.sizes.geometry import COVER_SIZE, Page, page_of
from publish.standing.state import digest
from publish.text.composition import Composer, composed
from publish.text.editions import check_edition, edition_of, targeted
from publish.text.index import check_index, indexed

if TYPE_CHECKING:
    # What only printed pages need is loaded when they are made.
    from publish.pages.covers import Grounds
    from publish.paragraphs.manner import Manner
    from publish.press.inks import Inks
    from publish.press.profiles import Profile


class Materials:
    """One book and all that goes into its editions."""

    def __init__(
        self, folder: Path, book: Book, sources: dict[str, SourceFile], shelf: Shelf | None = None
    ) -> None:
        self.root = BookRoot(folder)
        shelf = shelf or Shelf()
        self.shelf = shelf.part("pictures", waits=True)
        self.inked = shelf.part("inked")
        self.book = book
        self.sources = sources
        self.explained = 0
        """The page whose breaks are to be told, from 1; 0 for none."""
        self._composer = Composer()

    @property
    def settings(self) -> Settings:
        """Return what book.toml says."""
        return self.book.settings

    @property
    def leftward(self) -> bool:
        """Tell whether the book is read from right to left."""
        return direction(self.settings.language) == "rtl"

    @cached_property
    def page(self) -> Page:
        """Return the page as the settings have it, varied for no number of pages."""
        return page_of(self.settings.print)

    @cached_property
    def print_book(self) -> Book:
        """Return the book as the printed editions show it."""
        return indexed(targeted(composed(edition_of(self.book, "print"), self._composer)))

    @cached_property
    def epub_book(self) -> Book:
        """Return the book as the e-book shows it."""
        return indexed(targeted(composed(edition_of(self.book, "epub"), self._composer)))

    @cached_property
    def extra(self) -> tuple[Extra, list[Problem]]:
        """Return the fonts that the book brings."""
        return read_extra(self.root, self.settings.fonts.files, self.sources["book.toml"])

    @cached_property
    def extra_faces(self) -> tuple[tuple[Face, ...], list[Problem]]:
        """Return the faces of those fonts, with what the editions need of them."""
        if not self.extra[0].families:
            return (), []
        letters = letters_of(self.print_book) | letters_of(self.epub_book)
        for asset in (*self.print_pictures[0].values(), *self.epub_pictures[0].values()):
            if asset.is_drawing:
                letters |= letters_in(asset.data)
        return extra_faces(self.extra[0], lacking(letters))

    @property
    def faces(self) -> tuple[Face, ...]:
        """Return the faces of the fonts that the book brings."""
        return self.extra_faces[0]

    @cached_property
    def fonts(self) -> str:
        """Return the digest of the fonts that the book brings."""
        parts = (part for face in self.faces for part in (repr(face), face.content))
        return digest(*parts, repr(self.extra[0].licences))

    def stylesheet(self, output: str, page: Page | None = None) -> str:
        """Return the style sheet of an output, with the fonts that the book brings."""
        way = "rtl" if self.leftward else "ltr"
        return stylesheet(output, page, way, families_of(self.faces))

    @cached_property
    def print_pictures(self) -> Pictures:
        """Return the pictures as the printed editions need them."""
        names, widths = self.extra[0].names, widths_of(self.print_book, self.page)

        def make() -> Pictures:
            return print_pictures(self.print_book, self.root, self.page, names, self.press)

        return self._shelved(make, self.print_book, widths, repr(("print", names, widths)))

    @cached_property
    def epub_pictures(self) -> Pictures:
        """Return the pictures as the e-book needs them."""
        names = self.extra[0].names
        places = {
            name: [one.place for one in there] for name, there in places_of(self.epub_book).items()
        }

        def make() -> Pictures:
            return epub_pictures(self.epub_book, self.root, names, self.press)

        return self._shelved(make, self.epub_book, places, repr(("epub", names, places)))

    def _shelved(
        self, make: Callable[[], Pictures], book: Book, names: Iterable[str], how: str
    ) -> Pictures:
        """Return pictures, made once for the same photos, the same inks and the same `how`."""
        photos = (book.photos[name] for name in names)
        return shelved(self.shelf, make, how, self.press, makings_of(photos, self.root))

    @cached_property
    def cover_art(self) -> Asset | None:
        """Return the cover's picture at the size of the cover for the shops."""
        photo = self.book.photos.get(self.settings.cover.photo)
        if photo is None or not photo.arrived:
            return None
        width = COVER_SIZE[0] / PRINT_PPI * INCH

        def make() -> Pictures:
            asset, problems = print_picture(photo, self.root, width, self.press)
            return {photo.id: asset} if asset else {}, problems

        return self._shelved(make, self.book, [photo.id], "cover")[0].get(photo.id)

    @cached_property
    def grounds(self) -> tuple[Grounds, list[Problem]]:
        """Return what the words on a front that is the first page of the inside stand on."""
        from publish.pages.covers import NO_GROUNDS

        art = self.print_pictures[0].get(self.settings.cover.photo)
        if art is None:
            return NO_GROUNDS, []
        from publish.engine.layout import lay_out
        from publish.pages.grounds import front_hidden, grounds_of

        css = self.stylesheet("print", self.page)
        front = front_hidden(self.settings, self.page, art)
        pages = lay_out(front, css, given({art.name: art}), self.faces)
        return grounds_of(pages, self.page.width)

    @cached_property
    def profile(self) -> tuple[Profile | None, list[Problem]]:
        """Return the colour profile of the press."""
        from publish.press.profiles import press_profile

        return press_profile(self.settings.print, self.root, self.sources["book.toml"])

    @cached_property
    def inks(self) -> Inks:
        """Return what the press has."""
        from publish.press.inks import inks_of

        return inks_of(self.settings.print, self.profile[0], self.inked)

    @property
    def press(self) -> bytes:
        """Return that profile's bytes; none without one, or without a picture for it."""
        return self.profile[0].data if self.book.photos and self.profile[0] else b""

    @property
    def breaks_whole(self) -> bool:
        """Tell whether paragraphs are broken as a whole, and not line by line."""
        return self.settings.print.paragraphs != "first-fit"

    @cached_property
    def manner(self) -> Manner | None:
        """Return how the paragraphs of the paged editions are broken."""
        from publish.paragraphs.manner import manner_of

        made = manner_of(self.settings.print, self.print_book)
        return made and replace(made, explained=self.explained)

    def preliminaries(self) -> list[Problem]:
        """Check what no edition can do without: chapters, characters, pictures."""
        problems = check_edition(self.print_book, "print") + check_edition(self.epub_book, "epub")
        extra, found = self.extra
        problems += found + self.extra_faces[1]
        if not has_errors(problems):
            # Without one of its fonts a whole book may lack its letters.
            printed = {id(chapter) for chapter in self.print_book.chapters}
            others = (one for one in self.epub_book.chapters if id(one) not in printed)
            rest = replace(self.epub_book, chapters=tuple(others))
            for book in (self.print_book, rest):
                problems += check_characters(book, self.sources, extra.letters)
        assets, found = self.print_pictures
        problems += found + self.epub_pictures[1]
        if self.settings.print.profile:
            problems += [one for one in self.profile[1] if one.severity == "error"]
        problems += check_index(self.book, self.sources)
        problems += check_claims(self.epub_book, self.epub_pictures[0], self.sources["book.toml"])
        return problems + check_pictures(self.print_book, self.root, self.page, assets, extra)

    def told(self, found: list[Problem]) -> list[Problem]:
        """Return the problems of an edition, those that a picture or a setting causes there."""
        assets, photos = self.print_pictures[0], self.book.photos
        placed = [at_picture(one, assets, photos) for one in found]
        return at_settings(placed, self.sources["book.toml"])
