"""Which way words run on the line: leftward as Hebrew and Arabic do, or rightward.

In: text, or what stands on a line from left to right. Out: the direction; the order in which that
is read (after Unicode Standard Annex 9, the rules that one level within another needs). Figures run
rightward in every script.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TypeVar
from unicodedata import bidirectional

T = TypeVar("T")
_LEFTWARD = ("R", "AL")
_RIGHTWARD = ("L", "EN", "AN")


def is_leftward(text: str) -> bool:
    """Tell whether most letters of a text run leftward."""
    kinds = [bidirectional(char) for char in text]
    return sum(one in _LEFTWARD for one in kinds) > sum(one == "L" for one in kinds)


def runs_leftward(text: str, at: int) -> bool:
    """Tell whether a character of a text runs leftward; a sign between two runs as its text."""
    before = next((one for char in text[at::-1] if (one := _own(char)) is not None), None)
    after = next((one for char in text[at:] if (one := _own(char)) is not None), None)
    if before is not None and before == after:
        return before
    return is_leftward(text)


def _own(char: str) -> bool | None:
    kind = bidirectional(char)
    return True if kind in _LEFTWARD else False if kind in _RIGHTWARD else None


def in_order(line: Sequence[T], text: Callable[[T], str], leftward: bool) -> list[T]:
    """Return what stands on a line, given from left to right, in the order of reading.

    `leftward` is how the whole runs; what runs the other way within it keeps its own order.
    """
    made: list[T] = []

    def against(one: T) -> bool:
        said = text(one)
        owned = {own for char in said if (own := _own(char)) is not None}
        return owned == {not leftward}

    for other_way, group in groupby(reversed(line) if leftward else line, key=against):
        part = [*group]
        made += reversed(part) if other_way else part
    return made
