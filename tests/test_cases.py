"""One bad manuscript for each code that a manuscript can cause, and what is reported of it.

A case is a folder `cases/<code>-<slug>/` with the files that are laid over `cases/base/`,
`without.txt` (names of files of the base that are taken away) and `expected.txt`, all that must be
reported and nothing else.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from publish.__main__ import main
from publish.building.workshop import Workshop
from publish.ground.problems import Problem, has_errors, weighed
from publish.ground.rules import RULES
from publish.ground.source import plain_lines
from publish.manuscript.folder import read_manuscript

FOLDER = Path(__file__).parent / "cases"
BASE = FOLDER / "base"
CASES = sorted(one for one in FOLDER.iterdir() if one.is_dir() and one != BASE)
NO_FILES = ("expected.txt", "without.txt")
IN_NO_UTF_8 = ("T100-utf-16", "T100-utf-16-settings")
"""Cases whose bytes mean something else with a mark before them."""
FAMILIES = "TSMC"
ELSEWHERE = {"S104", "T103", "T107", "T108", "T109"}
"""What no text causes: the environment (test_settings.py), links and pipes (test_escapes.py), names
that cannot stand beside one another on every disk, and folders (test_circumstances.py)."""


def overlay(case: Path, into: Path) -> Path:
    """Make the manuscript of a case."""
    folder = into / "manuscript"
    shutil.copytree(BASE, folder)
    taken = case / "without.txt"
    for name in taken.read_text().split() if taken.exists() else ():
        (folder / name).unlink()
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*NO_FILES))
    return folder


def problems_of(folder: Path, final: bool = False) -> list[Problem]:
    """Return what is wrong with a manuscript before any edition is made."""
    manuscript = read_manuscript(folder)
    problems = list(manuscript.problems)
    if manuscript.book and not has_errors(weighed(problems, final)):
        problems += Workshop(folder, manuscript.book, manuscript.sources).materials.preliminaries()
    return weighed(problems, final)


def shown(problem: Problem, folder: Path) -> str:
    return str(problem).replace(str(folder), "FOLDER")


def expected(case: Path) -> list[str]:
    return (case / "expected.txt").read_text(encoding="utf-8").splitlines()


def test_the_base_is_without_fault() -> None:
    assert problems_of(BASE) == []
    assert problems_of(BASE, final=True) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = overlay(case, tmp_path), tmp_path / "out"
    problems = problems_of(folder)
    assert [shown(one, folder) for one in problems] == expected(case)
    assert case.name.split("-")[0] in {one.code for one in problems}
    if not has_errors(problems):
        return
    # The command says the same, each line with its hint below it, and writes nothing.
    assert main(["build", str(folder), "--out", str(out)]) == 1
    said = capsys.readouterr()
    hints = [one.hint for one in problems if one.hint]
    lines = said.err.splitlines()
    assert [line for line in lines if not line.startswith("    ")] == [str(one) for one in problems]
    assert [line.strip() for line in lines if line.startswith("    ")] == hints
    assert said.out == ""
    assert not [one for one in out.rglob("*") if one.is_file()]


@pytest.mark.parametrize(
    "case", [one for one in CASES if one.name not in IN_NO_UTF_8], ids=lambda case: case.name
)
def test_case_as_another_system_saves_it(case: Path, tmp_path: Path) -> None:
    """A byte-order mark and carriage returns move no place."""
    folder = overlay(case, tmp_path)
    for path in (*folder.glob("*.md"), *folder.glob("*.toml")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert [shown(one, folder) for one in problems_of(folder)] == expected(case)


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("C301-file-name", "A photo is placed by its id, not by its file: ![](stip)."),
        ("C301-misspelt", "Did you mean “stip”?"),
        ("S101-begins-with-a-key", "Did you mean “alt”?"),
        ("T101-no-such-day", "Expected: a date such as 2026-11-22."),
        ("M219-snowman", "Put a font of the Han script into fonts/"),
        ("M219-caption", "Put a font that has it into fonts/"),
    ],
)
def test_what_is_to_be_done(case: str, told: str, tmp_path: Path) -> None:
    hints = [one.hint for one in problems_of(overlay(FOLDER / case, tmp_path))]
    assert [hint for hint in hints if told in hint]


def test_every_code_of_a_manuscript_has_a_case() -> None:
    with_case = {case.name.split("-")[0] for case in CASES}
    assert with_case | ELSEWHERE == {code for code in RULES if code[0] in FAMILIES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_place_is_in_the_manuscript(case: Path, tmp_path: Path) -> None:
    folder = overlay(case, tmp_path)
    for problem in problems_of(folder):
        if problem.code == "T102":
            continue
        assert problem.span
        data = (folder / problem.span.file).read_bytes()
        lines = plain_lines(data.decode("utf-8", "replace")).split("\n")
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1


def test_there_are_many_ways_to_be_wrong() -> None:
    """Each is exact. The dialect includes no file in another, so that none can include itself."""
    refused = [case for case in CASES if any(" error " in one for one in expected(case))]
    assert len(refused) >= 220


def test_a_title_that_no_cover_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = overlay(BASE, tmp_path), tmp_path / "out"
    written = 'title = "{}"\nmodified = 2026-03-01T08:00:00Z\n'
    (folder / "book.toml").write_text(written.format("regen " * 1_667), encoding="utf-8")
    assert [shown(one, folder) for one in problems_of(folder)] == [
        "book.toml:1:9: error S137 a title of 10,001 characters, and it may have 1,000"
    ]
    (folder / "book.toml").write_text(written.format("regen " * 166), encoding="utf-8")
    assert problems_of(folder) == []
    assert main(["build", str(folder), "--out", str(out), "--only", "epub"]) == 1
    (told, _) = capsys.readouterr().err.splitlines()
    assert told.startswith("book.toml:1:9: error P423 ")
    assert not [one for one in out.rglob("*") if one.is_file() and one.parent == out]


def test_a_book_may_have_many_chapters_without_number_and_so_many_files(tmp_path: Path) -> None:
    folder = overlay(BASE, tmp_path)
    for number in range(4_999):
        text = f"# Dag {number}\n\nHet regende op dag {number}.\n"
        (folder / f"02-{number:04}.md").write_text(text, encoding="utf-8")
    manuscript = read_manuscript(folder)
    assert manuscript.problems == []
    assert manuscript.book and len(manuscript.book.chapters) == 5_000
    (folder / "book.toml").write_text(
        (BASE / "book.toml").read_text("utf-8") + "[limits]\nfiles = 1000\n", encoding="utf-8"
    )
    assert [shown(one, folder) for one in problems_of(folder)] == [
        "book.toml:4:9: error T104 the folder holds 5,003 files, and a book may have 1,000"
    ]


def test_what_a_draft_may_lack_a_final_build_may_not() -> None:
    # Only laid-out pages show that a book does not come to its number of pages (P425).
    draft = [code for code, rule in RULES.items() if rule.final and code != "P425"]
    assert draft
    for code in draft:
        (case,) = (one for one in CASES if one.name.startswith(code))
        assert RULES[code].severity == "warning"
        assert f"warning {code}" in (case / "expected.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["C304", "C307"])
def test_a_final_build_stops_at_it(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (case,) = (one for one in CASES if one.name.startswith(code))
    folder, out = overlay(case, tmp_path), tmp_path / "out"
    assert main(["build", str(folder), "--out", str(out), "--final"]) == 1
    assert f"error {code}" in capsys.readouterr().err
    assert not out.exists()
