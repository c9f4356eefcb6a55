"""What a build and its check say of the editions asked for, of others, and of other books."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from publish.__main__ import main
from publish.building.build import build
from publish.checks.checking import check

MINIMAL = Path(__file__).parent / "books" / "minimal"


@pytest.fixture
def books(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Return two folders that hold the same manuscript, and an output folder."""
    for name in ("een", "twee"):
        shutil.copytree(MINIMAL, tmp_path / name)
    return tmp_path / "een", tmp_path / "twee", tmp_path / "out"


def codes(out: Path) -> list[str]:
    return [one["code"] for one in json.loads((out / "report.json").read_text())["problems"]]


def test_a_check_of_one_edition_misses_no_other(
    books: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    book, _, out = books
    assert main(["build", str(book), "--out", str(out), "--only", "cover", "--check"]) == 0
    assert "K702" not in capsys.readouterr().err + str(codes(out))
    # Asked for by name, or by none, what is missing is told.
    assert {one.code for one in check(book, out, False)} >= {"K702"}
    told = [one.message for one in check(book, out, False, names=("cover", "proof"))]
    assert [re.sub(r".*-", "-", one) for one in told] == ["-proof.pdf is not there"]


def test_a_book_is_not_written_over_another(books: tuple[Path, Path, Path]) -> None:
    one, two, out = books
    (made,) = build(one, out, ("cover",)).made
    before = made.read_bytes()
    refused = build(two, out, ("cover",))
    (found,) = refused.problems
    assert (refused.made, made.read_bytes()) == ((), before)
    assert str(found) == (
        f"book.toml:1:9: error K707 {made} is there already, made of another manuscript: {one}"
    )
    assert f"katern clean {out}" in found.hint and "slug" in found.hint
    assert [one.code for one in check(two, out, False, names=("cover",))] == ["K707"]
    assert check(one, out, False, names=("cover",)) == []


def test_a_slug_of_its_own_is_a_way_out(books: tuple[Path, Path, Path]) -> None:
    one, two, out = books
    build(one, out, ("cover",))
    settings = (two / "book.toml").read_text(encoding="utf-8")
    (two / "book.toml").write_text(f'slug = "tweede"\n{settings}', encoding="utf-8")
    assert [path.name for path in build(two, out, ("cover",)).made] == ["tweede-cover.jpg"]


def test_a_manuscript_that_was_moved_is_no_other(books: tuple[Path, Path, Path]) -> None:
    one, two, out = books
    build(one, out, ("cover",))
    shutil.rmtree(two)
    one.rename(two)
    built = build(two, out, ("cover",))
    assert built.problems == [] and len(built.made) == 1


def test_a_text_that_is_left_out_is_told_also_when_all_was_built_before(
    books: tuple[Path, Path, Path],
) -> None:
    book, _, out = books
    assert build(book, out, ("cover",)).problems == []
    (book / "02-verder.MD").write_text("# Verder\n\nWoord.\n", encoding="utf-8")
    assert [one.code for one in build(book, out, ("cover",)).problems] == ["S110"]


def test_what_was_made_is_listed_on_a_terminal_alone(
    books: tuple[Path, Path, Path],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book, _, out = books
    words = ["build", str(book), "--out", str(out), "--only", "cover,epub"]
    assert main(words) == 0
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    shutil.rmtree(out / ".katern")
    (out / "a-word-of-my-own.txt").write_text("x")
    main(words)
    shown = capsys.readouterr().out.splitlines()
    sizes = {path.name: path.stat().st_size for path in out.iterdir() if path.is_file()}
    assert len(shown) == 2
    for line in shown:
        state, size, unit, file = re.fullmatch(r"(\w+) +([\d.]+) (kB|MB)  (.+)", line).groups()  # type: ignore[union-attr]
        assert state == "made"
        exact = sizes[Path(file).name] / (1000 if unit == "kB" else 1_000_000)
        assert float(size) == pytest.approx(exact, abs=0.6 if unit == "kB" else 0.06)
    main(words)
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["kept", "kept"]
