"""A source that cannot be taken.

In: why, what to do, and where if that is known. Out: an exception that the reader of a source
raises, and the problem I801 that is made of it.
"""

from __future__ import annotations

from publish.ground.problems import Problem, problem
from publish.ground.source import Span

DAMAGED = "Open it in its own program and save it anew as DOCX."
"""What to do about a DOCX that cannot be read."""


class Refused(Exception):
    """A source cannot be taken; the text says why, `advice` what to do, `at` where."""

    def __init__(self, reason: str, advice: str, at: Span | None = None) -> None:
        super().__init__(reason)
        self.advice = advice
        self.at = at

    @property
    def problem(self) -> Problem:
        """Return it as a problem; the reason names the file where there is no place to show."""
        return problem("I801", self.at, reason=str(self), advice=self.advice)
