"""Where on the pages an edit stands, and what of a file was edited.

In: the rows of a scene, and texts of a file. Out: a `Place`, or an offset.
"""

from __future__ import annotations

from collections.abc import Mapping

from publish.watching.model import Place, Row, Rows


def rows_of(known: Mapping[str, str]) -> Rows:
    """Read the rows that `line_spots.kept` has written."""
    return {file: tuple(_row(line) for line in text.splitlines()) for file, text in known.items()}


def _row(line: str) -> Row:
    first, last, page, left, top, right, bottom, *_ = map(float, line.split())
    return int(first), int(last), int(page), left, top, right, bottom


def place_of(rows: Rows, file: str, offset: int) -> Place | None:
    """Return the line that shows an offset of a file, or the next thing after it, or the last."""
    own = rows.get(file, ())
    row = next((one for one in own if one[1] >= offset), own[-1] if own else None)
    return Place(row[2] - 1, *row[3:]) if row else None


def edited(before: str, after: str) -> int:
    """Return the offset in a text of the first character that was edited."""
    pairs = enumerate(zip(before, after, strict=False))
    same = min(len(before), len(after))
    return next((at for at, (one, other) in pairs if one != other), same)
