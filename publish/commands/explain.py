"""`katern explain`: why a line of the print edition is as it is."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.commands.speaking import Verbs, takes_trust, tell, verb


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "explain", run, "tell why a line of the print edition is as it is")
    parser.add_argument(
        "book", type=Path, nargs="?", default=Path("manuscript"), metavar="BOOK",
        help="the manuscript's folder (manuscript)",
    )  # fmt: skip
    parser.add_argument(
        "--page",
        type=int,
        required=True,
        metavar="N",
        help="the page, counted from 1, whatever is printed on it",
    )
    parser.add_argument("--line", type=int, required=True, metavar="N", help="its line, from 1")
    takes_trust(parser)


def run(options: argparse.Namespace) -> int:
    """Print why a line ends where it does."""
    from publish.building.explain import explain

    said, problems = explain(options.book, options.page, options.line)
    if said:
        print("\n".join(said))
    return tell(problems)
