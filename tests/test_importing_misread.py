"""Lists, tables, contents and pages that are easily taken for what they are not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from PIL import Image as Pixels
from test_importing_contents import CHAPTERS, TITLE, dropped
from test_importing_lists import BEFORE, ENDED, between
from test_importing_pdf import page, taken
from test_importing_pdf_heads import TEXT, TURN, came
from test_importing_shapes import assert_accounted, read_back
from test_importing_tables import AFTER
from test_importing_tables import BEFORE as ABOVE

from publish.book.model import ListBlock, Table
from publish.importing import import_text, lists
from publish.importing.model import Draft
from publish.importing.pdf.brackets import _pairs


def made(text: str, tmp_path: Path) -> list[str]:
    """Return the kinds of the blocks between two paragraphs, the ledger balanced."""
    raw = ABOVE + text + AFTER
    imported = import_text(raw, "bron.txt", "nl")
    assert_accounted(raw, imported)
    book = read_back(imported, tmp_path / "book").book
    assert book
    return [type(one).__name__ for chapter in book.chapters for one in chapter.blocks][1:-1]


@pytest.mark.parametrize(
    "text",
    [
        "Zie  ook\nPalingvangst    120\nSnoekvangst     33\nBaars           12\n",
        "Jaar\tPaling\n1901\t120\n1902\t98\n1903        77\n1904        65\n1905        60\n",
        "aap\u200b   1\nnoot  2\nmies  3\n",
        "Jan   3\nPiet  4\nWim   \u200b5\u200b\n",
    ],
)
def test_no_character_of_a_table_is_lost(text: str, tmp_path: Path) -> None:
    made(text, tmp_path)


def test_tables_next_to_each_other_stay_two(tmp_path: Path) -> None:
    text = "Jan    3\nPiet   4\nWim    5\n\n\nEdam   3  x\nGouda  4  y\nUrk    5  z\n"
    assert made(text, tmp_path) == ["Table", "Table"]


@pytest.mark.parametrize("sign", ["1.\t", "1.  ", "-\t", "-   "])
def test_signs_before_words_make_no_table(sign: str, tmp_path: Path) -> None:
    words = ("een net met een steel", "een emmer", "een lamp")
    signs = [sign.replace("1", str(n)) for n in (1, 2, 3)]
    text = "".join(f"{one}{word}\n" for one, word in zip(signs, words, strict=True))
    assert "Table" not in made(text, tmp_path)


def test_numbers_of_notes_make_no_table(tmp_path: Path) -> None:
    text = "1\tVolgens de wachter.\n2\tZie het journaal.\n3\tEigen waarneming.\n"
    assert "Table" not in made(text, tmp_path)


def test_what_stands_below_a_list_comes_after_it(tmp_path: Path) -> None:
    raw = "De reis\n\nWie meegaat neemt van huis mee wat er nodig is voor een hele middag.\n\n"
    raw += "1. aap\n2. noot\n3. mies\n\nDaarna gaat de groep in een rij naar de sluis, en wacht.\n"
    book = read_back(import_text(raw, "reis.txt", "nl"), tmp_path / "book").book
    assert book
    kinds = [type(one).__name__ for chapter in book.chapters for one in chapter.blocks]
    assert kinds == ["Paragraph", "ListBlock", "Paragraph"]


@pytest.mark.parametrize("above", [BEFORE.replace("Neem van huis mee:", "Hij vroeg:"), ENDED])
def test_what_is_said_below_a_colon_is_no_list(above: str, tmp_path: Path) -> None:
    raw = above + "– Kom je mee naar de kade?\n– Nee, zei de ander.\n\nDaarna werd het stil.\n"
    book = read_back(import_text(raw, "kade.txt", "nl"), tmp_path / "book").book
    assert book
    assert not any(isinstance(one, ListBlock) for one in book.chapters[0].blocks)


def test_numbers_count_within_their_level(tmp_path: Path) -> None:
    text = "1. fruit\n    1. appels\n    2. peren\n2. brood\n"
    inner = (1, [["appels"], ["peren"]])
    assert between(text, tmp_path) == [(1, [["fruit", inner], ["brood"]])]


def test_thousands_of_dashes_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them began a list anew, with all that follow it."""
    begun: list[int] = []

    def counted(places: Iterable[int], draft: Draft, whole: bool = False) -> list[lists._Item]:
        items = original(places, draft, whole)
        begun.append(len(items))
        return items

    original = lists._items
    monkeypatch.setattr(lists, "_items", counted)
    import_text(ABOVE + "- Woord en meer van wat er was.\n" * 500 + AFTER, "bron.txt", "nl")
    assert begun == [500]


def test_rows_and_entries_of_an_index_are_no_contents() -> None:
    rows = "Paling 120\nSnoek 33\nBaars 12\n"
    index = "steiger 77\nwater 5\nveerman 12\n"
    named = CHAPTERS.replace("De steiger van toen", "Paling").replace("Het lage water", "Snoek")
    for raw in (TITLE + rows + named, TITLE + index + CHAPTERS, TITLE + CHAPTERS + "\n" + index):
        assert not dropped(dict(import_text(raw, "rivier.txt", "nl").files))


def test_equal_headings_on_pages_nearby_stay(tmp_path: Path) -> None:
    css = "body { font-size: 10pt } h1 { font-size: 13pt; margin: 0 0 8mm }"
    names = ["De steiger", "Sonnet", "Sonnet", "De toren", "Het archief", "De kade"]
    _, _, titles = came("".join(f"<h1>{one}</h1>{TEXT}{TURN}" for one in names), css, tmp_path)
    assert titles == names


def test_the_credit_of_a_picture_turns_no_page(tmp_path: Path) -> None:
    Pixels.new("RGB", (40, 60), "teal").save(tmp_path / "photo.png")
    source = (tmp_path / "photo.png").as_uri()
    credit = "position: absolute; top: 40mm; left: 90mm; transform: rotate(-90deg)"
    html = f"<h1>De kade</h1>{TEXT}{TURN}<img style='width: 50mm' src='{source}'>"
    imported, _ = taken(page(f"{html}<div style='{credit}'>Foto: Jan de Wit</div>"), tmp_path)
    (data,) = imported.pictures.values()
    (tmp_path / "out.png").write_bytes(data)
    with Pixels.open(tmp_path / "out.png") as out:
        assert out.size == (40, 60)


def test_the_bracket_of_an_items_number_is_no_half_of_a_pair() -> None:
    assert _pairs("א) הטוחן (הזקן) הלך") == (1, 0)
    assert _pairs("הטוחן )הזקן( הלך )אז(") == (0, 2)


def test_thousands_of_entries_that_stand_nowhere_else_are_imported() -> None:
    text = "".join(f"Hoofdstuk a{n} .... {n}\n" for n in range(1, 2_001))
    assert import_text(text, "lang.txt", "nl").files


def test_the_report_says_how_a_table_is_no_table(tmp_path: Path) -> None:
    raw = ABOVE + "Jaar    Paling\n1901    120\n1902    98\n" + AFTER
    imported = import_text(raw, "vangst.txt", "nl")
    book = read_back(imported, tmp_path / "book").book
    assert book and any(isinstance(one, Table) for one in book.chapters[0].blocks)
    assert "&#34;6-8&#34; = &#34;body&#34;" in imported.files["import-report.html"]
