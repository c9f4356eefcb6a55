"""What is wrong with a manuscript or an output.

In: a code, a span and the facts of the case. Out: a frozen `Problem`. A rule with a `final`
severity weighs more in a final build than in a draft, one with a `proof` severity less where a
proof is made and nothing else.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass

from publish.ground.filenames import shown
from publish.ground.rules import RULES, Severity
from publish.ground.source import Span, Unreadable

_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where on the printed pages a thing stands: the page, counted from 1, and a rectangle on it.

    Lengths are in pt from the upper left corner of the trim; an empty rectangle is that of a thing
    of the page as a whole. `line` counts the lines of the page's
    running text from 1, as `katern explain` does; it is 0 for what is none of them.
    """

    page: int
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    line: int = 0

    @classmethod
    def of(cls, page: int, *sides: float, line: int = 0) -> Spot:
        """Make one of left, top, right and bottom, rounded to a tenth of a point."""
        left, top, right, bottom = (round(side, 1) for side in sides)
        return cls(page, left, top, right, bottom, line)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in one place (None: in no file of the manuscript), and where it is printed."""

    code: str
    severity: Severity
    span: Span | None
    message: str
    hint: str = ""
    spot: Spot | None = None

    def __str__(self) -> str:
        """Return `file:line:column: severity CODE message`."""
        return f"{place(self.span)}{self.severity} {self.code} {self.message}"

    def at(self, spot: Spot | None) -> Problem:
        """Return the problem with the place where it is printed."""
        return dataclasses.replace(self, spot=spot)


def place(span: Span | None) -> str:
    """Return `file:line:column: `, or nothing where there is no place."""
    return on_a_line(f"{span.file}:{span.line}:{span.column}: ") if span else ""


class Unmakeable(Exception):
    """What cannot be made or read at all, such as an edition, and the problem that tells why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem

    def __reduce__(self) -> tuple[type[Unmakeable], tuple[Problem]]:
        return Unmakeable, (self.problem,)


def problem(code: str, span: Span | None, **facts: object) -> Problem:
    """Make the problem of a code: its rule's words with the facts of the case put in."""
    rule = RULES[code]
    message, hint = (on_a_line(one.format_map(facts)) for one in (rule.message, rule.hint))
    return Problem(code, rule.severity, span, message, hint)


def on_a_line(text: str) -> str:
    """Return what is told on one line, without what steers a terminal; it may quote anything."""
    return _STEERING.sub(" ", shown(text))


def unreadable(error: Unreadable) -> Problem:
    """Make the problem of a file that could not be read as text."""
    return problem("T100", Span(error.path, error.line, error.column), reason=error.reason)


def weighed(problems: Iterable[Problem], final: bool, proof: bool = False) -> list[Problem]:
    """Return problems as a final build (or a draft) weighs them, sorted and without doubles.

    `proof` tells that nothing is made but a proof: in a draft that flags what others may not have.
    """
    found = set()
    for one in problems:
        rule = RULES[one.code]
        other = rule.final if final else rule.proof if proof else None
        found.add(dataclasses.replace(one, severity=other) if other else one)
    return sorted(found, key=_order)


def _order(one: Problem) -> tuple[str, int, int, str, str, Spot]:
    span, spot = one.span or Span("", 0, 0), one.spot or Spot(0)
    return span.file, span.line, span.column, one.code, one.message, spot


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(one.severity == "error" for one in problems)
