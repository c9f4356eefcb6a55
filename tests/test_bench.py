"""What measures the rest says: bars of `make bench-typography`, shares of `make coverage`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from bench.covered import Share, shares, table
from bench.typography import BARS, judged
from mutation.__main__ import Tally, equivalents

ROOT = Path(__file__).parents[1]

GOOD = dict.fromkeys(BARS, 0.0) | {"hyphenated": 6.5, "spread": 0.029, "layout": 10.0}
PEERS = {"first-fit": {"layout": 7.0}, "lualatex": {"spread": 0.031}}


def test_nothing_is_said_of_what_meets_every_bar() -> None:
    assert judged({"katern": GOOD, **PEERS}) == []
    (said,) = judged({"katern": GOOD, "first-fit": {"layout": 7.0}})
    assert said == "the spread of blanks is not judged: LuaLaTeX is not installed"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("hyphenated", 14.1, "hyphenated 14.1, at most 14"),
        ("ladders", 1, "ladders 1, at most 0"),
        ("loose", 0.05, "loose 0.05, at most 0.049"),
        ("short", 2, "short 2, at most 0"),
        ("leaves", 1, "leaves 1, at most 0"),
        ("spread", 0.0312, "spread 0.0312, LuaLaTeX has 0.0310"),
        ("layout", 11.9, "the novel: the layout takes 1.70 times first-fit, at most 1.6"),
    ],
)
def test_a_bar_that_is_missed_is_named(name: str, value: float, said: str) -> None:
    assert judged({"katern": GOOD | {name: value}, **PEERS}) == [said]


def test_lines_and_branches_are_counted_by_package_and_together() -> None:
    def file(lines: int, run: int, branches: int, taken: int) -> dict[str, dict[str, int]]:
        counts = (lines, run, branches, taken)
        names = ("num_statements", "covered_lines", "num_branches", "covered_branches")
        return {"summary": dict(zip(names, counts, strict=True))}

    files = {
        "publish/__init__.py": file(1, 1, 0, 0),
        "publish/text/a.py": file(40, 30, 8, 2),
        "publish/text/typography/b.py": file(60, 60, 2, 2),
    }
    found = shares({"files": files})
    assert found == {
        "(publish)": Share(1, 1, 0, 0),
        "text": Share(100, 90, 10, 4),
        "publish": Share(101, 91, 10, 4),
    }
    assert found["text"].percent == (90.0, 40.0)
    assert found["(publish)"].percent == (100.0, 100.0)
    assert table(found).splitlines()[2].split() == ["text", "100", "90.0%", "10", "40.0%"]


def test_what_makes_no_difference_stands_in_the_code_and_has_its_reason() -> None:
    listed = tomllib.loads((ROOT / "tests/mutation/equivalent.toml").read_text("utf-8"))["change"]
    for one in listed:
        assert one["why"].endswith(".") and one["was"] != one["becomes"]
        above = [ROOT.joinpath(*one["function"].split(".")[:at]) for at in range(5, 1, -1)]
        files = (file for path in above for file in (path.with_suffix(".py"), path / "__init__.py"))
        code = next(file.read_text("utf-8") for file in files if file.is_file())
        assert one["was"] in code, one
    assert len(equivalents()) == len(listed)


def test_a_module_is_as_good_as_what_is_found_of_its_faults() -> None:
    assert Tally(found=17, equal=9, missed=[("a.b", "x", "y")] * 3).percent == 85.0
    assert Tally().percent == 0.0
