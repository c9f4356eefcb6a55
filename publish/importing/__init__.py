"""Raw text → a manuscript folder, and the ledger of what became of every character.

In: a text, the name of its file, its language. Out: `Imported`: the files of the manuscript by name
and notes on what the editor should look at. `STAGES` is the whole of it: each takes a `Draft` and
returns a new one. Nothing here touches a disk but `read_source` and `write_manuscript`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
from publish.importing.model import Draft, Note
from publish.importing.paragraphs import join_paragraphs
from publish.importing.quotes import find_pull_quotes
from publish.importing.reading import Reading, read_source
from publish.importing.titles import mend_titles
from publish.importing.welding import weld_lines
from publish.importing.words import take_words
from publish.importing.writing import write_manuscript

__all__ = ["Imported", "Note", "Reading", "import_text", "read_source", "write_manuscript"]

STAGES: tuple[Callable[[Draft], Draft], ...] = (
    split_columns,
    drop_furniture,
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


@dataclass(frozen=True, slots=True)
class Imported:
    """A manuscript folder: the text of each file by its name, and notes in the source's order."""

    files: Mapping[str, str]
    notes: tuple[Note, ...] = ()


def import_text(text: str, name: str, language: str) -> Imported:
    """Make a manuscript of a raw text.

    `name` is that of the text's file (it stands in the ledger, and for a title that is missing),
    `language` a tag such as nl-BE. The same text gives the same files.
    """
    draft = Draft(name, language_of(language), read_lines(text))
    for stage in STAGES:
        draft = stage(draft)
    planned = plan(draft)
    sheets = write_files(planned, draft.people, language)
    pieces = [piece for sheet in sheets for piece in sheet.pieces] + left_out(draft.left)
    files = {sheet.file: "".join(sheet.parts) for sheet in sheets}
    lines = len(LINE_END.split(text))
    files["import-ledger.json"] = ledger(name, language, lines, pieces)
    return Imported(MappingProxyType(files), tuple(sorted({*draft.notes, *planned.notes})))
