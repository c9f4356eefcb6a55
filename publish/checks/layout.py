"""The make-up of the print edition: widows, loose lines, rivers and the like.

In: a `Subject`. Out: problems of the family L, as bad as `[layout]` has them, at their line of the
manuscript, with their page and rectangle. They are judged where that is asked for, from the
sections that stand from the build: nothing is laid out again for it.
"""

from __future__ import annotations

from publish.checks.subject import Subject
from publish.ground.problems import Problem
from publish.makeup import graded


def check(subject: Subject) -> list[Problem]:
    """Return what is wrong with the make-up, where the print edition is there as it is now."""
    if subject.fresh("print") is None:
        return []
    subject.state.makeup = verdict = subject.shop.room.judged()
    return graded(verdict.problems, subject.book.settings.layout)
