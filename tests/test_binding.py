"""Parts of a book that were laid out apart are one PDF: one outline, one set of names, one tree."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Name, Pdf

from publish.building.printing import Printing
from publish.engine import bindery
from publish.engine.beginning import Beginning
from publish.engine.casting import cast
from publish.engine.layout import blank, lay_out, write_pdf
from publish.engine.margins import Margins
from publish.engine.parts import Pages, Part, Variant, bound, filled
from publish.ground.problems import Unmakeable
from publish.press.inks import Inks

CSS = """
html { font-family: "Katern Serif" }
@page { font-family: "Katern Serif"; size: 90mm 120mm; margin: 12mm; @top-left { content: "Peil" }
  @bottom-left { content: "— " counter(page) } @bottom-right { content: counter(pages) } }
h1 { bookmark-level: 1; break-before: page } h2 { bookmark-level: 2 } h4 { bookmark-level: 4 }
"""
TABLE = "<table><tr><th>Jaar</th><th>Peil</th></tr><tr><td>{}</td><td>hoog</td></tr></table>"
FIRST = f"""<h1 id="deel">Deel</h1><p><a href="#kop">Zie de kop</a></p>{TABLE.format(1953)}
<h4 id="diep">Diep</h4>"""
SECOND = f"""<h2 id="kop">Kop</h2><p id="deel">Nog een deel, <a href="#weg">weg</a>, en
<a href="https://example.org/">elders</a>.</p>{TABLE.format(1916)}<h1 id="slot">Slot</h1>"""


def part(html: str, margins: Margins = "all", page: int = 1) -> Part:
    """Lay a part out."""
    document = f'<html lang="nl"><title>Peil</title><body>{html}</body></html>'
    where = Beginning(page, "page", {}) if page > 1 else Beginning()
    return lay_out(document, CSS, {}, where=where, margins=margins).parts[0]


@pytest.fixture(scope="module")
def pages() -> Pages:
    """Return two parts."""
    return bound([part(FIRST), part(SECOND, page=2)])


def opened(pages: Pages, variant: Variant = "") -> Pdf:
    return Pdf.open(BytesIO(write_pdf(pages, variant)[0]))


def test_the_outline_goes_on_from_part_to_part(pages: Pages) -> None:
    with opened(pages) as pdf, pdf.open_outline() as outline:

        def told(items: list[Any]) -> list[Any]:
            return [(one.title, told(one.children)) for one in items]

        assert told(outline.root) == [("Deel", [("Diep", []), ("Kop", [])]), ("Slot", [])]
        targets = [outline.root[0], outline.root[0].children[1], outline.root[1]]
        assert [one.destination[0].objgen for one in targets] == [
            pdf.pages[at].obj.objgen for at in (0, 1, 2)
        ]


def test_a_link_finds_its_name_in_another_part_and_one_that_does_not_is_told(pages: Pages) -> None:
    data, problems = write_pdf(pages)
    assert [one.message for one in problems] == [
        "the layout engine says: No anchor #weg for internal URI reference"
    ]
    with Pdf.open(BytesIO(data)) as pdf:
        pairs = list(pdf.Root.Names.Dests.Names)
        names = {str(name): to for name, to in zip(pairs[::2], pairs[1::2], strict=True)}
        assert list(names) == sorted(names) == ["deel", "diep", "kop", "slot"]
        # Of two that are called so the first is meant.
        assert names["deel"][0].objgen == pdf.pages[0].obj.objgen
        assert names["kop"][0].objgen == pdf.pages[1].obj.objgen
        (link,) = pdf.pages[0].obj.Annots
        assert str(link.Dest) == "kop"
        kinds = [one.get("/A", {}).get("/S") for one in pdf.pages[1].obj.Annots]
        assert kinds == [None, Name.URI]


def test_the_tree_of_all_parts_is_one_and_numbers_nothing_twice(pages: Pages) -> None:
    with opened(pages, "pdf/ua-1") as pdf:
        root = pdf.Root.StructTreeRoot
        (whole,) = root.K
        elements, waiting = [], [whole]
        while waiting:
            one = waiting.pop()
            elements.append(one)
            waiting += [
                kid
                for kid in one.get("/K", ())
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
            ]
        names = [str(one.ID) for one in elements if "/ID" in one]
        assert len(names) == len(set(names)) == 4
        headed = [
            [str(name) for name in one.A.Headers]
            for one in elements
            if "/A" in one and "/Headers" in one.A
        ]
        assert sorted(name for one in headed for name in one) == sorted(names)
        numbers = [int(page.obj.StructParents) for page in pdf.pages]
        links = [int(one.StructParent) for page in pdf.pages for one in page.obj.get("/Annots", ())]
        assert sorted([*numbers, *links]) == list(range(len(numbers) + len(links)))
        nums = list(root.ParentTree.Nums)
        rows = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        assert list(rows) == list(range(len(numbers) + len(links)))
        # What owns a link has it among its children.
        for page in pdf.pages:
            for link in page.obj.get("/Annots", ()):
                kids = [
                    kid.Obj.objgen
                    for kid in rows[int(link.StructParent)].K
                    if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid
                ]
                assert kids == [link.objgen]
        made = {
            int(one.KaternElement): str(one.KaternTag)
            for one in elements
            if "/KaternElement" in one
        }
        tags = sorted(tag for tag in made.values() if tag in ("h1", "h2", "h4", "table"))
        assert tags == ["h1", "h1", "h2", "h4", "table", "table"]


def test_blank_pages_stand_before_the_last_part_and_have_no_language(pages: Pages) -> None:
    whole = filled(bound([*pages.parts, part("<p>Achterkant</p>")]), 8, True, blank)
    assert whole.count == 8
    texts = ["".join(box.text for box in page.descendants()) for page in whole.boxes]
    assert [bool(text) for text in texts] == [True, True, True, False, False, False, False, True]
    assert {(leaf.width, leaf.height) for leaf in whole.leaves} == {
        (whole.leaves[0].width, whole.leaves[0].height)
    }


def margins_of(made: Part) -> list[list[str]]:
    """Return the words in the margins of each page."""
    return [
        [
            "".join(text.text for text in box.descendants())
            for box in leaf.box.children
            if box.kind == "margin"
        ]
        for leaf in made.leaves
    ]


def test_folios_are_set_apart_and_stand_over_the_pages() -> None:
    heads, folios = part(SECOND, "heads"), part('<h1></h1><h1 style="margin: 0"></h1>', "folios")
    assert margins_of(heads) == [["Peil"], ["Peil"]]
    assert margins_of(folios) == [["— 1", "2"], ["— 2", "2"]]
    both = heads.with_folios(folios)
    assert margins_of(both) == [["Peil", "— 1", "2"], ["Peil", "— 2", "2"]]
    assert margins_of(heads) == [["Peil"], ["Peil"]]
    with pytest.raises(Unmakeable, match="2 pages have 1 pages of folios"):
        heads.with_folios(part("<h1></h1>", "folios"))
    with opened(bound([both])) as pdf:
        forms = [
            page.obj.Resources.XObject["/Folio" + str(at)] for at, page in enumerate(pdf.pages)
        ]
        assert [form.Subtype for form in forms] == [Name.Form, Name.Form]
        shown = [page.obj.Contents.read_bytes().split(b"/Artifact")[1] for page in pdf.pages]
        assert [one.split() for one in shown] == [
            f"<</Type /Pagination>> BDC q /Folio{at} Do Q EMC".encode().split() for at in (0, 1)
        ]


def test_what_a_part_says_is_said_once_of_the_book() -> None:
    odd = part("<p style='colour: red'>Peil</p>"), part("<p style='colour: red'>Nog een</p>")
    assert len(odd[0].problems) == 1
    assert bound(odd).problems == odd[0].problems


def test_what_fails_while_the_pages_are_written_is_a_problem(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(Pdf, "save", broken)
    with pytest.raises(Unmakeable, match="the layout engine says: RuntimeError: no room"):
        write_pdf(pages)


DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 60" font-size="8">
<defs><pattern id="p" width="50" height="20" patternUnits="userSpaceOnUse">
<text y="10" font-family="Katern Sans" font-weight="bold">tegel</text></pattern>
<mask id="m"><text y="30" font-family="Katern Sans" fill="white">masker</text></mask></defs>
<rect width="100" height="20" fill="url(#p)"/>
<rect y="20" width="100" height="20" fill="black" mask="url(#m)"/>
<g opacity="0.5"><text y="50" font-family="Katern Serif" font-style="italic">groep</text></g>
</svg>"""


@pytest.mark.parametrize("variant", ["", "pdf/ua-1"])
@pytest.mark.parametrize("inked", [False, True])
def test_a_font_is_there_wherever_something_is_drawn_with_it(variant: Variant, inked: bool) -> None:
    """Also in a pattern, a mask and a group, each in a face that nothing else is set in."""
    document = f'<html lang="nl"><title>Peil</title><body><p>Tekst</p>{DRAWING}</body></html>'
    laid = lay_out(document, CSS, {})
    printing = Printing(variant, Inks("#c8102e", (0, 1, 0.8, 0)) if inked else None)
    assert printing.write(laid.parts[0]) == []
    with bindery.bound(laid, [printing.of(laid.parts[0])], [None], cast) as whole:
        assert whole.problems == []
        data = bindery.saved(whole)
    with Pdf.open(BytesIO(data)) as pdf:
        holders = [
            one for one in pdf.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)
        ]
        holders += [one.Resources for one in holders if "/Resources" in one]
        named = [
            font
            for one in holders
            if isinstance(fonts := one.get("/Font"), pikepdf.Dictionary)
            for font in fonts.values()
        ]
        assert {font.get("/Subtype") for font in named} == {Name.Type0}
        faces = {str(font.BaseFont).partition("+")[2] for font in named}
    assert len(faces) == 4, faces
