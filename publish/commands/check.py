"""`katern check`: what is wrong with a manuscript and the editions made of it."""

from __future__ import annotations

import argparse

from publish.commands.speaking import Verbs, progress, takes_book, tell, verb
from publish.ground.problems import has_errors
from publish.report.telling import as_json


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "check", run, "check a manuscript and the editions made of it")
    takes_book(parser)
    parser.add_argument("--final", action="store_true", help="check as for a final build")
    parser.add_argument("--json", action="store_true", help="print the problems as JSON")


def run(options: argparse.Namespace) -> int:
    """Check, and print what was found."""
    from publish.checks.checking import check

    with progress() as shown:
        problems = check(options.book, options.out, options.final, shown)
    if options.json:
        print(as_json(problems))
        return 1 if has_errors(problems) else 0
    return tell(problems)
