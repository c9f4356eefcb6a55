"""Words marked with what is no language tag → the same words without that mark.

In: the lines of a source that says in which language its words are. Out: the lines, and a note on
each such tag where it is met first. A word processor writes “x-none” for words of no language.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from publish.importing.model import Line, Note, Run
from publish.settings.values import TAG

SHOWN = 6
"""Words that are shown of those with such a tag."""


def untag(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Note, ...]]:
    """Take the marks off that name no language; a tag that comes again is told once."""
    told: dict[str, Note] = {}
    out = []
    for line in lines:
        for run in line.runs:
            for tag in _wrong(run):
                words = " ".join(run.text.split()[:SHOWN])
                said = f"“{tag}” is no language tag; “{words}” is marked with none here"
                told.setdefault(tag, Note(line.number, "language", said))
        runs = tuple(_without(run) for run in line.runs)
        out.append(line if runs == line.runs else structs.replace(line, runs=runs))
    return tuple(out), tuple(told.values())


def is_tag(tag: str) -> bool:
    """Tell whether this is a language tag as a manuscript may have it (BCP 47)."""
    return TAG.fullmatch(tag) is not None


def _wrong(run: Run) -> list[str]:
    return [one.value for one in run.marks if one.kind == "language" and not is_tag(one.value)]


def _without(run: Run) -> Run:
    wrong = _wrong(run)
    if not wrong:
        return run
    marks = tuple(one for one in run.marks if one.kind != "language" or one.value not in wrong)
    return structs.replace(run, marks=marks)
