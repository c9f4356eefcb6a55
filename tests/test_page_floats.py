"""Pictures float to the head or foot of a page: nothing is lost, doubled or out of its order."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pypdfium2
import pytest
from weasyprint.layout import block

from publish.engine.boxes import Box
from publish.engine.layout import lay_out, write_pdf
from publish.engine.parts import Pages
from publish.pages.facts import holes
from publish.pages.picture_order import queued

WIDTH, HEIGHT, MARGIN = 80, 90, 10
CSS = f"""
@page {{ size: {WIDTH}mm {HEIGHT}mm; margin: {MARGIN}mm; }}
html {{ font: 8pt/4mm "Katern Serif"; }} body, p, figure {{ margin: 0; }}
p {{ orphans: 2; widows: 2; }} h2 {{ font-size: 8pt; margin: 4mm 0 0; break-after: avoid; }}
.flow {{ break-before: page; }} .columned {{ columns: 2; column-gap: 4mm; }}
figure[data-float] {{ position: absolute; display: flow-root; }}
"""


def paragraph(number: int, words: int) -> str:
    return f"<p>{' '.join(f'w{number}x{at}' for at in range(words))}</p>"


def figure(number: int, height: int, where: str = "head", side: str = "", alone: str = "") -> str:
    own = f'data-float="{where}" data-side="{side}" data-alone="{alone}"'
    return (
        f'<figure id="f{number}" {own}><div style="height: {height}mm">beeld{number}</div></figure>'
    )


def pages_of(*flows: str) -> tuple[Pages, list[str]]:
    """Return laid-out pages, and the text of each."""
    body = "".join(f'<div class="flow">{flow}</div>' for flow in flows)
    pages = lay_out(f"<html><body>{body}</body></html>", CSS, {})
    assert pages.problems == ()
    with pypdfium2.PdfDocument(BytesIO(write_pdf(pages)[0])) as document:
        return pages, [page.get_textpage().get_text_bounded() for page in document]


def figures(pages: Pages, number: int) -> list[Box]:
    """Return the boxes of the pictures on a page (from 0)."""
    boxes = pages.boxes[number].descendants()
    return [one for one in boxes if one.kind == "block" and one.tag == "figure"]


def page_with(texts: list[str], words: str) -> int:
    (number,) = (at for at, text in enumerate(texts) if words in text.split())
    return number


def test_the_text_flows_on_and_the_picture_heads_the_next_page() -> None:
    pages, texts = pages_of(paragraph(1, 40) + figure(1, 30) + paragraph(2, 120))
    assert page_with(texts, "w2x0") == 0
    assert page_with(texts, "beeld1") == 1
    (box,) = figures(pages, 1)
    assert box.top == pytest.approx(MARGIN * 96 / 25.4)
    # The first page is as full as it can be: what is on the next would have needed its room.
    assert len(texts[0].splitlines()) == (HEIGHT - 2 * MARGIN) // 4


def test_the_text_below_a_picture_stands_on_the_grid() -> None:
    pages, _ = pages_of(paragraph(1, 40) + figure(1, 31) + paragraph(2, 200))
    tops = [
        (box.top - MARGIN * 96 / 25.4) * 25.4 / 96
        for box in pages.boxes[1].descendants()
        if box.kind == "line" and "w2" in "".join(one.text for one in box.children)
    ]
    assert len(tops) > 5
    assert [round(top % 4, 2) % 4 for top in tops] == [0.0] * len(tops)
    assert tops[0] == pytest.approx(32)


def test_at_the_foot_the_text_ends_above_it() -> None:
    _, texts = pages_of(paragraph(1, 40) + figure(1, 20, "foot") + paragraph(2, 200))
    assert texts[1].rstrip().endswith("beeld1")
    assert texts[1].startswith("w2x")
    assert len(texts[1].splitlines()) == (HEIGHT - 2 * MARGIN - 20) // 4 + 1


@pytest.mark.parametrize(("side", "page"), [("verso", 1), ("recto", 2)])
def test_a_picture_waits_for_its_side(side: str, page: int) -> None:
    _, texts = pages_of(paragraph(1, 40) + figure(1, 30, side=side) + paragraph(2, 400))
    assert page_with(texts, "beeld1") == page
    # No page before it is left short.
    assert all(len(text.splitlines()) >= 16 for text in texts[:page])


def test_one_alone_has_its_page_and_the_text_goes_on_after_it() -> None:
    text = paragraph(1, 40) + figure(1, 20, alone="alone") + paragraph(2, 300)
    _, texts = pages_of(text)
    assert texts[1].strip() == "beeld1"
    last, first = texts[0].split()[-1], texts[2].split()[0]
    assert (last[:3], first) == ("w2x", f"w2x{int(last[3:]) + 1}")


def test_no_picture_passes_the_end_of_its_flow() -> None:
    flow = paragraph(1, 20) + figure(1, 20) + figure(2, 20)
    _, texts = pages_of(flow, paragraph(3, 20))
    assert len(texts) == 3
    # What waits shares one page.
    assert texts[1].split() == ["beeld1", "beeld2"]
    assert texts[2].startswith("w3x0")
    _, texts = pages_of(paragraph(1, 20) + figure(1, 20))
    assert [text.split()[-1] for text in texts] == ["w1x19", "beeld1"]


def test_after_a_page_of_pictures_alone_the_margins_are_those_of_the_text() -> None:
    css = CSS + "@page plate { margin: 0 } .cover { page: plate } figure { break-inside: avoid }"
    tall = '<figure id="f2"><div style="height: 60mm">beeld2</div></figure>'
    flow = paragraph(1, 60) + figure(1, 30) + tall + paragraph(2, 100)
    html = (
        f'<html><body><div class="cover">omslag</div><div class="flow">{flow}</div></body></html>'
    )
    pages = lay_out(html, css, {})
    assert pages.problems == ()
    found = {
        at: one
        for at in range(pages.count)
        for one in figures(pages, at)
        if one.element is not None
    }
    assert sorted(found) == [2, 3]
    assert found[3].top == found[2].top == pytest.approx(MARGIN * 96 / 25.4)
    lines = [one for one in pages.boxes[3].descendants() if one.kind == "line"]
    assert max(one.top + one.height for one in lines) <= (HEIGHT - MARGIN) * 96 / 25.4 + 0.1
    # The second, which comes in the text, waits behind the first; the text goes on between them.
    assert queued(pages) == {"f2"} and holes(pages) == []
    assert any(one.kind == "line" and one.top > 200 for one in pages.boxes[2].descendants())


def test_a_heading_stays_with_its_text_where_a_picture_between_them_floats() -> None:
    for words in range(60, 120, 6):
        flow = paragraph(1, words) + "<h2>kop</h2>" + figure(1, 20) + paragraph(2, 60)
        _, texts = pages_of(flow)
        assert page_with(texts, "kop") == page_with(texts, "w2x0")


@pytest.mark.parametrize("way", ["ltr", "rtl"])
def test_an_inset_that_does_not_fit_comes_overleaf_with_text_beside_it(way: str) -> None:
    inset = '<figure style="float: inline-end; width: 25mm; height: 24mm">beeld1</figure>'
    flow = paragraph(1, 100) + inset + paragraph(2, 200).replace("<p>", f'<p dir="{way}">')
    pages, texts = pages_of(flow)
    assert page_with(texts, "w2x0") == 0
    assert "beeld1" in texts[1]
    (box,) = figures(pages, 1)
    beside = [
        one
        for one in pages.boxes[1].descendants()
        if one.kind == "line" and one.element is not None and one.element.tag == "p"
    ]
    assert box.left == pytest.approx((WIDTH - MARGIN - 25) * 96 / 25.4)
    assert sum(one.top < box.top + box.height for one in beside) == 6
    assert all(one.left + one.width <= box.left + 1 for one in beside[:6])


@pytest.mark.parametrize("ends", ["", paragraph(3, 40)])
def test_insets_that_still_wait_when_the_text_has_run_out_share_a_page(ends: str) -> None:
    inset = '<figure style="float: right; width: 25mm; height: 30mm">beeld{}</figure>'
    insets = "".join(inset.format(at) for at in (1, 2, 3))
    pages, texts = pages_of(paragraph(1, 90) + insets + figure(4, 20), *filter(None, [ends]))
    assert [page_with(texts, f"beeld{at}") for at in (1, 2, 3, 4)] == [1, 1, 2, 2]
    for number in (1, 2):
        upper, lower = figures(pages, number)
        assert lower.top >= upper.top + upper.height
    assert not ends or page_with(texts, "w3x0") == 3


def test_two_layouts_at_once_are_those_of_one_after_the_other() -> None:
    """The engine's functions are changed for all threads while one of them lays out."""
    flows = [
        f'<div class="columned">{paragraph(1, 90)}{figure(1, 30)}{paragraph(2, words)}</div>'
        for words in (150, 210)
    ]
    before = {name: getattr(block, name) for name in ("_out_of_flow_layout", "_in_flow_layout")}

    def made(flow: str) -> bytes:
        pages = lay_out(f"<html><body>{flow}</body></html>", CSS, {})
        return write_pdf(pages)[0]

    alone = [made(flow) for flow in flows]
    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(made, flows * 3))
    assert together == alone * 3
    assert {name: getattr(block, name) for name in before} == before


@pytest.mark.parametrize("seed", range(8))
def test_nothing_is_lost_and_all_keeps_its_order(seed: int) -> None:
    chance = random.Random(seed)
    flows, words, count = [], 0, 0
    for _ in range(3):
        parts = []
        for _ in range(chance.randint(3, 7)):
            words += 1
            parts.append(paragraph(words, chance.randint(5, 120)))
            for _ in range(chance.choice((0, 0, 1, 1, 2))):
                count += 1
                side = chance.choice(("", "", "verso", "recto"))
                where = chance.choice(("head", "head", "foot"))
                alone = chance.choice(("", "", "alone"))
                parts.append(figure(count, chance.choice((8, 20, 45, 70)), where, side, alone))
        flow = "".join(parts)
        flows.append(f'<div class="columned">{flow}</div>' if chance.random() < 0.4 else flow)
    _, texts = pages_of(*flows)
    whole = " ".join(texts).split()
    said = [(int(one[1]), int(one[2])) for one in re.findall(r"(w(\d+)x(\d+))", " ".join(whole))]
    assert said == sorted(said)
    assert len(said) == len(set(said)) == len(re.findall(r"w\d+x\d+", " ".join(flows)))
    shown = [one for one in whole if one.startswith("beeld")]
    assert sorted(shown) == sorted(f"beeld{at}" for at in range(1, count + 1))
    at = [page_with(texts, f"beeld{number}") for number in range(1, count + 1)]
    assert at == sorted(at)
    for number in range(1, count + 1):
        side = re.search(rf'id="f{number}" data-float="\w+" data-side="(\w*)"', " ".join(flows))
        if side and side[1]:
            assert at[number - 1] % 2 == (side[1] == "verso")
