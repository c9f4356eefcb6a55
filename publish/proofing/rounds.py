"""Rounds of proofs, kept beside the manuscript as plain files that git can compare.

In: a manuscript folder. Out: `rounds/<number>/` with `proof.pdf` and `notes.json`: the notes of
that round, each with its `state` (open, done, declined) and, where declined, a `reason`, placed in
the manuscript of that round. The proof of a round has bars beside what changed since the round
before, and tells what became of its notes, at the places where their words stand by then. A
proposal is done when the manuscript has it, which is looked up there each time; of any other note a
person says so in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import Struct

from publish.building.outputs import OUTPUTS
from publish.building.workshop import Workshop
from publish.ground.container import write_atomically
from publish.ground.problems import Problem, has_errors, problem, weighed
from publish.ground.root import BookRoot
from publish.ground.source import SourceFile, texts_of
from publish.manuscript.folder import read_manuscript
from publish.proof.earlier import map_of_proof, pull_since
from publish.proof.likeness import Texts, is_other_book, title
from publish.proof.map import ProofMap, source_digest
from publish.proofing.answering import answered
from publish.proofing.kept import STATES, Kept, merged, read, written
from publish.proofing.notes import notes
from publish.proofing.places import Places
from publish.standing.pull import Answer, Pull

FOLDER = "rounds"
_NOTES, _PROOF = "notes.json", "proof.pdf"


class Round(Struct, frozen=True):
    """A round: its number, its folder, its notes as they stand in the file; open until closed."""

    number: int
    folder: Path
    notes: tuple[Kept, ...] = ()
    closed: bool = False

    @property
    def proof(self) -> Path:
        """Return where its proof is kept."""
        return self.folder / _PROOF

    def count(self, state: str) -> int:
        """Return how many notes are in a state."""
        return sum(one["state"] == state for one in self.notes)


def rounds(folder: Path) -> list[Round]:
    """Return the rounds of a manuscript, the first one first; one whose proof is gone as well.

    Raises `Outside` where one of them, or a file of it, leads out of the manuscript's folder.
    """
    there = BookRoot(folder).path(FOLDER).glob("*")
    numbers = sorted((int(one.name), one.name) for one in there if one.name.isdecimal())
    found = [(number, _folder(folder, name)) for number, name in numbers]
    return [
        Round(number, path, read(path / _NOTES), (path / _NOTES).is_file())
        for number, path in found
        if path.is_dir()
    ]


def _folder(folder: Path, name: str) -> Path:
    """Return the folder of a round, there or not; raises `Outside`."""
    root = BookRoot(folder)
    for file in (_NOTES, _PROOF):
        root.path(FOLDER, name, file)
    return root.path(FOLDER, name)


def start(folder: Path) -> tuple[Round | None, list[Problem]]:
    """Make the proof of the next round; None while one is open, or the manuscript has errors."""
    found = read_manuscript(folder)
    problems = weighed(found.problems, final=False, proof=True)
    if found.book is None or has_errors(problems):
        return None, problems
    before = rounds(folder)
    if before and not before[-1].closed:
        reason = f"round {before[-1].number} is still open: it was never closed"
        advice = (
            "Close it first: “katern round close --marked PDF…”, without PDFs if none came back."
        )
        return None, [problem("K701", None, reason=reason, advice=advice)]
    number, pull = 1, Pull(1)
    if before:
        last, number = before[-1], before[-1].number + 1
        proof = map_of_proof(last.proof)
        problems += [problem("K721", None, why=_lost(last))] if proof is None else []
        pull = _pull(number, last, _texts(proof), found.sources)
    shop = Workshop(folder, found.book, found.sources, pull=pull, found=found.problems)
    problems = weighed([*problems, *shop.materials.preliminaries()], final=False, proof=True)
    if has_errors(problems):
        return None, problems
    data, told = OUTPUTS["proof"].make(shop)
    made = Round(number, _folder(folder, str(number)))
    made.folder.mkdir(parents=True, exist_ok=True)
    write_atomically(made.proof, data)
    return made, weighed([*problems, *told], final=False, proof=True)


def _lost(one: Round) -> str:
    """Return what became of the proof of a round, of one that could not be read."""
    return f"{one.proof} is " + ("no proof that can be read" if one.proof.exists() else "gone")


def _pull(number: int, last: Round, then: Texts, sources: Mapping[str, SourceFile]) -> Pull:
    """Return what the proof after a round is pulled for: what it asked is looked up in the text."""
    kept = answered(last.notes, then, texts_of(sources))
    answers = tuple(
        Answer(
            one["label"], place if sure or not place else f"({place})", _said(one), one["state"],
            one["reason"], one["found"] is not False, "" if _proposed(one) else one["kind"],
        )
        for one, (place, sure) in zip(kept, _places(kept, then, sources), strict=True)
    )  # fmt: skip
    return replace(pull_since(number, dict(then)), answers=answers)


def close(folder: Path, number: int, files: Sequence[Path]) -> tuple[Round | None, list[Problem]]:
    """Take the notes of marked PDFs into a round, and look which of all its notes are done.

    Without its proof a round takes no notes; what a person says of those that it has is taken.
    """
    known = next((one for one in rounds(folder) if one.number == number), None)
    if known is None:
        advice = "`katern round list` tells which there are."
        reason = f"there is no round {number} in {folder / FOLDER}"
        return None, [problem("K701", None, reason=reason, advice=advice)]
    proof, read = map_of_proof(known.proof), read_manuscript(folder)
    today = texts_of(read.sources)
    if refused := _refused(known, proof, today, files):
        return None, [problem("K701", None, reason=refused[0], advice=refused[1])]
    found, problems = notes(files, folder, proof, read) if files else ([], [])
    if has_errors(problems):
        return None, problems
    then = _texts(proof)
    made = merged(known.notes, found, source_digest(then))
    made = answered(made, then, today)
    write_atomically(known.folder / _NOTES, written(made))
    problems += [problem("K721", None, why=_lost(known))] if proof is None else []
    return Round(number, known.folder, tuple(made), closed=True), problems


def _refused(
    known: Round, proof: ProofMap | None, today: Texts, files: Sequence[Path]
) -> tuple[str, str] | None:
    """Return why a round takes no notes as things are, and what to do; None where it does."""
    if proof is None:
        reason = f"{_lost(known)}, so that no marks can be told to be of it"
        return (reason, "Take it back, from git say, and close the round then.") if files else None
    if is_other_book(proof.sources, today):
        named = f"“{title(proof.sources)}”: no line of it is in this one"
        return f"{known.proof} is a proof of another book, {named}", "Name the folder of that book."
    digest = source_digest(proof.sources)
    others = {one["manuscript"] for one in known.notes} - {digest, ""}
    if others:
        reason = f"{known.proof} was made of the manuscript {digest}, and the notes beside it are"
        return f"{reason} of {min(others)}", "Take back the one or the other, from git say."
    return None


def head(one: Round) -> str:
    """Return a line on a round."""
    counts = ", ".join(f"{one.count(state)} {state}" for state in STATES)
    closed = "" if one.closed else "not closed yet; "
    lost = "" if one.proof.exists() else "; its proof is gone"
    notes = f"{len(one.notes)} note{'' if len(one.notes) == 1 else 's'}"
    return f"round {one.number}: {closed}{notes}, {counts}{lost}"


def told(one: Round, folder: Path) -> Iterator[str]:
    """Yield a line on a round, and one on each note that is open, or done and not to be found."""
    yield head(one)
    then = _texts(map_of_proof(one.proof))
    places = _places(one.notes, then, read_manuscript(folder).sources)
    for note, (place, sure) in zip(one.notes, places, strict=True):
        state, page = note["state"], f"page {note['label'] or note['page']}"
        if state == "done" and note["found"] is False:
            state = "done, and not in the manuscript"
        if state not in ("done", "declined"):
            where = place if sure else f"{page}, then {place}" if place else page
            kind = "" if _proposed(note) else f": {note['kind']}"
            yield f"{where}: {state}: {_said(note)}{kind}"


def _said(note: Kept) -> str:
    return f"“{note['words']}”" + (f": {said}" if (said := _proposed(note)) else "")


def _proposed(note: Kept) -> str:
    """Return what a reviewer wrote with a mark; empty for one that is but a mark."""
    return str(note["comment"] or note["replacement"] or "")


def _texts(proof: ProofMap | None) -> dict[str, str]:
    """Return the manuscript that a proof was made of; none of one that is gone or broken."""
    return dict(proof.sources) if proof else {}


def _places(
    kept: Sequence[Kept], then: Texts, sources: Mapping[str, SourceFile]
) -> list[tuple[str, bool]]:
    """Return where the words of each note stand by now; if that is not sure where they stood then.

    Of a note without a place that is nowhere.
    """
    places, made = Places(then, sources), list[tuple[str, bool]]()
    for one in kept:
        start, end = one["then"]
        is_there = 0 <= start <= end <= len(then.get(one["file"], ""))
        now = places.moved(one["file"], start, end) if is_there else None
        if now and now.sure:
            line, column = sources[now.file].line_column(now.start)
            made.append((f"{now.file}:{line}:{column}", True))
        else:
            stood = f"{one['file']}:{one['line']}:{one['column']}"
            made.append((stood if one["line"] else "", False))
    return made
