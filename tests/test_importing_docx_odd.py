"""Word processor's files with what is odd in them: line breaks, titles, lists and fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing_docx import run
from test_importing_docx_kept import DRY, WIND, book_of, paragraph, shown, table

from publish.book.inlines import LineBreak, plain, walk_inlines
from publish.book.model import Heading, ListBlock, Paragraph, Table

BREAK = "<w:r><w:br/></w:r>"
BROKEN = f"{run('De molen')}{BREAK}{run('aan de dijk')}"
WHOLE = "De molen aan de dijk"


# Line breaks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["Title", "Subtitle", "Caption", "Heading1", "Heading2"])
def test_a_line_break_in_what_is_one_line_is_a_blank(tmp_path: Path, style: str) -> None:
    blocks = (paragraph(run("Het begin"), "Heading1"), WIND, paragraph(BROKEN, style), DRY)
    _, book = book_of(tmp_path, *blocks)
    titles = [plain(one.title.inlines) for one in book.chapters if one.title]
    headings = [
        plain(block.inlines)
        for chapter in book.chapters
        for block in chapter.blocks
        if isinstance(block, Heading)
    ]
    captions = [plain(photo.caption) for photo in book.photos.values()]
    settings = book.settings
    assert {
        "Title": settings.title,
        "Subtitle": settings.subtitle,
        "Caption": (captions or [""])[0],
        "Heading1": titles[-1],
        "Heading2": (headings or [""])[0],
    }[style] == WHOLE


def test_a_line_break_in_a_cell_or_in_the_caption_of_a_table_is_a_blank(tmp_path: Path) -> None:
    cells = table((paragraph(BROKEN), WIND), (DRY, DRY))
    _, book = book_of(tmp_path, paragraph(BROKEN, "TableCaption"), cells)
    (found,) = book.chapters[0].blocks
    assert isinstance(found, Table)
    assert (plain(found.caption), plain(found.head[0]), len(found.rows)) == (WHOLE, WHOLE, 1)


def test_a_line_break_at_the_edge_of_a_paragraph_is_nothing(tmp_path: Path) -> None:
    _, book = book_of(tmp_path, paragraph(f"{BREAK}{BREAK}{BROKEN}{BREAK}{run(' ')}{BREAK}"))
    (found,) = book.chapters[0].blocks
    assert isinstance(found, Paragraph)
    assert plain(found.inlines) == WHOLE
    assert sum(isinstance(one, LineBreak) for one in walk_inlines(found.inlines)) == 1


@pytest.mark.parametrize(
    "xml",
    [
        f"{run('De mo')}<w:r><w:softHyphen/></w:r>{run('len')}",
        run("De mo\u00ad") + run("len"),
        f"{run('De molen')}<w:r><w:softHyphen/></w:r>",
    ],
)
def test_a_soft_hyphen_at_the_end_of_a_run_is_none(tmp_path: Path, xml: str) -> None:
    _, book = book_of(tmp_path, paragraph(xml))
    assert [shown(one) for one in book.chapters[0].blocks] == ["De molen"]


# Titles ------------------------------------------------------------------------------------------


def test_a_title_may_have_several_paragraphs_and_one_further_on_is_a_heading(
    tmp_path: Path,
) -> None:
    first = (paragraph(run(one), "Title") for one in ("De molen", "aan de dijk"))
    second = (paragraph(run(one), "Subtitle") for one in ("Honderd jaar", "wind"))
    later = (paragraph(run("Het slot"), "Title"), paragraph(run("En toen"), "Subtitle"))
    _, book = book_of(tmp_path, *first, *second, WIND, *later, DRY)
    settings = book.settings
    assert (settings.title, settings.subtitle) == (WHOLE, "Honderd jaar wind")
    last = book.chapters[-1]
    assert last.title and plain(last.title.inlines) == "Het slot"
    assert [shown(one) for one in last.blocks] == ["En toen", "Het bleef droog."]


# Lists -------------------------------------------------------------------------------------------


def depths(block: ListBlock) -> list[int]:
    """Return how deep each item of a list is."""
    found: list[int] = []
    for item in block.items:
        found.append(0)
        found += [at + 1 for one in item if isinstance(one, ListBlock) for at in depths(one)]
    return found


@pytest.mark.parametrize(
    ("styles", "kept"),
    [
        (["ListBullet3"], [[0]]),
        (["ListBullet", "ListBullet3", "ListBullet2"], [[0, 1, 1]]),
        (["ListBullet", "", "ListBullet2"], [[0], [0]]),
        (["ListNumber3", "ListNumber3", "ListNumber2"], [[0, 0], [0]]),
    ],
)
def test_an_item_below_none_is_an_item_and_no_code(
    tmp_path: Path, styles: list[str], kept: list[list[int]]
) -> None:
    _, book = book_of(tmp_path, *(paragraph(run("Een zak"), style) for style in styles))
    blocks = book.chapters[0].blocks
    assert [depths(one) for one in blocks if isinstance(one, ListBlock)] == kept
    assert len(blocks) == len(kept) + ("" in styles)


def listed(text: str, depth: str, more: str = "") -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{more}{numbered}</w:pPr>{run(text)}</w:p>"


@pytest.mark.parametrize("depth", ["x", "-1", "", "99", "9" * 5000])
def test_a_depth_that_can_be_none_is_the_first(tmp_path: Path, depth: str) -> None:
    _, book = book_of(tmp_path, WIND, listed("Een zak", depth))
    (_, found) = book.chapters[0].blocks
    assert isinstance(found, ListBlock) and depths(found) == [0]


def test_a_numbered_heading_is_a_heading(tmp_path: Path) -> None:
    outlined = listed("Het slot", "0", '<w:outlineLvl w:val="0"/>')
    _, book = book_of(tmp_path, outlined, DRY)
    (chapter,) = book.chapters
    assert chapter.title and plain(chapter.title.inlines) == "Het slot"
