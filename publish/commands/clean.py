"""`katern clean`: what was built, removed."""

from __future__ import annotations

import argparse
from pathlib import Path

from publish.commands.speaking import Verbs, verb


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "clean", run, "remove what was built")
    parser.add_argument("out", type=Path, nargs="?", default=Path("dist"), metavar="DIR")


def run(options: argparse.Namespace) -> int:
    """Remove it."""
    from publish.building.cleaning import clean

    clean(options.out)
    return 0
