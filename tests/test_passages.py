"""Passages of a printed book are proved one by one, and not again where nothing has changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import BOOKS, shop_of
from msgspec.structs import replace
from pikepdf import Array, Dictionary, Name, Pdf

from publish.building.build import build
from publish.checks import verdicts
from publish.checks.page_marks import PageMarks
from publish.checks.passages import Passage, Proof, as_written, passages
from publish.checks.pdf_text import Run, RunsByPage
from publish.checks.reread import reread
from publish.checks.type_area import TypeArea
from publish.checks.verdicts import Verdicts
from publish.checks.words import Unit
from publish.ground.shelf import Shelf
from publish.ground.source import Span

TABLE = b"1 beginbfchar <01> <%04x> endbfchar"


def pdf_of(letter: str = "a", content: bytes = b"") -> Pdf:
    """Return a page that shows one letter, and one more in a form."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.F)
    font.ToUnicode = pdf.make_stream(TABLE % ord(letter))
    shown = b"BT /F 10 Tf 10 10 Td <01> Tj ET"
    form = pdf.make_stream(shown, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 50]))
    form.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    page.obj.Resources = Dictionary(Font=form.Resources.Font, XObject=Dictionary(X=form))
    page.obj.Contents = pdf.make_stream(shown + b" /X Do " + content)
    return pdf


def mark(pdf: Pdf, leftward: bool = False) -> str:
    return PageMarks(leftward).of(pdf.pages[0])


def moved(pdf: Pdf) -> None:
    pdf.pages[0].obj.MediaBox = Array([0, 5, 100, 100])


def trimmed(pdf: Pdf) -> None:
    pdf.pages[0].obj.TrimBox = Array([0, 5, 100, 100])


def other_form(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.X.write(b"BT ET")


def turned_form(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.X.Matrix = Array([1, 0, 0, 1, 0, 20])


def other_font(pdf: Pdf) -> None:
    font: Any = pdf.pages[0].obj.Resources.XObject.X.Resources.Font.F
    font.ToUnicode = pdf.make_stream(TABLE % ord("b"))


def other_kind(pdf: Pdf) -> None:
    font: Any = pdf.pages[0].obj.Resources.Font.F
    font.Subtype = Name.Type0


def test_what_shows_no_text_tells_nothing_and_what_may_does() -> None:
    pdf, before = pdf_of(), mark(pdf_of())
    box = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": Array([0, 0, 50, 50])}
    marks = pdf.make_stream(b"0 0 m 9 9 l S", Resources=Dictionary(), **box)
    pdf.pages[0].obj.Resources.XObject.M = marks
    assert mark(pdf) == before
    # Without resources of its own it has the page's, fonts among them; so has one that shares them.
    del marks.Resources
    bare = mark(pdf)
    assert bare != before
    pdf.pages[0].obj.Resources = marks.Resources = pdf.make_indirect(pdf.pages[0].obj.Resources)
    assert mark(pdf) == bare
    marks.write(b"0 0 m 8 8 l S")
    assert mark(pdf) not in (before, bare)


@pytest.mark.parametrize(
    "change", [moved, trimmed, other_form, turned_form, other_font, other_kind]
)
def test_whatever_the_text_is_read_from_tells(change: Callable[[Pdf], None]) -> None:
    pdf = pdf_of()
    before = mark(pdf)
    assert before == mark(pdf_of()) != mark(pdf, leftward=True)
    change(pdf)
    assert mark(pdf) != before
    assert mark(pdf_of(content=b"q Q")) != before


# What a passage is --------------------------------------------------------------------------------


def unit(text: str) -> Unit:
    return Unit(text, Span("01-een.md"), "01-een")


def test_a_passage_is_what_begins_on_a_page_of_its_own() -> None:
    one, two, three, four = map(unit, "abcd")
    groups = [("een", [one]), ("", [two]), ("drie", [three]), ("", [four])]
    starts = {"een": 2, "drie": 5}
    assert passages(groups, starts, 2, 9) == [
        Passage((one, two), range(2, 5)),
        Passage((three, four), range(5, 9)),
    ]
    # What begins on the page of another, behind the text, or nowhere, does not part it.
    for page in (2, 9, 11):
        found = passages(groups, {"een": 2, "drie": page}, 2, 9)
        assert found == [Passage((one, two, three, four), range(2, 9))]


# What is proved -----------------------------------------------------------------------------------


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the first words of each passage that is looked at, as the build goes on."""
    found: list[str] = []
    right = Proof.is_right

    def told(proof: Proof, passage: Passage, runs: RunsByPage) -> bool:
        found.append(passage.units[0].text)
        return right(proof, passage, runs)

    monkeypatch.setattr(Proof, "is_right", told)
    return found


def test_a_build_looks_at_the_passages_that_have_changed_alone(
    tmp_path: Path, tried: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(BOOKS / "complete", book)

    def made() -> list[str]:
        tried.clear()
        found = build(book, out, ["print"], reread=reread).problems
        assert "P404" not in [one.code for one in found]
        return list(tried)

    def edited(name: str, old: str, new: str) -> None:
        text = (book / name).read_text("utf-8")
        assert text.count(old) == 1
        (book / name).write_text(text.replace(old, new), "utf-8")

    every = made()
    assert len(every) == 6
    edited("06-bijlage.md", "van je buurt?", "van jouw buurt?")
    last = [one for one in every if one.startswith("Vragen voor een klas")]
    assert made() == last
    # Pages that come after it change neither what it shows nor its passage.
    with (book / "06-bijlage.md").open("a", encoding="utf-8") as file:
        file.write("\n" + "Het regende drie dagen, en de beek stond hoog.\n\n" * 60)
    assert made() == last
    # Another version may read it otherwise.
    monkeypatch.setattr(verdicts, "toolchain", lambda: "another")
    edited("06-bijlage.md", "van jouw buurt?", "van je buurt?")
    assert made() == every


def proofs(file: Path) -> Iterator[tuple[Proof, Passage]]:
    """Yield a proof and a passage, and then each with something else about it."""
    page = shop_of(BOOKS / "minimal").room.page
    area = TypeArea(page, frozenset({"kop"}))
    proof = Proof(file, False, area, ["1"])
    passage = Passage((unit("a"),), range(1))
    yield proof, passage
    yield replace(proof, leftward=True), passage
    yield replace(proof, labels=["i"]), passage
    yield replace(proof, area=replace(area, heads=frozenset({"kop", "voet"}))), passage
    yield replace(proof, area=replace(area, page=replace(page, bottom=page.bottom + 1))), passage
    yield proof, Passage((unit("b"),), range(1))
    yield proof, Passage((replace(unit("a"), required=False),), range(1))
    yield proof, Passage((replace(unit("a"), many=True),), range(1))
    yield proof, Passage((unit("a"), unit("a")), range(1))
    yield proof, Passage((unit("a"),), range(0))


def test_whatever_a_verdict_hangs_on_is_in_its_key(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    pdf_of().save(file)
    (first, *others) = [key for proof, one in proofs(file) for key in proof.keys([one])]
    assert len({first, *others}) == 10
    proof, passage = next(proofs(file))
    assert list(proof.keys([passage])) == [first]
    pdf_of("b").save(file)
    assert list(proof.keys([passage])) != [first]


def test_what_is_wrong_is_not_kept_and_what_is_right_beside_it_is(
    tmp_path: Path, tried: list[str]
) -> None:
    """The page shows “aa”: the first passage has it, the second has no page."""
    file, shelf = tmp_path / "a.pdf", Shelf(tmp_path / "shelf")
    pdf_of().save(file)
    proof, passage = next(proofs(file))
    right = replace(passage, units=(unit("a"), unit("a")))
    found = [right, Passage((unit("b"),), range(0))]
    for looked_at in (["a", "b"], ["b"]):
        tried.clear()
        assert not proof.holds(found, Verdicts(shelf, "a", ""))
        assert tried == looked_at
    tried.clear()
    assert proof.holds([right], Verdicts(shelf, "a", ""))
    assert tried == []
    # What is wanted no more is forgotten.
    assert proof.holds([], Verdicts(shelf, "a", ""))
    assert proof.holds([right], Verdicts(shelf, "a", ""))
    assert tried == ["a"]


@pytest.mark.parametrize(
    ("before", "painted", "after", "known", "read"),
    [
        ("Huis", ("zo אב", "אב zo"), "dijk", "huisאבzodijk zoאב", "אב zo"),
        ("zo", ("zo אב", "אב zo"), "", "zoאבzo", "אב zo"),
        ("", ("zo אב", "אב zo"), "אב", "אבzoאב zoאב", "אב zo"),
        ("Huis", ("zo אב", "אב zo"), "dijk", "water", "zo אב"),
    ],
    ids=["both", "before", "after", "none"],
)
def test_of_readings_the_one_counts_that_joins_the_runs_beside_it(
    before: str, painted: tuple[str, str], after: str, known: str, read: str
) -> None:
    first, *others = painted
    runs = [Run(before), Run(first, 10.0, tuple(others)), Run(after)]
    assert [run.text for run in as_written(runs, known)] == [before, read, after]


@pytest.mark.parametrize(
    ("painted", "read"),
    [
        # Brackets are of the direction of the block where words of the other one stand in them.
        (" (žluťoučký )zo ", "zožluťoučký"),
        ("nu 1.000 1", "11000nu"),
        # A letter that is lost, or one too many, is no other order.
        (" (žluťoučký )z ", " (žluťoučký )z "),
        (" (žluťoučký )zoo ", " (žluťoučký )zoo "),
        ("- ", "- "),
    ],
)
def test_a_run_that_no_reading_fits_has_the_letters_of_the_text(painted: str, read: str) -> None:
    known = "xzožluťoučký1ijsland2 11000nu xzonu"
    (run,) = as_written([Run(painted, 100.0, ("x y",))], known, any_order=True)
    assert run.text == read
    (run,) = as_written([Run(painted, 100.0, ("x y",))], known)
    assert run.text == painted
