"""The notes of a round in its file, which a person edits and git merges.

In: notes, or `notes.json`. Out: their plain values, or those read back, each of its type. A note
holds its place in the manuscript that the proof of its round was made of, with the digest of that
(`manuscript`): where its words stand by now is looked up when it is shown. Raises `Unmakeable` with
the line and the column where a file is none of notes any more.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from msgspec.structs import replace

from publish.ground.json_text import from_json
from publish.ground.problems import Unmakeable, problem, unreadable
from publish.ground.source import Unreadable, read_source
from publish.proofing.annotations import Kind
from publish.proofing.collating import contradicted, is_copy, order, said, united
from publish.proofing.queue import Note
from publish.proofing.telling import FIELDS, as_values

Kept = dict[str, Any]
"""The values of a note by name, and what somebody wrote beside them."""
STATES = ("open", "done", "declined")
_OWN: Kept = {"state": "open", "reason": "", "found": None, "by": ""}
"""What a round knows of a note, and how that begins."""
_LATER: Kept = {
    **dict.fromkeys(("label", "marked", "name", "review", "manuscript"), ""),
    "replies": [],
    "halved": [False, False],
}
"""What a note may lack, and what it has then."""
_NEEDED = {*FIELDS, "then"}
_BACK = "Mend it, or take back the one that was there before, from git say."
_REASON = 'Write why beside it, as in "reason": "the other spelling is meant".'


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are(check: Callable[[Any], bool], count: int = 0) -> Callable[[Any], bool]:
    """Return what tells whether a value is a list of such, of so many if a count is given."""

    def checked(value: Any) -> bool:
        whole = isinstance(value, list) and all(map(check, value))
        return whole and count in (0, len(value))

    return checked


def _is_length(value: Any) -> bool:
    return _is_number(value) or isinstance(value, float)


_TEXT = (_is_text, "a text")
_NUMBER = (_is_number, "a whole number")
_TYPES: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    **dict.fromkeys(("file", "words", "comment", "author", "created", "label", "marked"), _TEXT),
    **dict.fromkeys(("reason", "review", "what", "entry", "side", "by", "manuscript"), _TEXT),
    "name": _TEXT,
    **dict.fromkeys(("line", "column", "end_line", "end_column", "page"), _NUMBER),
    "kind": (lambda value: value in get_args(Kind), f"one of {', '.join(get_args(Kind))}"),
    "state": (lambda value: value in STATES, f"one of {', '.join(STATES)}"),
    "replacement": (lambda value: value is None or _is_text(value), "a text or null"),
    "placed": (_is_flag, "true or false"),
    "found": (lambda value: value is None or isinstance(value, bool), "true, false or null"),
    "rect": (_are(_is_length, 4), "a list of four numbers"),
    "then": (_are(_is_number, 2), "a list of two whole numbers"),
    "halved": (_are(_is_flag, 2), "a list of two, true or false"),
    "replies": (_are(_is_text), "a list of texts"),
    "against": (_are(_is_number), "a list of whole numbers"),
}
"""What each value is, and how that is called."""


def merged(before: Sequence[Kept], notes: Iterable[Note], manuscript: str) -> list[Kept]:
    """Return the notes of a round with those that came back; what it knows of one it has stays.

    They stand in the order of the manuscript with this digest; those that want different things
    name each other.
    """
    known: dict[tuple[Any, ...], list[Kept]] = defaultdict(list)
    for one in before:
        known[said(_note(one))].append(one)
    made = []
    for note in notes:
        same = known[said(note)]
        had = next((one for one in same if is_copy(note, _note(one))), {})
        if had:
            same.remove(had)
            both = united(_note(had), note)
            note = replace(note, marked=both.marked, replies=both.replies, state=both.state)
        made.append(_OWN | had | _values(note) | {"manuscript": manuscript})
    made += [one for rest in known.values() for one in rest]
    pairs = sorted(((_note(one), one) for one in made), key=lambda pair: order(pair[0]))
    told = contradicted([note for note, _ in pairs])
    return [one | {"against": [*note.against]} for (_, one), note in zip(pairs, told, strict=True)]


def _values(note: Note) -> Kept:
    lists = {"then": [*note.then], "rect": [*note.rect], "halved": [*note.halved]}
    values = as_values(note) | lists
    del values["state"]
    return values | {"replies": [*note.replies], "review": note.state, "name": note.name}


def _note(one: Kept) -> Note:
    """Return a note as it stands in the manuscript of its round."""
    plain = {name: one[name] for name in FIELDS}
    start, end = one["then"]
    more = {
        "rect": tuple(one["rect"]), "start": start, "end": end, "then": (start, end),
        "state": one["review"], "halved": tuple(one["halved"]), "name": one["name"],
        "marked": one["marked"], "replies": tuple(one["replies"]),
    }  # fmt: skip
    return Note(**plain | more)


def read(path: Path) -> tuple[Kept, ...]:
    """Return the notes in a file; none where it is not there."""
    if not path.is_file():
        return ()
    try:
        source = read_source(path.read_bytes, str(path))
    except Unreadable as error:
        raise Unmakeable(unreadable(error)) from error
    try:
        return tuple(_checked(at, values, source.text) for at, values in _listed(source.text))
    except _BrokenError as error:
        place = source.span(error.at, error.at)
        told = problem("K701", place, reason=error.why, advice=error.advice)
        raise Unmakeable(told) from error


class _BrokenError(Exception):
    """Where a text is no list of notes, or a note lacks something; why, and what to do."""

    def __init__(self, at: int, why: str, advice: str = _BACK) -> None:
        super().__init__(why)
        self.at = at
        self.why = why if advice != _BACK else f"it is no list of notes any more: {why}"
        self.advice = advice


def _listed(text: str) -> Iterator[tuple[int, Any]]:
    """Yield what a list has, each with its offset."""
    try:
        whole = from_json(text)
    except json.JSONDecodeError as error:
        raise _BrokenError(error.pos, error.msg) from error
    except ValueError as error:
        raise _BrokenError(0, str(error)) from error
    if not isinstance(whole, list):
        raise _BrokenError(0, "it does not begin with [")
    decoder, at = json.JSONDecoder(), text.index("[") + 1
    for _ in whole:
        at = _after(r"[\s,]*", text, at)
        value, end = decoder.raw_decode(text, at)
        yield at, value
        at = end


def _after(pattern: str, text: str, at: int) -> int:
    found = re.compile(pattern).match(text, at)
    return found.end() if found else at


def _checked(at: int, values: Any, text: str) -> Kept:
    """Return the values of a note that stands at an offset, with those that it may lack."""
    if not isinstance(values, dict):
        raise _BrokenError(at, "a note is written between { and }")
    if lacking := _NEEDED - values.keys():
        raise _BrokenError(at, f"a note lacks “{min(lacking)}”")
    for name, value in values.items():
        check, what = _TYPES.get(name, (None, ""))
        if check and not check(value):
            said = json.dumps(value, ensure_ascii=False)
            raise _BrokenError(_place(name, text, at), f"“{name}” is {said}, and not {what}")
    if values.get("state") == "declined" and not values.get("reason"):
        words = f" on “{values['words']}”" if values["words"] else ""
        said = f"the note{words} is declined without a reason"
        raise _BrokenError(_place("state", text, at), said, _REASON)
    return _OWN | _LATER | values


def _place(name: str, text: str, at: int) -> int:
    """Return where a value of the note at an offset stands, the last one of its name."""
    _, end = json.JSONDecoder().raw_decode(text, at)
    named = re.compile(rf'(?<!\\)"{name}"\s*:\s*')
    return max((one.end() for one in named.finditer(text, at, end)), default=at)


def written(notes: Sequence[Kept]) -> bytes:
    """Return the file of notes."""
    return f"{json.dumps(notes, ensure_ascii=False, indent=1)}\n".encode()
