"""A book is set on the pages that it is to have, by the least change that does it."""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
import shutil
from collections import Counter
from pathlib import Path

import pytest
from bench.copyfitting import Books, measured
from books.generate import generate
from conftest import BOOKS, shop_of
from msgspec import structs
from PIL import Image
from readback_pdf import ReadPdf

from publish.building.build import build
from publish.building.forme import Forme
from publish.engine.parts import Pages
from publish.ground.problems import Unmakeable, problem, weighed
from publish.pages.findings import fit_findings
from publish.pages.placing import Arrangement
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
    for trial in trials(PAGE, Fit(pictures=10), 0.2):
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


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_by_how_much_the_quick_layout_is_always_off_is_learned(off: int) -> None:
    """What it promises and what would be too far is laid out soundly a few times, and no more."""
    counted = []

    def count(page: Page) -> int:
        counted.append(page)
        return guess(page) + off

    def guess(page: Page) -> int:
        return math.ceil(34.4 * length_of(page) / 3) * 3

    assert fitted(PAGE, Fit(), f"fit {33 + off}", count, guess, ()).hit
    counted.clear()
    refused = fitted(PAGE, Fit(), f"fit {32 + off}", count, guess, ())
    assert (refused.hit, refused.nearest) == (False, 33 + off)
    assert len(counted) <= 12


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


@pytest.mark.parametrize("wanted", [20, 50])
def test_paragraphs_are_tried_once_where_the_number_is_far_off(wanted: int) -> None:
    leans = []

    def guess(page: Page) -> int:
        leans.extend([page.lean] if page.lean else [])
        return math.ceil(34.6 * length_of(page))

    assert not fitted(PAGE, Fit(), f"fit {wanted}", guess, guess).hit
    assert leans == [math.copysign(1e6, 35 - wanted)]


CHAPTERS = ((2310, 3), (1480, 1), (3120, 4), (960, 2), (2750, 2), (1890, 5))
"""Of each chapter of a book: its words, and its pictures that are 90 mm tall at full width."""


def set_by_hand(page: Page) -> int:
    """Count pages as one does with a rule in hand, chapter by chapter, each on a page of its own.

    A letter is 0.47 em wide on the mean and a word has 6.3 of them with its blank; paragraphs have
    from 38 to 146 words, a heading takes four lines, a picture those that it touches and two for
    its caption.
    """
    pages, lengths = 0, itertools.cycle(range(38, 147, 12))
    for words, pictures in CHAPTERS:
        word = 6.3 * page.size * 25.4 / 72 * (0.47 + page.tracking)
        lines = 4
        while words > 0:
            lines += math.ceil(min(words, paragraph := next(lengths)) * word / page.column)
            words -= paragraph
        picture = 90 * page.pictures * page.column / PAGE.column
        lines += pictures * (math.ceil(picture / page.baseline) + 2)
        pages += math.ceil(lines / page.lines)
    return pages


STILL = Fit(size=0, leading=0, tracking=0, margins=0)
FILLED = 17 * 90 / (set_by_hand(PAGE) * PAGE.depth)


def by_hand(wanted: int, limits: Fit) -> Fitted:
    return fitted(PAGE, limits, f"fit {wanted}", set_by_hand, set_by_hand, (), FILLED)


def test_pictures_alone_can_give_the_pages() -> None:
    plain = set_by_hand(PAGE)
    limits = dataclasses.replace(STILL, pictures=50)
    reach = {set_by_hand(structs.replace(PAGE, pictures=1 - less / 8)) for less in range(5)}
    assert len(reach) > 2
    for wanted in range(min(reach) - 2, plain + 2):
        found = by_hand(wanted, limits)
        assert found.hit == (wanted in reach)
        assert found.nearest == min(reach, key=lambda one: abs(one - wanted))
        if found.hit and wanted != plain:
            assert found.by == Variation(pictures=found.by.pictures)
            assert 0.5 <= found.by.pictures < 1


@pytest.mark.parametrize("pictures", [0, 50])
def test_by_another_reckoning_what_can_be_reached_is_hit_all_the_same(pictures: int) -> None:
    """Pages that one variation in 200 gives are hit; of what none gives the nearest are told.

    By these it is reckoned how many words are too many.
    """
    limits = Fit(pictures=pictures)
    every = trials(PAGE, limits, FILLED)
    given = Counter(set_by_hand(varied(PAGE, one.by)) for one in every)
    usual = {pages for pages, many in given.items() if many * 200 >= len(every)}
    assert len(usual) >= 6
    for wanted in range(min(given) - 3, max(given) + 4):
        found = by_hand(wanted, limits)
        assert found.hit or wanted not in usual
        if wanted not in given:
            off = min(abs(one - wanted) for one in given)
            assert (found.hit, abs(found.nearest - wanted)) == (False, off)


def test_in_a_book_without_pictures_none_is_made_smaller() -> None:
    assert trials(PAGE, Fit(pictures=50)) == trials(PAGE, Fit())


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


def test_a_real_book_with_pictures_is_set_on_fewer_pages_by_smaller_ones(tmp_path: Path) -> None:
    folder = generate("pamphlet", tmp_path / "book", 3, 1000)
    Image.new("L", (2400, 1500), 90).save(folder / "photos" / "grey.png")
    grey = 'file = "grey.png"\nalt = "Een grijs vlak."\ncaption = "Een grijs vlak."\n'
    (folder / "captions.toml").write_text(f"[grey]\n{grey}", "utf-8")
    for chapter in folder.glob("*.md"):
        heading, *paragraphs = chapter.read_text("utf-8").split("\n\n")
        text = [f"{one}\n\n![](grey){{.column}}" for one in paragraphs[:9]]
        chapter.write_text("\n\n".join([heading, *text, *paragraphs[9:]]), "utf-8")
    toml = folder / "book.toml"
    toml.write_text(toml.read_text("utf-8") + 'chapters = "run-on"\n', "utf-8")
    plain = shop_of(folder).room
    pages = plain.arranged[1].count
    toml.write_text(
        toml.read_text("utf-8") + f'pages = "fit {pages - 1}"\n'
        '[print.fit]\nsize = 0\nleading = 0\ntracking = 0\nmargins = "0 mm"\npictures = 50\n',
        "utf-8",
    )
    room = shop_of(folder).room
    assert room.fitted
    assert (room.fitted.hit, room.fitted.by.lean, room.page.size) == (True, 0, plain.page.size)
    assert room.arranged[1].count == pages - 1
    told = fit_findings(room.fitted, plain.page, room.arranged[1], 1)
    assert re.search(r": pictures at \d\d%$", told[0].message)


def test_books_of_the_bench_are_hit_or_rightly_refused() -> None:
    """Three small ones of those that `make bench-copyfitting` has, the second with pictures."""
    small = Books((450, 650), Fit(1.0, 5.0, 2.0, 4.0))
    reached = measured((2, 19), 2, True, small)
    refused = measured((1000,), 1, False, small)
    assert [right for right, _ in (*reached, *refused)] == [True] * 3, (reached, refused)


def test_a_page_on_which_the_engine_fails_wins_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    room = shop_of(BOOKS / "minimal").room
    small, smaller = (varied(room.page, Variation(size=less)) for less in (-0.1, -0.2))
    own, original = room.arranged, Forme.lay_out

    def failing(self: Forme, output: str, arrangement: Arrangement) -> Pages:
        if self.page == smaller or (self.page == small and arrangement is own[0]):
            raise Unmakeable(problem("P401", None, reason="IndexError", advice=""))
        return original(self, output, arrangement)

    monkeypatch.setattr(Forme, "lay_out", failing)
    assert room.guessed(small) == room.on(small).arranged[1].count
    assert room.guessed(smaller) == room.counted(smaller) == own[1].count


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


@pytest.mark.parametrize("chapters", ["run-on", "recto"])
def test_many_more_pages_than_there_are_words_for(chapters: str, tmp_path: Path) -> None:
    """What is told as the binding's is what the binding adds, whatever else is blank."""
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", folder)
    toml = folder / "book.toml"
    text = "De veerman meet elke ochtend hoe hoog het water staat, en schrijft het op een lat. " * 5
    (folder / "01-begin.md").write_text(f"# Begin\n\n{text}\n")
    toml.write_text(f'{toml.read_text()}[print]\nchapters = "{chapters}"\npages = "fit 96"\n')
    laid = shop_of(folder).room.arranged[1].count
    made = build(folder, tmp_path / "out", ("print",))
    (message,) = [message for code, _, message in told(made.problems) if code == "P425"]
    found = re.search(
        r"on (\d+) pages, (\d+) of them for the binding: .* about (\d+) words", message
    )
    assert found, message
    pages, added, words = map(int, found.groups())
    assert (pages, added) == (len(ReadPdf(made.made[0]).pages), pages - laid)
    # A page of A5 takes some four hundred short words.
    assert 300 * (96 - laid) < words < 450 * (96 - laid)


def test_fewer_pages_than_there_are_without_text(tmp_path: Path) -> None:
    """Cover, imprint, title, contents and back are there whatever is written."""
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", folder)
    toml = folder / "book.toml"
    toml.write_text(f'{toml.read_text()}[print]\npages = "fit 4"\n')
    made = build(folder, tmp_path / "out", ("print",))
    (message,) = [message for code, _, message in told(made.problems) if code == "P425"]
    without = [one for one in ReadPdf(made.made[0]).pages[:6] if "één zin" not in one.text]
    assert f"not 4: {len(without)} of its pages are cover, " in message
    assert "words" not in message


@pytest.mark.parametrize("wish", ["fit 0", "fit 10000", "multiple of 100", "fit", "fit many"])
def test_a_wish_that_is_none_is_told_with_what_may_be_wished(wish: str, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", folder)
    toml = folder / "book.toml"
    toml.write_text(f'{toml.read_text()}[print]\npages = "{wish}"\n')
    (found,) = [one for one in build(folder, tmp_path, ("print",)).problems if one.code == "S102"]
    assert found.span and found.span.line == 4
    assert "of 9999 at the most" in (found.hint or "")
