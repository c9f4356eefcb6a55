"""Raw text → a manuscript folder, and the ledger of what became of every character.

In: a text, the name of its file, its language. Out: `Imported`: the files of the manuscript by name
and notes on what the editor should look at. `STAGES` is the whole of it: each takes a `Draft` and
returns a new one. Nothing here touches a disk but `read_source` and `write_manuscript`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from msgspec import structs

from publish.ground.problems import Problem, has_errors
from publish.ground.source import Span
from publish.importing.answering import answer_facts
from publish.importing.answers import claim_answers, read_answers
from publish.importing.barred import barred
from publish.importing.byline import read_byline
from publish.importing.captions import find_captions
from publish.importing.chapters import plan
from publish.importing.columns import split_columns
from publish.importing.completing import complete_quotes
from publish.importing.contents import drop_contents
from publish.importing.desk import desk
from publish.importing.dropcaps import join_drop_caps
from publish.importing.files import write_files
from publish.importing.footnotes import find_notes
from publish.importing.furniture import drop_furniture
from publish.importing.gathering import gather_blocks, rank_numbered
from publish.importing.guessing import spoken
from publish.importing.habits import take_habits
from publish.importing.head import read_head
from publish.importing.headings import find_headings
from publish.importing.imprint import read_imprint
from publish.importing.labels import trim_captions
from publish.importing.languages import language_of
from publish.importing.ledger import ledger, left_out
from publish.importing.lines import check_lines, read_lines
from publish.importing.lists import find_lists, find_typed_lists
from publish.importing.model import NO_ANSWERS, Answers, Changes, Draft, Extract, Imported, Note
from publish.importing.notes import problems_of
from publish.importing.order import order_pieces
from publish.importing.paragraphs import join_paragraphs
from publish.importing.parting import part_lines
from publish.importing.quotes import find_pull_quotes
from publish.importing.reading import Reading, kind_of, read_source
from publish.importing.refusing import Refused
from publish.importing.restoring import restore_hyphens
from publish.importing.stretched import rejoin_stretched
from publish.importing.tables import align_columns, lift_tables, set_tables
from publish.importing.titles import mend_titles
from publish.importing.unjoining import unjoin_lines
from publish.importing.untagging import is_tag, untag
from publish.importing.verse import find_verse
from publish.importing.welding import weld_lines
from publish.importing.words import take_words
from publish.importing.writing import write_manuscript

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
    join_drop_caps,
    drop_furniture,
    drop_contents,
    lift_tables,
    rejoin_stretched,
    split_columns,
    unjoin_lines,
    order_pieces,
    find_notes,
    claim_answers,
    take_habits,
    take_words,
    find_lists,
    part_lines,
    find_pull_quotes,
    read_head,
    find_captions,
    find_verse,
    find_headings,
    set_tables,
    join_paragraphs,
    weld_lines,
    restore_hyphens,
    trim_captions,
    rank_numbered,
    mend_titles,
    read_imprint,
    read_byline,
    complete_quotes,
    align_columns,
)
"""From lines to passages; the order is that of what each needs of the ones before it."""


TOLD_STAGES: tuple[Callable[[Draft], Draft], ...] = (
    answer_facts,
    find_typed_lists,
    take_words,
    gather_blocks,
    weld_lines,
    trim_captions,
    mend_titles,
    read_imprint,
    read_byline,
    complete_quotes,
    align_columns,
)
"""The same for a source whose lines say themselves what they are."""


def import_source(
    source: Path,
    folder: Path,
    language: str = "",
    force: bool = False,
    changes: Changes = "",
    answers: Path | None = None,
) -> tuple[list[Problem], list[str]]:
    """Read a source and write its manuscript; return problems and the files made.

    Which kind of file it is, is told by what it begins with. Without a `language` it is the one
    that the source names, or that its words tell. `changes` says whether tracked changes are
    accepted. `answers` is the file in which the editor decided what an import was unsure of.
    """
    try:
        imported, problems = _imported(source, language, changes, answers)
        if imported.bare:
            reason = "there is nothing to set: this has a title, and no text below it"
            raise Refused(reason, "Take the file that holds the text.", Span(source.name))
    except Refused as error:
        return [error.problem], []
    if has_errors(problems):
        return problems, []
    problems += write_manuscript(imported, folder, force)
    if has_errors(problems):
        return problems, []
    return problems + problems_of(imported.notes, source.name), sorted(imported.files)


def _imported(
    source: Path, language: str, changes: Changes, answers: Path | None
) -> tuple[Imported, list[Problem]]:
    """Return the manuscript of a source of any kind, and problems; raises `Refused`."""
    if language and not is_tag(language):
        raise Refused(f"“{language}” is no language tag", "Write --language nl or nl-BE, say.")
    kind = kind_of(source)
    if kind == "pdf":
        from publish.importing.pdf import read_pdf

        return _extracted(read_pdf(source, language), source, answers)
    if kind == "docx":
        from publish.importing.docx import read_docx

        return _extracted(read_docx(source, language, changes), source, answers)
    reading = read_source(source)
    if not reading.encoding:
        (problem,) = reading.problems
        raise Refused(problem.message, problem.hint)
    check_lines(reading.text, source.name)
    answered, problems = read_answers(answers, reading.text)
    tag, notes = spoken(language, lambda: reading.text)
    imported = import_text(reading.text, source.name, tag, answered, notes)
    return imported, [*reading.problems, *problems]


def _extracted(
    extract: Extract, source: Path, answers: Path | None
) -> tuple[Imported, list[Problem]]:
    check_lines(extract.text, source.name)
    answered, problems = read_answers(answers, extract.text)
    return import_extract(extract, source.name, answered), problems


def import_extract(extract: Extract, name: str, answers: Answers = NO_ANSWERS) -> Imported:
    """Make a manuscript of what a reader took out of a source."""
    tag = extract.language
    lines, untagged = untag(extract.lines)
    draft = Draft(
        name,
        language_of(tag),
        lines,
        left=extract.left,
        notes=(*extract.notes, *barred(extract.text), *untagged),
        pictures=extract.pictures,
        answers=answers,
    )
    for stage in TOLD_STAGES:
        draft = stage(draft)
    imported = _finished(draft, tag, extract.text)
    if not extract.places:
        return imported
    notes = tuple(
        structs.replace(note, line=extract.places[max(note.line, 1) - 1], column=1)
        for note in imported.notes
    )
    return structs.replace(imported, notes=notes)


def import_text(
    text: str,
    name: str,
    language: str,
    answers: Answers = NO_ANSWERS,
    notes: tuple[Note, ...] = (),
) -> Imported:
    """Make a manuscript of a raw text; `notes` are what is known of it to tell the editor.

    `name` is that of the text's file (it stands in the ledger, and for a title that is missing),
    `language` a tag such as nl-BE. The same text and answers give the same files.
    """
    read, unseen = read_lines(text)
    left = tuple(("control character", run) for run in unseen)
    notes = (*notes, *barred(text))
    draft = Draft(name, language_of(language), read, left=left, notes=notes, answers=answers)
    for stage in STAGES:
        draft = stage(draft)
    return _finished(draft, language, text)


def _finished(draft: Draft, language: str, text: str) -> Imported:
    """Lay out and write a draft's manuscript, with the ledger of its text."""
    planned = plan(draft)
    sheets = write_files(planned, draft, language)
    pieces = [piece for sheet in sheets for piece in sheet.pieces] + left_out(draft.left)
    files = {sheet.file: "".join(sheet.parts) for sheet in sheets}
    pictures = {one.file: one.data for one in draft.pictures.values() if one.file}
    notes = tuple(sorted({*draft.notes, *planned.notes}))
    page = desk(draft.name, text, files, pieces, notes)
    files["import-ledger.json"] = ledger(draft.name, language, text, pieces)
    files["import-report.html"] = page
    bare = not any(one.passages for one in planned.chapters)
    return Imported(MappingProxyType(files), notes, MappingProxyType(pictures), bare)
