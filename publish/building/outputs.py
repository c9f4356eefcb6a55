"""The editions, a row each: its recipe, and how its bytes are made.

In: a `Workshop`. Out: bytes and problems.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from publish.book.walking import pictures_of
from publish.building.workshop import Made, Workshop
from publish.epub.extract import check_extract, extract_of, pages_of
from publish.ground.filenames import file_of
from publish.ground.problems import Problem, Unmakeable, problem
from publish.ground.source import Span
from publish.pictures.photos import Asset
from publish.settings.toml import read_toml
from publish.sizes.geometry import COVER_SIZE
from publish.standing.state import digest

if TYPE_CHECKING:
    from publish.booklet.imposing import Booklet


def _print(shop: Workshop) -> Made:
    return shop.print_pdf


def _screen(shop: Workshop) -> Made:
    from publish.press.xmp import identity_of
    from publish.screen.archive import archived

    data, problems = shop.room.pdf("screen")
    folios = shop.room.folios(shop.room.pages("screen"))
    identity = identity_of(shop.settings, "screen")
    return archived(data, identity, folios, shop.materials.leftward), problems


def _proof(shop: Workshop) -> Made:
    from publish.building.proof import proof_pdf

    return proof_pdf(shop)


def _proof_recipe(shop: Workshop) -> str:
    # Problems are flagged in it, and they may be of anything in the manuscript.
    sources = shop.materials.sources
    texts = (part for name in sorted(sources) for part in (name, sources[name].text))
    return digest(shop.room.recipe("proof"), repr(shop.pull), *texts)


def _booklet(shop: Workshop) -> Made:
    from publish.booklet.imposing import impose
    from publish.booklet.imposition import job_of

    data, problems = shop.print_pdf
    job = job_of(shop.settings, shop.room.page.bleed, shop.materials.leftward)
    return _imposed(impose(data, job), problems)


def _dummy(shop: Workshop) -> Made:
    from publish.booklet.dummy import dummy_pdf
    from publish.booklet.imposing import impose
    from publish.booklet.imposition import job_of
    from publish.booklet.sheets import Size
    from publish.press.makeready import told_title

    page, title = shop.room.page, told_title(shop.settings)
    # How many pages there are may be known: what is wrong with them is said of the print edition.
    count = len(shop.room.printed().starts)
    data, problems = dummy_pdf(count, Size(page.width, page.height), page.bleed, title)
    job = job_of(shop.settings, page.bleed, shop.materials.leftward)
    # What it lacks room for, or prints in the margin, is said of the booklet itself.
    made, found = _imposed(impose(data, job), [])
    return made, [*problems, *(one for one in found if one.code == "B601")]


def _imposed(booklet: Booklet, problems: list[Problem]) -> Made:
    """Return the sheets, with what was found while they were made."""
    codes = {"error": "B601", "warning": "B602"}
    problems = problems + [
        problem(codes[one.severity], None, reason=one.message, advice=one.advice)
        for one in booklet.findings
        if one.severity in codes
    ]
    return booklet.pdf or b"", problems


def _cover(shop: Workshop) -> Made:
    return shop.cover


def _coversheet(shop: Workshop) -> Made:
    if shop.settings.print.cover == "self":
        document, _ = read_toml(shop.materials.sources["book.toml"])
        at = document.value(("print", "cover")) if document else Span("book.toml")
        raise Unmakeable(problem("P440", at))
    return shop.coversheet


def _coversheet_recipe(shop: Workshop) -> str:
    # The pages of the inside follow from the recipe of the print edition: it is not laid out.
    settings = shop.settings
    if settings.print.cover == "self":
        # There is none, which is told before a number of pages is tried for.
        return digest("coversheet", repr(settings))
    sheet = shop.room.forme.stylesheet("coversheet")
    number = settings.identifiers.print.shown
    return digest("coversheet", shop.room.recipe("print"), repr(settings), number, sheet)


def _epub(shop: Workshop) -> Made:
    return shop.epub


def _epub_recipe(shop: Workshop) -> str:
    data = [one.data for one in shop.materials.epub_pictures[0].values()]
    pages = shop.room.recipe("print") if shop.settings.epub.page_list else ""
    sheet, book = shop.materials.stylesheet("epub"), shop.materials.epub_book
    # What captions.toml tells of a picture that stands nowhere is in no file.
    placed = {name for name, _ in pictures_of(book)}
    shown = {name: photo for name, photo in book.photos.items() if name in placed}
    return digest(repr(replace(book, photos=shown)), sheet, shop.cover_recipe, pages, *data)


def _extract(shop: Workshop) -> Made:
    whole, pages = shop.paged_epub
    book = extract_of(whole)
    data, problems = shop.bound(book, pages_of(book, pages), "extract")
    return data, [*problems, *check_extract(whole)]


def _onix(shop: Workshop) -> Made:
    from publish.trade.onix import onix_message
    from publish.trade.onix_detail import Facts

    book = shop.materials.epub_book
    (epub, problems), (cover, _) = shop.epub, shop.cover
    file = file_of("cover", book.settings.slug)
    front = Asset(file, "image/jpeg", cover, *COVER_SIZE)
    lacking = [] if book.settings.publisher else [problem("K709", None)]
    facts = Facts(epub, shop.room.printed().starts, front)
    return onix_message(book, facts), [*problems, *lacking]


class Output(NamedTuple):
    """How an edition is made: its recipe, the digest of all that it is made of, and its maker."""

    recipe: Callable[[Workshop], str]
    make: Callable[[Workshop], Made]


OUTPUTS: Mapping[str, Output] = MappingProxyType(
    {
        "epub": Output(_epub_recipe, _epub),
        "print": Output(lambda shop: shop.room.recipe("print"), _print),
        "booklet": Output(
            lambda shop: digest(shop.room.recipe("print"), repr(shop.settings.booklet)),
            _booklet,
        ),
        "screen": Output(lambda shop: shop.room.recipe("screen"), _screen),
        "cover": Output(lambda shop: shop.cover_recipe, _cover),
        "dummy": Output(
            lambda shop: digest("dummy", shop.room.recipe("print"), repr(shop.settings.booklet)),
            _dummy,
        ),
        "coversheet": Output(_coversheet_recipe, _coversheet),
        "proof": Output(_proof_recipe, _proof),
        "extract": Output(lambda shop: digest("extract", _epub_recipe(shop)), _extract),
        "onix": Output(
            lambda shop: digest("onix", _epub_recipe(shop), shop.room.recipe("print")), _onix
        ),
    }
)
"""A row for each edition of `filenames.FILES`, in the same order."""
