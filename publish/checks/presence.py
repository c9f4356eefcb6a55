"""Whether the editions are there, as they were made, and made of the manuscript as it is now.

In: a `Subject`. Out: problems K702, K703, K704, K707, K712 and K713, and what the last build had to
say of the editions that are as it left them.
"""

from __future__ import annotations

from publish.building.build import owned
from publish.building.parting import edition_of
from publish.checks.subject import Subject
from publish.ground.problems import Problem, problem

NOT_MADE = ("K702", "K703")
"""What an edition gives cause for that was not made, or not made anew."""


def check(subject: Subject) -> list[Problem]:
    """Return the problems of editions that are absent, old or changed."""
    problems = []
    for name in subject.asked:
        path = subject.path(name)
        taken = owned(subject.state, path, subject.sources["book.toml"])
        if taken:
            problems += taken
        elif not path.is_file():
            problems.append(problem("K702", None, file=path.name))
        elif subject.is_stale(name):
            problems.append(problem("K703", None, file=path.name))
        elif not subject.state.is_current(name, path):
            problems.append(problem("K704", None, file=path.name))
        else:
            problems += subject.state.outputs[name].problems
    return problems + _copies(subject) + _plates(subject)


def _copies(subject: Subject) -> list[Problem]:
    """Return the problems of the copies for shops that are not the edition as it is now."""
    problems = []
    for name, output in sorted(subject.state.copies.items()):
        copy, path = subject.out / name, subject.path(output)
        if copy.is_file() and (not path.is_file() or copy.read_bytes() != path.read_bytes()):
            problems.append(problem("K712", None, file=name, shop=copy.parent.name))
    return problems


def _plates(subject: Subject) -> list[Problem]:
    """Return the problems of the plates that are not those of an edition as it is now."""
    outputs = subject.state.outputs
    return [
        problem("K713", None, file=name)
        for name, source in sorted(subject.state.plates.items())
        if (subject.out / name).is_file()
        and ((made := outputs.get(edition_of(name))) is None or made.sha256 != source)
    ]
