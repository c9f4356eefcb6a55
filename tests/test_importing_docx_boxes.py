"""What a word processor's file has beside its paragraphs: boxes, drop caps, cells, captions."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from test_importing_docx import PNG, run, saved, taken
from test_importing_docx_around import box
from test_importing_docx_kept import CALL, DRY, WIND, book_of, lines_told, paragraph, shown, table
from test_importing_docx_parts import part, told

from publish.book.inlines import plain
from publish.book.model import Container, Figure, Heading, ListBlock, Paragraph, Rule, Table

LISTED = '<w:p><w:pPr><w:pStyle w:val="ListBullet"/></w:pPr><w:r><w:t>Een punt.</w:t></w:r></w:p>'
CELLS = table((DRY, WIND), (WIND, DRY))


def test_what_stands_in_a_box_of_text_is_one_sidebar(tmp_path: Path) -> None:
    inner = DRY + WIND + LISTED + CELLS + paragraph(run("Met een noot.") + CALL)
    _, book = book_of(tmp_path, paragraph(run("Ervoor.") + box(inner)), paragraph(run("Erna.")))
    before, sidebar, after = book.chapters[0].blocks
    assert isinstance(sidebar, Container) and sidebar.kind == "sidebar"
    kinds = [type(one) for one in sidebar.blocks]
    assert kinds == [Paragraph, Paragraph, ListBlock, Table, Paragraph]
    assert (shown(before), shown(sidebar.blocks[-1]), shown(after)) == (
        *("Ervoor.", "Met een noot.*", "Erna."),
    )


def test_two_boxes_are_two_sidebars_and_a_heading_in_one_begins_no_chapter(tmp_path: Path) -> None:
    first = paragraph(run("In het kort"), "Heading1") + DRY
    second = paragraph(run("Zo gezegd."), "IntenseQuote") + WIND
    _, book = book_of(tmp_path, paragraph(run("Ervoor.") + box(first) + box(second)))
    (chapter,) = book.chapters
    _, *boxes = chapter.blocks
    kinds = [[type(one) for one in each.blocks] for each in boxes if isinstance(each, Container)]
    assert kinds == [[Heading, Paragraph], [Container, Paragraph]]


def framed(inner: str) -> str:
    return f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize("twice", [True, False])
def test_what_stands_in_a_table_of_one_cell_is_text(tmp_path: Path, twice: bool) -> None:
    inner = paragraph(run("Over weer"), "Heading2") + WIND + LISTED + CELLS
    frame = framed(framed(inner)) if twice else framed(inner)
    imported, book = book_of(tmp_path, paragraph(run("Molens"), "Heading1"), DRY, frame, DRY)
    kinds = [type(one) for one in book.chapters[0].blocks]
    assert kinds == [Paragraph, Heading, Paragraph, ListBlock, Table, Paragraph]
    found = lines_told(imported, "frame")
    assert {line for line, _ in found} == {3}
    assert all("is text here: “Over weer De wind." in message for _, message in found)


def test_nothing_is_told_of_a_table_of_one_cell_that_shows_nothing(tmp_path: Path) -> None:
    hidden = framed(paragraph(run("weg", "<w:vanish/>")))
    imported, book = book_of(tmp_path, DRY, framed(""), hidden, WIND)
    assert [shown(one) for one in book.chapters[0].blocks] == ["Het bleef droog.", "De wind."]
    assert not told(imported, "frame")


def test_a_picture_in_a_table_of_one_cell_has_its_caption_and_a_drop_cap_its_text(
    tmp_path: Path,
) -> None:
    data = pictured(WIND, "PICTURE", named("Het rad"), DRY)
    made = docx.Document(io.BytesIO(data))
    cell = part(framed(""))
    body = made.element.body
    cell[0][0].append(body[1])
    body.insert(1, cell)
    body.insert(len(body) - 2, part(cap("D")))
    body.insert(len(body) - 2, part(framed(paragraph(run("e molen.")))))
    imported, book = taken(saved(made), tmp_path)
    blocks = book.chapters[0].blocks
    assert [type(one) for one in blocks] == [Paragraph, Figure, Paragraph, Paragraph]
    assert shown(blocks[2]) == "De molen."
    assert [plain(one.caption) for one in book.photos.values()] == ["Het rad"]
    assert len(told(imported, "frame")) == 1


def named(words: str) -> str:
    return paragraph(run(words), "Caption")


def pictured(*blocks: str, alt: str = "") -> bytes:
    """Return a document of blocks, in which PICTURE stands for a paragraph with a picture."""
    made = docx.Document()
    for xml in blocks:
        if xml == "PICTURE":
            made.add_picture(io.BytesIO(PNG), width=Cm(4))
            made.inline_shapes[-1]._inline.docPr.set("descr", alt)
        else:
            made.element.body.insert(len(made.element.body) - 1, part(xml))
    return saved(made)


def test_a_box_with_nothing_but_the_caption_of_a_picture_is_none(tmp_path: Path) -> None:
    caption = paragraph(run("Het rad"), "Caption")
    data = pictured(WIND, "PICTURE", f"<w:p>{box(caption)}</w:p>", DRY)
    _, book = taken(data, tmp_path)
    assert [type(one) for one in book.chapters[0].blocks] == [Paragraph, Figure, Paragraph]
    assert [plain(one.caption) for one in book.photos.values()] == ["Het rad"]


@pytest.mark.parametrize(
    ("inner", "below", "kinds", "caption"),
    [
        (DRY, WIND, [Paragraph, Container, Figure, Paragraph], ""),
        (DRY, named("Het rad"), [Paragraph, Container, Figure], "Het rad"),
        (named("Het rad") + DRY, WIND, [Paragraph, Container, Figure, Paragraph], "Het rad"),
        (DRY + named("Het rad") + DRY, WIND, [Paragraph, Container, Figure, Paragraph], "Het rad"),
        (paragraph(""), named("Het rad"), [Paragraph, Figure], "Het rad"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_picture_beside_a_box_stands_outside_of_it(
    tmp_path: Path, inner: str, below: str, kinds: list[type], caption: str, first: bool
) -> None:
    made = docx.Document()
    made.add_paragraph("Ervoor.")
    made.add_picture(io.BytesIO(PNG), width=Cm(4))
    beside = made.paragraphs[-1]._p
    beside.insert(len(beside) if first else 1, part(box(inner)))
    made.element.body.insert(len(made.element.body) - 1, part(below))
    _, book = taken(saved(made), tmp_path)
    blocks = book.chapters[0].blocks
    assert [type(one) for one in blocks] == kinds
    boxed = [len(one.blocks) for one in blocks if isinstance(one, Container)]
    assert boxed == [inner.count(DRY)] * bool(inner.count(DRY))
    assert [plain(one.caption) for one in book.photos.values()] == [caption]


# Drop caps ---------------------------------------------------------------------------------------


def cap(letters: str, how: str = "drop", more: str = "") -> str:
    frame = f'<w:pPr><w:framePr w:dropCap="{how}" w:lines="3"/></w:pPr>'
    return f"<w:p>{frame}{run(letters, '<w:b/>' + more)}</w:p>"


@pytest.mark.parametrize(
    ("blocks", "texts"),
    [
        ((cap("D"), paragraph(run("e wind."))), ["De wind."]),
        ((cap("‘H", "margin"), paragraph(run("et is nat,’ zei hij."))), ["‘Het is nat,’ zei hij."]),
        (
            (cap("D"), paragraph(run("e wind.")), cap("E"), paragraph(run(" …"))),
            ["De wind.", "E …"],
        ),
        ((cap("D", "none"), paragraph(run("e wind."))), ["D", "e wind."]),
    ],
)
def test_a_drop_cap_begins_the_paragraph_after_it(
    tmp_path: Path, blocks: tuple[str, ...], texts: list[str]
) -> None:
    imported, book = book_of(tmp_path, *blocks)
    assert [shown(one) for one in book.chapters[0].blocks] == texts
    assert "**" not in "".join(imported.files.values()) or "none" in blocks[0]


SDT = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
HEAD = paragraph(run("Over weer"), "Heading2")


@pytest.mark.parametrize(
    ("blocks", "texts"),
    [
        ((cap("D"), SDT.format(paragraph(run("e wind.")))), ["De wind."]),
        ((SDT.format(cap("D")), paragraph(run("e wind."))), ["De wind."]),
        ((cap("D"), paragraph(""), paragraph(run(" ")), paragraph(run("e wind."))), ["De wind."]),
        ((cap("D"), HEAD, paragraph(run("e wind."))), ["Over weer", "De wind."]),
        ((cap("D"), HEAD), ["D", "Over weer"]),
        ((cap("D"), HEAD, cap("E"), HEAD), ["D", "Over weer", "E", "Over weer"]),
        ((cap("D"), LISTED), ["DEen punt."]),
        ((cap("D"), paragraph(run("***")), DRY), ["", "DHet bleef droog."]),
        ((cap("D"),), ["D"]),
    ],
)
def test_a_drop_cap_begins_the_running_text_after_it_and_no_heading(
    tmp_path: Path, blocks: tuple[str, ...], texts: list[str]
) -> None:
    imported, book = book_of(tmp_path, paragraph(run("Molens"), "Heading1"), *blocks)
    found = book.chapters[0].blocks
    assert [shown(one) if not isinstance(one, Rule) else "" for one in found] == texts
    passed = texts == ["Over weer", "De wind."]
    assert [message for _, message in lines_told(imported, "dropcap")] == [
        "the drop cap “D” stood before a heading, and begins the text below it: “e wind.”"
    ] * passed


def test_a_drop_cap_before_a_table_stays_a_paragraph(tmp_path: Path) -> None:
    _, book = book_of(tmp_path, cap("D"), CELLS)
    assert [type(one) for one in book.chapters[0].blocks] == [Paragraph, Table]


# Breaks ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["* * *", "***", " ⁂ ", "###", "*"])
def test_an_ornament_that_is_a_paragraph_is_a_break(tmp_path: Path, typed: str) -> None:
    stars = paragraph(run(typed))
    imported, book = book_of(tmp_path, WIND, stars, DRY, paragraph(box(DRY + stars + WIND)))
    *blocks, sidebar = book.chapters[0].blocks
    assert [type(one) for one in blocks] == [Paragraph, Rule, Paragraph]
    assert isinstance(sidebar, Container)
    assert [type(one) for one in sidebar.blocks] == [Paragraph, Rule, Paragraph]
    assert '"as":"break"' in imported.files["import-ledger.json"]


def test_an_ornament_in_a_list_a_heading_or_with_a_note_is_none(tmp_path: Path) -> None:
    stars = run("***")
    listed = LISTED.replace("Een punt.", "***")
    blocks = (
        paragraph(stars, "Heading2"),
        listed,
        paragraph(stars + CALL),
        table((paragraph(stars), DRY)),
    )
    _, book = book_of(tmp_path, paragraph(run("Molens"), "Heading1"), WIND, *blocks, DRY)
    assert not any(isinstance(one, Rule) for one in book.chapters[0].blocks)


# Cells and captions ------------------------------------------------------------------------------


def test_the_words_of_a_cell_that_goes_on_are_told(tmp_path: Path) -> None:
    def cell(words: str, merged: str) -> str:
        return f"<w:tc><w:tcPr>{merged}</w:tcPr>{paragraph(run(words))}</w:tc>"

    first = cell("samen", '<w:vMerge w:val="restart"/>') + cell("b", "")
    words = " ".join(f"woord{number}" for number in range(40))
    second = cell(f"wie dit leest {words}", "<w:vMerge/>") + cell("e", "")
    third = cell("", "<w:vMerge/>") + cell("f", "")
    rows = "".join(f"<w:tr>{row}</w:tr>" for row in (first, second, third))
    imported, book = book_of(tmp_path, WIND, f"<w:tbl>{rows}</w:tbl>")
    assert shown(book.chapters[0].blocks[1]) == "samen; b; ; e; ; f"
    ((line, message),) = lines_told(imported, "hidden")
    assert line == 4
    assert "left out is a cell that is one with the cell above it: “wie dit leest" in message
    # What is told is cut off, and what is kept is not.
    assert f"wie dit leest {words}" in imported.files["import-ledger.json"]


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        ((named("Boven"), CELLS, DRY), ["Boven"]),
        ((named("Boven"), paragraph(""), CELLS, DRY), ["Boven"]),
        ((CELLS, named("Onder"), DRY), ["Onder"]),
        ((named("Een"), CELLS, named("Twee"), CELLS), ["Een", "Twee"]),
        ((CELLS, named("Een"), CELLS, named("Twee")), ["Een", "Twee"]),
    ],
)
def test_a_caption_beside_a_table_is_that_of_the_table(
    tmp_path: Path, blocks: tuple[str, ...], told: list[str]
) -> None:
    _, book = book_of(tmp_path, WIND, *blocks)
    found = [one for one in book.chapters[0].blocks if isinstance(one, Table)]
    assert [plain(one.caption) for one in found] == told
    assert not book.photos


def test_a_caption_in_a_box_is_not_that_of_a_table_outside_it(tmp_path: Path) -> None:
    inner = named("Tabel 1: het meel")
    _, book = book_of(tmp_path, WIND, CELLS, paragraph(run("Erna.") + box(inner)))
    words = [plain(one.caption) for one in book.photos.values()]
    tables = [one for one in book.chapters[0].blocks if isinstance(one, Table)]
    assert "Tabel 1: het meel" in [*words, *(plain(one.caption) for one in tables)]


def test_a_caption_that_says_photo_is_that_of_a_picture(tmp_path: Path) -> None:
    _, book = book_of(tmp_path, WIND, named("Foto: het rad"), CELLS)
    assert [plain(one.caption) for one in book.photos.values()] == ["Het rad"]


def test_a_picture_without_a_caption_gets_none_and_keeps_its_alt_text(tmp_path: Path) -> None:
    imported, book = taken(pictured(WIND, "PICTURE", DRY, alt="Een rad [stil]"), tmp_path)
    _, figure, _ = book.chapters[0].blocks
    assert isinstance(figure, Figure)
    (photo,) = book.photos.values()
    assert (plain(photo.caption), figure.alt, photo.decorative) == ("", "Een rad [stil]", True)
    assert lines_told(imported, "uncaptioned") == [
        (1, "the picture “Een rad [stil]” has no caption in the source, and has none here")
    ]
