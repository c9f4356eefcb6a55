"""The notes that a document calls, each with its number.

In: the notes that the file holds, and its calls one by one (ECMA-376, part 1, 17.11). Out: the
number of each note, the first called being 1. A note is read once, however often it is called; one
that calls itself, or a note that led to it, would never come to an end.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TypeAlias

from msgspec import Struct

Key: TypeAlias = tuple[str, str]
"""The part that holds a note, `footnotes` or `endnotes`, and its id there."""
Told: TypeAlias = tuple[str, str]
"""The code of a note to the editor, and what it says."""


class _Caller(Struct, frozen=True):
    """What calls a note first: that note (None: the text), one far above it, the depth below it."""

    key: Key | None = None
    leap: Key | None = None
    depth: int = 0


class Calls(Container[Key]):
    """Numbers the notes as they are called."""

    def __init__(self, held: Container[Key]) -> None:
        self._held = held
        self._called: list[Key] = []
        self._numbers: dict[Key, int] = {}
        self._callers: dict[Key, _Caller] = {}
        self._reading: Key | None = None

    def __contains__(self, key: object) -> bool:
        """Tell whether a note was called."""
        return key in self._numbers

    def unread(self) -> Iterator[tuple[Key, int]]:
        """Yield key and number of each note, those too that are called while the others are read.

        What is called meanwhile counts as called by the one that was yielded last.
        """
        for key in self._called:
            self._reading = key
            yield key, self._numbers[key]

    def call(self, key: Key) -> tuple[str, Told | None]:
        """Return the number of the note that is called here, and what is to be told of the call.

        A call that leads nowhere, or round in a ring, has no number.
        """
        if key not in self._held:
            kind, name = key[0].removesuffix("s"), key[1]
            return "", ("unread", f"here stood a call, and {kind} {name} is not in the file")
        if key not in self._numbers:
            self._called.append(key)
            self._numbers[key] = len(self._called)
            self._callers[key] = self._caller()
            return str(self._numbers[key]), None
        number = self._numbers[key]
        if self._reading is None or not self._led(key):
            return str(number), None
        reading = self._numbers[self._reading]
        what = "itself" if number == reading else f"note {number}, which led to it"
        return "", ("ring", f"here note {reading} calls {what}; that call is left out")

    def _caller(self) -> _Caller:
        """Return what calls a note that is called now for the first time.

        Leaps grow as the digits of a skew binary number do, so that a chain of any length is
        climbed in few of them (Myers, An applicative random-access stack, 1983).
        """
        key = self._reading
        if key is None:
            return _Caller()
        own = self._callers[key]
        far = self._callers[own.leap] if own.leap else own
        even = own.leap is not None and own.depth - far.depth == far.depth - self._depth(far.leap)
        return _Caller(key, far.leap if even else key, own.depth + 1)

    def _depth(self, key: Key | None) -> int:
        return -1 if key is None else self._callers[key].depth

    def _led(self, key: Key) -> bool:
        """Tell whether the note that is read is `key`, or was led to by it."""
        at, number = self._reading, self._numbers[key]
        # A note has a higher number than the one that calls it first.
        while at is not None and self._numbers[at] > number:
            caller = self._callers[at]
            leaps = caller.leap is not None and self._numbers[caller.leap] >= number
            at = caller.leap if leaps else caller.key
        return at == key
