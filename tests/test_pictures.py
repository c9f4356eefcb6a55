"""A picture where a book places it: how wide it prints, and what is told at its own file."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from publish.building.workshop import Workshop
from publish.ground.problems import Problem, problem
from publish.manuscript.folder import read_manuscript
from publish.pictures.placed import at_picture, print_pictures, widths_of

BOOK = 'title = "Proef"\nmodified = 2026-01-01T00:00:00Z\n'
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">\n'


def shop(folder: Path, file: str, data: bytes, text: str, settings: str = "") -> Workshop:
    (folder / "photos").mkdir()
    (folder / "photos" / file).write_bytes(data)
    captions = f'[beeld]\nfile = "{file}"\ncaption = "Een beeld."\nalt = "Een toren."\n'
    for name, words in (
        ("book.toml", BOOK + settings),
        ("captions.toml", captions),
        ("01-a.md", f"# Toren\n\nEen zin.\n\n{text}\n"),
    ):
        (folder / name).write_text(words, encoding="utf-8")
    read = read_manuscript(folder)
    assert read.book
    return Workshop(folder, read.book, read.sources)


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), (200, 16, 46)).save(out, "PNG")
    return out.getvalue()


def resolution(made: Workshop) -> list[Problem]:
    return [one for one in made.materials.preliminaries() if one.code in ("C311", "C312")]


@pytest.mark.parametrize("place", ["column", "full"])
def test_a_tall_picture_is_judged_at_the_width_that_it_gets(tmp_path: Path, place: str) -> None:
    made = shop(tmp_path, "toren.png", png(400, 1600), f"![](beeld){{place={place}}}")
    (width,) = widths_of(made.materials.print_book, made.room.page).values()
    with pypdfium2.PdfDocument(BytesIO(made.print_pdf[0])) as document:
        (bounds,) = (
            one.get_bounds() if hasattr(one, "get_bounds") else one.get_pos()
            for page in document
            for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=9)
        )
    printed = (bounds[2] - bounds[0]) * 25.4 / 72
    assert width == pytest.approx(printed, rel=0.12)
    assert width < made.room.page.placed_width(place) / 2
    # At the width of its place it would have 90 to the inch; it has more than 225.
    assert 400 / made.room.page.placed_width(place) * 25.4 < 150
    assert resolution(made) == []


def test_a_wide_picture_is_judged_at_the_width_of_its_place(tmp_path: Path) -> None:
    made = shop(tmp_path, "rivier.png", png(600, 200), "![](beeld)")
    (found,) = resolution(made)
    assert found.message.endswith(f", {made.room.page.column:.0f} mm wide")


def test_the_cover_counts_where_a_picture_is_placed_small_as_well(tmp_path: Path) -> None:
    settings = '[cover]\nphoto = "beeld"\n'
    made = shop(tmp_path, "rivier.png", png(1200, 600), "![](beeld){place=inset}", settings)
    (width,) = widths_of(made.materials.print_book, made.room.page).values()
    # It covers the page from top to bottom, so that its sides are cut.
    assert width == pytest.approx(2 * (made.room.page.height + 2 * made.room.page.bleed))
    (found,) = resolution(made)
    assert found.code == "C311"
    assert found.message.endswith(f", {width:.0f} mm wide before it is cropped")
    (asset,) = print_pictures(made.materials.print_book, made.materials.root, made.room.page)[
        0
    ].values()
    assert asset.width_px == 1200


def test_a_picture_within_a_drawing_prints(tmp_path: Path) -> None:
    inside = base64.b64encode(png(40, 20)).decode()
    drawing = f'{HEAD}<image href="data:image/png;base64,{inside}" width="40" height="20"/></svg>'
    made = shop(tmp_path, "kaart.svg", drawing.encode(), "![](beeld)")
    data, problems = made.print_pdf
    assert problems == []
    with pypdfium2.PdfDocument(BytesIO(data)) as document:
        pictures = [
            one
            for page in document
            for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=9)
        ]
    assert len(pictures) == 1


def test_what_the_engine_says_of_a_picture_stands_at_its_file(tmp_path: Path) -> None:
    drawing = f'{HEAD}<rect transform="rotate()" width="5" height="5"/></svg>'
    made = shop(tmp_path, "scheef.svg", drawing.encode(), "![](beeld)")
    (found,) = made.materials.told(made.print_pdf[1])
    assert str(found) == (
        "photos/scheef.svg:1:1: error P401 the layout engine says:"
        " Failed to render SVG image photos/scheef.svg"
    )


def test_what_it_says_of_something_else_stays_where_it_is(tmp_path: Path) -> None:
    made = shop(tmp_path, "kaart.svg", f"{HEAD}<rect/></svg>".encode(), "![](beeld)")
    other = problem("P401", None, reason="Failed to load katern:photos/beeld.svg-2", advice="")
    assert at_picture(other, made.materials.print_pictures[0], made.materials.book.photos) == other
