"""The manuscript by itself: its problems, and whether the fonts and pictures suffice.

In: a `Subject`. Out: the problems of reading it (T, S, M, C), M219, C309, C311 and C312.
"""

from __future__ import annotations

from publish.checks.subject import Subject
from publish.ground.problems import Problem, has_errors


def check(subject: Subject) -> list[Problem]:
    """Return the problems of the manuscript."""
    if has_errors(subject.found):
        return list(subject.found)
    return [*subject.found, *subject.shop.materials.preliminaries()]
