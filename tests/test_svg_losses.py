"""What the cleaning of a drawing takes out of the picture is told, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.book.model import Photo
from publish.ground.root import BookRoot
from publish.ground.source import Span
from publish.pictures.photos import epub_picture, print_picture
from publish.pictures.svg import clean_svg
from publish.pictures.svg_losses import Loss

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 100 50">\n'
)


def lost(inside: str, before: str = "") -> list[Loss]:
    return list(clean_svg(f"{before}{HEAD}{inside}</svg>".encode(), "a--").lost)


@pytest.mark.parametrize(
    ("inside", "line", "what"),
    [
        (
            "<foreignObject><p xmlns='urn:x'>hoog\nwater</p></foreignObject>",
            2,
            "words “hoog water”",
        ),
        ("<rect/>\n<flowRoot><flowPara>laag</flowPara></flowRoot>", 3, "the words “laag”"),
        ("<text>a <tref xlink:href='#b'/></text>", 2, "<tref>"),
        ("\n<image\n  width='1'\n  href='kaart.png'/>", 3, "“kaart.png”, which is not in it"),
        ("<image xlink:href='https://example.org/x.png'/>", 2, "“https://example.org/x.png”"),
        ("<image href='data:image/webp;base64,AAAA'/>", 2, "“data:image/webp;base64,AAAA”"),
        ("<use href='andere.svg#x'/>", 2, "“andere.svg#x”"),
        ("<linearGradient id='v' href='andere.svg#v'/>", 2, "“andere.svg#v”"),
        ("<rect fill='url(andere.svg#v)'/>", 2, "its fill, “url(andere.svg#v)”"),
        (
            "<rect style='stroke: red; fill: url(andere.svg#v)'/>",
            2,
            "its fill, “url(andere.svg#v)”",
        ),
        ("<style>\n/* een\ntwee */ rect { mask: url(b.svg#m) }</style>", 4, "its mask"),
        ("<mesh/>", 2, "its <mesh>"),
        ("<iframe xmlns='http://www.w3.org/1999/xhtml'/>", 2, "its <iframe>"),
    ],
)
def test_what_would_have_been_seen_is_told_with_its_line(inside: str, line: int, what: str) -> None:
    (loss,) = lost(inside)
    assert (loss.line, loss.sure) == (line, True)
    assert what in loss.what
    assert loss.advice


@pytest.mark.parametrize(
    ("inside", "line", "what"),
    [
        ("<script>teken()</script>", 2, "what its <script> does"),
        ("<rect>\n<animate attributeName='x'/></rect>", 3, "what its <animate> does"),
        ("<style>rect { fill: red }\n@media print { rect { fill: blue } }</style>", 3, "@media"),
        ("<style>@import 'huis.css';</style>", 2, "@import"),
        ("<style>@font-face { font-family: Huis }</style>", 2, "@font-face"),
    ],
)
def test_what_may_have_been_seen_weighs_less(inside: str, line: int, what: str) -> None:
    (loss,) = lost(inside)
    assert (loss.line, loss.sure) == (line, False)
    assert what in loss.what


def test_a_style_sheet_of_its_own_is_told() -> None:
    before = '<?xml version="1.0"?>\n<?xml-stylesheet type="text/css" href="huis.css"?>\n'
    (loss,) = lost("<rect/>", before)
    assert (loss.line, loss.what) == (2, "the style sheet “huis.css”")


@pytest.mark.parametrize(
    "inside",
    [
        "<metadata><x xmlns='urn:x'>woord</x></metadata>",
        "<x:namedview xmlns:x='urn:x' x:zoom='2'/>",
        "<rect xmlns:x='urn:x' x:label='naam' data-naam='x' onclick='x()'/>",
        "<flowRoot><flowPara> </flowPara></flowRoot>",
        "<foreignObject width='1'/>",
        "<switch><foreignObject><p xmlns='urn:x'>a</p></foreignObject><text>a</text></switch>",
        "<switch requiredFeatures='http://www.w3.org/TR/SVG11/feature#Shape'><rect/></switch>",
        "<a href='https://example.org/'><rect/></a>",
        "<rect style='cursor: url(hand.cur); -x-spec: url(y)'/>",
        "<style>@charset 'utf-8'; rect { fill: red }</style>",
        "<image href='data:image/png;base64,AAAA'/>",
        "<image/><script/>",
        "<!-- <foreignObject>a</foreignObject> -->",
    ],
)
def test_what_nobody_would_have_seen_is_not_told(inside: str) -> None:
    assert lost(inside) == []


@pytest.mark.parametrize("edition", ["epub", "print"])
def test_a_loss_is_a_problem_at_the_pictures_file(tmp_path: Path, edition: str) -> None:
    (tmp_path / "photos").mkdir()
    inside = "<foreignObject><p>hoog</p></foreignObject>\n<script>teken()</script>"
    (tmp_path / "photos" / "peil.svg").write_text(f"{HEAD}{inside}</svg>", encoding="utf-8")
    photo = Photo("peil", "peil.svg", "drawing", (), "iets", Span("captions.toml", 4, 2))
    make = epub_picture if edition == "epub" else lambda *one: print_picture(*one, 100.0)
    asset, problems = make(photo, BookRoot(tmp_path))
    assert asset
    assert [str(one) for one in problems] == [
        "photos/peil.svg:2:1: error C315 the picture is shown without the words “hoog”",
        "photos/peil.svg:3:1: warning C316 the picture is shown without what its <script> does",
    ]
    assert all(one.hint for one in problems)
