"""Preflight: each rule fires on a PDF that breaks it and on no other; on good ones none does."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from broken_pdfs import (
    ALL_PLATES,
    FAULTS,
    MARGIN,
    MM,
    MULTIPLY,
    OVER,
    Break,
    form,
    marked,
    mixed,
    painting,
    picture,
    scripted,
    shown_by,
    striped,
    trimless,
    trimmed_to_nothing,
    words,
)
from conftest import BOOKS
from foreign_pdfs import FOREIGN
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import ImageChops

from publish.__main__ import main
from publish.booklet.imposing import impose
from publish.booklet.sheets import Job, Size, marks
from publish.building.build import build
from publish.checks.preflight import RULES as CHECKS
from publish.checks.preflight import Finding, NoPdf, Rule, as_problem, preflight
from publish.checks.preflight import check as preflight_check
from publish.checks.preflight.model import File, Sheet
from publish.checks.preflight.painting import painted
from publish.checks.preflight.places import Places
from publish.checks.preflight.totals import most_ink
from publish.checks.subject import Subject
from publish.ground.rules.preflight import PREFLIGHT
from publish.manuscript.folder import read_manuscript
from publish.press.boxes import common
from publish.press.letters import widths_of
from publish.standing.state import state_of


@pytest.fixture(scope="module")
def good(complete: dict[str, Path]) -> Path:
    return complete["print"]


@pytest.fixture(scope="module")
def quiet(good: Path) -> bytes:
    """Return the same file with nothing painted but on page 8, which is read the sooner."""
    out = BytesIO()
    with Pdf.open(good) as pdf:
        for at, page in enumerate(pdf.pages):
            if at != 7:
                page.obj.Contents = pdf.make_stream(b"")
        pdf.save(out, fix_metadata_version=False)
    return out.getvalue()


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_pdf(name: str, quiet: bytes, tmp_path: Path) -> None:
    code, fault = FAULTS[name]
    path = tmp_path / "broken.pdf"
    with Pdf.open(BytesIO(quiet)) as pdf:
        fault(pdf)
        pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    found = preflight(path)
    assert {one.code for one in found} == {code}, [str(as_problem(one, "")) for one in found]
    where = {one.page for one in found}
    assert where in ({8}, {None})


# Files in which objects are not what they should be ---------------------------------------------


@pytest.fixture(scope="module")
def small(good: Path) -> bytes:
    """Return four pages of the book, with two pictures and a table."""
    out = BytesIO()
    with Pdf.open(good) as pdf:
        for at in reversed(range(len(pdf.pages))):
            if at not in (6, 7, 8, 11):
                del pdf.pages[at]
        pdf.save(out)
    return out.getvalue()


def reached(pdf: Pdf) -> list[Any]:
    """Return the objects that are met from the pages and the catalogue, letters apart."""
    waiting: list[Any] = [pdf.Root, *(page.obj for page in pdf.pages)]
    found: list[Any] = []
    seen = set()
    while waiting:
        one = waiting.pop()
        if one.is_indirect and one.objgen in seen:
            continue
        seen.add(one.objgen)
        if isinstance(one, Dictionary) and ("/Dests" in one or one.get("/Type") == Name.Font):
            continue
        found.append(one)
        parts = one if isinstance(one, Array) else one.values()
        waiting += [part for part in parts if isinstance(part, Dictionary | pikepdf.Stream | Array)]
    return found


def hurt(pdf: Pdf, chance: random.Random) -> None:
    """Take, change or tangle one to four objects of a file at random."""
    objects = reached(pdf)
    for _ in range(chance.randint(1, 4)):
        one = chance.choice(objects)
        if isinstance(one, pikepdf.Stream) and chance.random() < 0.5:
            content = b" Q Q /No Do -1 w [ 1 2 Tj /x gs 1 0 cm BT 5 Tf (a) Tj /y sh f 0 0 re Do "
            one.write(chance.choice((chance.randbytes(200), content, one.read_raw_bytes()[:99])))
            continue
        other = chance.choice([it for it in objects if it.is_indirect])
        odd = chance.choice(
            [None, Name.Odd, -1, 10**9, 0.5, True, pikepdf.String("x"), Array([]), Dictionary(),
             Array([-5, 5, -900, 2]), other, other, other]
        )  # fmt: skip
        if isinstance(one, Array):
            if len(one):
                one[chance.randrange(len(one))] = odd
        elif keys := [key for key in one.keys() if key != "/Length"]:  # noqa: SIM118 - no Python dict
            key = chance.choice(keys)
            if odd is None:
                del one[key]
            else:
                one[key] = odd


def test_whatever_is_odd_in_a_file_there_is_a_report(small: bytes, tmp_path: Path) -> None:
    """Sixty files hurt at random; `NoPdf` only where it is the pages that nobody can find."""
    path, reports, unjudged = tmp_path / "hurt.pdf", 0, 0
    for seed in range(60):
        with Pdf.open(BytesIO(small)) as pdf:
            hurt(pdf, random.Random(seed))
            # A finding that has nothing to do with it is told all the same.
            without_a_font(pdf)
            pdf.save(path)
        try:
            with Pdf.open(path) as pdf:
                count = len(pdf.pages)
        except pikepdf.PdfError:
            with pytest.raises(NoPdf):
                preflight(path)
            continue
        found = preflight(path)
        told = [as_problem(one, "hurt.pdf") for one in found]
        assert all(one.page is None or 1 <= one.page <= count for one in found), seed
        assert all("hurt.pdf" in one.message for one in told)
        codes, reports = {one.code for one in found}, reports + 1
        assert "F906" in codes, seed
        unjudged += "F925" in codes
    assert reports > 50 and unjudged > 10


def test_an_operator_of_any_bytes_is_told(small: bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.pdf"
    with Pdf.open(BytesIO(small)) as pdf:
        pdf.pages[0].Contents = pdf.make_stream(b"q \xbf\x9c Q 1 \x9c 0 0 5 5 re f")
        pdf.save(path)
    assert "F925" in {one.code for one in preflight(path)}


def without_a_font(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Los)
    pdf.Root.Loose = pdf.make_indirect(font)


def test_a_rule_that_stumbles_is_named_and_the_others_go_on(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        FAULTS["a hairline"][1](pdf)
        without_a_font(pdf)
        pdf.Root.Loose.FontDescriptor = 4
        pdf.pages[8].obj.Resources.XObject = Array([])
        pdf.save(path)
    found = preflight(path)
    assert [(one.code, one.page) for one in found] == [("F925", None), ("F916", 8), ("F925", 9)]
    fonts, _, content = (as_problem(one, "broken.pdf") for one in found)
    assert (fonts.severity, content.severity) == ("error", "error")
    start = "broken.pdf: whether its fonts are embedded cannot be judged: an object of it is not"
    assert fonts.message.startswith(start)
    assert content.message == (
        "broken.pdf, page 9: something that it paints cannot be judged: the operator Do: there is"
        " no /Page among the resources (and 3 more)"
    )


def test_a_bug_of_a_rule_is_told(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(sheet: Sheet) -> Iterator[Finding]:
        yield sheet.found("F916", width=0, least=0)
        raise ZeroDivisionError("division by zero")

    rule = Rule(look, frozenset(("x4",)), "the hairlines")
    monkeypatch.setattr("publish.checks.preflight.OF_PAGE", (rule,))
    found = preflight(good)
    assert [one.code for one in found] == ["F916", "F925"] * 16
    assert "the hairlines cannot be judged" in as_problem(found[1], "").message


def test_what_cannot_be_opened_is_told_by_the_check_as_well(
    checked: tuple[Subject, Path],
) -> None:
    subject, path = checked
    whole = path.read_bytes()
    path.write_bytes(b"%PDF-1.6 and no more")
    found = preflight_check(subject)
    path.write_bytes(whole)
    assert [one.code for one in found] == ["P403"]


def test_the_check_knows_the_binding(checked: tuple[Subject, Path]) -> None:
    subject, path = checked
    whole = path.read_bytes()
    with Pdf.open(BytesIO(whole)) as pdf:
        del pdf.pages[-2:]
        pdf.save(path)
    found = preflight_check(subject)
    path.write_bytes(whole)
    assert [one.code for one in found] == ["F920"]


def test_a_page_without_a_trim(good: Path, tmp_path: Path) -> None:
    """What is judged by the trim is then judged by the sheet, and the size is another."""
    path, reasons = tmp_path / "broken.pdf", []
    for fault in (trimless, trimmed_to_nothing):
        with Pdf.open(good) as pdf:
            fault(pdf)
            pdf.save(path)
        (found,) = [one for one in preflight(path) if one.code == "F907"]
        reasons.append((found.page, found.facts["reason"]))
    assert reasons == [(8, "it has no trim box"), (8, "its trim box is empty")]


def moved(pdf: Pdf) -> None:
    """Move what a page shows, and all of its boxes."""
    for page in pdf.pages:
        for key in ("/MediaBox", "/BleedBox", "/TrimBox", "/CropBox"):
            if key in page.obj:
                box = [float(one) for one in page.obj[key]]
                page.obj[key] = Array([box[0] - 70, box[1] + 50, box[2] - 70, box[3] + 50])
        page.contents_add(b"q 1 0 0 1 -70 50 cm", prepend=True)
        page.contents_add(b"Q")


def upside_down(pdf: Pdf) -> None:
    """Turn what a page shows, and tell readers to turn it back."""
    for page in pdf.pages:
        _, _, wide, high = (float(one) for one in page.obj.MediaBox)
        page.obj.Rotate = 180
        page.contents_add(f"q -1 0 0 -1 {wide} {high} cm".encode(), prepend=True)
        page.contents_add(b"Q")


COVERED = painting("0.8 0.8 0.8 0.8 k 200 300 60 60 re f 0 0.5 0 0 k 190 290 80 80 re f")
"""More ink than the paper takes, all of it below something that has less."""


@pytest.mark.parametrize(
    "change",
    [moved, upside_down, marked(left=0), shown_by(Name.MediaBox), shown_by(Name.BleedBox), COVERED],
)
def test_nothing_is_found_in_good_files_made_otherwise(
    change: Break, good: Path, tmp_path: Path
) -> None:
    path = tmp_path / "other.pdf"
    with Pdf.open(good) as pdf:
        change(pdf)
        pdf.save(path)
    assert [str(as_problem(one, "")) for one in preflight(path)] == []


@pytest.mark.parametrize("name", FOREIGN)
def test_nothing_is_found_in_good_files_of_others(name: str, good: Path, tmp_path: Path) -> None:
    path = tmp_path / "foreign.pdf"
    with Pdf.open(good) as pdf:
        FOREIGN[name](pdf).save(path, min_version="1.6", fix_metadata_version=False)
    assert [str(as_problem(one, "")) for one in preflight(path)] == []
    drawn = ["mutool", "draw", "-q", "-r", "30", "-F", "pam", "-o", "/dev/null", str(path)]
    done = subprocess.run(drawn, capture_output=True, text=True, check=True)
    assert done.stderr.replace("warning: ICC support is not available\n", "") == ""


def test_a_flat_colour_needs_no_pixels(good: Path, tmp_path: Path) -> None:
    path, codes = tmp_path / "flat.pdf", []
    for make in (picture(1), picture(3), striped(3)):
        with Pdf.open(good) as pdf:
            painting("100 0 0 100 200 300 cm /Im Do", XObject={"Im": make})(pdf)
            pdf.save(path)
        codes.append([one.code for one in preflight(path)])
    assert codes == [[], [], ["F911"]]


def test_a_file_of_pdf_2(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        pdf.save(path, force_version="2.0")
    (found,) = preflight(path)
    assert (found.code, found.facts["what"]) == ("F924", "the syntax of PDF 2.0")


def test_a_file_without_an_identifier(good: Path, tmp_path: Path) -> None:
    """Qpdf gives every file that it saves one: the key is taken from what it saved."""
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = path.read_bytes()
    head, _, tail = data.rpartition(b"/ID [")
    path.write_bytes(head + b"/Xx [" + tail)
    (found,) = preflight(path)
    assert (found.code, found.facts["reason"]) == ("F904", "the file has no identifier (ID)")


def test_an_ink_may_be_mixed_twice_in_one_way(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "twice.pdf"
    with Pdf.open(good) as pdf:
        spaces = {"A": mixed(0.2), "B": mixed(0.2)}
        painting("/A cs 1 scn 200 300 60 60 re f /B cs", ColorSpace=spaces)(pdf)
        pdf.save(path)
    assert preflight(path) == []


def test_an_encrypted_file(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="geheim", user=""))
    assert [one.code for one in preflight(path)] == ["F901"]


def test_what_cannot_be_opened_is_told_in_words(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    locked, folder, empty = (tmp_path / one for one in ("locked.pdf", "folder.pdf", "empty.pdf"))
    with Pdf.open(good) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="geheim", user="ook"))
    folder.mkdir()
    empty.touch()
    for path, code, reason in (
        (locked, "F926", "is locked: it opens with a password alone"),
        (folder, "F927", "it is a folder"),
        (empty, "F927", "it is no PDF, or a damaged one"),
        (tmp_path / "none.pdf", "F927", "there is no such file"),
    ):
        assert main(["preflight", str(path)]) == 1
        told = capsys.readouterr().err
        assert f"error {code} {path.name}" in told and reason in told
        assert "katern build" not in told and "None" not in told
        assert main(["preflight", str(path), "--json"]) == 1
        (row,) = json.loads(capsys.readouterr().out)["findings"]
        assert row["code"] == code and reason in row["message"] and row["hint"]


def test_a_file_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "none.pdf"
    Pdf.new().save(path)
    for profile in ("x4", "office", "screen"):
        found = [one for one in preflight(path, profile) if one.code == "F925"]
        assert [one.facts["reason"] for one in found] == ["it has no pages"]


def test_a_page_without_a_media_box(good: Path, tmp_path: Path) -> None:
    """The reader of the file gives it one of its own, that of a letter, which hides the fault."""
    for box in (None, Array([0, 0, Name.Wide, 400]), Array([0, 0, 400])):
        path = tmp_path / "broken.pdf"
        with Pdf.open(good) as pdf:
            del pdf.pages[7].obj["/MediaBox"]
            if box is not None:
                pdf.pages[7].obj.MediaBox = box
            pdf.save(path)
        found = [one for one in preflight(path) if "media box, or one" in str(one.facts)]
        assert [(one.code, one.page) for one in found] == [("F907", 8)]


def test_all_places_of_a_finding_are_named(good: Path, tmp_path: Path) -> None:
    """The areas before the words, for they have the more of the ink."""
    path = tmp_path / "broken.pdf"
    areas = "0.8 0.7 0.7 0.9 k 150 100 30 30 re f 50 300 300 200 re f"
    with Pdf.open(good) as pdf:
        painting(areas)(pdf)
        words("200 200", colour="0.8 0.7 0.7 0.9 k")(pdf)
        pdf.save(path)
    (found,) = [one for one in preflight(path) if one.code == "F913"]
    assert found.box and len(found.others) == 2
    boxes = [found.box, *found.others]
    assert [round(box[2] - box[0]) for box in boxes[:2]] == [round(300 / MM), round(30 / MM)]
    told = as_problem(found, "broken.pdf").message
    assert told.count("×") == 3 and " and " in told


def test_each_other_size_is_told_once(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    with Pdf.open(good) as pdf:
        for at, less in ((3, 5), (4, 5), (5, 5), (9, 8)):
            for key in ("/TrimBox", "/BleedBox"):
                left, foot, right, head = (float(one) for one in pdf.pages[at].obj[key])
                pdf.pages[at].obj[key] = Array([left, foot, right, head - less * MM])
        pdf.save(path)
    found = [one for one in preflight(path) if one.code == "F921"]
    assert [one.page for one in found] == [4, 10]
    told = [as_problem(one, "mixed.pdf").message for one in found]
    assert "page 4 (and 2 more of the pages) is 148 × 205 mm" in told[0]
    assert "page 10 is 148 × 202 mm, and the first page is 148 × 210 mm" in told[1]


def test_pages_that_do_not_fill_their_sheets(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        del pdf.pages[-2:]
        pdf.save(path)
    assert [one.code for one in preflight(path, binding="saddle-stitch")] == ["F920"]
    assert preflight(path, binding="perfect") == []
    assert preflight(path) == []


def test_every_rule_is_broken_by_one_pdf() -> None:
    broken = {code for code, _ in FAULTS.values()}
    assert broken | {"F901", "F920", "F926", "F927"} == set(PREFLIGHT)
    assert len({rule.look for rule in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize("book", ["minimal", "almanac", "bilingual", "hebrew"])
def test_nothing_is_found_in_our_own_books(book: str, tmp_path: Path) -> None:
    built = build(BOOKS / book, tmp_path, ("print",))
    assert preflight(built.made[0]) == []


def test_nothing_is_found_in_the_book_with_every_feature(good: Path) -> None:
    assert preflight(good, binding="saddle-stitch") == []


def test_nor_on_its_sheets_of_which_inner_ones_are_trimmed_more(
    complete: dict[str, Path], tmp_path: Path
) -> None:
    with Pdf.open(complete["booklet"]) as pdf:
        trims = [float(page.trimbox[2]) - float(page.trimbox[0]) for page in pdf.pages]
        assert max(trims) - min(trims) > 0.5 * MM
        pdf.pages[2].obj.MediaBox = Array([0, 0, 900, 612])
        pdf.save(tmp_path / "broken.pdf")
    assert preflight(complete["booklet"]) == []
    assert [(one.code, one.page) for one in preflight(tmp_path / "broken.pdf")] == [("F921", 3)]


def test_pages_that_ask_for_both_sides_of_the_paper_are_no_sheets(
    good: Path, tmp_path: Path
) -> None:
    """Words near the spine are told as without it: only sheets say too that they are not scaled."""
    told = []
    for preferences in (Dictionary(), Dictionary(Duplex=Name.DuplexFlipLongEdge)):
        with Pdf.open(good) as pdf:
            words(f"{MARGIN + 141 * MM:.2f} {MARGIN + 100 * MM:.2f}")(pdf)
            pdf.Root.ViewerPreferences = preferences
            pdf.save(tmp_path / "pages.pdf")
        told.append([one.code for one in preflight(tmp_path / "pages.pdf")])
    assert told[0] == told[1] and "F918" in told[0]


A3, SRA3 = Size(297, 420), Size(320, 450)
SHEETS = {
    "stapled": Job(sheet=A3, caliper=0.1),
    "stapled, with room for all marks": Job(sheet=SRA3, caliper=0.1),
    "cut apart": Job(sheet=A3, scheme="cut-stacks"),
    "cut apart, with room for all marks": Job(sheet=SRA3, scheme="cut-stacks", up=2),
    "gathered": Job(sheet=A3, scheme="signatures", signature=8),
    "gathered, with room for all marks": Job(sheet=SRA3, scheme="signatures", signature=8),
    "folded twice": Job(sheet=SRA3, up=4, fold="twice"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_found_on_sheets_with_marks(name: str, good: Path, tmp_path: Path) -> None:
    """Crop and fold marks begin where the bleed ends; collation marks stand within the trim."""
    path, job = tmp_path / "sheets.pdf", SHEETS[name]
    made = impose(good, job)
    assert made.pdf and made.plan
    path.write_bytes(made.pdf)
    assert any(sheet.bars for sheet in made.plan.sheets) == (job.scheme == "signatures")
    assert marks(made.plan.layout, made.plan.sheets[0].front)
    assert [str(as_problem(one, name)) for one in preflight(path)] == []


@pytest.mark.parametrize("paper", [Size(320, 450), Size(210, 297)])
def test_on_a_sheet_the_spine_is_the_fold(paper: Size, good: Path, tmp_path: Path) -> None:
    """Page 8 stands to the left of the fold: its fore edge is near none.

    Sheets of A4 have no room for marks: there the fold is where the pages meet.
    """
    path, found = tmp_path / "broken.pdf", []
    for across in (141, 6.2, -4.0):
        with Pdf.open(good) as pdf:
            if across > 0:
                words(f"{MARGIN + across * MM:.2f} {MARGIN + 100 * MM:.2f}")(pdf)
            pdf.save(path)
        path.write_bytes(impose(path, Job(sheet=paper)).pdf or b"")
        assert dashes(path) == (paper == SRA3)
        found.append([(one.code, one.page) for one in preflight(path)])
    with Pdf.open(path) as pdf:
        numbers = [set(page.obj.Resources.XObject.keys()) for page in pdf.pages]
    (side,) = (at for at, shown in enumerate(numbers, 1) if "/P7" in shown)
    assert found == [[("F918", side)], [], []]


def dashes(path: Path) -> bool:
    """Tell whether a sheet has dashed lines."""
    with Pdf.open(path) as pdf:
        return b"[2 1] 0 d" in pdf.pages[0].Contents.read_bytes()


def sheet_of_words(
    path: Path, across: float, along: float, pages: int = 1, marks: str = "", **more: object
) -> list[str]:
    """Return what an office printer finds of words at a place (mm) of sheets of 300 × 200 mm."""
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    box = Array([0, 0, 300 * MM, 200 * MM])
    trim = Array([10 * MM, 10 * MM, 290 * MM, 190 * MM])
    text = f"BT /F 9 Tf {across * MM:.2f} {along * MM:.2f} Td (a) Tj ET"
    for number in range(pages):
        page = Dictionary(Type=Name.Page, MediaBox=box, TrimBox=trim, **more)
        page.Resources = Dictionary(Font=Dictionary(F=font))
        page.Contents = pdf.make_stream(f"{marks} {'' if number else text}".encode())
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    pdf.save(path)
    return [one.code for one in preflight(path, "office") if one.code in ("F917", "F918")]


def test_the_spine_of_a_page_that_is_turned(tmp_path: Path) -> None:
    """Turned clockwise, the foot of a page is on its left, where a recto is bound."""
    path = tmp_path / "turned.pdf"
    for turn, near, far in (
        (0, (13, 100), (284, 100)),
        (90, (150, 13), (150, 184)),
        (180, (284, 100), (13, 100)),
        (270, (150, 184), (150, 13)),
    ):
        assert sheet_of_words(path, *near, pages=2, Rotate=turn) == ["F918"], turn
        assert sheet_of_words(path, *far, pages=2, Rotate=turn) == ["F917"], turn


def test_the_folds_of_a_cover_are_where_its_marks_are(tmp_path: Path) -> None:
    """Dashed lines beside the trim; what stands on the back is near no fold, but on a panel is."""
    folds = " ".join(
        f"[2 2] 0 d {at * MM:.2f} 0 m {at * MM:.2f} {8 * MM:.2f} l S" for at in (50, 146, 154, 250)
    )
    path = tmp_path / "cover.pdf"
    told, none = ["F918"], list[str]()
    for across, codes in (
        (48, told), (52, told), (100, none), (142, told), (149, none), (153, told), (156, told),
        (164, none), (246, told),
    ):  # fmt: skip
        assert sheet_of_words(path, across, 100, marks=folds) == codes, across
    assert sheet_of_words(path, 156, 100, marks=folds.replace("[2 2]", "[]")) == []


def test_nor_in_the_sample_and_on_its_sheets(sample: dict[str, Path], tmp_path: Path) -> None:
    for name, job in (("A4", Job(caliper=0.1)), ("SRA3", Job(sheet=SRA3, caliper=0.1))):
        (tmp_path / name).write_bytes(impose(sample["print"], job).pdf or b"")
    for path in (sample["print"], tmp_path / "A4", tmp_path / "SRA3"):
        assert [str(as_problem(one, path.name)) for one in preflight(path)] == []


def test_nor_with_a_colour_bar(tmp_path: Path) -> None:
    folder, path = tmp_path / "book", tmp_path / "sheets.pdf"
    shutil.copytree(BOOKS / "minimal", folder)
    with (folder / "book.toml").open("a", encoding="utf-8") as toml:
        toml.write('\n[print]\ncolour-bar = true\nred = "spot"\n')
    (made,) = build(folder, tmp_path, ("print",)).made
    path.write_bytes(impose(made, Job(sheet=SRA3)).pdf or b"")
    assert preflight(made) == [] and preflight(path) == []


def test_a_mark_that_reaches_into_the_bleed_is_told(good: Path, tmp_path: Path) -> None:
    """As long as ends with a cap: it reaches farther than its path by half of its width."""
    path, head = tmp_path / "marked.pdf", MARGIN + 213 * MM
    for content, codes in (
        (f"0.25 w 100 {head:.4f} m 100 {head + 9:.4f} l S", set()),
        (f"0.25 w 2 J 100 {head:.4f} m 100 {head + 9:.4f} l S", {"F913", "F922"}),
        (f"0.25 w 100 {head - 0.2:.4f} m 100 {head + 9:.4f} l S", {"F913", "F922"}),
        (f"9 w 100 {head + 1:.4f} m 130 {head + 1:.4f} l S", {"F913", "F922"}),
    ):
        with Pdf.open(good) as pdf:
            painting(f"/All CS 1 SCN {content}", ColorSpace={"All": ALL_PLATES})(pdf)
            pdf.save(path)
        assert {one.code for one in preflight(path)} == codes, content


def test_a_finding_has_its_place(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        FAULTS["red of the screen"][1](pdf)
        pdf.save(path)
    (found,) = preflight(path)
    corner = [round(one / MM - 9, 1) for one in (200, 300, 260, 360)]
    assert found.box == tuple(corner)
    told = as_problem(found, "broken.pdf")
    assert told.message.startswith("broken.pdf, page 8 (at 61.6–82.7 × 96.8–118 mm): an area is in")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_place_counts_from_the_corner_of_the_trim_as_the_file_has_it(
    turn: int, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """However the page is turned to be read, and wherever the origin of the page lies."""
    path = tmp_path / "turned.pdf"
    with Pdf.open(good) as pdf:
        FAULTS["red of the screen"][1](pdf)
        page = pdf.pages[7].obj
        page.Rotate, page.CropBox = turn, page.BleedBox
        for box in ("/TrimBox", "/BleedBox", "/MediaBox", "/CropBox"):
            page[box] = Array(
                [float(one) + by for one, by in zip(page[box], (50, 30) * 2, strict=True)]
            )
        page.Contents = Array(
            [pdf.make_stream(b"1 0 0 1 50 30 cm"), *pikepdf.Page(page).obj.Contents]
        )
        pdf.save(path)
    assert main(["preflight", str(path), "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)["findings"]
    boxes = [row["box"] for row in rows if row["code"] == "F909"]
    assert boxes == [[round(one / MM - 9, 1) for one in (200, 300, 260, 360)]]


def test_words_are_told_with_all_the_room_they_take(good: Path) -> None:
    """Each run of letters, from where to where PDFium sees them; blanks may stand at its ends."""
    runs = 0
    with Pdf.open(good) as pdf, pypdfium2.PdfDocument(good) as drawn:
        for page, seen in zip(pdf.pages, drawn, strict=True):
            text = seen.get_textpage()
            letters = [
                text.get_charbox(at)
                for at in range(text.count_chars())
                if text.get_text_range(at, 1).strip()
            ]
            for mark in painted(page).marks:
                if mark.kind == "text":
                    left, foot, right, head = mark.box
                    across = [
                        (one[0], one[2])
                        for one in letters
                        if left - 1 < (one[0] + one[2]) / 2 < right + 1
                        and foot < (one[1] + one[3]) / 2 < head
                    ]
                    near = pytest.approx((left, right), abs=0.5 * mark.size)
                    assert (min(across)[0], max(across)[1]) == near
                    runs += 1
    assert runs > 250


@pytest.mark.parametrize("rises", ["40 Ts", "-40 Ts q 9 Ts Q", "40 Ts 0 1 -1 0 500 0 cm"])
def test_words_that_are_raised_are_told_where_they_stand(rises: str, tmp_path: Path) -> None:
    """Where PDFium draws them; a rise outlasts the line, and ends with the state it was set in."""
    path = tmp_path / "raised.pdf"
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    helvetica.FirstChar, helvetica.LastChar, helvetica.Widths = 72, 72, Array([722])
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(500, 700)).obj
        page.Resources = Dictionary(Font=Dictionary(H=helvetica))
        shown = f"{rises} BT ET BT /H 40 Tf 1 0 0 1 200 300 Tm (H) Tj ET"
        page.Contents = pdf.make_stream(shown.encode())
        pdf.save(path)
        (mark,) = painted(pdf.pages[0]).marks
    with pypdfium2.PdfDocument(path) as drawn:
        seen = drawn[0].render(scale=1, grayscale=True).to_pil()
    left, top, right, low = ImageChops.invert(seen).getbbox() or (0, 0, 0, 0)
    ink = left + 1, 701 - low, right - 1, 699 - top
    assert common(ink, mark.box) == ink and mark.box[3] - mark.box[1] <= 41


@pytest.mark.parametrize(
    ("shows", "wide"),
    [
        ("[<{0}> -2000 <{0}{0}>] TJ", lambda w, size: 3 * w + 2 * size),
        ("3 Tc [<{0}> <{0}>] TJ", lambda w, size: 2 * (w + 3)),
        ("200 Tz <{0}{0}{0}> Tj", lambda w, size: 2 * 3 * w),
        ("<{0}{0}> Tj <{0}> Tj", lambda w, size: 2 * w),
    ],
)
def test_the_rectangle_of_words_ends_where_they_end(
    shows: str, wide: Callable[[float, int], float], good: Path, tmp_path: Path
) -> None:
    """Of letters moved apart, spread or widened; of two runs on a line the first is told."""
    path, size = tmp_path / "broken.pdf", 9
    with Pdf.open(good) as pdf:
        font = next(
            font
            for font in form_of(pdf, 8).Resources.Font.values()  # type: ignore[attr-defined]
            if "Serif" in str(font.BaseFont)
        )
        code, width = next(
            (int(first), float(those[0]))
            for first, those in zip(*[iter(font.DescendantFonts[0].W)] * 2, strict=True)
            if isinstance(those, Array) and float(those[0]) > 400
        )
        pdf.pages[7].obj.Resources.Font = Dictionary(Own=font)
        told = shows.format(f"{code:04x}")
        line = f"q 0.6 0.5 0.5 0.9 k BT /Own {size} Tf 1 0 0 1 200 300 Tm {told} ET Q"
        pdf.pages[7].contents_add(line.encode())
        pdf.save(path)
    (found,) = preflight(path)
    assert found.code == "F914"
    assert found.box
    length = wide(width * size / 1000, size) / MM
    assert found.box[2] - found.box[0] == pytest.approx(length, abs=0.11)
    assert found.box[0] == pytest.approx(200 / MM - 9, abs=0.06)


def test_the_newsprint_limit(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.pdf"
    with Pdf.open(good) as pdf:
        pdf.Root.OutputIntents[0].OutputConditionIdentifier = "IFRA26"
        painting("0.7 0.7 0.7 0.7 k 200 300 60 60 re f")(pdf)
        pdf.save(path)
    (found,) = preflight(path)
    assert (found.code, found.facts) == ("F913", {"total": 280, "limit": 260})


def test_an_office_printer_takes_more(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        for name in ("red of the screen", "no intent", "a hairline"):
            FAULTS[name][1](pdf)
        scripted(pdf)
        pdf.save(path)
    assert {one.code for one in preflight(path, "office")} == {"F902", "F916"}
    assert {one.code for one in preflight(path, "screen")} == {"F902"}


def test_the_command(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preflight", str(good)]) == 0
    told = capsys.readouterr()
    assert "Black: pages 1–14, 16" in told.out.splitlines() and told.err == ""
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        FAULTS["a hairline"][1](pdf)
        FAULTS["too much ink"][1](pdf)
        pdf.save(path)
    assert main(["preflight", str(path), "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)["findings"]
    assert [(row["code"], row["page"]) for row in rows] == [("F913", 8), ("F916", 8)]
    assert all(len(row["box"]) == 4 and row["hint"] for row in rows)
    path.write_bytes(b"%PDF-1.6 and no more")
    assert main(["preflight", str(path)]) == 1
    # No book of ours: “katern build” would not make it anew.
    told = capsys.readouterr().err
    assert "F927" in told and "katern" not in told


def test_the_inks_of_a_file_and_the_pages_that_they_print_on(
    quiet: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "inks.pdf"
    cyan = picture(2, (128, 0, 0, 0))
    ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 1, 0, 0], C1=[0, 0, 1, 0], N=1)
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[200, 0, 260, 0], Function=ramp
    )
    with Pdf.open(BytesIO(quiet)) as pdf:
        blank = pdf.pages[2].obj
        blank.Resources = Dictionary(
            XObject=Dictionary(Im=cyan(pdf)), Shading=Dictionary(Sh=shading),
            ColorSpace=Dictionary(Au=mixed(0.2)),
            )  # fmt: skip
        # A tint of nothing prints nothing, and what lies beyond the bleed is for the printer.
        content = "q 60 0 0 60 200 300 cm /Im Do Q /Au cs 0 scn 1 1 9 9 re f 1 scn 1 1 9 9 re f"
        blank.Contents = pdf.make_stream(content.encode())
        other = pdf.pages[4].obj
        other.Resources = blank.Resources
        content = "/Au cs 1 scn 200 300 60 60 re f 200 400 60 60 re W n /Sh sh"
        other.Contents = pdf.make_stream(content.encode())
        pdf.save(path)
    main(["preflight", str(path), "--json"])
    inks = json.loads(capsys.readouterr().out)["inks"]
    wanted = {"Cyan": [3], "Magenta": [5, 8], "Yellow": [5, 8], "Black": [8], "Goud": [5]}
    assert inks == wanted
    main(["preflight", str(path)])
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == ["Cyan: page 3", "Magenta: pages 5, 8"]


@pytest.mark.parametrize(
    ("content", "hidden"),
    [
        ("/OC /Off BDC 9 9 9 9 re f EMC", True),
        ("/OC /On BDC 9 9 9 9 re f EMC", False),
        ("/OC /Off BDC EMC 9 9 9 9 re f", False),
        ("/OC /Off BDC /Span BMC EMC q Q 9 9 9 9 re f EMC", True),
        ("/OC /Off BDC q EMC Q 9 9 9 9 re f", False),
        ("/OC /Led BDC 9 9 9 9 re f EMC", False),
        ("/OC /Any BDC 9 9 9 9 re f EMC", False),
        ("/OC /All BDC 9 9 9 9 re f EMC", True),
        ("/OC /Not BDC 9 9 9 9 re f EMC", True),
        ("/Form Do", True),
        ("/OC /Off BDC /Plain Do EMC", True),
        ("/Plain Do", False),
    ],
)
def test_what_a_layer_hides(content: str, hidden: bool) -> None:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(200, 200)).obj
    off, on, led = (
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=name)) for name in ("Af", "Aan", "Druk")
    )
    led.Usage = Dictionary(Print=Dictionary(PrintState=Name.ON))
    usual = Dictionary(OFF=Array([off, led]))
    usual.AS = Array([Dictionary(Event=Name.Print, Category=[Name.Print], OCGs=Array([led]))])
    pdf.Root.OCProperties = Dictionary(OCGs=Array([off, on, led]), D=usual)
    both = Array([off, on])
    told = {
        "Off": off, "On": on, "Led": led,
        "Any": Dictionary(Type=Name.OCMD, OCGs=both),
        "All": Dictionary(Type=Name.OCMD, OCGs=both, P=Name.AllOn),
        "Not": Dictionary(Type=Name.OCMD, VE=Array([Name.And, off, Array([Name.Not, on])])),
    }  # fmt: skip
    area = form(b"9 9 9 9 re f")
    forms = {"Form": form(b"9 9 9 9 re f", OC=off)(pdf), "Plain": area(pdf)}
    page.Resources = Dictionary(
        Properties=Dictionary({f"/{key}": one for key, one in told.items()}),
        XObject=Dictionary({f"/{key}": one for key, one in forms.items()}),
    )
    page.Contents = pdf.make_stream(content.encode())
    made = painted(pdf.pages[0], pdf)
    assert made.faults == []
    assert [bool(mark.layer) for mark in made.marks] == [hidden]


def form_of(pdf: Pdf, page: int) -> object:
    """Return the form in which a page of a print PDF is drawn."""
    return pdf.pages[page - 1].obj.Resources.XObject.Page


def rich(page: int, text: int) -> Break:
    """Return what sets one of the texts in black of a page in a black of four inks."""

    def change(pdf: Pdf) -> None:
        form = form_of(pdf, page)
        parts = form.read_bytes().split(b"0 0 0 1 k\nBT")
        assert len(parts) > text
        head = b"0 0 0 1 k\nBT".join(parts[:text])
        form.write(head + b"0.6 0.5 0.5 0.9 k\nBT" + b"0 0 0 1 k\nBT".join(parts[text:]))

    return change


def coarse(page: int) -> Break:
    """Return what puts a picture of few pixels in the place of the picture of a page."""

    def change(pdf: Pdf) -> None:
        drawn = form_of(pdf, page).Resources.XObject
        (name,) = (key for key, one in drawn.items() if one.Subtype == Name.Image)
        drawn[name] = striped(200)(pdf)

    return change


def thin(page: int, rule: int) -> Break:
    """Return what makes one of the rules of a page a hairline."""

    def change(pdf: Pdf) -> None:
        form = form_of(pdf, page)
        widths = [*re.finditer(rb"[\d.]+(?= w\n[\d.]+ [\d.]+ m)", form.read_bytes())]
        start, end = widths[rule].span()
        form.write(form.read_bytes()[:start] + b"0.1" + form.read_bytes()[end:])

    return change


PLACES: dict[str, tuple[Break, str, str]] = {
    "a heading": (rich(8, 1), "F914", "03-de-beek.md:41"),
    "a caption": (rich(8, 3), "F914", "captions.toml:4"),
    "an item of a list": (rich(7, 5), "F914", "03-de-beek.md:17"),
    "a paragraph": (rich(9, 3), "F914", "04-peil-en-tal.md:18"),
    "a line of verse": (rich(11, 3), "F914", "05-een-liedje.md:8"),
    "a line of verse, indented": (rich(11, 4), "F914", "05-een-liedje.md:9"),
    "a drawing": (coarse(8), "F911", "03-de-beek.md:7"),
    "a photo": (coarse(12), "F911", "05-een-liedje.md:30"),
    "a rule of a table": (thin(9, 5), "F916", "04-peil-en-tal.md:10"),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Subject, Path]:
    """Return a book as a check sees it, and its print PDF; it is laid out once for all of them."""
    out = tmp_path_factory.mktemp("checked")
    (path,) = build(BOOKS / "complete", out, ("print",)).made
    read = read_manuscript(BOOKS / "complete")
    assert read.book
    state = state_of(BOOKS / "complete", out)
    return Subject(BOOKS / "complete", out, read.book, read.sources, (), state), path


@pytest.mark.parametrize("name", PLACES)
def test_a_finding_names_the_line_of_what_it_is_about(
    name: str, checked: tuple[Subject, Path]
) -> None:
    fault, code, place = PLACES[name]
    subject, path = checked
    whole = path.read_bytes()
    with Pdf.open(BytesIO(whole)) as pdf:
        fault(pdf)
        pdf.save(path)
    found = preflight_check(subject)
    path.write_bytes(whole)
    assert [one.code for one in found] == [code]
    assert [f"{one.span.file}:{one.span.line}" for one in found if one.span] == [place]


FURNITURE = {
    (1, "Een wandeling langs ‘verdwenen’ water"): "book.toml:2",
    (1, ""): "captions.toml:10",
    (2, "NUR 693"): "book.toml:15",
    (2, "CC BY 4.0"): "book.toml:10",
    (3, "werkgroep Waterlijn"): "book.toml:19",
    (4, "Van put naar gewelf"): "03-de-beek.md:9",
    (8, "Waar de beek bleef"): "book.toml:1",
    (13, "Vragen voor een klas"): "06-bijlage.md:5",
    (16, "Stichting Waterlijn, Mechelen"): "book.toml:5",
    (12, "12"): "",
}
"""What stands on pages besides the text, and where it is told: a folio, nowhere."""


def test_what_is_not_in_the_text_has_a_place_too(checked: tuple[Subject, Path]) -> None:
    subject, path = checked
    places, found = Places(subject), {}
    with Pdf.open(path) as pdf:
        file = File(path, pdf, tuple(pdf.pages))
        for page, said in FURNITURE:
            sheet = file.sheets[page - 1]
            boxes = [one.box for one in sheet.words if one.text == said] or [sheet.trim]
            # The running head comes after the text.
            told = places.of(page, sheet.found("F917", boxes[-1]).box)
            found[page, said] = f"{told.file}:{told.line}" if told else ""
    assert found == FURNITURE


def test_mupdf_measures_the_same_ink(good: Path, tmp_path: Path) -> None:
    """The page drawn in CMYK by a program that had no part in this, pixel by pixel."""
    path = tmp_path / "broken.pdf"
    with Pdf.open(good) as pdf:
        FAULTS["a picture of too much ink"][1](pdf)
        pdf.save(path)
    assert max(drawn_ink(good)) <= 301
    (found,) = preflight(path)
    assert abs(max(drawn_ink(path)) - float(str(found.facts["total"]))) <= 2


CIRCLE = (
    "260 330 m 260 346.57 246.57 360 230 360 c 213.43 360 200 346.57 200 330 c"
    " 200 313.43 213.43 300 230 300 c 246.57 300 260 313.43 260 330 c h"
)
STAR = "230 390 m 265 281 l 173 348 l 287 348 l 195 281 l h"
"""A star of five points, drawn in one stroke: round its middle it runs twice."""
RING = f"{CIRCLE} 215 315 m 245 315 l 245 345 l 215 345 l h"
"""A square within a circle that run the same way round."""
HOLE = "222 322 16 16 re"
H = "200 300 Td (H) Tj ET"
"""Set at 200 pt its stems are from 216 to 234 and from 310 to 328."""
INKS = {
    "one black upon another": ("0 0 0 1 k" + " 200 300 60 60 re f" * 4, 100),
    "black over a rich black": (
        "0.6 0.6 0.6 0.8 k 200 300 60 60 re f 0 0 0 1 k 200 300 60 60 re f", 280
    ),
    "two inks over two others": (
        "0.9 0.8 0 0 k 200 300 60 60 re f 0 0 0.7 1 k 220 320 60 60 re f", 340
    ),
    "two inks beside two others": (
        "0.9 0.8 0 0 k 200 300 60 60 re f 0 0 0.7 1 k 260 300 60 60 re f", 170
    ),
    "a triangle over none of another": (
        "0.9 0.8 0 0 k 200 300 m 260 300 l 200 360 l f 0 0 0.7 1 k 264 304 m 264 364 l 204 364 l f",
        170,
    ),
    "a knock-out between": (
        "0.9 0 0 0 k 200 300 60 60 re f /Out gs 0.2 0 0 0 k 190 290 80 80 re f"
        " /Over gs 0 0 0 1 k 200 300 60 60 re f", 120
    ),
    "all inks anew in the old mode": (
        "0.9 0.8 0.9 0 k 200 300 60 60 re f /Old gs 0 0 0 1 k 210 310 60 60 re f", 260
    ),
    "one multiplied by another": (
        "/Out gs 0.9 0.8 0 0.5 k 200 300 60 60 re f"
        " /Times gs 0.5 0 0.9 0.5 k 200 300 60 60 re f", 340
    ),
    "over what strokes alone are said to": (
        "/Out gs 0.9 0.8 0 0 k 200 300 60 60 re f /Lines gs 0 0 0.7 1 k 210 310 40 40 re f", 340
    ),
    "over nothing, though strokes are": (
        "/Out gs 0.9 0.8 0 0 k 200 300 60 60 re f /Bars gs 0 0 0.7 1 k 210 310 40 40 re f", 170
    ),
    "one that half lets through another": (
        "/Out gs 1 1 0 0 k 200 300 60 60 re f /Half gs 0 0 1 1 k 200 300 60 60 re f", 200
    ),
    "one that half lets through, over nothing": (
        "/Out gs /Half gs 1 1 1 1 k 200 300 60 60 re f", 200
    ),
    "one within a triangle, beside another": (
        "1 1 0 0 k 200 300 m 260 300 l 200 360 l f"
        " 264 304 m 264 364 l 204 364 l W n 0 0 1 1 k 200 300 70 70 re f", 200
    ),
    "one within two triangles, where they meet no other": (
        "1 1 0 0 k 200 300 20 60 re f 200 300 m 260 300 l 260 360 l h W n"
        " 200 360 m 260 360 l 260 300 l h W n 0 0 1 1 k 200 300 60 60 re f", 200
    ),
    "one within a circle, and one in the corner beside it": (
        f"1 1 0 0 k 200 300 8 8 re f {CIRCLE} W n 0 0 1 1 k 200 300 60 60 re f", 200
    ),
    "a ring over what is in its hole": (
        f"1 1 0 0 k 222 322 16 16 re f {CIRCLE} 215 315 m 215 345 l 245 345 l 245 315 l h"
        " 0 0 1 1 k f", 200
    ),
    "a ring, by the even-odd rule, over what is in its hole": (
        f"1 1 0 0 k {HOLE} f 0 0 1 1 k {RING} f*", 200
    ),
    "no ring, by the other rule": (f"1 1 0 0 k {HOLE} f 0 0 1 1 k {RING} f", 400),
    "a star over what is in its middle": (
        f"1 1 0 0 k {HOLE} f 0 0 1 1 k {STAR} f", 400
    ),
    "a star, by the even-odd rule, over what is in its middle": (
        f"1 1 0 0 k {HOLE} f 0 0 1 1 k {STAR} f*", 200
    ),
    "one within a ring, over what is in its hole": (
        f"1 1 0 0 k {HOLE} f {RING} W* n 0 0 1 1 k 200 300 60 60 re f", 200
    ),
    "one within a ring by the other rule": (
        f"1 1 0 0 k {HOLE} f {RING} W n 0 0 1 1 k 200 300 60 60 re f", 400
    ),
    "one within two rings, where they meet": (
        f"1 1 0 0 k 200 300 60 60 re f {RING} W* n q 1 0 0 1 40 0 cm {RING} W* n Q"
        f" 1 0 0 1 20 0 cm {RING} W* n 0 0 1 1 k 0 0 500 700 re f", 400
    ),
    "one within two rings, of which one hides where the other is open": (
        f"1 1 0 0 k {HOLE} f 214 326 7 8 re f {RING} W* n 1 0 0 1 -14 0 cm {RING} W* n"
        " 0 0 1 1 k 0 0 500 700 re f", 200
    ),
    "one within a ring no longer": (
        f"1 1 0 0 k {HOLE} f q {RING} W* n Q 0 0 1 1 k 200 300 60 60 re f", 400
    ),
    "one between the stems of a letter, of which nothing shows": (
        f"BT /H 200 Tf 7 Tr {H} 1 1 0 0 k 245 400 50 30 re f 0 0 1 1 k 0 0 500 700 re f", 200
    ),
    "one on the stem of a letter": (
        f"BT /H 200 Tf 7 Tr {H} 1 1 0 0 k 200 400 50 30 re f 0 0 1 1 k 0 0 500 700 re f", 400
    ),
    "one between the stems of a letter that is painted": (
        f"BT /H 200 Tf 4 Tr {H} 1 1 0 0 k 245 400 50 30 re f 0 0 1 1 k 0 0 500 700 re f", 200
    ),
    "one within letters that are moved, turned and widened": (
        "1 0 0 0 k 0 1 -1 0 460 100 cm BT /H 100 Tf 6 Tr 120 Tz 5 Tc 9 Tw 2 w 1 0 0.2 1 100 100 Tm"
        " [(H) -200 (O H)] TJ ET 1 1 0 0 k 196 90 26 100 re f 0 0 1 1 k 0 0 600 200 re f", 200
    ),
    "one within a letter and beside a triangle": (
        f"200 300 m 320 300 l 200 420 l W n BT /H 200 Tf 7 Tr {H}"
        " 1 1 0 0 k 300 350 50 50 re f 0 0 1 1 k 0 0 500 700 re f", 200
    ),
    "one within a dash of a font that is embedded": (
        "BT /S 200 Tf 5 Tr 1 w 180 300 Td <DASH> Tj ET 1 1 0 0 k 0 0 500 362 re f"
        " 0 0 1 1 k 0 358 500 700 re f", 400
    ),
    "one below a letter that is raised": (
        f"BT /H 200 Tf 7 Tr 60 Ts {H} 1 1 0 0 k 216 300 18 50 re f 0 0 1 1 k 0 0 500 700 re f", 200
    ),
    "one on the stem of a letter that is raised": (
        f"BT /H 200 Tf 7 Tr 60 Ts {H} 1 1 0 0 k 216 460 18 40 re f 0 0 1 1 k 0 0 500 700 re f", 400
    ),
    "one after letters that clipped no longer": (
        f"q BT /H 200 Tf 7 Tr {H} Q BT /H 9 Tf {H} 1 1 0 0 k 245 400 50 30 re f"
        " 0 0 1 1 k 0 0 500 700 re f", 400
    ),
    "one through half a mask": (
        "1 1 0 0 k 200 300 60 60 re f /Grey gs 0 0 1 1 k 200 300 60 60 re f", 300
    ),
    "one through a mask that is open elsewhere": (
        "1 1 0 0 k 200 300 30 60 re f /Right gs 0 0 1 1 k 200 300 60 60 re f", 200
    ),
    "one through a mask of another's shape": (
        "1 1 0 0 k 200 300 30 60 re f /Shape gs 0 0 1 1 k 200 300 60 60 re f", 200
    ),
    "one without the mask again": (
        "1 1 0 0 k 200 300 30 60 re f /Right gs /Bare gs 0 0 1 1 k 200 300 60 60 re f", 400
    ),
    "a picture through its own mask": (
        "1 1 0 0 k 200 300 30 60 re f q 60 0 0 60 200 300 cm /Seen Do Q", 200
    ),
    "a stencil": (
        "1 1 0 0 k 200 300 30 60 re f 0 0 1 1 k q 60 0 0 60 200 300 cm /Stencil Do Q", 200
    ),
}  # fmt: skip
"""What paints areas, and the ink (%) where there is most of it."""


@pytest.mark.parametrize("name", INKS)
def test_what_overprints_keeps_the_plates_that_it_does_not_set(
    name: str, good: Path, tmp_path: Path
) -> None:
    """As MuPDF draws it in CMYK, which follows overprinting."""
    content, most = INKS[name]
    path = tmp_path / "inks.pdf"
    with Pdf.open(good) as pdf:
        del pdf.pages[8:], pdf.pages[:7]
        inked(pdf, 0, f"/Over gs {content}")
        pdf.save(path)
        told = page_ink(pdf.pages[0])
    assert told == pytest.approx(most, abs=1)
    assert drawn_ink(path, 1)[0] == pytest.approx(most, abs=2.5 if "half" in name else 1)


def page_ink(page: pikepdf.Page) -> float:
    """Return the most ink (%) that preflight finds on a page."""
    shown = [mark for mark in painted(page).marks if not mark.masked]
    return max(total or 0 for total, _ in most_ink(shown))


def inked(pdf: Pdf, at: int, content: str) -> None:
    """Have a page show nothing but areas, in states that overprint, blend, mask or let through."""
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    states = {
        **OVER,
        **MULTIPLY,
        "Out": Dictionary(OP=False, op=False),
        "Old": Dictionary(OP=True, op=True, OPM=0),
        # Of areas too, unless they are told of (ISO 32000-1, table 58).
        "Lines": Dictionary(OP=True, OPM=1),
        "Bars": Dictionary(OP=True, op=False, OPM=1),
        "Half": Dictionary(ca=0.5),
        "Bare": Dictionary(SMask=Name("/None")),
    }
    for name, drawn in (("Grey", b"0.5 g 0 0 500 700 re f"), ("Right", b"1 g 230 0 270 700 re f")):
        mask = Dictionary(S=Name.Luminosity, G=form(drawn, Group=group)(pdf))
        states[name] = Dictionary(SMask=mask)
    shape = form(b"0 g 230 0 270 700 re f", Group=group)(pdf)
    states["Shape"] = Dictionary(SMask=Dictionary(S=Name.Alpha, G=shape))
    seen = picture(60, (0, 0, 255, 255))(pdf)
    stencil = pdf.make_stream(b"\xf0")
    right = pdf.make_stream(b"\x00\xff")
    for one, bits in ((stencil, 1), (right, 8)):
        one.Type, one.Subtype, one.BitsPerComponent = Name.XObject, Name.Image, bits
        one.Width, one.Height = (8, 1) if bits == 1 else (2, 1)
    stencil.ImageMask, right.ColorSpace = True, Name.DeviceGray
    assert isinstance(seen, pikepdf.Stream)
    seen.SMask = right
    page = pdf.pages[at].obj
    serif = next(iter(page.Resources.XObject.Page.Resources.Font.values()))
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    widths = widths_of(serif).known
    dash = max(widths, key=lambda code: widths[code])
    page.Contents = pdf.make_stream(content.replace("DASH", f"{dash:04x}").encode())
    page.Resources = Dictionary(
        ExtGState=Dictionary(**states),
        XObject=Dictionary(Seen=seen, Stencil=stencil),
        Font=Dictionary(H=helvetica, S=serif),
    )
    page.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK)


STATES = ("Over", "Over", "Out", "Times", "Half", "Grey", "Right", "Shape", "Old")


def heap(chance: random.Random) -> str:
    """Return what paints six areas over each other, each in a state, some clipped."""
    lines = []
    for _ in range(6):
        inks = " ".join(str(chance.choice((0, 0, 0.3, 0.6, 1))) for _ in range(4))
        left, foot = 2 * chance.randint(95, 115), 2 * chance.randint(145, 165)
        wide, high = (2 * chance.randint(20, 40) for _ in range(2))
        area = f"{left} {foot} {wide} {high} re"
        if chance.random() < 0.3:
            area = f"{left} {foot} m {left + wide} {foot} l {left} {foot + high} l h"
        clip = f"{CIRCLE} W n" if chance.random() < 0.3 else ""
        lines.append(f"q /{chance.choice(STATES)} gs {clip} {inks} k {area} f Q")
    return " ".join(lines)


def test_mupdf_measures_the_same_in_heaps_of_areas(good: Path, tmp_path: Path) -> None:
    """Six areas upon each other, in twelve ways."""
    path, chance = tmp_path / "heaps.pdf", random.Random(12)
    with Pdf.open(good) as pdf:
        del pdf.pages[12:]
        for at in range(12):
            inked(pdf, at, heap(chance))
        pdf.save(path)
        told = [page_ink(page) for page in pdf.pages]
    assert len({round(one) for one in told}) > 8
    more = [ours - theirs for ours, theirs in zip(told, drawn_ink(path, 12), strict=True)]
    # A sliver between two edges that is no pixel wide is ink to the one, and nothing to the other.
    assert min(more) > -1.5 and sum(one < 1.5 for one in more) >= 11, more


def drawn_ink(path: Path, pages: int = 16) -> list[float]:
    """Return the most ink (%) of any pixel of the first pages, as MuPDF draws them."""
    found = []
    for number in range(1, pages + 1):
        done = subprocess.run(
            ["mutool", "draw", "-q", "-r", "36", "-c", "cmyk", "-F", "pam", "-o", "-",
             str(path), str(number)],
            capture_output=True, check=True,
        )  # fmt: skip
        data = done.stdout.partition(b"ENDHDR\n")[2]
        found.append(max(sum(data[at : at + 4]) for at in range(0, len(data), 4)) / 2.55)
    return found


@pytest.mark.parametrize(
    ("drawn", "matrix", "ppi"),
    [
        ("10 10 390 390 re f", (1, 0, 0, 1, 0, 0), 144),
        (".5 0 0 .5 0 0 cm 20 20 780 780 re f", (1, 0, 0, 1, 0, 0), 144),
        (".1 0 0 .1 0 0 cm 100 100 3800 3800 re f", (4, 0, 0, 4, 0, 0), 36),
        ("2 0 0 2 0 0 cm 10 10 90 90 re f", (1.2, 0, 0, 1.2, 0, 0), 120),
    ],
)
def test_tiles_lie_in_the_space_of_the_page(
    drawn: str, matrix: tuple[float, ...], ppi: int, good: Path, tmp_path: Path
) -> None:
    """Whatever moves and scales what they fill (ISO 32000-1, 8.7.3.1)."""
    path = tmp_path / "tiled.pdf"
    with Pdf.open(good) as pdf:
        image = Stream(pdf, random.Random(1).randbytes(800 * 800))
        image.update(
            {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 800, "/Height": 800,
             "/ColorSpace": Name.DeviceGray, "/BitsPerComponent": 8}
        )  # fmt: skip
        tile = Stream(pdf, b"q 400 0 0 400 0 0 cm /I Do Q")
        tile.update(
            {"/Type": Name.Pattern, "/PatternType": 1, "/PaintType": 1, "/TilingType": 1,
             "/BBox": Array([0, 0, 400, 400]), "/XStep": 400, "/YStep": 400,
             "/Matrix": Array([*matrix]),
             "/Resources": Dictionary(XObject=Dictionary(I=pdf.make_indirect(image)))}
        )  # fmt: skip
        painting(f"/Pattern cs /P scn {drawn}", Pattern={"P": lambda _: tile})(pdf)
        pdf.save(path)
    found = [one for one in preflight(path) if one.code == "F911"]
    assert [one.facts["ppi"] for one in found] == [ppi]


def test_a_page_that_is_turned_is_of_another_size(good: Path, tmp_path: Path) -> None:
    path = tmp_path / "turned.pdf"
    with Pdf.open(good) as pdf:
        pdf.pages[1].obj.Rotate = 90
        pdf.save(path)
    assert "F921" in {one.code for one in preflight(path)}
