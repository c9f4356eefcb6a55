"""The make-up judged on pages that have each fault once, and on pages that have none."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from books.phrases import Register
from books.prose import Prose
from typography import lines_of, measured

from publish.book.languages import rules_of
from publish.book.model import Book
from publish.building import galleys
from publish.building.build import build
from publish.building.workshop import Workshop
from publish.checks.checking import check
from publish.engine.layout import lay_out, write_pdf
from publish.engine.parts import Pages
from publish.ground.problems import Problem, Spot, problem
from publish.ground.rules import RULES
from publish.ground.source import Span
from publish.makeup import CODES, graded, makeup
from publish.makeup.lines import bad_break
from publish.makeup.model import rows_of
from publish.makeup.rivers import _rivers
from publish.manuscript.folder import read_manuscript
from publish.pages.facts import folios
from publish.pages.pagemap import page_lines
from publish.paragraphs.manner import manner_of
from publish.settings.book_toml import PrintSettings, Settings
from publish.settings.layout import LayoutSettings
from publish.text.folios import Folios

BOOKS = Path(__file__).parent / "books"
LINES = 8
CSS = f"""
@page {{ size: 105mm {LINES * 12 + 60}pt; margin: 30pt; @footnote {{ margin-top: 12pt }} }}
html {{ font: 400 9pt/12pt "Katern Serif"; }}
body {{ margin: 0; orphans: 1; widows: 1 }}
p, h2 {{ margin: 0; font-size: 9pt; text-align: justify; font-weight: 400 }}
.note {{ float: footnote; font-size: 8pt }}
.small {{ font-size: 50% }} .wide {{ font-size: 150% }} i, b {{ line-height: 0 }}
.whole {{ break-inside: avoid }}
"""
ONE = "<p>Een regel {} staat alleen.</p>"
WORDS = ("wind", "regen", "sneeuw", "hagel", "mist", "dauw", "zon", "storm", "ijzel", "nevel")


def single(count: int) -> str:
    """Return paragraphs of one line."""
    return "".join(ONE.format(WORDS[at % len(WORDS)]) for at in range(count))


def lines(*texts: str) -> str:
    """Return a paragraph that ends its lines where it is told to."""
    return f"<p>{'<br/>'.join(texts)}</p>"


THREE = lines("Een zin van drie regels", "loopt hier verder en", "is dan ten einde.")
PERMUTED = ("klmnoprs", "lkmnopsr", "mnklposr", "nmlkrosp", "opklmnrs", "rsmnklop")
FAULTS: dict[str, tuple[str, Spot | None]] = {
    "widow": (single(6) + THREE + single(1), Spot(2, 30.0, 30.0, 0, 42.0, 1)),
    "orphan": (single(7) + THREE + single(1), Spot(1, 30.0, 114.0, 0, 126.0, 8)),
    "runt": (single(2) + lines("Wie het weet zegt altijd", "ja."), Spot(1, 30.0, 66.0, 0, 78.0, 4)),
    "ladder": (
        single(1) + lines("Noord-", "zuid-", "oost-", "west, zegt de weerhaan."),
        Spot(1, 30.0, 42.0, 0, 78.0, 2),
    ),
    "loose": (
        "<p>Eindelijk kwam ook de <b>onverantwoordelijkheidsverklaringsformulierenkastsleutel"
        "</b> tevoorschijn</p>",
        Spot(1, 30.0, 30.0, 0, 42.0, 1),
    ),
    "tight": (
        lines("Dit<i class='small'> </i>staat<i class='small'> </i>dicht<i class='small'> </i>op",
              "elkaar, en dit niet."),
        Spot(1, 30.0, 30.0, 0, 42.0, 1),
    ),
    "river": (
        lines(
            *(f"{one}<b class='wide'> </b>{PERMUTED[-at]}" for at, one in enumerate(PERMUTED)),
            "en dan is het uit",
        ),
        Spot(1, 0, 30.0, 0, 102.0, 1),
    ),
    "page_hyphen": (
        single(6) + lines("Een zin van vier", "regels die hal-", "verwege de bladzij", "omslaat."),
        Spot(1, 30.0, 114.0, 0, 126.0, 8),
    ),
    "bad_break": (single(1) + lines("Het was nog 12", "km lopen."), Spot(1, 30, 42, 0, 54, 2)),
    "repeat": (
        single(1) + lines("Waarheid is een", "waarheid als een koe."),
        Spot(1, 30.0, 42.0, 0, 66.0, 2),
    ),
    "heading": (
        f"{single(6)}<h2>Een kop onderaan</h2>{single(3)}", Spot(1, 30.0, 102.0, 0, 114.0, 7)
    ),
    "depth": (
        single(LINES + 5) + f"<p class='whole'>{THREE[3:-4]}<br/>{THREE[3:-4]}</p>"
        + single(LINES + 3),
        Spot(2, 30.0, 90.0, 0, 126.0),
    ),
}  # fmt: skip


def laid(inside: str, css: str = "", width: str = "") -> Pages:
    html = f'<html lang="nl"><body><div class="flow">{inside}</div></body></html>'
    found = lay_out(html, CSS + css, {})
    assert found.problems == ()
    return found


def judged(found: Pages) -> list[Problem]:
    book = Book(Settings(title="Proef"), ())
    return makeup(book, found, list(page_lines(found)), {}, Folios())


@pytest.mark.parametrize(("tag", "codes"), [("h1", []), ("p", ["L012"])])
def test_a_page_may_be_short_where_a_chapter_ends(tag: str, codes: list[str]) -> None:
    head = f"<{tag} style='break-before: page; margin: 0; font: inherit'>Een kop.</{tag}>"
    found = judged(laid(single(LINES + 5) + head + single(LINES + 3)))
    assert [one.code for one in found] == codes


PLATE = "<figure style='break-before: page; break-after: page; height: 90pt'></figure>"


@pytest.mark.parametrize(
    ("after", "codes"),
    [
        ("<h1 style='margin: 0; font: inherit'>Een kop.</h1>" + single(LINES + 3), []),
        ("", []),
        (single(LINES + 3), ["L012"]),
    ],
    ids=["chapter", "end", "text"],
)
def test_a_page_may_be_short_where_a_chapter_ends_before_its_plates(
    after: str, codes: list[str]
) -> None:
    plates = PLATE + PLATE.replace("break-before: page; ", "")
    found = judged(laid(single(LINES * 2 + 5) + plates + after))
    assert [one.code for one in found] == codes


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_where_it_is_and_nothing_else(name: str) -> None:
    inside, place = FAULTS[name]
    (found,) = judged(laid(inside))
    assert found.code == CODES[name], found
    assert found.spot
    assert place
    spot = found.spot
    assert (spot.page, spot.line) == (place.page, place.line)
    assert (spot.top, spot.bottom) == pytest.approx((place.top, place.bottom), abs=0.2)
    assert not place.left or spot.left == pytest.approx(place.left, abs=0.2)
    assert 30 <= spot.left < spot.right <= 105 * 72 / 25.4 - 29


@pytest.mark.parametrize(
    "name",
    ["runt", "ladder", "loose", "tight", "river", "page_hyphen", "bad_break", "repeat"],
)
def test_the_ends_of_lines_of_verse_are_the_poet_s(name: str) -> None:
    stanzas = FAULTS[name][0].replace("<p>", "<p class='stanza'>")
    assert judged(laid(stanzas)) == []
    # Who wrote it is told in a paragraph like any other.
    source = FAULTS[name][0].replace("<p>", "<p class='attribution'>")
    assert [one.code for one in judged(laid(source))] == [CODES[name]]


def test_a_poem_in_a_book_is_left_to_its_poet(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", folder)
    poem = "Wie kwam van ver\n– en bleef hier staan\nen riep\nen zweeg\nen liep\nen ging"
    for text in sorted(folder.glob("*.md")):
        text.write_text(f"# Lied\n\n::: verse\n{poem}\n\n-- Een zanger\n:::\n", encoding="utf-8")
    read = read_manuscript(folder)
    assert read.book
    shop = Workshop(folder, read.book, read.sources)
    assert "en bleef hier staan" in " ".join(line.text for line in shop.room.lines)
    assert [one.code for one in shop.room.judged().problems if one.code[0] == "L"] == []


@pytest.mark.parametrize("name", ["widow", "orphan"])
def test_a_page_may_not_part_a_line_of_verse_from_its_stanza(name: str) -> None:
    stanzas = FAULTS[name][0].replace("<p>", "<p class='stanza'>")
    assert [one.code for one in judged(laid(stanzas))] == [CODES[name]]


def test_a_note_off_its_page() -> None:
    def noted(words: int) -> list[Problem]:
        text = " ".join(["een noot die niet meer past"] * words)
        note = f'<span class="note" data-note="a.md:9">{text}</span>'
        called = lines("Hier wordt een noot", f"geroepen{note} aan de voet.")
        return judged(laid(single(3) + called + single(2)))

    assert noted(1) == []
    (found,) = noted(12)
    assert found.code == CODES["note"]
    assert found.spot
    assert found.spot.page == 2


IN_THREE = {
    "ladder": ("Noord-", "zuid-", "oost-", "west, zegt de weerhaan."),
    "bad_break": ("Het was nog 12", "km lopen."),
    "repeat": ("Waarheid is een", "waarheid als een koe."),
    "runt": ("Wie het weet zegt altijd", "ja."),
}


@pytest.mark.parametrize("name", IN_THREE)
def test_notes_and_captions_are_judged_too(name: str) -> None:
    text = "<br/>".join(IN_THREE[name])
    note = f'<span class="note" data-note="a.md:9">{text}</span>'
    for inside in (
        f"<p>Hier staat een noot.{note}</p>",
        f"<figure><figcaption>{text}</figcaption></figure>",
    ):
        (found,) = judged(laid(single(1) + inside))
        assert found.code == CODES[name]
        assert found.spot
        # They are none of the lines that a page is counted by.
        assert (found.spot.page, found.spot.line) == (1, 0)
        assert found.spot.bottom > found.spot.top > 30
    assert judged(laid(single(2) + f"<table><tr><td>{text}</td></tr></table>")) == []


def test_nothing_is_invented_on_clean_pages() -> None:
    assert judged(laid(single(28) + THREE)) == []
    assert judged(laid(single(LINES - 3) + THREE)) == []
    # A plate, and the last page of a chapter, face a full page without offence.
    apart = "</div><div class='flow' style='break-before: page'>"
    assert judged(laid(single(LINES + 3) + apart + single(20))) == []


def test_clean_pages_of_paragraphs_that_run_on_are_clean() -> None:
    """Four lines and three by turns, which no page of eight cuts where it should not."""
    four = lines(
        "Hier loopt een zin van", "vier regels, en die is", "nog lang niet aan het", "eind."
    )
    inside = (four.replace("eind.", "eind van zijn adem.") + four.replace("eind.", "slot toe.")) * 6
    assert judged(laid(inside)) == []


def test_a_line_of_one_blank_is_loose_too() -> None:
    words = "Onverantwoordelijkheid verklaringsformulieren tevoorschijngekomendevoorwerpen."
    (found,) = judged(laid(f"<p>{words}</p>"))
    assert found.code == CODES["loose"]


def test_a_heading_that_stands_alone_above_notes() -> None:
    note = (
        '<span class="note" data-note="a.md:9">een noot<br/>die over drie<br/>regels loopt</span>'
    )
    head = "<h2 style='break-after: auto'>Een kop</h2>"
    called = f"<p>Hier staat een noot.{note}</p>"
    (found,) = judged(laid(called + single(1) + head + single(3)))
    assert found.code == CODES["heading"]
    assert "no line" in found.message
    # A heading after which the text goes over leaf, though there is room.
    over = f"<p style='break-before: page'>{THREE[3:]}"
    (found,) = judged(laid(single(2) + head + over))
    assert found.code == CODES["heading"]
    assert judged(laid(single(2) + head + single(2) + over)) == []


def test_a_river_of_narrow_blanks_is_none() -> None:
    """The chain of the river above, with blanks as they are cut."""
    chain = lines(*(f"{one} {PERMUTED[-at]}" for at, one in enumerate(PERMUTED)), "en uit")
    assert judged(laid(chain)) == []


def test_a_note_takes_room_from_the_text_above_it() -> None:
    """The page with the note ends three lines before the one that faces it, and is full."""
    note = (
        '<span class="note" data-note="a.md:9">een noot<br/>die over drie<br/>regels loopt</span>'
    )
    called = f"<p>Hier staat een noot.{note}</p>"
    assert judged(laid(single(LINES + 1) + called + single(3 * LINES))) == []


def test_what_belongs_together() -> None:
    rules = rules_of("nl")
    parted = [
        "brief van J. | Vink",
        "volgens dr. | Vink",
        "op 3 | mei",
        "zie p. | 12",
        "het | – ja",
    ]
    whole = [
        "brief van Jan | Vink",
        "dat weet ik. | Vink",
        "op 3 | meisjes",
        "zie je. | 12",
        "in | 3",
    ]
    for one in parted:
        assert bad_break(*one.split(" | "), rules), one
    for one in whole:
        assert bad_break(*one.split(" | "), rules) is None, one


def test_the_counts_are_those_of_an_independent_ruler(tmp_path: Path) -> None:
    """Set line by line on narrow pages there is much to find; a PDF reader finds the same."""
    writer = Prose(random.Random(5), Register())
    inside = "".join(f"<p>{writer.paragraph(70)}</p>" for _ in range(60))
    css = """
@page { size: 80mm 150mm; margin: 10mm 12mm }
p { text-indent: 1.4em; font-size: 9pt; hyphens: auto; hyphenate-character: "-" }"""
    found = laid(inside, css)
    path = tmp_path / "a.pdf"
    path.write_bytes(write_pdf(found)[0])
    counts = dict.fromkeys(CODES, 0)
    for one in judged(found):
        counts[next(name for name, code in CODES.items() if code == one.code)] += 1
    ruler = measured(path)
    assert ruler.widows
    assert ruler.orphans
    assert ruler.loose
    assert (counts["widow"], counts["orphan"]) == (ruler.widows, ruler.orphans)
    assert (counts["ladder"], counts["runt"]) == (ruler.ladders, ruler.runts)
    assert counts["page_hyphen"] == ruler.divided
    with_gaps = sum(not one.last and len(one.gaps) > 1 for one in lines_of_file(path))
    assert counts["loose"] == pytest.approx(ruler.loose * with_gaps / 100, abs=3)


def lines_of_file(path: Path) -> list[Any]:
    import pypdfium2

    return lines_of(pypdfium2.PdfDocument(path))


def test_paragraphs_broken_as_a_whole_have_less_of_everything() -> None:
    writer = Prose(random.Random(5), Register())
    inside = "".join(f"<p>{writer.paragraph(90)}</p>" for _ in range(30))
    html = f'<html lang="nl"><body><div class="flow">{inside}</div></body></html>'
    css = CSS + "@page { size: A5 } body { hyphens: auto } p { text-indent: 1em }"
    plain, planned = lay_out(html, css, {}), lay_out(html, css, {}, (), manner_of(PrintSettings()))
    assert len(judged(planned)) < len(judged(plain)) / 3


def test_each_fault_has_its_code_and_is_as_bad_as_the_book_says() -> None:
    assert set(LayoutSettings().severities) == set(CODES)
    assert {code for code in RULES if code[0] == "L"} == set(CODES.values()) - {"P415"}
    span = Span("a.md")
    facts: dict[str, object] = {"place": "page 1", "text": "ja"}
    found = [
        problem("L001", span, **facts),
        problem("L002", span, **facts),
        problem("K702", None, file="x"),
    ]
    settings = LayoutSettings(widow="error", orphan="off")
    assert [(one.code, one.severity) for one in graded(found, settings)] == [
        ("L001", "error"), ("K702", "warning")
    ]  # fmt: skip


def far_book(folder: Path, more: str = "") -> Path:
    """Write a book whose one picture is mentioned long before it comes."""
    (folder / "photos").mkdir(parents=True)
    shutil.copy(BOOKS / "complete" / "photos" / "oever.svg", folder / "photos")
    (folder / "book.toml").write_text(
        'title = "Ver"\nmodified = 2026-11-22T12:00:00Z\n[print]\ntrim = "A6"\ncover = "separate"\n'
        + more
    )
    (folder / "captions.toml").write_text(
        '[oever]\nfile = "oever.svg"\nkind = "drawing"\nalt = "Een oever"\ncaption = "Oever"\n'
    )
    writer = Prose(random.Random(2), Register())
    text = "\n\n".join(writer.paragraph(60) for _ in range(20))
    (folder / "01-ver.md").write_text(
        f"# Ver\n\nDe oever staat op [](#oever).\n\n{text}\n\n![](oever)\n\nDaar.\n"
    )
    return folder


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return far_book(tmp_path_factory.mktemp("far") / "book")


def test_a_picture_far_from_its_mention(book: Path, tmp_path: Path) -> None:
    read = read_manuscript(book)
    assert read.book
    shop = Workshop(book, read.book, read.sources)
    found = next(one for one in shop.room.judged().problems if one.code == CODES["picture"])
    assert found.spot
    assert found.span
    assert (found.span.file, found.span.line) == ("01-ver.md", 3)
    places = folios(shop.room.pages("print"))
    assert found.spot.page == places["oever"] > places["ver"] + 2
    assert f"stands {places['oever'] - places['ver']} pages" in found.message


def test_the_nearest_mention_counts_and_not_the_first(book: Path, tmp_path: Path) -> None:
    near = Path(shutil.copytree(book, tmp_path / "near"))
    chapter = near / "01-ver.md"
    text = chapter.read_text(encoding="utf-8")
    close = text.replace("\n\n![](oever)", " Zie ook [](#oever).\n\n![](oever)")
    assert close.count("[](#oever)") == 2
    chapter.write_text(close, encoding="utf-8")
    read = read_manuscript(near)
    assert read.book
    problems = Workshop(near, read.book, read.sources).room.judged().problems
    assert CODES["picture"] not in {one.code for one in problems}


def test_pages_are_judged_once(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    build(book, out, ("print",))

    def never(*given: Any) -> Any:
        raise AssertionError("laid out again")

    monkeypatch.setattr(galleys, "set_take", never)
    told = [one for one in check(book, out, False, names=("print",)) if one.code == "L013"]
    assert len(told) == 1
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    (row,) = (one for one in report["problems"] if one["code"] == "L013")
    assert told[0].spot
    assert row["spot"]["page"] == told[0].spot.page

    # How bad it is can be said without laying the pages out.
    settings = book / "book.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[layout]\npicture = "error"\n', encoding="utf-8")
    told = [one for one in check(book, out, False, names=("print",)) if one.code == "L013"]
    assert [one.severity for one in told] == ["error"]
    settings.write_text(f'{text}\n[layout]\npicture = "off"\n', encoding="utf-8")
    assert "L013" not in {one.code for one in check(book, out, False, names=("print",))}
    settings.write_text(text, encoding="utf-8")


def judged_by(inside: str, css: str = "", **limits: float) -> list[Problem]:
    settings = replace(LayoutSettings(), limits=replace(LayoutSettings().limits, **limits))
    pages = laid(inside, css)
    book = Book(Settings(title="Proef", layout=settings), ())
    return makeup(book, pages, list(page_lines(pages)), {}, Folios())


@pytest.mark.parametrize(("name", "way"), [("loose", 1), ("tight", -1)])
def test_a_line_is_loose_or_tight_beyond_the_limit_and_not_at_it(name: str, way: int) -> None:
    inside, _ = FAULTS[name]
    row = rows_of(page_lines(laid(inside)))[0]
    for aside, count in ((-0.001, 1), (0.0, 0), (0.001, 0)):
        assert len(judged_by(inside, **{name: row.gap + way * aside})) == count, aside


def test_pages_differ_from_so_many_lines_on() -> None:
    inside, _ = FAULTS["depth"]
    (found,) = judged_by(inside, depth=3.0)
    assert found.code == CODES["depth"] and "3.0 lines above" in found.message
    assert judged_by(inside, depth=3.2) == []
    assert len(judged_by(inside, depth=0.5)) == 1


@pytest.mark.parametrize(
    ("words", "repeat", "told"),
    [(["de kat", "de hond", "het dier"], 3, 0), (["de kat", "de hond", "de vis", "het"], 3, 1),
     (["de kat", "de hond", "de vis", "het"], 4, 0), (["de kat", "de hond", "het dier"], 2, 1),
     # One of four letters is noticed the second time.
     (["deze kat", "deze hond", "het dier"], 9, 1), (["dit; kat", "(dit hond", "het dier"], 2, 1)],
)  # fmt: skip
def test_short_words_may_be_alike_on_fewer_lines(words: list[str], repeat: int, told: int) -> None:
    ends = ("liep er weg", "stond wat stil", "sliep een uur", "keek al om")
    said = (f"{one} {end}" for one, end in zip(words, ends, strict=False))
    codes = [one.code for one in judged_by(single(1) + lines(*said), repeat=repeat)]
    assert codes == [CODES["repeat"]] * told


def test_a_word_may_be_divided_over_columns_and_not_over_pages() -> None:
    said = ("Een zin van vier", "regels die hal-", "verwege de kolom", "omslaat.")
    columns = ".flow { columns: 2; column-gap: 10pt; column-fill: auto }"
    short = "".join(f"<p>Een regel {word}.</p>" for word in WORDS[: LINES - 2])
    assert judged(laid(short + lines(*said), columns)) == []
    full = "".join(f"<p>Een regel {word}.</p>" for word in WORDS[:LINES])
    (found,) = judged(laid(full + short + lines(*said), columns))
    assert found.code == CODES["page_hyphen"]


def chain(count: int, wide: float, step: float) -> list[Any]:
    """Return lines with one blank each, so wide and so far aside of the one above it, in pt."""
    return [
        SimpleNamespace(
            blanks=((50 + at * step, 50 + at * step + wide),), em=10.0, number=at + 1, shown="Zo",
            line=SimpleNamespace(page=1, top=12.0 * at, height=12.0),
        )
        for at in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "least", "wide", "step", "told"),
    [
        (5, 5, 4.0, 0.0, 1), (4, 5, 4.0, 0.0, 0),
        # So wide as it must be, three tenths of an em, and a hair less.
        (5, 5, 3.001, 0.0, 1), (5, 5, 2.999, 0.0, 0),
        # Within a strip of one em and a half, and a hair beyond it.
        (5, 5, 6.0, 3.749, 1), (5, 5, 6.0, 3.751, 0),
        # Blanks that lie over each other by a quarter and more.
        (3, 3, 8.0, 5.99, 1), (3, 3, 8.0, 6.0, 0),
    ],
)  # fmt: skip
def test_what_makes_a_river(count: int, least: int, wide: float, step: float, told: int) -> None:
    found = [*_rivers(chain(count, wide, step), least)]
    assert [one.facts["count"] for one in found] == [count] * told
    # The other way aside is no other river.
    assert len([*_rivers(chain(count, wide, -step), least)]) == told
