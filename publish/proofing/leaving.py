"""Which proposals of reviewers are plain, and why the others are left to a person.

In: a queue of notes and the manuscript they are placed in. Out: the reasons by number. Plain is
what stands in one run of text: a strike-out, an insertion, a replacement, on words that the
manuscript has as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from publish.ground.source import SourceFile
from publish.proofing.collating import DROPPED
from publish.proofing.queue import Note
from publish.proofing.signs import bare, may_mean_more

_PROPOSING = ("strikeout", "insert", "replace")
_NEW_PARAGRAPH = re.compile(r"\n\s*\n")


def left(notes: Sequence[Note], sources: Mapping[str, SourceFile]) -> dict[int, str]:
    """Return by number which proposals are left to a person as they stand, and why."""
    found = {}
    for number, note in enumerate(notes, 1):
        if note.kind in _PROPOSING and (reason := _reason(note, sources)):
            found[number] = reason
    return found


def _reason(note: Note, sources: Mapping[str, SourceFile]) -> str:
    """Return why a proposal is left to a person; empty where it is plain."""
    if note.replacement is None:
        return "the strike-out carries words: they may say what is to stand there, or why it goes"
    if note.done:
        return "the manuscript has it by now"
    if note.start < 0:
        return "it stands on nothing of the manuscript"
    if not note.sure:
        return "the manuscript has changed here since the proof"
    if not note.agrees:
        return "other words are printed there than the manuscript has by now"
    if dropped := note.states & DROPPED:
        return f"it was {' and '.join(sorted(dropped)).lower()}"
    if "Completed" in note.states:
        return "it is done already"
    if note.what == "picture":
        return "it stands on a picture"
    if note.what == "call":
        return "it stands on the call of a note, of which the note itself is to be thought of too"
    if note.what == "filled":
        return "its words are filled in for a reference: they are to be changed where they stand"
    if note.against:
        numbers = ", ".join(map(str, note.against))
        return f"another mark wants something else here: note {numbers}"
    if any(note.halved):
        return "of a word that two pages share the half is marked, and the other half is not"
    if note.gapped:
        return "words between those that are marked are not, or others are marked elsewhere"
    if note.kind != "insert":
        written = sources[note.file].text[note.start : note.end]
        if bare(written) != bare(note.words):
            return "there is markup among these words"
        if note.numbered:
            return "the call of a note, or another number that is set, is marked with these words"
        if _NEW_PARAGRAPH.search(written):
            return "it goes over more than one paragraph"
    if note.file.endswith(".toml") and may_mean_more(note.replacement or ""):
        # Captions are Markdown, titles and credits are not.
        return "it has signs that may mean more in a .toml file"
    if "\n" in (note.replacement or ""):
        return "it proposes more than one paragraph"
    return ""
