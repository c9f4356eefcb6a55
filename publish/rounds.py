"""Rounds of proofs, kept beside the manuscript as plain files that git can compare.

In: a manuscript folder. Out: `rounds/<number>/` with `proof.pdf` and `notes.json`: the notes of
that round, each with its `state` (open, done, declined) and, where declined, a `reason`. The proof
of a round has bars beside what changed since the round before. A proposal is
done when the manuscript has it, which is looked up there; of any other note a person says so in the
file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from publish.proofing.telling import as_values
from publish.workshop import Workshop

FOLDER = "rounds"
STATES = ("open", "done", "declined")
_AROUND = 16
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
        return tuple(one | {"state": one.get("state", "open")} for one in values)
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
    pull = pull_since(number, _texts(before[-1]) if before else {})
    shop = Workshop(folder, read.book, read.sources, pull=pull, found=read.problems)
    problems = weighed([*problems, *shop.materials.preliminaries()], final=False)
    if has_errors(problems):
        return None, problems
    data, found = OUTPUTS["proof"].make(shop)
    place = folder / FOLDER / str(number)
    place.mkdir(parents=True, exist_ok=True)
    write_atomically(place / "proof.pdf", data)
    return Round(number, place, ()), weighed([*problems, *found], final=False)


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
    now = {name: one.text for name, one in read_manuscript(folder).sources.items()}
    made = tuple(
        one | {"state": "done"} if one["state"] == "open" and _is_in(one, then, now) else one
        for one in values
    )
    words = json.dumps(made, ensure_ascii=False, indent=1)
    write_atomically(known.folder / "notes.json", f"{words}\n".encode())
    return Round(number, known.folder, made), problems


def told(one: Round) -> Iterator[str]:
    """Yield a line on a round, and one on each of its notes that is open."""
    counts = ", ".join(f"{one.count(state)} {state}" for state in STATES)
    yield f"round {one.number}: {len(one.notes)} notes, {counts}"
    for note in one.notes:
        if note.get("state") == "open":
            said = note["comment"] or note["replacement"] or note["kind"]
            yield f"{note['file']}:{note['line']}:{note['column']}: open: “{note['words']}”: {said}"


def _texts(known: Round) -> dict[str, str]:
    """Return the manuscript that the proof of a round was made of."""
    with Pdf.open(BytesIO((known.folder / "proof.pdf").read_bytes())) as pdf:
        found = read_map(pdf)
    return dict(found.sources) if found else {}


def _value(note: Note) -> dict[str, Any]:
    values = as_values(note) | {"start": note.start, "end": note.end}
    values |= {"rect": list(note.rect), "replies": list(note.replies)}
    values |= {"against": list(note.against), "review": note.state}
    return values | {"state": "open", "reason": ""}


def _key(one: dict[str, Any]) -> tuple[Any, ...]:
    return one["page"], tuple(one["rect"]), one["kind"], one["author"], one["comment"]


def _is_in(note: dict[str, Any], then: dict[str, str], now: dict[str, str]) -> bool:
    """Tell whether the manuscript has what a note proposes, between what stood around it."""
    file, said = note["file"], note["replacement"]
    if said is None or not note["placed"] or file not in then or file not in now:
        return False
    text = then[file]
    start, end = note["start"], note["end"]
    before, after = _letters(text[:start])[-_AROUND:], _letters(text[end:])[:_AROUND]
    wanted = before + _letters(said) + after
    return wanted in _letters(now[file]) and wanted not in _letters(text)


def _letters(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
