"""Colours against paper: the ratios of WCAG 2, what is too faint in sheets and drawings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publish.markup.stylesheets import stylesheet, token
from publish.pictures.contrast import LOOKS, faint_rules, ratio
from publish.pictures.legibility import faint_lettering, takes_ink
from publish.pictures.svg import clean_svg

PHOTOS = Path(__file__).parents[1] / "manuscript" / "photos"


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#fff", "#ffffff", 1.0),
        ("#777777", "white", 4.48),
        ("#767676", "white", 4.54),
        ("rgb(0, 0, 255)", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.0),
        ("#c8102e", "#f4ecd8", 5.0),
        ("#c8102e", "#121212", 3.18),
    ],
)
def test_the_ratio_is_that_of_wcag(first: str, second: str, wanted: float) -> None:
    assert ratio(first, second) == pytest.approx(wanted, abs=0.01)
    assert ratio(second, first) == ratio(first, second)


def test_the_red_of_the_book_draws_on_every_paper_and_sets_no_text() -> None:
    red = token("epub", "red")
    assert all(ratio(red, paper) >= 3 for paper, _ in LOOKS.values())
    css = stylesheet("epub")
    assert red in css
    assert not re.search(rf"[{{;\s]color:\s*{red}", css)
    assert list(faint_rules(css)) == []


@pytest.mark.parametrize(
    ("rule", "looks"),
    [
        ("p { color: #c8102e }", ["dark", "black"]),
        ("h1 { font-size: 1.7em; color: #c8102e }", []),
        ("p { font-size: 1.2em; color: #c8102e }", ["dark", "black"]),
        ("p { font-size: 1.2em; font-weight: 700; color: #c8102e }", []),
        ("p { color: inherit }", []),
        ("p { color: navy; background: white }", []),
        ("p { color: #aaa; background: white }", ["white"]),
        ("hr { border-top: 1px solid #cccccc }", ["white", "sepia"]),
        ("hr { border: 1px solid }", []),
        ("h1::before { content: ''; background: #330000 }", ["dark", "black"]),
        (".box { background: #ffffff }", ["dark", "black"]),
        ("figure img { background: #ffffff }", []),
        ("/* p { color: #eee } */ p { margin: 0 }", []),
    ],
)
def test_what_is_faint_in_a_sheet(rule: str, looks: list[str]) -> None:
    found = list(faint_rules(rule))
    assert [one.look for one in found] == looks
    assert all(one.ratio < one.least for one in found)


def drawing(inside: str) -> bytes:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300">{inside}</svg>'
    return clean_svg(svg.encode(), "x--").data


TEXT = '<text x="50" y="100" font-size="20" fill="{}">woorden</text>'
BAR = '<rect x="0" y="50" width="300" height="100" fill="{}"/>'


@pytest.mark.parametrize(
    ("inside", "look"),
    [
        (TEXT.format("#000000"), None),
        (TEXT.format("#999999"), "white"),
        (TEXT.format("currentColor"), None),
        # In the colour of the text the drawing stands on the reader's own paper.
        (BAR.format("none") + TEXT.format("currentColor") + TEXT.format("#000000"), "black"),
        (BAR.format("currentColor") + TEXT.format("#ffffff"), "black"),
        (BAR.format("#000000") + TEXT.format("#ffffff"), None),
        (BAR.format("#ffffff") + TEXT.format("currentColor"), "black"),
        (BAR.format("#c8102e") + TEXT.format("#000000"), "white"),
        # A shape that is no rectangle may lie below: that is not told.
        ('<circle cx="50" cy="100" r="90" fill="#000000"/>' + TEXT.format("#ffffff"), None),
        ('<circle cx="500" cy="100" r="9" fill="#000000"/>' + TEXT.format("#ffffff"), "white"),
        ('<path d="M0 0L90 0L90 200Z" fill="#000000"/>' + TEXT.format("#ffffff"), None),
        ('<path d="M500 0L590 0L590 90Z" fill="#000000"/>' + TEXT.format("#ffffff"), "white"),
        # A ground in per cent; words that no plain colour fills.
        (
            '<rect width="100%" height="100%" fill="#000"/>'
            + TEXT.format("#fff").replace("50", "500"),
            None,
        ),
        (TEXT.format("none"), None),
        (TEXT.format("url(#x--g)"), None),
        # Large type needs less.
        (TEXT.format("#888888").replace('"20"', '"30"'), None),
        (TEXT.format("#888888"), "white"),
    ],
)
def test_what_is_faint_in_a_drawing(inside: str, look: str | None) -> None:
    found = list(faint_lettering(drawing(inside)))
    assert [one.look for one in found] == ([look] if look else [])


@pytest.mark.parametrize(
    ("spans", "faint"),
    [
        # A run is judged in its own colour, and words of one colour together.
        ('wit <tspan fill="#999999">grijs</tspan> zwart', {"grijs": "white"}),
        ("een <tspan>twee</tspan> drie", {}),
        # … and at its own place: beside the bar, below it, and back again.
        ('<tspan fill="#ffffff">op</tspan>', {}),
        ('<tspan x="400" fill="#ffffff">naast</tspan>', {"naast": "white"}),
        ('<tspan dx="350" fill="#ffffff">naast</tspan>', {"naast": "white"}),
        ('<tspan y="250">onder</tspan>', {}),
        ('<tspan dy="7.5em">onder</tspan><tspan dy="-150" fill="#fff">op</tspan>', {}),
        ('<tspan y="250" fill="#fff">onder<tspan y="100">op</tspan></tspan>', {"onder": "white"}),
    ],
)
def test_each_run_of_a_text_is_judged_for_itself(spans: str, faint: dict[str, str]) -> None:
    bar = BAR.format("#000000") if "op" in spans or "onder" in spans or "naast" in spans else ""
    text = f'<text x="50" y="100" font-size="20">{spans}</text>'
    assert {one.what: one.look for one in faint_lettering(drawing(bar + text))} == faint


def test_what_lies_over_words_is_not_their_ground() -> None:
    assert list(faint_lettering(drawing(TEXT.format("#000000") + BAR.format("#000000")))) == []


def test_level_aaa_asks_for_more() -> None:
    grey = drawing(TEXT.format("#666666"))
    assert not list(faint_lettering(grey))
    assert [one.least for one in faint_lettering(grey, "AAA")] == [7.0]


@pytest.mark.parametrize("name", ["ledental", "gevangenen"])
def test_the_charts_of_the_sample_take_the_colour_of_the_text(name: str) -> None:
    data = clean_svg((PHOTOS / f"{name}.svg").read_bytes(), f"{name}--").data
    assert takes_ink(data)
    colours = {one.lower() for one in re.findall(rb'(?:fill|stroke)="([^"]+)"', data)}
    assert colours <= {b"currentcolor", b"#c8102e", b"none"}
    assert not re.search(rb'<text[^>]*fill="#', data)
    assert list(faint_lettering(data)) == []
