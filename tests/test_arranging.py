"""Pictures that float, page numbers that come to rest, and notes that survive both."""

import io
import math
from pathlib import Path

import pypdfium2
import pytest
from books.generate import generate
from msgspec.structs import replace

from publish.book.inlines import plain
from publish.building.workshop import Workshop
from publish.engine.layout import write_pdf
from publish.manuscript.folder import read_manuscript
from publish.pages import arranging
from publish.pages.arranging import arrange
from publish.pages.placing import ROUNDS, Arrangement, Hole, next_floats

LINE = 10.0


def test_a_picture_that_leaves_a_hole_floats_and_goes_on_floating():
    assert next_floats(frozenset(), [Hole("kaart", 55.0)], LINE) == {"kaart"}
    assert next_floats(frozenset({"kaart"}), [], LINE) == {"kaart"}


def test_a_small_hole_is_none():
    assert next_floats(frozenset(), [Hole("a", 29.0)], LINE) == frozenset()


def test_numbers_that_never_come_to_rest_are_told(monkeypatch):
    laid: list[Arrangement] = []

    def lay_out(arrangement):
        laid.append(arrangement)
        return arrangement

    # A reference that is on page 9 when it says 10, and on page 10 when it says 9.
    restless = {9: 10, 10: 9}
    monkeypatch.setattr(
        arranging, "folios", lambda pages: {"een": restless[pages.folios.get("een", 9)]}
    )
    for name in ("holes", "note_facts", "vacancies"):
        monkeypatch.setattr(arranging, name, lambda pages: [])
    for name in ("queued", "passed"):
        monkeypatch.setattr(arranging, name, lambda pages: frozenset())
    _, _, problems = arrange(lay_out, LINE, Arrangement(), moving=True)
    assert [one.code for one in problems] == ["P413"]
    assert ROUNDS < len(laid) < 3 * ROUNDS


def test_what_one_layout_tells_is_decided_at_once(monkeypatch):
    """Two pictures float, a table is set smaller, pages change: three layouts, the last the same.

    Of the white behind what is to be fitted nothing is known yet.
    """
    laid: list[Arrangement] = []

    def lay_out(arrangement):
        laid.append(arrangement)
        return arrangement

    def fit(fits, pages):
        return replace(fits, steps={"01-a.md:9": 1})

    white = [Hole("kaart", 55.0, 3), Hole("plaat", 40.0, 5), Hole("later", 40.0, 8)]
    monkeypatch.setattr(arranging, "holes", lambda pages: [] if pages.floats else white)
    monkeypatch.setattr(arranging, "folios", lambda pages: {"een": 9 - len(pages.floats)})
    monkeypatch.setattr(arranging, "note_facts", lambda pages: [])
    for name in ("queued", "passed"):
        monkeypatch.setattr(arranging, name, lambda pages: frozenset())
    monkeypatch.setattr(arranging, "vacancies", lambda pages: [])
    monkeypatch.setattr(arranging, "first_page", lambda pages, places: 5 if places else math.inf)
    found, _, problems = arrange(lay_out, LINE, Arrangement(), moving=True, fit=fit)
    assert problems == [] and len(laid) == 3
    assert found.floats == {"kaart", "plaat"}
    assert found.fits.steps == {"01-a.md:9": 1} and found.folios == {"een": 7}


@pytest.fixture(scope="module")
def dense(tmp_path_factory) -> tuple[Workshop, list[str]]:
    """A book of notes, tables and pictures, and the text of each of its pages."""
    folder = generate("dense", tmp_path_factory.mktemp("dense") / "book")
    manuscript = read_manuscript(Path(folder))
    shop = Workshop(Path(folder), manuscript.book, manuscript.sources)
    _, pages, problems = shop.room.arranged
    assert problems == []
    document = pypdfium2.PdfDocument(io.BytesIO(write_pdf(pages)[0]))
    return shop, [page.get_textpage().get_text_bounded() for page in document]


def test_no_note_is_lost(dense):
    shop, texts = dense
    whole = "".join("".join(text.split()) for text in texts)
    notes = [note for chapter in shop.materials.print_book.chapters for note in chapter.notes]
    starts = ["".join(plain(note.blocks[0].inlines).split()[:3]) for note in notes]
    assert len(starts) > 50
    assert [start for start in starts if start not in whole] == []


def test_the_contents_name_the_pages_of_the_chapters(dense):
    shop, texts = dense
    arrangement, pages, _ = shop.room.arranged
    assert pages.count == len(texts)
    for chapter in shop.materials.print_book.chapters:
        page = arrangement.folios[chapter.title.attrs.id]
        title = "".join(plain(chapter.title.inlines).split())
        assert title in "".join(texts[page - 1].split())
