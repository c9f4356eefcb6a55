"""`katern catalogue`: the titles of a catalogue, built in one go."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from publish.commands.clusters import cluster_at, takes_scheduler
from publish.commands.speaking import Verbs, progress, takes_trust, tell, tell_json, verb
from publish.ground.problems import Problem, Unmakeable, has_errors, problem

if TYPE_CHECKING:
    from publish.catalogue.model import Crew, Outcome
    from publish.catalogue.titles import Catalogue, Title

STEPS = ("build",)


def add(verbs: Verbs[argparse.ArgumentParser]) -> None:
    """Tell the parser of the verb."""
    parser = verb(verbs, "catalogue", run, "build the titles of a catalogue")
    parser.add_argument("step", choices=STEPS, metavar="STEP", help=", ".join(STEPS))
    parser.add_argument("catalogue", type=Path, metavar="CATALOGUE", help="its file, in TOML")
    parser.add_argument(
        "--jobs", type=_jobs, default=0, metavar="N", help="how many at once (one a processor)"
    )
    takes_scheduler(parser, "build")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="these titles alone, by their names"
    )
    parser.add_argument("--final", action="store_true", help="each as for a final build")
    parser.add_argument("--json", action="store_true", help="print what became of each as JSON")
    takes_trust(parser)


def run(options: argparse.Namespace) -> int:
    """Build what is not as it should be, and print what became of each title."""
    from publish.catalogue.table import table, values
    from publish.catalogue.titles import read_catalogue

    catalogue, problems = read_catalogue(options.catalogue, options.final)
    titles, found = _chosen(catalogue, options)
    problems += found
    outcomes: list[Outcome] = []
    if not has_errors(problems):
        outcomes, found = _built(titles, options)
        problems += found
    failed = [one for one in outcomes if has_errors(one.problems)]
    if options.json:
        return max(tell_json(problems, {"titles": values(outcomes)}), int(bool(failed)))
    if outcomes:
        print("\n".join(table(outcomes)), flush=True)
    told = [one for outcome in failed for one in outcome.problems if one.severity == "error"]
    return tell([*problems, *told])


def _chosen(
    catalogue: Catalogue | None, options: argparse.Namespace
) -> tuple[Sequence[Title], list[Problem]]:
    """Return the titles that are asked for, in the catalogue's order."""
    from publish.settings.schema import nearest

    if catalogue is None:
        return (), []
    known = [one.name for one in catalogue.titles]
    problems = [
        problem("K754", None, name=name, catalogue=options.catalogue, nearest=nearest(name, known))
        for name in options.only
        if name not in known
    ]
    chosen = [one for one in catalogue.titles if not options.only or one.name in options.only]
    return chosen, problems


def _built(
    titles: Sequence[Title], options: argparse.Namespace
) -> tuple[list[Outcome], list[Problem]]:
    """Build titles, and tell of each as it is there; what ends all of it is told as well."""
    from publish.catalogue.building import built, placed
    from publish.catalogue.table import summary

    outcomes: list[Outcome] = []
    try:
        with progress() as shown:
            for one in built(titles, _crew(options)):
                outcomes.append(placed(one))
                _tell(one, f"{len(outcomes)} of {len(titles)}", summary(outcomes), shown)
    except Unmakeable as error:
        return outcomes, [error.problem]
    order = {title.name: number for number, title in enumerate(titles)}
    return sorted(outcomes, key=lambda one: order[one.title.name]), []


def _tell(one: Outcome, count: str, sums: str, shown: Callable[[str], None]) -> None:
    """Tell how far it is: on one line of a terminal, or with a line for each title."""
    shown(f"{count} ({sums.partition(': ')[2]})")
    if not sys.stderr.isatty():
        print(f"{count}  {one.word:<6}  {one.title.name}", file=sys.stderr, flush=True)


def _crew(options: argparse.Namespace) -> Crew:
    """Return those who are to build."""
    if not options.scheduler:
        from publish.catalogue.processes import Processes

        return Processes(options.jobs or os.cpu_count() or 1, options.trust)
    return cluster_at(options.scheduler)


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1000:
        raise argparse.ArgumentTypeError(f"“{text}” is no number of titles at once: 1, 2, 3 …")
    return int(text)
