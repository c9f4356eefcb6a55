"""Tables of raw texts whose columns stand below one another, and columns of text that do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_importing_desk import imported as answered
from test_importing_shapes import assert_accounted, parts_of, read_back

from publish.book.inlines import plain
from publish.book.model import Paragraph, Table
from publish.importing import Imported, import_text

BEFORE = """\
De vangst van drie jaar

In de jaren dat de sluis nog met de hand bediend werd, hield de wachter bij
wat er gevangen werd. Zijn lijst is bewaard gebleven.

"""
AFTER = """
De lijst houdt daarna op, want in het jaar daarop kwam er een motor, en de
wachter werd naar een andere sluis gestuurd waar niets te vangen viel.
"""
FIGURES = """\
Jaar        Paling       Snoek    Kosten
1901           120          33    € 12,50
1902            98                 € 7,—
1903             –          29    € 19,—
"""
WORDS = """\
Naam                    Plaats           Soort
Jan de Wit              Hoorn            visser
Piet van der Meer       Edam             visser en boer
Klaas Jansz             Monnickendam     sluiswachter
"""


def table_of(imported: Imported, folder: Path) -> list[list[str]]:
    """Return the rows of the only table, which stands between the two paragraphs."""
    book = read_back(imported, folder).book
    assert book
    first, table, last = book.chapters[0].blocks
    assert isinstance(first, Paragraph) and plain(first.inlines).endswith("bewaard gebleven.")
    assert isinstance(last, Paragraph) and plain(last.inlines).startswith("De lijst houdt")
    assert isinstance(table, Table)
    return [[plain(cell) for cell in row] for row in (table.head, *table.rows)]


def test_a_table_with_figures_comes_back_with_its_empty_cells(tmp_path: Path) -> None:
    raw = BEFORE + FIGURES + AFTER
    imported = import_text(raw, "vangst.txt", "nl")
    assert_accounted(raw, imported)
    assert table_of(imported, tmp_path / "book") == [
        ["Jaar", "Paling", "Snoek", "Kosten"],
        ["1901", "120", "33", "€ 12,50"],
        ["1902", "98", "", "€ 7,—"],
        ["1903", "–", "29", "€ 19,—"],
    ]
    (note,) = (one for one in imported.notes if one.code == "rows")
    assert (note.line, note.message) == (6, "taken for a table of 4 rows and 4 columns")


def test_columns_of_figures_are_set_right_but_for_the_one_that_names_the_rows(
    tmp_path: Path,
) -> None:
    for name, table, wanted in (
        ("figures", FIGURES, ("left", "right", "right", "right")),
        ("words", WORDS, ("left", "left", "left")),
    ):
        book = read_back(import_text(BEFORE + table + AFTER, "v.txt", "nl"), tmp_path / name).book
        assert book
        (found,) = (one for one in book.chapters[0].blocks if isinstance(one, Table))
        assert tuple(one or "left" for one in found.aligns) == wanted


def test_a_table_of_words_comes_back(tmp_path: Path) -> None:
    raw = BEFORE + WORDS + AFTER
    imported = import_text(raw, "vangst.txt", "nl")
    assert_accounted(raw, imported)
    rows = table_of(imported, tmp_path / "book")
    assert rows[2] == ["Piet van der Meer", "Edam", "visser en boer"]
    assert [len(row) for row in rows] == [3] * 4


def test_columns_parted_by_tabs_are_a_table(tmp_path: Path) -> None:
    raw = BEFORE + "Jaar\tPaling\n1901\t120\n1902\t98\n" + AFTER
    imported = import_text(raw, "vangst.txt", "nl")
    assert_accounted(raw, imported)
    assert table_of(imported, tmp_path / "book") == [
        ["Jaar", "Paling"],
        ["1901", "120"],
        ["1902", "98"],
    ]


def test_two_tables_keep_their_places(tmp_path: Path) -> None:
    between = "Zo stond het er, en daaronder stonden de namen van de drie mannen.\n\n"
    raw = BEFORE + FIGURES + "\n" + between + WORDS + AFTER
    imported = import_text(raw, "vangst.txt", "nl")
    assert_accounted(raw, imported)
    kinds = [kind for kind, _ in parts_of(read_back(imported, tmp_path / "book"))[0][1]]
    assert kinds == ["p", "Table", "p", "Table", "p"]


COLUMNS = """\
De veerman legde aan bij de steiger,     kade te zitten, met het net over
en het begon die avond zacht te rege-    zijn knieën, en telde de boten die
nen. Niemand wist wie de sleutel had     voorbijkwamen. Het waren er elf, en
van het archief, en de deur bleef dus    ze voeren alle naar het oosten, waar
dicht. Later kwam zijn zoon naast hem    de markt was. Pas in de nacht keerde
staan. Hij was moe, en ging op de        de laatste terug, zonder lading.
"""


def test_columns_of_text_make_no_table(tmp_path: Path) -> None:
    raw = BEFORE + COLUMNS
    imported = import_text(raw, "vangst.txt", "nl")
    assert_accounted(raw, imported)
    assert not any(one.code == "rows" for one in imported.notes)
    kinds = [kind for kind, _ in parts_of(read_back(imported, tmp_path / "book"))[0][1]]
    assert "Table" not in kinds


@pytest.mark.parametrize("rows", [2, 3])
def test_two_rows_are_no_table(rows: int, tmp_path: Path) -> None:
    raw = BEFORE + "".join(FIGURES.splitlines(keepends=True)[:rows]) + AFTER
    imported = import_text(raw, "vangst.txt", "nl")
    assert_accounted(raw, imported)
    assert any(one.code == "rows" for one in imported.notes) == (rows == 3)


def test_the_editor_may_say_that_it_is_none(tmp_path: Path) -> None:
    raw = BEFORE + FIGURES + AFTER
    imported = answered(tmp_path, '[lines]\n"6-9" = "body"\n', raw)
    assert not any(one.code == "rows" for one in imported.notes)
    kinds = [kind for kind, _ in parts_of(read_back(imported, tmp_path / "book"))[0][1]]
    assert set(kinds) == {"p"}
