"""Random books with pictures at every kind of place, read back from their PDF.

`PLACED_SEEDS=60` tries so many books instead of a few.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from books.placed import Placed, placed
from conftest import shop_of

from publish.book.model import Figure
from publish.building.forme import Forme
from publish.engine.parts import Pages
from publish.ground.problems import Problem
from publish.pages.arranging import MOST
from publish.pages.placing import Arrangement, moved
from publish.text.editions import figure_id

SEEDS = range(int(os.environ.get("PLACED_SEEDS", "0"))) or (3, 10, 16, 21, 33, 34, 43, 76, 77)
Area = tuple[float, float, float, float]
"""Left, bottom, right and top in pt."""


@dataclass(slots=True)
class Read:
    """What a PDF shows: pages (from 1) and areas of telling words, and of pictures by their size.

    `full` are the pages on which anything of the text stands.
    """

    words: defaultdict[str, list[tuple[int, Area]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    pictures: defaultdict[tuple[int, int], list[tuple[int, Area]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @property
    def full(self) -> set[int]:
        """Return the pages on which a telling word or a picture stands."""
        found = (*self.words.values(), *self.pictures.values())
        return {page for places in found for page, _ in places}


def read(data: bytes) -> Read:
    made = Read()
    with pypdfium2.PdfDocument(BytesIO(data)) as document:
        for number, page in enumerate(document, 1):
            texts = page.get_textpage()
            for one in re.finditer(r"([wnk])\d{4}\1", texts.get_text_range()):
                searcher = texts.search(one[0])
                at, _ = searcher.get_next()
                made.words[one[0]].append((number, texts.get_charbox(at)))
            for size, area in images(page):
                made.pictures[size].append((number, area))
    return made


def images(page: pypdfium2.PdfPage) -> Iterator[tuple[tuple[int, int], Area]]:
    for one in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=6):
        width, height = ctypes.c_uint(), ctypes.c_uint()
        assert pdfium.FPDFImageObj_GetImagePixelSize(one, width, height)
        left, bottom, right, top = one.get_bounds()
        within = one.container
        while within is not None:
            # Its matrix only moves what is in it: the page within its sheet.
            x, y = within.get_matrix().get()[4:]
            left, bottom, right, top = left + x, bottom + y, right + x, top + y
            within = within.container
        yield (width.value, height.value), (left, bottom, right, top)


@pytest.mark.parametrize("seed", SEEDS)
def test_pictures_keep_their_order_and_no_page_is_empty(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures, told, notes = placed(tmp_path / "book", seed)
    layouts = counted(monkeypatch)
    shop = shop_of(tmp_path / "book")
    data, problems = shop.print_pdf
    assert len(layouts) <= 2 * MOST
    assert not [one for one in problems if one.code in ("P401", "P413", "P446", "P448")]
    made = read(data)

    single = {one.name for one in pictures if is_single(one, problems)}
    begins = []
    for one in pictures:
        pages = [page for page, _ in made.pictures[one.size]]
        begins.append(pages[0])
        if one.is_spread and one.name not in single:
            assert pages == [pages[0], pages[0] + 1] and pages[0] % 2 == 0
        else:
            assert len(pages) == 1
        assert_captioned(one, made, one.name in single, seed % 4 == 3)
    assert begins == sorted(begins)

    places = [made.words[word] for word in told]
    assert [len(there) for there in places] == [1] * len(told)
    on = [there[0][0] for there in places]
    assert on == sorted(on)
    assert {*range(min(made.full), max(made.full) + 1)} == made.full
    assert all(len(made.words[word]) == 1 for word in notes)
    assert {word for word in made.words if word.startswith("n")} == {*notes}


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("place", ["page", "spread", "page bleed=all caption=facing"])
def test_a_picture_with_a_page_to_itself_is_painted_once(
    columns: int, place: str, tmp_path: Path
) -> None:
    """Also where the page before it is set anew for the sake of its lines."""
    text = ["Het water stond hoog aan de kade, en wie er langs kwam keek er naar. " * 5] * 14
    text.insert(4, f"![](kade){{place={place}}}")
    shown = one_picture(tmp_path / "book", columns, text)
    assert shown == [shown[0] + at for at in range(len(shown))]
    assert len(shown) == (2 if place == "spread" else 1)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_picture_that_waits_for_a_page_does_so_once_where_columns_have_a_note(
    columns: int, tmp_path: Path
) -> None:
    """Their heights are tried one by one until there is room for them."""
    text = ['![](kade){place=half bleed="top outer"}', "Laag.", "Hoog[^een] water.", "[^een]: Zo."]
    assert len(one_picture(tmp_path / "book", columns, text)) == 1


def one_picture(folder: Path, columns: int, text: list[str]) -> list[int]:
    """Return the pages on which the picture of a book of one chapter stands, its caption once."""
    placed(folder, 0)
    toml = folder / "book.toml"
    words = re.sub(r"columns = \d", f"columns = {columns}", toml.read_text("utf-8"))
    toml.write_text(re.sub('trim = ".*"', 'trim = "135 x 210 mm"', words), "utf-8")
    (picture, *_) = sorted((folder / "photos").iterdir())
    (folder / "captions.toml").write_text(
        f'[kade]\nfile = "{picture.name}"\nalt = "Water."\ncaption = "k1000k kade."\n', "utf-8"
    )
    for chapter in folder.glob("*.md"):
        chapter.unlink()
    (folder / "01-kade.md").write_text("\n\n".join(["# Kade", *text]) + "\n", "utf-8")
    data, problems = shop_of(folder).print_pdf
    assert not [one for one in problems if one.code in ("P401", "P404", "P413", "P446")]
    made = read(data)
    ((_, shown),) = made.pictures.items()
    assert len(made.words["k1000k"]) == 1
    return [page for page, _ in shown]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[Arrangement]:
    """Return a list that has the arrangement of every layout from now on."""
    layouts: list[Arrangement] = []
    original = Forme.lay_out

    def lay_out(self: Forme, output: str, arrangement: Arrangement) -> Pages:
        layouts.append(arrangement)
        return original(self, output, arrangement)

    monkeypatch.setattr(Forme, "lay_out", lay_out)
    return layouts


def is_single(picture: Placed, problems: list[Problem]) -> bool:
    """Tell whether it is told that a picture stands on one page instead of two."""
    return any(one.code == "P447" and f"“{picture.name}”" in one.message for one in problems)


def assert_captioned(picture: Placed, made: Read, single: bool, leftward: bool) -> None:
    """See that the caption of a picture stands once, and with it: below, beside or opposite."""
    ((page, area),) = made.words[picture.word]
    shown, (left, bottom, right, top) = made.pictures[picture.size][0]
    if "facing" in picture.place and not single:
        assert (shown % 2, page) == (0, shown + 1)
        return
    assert page == shown
    if "half" in picture.place and "bleed" not in picture.place:
        assert bottom < area[1] < top
    elif single or not ("bleed" in picture.place or picture.is_spread):
        assert area[3] < bottom + 1 and bottom - area[3] < 30
        # A page to itself has its picture in the middle, and words from the side of all others.
        near = area[2] < right + 60 if leftward else left - 60 < area[0]
        assert left < area[2] if leftward else area[0] < right
        assert near or "page" in picture.place


def test_pictures_that_go_to_one_place_keep_their_order(tmp_path: Path) -> None:
    placed(tmp_path / "book", 0)
    text = "\n\n".join(["# Kade", *(f"Woord {at}.\n\n![](x{at})" for at in range(4)), "Woord."])
    for chapter in (tmp_path / "book").glob("*.md"):
        chapter.write_text(text + "\n", "utf-8")
    book = shop_of(tmp_path / "book").materials.print_book
    ids = [figure_id(block) for block in book.chapters[0].blocks if isinstance(block, Figure)]
    # Of words and pictures in turn x1 and x2 go to before the second words, x0 and x3 to the end.
    moves = {ids[0]: 7, ids[1]: -1, ids[2]: -3, ids[3]: 1}
    blocks = moved(book, moves).chapters[0].blocks
    order = [ids.index(figure_id(block)) if isinstance(block, Figure) else "w" for block in blocks]
    assert order == ["w", 1, 2, "w", "w", "w", "w", 0, 3]
