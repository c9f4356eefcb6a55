"""`katern sheets` and the dummy: both tell where each page lies, and agree."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Literal

import pypdfium2
import pytest
from pikepdf import Dictionary, Object, Pdf

from publish.__main__ import main
from publish.booklet.dummy import dummy_pdf
from publish.booklet.imposition import make_plan
from publish.booklet.sheets import Job, Size
from publish.booklet.table import sheet_table
from publish.building.build import build

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "tests" / "books" / "minimal"
A5, A6 = Size(148, 210), Size(105, 148)


def table(pages: int, trim: Size, job: Job) -> list[str]:
    plan = make_plan(pages, trim, job)
    assert plan
    return sheet_table(plan, job).splitlines()


def test_a_row_for_each_side() -> None:
    assert table(6, A5, Job(caliper=0.1)) == [
        "8 pages, 2 of them blank, on 2 sheets of 297 × 210 mm, turned over the short edge,"
        " at 100%",
        "",
        "sheet  side   pages  creep",
        "1      front   6  1  none",
        "       back    2  –",
        "2      front   –  3  0.10 mm",
        "       back    4  5",
        "",
        "–  a blank page",
        "mm  how far each page is moved towards its fold, for the paper around it",
        "Of 3 mm of bleed there is room for 0.5 mm at the sides and none at head and foot:"
        " where it is to be trimmed, take a larger sheet.",
    ]
    assert "bleed" not in table(6, A5, Job(sheet=Size(320, 450)))[-1]
    assert "2.55 mm at the sides and none at head" in table(6, A5, Job(fit="printable"))[-1]


def test_heads_down_and_places_that_stay_empty() -> None:
    rows = table(12, A6, Job(up=4, flip="long"))
    assert rows[0].startswith("12 pages, on 2 sheets of 210 × 297 mm, turned over the long edge")
    assert rows[5:] == [
        "2      front   10   3 |   ·   ·  none",
        "       back     4   9 |   ·   ·",
        "",
        "|  what follows stands in the row below",
        "·  a place that stays empty",
        "Of 3 mm of bleed there is room for none at the sides and 0.5 mm at head and foot:"
        " where it is to be trimmed, take a larger sheet.",
    ]
    assert "↓" in "".join(table(12, A6, Job(up=4, flip="short")))
    assert "at 95.2%" in table(4, A5, Job(fit="printable"))[0]


@pytest.mark.parametrize(("up", "fold"), [(2, "once"), (4, "once"), (4, "twice")])
def test_each_page_is_told_with_its_own_creep(up: int, fold: Literal["once", "twice"]) -> None:
    """Read back from the table: page 1 lies outermost, the leaf in the middle moves the most."""
    rows = table(16, A6, Job(up=up, fold=fold, caliper=0.12))
    at, end = rows[2].index("pages"), rows[2].index("creep")
    told: dict[int, float] = {}
    given = [0.0]
    for row in rows[3 : rows.index("", 3)]:
        pages = [int(one) for one in re.findall(r"\d+", row[at:end])]
        if row[end:]:
            given = [float(one) for one in re.findall(r"[\d.]+", row[end:])] or [0.0]
        told |= dict(zip(pages, given if len(given) > 1 else given * len(pages), strict=True))
    # Bifolia lie within each other: 1 and 2 with 15 and 16, then 3 and 4 with 13 and 14, …
    nests = {page: min(page - 1, 16 - page) // 2 for page in range(1, 17)}
    assert told == {page: round(0.12 * nest, 2) for page, nest in nests.items()}


def test_the_dummy_has_a_number_on_each_page_and_no_more_ink_than_that() -> None:
    data, problems = dummy_pdf(3, A6, 3, "Regen & wind")
    assert problems == []
    with pypdfium2.PdfDocument(data) as pdf:
        texts = [page.get_textpage().get_text_bounded().split() for page in pdf]
        assert texts == [[str(number), "Regen", "&", "wind"] for number in (1, 2, 3)]
        assert pdf[0].get_size() == pytest.approx((111 * 72 / 25.4, 154 * 72 / 25.4), abs=0.01)


def test_a_title_that_the_dummy_cannot_set_is_told_or_is_the_slug(tmp_path: Path) -> None:
    _, problems = dummy_pdf(1, A6, 3, "קמח ומים")
    assert [one.code for one in problems] == ["P402"]
    built = build(BOOK.parent / "hebrew", tmp_path, ("dummy",))
    assert [one.code for one in built.problems if one.severity == "error"] == []
    with Pdf.open(built.made[0]) as pdf:
        fonts = {str(one.BaseFont) for one in pdf.objects if "/BaseFont" in _keys(one)}
    assert fonts and all("Hanken" in one or "Katern" in one for one in fonts), fonts


def _keys(item: Object) -> set[str]:
    return {*item.keys()} if isinstance(item, Dictionary) else set()


def test_the_dummy_and_the_table_tell_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(BOOK), "--out", str(tmp_path), "--only", "dummy"]) == 0
    capsys.readouterr()
    assert main(["sheets", str(BOOK), "--out", str(tmp_path)]) == 0
    told = [
        re.findall(r"\d+", re.sub(r"^.*?(front|back)", "", line).split("mm")[0])
        for line in capsys.readouterr().out.splitlines()[3:]
        if "front" in line or "back" in line
    ]
    (file,) = tmp_path.glob("*-dummy.pdf")
    with pypdfium2.PdfDocument(file) as pdf:
        shown = [re.findall(r"^\d+", page.get_textpage().get_text_bounded(), re.M) for page in pdf]
    assert [sorted(one) for one in shown] == [sorted(one[:2]) for one in told]
    assert sorted(int(page) for one in shown for page in one) == [*range(1, len(shown) * 2 + 1)]


def test_a_reader_that_has_seen_enough_is_no_problem(tmp_path: Path) -> None:
    script = (
        f"{sys.executable} -m publish sheets {BOOK} --out {tmp_path} | head -c 1; "
        'test "${PIPESTATUS[0]}" -lt 2'
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
