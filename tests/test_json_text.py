"""What is read of JSON may be nested as deeply as anyone likes: it is none, and that is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
from conftest import BOOKS
from pikepdf import AttachedFileSpec

from publish.__main__ import main
from publish.ground.json_text import from_json
from publish.proof.map import FILE, read_map

DEEP = "[" * 200_000
ROOT = Path(__file__).parent.parent / "publish"


@pytest.fixture(autouse=True)
def every_epub_is_sound() -> None:
    """One book, which other tests have had checked."""


def test_what_is_nested_too_deeply_is_no_json() -> None:
    with pytest.raises(ValueError, match="nested too deeply"):
        from_json(DEEP)
    assert from_json('{"a": [1]}') == {"a": [1]}


def test_all_json_is_read_in_one_place() -> None:
    reading = (one for one in ROOT.rglob("*.py") if "json.load" in one.read_text("utf-8"))
    assert [one.name for one in reading] == ["json_text.py"]


def test_a_record_of_a_release_that_is_nested_too_deeply_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p-release.json").write_text(DEEP)
    assert main(["verify", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("error K741 ")


@pytest.mark.parametrize("spoiled", [DEEP, '{"key": "", "outputs": []}', "[]"])
def test_a_record_of_a_build_that_is_none_is_made_anew(spoiled: str, tmp_path: Path) -> None:
    book, out = Path(shutil.copytree(BOOKS / "minimal", tmp_path / "book")), tmp_path / "out"
    command = ["build", str(book), "--out", str(out), "--only", "epub"]
    assert main(command) == 0
    (record,) = (out / ".katern").glob("*.json")
    written = record.read_bytes()
    record.write_text(spoiled)
    assert main(command) == 0
    assert record.read_bytes() == written
    record.write_text(spoiled)
    assert main(["clean", str(out)]) == 0
    assert not record.exists()


def test_a_map_of_a_proof_that_is_nested_too_deeply_is_none() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments[FILE] = AttachedFileSpec(pdf, DEEP.encode())
        assert read_map(pdf) is None
