"""The report as a person uses it, in Chromium: pages, findings in their places, filters, keys."""

from __future__ import annotations

from base64 import b64decode
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from browse import run
from lxml import html as lxml_html
from PIL import Image
from test_makeup import far_book

from publish.building.build import build
from publish.checks.checking import check
from publish.ground.problems import Problem
from publish.report import shots as page_shots
from publish.report.shots import Shot, shots
from publish.report.telling import as_html


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Problem]]:
    """The output folder of a book that is set line by line, and what was found in it."""
    root = tmp_path_factory.mktemp("report")
    folder, out = far_book(root / "boek & co", 'paragraphs = "first-fit"'), root / "out"
    build(folder, out, ("print",))
    told: list[str] = []
    found = check(folder, out, False, told.append, ("print",))
    pages = len(pikepdf.open(out / "ver-print.pdf").pages)
    assert [one for one in told if one.startswith("report")] == [
        f"report, page {number} of {pages}" for number in range(1, pages + 1)
    ]
    return out, found


def looked(out: Path, scheme: str, shots: str = "") -> Any:
    return run("look.mjs", out / "report.html", scheme, shots)


def test_each_page_is_there_as_it_is_trimmed(made: tuple[Path, list[Problem]]) -> None:
    out, _ = made
    page = lxml_html.fromstring((out / "report.html").read_text(encoding="utf-8"))
    images = page.xpath("//li[contains(@class, 'thumb')]//img")
    assert len(images) == len(pikepdf.open(out / "ver-print.pdf").pages)
    for image in images:
        kind, _, data = image.get("src").partition(",")
        picture = Image.open(BytesIO(b64decode(data)))
        assert kind == "data:image/webp;base64"
        assert picture.size == (int(image.get("width")), int(image.get("height")))
        assert picture.width / picture.height == pytest.approx(105 / 148, abs=0.01)
    assert (out / "report.html").stat().st_size < 4_000_000


def test_a_thick_book_has_smaller_pictures(
    made: tuple[Path, list[Problem]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made[0] / "ver-print.pdf"
    count = len(pikepdf.open(path).pages)

    def widths(room: float, pages: int) -> dict[int, int]:
        """Return how wide pages come out where so many have room at so many px."""
        monkeypatch.setattr(page_shots, "MOST", pages * room * room * 148 / 105 * 0.12)
        made = shots(path, {2, 4})
        assert all(shot.thumbnail == (shot.pixels[0] < 400) for shot in made)
        return {shot.number: shot.pixels[0] for shot in made}

    # Each has the same share, with or without a finding, of what is never more than is of use.
    assert [*widths(500, count).values()] == pytest.approx([500] * count, abs=2)
    assert [*widths(2000, count).values()] == pytest.approx([900] * count, abs=2)
    # Where that is too little to be read, those with a finding share it; never so little for them.
    for room, large in ((500, 500), (100, 420)):
        found = widths(room, 2)
        assert [found.pop(2), found.pop(4)] == pytest.approx([large] * 2, abs=2)
        assert [*found.values()] == pytest.approx([180] * (count - 2), abs=2)
    assert [one.number for one in shots(path, {4, 2}, others=False)] == [2, 4]


@pytest.mark.parametrize("small", [False, True])
def test_of_a_book_too_thick_for_it_the_report_says_so(small: bool) -> None:
    shot = Shot(1, "1", 297.6, 419.5, (180, 254), "data:,", thumbnail=small)
    facts = {"title": "Boek", "outputs": [], "final": False, "errors": 0, "warnings": 0}
    told = as_html([], facts, [shot])
    assert ("are thumbnails" in told) == small


def test_nothing_is_drawn_again_where_nothing_changed(
    made: tuple[Path, list[Problem]], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, found = made
    report = (out / "report.html").read_bytes()
    folder = out.parent / "boek & co"
    monkeypatch.setattr("publish.checks.checking.shots", lambda *given: pytest.fail("drawn again"))
    assert check(folder, out, False, names=("print",)) == found
    assert (out / "report.html").read_bytes() == report


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_a_person_does_with_it(made: tuple[Path, list[Problem]], scheme: str) -> None:
    out, found = made
    told = looked(out, scheme)
    assert told["errors"] == []
    assert {one.partition(":")[0] for one in told["asked"]} <= {"file", "data"}
    assert len([one for one in told["asked"] if one.startswith("file")]) == 1
    assert (told["axe"], told["open"]) == ([], [])
    assert told["visible"] == told["all"] == len(found)

    # The manuscript's lines can be jumped to.
    spans = [one.span for one in found if one.span]
    assert [text for text, _ in told["places"]] == [
        f"{one.file}:{one.line}:{one.column}" for one in spans
    ]
    place = (out.parent / "boek & co" / spans[0].file).as_posix().replace(" ", "%20")
    assert told["places"][0][1].startswith(f"vscode://file{place}:{spans[0].line}:")

    # A page seen large, its findings where they are.
    first = min(one.spot.page for one in found if one.spot)
    here = [one.spot for one in found if one.spot and one.spot.page == first]
    assert told["first"] == str(first)
    for spot, (left, top, right, bottom, width) in zip(here, told["boxes"], strict=True):
        scale = width / (105 / 25.4 * 72)
        sides = [side * scale for side in (spot.left, spot.top, spot.right, spot.bottom)]
        # A box has room for its number.
        assert [left, top] == pytest.approx(sides[:2], abs=1.5)
        assert right >= sides[2] - 1.5
        assert bottom >= sides[3] - 1.5
    assert told["chosen"] == told["beside"] == 1
    assert "chosen" in told["focused"]

    # Keys walk the pages, and the findings in the order of the pages.
    assert told["left"] == told["title"] != told["right"]
    assert told["closed"]
    assert told["back"]
    numbers = [int(one.split()[1]) for one in told["walked"]]
    assert numbers == sorted(numbers)
    assert len(numbers) >= min(60, sum(one.spot is not None for one in found) - len(here))

    # Filters.
    assert told["kinds"] == sorted({one.code for one in found})
    assert told["none"] == 0
    assert told["filtered"] == [one.code for one in found if one.code == told["kinds"][0]]
    assert told["status"] == f"{len(told['filtered'])} of {len(found)} shown."
    # What is filtered out is counted nowhere, drawn on no page, and heads no group.
    kept = [one for one in found if one.code == told["kinds"][0]]
    pages = Counter(one.spot.page for one in kept if one.spot)
    assert told["tallies"] == [
        [page, f"{count} finding{'s' * (count > 1)}"] for page, count in sorted(pages.items())
    ]
    assert set(told["bare"]) <= {""}
    assert told["groups"] == len({one.span.file if one.span else "" for one in kept})
    assert told["drawn"] == [told["kinds"][0]] * pages[min(pages)]
    assert told["returned"][0] == told["returned"][1]
