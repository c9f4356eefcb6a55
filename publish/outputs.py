"""The editions, a row each: file name, recipe, and how its bytes are made.

In: a `Workshop`, which holds one book and makes what editions share no more than once. Out: bytes
and problems.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from publish.book import Book, Figure
from publish.composition import composed
from publish.editions import check_edition, edition_of, targeted
from publish.fonts import check_characters, check_drawing
from publish.geometry import Page, page_of
from publish.inks import in_inks
from publish.inlines import Picture
from publish.photos import Asset, check_resolution, epub_picture, print_picture
from publish.placing import Arrangement, moved
from publish.problems import Problem, problem
from publish.source import SourceFile
from publish.state import digest
from publish.structure import blocks_of, inlines_of
from publish.stylesheets import stylesheet, token
from publish.walking import walk
from publish.wording import direction, wording

if TYPE_CHECKING:
    from publish.pages import Pages

Made = tuple[bytes, list[Problem]]
Arranged = tuple[Arrangement, "Pages", list[Problem]]
COVER_SIZE = (1600, 2560)
SVG = "image/svg+xml"


class Workshop:
    """One book on its way to its editions; each shared part is made when it is first asked for."""

    def __init__(self, folder: Path, book: Book, sources: dict[str, SourceFile]) -> None:
        self.folder = folder
        self.book = book
        self.sources = sources
        self.page: Page = page_of(book.settings.print)

    @cached_property
    def print_book(self) -> Book:
        """Return the book as the printed editions show it."""
        return targeted(composed(edition_of(self.book, "print")))

    @cached_property
    def epub_book(self) -> Book:
        """Return the book as the e-book shows it."""
        return targeted(composed(edition_of(self.book, "epub")))

    def preliminaries(self) -> list[Problem]:
        """Check what no edition can do without: chapters, characters, pictures."""
        problems = check_edition(self.print_book, "print") + check_edition(self.epub_book, "epub")
        for book in (self.print_book, self.epub_book):
            problems += check_characters(book, self.sources)
        problems += self.print_pictures[1] + self.epub_pictures[1]
        for name, asset in self.print_pictures[0].items():
            if asset.media_type == SVG:
                problems += check_drawing(self.book.photos[name], asset.data)
        return problems + self.resolutions()

    def placed(self, book: Book) -> dict[str, str]:
        """Return the place of every photo of a book by its id, the cover's included."""
        places: dict[str, str] = {}
        for chapter in book.chapters:
            for _, inline in inlines_of(chapter):
                if isinstance(inline, Picture):
                    places[inline.photo] = "inset"
            for block in blocks_of(chapter):
                if isinstance(block, Figure):
                    places[block.photo] = block.place
        if book.settings.cover.photo:
            places.setdefault(book.settings.cover.photo, "page")
        return {name: place for name, place in places.items() if book.photos[name].arrived}

    def resolutions(self) -> list[Problem]:
        """Check the effective resolution of every photo at its printed width."""
        return [
            found
            for name, place in self.placed(self.print_book).items()
            for found in check_resolution(self.book.photos[name], self.page.placed_width(place))
        ]

    @cached_property
    def print_pictures(self) -> tuple[dict[str, Asset], list[Problem]]:
        """Return the pictures as the printed editions need them."""
        assets, problems = {}, []
        for name, place in self.placed(self.print_book).items():
            width = self.page.placed_width(place)
            asset, found = print_picture(self.book.photos[name], self.folder, width)
            problems += found
            if asset:
                assets[name] = asset
        return assets, problems

    @cached_property
    def epub_pictures(self) -> tuple[dict[str, Asset], list[Problem]]:
        """Return the pictures as the e-book needs them."""
        assets, problems = {}, []
        cover = self.book.settings.cover.photo
        for name in self.placed(self.epub_book):
            if name == cover and name not in self._figures():
                continue
            asset, found = epub_picture(self.book.photos[name], self.folder)
            problems += found
            if asset:
                assets[name] = asset
        return assets, problems

    def _figures(self) -> set[str]:
        blocks = (block for chapter in self.epub_book.chapters for block in walk(chapter.blocks))
        return {block.photo for block in blocks if isinstance(block, Figure)}

    @cached_property
    def cover_art(self) -> Asset | None:
        """Return the cover's picture at the size of the cover for the shops."""
        photo = self.book.photos.get(self.book.settings.cover.photo)
        if photo is None or not photo.arrived:
            return None
        return print_picture(photo, self.folder, 1600 / 400 * 25.4)[0]

    @cached_property
    def cover(self) -> Made:
        """Return the cover for the shops as JPEG."""
        from publish.cover import cover_picture

        return cover_picture(self.book.settings, self.cover_art)

    def document(self, output: str, arrangement: Arrangement) -> str:
        """Return the document of a paged output, its pictures and page numbers in place."""
        from publish.page_markup import paged_document

        book = moved(self.print_book, arrangement.moves)
        proof = self.proof_line if output == "proof" else ""
        return paged_document(book, self.page, self.print_pictures[0], arrangement.folios, proof)

    @cached_property
    def proof_line(self) -> str:
        """Return the head line of a proof: title, date and the digest of the manuscript."""
        settings = self.book.settings
        texts = (part for name in sorted(self.sources) for part in (name, self.sources[name].text))
        date = settings.modified.strftime("%Y-%m-%d %H:%M")
        words = wording(settings.language)
        return f"{settings.title} · {words.proof} · {date} · {digest(*texts)[:12]}"

    def recipe(self, output: str) -> str:
        """Return the digest of all that a paged output is made of."""
        pictures = self.print_pictures[0].values()
        data = (part for asset in pictures for part in (asset.name, asset.data))
        sheets = [stylesheet(one, self.page) for one in ("print", output)]
        bound = repr(self.book.settings.print)
        return digest(output, self.document(output, Arrangement()), bound, *sheets, *data)

    def _lay_out(self, output: str, arrangement: Arrangement) -> Pages:
        from publish.page_markup import PICTURES
        from publish.pages import lay_out

        pictures = self.print_pictures[0].values()
        given = {PICTURES + one.name: (one.data, one.media_type) for one in pictures}
        if output != "screen":
            reds = token("screen", "red"), token("print", "red")
            given = {
                name: (in_inks(data, *reds) if kind == SVG else data, kind)
                for name, (data, kind) in given.items()
            }
        return lay_out(self.document(output, arrangement), stylesheet(output, self.page), given)

    def _arranged(self, output: str, start: Arrangement, moving: bool) -> Arranged:
        from publish.arranging import arrange

        def lay_out(arrangement: Arrangement) -> Pages:
            return self._lay_out(output, arrangement)

        return arrange(lay_out, self.page.baseline * 96 / 25.4, start, moving)

    @cached_property
    def arranged(self) -> Arranged:
        """Return the arrangement of the print pages, those pages, and problems."""
        return self._arranged("print", Arrangement(), moving=self.page.columns == 1)

    def pages(self, output: str) -> Pages:
        """Return the laid-out pages of a paged output, filled up to what its binding needs."""
        from publish.pages import with_blanks

        arrangement, pages, problems = self.arranged
        if output != "print":
            _, pages, problems = self._arranged(output, arrangement, moving=False)
        pages = replace(pages, problems=(*pages.problems, *problems))
        settings = self.book.settings.print
        if settings.binding == "saddle-stitch":
            pages = with_blanks(pages, 4, before_last=settings.cover == "self")
        return pages

    @cached_property
    def print_pdf(self) -> Made:
        """Return the print PDF."""
        from publish.pages import write_pdf
        from publish.press import finished

        pages = self.pages("print")
        data, problems = write_pdf(pages)
        problems = [*pages.problems, *problems, *self.print_pictures[1]]
        return finished(data, self.page.bleed), problems


def _print(shop: Workshop) -> Made:
    return shop.print_pdf


def _screen(shop: Workshop) -> Made:
    from publish.pages import write_pdf
    from publish.press import labelled

    pages = shop.pages("screen")
    data, problems = write_pdf(pages, "pdf/ua-1")
    return labelled(data), [*pages.problems, *problems]


def _proof(shop: Workshop) -> Made:
    from publish.pages import write_pdf
    from publish.press import labelled

    pages = shop.pages("proof")
    data, problems = write_pdf(pages)
    return labelled(data), [*pages.problems, *problems]


def _booklet(shop: Workshop) -> Made:
    from publish.booklet import impose
    from publish.imposition import caliper_mm
    from publish.sheets import Job, Size

    data, problems = shop.print_pdf
    settings, paper = shop.book.settings.booklet, shop.book.settings.print.paper
    job = Job(
        sheet=Size(*settings.sheet),
        flip="long" if settings.flip == "long" else "short",
        reading="rtl" if direction(shop.book.settings.language) == "rtl" else "ltr",
        caliper=caliper_mm(paper.grams, paper.bulk),
        bleed=shop.page.bleed,
        fit="printable" if settings.fit == "printable" else "actual",
        margin=settings.margin,
    )
    booklet = impose(data, job)
    codes = {"error": "B601", "warning": "B602"}
    problems = problems + [
        problem(codes[one.severity], None, reason=one.message, advice=one.advice)
        for one in booklet.findings
        if one.severity in codes
    ]
    return booklet.pdf or b"", problems


def _cover(shop: Workshop) -> Made:
    return shop.cover


def _cover_recipe(shop: Workshop) -> str:
    from publish.cover import cover_document

    art = shop.cover_art
    document = cover_document(shop.book.settings, art)
    return digest(document, stylesheet("cover"), art.data if art else b"")


def _epub(shop: Workshop) -> Made:
    from publish.epub import make_epub
    from publish.fonts import epub_fonts

    pictures, problems = shop.epub_pictures
    cover, found = shop.cover
    front = Asset("cover.jpg", "image/jpeg", cover, *COVER_SIZE)
    book = shop.epub_book
    fonts, faces = epub_fonts(book)
    css = f"{faces}\n{stylesheet('epub')}"
    return make_epub(book, pictures, front, css, fonts), [*problems, *found]


def _epub_recipe(shop: Workshop) -> str:
    data = [one.data for one in shop.epub_pictures[0].values()]
    return digest(repr(shop.epub_book), stylesheet("epub"), _cover_recipe(shop), *data)


class Output(NamedTuple):
    """An edition: the end of its file's name, its recipe, its maker, whether `all` has it."""

    suffix: str
    recipe: Callable[[Workshop], str]
    make: Callable[[Workshop], Made]
    in_all: bool = True


OUTPUTS: Mapping[str, Output] = MappingProxyType(
    {
        "epub": Output(".epub", _epub_recipe, _epub),
        "print": Output("-print.pdf", lambda shop: shop.recipe("print"), _print),
        "booklet": Output(
            "-booklet.pdf",
            lambda shop: digest(shop.recipe("print"), repr(shop.book.settings.booklet)),
            _booklet,
        ),
        "screen": Output("-screen.pdf", lambda shop: shop.recipe("screen"), _screen),
        "cover": Output("-cover.jpg", _cover_recipe, _cover),
        "proof": Output("-proof.pdf", lambda shop: shop.recipe("proof"), _proof, in_all=False),
    }
)
