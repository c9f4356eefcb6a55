"""A fault in TOML, told to who wrote the file: what stands there, and what was expected.

In: a `SourceFile` and the error that tomllib raised. Out: problem T101 in its place.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from publish.ground.problems import Problem, problem
from publish.ground.source import SourceFile

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_MOST_SHOWN = 40
_CURLED = tuple("“”„‘’‚«»")


class Fault(NamedTuple):
    """The parser's words, what is said of it and what is expected; `whole`: of its whole line."""

    says: re.Pattern[str]
    found: str
    expected: str
    whole: bool = False


def _fault(says: str, found: str, expected: str, whole: bool = False) -> Fault:
    return Fault(re.compile(says), found, expected, whole)


_ONCE = "each key and each table once"
_CLOSED = 'a quote at its end; a text of several lines stands between """ and """'
_NO_DAY = _fault(r"Invalid date", "{here} is no date that there is", "a date such as 2026-11-22")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[\w:.+-]*")
"""What is meant as a date: of one that is none the parser takes the beginning for a number."""
_FAULTS = (
    _fault(
        r"Expected newline or end of document",
        "{here} stands after a value that is whole",
        'one key on a line; a quote within a text is written \\"',
    ),
    _fault(
        r"Invalid statement|Invalid initial character",
        "{here} stands where a key should begin",
        'a line such as title = "…", or a table such as [print]',
    ),
    _fault(
        r"Expected '=' after a key",
        "{here} stands where “=” should",
        'a line such as title = "…"; a key of other letters than a to z stands in quotes',
    ),
    _fault(r"Expected '\]\]'", "{here} stands where “]]” should", "a name within [[ and ]]"),
    _fault(r"Expected '\]'", "{here} stands where “]” should", "a name within [ and ]"),
    _fault(r"Cannot declare", "this table stands here for the second time", _ONCE, whole=True),
    _fault(
        r"Cannot (overwrite|mutate|redefine)|Duplicate",
        "this key stands here for the second time",
        _ONCE,
        whole=True,
    ),
    _fault(
        r"Unclosed array",
        "{here} stands where the list should go on or end",
        'a comma between values and “]” at the end, ["a", "b"]',
    ),
    _fault(
        r"Unclosed inline table",
        "{here} stands where the table should go on or end",
        "a comma between keys and “}” at the end, on one line",
    ),
    _fault(
        r"(Illegal|Found invalid) character ['\"]\\n|Unterminated|^Expected ",
        "a text in quotes is not closed",
        _CLOSED,
    ),
    _fault(
        r"Illegal character|Found invalid character",
        "a control character stands in a text",
        "the text without it",
    ),
    _fault(
        r"Unescaped|hex value|scalar value",
        "a backslash that means nothing stands in a text",
        "\\\\ for a backslash, or the text between 'single quotes'",
    ),
    _NO_DAY,
    _fault(
        r"Invalid value",
        "{here} stands where a value should",
        'a text in "quotes", a number, true or false, a date, or a list ["a", "b"]',
    ),
)
_OTHER = _fault("", "{here} cannot be read", 'lines such as title = "…"', whole=True)


def syntax_problem(source: SourceFile, error: Exception) -> Problem:
    """Return the problem of a file that is no TOML, as tomllib's error tells it."""
    says, span = str(error), source.span(len(source.text.rstrip()))
    if (place := _PLACE.search(says)) and place[1]:
        span = source.span(min(span.start, source.offset(int(place[1]), int(place[2]))))
    fault = next((one for one in _FAULTS if one.says.search(says)), _OTHER)
    days = _DAY.finditer(source.line(span.line))
    if day := next((one for one in days if one.start() < span.column - 1 < one.end()), None):
        fault, span = _NO_DAY, source.span(source.offset(span.line, day.start() + 1))
    if fault.whole:
        span = source.line_span(span.line)
    expected = fault.expected
    rest = source.line(span.line)[span.column - 1 :].strip()
    if fault.says.pattern == "Invalid value" and rest.startswith(_CURLED):
        expected = 'a text between straight quotes, "so"'
    here = f"“{rest[:_MOST_SHOWN]}{'…' if len(rest) > _MOST_SHOWN else ''}”" if rest else "nothing"
    return problem("T101", span, found=fault.found.format(here=here), expected=expected)
