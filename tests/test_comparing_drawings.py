"""Drawings in PDFs, which have no pixels: told when they change, and not when they move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

from publish.building.build import build
from publish.comparing import compared, document_of
from publish.comparing.drawings import drawings, letters_of

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" width="120" height="80">'
BARS = HEAD + "".join(
    f'<rect x="{10 + 20 * at}" y="{{0[{at}]}}" width="12" height="{{1[{at}]}}"/>'
    for at in range(5)
) + '<text x="10" y="78" font-family="Katern Sans" font-size="6">1921</text></svg>'  # fmt: skip
ROUTE = (
    HEAD + '<path fill="none" stroke="#000" stroke-width="2" d="M5 5 C 40 70 80 10 {0} 60"/></svg>'
)
TEXT = "De haven lag stil in dat jaar, en wie er kwam vond niemand meer op de kade staan."
PAGES = """# Haven

{0}

::: sidebar
Een kader met woorden.
:::

| Jaar | Schepen |
|------|---------|
| 1920 | 12 |
| 1921 | 9 |

: Schepen in de haven

![](staven)

{1}

![](route)
"""


def chart(*values: int) -> str:
    return BARS.format([70 - one for one in values], values)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    def made(before: int = 1, bars: str = chart(9, 30, 44, 21, 60), end: int = 110) -> Path:
        folder = tmp_path_factory.mktemp("drawn") / "book"
        (folder / "photos").mkdir(parents=True)
        (folder / "book.toml").write_text(
            'title = "Haven"\nmodified = 2026-11-22T12:00:00Z\n[print]\ntrim = "A6"\n'
        )
        (folder / "captions.toml").write_text(
            "".join(
                f'[{one}]\nfile = "{one}.svg"\nkind = "drawing"\nalt = "{one}"\ncaption = "{one}"\n'
                for one in ("staven", "route")
            )
        )
        (folder / "photos" / "staven.svg").write_text(bars)
        (folder / "photos" / "route.svg").write_text(ROUTE.format(end))
        said = [" ".join([TEXT] * before), " ".join([TEXT] * 4)]
        (folder / "01-haven.md").write_text(PAGES.format(*said))
        (one,) = build(folder, folder.parent / "out", ("print",)).made
        return one

    return made


def test_a_drawing_that_changes_is_told_and_one_that_moves_is_not(
    pdf: Callable[..., Path],
) -> None:
    old = document_of(pdf())
    assert len(old.pictures) == 2
    same = compared(old, document_of(pdf()))
    assert not same.changes and not same.pictures
    for one, place in (
        ({"bars": chart(9, 30, 45, 21, 60)}, 0),
        ({"bars": chart(9, 30, 44, 21, 60).replace("<rect", '<rect fill="#888"', 1)}, 0),
        ({"end": 108}, 1),
    ):  # fmt: skip
        found = compared(old, document_of(pdf(**one)))
        assert not found.changes
        assert [(it.kind, it.old) for it in found.pictures] == [("replaced", old.pictures[place])]
    moved = document_of(pdf(before=30))
    assert moved.pictures[0].page > old.pictures[0].page
    assert not compared(old, moved).pictures


def test_a_drawing_stands_where_it_is_painted(pdf: Callable[..., Path]) -> None:
    """Rendered, all ink of a page but its letters' is within the areas that are told."""
    path = pdf()
    with pypdfium2.PdfDocument(path) as document:
        number = document_of(path).pictures[0].page
        page = document[number]
        drawn = page.get_textpage()
        paths = [*enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=6))]
        told = [area for _, area, _ in drawings(page, paths, lambda: letters_of(drawn))]
        left, foot, right, head = told[0]
        width, height = page.get_size()
        image = page.render(scale=2).to_pil().convert("L")
        inked = image.crop(
            (int(left * 2), int((height - head) * 2), int(right * 2), int((height - foot) * 2))
        )
        assert inked.getextrema()[0] < 80
        # The bars reach from edge to edge of their area.
        assert inked.crop((0, 0, 6, inked.height)).getextrema()[0] < 80
        assert inked.crop((inked.width - 6, 0, inked.width, inked.height)).getextrema()[0] < 80
        assert width > right > left > 0
