"""The ledger: what became of every character of the source.

In: the pieces of all files and what was left out. Out: JSON, a row for each line of the source. A
piece says which columns it has (1-based, the end not included), as what it was taken, and where it
stands now: file, line and columns there. `was` holds characters that were changed; `dropped` those
that were left out. Blanks between words are not told.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from publish.importing.markup import Piece
from publish.importing.model import Run

FORMAT = 1


def left_out(left: Iterable[tuple[str, Run]]) -> list[Piece]:
    """Return the pieces of what stands in no file."""
    return [
        Piece(run.line, run.start, run.stop, kind, was=run.text if run.was is None else run.was)
        for kind, run in left
        if (run.was or run.text).strip()
    ]


def ledger(name: str, language: str, lines: int, pieces: Iterable[Piece]) -> str:
    """Return the ledger as JSON; `lines` counts the lines of the source."""
    rows: defaultdict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        rows[piece.line].append(piece)
    head = {"format": FORMAT, "source": name, "language": language, "lines": lines}
    told = [
        json.dumps(_row(number, rows[number]), ensure_ascii=False, separators=(",", ":"))
        for number in sorted(rows)
    ]
    body = ",\n".join(told)
    return json.dumps(head, ensure_ascii=False)[:-1] + f', "rows": [\n{body}\n]}}\n'


def _row(number: int, pieces: list[Piece]) -> dict[str, Any]:
    told = [_piece(piece) for piece in sorted(pieces, key=lambda one: (one.start, one.stop))]
    return {"line": number, "pieces": told}


def _piece(piece: Piece) -> dict[str, Any]:
    told: dict[str, Any] = {"columns": [piece.start + 1, piece.stop + 1], "as": piece.kind}
    if piece.file:
        told |= {"file": piece.file, "at": [piece.row, piece.at + 1, piece.to + 1]}
    if piece.was is not None:
        told["was" if piece.file else "dropped"] = piece.was
    if piece.why:
        told["why"] = piece.why
    return told
