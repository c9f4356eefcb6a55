"""Pictures at each of their places, read back from the pages that were made of one small book."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2.raw as raw
import pytest
from PIL import Image
from readback_pdf import MM, ReadPdf

from publish.book.inlines import plain
from publish.book.model import Figure, Paragraph
from publish.building.build import build
from publish.checks.checking import check
from publish.checks.preflight import preflight
from publish.ground.problems import has_errors
from publish.ground.source import Span
from publish.manuscript.folder import read_manuscript
from publish.markup.stylesheets import token
from publish.pictures.raster import RED, coloured, duotone
from publish.settings.book_toml import PrintSettings
from publish.sizes.framing import LOST, frame, leaf_of, lost
from publish.sizes.geometry import page_of
from publish.text.editions import edition_of

SENTENCE = "De veerman meet elke ochtend het water en schrijft de stand op een lei bij de steiger. "
PLACED = {
    "heel": "place=full",
    "half": "place=half",
    "kop": 'place=full bleed="top inner outer"',
    "zij": "place=half bleed=outer",
    "voet": 'place=full bleed="bottom outer" caption=facing',
    "dubbel": "place=spread",
    "blad": "place=page bleed=all caption=facing",
    "plaat": "place=page",
}
"""Each picture of the book, in its order."""
TALL = ("blad", "plaat")
BOOK = """title = "Het veer"
language = "nl"
modified = 2026-01-01T00:00:00Z

[print]
trim = "A5"
chapters = "run-on"
{more}
[pictures]
credits = "colophon"
"""
WIDE, HIGH = 148.0, 210.0
BLEED = 3.0


def ramp(width: int, height: int) -> bytes:
    """Return a picture whose red tells how far to the right, whose green how far down."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    out = io.BytesIO()
    Image.merge("RGB", (across, down, Image.new("L", (width, height), 90))).save(out, "PNG")
    return out.getvalue()


def made(folder: Path, more: str = "", ink: str = "") -> Path:
    """Write the book."""
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "water.png").write_bytes(ramp(1920, 1280))
    (folder / "photos" / "hoog.png").write_bytes(ramp(960, 1360))
    text, captions = ["# Het veer\n"], []
    for name, attributes in PLACED.items():
        text += [SENTENCE * 9 + "\n"] * 3 + [f"![]({name}){{{attributes}}}\n"]
        file = "hoog" if name in TALL else "water"
        captions.append(
            f'[{name}]\nfile = "{file}.png"\nkind = "photo"\ncaption = "Bijschrift {name}."\n'
            f'alt = "Water."\ncredit = "Huis te Veer"\ndate = "2025"\n{ink}'
        )
    (folder / "01-veer.md").write_text("\n".join([*text, *[SENTENCE * 9 + "\n"] * 4]))
    (folder / "02-slot.md").write_text('+++\nrole = "colophon"\n+++\n\nGezet in de winter.\n')
    (folder / "captions.toml").write_text("\n".join(captions))
    (folder / "book.toml").write_text(BOOK.format(more=more))
    return folder


class Read:
    """The editions of the book, read back."""

    def __init__(self, folder: Path, out: Path, *editions: str) -> None:
        self.folder, self.out = folder, out
        self.built = build(folder, out, editions)
        assert not has_errors(self.built.problems), self.built.problems
        self.paths = dict(zip(editions, self.built.made, strict=True))
        self.pdf = ReadPdf(self.paths["print"])
        self.texts = [" ".join(page.words.split()) for page in self.pdf.pages]

    def page(self, words: str) -> int:
        """Return the only page (from 0) on which words stand."""
        (number,) = (at for at, text in enumerate(self.texts) if words in text)
        return number

    def pictures(self, number: int) -> list[tuple[float, float, float, float]]:
        """Return left, top, right and bottom in mm of each picture, from the trim's corner."""
        page, found = self.pdf.drawn[number], []
        for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=9):
            get = one.get_bounds if hasattr(one, "get_bounds") else one.get_pos
            left, low, right, high = (side / MM for side in get())
            found.append((left, HIGH - high, right, HIGH - low))
        return found

    def colours(self, number: int) -> Any:
        """Return a function: the colour of a page at mm from the trim's upper left corner."""
        image = self.pdf.drawn[number].render(scale=MM_SCALE).to_pil().convert("RGB")
        left, _, _, high = self.pdf.pages[number].trim
        top = self.pdf.pages[number].media[3] - high

        def at(x: float, y: float) -> Any:
            return image.getpixel((int((left + x) * DOTS), int((top + y) * DOTS)))

        return at


DOTS = 8
"""Pixels in a mm of a page that is looked at."""
MM_SCALE = DOTS * 25.4 / 72
WHITE = (255, 255, 255)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Read:
    folder = tmp_path_factory.mktemp("veer")
    return Read(made(folder / "book"), folder / "out", "epub", "print", "booklet", "screen")


def test_the_whole_book_is_found_sound(book: Read) -> None:
    told = check(book.folder, book.out, False, names=("epub", "print", "booklet", "screen"))
    # Too few pixels, and bleed that an office printer does not print; how even the pages of a text
    # are that says one thing over and over is of no account.
    codes = {one.code for one in told if not one.code.startswith("L")}
    assert codes == {"C312", "F912", "B602"}, told


def test_preflight_has_nothing_to_say_of_bleed_or_margins(book: Read) -> None:
    # The picture of the test has too few pixels for its largest places.
    codes = {one.code for one in preflight(book.paths["print"], "x4", "saddle-stitch")}
    assert codes == {"F912"}


def test_no_page_of_the_text_ends_in_a_hole(book: Read) -> None:
    page = page_of(PrintSettings())
    text = [at for at, words in enumerate(book.texts) if "veerman" in words]
    for number in text[:-1]:
        lines = [one for one in book.pdf.pages[number].pieces if "e" in one.text and one.top < 190]
        lowest = min(one.bottom for one in lines if one.bottom > page.bottom - 2)
        feet = [box[3] for box in book.pictures(number)]
        full = lowest < page.bottom + 3 * page.baseline or max([0.0, *feet]) > HIGH
        assert full, (number, lowest)


def test_half_leaves_the_other_half_to_its_caption(book: Read) -> None:
    number = book.page("Bijschrift half")
    page = page_of(PrintSettings())
    (box,) = book.pictures(number)
    assert box[2] - box[0] == pytest.approx(page.half, abs=0.1)
    (words,) = (one for one in book.pdf.pages[number].pieces if "Bijschrift half" in one.text)
    assert words.left > box[2]
    assert box[1] - 1 < HIGH - words.top < box[3]


def test_what_bleeds_paints_the_bleed_of_its_edges_and_no_other(book: Read) -> None:
    at = book.colours(book.page("Bijschrift kop"))
    assert WHITE not in (at(-2.5, 40), at(WIDE + 2.5, 40), at(70, -2.5))
    assert at(70, HIGH + 2.5) == WHITE
    number = book.page("Bijschrift zij")
    at, outer = book.colours(number), number % 2 == 0
    near, far = (WIDE + 2.5, -2.5) if outer else (-2.5, WIDE + 2.5)
    assert at(near, 40) != WHITE and at(far, 40) == WHITE and at(70, -2.5) == WHITE
    number = book.page("Bijschrift voet") - 1
    at = book.colours(number)
    assert number % 2 == 1  # a left-hand page, its caption opposite
    assert at(-2.5, HIGH - 5) != WHITE and at(40, HIGH + 2.5) != WHITE
    assert at(WIDE + 2.5, HIGH - 5) == WHITE and at(40, -2.5) == WHITE
    at = book.colours(book.page("Bijschrift blad") - 1)
    edges = (at(-2.5, 100), at(WIDE + 2.5, 100), at(70, -2.5), at(70, HIGH + 2.5))
    assert WHITE not in edges


def test_a_caption_on_the_facing_page_says_where_the_picture_is(book: Read) -> None:
    for name in ("voet", "blad"):
        number = book.page(f"Bijschrift {name}")
        assert f"Hiernaast: Bijschrift {name}" in book.texts[number]
        assert number % 2 == 0 and book.pictures(number - 1)
    assert book.texts[book.page("Bijschrift blad") - 1] == ""


def test_the_two_halves_of_a_spread_meet_at_the_spine(book: Read) -> None:
    left = book.page("Bijschrift dubbel")
    assert left % 2 == 1
    (verso,) = book.pictures(left)
    # It has the width of two pages with their bleed.
    assert verso[2] - verso[0] == pytest.approx(2 * (WIDE + BLEED), abs=0.02)
    assert verso[0] == pytest.approx(-BLEED, abs=0.02)
    a, b = book.colours(left), book.colours(left + 1)
    for y in (10, 60, 120):
        before, after = a(WIDE - 0.2, y), b(0.2, y)
        assert max(abs(one - other) for one, other in zip(before, after, strict=True)) <= 6
        # Neither a gap nor a strip that is shown twice: red grows by what 20 mm make.
        step = b(10, y)[0] - a(WIDE - 10, y)[0]
        assert step == pytest.approx(a(WIDE - 10, y)[0] - a(WIDE - 30, y)[0], abs=4)


def test_on_the_sheets_no_half_runs_over_the_fold(book: Read) -> None:
    left = book.page("Bijschrift dubbel")
    sheets = ReadPdf(book.paths["booklet"])
    for number in (left, left + 1):
        (side,) = (at for at in range(len(sheets.pages)) if number in sheets.placed(at))
        image = sheets.drawn[side].render(scale=MM_SCALE).to_pil().convert("RGB")
        middle, line = image.width / 2, image.height / 2 - 60 * DOTS
        inner = 1 if number % 2 == 0 else -1
        other = sheets.placed(side).keys() - {number}
        assert image.getpixel((int(middle + inner * 0.4 * DOTS), int(line))) != WHITE
        if other != {left} and other != {left + 1}:
            assert image.getpixel((int(middle - inner * 0.6 * DOTS), int(line))) == WHITE


def test_neither_head_nor_folio_stands_on_a_picture(book: Read) -> None:
    for name, top, bottom in (("kop", 0, 1), ("dubbel", 0, 1), ("plaat", 0, 0), ("heel", 1, 1)):
        number = book.page(f"Bijschrift {name}")
        pieces = book.pdf.pages[number].pieces
        assert any(one.top > HIGH - 16 for one in pieces) == bool(top), name
        assert any(one.text == str(number + 1) for one in pieces) == bool(bottom), name


def test_credits_are_gathered_in_the_colophon(book: Read) -> None:
    number = book.page("Gezet in de winter")
    assert f"Afbeeldingen 1–{len(PLACED)}: Huis te Veer, 2025." in book.texts[number]
    assert sum("Huis te Veer" in text for text in book.texts) == 1


def test_the_picture_on_the_cover_has_its_credit_there_too(tmp_path: Path) -> None:
    folder = made(tmp_path / "veer", '\n[cover]\nphoto = "omslag"\n')
    with (folder / "captions.toml").open("a", encoding="utf-8") as captions:
        captions.write(
            '[omslag]\nfile = "water.png"\nkind = "photo"\ncaption = "Water."\nalt = "Water."\n'
            'credit = "Archief"\ndate = "1953"\n'
        )
    book = read_manuscript(folder).book
    assert book
    colophon = edition_of(book, "print").chapters[-1]
    said = [plain(one.inlines) for one in colophon.blocks if isinstance(one, Paragraph)]
    assert said[-1] == "Omslag: Archief, 1953."


# Inks --------------------------------------------------------------------------------------------


def images(path: Path) -> list[Any]:
    with pikepdf.open(path) as pdf:
        return [
            [str(one.ColorSpace), one.ColorSpace]
            if not isinstance(one.ColorSpace, pikepdf.Array)
            else [str(one.ColorSpace[0]), spelled(one.ColorSpace)]
            for one in pdf.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]


def spelled(space: Any) -> tuple[Any, ...]:
    """Return the base of an indexed space by its names, and the mixes of its table."""
    base, table = space[1], bytes(space[3])
    names = [str(base)] if isinstance(base, pikepdf.Name) else [str(one) for one in base[1]]
    size = 4 if names == ["/DeviceCMYK"] else len(names)
    return names, [tuple(table[at : at + size]) for at in range(0, len(table), size)]


@pytest.mark.parametrize("red", ["process", "spot"])
def test_a_duotone_is_two_inks_on_the_press(red: str, tmp_path: Path) -> None:
    more = f'red = "{red}"\n'
    read = Read(made(tmp_path / "b", more, 'ink = "duotone"\n'), tmp_path / "out", "print")
    found = images(read.paths["print"])
    assert found
    for kind, (names, mixes) in found:
        assert kind == "/Indexed" and len(mixes) > 100
        if red == "spot":
            assert names == ["/Black", "/Red"]
            assert max(red for _, red in mixes) > 150 and max(black for black, _ in mixes) > 200
            continue
        assert names == ["/DeviceCMYK"]
        assert {cyan for cyan, _, _, _ in mixes} == {0}
        # Magenta and yellow are those of the red of the book, in all its tints.
        for _, magenta, yellow, _ in mixes:
            assert yellow == pytest.approx(magenta * 0.82 / 0.98, abs=1.5)
        assert max(magenta for _, magenta, _, _ in mixes) > 150


def test_greys_are_on_the_plate_of_black_alone(tmp_path: Path) -> None:
    read = Read(made(tmp_path / "b", ink='ink = "grey"\n'), tmp_path / "out", "print")
    assert {kind for kind, _ in images(read.paths["print"])} == {"/DeviceGray"}


def test_a_duotone_goes_from_white_to_black_by_the_red_of_the_book() -> None:
    red = tuple(int(token("screen", "red")[at : at + 2], 16) for at in (1, 3, 5))
    assert red == RED
    tones = duotone()
    assert tones[255] == WHITE and max(tones[0]) < 3
    assert all(one[0] <= other[0] for one, other in itertools.pairwise(tones))
    middle = coloured(Image.new("L", (1, 1), 150), tones).getpixel((0, 0))
    assert middle[0] > middle[1] + 40 and middle[0] > middle[2] + 30


# Numbers -----------------------------------------------------------------------------------------

PAGE = page_of(PrintSettings())


@pytest.mark.parametrize("is_left", [True, False])
@pytest.mark.parametrize("ratio", [0.3, 0.7, 1.0, 1.41, 2.0])
def test_a_frame_reaches_its_edges_and_leaves_the_caption_its_room(
    is_left: bool, ratio: float
) -> None:
    leaf = leaf_of(PAGE, is_left)
    assert (leaf.left, leaf.right)[is_left] == PAGE.inner
    for place, bleed, caption in (
        ("full", ("top", "inner", "outer"), 12.0),
        ("full", ("outer",), 12.0),
        ("page", ("top", "bottom", "inner", "outer"), 0.0),
        ("spread", (), 12.0),
    ):
        figure = Figure("a", place, "", Span("a.md"), bleed=bleed)
        found = frame(PAGE, figure, ratio, caption, leaf)
        off = leaf.bleeds(("inner", "outer") if place == "spread" else bleed)
        edges = found.left + leaf.left, found.left + leaf.left + found.width - PAGE.width
        assert [
            edge == pytest.approx(side * BLEED) for edge, side in zip(edges, (-1, 1), strict=True)
        ] == [*off]
        assert found.high == pytest.approx(found.wide * ratio)
        assert found.top + found.height + caption <= PAGE.depth + (caption == 0) * 99
        # The window lies within the picture, or nothing of the edge is painted.
        assert found.shift <= 1e-9 and found.drop <= 1e-9
        assert found.shift + found.wide >= found.width - 1e-9
        assert 0 <= lost(PAGE, figure, ratio, caption) < 1


@pytest.mark.parametrize("trim", [(148.0, 210.0), (135.0, 210.0), (105.0, 148.0), (210.0, 297.0)])
@pytest.mark.parametrize("columns", [1, 2])
def test_a_plate_runs_off_its_page_or_ends_well_within_it(
    trim: tuple[float, float], columns: int
) -> None:
    page = page_of(replace(PrintSettings(), trim=trim, columns=columns))
    figure, kinds = Figure("a", "page", "", Span("a.md")), set()
    for hundredths, is_left in itertools.product(range(60, 220, 2), (True, False)):
        leaf, ratio = leaf_of(page, is_left), hundredths / 100
        found = frame(page, figure, ratio, 8.0, leaf)
        left = leaf.left + found.left
        edges = left, page.width - left - found.width
        runs_off = edges == pytest.approx((-page.bleed, -page.bleed))
        assert runs_off or min(edges) > 4.999, (ratio, edges)
        assert found.height == pytest.approx(found.width * ratio)
        kinds.add(runs_off)
    assert kinds == {True, False}


def test_a_wide_picture_loses_little_as_a_spread_and_a_tall_one_too_much() -> None:
    figure = Figure("a", "spread", "", Span("a.md"))
    assert lost(PAGE, figure, 2 / 3, 10.0) < 0.15
    assert lost(PAGE, figure, 1.5, 10.0) > LOST
