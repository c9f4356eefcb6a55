"""`katern build`: editions of a manuscript."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from publish.commands.clusters import cluster_at, takes_scheduler
from publish.commands.speaking import (
    Verbs,
    progress,
    some_of,
    takes_book,
    tell,
    tell_json,
    verb,
)
from publish.ground.filenames import FILES, IN_ALL, INKED
from publish.ground.problems import Problem, has_errors, weighed
from publish.standing.current import Built, build_key, is_proof, left, standing
from publish.standing.pull import Pull

if TYPE_CHECKING:
    from publish.building.compositors import Compositors

SHOPS = ("cb", "cb-onix", "google", "kobo")


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "build", run, "make editions of a manuscript")
    takes_book(parser)
    parser.add_argument(
        "--only", type=some_of(tuple(FILES)), default=(), metavar="A,B", help=", ".join(FILES)
    )
    parser.add_argument(
        "--for", type=some_of(SHOPS), default=(), dest="shops", metavar="SHOP",
        help=", ".join(SHOPS),
    )  # fmt: skip
    parser.add_argument(
        "--final", action="store_true", help="take nothing that only a draft may lack"
    )
    parser.add_argument(
        "--separations", action="store_true",
        help="part the print pages and the sheets into their inks: a grey PDF each",
    )  # fmt: skip
    parser.add_argument("--round", type=_round, default=0, metavar="N",
                        help="of a proof: the round of corrections")  # fmt: skip
    parser.add_argument(
        "--since", default="", metavar="WHAT",
        help="of a proof: bars beside what changed since a proof, a round or a revision of git",
    )  # fmt: skip
    takes_scheduler(parser, "set the pages of a long title")
    parser.add_argument("--check", action="store_true", help="check what was made as well")
    parser.add_argument("--json", action="store_true",
                        help="print files and problems as JSON")  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Make the editions that are asked for."""
    names = _names(options)
    pull, problems = _pull(options)
    if problems:
        return _told(options, problems)
    copies: list[Path] = []
    plates: list[Path] = []
    with progress() as shown:
        built = _built(options, names, shown, pull)
        problems = built.problems
        if options.shops and not has_errors(problems):
            from publish.building.delivering import deliver

            copies, found = deliver(options.book, options.out, options.shops)
            problems = weighed([*problems, *found], options.final)
        if options.separations and not has_errors(problems):
            from publish.building.parting import part

            shown("separations")
            plates, found = part(options.book, options.out, [one for one in INKED if one in names])
            problems = weighed([*problems, *found], options.final)
        if options.check:
            from publish.checks.checking import check

            # Also after an error, so that the report never tells of an earlier state.
            unbuilt = has_errors(problems)
            found = check(options.book, options.out, options.final, shown, names, unbuilt)
            problems = weighed([*problems, *found], options.final, is_proof(names))
    if has_errors(problems):
        problems += left(options.book, options.out, tuple(FILES), options.final, pull)
    elif options.final:
        from publish.building.releasing import release

        release(options.book, options.out)
    rows = [*(("made", file) for file in built.made), *(("kept", file) for file in built.kept)]
    rows += [("copied", file) for file in copies] + [("parted", file) for file in plates]
    if options.check:
        rows.append(("report", options.out / "report.html"))
    return _told(options, problems, [row for row in rows if row[1].is_file()])


def _told(
    options: argparse.Namespace, problems: Sequence[Problem], rows: Sequence[tuple[str, Path]] = ()
) -> int:
    """Print problems and, for a person or a machine, what became of which file."""
    if options.json:
        files = {str(file): what for what, file in rows}
        return tell_json(problems, {"files": files})
    status = tell(problems)
    if sys.stdout.isatty():
        for what, file in rows:
            print(f"{what:<6} {_size(file):>7}  {file}")
    return status


def _names(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the editions that are asked for, or needed for what is asked for."""
    names: tuple[str, ...] = options.only or IN_ALL
    if options.shops:
        from publish.building.delivering import wanted

        names = (*options.only, *wanted(options.shops))
    if options.separations:
        asked = names if options.only or options.shops else INKED
        names = (*asked, *(() if set(INKED) & set(asked) else INKED))
    if options.round or options.since:
        names = (*(names if options.only or options.shops or options.separations else ()), "proof")
    return tuple(one for one in FILES if one in names)


def _round(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1000:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of a round: 1, 2, 3 …")
    return int(text)


def _pull(options: argparse.Namespace) -> tuple[Pull, list[Problem]]:
    """Return what a proof is pulled for, and why it cannot be compared."""
    if not options.since:
        return Pull(options.round), []
    from publish.proof.earlier import earlier, pull_since

    texts, problems = earlier(options.book, options.since)
    return pull_since(options.round, texts), problems


def _built(
    options: argparse.Namespace, names: Sequence[str], shown: Callable[[str], None], pull: Pull
) -> Built:
    """Build editions; where there is nothing to do, nothing that builds is loaded."""
    key = build_key(options.book, options.final, pull)
    kept = standing(options.book, options.out, names, options.final, key)
    if kept:
        return kept
    from publish.building.compositors import Compositors

    compositors = Compositors()
    with _at_hand(compositors, names, options):
        from publish.building.build import build, unread
        from publish.checks.reread import reread

        # The checks read the words as well.
        look = unread if options.check else reread
        asked = options.book, options.out, names, options.final, shown, pull, key
        return build(*asked, look, compositors)


def _at_hand(
    compositors: Compositors, names: Sequence[str], options: argparse.Namespace
) -> AbstractContextManager[None]:
    """Have those at hand who will set pages: processes of this machine, or of a cluster."""
    from publish.building.compositors import called_for

    if not options.scheduler:
        return compositors.called(called_for(names, options.book, options.out))
    cluster = cluster_at(options.scheduler)
    from publish.catalogue.hands import FarHands

    return compositors.at_hand(FarHands(cluster))


def _size(file: Path) -> str:
    size = file.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size / 1e3, 1):.0f} kB"
