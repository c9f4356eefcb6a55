"""What comes back of a cluster, taken into a title's output folder.

In: a `Delivery`. Out: its outcome. Every file is held against its SHA-256 before any is written;
then all are written as a build on this machine writes them: the folder held, each file whole, and
the record of the build beside them, so that the title stands as one that was built here.
"""

from __future__ import annotations

from msgspec import structs

from publish.catalogue.model import Outcome
from publish.catalogue.sources import sum_of
from publish.catalogue.there import Delivery
from publish.catalogue.titles import Title
from publish.ground.alone import alone
from publish.ground.container import write_atomically
from publish.ground.filenames import FILES
from publish.ground.problems import Problem, has_errors, problem
from publish.ground.root import BookRoot
from publish.standing.current import left
from publish.standing.state import State, state_of


def take(title: Title, delivery: Delivery) -> Outcome:
    """Write what was delivered of a title; return what became of it. Raises OSError."""
    found = _altered(delivery)
    if not found and delivery.state:
        with alone(title.out):
            found = _written(title, delivery, delivery.state)
    outcome = delivery.outcome
    if found:
        outcome = Outcome(title, {}, [*outcome.problems, *found], outcome.seconds)
    if has_errors(outcome.problems):
        old = left(title.folder, title.out, tuple(FILES), title.final)
        outcome = structs.replace(outcome, problems=[*outcome.problems, *old])
    return outcome


def _altered(delivery: Delivery) -> list[Problem]:
    """Tell of the files that are not as they were sent."""
    files = delivery.files.items()
    return [
        problem("K756", None, file=name) for name, (told, data) in files if sum_of(data) != told
    ]


def _written(title: Title, delivery: Delivery, fresh: State) -> list[Problem]:
    before, root = state_of(title.folder, title.out), BookRoot(title.out)
    taken = [
        problem("K707", None, file=title.out / name, other=owner, out=title.out)
        for name in delivery.files
        if (owner := before.owner(title.out / name))
    ]
    if taken:
        return taken
    for name, (_, data) in delivery.files.items():
        path = root.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    _keep(title, before, fresh)
    return []


def _keep(title: Title, before: State, fresh: State) -> None:
    """Write the record; what bore an older name of the book is not left behind."""
    fresh.path, fresh.book = before.path, before.book
    for name, made in before.outputs.items():
        now = fresh.outputs.setdefault(name, made)
        if now.file != made.file and not fresh.owner(title.out / made.file):
            (title.out / made.file).unlink(missing_ok=True)
    fresh.copies, fresh.plates = before.copies, before.plates
    fresh.released = fresh.released or before.released
    fresh.save()
