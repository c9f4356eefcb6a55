"""Pictures in parts of a book, and within other blocks: read back from the PDF, in their room."""

from __future__ import annotations

from pathlib import Path

import pytest
from readback_pdf import Piece
from test_page_pictures import HIGH, SENTENCE, Set

from publish.settings.printing import PrintSettings
from publish.sizes.geometry import Page, page_of

PLACE = "![](rood){place=half}"
ROLES = (
    *("foreword", "introduction", "timeline", "persons", "appendix", "afterword"),
    *("colophon", "epigraph"),
)
WITHIN = {
    "list": f"- Bij de sluis.\n\n  {PLACE}\n\n- Bij de brug.\n",
    "list in a list": f"- Bij de sluis.\n  - Bij het hek.\n\n    {PLACE}\n\n- Bij de brug.\n",
    "quote": f"> {SENTENCE}\n>\n> {PLACE}\n>\n> {SENTENCE}\n",
    "sidebar": f"::: sidebar\n{SENTENCE}\n\n{PLACE}\n\n{SENTENCE}\n:::\n",
    "definition": f"Lat\n: {SENTENCE}\n\n  {PLACE}\n\n  {SENTENCE}\n",
    "epigraph": f"::: epigraph\nHet water komt.\n\n{PLACE}\n\nEn gaat.\n:::\n",
    "pull quote": f"::: pullquote\nHet water komt.\n\n{PLACE}\n\nEn gaat.\n:::\n",
}


def text(count: int) -> str:
    return f"{SENTENCE * 4}\n\n" * count


def set_in(folder: Path, words: str, columns: int) -> tuple[Set, Page]:
    """Return a book of wide pictures that is set in so many columns, and its page."""
    made = Set(folder, words, shape=(1200, 800), more=f"columns = {columns}\n")
    return made, page_of(PrintSettings(columns=columns))


def seen(made: Set) -> tuple[int, tuple[float, float, float, float], Piece]:
    """Return the page (from 0) of the picture, its sides in mm, and the words of its caption."""
    (number,) = made.pages_of("rood")
    box = made.shown(number, "rood")
    (caption,) = (one for one in made.pages[number].pieces if one.text.startswith("Bijschrift"))
    assert box
    return number, box, caption


@pytest.mark.parametrize("columns", [2, 3])
@pytest.mark.parametrize("role", ROLES)
def test_half_stands_across_the_columns_of_every_part_of_a_book(
    role: str, columns: int, tmp_path: Path
) -> None:
    body = f"Lat\n: {SENTENCE}\n\n" if role in ("timeline", "persons") else text(2)
    words = f'+++\nrole = "{role}"\n+++\n# Veer\n\n{body}{PLACE}\n\n{text(2)}'
    made, page = set_in(tmp_path / "b", words, columns)
    number, (left, top, right, low), caption = seen(made)
    assert right - left == pytest.approx(page.half, abs=0.5)
    # Its caption is in the other half, level with it, and the text is above and below.
    assert left + page.half < caption.left < caption.right < left + page.measure
    assert top < HIGH - caption.top < low
    assert made.overprinted() == []
    others = [one for one in made.pages[number].pieces if one is not caption]
    beside = [one for one in others if top < HIGH - (one.top + one.bottom) / 2 < low]
    assert [one.text for one in beside] == ["1"]


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("around", WITHIN)
def test_half_within_another_block_keeps_to_it(around: str, columns: int, tmp_path: Path) -> None:
    words = f"# Veer\n\n{text(1)}{WITHIN[around]}\n{text(2)}"
    # What is out of its column would be told, and fail here.
    made, page = set_in(tmp_path / "b", words, columns)
    _, (left, top, right, low), caption = seen(made)
    assert made.overprinted() == []
    if columns == 1:
        assert 0.3 * page.measure < right - left <= page.half + 0.5
        assert right < caption.left and top < HIGH - caption.top < low
    else:
        assert 0.6 * page.column < right - left <= page.column + 0.5
        assert caption.left < right and low < HIGH - caption.top


@pytest.mark.parametrize("before", [0, 9, 11, 13, 15, 17])
@pytest.mark.parametrize("first", [True, False])
def test_a_sidebar_holds_its_inset(first: bool, before: int, tmp_path: Path) -> None:
    """Picture and caption stand on its ground, and go overleaf with it where they have no room."""
    inset, told = "![](rood){place=inset}", "Een lat bij de steiger."
    inside = f"{inset}\n\n{told}" if first else f"{told}\n\n{inset}"
    rest = "".join(f"{SENTENCE * 2}\n\n" for _ in range(8))
    words = (
        f"# Veer\n\n{f'{SENTENCE * 2}{chr(10) * 2}' * before}::: sidebar\n{inside}\n:::\n\n{rest}"
    )
    made, page = set_in(tmp_path / "b", words, 1)
    number, (left, top, right, low), caption = seen(made)
    assert right - left == pytest.approx(0.46 * page.measure, abs=0.5)
    (ground,) = (
        box.border
        for box in made.laid.boxes[number].descendants()
        if "sidebar" in box.classes and box.kind == "block"
    )
    assert ground.left < left * 96 / 25.4 and right * 96 / 25.4 < ground.right
    assert ground.top < top * 96 / 25.4
    assert (HIGH - caption.bottom) * 96 / 25.4 < ground.bottom
    assert made.overprinted() == []
    # Nothing of the text stands beside it.
    beside = [
        one for one in made.pages[number].pieces if top < HIGH - (one.top + one.bottom) / 2 < low
    ]
    assert {one.text for one in beside} <= {told}


@pytest.mark.parametrize("place", ["column", "inset", "half", "full"])
def test_in_columns_a_quotation_flows_on_where_its_picture_has_no_room(
    place: str, tmp_path: Path
) -> None:
    """No column before the last page ends in a hole, wherever the picture comes to stand."""
    floated = 0
    for lines in range(6):
        quote = f"> BEGIN. {SENTENCE}\n>\n> ![](rood){{place={place}}}\n>\n> {SENTENCE * 4}EINDE.\n"
        before = f"{SENTENCE * 6}\n\n{SENTENCE * lines}Hier.\n\n"
        words = f"# Veer\n\n{before}{quote}\n{text(12)}"
        made, page = set_in(tmp_path / f"{lines}", words, 2)
        _, (left, top, right, _), _ = seen(made)
        assert right - left == pytest.approx(page.column, abs=0.5)
        first = made.pages[4]
        foot = HIGH - page.bottom
        for column in (0, 1):
            start = page.inner + column * (page.column + page.gap) - 1
            lowest = max(
                HIGH - one.bottom
                for one in first.pieces
                if start <= one.left < start + page.column and HIGH - one.bottom < foot + 2
            )
            assert foot - lowest < 3 * page.baseline, (lines, column)
        floated += top < page.top + 1
    assert floated


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_half_that_is_as_tall_as_its_page_is_not_told_to_jut_out(
    columns: int, tmp_path: Path
) -> None:
    """It is seen no wider than its height allows, within the half that it has."""
    words = f"# Veer\n\n{text(1)}{PLACE}\n\n{text(2)}"
    more = f"columns = {columns}\n"
    made = Set(tmp_path / "b", words, shape=(600, 1900), more=more)
    _, (left, _, right, _), caption = seen(made)
    page = page_of(PrintSettings(columns=columns))
    assert right - left < page.half - 1 and caption.left > left + page.half
