"""Rounds of proofs, kept beside the manuscript as plain files that git can compare.

In: a manuscript folder. Out: `rounds/<number>/` with `proof.pdf` and `notes.json`: the notes of
that round, each with its `state` (open, done, declined) and, where declined, a `reason`. The proof
of a round has bars beside what changed since the round before, and tells what became of its notes.
A proposal is done when the manuscript has it, which is looked up there each time; of any other note
a person says so in the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from publish.building.outputs import OUTPUTS
from publish.building.workshop import Workshop
from publish.ground.container import write_atomically
from publish.ground.problems import Problem, Unmakeable, has_errors, problem, weighed
from publish.ground.source import SourceFile
from publish.manuscript.folder import read_manuscript
from publish.proof.earlier import map_of_proof, pull_since, texts_of_proof
from publish.proofing.answering import answered
from publish.proofing.notes import notes
from publish.proofing.queue import Note
from publish.proofing.telling import FIELDS, as_values
from publish.standing.pull import Answer, Pull

FOLDER = "rounds"
_NOTES = "notes.json"
STATES = ("open", "done", "declined")
_NEEDED = {*FIELDS, "then"}


@dataclass(frozen=True, slots=True)
class Round:
    """A round: its number, its folder, its notes as they stand in the file; open until closed."""

    number: int
    folder: Path
    notes: tuple[dict[str, Any], ...]
    closed: bool = False

    def count(self, state: str) -> int:
        """Return how many notes are in a state."""
        return sum(one["state"] == state for one in self.notes)


def rounds(folder: Path) -> list[Round]:
    """Return the rounds of a manuscript, the first one first."""
    found = []
    for path in (folder / FOLDER).glob("*/proof.pdf"):
        if path.parent.name.isdecimal():
            closed = (path.parent / _NOTES).is_file()
            found.append(Round(int(path.parent.name), path.parent, _read(path.parent), closed))
    return sorted(found, key=lambda one: one.number)


def _read(folder: Path) -> tuple[dict[str, Any], ...]:
    """Return the notes of a round; raises `Unmakeable` for a file that somebody broke by hand."""
    path = folder / _NOTES
    if not path.is_file():
        return ()
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        for one in values:
            if lacking := _NEEDED - one.keys():
                raise ValueError(f"a note lacks “{min(lacking)}”")
        made = tuple({"label": "", "reason": "", "state": "open"} | one for one in values)
        for one in made:
            if one["state"] not in STATES:
                raise ValueError(f"“{one['state']}” is none of {', '.join(STATES)}")
            if one["state"] == "declined" and not one["reason"]:
                raise ValueError(f"the note on “{one['words']}” is declined without a reason")
        return made
    except (ValueError, TypeError, AttributeError) as error:
        reason = f"{path}: it is no list of notes any more ({error})"
        advice = "Mend it, or take back the one that was there before, from git say."
        raise Unmakeable(problem("K701", None, reason=reason, advice=advice)) from error


def start(folder: Path) -> tuple[Round | None, list[Problem]]:
    """Make the proof of the next round; None while one is open, or the manuscript has errors."""
    read = read_manuscript(folder)
    problems = weighed(read.problems, final=False, proof=True)
    if read.book is None or has_errors(problems):
        return None, problems
    before = rounds(folder)
    if before and not before[-1].closed:
        reason = f"round {before[-1].number} is still open: it was never closed"
        advice = (
            "Close it first: “katern round close --marked PDF…”, without PDFs if none came back."
        )
        return None, [problem("K701", None, reason=reason, advice=advice)]
    number = before[-1].number + 1 if before else 1
    pull = _pull(number, before[-1], read.sources) if before else Pull(number)
    shop = Workshop(folder, read.book, read.sources, pull=pull, found=read.problems)
    problems = weighed([*problems, *shop.materials.preliminaries()], final=False, proof=True)
    if has_errors(problems):
        return None, problems
    data, found = OUTPUTS["proof"].make(shop)
    place = folder / FOLDER / str(number)
    place.mkdir(parents=True, exist_ok=True)
    write_atomically(place / "proof.pdf", data)
    return Round(number, place, ()), weighed([*problems, *found], final=False, proof=True)


def _pull(number: int, last: Round, sources: Mapping[str, SourceFile]) -> Pull:
    """Return what the proof after a round is pulled for: what it asked is looked up in the text."""
    then = _texts(last)
    answers = [
        Answer(
            one["label"], f"{one['file']}:{one['line']}", _said(one), one["state"], one["reason"],
            one["found"] is not False,
        )
        for one in answered(last.notes, then, _now(sources))
    ]  # fmt: skip
    return replace(pull_since(number, then), answers=tuple(answers))


def _now(sources: Mapping[str, SourceFile]) -> dict[str, str]:
    return {name: one.text for name, one in sources.items()}


def close(folder: Path, number: int, files: Sequence[Path]) -> tuple[Round | None, list[Problem]]:
    """Take the notes of marked PDFs into a round, and look which of all its notes are done."""
    known = next((one for one in rounds(folder) if one.number == number), None)
    if known is None:
        advice = "`katern round list` tells which there are."
        reason = f"there is no round {number} in {folder / FOLDER}"
        return None, [problem("K701", None, reason=reason, advice=advice)]
    proof = map_of_proof(known.folder / "proof.pdf")
    found, problems = notes(files, folder, proof) if files else ([], [])
    if has_errors(problems):
        return None, problems
    then = proof.sources if proof else {}
    kept = {_key(one): one for one in known.notes}
    fresh = (_value(one) for one in found)
    values = [*known.notes, *(one for one in fresh if _key(one) not in kept)]
    made = tuple(answered(values, then, _now(read_manuscript(folder).sources)))
    words = json.dumps(made, ensure_ascii=False, indent=1)
    write_atomically(known.folder / _NOTES, f"{words}\n".encode())
    return Round(number, known.folder, made, closed=True), problems


def told(one: Round) -> Iterator[str]:
    """Yield a line on a round, and one on each note that is open, or done and not to be found."""
    counts = ", ".join(f"{one.count(state)} {state}" for state in STATES)
    closed = "" if one.closed else "not closed yet; "
    yield f"round {one.number}: {closed}{len(one.notes)} notes, {counts}"
    for note in one.notes:
        state = note["state"]
        if state == "done" and note.get("found") is False:
            state = "done, and not in the manuscript"
        if state not in ("done", "declined"):
            place = f"{note['file']}:{note['line']}:{note['column']}"
            place = place if note["line"] else f"page {note['label'] or note['page']}"
            yield f"{place}: {state}: {_said(note)}"


def _said(note: dict[str, Any]) -> str:
    return f"“{note['words']}”: {note['comment'] or note['replacement'] or note['kind']}"


def _texts(known: Round) -> dict[str, str]:
    """Return the manuscript that the proof of a round was made of; none of a broken one."""
    return texts_of_proof(known.folder / "proof.pdf") or {}


def _value(note: Note) -> dict[str, Any]:
    values = as_values(note) | {"then": list(note.then), "was": note.was}
    values |= {"rect": list(note.rect), "replies": list(note.replies)}
    values |= {"against": list(note.against), "review": note.state}
    return values | {"state": "open", "reason": ""}


def _key(one: dict[str, Any]) -> tuple[Any, ...]:
    names = ("page", "kind", "author", "created", "comment", "replacement")
    return (*(one[name] for name in names), tuple(one["rect"]))
