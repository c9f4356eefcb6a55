"""An output folder has one writer at a time, and a killed one leaves nothing that stays."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import BOOKS

from publish.ground.alone import alone
from publish.ground.container import write_atomically

ROOT = Path(__file__).parent.parent


def test_one_waits_for_the_other(tmp_path: Path) -> None:
    out, order = tmp_path / "out", list[str]()
    told = threading.Event()

    def second() -> None:
        with alone(out, told.set):
            order.append("second")

    with alone(out):
        other = threading.Thread(target=second)
        other.start()
        assert told.wait(10)
        order.append("first")
        (out / "made").touch()
    other.join(10)
    assert order == ["first", "second"]


def test_a_folder_taken_away_while_one_waits_is_made_again(tmp_path: Path) -> None:
    out, told, found = tmp_path / "out", threading.Event(), list[bool]()

    def second() -> None:
        with alone(out, told.set):
            found.append(out.is_dir())

    with alone(out):
        other = threading.Thread(target=second)
        other.start()
        assert told.wait(10)
    other.join(10)
    assert found == [True]
    assert not out.exists()


def test_an_empty_folder_that_was_there_stays(tmp_path: Path) -> None:
    with alone(tmp_path):
        pass
    assert tmp_path.is_dir()


def test_what_was_left_half_written_is_swept_up_and_nothing_else(tmp_path: Path) -> None:
    half = (".a.pdf.123.tmp", ".katern/.x.json.7.tmp", "shops/kobo/.b.epub.99.tmp")
    mine = (".notes.tmp", "a.pdf.123.tmp", "shops/kobo/b.epub", ".katern/x.json")
    for name in (*half, *mine):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with alone(tmp_path):
        pass
    assert {name for name in (*half, *mine) if (tmp_path / name).exists()} == set(mine)


def test_what_a_build_left_as_its_last_word_is_swept_up_where_all_stands(tmp_path: Path) -> None:
    """A build that is killed while it writes its record once more has made everything."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "publish", "build", str(BOOKS / "minimal")]
    command += ["--out", str(out), "--only", "epub"]
    assert subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stderr == b""
    (book,) = out.glob("*.epub")
    made = book.stat().st_mtime_ns
    half = out / ".katern" / ".0f.json.7.tmp"
    half.touch()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    assert not half.exists() and book.stat().st_mtime_ns == made


def test_two_builds_of_one_book_at_once_make_it_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "publish", "build", str(BOOKS / "minimal")]
    command += ["--out", str(tmp_path / "out"), "--only", "epub,cover"]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(2)]
    assert [(one.wait(120), one.communicate()[1]) for one in both] == [(0, b"")] * 2
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 3 and names[0] == ".katern"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["a.pdf"]
    assert path.read_bytes() == b"old"
