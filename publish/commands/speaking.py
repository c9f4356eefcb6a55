"""What verbs share: their arguments, problems told, and what is being made shown meanwhile."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from publish.ground.problems import Problem, has_errors
from publish.report.telling import as_json, as_text

Verbs = argparse._SubParsersAction
Run = Callable[[argparse.Namespace], int]
_ERASE = "\x1b[K"
"""Takes away the rest of a line (ECMA-48, EL)."""


def verb(
    verbs: Verbs[argparse.ArgumentParser], name: str, run: Run, what: str
) -> argparse.ArgumentParser:
    """Add a verb, the function that runs it and one line of help; return its parser."""
    parser = verbs.add_parser(name, help=what, description=what.capitalize() + ".")
    parser.set_defaults(run=run)
    return parser


def takes_book(parser: argparse.ArgumentParser) -> None:
    """Let a verb be told a manuscript's folder and where to write."""
    parser.add_argument(
        "book", type=Path, nargs="?", default=here(), metavar="BOOK",
        help="the manuscript's folder (manuscript, or this folder if it has a book.toml)",
    )  # fmt: skip
    parser.add_argument(
        "--out", type=Path, default=Path("dist"), metavar="DIR", help="where to write (dist)"
    )
    takes_trust(parser)


def takes_trust(parser: argparse.ArgumentParser) -> None:
    """Let a verb be told that the book may hold links to files outside its folder."""
    parser.add_argument(
        "--trust", action="store_true", help="follow links that lead out of the book's folder"
    )


def here() -> Path:
    """Return the manuscript that is meant where none is named."""
    folder = Path("manuscript")
    own = Path("book.toml").is_file() and not (folder / "book.toml").is_file()
    return Path() if own else folder


def some_of(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return what reads names parted by commas, each of them known, in the order of the known."""

    def read(written: str) -> tuple[str, ...]:
        names = tuple(name.strip() for name in written.split(",") if name.strip())
        if not names or any(name not in known for name in names):
            raise argparse.ArgumentTypeError(f"expected some of {', '.join(known)}")
        return tuple(name for name in known if name in names)

    return read


def tell(problems: Sequence[Problem]) -> int:
    """Print problems; return the exit status that they call for."""
    if problems:
        print(as_text(problems, sys.stderr.isatty()), file=sys.stderr)
    return 1 if has_errors(problems) else 0


def tell_json(problems: Sequence[Problem], facts: Mapping[str, Any] | None = None) -> int:
    """Print problems and facts as JSON; return the exit status that the problems call for."""
    print(as_json(problems, facts))
    return 1 if has_errors(problems) else 0


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on a terminal what is being made; in a pipe show nothing.

    By no thread of its own: a process in which one runs cannot be forked, and so not be helped.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda what: None
        return

    def show(line: str) -> None:
        print(f"\r{line}{_ERASE}", end="", file=sys.stderr, flush=True)

    try:
        yield lambda what: show(f"katern: {what} …")
    finally:
        wipe()


def wipe() -> None:
    """Take away from a terminal what was shown, also by work that has ended without doing so."""
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        print(f"\r{_ERASE}", end="", file=sys.stderr, flush=True)
