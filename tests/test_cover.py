"""The cover for the shops: whatever the title, all of its words stand whole in their room."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pypdfium2
import pytest
from pypdfium2 import raw

from publish.building.workshop import Workshop
from publish.checks.folding import squeezed
from publish.checks.pdf_text import runs_of
from publish.cover.front import (
    AIR,
    FLOOR,
    HEIGHT,
    MARGIN,
    PICTURE_FLOOR,
    WIDTH,
    cover_picture,
    fitted,
)
from publish.engine.layout import write_pdf
from publish.ground.source import SourceFile
from publish.manuscript.folder import read_manuscript
from publish.pictures.photos import Asset
from publish.settings.book_toml import Settings
from publish.settings.toml import at_settings

SAMPLE = Path(__file__).parents[1] / "manuscript"
SUBTITLE = "Een ondertitel die zegt waar het over gaat, en over welke jaren"
LONG = "Een titel die maar niet wil eindigen en toch op het omslag moet, "
TITLES = {
    "one word": "Peil",
    "five words": "Het peil van de beek",
    "twelve words": "De dagen van de drukkers die hun eigen boeken niet meer lazen",
    "200 characters": (LONG * 4)[:200].strip(),
    "one word of 45 letters": "Waterschapsverkiezingsuitslagenavondprogramma's"[:45],
    "long words": "Arbeidersbewegingsgeschiedenis en verantwoordelijkheidsgevoel",
}
PX = 0.75


@pytest.fixture(scope="module")
def book() -> tuple[Settings, Asset]:
    """The settings of the sample book and the picture of its cover."""
    read = read_manuscript(SAMPLE)
    assert read.book
    art = Workshop(SAMPLE, read.book, read.sources).materials.cover_art
    assert art
    return read.book.settings, art


def boxes(path: Path) -> list[tuple[float, float, float, float]]:
    """Return where each run of a PDF's page stands, in pixels from its head: left, top, …"""
    page = pypdfium2.PdfDocument(path)[0]
    found = (one.get_bounds() for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    return [
        (left / PX, HEIGHT - head / PX, right / PX, HEIGHT - foot / PX)
        for left, foot, right, head in found
    ]


@pytest.mark.parametrize("pictured", [False, True], ids=["bare", "pictured"])
@pytest.mark.parametrize("subtitle", ["", SUBTITLE], ids=["", "subtitle"])
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_all_words_stand_in_their_room(
    title: str, subtitle: str, pictured: bool, book: tuple[Settings, Asset], tmp_path: Path
) -> None:
    settings = dataclasses.replace(book[0], title=title, subtitle=subtitle)
    pages, problems = fitted(settings, book[1] if pictured else None)
    assert (problems, pages.problems) == ([], ())
    path = tmp_path / "cover.pdf"
    path.write_bytes(write_pdf(pages)[0])
    (runs,) = runs_of(path)
    makers = " ".join(one.name for one in settings.contributors if one.role == "aut")
    words = f"{title} {subtitle} {makers} {settings.publisher}"
    assert "".join(squeezed(run.text) for run in runs) == squeezed(words)
    floor = PICTURE_FLOOR if pictured else FLOOR
    for left, top, right, bottom in boxes(path):
        assert MARGIN - 12 <= left < right <= WIDTH - MARGIN + 2
        assert (0 < top < bottom <= floor) or FLOOR < top < bottom < HEIGHT
    above = max(bottom for _, _, _, bottom in boxes(path) if bottom <= floor)
    assert not pictured or above + AIR / 2 < PICTURE_FLOOR + AIR


def test_a_short_title_is_set_large(book: tuple[Settings, Asset], tmp_path: Path) -> None:
    heights = []
    for title in (TITLES["one word"], TITLES["200 characters"]):
        pages, _ = fitted(dataclasses.replace(book[0], title=title, subtitle=""), None)
        path = tmp_path / "cover.pdf"
        path.write_bytes(write_pdf(pages)[0])
        _, top, _, bottom = boxes(path)[0]
        heights.append(bottom - top)
    assert heights[0] > 2 * heights[1] > 100


def test_a_word_that_fits_whole_is_not_broken(book: tuple[Settings, Asset], tmp_path: Path) -> None:
    title = "Verantwoordelijkheden"
    pages, _ = fitted(dataclasses.replace(book[0], title=title), None)
    path = tmp_path / "cover.pdf"
    path.write_bytes(write_pdf(pages)[0])
    assert title in [run.text for run in runs_of(path)[0]]


def test_words_that_are_too_many_for_any_cover(book: tuple[Settings, Asset]) -> None:
    _, problems = cover_picture(dataclasses.replace(book[0], subtitle=LONG * 40), book[1])
    assert [one.code for one in problems] == ["P423"]
    (told,) = at_settings(problems, SourceFile("book.toml", 'slug = "x"\ntitle = "X"\n'))
    assert told.span and (told.span.file, told.span.line) == ("book.toml", 2)
