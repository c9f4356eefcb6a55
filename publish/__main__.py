"""The command `katern`: one verb for each Make target. It and its verbs alone print or exit.

Exit status: 0 fine, 1 problems in what was given, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from publish import __version__
from publish.commands import (
    build,
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
    watch,
)
from publish.commands.speaking import tell
from publish.ground.offline import offline
from publish.ground.problems import Unmakeable, problem
from publish.ground.root import trusting

VERBS = (
    build,
    watch,
    check,
    compare,
    explain,
    preflight,
    import_,
    sheets,
    notes,
    round,
    new,
    clean,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; return its exit status."""
    options = parser().parse_args(arguments)
    try:
        with offline(), trusting(getattr(options, "trust", False)):
            status: int = options.run(options)
    except KeyboardInterrupt:
        print("katern: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever reads has seen enough; nothing more is to be written there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Unmakeable as error:
        return tell([error.problem])
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        # What a library raises as one may have no number, and so no words of the system.
        reason = error.strerror or str(error) or type(error).__name__
        return tell([problem("K701", None, reason=f"{place}{reason}", advice=DISK)])
    return status


DISK = "Look at the folder's rights, and whether the disk is full."


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


if __name__ == "__main__":
    sys.exit(main())
