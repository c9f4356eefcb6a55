"""The editor's desk: an import to be read beside its source, with all that was decided.

In: the text, the files made of it, the pieces of the ledger, the notes. Out: `import-report.html`,
whole in one file: what the importer was unsure of first, each with the line of `answers.toml` that
would decide it; then all that was changed, by reason; then every line of the source, and beside it
what became of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from publish.ground.templating import templates
from publish.importing.answers import BETWEEN
from publish.importing.lines import BARRED, LINE_END
from publish.importing.markup import Piece
from publish.importing.model import Note
from publish.importing.notes import ADVICE

OFFERED = {
    "hyphens": tuple(BETWEEN),
    "lines": ("body", "heading", "item", "verse", "caption", "pullquote", "aside"),
}
"""The answers that are offered to each kind of question."""
SHOWN = 400
"""Changes of one kind that are listed; the ledger has all of them."""


class Part(Struct, frozen=True):
    """Some characters of a line as they stand in the manuscript, and as what."""

    kind: str
    was: str
    now: str
    why: str
    file: str
    row: int


class Row(Struct, frozen=True):
    """A line of the source, and its parts."""

    number: int
    text: str
    parts: tuple[Part, ...]


class Question(Struct, frozen=True):
    """A decision to look at: the line, what was decided and what to do, and the other answers."""

    line: int
    message: str
    advice: str
    answers: tuple[str, ...]


def desk(
    name: str, text: str, files: Mapping[str, str], pieces: Sequence[Piece], notes: Sequence[Note]
) -> str:
    """Return the page."""
    lines = LINE_END.split(text)
    rows = list(_rows(lines, files, pieces))
    changes: defaultdict[str, list[tuple[int, Part]]] = defaultdict(list)
    for row in rows:
        for part in row.parts:
            if part.why or not part.file:
                changes[part.why or part.kind].append((row.number, part))
    return (
        templates("importing")
        .get_template("report.html.j2")
        .render(
            name=name,
            questions=[_question(note) for note in notes],
            changes={why: (len(all_), all_[:SHOWN]) for why, all_ in sorted(changes.items())},
            rows=rows,
        )
    )


def _question(note: Note) -> Question:
    others = [one for one in OFFERED.get(note.table, ()) if one != note.now]
    answers = tuple(f'{note.table}."{note.key}" = "{one}"' for one in others)
    return Question(note.line, note.message, ADVICE[note.code], answers)


def _rows(lines: Sequence[str], files: Mapping[str, str], pieces: Sequence[Piece]) -> Iterator[Row]:
    written = {name: text.split("\n") for name, text in files.items()}
    told: defaultdict[int, list[Piece]] = defaultdict(list)
    for piece in pieces:
        told[piece.line].append(piece)
    for number, line in enumerate(lines, 1):
        if line.strip():
            own = sorted(told[number], key=lambda one: (one.start, one.stop))
            yield Row(number, _visible(line), tuple(_part(piece, line, written) for piece in own))


def _part(piece: Piece, line: str, written: Mapping[str, Sequence[str]]) -> Part:
    was = _visible(line[piece.start : piece.stop])
    now = written[piece.file][piece.row - 1][piece.at : piece.to] if piece.file else ""
    return Part(piece.kind, was, now, piece.why, piece.file, piece.row)


def _visible(text: str) -> str:
    """Return a text whose characters can all be seen, and turn nothing around."""
    return BARRED.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)
