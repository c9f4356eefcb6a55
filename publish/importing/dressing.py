"""Runs with marks → the signs of the dialect around each of them.

In: the runs of a passage, some with `Mark`s. Out: the same runs, each with what is written before
and after it. A mark never begins or ends at a blank, nor where CommonMark (0.31, 6.2) would not see
it: there the sign beside it is left outside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import structs

from publish.importing.model import Mark, Run

Dressed = tuple[str, Run, str, str]
"""What is written before a run, the run, its sign where it is no text, what is written after."""

_SIGNS = {"strong": "**", "emphasis": "*"}
_SIDE = 24
"""So many runs on either side of an edge are looked at."""
_BRACKETED = {"link": "]({})", "language": "]{{lang={}}}", "smallcaps": "]{{.smallcaps}}"}
_ORDER = ("link", "language", "strong", "emphasis", "smallcaps", "break")
_STRETCHED = ("link", "language", "strong", "emphasis", "smallcaps")


def dressed(runs: Sequence[Run]) -> Iterator[Dressed]:
    """Yield each run with the signs around it."""
    parts = _whole(_trimmed(_bridged(_letters(runs))))
    open_: tuple[Mark, ...] = ()
    waiting: Dressed | None = None
    for run in parts:
        marks = run.marks if not _alone(run) else open_
        shared = _shared(open_, marks)
        closing = "".join(_close(mark) for mark in reversed(open_[shared:]))
        opening = "".join(_open(mark) for mark in marks[shared:])
        if waiting:
            yield *waiting[:3], waiting[3] + closing
        waiting = (opening, run, _sign(run), "")
        open_ = marks
    if waiting:
        yield *waiting[:3], waiting[3] + "".join(_close(one) for one in reversed(open_))


def _alone(run: Run) -> bool:
    return bool(run.note) or Mark("break") in run.marks


def _sign(run: Run) -> str:
    """Return what a run is written as that has no text of its own."""
    if run.note:
        return f"[^{run.note}]"
    return "\\\n" if Mark("break") in run.marks else ""


def _shared(a: Sequence[Mark], b: Sequence[Mark]) -> int:
    """Return how many marks two runs have in common from the outside."""
    count = 0
    while count < min(len(a), len(b)) and a[count] == b[count]:
        count += 1
    return count


def _open(mark: Mark) -> str:
    return _SIGNS.get(mark.kind, "[")


def _close(mark: Mark) -> str:
    if mark.kind in _SIGNS:
        return _SIGNS[mark.kind]
    return _BRACKETED[mark.kind].format(mark.value)


def _letters(runs: Sequence[Run]) -> Iterator[Run]:
    """Yield runs of one kind of character each where they are marked: blanks, signs, or letters."""
    for run in runs:
        if not run.marks or run.was is not None or not run.line or _alone(run):
            yield run
            continue
        at = 0
        for _, group in groupby(run.text, _class):
            size = len(list(group))
            yield structs.replace(
                run,
                text=run.text[at : at + size],
                start=run.start + at,
                stop=run.start + at + size,
            )
            at += size


def _whole(runs: Sequence[Run]) -> list[Run]:
    """Put runs together again that stand side by side in the source and are marked alike."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if (
            last
            and last.line
            and last.was is None
            and run.was is None
            and ((last.line, last.stop, last.marks) == (run.line, run.start, run.marks))
        ):
            out[-1] = structs.replace(last, text=last.text + run.text, stop=run.stop)
        else:
            out.append(run)
    return out


def _class(char: str) -> str:
    if char.isspace():
        return "blank"
    return "sign" if unicodedata.category(char)[0] in "PS" else "letter"


def _bridged(runs: Iterator[Run]) -> list[Run]:
    """Give a blank of the importer's own, or what has no text, the marks of what is around it."""
    out = list(runs)
    for at, run in enumerate(out):
        if run.marks or run.text.strip() or not 0 < at < len(out) - 1:
            continue
        before, after = out[at - 1].marks, out[at + 1].marks
        out[at] = structs.replace(run, marks=before[: _shared(before, after)])
    return out


def _trimmed(runs: list[Run]) -> list[Run]:
    """Take the marks off blanks at their edges, and off signs that would hide the edge."""
    out = list(runs)
    for kind in _STRETCHED:
        at = 0
        while at < len(out):
            if not _has(out[at], kind):
                at += 1
                continue
            stop = at
            while stop < len(out) and _mark(out[stop], kind) == _mark(out[at], kind):
                stop += 1
            _trim(out, at, stop, kind)
            at = stop
    return out


def _trim(out: list[Run], start: int, stop: int, kind: str) -> None:
    """Take a mark off the edges of one stretch."""
    last = stop
    while start < stop and _hides(out, start, start - 1, kind):
        out[start] = _without(out[start], kind)
        start += 1
    while start < stop and _hides(out, stop - 1, stop, kind):
        stop -= 1
        out[stop] = _without(out[stop], kind)
    if stop == last and kind in _SIGNS and _run_together(out, stop):
        for at in range(start, stop):
            out[at] = _without(out[at], kind)


def _hides(out: Sequence[Run], edge: int, beyond: int, kind: str) -> bool:
    """Tell whether a mark cannot begin or end at a run, beside the one beyond."""
    text = out[edge].text
    if not text.strip():
        return True
    outside = out[beyond] if 0 <= beyond < len(out) else None
    # Where a bracket stands at the edge, no letter does.
    bare = outside is None or _bracketed(out[edge]) <= _bracketed(outside)
    if kind not in _SIGNS or (bare and _class(text[0]) == "letter"):
        return False
    return outside is not None and bool(outside.text) and _class(outside.text[-1]) == "letter"


def _run_together(out: Sequence[Run], at: int) -> bool:
    """Tell whether the signs of two stretches, the second beginning here, would not be told apart.

    Between letters they are: `**a***b*` is strong, then emphasis. Of three stretches side by side
    and more they are not, where one is both.
    """
    if at >= len(out) or not _starred(out[at]):
        return False
    if _bracketed(out[at - 1]) != _bracketed(out[at]):
        # A bracket stands there, and no letter.
        return True
    first, last = at - 1, at
    while first > max(at - _SIDE, 0) and _starred(out[first - 1]):
        first -= 1
    while last + 1 < min(at + _SIDE, len(out)) and _starred(out[last + 1]):
        last += 1
    letters = all(_class(char) == "letter" for char in (out[at - 1].text[-1:], out[at].text[:1]))
    side = [kinds for kinds, _ in groupby(out[first : last + 1], _starred)]
    return not letters or (len(side) > 2 and any(len(kinds) > 1 for kinds in side))


def _bracketed(run: Run) -> frozenset[Mark]:
    """Return the marks of a run that are written with brackets."""
    return frozenset(mark for mark in run.marks if mark.kind in _BRACKETED)


def _starred(run: Run) -> tuple[str, ...]:
    """Return the marks of a run that are written with stars."""
    return tuple(mark.kind for mark in run.marks if mark.kind in _SIGNS)


def _has(run: Run, kind: str) -> bool:
    return _mark(run, kind) is not None


def _mark(run: Run, kind: str) -> Mark | None:
    return next((mark for mark in run.marks if mark.kind == kind), None)


def _without(run: Run, kind: str) -> Run:
    return structs.replace(run, marks=tuple(one for one in run.marks if one.kind != kind))


def marked_as(run: Run, mark: Mark) -> Run:
    """Return a run with one more mark, in the order in which marks are written."""
    marks = sorted({*run.marks, mark}, key=lambda one: (_ORDER.index(one.kind), one.value))
    return structs.replace(run, marks=tuple(marks))
