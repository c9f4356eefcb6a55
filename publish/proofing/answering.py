"""Whether the manuscript has what the notes of a round propose.

In: notes as a round keeps them, the texts that its proof was made of and those of today. Out: the
notes, those done that the text shows to be, and of each proposal whether it is in. Looked at is
what changed where the words stood, so that a proposal is found beside other changes too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from publish.proof.changes import WORD, Change, changes
from publish.proof.likeness import heirs, own_lines

_LONG = 60
"""Letters of a word at the most."""


def answered(
    notes: Iterable[dict[str, Any]], then: Mapping[str, str], now: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return notes with `found` (None for what proposes nothing) and the state that follows.

    One that the text once showed to be done, `by` it, is open again where the text has lost it.
    What a person said stands.
    """
    states: dict[str, State] = {}
    for file in then:
        text = _text_now(file, then, now)
        if text is not None:
            states[file] = State(then[file], text, list(changes(then[file], text)))
    return [_answered(one, states.get(one.get("was") or one["file"])) for one in notes]


def _text_now(file: str, then: Mapping[str, str], now: Mapping[str, str]) -> str | None:
    """Return what became of a file, of one that was split all its parts; None where it is gone."""
    if then[file] == now.get(file):
        return then[file]
    parts, left, lines = dict[str, int](), own_lines(then[file]), then[file].splitlines()
    for name in heirs(file, then, now):
        mine = left & own_lines(now[name])
        if mine or not parts:
            parts[name] = next((at for at, line in enumerate(lines) if line in mine), 0)
            left -= mine
    texts = [now[name] for name in sorted(parts, key=lambda one: parts[one])]
    return "\n".join(texts) if texts else None


class State(Struct, frozen=True):
    """A file as it was, as it is now under whatever name, and what changed."""

    then: str
    now: str
    changes: list[Change]

    def near(self, start: int, end: int) -> list[Change]:
        """Return the changes at a stretch of the text as it was, or right beside it."""
        first = bisect_left(self.changes, start - 1, key=lambda one: one.old[1])
        last = bisect_right(self.changes, end + 1, key=lambda one: one.old[0])
        return self.changes[first:last]


def _answered(note: dict[str, Any], state: State | None) -> dict[str, Any]:
    start, end = note["then"]
    if note["replacement"] is None or start < 0 or state is None:
        return note | {"found": None}
    struck = "" if note["kind"] == "insert" else state.then[start:end]
    near = state.near(start, end)
    whole = _word_of(note["replacement"], state.then, start, end)
    around = _around(near, start, end, state.then, state.now) if near else ("", "")
    found = bool(near) and _shows(*around, struck, note["replacement"], whole)
    if found and note["state"] == "open":
        return note | {"found": True, "state": "done", "by": "text"}
    if not found and note.get("by") == "text":
        return note | {"found": False, "state": "open", "by": ""}
    return note | {"found": found}


def _around(near: list[Change], start: int, end: int, then: str, now: str) -> tuple[str, str]:
    """Return the stretch of both texts that holds the changes and what was marked."""
    first, last = near[0], near[-1]
    low, high = min(start, first.old[0]), max(end, last.old[1])
    return then[low:high], now[first.start - first.old[0] + low : last.end + high - last.old[1]]


def _word_of(said: str, then: str, start: int, end: int) -> str:
    """Return what is proposed, with what is left of the word in which it is to stand."""
    before = re.search(r"\w*$", then[max(start - _LONG, 0) : start])
    after = re.match(r"\w*", then[end : end + _LONG])
    assert before and after
    return before[0] + said.strip() + after[0]


def _shows(old: str, new: str, struck: str, said: str, whole: str) -> bool:
    """Tell whether a stretch that changed has more of what is proposed, or less of what goes.

    As words of their own, or in the `whole` word of which they become a part.
    """
    if said.strip() and said in struck:
        # Of the words some are to stay.
        return _count(old, struck) > _count(new, struck) and _count(new, said) >= _count(old, said)
    if said.strip():
        return any(_count(new, one) > _count(old, one) for one in (said, whole))
    return _count(old, struck) > _count(new, struck)


def _count(text: str, words: str) -> int:
    """Return how often words stand in a text as such."""
    tokens, wanted = WORD.findall(text), WORD.findall(words)
    starts = range(len(tokens) - len(wanted) + 1)
    return sum(tokens[at : at + len(wanted)] == wanted for at in starts) if wanted else 0
