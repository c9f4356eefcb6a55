"""The screen edition as a screen reader meets it: PDF/UA-1 and PDF/A-3a, and a tree that reads."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import BOOKS
from pikepdf import Dictionary, Name, Pdf

from publish.building.build import build
from publish.checks import validators, verapdf
from publish.ground.problems import Problem
from publish.screen.tagging import joined
from publish.screen.tree import Content, Node, read_tree


def kids(element: Any) -> list[Any]:
    found = element.get("/K", pikepdf.Array())
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def elements(element: Any) -> Iterator[Any]:
    """Yield the elements below one, in reading order."""
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def parts(element: Any, page: Any = None) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield page and number of each piece of content in an element."""
    page = element.get("/Pg", page)
    for kid in kids(element):
        if isinstance(kid, int):
            yield page.objgen, kid
        elif kid.get("/Type") == Name.MCR:
            yield kid.Pg.objgen, int(kid.MCID)
        elif "/S" in kid:
            yield from parts(kid, page)


def spoken(pdf: Pdf, element: Any) -> int:
    """Return on how many pages an element is."""
    return len({page for page, _ in parts(element)})


def book(tmp_path: Path, *lines: str) -> Pdf:
    """Return the screen edition of a book of one chapter."""
    folder = tmp_path / "book"
    shutil.copytree(BOOKS / "minimal", folder)
    (chapter,) = folder.glob("*.md")
    chapter.write_text("# Een\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    built = build(folder, tmp_path / "out", ("screen",))
    assert built.made, built.problems
    assert verapdf.run(built.made[0]) == []
    return Pdf.open(built.made[0])


@pytest.fixture(scope="module")
def screen(complete: dict[str, Path]) -> Pdf:
    return Pdf.open(complete["screen"])


def of_kind(pdf: Pdf, kind: str) -> list[Any]:
    return [one for one in elements(pdf.Root.StructTreeRoot) if f"/{kind}" == one.S]


# veraPDF ------------------------------------------------------------------------------------------


def test_it_is_both(complete: dict[str, Path]) -> None:
    answers = verapdf.asked(complete["screen"])
    assert not isinstance(answers, Problem)
    assert {name: answer["broken"] for name, answer in answers.items()} == {"ua1": {}, "3a": {}}
    assert all(answer["tests"] > 10_000 for answer in answers.values())


@pytest.mark.parametrize("name", ["minimal", "almanac", "bilingual", "hebrew"])
def test_so_are_other_books(name: str, tmp_path: Path) -> None:
    built = build(BOOKS / name, tmp_path, ("screen",))
    assert verapdf.run(built.made[0]) == []


def test_what_is_not_is_told(complete: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(complete["screen"]) as pdf:
        del pdf.Root["/Lang"]
        (figure, *_) = of_kind(pdf, "Figure")
        del figure["/Alt"]
        del pdf.Root["/OutputIntents"]
        pdf.save(path)
    found = verapdf.run(path)
    assert {one.code for one in found} == {"P431"}
    told = "\n".join(one.message for one in found)
    assert "broken.pdf is not PDF/UA-1: 7.3-1, Figure tags shall include" in told
    assert "broken.pdf is not PDF/A-3a: 6.2.4.3-2, DeviceRGB shall only be used" in told


def test_without_verapdf_that_is_told(
    complete: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    jar = validators.jar
    monkeypatch.setattr(validators, "jar", lambda name: None if name == "veraPDF" else jar(name))
    (found,) = verapdf.run(complete["screen"])
    assert (found.code, "veraPDF is not installed" in found.message) == ("K701", True)
    monkeypatch.undo()
    (tmp_path / "no.pdf").write_text("no PDF at all")
    (found,) = verapdf.run(tmp_path / "no.pdf")
    assert found.code == "K701" and "gives no report" in found.message


def test_the_metadata_claim_both(screen: Pdf) -> None:
    packet = screen.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in packet
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in packet
    assert "<pdfuaid:part>1</pdfuaid:part>" in packet
    (intent,) = screen.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1" and intent.DestOutputProfile.N == 3


# The tree -----------------------------------------------------------------------------------------


def test_no_key_of_our_own_is_left(screen: Pdf) -> None:
    for one in elements(screen.Root.StructTreeRoot):
        assert not [key for key in one.keys() if "Katern" in key]  # noqa: SIM118


def test_headings_stand_once_and_in_their_order(screen: Pdf) -> None:
    headings = [
        one for one in elements(screen.Root.StructTreeRoot) if re.match("/H[1-6]", str(one.S))
    ]
    assert len(headings) > 8
    levels = [int(str(one.S)[2]) for one in headings]
    assert levels[0] == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
    assert not [one for heading in headings for one in elements(heading) if one.S == heading.S]


def test_each_note_follows_its_call(screen: Pdf) -> None:
    notes = of_kind(screen, "Note")
    assert len(notes) >= 3
    names = [str(one.ID) for one in notes]
    assert len(set(names)) == len(names)
    within = {one.objgen for note in notes for one in elements(note)}
    for note in notes:
        assert kids(note)[0].S == "/Lbl"
        if note.objgen in within:
            # It is called in a note, below which it stands.
            continue
        siblings = [one for one in kids(note.P) if isinstance(one, Dictionary) and "/S" in one]
        at = next(at for at, one in enumerate(siblings) if one.objgen == note.objgen)
        assert siblings[at - 1].S == "/Reference"


def test_a_note_that_a_note_calls_stands_in_it(tmp_path: Path) -> None:
    pdf = book(tmp_path, "Een.[^a]", "", "[^a]: Twee.[^b]", "", "[^b]: Drie.")
    outer, inner = of_kind(pdf, "Note")
    assert inner.objgen in {one.objgen for one in elements(outer)}
    assert outer.ID != inner.ID
    assert [one.S for one in elements(outer)].count("/Reference") == 1
    assert kids(inner)[0].S == "/Lbl"


def test_an_added_hyphen_is_a_soft_one_to_those_who_read_the_tags(tmp_path: Path) -> None:
    words = "gewestelijke nijverheidstentoonstellingen of landbouwvergaderingen"
    screen = book(tmp_path, *(f"Zij zag {'zeer ' * (at % 7)}{words}." for at in range(60)))
    signs = [one for one in of_kind(screen, "Span") if str(one.get("/ActualText", "")) == "\u00ad"]
    assert len(signs) > 12
    shown = {page.obj.objgen: _shown(page) for page in screen.pages}
    glyphs = []
    for sign in signs:
        ((page, number),) = parts(sign)
        glyphs.append(shown[page][number])
        # It comes right after the rest of its line, in the element that the word is of.
        siblings = kids(sign.P)
        before = siblings[siblings.index(sign) - 1]
        assert len(shown[page][int(getattr(before, "MCID", before))]) > 20
    # One glyph each; to those who read the content alone it is the hyphen that they join words at.
    assert {len(one) for one in glyphs} == {1}
    assert not any(b"00ad" in page.Contents.read_bytes().lower() for page in screen.pages)


def _shown(page: pikepdf.Page) -> dict[int, bytes]:
    """Return the glyphs of each marked content of a page; none stands in another."""
    found: dict[int, bytes] = {}
    number, depth = -1, 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            of_tree = name == "BDC" and "/MCID" in operands[1]
            assert not (of_tree and number >= 0)
            number = int(operands[1].MCID) if of_tree else number
            depth += 1
        elif name == "EMC":
            depth -= 1
            number = number if depth else -1
        elif name == "TJ" and number >= 0:
            codes = b"".join(bytes(one) for one in operands[0] if isinstance(one, pikepdf.String))
            found[number] = found.get(number, b"") + codes
    return {number: codes[::2] for number, codes in found.items()}


def test_captions_stand_in_their_figures(screen: Pdf) -> None:
    figures = of_kind(screen, "Figure")
    with_caption = [one for one in figures if any(kid.S == "/Caption" for kid in elements(one))]
    assert len(with_caption) >= 3
    assert all(str(one.Alt) for one in figures)
    assert all(one.P.S in ("/Figure", "/Table", "/Div") for one in of_kind(screen, "Caption"))


def test_lists_have_items_with_labels_and_bodies(screen: Pdf) -> None:
    items = of_kind(screen, "LI")
    assert len(items) > 10
    for one in items:
        assert {str(kid.S) for kid in kids(one)} <= {"/Lbl", "/LBody"}
        assert sum(kid.S == "/LBody" for kid in kids(one)) == 1
    for one in of_kind(screen, "L"):
        assert {str(kid.S) for kid in kids(one)} <= {"/LI", "/L"}


def test_languages_are_kept(screen: Pdf) -> None:
    said = {str(one.Lang) for one in elements(screen.Root.StructTreeRoot) if "/Lang" in one}
    assert {"ru", "grc"} <= said


def test_running_heads_are_artifacts(screen: Pdf) -> None:
    owned = set(parts(screen.Root.StructTreeRoot))
    heads, folios = 0, 0
    for page in screen.pages:
        inside = None
        for step in pikepdf.parse_content_stream(page):
            name, operands = str(step.operator), list(step.operands)
            if name == "BDC":
                inside = operands
                if "/MCID" in operands[1]:
                    assert (page.obj.objgen, int(operands[1].MCID)) in owned
            elif name == "EMC":
                inside = None
            elif name in ("Tj", "TJ"):
                assert inside is not None
                heads += inside[0] == "/Artifact" and inside[1].Type == "/Pagination"
            elif name == "Do" and str(operands[0]).startswith("/Folio"):
                assert inside is not None
                folios += inside[0] == "/Artifact" and inside[1].Type == "/Pagination"
    assert (heads > 5, folios > 10) == (True, True)


def test_what_goes_on_overleaf_is_one(tmp_path: Path) -> None:
    words = "Het water zakt en stijgt en zakt weer. " * 130
    rows = [f"| {year} | {year * 7 % 97} |" for year in range(1900, 1990)]
    pdf = book(tmp_path, words, "", "| Jaar | Peil |", "|---|---:|", *rows, "", ": Peil {#peil}")
    paragraph = max(of_kind(pdf, "P"), key=lambda one: len(list(parts(one))))
    assert spoken(pdf, paragraph) >= 2
    (table,) = of_kind(pdf, "Table")
    assert spoken(pdf, table) >= 2
    (head,) = of_kind(pdf, "THead")
    heads = [one for one in elements(head) if one.S == "/TH"]
    assert [(len(list(parts(one))), str(one.A.Scope)) for one in heads] == [(1, "/Column")] * 2
    assert len(of_kind(pdf, "TR")) == 91


def test_a_definition_list_is_a_list_of_terms_and_meanings(tmp_path: Path) -> None:
    pdf = book(tmp_path, "Dijk", "", ": Een muur van aarde.", "", "Sluis", "", ": Een deur.", "")
    lists = of_kind(pdf, "L")
    (terms,) = (one for one in lists if any(kid.S == "/Lbl" for kid in elements(one)))
    shapes = [[str(kid.S) for kid in kids(item)] for item in kids(terms)]
    assert shapes == [["/Lbl", "/LBody"]] * 2


def test_joining_keeps_all_content_in_its_order() -> None:
    def node(number: int, *inside: Any, kind: str = "P", html: str = "p") -> Node:
        return Node(kind, number, html, kids=list(inside))

    run = [Node("Span", kids=[Content(page, 0)]) for page in range(4)]
    tree = Node("Document")
    tree.kids = [
        node(1, node(2, run[0]), kind="Div", html="div"),
        node(1, node(2, node(2, run[1])), node(3, run[2]), kind="Div", html="div"),
        node(4, run[3]),
    ]
    whole = joined(tree)
    assert list(whole.contents()) == [Content(page, 0) for page in range(4)]
    assert [one.element for one in whole.walk()] == [-1, 1, 2, 3, 4]


def test_the_engine_tells_the_origin_of_each_tag(tmp_path: Path) -> None:
    from publish.engine.layout import lay_out, write_pdf

    pages = lay_out('<html lang="nl"><title>x</title><p class="a b">Een <i lang="fr">deux</i></p>',
                    "", {})  # fmt: skip
    data, _ = write_pdf(pages, "pdf/ua-1")
    path = tmp_path / "told.pdf"
    path.write_bytes(data)
    with Pdf.open(path) as pdf:
        nodes = list(read_tree(pdf).walk())
    (paragraph,) = (one for one in nodes if one.html == "p")
    (french,) = (one for one in nodes if one.html == "i")
    assert (paragraph.classes, french.language) == (("a", "b"), "fr")
