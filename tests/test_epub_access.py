"""What an e-book says of its accessibility, who signs for it, and how a false claim is found."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs
from msgspec.structs import replace
from test_epub import COMPLETE, access_of, edition, pictures_of, read, written

from publish.checks.epub_access import check_access
from publish.checks.epub_places import Places
from publish.checks.epub_reader import read_ebook
from publish.epub.access import access_of as access_in
from publish.epub.markup import EpubMarkup
from publish.epub.package import make_epub
from publish.ground.problems import Problem
from publish.manuscript.folder import read_manuscript
from publish.settings.book_toml import Accessibility, TextMining
from publish.text.composition import composed

CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
SIGNED = Accessibility(CLAIM, "Keurhuis De Dijk", "2026-03-02", "Keurmerk", "https://example.org/k")
BOOK = 'title = "Proef"\nlanguage = "nl"\nmodified = 2026-03-01T08:00:00Z\n'


def test_without_a_signature_nothing_is_said_to_conform(tmp_path: Path) -> None:
    epub = read(written(tmp_path, {"01-een.md": "# Een\n\nTekst.\n"}, book=BOOK))
    for name in ("dcterms:conformsTo", "a11y:certifiedBy", "tdm:reservation"):
        assert not epub.meta(name)


def test_a_signature_stands_with_who_gave_it_and_when(tmp_path: Path) -> None:
    signed = f"""{BOOK}
[accessibility]
conforms-to = "{CLAIM}"
certified-by = "Keurhuis De Dijk"
date = 2026-03-02
credential = "Keurmerk"
report = "https://example.org/keuring"

[text-mining]
reserved = true
policy = "https://example.org/voorwaarden"
"""
    epub = read(written(tmp_path, {"01-een.md": "# Een\n\nTekst.\n"}, book=signed))
    assert epub.meta("dcterms:conformsTo") == [CLAIM]
    assert epub.meta("tdm:reservation") == ["1"]
    assert epub.meta("tdm:policy") == ["https://example.org/voorwaarden"]
    rows = {one.attributes.get("property", ""): one for one in epub.metadata}
    ids = {one.attributes["id"]: name for name, one in rows.items() if "id" in one.attributes}

    def about(name: str) -> str:
        return ids[rows[name].attributes["refines"].lstrip("#")]

    assert rows["a11y:certifiedBy"].value == "Keurhuis De Dijk"
    assert about("a11y:certifiedBy") == "dcterms:conformsTo"
    assert rows["dcterms:date"].value == "2026-03-02"
    assert rows["a11y:certifierCredential"].value == "Keurmerk"
    assert about("dcterms:date") == about("a11y:certifierCredential") == "a11y:certifiedBy"


def test_the_prefix_that_is_not_reserved_is_declared(tmp_path: Path) -> None:
    settings = dataclasses.replace(
        edition(COMPLETE).settings, text_mining=TextMining(reserved=False)
    )
    opf = package(made(tmp_path, settings=settings))
    assert 'prefix="tdm: http://www.w3.org/ns/tdmrep#"' in opf
    assert '<meta property="tdm:reservation">0</meta>' in opf
    assert "tdm:policy" not in opf
    assert "prefix=" not in package(made(tmp_path))


def made(tmp_path: Path, css: str = "p { margin: 0 }", **changes: object) -> Path:
    """Write the e-book of the complete book, with changes to it."""
    book = composed(replace(edition(COMPLETE), **changes))  # type: ignore[arg-type]
    path = tmp_path / "book.epub"
    path.write_bytes(make_epub(book, pictures_of(book, COMPLETE), None, css, []))
    return path


def checked(path: Path, signed: Accessibility | None = None) -> list[Problem]:
    """Return what is found of an e-book that was made of the complete book, or of another."""
    found, ebook = read_manuscript(COMPLETE), read_ebook(path)
    return check_access("book.epub", ebook, signed, Places(edition(COMPLETE), ebook, found.sources))


def package(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("EPUB/content.opf").decode()


@pytest.mark.parametrize(
    ("css", "adapts"),
    [
        ("p { font-size: 12px }", False),
        ("p { font: 700 9pt/1.2 serif }", False),
        ("p { color: #333333 }", False),
        ("p { line-height: 14px }", False),
        ("p { margin: 0 !important }", False),
        ("p { font-size: 0.9em }", True),
        ("a { color: inherit }", True),
        ("p { border-top: 1px solid; background-color: #fff }", True),
    ],
)
def test_a_sheet_that_fixes_the_text_is_not_said_to_adapt(css: str, adapts: bool) -> None:
    assert access_in((), css, "nl").adapts == adapts


def test_a_jump_in_html_takes_the_claim_of_structure_back(tmp_path: Path) -> None:
    chapter = "# Een\n\n<h4>Diep</h4>\n\nTekst.\n"
    epub = read(written(tmp_path, {"01-een.md": chapter}, book=f"{BOOK}allow-html = true\n"))
    assert "structuralNavigation" not in access_of(epub)["accessibilityFeature"]
    assert "koppen" not in epub.meta("schema:accessibilitySummary")[0]


def test_a_book_without_headings_claims_none(tmp_path: Path) -> None:
    chapters = {"01-een.md": '+++\nrole = "epigraph"\n+++\n\nAlleen tekst.\n'}
    path = written(tmp_path, chapters, book=BOOK)
    epub = read(path)
    assert "structuralNavigation" not in access_of(epub)["accessibilityFeature"]
    assert "koppen" not in epub.meta("schema:accessibilitySummary")[0]


def test_an_index_is_claimed_where_there_is_one(tmp_path: Path) -> None:
    from publish.text.editions import edition_of, targeted
    from publish.text.index import indexed

    names = '+++\nrole = "persons"\nindex = true\n+++\n\n# Wie\n\nJan Vink\n: Iemand.\n'
    chapters = {"01-een.md": "# Een\n\nHier was Vink.\n", "02-wie.md": names}
    found = read_manuscript(written(tmp_path, chapters, book=BOOK)).book
    assert found
    book = indexed(targeted(composed(edition_of(found, "epub"))))
    path = tmp_path / "book.epub"
    path.write_bytes(make_epub(book, {}, None, "", []))
    assert '<meta property="schema:accessibilityFeature">index</meta>' in package(path)
    assert checked(path) == []


# What is checked ----------------------------------------------------------------------------------


def rewritten(path: Path, name: str, change: Callable[[str], str]) -> None:
    with zipfile.ZipFile(path) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    (found,) = (one for one in files if one.endswith(name))
    text = files[found].decode()
    assert change(text) != text
    files[found] = change(text).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for one, data in files.items():
            archive.writestr(one, data)


def swapped(old: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(old, new, text, count=1)


def claim(value: str, name: str = "accessibilityFeature") -> Callable[[str], str]:
    return swapped("</metadata>", f'<meta property="schema:{name}">{value}</meta></metadata>')


BEEK, PEIL = "03-de-beek.xhtml", "04-peil-en-tal.xhtml"
OPF = "content.opf"
FAULTS: dict[str, tuple[str, Callable[[str], str], set[tuple[str, str]]]] = {
    "nothing": ("nav.xhtml", swapped("<title>", "<title> "), set()),
    "pages that are not there": (OPF, claim("pageNavigation"), {("E513", "pageNavigation")}),
    "formulas that are not there": (OPF, claim("MathML"), {("E513", "MathML")}),
    "what no file can show": (OPF, claim("unlocked"), {("E513", "unlocked")}),
    "a mode that is not there": (OPF, claim("auditory", "accessMode"), {("E513", "auditory")}),
    "a feature that is not told": (
        OPF,
        swapped('<meta property="schema:accessibilityFeature">longDescription</meta>', ""),
        {("E514", "longDescription")},
    ),
    "no summary": (
        OPF,
        swapped('<meta property="schema:accessibilitySummary">[^<]*</meta>', ""),
        {("E514", "accessibilitySummary")},
    ),
    "a picture without alt text": (
        BEEK,
        swapped(r' alt="Een rond deksel[^"]*"', ""),
        {("E513", "alternativeText"), ("E513", "textual")},
    ),
    "a long description that is gone": (
        PEIL,
        swapped(r"(?s)<details.*?</details>", ""),
        {("E513", "longDescription")},
    ),
    "headings that jump": (BEEK, swapped("<h2(.*?)</h2>", r"<h4\1</h4>"), {("E513", "structural")}),
    "a note in the line": (
        BEEK,
        lambda text: re.sub(r"<(/?)aside\b", r"<\1div", text),
        {("E513", "readingOrder")},
    ),
    "a video": (
        BEEK,
        swapped("</h1>", '</h1><video src="a.mp4"/>'),
        {("E513", "accessibilityHazard")},
    ),
    "marks that are not told": (
        BEEK,
        swapped("</h1>", '</h1><span epub:type="pagebreak" role="doc-pagebreak" id="p1"/>'),
        {("E514", "pageBreakMarkers")},
    ),
    "a sheet that fixes the size": (
        "book.css",
        swapped("p {", "p { font-size: 10pt;"),
        {("E513", "displayTransformability")},
    ),
    "grey text": (
        "book.css",
        swapped("p {", "p { color: #888888;"),
        {("E513", "displayTransformability"), ("E515", "white"), ("E515", "sepia")},
    ),
    "a claim that nobody signed": (
        OPF,
        swapped("</metadata>", f'<meta property="dcterms:conformsTo">{CLAIM}</meta></metadata>'),
        {("E513", "names nobody")},
    ),
}


def test_a_text_that_lost_its_headings_is_found(tmp_path: Path) -> None:
    path = made(tmp_path)
    assert checked(path) == []
    ebook = read_ebook(path)
    for name in (one for one in ebook.spine if re.search(r"/\d\d-.*xhtml$", one)):
        if b"<h1" in ebook.files[name]:
            rewritten(path, name, lambda text: re.sub(r"<(/?)h[1-6]\b", r"<\1p", text))
    (found,) = checked(path)
    assert found.code == "E513"
    assert "structuralNavigation" in found.message


@pytest.mark.parametrize("name", FAULTS)
def test_what_the_files_contradict_is_found(name: str, tmp_path: Path) -> None:
    file, change, wanted = FAULTS[name]
    path = made(tmp_path)
    rewritten(path, file, change)
    found = checked(path)
    assert len(found) == len(wanted), found
    for code, word in wanted:
        assert any(one.code == code and word in one.message for one in found), (code, word, found)


PLACES = {
    "a picture without alt text": ("captions.toml", "[put]"),
    "headings that jump": ("03-de-beek.md", "## "),
    "a note in the line": ("03-de-beek.md", "[^"),
    "a claim that nobody signed": ("book.toml", "title"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_contradiction_has_its_place_in_the_manuscript(name: str, tmp_path: Path) -> None:
    file, start = PLACES[name]
    path = made(tmp_path)
    rewritten(path, *FAULTS[name][:2])
    lines = (COMPLETE / file).read_text("utf-8").splitlines()
    for one in checked(path):
        assert one.span
        assert one.span.file == file
        assert lines[one.span.line - 1].startswith(start)


def test_faint_words_in_a_drawing_are_told(tmp_path: Path) -> None:
    path = made(tmp_path)
    rewritten(path, PEIL, swapped("</svg>", '<text x="5" y="9" fill="#eeeeee">zie</text></svg>'))
    (found,) = checked(path)
    assert (found.code, found.severity) == ("E516", "warning")
    assert found.span == edition(COMPLETE).photos["peil"].span
    assert "“zie” in a drawing has a contrast of 1.1:1 on white, less than 3:1" in found.message


def test_a_drawing_brings_its_paper_unless_it_takes_the_ink_of_the_text(tmp_path: Path) -> None:
    def opening(data: bytes) -> str:
        book = edition(COMPLETE)
        asset = replace(pictures_of(book, COMPLETE)["peil"], data=data)
        (chapter,) = (one for one in book.chapters if one.name == "04-peil-en-tal")
        markup = EpubMarkup(book, chapter, {}, {"peil": asset})
        return markup.image(book.photos["peil"], "", "column").partition(">")[0]

    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="{}"/></svg>'
    assert 'class="paper"' in opening(svg.format("#000000").encode())
    assert "class" not in opening(svg.format("currentColor").encode())


SIGNATURES: dict[str, tuple[Callable[[str], str], str]] = {
    "who signed": (swapped("Keurhuis De Dijk", "Iemand Anders"), "a11y:certifiedBy"),
    "when": (swapped(">2026-03-02<", ">2026-03-09<"), "dcterms:date"),
    "what": (swapped("Level AA", "Level AAA"), "names nobody"),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_signature_that_is_not_the_books_is_found(name: str, tmp_path: Path) -> None:
    change, said = SIGNATURES[name]
    settings = dataclasses.replace(edition(COMPLETE).settings, accessibility=SIGNED)
    path = made(tmp_path, settings=settings)
    assert checked(path, SIGNED) == []
    rewritten(path, OPF, change)
    found = checked(path, SIGNED)
    assert found
    assert all(one.code == "E513" for one in found)
    assert any(said in one.message for one in found) or name == "what"


def test_a_signed_book_with_a_picture_that_says_nothing(tmp_path: Path) -> None:
    settings = dataclasses.replace(edition(COMPLETE).settings, accessibility=SIGNED)
    path = made(tmp_path, settings=settings)
    rewritten(path, BEEK, swapped(r' alt="Een rond deksel[^"]*"', ""))
    said = [one.message for one in checked(path, SIGNED)]
    assert any(CLAIM in one and "has no alt text (put.png)" in one for one in said)


def test_an_extract_is_signed_by_nobody(tmp_path: Path) -> None:
    book = edition(COMPLETE)
    book = composed(
        structs.replace(book, settings=dataclasses.replace(book.settings, accessibility=SIGNED))
    )
    path = tmp_path / "book.epub"
    path.write_bytes(make_epub(book, pictures_of(book, COMPLETE), None, "", [], edition="extract"))
    assert "conformsTo" not in package(path)
