"""Notes told: for an editor's list of places, a table, a page for a person, a machine.

In: notes in their order, and by number why a proposal among them is left to a person (`left`).
Out: text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from publish.proofing.queue import Note

FIELDS = (
    "file line column end_line end_column words kind comment replacement author created page rect"
    " placed"
).split()
"""What is told of a note to a machine, in the order of the columns."""
_MORE = ("label", "marked", "state", "replies", "against", "what", "entry", "side")
WHY = "why_left"
"""Why `--apply` leaves a proposal to a person: the last column; empty for what it makes."""
Left = Mapping[int, str]
_NONE: Left = MappingProxyType({})
_SAID = {
    "highlight": "mark",
    "underline": "underlined",
    "squiggly": "doubted",
    "strikeout": "strike out",
    "insert": "insert",
    "replace": "replace",
    "note": "note",
    "text": "note",
    "drawing": "drawn at",
}


def proposal(note: Note) -> str:
    """Return in words what a note wants, as in `replace “oud” by “nieuw”`."""
    words = f"“{note.words}”"
    if note.what == "picture":
        words = f"the picture {note.words}"
    elif note.what == "call":
        words = f"the call {words} of a note"
    said = f"{_SAID[note.kind]} {words}" if note.words else _SAID[note.kind]
    if note.kind == "insert":
        said = f"insert “{note.replacement}” at the bar in “{note.side or note.words}”"
    elif note.kind == "replace":
        said += f" by “{note.replacement}”"
    return said


def as_text(notes: Sequence[Note], left: Left = _NONE) -> str:
    """Return a line for each note, `file:line:column: note …`, with what belongs to it below."""
    lines: list[str] = []
    for number, note in enumerate(notes, 1):
        place = f"{note.file}:{note.line}:{note.column}: " if note.line else ""
        lines.append(f"{place}note {number}: {proposal(note)}")
        where = f"page {note.label or note.page} of {note.marked}"
        if not (note.placed or note.done):
            sides = " ".join(f"{side:.0f}" for side in note.rect)
            gone = f"{note.file} is not in the manuscript" if note.file else "no words of it"
            if note.words and not note.file:
                gone = "what is printed there is not in the manuscript"
            why = "the text has changed here" if note.line else gone
            lines.append(f"    not placed, {why}: {where}, at {sides} pt")
        if note.entry:
            lines.append(f"    its entry: {note.entry}")
        if number in left:
            lines.append(f"    left to you: {left[number]}")
        by = " ".join(part for part in (note.author, note.created[:16].replace("T", " ")) if part)
        lines += [f"    {part}" for part in note.comment.splitlines()]
        lines += [f"    ↳ {part}" for reply in note.replies for part in reply.splitlines()]
        if note.against and number not in left:
            numbers = ", ".join(map(str, note.against))
            lines.append(f"    another mark wants something else here: note {numbers}")
        state = f" ({note.state.lower()})" if note.state else ""
        lines.append(f"    {by or 'nobody named'}{state}, {where}")
    return "\n".join(lines)


def as_values(note: Note) -> dict[str, object]:
    """Return a note as plain values."""
    return {name: getattr(note, name) for name in (*FIELDS, *_MORE)}


def as_json(notes: Sequence[Note], left: Left = _NONE) -> str:
    """Return a list of objects, one for each note."""
    rows = [as_values(one) | {WHY: left.get(at, "")} for at, one in enumerate(notes, 1)]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_csv(notes: Sequence[Note], left: Left = _NONE) -> str:
    """Return a table with a head, a row for each note (RFC 4180)."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow((*FIELDS, *_MORE, WHY))
    for number, note in enumerate(notes, 1):
        values = as_values(note)
        values["rect"] = " ".join(f"{side:.2f}" for side in note.rect)
        values["replies"] = "\n".join(note.replies)
        values["against"] = " ".join(map(str, note.against))
        values[WHY] = left.get(number, "")
        table.writerow("" if value is None else value for value in values.values())
    return out.getvalue()


def as_html(notes: Sequence[Note], title: str, folder: Path, left: Left = _NONE) -> str:
    """Return a page for a person, whole in one file; its links lead to the manuscript's folder."""
    from publish.ground.templating import templates

    template = templates("notes").get_template("notes.html.j2")
    return template.render(notes=notes, title=title, left=left, uri=folder.resolve().as_uri(),
                           proposal=proposal)  # fmt: skip
