"""Sidebars with pictures: read back from the PDF, their headings above them and their ground."""

from __future__ import annotations

from pathlib import Path

import pypdfium2.raw as raw
import pytest
from readback_pdf import MM
from test_fitting import PAGE, SENTENCE, Made, book, outside, pictured

from publish.sizes.fitting import Fits, Headed, Measures, next_fits

CAPTION = '[toren]\nfile = "toren.png"\nalt = "Een toren."\ncaption = "BIJSCHRIFT."\n'
RIGHTS = 'credit = "Atelier Marga"\nlicence = "CC BY-SA 4.0"\ndate = "2020"\n'


def made_of(folder: Path, before: int, inside: str, trim: str = "A5", columns: int = 1) -> Made:
    """Return a chapter with some paragraphs, then a sidebar, then text."""
    above = f"{SENTENCE * 5}\n\n" * before
    text = f"# Kader\n\n{above}::: sidebar\n{inside}\n:::\n\nNAHET {SENTENCE * 6}\n"
    files = {"book.toml": book(trim, columns), "01-a.md": text}
    files |= {"captions.toml": CAPTION + RIGHTS, "photos/toren.png": pictured("toren")}
    return Made(folder, files)


def pictures_on(made: Made) -> list[int]:
    """Return the pages (from 0) with a picture."""
    return [number for number in range(len(made.pdf.pages)) if made.pictures(number)]


def ground(made: Made, number: int) -> tuple[float, float]:
    """Return the bottom and the top of the ground of a sidebar on a page, above its trim, in mm."""
    paths = made.pdf.drawn[number].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=9)
    sides = [tuple(side / MM for side in one.get_bounds()) for one in paths]
    found = [(low, high) for left, low, right, high in sides if right - left > 40]
    return max(found, key=lambda one: one[1] - one[0])


HEADS = {
    "a heading": "## HOOFD",
    "a long heading": f"## HOOFD {'en wat daar onder hoort ' * 5}",
    "two headings": "## HOOFD\n\n### Een tweede kop",
    "a first paragraph": f"EERST {SENTENCE * 2}\n\n## HOOFD",
    "a long paragraph": f"EERST {SENTENCE * 9}\n\n## HOOFD",
}


@pytest.mark.parametrize("trim, columns", [("A5", 1), ("A4", 2), ("105 x 148 mm", 1)])
@pytest.mark.parametrize("head", HEADS)
def test_a_heading_stands_above_the_tall_picture_of_its_sidebar(
    head: str, trim: str, columns: int, tmp_path: Path
) -> None:
    inside = f"{HEADS[head]}\n\n![](toren)\n\n{SENTENCE * 3}"
    for before in (0, 3):
        made = made_of(tmp_path / str(before), before, inside, trim, columns)
        assert pictures_on(made) == made.pages_of("HOOFD") == made.pages_of("BIJSCHRIFT.")
        assert outside(made) == []
        assert made.told("P414", "P415") == []


BEFORE = {
    "a paragraph": "VOORAF {text}SLOT.\n\n![](toren)",
    "a list": "- een {text}\n- twee {text}SLOT.\n\n  ![](toren)",
    "a quotation": "> VOORAF {text}SLOT.\n>\n> ![](toren)",
}


@pytest.mark.parametrize("before", BEFORE)
def test_what_stands_before_a_picture_has_no_page_of_grey_below_it(
    before: str, tmp_path: Path
) -> None:
    inside = BEFORE[before].format(text=SENTENCE * 3)
    made = made_of(tmp_path, 0, f"Een begin. {SENTENCE * 2}\n\n{inside}\n\nEinde.")
    (number,) = made.pages_of("SLOT.")
    low, high = ground(made, number)
    last = next(one for one in made.pdf.pages[number].lines if "SLOT." in one.text)
    line = made.shop.room.page.baseline
    assert last.bottom - 2 * line < low < last.bottom < high


def test_a_decorative_picture_stands_on_the_ground_of_its_sidebar(tmp_path: Path) -> None:
    captions = f'{CAPTION}{RIGHTS}[golf]\nfile = "liggend.png"\ndecorative = true\n'
    inside = f"EERST {SENTENCE}\n\n![](golf)\n\n![](toren)"
    made = Made(
        tmp_path,
        {
            "book.toml": book("A5", 1),
            "01-a.md": f"# Kader\n\n::: sidebar\n{inside}\n:::\n",
            "captions.toml": captions,
            "photos/toren.png": pictured("toren"),
            "photos/liggend.png": pictured("liggend"),
        },
    )
    (number,) = made.pages_of("EERST")
    low, high = ground(made, number)
    # Two thirds of its width high, below two lines or three of text.
    assert high - low > 60


@pytest.mark.parametrize("above", ["", "Eerste zin.\n\n"])
def test_a_tall_picture_below_no_heading_is_as_tall_as_it_may_be(
    above: str, tmp_path: Path
) -> None:
    headed = made_of(tmp_path / "a", 0, f"## HOOFD\n\n![](toren)\n\n{SENTENCE}")
    plain = made_of(tmp_path / "b", 0, f"{above}![](toren)\n\n{SENTENCE}")
    heights = []
    for made in (headed, plain):
        (page,) = pictures_on(made)
        kinds = [raw.FPDF_PAGEOBJ_IMAGE]
        (image,) = made.pdf.drawn[page].get_objects(filter=kinds, max_depth=9)
        _, low, _, high = image.get_bounds()
        heights.append(high - low)
    assert heights[0] < heights[1] - 10
    assert plain.shop.room.arranged[0].fits.tallest == {}


def test_a_sidebar_of_text_alone_goes_on_to_the_foot_of_its_page(tmp_path: Path) -> None:
    made = made_of(tmp_path, 1, f"EERST {SENTENCE * 7}\n\n" + f"{SENTENCE * 7}\n\n" * 9)
    (number,) = made.pages_of("EERST")
    page, (low, _) = made.shop.room.page, ground(made, number)
    assert page.bottom - 0.1 < low < page.bottom + page.baseline


def test_a_picture_gives_way_to_a_heading_and_to_no_page_of_text() -> None:
    def fitted(above: float, picture: float) -> Fits:
        measures = Measures({}, {}, {}, {}, headed={"a.md:3": [Headed(above, picture, 6)]})
        return next_fits(Fits(), measures, PAGE)

    assert fitted(20, 100).tallest == {}
    lower = fitted(20, 140).tallest["a.md:3"]
    assert 20 + lower + 6 < PAGE.depth - PAGE.baseline
    assert fitted(20, lower) == Fits()
    assert fitted(20, 140).changed(Fits()) == {"a.md:3"}
    assert fitted(120, 140).tallest == {}
