"""`katern check`: what is wrong with a manuscript and the editions made of it."""

from __future__ import annotations

import argparse

from publish.commands.speaking import Verbs, progress, takes_book, tell, tell_json, verb


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
    return tell_json(problems) if options.json else tell(problems)
