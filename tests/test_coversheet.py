"""The cover for the printer: one sheet as wide as its book is thick, with a barcode that reads."""

from __future__ import annotations

import shutil
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from conftest import BOOKS
from readback_pdf import Page, ReadPdf

from publish.booklet.imposition import creep, job_of
from publish.building import composing
from publish.building.build import build
from publish.building.forme import Forme
from publish.building.outputs import OUTPUTS
from publish.building.workshop import Workshop
from publish.checks import coversheet as checker
from publish.checks.preflight import check as preflight_check
from publish.checks.preflight import preflight
from publish.checks.preflight.model import File
from publish.checks.preflight.painting import painted
from publish.checks.subject import Subject
from publish.cover.flat import Flat, flat_of, spine_mm
from publish.engine.layout import lay_out, write_pdf
from publish.ground.problems import Problem
from publish.ground.source import SourceFile
from publish.ground.units import MM
from publish.manuscript.folder import read_manuscript
from publish.markup.stylesheets import stylesheet
from publish.pages.barcode import APART, LEFT, MODULE, RIGHT, RIGHT_OF_ADDON, drawing, ean5, ean13
from publish.pages.barcode import size_mm as barcode_mm
from publish.press.marks import MARK
from publish.settings.book_toml import Settings, read_settings
from publish.settings.values import isbn
from publish.standing.current import Built
from publish.standing.state import state_of
from publish.text.folios import PageStart, PrintedPages

SLUG = "waar-de-beek-bleef"
ISBN = "9780000000019"
LONG = "Een titel die maar niet wil eindigen en toch op het omslag moet, "
DPI = 600
APART_PRINT = """
[print]
cover = "separate"
binding = "perfect"
paper = { grams = 80, bulk = 1.25 }
"""


def book(folder: Path, cover: str = "", name: str = "complete", **changes: str) -> Path:
    """Return a copy of a book whose cover is apart, with lines more under [cover]."""
    shutil.copytree(BOOKS / name, folder)
    toml = (
        (folder / "book.toml").read_text(encoding="utf-8").replace('\n[print]\ntrim = "A5"\n', "")
    )
    toml = toml.replace('[cover]\nphoto = "oever"\n', "") + APART_PRINT
    for before, after in changes.items():
        toml = toml.replace(before, after)
    (folder / "book.toml").write_text(f"{toml}\n[cover]\n{cover}\n", encoding="utf-8")
    return folder


def sheet(folder: Path, pages: int) -> tuple[ReadPdf, Flat, list[Problem]]:
    """Return the cover sheet of a book of a number of pages, without laying these out."""
    read = read_manuscript(folder)
    assert read.book, read.problems
    shop = Workshop(folder, read.book, read.sources)
    starts = tuple(PageStart(str(number), "blank") for number in range(1, pages + 1))
    key = composing.digest(composing.toolchain(), shop.room.recipe("print"))
    shop.room.known = PrintedPages(key, starts)
    data, problems = shop.coversheet
    return ReadPdf(data), flat_of(read.book.settings, pages), problems


def settings_of(toml: str) -> Settings:
    text = f'title = "Peil"\nmodified = 2026-03-01T08:00:00Z\n{toml}'
    settings, problems = read_settings(SourceFile("book.toml", text))
    assert settings and not problems
    return settings


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A book and its inside and cover, made at once, with the layouts that it took."""
    folder, out = tmp_path_factory.mktemp("book") / "book", tmp_path_factory.mktemp("out")
    book(folder, 'photo = "oever"\npaper = { grams = 300, bulk = 1 }\nprice-code = "51295"')
    built = build(folder, out, ("print", "coversheet"))
    assert [one.name for one in built.made] == [f"{SLUG}-print.pdf", f"{SLUG}-coversheet.pdf"]
    return folder, out


# In numbers --------------------------------------------------------------------------------------

PAPER = "paper = { grams = 80, bulk = 1.25 }"


@pytest.mark.parametrize(
    ("toml", "pages", "spine"),
    [
        (f'[print]\nbinding = "perfect"\n{PAPER}', 200, 10.0),
        (f'[print]\nbinding = "perfect"\n{PAPER}', 201, 10.1),
        (f'[print]\nbinding = "perfect"\n{PAPER}\n[cover]\npaper.grams = 250', 200, 10.6),
        (f'[print]\nbinding = "perfect"\n{PAPER}\n[cover]\nspine = "5.2 mm"', 200, 5.2),
        (f"[print]\n{PAPER}", 48, 0.0),
        # Of four to a side, folded twice, 100 pages are bound as 104.
        (
            f'[print]\nbinding = "perfect"\n{PAPER}\n'
            '[booklet]\nscheme = "signatures"\nup = 4\nfold = "twice"\nsheet = "A2"',
            100,
            5.2,
        ),
    ],
)
def test_the_spine_is_as_thick_as_the_leaves(toml: str, pages: int, spine: float) -> None:
    assert spine_mm(settings_of(toml), pages) == spine


def test_a_cover_that_is_imposed_is_of_its_own_paper() -> None:
    """Within a cover of 0.3 mm a sheet of 0.1 mm lies 0.2 mm farther in, middle to middle."""
    settings = settings_of(f"[print]\n{PAPER}\n[booklet]\ncover = {{ grams = 300, bulk = 1.0 }}")
    job = job_of(settings, 3.0, leftward=False)
    assert (job.caliper, job.cover) == pytest.approx((0.1, 0.3))
    assert [creep(nest, job) for nest in range(3)] == pytest.approx([0.0, 0.2, 0.3])
    assert (job.reading, job_of(settings, 3.0, leftward=True).reading) == ("ltr", "rtl")


def test_what_lies_where() -> None:
    flat = Flat((148.0, 210.0), 9.0, 80.0)
    assert flat.size == (465.0, 210.0)
    assert [(one.name, one.left) for one in flat.panels] == [
        ("back-flap", 0.0), ("back", 80.0), ("spine", 228.0), ("front", 237.0),
        ("front-flap", 385.0),
    ]  # fmt: skip
    assert flat.folds == (80.0, 228.0, 237.0, 385.0)
    leftward = Flat((148.0, 210.0), 9.0, leftward=True)
    assert [one.name for one in leftward.panels] == ["front", "spine", "back"]
    assert Flat((148.0, 210.0), 0.0).folds == (148.0,)
    assert str(flat) == "80 + 148 + 9 + 148 + 80 × 210 mm"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("978-0-00-000001-9", "978-0-00-000001-9"),
        ("978 0 00 000001 9", "978-0-00-000001-9"),
        ("978-0000000019", "978-0-00-000001-9"),
        (ISBN, "978-0-00-000001-9"),
        ("978-000-00000-1-9", "978-0-00-000001-9"),
        # Of Dutch publishers, of French ones under 979, and of a group that there is not yet.
        ("9789025315252", "978-90-253-1525-2"),
        ("9789492478009", "978-94-92478-00-9"),
        ("9791034567898", "979-10-345-6789-8"),
        ("979 3000 000 00 2", "979-3000-000-00-2"),
        ("9793000000002", "9793000000002"),
    ],
)
def test_hyphens_are_those_of_the_agencies_and_else_those_that_were_given(
    written: str, shown: str
) -> None:
    digits = "".join(one for one in written if one.isdigit())
    assert isbn(written) == digits
    assert isbn(written).shown == shown


# The barcode -------------------------------------------------------------------------------------

CODES = [
    *((number, "51295") for number in ("9783161484100", "9791034567898", "9789999999991")),
    *((number, "") for number in ("9783161484100", "9791034567898", "9789999999991")),
    # The last figure tells the check value apart, so that each of the ten parities is met.
    *((ISBN, f"9900{figure}") for figure in range(10)),
]


def read_codes(picture: Any, addon: bool) -> set[str]:
    """Return what a reader of barcodes finds: the digits, and those of the add-on."""
    symbols = zxingcpp.EanAddOnSymbol
    mode = symbols.Require if addon else symbols.Ignore
    found = zxingcpp.read_barcodes(
        picture, formats=zxingcpp.BarcodeFormat.EAN13, ean_add_on_symbol=mode
    )
    return {one.text for one in found}


def test_every_barcode_reads_back() -> None:
    drawings = "".join(f"<div>{drawing(one, one, addon)}</div>" for one, addon in CODES)
    css = "@page { size: 70mm 40mm; margin: 4mm } div { break-after: page } div:last-child"
    pages = lay_out(f"<body>{drawings}</body>", f"{css} {{ break-after: auto }}", {})
    data, problems = write_pdf(pages)
    assert problems == []
    document = pypdfium2.PdfDocument(data)
    assert len(document) == len(CODES)
    for page, (number, addon) in zip(document, CODES, strict=True):
        picture = page.render(scale=DPI / 72, grayscale=True).to_pil()
        assert read_codes(picture, bool(addon)) == {number + addon}


def bar_runs(picture: Any, page: Page, left: float, top: float) -> list[int]:
    """Return the runs of white and black in modules, along a line through the barcode."""
    millimetre = DPI / 72 * MM
    y = round((page.media[3] - page.trim[3] + top) * millimetre)
    start = round((page.trim[0] + left) * millimetre)
    row = [picture.getpixel((x, y)) for x in range(start, start + round(70 * millimetre))]
    kinds = ["white" if min(one) > 200 else "black" if max(one) < 120 else "red" for one in row]
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    first = next(at for at, (kind, _) in enumerate(runs) if kind == "white")
    inside = [one for kind, one in runs[first:] if kind != "red"]
    return [round(one / (MODULE * millimetre)) for one in inside]


def test_light_margins_are_those_of_the_standard() -> None:
    """At the least so many modules (GS1 General Specifications, 5.2)."""
    assert LEFT >= 11 and RIGHT >= 7 and 7 <= APART <= 12 and RIGHT_OF_ADDON >= 5


def expected_runs(modules: str) -> list[int]:
    return [len(list(run)) for _, run in groupby(modules)]


@pytest.mark.parametrize(
    ("cover", "pages"),
    [("", 40), ('price-code = "51295"', 260), ('price-code = "90000"\nflaps = "75 mm"', 90)],
)
def test_the_barcode_on_the_cover_reads_and_keeps_its_margins(
    cover: str, pages: int, tmp_path: Path
) -> None:
    read, flat, problems = sheet(book(tmp_path / "book", cover), pages)
    assert problems == []
    addon = cover.partition('"')[2][:5]
    picture = read.drawn[0].render(scale=DPI / 72).to_pil().convert("RGB")
    assert read_codes(picture, bool(addon)) == {ISBN + addon}
    wide, high = barcode_mm(bool(addon))
    back = next(one for one in flat.panels if one.name == "back")
    top = flat.size[1] - 12 - high / 2
    runs = bar_runs(picture, read.pages[0], back.left + back.width - 20 - wide, top)
    wanted = "0" * LEFT + ean13(ISBN)
    wanted += "0" * APART + ean5(addon) + "0" * RIGHT_OF_ADDON if addon else "0" * RIGHT
    assert runs[: len(expected_runs(wanted))] == expected_runs(wanted)
    said = read.drawn[0].get_textpage().get_text_range()
    assert "ISBN978-0-00-000001-9" in "".join(said.split())


def test_without_an_isbn_there_is_no_barcode_and_nothing_is_said(tmp_path: Path) -> None:
    read, _, problems = sheet(book(tmp_path / "book", name="minimal"), 40)
    assert problems == []
    picture = read.drawn[0].render(scale=400 / 72, grayscale=True).to_pil()
    assert zxingcpp.read_barcodes(picture) == []
    assert "ISBN" not in read.pages[0].words


@pytest.mark.parametrize("name", ["complete", "hebrew"])
def test_a_cover_that_is_the_last_page_has_the_barcode_too(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / name, folder)
    toml = (folder / "book.toml").read_text(encoding="utf-8")
    if name == "hebrew":
        toml += '\n[identifiers]\nprint = "978-0-00-000001-9"\n[cover]\n'
    toml = toml.replace("[cover]\n", '[cover]\nprice-code = "51295"\n')
    (folder / "book.toml").write_text(toml, encoding="utf-8")
    built = build(folder, tmp_path, ("print", "booklet", "screen"))
    inside, sheets, screen = (ReadPdf(one) for one in built.made)
    last = inside.drawn[len(inside.pages) - 1]
    for page in (last, sheets.drawn[0]):
        picture = page.render(scale=DPI / 72).to_pil().convert("RGB")
        assert read_codes(picture, True) == {ISBN + "51295"}
    pdf = pikepdf.open(built.made[0])
    bars = {mark.paint.values for mark in painted(pdf.pages[-1]).marks}
    assert (0.0, 0.0, 0.0, 1.0) in bars and (0.0, 0.0, 0.0, 0.0) in bars
    # It stands at the fore edge, which is the other one of a book that is read leftward.
    text = last.get_textpage()
    left = text.get_charbox(text.search("978").get_next()[0])[0]
    trim = inside.pages[-1].trim
    assert (left / MM > trim[2] / 2) == (name == "complete")
    # What is read on a screen is not sold over a counter.
    assert "978-0-00-000001-9" in screen.pages[-1].text
    shown = screen.drawn[len(screen.pages) - 1].render(scale=4).to_pil()
    assert zxingcpp.read_barcodes(shown) == []


def test_words_on_the_last_page_keep_off_the_barcode(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "complete", folder)
    toml = (folder / "book.toml").read_text(encoding="utf-8")
    words = "Een beek onder de stad. " * 70
    toml = toml.replace("Onder de stad loopt", f"{words}Onder de stad loopt")
    (folder / "book.toml").write_text(toml, encoding="utf-8")
    built = build(folder, tmp_path, ("print",))
    assert [one.code for one in built.problems if one.severity == "error"] == ["P444"]
    assert built.made == ()


# The sheet ---------------------------------------------------------------------------------------


def test_it_is_one_sheet_for_the_press(made: tuple[Path, Path]) -> None:
    out = made[1]
    file = out / f"{SLUG}-coversheet.pdf"
    inside, cover = ReadPdf(out / f"{SLUG}-print.pdf"), ReadPdf(file)
    (page,) = cover.pages
    spine = round(len(inside.pages) / 2 * 0.1 + 2 * 0.3, 1)
    left, foot, right, head = page.trim
    assert (right - left, head - foot) == pytest.approx((2 * 148 + spine, 210), abs=0.02)
    assert page.media[:2] == (0, 0)
    assert [round(a - b, 2) for a, b in zip(page.trim, page.bleed, strict=True)] == [3, 3, -3, -3]
    assert preflight(file) == []
    with pikepdf.Pdf.open(file) as pdf:
        folds = File(file, pdf, tuple(pdf.pages)).sheets[0].folds
    assert [round((at - left * MM) / MM - 148, 1) for at in folds] == [0.0, spine]
    back = "Dit boekje zoekt haar op"
    assert back in page.words
    assert not [one for one in inside.pages if back in one.words]
    assert {ink for _, ink in cover.inks()} <= {
        ("DeviceCMYK", one) for one in ((0, 0, 0, 1), (0, 0, 0, 0))
    }


def test_a_drawing_that_lets_its_ground_through_stands_on_paper(made: tuple[Path, Path]) -> None:
    """Its river is white between black banks, and runs red: on the red of the back it was lost."""
    _, out = made
    with pypdfium2.PdfDocument(out / f"{SLUG}-coversheet.pdf") as document:
        image = document[0].render(scale=1).to_pil().convert("RGB")
    # A column of pixels through the front, within the trim.
    x, margin = round(image.width * 0.75), round(20 * MM)
    down = image.crop((x, margin, x + 1, image.height - margin))
    counts = {colour: count for count, colour in down.getcolors()}
    assert counts.get((255, 255, 255), 0) > 0.15 * down.height
    (red,) = [count for (red, green, _), count in counts.items() if red > 180 and green < 60]
    assert red < 0.15 * down.height


def test_it_is_trimmed_and_folded_where_the_marks_say(tmp_path: Path) -> None:
    read, flat, _ = sheet(book(tmp_path / "book", 'flaps = "80 mm"'), 180)
    (page,) = read.pages
    marks = [mark for mark in painted(read.pdf.pages[0]).marks if mark.kind == "stroke"]
    outside = [mark for mark in marks if mark.box[1] > page.bleed[3] * MM]
    ends = [mark for mark in outside if mark.box[2] - mark.box[0] < 1 < mark.box[3] - mark.box[1]]
    assert all(mark.box[3] - mark.box[1] <= MARK + 1 for mark in ends)
    across = {round((mark.box[0] + mark.box[2]) / 2 / MM - page.trim[0], 1) for mark in ends}
    front = next(one for one in flat.panels if one.name == "front")
    cross = {front.left + front.width / 2}
    assert across == {0.0, *flat.folds, flat.size[0]} | cross
    content = read.pdf.pages[0].Contents.read_bytes() + b"".join(
        one.read_bytes() for one in read.pdf.pages[0].Resources.XObject.values()
    )
    assert b"[2 2] 0 d" in content


def pieces(read: ReadPdf, left: float, right: float) -> str:
    """Return the words that stand whole between two places on the sheet."""
    inside = (one for one in read.pages[0].pieces if left <= one.left and one.right <= right)
    return " ".join(one.text for one in inside)


@pytest.mark.parametrize(("pages", "lettered"), [(40, False), (120, True), (440, True)])
def test_words_stand_on_their_panels(pages: int, lettered: bool, tmp_path: Path) -> None:
    read, flat, problems = sheet(book(tmp_path / "book", 'photo = "oever"'), pages)
    assert problems == []
    words = {one.name: pieces(read, one.left, one.left + one.width) for one in flat.panels}
    assert "Waar de beek bleef" in words["front"]
    assert "Onder de stad loopt een beek" in words["back"]
    assert "V.U." in words["back"]
    assert bool(words["spine"]) == lettered
    if lettered:
        assert "Waar de beek bleef" in words["spine"]
        assert "Stichting Waterlijn" in words["spine"]


def test_a_book_that_is_read_leftward_has_its_front_at_the_left(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    read, flat, problems = sheet(book(folder, name="hebrew"), 200)
    assert problems == []
    assert [one.name for one in flat.panels] == ["front", "spine", "back"]
    words = {one.name: pieces(read, one.left, one.left + one.width) for one in flat.panels}
    assert len(words["front"]) > len(words["spine"]) > 0
    assert words["back"] == ""


def spine_letters(read: ReadPdf, flat: Flat) -> list[tuple[str, float, float]]:
    """Return the letters on a spine in the order of the text, each with its foot and its head."""
    text, found = read.drawn[0].get_textpage(), []
    spine = next(one for one in flat.panels if one.name == "spine")
    shift = read.pages[0].trim[0]
    for at in range(text.count_chars()):
        char = text.get_text_range(at, 1)
        left, foot, right, head = (side / MM for side in text.get_charbox(at))
        within = spine.left + shift <= left and right <= spine.left + spine.width + shift
        if within and char.strip():
            found.append((char, foot, head))
    return found


@pytest.mark.parametrize(
    ("language", "first"), [("nl", "head"), ("en", "head"), ("fr", "foot"), ("de", "foot")]
)
def test_a_spine_is_lettered_the_way_of_its_language(
    language: str, first: str, tmp_path: Path
) -> None:
    changes = {'language = "nl"': f'language = "{language}"'}
    read, flat, _ = sheet(book(tmp_path / "book", **changes), 300)
    places = spine_letters(read, flat)
    title = places["".join(char for char, *_ in places).index("Waar") :][:4]
    falling = title[0][1] > title[-1][1]
    assert falling == (first == "head")


def test_title_and_publisher_keep_apart_on_a_spine(tmp_path: Path) -> None:
    title = {"Waar de beek bleef": ("Waar de beek bleef en " * 9)[:90].strip()}
    read, flat, problems = sheet(book(tmp_path / "book", **title), 160)
    assert problems == []
    places = spine_letters(read, flat)
    at = "".join(char for char, *_ in places).index("Stichting")
    assert places[at - 1][1] - places[at][2] >= 12


def test_a_long_title_is_set_smaller_and_a_longer_one_is_told_of(tmp_path: Path) -> None:
    short, flat, problems = sheet(book(tmp_path / "short"), 160)
    assert problems == []
    title = {"Waar de beek bleef": (LONG * 3).strip()}
    long, _, problems = sheet(book(tmp_path / "long", **title), 160)
    assert [one.code for one in problems] == ["P443"]
    front = next(one for one in flat.panels if one.name == "front")
    for read in (short, long):
        stood = [one for one in read.pages[0].pieces if one.left >= front.left]
        assert min(one.left for one in stood) >= front.left + 15
        assert max(one.right for one in stood) <= front.left + front.width - 15
        assert min(one.bottom for one in stood) >= 8
    title = {"Waar de beek bleef": (LONG * 40).strip()}
    _, _, problems = sheet(book(tmp_path / "endless", **title), 160)
    assert [(one.code, one.severity) for one in problems] == [
        ("P443", "warning"),
        ("P441", "error"),
    ]


# In a build, and looked at -----------------------------------------------------------------------


def test_a_cover_within_the_inside_is_no_sheet(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", folder)
    with (folder / "book.toml").open("a", encoding="utf-8") as toml:
        toml.write('\n[print]\ncover = "self"\n')
    built = build(folder, tmp_path / "out", ("coversheet",))
    lines = (folder / "book.toml").read_text(encoding="utf-8").splitlines()
    (found,) = built.problems
    assert found.code == "P440"
    assert found.span and found.span.line == lines.index('cover = "self"') + 1
    assert built.made == ()


def test_the_inside_is_laid_out_once_and_the_sheet_follows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = book(tmp_path / "book", name="minimal"), tmp_path / "out"
    laid: list[str] = []
    original = Forme.lay_out

    def counted(self: Forme, output: str, arrangement: Any) -> Any:
        laid.append(output)
        return original(self, output, arrangement)

    monkeypatch.setattr(Forme, "lay_out", counted)

    def run(*names: str) -> Built:
        laid.clear()
        return build(folder, out, names)

    run("print")
    alone = len(laid)
    file = out / f"{state_of(folder, out).slug}-coversheet.pdf"
    # How many pages there are is known once they have been laid out.
    assert [one.name for one in run("coversheet", "dummy").made] == [
        file.name,
        file.name.replace("coversheet", "dummy"),
    ]
    assert alone and laid == []
    width = ReadPdf(file).pages[0].trim[2]
    assert run("coversheet").made == ()
    assert laid == []
    text = (folder / "01-begin.md").read_text(encoding="utf-8")
    more = "".join(f"\n\n## Deel {at}\n\n{LONG * 9}" for at in range(60))
    (folder / "01-begin.md").write_text(text + more, encoding="utf-8")
    assert [one.name for one in run("coversheet").made] == [file.name]
    assert ReadPdf(file).pages[0].trim[2] > width


def subject_of(folder: Path, out: Path) -> Subject:
    read = read_manuscript(folder)
    assert read.book
    state = state_of(folder, out)
    return Subject(folder, out, read.book, read.sources, tuple(read.problems), state)


def looked(folder: Path, out: Path) -> list[Problem]:
    return checker.check(subject_of(folder, out))


def damaged(made: tuple[Path, Path], to: Path, file: str, edit: Any) -> list[Problem]:
    """Return what is found when a file of the build has been edited."""
    folder, out = made
    shutil.copytree(out, to)
    with pikepdf.open(to / file, allow_overwriting_input=True) as pdf:
        edit(pdf)
        pdf.save()
    return looked(folder, to)


def two_leaves_less(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[:4]


def narrower(pdf: pikepdf.Pdf) -> None:
    for name in ("TrimBox", "BleedBox"):
        pdf.pages[0].obj[f"/{name}"][2] = float(pdf.pages[0].obj[f"/{name}"][2]) - 2 * MM


def lower(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.TrimBox[1] = float(pdf.pages[0].obj.TrimBox[1]) + MM


def twice(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def test_nothing_is_said_of_a_cover_that_fits(made: tuple[Path, Path]) -> None:
    assert looked(*made) == []


@pytest.mark.parametrize(
    ("file", "edit", "code", "said"),
    [
        ("print", two_leaves_less, "P442", "pages on this paper are"),
        ("coversheet", narrower, "P442", "pages on this paper are"),
        ("coversheet", lower, "P405", "it is trimmed to"),
        ("coversheet", twice, "P405", "a cover is one sheet"),
    ],
)
def test_a_cover_that_does_not_fit(
    file: str, edit: Any, code: str, said: str, made: tuple[Path, Path], tmp_path: Path
) -> None:
    (found,) = damaged(made, tmp_path / "out", f"{SLUG}-{file}.pdf", edit)
    assert found.code == code
    assert said in found.message


def test_half_a_file_is_a_problem(made: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.copytree(made[1], tmp_path / "out")
    file = tmp_path / "out" / f"{SLUG}-coversheet.pdf"
    file.write_bytes(file.read_bytes()[:2000])
    (found,) = looked(made[0], tmp_path / "out")
    assert found.code == "P403" and line_of_cover(made[0], found)


def line_of_cover(folder: Path, found: Problem) -> bool:
    """Tell whether a problem is told at the table of the cover."""
    lines = (folder / "book.toml").read_text("utf-8").splitlines()
    line = lines.index("[cover]") + 1
    return found.span is not None and (found.span.file, found.span.line) == ("book.toml", line)


def test_what_preflight_finds_of_the_sheet_has_a_line(
    made: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, out = made[0], tmp_path / "out"
    shutil.copytree(made[1], out)
    with pikepdf.open(out / f"{SLUG}-coversheet.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"q 0 0 0 1 K 0.1 w 200 300 m 260 300 l S Q")
        pdf.save()
    (found,) = preflight_check(subject_of(folder, out))
    assert found.code == "F916" and line_of_cover(folder, found)


def test_the_same_bytes_again(made: tuple[Path, Path], tmp_path: Path) -> None:
    build(made[0], tmp_path, ("coversheet",))
    name = f"{SLUG}-coversheet.pdf"
    assert (tmp_path / name).read_bytes() == (made[1] / name).read_bytes()


def test_what_the_layout_engine_says_stops_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(*given: Any, **named: Any) -> str:
        return f"{stylesheet(*given, **named)}\np {{ colour: red }}"

    folder = book(tmp_path / "book", name="minimal")
    monkeypatch.setattr("publish.building.materials.stylesheet", spoilt)
    read = read_manuscript(folder)
    assert read.book
    _, problems = OUTPUTS["coversheet"].make(Workshop(folder, read.book, read.sources))
    assert any(one.code == "P401" and "colour: red" in one.message for one in problems)
