"""What `katern explain` says of a line."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from conftest import shop_of
from msgspec.structs import replace
from test_linebreak import TASTE, paragraph
from typography import Glyph, glyphs, lines_of

from publish.__main__ import main
from publish.building.breaks import reasons
from publish.building.explain import choices, counted, explain, page_end, told
from publish.building.workshop import Workshop
from publish.engine.layout import write_pdf
from publish.ground.units import MM
from publish.makeup.model import rows_of
from publish.pages.pagemap import Line
from publish.paragraphs.choices import Choice, Otherwise
from publish.paragraphs.linebreak import Line as Planned
from publish.paragraphs.linebreak import lengths
from publish.paragraphs.rivals import Composed
from publish.sizes.geometry import Page

BOOK = """title = "Regels"
language = "nl"
modified = 2026-11-22T12:00:00Z
"""
TEXT = (
    "De werkgroep schreef elke ochtend op wat er in de vergadering van de vorige avond gezegd was,"
    " en wie dat las begreep niet altijd waarom er zoveel woorden voor nodig waren geweest. Daarom"
    " begon de secretaris op een dag met korte zinnen, en niemand merkte het."
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explained")
    (folder / "book.toml").write_text(BOOK, "utf-8")
    (folder / "01-een.md").write_text(f"# Een\n\n{TEXT}\n\n{TEXT}\n", "utf-8")
    return folder


def solid(text: str) -> str:
    """Return letters and figures alone."""
    return "".join(char for char in text if char.isalnum())


def named(said: list[str]) -> str:
    """Return the words that an answer names; what was cut off at their front is left out."""
    found = re.fullmatch(r"page \d+, line \d+(?: \([a-z1-6 ]+\))?: “(.*)”", said[0])
    assert found, said[0]
    return solid(found[1].removeprefix("…"))


def test_the_line_explained_is_the_one_that_is_read_there(book: Path) -> None:
    shop = shop_of(book)
    file = book / "pages.pdf"
    file.write_bytes(write_pdf(shop.room.pages("print"))[0])
    rows: dict[float, str] = defaultdict(str)
    for one in glyphs(pypdfium2.PdfDocument(file)[4]):
        rows[round(one.baseline)] += one.char
    # From the head down, without the running head above and the folio below.
    read = [solid(rows[at]) for at in sorted(rows, reverse=True)][1:-1]
    assert len(read) > 8
    answers = [explain(book, 5, number)[0] for number in (1, 2, 5, len(read))]
    assert read[0] == named(answers[0]) == "Een"
    for number, said in zip((1, 2, 5, len(read)), answers, strict=True):
        assert read[number - 1].endswith(named(said))
        assert said[0].startswith(f"page 5, line {number}")


def test_every_line_of_pages_in_columns_is_explained(columned: tuple[Workshop, Path]) -> None:
    shop, file = columned
    areas = Counter[str]()
    pdf = pypdfium2.PdfDocument(file)
    for page in range(5, 8):
        letters = list(glyphs(pdf[page - 1]))
        lines = counted(shop.room.lines, page)
        for number, line in enumerate(lines, 1):
            said = told(lines, number)
            there = [one for one in letters if _stands_in(one, line, shop.room.page)]
            read = solid("".join(one.char for one in there))
            assert read.endswith(named(said)) and read[-8:] == named(said)[-8:], said
            assert said[1].startswith(("ends ", "set by"))
            areas[line.area] += 1
            areas["alone"] += said[1].startswith("set by")
    # Lines of each kind were asked about, in both columns; the cells of a row are one.
    assert areas["flow"] > 130 and areas["note"] > 5 and areas["figure"] > 0
    assert {line.column for line in counted(shop.room.lines, 5)} == {0, 1}
    assert areas["alone"] == 0


def _stands_in(one: Glyph, line: Line, page: Page) -> bool:
    """Tell whether a letter stands in the rectangle of a line; it may hang out by half an em."""
    across = line.left - 0.5 * one.size <= one.left < line.left + line.width + one.size
    top = page.height * MM - line.top
    return across and top > one.baseline > top - line.height - 0.01


def test_lines_have_the_numbers_of_the_proof_and_of_the_check(
    columned: tuple[Workshop, Path],
) -> None:
    lines = columned[0].room.lines
    rows = [row for row in rows_of(lines) if row.line.page == 6]
    here = counted(lines, 6)
    assert len(rows) > 30
    assert all(here[row.number - 1] is row.line for row in rows)
    # After the text the captions come, then the notes, from the head of the page down.
    areas = [line.area for line in here]
    assert areas == sorted(areas, key=["flow", "figure", "note", "apart"].index)


def test_a_line_that_is_not_there(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(book), "--page", "5", "--line", "99"]) == 1
    assert "no line 99" in capsys.readouterr().err
    assert main(["explain", str(book), "--page", "999", "--line", "1"]) == 1
    assert re.search(r"has \d+ pages, and no page 999", capsys.readouterr().err)
    assert main(["explain", str(book / "none"), "--page", "5", "--line", "1"]) == 1


def test_a_page_says_what_a_paragraph_was_set_longer_for() -> None:
    said = choices(Choice(6, 5, 1234.4, (Otherwise(13, 1), Otherwise(14, divided=True)), 1234.4))
    assert said == [
        "its paragraph, from where pages were made up together, is set in 6 lines, 1 more "
        "than suit it best, for 1,234 demerits more",
        "else page 13 would end 1 line short",
        "else page 14 would end within a word",
    ]
    assert choices(Choice(4, 5, 9.0, (Otherwise(3, few=1),), 9.0))[1:] == [
        "else the chapter would end with 1 line on page 3"
    ]
    dear = choices(Choice(6, 5, 13_845.0, (Otherwise(13, 1),), 1_243.0))[0]
    assert dear.endswith(
        "for 13,845 more: +1,243 demerits, +12,602 for blanks that stray and for its length"
    )
    assert "as many as suit it best" in choices(Choice(4, 4, 9.0, (), 9.0))[0]


def test_what_was_not_weighed_says_so() -> None:
    line = Planned(0, 9, True, True, False, -0.5, 201.0, 200.0, 0.0, 1.5, 3006.25)
    assert reasons(line, -0.03, None)[-1] == "demerits 3,006, weighed against no other break"
    assert reasons(line, -0.03, None)[2] == "blanks shrunk by 50% of their give (-0.03 em each)"
    assert reasons(line, None, None)[2] == "ragged: it stays -1.0 px short"


def figures(said: str) -> list[int]:
    """Return the numbers that a sentence names."""
    return [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*\d|\d", said)]


def test_a_break_has_its_demerits_in_parts_and_a_rival_with_its_own(book: Path) -> None:
    shop = shop_of(book)
    shop.materials.explained = 5
    lines = counted(shop.room.lines, 5)
    rivals = 0
    for number, line in enumerate(lines, 1):
        planned = line.box and line.box.planned
        said = told(lines, number)
        own = [one for one in said if one.startswith("demerits")]
        if planned and len(own) == 1 and ":" in own[0]:
            total, *parts = figures(own[0])
            assert abs(total - sum(parts)) <= len(parts)
            assert total == pytest.approx(planned.demerits, abs=1)
        best = next((one for one in said if one.startswith("next best")), "")
        if best:
            rivals += 1
            total, *parts, more = figures(best.partition("demerits")[2])
            assert abs(total - sum(parts)) <= len(parts)
            # What it would have cost more in all is no less than nothing: it was not chosen.
            assert "less from here" not in best and more >= 0
    assert rivals >= 4


def test_a_rival_is_named_with_what_the_rest_costs_and_its_lines() -> None:
    taste = replace(TASTE, tolerance=4.0, runt=0.0)
    found = paragraph([[8.0], [4.0, 4.0], [6.0, 3.0], [5.0]])
    ways = lengths(found, [18.0], taste)
    short, long = (
        [*map(partial(reasons, gap=0.1, composed=composed), composed.lines)]
        for count in (2, 3)
        for composed in (Composed("aa bbcc ddee ff", found, taste, ways[count].lines),)
    )
    assert [one[0] for one in (*short, *long)] == [
        "ends between two words",
        "ends its paragraph, or where a break is written",
        "ends within a word, with a hyphen added",
        "ends between two words",
        "ends its paragraph, or where a break is written",
    ]
    assert short[0][5].startswith("next best after “aa bb-”: demerits 312,560: ")
    assert short[0][5].endswith("; 622,511 more from here to the end, in 1 line more")
    assert long[0][5].startswith("next best after “aa bbcc”: demerits 109: ")
    assert long[0][5].endswith("; 622,511 less from here to the end, in 1 line less")
    assert long[1][5].startswith("next best after “aa bbcc dd-”: ")


def test_what_is_said_of_a_line_is_what_it_is() -> None:
    line = Planned(0, 9, False, True, False, 0.25, 198.0, 200.0, 0.5, 1.5, 9.0)
    assert reasons(line, 0.04, None) == [
        "ends at a hyphen of its own",
        "natural width 198.0 px of 200.0 px",
        "blanks stretched by 25% of their give (+0.04 em each)",
        "hangs out 0.5 px on the left and 1.5 px on the right",
        "demerits 9, weighed against no other break",
    ]
    for share, way in ((0.0123, "widened by 1.2%"), (-0.02, "narrowed by 2.0%")):
        letters = reasons(line, 0.04, None, widened=share)[3]
        assert letters == f"letters, and the white between them, {way}"
    said = reasons(line, 0.0, None, blanks=False)
    assert said[2] == "no blank on it that could be stretched or shrunk"


def test_what_is_added_to_blanks_is_what_is_measured(columned: tuple[Workshop, Path]) -> None:
    """In em, of a line that pdfium measures; blanks differ by nothing else."""
    shop, file = columned
    measured = {solid(one.text): one for one in lines_of(pypdfium2.PdfDocument(file))}
    bare = []
    here = [one for page in range(5, 8) for one in counted(shop.room.lines, page)]
    for number, line in enumerate(here, 1):
        said = told(here, number)
        added = re.search(r"\(([+-][\d.]+) em each\)", " ".join(said))
        there = measured.get(named(said))
        if added and there and there.gaps and line.area == "flow":
            bare.append(there.gap - float(added[1]))
    assert len(bare) > 30
    middle = statistics.median(bare)
    assert sum(abs(one - middle) < 0.02 for one in bare) > 0.9 * len(bare)


def test_what_is_said_of_a_line_fills_its_measure(columned: tuple[Workshop, Path]) -> None:
    """Its natural width, with what its letters and its blanks were given."""
    here = [one for page in range(5, 8) for one in counted(columned[0].room.lines, page)]
    filled = 0
    for number, line in enumerate(here, 1):
        said = " ".join(told(here, number))
        added = re.search(r"\(([+-][\d.]+) em each\)", said)
        if line.area != "flow" or not added or "ends its paragraph" in said or not line.box:
            continue
        natural, measure = map(float, re.findall(r"width ([\d.]+) px of ([\d.]+) px", said)[0])
        letters = re.search(r"(widened|narrowed) by ([\d.]+)%", said)
        share = float(letters[2]) / 100 * (1 if letters[1] == "widened" else -1) if letters else 0
        texts = [one for one in line.box.descendants() if one.kind == "text"]
        blanks = sum(text.text.strip().count(" ") for text in texts) if len(texts) == 1 else 0
        if blanks and letters:
            filled += 1
            wide = natural * (1 + share) + blanks * float(added[1]) * texts[0].size
            # Blanks are told in hundredths; no letter is kerned with one that gives.
            assert wide == pytest.approx(measure, abs=0.6 + 0.06 * blanks)
    assert filled > 30


def test_a_paragraph_that_goes_on_overleaf_does_not_end_there(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(f'{BOOK}\n[print]\nparagraphs = "first-fit"\n', "utf-8")
    (tmp_path / "01-een.md").write_text(f"# Een\n\n{' '.join([TEXT] * 12)}\n", "utf-8")
    shop = shop_of(tmp_path)
    pages = [counted(shop.room.lines, page) for page in (5, 6, 7)]
    assert pages[1] and not pages[2]
    last = len(pages[0])
    assert explain(tmp_path, 5, last)[0][1].startswith("set by the layout engine alone")
    assert explain(tmp_path, 6, len(pages[1]))[0][1].startswith("ends its paragraph")
    assert told(pages[0], last)[1].startswith("ends its paragraph")


def test_the_end_of_a_page_is_explained(columned: tuple[Workshop, Path]) -> None:
    lines = counted(columned[0].room.lines, 6)
    flow = [line for line in lines if line.area == "flow"]
    assert "it is the last line of text on the page" in told(lines, len(flow))
    assert not any("last line of text" in one for one in told(lines, len(flow) - 1))


def test_what_was_done_for_a_page_is_told_at_its_end() -> None:
    choice = Choice(6, 5, 1234.0, (Otherwise(13, 1),), 1234.0)

    def line(choice: Choice | None, short: int = 0) -> Any:
        return SimpleNamespace(box=SimpleNamespace(choice=choice, short=short))

    said = page_end([line(None), line(choice), line(choice), line(None, 2)])
    assert said[1].startswith("lines 2 to 3: its paragraph, from where pages were made up")
    assert said[2] == "else page 13 would end 1 line short"
    assert said[3].startswith("the page ends 2 lines above its foot")
    assert "no paragraph" in page_end([line(None)])[1]
