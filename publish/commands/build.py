"""`katern build`: editions of a manuscript."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from publish.commands.speaking import Verbs, progress, some_of, takes_book, tell, verb
from publish.problems import has_errors, weighed

IN_ALL = ("epub", "print", "booklet", "cover", "screen")
SHOPS = ("cb", "cb-onix", "google", "kobo")
NAMES = (*IN_ALL, "dummy", "coversheet", "proof", "extract", "onix")


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "build", run, "make editions of a manuscript")
    takes_book(parser)
    parser.add_argument(
        "--only", type=some_of(NAMES), default=(), metavar="A,B", help=", ".join(NAMES)
    )
    parser.add_argument(
        "--for", type=some_of(SHOPS), default=(), dest="shops", metavar="SHOP",
        help=", ".join(SHOPS),
    )  # fmt: skip
    parser.add_argument(
        "--final", action="store_true", help="take nothing that only a draft may lack"
    )
    parser.add_argument("--check", action="store_true", help="check what was made as well")


def run(options: argparse.Namespace) -> int:
    """Make the editions that are asked for."""
    from publish.build import build
    from publish.delivering import deliver, wanted

    names = options.only or IN_ALL
    if options.shops:
        names = tuple(one for one in NAMES if one in (*options.only, *wanted(options.shops)))
    copies: list[Path] = []
    with progress() as shown:
        built = build(options.book, options.out, names, options.final, shown)
        problems = built.problems
        if options.shops and not has_errors(problems):
            copies, found = deliver(options.book, options.out, options.shops)
            problems = weighed([*problems, *found], options.final)
        if options.check:
            from publish.checks import check

            # Also after an error, so that the report never tells of an earlier state.
            unbuilt = has_errors(problems)
            found = check(options.book, options.out, options.final, shown, names, unbuilt)
            problems = weighed([*problems, *found], options.final)
    status = tell(problems)
    if sys.stdout.isatty():
        rows = [*(("made", file) for file in built.made), *(("kept", file) for file in built.kept)]
        rows += [("copied", file) for file in copies]
        if options.check:
            rows.append(("report", options.out / "report.html"))
        for what, file in rows:
            if file.is_file():
                print(f"{what:<6} {_size(file):>7}  {file}")
    return status


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size / 1e3, 1):.0f} kB"
