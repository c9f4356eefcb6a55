"""Rounds of proofs, kept beside the manuscript as plain files that git can compare.

In: a manuscript folder. Out: `rounds/<number>/` with `proof.pdf` and `notes.json`: the notes of
that round, each with its `state` (open, done, declined) and, where declined, a `reason`. The proof
of a round has bars beside what changed since the round before, and tells what became of its notes.
A proposal is done when the manuscript has it, which is looked up there; of any other note a person
says so in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Pdf

from publish.container import write_atomically
from publish.earlier import pull_since
from publish.manuscript import read_manuscript
from publish.notes import notes
from publish.outputs import OUTPUTS
from publish.problems import Problem, has_errors, problem, weighed
from publish.proof_map import read_map
from publish.proofing.queue import Note
from publish.proofing.telling import FIELDS, as_values
from publish.pull import Answer, Pull
from publish.source import SourceFile
from publish.workshop import Workshop

FOLDER = "rounds"
STATES = ("open", "done", "declined")
_NEEDED = {*FIELDS, "then"}
_AROUND = ((16, 16), (16, 4), (4, 16))
"""Letters before and after a proposal by which it is found in the manuscript."""


@dataclass(frozen=True, slots=True)
class Round:
    """A round: its number, its folder, and its notes as they stand in the file."""

    number: int
    folder: Path
    notes: tuple[dict[str, Any], ...]

    def count(self, state: str) -> int:
        """Return how many notes are in a state."""
        return sum(one.get("state") == state for one in self.notes)


def rounds(folder: Path) -> list[Round]:
    """Return the rounds of a manuscript, the first one first."""
    found = []
    for path in (folder / FOLDER).glob("*/proof.pdf"):
        if path.parent.name.isdecimal():
            found.append(Round(int(path.parent.name), path.parent, _read(path.parent)))
    return sorted(found, key=lambda one: one.number)


def _read(folder: Path) -> tuple[dict[str, Any], ...]:
    """Return the notes of a round; raises OSError for a file that somebody broke by hand."""
    path = folder / "notes.json"
    if not path.is_file():
        return ()
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        for one in values:
            if lacking := _NEEDED - one.keys():
                raise ValueError(f"a note lacks “{min(lacking)}”")
        return tuple({"label": "", "reason": "", "state": "open"} | one for one in values)
    except (ValueError, TypeError, AttributeError) as error:
        raise OSError(0, f"it is no list of notes any more ({error})", str(path)) from error


def start(folder: Path) -> tuple[Round | None, list[Problem]]:
    """Make the proof of the next round; None where the manuscript has errors."""
    read = read_manuscript(folder)
    problems = weighed(read.problems, final=False)
    if read.book is None or has_errors(problems):
        return None, problems
    before = rounds(folder)
    number = before[-1].number + 1 if before else 1
    pull = _pull(number, before[-1], read.sources) if before else Pull(number)
    shop = Workshop(folder, read.book, read.sources, pull=pull, found=read.problems)
    problems = weighed([*problems, *shop.materials.preliminaries()], final=False)
    if has_errors(problems):
        return None, problems
    data, found = OUTPUTS["proof"].make(shop)
    place = folder / FOLDER / str(number)
    place.mkdir(parents=True, exist_ok=True)
    write_atomically(place / "proof.pdf", data)
    return Round(number, place, ()), weighed([*problems, *found], final=False)


def _pull(number: int, last: Round, sources: Mapping[str, SourceFile]) -> Pull:
    """Return what the proof after a round is pulled for: what it asked is looked up in the text."""
    then = _texts(last)
    answers = [
        Answer(
            one["label"], f"{one['file']}:{one['line']}", _said(one), one["state"], one["reason"]
        )
        for one in _answered(last.notes, then, sources)
    ]
    return replace(pull_since(number, then), answers=tuple(answers))


def _answered(
    notes: Iterable[dict[str, Any]], then: dict[str, str], sources: Mapping[str, SourceFile]
) -> tuple[dict[str, Any], ...]:
    """Return notes, those done whose proposals the manuscript has."""
    now = {name: one.text for name, one in sources.items()}
    return tuple(
        one | {"state": "done"} if one["state"] == "open" and _is_in(one, then, now) else one
        for one in notes
    )


def close(folder: Path, number: int, files: Sequence[Path]) -> tuple[Round | None, list[Problem]]:
    """Take the notes of marked PDFs into a round, and look which of all its notes are done."""
    known = next((one for one in rounds(folder) if one.number == number), None)
    if known is None:
        advice = "`katern round list` tells which there are."
        reason = f"there is no round {number} in {folder / FOLDER}"
        return None, [problem("K701", None, reason=reason, advice=advice)]
    then = _texts(known)
    found, problems = notes(files, folder) if files else ([], [])
    kept = {_key(one): one for one in known.notes}
    fresh = (_value(one) for one in found)
    values = [*known.notes, *(one for one in fresh if _key(one) not in kept)]
    made = _answered(values, then, read_manuscript(folder).sources)
    words = json.dumps(made, ensure_ascii=False, indent=1)
    write_atomically(known.folder / "notes.json", f"{words}\n".encode())
    return Round(number, known.folder, made), problems


def told(one: Round) -> Iterator[str]:
    """Yield a line on a round, and one on each of its notes that is open."""
    counts = ", ".join(f"{one.count(state)} {state}" for state in STATES)
    yield f"round {one.number}: {len(one.notes)} notes, {counts}"
    for note in one.notes:
        if note.get("state") == "open":
            yield f"{note['file']}:{note['line']}:{note['column']}: open: {_said(note)}"


def _said(note: dict[str, Any]) -> str:
    return f"“{note['words']}”: {note['comment'] or note['replacement'] or note['kind']}"


def _texts(known: Round) -> dict[str, str]:
    """Return the manuscript that the proof of a round was made of."""
    with Pdf.open(BytesIO((known.folder / "proof.pdf").read_bytes())) as pdf:
        found = read_map(pdf)
    return dict(found.sources) if found else {}


def _value(note: Note) -> dict[str, Any]:
    values = as_values(note) | {"then": list(note.then)}
    values |= {"rect": list(note.rect), "replies": list(note.replies)}
    values |= {"against": list(note.against), "review": note.state}
    return values | {"state": "open", "reason": ""}


def _key(one: dict[str, Any]) -> tuple[Any, ...]:
    return one["page"], tuple(one["rect"]), one["kind"], one["author"], one["comment"]


def _is_in(note: dict[str, Any], then: dict[str, str], now: dict[str, str]) -> bool:
    """Tell whether the manuscript has what a note proposes, between what stood around it."""
    file, said = note["file"], note["replacement"]
    text, (start, end) = then.get(file, ""), note["then"]
    if said is None or start < 0 or not text or file not in now:
        return False
    old, new = _letters(text), _letters(now[file])
    before, after = _letters(text[:start]), _letters(text[end:])
    # What stands close on one side may have been changed by another proposal.
    wanted = (before[-b:] + _letters(said) + after[:a] for b, a in _AROUND)
    return any(one in new and one not in old for one in wanted)


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
