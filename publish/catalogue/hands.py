"""Those on the workers of a cluster who set the pages of one long title.

In: a `Cluster`, a frame, and takes. Out: what became of each, as it is there, held against its
SHA-256. The frame travels once to each worker, by its content; a take that ends a worker, or comes
otherwise than it was sent, is set on this machine.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from distributed import Client, Future, as_completed

from publish.building.takes import Frame, Style, Take
from publish.catalogue.cluster import AHEAD, Cluster
from publish.catalogue.setting import Answer, Piece, set_there
from publish.catalogue.sources import sum_of
from publish.catalogue.there import given
from publish.ground.problems import Unmakeable, problem

if TYPE_CHECKING:
    from publish.building.compositors import Answered


class FarHands:
    """As many as there are workers: each sets one take at a time."""

    greeting = None
    """They set with what this machine sets with, or none of them is asked."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster, self._stack = cluster, ExitStack()
        self._pieces: dict[Future[Answer], Take] = {}
        self._frame: tuple[str, Future[bytes]] | None = None
        self.count = 0

    def __enter__(self) -> Self:
        self._client: Client = self._stack.enter_context(self._cluster.reached())
        self._done = as_completed()
        self.count = len(self._client.scheduler_info()["workers"])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Where it was lost there is nothing to put in order.
        with suppress(Exception):
            self.abandon()
        self._frame = None
        with suppress(Exception):
            self._stack.close()

    @property
    def idle(self) -> int:
        """Return how many takes may be given, so that nobody waits for the next."""
        return AHEAD * self.count - self.busy

    @property
    def busy(self) -> int:
        """Return how many takes are under way."""
        return len(self._pieces)

    def call(self, count: int) -> None:
        """Have so many at work: here there are as many as there are."""

    def tell(self, what: Frame | Style) -> None:
        """Send a frame; what makes ready for one is not worth the way."""
        if not isinstance(what, Frame):
            return
        data = pickle.dumps(what)
        name = sum_of(data)
        with self._held():
            self._frame = name, self._client.submit(given, data, key=f"katern-frame-{name}")

    def give(self, take: Take) -> None:
        """Send a take."""
        assert self._frame
        (name, frame), data = self._frame, pickle.dumps(take)
        piece = Piece(self._cluster.ours, name, sum_of(data))
        with self._held():
            future = self._client.submit(set_there, piece, frame, data, pure=False)
        self._pieces[future] = take
        self._done.add(future)

    def abandon(self) -> None:
        """Want no more what is being done."""
        pieces = [*self._pieces]
        self._pieces.clear()
        with self._held():
            self._client.cancel(pieces)

    def wait(self) -> Answered | None:
        """Return a take that is done, and what came of it, or why nothing did."""
        while True:
            future = next(self._done)
            if future in self._pieces:
                if future.status in ("cancelled", "lost"):
                    raise self._gone()
                return _taken(self._pieces.pop(future), future)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Raise `Unmakeable` where the cluster is there no more."""
        try:
            yield
        except Exception as error:
            raise self._gone() from error

    def _gone(self) -> Unmakeable:
        advice = "Start it and build again: what was set stands. Or build without --scheduler."
        return self._cluster.unfit("it was lost while pages were set", advice)


def _taken(take: Take, future: Future[Any]) -> Answered:
    try:
        answer: Answer = future.result()
    except Exception as error:
        # Whatever ended it there: a library's fault, a worker that is gone.
        return take, None, error
    if answer.is_whole:
        return take, answer.sent, None
    return take, None, Unmakeable(answer.problem or problem("K756", None, file="a take"))
