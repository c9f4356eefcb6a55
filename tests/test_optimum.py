"""Paragraphs as the layout engine sets them once they are planned, read from its PDFs."""

from __future__ import annotations

import ast
import inspect
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import wraps
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from statistics import pstdev
from types import SimpleNamespace
from typing import Any

import pikepdf
import pydyf
import pypdfium2
import pytest
from books.phrases import Register
from books.prose import Prose
from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont
from typography import Line, lines_of, measured
from weasyprint.layout import inline

from publish.building.explain import shortness
from publish.checks.pdf_text import runs_of
from publish.engine import optimum
from publish.engine.layout import lay_out, write_pdf
from publish.engine.optimum import leaves, state
from publish.engine.optimum.ahead import ahead as look_ahead
from publish.engine.optimum.pagefit import Foot
from publish.engine.parts import Pages
from publish.fonts.files import FACES, SANS, SERIF, Face
from publish.manuscript.folder import read_manuscript
from publish.pages.measuring import overruns
from publish.pages.pagemap import page_lines
from publish.paragraphs.choices import Choice
from publish.paragraphs.hyphenation import points
from publish.paragraphs.manner import Manner, manner_of
from publish.paragraphs.pieces import HANGING
from publish.settings.printing import HyphenationSettings, PrintSettings

CSS = """
@page { size: 125mm 160mm; margin: 12mm; @footnote { margin-top: 4mm } }
html { font: 400 9pt/12pt "Katern Serif"; }
body { margin: 0; hyphens: auto; hyphenate-character: "-"; hyphenate-limit-chars: 6 3 3;
  orphans: 2; widows: 2 }
p { margin: 0; text-align: justify; text-indent: 1.4em }
.note { float: footnote; font-size: 7pt; text-align: start }
"""
MANNER = manner_of(PrintSettings())
assert MANNER is not None


def prose(paragraphs: int, seed: int = 3) -> list[str]:
    """Return paragraphs of Dutch-like prose."""
    writer = Prose(random.Random(seed), Register())
    return [writer.paragraph(90) for _ in range(paragraphs)]


def document(paragraphs: Sequence[str], lang: str = "nl") -> str:
    inside = "\n".join(f"<p>{one}</p>" for one in paragraphs)
    return f'<html lang="{lang}"><body>{inside}</body></html>'


def pages_of(html: str, manner: Manner | None = MANNER, css: str = "") -> Pages:
    pages = lay_out(html, CSS + css, {}, manner=manner)
    assert pages.problems == ()
    return pages


def pdf_of(html: str, path: Path, manner: Manner | None = MANNER, css: str = "") -> Path:
    path.write_bytes(write_pdf(pages_of(html, manner, css))[0])
    return path


def lines(path: Path) -> list[Line]:
    return lines_of(pypdfium2.PdfDocument(path))


def words(path: Path) -> str:
    return squeezed("".join(run.text for page in runs_of(path) for run in page))


def squeezed(text: str) -> str:
    # A hyphen of its own at the end of a line says that it is one.
    return "".join(text.replace("-", "").replace("\u2010", "").split())


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the same pages set as a whole and line by line."""
    folder, html = tmp_path_factory.mktemp("both"), document(prose(60))
    return pdf_of(html, folder / "whole.pdf"), pdf_of(html, folder / "lines.pdf", None)


def test_better_lines_than_one_by_one(both: tuple[Path, Path]) -> None:
    whole, greedy = (measured(path) for path in both)
    assert whole.hyphenated < greedy.hyphenated * 0.75
    assert whole.spread < greedy.spread * 0.7
    assert (whole.ladders, whole.loose, whole.runts, whole.widows, whole.orphans) == (0,) * 5
    assert greedy.ladders and greedy.loose


def test_pages_are_filled(tmp_path: Path) -> None:
    html, css = document(prose(70, 5)), "@page { size: 125mm 110mm }"
    whole, greedy = (
        measured(pdf_of(html, tmp_path / f"{number}.pdf", manner, css))
        for number, manner in enumerate((MANNER, None))
    )
    assert greedy.short >= 6
    assert (whole.short, whole.divided, whole.facing) == (0, 0, 0)
    assert (whole.widows, whole.orphans) == (0, 0)


def test_the_words_are_the_same(both: tuple[Path, Path]) -> None:
    assert words(both[0]) == words(both[1]) == squeezed("".join(prose(60)))


def test_the_right_margin_is_straight_but_for_what_hangs_in_it(both: tuple[Path, Path]) -> None:
    found = [line for line in lines(both[0]) if not line.last and line.text[0] not in "ëï"]
    lettered = sorted(line.right for line in found if line.text[-1].isalpha())
    hyphens = sorted(line.right for line in found if line.hyphenated)
    assert lettered[-1] - lettered[0] < 0.12
    assert len(hyphens) > 20
    assert hyphens[0] > lettered[-1] + 0.03
    assert hyphens[len(hyphens) // 2] > lettered[len(lettered) // 2] + 0.1


def test_letters_give_by_a_hair_and_no_more(both: tuple[Path, Path]) -> None:
    scales, spaces = [], []
    with pikepdf.open(both[0]) as pdf:
        for page in pdf.pages:
            between = 0.0
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tm":
                    scales.append(float(operands[0]))
                elif str(operator) == "Tc":
                    # What one line sets it puts back: the next begins with none.
                    assert not between or not float(operands[0])
                    between = float(operands[0])
                    spaces.append(between)
            assert not between
    assert 0.98 <= min(scales) < 0.985
    assert 1.015 < max(scales) <= 1.02
    # A hundredth of letters of half an em on the average, in type of 12 px.
    assert 0.03 < max(spaces) < 0.075
    assert -0.075 < min(spaces) < -0.03


def test_markup_notes_and_other_languages_stay_whole(tmp_path: Path) -> None:
    marked = []
    for number, text in enumerate(prose(12)):
        first, second, third, *rest = text.split(" ")
        note = f'<span class="note">Een noot van {number}.</span>'
        marked.append(
            f"{first} <em>{second} {third}</em>{note} <span lang='en'>neighbourhood</span>"
            f" 10<sup>{number}</sup> <strong>half</strong>way {' '.join(rest)}"
        )
    path = pdf_of(document(marked), tmp_path / "marked.pdf")
    text = "".join(run.text for page in runs_of(path) for run in page)
    for number, one in enumerate(prose(12)):
        first, second, third, *rest = one.split(" ")
        start = squeezed(f"{first}{second}{third}{number + 1}neighbourhood10{number}halfway")
        assert start in squeezed(text)
        assert squeezed(" ".join(rest[-6:])) in squeezed(text)
    assert measured(path).ladders == 0


@pytest.mark.parametrize("columns", [1, 2])
def test_nothing_stands_outside_its_column_beside_a_float(tmp_path: Path, columns: int) -> None:
    float_ = '<div style="float: right; width: 30mm; height: 30mm; background: red"></div>'
    html = document(prose(14)).replace("<body>", f'<body style="columns: {columns}">{float_}')
    pages = pages_of(html)
    found = squeezed("".join(p.text for line in page_lines(pages) for p in line.pieces))
    assert found == squeezed("".join(prose(14)))
    assert overruns(pages) == []


def test_a_break_that_changes_the_spelling_is_copied_as_it_was(tmp_path: Path) -> None:
    text = " ".join(f"Het {'was ' * n}geen idee, ideeën of autootjes, en geëerd." for n in range(9))
    css = "@page { size: 41mm 200mm; margin: 2mm } p { font-variant-ligatures: none }"
    path = pdf_of(document([text]), tmp_path / "idea.pdf", css=css)
    page = path_page(path)
    assert b"/ActualText" in page
    plain = tmp_path / "plain.pdf"
    with pikepdf.open(path) as pdf:
        bare = re.sub(
            rb"/Span\s*<</ActualText <feff[0-9a-f]+>>>\s*BDC(.*?)EMC", rb"\1", page, flags=re.S
        )
        pdf.pages[0].Contents = pdf.make_stream(bare)
        pdf.save(plain)
    assert words(path) == squeezed(text)
    drawn = words(plain)
    assert drawn != squeezed(text)
    assert drawn.replace("ideeen", "ideeën").replace("autotje", "autootje").replace(
        "geeerd", "geëerd"
    ) == squeezed(text)
    pieces = [p for line in page_lines(pages_of(document([text]), css=css)) for p in line.pieces]
    assert squeezed("".join(piece.text for piece in pieces)) == squeezed(text)


@pytest.mark.parametrize("manner", [MANNER, None])
def test_a_word_is_copied_undivided_and_keeps_the_hyphen_that_it_has(
    tmp_path: Path, manner: Manner | None
) -> None:
    words = "kleine-burgerij van Alma-Ata in de sociaal-democratische nijverheidstentoonstelling"
    text = " ".join(f"De {'zeer ' * (number % 4)}{words}." for number in range(12))
    css = "@page { size: 52mm 200mm; margin: 5mm }"
    path = pdf_of(document([text]), tmp_path / "copied.pdf", manner, css)
    ends = [line.text[-1] for line in lines(path)]
    copied = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    # As Chromium copies it: pdfium marks what it takes for an added hyphen, and it is left out.
    assert ends.count("\u2010") == copied.count("\u2010\r\n") > 1
    assert copied.count("\ufffe") > 5
    whole = copied.replace("\ufffe", "").replace("\u2010\r\n", "-").replace("\r\n", " ")
    assert " ".join(whole.split()) == text.strip()


def path_page(path: Path) -> bytes:
    with pikepdf.open(path) as pdf:
        return bytes(pdf.pages[0].Contents.read_bytes())


def test_a_word_that_no_line_holds_is_left_to_the_engine(tmp_path: Path) -> None:
    long = "x" * 120
    html = document([f"Een {long} woord."]).replace("<p>", '<p style="overflow-wrap: anywhere">')
    planned, greedy = (
        pdf_of(html, tmp_path / f"{name}.pdf", manner)
        for name, manner in (("planned", MANNER), ("greedy", None))
    )
    assert [line.text for line in lines(planned)] == [line.text for line in lines(greedy)]


LEFT = {
    "ragged": ('<p style="text-align: start">{}</p>', "", r"\+{4,}"),
    "from right to left": ('<p style="direction: rtl">{}</p>', "", "-+"),
    "a first line": ("<p>{}</p>", "p::first-line { letter-spacing: 1px }", r"-\+{3,}"),
    "a first letter": ("<p>{}</p>", "p::first-letter { color: red }", r"-\+{3,}"),
    "a leader": ('<p>{}<a class="dots"></a></p>', ".dots::after { content: leader('.') }", "-+"),
    "a float among the words": (
        '<p>{0}<span style="float: left; width: 9mm; height: 9mm"></span>{0}</p>',
        "",
        r"-{3,5}\+{3,5}",
    ),
    "a cell": ('<table style="width: 40mm"><tr><td>{}</td></tr></table>', "", r"\+{4,}"),
    "a word too wide for its cell": (
        f'<table style="width: 20mm"><tr><td>{"x" * 60} {{}}</td></tr></table>',
        "table { table-layout: fixed } td { overflow-wrap: anywhere }",
        r"-{4,7}\+{3,}",
    ),
}
"""What is set in another way: its HTML, its style, and which of its lines are planned (+)."""


@pytest.mark.parametrize("name", LEFT)
def test_what_the_engine_fills_line_by_line(name: str) -> None:
    html, css, planned = LEFT[name]
    inside = html.format(" ".join(prose(1)[0].split()[:40]))
    pages = pages_of(f'<html lang="nl"><body>{inside}</body></html>', css=css)
    found = "".join("-+"[line.planned is not None] for line in page_lines(pages))
    # What comes after a first line, a float or a word that is too wide is planned again.
    assert re.fullmatch(planned, found), found


@pytest.fixture
def other_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Have the engine looked at again, which is done once for all documents."""
    optimum.fault.cache_clear()
    yield monkeypatch
    optimum.fault.cache_clear()


def test_an_engine_that_is_not_known_is_left_as_it_is(other_engine: pytest.MonkeyPatch) -> None:
    assert optimum.fault() == ""
    assert "71.0" in optimum.fault("71.0")
    html = document(prose(3))
    plain = write_pdf(pages_of(html, None))[0]
    optimum.fault.cache_clear()
    other_engine.setattr(optimum, "is_known", lambda version: False)
    pages = lay_out(html, CSS, {}, manner=MANNER)
    assert [one.code for one in pages.problems] == ["P420"]
    assert write_pdf(pages)[0] == plain


def names_of_the_engine() -> dict[str, str]:
    """Return what the package takes from the engine, by name, and in which module that is."""
    found = {}
    for path in sorted((Path(optimum.__file__).parent).glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        modules = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("weasyprint"):
                for alias in node.names:
                    modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id in modules:
                module, _, name = modules[node.id].rpartition(".")
                if inspect.isfunction(getattr(sys.modules[module], name, None)):
                    found[name] = module
            elif isinstance(node, ast.Attribute):
                module = modules.get(getattr(node.value, "id", ""), "")
                if module in sys.modules:
                    found[node.attr] = module
    return found


@pytest.mark.parametrize("name", sorted(names_of_the_engine().keys() | optimum.ENGINE.keys()))
def test_a_function_with_other_parameters_is_told(
    name: str, other_engine: pytest.MonkeyPatch
) -> None:
    def other(box: Any, of_late: Any) -> None: ...

    if name in optimum.ENGINE:
        other_engine.setitem(optimum.ENGINE, name, other)
    else:
        other_engine.setattr(sys.modules[names_of_the_engine()[name]], name, other)
    assert f".{name} " in optimum.fault()


def test_threads_do_not_meet() -> None:
    html = document(prose(8))
    alone = [write_pdf(pages_of(html, manner))[0] for manner in (MANNER, None)]

    def made(number: int) -> Pages:
        # `lay_out` changes the engine's log for its time: here only the planning is looked at.
        with optimum.optimum((MANNER, None)[number % 2]):
            from weasyprint import CSS as Sheet
            from weasyprint import HTML

            return HTML(string=html).render(stylesheets=[Sheet(string=CSS)])

    with ThreadPoolExecutor(4) as pool:
        documents = list(pool.map(made, range(4)))
    pages = [len(one.pages) for one in documents]
    texts = [one.write_pdf() for one in documents]
    assert alone[0] != alone[1]
    assert texts[0] == texts[2] != texts[1] == texts[3]
    assert len(pages) == 4


def test_one_thread_at_a_time_lays_out_or_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What both change in the engine while they work stands as before when all are done."""
    html, inside, most = document(prose(3)), [0], [0]
    before = inline.get_next_linebox, inline.add_word_spacing, pydyf.Stream.show_text

    @contextmanager
    def counting(*given: object) -> Iterator[None]:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.05)
        yield
        inside[0] -= 1

    for name in ("writing.shifting", "layout.under_way"):
        monkeypatch.setattr(f"publish.engine.{name}", counting)
    with ThreadPoolExecutor(3) as pool:
        made = [*pool.map(lambda _: write_pdf(pages_of(html, MANNER))[0], range(3))]
    assert len({*made}) == most[0] == 1
    assert before == (inline.get_next_linebox, inline.add_word_spacing, pydyf.Stream.show_text)


def test_the_setting_turns_it_off() -> None:
    assert manner_of(PrintSettings(paragraphs="first-fit")) is None
    own = manner_of(PrintSettings(tolerance=2.5, hyphen_cost=90))
    assert own is not None
    assert (own.justified.tolerance, own.costs.hyphen) == (2.5, 90)


@pytest.mark.parametrize("manner", [None, MANNER])
def test_a_paragraph_with_a_late_note_does_not_move_whole(manner: Manner | None) -> None:
    first, second = prose(2)
    note = f'<span class="note">{" ".join(prose(1, 9)[0].split()[:40])}</span>'
    css = "@page { size: 125mm 100mm; @footnote { border-top: 1pt solid; padding-top: 6pt } }"
    pages = pages_of(document([first, f"{second}{note}"]), manner, css)
    lines = [(line.page, line.area) for line in page_lines(pages)]
    on_first = [one for one in lines if one == (1, "apart")]
    assert pages.count == 2
    # 100 mm less two margins of 12 mm hold seventeen lines of 12 pt.
    assert len(on_first) >= 16


def test_a_narrow_column_has_neither_ladder_nor_leaf_turned_within_a_word(tmp_path: Path) -> None:
    css = "@page { size: 50mm 300mm; margin: 2mm } p { text-indent: 0 }"
    # The ruler would take the second of two hyphens that stand for a dash for one.
    html = document([one.replace("--", "–") for one in prose(12, 4)])
    whole, greedy = (
        measured(pdf_of(html, tmp_path / "narrow.pdf", manner, css)) for manner in (MANNER, None)
    )
    assert (whole.ladders, whole.leaves) == (0, 0)
    assert whole.loose < 4 < greedy.loose


# The margins ------------------------------------------------------------------------------------


FACES_OF_TEXT = [face for face in FACES if face.family in (SERIF, SANS)]


@pytest.mark.parametrize("face", FACES_OF_TEXT, ids=lambda face: face.file)
def test_letters_hang_by_half_of_what_their_outline_stands_further_in(face: Face) -> None:
    straight = set_in(face, "H")
    for letter in "AVWTY":
        for side, own in enumerate(set_in(face, letter)):
            more = (own - straight[side]) / 2
            assert -0.06 < HANGING[letter][side] - more < 0.025
            if face.family == SERIF and face.style == "normal":
                assert HANGING[letter][side] == pytest.approx(more, abs=0.015)


def set_in(face: Face, letter: str) -> tuple[float, float]:
    """Return how far the outline of a letter stands in from its sides on average, in widths."""
    font = ImageFont.truetype(BytesIO(face.data()), 200)
    width = round(font.getlength(letter))
    drawn = Image.new("L", (width, 300))
    ImageDraw.Draw(drawn).text((0, 0), letter, 255, font)
    rows = [drawn.crop((0, y, width, y + 1)).getbbox() for y in range(300)]
    inked = [row for row in rows if row]
    return (
        sum(left for left, *_ in inked) / len(inked) / width,
        sum(width - right for _, _, right, _ in inked) / len(inked) / width,
    )


def test_what_hangs_in_the_margins(tmp_path: Path) -> None:
    css = "p { text-indent: 0; text-align: justify-all; white-space: pre-line }"
    marks = ["H", *"AVWTY“‘", *".,;:!?-–’", *"«»‹›„‚()—"]
    text = "\n".join(f"{one} {'nog een woord ' * 4}{one}" for one in marks)
    found = lines(pdf_of(document([text]), tmp_path / "hung.pdf", css=css))
    edges = found[0]
    font = ImageFont.truetype(BytesIO(FACES[0].data()), 1000)
    for mark, line in zip(marks, found, strict=True):
        wide = font.getlength(mark) / 1000
        shares = HANGING.get(mark, (0.0, 0.0))
        for hung, share in zip(
            (edges.left - line.left, line.right - edges.right), shares, strict=True
        ):
            assert hung == pytest.approx(share * wide, abs=0.02)
        # A point hangs out at the right alone; letters and quotes at both sides.
        sides = mark in "AVWTY“‘–’«»‹›„‚()—", mark not in "H„‚"
        assert tuple(share > 0 for share in shares) == sides


# What the book wishes -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wishes", "measure", "set_as"),
    [
        ({}, 12, "Nijver|dal en|Zutphen|met ge|vulde"),
        ({"names": False}, 12, "Nijverdal|en|Zutphen|met ge|vulde"),
        ({"least": 8}, 12, "Nijver|dal en|Zutphen|met|gevulde"),
        ({}, 18, "Het rots|eiland"),
        ({"exceptions": ("rotsei-land",)}, 18, "Het rotsei|land"),
    ],
)
def test_words_are_broken_as_the_book_wishes(
    wishes: dict[str, Any], measure: int, set_as: str, tmp_path: Path
) -> None:
    css = f"@page {{ size: {measure + 4}mm 200mm; margin: 2mm }} p {{ text-indent: 0 }}"
    manner = manner_of(PrintSettings(hyphenation=HyphenationSettings(**wishes)))
    text = "Het rotseiland Nijverdal en Zutphen met gevulde bergkasten tentoonstelling."
    path = pdf_of(document([text]), tmp_path / "own.pdf", manner, css)
    assert set_as in "|".join(line.text.strip("\x02-") for line in lines(path))


def test_a_soft_hyphen_is_where_its_word_is_broken_and_nowhere_else(tmp_path: Path) -> None:
    css = "@page { size: 22mm 200mm; margin: 2mm } p { text-indent: 0 }"
    for typed, set_as in (
        ("rotseiland", "Het rots|eiland"),
        ("rotsei\u00adland", "Het rotsei|land"),
    ):
        text = f"Het {typed} Nijverdal en Zutphen met gevulde bergkasten tentoonstelling."
        path = pdf_of(document([text]), tmp_path / "own.pdf", MANNER, css)
        assert set_as in "|".join(line.text.strip("\x02-") for line in lines(path))


def test_the_other_words_of_a_book_tell_the_seams_of_its_compounds(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text('title = "Een boek"\nlanguage = "nl"\n', "utf-8")
    (tmp_path / "01-begin.md").write_text("# Begin\n\nEen glorp, een mestening.\n", "utf-8")
    book = read_manuscript(tmp_path).book
    assert book is not None
    costs = []
    for manner in (manner_of(PrintSettings(), book), MANNER):
        assert manner is not None
        found = points("glorpenmestening", "nl", manner.hyphenation)
        costs.append({one.at: manner.costs.of(one) for one in found})
    assert costs[0][7] < min(cost for at, cost in costs[0].items() if at != 7)
    assert costs[1][7] == costs[1][10] > costs[0][7]


@pytest.mark.parametrize(
    ("align", "where"),
    [("text-align-last: center", 0.5), ("text-align-last: end", 1.0), ("", 0.0)],
)
def test_the_last_line_stands_where_it_is_asked_to(
    tmp_path: Path, align: str, where: float
) -> None:
    full, ends = last_lines(tmp_path / "last.pdf", align)
    left, right = min(line.left for line in full), max(line.right for line in full)
    for line in ends:
        room = right - left - line.width
        assert room > 2
        assert line.left - left == pytest.approx(where * room, abs=0.4)


def test_a_last_line_may_be_justified_too(tmp_path: Path) -> None:
    full, ends = last_lines(tmp_path / "all.pdf", "text-align: justify-all")
    assert min(line.right for line in ends) > min(line.right for line in full) - 0.05


def last_lines(path: Path, align: str) -> tuple[list[Line], list[Line]]:
    """Return the full lines of some paragraphs, and the last line of each."""
    texts = [one for one in prose(6) if len(one) > 200]
    found = lines(pdf_of(document(texts), path, css=f"p {{ {align}; text-indent: 0 }}"))
    ends = [line for line in found if any(one.endswith(line.text) for one in texts)]
    assert len(ends) == len(texts) > 2
    return [line for line in found if line not in ends], ends


# Ragged lines -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["h1", "figcaption"])
def test_a_heading_and_a_caption_have_lines_of_like_length(tmp_path: Path, name: str) -> None:
    text = (
        "De vergadering die een hele winter duurde en waarvan niemand het einde nog wist te noemen"
    )
    html = f'<html lang="nl"><body><{name}>{text}</{name}></body></html>'
    css = f"{name} {{ display: block; margin: 0; font: 400 11pt/14pt 'Katern Serif' }}"
    widths = []
    for manner in (MANNER, None):
        found = lines(pdf_of(html, tmp_path / f"{manner is None}.pdf", manner, css))
        assert " ".join(line.text for line in found) == text
        widths.append([line.width for line in found])
    whole, greedy = widths
    assert len(whole) == len(greedy)
    assert max(greedy) - min(greedy) > 5
    assert max(whole) - min(whole) < 0.5 * (max(greedy) - min(greedy))


def test_ragged_paragraphs_break_fewer_words_and_end_as_much_alike(tmp_path: Path) -> None:
    html = document(prose(12, 8)).replace("<p>", '<p style="text-align: start">')
    found = []
    for manner in (MANNER, None):
        made = lines(pdf_of(html, tmp_path / f"{manner is None}.pdf", manner))
        ends = [line.right for line in made if not line.last]
        found.append((pstdev(ends), sum(line.hyphenated for line in made)))
    assert found[0][0] < found[1][0] * 1.2
    assert found[0][1] < found[1][1] * 0.75


# Pages ------------------------------------------------------------------------------------------


FLOW = """
@page { size: 125mm calc(24mm + 17 * 12pt) }
h2 { font: 700 9pt/12pt "Katern Serif"; margin: 12pt 0 0; break-after: avoid }
.flow { --line-snap: baseline }
.flow > h1 { font: 700 14pt/18pt "Katern Serif"; margin: 0; break-before: page }
"""


@pytest.fixture(scope="module")
def flows(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return three chapters with small heads, as a whole and line by line."""
    folder = tmp_path_factory.mktemp("flows")
    parts = []
    for number in range(3):
        texts = [f"<p>{one}</p>" for one in prose(26, 20 + number)]
        texts[9:9] = ["<h2>Een kop</h2>"]
        texts[18:18] = ["<h2>Nog een kop</h2>"]
        parts.append(f"<h1>Hoofdstuk</h1>{''.join(texts)}")
    html = f'<html lang="nl"><body><div class="flow">{"".join(parts)}</div></body></html>'
    return (
        pdf_of(html, folder / "whole.pdf", css=FLOW),
        pdf_of(html, folder / "lines.pdf", None, css=FLOW),
    )


def test_pages_of_a_chapter_are_made_up_together(flows: tuple[Path, Path]) -> None:
    whole, greedy = (measured(path) for path in flows)
    assert greedy.short > 5
    assert greedy.divided > 3
    assert greedy.facing > 3
    assert (whole.short, whole.divided, whole.leaves, whole.facing) == (0, 0, 0, 0)
    assert (whole.widows, whole.orphans, whole.runts, whole.loose, whole.ladders) == (0,) * 5


def test_pages_laid_out_anew_have_each_note_once_and_with_its_call() -> None:
    asked = []
    engine = optimum.ENGINE["remake_page"]

    @wraps(engine)
    def counted(index: int, *rest: Any) -> Any:
        asked.append(index)
        return engine(index, *rest)

    texts = []
    for number, text in enumerate(prose(40, 6)):
        head, _, rest = text.partition(" ")
        note = f'<span class="note">Noot{number}x staat hier.</span>' if number % 2 else ""
        texts.append(f"{head} roep{number}x{note} {rest}")
    # As the sheets of the book have it; else the engine lets a note leave the page of its call.
    css = "@page { size: 125mm calc(24mm + 17 * 12pt) } .note { footnote-policy: line }"
    optimum.ENGINE["remake_page"] = counted
    try:
        pages = pages_of(document(texts), css=css)
    finally:
        optimum.ENGINE["remake_page"] = engine
    # Some pages are laid out twice at least.
    assert len(asked) > len(set(asked)) + 2
    where: dict[str, list[int]] = {}
    for line in page_lines(pages):
        for word in re.findall(r"(?:Noot|roep)\d+x", "".join(piece.text for piece in line.pieces)):
            where.setdefault(word, []).append(line.page)
    calls = [where[f"roep{number}x"] for number in range(1, 40, 2)]
    assert all(len(one) == 1 for one in calls)
    assert [where.get(f"Noot{number}x") for number in range(1, 40, 2)] == calls


NOTED = """
@page { size: 125mm calc(24mm + 20 * 12pt); @footnote { margin-top: 12pt; padding-top: 6pt } }
.flow { --line-snap: baseline } .note { font: 7pt/9pt "Katern Serif"; --line-snap: none }
"""


def noted(paragraphs: int, seed: int) -> str:
    """Return paragraphs of which every third calls a note."""
    made, texts = [], prose(paragraphs, seed + 50)
    for number, text in enumerate(prose(paragraphs, seed)):
        first, rest = text.split(". ", 1)
        note = f'<span class="note">{" ".join(texts[number].split()[:14])}.</span>'
        made.append(f"<p>{first}{note if number % 3 == 1 else ''}. {rest}</p>")
    inside = "".join(made)
    return f'<html lang="nl"><body><div class="flow">{inside}</div></body></html>'


def chosen_in(pages: Pages) -> dict[Choice, list[int]]:
    """Return why paragraphs are set otherwise than suits them best, and the pages they are on."""
    found: dict[Choice, list[int]] = {}
    for line in page_lines(pages):
        if line.box and (choice := line.box.choice):
            found.setdefault(choice, []).append(line.page)
    return found


def test_a_page_with_notes_is_made_full_by_itself(tmp_path: Path) -> None:
    html = noted(36, 7)
    pages, greedy = pages_of(html, MANNER, NOTED), pdf_of(html, tmp_path / "g.pdf", None, NOTED)
    (path := tmp_path / "pages.pdf").write_bytes(write_pdf(pages)[0])
    before, after = measured(greedy), measured(path)
    assert min(before.short, before.facing) >= 3
    assert (after.short, after.divided, after.facing, after.off) == (0, 0, 0, 0)
    for choice, there in chosen_in(pages).items():
        assert choice.cost > 0
        assert choice.gained
        # What is gained stands on the pages that the paragraph is on, or after them.
        assert min(one.page for one in choice.gained) >= min(there)


def test_notes_are_planned_once_though_they_are_tried_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    html, made = noted(12, 7), Counter[str]()
    original = state.galley

    def galley(linebox: Any, *rest: Any) -> Any:
        made[linebox.element.get("class", "")] += 1
        return original(linebox, *rest)

    monkeypatch.setattr(state, "galley", galley)
    pages_of(html, MANNER, NOTED)
    assert made["note"] == html.count('class="note"') == 4


def test_paragraphs_that_were_not_asked_for_the_longest_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    html, kept = document(prose(30, 3)), list[int]()
    original = state.Setter._keep

    def keep(self: Any, *given: Any) -> Any:
        made = original(self, *given)
        kept.append(len(self.galleys))
        return made

    monkeypatch.setattr(state.Setter, "_keep", keep)
    words = [line.text for line in page_lines(pages_of(html))]
    assert max(kept) >= 30
    kept.clear()
    monkeypatch.setattr(state, "_KEPT", 500)
    again = [line.text for line in page_lines(pages_of(html))]
    assert len(again) == pytest.approx(len(words), abs=5)
    assert 1 < max(kept) < 15


def test_a_paragraph_set_otherwise_says_what_the_pages_gain() -> None:
    texts = "".join(f"<p>{one}</p>" for one in prose(70, 20))
    html = f'<html lang="nl"><body><div class="flow"><h1>Een</h1>{texts}</div></body></html>'
    assert MANNER
    # Why is found out where a page is to be explained.
    assert not chosen_in(pages_of(html, MANNER, FLOW))
    found = chosen_in(pages_of(html, replace(MANNER, explained=1), FLOW))
    assert len(found) > 2
    for choice, there in found.items():
        assert choice.cost > 0 and choice.lines != choice.best
        assert abs(choice.demerits) < choice.cost and choice.demerits != choice.cost
        assert len(there) <= choice.lines
        assert choice.gained and all(one.page >= min(there) for one in choice.gained)
    # One that stands on one page alone has all its lines there.
    assert any(len(set(there)) == 1 and len(there) == one.lines for one, there in found.items())


def test_each_part_can_be_left_out(tmp_path: Path) -> None:
    assert MANNER
    inside = "".join(f"<p>{one}</p>" for one in prose(26, 20))
    html = f'<html lang="nl"><body><div class="flow">{inside}</div></body></html>'
    alone = replace(MANNER, pages=False)
    straight = replace(alone, margins=False)
    stiff = replace(straight, justified=replace(straight.justified, expansion=0.0))
    files = [
        pdf_of(html, tmp_path / f"{number}.pdf", manner, FLOW)
        for number, manner in enumerate((MANNER, alone, straight, stiff))
    ]
    assert measured(files[0]).short == 0 < measured(files[1]).short
    out = [
        max(one.right for one in lines(file) if one.hyphenated)
        - max(one.right for one in lines(file) if one.text[-1].isalpha())
        for file in files[1:3]
    ]
    assert out[0] > 0.1 and abs(out[1]) < 0.05
    assert [path_page(file).count(b" Tc") > 0 for file in files] == [True, True, True, False]


def test_every_line_stands_on_the_grid(flows: tuple[Path, Path]) -> None:
    whole, greedy = (measured(path) for path in flows)
    assert greedy.off > 20
    assert whole.off == 0


def test_a_word_in_another_family_makes_no_line_higher(tmp_path: Path) -> None:
    texts = [one.replace(" een ", ' <b class="other">een</b> ') for one in prose(4)]
    assert sum(text.count("<b") for text in texts) > 5
    html = document(texts).replace("<body>", '<body><div class="flow">')
    css = FLOW + '.other { font-family: "Katern Sans" }'
    feet = [line.baseline for line in lines(pdf_of(html, tmp_path / "words.pdf", css=css))]
    # The engine makes the lines with such a word higher; those after them stay where they were.
    steps = {round(above - below, 1) for above, below in pairwise(feet[:15])}
    assert steps <= {11.9, 12.0, 12.1, 11.5, 12.5}
    assert feet[0] - feet[14] == pytest.approx(14 * 12, abs=0.6)


def test_a_heading_keeps_two_lines_with_it(flows: tuple[Path, Path]) -> None:
    pages = [list(page) for _, page in groupby(lines(flows[0]), lambda line: line.page)]
    heads = [(page, at) for page in pages for at, one in enumerate(page) if "kop" in one.text]
    heads = [(page, at) for page, at in heads if page[at].text in ("Een kop", "Nog een kop")]
    assert len(heads) == 6
    assert all(len(page) >= at + 3 for page, at in heads)


def test_a_page_that_cannot_be_filled_says_how_far_it_is_short() -> None:
    first, second = (prose(1, seed)[0] for seed in (3, 4))
    tall = '<div style="height: calc(15 * 12pt); break-inside: avoid"></div>'
    html = f'<html lang="nl"><body><div class="flow"><p>{first}</p>{tall}<p>{second}</p></div>'
    pages = page_lines(pages_of(html, MANNER, FLOW))
    lines_of_it = [line.box for line in pages if line.page == 1 and line.box]
    found = [box.short for box in lines_of_it]
    # Of seventeen lines the paragraph takes its own, and fifteen have no room below.
    assert found[-1] == 17 - len(found) > 2
    assert not any(found[:-1])
    assert f"{found[-1]} lines above its foot" in shortness(found[-1])[0]


def test_pages_are_made_up_on_behind_a_picture_that_floats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"<p>{one}</p>" for one in prose(60, 31)]
    picture = '<figure data-float="{}" style="height: {}pt"></figure>'
    for at, where, height in ((44, "foot", 40), (28, "head", 62), (14, "head", 30)):
        texts.insert(at, picture.format(where, height))
    inside = f'<div class="flow"><h1>Een</h1>{"".join(texts)}</div>'
    html, seen = f'<html lang="nl"><body>{inside}</body></html>', list[Any]()

    def looked(*given: Any) -> Any:
        seen.append(look_ahead(*given))
        return seen[-1]

    monkeypatch.setattr(leaves, "look_ahead", looked)
    css = FLOW + "figure { position: absolute; margin: 0; background: gray }"
    whole, greedy = (
        measured(pdf_of(html, tmp_path / f"{manner is None}.pdf", manner, css))
        for manner in (MANNER, None)
    )
    assert greedy.short + greedy.divided > 4
    assert (whole.short, whole.divided, whole.facing, whole.off) == (0, 0, 0, 0)
    # All of it was made up at once, and came out as it was foreseen.
    assert sum(map(bool, seen)) == 1


def test_a_choice_that_drives_a_note_from_its_page_is_undone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Tried:
        def apply(self, explained: int) -> list[Any]:
            return [(galley, {0: "as it was"}, "why")]

        def ends(self, *page: Any) -> bool:
            return True

        def pin(self) -> None:
            """No page in columns."""

    set_as, made = list[Any](), list[Any]()
    galley = SimpleNamespace(set_as=lambda *given: set_as.append(given))
    monkeypatch.setattr(leaves, "look_ahead", lambda *given: Tried())

    def make() -> object:
        made.append(object())
        laid[id(made[-1])] = made[-1], None
        return made[-1]

    def foot(page: Any) -> Foot:
        # Set as was chosen, and only then, a note has left the page.
        return Foot(leaves._LOST, True) if made.index(page) == 1 else Foot(1, False)

    laid: dict[int, Any] = {}
    first = make()
    page, ahead = leaves._made_up(state.Setter(MANNER), None, first, True, make, foot, laid)
    assert (ahead, set_as, len(made)) == (None, [({0: "as it was"}, "why")], 3)
    assert page is made[2]
