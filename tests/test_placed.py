"""Pictures out of their place, what is told of them, and the marks of their pages in the e-book."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from conftest import shop_of
from PIL import Image

from publish.building import materials
from publish.building.workshop import Workshop
from publish.checks import page_list
from publish.checks.epub_reader import read_ebook
from publish.checks.pdf_reader import facts_of
from publish.engine.boxes import Box
from publish.engine.parts import Pages
from publish.ground.problems import Problem
from publish.ground.wording import wording
from publish.pages.facts import straight
from publish.pages.picture_order import figures_in_order

BOOK = """title = "Peil"
language = "nl"
modified = 2026-01-01T00:00:00Z

[print]
trim = "A5"
chapters = "run-on"
"""
WAVE = "golf kabbel deining rimpel branding schuim stroom kolk draai zuiging eb vloed".split()


def prose(count: int, salt: int) -> str:
    """Return a paragraph of so many words, no two of which read alike."""
    return " ".join(WAVE[(n * n + n * salt + n // 7) % 12] for n in range(count)) + "."


def book_of(folder: Path, text: str, size: tuple[int, int] = (300, 200)) -> Workshop:
    """Return the workshop of a book of one chapter, whose pictures are those it names."""
    (folder / "photos").mkdir(parents=True)
    Image.linear_gradient("L").resize(size).save(folder / "photos" / "a.jpg")
    (folder / "book.toml").write_text(BOOK, "utf-8")
    (folder / "01-peil.md").write_text(text, "utf-8")
    names = [part.split(")")[0] for part in text.split("![](")[1:]]
    captions = [
        f'[{name}]\nfile = "a.jpg"\nkind = "photo"\ncaption = "Wat {name} toont."\nalt = "Peil."\n'
        for name in names
    ]
    (folder / "captions.toml").write_text("\n".join(captions), "utf-8")
    return shop_of(folder)


def faults(shop: Workshop, folder: Path) -> list[str]:
    """Return what the check of the printed pages in the e-book says."""
    epub, pdf = folder / "a.epub", folder / "a.pdf"
    pdf.write_bytes(shop.print_pdf[0])
    epub.write_bytes(shop.epub[0])
    ebook, facts, printed = read_ebook(epub), facts_of(pdf), page_list.printed_pages(pdf)
    facing = page_list.letters(wording(shop.settings.language).facing)
    marks = list(page_list.marks_of(ebook))
    listed = list(page_list._listed(ebook, facts, printed))
    return listed + [str(one) for one in page_list._misplaced(marks, facts, printed, facing)]


def seen(pages: Pages) -> dict[str, list[tuple[Box, Box]]]:
    """Return each picture with the box that shows it, by the id of its figure."""
    found: dict[str, list[tuple[Box, Box]]] = {}
    for page in pages.boxes:
        for figure in page.descendants():
            if figure.tag != "figure" or figure.element is None or not figure.element.get("id"):
                continue
            for box in figure.descendants():
                for child in box.children:
                    if child.tag == "img":
                        found.setdefault(str(figure.element.get("id")), []).append((box, child))
    return found


def test_a_caption_on_the_facing_page_leaves_the_mark_where_it_is(tmp_path: Path) -> None:
    place = "{place=page caption=facing}"
    text = f"# Peil\n\n{prose(150, 1)}\n\n![](haven){place}\n\n{prose(500, 2)}\n"
    assert faults(book_of(tmp_path / "b", text), tmp_path) == []


def test_a_tall_picture_opposite_its_caption_is_seen_whole(tmp_path: Path) -> None:
    place = "{place=full caption=facing}"
    text = f"# Peil\n\n{prose(150, 1)}\n\n![](toren){place}\n\n{prose(300, 2)}\n"
    shop = book_of(tmp_path / "b", text, (90, 260))
    ((window, picture),) = seen(shop.room.pages("print"))["toren"]
    assert picture.border_height / picture.width == pytest.approx(260 / 90, 0.01)
    assert window.border_height >= picture.border_height - 0.1
    assert faults(shop, tmp_path) == []


def indents(pages: Pages) -> list[float]:
    """Return how far, in px, the first line of each paragraph of the text is indented."""
    first: dict[Element, float] = {}
    for page in pages.boxes:
        for _, box in straight(page):
            if box.tag == "p" and box.element is not None:
                line = next(one for one in box.descendants() if one.kind == "text")
                first.setdefault(box.element, round(line.left - box.content.left, 3))
    return list(first.values())


def told(pages: Pages, code: str) -> list[Problem]:
    return [one for one in pages.problems if one.code == code]


def test_an_inset_and_a_picture_in_the_text_wait_for_one_that_floats(tmp_path: Path) -> None:
    text = (
        f"# Peil\n\n{prose(60, 1)}\n\n![](een){{place=page}}\n\n{prose(20, 3)}\n\n"
        f"![](twee){{place=inset}}\n\n{prose(40, 5)}\n\n![](drie){{place=half}}\n\n"
        f"{prose(900, 2)}\n"
    )
    pages = book_of(tmp_path / "b", text).room.pages("print")
    assert figures_in_order(pages) == [("een", 6), ("twee", 7), ("drie", 8)]
    assert told(pages, "P446") == []
    # Nothing stands between the paragraphs, so that each but the first is indented.
    assert [indent > 0 for indent in indents(pages)] == [False, True, True, True]


def test_a_paragraph_below_a_picture_in_its_place_is_not_indented(tmp_path: Path) -> None:
    text = f"# Peil\n\n{prose(60, 1)}\n\n![](een){{place=half}}\n\n{prose(60, 3)}\n"
    assert indents(book_of(tmp_path / "b", text).room.pages("print")) == [0, 0]


def test_a_picture_that_cannot_wait_is_told_at_its_line(tmp_path: Path) -> None:
    text = (
        f"# Peil\n\n{prose(60, 1)}\n\n![](een){{place=page}}\n\n::: sidebar\n{prose(20, 3)}\n\n"
        f"![](twee){{place=column}}\n:::\n\n{prose(400, 2)}\n"
    )
    pages = book_of(tmp_path / "b", text).room.pages("print")
    (one,) = told(pages, "P446")
    assert one.span and (one.span.file, one.span.line) == ("01-peil.md", 10)
    assert "“twee” stands before “een”" in one.message


def test_a_last_spread_comes_an_opening_earlier_rather_than_behind_an_empty_page(
    tmp_path: Path,
) -> None:
    text = f"# Peil\n\n{prose(200, 1)}\n\n{prose(300, 3)}\n\n![](een){{place=spread}}\n"
    shop = book_of(tmp_path / "b", text)
    pages = shop.room.pages("print")
    assert figures_in_order(pages) == [("een", 6)] and told(pages, "P447") == []
    # What stood before it on the sixth page comes after it.
    lines = {line.page for line in shop.room.lines if line.area == "flow" and line.pieces}
    assert lines >= {5, 8} and not lines & {6, 7}
    assert faults(shop, tmp_path) == []


@pytest.mark.parametrize("last", [20, 80])
def test_a_last_spread_comes_an_opening_earlier_rather_than_end_a_text_in_white(
    last: int, tmp_path: Path
) -> None:
    """Else its caption stood alone below it, or three lines did."""
    body = "\n\n".join(prose(90, at) for at in range(1, 13))
    text = f"# Peil\n\n{body}\n\n{prose(last, 3)}\n\n![](een){{place=spread}}\n"
    shop = book_of(tmp_path / "b", text, (600, 240))
    pages = shop.room.pages("print")
    assert figures_in_order(pages) == [("een", 6)]
    on = Counter(line.page for line in shop.room.lines if line.area == "flow" and line.pieces)
    # Below its halves the text goes on, and ends on pages of its own.
    assert min(on[6], on[7]) > 10 and on[8] == 36 and on[9] > 5
    assert faults(shop, tmp_path) == []


def test_a_last_spread_with_text_below_stays_where_it_is(tmp_path: Path) -> None:
    body = "\n\n".join(prose(90, at) for at in range(1, 13))
    text = f"# Peil\n\n{body}\n\n{prose(170, 3)}\n\n![](een){{place=spread}}\n"
    pages = book_of(tmp_path / "b", text, (600, 240)).room.pages("print")
    assert figures_in_order(pages) == [("een", 8)]


def test_one_that_cannot_come_earlier_has_one_page_and_that_is_told(tmp_path: Path) -> None:
    page, spread = "{place=page}", "{place=spread}"
    text = (
        f"# Peil\n\n{prose(30, 1)}\n\n![](een){page}\n\n![](twee){page}\n\n![](drie){page}\n\n"
        f"![](vier){spread}\n"
    )
    shop = book_of(tmp_path / "b", text)
    pages = shop.room.pages("print")
    assert figures_in_order(pages) == [("een", 6), ("twee", 7), ("drie", 8), ("vier", 9)]
    (one,) = told(pages, "P447")
    assert one.span and one.span.line == 11
    assert one.message.startswith("page 9: the picture “vier” stands on this one page")
    assert faults(shop, tmp_path) == []


@pytest.mark.parametrize(
    ("words", "place", "page"),
    [(60, "spread", 5), (320, "spread", 6), (120, "page bleed=all caption=facing", 6)],
)
def test_a_text_that_began_just_before_does_not_end_in_white(
    words: int, place: str, page: int, tmp_path: Path
) -> None:
    """Else two pages had a band across their heads, or one had but the caption at its foot."""
    size = (600, 240) if place == "spread" else (210, 297)
    text = f"# Peil\n\n{prose(words, 3)}\n\n![](een){{place={place}}}\n"
    shop = book_of(tmp_path / "b", text, size)
    pages = shop.room.pages("print")
    assert figures_in_order(pages) == [("een", page)]
    (one,) = told(pages, "P447")
    assert ("no edge of it off the page" in one.message) == ("bleed" in place)
    on = {line.page for line in shop.room.lines if "een toont" in line.text}
    assert on == {page}
    on |= {line.page for line in shop.room.lines if line.area == "flow" and line.pieces}
    assert on == {*range(5, page + 1)}
    assert faults(shop, tmp_path) == []


def test_a_page_with_a_caption_from_opposite_has_text_above_it(tmp_path: Path) -> None:
    body = "\n\n".join(prose(90, at) for at in range(1, 9))
    text = f"# Peil\n\n{body}\n\n{prose(90, 3)}\n\n![](een){{place=page caption=facing}}\n"
    shop = book_of(tmp_path / "b", text, (210, 297))
    pages = shop.room.pages("print")
    assert figures_in_order(pages) == [("een", 6)] and told(pages, "P447") == []
    on = Counter(line.page for line in shop.room.lines if line.area == "flow" and line.pieces)
    assert on[7] > 30 and on[8] > 5
    assert faults(shop, tmp_path) == []


@pytest.mark.parametrize(("place", "page"), [("page", 7), ("inset", 6)])
def test_a_caption_from_opposite_does_not_stand_alone_before_other_pictures(
    place: str, page: int, tmp_path: Path
) -> None:
    """A plate after it had kept it so; an inset that waited behind it stood there without text."""
    text = (
        f"# Peil\n\n{prose(330, 1)}\n\n![](een){{place=full caption=facing}}\n\n"
        f"{prose(60, 2)}\n\n![](twee){{place={place}}}\n\n{prose(60, 5)}\n"
    )
    shop = book_of(tmp_path / "b", text)
    pages = shop.room.pages("print")
    (one,) = told(pages, "P447")
    assert one.message.startswith("page 6: the picture “een” stands on this one page")
    assert figures_in_order(pages) == [("een", 6), ("twee", page)]
    on = {line.page for line in shop.room.lines if line.area == "flow" and line.pieces}
    assert on == {5, 6}
    assert faults(shop, tmp_path) == []


def test_an_inset_on_a_page_without_text_is_in_its_column(tmp_path: Path) -> None:
    """The boxes around it had the margins of the page before, which is of the other side."""
    text = (
        f"# Peil\n\n{prose(420, 1)}\n\n![](een){{place=full caption=facing}}\n\n"
        f"{prose(60, 2)}\n\n![](twee){{place=inset}}\n\n{prose(60, 5)}\n"
    )
    pages = book_of(tmp_path / "b", text).room.pages("print")
    assert dict(figures_in_order(pages))["twee"] == 7
    assert told(pages, "P415") == []


def test_a_picture_outside_its_column_is_told_where_it_is_placed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sheet = materials.stylesheet
    shifted = "figure img { margin: 0 0 0 9mm !important; width: 100% !important }"
    monkeypatch.setattr(materials, "stylesheet", lambda *asked: sheet(*asked) + shifted)
    text = f"# Peil\n\n{prose(60, 1)}\n\n![](een){{place=full}}\n"
    pages = book_of(tmp_path / "b", text).room.pages("print")
    (one,) = told(pages, "P415")
    assert one.span and (one.span.file, one.span.line) == ("01-peil.md", 5)
    assert one.message == "the picture “een” stands outside its column on page 5"


def test_a_picture_over_the_words_of_the_next_column_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sheet = materials.stylesheet
    shifted = "figure img { margin: 0 0 0 30mm !important }"
    monkeypatch.setattr(materials, "stylesheet", lambda *asked: sheet(*asked) + shifted)
    text = f"# Peil\n\n{prose(60, 1)}\n\n![](een)\n\n{prose(400, 2)}\n"
    folder = tmp_path / "b"
    book_of(folder, text)
    (folder / "book.toml").write_text(f"{BOOK}columns = 2\n", "utf-8")
    pages = shop_of(folder).room.pages("print")
    (one,) = told(pages, "P449")
    assert one.severity == "error" and told(pages, "P415") == []
    assert one.span and (one.span.file, one.span.line) == ("01-peil.md", 5)
    before, _, over = one.message.partition(" on page 5, and lies over ")
    assert before == "the picture “een” stands outside its column"
    assert over.strip("“…”").split()[0] in WAVE


def test_a_picture_without_a_caption_leaves_the_facing_page_alone(tmp_path: Path) -> None:
    text = f"# Peil\n\n{prose(120, 1)}\n\n![](een){{place=page caption=facing}}\n"
    book_of(tmp_path / "b", text, (210, 297))
    captions = tmp_path / "b" / "captions.toml"
    bare = captions.read_text("utf-8").replace('alt = "Peil."', "decorative = true")
    captions.write_text(re.sub("caption = .*\n", "", bare), "utf-8")
    pages = shop_of(tmp_path / "b").room.pages("print")
    assert figures_in_order(pages) == [("een", 6)] and told(pages, "P447") == []


def test_plates_after_plates_are_left_as_they_are(tmp_path: Path) -> None:
    text = "# Peil\n\n![](een){place=spread}\n\n![](twee){place=spread}\n"
    pages = book_of(tmp_path / "b", text, (600, 240)).room.pages("print")
    assert figures_in_order(pages) == [("een", 6), ("twee", 8)] and told(pages, "P447") == []


def test_a_note_stands_above_a_caption_at_the_foot_of_its_page(tmp_path: Path) -> None:
    text = (
        f"# Peil\n\n{prose(60, 1)}\n\n![](een){{place=full caption=facing}}\n\n{prose(620, 3)}\n\n"
        f"{prose(30, 5)}[^a]\n\n{prose(200, 2)}\n\n[^a]: Zie het peil.\n"
    )
    shop = book_of(tmp_path / "b", text)
    pages = shop.room.pages("print")
    assert told(pages, "P422") == told(pages, "P421") == []
    note, foot = (
        next(line for line in shop.room.lines if word in line.text)
        for word in ("Zie het", wording("nl").facing)
    )
    assert note.page == foot.page == 7
    assert note.top + note.height <= foot.top
