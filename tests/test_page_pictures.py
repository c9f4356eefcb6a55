"""Small books with pictures, each set and read back as a PDF: nothing lies over anything else."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2.raw as raw
import pytest
from PIL import Image
from readback_pdf import MM, Page, Piece, ReadPdf

from publish.building.workshop import Workshop
from publish.engine.layout import write_pdf
from publish.ground.problems import has_errors
from publish.manuscript.folder import read_manuscript
from publish.pages.facts import first_page
from publish.settings.printing import PrintSettings
from publish.sizes.geometry import page_of

WIDE, HIGH, BLEED = 148.0, 210.0, 3.0
PAGE = page_of(PrintSettings())
SENTENCE = "De veerman meet elke ochtend het water en schrijft de stand op een lei bij de steiger. "
LONG = "Aan de lat is te zien hoe hoog het water in het voorjaar stond, " * 12
COLOURS = {
    "rood": (220, 20, 60),
    "blauw": (30, 60, 200),
    "groen": (20, 150, 70),
    "geel": (230, 190, 30),
    "paars": (120, 40, 140),
}
BOOK = """title = "Het veer"
language = "{language}"
modified = 2026-01-01T00:00:00Z

[print]
trim = "A5"
chapters = "run-on"
{more}
"""


def text(count: int, words: str = SENTENCE * 6) -> str:
    return f"{words}\n\n" * count


class Set:
    """A small book as it is set: its pages, read back from the PDF."""

    def __init__(
        self,
        folder: Path,
        words: str,
        captions: Mapping[str, str] | None = None,
        shape: tuple[int, int] = (1800, 600),
        language: str = "nl",
        more: str = "",
    ) -> None:
        (folder / "photos").mkdir(parents=True)
        (folder / "book.toml").write_text(BOOK.format(language=language, more=more), "utf-8")
        (folder / "01-veer.md").write_text(words, "utf-8")
        tables = []
        for name, colour in COLOURS.items():
            if f"![]({name})" in words:
                caption = (captions or {}).get(name, f"Bijschrift {name}.")
                Image.new("RGB", shape, colour).save(folder / "photos" / f"{name}.png")
                tables.append(
                    f'[{name}]\nfile = "{name}.png"\nkind = "photo"\ncaption = "{caption}"\n'
                    'alt = "Water."\n'
                )
        (folder / "captions.toml").write_text("\n".join(tables), "utf-8")
        read = read_manuscript(folder)
        assert read.book and not has_errors(read.problems), read.problems
        pages = Workshop(folder, read.book, read.sources).room.pages("print")
        # A picture off its page may be cut, and one of a few pixels is coarse; all else is a fault.
        assert {one.code for one in pages.problems} <= {"C312", "C322"}, pages.problems
        self.laid, self.pdf = pages, ReadPdf(write_pdf(pages)[0])
        self.pages = self.pdf.pages
        self.looks: dict[int, Image.Image] = {}

    def with_words(self, words: str) -> int:
        """Return the only page (from 0) on which words stand."""
        (number,) = (at for at, page in enumerate(self.pages) if words in page.words)
        return number

    def look(self, number: int) -> Image.Image:
        """Return a page as it is painted, its bleed included, at `DOTS` pixels a mm."""
        if number not in self.looks:
            drawn = self.pdf.drawn[number].render(scale=DOTS / MM)
            self.looks[number] = drawn.to_pil().convert("RGB")
        return self.looks[number]

    def shown(self, number: int, name: str) -> tuple[float, float, float, float] | None:
        """Return where a colour is seen, in mm from the trim's upper left corner."""
        image, (left, above) = self.look(number), corner(self.pages[number])
        wanted = COLOURS[name]
        mask = image.point(
            [255 if abs(at % 256 - wanted[at // 256]) < 4 else 0 for at in range(768)]
        )
        whole = mask.split()
        seen = Image.composite(Image.composite(whole[2], whole[1], whole[1]), whole[0], whole[0])
        box = seen.getbbox()
        if box is None:
            return None
        sides = [one / DOTS for one in box]
        return sides[0] - left, sides[1] - above, sides[2] - left, sides[3] - above

    def pages_of(self, name: str) -> list[int]:
        """Return the pages on which a colour is seen."""
        return [at for at in range(len(self.pages)) if self.shown(at, name)]

    def overprinted(self) -> list[tuple[int, str, str]]:
        """Return pieces of text that lie over each other, with their page."""
        return [
            (number, one.text, other.text)
            for number, page in enumerate(self.pages)
            for one, other in itertools.combinations(page.pieces, 2)
            if overlap(one, other)
        ]


DOTS = 4


def corner(page: Page) -> tuple[float, float]:
    """Return where the trim's upper left corner lies on a page, in mm."""
    return page.trim[0] - page.media[0], page.media[3] - page.trim[3]


def overlap(one: Piece, other: Piece) -> bool:
    """Tell whether two pieces share more than a hair of room; lines may touch by their tails."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.top, other.top) - max(one.bottom, other.bottom)
    return across > 0.3 and down > 0.5 * min(one.top - one.bottom, other.top - other.bottom)


def area(box: tuple[float, float, float, float] | None) -> float:
    assert box
    return (box[2] - box[0]) * (box[3] - box[1])


# Edges -------------------------------------------------------------------------------------------


def test_of_two_pictures_off_one_edge_the_second_waits_for_a_page(tmp_path: Path) -> None:
    top = 'place=full bleed="top inner outer"'
    words = f"# Veer\n\n{text(1)}![](rood){{{top}}}\n\n![](blauw){{{top}}}\n\n{text(14)}"
    made = Set(tmp_path / "b", words)
    (red,), (blue,) = made.pages_of("rood"), made.pages_of("blauw")
    assert blue == red + 1
    for number, name in ((red, "rood"), (blue, "blauw")):
        box = made.shown(number, name)
        assert box and box[1] == pytest.approx(-BLEED, abs=0.4)
        # All of it is to be seen: a third as high as it is wide.
        assert area(box) == pytest.approx((WIDE + 2 * BLEED) ** 2 / 3, rel=0.02)
        assert len(made.pages[number].lines) > 20
    assert made.overprinted() == []


def test_at_the_foot_too_and_what_does_not_bleed_may_share_the_page(tmp_path: Path) -> None:
    foot = 'place=half bleed="bottom outer" caption=beside'
    words = (
        f"# Veer\n\n{text(1)}![](rood){{{foot}}}\n\n![](blauw){{{foot}}}\n\n"
        f"![](groen){{place=full bleed=outer}}\n\n{text(12)}"
    )
    made = Set(tmp_path / "b", words)
    (red,), (blue,), (green,) = (made.pages_of(one) for one in ("rood", "blauw", "groen"))
    assert (blue, green) == (red + 1, red + 1)
    for number, name in ((red, "rood"), (blue, "blauw")):
        box = made.shown(number, name)
        assert box and box[3] == pytest.approx(HIGH + BLEED, abs=0.4)
    assert made.overprinted() == []


# Captions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "before"),
    [("place=half", 1), ("place=half", 3), ('place=half bleed="top outer"', 3)],
)
def test_a_caption_that_is_taller_than_its_picture_has_its_room(
    place: str, before: int, tmp_path: Path
) -> None:
    words = f"# Veer\n\n{text(before)}![](rood){{{place} caption=beside}}\n\n{text(8)}"
    made = Set(tmp_path / "b", words, {"rood": LONG})
    (number,) = made.pages_of("rood")
    box = made.shown(number, "rood")
    assert box
    assert first_page(made.laid, {"captions.toml:4"}) == number + 1
    lowest = min(one.bottom for one in made.pages[number].pieces if beside(one, box))
    assert HIGH - lowest > box[3] + 10, "the caption is not taller than the picture"
    assert made.overprinted() == []


def beside(piece: Piece, box: tuple[float, float, float, float]) -> bool:
    """Tell whether a piece stands beside a picture and not below it."""
    return piece.left > box[2] or piece.right < box[0]


def test_at_the_foot_a_tall_caption_ends_with_the_type_area(tmp_path: Path) -> None:
    place = 'place=half bleed="bottom outer" caption=beside'
    words = f"# Veer\n\n{text(3)}![](rood){{{place}}}\n\n{text(8)}"
    made = Set(tmp_path / "b", words, {"rood": LONG})
    (number,) = made.pages_of("rood")
    box = made.shown(number, "rood")
    assert box and box[3] == pytest.approx(HIGH + BLEED, abs=0.4)
    words_beside = [one for one in made.pages[number].pieces if "lat is te zien" in one.text]
    assert len(words_beside) > 8
    assert min(one.bottom for one in words_beside) > PAGE.bottom - 0.5
    assert made.overprinted() == []


@pytest.mark.parametrize(("language", "way"), [("nl", ""), ("he", "{lang=nl dir=ltr}\n")])
def test_an_inset_has_about_half_the_measure_and_text_beside_it(
    language: str, way: str, tmp_path: Path
) -> None:
    """The lines beside it end short of it, and those above and below have the whole measure.

    That is so too of words that are read the other way than the book.
    """
    words = f"# Veer\n\n{text(1)}![](rood){{place=inset}}\n\n{text(6, way + SENTENCE * 6)}"
    made = Set(tmp_path / "b", words, shape=(1200, 1400), language=language)
    (number,) = made.pages_of("rood")
    box = made.shown(number, "rood")
    assert box
    left, top, right, low = box
    assert 0.4 < (right - left) / PAGE.measure < 0.6
    beside, whole = [], []
    for one in made.pages[number].pieces:
        middle = HIGH - (one.top + one.bottom) / 2
        (beside if top < middle < low else whole).append(one)
    full = [one for one in beside if one.right - one.left > 0.3 * PAGE.measure]
    assert len(full) > 5
    assert all(one.right < left or one.left > right for one in beside)
    assert sum(one.right - one.left > 0.95 * PAGE.measure for one in whole) > 5
    assert made.overprinted() == []


@pytest.mark.parametrize("rows", [1, 2])
def test_after_a_table_too_the_text_flows_on_where_a_picture_has_no_room(
    rows: int, tmp_path: Path
) -> None:
    table = "| Lat | Stand |\n|---|---|\n" + "| steiger | laag |\n" * rows + "\n: Waterstanden\n\n"
    words = f"# Veer\n\n{text(3)}{table}![](rood){{place=full}}\n\n{text(6)}"
    made = Set(tmp_path / "b", words, shape=(1200, 1000))
    (number,) = made.pages_of("rood")
    assert made.with_words("Waterstanden") == number - 1
    assert len(made.pages[number - 1].lines) > 28
    box = made.shown(number, "rood")
    assert box and box[1] == pytest.approx(PAGE.top, abs=0.5)


# Indents -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "before"),
    [
        ('place=full bleed="top outer"', ""),
        ("place=spread", ""),
        ("place=full caption=facing", ""),
        ("place=spread", "::: standfirst\nWie het water kent.\n:::\n\n"),
    ],
)
def test_the_first_paragraph_of_a_section_is_not_indented_after_a_picture_that_floats(
    place: str, before: str, tmp_path: Path
) -> None:
    words = (
        f"# Veer\n\n{before}![](rood){{{place}}}\n\nEerst het water. {text(1)}"
        f"Dan de kade. {text(2)}![](blauw){{{place}}}\n\nNu het hout. {text(16)}"
    )
    made = Set(tmp_path / "b", words)
    first, second, third = (left_of(made, one) for one in ("Eerst", "Dan de", "Nu het"))
    assert first == pytest.approx(0, abs=0.3)
    assert second == third == pytest.approx(PAGE.size * 1.4 / MM, abs=0.3)


def test_text_goes_on_indented_after_however_many_pictures_that_float(tmp_path: Path) -> None:
    pictures = "".join(f'![]({name}){{place=full bleed="top outer"}}\n\n' for name in COLOURS)
    listed = f"- Een kade.\n- Een brug.\n\n{pictures}Dan het water. {text(9)}"
    words = f"# Veer\n\n{text(1)}{listed}## Hout\n\nNu het hout. {text(2)}"
    made = Set(tmp_path / "b", words)
    assert len(COLOURS) > 4
    assert left_of(made, "Dan het") == pytest.approx(PAGE.size * 1.4 / MM, abs=0.3)
    assert left_of(made, "Nu het") == pytest.approx(0, abs=0.3)


def left_of(made: Set, words: str) -> float:
    """Return how far in a line begins, in mm from the type area."""
    number = made.with_words(words)
    (piece,) = (one for one in made.pages[number].lines if one.text.startswith(words))
    return round(piece.left - (PAGE.outer if number % 2 else PAGE.inner), 1)


# The end of a book, and books read leftward ------------------------------------------------------


def test_a_picture_that_waits_at_the_end_of_a_book_has_the_margins_of_its_text(
    tmp_path: Path,
) -> None:
    words = f"# Veer\n\n{text(3)}![](rood){{place=full bleed=outer}}\n"
    made = Set(tmp_path / "b", words, more='cover = "self"\nbinding = "saddle-stitch"\n')
    (number,) = made.pages_of("rood")
    box = made.shown(number, "rood")
    recto = number % 2 == 0
    assert box and box[1] == pytest.approx(PAGE.top, abs=0.4)
    assert box[0] == pytest.approx(PAGE.inner if recto else -BLEED, abs=0.4)
    assert box[2] == pytest.approx(WIDE + BLEED if recto else WIDE - PAGE.inner, abs=0.4)
    assert str(number + 1) in made.pages[number].text.split("\n")
    assert "Bijschrift rood." in made.pages[number].words


def test_in_a_book_read_leftward_the_halves_of_a_spread_meet_at_the_spine(tmp_path: Path) -> None:
    words = f"# Veer\n\n{text(4)}![](rood){{place=spread}}\n\n{text(12)}"
    folder = tmp_path / "b"
    Set(folder, words, language="he")
    across = Image.linear_gradient("L").rotate(90).resize((1800, 600))
    ramp = Image.merge(
        "RGB", (across, Image.new("L", across.size, 60), across.point(lambda one: 90))
    )
    ramp.save(folder / "photos" / "rood.png")
    read = read_manuscript(folder)
    assert read.book
    pages = Workshop(folder, read.book, read.sources).room.pages("print")
    pdf = ReadPdf(write_pdf(pages)[0])
    verso = next(at for at, page in enumerate(pdf.pages) if "Bijschrift rood" in page.words)
    assert verso % 2 == 1 and pictured(pdf, verso) and pictured(pdf, verso + 1)

    def red(number: int, x: float) -> int:
        image = pdf.drawn[number].render(scale=DOTS / MM).to_pil().convert("RGB")
        left, above = corner(pdf.pages[number])
        return int(image.getpixel((int((left + x) * DOTS), int((above + 20) * DOTS)))[0])

    # The first page that is read lies on the right, and shows the right half.
    assert abs(red(verso, 0.2) - red(verso + 1, WIDE - 0.2)) <= 4
    steps = [red(verso + 1, 10), red(verso + 1, WIDE - 10), red(verso, 10), red(verso, WIDE - 10)]
    assert steps == sorted(steps) and steps[-1] - steps[0] > 180
    assert steps[2] - steps[1] == pytest.approx(20 / (2 * WIDE) * 255, abs=6)


def pictured(pdf: ReadPdf, number: int) -> bool:
    found: Any = pdf.drawn[number].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=9)
    return any(True for _ in found)
