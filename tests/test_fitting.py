"""Nothing runs off the page: pictures with their captions, tables, sidebars, long words."""

from __future__ import annotations

import re
from functools import cached_property
from io import BytesIO
from pathlib import Path

import pypdfium2.raw as raw
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from readback_pdf import MM, ReadPdf

from publish.building.workshop import Workshop
from publish.ground.problems import Problem
from publish.manuscript.folder import read_manuscript
from publish.pages import figures as page_figures
from publish.pictures.placed import check_pictures
from publish.settings.printing import PrintSettings
from publish.sizes.fitting import (
    ANYWHERE,
    LEAST,
    ROUNDS,
    SIZES,
    Fits,
    Measures,
    next_fits,
    picture_height,
    runs_on,
)
from publish.sizes.geometry import page_of

BOOK = 'title = "Proef"\nlanguage = "nl"\nmodified = 2026-01-01T00:00:00Z\n'
SHAPES = {"staand": (400, 600), "liggend": (600, 400), "toren": (200, 900)}
TRIMS = ("A5", "A4", "105 x 148 mm", "210 x 210 mm")
POINTS = 72 / 25.4
"""Points in a millimetre."""
SENTENCE = "De werkgroep las elke maand een peilstok af en schreef de uitkomst in een schrift. "


class Made:
    """A manuscript laid out: its print PDF read back, and what was told."""

    def __init__(self, folder: Path, files: dict[str, str | bytes]) -> None:
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data if isinstance(data, bytes) else data.encode())
        manuscript = read_manuscript(folder)
        assert manuscript.book, manuscript.problems
        self.shop = Workshop(folder, manuscript.book, manuscript.sources)
        data, self.problems = self.shop.print_pdf
        self.pdf = ReadPdf(data)

    @cached_property
    def texts(self) -> list[str]:
        """Return the text of each page without its blanks and breaks."""
        return [squeezed(page.words) for page in self.pdf.pages]

    def pages_of(self, words: str) -> list[int]:
        """Return the pages (from 0) on which words stand."""
        return [number for number, text in enumerate(self.texts) if squeezed(words) in text]

    def pictures(self, number: int) -> int:
        """Return how many pictures stand on a page."""
        kinds = [raw.FPDF_PAGEOBJ_IMAGE]
        return len(list(self.pdf.drawn[number].get_objects(filter=kinds, max_depth=9)))

    def told(self, *codes: str) -> list[Problem]:
        """Return the problems of some codes."""
        return [one for one in self.problems if one.code in codes]


def squeezed(text: str) -> str:
    return "".join(text.split())


def book(trim: str, columns: int) -> str:
    return f'{BOOK}\n[print]\ntrim = "{trim}"\ncolumns = {columns}\ncover = "separate"\n'


def outside(made: Made) -> list[tuple[int, str]]:
    """Return each character that does not stand in its page's text area, but for head and folio."""
    page, found = made.shop.room.page, []
    for number, sheet in enumerate(made.pdf.pages):
        text = made.pdf.drawn[number].get_textpage()
        side = page.inner if number % 2 == 0 else page.outer
        alone = bool(made.pictures(number))
        left = (min(page.inner, page.outer) if alone else side) - 0.6
        right = page.width - (page.outer if number % 2 == 0 else page.inner) + 0.6
        for at in range(text.count_chars()):
            low, bottom, high, top = (one / MM for one in text.get_charbox(at))
            low, high = low - sheet.trim[0], high - sheet.trim[0]
            middle = (bottom + top) / 2 - sheet.trim[1]
            margin = not page.bottom - 1 < middle < page.height - page.top + 1
            if margin or low == high:
                continue
            if low < left or high > max(right, page.width - left if alone else 0):
                found.append((number, text.get_text_range(at, 1)))
    return found


def pictured(shape: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", SHAPES[shape], (200, 16, 46)).save(data, "PNG")
    return data.getvalue()


# Pictures and their captions ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trim", "columns"),
    [("A5", 1), ("A5", 2), ("A4", 1), ("A4", 3), ("105 x 148 mm", 1), ("210 x 210 mm", 2)],
)
def test_a_caption_stands_with_its_picture(trim: str, columns: int, tmp_path: Path) -> None:
    text, captions = ["# Beelden\n"], []
    files: dict[str, str | bytes] = {"book.toml": book(trim, columns)}
    number = 0
    for shape in SHAPES:
        files[f"photos/{shape}.png"] = pictured(shape)
        for place in ("page", "full", "column"):
            number += 1
            text.append(f"{SENTENCE * 2}\n\n![](p{number}){{place={place}}}\n")
            words = f"BEGIN{number}X {SENTENCE * (1, 4)[number % 2]}EIND{number}X."
            captions.append(
                f'[p{number}]\nfile = "{shape}.png"\nalt = "Rood."\ncaption = "{words}"\n'
            )
    files |= {"01-a.md": "\n".join(text), "captions.toml": "\n".join(captions)}
    made = Made(tmp_path, files)
    assert made.told("P401", "P414", "P415", "P417") == []
    for one in range(1, number + 1):
        (begin,) = made.pages_of(f"BEGIN{one}X")
        assert made.pages_of(f"EIND{one}X") == [begin]
        assert made.pictures(begin) >= 1, one
        if one % 3 == 1:
            # A picture that has a page to itself stands there with nothing but its caption.
            assert made.texts[begin].startswith(f"{one}BEGIN{one}X")
            assert made.texts[begin].endswith(f"EIND{one}X.")
    assert outside(made) == []


def test_a_very_long_caption_runs_on_and_is_told(tmp_path: Path) -> None:
    caption = f'caption = "BEGINX {SENTENCE * 40}EINDX."'
    table = f'[rood]\nfile = "rood.png"\nalt = "Rood."\n{caption}\n'
    files = {
        "book.toml": book("A5", 1),
        "captions.toml": table,
        "photos/rood.png": pictured("staand"),
    }
    made = Made(tmp_path, files | {"01-a.md": f"# Rood\n\n{SENTENCE}\n\n![](rood){{place=full}}\n"})
    (problem,) = made.told("P414", "P415", "P417")
    assert (problem.code, problem.span.file, problem.span.line) == ("P417", "captions.toml", 4)
    (begin,), (end,) = made.pages_of("BEGINX"), made.pages_of("EINDX.")
    assert end == begin + 1
    assert made.pictures(begin) == 1
    assert made.texts.count("") == 0 or outside(made) == []


def test_a_title_too_long_for_its_page_is_told_where_it_is_written(tmp_path: Path) -> None:
    written = book("A5", 1).replace("separate", "self")
    title = " ".join(f"De lange weg naar huis en terug {number}" for number in range(40))
    lines = [
        f'title = "{title}"' if one.startswith("title") else one for one in written.split("\n")
    ]
    at = next(at for at, one in enumerate(lines, 1) if one.startswith("title"))
    made = Made(tmp_path, {"book.toml": "\n".join(lines), "01-a.md": f"# Weg\n\n{SENTENCE * 90}\n"})
    told = made.told("P414", "P415", "P449")
    # In the imprint, where it is on a page with the cover, and in the running head.
    assert len({one.message for one in told}) >= 2
    assert {(one.span.file, one.span.line, one.span.column) for one in told} == {
        ("book.toml", at, 9)
    }


def test_a_running_head_too_long_is_told_at_its_chapter(tmp_path: Path) -> None:
    title = " ".join(f"Een kop die nergens eindigt {number}" for number in range(30))
    text = f"+++\nshort = '{title}'\n+++\n\n# Weg\n\n{SENTENCE * 150}\n"
    made = Made(tmp_path, {"book.toml": book("A5", 1), "01-a.md": text})
    told = made.told("P414", "P415", "P449")
    assert {(one.span.file, one.span.line) for one in told} == {("01-a.md", 5)}


# Tables -------------------------------------------------------------------------------------------


def rows(count: int, columns: int, word: str) -> str:
    lines = [" | ".join(f"K{at}" for at in range(columns)), "|".join(["---"] * columns)]
    lines += [" | ".join(f"{word}{row}x{at}" for at in range(columns)) for row in range(count)]
    return "\n".join(f"| {line} |" for line in lines)


def tabled(tmp_path: Path, table: str, before: str = SENTENCE, columns: int = 1) -> Made:
    text = f"# Tal\n\n{before}\n\n{table}\n\n: Een tabel\n\n{SENTENCE}\n"
    return Made(tmp_path, {"book.toml": book("A5", columns), "01-a.md": text})


@pytest.mark.parametrize(("columns", "smaller"), [(4, False), (11, True)])
def test_a_wide_table_is_set_smaller(columns: int, smaller: bool, tmp_path: Path) -> None:
    made = tabled(tmp_path, rows(3, columns, "Tal"))
    assert made.told("P414", "P415", "P416") == []
    assert outside(made) == []
    step = next(iter(made.shop.room.arranged[0].fits.steps.values()), 0)
    assert (0 < step < ANYWHERE) == smaller
    (page,) = made.pages_of(f"Tal2x{columns - 1}")
    # The last column stands on the page in the type that its step says.
    assert made.pdf.baselines(page, SIZES[step] / 0.75)


@pytest.mark.parametrize("columns", [1, 3])
def test_a_table_too_wide_for_any_type_is_broken_and_told(columns: int, tmp_path: Path) -> None:
    made = tabled(tmp_path, rows(2, 16, "Vergadering"), columns=columns)
    assert [(one.code, one.span.line) for one in made.told("P414", "P415", "P416")] == [("P416", 5)]
    assert outside(made) == []


@pytest.mark.parametrize("long", [14, 20])
def test_a_short_cell_beside_long_ones_is_no_column_of_single_words(
    long: int, tmp_path: Path
) -> None:
    row = f"{SENTENCE.strip()} | {SENTENCE * long} | {SENTENCE * long}"
    made = tabled(tmp_path, f"| K0 | K1 | K2 |\n|---|---|---|\n| {row} |")
    (page, *_) = made.pages_of("K0K1K2")
    left = {one.text: one.left for one in made.pdf.pages[page].pieces}
    first, second = left["K1"] - left["K0"], left["K2"] - left["K1"]
    assert 0.4 * second < first < 0.7 * second
    assert outside(made) == []


def test_rows_stay_whole_and_the_head_comes_again(tmp_path: Path) -> None:
    lines = [f"| R{row}begin | {SENTENCE * 3} R{row}eind |" for row in range(30)]
    table = "\n".join(["| KOP | Wat er gebeurde |", "|---|---|", *lines])
    made = tabled(tmp_path, table, SENTENCE * 12)
    starts = [made.pages_of(f"R{row}begin") for row in range(30)]
    assert starts == [made.pages_of(f"R{row}eind") for row in range(30)]
    assert all(len(pages) == 1 for pages in starts)
    used = sorted({pages[0] for pages in starts})
    assert len(used) > 2
    assert made.pages_of("KOP") == used
    # It begins below the text before it, with two rows at least; two rows end it.
    assert made.pages_of("Een tabel") == [used[0]] == made.pages_of("Tal" + SENTENCE)
    assert starts.count([used[0]]) >= 2
    assert starts.count([used[-1]]) >= 2


def test_a_table_waits_for_the_next_page_where_no_two_rows_fit(tmp_path: Path) -> None:
    lines = [f"| R{row}begin | {SENTENCE * 5} |" for row in range(12)]
    table = "\n".join(["| KOP | Wat er gebeurde |", "|---|---|", *lines])
    for count in range(25, 35, 2):
        folder = tmp_path / str(count)
        made = tabled(folder, table, "\n\n".join([SENTENCE] * count))
        (caption,) = made.pages_of("Tabel1Eentabel")
        assert made.pages_of("R0begin") == made.pages_of("R1begin") == [caption], count


def test_a_short_table_is_kept_whole(tmp_path: Path) -> None:
    for count in (16, 18, 20):
        made = tabled(tmp_path / str(count), rows(6, 3, "Tal"), "\n\n".join([SENTENCE] * count))
        assert made.pages_of("Tal0x0") == made.pages_of("Tal5x2")


@pytest.mark.parametrize("columns", [1, 2])
def test_a_row_that_is_higher_than_a_page_goes_on_below_the_head(
    columns: int, tmp_path: Path
) -> None:
    table = f"| KOP | Wat |\n|---|---|\n| EERST {SENTENCE * 90} LAATST | b |\n| EIND | c |"
    made = tabled(tmp_path, table, SENTENCE * 8, columns)
    pages = made.pages_of("KOP")
    assert len(pages) > 2
    assert pages == list(range(pages[0], pages[-1] + 1))
    assert made.pages_of("Tabel1Eentabel") == made.pages_of("EERST") == pages[:1]
    assert made.pages_of("LAATST") == made.pages_of("EIND") == pages[-1:]
    assert made.told("P404", "P414", "P415") == []


@pytest.mark.parametrize("columns", [1, 2])
def test_a_picture_amid_words_is_as_high_as_they_are(columns: int, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"book.toml": book("A5", columns)}
    for name, size in {"hoog": (1600, 2400), "ster": (64, 64), "stil": (120, 60)}.items():
        out = BytesIO()
        Image.new("RGB", size, "grey").save(out, "PNG")
        files[f"photos/{name}.png"] = out.getvalue()
    files["captions.toml"] = (
        '[hoog]\nfile = "hoog.png"\ncaption = "Hoog"\nalt = "Grijs"\n'
        '[ster]\nfile = "ster.png"\ndecorative = true\n'
        '[stil]\nfile = "stil.png"\ndecorative = true\n'
        '[komt]\nexpected = true\ncaption = "Komt"\nalt = "Later"\n'
    )
    files["01-a.md"] = (
        f"# Kop ![ster](ster)\n\n{SENTENCE * 4}\n\nMet ![](hoog) **en ![bij](ster)** erin, en"
        f" ![](stil) en ![](komt). {SENTENCE}\n"
    )
    made = Made(tmp_path, files)
    drawn = [
        [edge / MM for edge in one.get_bounds()]
        for sheet in made.pdf.drawn
        for one in sheet.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=9)
    ]
    high, heading = made.shop.room.page.size / POINTS, 15 / POINTS
    # A background has its place in its pattern: of it the number alone is counted.
    sizes = sorted((round(box[3] - box[1], 1), round(box[2] - box[0], 1)) for box in drawn)
    em, wide = round(high, 1), round(high / 1.5, 1)
    assert len(sizes) == 4
    assert {(em, wide), (em, em), (round(heading, 1),) * 2} < set(sizes)
    assert squeezed("en Beeld volgt.") in "".join(made.texts)
    shop = made.shop.materials
    assert check_pictures(shop.print_book, shop.root, shop.page, {}, shop.extra[0]) == []
    assert made.told("P414", "P415", "P449") == []


# Sidebars, words, code ----------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [1, 2])
def test_a_tall_sidebar_begins_where_the_text_ends(columns: int, tmp_path: Path) -> None:
    inside = "\n\n".join(f"KADER{at}X {SENTENCE * 5}" for at in range(12))
    text = f"# Kader\n\nEERST. {SENTENCE * 4}\n\n::: sidebar\n{inside}\n:::\n\n{SENTENCE}\n"
    made = Made(tmp_path, {"book.toml": book("A5", columns), "01-a.md": text})
    assert made.pages_of("KADER0X") == made.pages_of("EERST.")
    assert all(len(made.pages_of(f"KADER{at}X")) == 1 for at in range(12))
    assert made.told("P414", "P415") == []
    assert outside(made) == []


def test_a_short_sidebar_is_kept_whole(tmp_path: Path) -> None:
    for count in (8, 9, 10, 11):
        before = "\n\n".join([SENTENCE * 2] * count)
        text = f"# Kader\n\n{before}\n\n::: sidebar\nBEGINX {SENTENCE * 5}EINDX\n:::\n"
        made = Made(tmp_path / str(count), {"book.toml": book("A5", 1), "01-a.md": text})
        assert made.pages_of("BEGINX") == made.pages_of("EINDX")


LONG = "Q" * 150
ADDRESS = "https://example.org/" + "map/" * 12 + "x" * 90


@pytest.mark.parametrize(("trim", "columns"), [("A5", 1), ("105 x 148 mm", 1), ("A4", 3)])
def test_what_is_long_is_broken(trim: str, columns: int, tmp_path: Path) -> None:
    code = f"als (x):\n    {'letter ' * 40}\n    {'y' * 140}\n\neinde"
    text = (
        f"# Lang {'w' * 60}\n\n{SENTENCE}{LONG} einde.[^een]\n\n{LONG}[^twee] en <{ADDRESS}>.\n\n"
        f"```\n{code}\n```\n\n- {LONG}\n\n> {LONG}\n\n::: verse\n{LONG}\n:::\n\n"
        f"Woord\n: {LONG}\n\n::: sidebar\n{LONG}\n:::\n\n"
        f"| a | b |\n|---|---|\n| {LONG} | {LONG} |\n"
        f"\n[^een]: Zie {ADDRESS}.\n\n[^twee]: {LONG}.\n"
    )
    made = Made(tmp_path, {"book.toml": book(trim, columns), "01-a.md": text})
    assert made.told("P401", "P414", "P415") == []
    assert outside(made) == []
    whole = "".join(made.texts)
    assert whole.count("Q") == 150 * 10
    assert whole.count("y") == 140
    # What is left of a line of code hangs below its beginning, and a blank line stays one.
    if columns == 1:
        page = next(one for one in made.pdf.pages if "letter" in one.text)
        first, *rest = [one.left for one in page.lines if "letter" in one.text]
        code = min(one.left for one in page.lines if "als (x)" in one.text)
        assert rest and first > code + 2 and min(rest) > code + 2


def test_what_cannot_be_helped_is_told_at_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = f"# Kort\n\nVoor {'z' * 40} na.\n\n{SENTENCE}\n\n{'q' * 200}\n"
    from publish.building import materials

    sheet = materials.stylesheet

    def unbroken(*asked: object) -> str:
        css = sheet(*asked).replace("overflow-wrap: break-word", "overflow-wrap: normal")
        return css.replace("hyphens: auto", "hyphens: manual")

    monkeypatch.setattr(materials, "stylesheet", unbroken)
    made = Made(tmp_path, {"book.toml": book("A5", 3), "01-a.md": text})
    told = [(one.code, one.severity, one.span.line) for one in made.told("P414", "P449")]
    assert told == [("P449", "error", 3), ("P414", "error", 7)]
    assert "lies over “qqq" in made.told("P449")[0].message
    assert "page 3" in made.told("P414")[0].message


# Decisions in numbers -----------------------------------------------------------------------------

PAGE = page_of(PrintSettings())


@given(st.floats(0.1, 9))
def test_a_table_goes_down_to_the_last_step_and_no_further(width: float) -> None:
    fits, found = Fits(), Measures({"a.md:1": width}, {}, {}, {})
    steps = [0]
    for _ in range(ROUNDS):
        fits = next_fits(fits, found, PAGE)
        steps.append(fits.steps.get("a.md:1", 0))
    assert steps == sorted(steps)
    assert steps[-1] == (ANYWHERE if width > 1.001 else 0)
    # The smallest type is tried before words are broken anywhere.
    assert steps[-1] == 0 or ANYWHERE - 1 in steps


def test_a_table_goes_straight_to_the_type_that_fits() -> None:
    assert next_fits(Fits(), Measures({"a": 1.05}, {}, {}, {}), PAGE).steps == {"a": 1}
    assert next_fits(Fits(), Measures({"a": 1.1}, {}, {}, {}), PAGE).steps == {"a": 2}
    assert next_fits(Fits(), Measures({"a": 2.0}, {}, {}, {}), PAGE).steps == {"a": 3}


@given(st.floats(0, 400), st.sampled_from(["column", "full", "page", "inset"]))
def test_picture_and_caption_fit_a_page_or_the_caption_runs_on(caption: float, place: str) -> None:
    height = picture_height(PAGE, place, caption)
    room = PAGE.depth if place != "page" else PAGE.height + PAGE.bleed - PAGE.bottom
    assert height + caption < room or runs_on(PAGE, place, caption)
    assert height > (LEAST - 0.05) * room


def test_every_step_has_its_type_in_the_style_sheet() -> None:
    sheet = (Path(page_figures.__file__).parents[2] / "styles" / "pages.css").read_text()
    for step, size in enumerate(SIZES):
        rule = rf'data-step="{step}"\] table[^{{]*{{ font-size: {size:g}pt;' if step else "400 8pt/"
        assert re.search(rule, sheet)
