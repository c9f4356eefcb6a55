"""What became of a catalogue, as a table for a person and as plain values for a machine.

In: outcomes. Out: lines: those that are well in the catalogue's order, then those that failed, each
with a sum of its warnings and errors, and a line of sums. Values as JSON has them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from publish.catalogue.model import Outcome
from publish.ground.problems import on_a_line
from publish.report.telling import as_rows

_HEAD = ("title", "editions", "warnings", "errors", "seconds", "outcome")
_NUMBERS = ("warnings", "errors", "seconds")


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the lines of the table."""
    apart = sorted(outcomes, key=lambda one: one.word == "failed")
    rows = [_HEAD, *map(_row, apart)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if name in _NUMBERS else cell.ljust(width)
            for cell, width, name in zip(row, widths, _HEAD, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    at = next((n for n, one in enumerate(apart, 1) if one.word == "failed"), 0)
    if at > 1:
        lines.insert(at, "")
    return [*lines, "", summary(outcomes)]


def summary(outcomes: Iterable[Outcome]) -> str:
    """Return the sums of a catalogue in a line."""
    counts = Counter(one.word for one in outcomes)
    told = ", ".join(f"{counts[word]} {word}" for word in ("built", "kept", "failed"))
    return f"{counts.total()} {'title' if counts.total() == 1 else 'titles'}: {told}"


def _row(outcome: Outcome) -> tuple[str, ...]:
    counts = Counter(one.severity for one in outcome.problems)
    sums = [str(counts[severity]) for severity in ("warning", "error")]
    seconds = f"{outcome.seconds:.1f}" if outcome.seconds else "–"
    editions = ",".join(outcome.title.editions)
    return (on_a_line(outcome.title.name), editions, *sums, seconds, outcome.word)


def values(outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """Return what became of each title as plain values."""
    return [
        {
            "title": one.title.name,
            "outcome": one.word,
            "editions": one.title.editions,
            "seconds": round(one.seconds, 2),
            "files": {str(file): what for file, what in one.files.items()},
            "problems": as_rows(one.problems),
        }
        for one in outcomes
    ]
