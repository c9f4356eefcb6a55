"""Compositors: processes that set the type of a book, each with a layout engine of its own.

In: how many are called, the frame that is set in, and takes, one for each that has nothing to do.
Out: what they sent, as they have done it. They are called before anything of a book is read, so
that the engine is loaded meanwhile, and the process that calls them may do without it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from publish.ground import guard
from publish.ground.cores import cores
from publish.ground.filenames import SET
from publish.ground.root import BookRoot
from publish.ground.source import MARKDOWN
from publish.standing.state import state_of

if TYPE_CHECKING:
    from publish.building.takes import Frame, Sent, Style, Take
    from publish.engine.optimum.state import Case
    from publish.engine.parts import Fount
    from publish.ground.crew import Crew

_LONG = 100_000
"""Bytes of text that take two seconds to set, several times what it takes to load the engine."""
Founts = tuple["Fount", ...]
"""Those of a whole book."""
Answered = tuple["Take", "Sent | None", Exception | None]
"""A take, and what came of it, or what was raised by it."""


class Hands(Protocol):
    """Those who set: processes of this machine (`Crew`), or of others."""

    @property
    def count(self) -> int:
        """Return how many there are."""

    @property
    def idle(self) -> int:
        """Return how many takes may be given."""

    @property
    def busy(self) -> int:
        """Return how many are at a take, be it one that nobody wants any more."""

    @property
    def greeting(self) -> str | None:
        """Return the versions of the engine that they set with; None where nobody tells."""

    def call(self, count: int) -> None:
        """Have so many at work, where there are fewer."""

    def tell(self, what: Frame | Style) -> None:
        """Tell all what the takes to come have in common."""

    def give(self, take: Take) -> None:
        """Give a take to one that has nothing to do."""

    def abandon(self) -> None:
        """Want no more what is being done."""

    def wait(self) -> Answered | None:
        """Return a take that is done; None where none is under way that is wanted still."""


def called_for(names: Sequence[str], folder: Path, out: Path) -> int:
    """Return how many to call for editions of a manuscript, before anything of it is read.

    Where pages of it stand one is likely to be enough, and a short text is set sooner than the
    engine is loaded twice.
    """
    if cores() < 2 or not set(names) & set(SET):
        return 0
    root = BookRoot(folder)
    if sum(map(root.size, root.files(suffixes=MARKDOWN))) < _LONG:
        return 0
    return 1 if state_of(folder, out).pages else min(cores(), os.cpu_count() or 1)


class Compositors:
    """Those who set the type of one build: nobody, as long as nobody is called."""

    def __init__(self) -> None:
        self._hands: Hands | None = None
        self._frame: Frame | None = None
        # Those of this machine, who are given takes, and founts to cast.
        self._near: Crew[Any, Sent] | None = None

    @contextmanager
    def called(self, count: int) -> Iterator[None]:
        """Have so many at hand for as long as the context holds; nobody where it is below 1."""
        if count < 1:
            yield
            return
        from publish.ground.crew import Crew

        self._near = Crew[Any, "Sent"](Compositor(), count)
        try:
            with self.at_hand(self._near):
                yield
        finally:
            self._near = None

    @contextmanager
    def at_hand(self, hands: AbstractContextManager[Hands]) -> Iterator[None]:
        """Have these at hand for as long as the context holds."""
        with hands as self._hands:
            self._frame = None
            try:
                yield
            finally:
                self._hands = self._frame = None

    @property
    def are_called(self) -> bool:
        """Tell whether somebody is at hand."""
        return self._hands is not None

    def hands(self, frame: Frame) -> Hands | None:
        """Return those who are at hand, to set what is in a frame; None if nobody is."""
        if self._hands and self._frame is not frame:
            self._frame = frame
            self._hands.tell(frame)
        return self._hands if self._hands and self._hands.count else None

    def prepare(self, style: Style) -> None:
        """Let them know by what they are going to set, as soon as it is known."""
        if self._hands:
            self._hands.tell(style)

    def engine_version(self) -> str:
        """Return the versions of all that pages are laid out by."""
        if self._hands and (told := self._hands.greeting):
            return told
        from publish.engine.versions import engine_version

        return engine_version()

    def cast(self, founts: Sequence[Fount]) -> bytes:
        """Return a PDF with these fonts; one of this machine makes it who has nothing to do."""
        if self._near and self._near.idle:
            self._near.give(tuple(founts))
            answer = self._near.wait()
            if answer and answer[1]:
                return answer[1][0]
        from publish.engine.casting import cast

        return cast(founts)


def _measured(frame: Frame) -> tuple[object, ...]:
    """Return what type is measured for, beside its own style: in another book it is other."""
    manner = frame.manner
    ways = (manner.margins, manner.hyphenation, manner.costs) if manner else ()
    return frame.style.faces, *ways


class Compositor:
    """One of them: the frame that is set in, and the type that was measured for it."""

    def __init__(self) -> None:
        self.frame: Frame | None = None
        self.case: Case = {}

    def begin(self) -> str:
        """Load the engine."""
        from publish.building import takes
        from publish.engine import layout, versions
        from publish.pages import readings
        from publish.press import inking

        assert takes and readings and inking
        # The threads of its libraries begin here, and not where there may be no room for them.
        layout.lay_out("<p>A</p>", "", {})
        return versions.engine_version()

    def told(self, what: Frame | Style) -> None:
        """Make ready for a style, or take a frame."""
        from publish.building.takes import Style

        if isinstance(what, Style):
            self._make_ready(what)
            return
        if self.frame is None or _measured(self.frame) != _measured(what):
            self.case = {}
        self.frame = what
        guard.bound(*what.limits)

    def _make_ready(self, style: Style) -> None:
        from publish.engine.layout import make_ready

        # What fails now fails again with a take, and is told then.
        with suppress(Exception), guard.held():
            make_ready(style.css, style.faces, style.language)

    def done(self, piece: Take | Founts) -> Sent:
        """Set a take, or cast founts: as one PDF."""
        from publish.building.takes import sent
        from publish.engine.casting import cast

        if isinstance(piece, tuple):
            return cast(piece), b""
        assert self.frame
        with guard.held():
            return sent(self.frame, piece, self.case)
