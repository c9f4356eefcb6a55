"""A book is set on the pages that it is to have, by the least change that does it."""

from __future__ import annotations

import dataclasses
import math
import re
from pathlib import Path

import pytest
from books.generate import generate
from readback_pdf import ReadPdf

from publish.building.build import build
from publish.ground.problems import weighed
from publish.settings.printing import Fit, PrintSettings
from publish.sizes.copyfitting import Fitted, fitted, frontier, targets, trials
from publish.sizes.geometry import Page, Variation, page_of, varied

PAGE = page_of(PrintSettings())
PLAIN = Variation()


def length_of(page: Page) -> float:
    """Say how long a text is on a page, as a share of what it is on the plain one."""
    letters = page.column / (page.size * (1 + 2 * page.tracking)) * page.lines
    return PAGE.column / PAGE.size * PAGE.lines / letters


def fit(wanted: str, text: float, limits: Fit | None = None, leap: int = 1) -> tuple[Fitted, int]:
    """Fit a text of so many plain pages; pages come `leap` at a time. Also count the layouts."""
    laid_out = []

    def count(page: Page) -> int:
        laid_out.append(page)
        return math.ceil(text * length_of(page) / leap) * leap

    return fitted(PAGE, limits or Fit(), wanted, count, count, ()), len(laid_out)


def test_pages_fill_their_height_whatever_is_varied() -> None:
    for trial in trials(PAGE, Fit(pictures=10)):
        page = varied(PAGE, trial.by)
        assert page.lines == PAGE.lines + trial.by.lines
        assert page.lines * page.baseline <= page.depth + 1e-3
        assert page.top + page.depth + page.bottom == pytest.approx(PAGE.height)
        assert abs(page.baseline / PAGE.baseline - 1) <= 0.03 + 1e-9
        assert abs(page.size - PAGE.size) <= 0.25 + 1e-9
        assert abs(page.inner - PAGE.inner) <= 2 + 1e-9
        assert abs(page.tracking) <= 0.01
        assert 0.9 - 1e-9 <= page.pictures <= 1


def test_nothing_is_varied_without_a_limit_for_it() -> None:
    none = Fit(size=0, leading=0, tracking=0, margins=0)
    assert [trial.by for trial in trials(PAGE, none)] == [PLAIN]
    sizes = {trial.by for trial in trials(PAGE, dataclasses.replace(none, size=0.5))}
    assert {(by.lines, by.tracking, by.margins, by.pictures) for by in sizes} == {(0, 0, 0, 1)}
    assert len({by.size for by in sizes}) == 9


def test_no_variation_of_the_frontier_is_outdone() -> None:
    every = trials(PAGE, Fit())
    line = frontier(every)
    assert PLAIN in [one.by for one in line]
    for one in line:
        cheaper = [other for other in every if other.cost < one.cost]
        if one.length < 0:
            assert all(other.length > one.length for other in cheaper)
        elif one.length > 0:
            assert all(other.length < one.length for other in cheaper)


@pytest.mark.parametrize("pages", range(30, 40))
def test_what_can_be_reached_is_hit_with_few_layouts(pages: int) -> None:
    found, layouts = fit(f"fit {pages}", 34.4)
    reach = {math.ceil(34.4 * length_of(varied(PAGE, one.by))) for one in trials(PAGE, Fit())}
    assert found.hit == (pages in reach)
    assert (found.pages == pages) == found.hit
    assert layouts < 30
    if not found.hit:
        assert found.nearest == min(reach, key=lambda one: abs(one - pages))
        # What helps nothing is not done.
        assert (found.by, found.pages) == (PLAIN, 35)


def test_the_change_is_the_least_that_does_it() -> None:
    found, _ = fit("fit 34", 34.4)
    every = trials(PAGE, Fit())
    costs = {one.by: one.cost for one in every}
    hits = [one for one in every if math.ceil(34.4 * length_of(varied(PAGE, one.by))) == 34]
    assert costs[found.by] <= 1.5 * min(one.cost for one in hits)
    assert fit("fit 35", 34.4)[0] == Fitted(PLAIN, 35, 35, 35)


def test_where_pages_leap_over_the_number_it_is_refused() -> None:
    found, _ = fit("fit 34", 34.4, leap=3)
    assert (found.hit, found.wanted) == (False, 34)
    assert (found.by, found.pages) == (PLAIN, 36)
    assert found.nearest in (33, 36)


def test_paragraphs_are_tried_before_the_type_is_touched() -> None:
    """A text whose paragraphs can be set up to a fiftieth shorter, and a thirtieth longer."""

    def count(page: Page) -> int:
        share = min(abs(page.lean) / 1e6, 1.0)
        lines = 1 - 0.02 * share if page.lean > 0 else 1 + 0.03 * share
        return math.ceil(34.4 * lines * length_of(page))

    def found(wanted: int) -> Fitted:
        return fitted(PAGE, Fit(), f"fit {wanted}", count, count)

    assert found(36).by == Variation(lean=-1e6)
    assert found(34).by == Variation(lean=1e6)
    for wanted in (33, 37):
        # Where paragraphs alone do not go so far, the rest does it alone.
        assert found(wanted).hit
        assert found(wanted).by.lean == 0


def test_a_multiple_takes_the_nearer_way() -> None:
    assert targets("fit 16", 30) == [16]
    assert targets("multiple of 4", 33) == [32, 36]
    assert targets("multiple of 4", 35) == [36, 32]
    assert targets("multiple of 8", 3) == [8]
    assert targets("multiple of 4", 36) == [36]
    assert fit("multiple of 4", 34.8)[0].pages == 36
    little = Fit(size=0.1, leading=0, tracking=0, margins=0)
    assert fit("multiple of 16", 34.4, little)[0].hit is False


def book(tmp_path: Path, more: str) -> Path:
    folder = generate("pamphlet", tmp_path / "book", 3, 2600)
    toml = folder / "book.toml"
    toml.write_text(toml.read_text("utf-8") + more, "utf-8")
    return folder


def told(problems: list) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity, one.message) for one in problems if one.code[:3] == "P42"]


@pytest.mark.parametrize(
    ("wanted", "changes"),
    [
        (12, "paragraphs a line longer where that costs least"),
        (10, r"type of 9\.\d+ pt \(-0\.\d+\)(, .*)?"),
    ],
)
def test_a_real_book_comes_out_on_its_pages_and_says_what_was_changed(
    wanted: int, changes: str, tmp_path: Path
) -> None:
    """A book whose words fill eleven pages, the last of them but for a few lines."""
    folder = generate("pamphlet", tmp_path / "book", 3, 2375)
    toml, limits = folder / "book.toml", '[print.fit]\nsize = 0.7\nmargins = "4 mm"\n'
    bound = f'binding = "perfect"\nchapters = "run-on"\npages = "fit {wanted}"\n{limits}'
    toml.write_text(toml.read_text("utf-8") + bound, "utf-8")
    made = build(folder, tmp_path / "out", ("print",))
    assert len(ReadPdf(made.made[0]).pages) == wanted
    ((code, severity, message),) = told(made.problems)
    assert (code, severity) == ("P424", "warning")
    (place,) = [one.span for one in made.problems if one.code == "P424"]
    lines = toml.read_text("utf-8").splitlines()
    assert place and lines[place.line - 1] == f'pages = "fit {wanted}"'
    assert re.fullmatch(f"set on {wanted} pages: {changes}", message), message
    assert build(folder, tmp_path / "out", ("print",)).made == ()


def test_a_number_out_of_reach_is_refused_with_how_much_is_too_many(tmp_path: Path) -> None:
    folder = book(tmp_path, 'binding = "perfect"\n')
    plain = build(folder, tmp_path / "plain", ("print",))
    toml = folder / "book.toml"
    toml.write_text(toml.read_text("utf-8") + 'pages = "fit 6"\n', "utf-8")
    made = build(folder, tmp_path / "out", ("print",))
    ((code, severity, message),) = told(made.problems)
    assert (code, severity) == ("P425", "warning")
    assert "not 6: about" in message
    assert message.endswith("words too many")
    final = weighed(made.problems, final=True)
    assert [one.severity for one in final if one.code == "P425"] == ["error"]

    # It is set as it is without a wish, and the message has the pages that the file has.
    texts = [[page.text for page in ReadPdf(one.made[0]).pages] for one in (plain, made)]
    assert texts[0] == texts[1]
    assert message.startswith(f"set as it is, on {len(texts[0])} pages: ")
    # How much is too much is reckoned by the pages that have running text.
    found = re.search(r"to (\d+) at the nearest, not 6: about (\d+) words", message)
    assert found
    full = [count for text in texts[0] if (count := len(text.split())) > 50]
    assert len(full) < len(texts[0]) - 3
    most = (int(found[1]) - 6) * sum(full) / len(full)
    assert 0.93 * most < int(found[2]) < most
