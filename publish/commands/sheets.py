"""`katern sheets`: which page lies where on the sheets."""

from __future__ import annotations

import argparse

from publish.commands.speaking import Verbs, progress, takes_book, tell, verb
from publish.ground.problems import has_errors, weighed


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    takes_book(verb(verbs, "sheets", run, "tell which page lies where on the sheets"))


def run(options: argparse.Namespace) -> int:
    """Print the table of the sheets."""
    from publish.building.build import build
    from publish.building.imposed import sheets_of

    with progress() as shown:
        built = build(options.book, options.out, ("print",), progress=shown)
        table, found = ("", []) if has_errors(built.problems) else sheets_of(built, options.book)
    status = tell(weighed([*built.problems, *found], final=False))
    if table:
        print(table)
    return status
