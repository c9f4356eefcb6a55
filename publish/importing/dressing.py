"""Runs with marks → the signs of the dialect around each of them.

In: the runs of a passage, some with `Mark`s. Out: the same runs, each with what is written before
and after it. A mark never begins or ends at a blank, nor where CommonMark (0.31, 6.2) would not see
it: there the sign beside it is left outside.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from msgspec import Struct, structs

from publish.importing.model import Mark, Run

Dressed = tuple[str, Run, str, str]
"""What is written before a run, the run, its sign where it is no text, what is written after."""

_SIGNS = {"strong": "**", "emphasis": "*"}
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
        stars = _Stars(out)
        at = 0
        while at < len(out):
            if not _has(out[at], kind):
                at += 1
                continue
            stop = at
            while stop < len(out) and _mark(out[stop], kind) == _mark(out[at], kind):
                stop += 1
            _trim(out, at, stop, kind, stars)
            at = stop
    return out


def _trim(out: list[Run], start: int, stop: int, kind: str, stars: _Stars) -> None:
    """Take a mark off the edges of one stretch."""
    last = stop
    while start < stop and _hides(out, start, start - 1, kind):
        out[start] = _without(out[start], kind)
        start += 1
    while start < stop and _hides(out, stop - 1, stop, kind):
        stop -= 1
        out[stop] = _without(out[stop], kind)
    if stop == last and kind in _SIGNS and _run_together(out, stop, stars):
        for at in range(start, stop):
            out[at] = _without(out[at], kind)
        stars.forget(start)


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


def _run_together(out: Sequence[Run], at: int, stars: _Stars) -> bool:
    """Tell whether the signs of two stretches, the second beginning here, would not be told apart.

    Between letters they are: `**a***b*` is strong, then emphasis. Of three stretches side by side
    and more they are not, where one is both.
    """
    if at >= len(out) or not _starred(out[at]):
        return False
    if _bracketed(out[at - 1]) != _bracketed(out[at]):
        # A bracket stands there, and no letter.
        return True
    letters = all(_class(char) == "letter" for char in (out[at - 1].text[-1:], out[at].text[:1]))
    count, both = stars.around(at)
    return not letters or (count > 2 and both)


class _Side(Struct, frozen=True):
    """How many stretches with stars stand side by side up to a run, of which one may be both."""

    kinds: tuple[str, ...] = ()
    count: int = 0
    both: bool = False


_NONE = _Side()


class _Stars:
    """Counts the stretches with stars around an edge, as marks are taken off.

    That is done from the first run to the last: those before an edge are counted anew where they
    changed, those after it once, so that any number of them may stand side by side.
    """

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self._before: list[_Side] = []
        self._after = list(_counted(reversed(runs)))[::-1]

    def around(self, at: int) -> tuple[int, bool]:
        """Return how many stand around an edge, and whether one is both strong and emphasis."""
        last = self._before[-1] if self._before else _NONE
        self._before += _counted(self._runs[len(self._before) : at], last)
        before, after = self._before[at - 1], self._after[at]
        return before.count + after.count, before.both or after.both

    def forget(self, start: int) -> None:
        """Count anew what stands from this run on."""
        del self._before[start:]


def _counted(runs: Iterable[Run], last: _Side = _NONE) -> Iterator[_Side]:
    """Yield for each run what stands side by side up to it; `last` is what stands before them."""
    for run in runs:
        kinds = _starred(run)
        if not kinds:
            last = _NONE
        elif kinds != last.kinds:
            last = _Side(kinds, last.count + 1, last.both or len(kinds) > 1)
        yield last


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
