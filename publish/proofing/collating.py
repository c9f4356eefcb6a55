"""The notes of all reviewers collated: one queue, in the order of the manuscript.

In: `Note`s of one PDF or of several. Out: the same, each once. An annotation that came back in two
PDFs is one note, now or in another closing of a round, and so are the marks of one reviewer on both
halves of a word that two pages share; notes that want different things for the same words name each
other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from publish.proofing.annotations import are_near
from publish.proofing.queue import Note

DROPPED = frozenset(("Rejected", "Cancelled"))
"""The states of a mark that nobody is to do."""
_PROPOSING = frozenset(("strikeout", "replace"))


def queued(notes: Iterable[Note]) -> list[Note]:
    """Return notes in the order of the manuscript, those without a place last."""
    return contradicted(sorted(_whole(_once(notes)), key=order))


def order(note: Note) -> tuple[object, ...]:
    """Return what notes are put in order by: their place in the manuscript."""
    file = note.file if note.start >= 0 else "\uffff"
    return file, note.start, note.end, note.page, note.marked, note.author


def _once(notes: Iterable[Note]) -> list[Note]:
    """Return notes, an annotation that is in several PDFs once, with the names of all of them.

    One without a name or a date is known by nothing: it may be another reviewer's.
    """
    made: list[tuple[Note, set[int]]] = []
    known: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for note in notes:
        alike = known[said(note)] if note.name or note.created else []
        same = (at for at in alike if note.pdf not in made[at][1])
        at = next((at for at in same if is_copy(note, made[at][0])), None)
        if at is None:
            known[said(note)].append(len(made))
            made.append((note, {note.pdf}))
        else:
            one, files = made[at]
            made[at] = united(one, note), {*files, note.pdf}
    return [note for note, _ in made]


def said(note: Note) -> tuple[Any, ...]:
    """Return what is alike in all copies of an annotation: who says what, and how."""
    return note.author, note.kind, note.comment, note.replacement


def is_copy(note: Note, one: Note) -> bool:
    """Tell whether two notes that say the same are of one annotation.

    It is known by its name, or where a program gives none by when it was made, and by its place.
    """
    called = note.name == one.name if note.name and one.name else note.created == one.created
    stands = (note.file, note.start, note.end) == (one.file, one.start, one.end)
    there = note.page == one.page or (note.placed and stands)
    return called and there and are_near(note.rect, one.rect)


def united(one: Note, other: Note) -> Note:
    """Return a note with the files, the answers and the states of another too."""
    return replace(
        one, replies=tuple(dict.fromkeys((*one.replies, *other.replies))),
        marked=_listed(one.marked, other.marked), state=_listed(one.state, other.state),
    )  # fmt: skip


def _listed(*lists: str) -> str:
    """Return what several lists name, each once."""
    return ", ".join(dict.fromkeys(part for each in lists if each for part in each.split(", ")))


def _whole(notes: Sequence[Note]) -> Iterator[Note]:
    """Yield notes, those of one reviewer on the halves of a word as one, on the first page.

    Between these pages may be a plate; and a mark over three of them has two such words.
    """
    ordered = sorted(notes, key=lambda one: one.page)
    ends: dict[tuple[Any, ...], list[Note]] = defaultdict(list)
    for note in ordered:
        if note.halved[0]:
            ends[note.author, note.pdf, note.was].append(note)
    used: set[int] = set()
    for note in ordered:
        if id(note) in used:
            continue
        for other in ends[note.author, note.pdf, note.was]:
            fits = id(other) not in used and note.halved[1] and note.page < other.page
            if fits and (whole := _joined(note, other)):
                used.add(id(other))
                note = whole
        yield note


def _joined(one: Note, other: Note) -> Note | None:
    """Return two marks as one; None where they are not of one word, or do not say the same."""
    touch = one.then[0] <= other.then[0] <= one.then[1] <= other.then[1]
    kinds = {one.kind, other.kind}
    comments = {each.comment for each in (one, other) if each.comment}
    proposed = {each.replacement for each in (one, other) if each.replacement}
    if not touch or len(comments) > 1 or len(proposed) > 1 or one.file != other.file:
        return None
    if len(kinds) > 1 and not kinds <= _PROPOSING:
        return None
    weighed = not proposed and None in (one.replacement, other.replacement)
    return replace(
        united(one, other), kind="replace" if len(kinds) > 1 else one.kind,
        comment="".join(comments), replacement=None if weighed else "".join(proposed),
        words=_words(one.words, other.words, one.then[1] - other.then[0]),
        end=other.end, end_line=other.end_line, end_column=other.end_column,
        then=(one.then[0], other.then[1]), halved=(one.halved[0], other.halved[1]),
        placed=one.placed and other.placed, sure=one.sure and other.sure,
        agrees=one.agrees and other.agrees, numbered=one.numbered or other.numbered,
        gapped=one.gapped or other.gapped, done=one.done and other.done,
    )  # fmt: skip


def _words(one: str, other: str, shared: int) -> str:
    """Return the words of two stretches that have so many characters in common."""
    sizes = range(min(len(one), len(other), shared), 0, -1)
    size = next((size for size in sizes if one.endswith(other[:size])), 0)
    return one + other[size:]


def contradicted(notes: Sequence[Note]) -> list[Note]:
    """Return notes; those that propose something name the others that want something else there."""
    against: dict[int, set[int]] = defaultdict(set)
    proposing = [(at, one) for at, one in enumerate(notes) if one.placed and _proposes(one)]
    near: list[tuple[int, Note]] = []
    for at, note in sorted(proposing, key=lambda pair: (pair[1].file, pair[1].start)):
        near = [pair for pair in near if pair[1].file == note.file and pair[1].end >= note.start]
        for number, other in near:
            if _differ(note, other):
                if not other.states & DROPPED:
                    against[at].add(number + 1)
                if not note.states & DROPPED:
                    against[number].add(at + 1)
        near.append((at, note))
    return [
        replace(note, against=tuple(sorted(against[at]))) if _proposes(note) else note
        for at, note in enumerate(notes)
    ]


def _proposes(note: Note) -> bool:
    return note.replacement is not None


def _differ(note: Note, other: Note) -> bool:
    """Tell whether two notes of a file want different things for the same words."""
    ends = (other.start, other.end) == (note.start, note.end)
    if note.replacement == other.replacement and (ends or _are_halves(note, other)):
        return False
    # What is put in at the edge of words that go depends on whether these go.
    point = "insert" in (note.kind, other.kind)
    return ends or (other.start < note.end + point and note.start < other.end + point)


def _are_halves(note: Note, other: Note) -> bool:
    """Tell whether two marks have no more in common than a word of which each has a half."""
    first, last = sorted((note, other), key=lambda one: one.then)
    return first.halved[1] and last.halved[0]
