"""`katern preflight`: any PDF, looked at as a printer does."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.commands.speaking import Verbs, tell, verb
from publish.ground.problems import has_errors
from publish.ground.rules.preflight import BINDINGS, PROFILES


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
    """Print what a printer would find."""
    from publish.checks.preflight import NoPdf, as_problem, listed, preflight, unopened

    try:
        found = preflight(options.file, options.profile, options.binding)
    except (NoPdf, OSError) as error:
        found = [unopened(error)]
    if options.json:
        print(listed(found, options.file.name))
        return 1 if has_errors(as_problem(one, "") for one in found) else 0
    return tell([as_problem(one, options.file.name) for one in found])
