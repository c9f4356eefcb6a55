"""What runs of a word processor's file are besides letters: links of fields, signs, two marks."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from test_importing_docx import run, saved, taken
from test_importing_docx_kept import book_of, lines_told, paragraph
from test_importing_docx_parts import FIELD, part, told

from publish.book.inlines import Emphasis, Inline, Link, Strong, plain, walk_inlines
from publish.book.model import Paragraph
from publish.importing.docx.symbols import symbol

ADDRESS = "https://molen.example/"


def inlines(folder: Path, *xml: str) -> tuple[Inline, ...]:
    _, book = book_of(folder, paragraph("".join(xml)))
    (found,) = book.chapters[0].blocks
    assert isinstance(found, Paragraph)
    return found.inlines


def asked(*asks: str, shown: str = run("de molen")) -> str:
    """Return a field that asks for this, in as many runs."""
    parts = "".join(f'<w:r><w:instrText xml:space="preserve">{a}</w:instrText></w:r>' for a in asks)
    begin, separate, end = map(FIELD.format, ("begin", "separate", "end"))
    return f"{begin}{parts}{separate}{shown}{end}"


@pytest.mark.parametrize(
    ("xml", "leads"),
    [
        (asked(f' HYPERLINK "{ADDRESS}" '), [ADDRESS]),
        (asked(" HYPER", f'LINK "{ADDRESS}"', ' \\o "naar de molen"'), [ADDRESS]),
        (asked(f" HYPERLINK {ADDRESS} "), [ADDRESS]),
        (asked(f'HYPERLINK \\o "naar \\"de\\" molen" "{ADDRESS}"'), [ADDRESS]),
        (asked(f'HYPERLINK \\l"wiek" \\t "_blank" {ADDRESS}'), [f"{ADDRESS}#wiek"]),
        (asked(f'HYPERLINK \\m \\n "{ADDRESS}" \\* MERGEFORMAT'), [ADDRESS]),
        (asked(f'HYPERLINK "{ADDRESS}a\\b\\\\c(d)"'), [f"{ADDRESS}a%5Cb%5Cc%28d%29"]),
        (asked(f'HYPERLINK "{ADDRESS}a&#10;b&#9;c"'), [f"{ADDRESS}abc"]),
        (asked(f'HYPERLINK "{ADDRESS}" \\l "wiek"'), [f"{ADDRESS}#wiek"]),
        (asked('HYPERLINK \\l "_Toc1"'), []),
        (asked('HYPERLINK "javascript:x"'), []),
        (asked(f'REF "{ADDRESS}"'), []),
        (asked(f'HYPERLINK "{ADDRESS}"', shown=asked("PAGEREF", shown=run("12"))), [ADDRESS]),
        (
            f"<w:fldSimple w:instr='HYPERLINK &quot;{ADDRESS}&quot;'>{run('de molen')}"
            "</w:fldSimple>",
            [ADDRESS],
        ),
    ],
)
def test_a_field_that_leads_to_the_web_is_a_link(
    tmp_path: Path, xml: str, leads: list[str]
) -> None:
    found = inlines(tmp_path, run("Zie "), xml, run(" daar."))
    links = [one for one in walk_inlines(found) if isinstance(one, Link)]
    assert [one.href for one in links] == leads
    words = "12" if "12" in xml else "de molen"
    assert plain(found) == f"Zie {words} daar."
    assert [plain(one.children) for one in links] == [words] * len(leads)


BROKEN = "here stood a link with a tab or the end of a line in its address, which is now"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://molen.example/a&#10;b", [f"{BROKEN} https://molen.example/ab"]),
        ("file:x", ["here stood a link to “file:x”, which is no address on the web"]),
        ("http://", ["here stood a link to “http://”, which is no address on the web"]),
        (
            "https://molen.example/a\u200bb",
            [f"here stood a link to “{ADDRESS}a\u200bb”, which is no address on the web"],
        ),
        (ADDRESS, []),
    ],
)
@pytest.mark.parametrize("simple", [True, False])
def test_an_address_that_is_lost_or_mended_is_told_once_and_its_words_stay(
    tmp_path: Path, address: str, said: list[str], simple: bool
) -> None:
    shown = run("de ") + run("molen")
    quoted = f"HYPERLINK &quot;{address}&quot;"
    xml = f'<w:fldSimple w:instr="{quoted}">{shown}</w:fldSimple>' if simple else ""
    imported, book = book_of(tmp_path, paragraph(xml or asked(quoted, shown=shown)))
    assert told(imported, "link") == said
    (found,) = book.chapters[0].blocks
    assert isinstance(found, Paragraph)
    assert plain(found.inlines) == "de molen"


def test_a_link_leads_to_the_place_on_the_web_that_it_names(tmp_path: Path) -> None:
    made = docx.Document()
    key = made.part.relate_to(ADDRESS, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = f'<w:hyperlink r:id="{key}" w:anchor="de wiek">{run("daar")}</w:hyperlink>'
    made.add_paragraph("Zie ")._p.append(part(link))
    _, book = taken(saved(made), tmp_path)
    (found,) = book.chapters[0].blocks
    assert isinstance(found, Paragraph)
    links = [one for one in walk_inlines(found.inlines) if isinstance(one, Link)]
    assert [one.href for one in links] == [f"{ADDRESS}#de%20wiek"]


def test_cross_references_are_words_and_told_once_with_their_number(tmp_path: Path) -> None:
    page = asked(" PAGEREF _Ref1 \\h ", shown=run("12"))
    simple = f'<w:fldSimple w:instr=" REF _Ref1 ">{run("Tabel 3")}</w:fldSimple>'
    within = f'<w:hyperlink w:anchor="_Ref1">{run("daar")}</w:hyperlink>'
    hidden = page.replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>").replace("<w:rPr></w:rPr>", "")
    contents = paragraph(run("Het begin ") + page, "TOC1")
    blocks = [
        *(contents, paragraph(run("Droog.") + hidden), paragraph(run("Zie ") + simple)),
        paragraph(
            run("Blz. ") + page + run(", ") + within + run(" en ") + asked('HYPERLINK \\l "x"')
        ),
    ]
    made = docx.Document()
    made.styles.add_style("TOC 1", WD_STYLE_TYPE.PARAGRAPH)
    for xml in blocks:
        made.element.body.insert(len(made.element.body) - 1, part(xml))
    imported, book = taken(saved(made), tmp_path)
    words = [plain(one.inlines) for one in book.chapters[0].blocks if isinstance(one, Paragraph)]
    assert words == ["Droog.", "Zie Tabel 3", "Blz. 12, daar en de molen"]
    assert lines_told(imported, "reference") == [
        (3, "cross references are plain words here: 4, in line 3, 4")
    ]


def test_one_cross_reference_is_told_as_one(tmp_path: Path) -> None:
    imported, _ = book_of(tmp_path, paragraph(run("Zie ") + asked("NOTEREF _Ref2")))
    assert told(imported, "reference") == ["cross references are plain words here: 1, in line 1"]


@pytest.mark.parametrize(
    ("font", "place", "char"),
    [
        *(("Symbol", "F06C", "λ"), ("Symbol", "0057", "Ω"), ("symbol", "F0AE", "→")),
        *(("Symbol", "F0B3", "≥"), ("Symbol", "F0BF", "↵"), ("Symbol", "F0DE", "⇒")),
        *(("Symbol", "F0E5", "∑"), ("Symbol", "F0F2", "∫")),
        *(("Wingdings", "F0E0", "→"), ("Wingdings", "F0FC", "✔"), ("Courier", "00E9", "é")),
    ],
)
def test_a_sign_is_found_by_its_place_in_its_font(font: str, place: str, char: str) -> None:
    assert symbol(font, place) == char


def test_a_bullet_is_known(tmp_path: Path) -> None:
    signs = '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Arial" w:char="2022"/></w:r>'
    imported, book = book_of(tmp_path, paragraph(run("Een ") + signs + run(" punt.")))
    assert [
        plain(one.inlines) for one in book.chapters[0].blocks if isinstance(one, Paragraph)
    ] == ["Een •• punt."]
    assert told(imported, "sign") == []


def test_a_sign_that_is_not_known_is_told(tmp_path: Path) -> None:
    signs = '<w:r><w:sym w:font="Symbol" w:char="F06C"/><w:sym w:font="Noten" w:char="F021"/></w:r>'
    imported, book = book_of(tmp_path, paragraph(run("De hoek ") + signs))
    (found,) = book.chapters[0].blocks
    assert isinstance(found, Paragraph)
    assert plain(found.inlines) == "De hoek λ•"
    said = "“•” stands for character F021 of the font Noten, which is not known"
    assert told(imported, "sign") == [said]


MARKS = {"s": "<w:b/>", "e": "<w:i/>", "b": "<w:b/><w:i/>", "n": ""}


@pytest.mark.parametrize(
    "kinds", [*(a + b for a, b in product("seb", repeat=2) if a != b), "ses", "ese", "nsen", "snes"]
)
def test_strong_words_and_emphasis_may_meet_within_a_word(tmp_path: Path, kinds: str) -> None:
    words = [run(f"wiek{at}", MARKS[kind]) for at, kind in enumerate(kinds)]
    assert all(a != b for a, b in pairwise(kinds))
    found = inlines(tmp_path, run("Het "), *words, run(" draait."))
    assert plain(found) == f"Het {''.join(f'wiek{at}' for at in range(len(kinds)))} draait."
    for kind, letters in ((Strong, "sb"), (Emphasis, "eb")):
        marked = "".join(
            plain(one.children) for one in walk_inlines(found) if isinstance(one, kind)
        )
        assert marked == "".join(f"wiek{at}" for at, one in enumerate(kinds) if one in letters)


@pytest.mark.parametrize("kinds", ["sbe", "seb", "bses", "nebs"])
def test_long_stretches_that_meet_leave_no_stray_stars(tmp_path: Path, kinds: str) -> None:
    long = " ".join(f"wiek{at}" for at in range(20))
    found = inlines(tmp_path, run("Het "), *(run(long, MARKS[kind]) for kind in kinds), run("."))
    assert plain(found) == f"Het {long * len(kinds)}."


@pytest.mark.parametrize(("first", "second"), [("s", "e"), ("e", "s"), ("b", "s"), ("b", "e")])
def test_marks_in_brackets_meet_others_without_stray_stars(
    tmp_path: Path, first: str, second: str
) -> None:
    caps = "<w:smallCaps/>"
    for at, (one, other) in enumerate(((caps, ""), ("", caps))):
        words = run("wiek", MARKS[first] + one), run("rad", MARKS[second] + other)
        folder = tmp_path / str(at)
        folder.mkdir()
        found = inlines(folder, run("Het "), *words, run(" draait."))
        assert plain(found) == "Het wiekrad draait."
