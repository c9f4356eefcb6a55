"""`katern import`: a manuscript made of a raw text, a PDF or a word processor's file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from publish.commands.speaking import Verbs, tell, verb
from publish.ground.problems import weighed


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "import", run, "make a manuscript of a text, PDF or DOCX")
    parser.add_argument("source", type=Path, metavar="SOURCE")
    parser.add_argument("--to", type=Path, required=True, metavar="BOOK", help="folder to make")
    parser.add_argument(
        "--language",
        default="",
        metavar="TAG",
        help="its language (what it says, or seems)",
    )
    parser.add_argument(
        "--changes", choices=("accept", "reject"), default="",
        help="what becomes of the tracked changes of a DOCX",
    )  # fmt: skip
    parser.add_argument(
        "--answers", type=Path, metavar="FILE", help="what an earlier import was unsure of, decided"
    )
    parser.add_argument("--force", action="store_true", help="write into a folder that holds files")


def run(options: argparse.Namespace) -> int:
    """Make the manuscript."""
    from publish.importing import import_source

    problems, made = import_source(
        options.source,
        options.to,
        options.language,
        options.force,
        options.changes,
        options.answers,
    )
    status = tell(weighed(problems, final=False))
    if sys.stdout.isatty() and made:
        print(f"made  {options.to}, {len(made)} file{'' if len(made) == 1 else 's'}")
    return status
