"""What a paragraph of a word processor's file shows → a line of text.

In: what was read of the paragraph, and its facts. Out: the `Line`, its characters mended as those
of a raw text are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set

from msgspec import structs

from publish.importing.docx.inlines import Written
from publish.importing.lines import closed_up, mended
from publish.importing.model import Facts, Kind, Line, Mark, Note, Run

_FLAT = frozenset[Kind](("title", "subtitle", "byline", "caption", "heading", "table", "cell"))
"""What is one line in a manuscript: a line break in it is a blank."""


def line_of(written: Written, number: int, facts: Facts, before: Sequence[Run] = ()) -> Line:
    """Return the line with this number, the runs `before` at its head."""
    flat = facts.kind in _FLAT
    inner = (_flat(run) if flat else run for run in _mended(written))
    runs = (*before, *closed_up(inner))
    return Line(number, runs, "".join(run.text for run in runs), facts=facts)


def unmarked(written: Written, mark: str) -> None:
    """Leave out the mark that a note begins with, which stands at its call too."""
    after = written.words.removeprefix(mark)
    if not mark or after == written.words or after[:1] == mark[-1] or (mark + after[:1]).isalnum():
        return
    rest = len(mark)
    for at, run in enumerate(written.runs):
        took = len(run.text) - len(run.text.lstrip()) if rest == len(mark) else 0
        stop = took + min(rest, len(run.text) - took)
        if not rest or run.was is not None:
            break
        cut = run.start + stop
        written.left.append(
            ("mark", structs.replace(run, text=run.text[:stop], stop=cut, marks=()))
        )
        written.runs[at] = structs.replace(run, text=run.text[stop:], start=cut)
        rest -= stop - took
        written.stretches = [one for one in written.stretches if one.start >= cut]


def silent(mute: Mapping[str, Set[str]]) -> set[str]:
    """Return those notes without words that call no other note which says something.

    Each comes with the notes that it calls.
    """
    waits = {number: len(calls) for number, calls in mute.items()}
    callers: defaultdict[str, list[str]] = defaultdict(list)
    for number, calls in mute.items():
        for call in calls:
            callers[call].append(number)
    found = [number for number, count in waits.items() if not count]
    for number in found:
        for caller in callers[number]:
            waits[caller] -= 1
            if not waits[caller]:
                found.append(caller)
    return set(found)


def uncalled(lines: Iterable[Line], mute: Container[str], told: list[Note]) -> Iterator[Line]:
    """Yield the lines without the notes that say nothing, and without their calls.

    What is left out is told where it is called.
    """
    for line in lines:
        facts = line.facts
        if facts and facts.kind == "note" and facts.label in mute:
            continue
        gone = [run.note for run in line.runs if run.note in mute]
        if not gone:
            yield line
            continue
        told += [
            Note(max(line.number, 1), "hidden", f"note {one} shows no words; its call is left out")
            for one in gone
        ]
        runs = tuple(run for run in line.runs if run.note not in mute)
        if runs or (facts and facts.kind == "cell"):
            yield structs.replace(line, runs=runs)


def _mended(written: Written) -> Iterator[Run]:
    """Yield the runs of a paragraph, their characters mended as those of a raw text are."""
    shown = [run for run in written.runs if run.text.strip()]
    first = shown[0].stop - len(shown[0].text.lstrip()) if shown else len(written.text)
    last = shown[-1].start + len(shown[-1].text.rstrip()) if shown else 0
    for run in written.runs:
        # Blanks and line breaks at the edges of a paragraph are nothing.
        if run.line and (run.stop <= first or run.start >= last):
            continue
        if run.was is not None or not run.line:
            yield run
            continue
        start, stop = max(run.start, first), min(run.stop, last)
        inner = written.text[start:stop] if start < stop else ""
        for part in mended(inner, run.line, start, ended=False):
            yield structs.replace(part, marks=run.marks)


def _flat(run: Run) -> Run:
    """Return a run whose line break, if it is one, is the blank that stands for it."""
    if Mark("break") not in run.marks:
        return run
    marks = tuple(mark for mark in run.marks if mark.kind != "break")
    return structs.replace(run, text=" ", was=None, why="", marks=marks)
