"""Whether the editions are there, as they were made, and made of the manuscript as it is now.

In: a `Subject`. Out: problems K702, K703 and K704, and what the last build had to say of the
editions that are as it left them.
"""

from __future__ import annotations

from publish.checks.subject import Subject
from publish.outputs import OUTPUTS
from publish.problems import Problem, problem

EXPECTED = tuple(name for name, output in OUTPUTS.items() if output.in_all)


def check(subject: Subject) -> list[Problem]:
    """Return the problems of editions that are absent, old or changed."""
    problems = []
    for name in EXPECTED:
        path = subject.path(name)
        if not path.is_file():
            problems.append(problem("K702", None, file=path.name))
        elif subject.is_stale(name):
            problems.append(problem("K703", None, file=path.name))
        elif not subject.state.is_current(name, path):
            problems.append(problem("K704", None, file=path.name))
        else:
            problems += subject.state.outputs[name].problems
    return problems
