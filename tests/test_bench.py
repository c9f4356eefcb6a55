"""The verdict of `make bench-typography`: a line for each bar that is missed."""

from __future__ import annotations

import pytest
from bench.typography import BARS, judged

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
