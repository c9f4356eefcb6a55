"""Standing type: sections that were set once, kept for the build in which they are as they were.

In: a shelf, and the digest of all that a section is made of. Out: its `Part`, laid out now or in a
build before this one, and as PDF. The shelf may be thrown away at any time; what is on it is used
only where it is whole, and nothing of it is run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from publish.ground.problems import Problem
from publish.ground.shelf import Shelf
from publish.standing.state import digest
from publish.standing.toolchain import toolchain

if TYPE_CHECKING:
    from publish.building.printing import Printing
    from publish.engine.binding import Cast
    from publish.engine.parts import Fount, Pages, Part


class Kept(Struct, frozen=True):
    """A section that stands: how many pages it has, and how it is taken up.

    None where it cannot be, as what another version has kept.
    """

    count: int
    part: Callable[[], Part | None]


class StandingType:
    """The sections of one book, as far as they were set before."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def found(self, key: str) -> Kept | None:
        """Return the section that is made of what has this digest, if it stands."""
        from publish.engine.keeping import count_of, unpacked
        from publish.engine.parts import Part

        kept = self._shelf.found(key)
        return Kept(count_of(kept), partial(unpacked, Part, kept)) if kept else None

    def keep(self, part: Part) -> None:
        """Let a section stand."""
        from publish.engine.keeping import packed

        if self._shelf.folder:
            self._shelf.lay(part.key, packed(part))

    def taken_in(self, data: bytes, written: bytes, kind: str) -> Part:
        """Return the section that another process has packed, with what it has written of it."""
        from publish.engine.keeping import unpacked
        from publish.engine.parts import Part, Written

        part = unpacked(Part, data)
        assert part
        self._shelf.lay(part.key, data)
        if written and (made := unpacked(Written, written)):
            part.written[kind] = made
            self._shelf.lay(digest(part.key, kind), written)
        return part

    def cast(self, engine: str, cast: Cast, founts: Sequence[Fount]) -> bytes:
        """Return a PDF with the fonts of a book, as `binding` wants it from this engine."""
        told = (one.told for one in founts)
        return self._shelf.kept(lambda: cast(founts), toolchain(), engine, *told)

    def write(self, pages: Pages, printing: Printing) -> list[Problem]:
        """Have each section of pages as PDF; return what the engine had to say of that.

        One of which it had something to say is written anew the next time, and said of again.
        """
        from publish.engine.keeping import packed, unpacked
        from publish.engine.parts import Written

        parts = [(part, printing) for part in pages.parts]
        parts += [(part.over, printing.plain) for part in pages.parts if part.over]
        problems: list[Problem] = []
        for part, how in parts:
            if how.kind in part.written:
                continue
            key = digest(part.key, how.kind)
            kept = self._shelf.found(key) if part.key else None
            if kept and (made := unpacked(Written, kept)):
                part.written[how.kind] = made
            elif said := how.write(part):
                problems += said
            elif part.key and self._shelf.folder:
                self._shelf.lay(key, packed(part.written[how.kind]))
        return problems

    def hold(self, most: int) -> None:
        """Keep so many bytes at the most."""
        self._shelf.bound(most)
