"""A book comes out the same wherever, whenever and for whomever it is built."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from faulting import BOOK, ROOT, digests

from publish.__main__ import main
from publish.building.build import build
from publish.ground.problems import has_errors
from publish.ground.root import BookRoot
from publish.standing.current import standing

NAMES = ("epub", "print")
NAMELESS = os.fsdecode(b"caf\xe9")
Digests = dict[str, str]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Digests:
    """Return the editions as they usually come out."""
    return made(BOOK, tmp_path_factory.mktemp("usual"))


def made(book: Path, out: Path) -> Digests:
    built = build(book, out, NAMES)
    assert not has_errors(built.problems), built.problems
    return digests(out)


def test_a_path_may_hold_anything(usual: Digests, tmp_path: Path) -> None:
    folder = tmp_path / "een map, “deze” 🙂 – и эта 'ook' $HOME %41" / ("lang" * 50)
    shutil.copytree(BOOK, folder)
    assert made(folder, folder / "uit & thuis") == usual


def test_the_place_the_hour_and_the_person_do_not_matter(usual: Digests, tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(BOOK, book)
    for path, year in zip(sorted(book.iterdir()), (0, 4_354_819_199), strict=True):
        os.utime(path, (year, year))
    (tmp_path / "scratch").mkdir()
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONUTF8": "0", "LANG": "",
                   "TZ": "Pacific/Kiritimati", "TMPDIR": str(tmp_path / "scratch")}  # fmt: skip
    command = [sys.executable, "-m", "publish", "build", str(book), "--out", str(tmp_path / "out")]
    subprocess.run([*command, "--only", ",".join(NAMES)], cwd=ROOT, env=environment, check=True)
    assert digests(tmp_path / "out") == usual


@pytest.mark.parametrize(
    ("epoch", "told"),
    [("0", (1980, 1, 1, 0, 0, 0)), ("4354819199", (2107, 12, 31, 23, 59, 58))],
)
def test_the_first_and_the_last_moment(
    epoch: str, told: tuple[int, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    first, second = (made(BOOK, tmp_path / name) for name in ("first", "second"))
    assert first == second
    with zipfile.ZipFile(next((tmp_path / "first").glob("*.epub"))) as archive:
        assert {one.date_time for one in archive.infolist()} == {told}


def test_a_text_that_changes_while_it_is_read_is_built_anew(
    usual: Digests, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(BOOK, book)
    chapter, read = book / "01-begin.md", BookRoot.read
    final = chapter.read_text("utf-8")
    chapter.write_text(final.replace("één", "een halve"), "utf-8")

    def reading(root: BookRoot, *names: str) -> bytes:
        data = read(root, *names)
        if names == ("01-begin.md",):
            chapter.write_text(final, "utf-8")
        return data

    monkeypatch.setattr(BookRoot, "read", reading)
    assert made(book, out) != usual
    monkeypatch.undo()
    assert standing(book, out, NAMES) is None
    assert made(book, out) == usual


def test_a_folder_that_bears_the_name_of_a_text_is_told_of(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(BOOK, book)
    (book / "02-verder.md").mkdir()
    (book / "teksten").mkdir()
    (found,) = build(book, tmp_path / "out", NAMES).problems
    assert str(found) == (
        "02-verder.md:1:1: error T108 02-verder.md is a folder, and bears the name of a text"
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("closed", ["", "photos"])
def test_a_folder_that_cannot_be_listed_is_told_of_and_is_not_empty(
    closed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands is told to be old as well: of what cannot be read it was not made."""
    book, out = shutil.copytree(BOOK, tmp_path / "book"), tmp_path / "out"
    (book / "photos").mkdir(exist_ok=True)
    command = ["build", str(book), "--out", str(out), "--only", "cover"]
    assert main(command) == 0
    (cover,) = out.glob("*-cover.jpg")
    before = cover.read_bytes()
    listed, shut = Path.iterdir, book / closed

    def refused(folder: Path) -> Iterator[Path]:
        if folder == shut:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
    capsys.readouterr()
    assert main(command) == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.split()[1] for line in told if line[0] != " "] == ["K701", "K717"]
    assert f"{shut} is not yours to read" in told[0]
    assert str(cover) in told[2]
    assert cover.read_bytes() == before


def test_a_closed_folder_that_is_no_part_of_the_book_is_let_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `lost+found` is, where a book has a disk to itself."""
    book = shutil.copytree(BOOK, tmp_path / "book")
    (book / "lost+found").mkdir()
    listed = Path.iterdir

    def refused(folder: Path) -> Iterator[Path]:
        if folder.name == "lost+found":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
    assert main(["build", str(book), "--out", str(tmp_path / "out"), "--only", "cover"]) == 0


def test_names_that_differ_by_a_capital_are_told_of(tmp_path: Path) -> None:
    book = tmp_path / "book"
    shutil.copytree(BOOK, book)
    shutil.copy(book / "01-begin.md", book / "01-Begin.md")
    (book / "photos").mkdir()
    for name in ("Dijk.svg", "dijk.svg"):
        (book / "photos" / name).write_text("<svg/>")
    told = [str(one) for one in build(book, tmp_path / "out", NAMES).problems if one.code == "T107"]
    assert told == [
        "01-begin.md:1:1: error T107 01-begin.md and 01-Begin.md are one file where capitals are"
        " not told apart",
        "photos/dijk.svg:1:1: error T107 dijk.svg and Dijk.svg are one file where capitals are not"
        " told apart",
    ]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["photos/{}.jpg", "02-{}.md", "{}.txt", "{}.md/"])
def test_a_name_that_is_no_utf_8_is_told_of_with_its_bytes(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, out = tmp_path / "book", tmp_path / "out"
    shutil.copytree(BOOK, book)
    made(book, out)
    path = book / name.format(NAMELESS)
    path.parent.mkdir(exist_ok=True)
    path.mkdir() if name.endswith("/") else path.touch()
    shown = name.format(r"caf\xE9").rstrip("/")
    told = f"{shown}:1:1: error T109 {Path(shown).name} is no name that all systems know\n"
    for verb in ("build", "check"):
        assert main([verb, str(book), "--out", str(out)]) == 1
        assert told in capsys.readouterr().err
    assert main(["build", str(book), "--out", str(out), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["problems"]
    assert shown in [one["file"] for one in found if one["code"] == "T109"]


def test_a_book_below_a_name_that_is_no_utf_8_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(BOOK, tmp_path / NAMELESS)
    for verb in ("build", "check", "clean", "verify"):
        assert main([verb, str(tmp_path / NAMELESS)]) == 1
        told = f"error T109 {tmp_path}/caf\\xE9 is no name that all systems know\n"
        assert capsys.readouterr().err.startswith(told)
