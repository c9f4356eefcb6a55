"""Notes and what calls them: which of them a text calls for, and those that it cannot.

In: passages, their text as runs. Out: the notes by their names, the names that a text calls for,
and the passages with each note that no text calls for as a paragraph: none of them may be lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import structs

from publish.importing.model import Kind, Note, Passage, Run
from publish.importing.runs import called, source_of

SILENT: Mapping[Kind, str] = MappingProxyType(
    {
        "title": "a title",
        "subtitle": "a subtitle",
        "byline": "a byline",
        "cover": "a caption",
        "caption": "a caption",
    }
)
"""What can call no note, since it stands in several places or in none of the text."""


def notes_of(passages: Iterable[Passage]) -> Mapping[str, Sequence[Passage]]:
    """Return the paragraphs of each note."""
    notes: defaultdict[str, list[Passage]] = defaultdict(list)
    for one in passages:
        if one.kind == "note":
            notes[one.label].append(one)
    return notes


def called_on(runs: Iterable[Run], notes: Mapping[str, Sequence[Passage]]) -> list[str]:
    """Return the notes that a text calls for, and after them those that these call for."""
    names = list(dict.fromkeys(called(runs)))
    known = set(names)
    for name in names:
        inner = (other for one in notes.get(name, ()) for other in called(one.runs))
        fresh = [other for other in dict.fromkeys(inner) if other not in known]
        known.update(fresh)
        names += fresh
    return names


def settle_calls(passages: Sequence[Passage]) -> tuple[tuple[Passage, ...], tuple[Note, ...]]:
    """Return the passages with what can be called in its place, and what is told of the rest."""
    notes = notes_of(passages)
    text = (one for one in passages if one.kind != "note" and one.kind not in SILENT)
    names = set(called_on((run for one in text for run in one.runs), notes))
    free: set[str] = set()
    for name in notes:
        if name not in names:
            free.add(name)
            names.update(called_on((run for one in notes[name] for run in one.runs), notes))
    told = tuple(_told(passages, free))
    return tuple(_settled(one, free) for one in passages), told


def _settled(passage: Passage, free: set[str]) -> Passage:
    """Return a passage without calls where there can be none, a note as a paragraph if it is free.

    Such a paragraph begins with the sign of the note.
    """
    if passage.kind in SILENT:
        runs = tuple(structs.replace(run, note="") if run.note else run for run in passage.runs)
        return structs.replace(passage, runs=runs)
    if passage.kind != "note" or passage.label not in free:
        return passage
    runs = tuple(
        structs.replace(run, text=source_of(run), was=None, why="", note="")
        if run.note == passage.label
        else run
        for run in passage.runs
    )
    return structs.replace(passage, kind="body", runs=runs, label="")


def _told(passages: Iterable[Passage], free: set[str]) -> Iterator[Note]:
    for one in passages:
        for name in dict.fromkeys(called(one.runs)) if one.kind in SILENT else ():
            place = "it is a paragraph now" if name in free else "this call is left out"
            message = f"{SILENT[one.kind]} can call no note, and this calls note {name}: {place}"
            yield Note(one.lines[0].number, "call", message)
