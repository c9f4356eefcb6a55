"""One work divided among a crew, each piece of it done in the same way.

In: what is to be done with a piece, the pieces, and by how many. Out: what came of each, in order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from publish.ground.crew import Crew

Piece = TypeVar("Piece")
Done = TypeVar("Done")


def side_by_side(work: Callable[[Piece], Done], pieces: Sequence[Piece], count: int) -> list[Done]:
    """Return what came of each piece, done by so many processes; by this one where it is one."""
    if count < 2:
        return [work(piece) for piece in pieces]
    done: dict[Piece, Done] = {}
    waiting = list(reversed(pieces))
    with Crew(Plain(work), count) as crew:
        while len(done) < len(pieces) and crew.count:
            while crew.idle and waiting:
                crew.give(waiting.pop())
            answer = crew.wait()
            assert answer
            piece, made, _ = answer
            if made is None:
                # This process does it itself, and raises what there is to raise.
                made = work(piece)
            done[piece] = made
    return [done[piece] if piece in done else work(piece) for piece in pieces]


class Plain(Generic[Piece, Done]):
    """A worker that knows but one thing."""

    def __init__(self, work: Callable[[Piece], Done]) -> None:
        self.done = work

    def begin(self) -> str:
        """Make ready: there is nothing to make."""
        return ""

    def told(self, what: Any) -> None:
        """Take no note of anything."""
