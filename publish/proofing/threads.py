"""Annotations that belong together: a mark, the others of its group, and what answers it.

In: the annotations of a page. Out: `Thread`s, by what refers to what (ISO 32000-2, 12.5.6.2: IRT,
RT).
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from pikepdf import Dictionary, Name

_Key = tuple[int, int]
_PROPOSING = (Name.StrikeOut, Name.Caret)
"""Before PDF 1.6, which brought RT, these were a replacement without being called a group."""


class Thread(Struct):
    """A mark with what belongs to it: the others of its group, and what answers it."""

    own: Dictionary
    group: list[Dictionary]
    answers: list[Dictionary]


def threads(annotations: list[Dictionary]) -> list[Thread]:
    """Return the annotations with all that refers to them (IRT, RT)."""
    known = {_key(one, number): one for number, one in enumerate(annotations)}
    # Some name the annotation that they answer by its name, not by a reference.
    names = {words(one.get("/NM")): key for key, one in known.items() if "/NM" in one}
    written = {one.unparse(): key for key, one in known.items() if not one.is_indirect}

    def above(key: _Key) -> _Key | None:
        to = known[key].get("/IRT")
        if not isinstance(to, Dictionary):
            return names.get(words(to)) if to is not None else None
        there = to.objgen if to.is_indirect else written.get(to.unparse())
        return there if there in known else names.get(words(to.get("/NM")))

    threads: dict[_Key, Thread] = {}
    below: list[tuple[_Key, _Key]] = []
    for key, one in known.items():
        parent = above(key)
        if parent is None or parent == key:
            threads[key] = Thread(one, [], [])
        else:
            below.append((key, parent))
    for key, parent in below:
        one = known[key]
        steps, grouped = 0, _is_grouped(one)
        while (higher := above(parent)) is not None and steps < len(annotations):
            grouped = grouped and _is_grouped(known[parent])
            parent, steps = higher, steps + 1
        thread = threads.get(parent)
        if thread is None:
            # They answer each other in a circle: each is taken by itself.
            threads[key] = Thread(one, [], [])
        else:
            (thread.group if grouped else thread.answers).append(one)
    return list(threads.values())


def _is_grouped(one: Dictionary) -> bool:
    """Tell whether what refers to a mark is of its group; a strike-out or a caret is no answer."""
    return one.get("/RT") == Name.Group or one.get("/Subtype") in _PROPOSING


def _key(one: Dictionary, number: int) -> _Key:
    """Return what tells an annotation from all others: two written in the page may be alike."""
    return one.objgen if one.is_indirect else (-1, number)


def words(value: Any) -> str:
    """Return a string of a PDF with plain line ends; empty for what is not there."""
    return str(value).replace("\r\n", "\n").replace("\r", "\n") if value is not None else ""
