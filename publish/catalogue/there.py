"""What a worker of a cluster does: it builds a title of which it has nothing but the sources.

In: an `Order` and the bytes of the sources. Out: a `Delivery`: what became of the title, its files
with their SHA-256, and the record of its build. Nothing is left on the worker.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from distributed import get_worker
from msgspec import Struct, field, structs

from publish import __version__
from publish.building.tools import bill
from publish.catalogue.child import Build
from publish.catalogue.model import Outcome
from publish.catalogue.sources import Altered, lay, sum_of
from publish.catalogue.titles import Title
from publish.ground.cores import CORES
from publish.ground.problems import Problem, problem
from publish.standing.state import FOLDER, State, digest, state_of
from publish.standing.toolchain import toolchain


class Kit(Struct, frozen=True):
    """What editions are made with: the version of Katern, digests of its code and of its tools."""

    version: str
    code: str
    tools: str

    def __str__(self) -> str:
        """Return it in a few words."""
        return f"Katern {self.version} (code {self.code[:12]}, tools {self.tools[:12]})"


@cache
def kit() -> Kit:
    """Return what this machine makes editions with."""
    return Kit(__version__, toolchain(), digest(bill()))


class Order(Struct, frozen=True):
    """A title to be built: its files by their SHA-256, with what, and SOURCE_DATE_EPOCH or ""."""

    title: Title
    sums: Mapping[str, str]
    kit: Kit
    epoch: str


class Delivery(Struct, frozen=True):
    """A title as it was built: each file, by its path below the output folder, with its SHA-256."""

    outcome: Outcome
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    state: State | None = None


def given(data: bytes) -> bytes:
    """Return what a worker is given: once there, it goes from worker to worker by its name."""
    return data


def build(order: Order, *sources: bytes) -> Delivery:
    """Build a title; `sources` are the bytes of its files, in the order of their first SHA-256."""
    if kit() != order.kit:
        return refused(order.title, unlike(get_worker().address, kit(), order.kit))
    by_sum = dict(zip(dict.fromkeys(order.sums.values()), sources, strict=True))
    # A folder of the worker's own: where the worker is killed, the next one there sweeps it.
    with tempfile.TemporaryDirectory(dir=get_worker().local_directory) as scratch:
        book, out = Path(scratch).resolve() / "book", Path(scratch).resolve() / "out"
        try:
            lay(book, order.sums, by_sum)
        except Altered as error:
            return refused(order.title, problem("K756", None, file=error))
        # Its machine has work for every core already.
        env = {"SOURCE_DATE_EPOCH": order.epoch, CORES: "1"}
        return _delivery(Build(order.title, book, out, False, env).ended(), book, out)


def refused(title: Title, why: Problem) -> Delivery:
    """Return that a title was not built."""
    return Delivery(Outcome(title, problems=[why]))


def unlike(worker: str, theirs: object, ours: Kit) -> Problem:
    """Return the problem of a worker that makes editions with something else."""
    return problem("K755", None, worker=worker, theirs=theirs, ours=ours)


def _delivery(outcome: Outcome, book: Path, out: Path) -> Delivery:
    title = outcome.title
    ways = ((str(book), str(title.folder)), (str(out), str(title.out)))
    problems = [_from_here(one, ways) for one in outcome.problems]
    made = {title.out / path.relative_to(out): what for path, what in outcome.files.items()}
    told = structs.replace(outcome, files=made, problems=problems)
    files = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out)
        if path.is_file() and name.parts[0] != FOLDER:
            data = path.read_bytes()
            files[name.as_posix()] = (sum_of(data), data)
    return Delivery(told, files, state_of(book, out) if files else None)


def _from_here(one: Problem, ways: Sequence[tuple[str, str]]) -> Problem:
    """Return a problem that names folders as they are where the title belongs."""
    message, hint = one.message, one.hint
    for there, here in ways:
        message, hint = message.replace(there, here), hint.replace(there, here)
    return dataclasses.replace(one, message=message, hint=hint)
