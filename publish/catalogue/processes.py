"""Titles built on this machine, some at once, each in a process of its own.

In: titles, and how many at once. Out: what became of each, as it is there. A stop is handed on to
the builds under way, and no other is begun.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, as_completed

from publish.catalogue.child import Build
from publish.catalogue.model import Outcome
from publish.catalogue.titles import Title
from publish.ground.cores import CORES


class Processes:
    """The processes of this machine; with `trust` links may lead out of the manuscripts."""

    def __init__(self, jobs: int, trust: bool = False) -> None:
        self._jobs, self._trust = jobs, trust
        # Between them they take the cores that there are, and no more.
        self._cores = str(max((os.cpu_count() or 1) // jobs, 1))
        self._lock = threading.Lock()
        self._under_way: set[Build] = set()
        self._stopped = False

    def run(self, titles: Iterable[Title]) -> Iterator[Outcome]:
        """Yield what became of each title, as it is there."""
        with ThreadPoolExecutor(self._jobs) as pool:
            # A thread does nothing but wait for a process.
            futures = [pool.submit(self._built, title) for title in titles]
            try:
                for one in as_completed(futures):
                    yield one.result()
            finally:
                self._stop(futures)

    def _built(self, title: Title) -> Outcome:
        with self._lock:
            if self._stopped:
                raise CancelledError
            build = Build(title, title.folder, title.out, self._trust, {CORES: self._cores})
            self._under_way.add(build)
        try:
            return build.ended()
        finally:
            with self._lock:
                self._under_way.discard(build)

    def _stop(self, futures: Iterable[Future[Outcome]]) -> None:
        for one in futures:
            one.cancel()
        with self._lock:
            self._stopped = True
            for build in self._under_way:
                build.stop()
