"""What a person should know of how the pages came out, told at its place in the manuscript.

In: the book of the printed editions, book.toml, its laid-out pages and the `Arrangement` that they
were made by. Out: problems P414 to P417, P424, P425, P444, P446, P447 and P449: what is cut, juts
out or lies over other words, tables too wide for any type, captions too long for the page of their
picture, another number of pages, a back too full of words, pictures out of their order or on one
page instead of two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from publish.book.model import Book, Figure, Table
from publish.book.walking import blocks_of
from publish.engine.parts import Pages
from publish.ground.problems import Problem, Spot, problem
from publish.ground.source import SourceFile, Span
from publish.ground.units import MM
from publish.pages.abouts import Abouts
from publish.pages.covers import back_fits, words_of
from publish.pages.facts import folios
from publish.pages.measuring import overruns
from publish.pages.pagemap import PT, page_lines
from publish.pages.picture_order import figures_in_order, overtaking
from publish.pages.placing import Arrangement
from publish.sizes.copyfitting import Fitted
from publish.sizes.fitting import ANYWHERE, SIZES, Fits, runs_on
from publish.sizes.geometry import Page, Variation, varied
from publish.text.editions import figure_id
from publish.text.folios import folios_of


def page_findings(
    book: Book, source: SourceFile, page: Page, pages: Pages, known: Arrangement
) -> list[Problem]:
    """Return the problems of laid-out pages; `source` is book.toml."""
    found = [*_jutting(book, source, pages), *_tables(book, known.fits)]
    return [
        *found,
        *_captions(book, page, known.fits),
        *_pictures(book, pages, known),
        *_back(book, page, pages),
    ]


def _pictures(book: Book, pages: Pages, known: Arrangement) -> Iterator[Problem]:
    """Tell of pictures out of their order, and of those that stand on one page instead of two."""
    shown = folios_of(book, folios(pages))
    figures = {figure_id(one): one for one in _figures(book)}
    for name, page, earlier in overtaking(pages):
        if name in figures and earlier in figures:
            facts = {"name": figures[name].photo, "earlier": figures[earlier].photo}
            yield problem("P446", figures[name].span, page=shown.label(page), **facts)
    for name, page in figures_in_order(pages):
        if name in known.single and name in figures:
            bled = ", and no edge of it off the page" if figures[name].bleed else ""
            facts = {"name": figures[name].photo, "page": shown.label(page), "bled": bled}
            yield problem("P447", figures[name].span, **facts)


def _jutting(book: Book, source: SourceFile, pages: Pages) -> Iterator[Problem]:
    """Tell of what juts out, once for each block and page; the worst of it first."""
    spans, shown = block_spans(book), folios_of(book, folios(pages))
    abouts = Abouts(book, source, spans)
    names = {figure_id(one): one.photo for one in _figures(book)}
    told: set[tuple[int, str, bool]] = set()
    for one in sorted(overruns(pages), key=lambda one: (one.page, not one.over)):
        if (one.page, one.block, one.cut) not in told:
            told.add((one.page, one.block, one.cut))
            code = "P414" if one.cut else "P449" if one.over else "P415"
            area = one.area
            sides = (side * PT for side in (area.left, area.top, area.right, area.bottom))
            spot = Spot.of(one.page, *sides)
            name = names.get(one.block, "") if one.picture else ""
            facts = {"kind": "the picture " if name else "", "text": name or one.text}
            facts |= {"page": shown.label(one.page), "other": one.over}
            span = abouts.head(one.head) if one.head else abouts.of(one.block)
            yield problem(code, span, **facts).at(spot)


def block_spans(book: Book) -> dict[str, Span]:
    """Return the places in the manuscript by what boxes know: `data-block`, the id of a figure."""
    spans = [photo.worded for photo in book.photos.values()]
    figures = {}
    for chapter in book.chapters:
        for block in blocks_of(chapter):
            if isinstance(block, Figure):
                figures[figure_id(block)] = block.span
            more = getattr(block, "places", ()), (getattr(block, "attributed", None),)
            spans += [block.span, *(one for run in more for one in run if isinstance(one, Span))]
    return figures | {span.place: span for span in reversed(spans)}


def _figures(book: Book) -> Iterator[Figure]:
    blocks = (block for chapter in book.chapters for block in blocks_of(chapter))
    return (block for block in blocks if isinstance(block, Figure))


def _tables(book: Book, fits: Fits) -> Iterator[Problem]:
    for chapter in book.chapters:
        for block in blocks_of(chapter):
            if isinstance(block, Table) and fits.steps.get(block.span.place) == ANYWHERE:
                yield problem("P416", block.span, size=SIZES[-1])


def _captions(book: Book, page: Page, fits: Fits) -> Iterator[Problem]:
    for block in _figures(book):
        photo = book.photos[block.photo]
        tall = fits.captions.get(photo.worded.place, 0.0)
        if photo.arrived and runs_on(page, block.place, tall):
            yield problem("P417", photo.worded, name=photo.id)


def _back(book: Book, page: Page, pages: Pages) -> Iterator[Problem]:
    """Tell where the words on the back, if it is the last page, run into what is at its foot."""
    settings = book.settings
    if settings.print.cover == "self":
        found = [*words_of(pages.boxes[-1], ("description", "foot-line"))]
        if not back_fits(settings, found, page.height, air=0.0):
            yield problem("P444", None)


def fit_findings(fit: Fitted | None, usual: Page, pages: Pages, unit: int) -> list[Problem]:
    """Tell what was changed for the pages that the book is to have, or how far off it stays.

    `unit` is what its pages are filled up to with blank ones.
    """
    if fit is None or (fit.hit and fit.by == Variation()):
        return []
    if fit.hit:
        changes = ", ".join(_changes(usual, varied(usual, fit.by)))
        return [problem("P424", None, pages=fit.pages, changes=changes)]
    off, blank = fit.nearest - fit.wanted, -fit.pages % unit
    lines = Counter(line.page for line in page_lines(pages) if line.area == "flow")
    if fit.wanted <= (bare := pages.count - len(lines)):
        what = f"{bare} of its pages are cover, title, contents and the like, without any text"
    else:
        about = round(abs(off) * words_to_a_page(pages, usual), -1)
        what = f"about {about:.0f} words too {'many' if off > 0 else 'few'}"
    has = f"{fit.pages + blank} pages" + (f", {blank} of them for the binding" if blank else "")
    facts = {"pages": has, "nearest": fit.nearest, "wanted": fit.wanted, "what": what}
    return [problem("P425", None, **facts)]


def words_to_a_page(pages: Pages, page: Page) -> float:
    """Return how many words of the running text there are to a page that has any.

    Of a text that fills no page, how many there were if it did.
    """
    lines = [line for line in page_lines(pages) if line.area == "flow"]
    words, on = sum(len(line.text.split()) for line in lines), Counter(line.page for line in lines)
    full = page.lines * page.columns
    if max(on.values(), default=0) < full / 2:
        return words / max(len(lines), 1) * full
    return words / len(on)


def _changes(usual: Page, page: Page) -> Iterator[str]:
    """Yield what is another on a page than on the plain one, and by how much."""
    if page.lean:
        yield f"paragraphs a line {'shorter' if page.lean > 0 else 'longer'} where that costs least"
    if page.size != usual.size:
        yield f"type of {page.size:g} pt ({page.size - usual.size:+.2f})"
    if page.lines != usual.lines:
        yield f"{page.lines} lines to a page ({page.lines - usual.lines:+d})"
    if page.baseline != usual.baseline:
        yield f"leading of {page.baseline * MM:.2f} pt ({page.baseline / usual.baseline - 1:+.1%})"
    if page.tracking:
        yield f"tracking of {page.tracking:+.2%}"
    if page.inner != usual.inner:
        more = page.inner - usual.inner
        yield f"margins {abs(more):.1f} mm {'wider' if more > 0 else 'narrower'}"
    if page.pictures != 1:
        yield f"pictures at {page.pictures:.0%}"
