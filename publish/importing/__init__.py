"""Raw text → a manuscript folder, and the ledger of what became of every character.

In: a text, the name of its file, its language. Out: `Imported`: the files of the manuscript by name
and notes on what the editor should look at. `STAGES` is the whole of it: each takes a `Draft` and
returns a new one. Nothing here touches a disk but `read_source` and `write_manuscript`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from publish.importing.byline import read_byline
from publish.importing.captions import find_captions
from publish.importing.chapters import plan
from publish.importing.columns import split_columns
from publish.importing.completing import complete_quotes
from publish.importing.furniture import drop_furniture
from publish.importing.habits import take_habits
from publish.importing.head import read_head
from publish.importing.headings import find_headings
from publish.importing.labels import trim_captions
from publish.importing.languages import language_of
from publish.importing.ledger import ledger, left_out
from publish.importing.lines import LINE_END, read_lines
from publish.importing.markup import write_files
from publish.importing.model import Draft, Imported, Note
from publish.importing.notes import problems_of
from publish.importing.paragraphs import join_paragraphs
from publish.importing.quotes import find_pull_quotes
from publish.importing.reading import Reading, read_source
from publish.importing.titles import mend_titles
from publish.importing.welding import weld_lines
from publish.importing.words import take_words
from publish.importing.writing import write_manuscript
from publish.problems import Problem, has_errors

__all__ = [
    "STAGES",
    "Imported",
    "Note",
    "Reading",
    "import_source",
    "import_text",
    "read_source",
    "write_manuscript",
]

STAGES: tuple[Callable[[Draft], Draft], ...] = (
    drop_furniture,
    split_columns,
    take_habits,
    take_words,
    find_pull_quotes,
    read_head,
    find_captions,
    find_headings,
    join_paragraphs,
    weld_lines,
    trim_captions,
    mend_titles,
    read_byline,
    complete_quotes,
)
"""From lines to passages; the order is that of what each needs of the ones before it."""


def import_source(
    source: Path, folder: Path, language: str, force: bool = False
) -> tuple[list[Problem], list[str]]:
    """Read a file of raw text and write its manuscript; return problems and the files made."""
    reading = read_source(source)
    if not reading.encoding:
        return list(reading.problems), []
    imported = import_text(reading.text, source.name, language)
    problems = write_manuscript(imported, folder, force)
    if has_errors(problems):
        return problems, []
    return problems + problems_of(imported.notes, source.name), sorted(imported.files)


def import_text(text: str, name: str, language: str) -> Imported:
    """Make a manuscript of a raw text.

    `name` is that of the text's file (it stands in the ledger, and for a title that is missing),
    `language` a tag such as nl-BE. The same text gives the same files.
    """
    read, unseen = read_lines(text)
    left = tuple(("control character", run) for run in unseen)
    draft = Draft(name, language_of(language), read, left=left)
    for stage in STAGES:
        draft = stage(draft)
    planned = plan(draft)
    sheets = write_files(planned, draft.people, language)
    pieces = [piece for sheet in sheets for piece in sheet.pieces] + left_out(draft.left)
    files = {sheet.file: "".join(sheet.parts) for sheet in sheets}
    lines = len(LINE_END.split(text))
    files["import-ledger.json"] = ledger(name, language, lines, pieces)
    return Imported(MappingProxyType(files), tuple(sorted({*draft.notes, *planned.notes})))
