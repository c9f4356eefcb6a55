"""In which font the letters of a drawing ask to be set, as the layout engine hears it."""

from __future__ import annotations

import re

import pytest

from publish.engine.layout import lay_out, write_pdf
from publish.pictures.lettering import check_lettering

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" viewBox="0 0 90 30">\n'
OWN = (
    '<text font-family="Katern Sans">peil</text>',
    "<text font-family=\"'Katern Serif', serif\">peil</text>",
    '<text font-family="Hanken Grotesk, sans-serif">peil</text>',
    '<g font-family="Katern Sans"><text>peil <tspan>hoog</tspan></text></g>',
    '<text style="fill: red; font-family: Source Serif Pro">peil</text>',
    "<text style=\"font: 12px/1.2 'Katern Sans'\">peil</text>",
    '<style>.k { font-family: "Katern Sans" }</style><text class="k" y="9">peil</text>',
    "<style>text { font: 12px 'Katern Sans' }</style><g><text>peil</text></g>",
    '<style>/* } */ #p { font-family: Katern Sans }</style><text id="p">peil</text>',
    '<text font-family="Arial"> <tspan font-family="Katern Sans">peil</tspan></text>',
    '<text font-family="Arial"></text><title>peil</title>',
)
OTHER = (
    ("<text>peil</text>", "whatever font the system has"),
    ('<text font-family="Arial">peil</text>', "the font “Arial”"),
    ('<text font-family="sans-serif">peil</text>', "the font “sans-serif”"),
    ('<g font-family="Katern Sans"><text style="font: 9px Arial">peil</text></g>', "“Arial”"),
    ("<style>text { font-family: Georgia }</style><text>peil</text>", "“Georgia”"),
    ('<style>.k { font-family: Katern Sans }</style><text class="l">peil</text>', "whatever"),
    (
        '<style>text { font-family: Arial }</style><text font-family="Katern Sans">peil</text>',
        "“Arial”",
    ),
)


def engine_complains(inside: str) -> bool:
    given = {"katern:photos/x.svg": (f"{HEAD}{inside}</svg>".encode(), "image/svg+xml")}
    pages = lay_out('<img src="katern:photos/x.svg"/>', "body { font-family: Katern Sans }", given)
    return any(one.code == "P402" for one in write_pdf(pages)[1])


@pytest.mark.parametrize("inside", OWN)
def test_letters_in_a_font_of_the_book(inside: str) -> None:
    assert check_lettering("x.svg", f"{HEAD}{inside}</svg>".encode()) == []
    assert not engine_complains(inside)


@pytest.mark.parametrize(("inside", "font"), OTHER)
def test_letters_in_another_font_have_their_line(inside: str, font: str) -> None:
    (problem,) = check_lettering("x.svg", f"{HEAD}{inside}</svg>".encode())
    assert str(problem).startswith("photos/x.svg:2:1: error C317 “peil” asks for ")
    assert font in problem.message
    assert 'font-family="Katern Sans"' in problem.hint
    assert engine_complains(inside)


def test_a_font_that_only_some_machines_have_is_told_on_all() -> None:
    letters = '<text font-family="Arial, Katern Sans">peil</text>'
    (problem,) = check_lettering("x.svg", f"{HEAD}{letters}</svg>".encode())
    assert "the font “Arial”" in problem.message


def test_a_shorthand_that_the_engine_misreads_is_told_whole() -> None:
    letters = "<text style=\"font: bold 9px 'Katern Sans'\">peil</text>"
    (problem,) = check_lettering("x.svg", f"{HEAD}{letters}</svg>".encode())
    assert "the font “bold 9px 'Katern Sans”" in problem.message


def test_the_way_out_that_is_told_is_one() -> None:
    (problem,) = check_lettering("x.svg", f"{HEAD}<text>peil</text></svg>".encode())
    for attribute in re.findall(
        r'font-family="[^"]+"', f'{problem.hint} font-family="Katern Serif"'
    ):
        assert not engine_complains(f"<text {attribute}>peil</text>")


def test_a_drawing_that_cannot_be_read_is_told_elsewhere() -> None:
    assert check_lettering("x.svg", b"geen beeld") == []
