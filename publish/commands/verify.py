"""`katern verify`: whether a release is as it was made, and can be made again."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.commands.speaking import Verbs, takes_trust, tell, verb


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "verify", run, "compare a release with its record, or build it anew")
    parser.add_argument("out", type=Path, nargs="?", default=Path("dist"), metavar="DIR")
    parser.add_argument(
        "--book", type=Path, metavar="BOOK", help="build it anew of this manuscript as well"
    )
    takes_trust(parser)


def run(options: argparse.Namespace) -> int:
    """Verify it."""
    from publish.building.verifying import verify

    verified = verify(options.out, options.book)
    for line in verified.lines:
        print(line)
    return tell(verified.problems)
