"""The notes that a document calls, each with its number.

In: the notes that the file holds, and its calls one by one (ECMA-376, part 1, 17.11). Out: the
number of each note, the first called being 1. A note is read once, however often it is called; one
that calls itself, or a note that led to it, would never come to an end.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TypeAlias

Key: TypeAlias = tuple[str, str]
"""The part that holds a note, `footnotes` or `endnotes`, and its id there."""
Told: TypeAlias = tuple[str, str]
"""The code of a note to the editor, and what it says."""


class Calls:
    """Numbers the notes as they are called."""

    def __init__(self, held: Container[Key]) -> None:
        self._held = held
        self._numbers: dict[Key, int] = {}
        self._callers: dict[Key, Key | None] = {}
        self._reading: Key | None = None

    def unread(self) -> Iterator[tuple[Key, int]]:
        """Yield key and number of each note, those too that are called while the others are read.

        What is called meanwhile counts as called by the one that was yielded last.
        """
        done = 0
        while fresh := list(self._numbers.items())[done:]:
            for key, number in fresh:
                self._reading = key
                yield key, number
            done += len(fresh)

    def call(self, key: Key) -> tuple[str, Told | None]:
        """Return the number of the note that is called here, and what is to be told of the call.

        A call that leads nowhere, or round in a ring, has no number.
        """
        if key not in self._held:
            kind, name = key[0].removesuffix("s"), key[1]
            return "", ("unread", f"here stood a call, and {kind} {name} is not in the file")
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self._callers[key] = self._reading
            return str(self._numbers[key]), None
        number, led = self._numbers[key], self._led()
        if number not in led:
            return str(number), None
        what = "itself" if number == led[0] else f"note {number}, which led to it"
        return "", ("ring", f"here note {led[0]} calls {what}; that call is left out")

    def _led(self) -> list[int]:
        """Return the number of the note that is read, of the one that calls it, and so on."""
        key, led = self._reading, list[int]()
        while key is not None:
            led.append(self._numbers[key])
            key = self._callers[key]
        return led
