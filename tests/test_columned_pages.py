"""Pages in columns, made up as a whole: read back from the PDF, and from the boxes laid out."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace
from test_optimum import MANNER, prose, squeezed, words
from typography import Line, lines_of, measured

from publish.engine.layout import lay_out, write_pdf
from publish.engine.optimum import lines as planned
from publish.engine.optimum.state import ENGINE
from publish.engine.parts import Pages
from publish.pages.pagemap import page_lines
from publish.paragraphs.manner import Manner

LINES = 32
WIDTHS = {"two": 130, "three": 190}
CSS = f"""
@page {{ size: %smm calc(24mm + {LINES} * 12pt); margin: 12mm;
  @footnote {{ margin-top: 12pt; padding-top: 6pt }} }}
html {{ font: 400 9pt/12pt "Katern Serif" }}
body {{ margin: 0; hyphens: auto; hyphenate-character: "-"; hyphenate-limit-chars: 6 3 3;
  orphans: 2; widows: 2 }}
p {{ margin: 0; text-align: justify; text-indent: 1.4em }}
h1 {{ font: 700 12pt/12pt "Katern Sans"; margin: 0; padding: 36pt 0 12pt; break-after: avoid }}
h2 {{ font: 700 10pt/12pt "Katern Sans"; margin: 12pt 0 0; break-after: avoid }}
.flow {{ break-before: page; --line-snap: baseline }}
.columned {{ columns: 2; column-gap: 6mm }}
.three .columned {{ columns: 3; column-gap: 5mm }}
.note {{ float: footnote; footnote-policy: line; font: 7pt/9pt "Katern Serif"; text-align: start;
  --line-snap: none }}
figure {{ margin: 12pt 0 6pt; height: 100pt; background: silver; break-inside: avoid }}
"""


def chapter(texts: list[str]) -> str:
    inside = f"<h1>Hoofdstuk</h1>{''.join(texts)}"
    return f'<div class="flow"><div class="columned">{inside}</div></div>'


def book(*chapters: str, name: str = "two") -> str:
    return f'<html lang="nl"><body class="{name}">{"".join(chapters)}</body></html>'


def made(html: str, manner: Manner | None = MANNER) -> Pages:
    width = next(width for name, width in WIDTHS.items() if f'class="{name}"' in html)
    pages = lay_out(html, CSS % width, {}, manner=manner)
    assert pages.problems == ()
    return pages


def pdf(pages: Pages, path: Path) -> Path:
    path.write_bytes(write_pdf(pages)[0])
    return path


def ends(path: Path) -> dict[int, dict[int, list[Line]]]:
    """Return the lines of each column of each page."""
    found: dict[int, dict[int, list[Line]]] = {}
    for line in lines_of(pypdfium2.PdfDocument(path)):
        found.setdefault(line.page, {}).setdefault(line.column, []).append(line)
    return found


@pytest.fixture(scope="module", params=["two", "three"])
def novel(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Return three chapters with small heads, as a whole and line by line."""
    folder = tmp_path_factory.mktemp(request.param)
    chapters = []
    for number in range(3):
        texts = [f"<p>{one}</p>" for one in prose(22, 30 + number)]
        texts[9:9] = ["<h2>Een kop</h2>"]
        chapters.append(chapter(texts))
    html = book(*chapters, name=request.param)
    return pdf(made(html), folder / "whole.pdf"), pdf(made(html, None), folder / "lines.pdf")


def test_columns_are_full_and_no_page_ends_within_a_word(novel: tuple[Path, Path]) -> None:
    whole, greedy = (measured(path) for path in novel)
    assert greedy.uneven > 1
    assert greedy.divided + greedy.parted > 2
    assert (whole.divided, whole.leaves, whole.uneven, whole.facing, whole.off) == (0,) * 5
    assert (whole.widows, whole.orphans, whole.runts) == (0, 0, 0)
    assert whole.parted < greedy.parted
    assert whole.loose < 2.5


def test_the_columns_that_end_a_chapter_are_level(novel: tuple[Path, Path]) -> None:
    pages = ends(novel[0])
    last = [one for one, other in pairwise([*pages, 0]) if len(pages[one][0]) < LINES - 1]
    assert len(last) >= 2
    for page in last:
        feet = [lines[-1].baseline for lines in pages[page].values()]
        assert len(feet) == len(pages[1])
        # The last of them may lack the lines that do not part evenly.
        assert max(feet) - min(feet) <= 12 * (len(feet) - 1) + 0.1


def test_a_heading_keeps_two_lines_with_it_in_its_column(novel: tuple[Path, Path]) -> None:
    for path in novel[:1]:
        for columns in ends(path).values():
            for lines in columns.values():
                steps = [one.baseline - two.baseline for one, two in pairwise(lines)]
                heads = [at for at, step in enumerate(steps, 1) if step > 18]
                assert all(len(lines) - at >= 2 for at in heads)


@pytest.mark.parametrize("name", ["two", "three"])
def test_a_heading_keeps_the_first_lines_of_a_short_chapter_with_it(
    name: str, tmp_path: Path
) -> None:
    short = prose(1, 7)[0].split()
    chapters = []
    for count in (1, 4, 9, 14, 20, 26):
        text = " ".join(f"{one}x" for one in short[:count])
        chapters += [chapter([f"<p>{text}</p>"]), chapter([f"<h2>Kopje</h2><p>{text}</p>"])]
    pages = ends(pdf(made(book(*chapters, name=name)), tmp_path / "short.pdf"))
    assert len(pages) == len(chapters)
    for columns in pages.values():
        assert "x" in columns[0][-1].text


def test_the_words_are_the_same(novel: tuple[Path, Path]) -> None:
    text = "".join("".join(prose(22, 30 + number)) for number in range(3))
    assert words(novel[0]).count(squeezed(text)[:80]) == 1
    # Headings apart, which stand among the text.
    assert len(words(novel[0]).replace("Eenkop", "").replace("Hoofdstuk", "")) == len(
        squeezed(text)
    )


def test_notes_shorten_all_columns_of_their_page(tmp_path: Path) -> None:
    texts, notes = [], prose(44, 90)
    for number, text in enumerate(prose(44, 40)):
        first, rest = text.split(". ", 1)
        note = f'<span class="note">Noot{number}x {" ".join(notes[number].split()[:12])}.</span>'
        texts.append(f"<p>{first} roep{number}x{note if number % 3 == 1 else ''}. {rest}</p>")
    html = book(chapter(texts))
    pages, greedy = made(html), measured(pdf(made(html, None), tmp_path / "lines.pdf"))
    whole = measured(pdf(pages, tmp_path / "whole.pdf"))
    assert greedy.uneven + greedy.facing > 1
    assert (whole.uneven, whole.divided, whole.leaves, whole.off) == (0,) * 4
    assert (whole.widows, whole.orphans) == (0, 0)
    # Two pages of two columns end a line above their notes.
    assert whole.short <= 4
    where: dict[str, list[int]] = {}
    for line in page_lines(pages):
        for word in re.findall(r"(?:Noot|roep)\d+x", "".join(piece.text for piece in line.pieces)):
            where.setdefault(word, []).append(line.page)
    for number in range(1, 44, 3):
        assert len(where[f"Noot{number}x"]) == 1
        assert where[f"Noot{number}x"] == where[f"roep{number}x"]


def test_lines_are_made_once_for_a_page_and_are_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    note = '<span class="note">Noot {}.</span>'
    texts = [f"<p>{one}{note.format(at)}</p>" for at, one in enumerate(prose(14, 50))]
    html, next_line, counts = book(chapter(texts)), ENGINE["get_next_linebox"], [0]

    def counted(*given: object) -> object:
        counts[-1] += 1
        return next_line(*given)

    monkeypatch.setitem(ENGINE, "get_next_linebox", counted)
    kept = pdf(made(html), tmp_path / "kept.pdf").read_bytes()
    counts.append(0)
    monkeypatch.setattr(planned, "again", lambda *asked: None)
    assert pdf(made(html), tmp_path / "anew.pdf").read_bytes() == kept
    assert 2 * counts[0] < counts[1]


def test_a_picture_heads_the_next_column_and_the_text_flows_on(tmp_path: Path) -> None:
    texts = [f"<p>{one}</p>" for one in prose(36, 60)]
    for at in (5, 13, 21, 29):
        texts[at] = f"<figure></figure>{texts[at]}"
    pages = made(book(chapter(texts)))
    whole = measured(pdf(pages, tmp_path / "whole.pdf"))
    assert (whole.uneven, whole.divided, whole.leaves, whole.off) == (0,) * 4
    assert (whole.widows, whole.orphans) == (0, 0)
    columns = [box for page in pages.boxes for box in page.descendants() if box.is_column]
    heads = [column.children[0].tag for column in columns]
    figures = [one for column in columns for one in column.children if one.tag == "figure"]
    # Some had no room where they stand in the text, and none has gone.
    assert len([one for one in figures if one.height]) == 4
    assert heads.count("figure") >= 1


def test_a_paragraph_set_otherwise_says_what_the_pages_gain() -> None:
    assert MANNER
    text = book(chapter([f"<p>{one}</p>" for one in prose(30, 33)]))
    pages = made(text, replace(MANNER, explained=1))
    choices = {line.box.choice for line in page_lines(pages) if line.box and line.box.choice}
    assert choices
    for choice in choices:
        assert choice.cost > 0
        # Set as suits it best the text might go on to a page more.
        assert all(1 <= one.page <= pages.count + 1 for one in choice.gained)
