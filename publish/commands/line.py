"""The command line: one verb for each Make target. It and its verbs alone print or exit.

Exit status: 0 fine, 1 problems in what was given, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

from publish import __version__
from publish.commands import (
    build,
    catalogue,
    check,
    clean,
    compare,
    explain,
    import_,
    new,
    notes,
    preflight,
    round,
    sheets,
    verify,
    watch,
)
from publish.commands.speaking import tell, tell_json, wipe
from publish.ground.denial import denied
from publish.ground.filenames import FILES, is_known
from publish.ground.guard import bounded, guarded, too_large
from publish.ground.offline import offline
from publish.ground.problems import Problem, Unmakeable, problem
from publish.ground.root import Outside, trusting
from publish.standing.current import left

VERBS = (
    build,
    catalogue,
    watch,
    check,
    compare,
    explain,
    preflight,
    import_,
    sheets,
    notes,
    round,
    verify,
    new,
    clean,
)
READERS = (compare.run, explain.run, import_.run, notes.run, preflight.run, sheets.run)
"""Those that read what anyone may have made, and run no other program."""
SHORT = -1
"""The status of work that ran out of memory, until that is told."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status.

    Without `arguments` it is the command that was typed, and does its work in a process of its own.
    """
    options = parser().parse_args(arguments)
    if arguments is not None:
        return _run(options)
    _hush()
    return guarded(lambda: _run(options), lambda found: _lost(found, options))


def _lost(found: Problem, options: argparse.Namespace) -> int:
    wipe()
    return _failed(found, options)


def _hush() -> None:
    """Keep from the terminal what libraries log and warn of: what counts of it is a problem."""
    logging.getLogger().addHandler(logging.NullHandler())
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


def _run(options: argparse.Namespace) -> int:
    """Do what is asked for; what goes wrong is told."""
    try:
        _check_names(options)
        within = bounded() if options.run in READERS else nullcontext()
        with offline(), trusting(getattr(options, "trust", False)), within:
            status: int = options.run(options)
    except BrokenPipeError:
        # Whoever reads has seen enough; nothing more is to be written there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Unmakeable as error:
        return _failed(error.problem, options)
    except MemoryError:
        # What the work holds goes with the exception: not before is there room to tell of it.
        status = SHORT
    except Outside as error:
        given = {"file": error.filename, "reason": error.strerror}
        return _failed(problem("T103", None, **given), options)
    except OSError as error:
        written = [getattr(options, "out", None), os.environ.get("TMPDIR", "/tmp")]
        found = denied(error, (Path(one) for one in written if one))
        return _failed(found, options)
    return _failed(too_large(), options) if status == SHORT else status


def _check_names(options: argparse.Namespace) -> None:
    """Raise `Unmakeable` for a file or folder whose name cannot be written down."""
    for value in vars(options).values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Path) and not is_known(name := str(one.absolute())):
                raise Unmakeable(problem("T109", None, name=name))


def _failed(found: Problem, options: argparse.Namespace) -> int:
    """Tell what has ended a command, and of a build which editions it has left as they were."""
    old: list[Problem] = []
    if options.run is build.run:
        with suppress(OSError), trusting(options.trust):
            old = left(options.book, options.out, tuple(FILES), options.final)
        if options.json:
            return tell_json([found, *old], {"files": {}})
    return tell([found, *old])


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(
        prog="katern", description="Make an EPUB, a print PDF and a booklet of a manuscript."
    )
    made.add_argument("--version", action="version", version=f"katern {__version__}")
    verbs = made.add_subparsers(required=True, metavar="VERB")
    for one in VERBS:
        one.add(verbs)
    return made
