"""Lines as they are numbered, and findings of a manuscript shown where its words are printed."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from marking import page_letters
from readback_pdf import ReadPdf

from publish.__main__ import main
from publish.building.explain import explain

BOOK = """title = "Peilen"
language = "nl"
modified = 2026-11-22T12:00:00Z
[print]
trim = "A5"
"""
TEXT = """# De sluis

Het water stond hoog, en de sluiswachtre keek ernaar.

| Jaar | Laagste peil | Oordeel van wie er die winter bij stond te kijken en te meten |
|------|--------------|----------|
| 2021 | vier         | nat      |
| 2022 | nul          | droog    |

Na de tabel komt een regel die de de tabel uitlegt.

![](stip)
"""
CAPTIONS = """[stip]
file = "stip.png"
alt = "Een stip"
credit = "niemand"
caption = "Zo hoog als de dijkk stond het."
"""


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with slips, built and checked."""
    from PIL import Image

    book = tmp_path_factory.mktemp("spots") / "boek"
    (book / "photos").mkdir(parents=True)
    (book / "book.toml").write_text(BOOK, encoding="utf-8")
    (book / "01-sluis.md").write_text(TEXT, encoding="utf-8")
    (book / "captions.toml").write_text(CAPTIONS, encoding="utf-8")
    Image.new("L", (1800, 300), 90).save(book / "photos" / "stip.png")
    build = ["build", str(book), "--out", str(book / "out"), "--only"]
    assert main([*build, "print"]) == main([*build, "proof"]) == 0
    main(["check", str(book), "--out", str(book / "out")])
    return book


def test_findings_of_the_language_stand_on_their_line_of_the_page(checked: Path) -> None:
    report = json.loads((checked / "out" / "report.json").read_text(encoding="utf-8"))
    found = {
        (one["file"], one["line"], one["column"]): one
        for one in report["problems"]
        if one["code"] in ("W001", "W002")
    }
    slip = TEXT.splitlines()[2].index("sluiswachtre") + 1
    twice = TEXT.splitlines()[9].index("de de") + 1
    caption = CAPTIONS.splitlines()[4].index("dijkk") + 1
    wanted = {
        ("01-sluis.md", 3, slip): ("sluiswachtre", 2),
        ("01-sluis.md", 10, twice): ("dedetabel", 6),
        ("captions.toml", 5, caption): ("dijkk", 0),
    }
    assert wanted.keys() <= found.keys()
    file = checked / "out" / "peilen-print.pdf"
    letters = page_letters(file.read_bytes())
    with pikepdf.open(file) as pdf:
        trim = [float(side) for side in pdf.pages[0].trimbox]
    for place, (word, number) in wanted.items():
        spot = found[place]["spot"]
        page = letters[spot["page"] - 1]
        assert page.solid.count(word) == 1, (place, word)
        at = page.solid.index(word)
        left, _, right, head = trim
        for box in page.boxes[at : at + len(word)]:
            up = head - (box[1] + box[3]) / 2
            assert spot["top"] < up < spot["bottom"]
            assert spot["left"] - 1 <= box[0] - left and box[2] - left <= spot["right"] + 1
        assert right - left >= spot["right"]
        assert spot["line"] == number
    html = (checked / "out" / "report.html").read_text(encoding="utf-8")
    assert html.count('data-code="W001" data-page="') == 2


def test_the_cells_of_a_row_are_one_line(checked: Path) -> None:
    """Title and text are two lines, the table has a head and two rows, then the text goes on."""
    file = checked / "out" / "peilen-proof.pdf"
    pieces = ReadPdf(file).pages[4].pieces
    assert {"1", "5"} <= {one.text for one in pieces} and "10" not in {one.text for one in pieces}
    heads = [explain(checked, 5, number)[0][0] for number in range(1, 7)]
    said = [one.partition("“")[2] for one in heads]
    assert [one[:5] for one in said] == ["De sl", "Het w", "Jaar”", "2021”", "2022”", "Na de"]
    # The number of the fifth line stands where the second row does.
    (fifth,) = (one for one in pieces if one.text == "5" and one.right < 60)
    (row,) = (one for one in pieces if one.text == "2022")
    assert abs(fifth.bottom - row.bottom) < 2


def test_a_caption_has_its_own_line_in_the_margin(checked: Path) -> None:
    text = "\n".join(page.text for page in ReadPdf(checked / "out" / "peilen-proof.pdf").pages)
    assert "captions.toml:5" in text and "captions.toml:1" not in text
