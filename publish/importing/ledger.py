"""The ledger: what became of every character of the source.

In: the text, the pieces of all files and what was left out. Out: JSON, a row for each line of the
source. A piece says which columns it has (1-based, the end not included), as what it was taken, and
where it stands now: file, line and columns there. `was` holds characters that were changed;
`dropped` those that were left out. Between the pieces are blanks; those that are no plain ones are
in `blanks` with their columns, `length` is that of a line that ends in some, and `ends` tells how
lines end. So the source can be had back from manuscript and ledger, character for character.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from publish.importing.lines import LINE_END
from publish.importing.markup import Piece
from publish.importing.model import Run

FORMAT = 2


def left_out(left: Iterable[tuple[str, Run]]) -> list[Piece]:
    """Return the pieces of what stands in no file."""
    return [
        Piece(run.line, run.start, run.stop, kind, was=run.text if run.was is None else run.was)
        for kind, run in left
        if (run.was or run.text).strip()
    ]


def ledger(name: str, language: str, text: str, pieces: Iterable[Piece]) -> str:
    """Return the ledger of a source's text as JSON."""
    told: defaultdict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        told[piece.line].append(piece)
    lines = LINE_END.split(text)
    head = {
        "format": FORMAT,
        "source": name,
        "language": language,
        "lines": len(lines),
        "ends": _ends(text),
    }
    rows = [
        json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        for number, line in enumerate(lines, 1)
        if len(row := _row(number, line, told[number])) > 1
    ]
    body = ",\n".join(rows)
    return json.dumps(head, ensure_ascii=False)[:-1] + f', "rows": [\n{body}\n]}}\n'


def _ends(text: str) -> list[tuple[int, str]]:
    """Return the kinds of line end, each with the first of the lines in a row that end so."""
    out: list[tuple[int, str]] = []
    for number, match in enumerate(LINE_END.finditer(text), 1):
        if not out or out[-1][1] != match[0]:
            out.append((number, match[0]))
    return out


def _row(number: int, line: str, pieces: list[Piece]) -> dict[str, Any]:
    """Return what there is to tell of a line: its pieces, and what stands around them."""
    row: dict[str, Any] = {"line": number}
    ordered = list(_once(sorted(pieces, key=lambda one: (one.start, one.stop))))
    if ordered:
        row["pieces"] = [_piece(piece) for piece in ordered]
    at = 0
    blanks: list[tuple[int, str]] = []
    for start, stop in [*((one.start, one.stop) for one in ordered), (len(line), len(line))]:
        blanks += [(at + k + 1, char) for k, char in enumerate(line[at:start]) if char != " "]
        at = max(at, stop)
    if blanks:
        row["blanks"] = blanks
    if len(line) > (ordered[-1].stop if ordered else 0):
        row["length"] = len(line)
    return row


def _once(ordered: Iterable[Piece]) -> Iterator[Piece]:
    """Yield each piece where it stands first: a note stands in every chapter that calls it."""
    at = 0
    for piece in ordered:
        if piece.start >= at:
            yield piece
            at = piece.stop


def _piece(piece: Piece) -> dict[str, Any]:
    told: dict[str, Any] = {"columns": [piece.start + 1, piece.stop + 1], "as": piece.kind}
    if piece.file:
        told |= {"file": piece.file, "at": [piece.row, piece.at + 1, piece.to + 1]}
    if piece.was is not None:
        told["was" if piece.file else "dropped"] = piece.was
    if piece.why:
        told["why"] = piece.why
    return told
