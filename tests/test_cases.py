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
from publish.manuscript import read_manuscript
from publish.outputs import Workshop
from publish.problems import RULES, Problem, has_errors, weighed

FOLDER = Path(__file__).parent / "cases"
BASE = FOLDER / "base"
CASES = sorted(one for one in FOLDER.iterdir() if one.is_dir() and one != BASE)
NO_FILES = ("expected.txt", "without.txt")
FAMILIES = "TSMC"
ELSEWHERE = {"S104"}
"""What the environment causes: see test_settings.py."""


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
        problems += Workshop(folder, manuscript.book, manuscript.sources).preliminaries()
    return weighed(problems, final)


def shown(problem: Problem, folder: Path) -> str:
    return str(problem).replace(str(folder), "FOLDER")
