"""The proof: the pages of print on larger sheets, with all around them that a reader of it needs.

In: a `Workshop`, whose `Pull` tells the round and the earlier state. Out: the PDF, the map of its
pages and the texts of the manuscript in it, and problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from publish.building.workshop import Made, Workshop
from publish.engine.parts import Pages
from publish.ground.problems import Problem, Spot, weighed
from publish.ground.source import texts_of
from publish.ground.wording import wording
from publish.makeup import graded
from publish.pages.furniture import furnished
from publish.pages.pagemap import Line, page_lines
from publish.pages.picture_spots import picture_spots
from publish.pictures.placed import widest_on_cover
from publish.press.finishing import labelled
from publish.proof.bars import bars_of
from publish.proof.drawing import Around, laid_under, sheets_pdf, words_of
from publish.proof.flags import Flag, flags
from publish.proof.ground import grounds
from publish.proof.map import ProofMap, embedded
from publish.proof.mapping import proof_map
from publish.proof.sheets import Plates, barred, flagged, sheets
from publish.prose import judged


def proof_pdf(shop: Workshop) -> Made:
    """Return the proof."""
    materials, pull, language = shop.materials, shop.pull, shop.settings.language
    pages = shop.room.pages("proof")
    data, problems = shop.room.pdf("proof")
    lines, folios = list(page_lines(pages)), shop.room.folios(pages)
    texts = texts_of(materials.sources)
    open_points = _flags(shop, lines)
    plates = Plates(
        materials.print_pictures[0], materials.book.photos, words_of(language)["rights"]
    )
    made = sheets(pages, grounds(pages, materials.leftward), lines, plates)
    changed = bars_of(lines, pull.since or texts, texts)
    made = flagged(barred(made, changed), open_points)
    stamp = f"{wording(language).proof} {pull.round or ''}".strip()
    around = Around(
        shop.room.forme.proof_line, stamp, open_points, pull.answers, changed.files, language
    )
    css = materials.stylesheet("proof-sheets", shop.room.page)
    under, found = sheets_pdf(made, around, css, materials.faces)
    data, count = laid_under(data, under)
    data = labelled(data, folios, materials.leftward)
    return embedded(data, map_of(shop, pages, lines, count)), [
        *problems,
        *found,
    ]


def map_of(shop: Workshop, pages: Pages, lines: list[Line], count: int) -> ProofMap:
    """Return the map of laid-out pages, given their lines and how many they are with the sheets."""
    materials = shop.materials
    book, sources = materials.print_book, materials.sources
    shown = picture_spots(pages, book, materials.print_pictures[0], sources)
    return proof_map(furnished(pages, lines, book, sources), shown, count, texts_of(sources))


def _flags(shop: Workshop, lines: list[Line]) -> list[Flag]:
    """Return what is open: in the manuscript, its language, and the pages that it makes."""
    materials, printed = shop.materials, shop.room.pages("print")
    problems: list[Problem] = [
        *shop.found,
        *materials.preliminaries(),
        *materials.told(list(printed.problems)),
        *judged(materials.print_book, materials.sources),
        *graded(shop.room.judged().problems, shop.settings.layout),
    ]
    folios, weighty = shop.room.folios(printed), weighed(problems, final=False)
    open_points = _of_cover(weighty, shop)
    return flags(open_points, lines, materials.sources, folios, shop.settings.language)


def _of_cover(problems: list[Problem], shop: Workshop) -> Iterator[Problem]:
    """Yield problems, those of a picture that is too coarse for the cover at the cover.

    That is the first page of a proof, or on none of its pages (0).
    """
    book, front = shop.materials.print_book, shop.settings.print.cover == "self"
    name = widest_on_cover(book, shop.room.page)
    for one in problems:
        mine = name and one.code in ("C311", "C312") and one.span == book.photos[name].span
        yield one.at(Spot(int(front))) if mine else one
