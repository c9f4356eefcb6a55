"""The numbers of a word processor's lists: those that it prints, whatever stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from test_importing_docx import W, run, saved, taken
from test_importing_docx_kept import paragraph
from test_importing_docx_parts import part

from publish.book.inlines import plain
from publish.book.model import Block, Book, ListBlock, Paragraph

BETWEEN = paragraph(run("Daarna werd er gerust."))


def level(depth: int, kind: str, first: int = 1) -> str:
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="{first}"/><w:numFmt w:val="{kind}"/></w:lvl>'


def number(name: int, kind: int, more: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>'


def anew(first: int, depth: int = 0, more: str = "") -> str:
    start = f'<w:startOverride w:val="{first}"/>'
    return f'<w:lvlOverride w:ilvl="{depth}">{start}{more}</w:lvlOverride>'


NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{level(0, "decimal")}'
    f"{level(1, 'decimal')}{level(2, 'bullet')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet")}</w:abstractNum>'
    f"{number(1, 0)}{number(2, 0)}{number(3, 0, anew(1))}{number(4, 0, anew(98))}{number(5, 1)}"
    f"{number(6, 1, anew(7, 0, level(0, 'decimal')))}{number(7, 0, anew(1) + anew(5, 1))}"
    "</w:numbering>"
)
"""Lists 1 to 4 and 7 are of one kind; 3, 4 and 7 begin anew; 5 has bullets, 6 numbers for them."""


def item(name: int, depth: int = 0, text: str = "Een zak") -> str:
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>'
    return f"<w:p><w:pPr>{listed}</w:pPr>{run(text)}</w:p>"


def book_of(folder: Path, *blocks: str, numbering: str = NUMBERING) -> Book:
    made = docx.Document()
    made.part.numbering_part._element = parse_xml(numbering)
    made.styles.element.append(
        parse_xml(
            f'<w:style {W} w:type="numbering" w:styleId="Rij"><w:pPr><w:numPr>'
            '<w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        )
    )
    for xml in blocks:
        made.element.body.insert(len(made.element.body) - 1, part(xml))
    return taken(saved(made), folder)[1]


def numbers(blocks: tuple[Block, ...], depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield depth and number of each item; a dash is a bullet."""
    for block in blocks:
        if isinstance(block, ListBlock):
            for at, inner in enumerate(block.items):
                yield depth, "-" if block.start is None else str(block.start + at)
                yield from numbers(inner, depth + 1)


def printed(folder: Path, *blocks: str) -> str:
    """Return the numbers of the items, those within another one in brackets."""
    found = numbers(book_of(folder, *blocks).chapters[0].blocks)
    return " ".join("(" * depth + sign + ")" * depth for depth, sign in found)


@pytest.mark.parametrize(
    ("lists", "wanted"),
    [
        ([1, 1, 0, 1], "1 2 3"),
        ([1, 1, 0, 2], "1 2 3"),
        ([1, 1, 0, 3, 3], "1 2 1 2"),
        ([1, 1, 0, 3, 3, 0, 1], "1 2 1 2 3"),
        ([3, 0, 3], "1 2"),
        ([5, 6, 6], "- 7 8"),
    ],
)
def test_a_list_goes_on_from_another_of_its_kind_unless_it_begins_anew(
    lists: list[int], wanted: str, tmp_path: Path
) -> None:
    blocks = [item(name) if name else BETWEEN for name in lists]
    assert printed(tmp_path, *blocks) == wanted


def test_a_list_that_begins_anew_right_below_another_is_a_list_of_its_own(tmp_path: Path) -> None:
    book = book_of(tmp_path, *map(item, (1, 1, 3, 3, 4)))
    found = book.chapters[0].blocks
    assert [one.start for one in found if isinstance(one, ListBlock)] == [1, 1, 98]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("items", "wanted"),
    [
        ([(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], "1 (1) (2) 2 (1)"),
        ([(1, 0), (7, 1), (7, 1), (7, 0)], "1 (5) (6) 1"),
        ([(1, 0), (1, 2), (1, 0), (5, 2)], "1 (-) 2 (-)"),
    ],
)
def test_items_within_items_are_counted_by_themselves(
    items: list[tuple[int, int]], wanted: str, tmp_path: Path
) -> None:
    assert printed(tmp_path, *(item(*one) for one in items)) == wanted


def test_a_number_of_many_figures_keeps_its_items_together(tmp_path: Path) -> None:
    rows = [(4, 0), (4, 0), (4, 0), (4, 1), (4, 2), (4, 0)]
    book = book_of(tmp_path, *(item(*row, text="Een zak") for row in rows))
    (found,) = book.chapters[0].blocks
    assert isinstance(found, ListBlock)
    assert (
        " ".join("(" * depth + sign for depth, sign in numbers((found,))) == "98 99 100 (1 ((- 101"
    )
    texts = [plain(one.inlines) for row in found.items for one in row if isinstance(one, Paragraph)]
    assert texts == ["Een zak"] * 4


def test_a_list_that_refers_to_a_style_has_the_levels_of_that(tmp_path: Path) -> None:
    def refers(kind: int, style: str) -> str:
        link = f'<w:numStyleLink w:val="{style}"/>'
        return f'<w:abstractNum w:abstractNumId="{kind}">{link}</w:abstractNum>'

    levels = f"{level(0, 'decimal', 3)}{level(1, 'bullet')}"
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Ander"/>{levels}'
        f"</w:abstractNum>{refers(1, 'Ander')}{refers(2, 'Rij')}{refers(3, 'Niets')}"
        f"{number(1, 1)}{number(2, 0)}{number(3, 2)}{number(4, 3)}</w:numbering>"
    )
    lists = [item(1), item(1, 1), item(1), BETWEEN, item(3), BETWEEN, item(4)]
    found = numbers(book_of(tmp_path, *lists, numbering=numbering).chapters[0].blocks)
    assert list(found) == [(0, "3"), (1, "-"), (0, "4"), (0, "3"), (0, "-")]
