"""`katern new`: the beginning of a manuscript."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from publish.commands.speaking import Verbs, tell, verb


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "new", run, "begin a manuscript")
    parser.add_argument("folder", type=Path, metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Write the files that a manuscript begins with."""
    from publish.manuscript.beginning import FILES, begin

    status = tell(begin(options.folder))
    if not status:
        for name in (*FILES, "photos/"):
            print(f"made  {options.folder / name}{'/' * name.endswith('/')}")
        print(f"Write in {options.folder / FILES[1]}, and make the book of it:")
        print(f"    katern build {shlex.quote(str(options.folder))}")
    return status
