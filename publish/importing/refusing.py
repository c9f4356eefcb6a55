"""A source that cannot be taken.

In: why, and what to do. Out: an exception that the reader of a source raises, and the problem I801
that is made of it.
"""

from __future__ import annotations

from publish.ground.problems import Problem, problem


class Refused(Exception):
    """A source cannot be taken; the text says why, `advice` what to do."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.advice = advice

    @property
    def problem(self) -> Problem:
        """Return it as a problem; the reason names the file, in which there is no place to show."""
        return problem("I801", None, reason=str(self), advice=self.advice)
