"""Small faults made in the code, and whether the tests find each of them.

    make mutation [MODULES="captions pagemap"] [ALL=yes]
    cd tests; python -m mutation [--all] [--least 85] [module …]

In: the modules of `MODULES`, changed by mutmut one spot at a time in a copy in `mutants/`, and the
tests that pyproject.toml names for it, of which those run that reach the changed function. Out: for
each module how many faults were found, and the changes that no test sees; exit status 1 where less
than the least is found. A change that makes no difference is no fault: `equivalent.toml` lists such
ones, each with the reason, and they do not count. A fifth of the changes is tried, or every one
with `--all`. mutmut changes what stands in functions: the tables of a module it leaves alone.
"""

from __future__ import annotations

import argparse
import fnmatch
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
MUTANTS = ROOT / "mutants"
LOG = MUTANTS / "run.log"
MODULES = {
    "imposition": "publish.booklet",
    "captions": "publish.manuscript.captions",
    "settings": "publish.settings",
    "typography": "publish.text.typography",
    "pagemap": "publish.pages.pagemap",
}
"""What each module is called in the code; which of its files are changed says pyproject.toml."""
FIFTH, EVERY = "__mutmut_*[37]", "__mutmut_*"
LEAST = 85.0
FOUND = (1, 3, -24, 24, 36, 152, 255)
"""How the tests end that find a fault: they fail, or they do not come to an end."""

Change = tuple[str, str, str]
"""A function, the lines of it that are changed, and what they are changed to."""


@dataclass(slots=True)
class Tally:
    """What became of the faults of a module."""

    found: int = 0
    equal: int = 0
    missed: list[Change] = field(default_factory=list)

    @property
    def percent(self) -> float:
        whole = self.found + len(self.missed)
        return 100 * self.found / whole if whole else 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", choices=[*MODULES, []])
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--least", type=float, default=LEAST)
    given = parser.parse_args()
    os.chdir(ROOT)  # where mutmut reads and writes
    modules = given.modules or list(MODULES)
    numbers = EVERY if given.all else FIFTH
    if not tried([f"{MODULES[module]}.*{numbers}" for module in modules]):
        print(f"mutmut did not come to an end: see {LOG.relative_to(ROOT)}", file=sys.stderr)
        return 2
    equal = equivalents()
    tallies = {module: tally(f"{MODULES[module]}.*{numbers}", equal) for module in modules}
    for one in tallies.values():
        for function, was, becomes in one.missed:
            print(f"{function}\n  - {was}\n  + {becomes}")
    for module, one in tallies.items():
        whole = one.found + len(one.missed)
        told = f"{one.found:4} of {whole:4} {one.percent:5.1f}%, {one.equal} equivalent"
        print(f"{module:<11} {told}")
    return int(min(one.percent for one in tallies.values()) < given.least)


def tried(names: list[str]) -> bool:
    """Let mutmut try the changes of these names; tell whether it came to an end."""
    # What it remembers of tests that were written otherwise since is wrong.
    shutil.rmtree(MUTANTS, ignore_errors=True)
    MUTANTS.mkdir()
    command = [Path(sys.executable).with_name("mutmut"), "run", *names]
    with LOG.open("wb") as log:
        ended = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, check=False)
    return ended.returncode == 0


def tally(names: str, equal: set[Change]) -> Tally:
    """Return what became of the changes of these names."""
    made = Tally()
    for name, file, status in results():
        if not fnmatch.fnmatchcase(name, names):
            continue
        if status in FOUND:
            made.found += 1
        elif (change := change_of(name, file)) in equal:
            made.equal += 1
        else:
            made.missed.append(change)
    return made


def results() -> Iterator[tuple[str, str, int | None]]:
    """Yield each change that mutmut knows, the file that it is made in, and how its tests ended."""
    for path in sorted(MUTANTS.glob("publish/**/*.meta")):
        file = path.relative_to(MUTANTS).with_suffix("").as_posix()
        for name, status in json.loads(path.read_text("utf-8"))["exit_code_by_key"].items():
            yield name, file, status


def change_of(name: str, file: str) -> Change:
    """Return what is changed."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    lines = get_diff_for_mutant(name, path=file).splitlines()[2:]
    was, becomes = (
        "\n".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    module, _, mangled = name.partition("__mutmut_")[0].rpartition(".")
    function = mangled.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return f"{module}.{function}", was, becomes


def equivalents() -> set[Change]:
    """Return the changes that make no difference."""
    listed = tomllib.loads((Path(__file__).parent / "equivalent.toml").read_text("utf-8"))
    return {(one["function"], one["was"], one["becomes"]) for one in listed.get("change", [])}


if __name__ == "__main__":
    sys.exit(main())
