"""The language of the manuscript as the print edition has it.

In: a `Subject`. Out: problems of the family W, as bad as `[prose]` has them.
"""

from __future__ import annotations

from publish.checks.subject import Subject
from publish.ground.problems import Problem
from publish.prose import judged


def check(subject: Subject) -> list[Problem]:
    """Return what is wrong with the language of a book."""
    return judged(subject.shop.materials.print_book, subject.sources)
