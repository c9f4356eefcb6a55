"""What is said of a file that is no TOML: its own words at its own place, never the parser's."""

from __future__ import annotations

import re

import pytest

from publish.ground.source import SourceFile
from publish.settings.toml import read_toml


@pytest.mark.parametrize(
    ("written", "place", "found", "expected"),
    [
        ("title = Sluis", (1, 9), "“Sluis” stands where a value should", 'a text in "quotes"'),
        ("title = “Sluis”", (1, 9), "where a value should", "straight quotes"),
        ("title = \n", (1, 8), "nothing stands where a value should", "a number"),
        ('title = "De "grote" sluis"', (1, 14), '“grote" sluis"” stands after', 'written \\"'),
        ('title = "Sluis\nnur = 1', (1, 15), "not closed", "a quote at its end"),
        ("title = 'Sluis", (1, 15), "not closed", "a quote at its end"),
        ('running head = "x"', (1, 9), '“head = "x"” stands where “=” should', "title ="),
        ('titel: "x"', (1, 6), "stands where “=” should", "title ="),
        ("= 3", (1, 1), "“= 3” stands where a key should begin", "[print]"),
        ("[print", (1, 7), "nothing stands where “]” should", "within [ and ]"),
        ("[[contributor]", (1, 14), "“]” stands where “]]” should", "within [[ and ]]"),
        ("a = 1\na = 2\n", (2, 1), "this key stands here for the second time", "once"),
        ("[x]\n[x]\n", (2, 1), "this table stands here for the second time", "once"),
        ("a = [1, 2\nb = 3", (2, 1), "“b = 3” stands where the list", "a comma"),
        ("s = { a = 1\n", (1, 12), "nothing stands where the table", "on one line"),
        (r'a = "\q"', (1, 8), "a backslash", "'single quotes'"),
        ('a = "x\x01"', (1, 7), "a control character", "without it"),
        ("a = " + "[" * 3000, (1, 1), "cannot be read", "title ="),
    ],
)
def test_what_stands_there_and_what_was_expected(
    written: str, place: tuple[int, int], found: str, expected: str
) -> None:
    document, (problem,) = read_toml(SourceFile("book.toml", written))
    assert document is None
    assert problem.code == "T101" and problem.span
    assert (problem.span.line, problem.span.column) == place
    assert found in problem.message
    assert expected in problem.hint
    assert not re.search(
        r"Invalid|Expected '|Illegal|namespace|Unescaped|declaration|'\\n'", str(problem)
    )
