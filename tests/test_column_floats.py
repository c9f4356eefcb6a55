"""Pictures as wide as a column float to the head of the next: no column ends in a hole for one."""

from __future__ import annotations

import random
import re
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest

from publish.engine.boxes import Box
from publish.engine.layout import lay_out, write_pdf
from publish.engine.parts import Pages
from publish.ground.units import PIXEL

WIDTH, HEIGHT, MARGIN, LINE = 100, 80, 10, 4
DEPTH = (HEIGHT - 2 * MARGIN) // LINE
CSS = f"""
@page {{ size: {WIDTH}mm {HEIGHT}mm; margin: {MARGIN}mm; }}
html {{ font: 8pt/{LINE}mm "Katern Serif"; }} body, p, figure {{ margin: 0; }}
p {{ orphans: 2; widows: 2; }} h2 {{ font-size: 8pt; margin: 0; break-after: avoid; }}
h1 {{ font-size: 8pt; margin: 0 0 12mm; }}
.flow {{ break-before: page; }} .columned {{ columns: 2; column-gap: 4mm; }}
figure {{ break-inside: avoid; }} .note {{ float: footnote; }}
figure[data-float] {{ position: absolute; display: flow-root; }}
"""


def paragraph(number: int, words: int, note: str = "") -> str:
    said = [f"w{number}x{at}" for at in range(words)]
    return f"<p>{' '.join(said)}{note}</p>"


def figure(number: int, height: int, own: str = "") -> str:
    return f'<figure {own}><div style="height: {height}mm">beeld{number}</div></figure>'


def laid(*flows: str, before: str = "", css: str = CSS) -> tuple[Pages, list[str]]:
    """Return laid-out pages, and the text of each."""
    body = "".join(
        f'<div class="flow">{before}<div class="columned">{flow}</div></div>' for flow in flows
    )
    pages = lay_out(f"<html><body>{body}</body></html>", css, {})
    assert pages.problems == ()
    with pypdfium2.PdfDocument(BytesIO(write_pdf(pages)[0])) as document:
        return pages, [page.get_textpage().get_text_bounded() for page in document]


def columns(pages: Pages, number: int) -> list[list[tuple[str, float, float]]]:
    """Return the columns of a page (from 0): what stands in each, with its top and bottom in mm."""
    found: dict[float, list[tuple[str, float, float]]] = {}
    for box in pages.boxes[number].descendants():
        is_line = box.kind == "line" and not words_of(box).startswith("beeld")
        is_figure = box.kind == "block" and box.tag == "figure"
        if (is_line or is_figure) and (said := words_of(box)):
            top = box.top * PIXEL - MARGIN
            found.setdefault(round(box.left), []).append((said, top, top + box.height * PIXEL))
    return [sorted(found[left], key=lambda one: one[1]) for left in sorted(found)]


def words_of(box: Box) -> str:
    return " ".join(one.text for one in box.descendants() if one.kind == "text").strip()


def test_the_text_flows_on_and_the_picture_heads_the_next_column() -> None:
    pages, texts = laid(paragraph(1, 30) + figure(1, 40) + paragraph(2, 50))
    assert len(texts) == 1
    left, right = columns(pages, 0)
    assert right[0][0] == "beeld1" and right[0][1] == pytest.approx(0, abs=0.01)
    assert left[-1][0].startswith("w2x")
    # Below it the words go on with the next of their paragraph.
    assert number(right[1][0].split()[0]) == number(left[-1][0].split()[-1]) + 1
    assert right[1][1] == pytest.approx(40, abs=0.01)


def number(word: str) -> int:
    return int(word.partition("x")[2])


def test_the_white_above_a_picture_counts_where_its_room_is_measured() -> None:
    css = f"{CSS} figure {{ margin-top: {LINE}mm }}"
    floated = 0
    for tenths in range(200, 480, 10):
        # Beyond the first page the engine takes the margin away where a page begins.
        flow = paragraph(1, 135) + figure(1, tenths / 10) + paragraph(2, 250)
        pages, _ = laid(flow, css=css)
        left, right = columns(pages, 1)
        floated += right[0][0] == "beeld1"
        # No column is left open for a picture that went on to the next.
        assert left[-1][2] > HEIGHT - 2 * MARGIN - 3 * LINE, (tenths, left[-1])
    assert 3 < floated < 25


def test_from_the_last_column_it_goes_to_the_head_of_the_next_page() -> None:
    pages, texts = laid(paragraph(1, 105) + figure(1, 40) + paragraph(2, 200))
    assert "beeld1" not in texts[0] and "w2x0" in texts[0].split()
    assert [len(one) for one in columns(pages, 0)] == [DEPTH, DEPTH]
    head = columns(pages, 1)[0]
    assert head[0][0] == "beeld1" and head[0][1] == pytest.approx(0, abs=0.01)
    assert head[1][0].startswith("w2x")


def test_one_that_has_its_room_stays_where_it_is() -> None:
    pages, _ = laid(paragraph(1, 30) + figure(1, 20) + paragraph(2, 150))
    said = [one for one, _, _ in columns(pages, 0)[0]]
    at = said.index("beeld1")
    assert said[at - 1].endswith("w1x29") and said[at + 1].startswith("w2x0")


def test_a_heading_stays_with_the_text_after_the_picture() -> None:
    for words in range(20, 60, 5):
        flow = paragraph(1, words) + "<h2>kop</h2>" + figure(1, 40) + paragraph(2, 90)
        pages, _ = laid(flow)
        for column in columns(pages, 0):
            said = [one for one, _, _ in column]
            assert said[-1] != "kop"
            if "kop" in said:
                after = said[said.index("kop") + 1]
                assert after.startswith("w2x0") or after == "beeld1"


def test_what_comes_last_stands_after_all_text() -> None:
    pages, texts = laid(paragraph(1, 30) + figure(1, 40) + figure(2, 40))
    assert " ".join(texts).split()[-2:] == ["beeld1", "beeld2"]
    # As nothing flows on after it, the hole above it is left to balancing.
    assert sum(map(len, columns(pages, 0))) > 2


def test_columns_below_a_title_let_a_tall_picture_wait_for_a_page_of_its_height() -> None:
    pages, texts = laid(
        paragraph(1, 30) + figure(1, 55) + paragraph(2, 200), before="<h1>titel</h1>"
    )
    assert "titel" in texts[0] and "w2x0" in texts[0].split() and "beeld1" not in texts[0]
    assert columns(pages, 1)[0][0][0] == "beeld1"


@pytest.mark.parametrize("words", [90, 120])
def test_the_last_page_is_balanced_whatever_rounding_makes_of_its_height(words: int) -> None:
    # The type area of an A4 page in two columns: its depth in px is no whole number.
    css = CSS.replace(f"{HEIGHT}mm; margin: {MARGIN}mm", "297mm; margin: 26.1mm 10mm 23.94mm")
    css = css.replace(f"8pt/{LINE}mm", "8pt/4.41mm")
    pages, _ = laid("".join(paragraph(at, words) for at in range(1, 4)), css=css)
    left, right = columns(pages, pages.count - 1)
    assert abs(len(left) - len(right)) <= 1, (len(left), len(right))


@pytest.mark.parametrize("words", [20, 40])
def test_the_last_page_is_balanced_around_a_picture_that_waited_for_it(words: int) -> None:
    full = "".join(paragraph(at, 46) for at in range(8))
    flow = full + figure(1, 80) + paragraph(8, 30) + paragraph(9, words)
    pages, _ = laid(flow, css=CSS.replace(f"{HEIGHT}mm;", "200mm;"))
    left, right = columns(pages, 1)
    assert left[0][0] == "beeld1"
    assert max(left[-1][2], right[-1][2]) <= 80 + 2 * LINE + 0.1, (left[-1], right[-1])


@pytest.mark.parametrize(
    ("count", "words", "height", "apart"),
    [(2, 20, 26, 2.5), (2, 36, 38, 1), (2, 52, 38, 1), (3, 28, 26, 1), (3, 20, 38, 4)],
)
def test_the_last_page_is_balanced_around_a_picture_amid_short_paragraphs(
    count: int, words: int, height: int, apart: float
) -> None:
    after = 20 if height == 26 and count == 3 else 10
    flow = paragraph(1, words) + figure(1, height) + paragraph(2, after) + paragraph(3, after)
    pages, texts = laid(flow, css=CSS.replace("columns: 2", f"columns: {count}"))
    ends = [column[-1][2] for column in columns(pages, 0)]
    assert len(texts) == 1 and len(ends) == count
    assert max(ends) - min(ends) <= apart * LINE + 0.1, ends


def test_a_heading_that_begins_a_column_has_no_white_above_it() -> None:
    css = CSS + "h2 { margin-top: 4mm; }"
    flow = "".join(paragraph(at, 52) + "<h2>kop</h2>" for at in range(1, 9)) + paragraph(9, 20)
    pages, _ = laid(flow, css=css)
    heads = [column[0] for at in range(pages.count) for column in columns(pages, at)]
    tops = [top for said, top, _ in heads if said == "kop"]
    assert tops and max(tops) < 0.01


def tall(number: int, words: int, own: str = "") -> str:
    """Return a picture whose caption no column holds."""
    said = " ".join(f"w{number}x{at}" for at in range(words))
    return f'<figure {own}><div style="height: 20mm">beeld{number}</div><div>{said}</div></figure>'


@pytest.mark.parametrize("before", [10, 105])
@pytest.mark.parametrize("words", [60, 150])
@pytest.mark.parametrize(
    "after",
    [
        "",
        figure(3, 20),
        tall(3, 120),
        figure(3, 20, 'data-float="head"'),
        figure(3, 20, 'data-float="head"') + figure(4, 20),
        # What follows is kept whole, and so is not begun before the picture.
        f'<div style="break-inside: avoid">{paragraph(3, 30)}{paragraph(4, 30)}</div>',
    ],
)
def test_a_picture_that_no_column_holds_goes_on_in_the_next_before_the_text(
    before: int, words: int, after: str
) -> None:
    flow = paragraph(1, before) + tall(2, words) + after + paragraph(5, 60)
    _, texts = laid(flow)
    shown = re.findall(r"(?:w|beeld)\d+(?:x\d+)?", " ".join(texts))
    wanted = re.findall(r"(?:w|beeld)\d+(?:x\d+)?", flow)
    assert sorted(shown) == sorted(wanted)
    # The text before it flows around, the caption and what comes after it keep their order.
    caption = [one for one in shown if one.startswith(("beeld2", "w2x"))]
    assert caption == ["beeld2", *(f"w2x{at}" for at in range(words))]


def test_notes_stay_with_their_calls() -> None:
    note = '<span class="note">noot</span>'
    for words in (30, 38, 46):
        flow = paragraph(1, words, note) + figure(1, 40) + paragraph(2, 90)
        _, texts = laid(flow)
        (at,) = (at for at, text in enumerate(texts) if "noot" in text)
        assert f"w1x{words - 1}" in texts[at]


@pytest.mark.parametrize("seed", range(12))
def test_nothing_is_lost_all_keeps_its_order_and_no_column_has_a_hole(seed: int) -> None:
    chance = random.Random(seed)
    flows, words, count, second = [], 0, 0, 0
    for _ in range(2):
        second = words
        parts = []
        for _ in range(chance.randint(3, 8)):
            words += 1
            parts.append(paragraph(words, chance.randint(5, 120)))
            for _ in range(chance.choice((0, 1, 1, 2))):
                count += 1
                parts.append(figure(count, chance.choice((8, 20, 36, 52, 60))))
        flows.append("".join(parts))
    before = chance.choice(("", "<h1>titel</h1>"))
    pages, texts = laid(*flows, before=before)
    whole = " ".join(texts).split()
    said = [(int(one[1]), int(one[2])) for one in re.findall(r"(w(\d+)x(\d+))", " ".join(whole))]
    assert said == sorted(set(said))
    assert len(said) == len(re.findall(r"w\d+x\d+", " ".join(flows)))
    shown = [one for one in whole if one.startswith("beeld")]
    assert shown == [f"beeld{at}" for at in range(1, count + 1)]
    for at, (text, following) in enumerate(pairwise(texts)):
        here, more = (re.findall(r"w(\d+)x", one) for one in (text, following))
        if here and more and (int(here[-1]) <= second) == (int(more[0]) <= second):
            # The text goes on: nothing but two lines that belong together may leave white.
            lows = [column[-1][2] for column in columns(pages, at)]
            assert len(lows) == 2 and min(lows) > (DEPTH - 2) * LINE - 0.01, (at, lows)
