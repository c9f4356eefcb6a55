"""The checkers: nothing is said of good editions, and each fault put into one is found."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from conftest import subject_of
from pikepdf import Array, Pdf
from PIL import Image, ImageFile

from publish.building.build import build
from publish.building.outputs import OUTPUTS
from publish.building.workshop import Workshop
from publish.checks import (
    booklet,
    cover,
    epub,
    epubcheck,
    pdf,
    pdf_words,
    preflight,
    presence,
)
from publish.checks.checking import CHECKERS, check
from publish.checks.facts import count
from publish.checks.subject import Subject
from publish.ground.filenames import FILES
from publish.ground.problems import Problem, has_errors, problem
from publish.manuscript.folder import read_manuscript
from publish.standing.state import state_of

BOOK = Path(__file__).parent / "books" / "complete"
NAMES = ("epub", "print", "booklet", "screen", "cover")
EXPECTED = {"B602", "C307"}
"""What is so of the book: a cover with ink up to the edge, and a picture that is to come."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The complete book, and its editions."""
    folder, out = tmp_path_factory.mktemp("book") / "book", tmp_path_factory.mktemp("out")
    shutil.copytree(BOOK, folder)
    built = build(folder, out, NAMES)
    assert not has_errors(built.problems), built.problems
    return folder, out


def copied(made: tuple[Path, Path], to: Path) -> tuple[Path, Path]:
    """Return the book and a copy of its editions, of which no verdict is known."""
    shutil.copytree(made[1], to)
    state = state_of(made[0], to)
    state.verdict = None
    state.save()
    return made[0], to


@pytest.fixture
def subject(made: tuple[Path, Path], tmp_path: Path) -> Subject:
    """The book with copies of its editions, to be damaged."""
    folder, out = made
    copy = tmp_path / "out"
    shutil.copytree(out, copy)
    return subject_of(folder, copy)


def codes(problems: list[Problem]) -> list[str]:
    return [one.code for one in problems]


def places(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(one.span.file, one.span.line) for one in problems if one.span]


def line_of(folder: Path, file: str, words: str) -> tuple[str, int]:
    """Return the file and the line in which some words of a manuscript stand."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(words) == 1
    return file, text[: text.index(words)].count("\n") + 1


# Good editions ------------------------------------------------------------------------------------


def test_nothing_is_said_of_good_editions(made: tuple[Path, Path]) -> None:
    assert [str(one) for one in check(*made, False) if one.code not in EXPECTED] == []


def test_nothing_is_checked_twice(
    made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = copied(made, tmp_path / "out")
    runs = []

    def run(path: Path) -> list[Problem]:
        runs.append(path)
        return []

    monkeypatch.setattr(epubcheck, "run", run)
    first = check(folder, out, False)
    reports = {name: (out / name).read_bytes() for name in ("report.json", "report.html")}
    draft, final = check(folder, out, False), check(folder, out, True)
    assert len(runs) == 1
    assert draft == first
    assert [one.severity for one in first if one.code == "C307"] == ["warning"]
    assert [one.severity for one in final if one.code == "C307"] == ["error"]
    check(folder, out, False)
    assert reports == {name: (out / name).read_bytes() for name in reports}
    # Another byte in an edition, and all is looked at again.
    with (out / "waar-de-beek-bleef.epub").open("ab") as file:
        file.write(b" ")
    assert "K704" in codes(check(folder, out, False))
    assert len(runs) == 2


def test_what_may_be_gone_the_next_time_is_not_kept(
    made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = copied(made, tmp_path / "out")
    answers = [[problem("K701", None, reason="Java is not installed", advice="")], []]
    monkeypatch.setattr(epubcheck, "run", lambda path: answers.pop(0))
    assert "K701" in codes(check(folder, out, False))
    assert "K701" not in codes(check(folder, out, False))


def test_a_checker_that_breaks_off_is_a_problem(
    made: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> list[Problem]:
        raise RuntimeError("no more")

    monkeypatch.setattr(epubcheck, "run", broken)
    found = [one for one in check(*copied(made, tmp_path / "out"), False) if one.code == "K706"]
    assert [one.message for one in found] == [
        "the checker of e-book broke off: RuntimeError: no more"
    ]


def test_editions_absent_old_and_changed(made: tuple[Path, Path], tmp_path: Path) -> None:
    folder, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(BOOK, folder)
    files = [f"waar-de-beek-bleef{FILES[name].suffix}" for name in NAMES]
    absent = presence.check(subject_of(folder, out))
    assert codes(absent) == ["K702"] * 5
    assert all(file in "".join(map(str, absent)) for file in files)

    assert build(folder, out, ("cover", "print")).made
    there = presence.check(subject_of(folder, out))
    assert codes(there) == ["K702"] * 3
    with (out / "waar-de-beek-bleef-cover.jpg").open("ab") as file:
        file.write(b" ")
    captions = (folder / "captions.toml").read_text(encoding="utf-8")
    captions = captions.replace("Het weiland bij ochtend", "Het weiland bij avond")
    (folder / "captions.toml").write_text(captions, encoding="utf-8")
    later = [one for one in presence.check(subject_of(folder, out)) if one.code != "K702"]
    assert [(one.code, one.message.split()[0]) for one in later] == [
        ("K703", "waar-de-beek-bleef-print.pdf"),
        ("K704", "waar-de-beek-bleef-cover.jpg"),
    ]
    # What is older than the manuscript is not compared with it.
    assert pdf_words.check(subject_of(folder, out)) == []


def test_a_manuscript_with_errors_is_all_that_is_told_of(tmp_path: Path) -> None:
    folder, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(BOOK, folder)
    with (folder / "06-bijlage.md").open("a", encoding="utf-8") as file:
        file.write("\nZie [](#nergens).\n")
    found = check(folder, out, False)
    assert {"M209", "C307"} == set(codes(found))
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["title"] == "Waar de beek bleef"
    assert report["outputs"] == []
    assert [one["code"] for one in report["problems"]] == codes(found)


# The e-book ---------------------------------------------------------------------------------------


def rewritten(path: Path, *changes: tuple[str, str, str]) -> None:
    """Replace text in files of an EPUB, by the ends of their names; each change must be one."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for end, old, new in changes:
        (name,) = [name for name in files if name.endswith(end)]
        text = files[name].decode()
        assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {name}"
        files[name] = text.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave EPUBCheck out, which takes seconds and is no matter of ours here."""
    monkeypatch.setattr(epubcheck, "run", lambda path: [])


BEEK, PEIL, LIEDJE = "03-de-beek.xhtml", "04-peil-en-tal.xhtml", "05-een-liedje.xhtml"
POPULIEREN = "Het weiland heet op de kaart <em>Het Nat</em>; er staan nu twaalf populieren."
EPUB_FAULTS: dict[str, tuple[tuple[str, str, str], str, tuple[str, str] | None]] = {
    "a note is lost": ((BEEK, POPULIEREN, ""), "P404", ("03-de-beek.md", "Het weiland heet")),
    "a word is lost": ((PEIL, "zijn genoeg", "genoeg"), "P404", ("04-peil-en-tal.md", "Een bezem")),
    "a word is added": ((LIEDJE, "een kurk", "een fles, een kurk"), "P404", None),
    "two words run together": ((LIEDJE, "op één", "opéén"), "P404", None),
    "a line is moved": (
        (LIEDJE, "wie gaat er mee?", "wie mee gaat er?"),
        "P404",
        ("05-een-liedje.md", "wie gaat er mee?"),
    ),
    "an entry of the nav is gone": (
        ("nav.xhtml", '<li><a href="06-bijlage.xhtml">Vragen voor een klas</a></li>', ""),
        "E506",
        None,
    ),
    "an entry of the nav is another": (("nav.xhtml", ">Peil en tal<", ">Peil<"), "E506", None),
    "an entry of the nav leads elsewhere": (
        ("nav.xhtml", 'href="04-peil-en-tal.xhtml"', 'href="05-een-liedje.xhtml"'),
        "E506",
        None,
    ),
    "an entry of the NCX is another": (("toc.ncx", "<text>De beek<", "<text>Beek<"), "E506", None),
    "a link leads nowhere": (
        (BEEK, '#tab-peil"', '#tabel-peil"'),
        "E504",
        ("03-de-beek.md", "Zoek het putdeksel"),
    ),
    "a picture is the name of a file": (
        (BEEK, 'alt="Een rond deksel met acht spaken en een rode rand."', 'alt="put.png"'),
        "E505",
        ("captions.toml", "[put]"),
    ),
    "a chart is the name of a file": (
        (PEIL, "Drie kolommen: 31 in 2021, 18 in 2022 en 26 in 2023.", "peil.svg"),
        "E505",
        ("captions.toml", "[peil]"),
    ),
    "a chapter is not in the spine": (
        ("content.opf", '<itemref idref="text-5"/>', ""),
        "E503",
        None,
    ),
    "a document is no XML": ((BEEK, "</h1>", ""), "E503", None),
}


@pytest.mark.parametrize("name", EPUB_FAULTS)
@pytest.mark.usefixtures("quick")
def test_a_fault_of_the_ebook(name: str, subject: Subject) -> None:
    change, code, place = EPUB_FAULTS[name]
    rewritten(subject.path("epub"), change)
    found = epub.check(subject)
    assert set(codes(found)) == {code}, found
    if place:
        assert set(places(found)) == {line_of(subject.folder, *place)}


@pytest.mark.usefixtures("quick")
def test_words_that_became_others(subject: Subject) -> None:
    rewritten(subject.path("epub"), (PEIL, "op een halve bladzijde", "op een bladzijde of twee"))
    assert [one.message for one in epub.check(subject)] == [
        "waar-de-beek-bleef.epub does not hold the words of the manuscript: “halve” is lost",
        "waar-de-beek-bleef.epub does not hold the words of the manuscript: “of twee” is not in it",
    ]


def test_what_epubcheck_finds_is_told_at_its_place(subject: Subject) -> None:
    path = subject.path("epub")
    rewritten(
        path,
        (BEEK, "<blockquote><p>De straat", '<blockquote colour="red"><p>De straat'),
        ("content.opf", "<dc:language>nl<", "<dc:language><"),
        (LIEDJE, '<figure id="veld"', '<figure id="oever"'),
    )
    found = [one for one in epub.check(subject) if one.code == "E501"]
    assert set(places(found)) == {
        line_of(subject.folder, "03-de-beek.md", "> De straat zakt"),
        ("book.toml", 1),
        line_of(subject.folder, "05-een-liedje.md", "](oever){place=inset}"),
        line_of(subject.folder, "05-een-liedje.md", "Op de laatste foto, [](#veld)"),
    }
    (colour,) = [one for one in found if "colour" in one.message]
    assert "aria-" not in colour.message
    assert f"(EPUB/{BEEK}:" in colour.message


# PDF ----------------------------------------------------------------------------------------------


def edited(path: Path, edit: Callable[[Pdf], None]) -> None:
    with Pdf.open(path, allow_overwriting_input=True) as document:
        edit(document)
        document.save(path)


def off_origin(document: Pdf) -> None:
    box = document.pages[2].obj.MediaBox
    document.pages[2].obj.MediaBox = Array([-10, -10, float(box[2]) - 10, float(box[3]) - 10])


def wider(document: Pdf) -> None:
    for page in document.pages:
        left, foot, right, head = (float(side) for side in page.trimbox)
        page.obj.TrimBox = Array([left - 3, foot, right, head])


def no_bleed(document: Pdf) -> None:
    del document.pages[0].obj["/BleedBox"]


def less_bleed(document: Pdf) -> None:
    for page in document.pages:
        left, foot, right, head = (float(side) for side in page.trimbox)
        page.obj.BleedBox = Array([left - 4, foot - 4, right + 4, head + 4])


def unembedded(document: Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/FontFile3") is not None:
            del item["/FontFile3"]
            return


def unlabelled(document: Pdf) -> None:
    document.Root.PageLabels.Nums[1].St = 3


def without_a_bookmark(document: Pdf) -> None:
    with document.open_outline() as outline:
        del outline.root[2]


def a_bookmark_elsewhere(document: Pdf) -> None:
    with document.open_outline() as outline:
        outline.root[1].destination[0] = document.pages[3].obj


def a_page_less(document: Pdf) -> None:
    del document.pages[7]


def without_the_last(document: Pdf) -> None:
    del document.pages[-2:]


PDF_FAULTS: dict[str, tuple[str, Callable[[Pdf], None], set[str]]] = {
    "off the origin": ("print", off_origin, {"P405"}),
    "another trim": ("print", wider, {"P405"}),
    "another bleed": ("print", less_bleed, {"P405"}),
    "no bleed box": ("print", no_bleed, {"P405"}),
    "a font that is not embedded": ("screen", unembedded, {"F906"}),
    "labels that are no folios": ("print", unlabelled, {"P408"}),
    "a bookmark less": ("print", without_a_bookmark, {"P409"}),
    "a bookmark elsewhere": ("screen", a_bookmark_elsewhere, {"P409"}),
    "a page less": ("print", a_page_less, {"P409"}),
    "pages that fill no sheet": ("screen", without_the_last, {"F920"}),
}


@pytest.mark.parametrize("name", PDF_FAULTS)
def test_a_fault_of_a_pdf(name: str, subject: Subject) -> None:
    output, fault, expected = PDF_FAULTS[name]
    edited(subject.path(output), fault)
    found = pdf.check(subject)
    assert set(codes(found)) == expected, found
    assert all(subject.path(output).name in one.message for one in found)


def test_a_screen_pdf_that_says_nothing_to_a_screen_reader(subject: Subject) -> None:
    def mute(document: Pdf) -> None:
        del document.Root["/MarkInfo"]
        document.Root.Lang = "en"
        document.Root.ViewerPreferences.DisplayDocTitle = False

    edited(subject.path("screen"), mute)
    found = pdf.check(subject)
    assert codes(found) == ["P411"] * 3
    assert {one.message.rpartition(" of ")[2] for one in found} == {
        "its structure, for it has no tags",
        "its language",
        "its title",
    }


def test_a_page_that_is_lost_is_told_word_by_word(subject: Subject) -> None:
    edited(subject.path("screen"), a_page_less)
    found = [one for one in pdf_words.check(subject) if one.span]
    lost = "".join(one.message for one in found)
    assert set(codes(found)) == {"P404"}
    assert "“Wat er nog van over is" in lost
    assert line_of(subject.folder, "03-de-beek.md", "## Wat er nog") in places(found)


def test_a_page_that_the_contents_give_wrongly(subject: Subject) -> None:
    def elsewhere(document: Pdf) -> None:
        names = pikepdf.NameTree(document.Root.Names.Dests)
        names["peil-en-tal"][0] = document.pages[7].obj

    edited(subject.path("print"), elsewhere)
    found = pdf_words.check(subject)
    assert codes(found) == ["P412"]
    assert "“Peil en tal” does not stand there with page 8" in found[0].message


def test_words_that_the_pages_lose_or_gain(subject: Subject, tmp_path: Path) -> None:
    """The pages are those of another manuscript: without a note, a cell, a line and a paragraph."""
    folder = tmp_path / "other"
    shutil.copytree(subject.folder, folder)
    changes = {
        "03-de-beek.md": [
            ("De kaart hangt in het gemeentehuis, achter de deur.", "De kaart hangt er niet."),
            ("Zoek het putdeksel met de letters", "Zoek het deksel met de letters"),
        ],
        "04-peil-en-tal.md": [("| gewoon", "| "), ("Twee woorden vragen uitleg.", "")],
        "06-bijlage.md": [("van je buurt?", "van je buurt? Vraag het na.")],
    }
    for file, pairs in changes.items():
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in pairs:
            assert text.count(old) == 1
            text = text.replace(old, new)
        (folder / file).write_text(text, encoding="utf-8")
    read = read_manuscript(folder)
    assert read.book
    data, _ = OUTPUTS["print"].make(Workshop(folder, read.book, read.sources))
    subject.path("print").write_bytes(data)
    found = pdf_words.check(subject)
    assert set(codes(found)) == {"P404"}
    lines = (
        ("03-de-beek.md", "De kaart hangt in het gemeentehuis"),
        ("03-de-beek.md", "Zoek het putdeksel"),
        ("04-peil-en-tal.md", "| gewoon"),
        ("04-peil-en-tal.md", "Twee woorden vragen"),
    )
    assert set(places(found)) == {line_of(subject.folder, *line) for line in lines}
    strange = "".join(one.message for one in found if not one.span)
    assert "vraaghetna" in strange
    assert "“erniet” on page" in strange


# The booklet and the cover ------------------------------------------------------------------------


def smaller(document: Pdf) -> None:
    page = document.pages[1]
    content = page.Contents.read_bytes()
    assert content.count(b" 1 0 0 1 ") == 2
    page.Contents = document.make_stream(content.replace(b" 1 0 0 1 ", b" .97 0 0 .97 ", 1))


def swapped(document: Pdf) -> None:
    pages = document.pages[2].obj.Resources.XObject
    first, second = sorted(pages.keys())
    pages[first], pages[second] = pages[second], pages[first]


def misplaced(document: Pdf) -> None:
    first, second = document.pages[0], document.pages[2]
    first.Contents, second.Contents = second.Contents, first.Contents
    first.Resources, second.Resources = second.Resources, first.Resources


def a_side_less(document: Pdf) -> None:
    del document.pages[-1]


def shifted(document: Pdf) -> None:
    page = document.pages[2]
    content = page.Contents.read_bytes()
    (at,) = re.findall(rb"1 0 0 1 (\S+) \S+ cm /P13 Do", content)
    moved = content.replace(at, b"%.5f" % (float(at) + 0.1 * 72 / 25.4))
    assert moved != content
    page.Contents = document.make_stream(moved)


def larger_sheet(document: Pdf) -> None:
    document.pages[0].obj.MediaBox = Array([0, 0, 1000, 700])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (smaller, "is printed at 97.0% on side 2"),
        (swapped, "side 3 does not show the words of its pages"),
        (shifted, "page 14 stands +0.10 mm across and +0.00 mm up from its place on side 3"),
        (misplaced, "folded and gathered, it has page 3 where page 1 belongs"),
        (a_side_less, "it has 7 sides, and a sheet has two"),
        (larger_sheet, "side 1 is 352.8 × 246.9 mm, not the sheet of book.toml"),
    ],
)
def test_a_fault_of_the_booklet(fault: Callable[[Pdf], None], said: str, subject: Subject) -> None:
    edited(subject.path("booklet"), fault)
    found = booklet.check(subject)
    assert set(codes(found)) == {"B601"}
    assert any(said in one.message for one in found), found


def lined(*widths: float) -> Callable[[Pdf], None]:
    """Return what draws lines of some widths, in pt, over the second page."""
    lines = " ".join(
        f"{wide} w 200 {300 + 50 * wide} m 260 {300 + 50 * wide} l S" for wide in widths
    )
    return lambda document: document.pages[1].contents_add(f"q 0 0 0 1 K {lines} Q".encode())


def test_a_booklet_goes_through_preflight_and_nothing_is_told_twice(subject: Subject) -> None:
    edited(subject.path("print"), lined(0.1))
    edited(subject.path("booklet"), lined(0.1, 0.05))
    found = [(one.message, one.span) for one in preflight.check(subject)]
    print_pdf, booklet_pdf = subject.path("print").name, subject.path("booklet").name
    assert [(said.split(" (")[0], said.rsplit(": ")[1]) for said, _ in found] == [
        (f"{print_pdf}, page 2", "a line is 0.1 pt thick, less than 0.15"),
        (f"{booklet_pdf}, page 2", "a line is 0.05 pt thick, less than 0.15"),
    ]
    assert found[1][1] == subject.setting("booklet")


def saved(mode: str, size: tuple[int, int], kind: str) -> Callable[[Path], None]:
    return lambda path: Image.new(mode, size).save(path, kind)


def halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:4000])


COVERS = [
    ("JPEG, 1600 × 2400 pixels, RGB", saved("RGB", (1600, 2400), "JPEG")),
    ("JPEG, 1600 × 2560 pixels, CMYK", saved("CMYK", (1600, 2560), "JPEG")),
    ("PNG, 1600 × 2560 pixels, RGB", saved("RGB", (1600, 2560), "PNG")),
    ("no picture, or half of one", halved),
]


@pytest.mark.parametrize(("said", "fault"), COVERS)
def test_a_fault_of_the_cover(
    said: str, fault: Callable[[Path], None], subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not subject.is_stale("cover")
    # As the layout engine leaves it: half a picture is filled up without a word.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    fault(subject.path("cover"))
    found = cover.check(subject)
    assert codes(found) == ["K705"]
    assert said in found[0].message


# Files that are no files --------------------------------------------------------------------------


@pytest.mark.parametrize("part", [0.0, 0.1, 0.5, 0.9, 0.999])
@pytest.mark.usefixtures("quick")
def test_half_a_file_is_a_problem_and_no_accident(part: float, subject: Subject) -> None:
    for name in NAMES:
        path = subject.path(name)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * part)])
    told = {name: codes(checker(subject)) for name, checker in CHECKERS.items()}
    assert told["editions"].count("K704") == 5
    assert told["e-book"] == ["E503"]
    assert "P403" in told["pages"]
    assert told["cover"] == ["K705"]


# Facts -------------------------------------------------------------------------------------------


def test_words_are_counted(tmp_path: Path) -> None:
    tiny = subject_of(BOOK.parent / "minimal", tmp_path)
    assert count(tiny, "epub") == count(tiny, "print") == 5  # Begin. Hier staat één zin.


def test_the_report_counts_what_was_made(made: tuple[Path, Path]) -> None:
    folder, out = made
    check(folder, out, False)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    outputs = {one["name"]: one for one in report["outputs"]}
    assert set(outputs) == set(NAMES)
    assert outputs["print"]["pages"] == outputs["screen"]["pages"] == 16
    assert outputs["booklet"]["pages"] == 8
    assert outputs["cover"]["pages"] is None
    assert outputs["epub"]["words"] > 600
    assert outputs["print"]["bytes"] == (out / outputs["print"]["file"]).stat().st_size
