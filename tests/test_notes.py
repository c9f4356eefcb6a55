"""Marks of reviewers in PDFs, found back in the manuscript and applied to it."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from browse import faults
from conftest import SAMPLE
from marking import SPECIAL, Marker, Word, Words, kinds_of_words, marked
from marking_judged import mended, place, rebuilt_alike, stands, wrong
from pikepdf import Array, Dictionary, Name, String

from publish.__main__ import main
from publish.manuscript.folder import read_manuscript
from publish.proof.map import read_map
from publish.proofing.annotations import date
from publish.proofing.applying import patch
from publish.proofing.groups import marks
from publish.proofing.leaving import left
from publish.proofing.notes import notes
from publish.proofing.telling import as_html, as_values

BOOKS = Path(__file__).parent / "books"


def texts(folder: Path) -> dict[str, str]:
    return {name: one.text for name, one in read_manuscript(folder).sources.items()}


def told(file: Path, folder: Path, *codes: str) -> list[dict[str, Any]]:
    """Return the notes of a PDF, of which these problems are told and no others."""
    found, problems = notes([file], folder)
    assert [one.code for one in problems] == [*codes]
    return [as_values(one) for one in found]


@pytest.fixture(scope="module")
def proof(sample: Mapping[str, Path]) -> bytes:
    """Return the proof of the sample."""
    return sample["proof"].read_bytes()


@pytest.fixture(scope="module")
def words(proof: bytes) -> Words:
    return Words(proof, texts(SAMPLE))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "book"))


def test_marks_of_every_kind_and_program_come_back_at_their_words(
    proof: bytes, tmp_path: Path
) -> None:
    marker = marked(proof, texts(SAMPLE), seed=7, count=150)
    assert len({(one.kind, one.program) for one in marker.truths}) > 20
    counts = kinds_of_words(marker, texts(SAMPLE))
    assert counts["often"] >= 30 and counts["divided"] >= 5 and min(counts.values()) > 0, counts
    found = told(marker.saved(tmp_path / "m.pdf"), SAMPLE)
    assert wrong(marker.truths, found, texts(SAMPLE)) == []
    assert len(found) == len(marker.truths)


def test_marks_in_notes_captions_tables_and_quotes_come_back(
    complete: Mapping[str, Path], tmp_path: Path
) -> None:
    folder = BOOKS / "complete"
    marker = marked(complete["proof"].read_bytes(), texts(folder), seed=3, count=60)
    counts = kinds_of_words(marker, texts(folder))
    assert {*SPECIAL} <= counts.keys()
    assert min(counts[kind] for kind in SPECIAL) > 0, counts
    found = told(marker.saved(tmp_path / "m.pdf"), folder)
    assert wrong(marker.truths, found, texts(folder)) == []


def test_a_proof_that_lost_its_map_is_read_by_its_words(
    proof: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = marked(proof, texts(SAMPLE), seed=8, count=40)
    file = marker.saved(tmp_path / "m.pdf")
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        del pdf.Root.Names.EmbeddedFiles, pdf.Root.AF
        pdf.save()
    # Laying out again is the last resort; here it is out of reach.
    monkeypatch.setattr("publish.proofing.notes.Layouts.today", lambda self: None)
    found = told(file, SAMPLE, "K718")
    lost = wrong(marker.truths, found, texts(SAMPLE))
    # With the book laid out again they are all there: make bench-notes.
    assert len(lost) <= 4
    assert len(found) >= 40
    # What is not plain is listed without a place, and never at a wrong one: each is at its own
    # word, of one that two pages share at a half of it.
    sources = texts(SAMPLE)
    placed = [one for one in found if one["placed"]]
    assert len(placed) >= 36
    for one in placed:
        (truth,) = (t for t in marker.truths if any(stands(one, rect) for rect in t.rects))
        word, text = truth.word, sources[truth.word.file]
        at = place(text, word.end if truth.kind == "insert" else word.start)
        assert one["file"] == word.file and one["words"] in word.text
        assert one["page"] - 1 in {page for page, _ in word.boxes}
        assert at <= (one["line"], one["column"]) <= place(text, word.end)
        assert (one["line"], one["column"]) == at or len(word.boxes) == 2


def test_the_print_pdf_can_be_marked_too(complete: Mapping[str, Path], tmp_path: Path) -> None:
    folder = BOOKS / "complete"
    for edition in ("print", "screen"):
        marker = marked(complete[edition].read_bytes(), texts(folder), seed=5, count=12)
        found = told(marker.saved(tmp_path / f"{edition}.pdf"), folder, "K718")
        assert wrong(marker.truths, found, texts(folder)) == []


def test_turned_and_cropped_pages_are_read_as_they_are(
    proof: bytes, words: Words, tmp_path: Path
) -> None:
    marker, rng = Marker(proof, 1), random.Random(4)
    for turn in range(8):
        word = words.drawn(rng)
        marker.put(word, "Highlight", "Acrobat")
        page = marker.pdf.pages[word.boxes[0][0]]
        page.obj.Rotate = 90 * (turn % 4)
        page.obj.CropBox = Array([60, 40, 520, 640])
    found = told(marker.saved(tmp_path / "m.pdf"), SAMPLE)
    assert wrong(marker.truths, found, texts(SAMPLE)) == []


def test_a_word_that_a_line_divides_is_whole(proof: bytes, words: Words, tmp_path: Path) -> None:
    marker, rng = Marker(proof, 2), random.Random(1)
    divided = words.divided(rng, 6)
    for word, kind in zip(divided, ("Highlight", "StrikeOut", "Underline") * 2, strict=True):
        marker.put(word, kind, "Okular")
    found = told(marker.saved(tmp_path / "m.pdf"), SAMPLE)
    assert wrong(marker.truths, found, texts(SAMPLE)) == []


def add(marker: Marker, page: int, **values: Any) -> Any:
    """Put an annotation on a page as it is given; return it."""
    made = {f"/{key}": value for key, value in values.items()}
    return marker._add(marker.pdf.pages[page], {"/Type": Name.Annot, **made})


def bounds(word: Word) -> tuple[int, Array]:
    page, boxes = word.boxes[0]
    return page, Array([boxes[0][0], boxes[0][1], boxes[-1][2], boxes[0][3]])


def test_answers_and_states_belong_to_the_mark_that_they_answer(
    proof: bytes, words: Words, tmp_path: Path
) -> None:
    """ISO 32000-2, 12.5.6.3: a state is a Text annotation that answers (IRT) and is not shown."""
    marker = Marker(proof, 1)
    page, rect = bounds(words.drawn(random.Random(9)))
    first = add(marker, page, Subtype=Name.Highlight, Rect=rect, Contents=String("klopt dit?"),
                T=String("Anna"))  # fmt: skip
    second = add(marker, page, Subtype=Name.Text, Rect=rect, IRT=first, T=String("Ben"),
                 Contents=String("Ja."))  # fmt: skip
    add(marker, page, Subtype=Name.Text, Rect=rect, IRT=second, Contents=String("Dank."))
    add(marker, page, Subtype=Name.Text, Rect=rect, IRT=first, StateModel=String("Review"),
        State=String("Accepted"), Contents=String("Accepted set by Ben"))  # fmt: skip
    add(marker, page, Subtype=Name.Popup, Rect=rect, Parent=first)
    (one,) = told(marker.saved(tmp_path / "m.pdf"), SAMPLE)
    assert (one["comment"], one["author"], one["state"]) == ("klopt dit?", "Anna", "Accepted")
    assert one["replies"] == ("Ben: Ja.", "Dank.", "Accepted set by Ben")


def test_annotations_that_answer_each_other_in_a_circle_are_all_there(
    proof: bytes, words: Words, tmp_path: Path
) -> None:
    marker = Marker(proof, 1)
    page, rect = bounds(words.drawn(random.Random(9)))
    one = add(marker, page, Subtype=Name.Highlight, Rect=rect, Contents=String("een"))
    two = add(marker, page, Subtype=Name.Highlight, Rect=rect, Contents=String("twee"), IRT=one)
    one.IRT = two
    (found,) = told(marker.saved(tmp_path / "m.pdf"), SAMPLE)
    assert {found["comment"], *found["replies"]} == {"een", "twee"}


def test_nothing_that_says_something_is_dropped(proof: bytes, words: Words, tmp_path: Path) -> None:
    marker = Marker(proof, 1)
    page, rect = bounds(words.drawn(random.Random(9)))

    def put(said: str, subtype: str, **more: Any) -> Any:
        kind = Name(f"/{subtype}")
        return add(marker, page, Subtype=kind, Rect=rect, Contents=String(said), **more)

    link, field = put("naar de inhoud", "Link"), put("veld", "Widget")
    marker.pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    put("klopt deze verwijzing?", "Text", IRT=link)
    put("en in een groep", "Highlight", IRT=link, RT=Name.Group)
    put("dit veld ook", "Text", IRT=field)
    put("Accepted", "Text", IRT=link, StateModel=String("Review"), State=String("Accepted"))
    put("gefilmd", "Movie")
    add(marker, page, Subtype=Name.Movie, Rect=rect)
    put("van wie is dit?", "Popup")
    put("gezegd", "Popup", Parent=put("gezegd", "Text"))
    # Two that are alike and written in the page itself are two.
    alike = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=rect, Contents=String("gelijk"))
    marker.pdf.pages[page].obj.Annots.extend([Dictionary(alike), Dictionary(alike)])
    found = told(marker.saved(tmp_path / "m.pdf"), SAMPLE)
    assert sorted(one["comment"] for one in found) == sorted([
        "klopt deze verwijzing?", "en in een groep", "dit veld ook", "gefilmd", "van wie is dit?",
        "gezegd", "gelijk", "gelijk",
    ])  # fmt: skip
    assert all(one["placed"] for one in found)


def test_a_caret_at_the_end_of_a_strike_out_is_a_replacement_without_a_group(
    proof: bytes, words: Words, tmp_path: Path
) -> None:
    marker = Marker(proof, 1)
    word = words.drawn(random.Random(3), r"\w{5,}")
    page, rect = bounds(word)
    right, foot = float(rect[2]), float(rect[1])
    add(marker, page, Subtype=Name.StrikeOut, Rect=rect, T=String("Anna"))
    add(marker, page, Subtype=Name.Caret, T=String("Anna"), Contents=String("beter"),
        Rect=Array([right - 3, foot - 3, right + 3, foot + 4]))  # fmt: skip
    (one,) = told(marker.saved(tmp_path / "m.pdf"), SAMPLE)
    assert (one["kind"], one["replacement"]) == ("replace", "beter")
    assert one["words"] == texts(SAMPLE)[word.file][word.start : word.end]


def test_two_reviewers_who_want_different_things_are_shown_together(
    proof: bytes, words: Words, tmp_path: Path
) -> None:
    files, word = [], words.drawn(random.Random(5), r"\w{6,}")
    for author, said in (("Anna", "eerste"), ("Ben", "tweede")):
        marker = Marker(proof, 1)
        page, rect = bounds(word)
        caret = add(marker, page, Subtype=Name.Caret, Rect=rect, IT=Name.Replace, T=String(author),
                    Contents=String(said))  # fmt: skip
        add(marker, page, Subtype=Name.StrikeOut, Rect=rect, IRT=caret, RT=Name.Group)
        files.append(marker.saved(tmp_path / f"{author}.pdf"))
    found, _ = notes(files, SAMPLE)
    assert [one.against for one in found] == [(2,), (1,)]
    # Once each, with a link to the other.
    page = as_html(found, "Proef", SAMPLE, left(found, read_manuscript(SAMPLE).sources))
    assert page.count("something else here") == 2 and page.count('<a href="#note-') == 2
    made = patch(found, SAMPLE, read_manuscript(SAMPLE))
    assert made.texts == {} and len(made.refused) == 2


def test_what_stands_on_nothing_is_listed_with_its_page_and_rectangle(
    proof: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marker = Marker(proof, 1)
    add(marker, 1, Subtype=Name.Square, Rect=Array([5, 5, 25, 25]), Contents=String("vlek"))
    file = marker.saved(tmp_path / "m.pdf")
    (one,) = told(file, SAMPLE)
    assert (one["placed"], one["page"], one["rect"]) == (False, 2, (5, 5, 25, 25))
    assert main(["notes", str(file), str(SAMPLE)]) == 0
    said = capsys.readouterr().out
    assert "not placed" in said and "at 5 5 25 25 pt" in said and "vlek" in said


def test_without_a_manuscript_or_a_patch_to_write_that_is_told(
    proof: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Marker(proof, 1).saved(tmp_path / "m.pdf")
    (tmp_path / "leeg").mkdir()
    assert main(["notes", str(file), str(tmp_path / "leeg")]) == 1
    said = capsys.readouterr().err
    assert "T102" in said and "another book" not in said
    assert main(["notes", str(file), str(SAMPLE), "--yes"]) == 2
    assert "without --apply" in capsys.readouterr().err


def test_notes_are_told_as_text_table_page_and_json(
    proof: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = texts(SAMPLE)
    marker = marked(proof, sources, seed=11, count=12)
    given = [str(marker.saved(tmp_path / "m.pdf")), str(SAMPLE)]
    assert main(["notes", *given, "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    fields = (
        "file line column end_line end_column words kind comment replacement author created page"
        " rect placed"
    ).split()
    assert all(set(fields) <= one.keys() for one in listed)
    assert wrong(marker.truths, listed, sources) == []
    assert main(["notes", *given]) == 0
    places = re.findall(r"^(\S+?):(\d+):(\d+): note ", capsys.readouterr().out, re.MULTILINE)
    assert places == [(one["file"], str(one["line"]), str(one["column"])) for one in listed]
    assert main(["notes", *given, "--form", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["words"] for row in rows] == [one["words"] for one in listed]
    assert main(["notes", *given, "--form", "html"]) == 0
    page = capsys.readouterr().out
    assert page.count('<li id="note-') == 12 and "<script" not in page


@pytest.mark.browser
def test_the_page_of_notes_is_for_everyone(proof: bytes, tmp_path: Path) -> None:
    marker = marked(proof, texts(SAMPLE), seed=11, count=12)
    found, _ = notes([marker.saved(tmp_path / "m.pdf")], SAMPLE)
    (tmp_path / "notes.html").write_text(as_html(found, "Proef", SAMPLE), encoding="utf-8")
    assert faults(tmp_path / "notes.html") == []


def test_plain_proposals_are_shown_and_written_only_when_told_so(
    proof: bytes, copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = texts(copy)
    marker = marked(proof, sources, seed=12, count=60)
    given = ["notes", str(marker.saved(tmp_path / "m.pdf")), str(copy), "--apply"]
    assert main(given) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("--- a/") and "nothing is written" in shown.err
    assert texts(copy) == sources
    assert main([*given, "--yes"]) == 0
    assert capsys.readouterr().out == shown.out
    after = texts(copy)
    asked = mended(marker.truths, sources)
    assert after == asked
    changed = {name for name in sources if after[name] != sources[name]}
    for name in changed:
        assert (copy / f"{name}.orig").read_text(encoding="utf-8") == sources[name]
    assert {one.name for one in copy.glob("*.orig")} == {f"{name}.orig" for name in changed}
    # And the book that is made of it has them, and nothing else that is different.
    assert rebuilt_alike(copy, asked, tmp_path / "gewenst") == []
    assert rebuilt_alike(copy, sources, tmp_path / "oud") != []


def test_a_pdf_that_is_none_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "m.pdf").write_bytes(b"no PDF")
    assert main(["notes", str(tmp_path / "m.pdf"), str(SAMPLE)]) == 1
    assert "is no PDF that can be read" in capsys.readouterr().err
    assert main(["notes", str(tmp_path / "none.pdf"), str(SAMPLE)]) == 1


def test_a_pdf_that_asks_for_a_password_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "m.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert main(["notes", str(file), str(SAMPLE)]) == 1
    assert "Save it without the password" in capsys.readouterr().err
    for name in ("none.pdf", "."):
        assert main(["notes", str(tmp_path / name), str(SAMPLE)]) == 1
        assert "Name the marked PDFs, and last the folder" in capsys.readouterr().err
    out = tmp_path / "uit"
    since = ["build", str(SAMPLE), "--out", str(out), "--only", "proof", "--since", str(file)]
    assert main(since) == 1
    assert "carries no manuscript" in capsys.readouterr().err


def test_annotations_without_sense_do_no_harm(proof: bytes, tmp_path: Path) -> None:
    marker = Marker(proof, 1)
    for values in (
        {"Subtype": Name.Highlight},
        {"Subtype": Name.Highlight, "Rect": Array([1, 2]), "QuadPoints": Array([1, Name.x])},
        {"Subtype": Name.Ink, "Rect": Array([9, 9, 9, 9]), "InkList": Array([1, Array([])])},
        {"Subtype": Name.Caret, "Rect": Array([0, 0, 0, 0]), "IRT": Name.x},
        {"Subtype": Name.FreeText, "Rect": Array([9, 9, 9, 9]), "CL": Array([1])},
        {"Subtype": Name.Link, "Rect": Array([9, 9, 9, 9])},
    ):
        add(marker, 4, **values)
    marker.pdf.pages[5].obj.Annots = Dictionary()
    marker.pdf.pages[6].obj.Annots = Array([1, Name.x, Dictionary()])
    assert len(told(marker.saved(tmp_path / "m.pdf"), SAMPLE)) == 5


def test_dates_of_annotations_are_read() -> None:
    assert date("D:20261120101500+01'00'") == "2026-11-20T10:15:00+01:00"
    assert date("D:20261120101500Z") == "2026-11-20T10:15:00Z"
    assert date("D:20261120") == "2026-11-20T00:00:00"
    assert date("gisteren") == "" == date(None)


def test_a_proof_carries_the_manuscript_that_it_was_made_of(proof: bytes) -> None:
    with pikepdf.open(io.BytesIO(proof)) as pdf:
        known = read_map(pdf)
        assert marks(pdf) == []
        assert pdf.Root.AF[0].AFRelationship == Name.Source
        assert known is not None and len(known.pages) == len(pdf.pages)
    assert known.sources == texts(SAMPLE)
