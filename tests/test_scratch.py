"""The folder for temporary files of a command."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from publish.ground import scratch


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_temporary_files_go_into_it_and_with_it(base: Path) -> None:
    folder = scratch.begin()
    assert folder == base / f"katern-{os.getpid()}"
    assert os.environ["TMPDIR"] == str(folder) and folder.stat().st_mode & 0o777 == 0o700
    (folder / "left").write_text("over", "utf-8")
    scratch.end(folder)
    assert [*base.iterdir()] == []
    scratch.end(folder)  # it is gone by then


def test_what_the_dead_have_left_is_taken_away_and_nothing_else(base: Path) -> None:
    (base / "katern-999999999").mkdir()
    (base / "katern-999999999" / "half.pdf").write_text("half", "utf-8")
    (base / "katern-notes").mkdir()
    (base / "other-1").mkdir()
    (base / "katern-12").write_text("no folder", "utf-8")
    kept = base / "katern-34"
    kept.mkdir()
    held = os.open(kept, os.O_RDONLY)
    own = scratch._held(kept)  # as one that runs holds its own
    assert own is not None
    folder = scratch.begin()
    assert folder
    names = {one.name for one in base.iterdir()}
    assert names == {"katern-notes", "other-1", "katern-12", "katern-34", folder.name}
    # One that was still dying then is dead by the end.
    os.close(held)
    os.close(own)
    scratch.end(folder)
    assert {one.name for one in base.iterdir()} == {"katern-notes", "other-1", "katern-12"}


def test_where_none_can_be_made_there_is_none(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (base / f"katern-{os.getpid()}").write_text("in the way", "utf-8")
    assert scratch.begin() is None
    assert os.environ["TMPDIR"] == str(base)
    monkeypatch.setenv("TMPDIR", str(base / "nowhere"))
    assert scratch.begin() is None
    scratch.end(None)
