"""SVG cleaned: what may stand stays, what reaches out or runs goes, and two drawings never meet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from publish.pictures.svg import Drawing, Unusable, clean_svg

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' viewBox="0 0 100 50">'
)


def cleaned(inside: str, prefix: str = "a--", head: str = HEAD) -> str:
    return clean_svg(f"{head}{inside}</svg>".encode(), prefix).data.decode()


@pytest.mark.parametrize(
    "inside",
    [
        "<script>fetch('https://boos.example/')</script>",
        '<rect width="1" height="1" onclick="boos()" onload="boos()"/>',
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">boos</body></foreignObject>',
        '<image href="https://boos.example/x.png" width="1" height="1"/>',
        '<image xlink:href="//boos.example/x.png" width="1" height="1"/>',
        '<image href="boos.png" width="1" height="1"/>',
        '<image href="data:image/svg+xml;base64,Ym9vcw==" width="1" height="1"/>',
        '<use href="boos.svg#x"/>',
        '<a href="javascript:boos()"><rect width="1" height="1"/></a>',
        '<a xlink:href="https://boos.example/"><rect width="1" height="1"/></a>',
        '<rect fill="url(https://boos.example/#x)" width="1" height="1"/>',
        '<rect style="fill: url(\'boos.svg#x\')" width="1" height="1"/>',
        '<rect style="behavior: url(#x) url(boos.htc)" width="1" height="1"/>',
        r'<rect style="fill: u\72l(boos.svg)" width="1" height="1"/>',
        '<rect style="fill: image-set(&quot;boos.png&quot; 1x)" width="1" height="1"/>',
        '<style>@import "boos.css"; rect { fill: red }</style>',
        "<style>@font-face { font-family: x; src: url(boos.woff) }</style>",
        "<style>@media print { rect { fill: url(boos.svg#x) } } rect { fill: red }</style>",
        "<style>rect { fill: url(boos.svg#x) }</style>",
        "<style><![CDATA[rect { background: url(boos.png) }]]></style>",
        '<rect><animate attributeName="href" to="boos"/><set attributeName="x" to="boos"/></rect>',
        '<metadata><x xmlns="urn:boos">boos</x></metadata>',
        '<rect xmlns:i="urn:boos" i:label="boos" width="1" height="1"/>',
        '<rect xml:base="boos" width="1" height="1"/>',
        "<!-- boos --><?boos boos?>",
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="boos"/>',
        '<rect data-x="boos" aria-labelledby="boos" role="boos"/>',
    ],
)
def test_what_runs_or_reaches_out_goes(inside: str) -> None:
    result = cleaned(inside + '<text x="1">blijft</text>')
    assert "oos" not in result
    assert "blijft</text>" in result


def test_what_an_external_entity_names_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "geheim"
    secret.write_text("boos")
    data = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret.as_uri()}">]>{HEAD}<text>&x;</text></svg>'
    with pytest.raises(Unusable):
        clean_svg(data.encode(), "a--")


def test_an_entity_of_the_file_itself_becomes_text_and_the_doctype_goes() -> None:
    data = f'<!DOCTYPE svg [<!ENTITY naam "de beek">]>{HEAD}<text>&naam;</text></svg>'
    result = clean_svg(data.encode(), "a--").data
    assert b"<text>de beek</text>" in result
    assert b"DOCTYPE" not in result and b"ENTITY" not in result


def test_entities_that_multiply_are_refused() -> None:
    many = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(12))
    data = f"<!DOCTYPE svg [{many}]>{HEAD}<text>&e11;</text></svg>"
    with pytest.raises(Unusable):
        clean_svg(data.encode(), "a--")


@pytest.mark.parametrize("data", ["", "geen xml", "<svg/>", "<p/>", HEAD, "<svg><svg>"])
def test_what_is_no_svg_is_refused(data: str) -> None:
    with pytest.raises(Unusable):
        clean_svg(data.encode(), "a--")


def test_text_titles_and_the_order_of_all_that_stays() -> None:
    inside = (
        "<title>Kaart</title><g>een <b xmlns='urn:x'>weg</b> twee"
        "<text>drie <tspan>vier</tspan></text></g>vijf"
    )
    root = etree.fromstring(cleaned(inside).encode())
    assert "".join(map(str, root.itertext())) == "Kaarteen  tweedrie viervijf"


def test_what_is_linked_stays_without_its_link() -> None:
    result = cleaned('<a href="https://example.org/"><text>woord</text></a>')
    assert "<g><text>woord</text></g>" in result


def test_ids_and_all_that_refers_to_them_get_the_prefix() -> None:
    result = cleaned(
        '<defs><clipPath id="v"><rect/></clipPath><linearGradient id="w" href="#v"/></defs>'
        '<g clip-path="url(#v)" style="fill: url(&quot;#w&quot;); stroke: red">'
        '<use xlink:href="#v"/></g>'
    )
    ids = re.findall(r' id="([^"]+)"', result)
    assert ids == ["a--svg", "a--v", "a--w"]
    referred = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', result)
    assert sorted(one or other for one, other in referred) == ["a--v", "a--v", "a--v", "a--w"]
    assert "stroke: red" in result


def test_rules_of_a_style_hold_for_one_drawing_alone() -> None:
    result = cleaned(
        "<style>/* uitleg */ .kolom, #top > text { fill: red; stroke: url(#v) }"
        " text { fill: blue }</style>"
        '<rect class="kolom groot" id="top"/>'
    )
    rules = re.search(r"<style>(.*)</style>", result, re.DOTALL)
    assert rules
    assert rules[1].replace("&gt;", ">").splitlines() == [
        "#a--svg .a--kolom, #a--svg #a--top > text { fill: red; stroke: url(#a--v) }",
        "#a--svg text { fill: blue }",
    ]
    assert 'class="a--kolom a--groot" id="a--top"' in result


def test_rules_beside_an_at_rule_stay() -> None:
    result = cleaned(
        '<style>@import "x.css"; rect { fill: red } @media print { rect { fill: blue } }'
        " @font-face { font-family: x } path { fill: none }</style>"
    )
    assert re.findall(r"#a--svg \w+ \{[^}]*\}", result) == [
        "#a--svg rect { fill: red }",
        "#a--svg path { fill: none }",
    ]


@pytest.mark.parametrize(
    ("attributes", "box"),
    [
        ('viewBox="0 0 100 50"', (100, 50)),
        ('viewBox="-10,-5  20.5 , 10"', (20.5, 10)),
        ('width="300" height="200px"', (300, 200)),
        ('width="25.4mm" height="1in"', (96, 96)),
        ('width="2cm" height="72pt"', (75.591, 96)),
    ],
)
def test_every_drawing_gets_a_view_box(attributes: str, box: tuple[float, float]) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect/></svg>'
    drawing = clean_svg(data.encode(), "a--")
    assert (drawing.width, drawing.height) == box
    root = etree.fromstring(drawing.data)
    assert root.get("viewBox", "").split()[2:] == [f"{box[0]:g}", f"{box[1]:g}"]


@pytest.mark.parametrize(
    "attributes",
    ["", 'width="100%" height="50%"', 'viewBox="0 0 0 5"', 'viewBox="a b c d"', 'width="9"'],
)
def test_a_drawing_without_a_size_is_refused(attributes: str) -> None:
    data = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect/></svg>'
    with pytest.raises(Unusable, match="neither a viewBox nor"):
        clean_svg(data.encode(), "a--")


def test_a_prefix_of_names_becomes_none_so_that_html_can_hold_it() -> None:
    data = b'<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><s:rect/></s:svg>'
    assert b"<rect/>" in clean_svg(data, "a--").data


def test_cleaning_twice_changes_nothing_but_the_prefix() -> None:
    once = clean_svg(f'{HEAD}<rect id="x" fill="url(#x)"/></svg>'.encode(), "")
    assert clean_svg(once.data, "") == Drawing(once.data, 100, 50)


@pytest.mark.parametrize(
    "body",
    [
        '<g id="a"><rect width="3" height="3"/><use href="#a"/></g>',
        '<g id="a"><use xlink:href="#b"/></g><g id="b"><use href="#a"/></g>',
    ],
)
def test_what_draws_itself_within_itself_is_none(body: str) -> None:
    with pytest.raises(Unusable, match="it draws “a” within itself, by using it there"):
        cleaned(body)
    assert "use" in cleaned(body.replace("#a", "#c"))


def test_what_uses_what_uses_others_is_counted() -> None:
    def level(number: int) -> str:
        uses = f'<use href="#a{number}"/>' * 10
        return f'<g id="a{number + 1}">{uses}</g>'

    def drawing(levels: int) -> str:
        return '<circle id="a0" r="1"/>' + "".join(map(level, range(levels)))

    assert cleaned(drawing(4)).count("<use") == 40
    with pytest.raises(Unusable, match="draws more than 200,000 things, by using what uses others"):
        cleaned(drawing(9))
    chain = "".join(f'<g id="c{at + 1}"><use href="#c{at}"/></g>' for at in range(5_000))
    with pytest.raises(Unusable, match="draws more than"):
        cleaned(f'<circle id="c0" r="1"/>{chain}<use href="#c5000"/>')
