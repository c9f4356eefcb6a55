"""`katern notes`: the marks of reviewers in PDFs, back at their places in the manuscript."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from publish.commands.speaking import Verbs, here, takes_trust, tell, verb

if TYPE_CHECKING:
    from publish.ground.problems import Problem
    from publish.manuscript.folder import Manuscript
    from publish.proofing.queue import Note

FORMS = ("text", "csv", "html", "json")


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "notes", run, "find the marks in PDFs back in the manuscript")
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="MARKED",
        help="the marked PDFs, and last the manuscript's folder (manuscript)",
    )  # fmt: skip
    parser.add_argument("--form", choices=FORMS, default="text", help="how they are told (text)")
    parser.add_argument("--json", action="store_true", help="the same as --form json")
    parser.add_argument("--apply", action="store_true", help="show the plain ones as a patch")
    parser.add_argument("--yes", action="store_true", help="with --apply: write the patch")
    takes_trust(parser)


def run(options: argparse.Namespace) -> int:
    """Print the notes, or the patch that is made of them."""
    from publish.manuscript.folder import read_manuscript
    from publish.proofing import telling
    from publish.proofing.leaving import left
    from publish.proofing.notes import notes

    files, folder = _given(options)
    read = read_manuscript(folder)
    if not read.sources:
        # There is nothing that a proof could be one of.
        return tell(read.problems)
    if options.yes and not options.apply:
        print("--yes writes a patch, and is of no use without --apply", file=sys.stderr)
        return 2
    found, problems = notes(files, folder, manuscript=read)
    if options.apply:
        return tell([*problems, *_apply(found, folder, read, options.yes)])
    form, why = "json" if options.json else options.form, left(found, read.sources)
    if form == "html":
        title = read.book.settings.title if read.book else folder.name
        print(telling.as_html(found, title, folder, why))
    elif found or form != "text":
        told = {"text": telling.as_text, "csv": telling.as_csv, "json": telling.as_json}[form]
        print(told(found, why).rstrip("\n"))
    return tell(problems)


def _given(options: argparse.Namespace) -> tuple[list[Path], Path]:
    """Return the PDFs and the folder: the last that is named may be the book."""
    *files, last = options.files
    return (files, last) if files and last.is_dir() else ([*files, last], here())


def _apply(found: list[Note], folder: Path, read: Manuscript, write: bool) -> list[Problem]:
    """Show the patch of what is plain, and write it where that is asked."""
    from publish.proofing import writing
    from publish.proofing.applying import patch

    made = patch(found, folder, read)
    diff = made.diff(read.sources)
    if diff:
        print(diff, end="")
    for number, reason in sorted(made.refused.items()):
        print(f"note {number} is left to you: {reason}", file=sys.stderr)
    if made.texts and not write:
        notes = sum(len(one.numbers) for one in made.edits)
        print(
            f"{notes} note{'' if notes == 1 else 's'}; nothing is written without --yes",
            file=sys.stderr,
        )
        return []
    return writing.write(made, folder, read.sources)
