"""Rules of broken words and of turned pages, each read from a PDF that would be otherwise without.

The pages are narrow and low, so that a rule is met often: what a book has once, they have on every
other page.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from msgspec.structs import replace
from test_optimum import FLOW, MANNER, NOTED, document, lines, noted, pages_of, pdf_of, prose
from typography import HYPHENS, Typography, measured

from publish.engine.boxes import Box
from publish.engine.layout import write_pdf
from publish.engine.optimum import leaves
from publish.engine.optimum.ahead import Ahead
from publish.engine.optimum.ahead import ahead as look_ahead
from publish.pages.pagemap import page_lines
from publish.paragraphs.manner import manner_of
from publish.paragraphs.rivals import Composed
from publish.settings.printing import Demerits, PrintSettings

# Words ------------------------------------------------------------------------------------------

NARROW = "@page { size: 52mm 250mm; margin: 5mm } p { text-indent: 0 }"
HOUSE = "tentoonstellingsgebouwen"


def set_narrow(word: str, path: Path) -> list[str]:
    """Return the lines of a narrow paragraph in which a word comes again and again."""
    text = " ".join(f"De {'zeer ' * (number % 4)}{word} staan er." for number in range(8))
    return [line.text for line in lines(pdf_of(document([text]), path, css=NARROW))]


@pytest.mark.parametrize(
    "word", [f"{HOUSE[:7]}<em>{HOUSE[7:]}</em>", f"{HOUSE[:16]}<b>gebouwen</b>"]
)
def test_a_word_that_markup_cuts_is_not_broken_as_if_its_pieces_were_words(
    word: str, tmp_path: Path
) -> None:
    found = set_narrow(word, tmp_path / "cut.pdf")
    assert " ".join(found).count(HOUSE) == 8
    assert not any(one[-1] in HYPHENS for one in found)


@pytest.mark.parametrize(
    "word",
    [f"<em>{HOUSE}</em>", f"({HOUSE}<b>!</b>)", f"zee<b>({HOUSE})</b>", f"<b>({HOUSE})</b>zee"],
)
def test_a_word_that_markup_holds_whole_is_broken_as_any(word: str, tmp_path: Path) -> None:
    found = set_narrow(word, tmp_path / "whole.pdf")
    assert sum(one[-1] in HYPHENS for one in found) >= 3


def test_a_hyphen_before_markup_is_one_of_its_own(tmp_path: Path) -> None:
    words = [f"Een {'zeer ' * (n % 4)}noord-<em>zuid</em>verbinding bestaat." for n in range(8)]
    path = pdf_of(document([" ".join(words)]), tmp_path / "own.pdf", css=NARROW)
    ends = [line.text[-1] for line in lines(path)]
    # As one within a word without markup is drawn and copied: it is not taken for an added one.
    assert ends.count("\u2010") >= 3
    copied = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    assert copied.count("noord\u2010\r\nzuid") == ends.count("\u2010")
    assert copied.count("noord-zuid") == 8 - ends.count("\u2010")


def test_a_hyphen_before_markup_costs_what_one_within_a_word_does() -> None:
    costs = set()
    for word in ("noord-<em>zuid</em>", "<em>noord-</em>zuid", "noord-zuid"):
        pages = pages_of(document([f"{word} {prose(1)[0]}"]), replace(MANNER, explained=1))
        ((first, *_),) = (composed_on(page) for page in pages.boxes)
        costs |= {(word, one.cost) for one in first.places if one.flagged and not one.sign}
    assert {cost for _, cost in costs} == {MANNER.costs.dash}
    assert len(costs) == 3


def composed_on(page: Box) -> list[Composed]:
    """Return what the lines of a page were made of, which is kept where they are explained."""
    return [box.composed for box in page.descendants() if box.composed]


def test_blanks_give_half_of_their_width_and_a_third(tmp_path: Path) -> None:
    stiff = replace(MANNER.justified, expansion=0.0)
    manner = replace(MANNER, justified=stiff, margins=False)
    pages = pages_of(document(prose(40, 7)), manner)
    planned = [box.planned for page in pages.boxes for box in page.descendants() if box.planned]
    path = tmp_path / "blanks.pdf"
    path.write_bytes(write_pdf(pages)[0])
    found = lines(path)
    blank = next(line.gap for line in found if line.last and line.gaps)
    assert len(found) == len(planned)
    pairs = [(one.ratio, line.gap / blank) for one, line in zip(planned, found, strict=True)
             if not one.forced]  # fmt: skip
    assert min(pairs)[0] < -0.9 and max(pairs)[0] > 1.5
    for ratio, gap in pairs:
        assert gap == pytest.approx(1 + ratio * (1 / 2 if ratio > 0 else 1 / 3), abs=0.07)


def test_what_is_held_against_lines_can_be_set(tmp_path: Path) -> None:
    html = document(prose(12, 3))

    def held(**demerits: float) -> Path:
        manner = manner_of(PrintSettings(demerits=Demerits(**demerits)))
        return pdf_of(html, tmp_path / f"{len(demerits)}.pdf", manner, NARROW)

    usual, free = held(), held(double=0, ladder=0, final=0, unlike=0)
    assert measured(free).ladders > measured(usual).ladders == 0
    wide, not_so = held(runt_width=6), held(runt_width=6, runt=0)
    assert least_end(wide) > 6 > 5 > least_end(not_so)


@pytest.mark.parametrize("key", ["double", "ladder", "final", "unlike", "runt"])
def test_each_of_them_is_set_by_itself(key: str) -> None:
    made = manner_of(PrintSettings(demerits=Demerits(**{key: 7.0})))
    own = {"short" if key == "runt" else key: 7.0}
    assert made and MANNER
    assert made.justified == replace(MANNER.justified, **own)
    assert made.ragged == replace(MANNER.ragged, **own)


def least_end(path: Path) -> float:
    """Return the least width of the last line of a paragraph, in em."""
    return min(line.width for line in lines(path) if line.last)


# Pages ------------------------------------------------------------------------------------------

SMALL = ".small { font-size: 8pt } .small + .small { break-before: page }"
"""Text that is not in the size of the book is not read ahead: its pages are mended one by one."""


def flow(paragraphs: int, seed: int, *, small: bool = False, before: str = "") -> str:
    kind = "flow small" if small else "flow"
    inside = "".join(f"<p>{one}</p>" for one in prose(paragraphs, seed))
    return f'<html lang="nl"><body>{before}<div class="{kind}">{inside}</div></body></html>'


def low(wide: int, lines: int) -> str:
    return f"{FLOW}{SMALL} @page {{ size: {wide}mm calc(24mm + {lines} * 12pt) }}"


@pytest.fixture(scope="module")
def one_by_one(tmp_path_factory: pytest.TempPathFactory) -> Typography:
    path = tmp_path_factory.mktemp("small") / "recto.pdf"
    return measured(pdf_of(flow(24, 41, small=True), path, css=low(90, 8)))


def test_a_word_is_broken_from_a_verso_to_its_recto_and_not_over_the_leaf(
    one_by_one: Typography, tmp_path: Path
) -> None:
    assert one_by_one.divided >= 4
    assert one_by_one.leaves == 0
    # Where the same text begins a page later, its versos are rectos.
    before = '<div class="small"><p>Vooraf.</p></div>'
    html = flow(24, 41, small=True, before=before)
    later = measured(pdf_of(html, tmp_path / "verso.pdf", css=low(90, 8)))
    assert later.pages == one_by_one.pages + 1
    assert later.leaves == 0
    assert later.divided < one_by_one.divided


def test_no_line_is_loose_for_the_sake_of_a_page(one_by_one: Typography, tmp_path: Path) -> None:
    # Not all these pages can be filled, and blanks of more than half an em would fill some.
    assert one_by_one.short > 0
    assert one_by_one.loose == 0
    # These can, by lines that are as loose as may be.
    ahead = measured(pdf_of(flow(24, 43), tmp_path / "ahead.pdf", css=low(100, 8)))
    assert (ahead.short, ahead.loose) == (0, 0)


def test_a_page_is_as_short_as_what_stands_above_its_notes() -> None:
    first, second = prose(2, 3)
    note = f'<span class="note">{" ".join(second.split()[:30])}.</span>'
    tall = '<div style="height: calc(13 * 12pt); break-inside: avoid"></div>'
    inside = f"<p>{first}{note}</p>{tall}<p>{second}</p>"
    html = f'<html lang="nl"><body><div class="flow">{inside}</div></body></html>'
    page = [line for line in page_lines(pages_of(html, MANNER, NOTED)) if line.page == 1]
    notes = [line for line in page if round(line.height) == 9]
    text = [line.box for line in page if line not in notes and line.box]
    assert len(notes) >= 2
    # Of twenty lines of 12 pt the notes take 9 pt for each of theirs, and 18 pt above them.
    room = (20 * 12 - 18 - 9 * len(notes)) // 12
    assert text[-1].short == room - len(text) > 2


def test_pages_with_notes_that_are_not_read_ahead_are_full(tmp_path: Path) -> None:
    html = noted(30, 8).replace('class="flow"', 'class="flow small"')
    found = [
        measured(pdf_of(html, tmp_path / f"{manner is None}.pdf", manner, NOTED + SMALL))
        for manner in (MANNER, None)
    ]
    assert found[1].short >= 3
    assert (found[0].short, found[0].facing) == (0, 0)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Ahead | None]:
    """Return what is made up of pages with those after them, each time."""
    found: list[Ahead | None] = []

    def looked(*given: Any) -> Ahead | None:
        found.append(look_ahead(*given))
        return found[-1]

    monkeypatch.setattr(leaves, "look_ahead", looked)
    return found


def test_notes_are_foreseen_on_the_page_of_the_line_that_calls_them(
    seen: list[Ahead | None], tmp_path: Path
) -> None:
    path = pdf_of(noted(30, 8), tmp_path / "noted.pdf", css=NOTED)
    found = measured(path)
    assert (found.short, found.facing, found.widows, found.orphans) == (0, 0, 0, 0)
    # All of it was made up at once, and came out as it was foreseen.
    assert [one.turned for one in seen if one] == [found.pages - 1]


def test_no_page_begins_with_one_line_that_it_might_be_full(
    seen: list[Ahead | None],
) -> None:
    # Two lines of the first paragraph stand on the second page, so that of its six lines the last
    # is left white; set in one they would let the next paragraph begin there.
    first = "een regel<br>" * 6 + "ik zie er nu op af en toe een ei in de la of er is al wat "
    tall = '<div style="height: 36pt; break-inside: avoid"></div><i style="position: absolute"></i>'
    both = 0
    for more in range(4):
        words = first + "te zien ik zie er nu op af en toe".rsplit(" ", 4 - more)[0]
        inside = f"<p>{words}</p>{tall}<p>{prose(1)[0]}</p>"
        html = f'<html lang="nl"><body><div class="flow">{inside}</div></body></html>'
        pages = Counter(line.page for line in page_lines(pages_of(html, css=low(125, 6))))
        ways = [{len(plan.lines) for plan in one.copies[0].plans} for one in seen if one]
        both += any({1, 2} <= one for one in ways)
        # And what a page that is read ahead from may cost is that of its own side of the leaf.
        assert all(one.flow.recto == (one.page % 2 == 1) for one in seen if one)
        seen.clear()
        assert pages[2] == 2
    assert both
