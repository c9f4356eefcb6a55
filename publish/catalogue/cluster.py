"""Titles built on the machines of a cluster (dask.distributed), and brought back here.

In: the address of a scheduler. Out: what became of each title, as it is there. Each file of a title
is a task of its own, named by its SHA-256: a worker that has it is not sent it again, and one that
dies takes nothing along, since the scheduler knows every task and gives it to another. Whatever was
built twice on the way is delivered once. Only so many titles are under way as the workers can take
up soon: the scheduler holds their sources.

Whoever can reach a scheduler can run programs on its workers, and the other way round: it is to be
one's own, on a network of one's own, or behind TLS (tls://).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from distributed import Client, Future, as_completed
from msgspec import Struct

from publish.catalogue.model import Outcome
from publish.catalogue.sources import sources, sum_of
from publish.catalogue.taking import take
from publish.catalogue.there import Kit, Order, build, given, kit, unlike
from publish.catalogue.titles import Title
from publish.ground.offline import reaching
from publish.ground.problems import Problem, Unmakeable, problem
from publish.ground.root import BookRoot
from publish.manuscript.folder import refused

AHEAD = 2
"""So many titles are under way for each that can be built at once: none waits for its sources."""
_SECONDS = 20
"""How long a scheduler may take to answer."""


class _Sent(Struct, frozen=True):
    """A title under way, and its sources: a task that nobody holds on to is forgotten."""

    title: Title
    sources: list[Future[bytes]]


class Cluster:
    """The workers of a scheduler; each is to have what this machine makes editions with."""

    def __init__(self, address: str, ours: Kit | None = None) -> None:
        self._address, self.ours = address, ours or kit()

    def run(self, titles: Iterable[Title]) -> Iterator[Outcome]:
        """Yield what became of each title; raises `Unmakeable` where there is no fit cluster."""
        with self.reached() as client:
            yield from _run(client, titles, self.ours)

    @contextmanager
    def reached(self) -> Iterator[Client]:
        """Reach the workers; raises `Unmakeable` where there is no fit cluster."""
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        with reaching(), self._client() as client:
            self._look(client)
            yield client

    def _client(self) -> Client:
        try:
            return Client(self._address, timeout=_SECONDS)
        except (OSError, ValueError) as error:
            advice = "Look whether the scheduler runs there, and is one of the same Dask."
            raise self.unfit(str(error) or "no answer", advice) from error

    def _look(self, client: Client) -> None:
        """See that there are workers, and that each makes what this machine would make."""
        found: dict[str, Any] = client.run(kit, on_error="return")
        if not found:
            raise self.unfit("it has no workers", "Start some: dask worker ADDRESS.")
        for worker, theirs in found.items():
            if theirs != self.ours:
                said = theirs if isinstance(theirs, Kit) else f"no Katern that runs ({theirs})"
                raise Unmakeable(unlike(worker, said, self.ours))

    def unfit(self, reason: str, advice: str) -> Unmakeable:
        """Return why the cluster cannot be worked with."""
        return Unmakeable(
            problem("K757", None, address=self._address, reason=reason, advice=advice)
        )


def _run(client: Client, titles: Iterable[Title], ours: Kit) -> Iterator[Outcome]:
    under_way: dict[Future[Any], _Sent] = {}
    done, waiting = as_completed(), iter(titles)
    most = AHEAD * max(sum(client.nthreads().values()), 1)
    while True:
        for title in islice(waiting, most - len(under_way)):
            files, problems = _sources(title)
            if problems:
                yield Outcome(title, problems=problems)
            else:
                future, sent = _send(client, title, files, ours)
                under_way[future] = sent
                done.add(future)
        if not under_way:
            return
        future = next(done)
        yield _taken(under_way.pop(future).title, future)


def _sources(title: Title) -> tuple[dict[str, bytes], list[Problem]]:
    """Return what is to travel, or why it cannot: what leads out of a folder is no part of it."""
    try:
        return sources(title.folder), refused(BookRoot(title.folder))
    except OSError as error:
        return {}, [problem("K758", None, reason=error)]


def _send(
    client: Client, title: Title, files: Mapping[str, bytes], ours: Kit
) -> tuple[Future[Any], _Sent]:
    sums = {name: sum_of(data) for name, data in files.items()}
    by_sum = {sums[name]: data for name, data in files.items()}
    sent = [
        client.submit(given, by_sum[total], key=f"katern-source-{total}")
        for total in dict.fromkeys(sums.values())
    ]
    order = Order(title, sums, ours, os.environ.get("SOURCE_DATE_EPOCH", ""))
    return client.submit(build, order, *sent, pure=False), _Sent(title, sent)


def _taken(title: Title, future: Future[Any]) -> Outcome:
    """Take what a worker has made of a title; a title that ended its workers fails alone."""
    try:
        return take(title, future.result())
    except Exception as error:
        reason = str(error) or type(error).__name__
        return Outcome(title, problems=[problem("K758", None, reason=reason)])
