"""The EPUB: its words, its structure, its links and what it says of itself, read back as facts."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from msgspec import structs
from readback import Entry, Epub, Meta, read_epub, words_in

from publish.book.inlines import (
    Code,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Strong,
    Styled,
    Text,
)
from publish.book.model import (
    Block,
    BlockQuote,
    Book,
    CodeBlock,
    Container,
    DefinitionList,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Photo,
    Table,
    Verse,
)
from publish.building import build as building
from publish.checks import epubcheck, validators
from publish.epub.package import make_epub
from publish.fonts.files import FACES, font_faces
from publish.ground.problems import has_errors
from publish.ground.root import BookRoot
from publish.manuscript.folder import read_manuscript
from publish.markup.stylesheets import stylesheet
from publish.pictures.photos import Asset, epub_picture
from publish.text.composition import composed
from publish.text.editions import edition_of

HERE = Path(__file__).parent
ROOT = HERE.parent
COMPLETE, MINIMAL, SAMPLE = HERE / "books/complete", HERE / "books/minimal", ROOT / "manuscript"


def edition(folder: Path) -> Book:
    book = read_manuscript(folder).book
    assert book
    return edition_of(book, "epub")


def pictures_of(book: Book, folder: Path) -> dict[str, Asset]:
    made = {}
    for name, photo in book.photos.items():
        if photo.arrived:
            asset, problems = epub_picture(photo, BookRoot(folder))
            assert asset and not problems
            made[name] = asset
    return made


def build(folder: Path) -> bytes:
    book = composed(edition(folder))
    pictures = pictures_of(book, folder)
    fonts = sorted({face.file: face.data() for face in FACES}.items())
    css = f"{font_faces('../fonts/')}\n{stylesheet('epub')}"
    cover = pictures.get(book.settings.cover.photo)
    return make_epub(book, pictures, cover, css, fonts)


@cache
def built(folder: Path) -> bytes:
    return build(folder)


@cache
def complete() -> Epub:
    return read_epub(built(COMPLETE))


def written(tmp_path: Path, chapters: dict[str, str], **files: str) -> Path:
    """Write a manuscript; `files` are book.toml and captions.toml without their suffix."""
    (tmp_path / "book.toml").write_text(files.get("book", 'title = "Proef"\n'), encoding="utf-8")
    (tmp_path / "captions.toml").write_text(files.get("captions", ""), encoding="utf-8")
    for name, text in chapters.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def read(folder: Path) -> Epub:
    book = composed(edition(folder))
    return read_epub(make_epub(book, pictures_of(book, folder), None, "p { margin: 0 }", []))


def test_a_picture_may_be_named_as_the_cover_is() -> None:
    book = composed(edition(COMPLETE))
    pictures = pictures_of(book, COMPLETE)
    put = pictures["put"]
    twin = {**pictures, "put": structs.replace(put, name="cover.png")}
    same = read_epub(make_epub(book, twin, put, "", []))
    names = {Path(name).name for name in same.files if "images/" in name}
    assert {"cover.png", "cover-2.png"} <= names


# The words of the manuscript, from the model alone ------------------------------------------------


def said(inlines: Iterable[Inline]) -> str:
    parts = []
    for one in inlines:
        match one:
            case Text(value=value) | Code(value=value):
                parts.append(value)
            case Emphasis(children=inner) | Strong(children=inner) | Styled(children=inner):
                parts.append(said(inner))
            case Link(children=inner) | CrossReference(children=inner):
                parts.append(said(inner))
            case LineBreak():
                parts.append(" ")
            case _:
                pass
    return "".join(parts)


def of_photo(photo: Photo) -> Iterator[str]:
    yield said(photo.caption)
    yield f"Bron {photo.source}" if photo.source else ""
    yield from (photo.credit, photo.date, photo.licence, photo.long)


def of_block(block: Block, book: Book) -> Iterator[str]:
    match block:
        case Paragraph(inlines=inlines) | Heading(inlines=inlines):
            yield said(inlines)
        case BlockQuote(blocks=blocks):
            yield from of_blocks(blocks, book)
        case Container(blocks=blocks, attribution=attribution):
            yield from of_blocks(blocks, book)
            yield said(attribution)
        case ListBlock(items=items):
            for item in items:
                yield from of_blocks(item, book)
        case DefinitionList(entries=entries):
            for term, texts in entries:
                yield said(term)
                for text in texts:
                    yield from of_blocks(text, book)
        case CodeBlock(value=value):
            yield value
        case Table(head=head, rows=rows, caption=caption):
            yield said(caption)
            yield from (said(cell) for row in (head, *rows) for cell in row)
        case Verse(stanzas=stanzas, attribution=attribution):
            yield from (said(line) for stanza in stanzas for _, line in stanza)
            yield said(attribution)
        case Figure(photo=name):
            yield from of_photo(book.photos[name])
        case _:
            pass


def of_blocks(blocks: Iterable[Block], book: Book) -> Iterator[str]:
    for block in blocks:
        yield from of_block(block, book)


def words_of(book: Book) -> list[list[str]]:
    chapters = []
    for chapter in book.chapters:
        parts = [said(chapter.title.inlines)] if chapter.title else []
        parts += of_blocks(chapter.blocks, book)
        for note in chapter.notes:
            parts += of_blocks(note.blocks, book)
        chapters.append(words_in(" ".join(parts)))
    return chapters


@pytest.mark.parametrize("folder", [COMPLETE, MINIMAL, SAMPLE])
def test_the_epub_holds_the_manuscripts_words_in_their_order(folder: Path) -> None:
    book = edition(folder)
    wanted = words_of(book)
    found = [list(page.words) for page in read_epub(built(folder)).spine[-len(book.chapters) :]]
    assert found == wanted
    assert sum(map(len, wanted)) > 3


# Structure ----------------------------------------------------------------------------------------


def test_the_documents_stand_in_reading_order_each_with_its_meaning() -> None:
    facts = [(page.file, page.division, *page.section[:2]) for page in complete().spine]
    assert facts == [
        ("cover.xhtml", "cover", "", ""),
        ("title.xhtml", "frontmatter", "titlepage", ""),
        ("nav.xhtml", "frontmatter", "", ""),
        ("01-motto.xhtml", "frontmatter", "", ""),
        ("02-vooraf.xhtml", "frontmatter", "foreword", "doc-foreword"),
        ("03-de-beek.xhtml", "bodymatter", "chapter", "doc-chapter"),
        ("04-peil-en-tal.xhtml", "bodymatter", "chapter", "doc-chapter"),
        ("05-een-liedje.xhtml", "bodymatter", "chapter", "doc-chapter"),
        ("06-bijlage.xhtml", "backmatter", "appendix", "doc-appendix"),
        ("07-colofon.xhtml", "backmatter", "colophon", "doc-colophon"),
    ]


@pytest.mark.parametrize(
    ("role", "meaning"),
    [
        ("introduction", ("introduction", "doc-introduction")),
        ("afterword", ("afterword", "doc-afterword")),
        ("epigraph", ("epigraph", "doc-epigraph")),
        ("timeline", ("", "")),
        ("persons", ("", "")),
        ("standfirst", ("", "")),
    ],
)
def test_every_role_of_a_chapter_has_its_meaning(
    tmp_path: Path, role: str, meaning: tuple[str, str]
) -> None:
    text = f'+++\nrole = "{role}"\n+++\n# Deel\n\nWoorden.\n'
    page = read(written(tmp_path, {"01-deel.md": text})).page("01-deel.xhtml")
    assert page.section == (*meaning, "deel")
    assert page.first("//h:section").get("class") == role


def test_an_epigraph_is_told_once() -> None:
    page = complete().page("01-motto.xhtml")
    told = [one.get("class") for one in page.all("//*[@role='doc-epigraph']")]
    assert told == ["epigraph"]


def test_no_id_stands_twice_and_every_address_leads_somewhere() -> None:
    assert complete().faults() == []
    assert read_epub(built(SAMPLE)).faults() == []


def test_the_contents_go_as_deep_as_the_settings_say_in_nav_and_ncx_alike() -> None:
    wanted = (
        Entry("Vooraf, bij droog weer", "02-vooraf.xhtml", ()),
        Entry(
            "De beek",
            "03-de-beek.xhtml",
            (Entry("Van put naar gewelf", "03-de-beek.xhtml#gewelf", ()),),
        ),
        Entry("Peil en tal", "04-peil-en-tal.xhtml", ()),
        Entry("Een liedje voor onderweg", "05-een-liedje.xhtml", ()),
        Entry("Vragen voor een klas", "06-bijlage.xhtml", ()),
    )
    assert complete().contents == wanted
    assert complete().ncx == wanted


def test_the_landmarks_lead_to_cover_contents_text_and_the_first_notes() -> None:
    marks = [(one.type, one.href, one.text) for one in complete().landmarks]
    assert marks == [
        ("cover", "cover.xhtml", "Omslag"),
        ("toc", "#toc", "Inhoud"),
        ("bodymatter", "03-de-beek.xhtml", "Begin van de tekst"),
        ("endnotes", "03-de-beek.xhtml#note-list", "Noten"),
    ]


def test_a_book_without_notes_has_no_landmark_for_them() -> None:
    types = [one.type for one in read_epub(built(MINIMAL)).landmarks]
    assert types == ["toc", "bodymatter"]


def test_a_book_with_one_place_of_notes_has_a_landmark_for_it(tmp_path: Path) -> None:
    epub = read(written(tmp_path, {"01-a.md": "# A\n\nWoord.[^x]\n\n[^x]: Noot.\n"}))
    assert [(one.type, one.href) for one in epub.landmarks] == [
        ("toc", "#toc"),
        ("bodymatter", "01-a.xhtml"),
        ("endnotes", "01-a.xhtml#note-list"),
    ]
    assert epub.faults() == []


def test_a_book_without_a_chapter_in_its_contents_has_one_entry(tmp_path: Path) -> None:
    text = '+++\nrole = "colophon"\ntoc = false\n+++\nAlleen dit.\n'
    epub = read(written(tmp_path, {"01-a.md": text}))
    assert epub.contents == epub.ncx == (Entry("Proef", "01-a.xhtml", ()),)


def test_a_title_in_the_contents_keeps_its_marks_but_not_its_notes(tmp_path: Path) -> None:
    title = "# *Het* [Нат]{lang=ru #nat} en [meer](#nat)[^x]\n\nWoord.\n\n[^x]: Noot.\n"
    epub = read(written(tmp_path, {"01-a.md": title}))
    assert epub.contents == (Entry("Het Нат en meer", "01-a.xhtml", ()),)
    entry = epub.page("nav.xhtml").first("//h:nav[@role='doc-toc']//h:a")
    assert [str(child.tag).rpartition("}")[2] for child in entry] == ["em", "span"]
    assert entry.xpath("string(.//@lang)") == "ru"
    assert not entry.xpath(".//@id")
    assert epub.faults() == []


def test_a_title_is_set_once_and_then_stays_as_it_is_everywhere(tmp_path: Path) -> None:
    title = "De optie `--diep 'nat'` -- en meer"
    epub = read(written(tmp_path, {"01-a.md": f"# {title}\n\nWoord.\n"}))
    shown = "De optie --diep 'nat' – en meer"
    assert epub.contents == epub.ncx == (Entry(shown, "01-a.xhtml", ()),)
    assert epub.spine[-1].title == shown


def test_a_title_that_has_to_be_escaped_stands_in_the_contents_of_a_book_without_any(
    tmp_path: Path,
) -> None:
    text = '+++\nrole = "colophon"\ntoc = false\n+++\nAlleen dit.\n'
    epub = read(written(tmp_path, {"01-a.md": text}, book="title = \"Water & 'wind' <2>\"\n"))
    shown = "Water & ‘wind’ <2>"
    assert epub.contents == epub.ncx == (Entry(shown, "01-a.xhtml", ()),)
    assert epub.spine[-1].title == shown


# Title page ---------------------------------------------------------------------------------------


def added(epub: Epub, path: str) -> list[str]:
    """Return the paragraphs of the title page below an element; all of them are added words."""
    found = epub.page("title.xhtml").all(f"{path}/h:p")
    assert {one.get("class", "").split()[0] for one in found} <= {"added"}
    return ["".join(map(str, one.itertext())) for one in found]


def test_the_title_page_tells_who_made_the_book_and_the_imprint_below_it_the_rest() -> None:
    assert added(complete(), "//h:section") == [
        "werkgroep Waterlijn",
        "Een wandeling langs ‘verdwenen’ water",
        "Redactie: stadsarchief Waterlijn",
        "Kleine wandelingen 3",
        "Stichting Waterlijn, Mechelen, 2026",
    ]
    assert added(complete(), "//h:div[@class='imprint']") == [
        "Illustraties: atelier De Kei, De Kei, België",
        "Eerste druk",
        "V.U.: werkgroep Waterlijn, Oeverpad 1, Mechelen",
        "CC BY 4.0",
        "ISBN 978-0-00-000000-2",
        "Wettelijk depot: D/2026/0000/3",
    ]


def test_an_imprint_has_lines_for_what_is_known_alone(tmp_path: Path) -> None:
    text = {"01-a.md": "# A\n\nWoord.\n"}
    assert added(read(written(tmp_path, text)), "//h:div") == []
    book = """\
title = "Proef"
language = "en"
deposit = "D--1"
contributor = [{ name = "De 'Kei'", country = "Malta" }, { name = "Iemand", role = "trl" }]
responsible = { name = "N", address = "Lee's Pad 1" }
"""
    assert added(read(written(tmp_path, text, book=book)), "//h:div") == [
        "De ‘Kei’, Malta",
        "Translation: Iemand",
        "Publisher responsible: N, Lee’s Pad 1",
        "Legal deposit: D--1",
    ]


# Notes --------------------------------------------------------------------------------------------


def test_every_call_leads_to_its_note_and_every_note_back_to_each_call() -> None:
    for file, counts in (("03-de-beek.xhtml", [2, 1]), ("04-peil-en-tal.xhtml", [1, 1])):
        page = complete().page(file)
        calls = [link for link in page.links if link.type == "noteref"]
        assert all(link.role == "doc-noteref" for link in calls)
        assert [len(note.back) for note in page.notes] == counts
        for note in page.notes:
            own = [link for link in calls if link.href == f"#{note.id}"]
            assert list(note.back) == [f"#{link.id}" for link in own]
        assert len(calls) == sum(counts)


def test_the_calls_show_the_numbers_of_their_notes() -> None:
    page = complete().page("03-de-beek.xhtml")
    assert [link.text for link in page.links if link.type == "noteref"] == ["1", "2", "1"]
    numbers = page.all("//h:aside/h:p/h:span[contains(@class, 'number')]")
    assert [one.text for one in numbers] == ["1", "2"]


def test_two_ways_back_can_be_told_apart() -> None:
    back = [link for link in complete().page("03-de-beek.xhtml").links if "backlink" in link.role]
    assert [(link.text, link.label) for link in back] == [
        ("↑1", "Terug naar de tekst 1"),
        ("↑2", "Terug naar de tekst 2"),
        ("↑", "Terug naar de tekst"),
    ]


def test_a_note_of_two_paragraphs_stays_one_note() -> None:
    note = complete().page("03-de-beek.xhtml").notes[1]
    assert note.words[:2] == ("De", "kaart") and note.words[-2:] == ("beter", "vooraf")


def test_the_notes_stand_in_their_own_section_at_the_end_of_the_chapter() -> None:
    section = complete().page("03-de-beek.xhtml").first("//h:section/*[last()]")
    assert (section.get("role"), section.get("aria-label")) == ("doc-endnotes", "Noten")
    assert {one.get("role") for one in section} == {"doc-footnote"}


def test_an_id_of_the_manuscript_never_meets_one_of_a_note(tmp_path: Path) -> None:
    text = "# A {#note-1}\n\nWoord.[^x]\n\n## B {#note-list}\n\nMeer.[^y]\n\n[^x]: X.\n\n[^y]: Y.\n"
    epub = read(written(tmp_path, {"01-a.md": text}))
    assert epub.faults() == []
    assert {"note-1", "note-list", "knote-1", "knote-list"} <= set(epub.spine[-1].ids)


def test_a_note_that_is_a_list_has_its_number_above_it_and_its_way_back_in_it(
    tmp_path: Path,
) -> None:
    epub = read(
        written(tmp_path, {"01-a.md": "# A\n\nWoord.[^x]\n\n[^x]:\n    - een\n    - twee\n"})
    )
    (note,) = epub.spine[-1].notes
    assert note.words == ("een", "twee")
    assert len(note.back) == 1 and epub.faults() == []
    last = epub.spine[-1].first("//h:aside//h:li[last()]")
    assert "".join(last.itertext()) == "twee\u00a0↑"


# References, languages, blocks --------------------------------------------------------------------


def test_references_show_what_they_lead_to_in_whatever_file_it_stands() -> None:
    links = [
        (link.href, link.text)
        for page in complete().spine[3:]
        for link in page.links
        if not link.role and not link.href.startswith("http")
    ]
    assert links == [
        ("03-de-beek.xhtml#beek", "De beek"),
        ("04-peil-en-tal.xhtml#tab-peil", "de cijfers"),
        ("05-een-liedje.xhtml#oever", "afbeelding 4"),
        ("04-peil-en-tal.xhtml#tab-peil", "tabel 1"),
        ("#bus", "de eerste alinea over de bus"),
        ("#peil", "afbeelding 2"),
        ("#veld", "afbeelding 5"),
        ("03-de-beek.xhtml#gewelf", "Van put naar gewelf"),
    ]


def test_every_document_and_every_foreign_word_names_its_language() -> None:
    assert {page.language for page in complete().spine} == {("nl", "nl")}
    assert complete().package_attributes["{http://www.w3.org/XML/1998/namespace}lang"] == "nl"
    spans = complete().page("03-de-beek.xhtml").all("//h:body//*[@lang]")
    named = [
        (one.get("lang"), one.get("{http://www.w3.org/XML/1998/namespace}lang")) for one in spans
    ]
    assert named == [("ru", "ru"), ("grc", "grc")]
    assert [one.text for one in spans] == ["ручей", "ρείθρον"]


@pytest.mark.parametrize("language", ["ar", "he", "fa-IR", "ur", "yi"])
def test_a_language_written_from_right_to_left_turns_the_book(
    tmp_path: Path, language: str
) -> None:
    book = f'title = "كتاب"\nlanguage = "{language}"\n'
    epub = read(written(tmp_path, {"01-a.md": "# باب\n\nكلمة.\n"}, book=book))
    assert {page.direction for page in epub.spine} == {"rtl"}
    assert epub.spine_attributes["page-progression-direction"] == "rtl"
    assert {page.direction for page in complete().spine} == {""}
    assert "page-progression-direction" not in complete().spine_attributes


def test_what_is_for_print_alone_is_not_in_the_e_book() -> None:
    words = complete().page("02-vooraf.xhtml").words
    assert "cijfertje" in words and "bladzijde" not in words


def test_a_pull_quote_says_that_it_is_one() -> None:
    quote = complete().page("05-een-liedje.xhtml").first("//h:aside")
    assert (quote.get("class"), quote.get("role")) == ("pullquote", "doc-pullquote")
    assert quote.get("{http://www.idpf.org/2007/ops}type") == "pullquote"


def test_table_cells_say_what_they_are_the_head_of() -> None:
    table = complete().page("04-peil-en-tal.xhtml").first("//h:table")
    scopes = [one.get("scope") for one in table.iter("{*}th")]
    assert scopes == ["col"] * 4 + ["row"] * 3
    aligned = [one.get("class") for one in table.iter("{*}td")]
    assert aligned == ["right", "right", "center"] * 3


# Pictures -----------------------------------------------------------------------------------------


def test_every_picture_has_its_alt_text_and_a_decorative_one_an_empty_one() -> None:
    found = [
        (image.src, image.alt, image.role) for page in complete().spine[1:] for image in page.images
    ]
    assert found == [
        ("images/put.png", "Een rond deksel met acht spaken en een rode rand.", ""),
        ("images/golfje.png", "", "presentation"),
        ("images/oever.svg", "De oever, getekend van bovenaf", ""),
        ("images/veld.jpg", "Een veld dat naar boven toe in mist verdwijnt.", ""),
    ]


def test_a_chart_stands_in_the_page_with_its_long_description() -> None:
    page = complete().page("04-peil-en-tal.xhtml")
    (chart,) = page.all("//s:svg")
    assert chart.get("role") == "img"
    assert chart.get("aria-label") == "Drie kolommen: 31 in 2021, 18 in 2022 en 26 in 2023."
    assert chart.get("width") is None and chart.get("viewBox") == "0 0 600 360"
    (long,) = page.all("//h:figure/following-sibling::h:details")
    assert long.get("id") == chart.get("aria-details")
    assert words_in("".join(map(str, long.itertext())))[:3] == ["Beschrijving", "Een", "grafiek"]
    properties = {item.file: item.properties for item in complete().manifest}
    assert properties["04-peil-en-tal.xhtml"] == ("svg",)
    assert [file for file, names in properties.items() if "svg" in names] == [page.file]
    assert not any(
        "peil" in item.file for item in complete().manifest if "image" in item.media_type
    )


def test_a_drawing_with_lettering_is_drawn_in_the_page_too(tmp_path: Path) -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    captions = "".join(
        f'[{name}]\nfile = "{name}.svg"\ncaption = "C"\nalt = "A"\n' for name in ("kaal", "letters")
    )
    texts = {"01-a.md": "# A\n\n![](kaal)\n\n![](letters)\n"}
    folder = written(tmp_path, texts, captions=captions)
    (folder / "photos").mkdir()
    (folder / "photos/kaal.svg").write_text(f'{head}<rect id="x"/></svg>')
    (folder / "photos/letters.svg").write_text(f'{head}<text id="x">Gent</text></svg>')
    epub = read(folder)
    assert [image.src for image in epub.spine[-1].images] == ["images/kaal.svg"]
    assert [one.get("aria-label") for one in epub.spine[-1].all("//s:svg")] == ["A"]
    assert [item.file for item in epub.manifest if "image" in item.media_type] == [
        "images/kaal.svg"
    ]


def test_a_decorative_picture_may_be_given_words_where_it_stands(tmp_path: Path) -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    captions = "".join(
        f'[{name}]\nfile = "{name}.svg"\ndecorative = true\n' for name in ("kaal", "letters")
    )
    texts = {
        "01-a.md": "# A\n\n![Een golf](kaal)\n\n![Een naam](letters)\n",
        "02-b.md": "# B\n\nEn ![](kaal) en ![golf](kaal).\n",
    }
    folder = written(tmp_path, texts, captions=captions)
    (folder / "photos").mkdir()
    (folder / "photos/kaal.svg").write_text(f'{head}<rect id="x"/></svg>')
    (folder / "photos/letters.svg").write_text(
        f'{head}<text font-family="Katern Sans" y="9">Gent</text></svg>'
    )
    pages = read(folder).spine[-2:]
    assert [(one.alt, one.role) for page in pages for one in page.images] == [
        ("Een golf", ""), ("", "presentation"), ("golf", ""),
    ]  # fmt: skip
    (drawn,) = pages[0].all("//s:svg")
    assert (drawn.get("aria-label"), drawn.get("aria-hidden")) == ("Een naam", None)
    built = building.build(folder, tmp_path / "out", ("screen",))
    assert not has_errors(built.problems), [str(one) for one in built.problems]
    (screen,) = built.made
    with pikepdf.open(screen) as pdf:
        tagged = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
        said = sorted(str(one["/Alt"]) for one in tagged if "/Alt" in one)
    assert said == ["Een golf", "Een naam", "golf"]


def test_a_picture_that_has_not_arrived_is_a_plate_without_an_img() -> None:
    figure = complete().page("04-peil-en-tal.xhtml").first("//h:figure[@id='monding']")
    assert [one.get("class") for one in figure.iter("{*}div")] == ["plate"]
    assert not list(figure.iter("{*}img"))
    assert "Beeld volgt" in "".join(map(str, figure.itertext()))


def test_the_manifest_holds_every_picture_once_and_knows_its_kind() -> None:
    kinds = [(item.file, item.media_type) for item in complete().manifest if "images/" in item.file]
    assert kinds == [
        ("images/cover.svg", "image/svg+xml"),
        ("images/put.png", "image/png"),
        ("images/oever.svg", "image/svg+xml"),
        ("images/veld.jpg", "image/jpeg"),
        ("images/golfje.png", "image/png"),
    ]


def test_the_cover_is_named_in_both_ways_and_shown_with_the_title() -> None:
    (cover,) = [item for item in complete().manifest if "cover-image" in item.properties]
    assert Meta("meta", "", {"name": "cover", "content": cover.id}) in complete().metadata
    (image,) = complete().spine[0].images
    assert (image.src, image.alt) == (cover.file, "Waar de beek bleef")


# Metadata -----------------------------------------------------------------------------------------


def test_the_package_says_who_made_what_when() -> None:
    epub = complete()
    plain = {
        "dc:identifier": ["urn:isbn:9780000000002", "D/2026/0000/3"],
        "dc:source": ["urn:isbn:9780000000019"],
        "dc:title": ["Waar de beek bleef", "Een wandeling langs ‘verdwenen’ water"],
        "dc:language": ["nl"],
        "dc:creator": ["werkgroep Waterlijn"],
        "dc:contributor": ["stadsarchief Waterlijn", "atelier De Kei"],
        "dc:publisher": ["Stichting Waterlijn"],
        "dc:date": ["2026-05-04"],
        "dc:rights": ["CC BY 4.0"],
        "dc:subject": ["Beken", "Stadsgeschiedenis", "NUR 693"],
        "dcterms:modified": ["2026-05-04T09:30:00Z"],
        "belongs-to-collection": ["Kleine wandelingen"],
        "schema:bookEdition": ["Eerste druk"],
    }
    assert {name: epub.meta(name) for name in plain} == plain
    assert epub.meta("dc:description")[0].startswith("Onder de stad loopt een beek")
    assert epub.package_attributes["unique-identifier"] == "identifier"
    assert [one.attributes["name"] for one in epub.metadata if "name" in one.attributes] == [
        "cover"
    ]


def test_what_refines_a_title_a_maker_or_a_series_refines_the_right_one() -> None:
    epub = complete()
    refined = {one.value: epub.refined(one) for one in epub.metadata if "id" in one.attributes}
    assert refined["Waar de beek bleef"] == {"title-type": "main", "display-seq": "1"}
    assert refined["Een wandeling langs ‘verdwenen’ water"]["title-type"] == "subtitle"
    assert refined["werkgroep Waterlijn"] == {
        "role": "aut",
        "file-as": "Waterlijn, werkgroep",
        "display-seq": "1",
    }
    assert refined["stadsarchief Waterlijn"]["role"] == "edt"
    assert refined["atelier De Kei"] == {
        "role": "ill",
        "schema:affiliation": "De Kei",
        "display-seq": "3",
    }
    assert refined["D/2026/0000/3"] == {"identifier-type": "17"}
    assert refined["Kleine wandelingen"] == {"collection-type": "series", "group-position": "3"}
    roles = [one for one in epub.metadata if one.attributes.get("property") == "role"]
    assert {one.attributes["scheme"] for one in roles} == {"marc:relators"}


def access_of(epub: Epub) -> dict[str, list[str]]:
    names = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard")
    return {name: epub.meta(f"schema:{name}") for name in names}


BASIC = ["tableOfContents", "readingOrder", "structuralNavigation", "ARIA"]
ADAPTS = "displayTransformability"


def test_accessibility_is_claimed_as_the_book_has_it() -> None:
    assert access_of(complete()) == {
        "accessMode": ["textual", "visual"],
        "accessModeSufficient": ["textual", "textual,visual"],
        "accessibilityFeature": [*BASIC, "alternativeText", "longDescription", ADAPTS],
        "accessibilityHazard": ["none"],
    }
    (summary,) = complete().meta("schema:accessibilitySummary")
    assert "Bij sommige beelden staat ook een lange beschrijving." in summary
    assert "Woorden in een andere taal zijn als zodanig gemerkt." in summary
    assert "bladzijden" not in summary
    assert not complete().meta("dcterms:conformsTo")


def test_a_book_without_pictures_claims_nothing_of_pictures() -> None:
    assert access_of(read_epub(built(MINIMAL))) == {
        "accessMode": ["textual"],
        "accessModeSufficient": ["textual"],
        "accessibilityFeature": [*BASIC, ADAPTS],
        "accessibilityHazard": ["none"],
    }


def changed(book: Book, name: str, **changes: object) -> Epub:
    """Return the complete book with one photo changed."""
    photo = structs.replace(book.photos[name], **changes)  # type: ignore[arg-type]
    book = composed(structs.replace(book, photos=book.photos | {name: photo}))
    return read_epub(make_epub(book, pictures_of(book, COMPLETE), None, "", []))


def test_one_picture_without_alt_text_takes_the_claims_back() -> None:
    epub = changed(edition(COMPLETE), "veld", alt="")
    assert access_of(epub) == {
        "accessMode": ["textual", "visual"],
        "accessModeSufficient": ["textual,visual"],
        "accessibilityFeature": [*BASIC, "longDescription", ADAPTS],
        "accessibilityHazard": ["none"],
    }
    (image,) = epub.page("05-een-liedje.xhtml").images[1:]
    assert image.alt is None
    assert "Niet elk beeld" in epub.meta("schema:accessibilitySummary")[0]


def test_without_a_long_description_none_is_claimed() -> None:
    epub = changed(edition(COMPLETE), "peil", long="")
    assert "longDescription" not in epub.meta("schema:accessibilityFeature")
    assert not epub.page("04-peil-en-tal.xhtml").all("//h:details")


# Files --------------------------------------------------------------------------------------------


def test_file_names_are_plain_and_never_meet(tmp_path: Path) -> None:
    names = ["Été à l'eau.md", "cover.md", "nav.md", "ete-a-l-eau.md", "ведь.md"]
    texts = {name: f"# Deel {at}\n\nWoord.\n" for at, name in enumerate(names)}
    epub = read(written(tmp_path, texts))
    files = [page.file for page in epub.spine]
    assert len({file.lower() for file in files}) == len(files) == 7
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+\.xhtml", file) for file in files)
    assert epub.faults() == []


SCRIPT = """
import hashlib, sys
from pathlib import Path
sys.path[:0] = sys.argv[1:3]
from test_epub import COMPLETE, build
print(hashlib.sha256(build(COMPLETE)).hexdigest())
"""


def test_the_same_manuscript_gives_the_same_bytes_whenever_and_wherever(tmp_path: Path) -> None:
    digests = set()
    for seed, zone, folder in (("1", "Asia/Tokyo", ROOT), ("2", "America/Lima", tmp_path)):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", SCRIPT, str(ROOT), str(HERE)]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_ebooklib_is_imported_by_one_module_alone() -> None:
    importing = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "publish").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "ebooklib" in f"{getattr(node, 'module', '')} {[one.name for one in node.names]}"
    }
    assert importing == {"publish/epub/package.py"}


# Style --------------------------------------------------------------------------------------------


def declarations(sheet: str) -> list[tuple[str, str, str]]:
    """Return (selector, property, value) of every declaration of a flat sheet."""
    return [
        (selector.strip(), name.strip(), value.strip())
        for selector, block in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
        for declaration in block.split(";")
        if declaration.strip()
        for name, _, value in [declaration.partition(":")]
    ]


def test_the_sheet_leaves_size_and_colour_of_the_text_to_the_reader() -> None:
    for selector, name, value in declarations(stylesheet("epub")):
        if name in ("font-size", "font", "line-height"):
            assert not re.search(r"[0-9](px|pt|mm|cm|in|pc)\b", value), selector
        assert name != "color" or value == "inherit", selector
        if name.startswith("background"):
            assert selector in ("h1::before", "figure img", "figure svg.paper"), selector


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_red_can_be_told_from_white_sepia_and_black() -> None:
    sheet = declarations(stylesheet("epub"))
    (red,) = {colour for _, _, value in sheet for colour in re.findall(r"#[0-9a-f]{6}", value)} - {
        "#ffffff"
    }
    for ground in ("#ffffff", "#f4ecd8", "#000000"):
        light, dark = sorted((luminance(red), luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, ground


def test_every_class_that_the_sheet_names_is_one_that_the_markup_has() -> None:
    named = {
        one
        for selector, _, _ in declarations(stylesheet("epub"))
        for one in re.findall(r"\.([a-z][\w-]*)", selector)
    }
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (
            *(ROOT / "publish").rglob("*.py"),
            *(ROOT / "publish/templates/epub").iterdir(),
        )
    )
    unknown = {one for one in named if not re.search(rf"[\"' {{]{re.escape(one)}[\"' }}]", code)}
    assert unknown <= {f"indent-{step}" for step in range(1, 7)} | {"smallcaps", "nobreak"}


# EPUBCheck ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("folder", [COMPLETE, MINIMAL, SAMPLE], ids=lambda one: str(one.name))
def test_epubcheck_has_nothing_to_say(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "boek.epub"
    path.write_bytes(built(folder))
    assert [str(one) for one in epubcheck.run(path)] == []


def test_epubcheck_tells_what_is_broken_and_where(tmp_path: Path) -> None:
    path = tmp_path / "stuk.epub"
    with zipfile.ZipFile(BytesIO(built(MINIMAL))) as whole, zipfile.ZipFile(path, "w") as broken:
        for entry in whole.infolist():
            data = whole.read(entry)
            if entry.filename.endswith("01-begin.xhtml"):
                data = data.replace(b"<p>", b'<p id="begin">').replace(b"</p>", b"</p><img/>")
            if entry.filename.endswith("content.opf"):
                data = data.replace(b"<dc:language>nl", b"<dc:language>geen taal")
                data = data.replace(b"</metadata>", b"<dc:date>gisteren</dc:date></metadata>")
            broken.writestr(entry, data)
    found = epubcheck.run(path)
    told = {(one.code, one.severity, one.message.split()[1].rstrip(":")) for one in found}
    assert ("E501", "error", "RSC-005") in told
    assert ("E502", "warning", "OPF-053") in told
    assert any("EPUB/01-begin.xhtml:12:" in one.message for one in found)
    assert {one.code for one in found} == {"E501", "E502"}


@pytest.mark.parametrize("data", [None, b"", b"PK\x03\x04 is geen zip"])
def test_what_is_no_epub_never_passes(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "geen.epub"
    if data is not None:
        path.write_bytes(data)
    assert [one for one in epubcheck.run(path) if one.severity == "error"]


@pytest.mark.parametrize(
    ("java", "reason"),
    [
        ("/bestaat/niet/java", "Java cannot start"),
        ("/bin/false", "EPUBCheck gives no report (exit code 1)"),
        (None, "Java is not installed"),
    ],
)
def test_a_java_that_does_not_run_is_a_problem_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, java: str | None, reason: str
) -> None:
    monkeypatch.setattr(validators, "java", lambda: java)
    (found,) = epubcheck.run(tmp_path / "boek.epub")
    assert (found.code, found.span) == ("K701", None)
    assert found.message.startswith(reason) and found.hint
