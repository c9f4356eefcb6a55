"""Small things that are done with runs of text and their origins.

In: runs. Out: runs; the characters of the source stay accounted for in each of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from publish.importing.model import Run

BLANK = Run(" ")
"""A blank of the importer's own, between two lines for instance."""
JOINED = "joined by the extractor"
"""Why a line ends in a hyphen that the source has not: it was joined with the next one."""


def text_of(runs: Iterable[Run]) -> str:
    """Return the text of runs."""
    return "".join(run.text for run in runs)


def cut(runs: Sequence[Run], start: int, stop: int) -> tuple[Run, ...]:
    """Return the runs of the text from offset `start` to `stop`.

    A run whose text is not the source's goes where its first character goes; one without text goes
    with the character after it, at the very end with the one before it.
    """
    out: list[Run] = []
    at, length = 0, len(text_of(runs))
    for run in runs:
        end = at + len(run.text)
        if run.was is not None or not run.line:
            last = at == length == stop and start < stop
            if start <= at < stop or last:
                out.append(run)
        elif max(start, at) < min(stop, end):
            first, past = max(start, at) - at, min(stop, end) - at
            out.append(
                structs.replace(
                    run,
                    text=run.text[first:past],
                    start=run.start + first,
                    stop=run.start + past,
                )
            )
        at = end
    return tuple(out)


def rewritten(runs: Sequence[Run], text: str, why: str) -> tuple[Run, ...]:
    """Return runs that are written as `text`; where it is the same they stay as they are."""
    if text_of(runs) == text:
        return tuple(runs)
    first, rest = runs[0], runs[1:]
    return (
        structs.replace(first, text=text, was=source_of(first), why=why),
        *(structs.replace(run, text="", was=source_of(run), why=why) for run in rest),
    )


def source_of(run: Run) -> str:
    """Return the characters of the source that a run stands for."""
    return run.text if run.was is None else run.was


def capitalised(runs: Sequence[Run], why: str) -> tuple[Run, ...]:
    """Return runs whose first letter is a capital."""
    text = text_of(runs)
    if not text or not text[0].islower():
        return tuple(runs)
    size = 2 if text.startswith("ij") else 1
    first = next(run for run in runs if run.text)
    if first.was is not None:
        at = runs.index(first)
        great = structs.replace(first, text=first.text[:size].upper() + first.text[size:])
        return (*runs[:at], great, *runs[at + 1 :])
    head, tail = cut(runs, 0, size), cut(runs, size, len(text))
    return (*rewritten(head, text[:size].upper(), why), *tail)


def silent(runs: Iterable[Run], why: str) -> tuple[Run, ...]:
    """Return runs that have no text in the manuscript, which says in its own way what they do."""
    return tuple(
        structs.replace(run, text="", was=source_of(run), why=why, marks=()) for run in runs
    )


def noted(run: Run, name: str, why: str) -> Run:
    """Return the sign of a note as the name of the note that it calls for or begins."""
    return structs.replace(run, text="", was=source_of(run), why=why, note=name, marks=())


def called(runs: Iterable[Run]) -> Iterator[str]:
    """Yield the notes that a text calls for."""
    yield from (run.note for run in runs if run.note)
