"""`katern preflight`: any PDF, looked at as a printer does."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from publish.commands.speaking import Verbs, tell, verb
from publish.ground.problems import has_errors, on_a_line
from publish.ground.rules.preflight import BINDINGS, PROFILES

if TYPE_CHECKING:
    from publish.checks.preflight.separations import Inks


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "preflight", run, "look at a PDF as a printer does")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--profile", choices=PROFILES, default="x4",
        help="what it is for: a press (x4), an office printer, a screen",
    )  # fmt: skip
    parser.add_argument("--binding", choices=tuple(BINDINGS), default="")
    parser.add_argument(
        "--json", action="store_true",
        help="print the findings as JSON, places in mm from the lower left corner of the trim",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Print the inks that a PDF has, and what a printer would find."""
    from publish.book.credits import runs
    from publish.checks.preflight import NoPdf, as_problem, listed, looked, unopened

    inks: Inks = {}
    try:
        found, inks = looked(options.file, options.profile, options.binding)
    except (NoPdf, OSError) as error:
        found = [unopened(error)]
    if options.json:
        print(listed(found, options.file.name, inks))
        return 1 if has_errors(as_problem(one, "") for one in found) else 0
    for ink, pages in inks.items():
        print(f"{on_a_line(ink)}: {'page' if len(pages) == 1 else 'pages'} {runs(pages)}")
    return tell([as_problem(one, options.file.name) for one in found])
