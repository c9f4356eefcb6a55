"""The list of contents of a raw text: a book makes its own.

In: a draft with its lines. Out: the draft without the entries whose words are a line of the text
elsewhere, and without the heading above them where all are such; they go to `left`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from publish.importing.model import Draft, Line, Note
from publish.importing.words import plain

LEAST = 2
"""A list of contents has so many entries at least."""
LONGEST = 200
"""No entry has more letters."""
_ENTRY = re.compile(
    r"(?P<name>.*[^\W_]\W*?)(?:\s*[.·…_]{3,}|\s[.·…\s]*)\s*(?:\d{1,4}|[ivxlc]{1,7})", re.IGNORECASE
)
_HEADS = frozenset({"inhoud", "inhoudsopgave", "contents", "inhalt", "inhaltsverzeichnis"}) | {
    "tableofcontents",
    "sommaire",
    "tabledesmatières",
}


def drop_contents(draft: Draft) -> Draft:
    """Take the list of contents out."""
    lines = draft.lines
    told = {at for at, line in enumerate(lines) if line.number in draft.answers.kinds}
    out: set[int] = set()
    for start, stop in _stretches(lines):
        entries = range(start, stop)
        elsewhere = _names(lines, set(entries))
        known = {at for at in entries if _name(lines[at]) in elsewhere} - told
        if len(known) < LEAST:
            continue
        whole = len(known) == len(entries)
        head = whole and start > 0 and plain(lines[start - 1].text) in _HEADS
        out |= known | ({start - 1} if head else set())
    out -= told
    if not out:
        return draft
    left = tuple(("contents", run) for at in sorted(out) for run in lines[at].runs)
    note = Note(lines[min(out)].number, "contents", "left out: the list of contents")
    return structs.replace(
        draft,
        lines=tuple(_without(lines, out)),
        left=(*draft.left, *left),
        notes=(*draft.notes, note),
    )


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where entries that follow one another start and stop."""
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and _name(lines[at]):
            continue
        if at - start >= LEAST:
            yield start, at
        start = at + 1


def _name(line: Line) -> str:
    """Return what an entry of the contents says, as plain letters; "" for other lines."""
    match = _ENTRY.fullmatch(line.text) if len(line.text) <= LONGEST else None
    return plain(match["name"]) if match else ""


def _names(lines: Sequence[Line], entries: set[int]) -> set[str]:
    """Return what lines that are no entries say, each alone and with the one below it."""
    rest = [line for at, line in enumerate(lines) if at not in entries]
    out = {plain(line.text) for line in rest}
    return out | {plain(a.text + b.text) for a, b in pairwise(rest)}


def _without(lines: Sequence[Line], out: set[int]) -> Iterator[Line]:
    """Yield the other lines, with the white that stood around those that are left out."""
    gap = 0
    for at, line in enumerate(lines):
        if at in out:
            gap += line.gap
            continue
        yield structs.replace(line, gap=line.gap + gap)
        gap = 0
