"""Marks on what is no running text: pictures, title page, contents, running heads, folios.

And pages that came back otherwise than they went out: without their map, moved, scaled, left out.
Where the marked things stand is asked of PDFium and of the manuscript's text alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from conftest import BOOKS
from marking import Box, Marker, marked
from marking_judged import place, wrong
from pikepdf import Array, Name, String
from test_notes import add, texts, told

from publish.__main__ import main
from publish.manuscript.folder import read_manuscript
from publish.proofing.applying import patch
from publish.proofing.leaving import left
from publish.proofing.notes import notes
from publish.proofing.telling import as_csv, as_html, as_json, as_text

BOOK = BOOKS / "complete"
Made = tuple[str, tuple[int, int], str]


@pytest.fixture(scope="module")
def proof(complete: Mapping[str, Path]) -> bytes:
    return complete["proof"].read_bytes()


def box_of(data: bytes, page: int, words: str, nth: int = 0) -> Box:
    """Return where words stand on a page, from 1; the `nth` time that they do."""
    with pypdfium2.PdfDocument(data) as document:
        text = document[page - 1].get_textpage()
        search = text.search(words, match_case=True)
        for _ in range(nth + 1):
            found = search.get_next()
            assert found, f"{words} is not on page {page}"
        sides = [text.get_charbox(found[0] + at, loose=True) for at in range(found[1])]
    lefts, feet, rights, heads = zip(*sides, strict=True)
    return min(lefts), min(feet), max(rights), max(heads)


def picture_on(data: bytes, page: int) -> Box:
    """Return where the largest picture of a page stands."""
    with pypdfium2.PdfDocument(data) as document:
        kinds = [raw.FPDF_PAGEOBJ_IMAGE]
        found = [one.get_bounds() for one in document[page - 1].get_objects(filter=kinds)]
    return max(found, key=lambda one: (one[2] - one[0]) * (one[3] - one[1]))


def quads(box: Box) -> Array:
    left, foot, right, head = box
    return Array([left, head, right, head, left, foot, right, foot])


def highlight(marker: Marker, page: int, box: Box, subtype: str = "Highlight") -> None:
    add(marker, page - 1, Subtype=Name(f"/{subtype}"), Rect=Array(box), QuadPoints=quads(box))


def made(one: Mapping[str, Any]) -> Made:
    return one["file"], (one["line"], one["column"]), one["words"]


def source(file: str, words: str, nth: int = 0) -> Made:
    """Return the place of words in a file of the manuscript; the `nth` time that they stand."""
    text = texts(BOOK)[file]
    at = [one.start() for one in re.finditer(re.escape(words), text)][nth]
    return file, place(text, at), words


def test_a_mark_of_any_kind_on_a_picture_comes_back_at_the_picture(
    proof: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marker = Marker(proof, 1)
    left_, foot, right, head = box = picture_on(proof, 8)
    middle = ((left_ + right) / 2, (foot + head) / 2)
    small = (middle[0] - 9, middle[1] - 9, middle[0] + 9, middle[1] + 9)
    wide = (left_ - 12, foot - 4, right + 12, head + 9)
    callout = Array([*middle, right + 20, middle[1], right + 40, middle[1]])
    beside = Array([right + 40, middle[1] - 8, right + 95, middle[1] + 8])
    common = {"T": String("Anna"), "Contents": String("donkerder")}
    for values in (
        {"Subtype": Name.Highlight, "Rect": Array(small)},
        {"Subtype": Name.Highlight, "Rect": Array(box), "QuadPoints": quads(small)},
        {"Subtype": Name.StrikeOut, "Rect": Array(box), "QuadPoints": quads(box)},
        {"Subtype": Name.Text, "Rect": Array(small)},
        {"Subtype": Name.FreeText, "Rect": Array(small)},
        {"Subtype": Name.FreeText, "Rect": beside, "CL": callout, "IT": Name.FreeTextCallout},
        {"Subtype": Name.Square, "Rect": Array(box)},
        {"Subtype": Name.Square, "Rect": Array(small)},
        {"Subtype": Name.Circle, "Rect": Array(wide)},
        {"Subtype": Name.Ink, "Rect": Array(small),
         "InkList": Array([Array([*small[:2], *middle, *small[2:]])])},
        {"Subtype": Name.Stamp, "Rect": Array(small)},
        {"Subtype": Name.Caret, "Rect": Array(small)},
    ):  # fmt: skip
        add(marker, 7, **(common | values))
    found = told(marker.saved(tmp_path / "m.pdf"), BOOK)
    file, where, _ = source("03-de-beek.md", "![](put)")
    assert [made(one) for one in found] == [(file, where, "put")] * 12
    assert all(one["placed"] and one["what"] == "picture" for one in found)
    _, (line, column), _ = source("captions.toml", "[put]")
    assert {one["entry"] for one in found} == {f"captions.toml:{line}:{column + 1}"}
    assert main(["notes", str(tmp_path / "m.pdf"), str(BOOK)]) == 0
    assert capsys.readouterr().out.count(f"    its entry: captions.toml:{line}:") == 12
    # The words of its caption are words, not the picture.
    marker = Marker(proof, 1)
    highlight(marker, 8, box_of(proof, 8, "deksel"))
    (one,) = told(marker.saved(tmp_path / "m.pdf"), BOOK)
    assert made(one) == source("captions.toml", "deksel")
    assert one["what"] == "text"


def test_a_picture_of_the_cover_and_one_placed_twice_are_told_apart(
    proof: bytes, tmp_path: Path
) -> None:
    marker = Marker(proof, 1)
    left_, _, right, head = box_of(proof, 11, "atelier De Kei", 1)
    for page, across, up in ((1, 330.0, 620.0), (11, (left_ + right) / 2, head + 40)):
        add(
            marker,
            page - 1,
            Subtype=Name.Text,
            Rect=Array([across - 9, up - 9, across + 9, up + 9]),
        )
    cover, inside = sorted(
        told(marker.saved(tmp_path / "m.pdf"), BOOK), key=lambda one: one["page"]
    )
    assert made(cover) == ("book.toml", source("book.toml", '"oever"')[1], "oever")
    assert made(inside) == (
        "05-een-liedje.md",
        source("05-een-liedje.md", "![")[1],
        "oever",
    )


def test_words_that_repeat_words_come_back_where_these_are_written(
    proof: bytes, tmp_path: Path
) -> None:
    marker = Marker(proof, 1)
    wanted: list[Made] = []
    for page, words, nth, file, of in (
        (1, "verdwenen", 0, "book.toml", 0),
        (2, "stadsarchief", 0, "book.toml", 0),
        (2, "België", 0, "book.toml", 0),
        (2, "Eerste", 0, "book.toml", 0),
        (3, "Mechelen", 0, "book.toml", 0),
        (3, "werkgroep", 0, "book.toml", 0),
        (4, "gewelf", 0, "03-de-beek.md", 0),
        (4, "onderweg", 0, "05-een-liedje.md", 0),
        (8, "atelier", 1, "captions.toml", 0),
        (9, "Peil", proof_count(proof, 9, "Peil") - 1, "04-peil-en-tal.md", 0),
        (11, "liedje", proof_count(proof, 11, "liedje") - 1, "05-een-liedje.md", 0),
    ):
        highlight(marker, page, box_of(proof, page, words, nth))
        wanted.append(source(file, words, of))
    found = told(marker.saved(tmp_path / "m.pdf"), BOOK)
    assert sorted(map(made, found)) == sorted(wanted)
    assert all(one["placed"] and one["what"] == "repeated" for one in found)


def test_what_comes_from_nowhere_is_listed_with_its_words(proof: bytes, tmp_path: Path) -> None:
    marker = Marker(proof, 1)
    printed = ((4, "Inhoud"), (2, "Redactie"), (2, "ISBN"), (7, "03-de-beek.md:9"))
    for page, words in printed:
        highlight(marker, page, box_of(proof, page, words), "StrikeOut")
    # The folio, the number of a line, and a note on each.
    with pypdfium2.PdfDocument(proof) as document:
        label = document.get_page_label(6)
    # The sheet around a page comes first in its content, its margins last.
    for words, nth in ((label, proof_count(proof, 7, label) - 1), ("15", 0)):
        box = box_of(proof, 7, words, nth)
        highlight(marker, 7, box)
        add(marker, 6, Subtype=Name.Text, Rect=Array(box))
        middle = (box[0] + box[2]) / 2
        caret = Array([middle - 2, box[1] - 2, middle + 2, box[1] + 4])
        add(marker, 6, Subtype=Name.Caret, Rect=caret, Contents=String("x"))
    found = told(marker.saved(tmp_path / "m.pdf"), BOOK)
    assert not any(one["placed"] or one["file"] for one in found)
    said = sorted(one["words"] for one in found)
    assert said == sorted([*(words for _, words in printed), *[label] * 3, *["15"] * 3])


def proof_count(data: bytes, page: int, words: str) -> int:
    """Return how often words stand on a page."""
    with pypdfium2.PdfDocument(data) as document:
        search, count = document[page - 1].get_textpage().search(words, match_case=True), 0
        while search.get_next():
            count += 1
    return count


def without_map(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Names.EmbeddedFiles, pdf.Root.AF


def test_a_proof_printed_anew_is_placed_by_its_words_and_says_so(
    proof: bytes, tmp_path: Path
) -> None:
    """Printing to a PDF keeps no attachment and no page box, and may fit the page to its sheet."""
    marker = marked(proof, texts(BOOK), seed=21, count=21)
    picture = picture_on(proof, 8)
    file, bare = marker.saved(tmp_path / "m.pdf"), tmp_path / "anew.pdf"
    by, right, up = 0.9, 31.0, 57.0
    with pikepdf.open(file) as pdf:
        without_map(pdf)
        for page in pdf.pages:
            page.contents_add(f"q {by} 0 0 {by} {right} {up} cm".encode(), prepend=True)
            page.contents_add(b"Q")
            for key in {"/TrimBox", "/BleedBox", "/CropBox"} & page.obj.keys():
                del page.obj[key]
            page.obj.MediaBox = Array([0, 0, 720, 780])
            for one in page.obj.get("/Annots", []):
                for name in ("/Rect", "/QuadPoints", "/CL"):
                    if name in one:
                        one[name] = moved(one[name], by, right, up)
                if "/InkList" in one:
                    one.InkList = Array([moved(each, by, right, up) for each in one.InkList])
        at = moved(Array(picture), by, right, up)
        pdf.pages[7].obj.Annots = pdf.pages[7].obj.get("/Annots", Array([]))
        pdf.pages[7].obj.Annots.append(
            pdf.make_indirect(pikepdf.Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=at))
        )
        pdf.save(bare)
    found = told(bare, BOOK, "K718")
    truths = [
        replace(
            one, rects=tuple(tuple(map(float, moved(rect, by, right, up))) for rect in one.rects)
        )
        for one in marker.truths
    ]
    assert wrong(truths, found, texts(BOOK)) == []
    assert [one["words"] for one in found if one["what"] == "picture"] == ["put"]
    _, (problem,) = notes([bare], BOOK)
    assert "22 of 22" in problem.message


def moved(numbers: Any, by: float, right: float, up: float) -> Array:
    sides = [float(one) for one in numbers]
    return Array([by * one + (up if at % 2 else right) for at, one in enumerate(sides)])


def test_pages_left_out_put_in_or_damaged_shift_no_mark_of_others(
    proof: bytes, tmp_path: Path
) -> None:
    marker = marked(proof, texts(BOOK), seed=22, count=24)
    plate = Array(picture_on(proof, 12))
    add(marker, 11, Subtype=Name.Square, Rect=plate, Contents=String("plaat"))
    marker.pdf.add_blank_page()
    foreign = marker.pdf.pages[-1]
    del marker.pdf.pages[-1]
    marker.pdf.pages.insert(4, foreign)
    add(marker, 4, Subtype=Name.Square, Rect=Array([50, 50, 90, 90]), Contents=String("vreemd"))
    del marker.pdf.pages[1]
    damaged = 8
    marker.pdf.pages[damaged].obj.Contents = marker.pdf.make_stream(b"q (broken Tj [ <<")
    add(marker, 13, Subtype=Name.Square, Rect=Array([50, 50, 90, 90]))
    marker.pdf.pages[13].obj.Type = Name.NoPage
    found = told(marker.saved(tmp_path / "m.pdf"), BOOK, *["K719"] * 3)
    sources = texts(BOOK)
    kept = [
        one
        for one in marker.truths
        if {page for page, _ in one.word.boxes} & {1, damaged, 13} == set()
    ]
    assert len(kept) >= 14
    assert wrong(kept, found, sources) == []
    (picture,) = (one for one in found if one["comment"] == "plaat")
    assert made(picture) == ("05-een-liedje.md", source("05-een-liedje.md", "![](veld)")[1], "veld")
    (other,) = (one for one in found if one["comment"] == "vreemd")
    assert not other["placed"] and other["page"] == 4
    lost = [one for one in found if one["page"] == damaged + 1]
    assert lost and not any(one["placed"] for one in lost)


def test_why_a_proposal_is_left_to_a_person_is_told_everywhere(
    proof: bytes, tmp_path: Path
) -> None:
    marker = Marker(proof, 1)
    box = box_of(proof, 7, "weiland")
    add(marker, 6, Subtype=Name.StrikeOut, Rect=Array(box), QuadPoints=quads(box),
        Contents=String("dubbelop?"))  # fmt: skip
    highlight(marker, 3, box_of(proof, 3, "werkgroep"), "StrikeOut")
    highlight(marker, 8, picture_on(proof, 8), "StrikeOut")
    box = box_of(proof, 7, "luister")
    caret = Array([box[2] - 3, box[1] - 3, box[2] + 3, box[1] + 4])
    add(marker, 6, Subtype=Name.Caret, Rect=caret, Contents=String("ten"))
    sources = read_manuscript(BOOK).sources
    found, _ = notes([marker.saved(tmp_path / "m.pdf")], BOOK)
    why = left(found, sources)
    by_words = {found[number - 1].words: reason for number, reason in why.items()}
    assert by_words.keys() == {"weiland", "put"}
    assert "carries words" in by_words["weiland"]
    assert by_words["put"] == "it stands on a picture"
    made_ = patch(found, BOOK, read_manuscript(BOOK))
    assert why.items() <= made_.refused.items()
    # What is struck out on the title page goes where it is written.
    assert [one.file for one in made_.edits] == ["03-de-beek.md", "book.toml"]
    assert '-name = "werkgroep Waterlijn"\n+name = "Waterlijn"\n' in made_.diff(sources)
    for reason in why.values():
        assert f"left to you: {reason}" in as_text(found, why)
        assert reason in as_json(found, why)
        assert reason in as_html(found, "Proef", BOOK, why)
    rows = [*csv.DictReader(io.StringIO(as_csv(found, why)))]
    assert [row["why_left"] for row in rows] == [why.get(at, "") for at in range(1, 5)]


def test_the_page_of_notes_shows_on_which_side_and_leads_to_the_line(
    proof: bytes, tmp_path: Path
) -> None:
    marker = Marker(proof, 1)
    box = box_of(proof, 7, "putdeksel")
    for across in (box[0], box[2]):
        caret = Array([across - 3, box[1] - 3, across + 3, box[1] + 4])
        add(marker, 6, Subtype=Name.Caret, Rect=caret, Contents=String("XY"))
    found, _ = notes([marker.saved(tmp_path / "m.pdf")], BOOK)
    page = as_html(found, "Proef", BOOK)
    before, after = (one.side.split("|") for one in found)
    assert (before[1], after[0]) == ("putdeksel", "putdeksel")
    assert found[0].start + len("putdeksel") == found[1].start
    assert "het <ins>XY</ins>putdeksel<" in page
    assert "putdeksel<ins>XY</ins> met<" in page
    uri = BOOK.resolve().as_uri()
    line, column = found[0].line, found[0].column
    assert (
        f'href="{uri.replace("file:", "vscode://file", 1).replace("file///", "file/")}/03-' in page
    )
    assert f"{found[0].file}:{line}:{column}</a>" in page
    assert f'href="{uri}/{found[0].file}"' in page
    assert "insert “XY” at the bar in “putdeksel| met”" in as_text(found)
